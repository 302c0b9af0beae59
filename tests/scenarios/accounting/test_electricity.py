from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from scenarios.accounting import electricity as e
from scenarios.accounting.electricity import CityPower

# invented figures, TWh and Mt: generation, use, fossil CO2, of which in power plants
CITIES = [
    CityPower(fossil=Fraction(120), plant=Fraction(85), generated=Fraction(100), used=Fraction(60)),
    CityPower(fossil=Fraction(50), plant=Fraction(14), generated=Fraction(20), used=Fraction(50)),
    CityPower(fossil=Fraction(40), plant=Fraction(6), generated=Fraction(10), used=Fraction(50)),
]
FOSSIL = Fraction(210)
IMPORTS = Fraction(15)  # 30 TWh at 0.5 Mt/TWh; the province emits 225


def residuals(factor):
    found = {option: e.residual(CITIES, option, factor, FOSSIL, IMPORTS) for option in e.OPTIONS}
    assert found.pop("attributed") is None  # no non-fossil electricity is known
    return found


def test_three_cities():
    factor = e.closing_factor(CITIES, IMPORTS)
    assert factor == Fraction(3, 4)  # (85 + 14 + 6 + 15)/160
    assert [city.own_factor for city in CITIES] == [Fraction("0.85"), Fraction("0.7"), Fraction("0.6")]
    found = residuals(factor)
    assert {option: r.total for option, r in found.items()} == {
        "fossil": 210, "own": Fraction("228.5"), "provincial": Fraction("232.5"), "balance": Fraction("232.5"),
        "terminal": 225,
    }  # fmt: skip
    assert {option: r.residual for option, r in found.items()} == {
        "fossil": -15, "own": Fraction("3.5"), "provincial": Fraction("7.5"), "balance": Fraction("7.5"), "terminal": 0,
    }  # fmt: skip


def test_what_is_counted_twice_is_named():
    found = residuals(Fraction(3, 4))
    # 30 TWh from outside are counted at 0.75, but emitted 0.5; A's 40 TWh leave at 0.85 and arrive at 0.75
    assert (found["own"].imports, found["own"].transfers) == (Fraction("7.5"), Fraction(-4))
    assert (found["own"].counted_twice, found["own"].left_out) == (Fraction("7.5"), 4)
    assert found["provincial"].counted_twice == found["balance"].counted_twice == Fraction("7.5")
    assert found["fossil"].left_out == 15
    assert found["terminal"].counted_twice == found["terminal"].left_out == 0


def test_what_is_not_known_gives_no_answer():
    bare = CityPower(fossil=Fraction(1))
    assert [e.electricity(bare, option, Fraction(1)) for option in e.OPTIONS] == [0, *[None] * 5]
    given_transfers = CityPower(fossil=Fraction(1), imported=Fraction(4))
    assert e.electricity(given_transfers, "provincial", Fraction(1, 2)) == 2
    assert e.electricity(given_transfers, "own", Fraction(1, 2)) == 2
    exporter = CityPower(fossil=Fraction(1), exported=Fraction(4))
    assert e.electricity(exporter, "own", Fraction(1, 2)) is None  # no own factor without plants and generation
    assert e.closing_factor([bare], Fraction(0)) is None
    assert e.residual([bare], "own", Fraction(1), Fraction(0), Fraction(0)) is None


amounts = st.fractions(0, 10**6, max_denominator=100)
powers = st.builds(
    lambda plant, rest, generated, used: CityPower(plant + rest, plant, generated, used, fossil_use=used / 2),
    amounts, amounts, st.fractions(1, 1000, max_denominator=100), st.fractions(1, 1000, max_denominator=100),
)  # fmt: skip


@given(st.lists(powers, min_size=1, max_size=8), amounts)
def test_terminal_consumption_with_the_closing_factor_adds_up_exactly(cities, imports):
    fossil = sum(city.fossil for city in cities)
    factor = e.closing_factor(cities, imports)
    found = e.residual(cities, "terminal", factor, fossil, imports)
    assert found.residual == 0
    assert found.total == fossil + imports


@given(st.lists(powers, min_size=1, max_size=8), amounts, amounts)
def test_the_parts_of_a_residual_add_up(cities, imports, fossil):
    factor = e.closing_factor(cities, imports)
    for option in e.OPTIONS:
        r = e.residual(cities, option, factor, fossil, imports)
        assert r.fossil + r.transfers + r.imports == r.residual
        assert r.counted_twice - r.left_out == r.transfers + r.imports
