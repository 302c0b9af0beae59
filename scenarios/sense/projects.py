"""Major projects, one by one: figures that are not those of one project, or not in one unit."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from scenarios.errors import Finding
from scenarios.sense.asking import question, table_of
from scenarios.sense.figures import Figure, brief
from scenarios.tables.grid import Cell

LOWEST, HIGHEST = Decimal("0.01"), Decimal(300)
"""吨/万元 between which the intensity of a project lies: a data centre, a kiln in a bad year."""
MOST_GROWTH = 10
"""By what factor a project may grow over the period unasked."""
LARGEST = 3
"""How many times its whole region a project to come may be unasked."""
_SLIPS = (4, -4, 2, -2, 8, -8)
_PAIRS = (("gdp", "emissions"), ("gdp", "gdp_end"), ("gdp_end", "gdp"))
"""What is not given without the other; a project that begins in the period has no figure of the base year."""


@dataclass(frozen=True)
class ProjectFigures:
    """What is said of one project."""

    name: str
    region: str  # Name of its region
    figures: Mapping[str, Figure]  # By column: emissions, and gdp, gdp_end or value_added


def questions_of_listed(project: ProjectFigures) -> Iterator[Finding]:
    """Yield what is asked about a project that is listed apart from its region."""
    given = {name for name, figure in project.figures.items() if figure.value > 0}
    starts = given == {"gdp_end"}
    for there, missing in _PAIRS:
        if there in given and missing not in given and not starts:
            yield question(
                "project_half", f"listed-project-{missing}:{project.name}", project.figures[there].place,
                there=there, missing=missing,
            )  # fmt: skip
    yield from _intensity(project, "gdp", "listed-project-intensity")
    if {"gdp", "gdp_end"} <= given:
        base, end = project.figures["gdp"], project.figures["gdp_end"]
        if not base.value <= end.value <= MOST_GROWTH * base.value:
            yield question(
                "project_growth", f"listed-project-growth:{project.name}", end.place, found=end.cell.text,
                base=base.cell.text, times=brief(end.value / base.value),
            )  # fmt: skip


def questions_of_planned(project: ProjectFigures, region: Mapping[str, Decimal]) -> Iterator[Finding]:
    """Yield what is asked about a project of years to come; `region`: what its region has in the base year."""
    table = table_of(project.figures["emissions"].place)
    odd = list(_intensity(project, "value_added", f"planned-project-intensity:{table}"))
    yield from odd
    for name, figure in () if odd else project.figures.items():
        if figure.value > LARGEST * region[name]:
            yield question(
                "project_size", f"planned-project-{name}:{table}:{project.name}", figure.place, found=figure.cell.text,
                region=project.region, whole=figure.shown(region[name]),
            )  # fmt: skip


def project_twice(projects: Iterable[tuple[Cell, str]]) -> Iterator[Finding]:
    """Ask whether a project counts twice that stands twice for a region; given: the cell of its name, its region."""
    seen: dict[tuple[str, str], Cell] = {}
    for cell, region in projects:
        first = seen.setdefault((cell.text, region), cell)
        if first is not cell:
            asked, shown = f"planned-project-twice:{table_of(cell.place)}:{cell.text}", first.place.inside
            yield question("project_twice", asked, cell.place, name=cell.text, region=region, first=shown)


@dataclass(frozen=True)
class ProjectRow:
    """A row of a table of projects."""

    name: Cell  # That says what it is
    is_total: bool  # Whether it calls itself a total
    figures: Mapping[str, Figure]  # By column, those that are given


def totals_of_projects(rows: Sequence[ProjectRow]) -> Iterator[Finding]:
    """Say which rows are totals and count as no project; ask about one that is not the sum of all, or of those above.

    `rows`: in the order of the table.
    """
    all_projects, part = [row for row in rows if not row.is_total], list[ProjectRow]()
    for row in rows:
        if not row.is_total:
            part.append(row)
            continue
        off = [name for name, figure in row.figures.items() if not _adds_up(figure, name, all_projects, part)]
        if off:
            stated, due = row.figures[off[0]], _sum_of(off[0], all_projects)
            yield question(
                "project_total", f"planned-project-total:{table_of(stated.place)}:{row.name.text}", stated.place,
                name=row.name.text, found=stated.cell.text, needed=stated.shown(due),
            )  # fmt: skip
        else:
            yield Finding("total_row", row.name.place, {"found": row.name.text}, "notice")
        part = []


def _sum_of(column: str, projects: Sequence[ProjectRow]) -> Decimal:
    return sum((row.figures[column].value for row in projects if column in row.figures), Decimal(0))


def _adds_up(stated: Figure, column: str, *parts: Sequence[ProjectRow]) -> bool:
    """Return whether a total is the sum of some projects, within a hundredth."""
    return any(abs(stated.value - due) <= due / 100 for due in (_sum_of(column, part) for part in parts))


def _intensity(project: ProjectFigures, money: str, asked: str) -> Iterator[Finding]:
    """Ask for the unit where the intensity is none of a project, at the figure that is too large."""
    emissions, gdp = project.figures["emissions"], project.figures[money]
    if emissions.value == 0 or gdp.value == 0 or LOWEST <= emissions.value / gdp.value <= HIGHEST:
        return
    found = emissions.value / gdp.value
    figure, power = (emissions, -1) if found > HIGHEST else (gdp, 1)
    slip = next((abs(p) for p in _SLIPS if LOWEST <= found.scaleb(p) <= HIGHEST), 4)
    yield question(
        "intensity_of_project", f"{asked}:{project.name}", figure.place, found=figure.cell.text,
        intensity=brief(found), meant=figure.shifted(-slip), then=brief(found.scaleb(power * slip)),
    )  # fmt: skip
