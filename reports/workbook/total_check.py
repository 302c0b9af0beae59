"""What the sheet of the check says of the cap on the province's total: its rows, values and live formulas."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from reports.verifying.verification import Verification
from reports.workbook.annexes import Ranges, least

TOTAL = (
    "check_cap", "check_kept", "check_kept_gdp", "check_outside", "check_asked", "check_used", "check_with_reserve",
    "check_emissions", "check_room", "check_total",
)  # fmt: skip
"""Rows that a cap adds, by label code."""

TONNES = (
    "check_cap", "check_kept", "check_kept_gdp", "check_outside", "check_used", "check_emissions", "check_room",
)  # fmt: skip
"""Those of them that are no rates and no verdict."""


@dataclass(frozen=True)
class CapRanges:
    """The caps of the regions in the workbook: ranges and addresses."""

    caps: str
    reserve: str  # What no region gets, as the sheet of both targets has it
    drawn: str = ""  # What projects are given of the reserve, by region; "" without draws


def rows_of_total(level: bool) -> tuple[str, ...]:
    """Return the rows that a cap adds; that on a level has no GDP that comes with its reserve."""
    return tuple(code for code in TOTAL if not (level and code in ("check_kept_gdp", "check_with_reserve")))


def values_of_total(verification: Verification, say: Callable[[str], str]) -> dict[str, Any]:
    """Return the rows as this program computed them; nothing without a cap."""
    under = verification.total
    if under is None:
        return {}
    return {
        "check_cap": float(under.total.cap),
        "check_kept": float(under.total.reserve),
        "check_kept_gdp": float(under.total.reserve_gdp),
        "check_outside": float(under.total.outside),
        "check_asked": float(verification.required - verification.sigma),
        "check_used": float(under.total.reserve if under.pair is None else under.pair.reserve + under.pair.drawn),
        "check_with_reserve": float(under.with_reserve if under.with_all_reserve is None else under.with_all_reserve),
        "check_emissions": float(under.emissions),
        "check_room": float(under.room),
        "check_total": say("check_passed" if under.room >= 0 else "check_failed"),
    }


def formulas_of_total(
    verification: Verification,
    r: Ranges,
    result: Callable[[str], str],
    say: Callable[[str], str],
    caps: CapRanges | None = None,
) -> dict[str, str]:
    """Return the live formulas of the rows; nothing without a cap.

    `result`: where a row stands. `caps`: those of the regions, None where there are none.
    """
    if verification.total is None:
        return {}
    cap, reserve, outside, emissions, room, used = map(result, (f"check_{code}" for code in (
        "cap", "kept", "outside", "emissions", "room", "used"
    )))  # fmt: skip
    more_gdp = "0" if r.level else result("check_kept_gdp")
    own, unchanged = f"{r.target}+{r.margin}", f"({r.intensity}*{r.end_gdp})"
    if not (verification.total.total.apart or r.level):
        own += f"+MAX(0,{reserve}/{unchanged}-(1-{r.target}-{r.margin})*{more_gdp}/{r.end_gdp})"
    kept, all_of_it = (r.left, reserve) if caps is None else (least(_without_draws(caps), r.allowed), _with_draws(caps))
    return {
        "check_asked": f"=MAX({own},1-({cap}-{reserve}-{outside})/{unchanged})",
        "check_used": f"={all_of_it}",
        "check_with_reserve": f"=1-({kept}+{used})/({unchanged}+{r.intensity}*{more_gdp})",
        "check_emissions": f"={r.left}+{outside}",
        "check_room": f"={cap}-{reserve}-{emissions}",
        "check_total": f'=IF(ROUND({room},6)>=0,"{say("check_passed")}","{say("check_failed")}")',
    }


def _without_draws(caps: CapRanges) -> str:
    return f"({caps.caps}-{caps.drawn})" if caps.drawn else caps.caps


def _with_draws(caps: CapRanges) -> str:
    return f"{caps.reserve}+SUM({caps.drawn})" if caps.drawn else caps.reserve
