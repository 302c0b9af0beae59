from dataclasses import replace
from fractions import Fraction

import pytest

from scenarios.errors import InputError
from scenarios.load import load_scenario
from scenarios.rules.uncertainty import Protection, half_widths


def codes(source, *settings):
    with pytest.raises(InputError) as error:
        load_scenario(source, settings)
    return [finding.code for finding in error.value.findings]


def test_nothing_is_said_without_the_key(guangxi):
    assert half_widths(guangxi.file, guangxi.regions) is None
    assert guangxi.regions.growth_margins == ()


def test_a_share_of_each_growth_factor():
    scenario = load_scenario("guangxi-13fyp", ["growth_uncertainty=5%"])
    widths = half_widths(scenario.file, scenario.regions)
    assert widths == tuple(Fraction(g) / 20 for g in scenario.regions.growth)


def with_margins(folder, edit, header, cells):
    lines = (folder / "regions.csv").read_text("utf-8").splitlines()
    rows = [f"{line},{cell}" for line, cell in zip(lines, [header, *cells], strict=True)]
    (folder / "regions.csv").write_text("\n".join(rows) + "\n", "utf-8")


@pytest.mark.parametrize("header", ["growth_margin", "增长倍数浮动（倍）"])
def test_a_regions_own_margin_goes_before_the_share(guangxi_folder, edit, header):
    with_margins(guangxi_folder, edit, header, ["0.04", *[""] * 12, "0"])
    scenario = load_scenario(guangxi_folder, ["growth_uncertainty=10%"])
    widths = half_widths(scenario.file, scenario.regions)
    assert widths[0] == Fraction(4, 100)
    assert widths[1] == Fraction(scenario.regions.growth[1]) / 10
    assert widths[-1] == 0
    assert codes(guangxi_folder) == ["empty_cell"] * 12


def test_a_column_alone_is_enough(guangxi_folder, edit):
    with_margins(guangxi_folder, edit, "growth_margin", ["0.05"] * 14)
    scenario = load_scenario(guangxi_folder, ["protect=2"])
    assert half_widths(scenario.file, scenario.regions) == (Fraction(1, 20),) * 14


def test_margins_that_cannot_be_are_refused(guangxi_folder, edit):
    with_margins(guangxi_folder, edit, "growth_margin", ["-0.1", "1.5", "5%", "x", *["0.05"] * 10])
    found = ["growth_margin_range", "growth_margin_range", "percent_here", "not_a_number"]
    assert codes(guangxi_folder) == found


@pytest.mark.parametrize(
    ("settings", "code"),
    [
        (["growth_uncertainty=60%"], "uncertainty_range"),
        (["growth_uncertainty=-1%"], "uncertainty_range"),
        (["growth_uncertainty=5"], "rate_question"),
        (["growth_uncertainty=5%", "protect=-1"], "not_a_quantity"),
        (["growth_uncertainty=5%", "protect=many"], "not_a_quantity"),
        (["growth_uncertainty=5%", "protect=true"], "not_a_quantity"),
        (["growth_uncertainty=5%", "protect=15"], "protect_too_many"),
        (["protect=3"], "protect_without"),
    ],
)
def test_what_cannot_be_asked_is_refused(settings, code):
    assert codes("guangxi-13fyp", *settings) == [code]


@pytest.mark.parametrize(("asked", "budget"), [("all", 14), ("3", 3), ("2.5", Fraction(5, 2)), ("0", 0)])
def test_protection_stands_among_the_demands(asked, budget):
    scenario = load_scenario("guangxi-13fyp", ["growth_uncertainty=5%", f"protect={asked}"])
    assert [type(demand) for demand in scenario.demands] == [Protection]
    assert scenario.demands[0].budget == budget
    assert scenario.demands[0].id == "protect"


def test_excess_by_hand():
    half = Fraction(1, 2)
    demand = Protection(
        id="protect", reason=None, growth=(Fraction(1), Fraction(2)), half_widths=(Fraction(1, 10), Fraction(1, 5)),
        emission_shares=(half, half), gdp_shares=(Fraction(3, 4), Fraction(1, 4)), allowed=Fraction(4, 5),
        budget=Fraction(3, 2),
    )  # fmt: skip
    # c = (1/2 * 9/10 - 4/5 * 3/4, 1/2 * 1/2 - 4/5 * 1/4) = (-3/20, 1/20); swings 3/200, 1/100
    rates = [Fraction(1, 10), half]
    assert demand.excess(rates) == Fraction(-3, 20) + Fraction(2, 20) + Fraction(3, 200) + half * Fraction(1, 100)
    assert demand.failing(rates) == ()
    assert demand.failing([Fraction(0), Fraction(0)]) == (0, 1)


def one_region(**changes):
    """Return what protection asks of one region whose rate must be 20 %: 1.2 ± 0.1."""
    one = Fraction(1)
    asked = Protection(
        id="protect", reason=None, growth=(Fraction(6, 5),), half_widths=(Fraction(1, 10),), emission_shares=(one,),
        gdp_shares=(one,), allowed=Fraction(4, 5), budget=one,
    )  # fmt: skip
    return replace(asked, **changes)


def test_a_worst_case_of_nothing_is_protected():
    hair = Fraction(1, 10**30)
    assert one_region().failing([Fraction(1, 5)]) == ()
    assert one_region().failing([Fraction(1, 5) - hair]) == (0,)
    assert (one_region().judged, one_region().lower_breaks) == (False, True)


def test_who_is_held_by_protection():
    # 1e-9 of rate is 1.1e-9 of the worst case; more than 1e-9 is to spare at 2e-9 of rate
    assert one_region().tight([0.2]) == {0}
    assert one_region().tight([0.2 + 5e-10]) == {0}
    assert one_region().tight([0.2 + 2e-9]) == set()
    assert one_region().tight([0.1]) == {0}


def test_what_protection_leaves_is_target_and_margin_taken_off(guangxi):
    settings = ["growth_uncertainty=5%", "protect=14", "margin=1 points"]
    assert load_scenario("guangxi-13fyp", settings).protection.allowed == Fraction(82, 100)
