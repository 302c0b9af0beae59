"""How a plan came about, as far as its record says: what two plans that are compared differ in."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal

from allocator.negotiating.rounds import RoundRecord
from reports.planning.record import PlanRecord
from reports.printing.numbers import all_digits
from reports.words import LABELS
from scenarios.file.book.said import settings_in_words
from scenarios.findings.choices import choice_in_words
from scenarios.tables.cells import exact_per_cent, per_cent
from scenarios.wording import Language, listed, percent


def settings_of(record: PlanRecord, asked: RoundRecord | None) -> dict[str, str]:
    """Return how a plan came about, code -> text; codes with a blank name one thing of a kind."""
    s, p = record.scenario, record.province
    found = {
        "scenario": s.name,
        "target": f"{per_cent(p.target)}%",
        "margin": f"{per_cent(p.margin)}%",
        "total": "–"
        if p.total is None
        else f"{all_digits(p.total.cap_10kt, part=',')} − {all_digits(p.total.reserve_10kt, part=',')}",
        "grid": f"{per_cent(s.grid)}%",
        "map": s.reference_map,
        "spread": "–" if s.spread is None else f"{per_cent(s.spread)}%",
        "deviation": s.deviation,
        "options": _listed(record.provenance.options),
    }
    found |= {f"weight {i.criterion}.{i.key}": f"{i.weight * 100:.4f}%" for i in record.indicators}
    found |= {f"bounds {r.name}": f"{per_cent(r.lower)}–{per_cent(r.upper)}%" for r in record.regions}
    found |= {f"growth {r.name}": f"{r.growth:.6g}" for r in record.regions}
    found |= {f"emissions {r.name}": f"{r.emissions_10kt:.8g}" for r in record.regions}
    found |= {f"gdp {r.name}": f"{r.gdp_100m_yuan:.8g}" for r in record.regions}
    found["incentive"] = "–" if p.incentive is None else f"{per_cent(p.incentive.target)}%"
    found |= {
        f"incentive_rate {r.name}": f"{per_cent(r.published_incentive_rate)}%"
        for r in record.regions
        if r.published_incentive_rate is not None
    }
    found["rules"] = _listed(sorted({rule for r in record.regions for rule in r.rules}))
    found["classes"] = str(len({r.class_ for r in record.regions if r.class_ is not None}) or "–")
    found |= {f"inputs {name}": digest[:12] for name, digest in record.provenance.inputs.items()}
    found |= {f"versions {name}": text for name, text in record.provenance.versions.items()}
    if asked is not None:
        found["fixes"] = _listed(f"{key}={float(rate) * 100:g}%" for key, rate in asked.fixes.items())
        found["absorb"] = asked.absorb or "–"
    return found


_Sides = Sequence[tuple[PlanRecord, RoundRecord | None]]
_RATES = ("target", "margin", "grid", "spread", "weight", "bounds", "incentive", "incentive_rate")
"""What is said in per cent."""


def reasons_in_words(
    reasons: Iterable[tuple[str, str, str]], sides: _Sides, language: Language
) -> list[tuple[str, str, str]]:
    """Return what two records say differently, in words: (what, first, second).

    `reasons`: the same as `settings_of` has it. `sides`: the two records, each with what was asked in its round.
    """
    (before, asked_before), (after, asked_after) = sides
    return [
        (
            _code(code, before, language),
            _value(code, first, before, asked_before, language),
            _value(code, second, after, asked_after, language),
        )
        for code, first, second in reasons
    ]


def _code(code: str, record: PlanRecord, language: Language) -> str:
    """Return a code of `settings_of` in words, a weight by what the record calls its criterion and indicator."""
    kind, _, which = code.partition(" ")
    if kind == "weight":
        labels = {f"{i.criterion}.{i.key}": (i.criterion_label, i.label) for i in record.indicators}
        which = "·".join(dict.fromkeys(label.say(language) for label in labels.get(which, ()))) or which
    return f"{LABELS.say(f'differs_{kind}', language)} {which}".rstrip()


def _value(code: str, value: str, record: PlanRecord, asked: RoundRecord | None, language: Language) -> str:
    """Return a value of `settings_of` in words: settings, choices, and regions by their names."""
    if code == "options" and record.provenance.options:
        return listed(settings_in_words(record.provenance.options, record.setting_names, language), language)
    if code in ("map", "deviation"):
        return choice_in_words(code, value, language)
    if code == "fixes" and asked is not None and asked.fixes:
        names = {region.id: region.label(language) for region in record.regions}
        rates = (
            f"{names[key]} {exact_per_cent(Decimal(rate))}{percent(language)}" for key, rate in asked.fixes.items()
        )
        return listed(rates, language)
    return value.replace("%", percent(language)) if code.partition(" ")[0] in _RATES else value


def _listed(values: Iterable[str]) -> str:
    return ", ".join(values) or "–"
