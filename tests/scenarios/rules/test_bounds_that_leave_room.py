"""Upper bounds less a step, and what potentials allow: just enough room, and a hair less."""

from dataclasses import replace
from decimal import Decimal
from types import SimpleNamespace

import pytest

from scenarios.errors import Collector, Place
from scenarios.rules.incentive import with_steps
from scenarios.rules.potentials import with_potentials
from tests.scenarios.test_baseline import province

ROWS = [(Decimal(1), Decimal(1), Decimal(1))]


def bounded(lower, upper, **more):
    """Return one region between two bounds."""
    return replace(province(ROWS), lower=(Decimal(lower),), upper=(Decimal(upper),), **more)


@pytest.mark.parametrize(
    ("lower", "upper", "found"),
    [
        ("0.10", "0.25", None),
        ("0.10", "0.12", None),  # the step and nothing else
        ("0.10", "0.119", "11.9% - 2% < 10%"),
        ("0.10", "0.10", "10% - 2% < 10%"),
        ("0.10", "0.0999", None),  # bounds that cross anyway are said elsewhere
    ],
)
def test_a_step_takes_room(lower, upper, found):
    file = SimpleNamespace(incentive=SimpleNamespace(step_column=None, step=Decimal("0.02")))
    collector = Collector()
    left = with_steps(file, bounded(lower, upper), collector, Place(key="incentive"))
    assert left.upper == (Decimal(upper) - Decimal("0.02"),)
    said = [(finding.code, finding.values["found"]) for finding in collector.findings]
    assert said == ([] if found is None else [("incentive_no_room", found)])


@pytest.mark.parametrize(("lower", "found"), [("0.1", None), ("0.1001", "10.01% > 10%")])
def test_potentials_may_come_to_the_lower_bound(lower, found):
    file = SimpleNamespace(potentials=SimpleNamespace(structure="s", technique="t", substitution="u"))
    columns = {"s": (Decimal(10),), "t": (Decimal(0),), "u": (Decimal(0),)}
    regions = bounded(lower, "0.5", columns=columns, units=dict.fromkeys("stu", "%"))
    collector = Collector()
    assert with_potentials(file, regions, collector).upper == (Decimal("0.1"),)
    said = [(finding.code, finding.values["found"]) for finding in collector.findings]
    assert said == ([] if found is None else [("bounds_crossed", found)])
