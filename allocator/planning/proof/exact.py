"""A question in exact numbers as the solvers take it: what its checker reads is what a proof is searched for."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from reports.check_proof import Province
from solvers.proving.exact import Exact, ExactProblem, Near, Ordered, Rule, Unsure, Weighted


def exact_problem(p: Province, references: Exact = (), scale: Exact = (), may_exceed: bool = False) -> ExactProblem:
    """Return what rates are computed within; the coupling row in 万吨 of the last year.

    `references`, `scale`: of the regions, where the rates nearest to them are asked for.
    """
    return ExactProblem(
        weights=p.ends,
        total=p.needed,
        references=references,
        scale=scale,
        lower=p.low,
        upper=p.high,
        rules=tuple(_rules(p)),
        at_least=p.at_least,
        may_exceed=may_exceed,
    )


def _rules(p: Province) -> Iterator[Rule]:
    for name, rule in p.rules.items():
        match rule["kind"]:
            case "span":
                yield Near(name, tuple(rule["members"]), rule["limit"])
            case "pairs":
                yield Ordered(name, tuple(sorted(rule["pairs"])))
            case "budget":
                whole = sum((p.ends[i] for i in rule["members"]), Fraction(0))
                yield Weighted(name, tuple(rule["members"]), whole - rule["limit"])
            case "protect" if rule["count"] > 0:
                shares = tuple(p.allowed * y for y in p.gdp)
                yield Unsure(name, p.growth, p.half_widths, p.amounts, shares, rule["count"])
