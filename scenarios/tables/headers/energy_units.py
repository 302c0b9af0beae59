"""Units of energy tables and what they measure; amounts inside are t, tce, 10⁴ m³ and kWh."""

from __future__ import annotations

import difflib
import re
import unicodedata
from dataclasses import dataclass
from fractions import Fraction


@dataclass(frozen=True)
class Unit:
    """A unit: what it measures, and how many of the inner unit it is."""

    dimension: str
    size: Fraction


def _scaled(dimension: str, names: dict[str, str]) -> dict[str, Unit]:
    return {name: Unit(dimension, Fraction(size)) for name, size in names.items()}


UNITS = {
    **_scaled("standard", {
        "万吨标煤": "10000", "吨标煤": "1", "万吨标准煤": "10000", "吨标准煤": "1", "千克标煤": "0.001",
        "千克标准煤": "0.001",
        "亿吨标煤": "100000000", "tce": "1", "10kt ce": "10000", "10^4 tce": "10000", "mtce": "1000000",
        "kgce": "0.001", "万tce": "10000", "亿tce": "100000000", "万吨煤当量": "10000", "吨煤当量": "1", "ktce": "1000",
    }),
    **_scaled("mass", {
        "万吨": "10000", "吨": "1", "千吨": "1000", "百万吨": "1000000", "亿吨": "100000000", "千克": "0.001",
        "t": "1", "kt": "1000", "10kt": "10000", "mt": "1000000", "kg": "0.001", "万t": "10000", "tons": "1",
        "tonnes": "1", "10^4 t": "10000", "10^4 tons": "10000", "10^4 tonnes": "10000", "10000 t": "10000",
        "10000 tons": "10000", "10000 tonnes": "10000", "10,000 t": "10000", "10,000 tons": "10000", "1000 t": "1000",
        "gg": "1000", "亿t": "100000000",
    }),
    **_scaled("volume", {
        "亿立方米": "10000", "万立方米": "1", "立方米": "0.0001", "百万立方米": "100", "亿m3": "10000", "万m3": "1",
        "m3": "0.0001", "万nm3": "1", "亿nm3": "10000",
        "10^4 m3": "1", "10^4 cu.m": "1", "10^8 m3": "10000", "10^8 cu.m": "10000",
    }),
    **_scaled("power", {
        "亿千瓦时": "100000000", "万千瓦时": "10000", "千瓦时": "1", "百万千瓦时": "1000000", "亿度": "100000000",
        "万度": "10000", "度": "1", "kwh": "1", "mwh": "1000", "gwh": "1000000", "twh": "1000000000",
        "10^4 kwh": "10000", "10^8 kwh": "100000000", "亿kwh": "100000000", "亿kw·h": "100000000",
        "万kwh": "10000", "万kw·h": "10000", "kw·h": "1", "百万kwh": "1000000", "10000 kwh": "10000",
    }),
}  # fmt: skip
"""Unit, in lower case -> what it is."""

INNER = {"standard": "tce", "mass": "t", "volume": "10⁴ m³", "power": "kWh"}


def unit(text: str) -> Unit | None:
    """Return the unit of a name, or None."""
    return _BY_PLAIN.get(_plain(text))


def _plain(text: str) -> str:
    """Return a unit as it is compared: ``10⁴ t`` is ``104t``, ``10,000 t`` is ``10000t``."""
    return re.sub(r"[\s^×*]|(?<=\d),(?=\d{3})", "", unicodedata.normalize("NFKC", text)).lower()


_BY_PLAIN = {_plain(name): found for name, found in UNITS.items()}


def nearest_units(text: str) -> str:
    """Return the known units most like a text."""
    close = difflib.get_close_matches(text.strip().lower(), UNITS, 3, 0.4)
    return "、".join(close or ("万吨标准煤", "吨标准煤", "万吨", "亿立方米", "亿千瓦时", "万千瓦时"))
