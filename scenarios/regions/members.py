"""Whether the regions of a table are the prefectures of one province, where the scenario does not name its members."""

from __future__ import annotations

import difflib
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

from scenarios.errors import Finding, Place
from scenarios.file.schema import Province
from scenarios.regions.rows import RegionRows
from scenarios.sense.asking import question
from scenarios.tables.adcodes.prefectures import CODE_OF, FORMER, code_of, owner_and_own, prefectures_of
from scenarios.tables.grid import Cell
from scenarios.tables.regions import RegionIndex, alias, called_rest, is_city_code, plain_code, province_name
from scenarios.wording import Text, some

FEWEST = 4
"""Prefectures of a province from which on, where they are most of the rows, a table is taken to be of prefectures."""
MISSING = 3
"""One part of this many of a province's prefectures may be missing; where more are, only some were meant."""
_NEAR = 0.5
"""Likeness of a name to a slip of it: one letter of two."""
_COUNTY = re.compile(r".{2,}[市县旗]")
_DIRECT = re.compile(
    "济源|仙桃|潜江|天门|神农架|五指山|琼海|文昌|万宁|东方|定安|屯昌|澄迈|临高|白沙|昌江|乐东|陵水|保亭|琼中"
    "|石河子|阿拉尔|图木舒克|五家渠|北屯|铁门关|双河|可克达拉|昆玉|胡杨河|新星|白杨"
)
"""Counties and cities under a province itself, which no prefecture counts."""
_NO_FIGURES = ("三沙市",)
"""Prefectures of which no figures are published."""
_Region = tuple[str, Cell]
"""The first two digits of the code of a region, ``""`` where it is no prefecture, and the cell with its name."""


def check_members(reader: RegionRows, ids: Sequence[str], names: Sequence[str], province: Province | None) -> set[int]:
    """Hold the cities against their codes, and against the scenario's list of members, both ways.

    Returns the rows of those who are none of them.
    """
    for row, identifier, name in zip(reader.rows, ids, names, strict=True):
        if torn := owner_and_own(identifier, name):
            values = {"found": identifier, "owner": torn[0], "name": name, "meant": torn[1]}
            reader.note("code_of_another", reader.code(row), **values)
    if province is None:
        return set()
    prefix = province.code[:2]
    for row, identifier in zip(reader.rows, ids, strict=True):
        if prefix and identifier.isdigit() and len(identifier) == 6 and not identifier.startswith(prefix):
            place = reader.code(row).place
            reader.collector.error("wrong_province", place, found=identifier, needed=f"{prefix}xxxx")
    if not province.members:
        return set()
    strangers = set()
    known, present = RegionIndex((), province.members), RegionIndex(tuple(ids), tuple(names))
    for row, identifier, name in zip(reader.rows, ids, names, strict=True):
        if name and known.find(name, identifier) is None:
            known.refuse(name, reader.named(row).place, reader.collector)
            strangers.add(reader.named(row).place.address[0])
    skipped = {alias(cell.text) for row in reader.sheet.odd_rows for cell in row}
    missing = [m for m in province.members if present.find(m) is None and alias(m) not in skipped]
    if missing:
        reader.collector.error("missing_regions", reader.sheet.place, missing=some(missing))
    return strangers


def questions_of_members(
    regions: Sequence[tuple[str, Cell]], province: Province | None, place: Place
) -> Iterator[Finding]:
    """Ask about regions of another province, names that are none of its prefectures, and prefectures that are missing.

    Parameters
    ----------
    regions
        Code, ``""`` where there is none, and cell with the name of every region.
    province
        Of the scenario; one that names its members is held against those.
    place
        The table.
    """
    known = [(_province_of(code, cell.text), cell) for code, cell in regions]
    if province is None:
        yield from _of_several(known)
    elif not province.members:
        own = province.code[:2] or CODE_OF.get(province_name(province.name.zh), "")
        inside = [cell for code, cell in known if code == own]
        if own and len(inside) >= FEWEST and 2 * len(inside) >= len(known):
            called = Text(province.name.zh, province.name.en or province.name.zh)
            yield from _of_another(known, own, called)
            yield from _unknown_and_missing(known, own, called, place)


def _province_of(code: str, name: str) -> str:
    """Return the first two digits of the code of a prefecture, ``""`` of any other region."""
    own = code_of(name) or FORMER.get(alias(name), "")
    return (plain_code(code) if own and is_city_code(plain_code(code)) else own)[:2]


def _of_several(known: Sequence[_Region]) -> Iterator[Finding]:
    """Ask which province is meant where most regions are prefectures, and not of one."""
    codes = Counter(code for code, _ in known if code)
    if len(codes) < 2 or 2 * codes.total() < len(known):
        return
    (most, _), *rest = codes.most_common()
    first = next(cell for code, cell in known if code and code != most)
    names = {code: name for name, code in CODE_OF.items()}
    counts = some(f"{names[code]} {count}" for code, count in codes.most_common())
    key = "provinces:" + "-".join(names[code] for code in sorted((most, *(code for code, _ in rest))))
    asked = key if len(codes) < FEWEST else "provinces"
    yield question("several_provinces", asked, first.place, name=first.text, counts=counts, meant=names[most])


def _of_another(known: Sequence[_Region], own: str, province: Text) -> Iterator[Finding]:
    """Ask about the prefectures of other provinces."""
    strangers = [cell for code, cell in known if code not in ("", own)]
    if strangers:
        names = "、".join(cell.text for cell in strangers)
        key = f"other-province:{names}"
        yield question("other_province", key, strangers[0].place, name=names, province=province)


def _unknown_and_missing(known: Sequence[_Region], own: str, province: Text, place: Place) -> Iterator[Finding]:
    """Ask about what may be a slip of a prefecture or a part of one; then about the prefectures that are missing."""
    present = {code_of(cell.text) for _, cell in known}
    every = prefectures_of(own)
    missing = [name for name in every if code_of(name) not in present and name not in _NO_FIGURES]
    counties = list[Cell]()
    for cell in (cell for code, cell in known if not code and cell.text and not called_rest(cell.text)):
        short = {alias(name): name for name in missing}
        if meant := next(iter(difflib.get_close_matches(alias(cell.text), short, 1, _NEAR)), ""):
            missing.remove(short[meant])
            key, meant = f"region:{cell.text}", short[meant]
            yield question("region_meant", key, cell.place, name=cell.text, meant=meant, province=province)
        elif _COUNTY.fullmatch(cell.text) and not _DIRECT.match(cell.text):
            counties.append(cell)
    if counties:
        names = "、".join(cell.text for cell in counties)
        yield question("county_row", f"county:{names}", counties[0].place, name=names, province=province)
    former = any(alias(cell.text) in FORMER for _, cell in known)
    if missing and MISSING * len(missing) <= len(every) and not former:
        asked = question(
            "prefectures_missing", f"missing:{'、'.join(missing)}", place, missing=some(missing), province=province,
            count=len(every),
        )  # fmt: skip
        yield asked if any(name.endswith("市") for name in missing) else replace(asked, severity="notice", asked="")
