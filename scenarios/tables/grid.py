"""Cells with their places, and how many of them a table may have."""

from __future__ import annotations

from decimal import Decimal

from scenarios.errors import Place
from scenarios.frozen import frozen
from scenarios.tables.cells import CellError, parse_number

MAX_ROWS = 20_000
MAX_COLUMNS = 500
MAX_CELLS = 300_000
MAX_CHARACTERS = 10_000
"""In one cell."""


@frozen
class Cell:
    """One cell."""

    text: str  # What stands in it, blanks at the ends removed
    place: Place  # Where it stands
    number: Decimal | None = None  # The number of an Excel number cell, else None
    percent: bool = False  # Whether Excel shows that number as a percentage (0.185 shown as 18.5 %).
    unknown: bool = False  # Whether it is a formula of Excel without a stored value
    # doubt, meant: Code of what must be asked before it is read as a number, and what it may mean
    doubt: str = ""
    meant: str = ""
    hidden: bool = False  # Whether its row is hidden, filtered out or struck through
    covered: bool = False  # Whether a merged cell lies over it
    merged: str = ""  # What stands in the merged cell above that lies over it as well
    hidden_column: bool = False
    decimals: int = 0  # How many decimals Excel shows always of its number
    rounded: str = ""  # What Excel shows where its format has fewer decimals than the number
    told: Decimal | None = None  # Per cents that stood here where the number was made of a rate or an index of growth

    @property
    def as_shown(self) -> str:
        """What stands in it with the noughts behind that Excel shows."""
        digits, sign = self.text.removesuffix("%"), "%" if self.text.endswith("%") else ""
        lacking = self.decimals - len(digits.partition(".")[2])
        if self.number is None or lacking <= 0:
            return self.text
        return f"{digits}{'' if '.' in digits else '.'}{'0' * lacking}{sign}"

    @property
    def is_figure(self) -> bool:
        """Whether it holds a number."""
        try:
            self.parse()
        except CellError:
            return False
        return True

    def parse(self) -> tuple[Decimal, bool]:
        """Return the number and whether it is a per cent; an Excel percentage comes times 100.

        Raises
        ------
        CellError
            What is in doubt, else see `scenarios.tables.cells.parse_number`.
        """
        if self.doubt:
            raise CellError(self.doubt, found=self.text, meant=self.meant)
        if self.number is None:
            return parse_number(self.text)
        return (self.number * 100, True) if self.percent else (self.number, False)


Grid = list[list[Cell]]
"""Rows of cells; rows without anything are left out."""
