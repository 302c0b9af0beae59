"""The page in a browser: typed values, undo and redo, nothing lost by a reload or the other language, saved once."""

import json

import pytest

from allocator.app.desk import Desk
from allocator.planning.plan import plan
from scenarios.load import load_scenario

TARGET, LOWER = ("[type=range][data-name=target]", "[type=range][data-name=lower]")
CAPACITY = "[type=range][data-criterion=capacity]:not([data-indicator])"
DRAG = """([selector, values]) => {
    const slider = document.querySelector(selector);
    for (const value of values) {
        slider.value = value;
        slider.dispatchEvent(new Event("input", {bubbles: true}));
    }
    slider.dispatchEvent(new Event("change", {bubbles: true}));
}"""


def expected(*settings, name="name"):
    """Return the published rates of a plan as the page writes them."""
    regions = plan(load_scenario("guangxi-13fyp", settings)).record.regions
    return {getattr(region, name): f"{region.published_rate * 100:.1f}" for region in regions}


def says(page, selector, text):
    """Wait until an element says something."""
    page.wait_for_function(
        "([selector, text]) => document.querySelector(selector).innerText.includes(text)", arg=[selector, text]
    )


def holds(page, control, value):
    """Wait until the field of a control holds a value."""
    page.wait_for_function(
        "([id, value]) => document.getElementById(id).value === value", arg=[f"{control}.typed", value]
    )


def field(page, control):
    return page.locator(f'[id="{control}.typed"]')


def said(page, control):
    return page.locator(f'[id="{control}.said"]').inner_text()


def enter(page, control, text):
    """Type into the field of a control and leave it by the return key."""
    field(page, control).fill(text)
    field(page, control).press("Enter")


def at_rest(page):
    """Return the buttons that can be pressed, of undo and redo."""
    return [name for name in ("undo", "redo") if page.locator(f"#{name}").get_attribute("aria-disabled") == "false"]


@pytest.mark.browser
def test_a_typed_value_moves_slider_and_answer(look, served):
    with look(served) as seen:
        page = seen.page
        enter(page, "target", "18.25")  # finer than the slider's steps
        says(page, "#verdict", "18.25%")
        assert seen.rates() == expected("target=18.25%")
        assert said(page, "target") == ""
        enter(page, "weight.capacity", "60")
        holds(page, "weight.responsibility", "20")
        assert page.locator(CAPACITY).input_value() == "60"
        assert field(page, "weight.potential").input_value() == "20"
        seen.move(TARGET, 17)
        holds(page, "target", "17")
        enter(page, "upper", "62")  # beyond the slider's end
        page.wait_for_function("() => document.querySelector('[data-name=upper]').value === '62'")
        seen.quiet()


@pytest.mark.browser
@pytest.mark.parametrize(
    ("path", "sentences"),
    [
        ("/zh/", ["18.3 不是 0.5 的倍数，可填 18.0 或 18.5。", "请填写数字，例如 10。", "“x”不是数字",
                  "100 不在 -99 与 99 之间。"]),
        ("/en/", ["18.3 is no multiple of 0.5: 18.0 or 18.5 can be given.", "Fill in a number, as in 10.",
                  "“x” is not a number", "100 is not between -99 and 99."]),
    ],
)  # fmt: skip
def test_what_cannot_be_taken_is_answered_in_its_place_and_blocks_nothing(look, served, path, sentences):
    with look(served, path=path) as seen:
        page, before = seen.page, seen.rates()
        for text, sentence in zip(("18.3", "", "x", "100"), sentences, strict=True):
            enter(page, "lower", text)
            says(page, '[id="lower.said"]', sentence)
            assert field(page, "lower").get_attribute("aria-invalid") == "true"
            assert field(page, "lower").input_value() == text  # to be mended, not lost
            assert said(page, "upper") == ""
            assert seen.text("#trouble") == ""
            assert seen.rates() == before
        seen.move(TARGET, 18)  # the page goes on, and what is wrong stays said
        says(page, "#verdict", "18.00")
        assert sentences[-1] in said(page, "lower")
        field(page, "lower").press("Escape")
        assert (field(page, "lower").input_value(), said(page, "lower")) == ("10", "")
        enter(page, "lower", "x")
        says(page, '[id="lower.said"]', sentences[2])
        enter(page, "lower", "12.5")
        holds(page, "lower", "12.5")
        page.wait_for_function("() => document.getElementById('lower.said').innerText === ''")
        name = "name" if path == "/zh/" else "name_en"
        wanted = ",".join(expected("target=18%", "bounds.lower=12.5%", name=name).values())
        cells = "[...document.querySelectorAll('#table tbody td:nth-child(5)')].map(cell => cell.innerText)"
        page.wait_for_function(f"wanted => {cells}.join() === wanted", arg=wanted)
        assert field(page, "lower").get_attribute("aria-invalid") == "false"
        seen.quiet()


@pytest.mark.browser
def test_every_move_is_undone_and_done_again(look, served):
    with look(served) as seen:
        page, own = seen.page, seen.rates()
        assert at_rest(page) == []
        page.evaluate(DRAG, [TARGET, [17.1, 17.5, 18]])  # one gesture
        says(page, "#verdict", "18.00%")
        page.evaluate(DRAG, [CAPACITY, [60]])
        holds(page, "weight.potential", "20")
        page.locator("#city").select_option("钦州")
        page.locator("#rate").fill("18.5")
        page.locator("#fix").click()
        page.wait_for_selector("#fixed button")
        page.locator("#keep").click()
        page.wait_for_selector(".sides")
        page.locator("#reset").click()
        page.wait_for_function("() => document.querySelector('#fixed').children.length === 0")
        assert at_rest(page) == ["undo"]

        page.locator("#undo").click()  # the reset
        page.wait_for_selector("#fixed button")
        page.locator("#undo").click()  # A
        page.wait_for_function("() => !document.querySelector('.sides')")
        page.keyboard.press("Control+z")  # the fixed city
        page.wait_for_function("() => document.querySelector('#fixed').children.length === 0")
        assert field(page, "weight.capacity").input_value() == "60"
        page.keyboard.press("Control+z")  # the weight
        holds(page, "weight.capacity", "33.4")
        assert [field(page, f"weight.{key}").input_value() for key in ("responsibility", "potential")] == [
            "33.3",
            "33.3",
        ]
        page.locator("#undo").click()  # the whole gesture
        holds(page, "target", "17")
        says(page, "#verdict", "17.00%")
        assert seen.rates() == own
        assert at_rest(page) == ["redo"]
        page.locator("#undo").click(force=True)  # nothing is left to undo
        assert field(page, "target").input_value() == "17"

        page.keyboard.press("Control+y")
        says(page, "#verdict", "18.00%")
        page.keyboard.press("Control+Shift+Z")
        holds(page, "weight.potential", "20")
        page.locator("#redo").click()
        page.wait_for_selector("#fixed button")
        page.locator("#redo").click()
        page.wait_for_selector(".sides")
        seen.move(LOWER, 12)  # another move: nothing is left to do again
        says(page, ".sides", "上下限·下限 12%")
        assert at_rest(page) == ["undo"]
        seen.quiet()


@pytest.mark.browser
def test_the_reload_and_the_other_language_lose_nothing(look, serve_desk, ruled_desk):
    with serve_desk(ruled_desk) as url, look(url) as seen:
        page = seen.page
        enter(page, "target", "18")
        page.locator("#rules input").first.uncheck()
        says(page, "#verdict", "18.00%")
        page.locator("#keep").click()
        page.wait_for_selector(".sides")
        page.locator("#city").select_option("钦州")
        page.locator("#rate").fill("18")
        page.locator("#fix").click()
        page.wait_for_selector("#fixed button")
        says(page, ".sides", "停用规则“差距不宜过大”")
        shown, sides = seen.rates(), page.locator(".sides").inner_text()

        def same():
            assert field(page, "target").input_value() == "18"
            assert [box.is_checked() for box in page.locator("#rules input").all()] == [False, True]
            assert page.locator("#fixed button").count() == 1
            assert at_rest(page) == ["undo"]

        page.reload()
        page.wait_for_selector(".sides")
        same()
        assert (seen.rates(), page.locator(".sides").inner_text()) == (shown, sides)

        page.get_by_role("link", name="English").click()
        page.wait_for_url("**/en/")
        page.wait_for_selector(".sides")
        same()
        assert [*seen.rates().values()] == [*shown.values()]
        english = page.locator(".sides").inner_text()
        assert not any("\u4e00" <= letter <= "\u9fff" for letter in english)  # A too is said in English
        assert "rule “not too far apart” set aside" in english
        page.locator("#undo").click()
        page.wait_for_function("() => document.querySelector('#fixed').children.length === 0")

        page.get_by_role("link", name="中文").click()
        page.wait_for_url("**/zh/")
        page.wait_for_selector(".sides")
        assert page.locator("#fixed button").count() == 0
        page.locator("#redo").click()
        page.wait_for_selector("#fixed button")
        says(page, ".sides", "钦州 18%")
        assert (seen.rates(), page.locator(".sides").inner_text()) == (shown, sides)
        seen.quiet()


@pytest.mark.browser
def test_two_windows_know_nothing_of_each_other(look, served):
    with look(served) as one, look(served) as other:
        one.move(TARGET, 18)
        says(one.page, "#verdict", "18.00%")
        other.page.reload()
        says(other.page, "#verdict", "17.00%")
        assert other.rates() == expected()


@pytest.mark.browser
def test_another_scenario_begins_with_its_own(look, serve_desk, served, tmp_path):
    with look(served) as seen:
        seen.move(TARGET, 18)
        says(seen.page, "#verdict", "18.00%")
        kept = seen.page.evaluate("JSON.stringify(sessionStorage)")
    other = Desk.open("guangxi-13fyp", ["target=16%"], folder=tmp_path / "rounds")
    with serve_desk(other) as url, look(url) as seen:
        seen.page.evaluate(
            "kept => Object.entries(JSON.parse(kept)).forEach(each => sessionStorage.setItem(...each))", kept
        )
        seen.page.reload()
        says(seen.page, "#verdict", "16.00%")
        assert field(seen.page, "target").input_value() == "16"
        seen.quiet()


@pytest.mark.browser
def test_the_program_started_again_finds_the_page_as_it_was(look, serve_desk, desk):
    with serve_desk(desk) as url, look(url) as seen:
        page = seen.page
        seen.move(TARGET, 18)
        says(page, "#verdict", "18.00%")
        page.context.route("**/zh/answer", lambda route: route.abort())
        seen.move(TARGET, 18.5)
        page.wait_for_selector("#lost", state="visible")
        page.context.unroute("**/zh/answer")
        says(page, "#verdict", "18.50%")
        page.wait_for_selector("#lost", state="hidden")
        assert seen.rates() == expected("target=18.5%")


@pytest.mark.browser
@pytest.mark.parametrize(("path", "waiting"), [("/zh/", "正在保存"), ("/en/", "Saving")])
def test_saving_is_said_and_happens_once(look, serve_desk, tmp_path, path, waiting):
    desk = Desk.open("guangxi-13fyp", folder=tmp_path / "rounds")
    with serve_desk(desk) as url, look(url, path=path) as seen:
        page, save = seen.page, seen.page.locator("#save")
        page.locator("#why").fill("会商")
        enter(page, "target", "18")  # saved with it, though it is not answered yet
        page.evaluate(
            """() => {
                window.heard = [];
                const place = document.querySelector("#saved");
                new MutationObserver(() => window.heard.push(place.innerText)).observe(place, {childList: true});
                for (let n = 0; n < 5; n++) document.querySelector("#save").click();
            }"""
        )
        assert save.get_attribute("aria-disabled") == "true"
        says(page, "#saved", "round-001")
        assert waiting in page.evaluate("window.heard[0]")
        assert save.get_attribute("aria-disabled") == "false"
        assert [folder.name for folder in sorted((tmp_path / "rounds").glob("round-*"))] == ["round-001"]
        record = json.loads((tmp_path / "rounds" / "round-001" / "plan.json").read_text("utf-8"))
        assert record["province"]["target"] == 0.18
        page.locator("#why").fill("又议")
        save.click()
        says(page, "#saved", "round-002")
        seen.quiet()


@pytest.mark.browser
def test_on_a_narrow_screen_the_answer_stands_above_the_controls(look, served):
    with look(served, width=390) as seen:
        tops = seen.page.evaluate(
            "['#top', '#answer', '#controls'].map(each => document.querySelector(each).getBoundingClientRect().top)"
        )
        assert tops == sorted(tops)
        page = seen.page.evaluate("[document.documentElement.scrollWidth, document.documentElement.clientWidth]")
        assert page[0] <= page[1]
        seen.quiet()
