"""Weights that always add up, and settings that a command line could say as well."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from allocator.app.state import Settings, balanced, rounded_shares
from allocator.planning.reference import target
from scenarios.errors import InputError
from scenarios.load import load_scenario

TENTHS = st.integers(0, 1000).map(lambda n: Decimal(n) / 10)
NAMES = st.integers(1, 9).map(lambda n: [f"w{k}" for k in range(n)])


def decimals(**shares):
    return {key: Decimal(share) for key, share in shares.items()}


@pytest.mark.parametrize(
    ("shares", "moved", "wanted"),
    [
        (decimals(a=50, b=30, c=20), "a", decimals(a=50, b=30, c=20)),
        (decimals(a=60, b=30, c=20), "a", decimals(a=60, b=24, c=16)),  # 40 in the proportion 30 : 20
        (decimals(a=0, b=30, c=20), "a", decimals(a=0, b=60, c=40)),
        (decimals(a=100, b=30, c=20), "a", decimals(a=100, b=0, c=0)),
        (decimals(a=70, b=0, c=0), "a", decimals(a=70, b=10, c=20)),  # own proportions 1 : 2
        (decimals(a=10), "a", decimals(a=100)),
        (decimals(a=1, b=1, c=1), "", {"a": Decimal("33.4"), "b": Decimal("33.3"), "c": Decimal("33.3")}),
    ],
)
def test_the_others_keep_their_proportions(shares, moved, wanted):
    own = decimals(a=25, b=25, c=50)
    assert balanced(shares, own, moved) == wanted


@given(st.data())
def test_weights_add_up_whatever_is_moved(data):
    names = data.draw(NAMES)
    own = rounded_shares({name: data.draw(st.floats(0, 1e6)) for name in names}, Decimal(100))
    shares = {name: data.draw(TENTHS) for name in names}
    moved = data.draw(st.sampled_from(["", *names]))
    found = balanced(shares, own, moved)
    assert list(found) == names
    assert sum(found.values()) == 100
    assert all(0 <= share <= 100 and share * 10 == int(share * 10) for share in found.values())
    if len(names) > 1 and moved:
        assert found[moved] == shares[moved]
    assert balanced(found, own, moved) == found


def test_untouched_settings_change_nothing(guangxi):
    own = Settings.of(guangxi)
    assert own.overrides(own) == ()
    assert own.balanced(own) == own
    assert (own.target, own.spread, own.lower, own.upper) == (17, 12, 10, 25)


def test_settings_say_what_a_command_line_says(guangxi):
    own = Settings.of(guangxi)
    moved = own.model_copy(
        update={
            "weights": own.weights | {"capacity": Decimal(60)},
            "within": own.within | {"potential": decimals(fiscal=50, tertiary=25, intensity=25)},
            "target": Decimal("17.5"),
            "spread": Decimal("9.5"),
            "lower": Decimal(11),
        }
    ).balanced(own, "capacity")
    loaded = load_scenario("guangxi-13fyp", moved.overrides(own))
    weights = target(loaded).weights
    assert list(weights.criteria.values()) == pytest.approx([0.6, 0.2, 0.2], abs=0.001)
    assert weights.within[-3:] == pytest.approx([0.5, 0.25, 0.25])
    assert (loaded.file.target, loaded.file.reference.spread) == (Decimal("0.175"), Decimal("0.095"))
    assert (loaded.file.bounds.lower, loaded.file.bounds.upper) == (Decimal("0.11"), Decimal("0.25"))


def test_a_rule_is_set_aside(ruled_desk):
    off = ruled_desk.own.model_copy(update={"off": ("narrow",)})
    loaded = load_scenario(ruled_desk.source, off.overrides(ruled_desk.own))
    assert [demand.id for demand in loaded.demands] == ["pilots"]
    with pytest.raises(InputError) as caught:
        load_scenario(ruled_desk.source, ["rules.narow=off"])
    assert "narrow, pilots" in caught.value.findings[0].say("en")
    with pytest.raises(InputError):
        load_scenario(ruled_desk.source, ["rules.narrow=on"])


def test_a_rule_after_one_set_aside_keeps_its_line(guangxi_folder, edit):
    rules = (
        "rules:\n  - {id: narrow, type: gap, at_most: 8 points, reason: r}\n"
        "  - {id: pilots, type: floor, rate: 20%, where: [nowhere], reason: r}\n"
    )
    edit(guangxi_folder / "scenario.yaml", "rules: []\n", rules)
    line = (guangxi_folder / "scenario.yaml").read_text("utf-8").splitlines().index(rules.splitlines()[2]) + 1
    for settings in ([], ["rules.narrow=off"]):
        with pytest.raises(InputError) as caught:
            load_scenario(guangxi_folder, settings)
        (finding,) = caught.value.findings
        assert finding.place.row == line
        assert "pilots" in finding.place.key
    assert load_scenario(guangxi_folder, ["rules.pilots=off"]).demands[0].id == "narrow"


@pytest.mark.parametrize(
    "bad",
    [{"target": "x"}, {"target": 100}, {"weights": {"capacity": -1}}, {"spread": float("nan")}, {"more": 1}],
)
def test_what_no_page_sends_is_refused(guangxi, bad):
    with pytest.raises(ValidationError):
        Settings.model_validate(Settings.of(guangxi).model_dump(mode="json") | bad)


@pytest.mark.parametrize("reference", ["uniform", "proportional"])
def test_scenarios_without_a_spread(reference):
    scenario = load_scenario("guangxi-13fyp", [f"reference.map={reference}", "reference.spread=null"])
    own = Settings.of(scenario)
    assert own.spread is None
    assert own.overrides(own) == ()
