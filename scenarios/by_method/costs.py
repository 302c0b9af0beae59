"""A table of what cuts cost, a row a step that a region can take after the one before it.

region, step (1, 2, …), width (points of the rate), price (yuan per tonne)
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

from scenarios.errors import Collector, Finding
from scenarios.tables.cells import in_all_digits
from scenarios.tables.files import InputFile
from scenarios.tables.grid import Cell
from scenarios.tables.headers.names import COSTS
from scenarios.tables.layout.asked import Asked
from scenarios.tables.layout.sheet import Sheet
from scenarios.tables.rates import rate_of
from scenarios.tables.regions import Regions, called_total
from scenarios.tables.rows import TableReader
from scenarios.tables.sheets import read_sheet
from scenarios.wording import some

_COLUMNS = ("name", "cost_step", "cost_width", "cost_price")


@dataclass(frozen=True)
class CostStep:
    """One step of a region."""

    width: Fraction  # How much of the rate it gives, a fraction
    price: Fraction  # Yuan per tonne


@in_all_digits
def read_costs(path: Path, regions: Regions) -> tuple[tuple[tuple[CostStep, ...], ...], InputFile, tuple[Finding, ...]]:
    """Read a table of costs (csv or xlsx): the steps of each region in their order, length n.

    Raises InputError: everything that is wrong, with its cell: a step missing between others or twice, a width not
    above zero, a price below that of the step before, a region without steps.
    """
    sheet, source = read_sheet(path, _COLUMNS, COSTS, Asked.of(regions))
    reader = _CostReader(sheet, regions)
    steps = reader.steps()
    reader.collector.raise_errors()
    return steps, source, reader.collector.notices


class _CostReader(TableReader):
    """Reads a row a step; what cannot be read is noted, and the rest goes on."""

    def __init__(self, sheet: Sheet, regions: Regions) -> None:
        super().__init__(sheet, Collector())
        self.regions = regions
        self.once(_COLUMNS, ("cost_width", "cost_price"))
        header = self.header("cost_width")
        assert header is not None
        self.width = replace(header, standard="cost_width")

    def steps(self) -> tuple[tuple[CostStep, ...], ...]:
        """Return the steps of all regions."""
        found: list[dict[int, tuple[Cell, CostStep]]] = [{} for _ in range(len(self.regions))]
        for row in self.sheet.rows:
            name, step = self.needed(row, "name"), self.needed(row, "cost_step")
            if called_total(name.text) and self.regions.index.find(name.text) is None:
                self.collector.notice("total_row", name.place, found=name.text)
                continue
            region = self.regions.index.locate(name.text, place=name.place, collector=self.collector)
            number = self._number(step)
            price_cell = self.needed(row, "cost_price")
            read = CostStep(self._wide(self.needed(row, "cost_width")), self._price(price_cell))
            if region is None or number is None:
                continue
            if number in found[region]:
                self.note("cost_twice", step, name=name.text, found=number, first=found[region][number][0].place.inside)
            found[region].setdefault(number, (price_cell, read))
        without = [name for name, steps in zip(self.regions.names, found, strict=True) if not steps]
        if without:
            self.collector.error("cost_regions", self.sheet.place, missing=some(without))
        return tuple(self._in_order(name, steps) for name, steps in zip(self.regions.names, found, strict=True))

    def _in_order(self, name: str, found: dict[int, tuple[Cell, CostStep]]) -> tuple[CostStep, ...]:
        """Return the steps of a region from the first on; a gap, and a price that falls, are noted."""
        made: list[CostStep] = []
        for wanted, number in enumerate(sorted(found), start=1):
            cell, step = found[number]
            if number != wanted:
                self.note("cost_gap", cell, name=name, found=number, missing=wanted)
                break
            if made and step.price < made[-1].price:
                self.note("cost_falls", cell, name=name, found=cell.text, before=f"{float(made[-1].price):g}")
            made.append(step)
        return tuple(made)

    def _number(self, cell: Cell) -> int | None:
        """Return which step a row is."""
        value = self.amount(cell)
        if value is not None and value != int(value):
            self.note("cost_step", cell, found=cell.text)
            return None
        return None if value is None else int(value)

    def _wide(self, cell: Cell) -> Fraction:
        """Return how much of the rate a step gives."""
        value = rate_of(cell, self.width, self.collector)
        if value <= 0 and not self.collector.names(cell.place):
            self.note("not_positive", cell, found=cell.text)
        return Fraction(value)

    def _price(self, cell: Cell) -> Fraction:
        """Return a price; one below zero is a gain."""
        value = self.amount(cell, fits=lambda _: True)
        return Fraction(value or Decimal(0)) * Fraction(self.factor("cost_price"))
