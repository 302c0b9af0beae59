"""Codes of the prefectures of China (GB/T 2260), and a name that stands beside the code of another one.

The 333 of prefectures.csv are, code by code, those of github.com/modood/Administrative-divisions-of-China
(dist/cities.csv, November 2024, which follows the codes of the National Bureau of Statistics), less its nine lines that
are no prefecture.
"""

from __future__ import annotations

import csv
from functools import cache, lru_cache
from importlib.resources import files

from scenarios.tables.regions import RegionIndex, alias, plain_code


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


@cache
def _names() -> dict[str, str]:
    """Return the names of all prefectures by code."""
    text = (files("scenarios.tables.adcodes") / "prefectures.csv").read_text("utf-8")
    return {row["code"]: row["name"] for row in csv.DictReader(text.splitlines())}


@cache
def _index() -> RegionIndex:
    return RegionIndex((), _names().values())
