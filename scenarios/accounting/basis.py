"""Which electricity factor may stand beside what: the average holds all electricity, the others leave some out."""

from __future__ import annotations

from typing import LiteralString

from scenarios.accounting.factors import grid, grids
from scenarios.schema_types import Basis, PowerOption, Traded


def contradiction(
    basis: Basis | None, traded: Traded, option: PowerOption | None
) -> tuple[LiteralString, dict[str, object]] | None:
    """Return what is said of a basis that does not go with how electricity counts; None where it does.

    The average goes with all electricity. Where traded non-fossil electricity counts as zero, the rest takes the factor
    that leaves it out, and only then; the factor of fossil electricity goes with use less non-fossil electricity.
    """
    if traded == "zero" and basis != "excluding_traded":
        return "traded_average", nation()
    if basis == "excluding_traded" and traded != "zero":
        return "excluding_all", nation()
    if option is not None and basis is not None and (basis == "fossil") != (option == "attributed"):
        return "basis_option", {"basis": basis, "option": option}
    return None


def nation() -> dict[str, object]:
    """Return the nation's factors of the latest year with both: kgCO2/kWh with all digits printed, and the year."""
    year = max(year for name, year, basis in grids() if (name, basis) == ("全国", "excluding_traded"))
    average, rest = (grid("全国", year, basis).value for basis in ("average", "excluding_traded"))
    return {"year": year, "average": f"{float(average):.4f}", "rest": f"{float(rest):.4f}"}
