"""What the sheet of the check works out of the table: values, live formulas, and the sentence that follows them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from reports.printing.numbers import minus
from reports.verifying.verification import Verification
from reports.words import LABELS
from reports.workbook.annexes import Ranges
from reports.workbook.total_check import CapRanges, formulas_of_total, values_of_total
from scenarios.wording import Language, running

_Say = Callable[[str], str]
_PARTS = {
    "live_verdict": {
        "verdict": ("check_verdict", "", "{}"),
        "implied": ("check_implied", "0.00%", "{:.2%}"),
        "target": ("check_target", "0.00%", "{:.2%}"),
        "margin": ("check_margin", "0.00%", "{:.2%}"),
        "points": ("check_overshoot", "0.00", "{:.2f}"),
        "tonnes": ("check_tonnes", "#,##0.0", "{:,.1f}"),
    },
    "live_total": {
        "total": ("check_total", "", "{}"),
        "emissions": ("check_emissions", "#,##0.0", "{:,.1f}"),
        "room": ("check_room", "#,##0.0", "{:,.1f}"),
    },
}
"""Sentence -> what it is filled with: a result of the check, its number format in Excel and here."""
_MINUS = "\\−"  # As a number format holds a sign that it does not know
_NOT_OF_SHARES = ("tonnes",)


def check_values(v: Verification, say: _Say) -> dict[str, Any]:
    """Return the results of the check as this program computed them, by label code."""
    return {
        "check_target": float(v.target),
        "check_margin": float(v.margin),
        "check_sigma": float(v.sigma),
        "check_implied": float(v.implied_reduction),
        "check_overshoot": float(v.overshoot * 100),
        "check_tonnes": float(v.overshoot_emissions),
        "check_point": float(v.point_worth),
        "check_uniform": float(v.uniform_rate),
        "check_verdict": say("check_passed" if v.backed else "check_failed"),
        **values_of_total(v, say),
    }


def check_formulas(
    v: Verification, r: Ranges, result: Callable[[str], str], say: _Say, caps: CapRanges | None
) -> dict[str, str]:
    """Return the live formulas of the check, by label code; `result` gives the address of a result by its code."""
    sigma, implied, over = map(result, ("check_sigma", "check_implied", "check_overshoot"))
    beyond = f"({implied}-{r.target}-{r.margin})"
    return {
        "check_sigma": f"={r.frozen}/{r.end_gdp}/{r.intensity}-1",
        "check_implied": f"={r.implied}",
        "check_overshoot": f"={beyond}*100",
        "check_tonnes": f"={beyond}*{r.intensity}*{r.end_gdp}",
        "check_point": f"={r.intensity}*{r.end_gdp}/100",
        "check_uniform": f"=({r.asked}+{sigma})/(1+{sigma})",
        **formulas_of_total(v, r, result, say, caps),
        # ten decimals of a point: what floating point may lose of an exactly met target
        "check_verdict": f'=IF(ROUND({over},10)>=0,"{say("check_passed")}","{say("check_failed")}")',
    }


def verdict_codes(total: bool, share: bool) -> dict[str, Mapping[str, tuple[str, str, str]]]:
    """Return the sentences of the verdict and what each is filled with; a share has no tonnes."""
    codes = ("live_verdict", *(["live_total"] if total else []))
    return {
        code: {name: part for name, part in _PARTS[code].items() if not (share and name in _NOT_OF_SHARES)}
        for code in codes
    }


def _signed(value: Any, form: str) -> str:  # noqa: ANN401  (a text, or a number)
    """Return a value as it stands in a sentence, with the sign that print has for minus."""
    return value if isinstance(value, str) else minus(form.format(value))


def live_verdict(
    values: Mapping[str, Any],
    codes: Mapping[str, Mapping[str, tuple[str, str, str]]],
    result: Callable[[str], str],
    language: Language,
) -> tuple[str, str]:
    """Return the sentences that follow the check, as a formula and as they stand with the values computed here."""
    parts = {name: part for each in codes.values() for name, part in each.items()}
    live = {
        name: f'"&TEXT({result(code)},"{pattern};{_MINUS}{pattern}")&"' if pattern else f'"&{result(code)}&"'
        for name, (code, pattern, _) in parts.items()
    }
    shown = {name: _signed(values[code], form) for name, (code, _, form) in parts.items()}
    formula, stored = (running([LABELS.say(c, language, **say) for c in codes], language) for say in (live, shown))
    return f'="{formula}"'.replace('=""&', "="), stored
