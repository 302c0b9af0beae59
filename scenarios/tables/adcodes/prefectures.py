"""Codes of the prefectures of China (GB/T 2260), and a name that stands beside the code of another one.

The 333 of prefectures.csv are, code by code, those of github.com/modood/Administrative-divisions-of-China
(dist/cities.csv, November 2024, which follows the codes of the National Bureau of Statistics), less its nine lines that
are no prefecture. Their English names are the pinyin of the name without its kind (ü as it is spelled, Xi'an with its
apostrophe); of names that are not Chinese those in common use (Hohhot, Urumqi, Lhasa …), written from memory.
"""

from __future__ import annotations

import csv
from collections.abc import Sequence
from functools import cache, lru_cache
from importlib.resources import files

from scenarios.tables.regions import PROVINCES, RegionIndex, alias, plain_code

_FIRSTS = ((11, 5), (21, 3), (31, 7), (41, 6), (50, 5), (61, 5))  # codes of a part of the country, and how many it has
_CODES = (*(f"{n}" for first, count in _FIRSTS for n in range(first, first + count)), "81", "82", "71")
CODE_OF = dict(zip(PROVINCES, _CODES, strict=True))
"""Province -> the first two digits of its code; both in the order of the standard."""
FORMER = {"巢湖": "34", "莱芜": "37", "思茅": "53", "襄樊": "42"}
"""Prefectures, and names of them, that are no more, as they are compared -> the first two digits of their code."""


def owner_and_own(code: str, name: str) -> tuple[str, str] | None:
    """Return whose a code is, and the code of the name beside it, where both are known and of one province.

    None where they agree, and where one of them is not known.
    """
    known = _names()
    owner = known.get(plain_code(code))
    if not owner or alias(owner) == alias(name):
        return None
    own = code_of(name)
    return (owner, own) if own and own != plain_code(code) and own[:2] == code[:2] else None


@lru_cache(maxsize=10_000)
def code_of(name: str) -> str:
    """Return the code of the prefecture of a name, ``""`` for any other name."""
    n = _index().find(name)
    return "" if n is None else tuple(_names())[n]


def full_name_of(name: str) -> str:
    """Return the full name of a prefecture, with its kind, ``""`` for any other name."""
    code = code_of(name)
    return _names()[code] if code else ""


def english_of(name: str) -> str:
    """Return the English name of a prefecture, ``""`` for any other name."""
    code = code_of(name)
    return _english()[code] if code else ""


def in_latin(ids: Sequence[str], names: Sequence[str], names_en: Sequence[str]) -> tuple[str, ...]:
    """Return what papers in English call regions: prefectures without an English name by their pinyin.

    Of these, two that would have one name have their identifiers behind it.
    """
    whole = zip(names, names_en, strict=True)
    found = [english_of(zh) if en == zh and not zh.isascii() else "" for zh, en in whole]
    taken = [own or en for own, en in zip(found, names_en, strict=True)]
    return tuple(
        f"{name} ({key})" if own and taken.count(name) > 1 else name
        for key, own, name in zip(ids, found, taken, strict=True)
    )


def prefectures_of(province: str) -> list[str]:
    """Return the names of the prefectures of a province, by the first two digits of its code."""
    return [name for code, name in _names().items() if code.startswith(province)]


@cache
def _names() -> dict[str, str]:
    """Return the names of all prefectures by code."""
    return {row["code"]: row["name"] for row in _rows()}


@cache
def _english() -> dict[str, str]:
    """Return the English names of all prefectures by code."""
    return {row["code"]: row["name_en"] for row in _rows()}


@cache
def _rows() -> tuple[dict[str, str], ...]:
    """Return the lines of the table."""
    text = (files("scenarios.tables.adcodes") / "prefectures.csv").read_text("utf-8")
    return tuple(csv.DictReader(text.splitlines()))


@cache
def _index() -> RegionIndex:
    return RegionIndex((), _names().values())
