"""A sweep small enough to check by hand: three regions, three criteria, two classes."""

import pytest

from reports.sweeping.record import (
    CaseRecord,
    ClassRecord,
    CriterionRecord,
    DesignRecord,
    MapPoint,
    PairRecord,
    RadiusRecord,
    RegionSweep,
    SweepRecord,
    SwingRecord,
)
from scenarios.schema_types import Words

HOSTILE = ('<script>alert(1)</script>%{x}"', "=HYPERLINK(1)", '"><img src=x onerror=alert(2)>{{7*7}}')
KEYS = ("capacity", "responsibility", "potential")
WEIGHTS = (0.5, 0.3, 0.2)
EFFECTS = ((0.30, 0.20, 0.10), (0.20, 0.20, 0.20), (0.10, 0.15, 0.25))
"""The rate of a region where one criterion has all the weight; in between the rates are linear in the weights."""
STEPS = 10


def rate(effects, weights):
    return sum(e * w for e, w in zip(effects, weights, strict=True))


def shifted(k, weight):
    """Return the plan's weights with one of them changed and the others in proportion."""
    return tuple(weight if j == k else w * (1 - weight) / (1 - WEIGHTS[k]) for j, w in enumerate(WEIGHTS))


def swings(effects):
    return tuple(
        SwingRecord(
            criterion=key, weight_low=w / 2, weight_high=(1 + w) / 2,
            rate_low=rate(effects, shifted(k, w / 2)), rate_high=rate(effects, shifted(k, (1 + w) / 2)),
        )
        for k, (key, w) in enumerate(zip(KEYS, WEIGHTS, strict=True))
    )  # fmt: skip


def region(n, name, shares, radius):
    effects = EFFECTS[n]
    own = rate(effects, WEIGHTS)
    class_ = 1 if own > 0.18 else 2
    low, high = min(effects), max(effects) + 0.01
    return RegionSweep(
        id=f"R{n}", name=name, name_en=f"{name} en", rate=own, published_rate=round(own, 2), class_=class_,
        point_10kt=100.0, mean=own, quantiles=(low, low, own, high, high), lowest=low, highest=high, shares=shares,
        stands=shares[class_ - 1],
        central_weights=tuple(WEIGHTS if part else None for part in shares), at_lower=0.0, at_upper=0.125,
        histogram=(0, 10, 30, 10), radius=radius, swings=swings(effects), first=(0.5, 0.25, 0.0), total=(0.6, 0.3, 0.1),
    )  # fmt: skip


def case(kind, key, label, weights, left_out=None, problem=None):
    everywhere = () if problem else range(3)
    rates = tuple(None if n == left_out else rate(EFFECTS[n], weights) for n in everywhere)
    return CaseRecord(
        kind=kind, key=key, label=Words(zh=label, en=label), weights=weights, rates=rates,
        classes=tuple(None if r is None else 1 if r > 0.18 else 2 for r in rates), published=None,
        problem=Words(zh=problem, en=problem) if problem else None,
    )  # fmt: skip


@pytest.fixture(scope="session")
def make_sweep():
    """Return a function that makes the record under given names; keywords replace its parts."""

    def make(names=("甲市", "乙市", "丙市"), labels=("能力", "责任", "潜力"), **parts):
        lattice = [
            (i / STEPS, j / STEPS, (STEPS - i - j) / STEPS) for i in range(STEPS + 1) for j in range(STEPS + 1 - i)
        ]
        content = {
            "scenario": "made", "title": Words(zh="示例", en="made"), "basis": Words(zh="虚构数据", en="invented"),
            "target": 0.17, "point_10kt": 300.0,
            "design": DesignRecord(
                sampler="dirichlet", concentration=None, fixed={}, over=("weights",), seed=7, samples=1000, refused=0,
                unreached=0, closed_form=True, misfit=2e-16, held_against_model=100, worst_difference=3e-13,
                compared_pairs=1000,
            ),
            "criteria": tuple(
                CriterionRecord(key=key, label=Words(zh=label, en=f"{key} {label}"), weight=w)
                for key, label, w in zip(KEYS, labels, WEIGHTS, strict=True)
            ),
            "classes": (
                ClassRecord(number=1, rate=0.215, lowest=0.18, highest=None),
                ClassRecord(number=2, rate=0.145, lowest=None, highest=0.18),
            ),
            "classes_published": False,
            "histogram_edges": (0.0, 0.1, 0.2, 0.3, 0.4),
            "regions": (
                region(
                    0,
                    names[0],
                    (0.62, 0.38),
                    RadiusRecord(shift=0.25, lower=0.25, weights=(0.25, 0.3, 0.45), to_class=2),
                ),
                region(1, names[1], (1.0, 0.0), None),
                region(
                    2, names[2], (0.03, 0.97),
                    RadiusRecord(shift=0.3341, lower=0.3341, weights=(0.1659, 0.33, 0.5041), to_class=1),
                ),
            ),
            "pairs": (
                PairRecord(a="R0", b="R1", a_higher=0.6, a_higher_in_plan=True),
                PairRecord(a="R1", b="R2", a_higher=0.8, a_higher_in_plan=True),
            ),
            "moved": (0.6, 0.39, 0.01, 0.0), "tables_kept": 0.6, "rounded_samples": 60, "rounded_kept": 0.05,
            "rounded_changed": 1.25,
            "cases": (
                case("plan", "plan", "本方案", WEIGHTS),
                case("preference", "equal", "各准则等权", (1 / 3, 1 / 3, 1 / 3)),
                case("preference", "potential", "潜力优先", (0.25, 0.25, 0.5)),
                case("preference", "capacity", "能力优先", (0.5, 0.25, 0.25), problem="达不到"),
                case("without_indicator", "capacity.x", "收入", (0.6, 0.2, 0.2)),
                case("without_region", "R0", names[0], WEIGHTS, left_out=0),
            ),
            "map": tuple(MapPoint(weights=w, rates=tuple(rate(e, w) for e in EFFECTS)) for w in lattice),
            "notices": (), "inputs": {"scenario.yaml": "0" * 64}, "versions": {"numpy": "2"}, "options": (),
        }  # fmt: skip
        return SweepRecord(**{**content, **parts})

    return make


@pytest.fixture(scope="session")
def made(make_sweep):
    return make_sweep()


@pytest.fixture(scope="session")
def hostile(make_sweep):
    return make_sweep(HOSTILE, ("<i onclick=alert(3)>能力</i>%{y}", "=责任", "潜&amp;力"))


@pytest.fixture(scope="session")
def hostile_names():
    return HOSTILE


@pytest.fixture(scope="session")
def crowd(made):
    """Return the record of 100 regions, the later ones the more stable."""
    regions = tuple(
        made.regions[n % 3].model_copy(update={"id": str(n), "name": f"市{n:03d}", "stands": n / 100})
        for n in range(100)
    )
    places = [n % 3 for n in range(100)]
    cases = tuple(
        c.model_copy(
            update={"rates": tuple(c.rates[n] for n in places), "classes": tuple(c.classes[n] for n in places)}
        )
        for c in made.cases
        if c.rates and c.kind != "without_region"
    )  # fmt: skip
    points = tuple(p.model_copy(update={"rates": tuple(p.rates[n % 3] for n in range(100))}) for p in made.map)
    return made.model_copy(update={"regions": regions, "cases": cases, "map": points, "pairs": ()})
