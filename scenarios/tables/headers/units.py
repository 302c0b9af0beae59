"""Units that stand in headers, and what they come to in the units used inside: 万吨, 亿元, fractions."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from decimal import Decimal
from functools import lru_cache

_EMISSION_UNITS = {
    "万吨": "1", "万t": "1", "10kt": "1", "10000t": "1", "10000tons": "1", "10000tonnes": "1", "104t": "1",
    "104tons": "1", "104tonnes": "1", "104吨": "1", "10000吨": "1", "吨": "0.0001", "t": "0.0001", "tons": "0.0001",
    "tonnes": "0.0001", "千吨": "0.1", "kt": "0.1", "1000吨": "0.1", "1000t": "0.1", "103吨": "0.1", "103t": "0.1",
    "百万吨": "100", "mt": "100", "milliontons": "100", "milliontonnes": "100", "亿吨": "10000", "gt": "100000",
    "gg": "0.1", "tg": "100",
}  # fmt: skip
_COAL_UNITS = {
    "万吨标准煤": "1", "万吨标煤": "1", "万吨煤当量": "1", "万tce": "1", "10ktce": "1", "104tce": "1", "10000tce": "1",
    "吨标准煤": "0.0001", "吨标煤": "0.0001", "吨煤当量": "0.0001", "tce": "0.0001", "千吨标准煤": "0.1",
    "千吨标煤": "0.1", "ktce": "0.1", "百万吨标准煤": "100", "百万吨标煤": "100", "mtce": "100", "亿吨标准煤": "10000",
    "亿吨标煤": "10000",
}  # fmt: skip
"""Of energy: coal equivalent."""
_MONEY_UNITS = {
    "亿元": "1", "亿": "1", "100myuan": "1", "100millionyuan": "1", "100million": "1", "108yuan": "1",
    "万元": "0.0001", "10kyuan": "0.0001", "104yuan": "0.0001", "10000yuan": "0.0001", "千元": "0.00001",
    "元": "0.00000001", "yuan": "0.00000001", "百万元": "0.01", "millionyuan": "0.01", "十亿元": "10",
    "billionyuan": "10",
}  # fmt: skip
_RATE_UNITS = {
    "%": "0.01", "±%": "0.01", "+-%": "0.01", "+/-%": "0.01", "个百分点": "0.01", "百分点": "0.01", "points": "0.01",
    "percent": "0.01", "百分比": "0.01",
}  # fmt: skip
_PEOPLE_UNITS = {
    "人": "1",
    "persons": "1",
    "people": "1",
    "万人": "10000",
    "104persons": "10000",
    "10kpersons": "10000",
    "千人": "1000",
}
_PRICE_UNITS = {
    "元/吨": "1", "元/t": "1", "yuan/t": "1", "yuanpert": "1", "yuan/tonne": "1", "yuanpertonne": "1", "cny/t": "1",
    "rmb/t": "1", "万元/吨": "10000", "万元/万吨": "1",
}  # fmt: skip
_FACTOR_UNITS = {"1": "1", "倍": "1", "倍数": "1", "factor": "1", "times": "1"}

UNITS: Mapping[str, Mapping[str, str]] = {
    **dict.fromkeys(("emissions", "cap", "increment", "drawn", "offset_amount"), _EMISSION_UNITS),
    **dict.fromkeys(("gdp", "gdp_current", "gdp_constant", "value_added"), _MONEY_UNITS),
    "population": _PEOPLE_UNITS,
    "cost_width": _RATE_UNITS,
    "cost_price": _PRICE_UNITS,
    **dict.fromkeys(("growth", "growth_margin"), _FACTOR_UNITS),
    **dict.fromkeys(("energy", "nonfossil", "energy_end"), _COAL_UNITS),
    **dict.fromkeys(("coal", "oil"), _EMISSION_UNITS | _COAL_UNITS),
    **dict.fromkeys(("lower", "upper", "rate", "incentive_rate", "annual_reduction", "annual_change"), _RATE_UNITS),
}
"""Standard column -> unit, as `plain` gives it -> factor to the unit used inside."""
_OF_ENERGY = ("energy", "nonfossil", "energy_end", "coal", "oil")

PRICES = re.compile(
    r"\s*[，,;；、]?\s*(?:按)?(?:(?:19|20)\d{2}\s*年?(?:不变|可比|当年)?价格?(?:计算)?|(?:当年|不变|可比)价格?|现价|人民币|rmb|cny)\s*[，,;；、]?\s*",
    re.IGNORECASE,
)
PROVISIONAL = re.compile(
    r"\s*[，,;；、]?\s*(?:初步核算|初步|快报|预计|预测|估算|估计|暂定|provisional|preliminary|estimated?)(?:数据?|值)?\s*[，,;；、]?\s*",
    re.IGNORECASE,
)
"""What says that figures are not final."""
SETTLED = re.compile(
    r"\s*[，,;；、]?\s*(?:最终)?(?:核定|审定|修订|核实|复核|审核|最终|final|revised|verified|audited)(?:后|数据?|值)*\s*[，,;；、]?\s*",
    re.IGNORECASE,
)
"""What says that figures are final, or of which revision."""
_LIKE_A_UNIT = re.compile(r"[A-Za-z0-9%％‰/]|[吨元克焦时瓦米度倍点煤斤亿万千百]|^[人户辆件台套亩顷家]$")
_A_YEAR = re.compile(r"\s*(?:/\s*(?:年|a|yr|year)|per year|a year)\s*$", re.IGNORECASE)
_GAS = re.compile(r"\s*(?:of\s+)?(?:co2|二氧化碳)\s*(?:当量|-?eq?)?\s*$", re.IGNORECASE)
_EQUIVALENT = re.compile(r"(?:co2|二氧化碳)\s*-?\s*(?:当量|e|eq|equivalent)s?\b", re.IGNORECASE)
_MARKS = re.compile(r"[\W①-⑳]+$")
_POWER = re.compile(r"[\s^×*]|(?<=\d),(?=\d{3})")
_TWO_MEANINGS = ("mt", "MT")
"""Million tonnes or metric tonnes: only Mt says which."""


def plain(unit: str) -> str:
    """Return a unit as it is compared: ``10^4 t`` is ``104t``, ``10,000 t`` is ``10000t``, ``万吨CO₂`` is ``万吨``."""
    return _POWER.sub("", _bare(unit)).lower()


def _bare(unit: str) -> str:
    bare = PROVISIONAL.sub("", PRICES.sub("", unicodedata.normalize("NFKC", unit)))
    return _GAS.sub("", _A_YEAR.sub("", bare)).strip()


def equivalent(unit: str) -> bool:
    """Return whether a unit is of CO2 equivalent, which holds other gases too."""
    return _EQUIVALENT.search(unicodedata.normalize("NFKC", unit)) is not None


def two_meanings(unit: str) -> bool:
    """Return whether a unit may be million tonnes or metric tonnes."""
    return _bare(unit) in _TWO_MEANINGS


@lru_cache(maxsize=1000)
def factor(standard: str, unit: str) -> Decimal | None:
    """Return the factor of a unit to the one used inside; None for one that does not fit or has two meanings."""
    known = None if two_meanings(unit) else UNITS.get(standard, {}).get(plain(unit))
    return None if known is None else Decimal(known)


def ending(standard: str, text: str) -> str:
    """Return the unit with which a header ends, in whatever brackets and with footnote marks; ``""`` without one.

    Only units in Chinese: a word may end with ``t``.
    """
    bare = _MARKS.sub("", text)
    units = sorted((unit for unit in UNITS.get(standard, ()) if not unit.isascii()), key=len, reverse=True)
    return next((unit for unit in units if bare.endswith(unit)), "")


def within(standard: str, text: str) -> str:
    """Return the unit that a header holds in whatever place: in brackets, behind a mark, at its end or beginning."""
    pieces = re.split(r"[()（）\[\]【】〔〕<>《》“”\"/／_,，:：;；\s-]+", text)
    edges = re.match(r"[十百千万亿]*[吨元]", text), re.search(r"(?<=[\u4e00-\u9fff])[A-Za-z]+$", text)
    found = [*reversed(pieces), *(edge[0] for edge in edges if edge), ending(standard, text)]
    return next((unit for unit in found if unit and factor(standard, unit) is not None), "")


def without_remark(unit: str) -> str:
    """Return a unit without the words that say of which revision figures are: ``核定，万吨`` is 万吨, 核定 is none."""
    return SETTLED.sub("", unit).strip()


def like_a_unit(text: str) -> bool:
    """Return whether a text may be a unit at all: 省厅数 is none."""
    return _LIKE_A_UNIT.search(text) is not None


def inside(standard: str) -> str:
    """Return the unit in which a column of amounts or money is used inside; ``""`` for one without such a unit."""
    return next((unit for unit in ("万吨", "亿元", "万吨标准煤") if factor(standard, unit) is not None), "")


def disagree(standard: str, unit: str, other: str) -> bool:
    """Return whether two units of one column are different ones: 千吨 and 万吨, not 万吨 and 10^4 t."""
    if not plain(unit) or not plain(other):
        return False
    if standard in UNITS:
        return factor(standard, unit) not in (None, factor(standard, other))
    known = [(units.get(plain(unit)), units.get(plain(other))) for key, units in UNITS.items() if key not in _OF_ENERGY]
    return any(own for own, _ in known) and any(its for _, its in known) and all(a != b or not a for a, b in known)
