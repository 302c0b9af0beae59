"""Files that change while their page is open: no window shows figures of the new ones as if they were the old."""

import pytest

from allocator.app.desk import Desk
from allocator.app.server import HELD, start, web
from allocator.app.shelf import OWN, Shelf
from allocator.planning.plan import plan
from reports.words import LABELS
from scenarios.load import load_scenario
from scenarios.wording import LANGUAGES

TARGET = "[type=range][data-name=target]"
HERE = {"Host": "localhost"}


def expected(folder, *settings):
    """Return the published rates of a plan as the page writes them."""
    regions = plan(load_scenario(folder, settings)).record.regions
    return {region.name: f"{region.published_rate * 100:.1f}" for region in regions}


@pytest.fixture
def change(guangxi_folder, edit):
    """Return a function that raises the target of a copied scenario."""
    return lambda: edit(guangxi_folder / "scenario.yaml", "target: 17%", "target: 18%")


def test_a_scenario_is_opened_anew_only_where_its_files_have_changed(guangxi_folder, change, tmp_path):
    desk = Desk.open(str(guangxi_folder), ["bounds.lower=9%"], tmp_path / "rounds")
    assert desk.renewed() is desk
    change()
    anew = desk.renewed()
    assert (anew.own.target, anew.own.lower, anew.rounds) == (18, 9, desk.rounds)
    assert anew.fingerprint != desk.fingerprint
    kept = (guangxi_folder / "regions.csv").read_bytes()
    (guangxi_folder / "regions.csv").unlink()
    assert anew.renewed() is anew  # nothing can be read; its answers say so
    (guangxi_folder / "regions.csv").write_bytes(kept)
    assert anew.renewed() is anew


@pytest.mark.parametrize("route", ["answer", "fix", "typed", "save", "workbook"])
def test_a_page_of_another_scenario_is_told_to_reload(desk, route):
    client = web(desk, "zh").test_client()
    settings = desk.own.model_dump(mode="json")
    more = {"fix": {"region": "450700", "rate": "18"}, "typed": {"control": "target", "text": "18"}}
    body = ({} if route == "typed" else {"settings": settings}) | more.get(route, {})
    for language in LANGUAGES:

        def said(held, language=language):
            return client.post(f"/{language}/{route}", json=body, headers={**HERE, HELD: held})

        answer = said("another").json
        sentence = [LABELS.say("app_reopened", language)]
        assert (answer["ok"], answer["said"], answer["trouble"], answer["settings"]) == (
            False,
            sentence,
            sentence,
            None,
        )
    if route not in ("save", "workbook"):
        answer = said(desk.fingerprint).json
        assert answer.get("said", []) == []
        assert answer.get("ok", True)


def test_a_page_shows_the_files_as_they_are_when_it_is_loaded(guangxi_folder, change, tmp_path):
    shelf = Shelf(guangxi_folder.parent, tmp_path / "out")
    client = start(shelf, "zh").test_client()
    path = f"/zh/own/{guangxi_folder.name}/"
    before = client.get(path, headers=HERE).text
    first = shelf.desk(OWN, guangxi_folder.name)
    assert f"{first.fingerprint}" in before
    change()
    assert shelf.desk(OWN, guangxi_folder.name) is first
    assert first.fingerprint not in client.get(path, headers=HERE).text
    assert shelf.desk(OWN, guangxi_folder.name).own.target == 18


@pytest.mark.browser
def test_two_windows_and_a_changed_file(look, serve_desk, guangxi_folder, change, tmp_path):
    desk = Desk.open(str(guangxi_folder), folder=tmp_path / "rounds")
    with serve_desk(desk) as url, look(url) as one, look(url) as other:
        old = other.rates()
        assert old == expected(guangxi_folder)
        change()
        one.move(TARGET, 17.5)
        one.page.wait_for_function("() => document.querySelector('#trouble').innerText.includes('scenario.yaml')")
        one.page.reload()
        # what was moved is kept on the new files, and said; undone, they are as they stand
        one.page.wait_for_function("() => document.querySelector('#verdict').innerText.includes('17.50%')")
        assert one.text("#carried") == LABELS.say("app_carried", "zh")
        one.page.locator("#undo").click()
        one.page.wait_for_function("() => document.querySelector('#verdict').innerText.includes('18.00%')")
        assert one.rates() == expected(guangxi_folder)
        other.move(TARGET, 17.5)
        other.page.wait_for_function("() => document.querySelector('#trouble').innerText.includes('请刷新本页')")
        assert other.page.locator("#answer").get_attribute("class") == "stale"
        assert other.rates() == old
        other.page.locator("#why").fill("会商")
        other.page.locator("#save").click()
        other.page.wait_for_function("() => document.querySelector('#saved').innerText.includes('仍是先前的结果')")
        assert not (tmp_path / "rounds").exists()
        one.quiet()
        other.quiet()


def moved(**changes):
    """Return settings as the page holds them, some of them moved."""
    own = {
        "weights": {"a": 60, "b": 40}, "within": {"a": {"x": 50, "y": 50}}, "spread": 6, "target": 17, "cap": None,
        "off": [], "fixes": {},
    }  # fmt: skip
    return own | changes


@pytest.mark.browser
def test_what_was_moved_before_the_files_changed_stays_moved_where_it_has_a_place(look, served):
    known = {"rules": ["pilots"], "regions": ["1", "2"]}
    other_criteria = {"weights": {"a": 50, "c": 50}, "within": {}}
    cases = (
        # moved then, the scenario's own now, what stands, whether something is lost
        (moved(), moved(target=18), moved(target=18), False),
        (moved(target=19, spread=7), moved(target=18), moved(target=19, spread=7), False),
        (moved(fixes={"1": 20}, off=["pilots"]), moved(), moved(fixes={"1": 20}, off=["pilots"]), False),
        (moved(fixes={"1": 20, "3": 21}), moved(), moved(fixes={"1": 20}), True),
        (moved(off=["gone"]), moved(), moved(), True),
        (moved(weights={"a": 70, "b": 30}), moved(**other_criteria), moved(**other_criteria), True),
        (moved(within={"a": {"x": 10, "y": 90}}), moved(), moved(within={"a": {"x": 10, "y": 90}}), False),
        (moved(within={"a": {"x": 10, "y": 90}}), moved(**other_criteria), moved(**other_criteria), True),
        (moved(spread=7), moved(spread=None), moved(spread=None), True),
    )
    with look(served) as seen:
        for then, own, stands, lost in cases:
            found = seen.page.evaluate(
                "async given => (await import('/assets/carrying.js')).carried(...given)", [then, moved(), own, known]
            )
            assert found == {"settings": stands, "lost": lost}, then
        seen.quiet()
