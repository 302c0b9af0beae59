"""The formulas of the method with the values they take in a plan."""

from __future__ import annotations

from reports.planning.record import PlanRecord
from reports.printing.numbers import minus, signed
from reports.words import LABELS
from scenarios.tables.cells import per_cent
from scenarios.wording import Language

_REFERENCE = {
    "linear": "ref = R* + h (S − S̄), h = spread / (S_max − S_min), S̄ = Σ a S / Σ a",
    "proportional": "ref = R* S / S̄, S̄ = Σ a S / Σ a",
    "uniform": "ref = R*",
}


def formulas(record: PlanRecord, language: Language) -> list[tuple[str, str]]:
    """Return (name, formula with this plan's values) pairs, in the order in which they are used."""
    p, scenario = record.province, record.scenario
    scale = "ref" if scenario.deviation == "relative" else "1"
    spread = "" if scenario.spread is None else f"; spread = {per_cent(scenario.spread)} pp"
    lines = {
        "weights": "a = s g / G, s = E / ΣE, y = Y / ΣY, G = Σ y g",
        "sigma": f"σ = Σ a − 1 = {signed(p.sigma, 4)} pp",
        "backing": f"Σ a r ≥ R + σ + m; R = {per_cent(p.target)} %, m = {per_cent(p.margin)} pp, "
        f"R + σ + m = {minus(per_cent(p.required, 4))} %",
        "score": "S = Σ w z",
        "uniform": f"R* = (R + σ + m) / (1 + σ) = {per_cent(p.uniform_rate, 4)} %",
        "reference": _REFERENCE[scenario.reference_map] + spread,
        "rate": f"r = min(max(ref + μ q, l), u), q = {scale}, Σ a r = R + σ + m",
        "point": f"0.01 · (ΣE / ΣY) · Σ Y g = {p.point_10kt:,.2f} × 10⁴ t CO₂",
    }
    return [(LABELS.say(f"formula_{code}", language), text) for code, text in lines.items()]
