"""How many slips in one cell are caught, by factor, and how many sound tables are asked about without need.

Run with the project's Python:  python tests/benchmarks/slips.py  [tables]

Provinces are random, with the spread that prefectures of one province had in 2015 and 2020 (27 provinces): intensity
0.28 powers of ten about a median of 0.4–5 吨/万元, GDP 0.3, growth over five years 1.0–1.6 with 0.02 powers of ten
between cities, a share of services of 28–80 %. A table is sound, or one figure in it is 10, 100 or 10⁴ times too
large or too small. Caught is what names the row of the slip.
"""

from __future__ import annotations

import random
import sys
import tempfile
from collections import Counter
from decimal import Decimal
from pathlib import Path

from scenarios.errors import InputError
from scenarios.file.schema import Bounds
from scenarios.regions.table import read_regions
from scenarios.regions.wanted import Wanted

HEADERS = ("id", "name", "emissions(万吨)", "gdp(亿元)", "growth", "services(%)")
CELLS = {"emissions": 2, "gdp": 3, "growth": 4, "share": 5}
FACTORS = (10, 100, 10_000)
SEED = 20_150_601
WANTED = Wanted(frozenset(["services", "intensity"]), Bounds(), None, years=5)


def province(luck: random.Random) -> list[list[str]]:
    """Return the rows of a sound table."""
    intensity, growth = 10 ** luck.uniform(-0.4, 0.7), luck.uniform(1.15, 1.5)
    rows = []
    for n in range(luck.choice((5, 8, 11, 14, 18, 21))):
        gdp = 10 ** luck.gauss(3.2, 0.3)
        emissions = gdp * intensity * 10 ** luck.gauss(0, 0.28)
        figures = (f"{emissions:.0f}", f"{gdp:.2f}", f"{growth * 10 ** luck.gauss(0, 0.02):.4f}")
        rows.append([f"45{n + 1:02d}00", f"城{n + 1}市", *figures, f"{min(80, max(28, luck.gauss(50, 8))):.2f}"])
    return rows


def asked(rows: list[list[str]], path: Path) -> set[int]:
    """Return the rows, from 0, that something is asked or said about; -1 for the table as a whole."""
    path.write_text("\n".join(",".join(row) for row in (HEADERS, *rows)), "utf-8")
    try:
        read_regions(path, WANTED)
    except InputError as error:
        return {-1 if finding.place.row is None else finding.place.row - 2 for finding in error.findings}
    return set()


def slipped(rows: list[list[str]], luck: random.Random, cell: str, factor: int) -> tuple[list[list[str]], int]:
    """Return a table with one figure off by a factor, up or down, and its row."""
    n, up = luck.randrange(len(rows)), luck.random() < 0.5
    value = Decimal(rows[n][CELLS[cell]])
    changed = [list(row) for row in rows]
    changed[n][CELLS[cell]] = f"{value * factor if up else value / factor:f}"
    return changed, n


def measure(tables: int, seed: int = SEED) -> tuple[dict[tuple[str, int], float], float]:
    """Return the share of slips caught by cell and factor, and the share of sound tables asked about."""
    luck, caught, tried = random.Random(seed), Counter(), Counter()
    kinds = [(cell, factor) for cell in CELLS for factor in FACTORS]
    needless = 0
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "regions.csv"
        for k in range(tables):
            rows = province(luck)
            needless += bool(asked(rows, path))
            changed, n = slipped(rows, luck, *kinds[k % len(kinds)])
            tried[kinds[k % len(kinds)]] += 1
            caught[kinds[k % len(kinds)]] += n in asked(changed, path)
    return {kind: caught[kind] / tried[kind] for kind in kinds}, needless / tables


def main() -> None:
    """Print both."""
    tables = int(sys.argv[1]) if len(sys.argv) > 1 else 1000
    found, needless = measure(tables)
    for (cell, factor), share in found.items():
        print(f"{cell:10} x{factor:<6} caught {share:6.1%}")
    for factor in FACTORS:
        print(
            f"all        x{factor:<6} caught {sum(s for (_, f), s in found.items() if f == factor) / len(CELLS):6.1%}"
        )
    print(f"sound tables asked about: {needless:.1%} of {tables}")


if __name__ == "__main__":
    main()
