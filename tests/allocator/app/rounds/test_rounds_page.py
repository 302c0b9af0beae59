"""Rounds in the page, in a browser: a reason asked, listed, opened, compared, taken back; nothing lost."""

from decimal import Decimal

import pytest

from allocator.app.desk import Desk
from allocator.negotiating.remarks import Remark, login_name
from allocator.negotiating.rounds import read_round
from tests.browsers import followed

TARGET = "[type=range][data-name=target]"
WORDS = {
    "zh": {
        "path": "/zh/", "open": "打开：第 1 轮", "compare": "与当前对照：第 1 轮", "back": "撤回这一轮：第 2 轮",
        "sure": "确认撤回：第 2 轮", "leave": "不撤回：第 2 轮",
        "needed": "请写明这一轮为什么这样定", "none": "还没有保存的轮次", "same": "已打开第 1 轮，结果与所存一致",
        "taken": "第 2 轮已撤回，没有删除", "side": "A（第 1 轮）", "other": "English", "other_side": "A (round 1)",
        "gone": "第 1 轮已不是列出的那一轮",
    },
    "en": {
        "path": "/en/", "open": "Open: round 1", "compare": "Compare with now: round 1",
        "back": "Take it back: round 2",
        "sure": "Yes, take it back: round 2", "leave": "Leave it: round 2",
        "needed": "Say why the round is as it is", "none": "No round is kept yet",
        "same": "Round 1 is open, and comes",
        "taken": "Round 2 is taken back; it is not deleted", "side": "A (round 1)", "other": "中文",
        "other_side": "A（第 1 轮）", "gone": "Round 1 is no longer the one in the list",
    },
}  # fmt: skip


def says(page, selector, text):
    """Wait until an element says something."""
    page.wait_for_function(
        "([selector, text]) => document.querySelector(selector)?.innerText.includes(text)", arg=[selector, text]
    )


def row(page, number):
    """Return the cells of a round in the list, as they are read."""
    cells = page.locator("#rounds-list tbody tr", has_text=f"第 {number} 轮").or_(
        page.locator("#rounds-list tbody tr", has_text=f"round {number}")
    )
    return cells.locator("th, td").all_inner_texts()


def listed(page, count):
    page.wait_for_function("n => document.querySelectorAll('#rounds-list tbody tr').length === n", arg=count)


def fix(page, region, rate):
    page.locator("#city").select_option(region)
    page.locator("#rate").fill(rate)
    page.locator("#fix").click()
    page.wait_for_selector("#fixed button")


@pytest.mark.browser
@pytest.mark.parametrize("language", ["zh", "en"])
def test_rounds_are_kept_listed_opened_compared_and_taken_back(look, serve_desk, tmp_path, language):
    desk, words = Desk.open("guangxi-13fyp", folder=tmp_path / "rounds"), WORDS[language]
    with serve_desk(desk) as url, look(url, path=words["path"]) as seen:
        page = seen.page
        says(page, "#rounds", words["none"])
        assert page.locator("#who").input_value() == login_name()

        page.locator("#save").click()  # without a reason nothing is saved, and it is said where it is written
        says(page, "#why-said", words["needed"])
        assert page.evaluate("document.activeElement.id") == "why"
        assert not (tmp_path / "rounds").exists()
        fix(page, "450700", "18")
        page.locator("#why").fill("三月会商 <b>")
        page.locator("#who").fill("李四")
        page.locator("#save").click()
        listed(page, 1)
        assert page.locator("#why-said").inner_text() == ""
        assert page.locator("#why").input_value() == ""
        _, why, _, when, who, what = row(page, 1)
        kept = read_round(tmp_path / "rounds" / "round-001")
        assert (kept.record.who, kept.record.why) == ("李四", "三月会商 <b>") == (who, why)
        assert len(when) == len("2026-05-01 09:30")
        assert {"zh": "18%", "en": "18 %"}[language] in what
        assert page.locator("#rounds b").count() == 0
        first = seen.rates()

        page.locator("#fixed button").click()
        seen.move(TARGET, 18)
        says(page, "#verdict", "18.00")
        page.locator("#why").fill("再议")
        page.locator("#save").click()
        listed(page, 2)
        assert row(page, 2)[5].startswith({"zh": "改动 目标 18%", "en": "changed target 18 %"}[language])
        assert row(page, 2)[4] == "李四"  # as this browser was told

        page.get_by_role("button", name=words["compare"]).click()
        page.wait_for_selector(".sides")
        says(page, ".sides", words["side"])
        says(page, ".sides", "李四")
        column = page.locator("#table tbody td:nth-last-child(2)").all_inner_texts()
        assert column == list(first.values())

        page.locator("#why").fill("还没写完")
        followed(page.get_by_role("link", name=words["other"]))  # the other language finds both as they were
        says(page, "#verdict", "18.00")
        says(page, ".sides", words["other_side"])
        assert page.locator("#why").input_value() == "还没写完"
        assert page.locator("#who").input_value() == "李四"
        followed(page.get_by_role("link", name="中文" if language == "zh" else "English"))
        says(page, ".sides", words["side"])
        listed(page, 2)

        page.get_by_role("button", name=words["open"]).click()
        says(page, "#rounds-said", words["same"])
        page.wait_for_selector("#fixed button")
        assert page.locator(TARGET).input_value() == "17"
        assert list(seen.rates().values()) == list(first.values())
        page.locator("#undo").click()  # opening is a move like any other
        says(page, "#verdict", "18.00")

        page.get_by_role("button", name=words["back"]).click()  # asks first
        page.get_by_role("button", name=words["leave"]).click()
        page.get_by_role("button", name=words["back"]).click()
        assert (tmp_path / "rounds" / "round-002").is_dir()
        page.get_by_role("button", name=words["sure"]).click()
        listed(page, 1)
        says(page, "#rounds-said", words["taken"])
        assert sorted(entry.name for entry in (tmp_path / "rounds").iterdir()) == ["round-001", "undone-round-002"]
        page.locator("#rounds-aside summary").click()
        page.locator("#rounds-aside button").click()
        listed(page, 2)
        assert (tmp_path / "rounds" / "round-002").is_dir()
        seen.quiet()


@pytest.mark.browser
def test_a_round_taken_back_in_another_window_is_said(look, serve_desk, tmp_path):
    desk = Desk.open("guangxi-13fyp", folder=tmp_path / "rounds")
    desk.save(desk.own.model_copy(update={"target": Decimal(18)}), "zh", Remark("李四", "会商"))
    with serve_desk(desk) as url, look(url) as seen, look(url) as other:
        page = seen.page
        for one in (page, other.page):
            listed(one, 1)
            one.get_by_role("button", name=WORDS["zh"]["compare"]).click()
            one.wait_for_selector(".sides")
        other.page.get_by_role("button", name="撤回这一轮：第 1 轮").click()
        other.page.get_by_role("button", name="确认撤回：第 1 轮").click()
        listed(other.page, 0)
        other.page.wait_for_function("() => !document.querySelector('.sides')")  # what was taken back is no A
        before = seen.rates()
        page.get_by_role("button", name=WORDS["zh"]["open"]).click()
        says(page, "#rounds-said", WORDS["zh"]["gone"])
        listed(page, 0)
        assert seen.rates() == before
        page.reload()
        says(page, "#rounds-said", WORDS["zh"]["gone"])  # A is not there any more
        page.wait_for_selector("#table tbody tr")
        assert page.locator(".sides").count() == 0
        seen.quiet()
        other.quiet()


@pytest.mark.browser
@pytest.mark.parametrize("width", [1280, 390])
def test_the_list_is_read_by_everybody_at_any_width(look, serve_desk, hostile_scenario, tmp_path, width):
    from axe_playwright_python.sync_playwright import Axe

    desk = Desk.open(str(hostile_scenario.folder), folder=tmp_path / "rounds")
    key = hostile_scenario.regions.ids[0]
    fixed = desk.own.model_copy(update={"fixes": {key: Decimal(20)}})
    desk.save(fixed, "zh", Remark.of("<img src=x onerror=alert(1)>", "长" * 300))
    desk.save(desk.own, "zh")  # as rounds were before: nobody, no reason
    path = desk.save(desk.own, "zh") / "round.json"
    path.write_text(path.read_text("utf-8").replace('"number": 3', '"number": 4'), "utf-8")
    with serve_desk(desk) as url, look(url, width=width) as seen:
        page = seen.page
        listed(page, 3)
        assert "写出后被改动" in row(page, 3)[1]
        assert row(page, 2)[1:5:3] == ["未写明", "未写明何人"]
        assert row(page, 1)[4] == "<img src=x onerror=alert(1)>"
        assert page.locator("main img, main b").count() == 0
        widths = page.evaluate("[document.documentElement.scrollWidth, document.documentElement.clientWidth]")
        assert widths[0] <= widths[1]
        assert [v["id"] for v in Axe().run(page).response["violations"]] == []
        page.screenshot(path=tmp_path / f"rounds-{width}.png", full_page=True)
        seen.quiet()
