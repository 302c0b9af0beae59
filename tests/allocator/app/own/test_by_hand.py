"""What a person meets on the way: the keyboard alone, a reason, a file changed elsewhere, a name that is taken."""

import openpyxl
import pytest

from allocator.starting import template
from tests.allocator.app.conftest import watched
from tests.allocator.app.own.conftest import filled, marked, serving_folder

pytestmark = pytest.mark.browser
FILE = "方案.xlsx"


def cell(page, address, sheet="数据"):
    return page.locator(f'[id="cell:{FILE}:{sheet}:{address}"]')


def test_the_keyboard_is_enough_and_a_reason_is_kept(browser, tmp_path):
    home = tmp_path / "own" / "某省"
    home.mkdir(parents=True)
    (home / FILE).write_bytes(filled(template("zh"), d_D6="abc", d_D9=122200))
    with serving_folder(tmp_path / "own") as (url, _), watched(browser, url, 1280) as seen:
        page = seen.page
        page.goto(f"{url}/zh/own/某省/data/")
        page.wait_for_selector("#state.unsound")
        assert {*marked(page)} == {"数据:D6", "数据:D9"}
        page.get_by_role("button", name="数据 D6").focus()
        page.keyboard.press("Enter")  # leads to the cell
        assert page.evaluate("document.activeElement.id") == f"cell:{FILE}:数据:D6"
        assert "abc" in cell(page, "D6").get_attribute("aria-description")
        page.keyboard.type("41")  # the first sign opens the cell in place of what stands in it
        page.keyboard.press("Escape")
        assert cell(page, "D6").inner_text() == "abc"
        page.keyboard.type("4120")
        page.keyboard.press("Enter")
        page.wait_for_function("id => !document.getElementById(id).className", arg=f"cell:{FILE}:数据:D6")
        assert page.evaluate("document.activeElement.id") == f"cell:{FILE}:数据:D6"  # and the focus stays
        page.keyboard.press("ArrowDown")
        page.keyboard.press("ArrowRight")
        assert page.evaluate("document.activeElement.id") == f"cell:{FILE}:数据:E7"
        reason = page.locator(".reason input")
        reason.press("Enter")
        page.wait_for_function("() => document.querySelector('#wrong').innerText.includes('请写明理由')")
        reason.fill("核对过年报")
        reason.press("Enter")
        page.wait_for_selector("#state.sound")
        assert "核对过年报" in page.locator("#notices").inner_text()
        seen.quiet()
    rows = [*openpyxl.load_workbook(home / FILE)["已核实"].iter_rows(values_only=True)]
    assert any("intensity-of-one-city:北海" in row and "核对过年报" in row for row in rows)


def test_a_cell_that_is_left_keeps_nothing_and_one_that_is_entered_is_kept_once(browser, tmp_path):
    home = tmp_path / "own" / "某省"
    home.mkdir(parents=True)
    (home / FILE).write_bytes(filled(template("zh")))
    before = (home / FILE).read_bytes()
    with serving_folder(tmp_path / "own") as (url, _), watched(browser, url, path="/zh/own/某省/data/") as seen:
        page, sent = seen.page, []
        page.wait_for_selector("#state.sound")
        page.on("request", lambda request: sent.append(request.post_data_json) if request.method == "POST" else None)

        def type_over(address, text, key):
            cell(page, address).click()
            page.keyboard.type(text)
            page.keyboard.press(key)

        type_over("D6", "41", "Escape")
        type_over("D6", "4120", "Enter")  # what stands there already
        page.wait_for_timeout(300)
        assert (sent, cell(page, "D6").inner_text(), (home / FILE).read_bytes()) == ([], "4120", before)
        for address, text, key in (("D7", "2000", "Enter"), ("D8", "1500", "Tab")):
            type_over(address, text, key)
            page.wait_for_function("() => document.querySelector('#said').innerText.includes('已存入')")
            page.wait_for_timeout(300)
            assert [each["cells"][0]["text"] for each in sent] == [text]
            sent.clear()
        seen.quiet()


def test_a_file_changed_elsewhere_is_said_and_stays(browser, tmp_path):
    home = tmp_path / "own" / "某省"
    home.mkdir(parents=True)
    (home / FILE).write_bytes(filled(template("zh")))
    with serving_folder(tmp_path / "own") as (url, _), watched(browser, url, 390) as seen:
        page = seen.page
        page.goto(f"{url}/zh/own/某省/data/")
        page.wait_for_selector("#state.sound")
        other = filled(template("zh"), d_D6=4000)
        (home / FILE).write_bytes(other)
        cell(page, "D7").click()
        page.keyboard.type("1")
        page.keyboard.press("Tab")
        page.wait_for_function("() => document.querySelector('#wrong').innerText.includes('没有写入')")
        assert cell(page, "D7").inner_text() == "1980"  # what was typed is not shown as if it were kept
        page.reload()
        page.wait_for_selector("#state.sound")
        assert cell(page, "D6").inner_text() == "4000"
        seen.quiet()
    assert (home / FILE).read_bytes() == other


def test_two_windows_and_the_other_language_lose_nothing(browser, tmp_path):
    home = tmp_path / "own" / "某省"
    home.mkdir(parents=True)
    (home / FILE).write_bytes(filled(template("zh"), d_D9=122200))
    place = "/zh/own/某省/data/"

    def type_over(page, address, text):
        cell(page, address).click()
        page.keyboard.type(text)
        page.keyboard.press("Enter")

    with serving_folder(tmp_path / "own") as (url, _), watched(browser, url, path=place) as one:
        with watched(browser, url, path=place) as other:
            for seen in (one, other):
                seen.page.wait_for_selector("#state.unsound")
            type_over(one.page, "D7", "2000")
            one.page.wait_for_function("() => document.querySelector('#said').innerText.includes('已存入')")
            type_over(other.page, "D8", "1500")  # upon what it has seen, which is not there any more
            other.page.wait_for_function("() => document.querySelector('#wrong').innerText.includes('没有写入')")
            assert cell(other.page, "D8").inner_text() == "1410"
            other.page.get_by_role("link", name="English").click()
            other.page.wait_for_url("**/en/own/*/data/")
            other.page.wait_for_selector("#state.unsound")
            assert cell(other.page, "D7").inner_text() == "2000"
            type_over(other.page, "D8", "1500")
            other.page.wait_for_function("() => document.querySelector('#said').innerText.includes('Kept in')")
            other.quiet()
        one.page.reload()
        one.page.wait_for_selector("#state.unsound")
        assert [cell(one.page, address).inner_text() for address in ("D7", "D8")] == ["2000", "1500"]
        one.quiet()


DROP = """([name, bytes]) => {
    const moved = new DataTransfer();
    moved.items.add(new File([new Uint8Array(bytes)], name));
    document.getElementById("drop").dispatchEvent(new DragEvent("drop", {dataTransfer: moved, bubbles: true}));
}"""


def test_a_taken_name_is_said_and_a_wrong_file_or_folder_too(browser, tmp_path):
    given = tmp_path / "某省.xlsx"
    with serving_folder(tmp_path / "own") as (url, _), watched(browser, url, 1280) as seen:
        page = seen.page
        for growth in (1.35, 1.36):
            given.write_bytes(filled(template("zh"), d_F5=growth))
            page.goto(f"{url}/zh/")
            page.evaluate(DROP, [given.name, list(given.read_bytes())])
            if growth == 1.35:
                page.wait_for_url("**/data/")
        page.get_by_role("button", name="另存为新方案").click()
        page.wait_for_selector("#file-said a")
        assert "已有另一个“某省”" in page.locator("#file-said").inner_text()
        page.keyboard.press("Enter")  # the link has the focus
        page.wait_for_url("**/data/")
        page.wait_for_selector("#state.sound")
        assert {path.name for path in (tmp_path / "own").iterdir()} == {"某省", "某省 2"}
        page.goto(f"{url}/zh/")
        page.get_by_role("button", name="删除：某省 2").click()
        page.get_by_role("button", name="确认删除").click()
        page.wait_for_function("() => document.querySelector('#work-said').innerText.includes('已移到')")
        assert page.locator("li[data-name='某省 2']").count() == 0
        page.get_by_role("button", name="改名：某省").click()
        page.get_by_label("新名字").fill("甲省")
        page.keyboard.press("Enter")
        page.wait_for_selector("li[data-name='甲省']")
        seen.quiet()
        (tmp_path / "bad.pdf").write_bytes(b"%PDF")
        page.goto(f"{url}/zh/")
        page.locator("#file").set_input_files(str(tmp_path / "bad.pdf"))
        page.wait_for_function("() => document.querySelector('#file-said').innerText.includes('bad.pdf')")
        page.locator("#folder").fill("here")
        page.locator("#folder-change").click()
        page.wait_for_function("() => document.querySelector('#folder-said').innerText.includes('完整路径')")
        page.locator("#folder").fill(str(tmp_path / "other"))
        page.locator("#folder-change").click()
        page.wait_for_function("() => !document.querySelector('a[href*=\"/own/\"]')")
        assert (tmp_path / "other").is_dir()
