"""How a plan came about, as far as its record says: what two plans that are compared differ in."""

from __future__ import annotations

from collections.abc import Iterable

from allocator.negotiating.rounds import RoundRecord
from reports.planning.record import PlanRecord
from reports.printing.numbers import all_digits
from reports.words import LABELS
from scenarios.tables.cells import per_cent
from scenarios.wording import Language


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


def in_words(code: str, language: Language) -> str:
    """Return a code of `settings_of` in words."""
    kind, _, which = code.partition(" ")
    return f"{LABELS.say(f'differs_{kind}', language)} {which}".rstrip()


def _listed(values: Iterable[str]) -> str:
    return ", ".join(values) or "–"
