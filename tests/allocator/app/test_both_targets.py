"""The total in the page: cap, reserve and the way of caps are moved; rates and caps stand together, growth is moved."""

import shutil
from decimal import Decimal

import pytest

from allocator.app.answers import answer, typing
from allocator.app.controls import page_values
from allocator.app.desk import Desk
from allocator.app.questions import Entered, Question
from allocator.app.rounds.answers import keeping, listing, opening
from allocator.app.rounds.questions import All, Keep, One
from allocator.app.state import Settings
from allocator.app.typed import fields
from allocator.planning.plan import plan
from reports.planning.caps import caps_statements, caps_table, planned_targets
from reports.planning.sentences import verdict_statement
from reports.words import LABELS
from scenarios.file.total import POLICIES
from scenarios.load import find_scenario, load_scenario
from tests.allocator.app.beside.conftest import narrow_and_accessible
from tests.allocator.app.test_page import says

CASE = "15fyp-example"
CAP, RESERVE = (f"[type=range][data-name={name}]" for name in ("cap", "reserve"))


@pytest.fixture(scope="module")
def totalled(tmp_path_factory):
    return Desk.open(CASE, folder=tmp_path_factory.mktemp("totalled") / "rounds")


@pytest.fixture
def asked(tmp_path):
    """Return a function that opens the case with another `total`."""

    def opened(total, *more):
        folder = tmp_path / "case"
        shutil.copytree(find_scenario(CASE).parent, folder, dirs_exist_ok=True)
        path = folder / "scenario.yaml"
        own = path.read_text("utf-8")
        assert "total: {cap: 42500, reserve: 300}" in own
        path.write_text(own.replace("{cap: 42500, reserve: 300}", total), "utf-8")
        return Desk.open(str(folder), more, folder=tmp_path / "rounds")

    return opened


def moved(desk, language="zh", **changes):
    return answer(desk, language, Question(settings=desk.own.model_copy(update=changes)))


def record_of(*settings):
    return plan(load_scenario(CASE, settings)).record


def test_only_amounts_take_no_per_cent(totalled):
    percents = {key: field.percent for key, field in fields(totalled).items()}
    assert [key for key, percent in percents.items() if not percent] == ["cap", "reserve"]
    for control, text in (("reserve", "1%"), ("cap", "17%")):
        for language, said in (("zh", "不是百分数"), ("en", "an amount")):
            found = typing(totalled, language, Entered(control=control, text=text))
            assert found["value"] is None
            assert said in found["said"][0]


KEPT = {
    "zh": ("总量控制·总量目标 41000 万吨", "总量控制·机动 200 万吨", "总量控制·各市总量 按基年排放同比例"),
    "en": ("total · cap 41000 × 10⁴ t", "total · reserve 200 × 10⁴ t", "total · caps base"),
}


@pytest.mark.parametrize("language", ["zh", "en"])
def test_moved_it_is_what_the_command_line_says(totalled, language):
    said = moved(totalled, language, cap=Decimal(41000), reserve=Decimal(200), caps="base")
    record = record_of("total.cap=41000", "total.reserve=200", "total.caps=base")
    cities = planned_targets(record, language)
    assert said["verdict"] == verdict_statement(record.province, language)
    assert said["targets"]["said"] == caps_statements(record.province, cities, language, 5)
    rows = [[cell.replace("-", "\u2212") for cell in row] for row in caps_table(cities, 1, language).rows]
    assert [[cell.replace("-", "\u2212") for cell in row] for row in said["targets"]["table"]["rows"]] == rows
    # without any cut the cities would emit 51,798.357 (the sum of emissions times growth); 41,000 less 200 are left
    assert record.province.uniform_rate == pytest.approx(1 - 40800 / 51798.357, abs=1e-9)
    assert said["kept"]["changes"] == KEPT[language]


def test_untouched_nothing_is_set(totalled):
    own = totalled.own
    assert own.overrides(own) == ()
    assert (own.cap, own.reserve, own.caps) == (42500, 300, "rates")
    assert (own.increment, own.growth_at_most, own.uncertainty) == (None, None, None)


@pytest.mark.parametrize(
    ("total", "key", "value", "setting"),
    [
        ("{growth_at_most: 5.6%}", "growth_at_most", Decimal(4), "total.growth_at_most=4%"),
        ("{increment: 2000, caps: total}", "increment", Decimal(-100), "total.increment=-100"),
        ("{peak: end, reserve: 100}", "reserve", Decimal(50), "total.reserve=50"),
    ],
)
def test_every_form_of_a_cap_has_its_control(asked, total, key, value, setting):
    desk = asked(total)
    forms = {"cap", "growth_at_most", "increment", "reserve", "uncertainty"}
    named = {control.key for control in page_values(desk, "zh")["total"]}
    assert named == {form for form in forms if getattr(desk.own, form) is not None}
    assert key in named
    assert desk.own.model_copy(update={key: value}).overrides(desk.own) == (setting,)
    said = moved(desk, **{key: value})
    assert said["verdict"] == verdict_statement(
        plan(load_scenario(desk.source, [setting])).record.province, "zh"
    )  # fmt: skip


def test_uncertain_growth_is_moved(asked):
    desk = asked("{cap: 42500, reserve: 300}", "growth_uncertainty=5%")
    assert desk.own.uncertainty == 5
    settings = desk.own.model_copy(update={"uncertainty": Decimal(2)})
    assert settings.overrides(desk.own) == ("growth_uncertainty=2%",)
    assert desk.answer(settings).plan.record.province == record_of("growth_uncertainty=2%").province


def test_what_the_scenario_does_not_say_is_not_taken(totalled, desk):
    rules = set()
    for key, value in (("increment", Decimal(3)), ("caps", "caps.csv"), ("caps", None), ("cap", None)):
        assert not totalled.own.model_copy(update={key: value}).like(totalled.own, rules)
    assert not desk.own.model_copy(update={"caps": "base"}).like(desk.own, rules)
    assert totalled.own.model_copy(update={"caps": "base"}).like(totalled.own, rules)
    assert page_values(desk, "zh")["total"] == page_values(desk, "zh")["policies"] == []
    assert page_values(desk, "zh")["targets_panel"] is None
    assert answer(desk, "zh", Question(settings=desk.own))["targets"] is None


def test_a_cap_beyond_reach_is_said_and_a_typed_one_judged(totalled):
    said = moved(totalled, cap=Decimal(30000))
    assert not said["ok"]
    assert any("总量" in line for line in said["trouble"])
    assert typing(totalled, "zh", Entered(control="cap", text="42,500.5"))["value"] == 42500.5
    for text in ("", "-1", "42500.005", "四万"):
        assert typing(totalled, "zh", Entered(control="cap", text=text))["value"] is None


def test_a_round_opens_with_its_cap(totalled):
    settings = totalled.own.model_copy(update={"cap": Decimal(42000), "caps": "total"})
    assert keeping(totalled, "zh", Keep(settings=settings, who="甲", why="会商"))["ok"]
    last = listing(totalled, "zh", All(kept="all"))["rounds"][0]
    found = opening(totalled, "zh", One(number=last["number"], plan=last["plan"]))
    assert Settings.model_validate(found["settings"]) == settings
    assert found["said"] == [LABELS.say("rounds_opened", "zh", number=last["number"])]


def test_every_way_of_making_caps_is_offered_in_words(asked):
    for language in ("zh", "en"):
        offered = dict(page_values(asked("{cap: 42500, reserve: 300}"), language)["policies"])
        assert offered == {key: LABELS.say(f"caps_by_{key}", language) for key in POLICIES}


@pytest.mark.browser
@pytest.mark.parametrize(("width", "path"), [(1280, "/zh/"), (390, "/en/")])
def test_rates_caps_and_growth_in_the_page(look, serve_desk, totalled, width, path):
    language = path.strip("/")
    with serve_desk(totalled) as url, look(url, width=width, path=path) as seen:
        page = seen.page
        page.wait_for_selector("#caps-panel:not([hidden])")
        shown(page, record_of(), language)
        page.locator("#caps-more").evaluate(
            "slider => { slider.value = '1'; slider.dispatchEvent(new Event('input', {bubbles: true})); }"
        )
        # the first city: 5,077.0 at a cut of 18 % leaves 4,163.14 for a unit of growth; 1.24 in five years is 4.395 %
        growth = (1.24**0.2 + 0.01) ** 5
        assert panel(page, 0)[:3] == ["5.40", f"{4163.14 * growth:,.1f}", "5,162"]
        assert panel(page, 0)[4] == LABELS.say("caps_binds_cap", language)
        seen.move(CAP, 42000)
        seen.move(RESERVE, 200)
        page.locator("#caps").select_option("base")
        record = record_of("total.cap=42000", "total.reserve=200", "total.caps=base")
        says(page, "#verdict", verdict_statement(record.province, language))
        shown(page, record, language)
        cap = record.regions[0].cap.cap_10kt
        page.wait_for_function("cap => document.querySelector('#caps-table [data-is=cap]').textContent === cap",
                               arg=f"{cap:,.0f}")  # fmt: skip
        assert panel(page, 0)[0] == "5.40"  # growth stays where it was moved to
        page.wait_for_selector("#targets-chart .scatterlayer .point")
        narrow_and_accessible(page)
        seen.quiet()


def shown(page, record, language):
    """Wait until the page shows the sentences and the table of a plan's caps."""
    cities = planned_targets(record, language)
    said = caps_statements(record.province, cities, language, 5)
    page.wait_for_function(
        "said => JSON.stringify([...document.querySelectorAll('#targets-said p')].map(p => p.textContent))"
        " === JSON.stringify(said)", arg=said,
    )  # fmt: skip
    rows = page.locator("#targets-table tbody tr").all()
    cells = [[cell.replace("\u2212", "-") for cell in row.locator("th, td").all_text_contents()] for row in rows]
    assert cells == [[cell.replace("\u2212", "-") for cell in row] for row in caps_table(cities, 1, language).rows]


def panel(page, row):
    """Return the cells of a row of the panel that moves growth."""
    return page.locator("#caps-table tbody tr").nth(row).locator("td").all_text_contents()
