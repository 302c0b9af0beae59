"""What the sheet of the check says of the cap on the province's total: its rows, values and live formulas."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from reports.verifying.verification import Verification
from reports.workbook.annexes import Ranges, least

TOTAL = (
    "check_cap", "check_kept", "check_kept_gdp", "check_outside", "check_asked", "check_with_reserve",
    "check_emissions", "check_room", "check_total",
)  # fmt: skip
"""Rows that a cap adds, by label code."""

TONNES = ("check_cap", "check_kept", "check_kept_gdp", "check_outside", "check_emissions", "check_room")
"""Those of them that are no rates and no verdict."""


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
        "check_with_reserve": float(under.with_reserve),
        "check_emissions": float(under.emissions),
        "check_room": float(under.room),
        "check_total": say("check_passed" if under.room >= 0 else "check_failed"),
    }


def formulas_of_total(
    verification: Verification, r: Ranges, result: Callable[[str], str], say: Callable[[str], str], caps: str = ""
) -> dict[str, str]:
    """Return the live formulas of the rows; nothing without a cap.

    `result`: where a row stands. `caps`: the range of the caps of the regions, ``""`` where there are none.
    """
    if verification.total is None:
        return {}
    cap, reserve, outside, emissions, room = map(result, (f"check_{code}" for code in (
        "cap", "kept", "outside", "emissions", "room"
    )))  # fmt: skip
    more_gdp = "0" if r.level else result("check_kept_gdp")
    own, unchanged = f"{r.target}+{r.margin}", f"({r.intensity}*{r.end_gdp})"
    if not (verification.total.total.apart or r.level):
        own += f"+MAX(0,{reserve}/{unchanged}-(1-{r.target}-{r.margin})*{more_gdp}/{r.end_gdp})"
    kept = least(caps, r.allowed) if caps else r.left
    return {
        "check_asked": f"=MAX({own},1-({cap}-{reserve}-{outside})/{unchanged})",
        "check_with_reserve": f"=1-({kept}+{reserve})/({unchanged}+{r.intensity}*{more_gdp})",
        "check_emissions": f"={r.left}+{outside}",
        "check_room": f"={cap}-{reserve}-{emissions}",
        "check_total": f'=IF(ROUND({room},6)>=0,"{say("check_passed")}","{say("check_failed")}")',
    }
