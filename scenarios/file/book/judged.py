"""Judgements from the sheet of a scenario workbook: blocks of rows, each a matrix or a set of weights, of a level.

The first row of a level names it; a block of a group, or of weights of another origin, begins with whose it is. What
is prepared and not filled in says nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from scenarios.errors import Collector, Place
from scenarios.file.book.cells import value_of
from scenarios.file.book.sheets import ITEM, LEVEL, OVER, PART, WEIGHT, WHO, Part
from scenarios.file.book.slots import Slot, judgement_slots
from scenarios.tables.cells import CellError
from scenarios.tables.grid import Cell

Path = tuple[str | int, ...]
Row = Sequence[Cell]

CRITERIA = ("criteria", "准则")
"""What the level of the criteria is called: its key, and in words."""
_NUMBER, _NAME = Slot((PART,), "number"), Slot(("name",), "text")


def read_judgements(part: Part, collector: Collector) -> tuple[dict[str, Any], dict[Path, Place]]:
    """Return the judgements of a sheet by level, and path of keys -> cell; what cannot be read goes to `collector`."""
    reader = _Reader(part, collector)
    for block in reader.blocks():
        reader.read(block)
    return reader.values, reader.places


@dataclass
class _Block:
    """Rows that belong together."""

    level: str
    head: Row
    rows: list[Row] = field(default_factory=list)  # With the first, that may hold an item itself


class _Reader:
    """Gathers levels and their places."""

    def __init__(self, part: Part, collector: Collector) -> None:
        self.part, self.collector = part, collector
        self.values: dict[str, Any] = {}
        self.places: dict[Path, Place] = {}

    def blocks(self) -> Iterator[_Block]:
        """Yield the blocks in the order of the rows."""
        level, block = "", None
        for row in self.part.rows:
            named = self.part.text(row, LEVEL)
            if named or self.part.text(row, WHO) or block is None:
                if block is not None:
                    yield block
                level = CRITERIA[0] if named.lower() in CRITERIA else named or level
                block = _Block(level, row)
            block.rows.append(row)
        if block is not None:
            yield block

    def read(self, block: _Block) -> None:
        """Take what a block says."""
        head, who = block.head, self.part.text(block.head, WHO)
        items = [row for row in block.rows if self.part.text(row, ITEM)]
        weights = [row for row in block.rows if self.part.text(row, WEIGHT)]
        judged = any(self._is_judged(row, n) for n, row in enumerate(items))
        lost = [row for row in block.rows if row not in items and self._is_lost(row, row is head)]
        if not block.level:
            lost += [row for row in items if row in weights or self._is_judged(row, len(OVER))]
        for row in lost:
            self._refuse("judgement_no_item", self._cell(row, ITEM))
        if lost:
            return
        if self.part.text(head, LEVEL):
            self.places.setdefault((block.level,), self._cell(head, LEVEL).place)
            for slot in judgement_slots():
                self._take((block.level, *slot.path), slot, self.part.cell(head, slot.key))
        if not who and weights:
            cell = self._cell(weights[0], WEIGHT)
            self._refuse("judgement_no_origin", cell, found=cell.text)
        elif who:
            self._of_whom(block, items, weights, judged)
        elif judged:
            self._matrix((block.level, "matrix"), items)

    def _is_judged(self, row: Row, own: int) -> bool:
        """Return whether a row holds a judgement, of another item than its own; formulas below may have no value."""
        cells = [self.part.cell(row, key) for key in OVER]
        return any(c is not None and n != own and bool(c.text or (c.unknown and n > own)) for n, c in enumerate(cells))

    def _is_lost(self, row: Row, head: bool) -> bool:
        """Return whether a row without an item holds what belongs to one; the first may name the columns."""
        return bool(self.part.text(row, WEIGHT)) or (not head and any(self.part.text(row, key) for key in OVER))

    def _of_whom(self, block: _Block, items: Sequence[Row], weights: Sequence[Row], judged: bool) -> None:
        """Take the matrix of one of a group, or weights of another origin."""
        kind = "beside" if weights else "group"
        level = self._section((block.level,))
        level.setdefault(kind, []).append({})
        path = (block.level, kind, len(level[kind]) - 1)
        self.places[path] = block.head[0].place
        self._take((*path, "name"), _NAME, self.part.cell(block.head, WHO))
        self._take((*path, "share"), _NUMBER, self.part.cell(block.head, PART))
        if judged or not weights:
            self._matrix((*path, "matrix"), items)
        for row in weights:
            self._take((*path, "weights", self.part.text(row, ITEM)), _NUMBER, self.part.cell(row, WEIGHT))

    def _matrix(self, path: Path, items: Sequence[Row]) -> None:
        """Take the rows of a matrix; what is below the diagonal is left out where its formula has no value."""
        matrix: dict[str, list[str | None]] = {}
        for n, row in enumerate(items):
            name, at = self.part.text(row, ITEM), self._cell(row, ITEM)
            if name in matrix:
                self._refuse("book_twice", at, first=self.places[(*path, name)])
                continue
            self.places[(*path, name)] = at.place
            cells = [self.part.cell(row, key) for key in OVER]
            filled = [k for k, cell in enumerate(cells) if cell is not None and (cell.text or cell.unknown)]
            cells = cells[: max([len(items), *(k + 1 for k in filled)])]
            for k, cell in enumerate(cells):
                if cell is not None:
                    self.places[(*path, name, k)] = cell.place
                    if cell.unknown and k >= n:
                        self._refuse("formula_without_value", cell)
            matrix[name] = [None if cell is None else cell.text or None for cell in cells]
        section = self._section(path[:-1])
        if "matrix" in section:
            self._refuse("book_twice", self._cell(items[0], ITEM), first=self.places[path])
            return
        self.places[path] = self._cell(items[0], ITEM).place if items else self.places[path[:-1]]
        section["matrix"] = matrix

    def _section(self, path: Path) -> dict[str, Any]:
        """Return the section under keys, made where there is none; entries of lists are there."""
        node: Any = self.values
        for key in path:
            node = node[key] if isinstance(key, int) else node.setdefault(key, {})
        assert isinstance(node, dict)
        return node

    def _cell(self, row: Row, key: str) -> Cell:
        """Return the cell of a row in a column, or its first where the sheet has no such column."""
        return self.part.cell(row, key) or row[0]

    def _take(self, path: Path, slot: Slot, cell: Cell | None) -> None:
        """Put what stands in a cell under its path."""
        if cell is None or not (cell.text or cell.unknown):
            return
        if cell.unknown:
            self._refuse("formula_without_value", cell)
            return
        section = self._section(path[:-1])
        if path[-1] in section:
            self._refuse("book_twice", cell, first=self.places[path])
            return
        try:
            section[str(path[-1])] = value_of(cell, slot)
        except CellError as error:
            self._refuse(error.code, cell, **error.values)
        self.places[path] = cell.place

    def _refuse(self, code: str, cell: Cell, **values: object) -> None:
        self.collector.error(code, cell.place, **values)
