"""Rows of a table of regions that head a group of them."""

from __future__ import annotations

import re
from collections.abc import Collection

from scenarios.tables.layout.sheet import Sheet
from scenarios.tables.regions import alias, called_part, called_total

_BRACKETS = re.compile(r"[(（].*[)）]$")
_OF_A_CITY = re.compile(r"(?<![\d一二三四五六七八九十两几个各地等])市$|[州盟县旗]$")
_OF_A_KIND = re.compile(r"[市州盟县旗区]$|小计$|合计$")
_NUMERAL = r"(?:第?[一二三四五六七八九十]+|[(（][一二三四五六七八九十]+[)）])[、.．：:]?"
_OF_A_GROUP = re.compile(
    rf"{_NUMERAL}.+|.*(?:[市片组类带群圈线角]|板块|三角洲|(?<![丹海济淮渭汉巴晋定黄黔湘甘陇])[东南西北中]部?"
    r"|(?:[东南西北中部沿海边山]地|[片山]|经济|功能|示范|合作|协作|生态|涵养|开发|发展)区|区域)"
)


def headings(sheet: Sheet, members: Collection[str] = ()) -> dict[int, bool]:
    """Return the rows with a name alone that head groups of cities, and whether they do so beyond doubt.

    There are none where the first row below a total is not one, or a city is not called one. `members`: names of those
    who are certainly regions; who is none of them heads a group beyond doubt.
    """
    at, known = sheet.position("name"), {*map(alias, members)}
    if at is None:
        return {}
    names = [_BRACKETS.sub("", row[at].text) for row in sheet.rows]
    alone = {n for n, row in enumerate(sheet.rows) if row[at].text and _is_alone([cell.text for cell in row], at)}
    parts = [n for n, name in enumerate(names) if not (called_total(name) or called_part(name))]
    found = {n for n in alone.intersection(parts) if not (_OF_A_CITY.search(names[n]) or alias(names[n]) in known)}
    cities = [names[n] for n in parts if n not in alone]
    if parts[:1] != sorted(found)[:1] or not all(map(_OF_A_KIND.search, cities)):
        return {}
    return {n: bool(known) or _OF_A_GROUP.fullmatch(names[n]) is not None for n in sorted(found)}


def _is_alone(row: list[str], at: int) -> bool:
    """Return whether a row holds nothing but its name, behind a numeral of its group at most."""
    before = [text for text in row[:at] if text]
    return not any(row[at + 1 :]) and all(re.fullmatch(_NUMERAL, text) for text in before)
