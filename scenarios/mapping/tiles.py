"""A table of tiles: `region, row, column`, a square each in place of a map."""

from __future__ import annotations

from pathlib import Path

from scenarios.errors import Collector, Place
from scenarios.mapping.drawing import Ring
from scenarios.tables.files import InputFile
from scenarios.tables.grid import Cell
from scenarios.tables.layout.asked import Asked
from scenarios.tables.regions import Regions
from scenarios.tables.rows import PROVINCE, TableReader
from scenarios.tables.sheets import read_sheet
from scenarios.wording import some

_NAMES = {
    **dict.fromkeys(("row", "行", "行号", "tile_row"), "tile_row"),
    **dict.fromkeys(("column", "col", "列", "列号", "tile_column"), "tile_column"),
}
MOST = 60
"""Rows and columns of a grid."""
_GAP = 0.04  # between tiles, as a share of one


def read_tiles(path: Path, regions: Regions, collector: Collector) -> tuple[list[list[Ring]], InputFile]:
    """Return the square of each region, none for one without a tile, y upwards; and the file's record.

    Raises InputError: a row or column that is no whole number from 1 to `MOST`, a tile or a region twice, a region
    that is not known.
    """
    sheet, source = read_sheet(path, ("name", "tile_row", "tile_column"), _NAMES, Asked.of(regions))
    reader = _TileReader(sheet, Collector())
    placed: dict[int, Place] = {}
    taken: dict[tuple[int, int], tuple[Place, int]] = {}
    for row in sheet.rows:
        region = reader.region(row, regions.index)
        down, along = (reader.whole(reader.needed(row, standard)) for standard in ("tile_row", "tile_column"))
        cell = reader.named(row)
        if region == PROVINCE:
            regions.index.refuse(cell.text, cell.place, reader.collector)
        elif region is None or down is None or along is None:
            continue
        elif region in placed:
            reader.note("region_twice", cell, found=regions.names[region], first=placed[region].inside)
        elif (down, along) in taken:
            first, other = taken[down, along]
            names = {"name": regions.names[region], "other": regions.names[other], "row": down, "column": along}
            reader.note("tile_taken", cell, first=first.inside, **names)
        else:
            placed[region], taken[down, along] = cell.place, (cell.place, region)
    reader.collector.raise_errors()
    collector.extend(reader.collector.notices)
    missing = [name for n, name in enumerate(regions.names) if n not in placed]
    if missing:
        collector.notice("tiles_missing", sheet.place, missing=some(missing))
    squares: list[list[Ring]] = [[] for _ in range(len(regions))]
    for (down, along), (_, region) in taken.items():
        squares[region] = [_square(down, along)]
    return squares, source


def _square(row: int, column: int) -> Ring:
    """Return the tile of a row, counted downwards, and a column."""
    left, right, low, high = column + _GAP, column + 1 - _GAP, -row - 1 + _GAP, -row - _GAP
    return ((left, low), (right, low), (right, high), (left, high), (left, low))


class _TileReader(TableReader):
    """Reads rows and columns of a grid."""

    def whole(self, cell: Cell) -> int | None:
        """Return a whole number from 1 to `MOST`; None after noting anything else."""
        read = self.number(cell)
        if read is None:
            return None
        number, is_rate = read
        if is_rate or number != int(number) or not 1 <= number <= MOST:
            self.note("tile_number", cell, found=cell.text, most=MOST)
            return None
        return int(number)
