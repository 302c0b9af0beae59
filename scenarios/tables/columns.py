"""What a column header means: known names, and the unit in brackets behind them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from types import MappingProxyType

STANDARD = (
    "id", "name", "name_en", "emissions", "gdp", "growth", "growth_margin", "lower", "upper", "group", "rate",
    "incentive_rate",
)  # fmt: skip

_ALIASES: dict[str, tuple[str, ...]] = {
    "id": (
        "id", "code", "adcode", "city_code", "city code", "region_code", "region code", "代码", "行政区划代码",
        "地区代码", "城市代码", "行政区划", "区划代码",
    ),
    "name": (
        "name", "region", "city", "city_name", "city name", "region_name", "region name", "名称", "地区", "城市",
        "设区市", "地市", "地区名称", "城市名称", "市州", "地级市", "地市名称",
    ),
    "name_en": ("name_en", "英文名", "英文名称"),
    "emissions": (
        "emissions", "emission", "co2", "co2_emissions", "co2 emissions", "carbon_emissions", "carbon emissions",
        "排放", "排放量", "碳排放", "碳排放量", "二氧化碳排放", "二氧化碳排放量", "基年二氧化碳排放",
        "二氧化碳排放总量", "碳排放总量", "co2排放", "co2排放量",
    ),
    "gdp": ("gdp", "地区生产总值", "生产总值", "基年地区生产总值", "地区生产总值gdp", "gdp总量"),
    "growth": ("growth", "growth factor", "growth_factor", "增长倍数", "gdp增长倍数", "规划期增长倍数"),
    "growth_margin": ("growth_margin", "growth margin", "增长倍数浮动", "增长倍数误差"),
    "lower": ("lower", "lower bound", "下限"),
    "upper": ("upper", "upper bound", "上限"),
    "group": ("group", "分组", "组别"),
    "rate": (
        "rate", "published_rate", "reduction", "reduction rate", "reduction target", "target", "下降率", "下降",
        "下降目标", "下降指标", "基本目标", "碳强度下降率", "碳强度下降目标", "碳排放强度下降率", "碳排放强度下降目标",
    ),
    "incentive_rate": (
        "incentive_rate", "published_incentive_rate", "incentive", "incentive rate", "incentive target", "激励目标",
        "激励下降目标", "激励性目标",
    ),
}  # fmt: skip
_ENERGY_ALIASES: dict[str, tuple[str, ...]] = {
    "year": ("year", "年份", "年度", "年"),
    "sector": ("sector", "部门", "行业", "领域"),
    "item": ("item", "fuel", "品种", "能源品种", "项目", "燃料"),
    "amount": ("amount", "quantity", "数量", "消费量", "活动水平"),
    "unit": ("unit", "单位", "计量单位"),
    "grid": ("grid", "电网", "来源电网", "省级电网"),
    "fixed_share": ("fixed_share", "fixed share", "固碳率"),
    "carbon": ("carbon", "carbon share", "carbon_share", "含碳率", "含碳量"),
    "value": ("value", "factor", "值", "排放因子", "因子"),
    "source": ("source", "来源", "出处"),
    "gas": ("gas", "气体", "温室气体"),
}
ENERGY = {alias: name for name, aliases in _ENERGY_ALIASES.items() for alias in aliases}
"""Names that mean something in energy tables and tables of factors only."""

_TRACK_ALIASES: dict[str, tuple[str, ...]] = {
    "year": _ENERGY_ALIASES["year"],
    "quarter": ("quarter", "季度", "累计季度"),
    "annual_reduction": (
        "annual_reduction", "annual reduction", "年度下降率", "年下降率", "当年下降率", "同比下降率",
    ),
    "annual_change": ("annual_change", "annual change", "变化率", "年度变化率", "升降率", "上升或下降", "同比升降"),
    "vintage": ("vintage", "revision", "数据版本", "版本", "修订"),
    "value_added": ("value_added", "value added", "增加值", "工业增加值", "年增加值"),
    "start": ("start", "start_year", "start year", "投产年份", "投产年", "起始年份"),
    "project": ("project", "项目", "项目名称", "重大项目"),
}  # fmt: skip
TRACKING = {alias: name for name, aliases in _TRACK_ALIASES.items() for alias in aliases}
"""Names that mean something in tables of actual figures, of yearly growth and of projects only."""
_GDP_ALIASES: dict[str, tuple[str, ...]] = {
    "year": _ENERGY_ALIASES["year"],
    "gdp_current": (
        "gdp_current", "current gdp", "gdp at current prices", "现价地区生产总值", "现价生产总值", "地区生产总值现价",
        "现价gdp",
    ),
    "gdp_index": (
        "gdp_index", "index", "gdp index", "地区生产总值指数", "生产总值指数", "gdp指数", "指数",
    ),
    "gdp_constant": (
        "gdp_constant", "constant gdp", "gdp at constant prices", "可比价地区生产总值", "可比价生产总值",
        "不变价地区生产总值", "不变价生产总值", "地区生产总值可比价", "可比价gdp",
    ),
    "price_base": ("price_base", "price base", "价格基期", "价格基年", "基期"),
    "vintage": ("vintage", "数据版本", "版本", "核算阶段"),
}  # fmt: skip
GDP = {alias: name for name, aliases in _GDP_ALIASES.items() for alias in aliases}
"""Names that mean something in tables of GDP by year only."""

_BY_ALIAS = {alias: name for name, aliases in _ALIASES.items() for alias in aliases}

_EMISSION_UNITS = {
    "万吨": "1", "10kt": "1", "10000 t": "1", "吨": "0.0001", "t": "0.0001", "千吨": "0.1", "kt": "0.1",
    "百万吨": "100", "mt": "100", "亿吨": "10000",
}  # fmt: skip
_MONEY_UNITS = {
    "亿元": "1", "100m yuan": "1", "100 million yuan": "1", "万元": "0.0001", "10k yuan": "0.0001",
    "元": "0.00000001", "yuan": "0.00000001", "百万元": "0.01", "million yuan": "0.01", "十亿元": "10",
}  # fmt: skip
_RATE_UNITS = {
    "%": "0.01",
    "％": "0.01",
    "个百分点": "0.01",
    "百分点": "0.01",
    "points": "0.01",
    "per cent": "0.01",
}
_FACTOR_UNITS = {"1": "1", "倍": "1", "倍数": "1", "factor": "1"}

UNITS: Mapping[str, Mapping[str, str]] = {
    "emissions": _EMISSION_UNITS,
    "gdp": _MONEY_UNITS,
    "gdp_current": _MONEY_UNITS,
    "gdp_constant": _MONEY_UNITS,
    "growth": _FACTOR_UNITS,
    "growth_margin": _FACTOR_UNITS,
    "lower": _RATE_UNITS,
    "upper": _RATE_UNITS,
    "rate": _RATE_UNITS,
    "incentive_rate": _RATE_UNITS,
    "annual_reduction": _RATE_UNITS,
    "annual_change": _RATE_UNITS,
    "value_added": _MONEY_UNITS,
}
"""Standard column -> unit -> factor to the unit used inside (万吨, 亿元, fraction)."""

_HEADER = re.compile(r"(.+?)\s*[(（\[【]([^()（）\[\]【】]*)[)）\]】]", re.DOTALL)
_UNBRACKETED = re.compile(r"(.+?)\s*[/／_,，:：]\s*([^/／_,，:：]+)", re.DOTALL)
_WITH_PRICES = re.compile(r"(.+?)\s*[/／_,，:：]\s*([^/／_:：]+)", re.DOTALL)
_PRICES = re.compile(
    r"\s*[，,;；、]?\s*(?:(?:19|20)\d{2}\s*年?(?:不变|可比)?价格?|人民币|rmb)\s*[，,;；、]?\s*", re.IGNORECASE
)
_TWO_MEANINGS = ("mt", "MT")
"""Million tonnes or metric tonnes: only Mt says which."""
_GAS = re.compile(r"\s*(co2|co₂|二氧化碳)\s*$", re.IGNORECASE)


@dataclass(frozen=True)
class Header:
    """One column header."""

    text: str  # As it stands in the table, without the unit
    standard: str  # The standard column it names, or ``""``
    unit: str  # The unit in brackets, or ``""``

    @property
    def factor(self) -> Decimal | None:
        """Factor to the unit used inside: 1 without a unit, None for a unit that does not fit."""
        if not self.unit:
            return Decimal(1)
        return _factor(self.standard, self.unit)


def _factor(standard: str, unit: str) -> Decimal | None:
    """Return the factor of a unit to the one used inside; None for one that does not fit or has two meanings."""
    bare = _PRICES.sub("", _GAS.sub("", unit)).strip()
    known = None if bare in _TWO_MEANINGS else UNITS.get(standard, {}).get(bare.lower())
    return None if known is None else Decimal(known)


def parse_header(text: str, names: Mapping[str, str] = MappingProxyType({})) -> Header:
    """Read a header such as ``地区生产总值（亿元）`` or ``gdp/亿元``; `names` are further ones, alias -> standard."""
    stripped = " ".join(text.split())
    match = _HEADER.fullmatch(stripped)
    name, unit = (match.group(1), match.group(2).strip()) if match else (stripped, "")
    standard = _standard(name, names)
    return (not standard and not match and _unbracketed(stripped, names)) or Header(name, standard, unit)


def _standard(name: str, names: Mapping[str, str]) -> str:
    """Return the standard column that a name means, or ``""``."""
    return names.get(name.lower()) or _BY_ALIAS.get(name.lower(), "")


def _unbracketed(text: str, names: Mapping[str, str]) -> Header | None:
    """Return a header whose unit stands after a slash, comma or underscore; None where it is no unit of that column."""
    for match in filter(None, [_UNBRACKETED.fullmatch(text), _WITH_PRICES.fullmatch(text)]):
        standard, unit = _standard(match.group(1), names), match.group(2).strip()
        if standard and (_factor(standard, unit) is not None or unit in _TWO_MEANINGS):
            return Header(match.group(1), standard, unit)
    return None


def both_names(standard: str, names: Mapping[str, str] = MappingProxyType({})) -> str:
    """Return a standard column with its Chinese name, for messages: ``gdp (地区生产总值)``; `names` as in a header."""
    own = [alias for alias, name in names.items() if name == standard]
    known = own or (_ALIASES | _ENERGY_ALIASES | _TRACK_ALIASES | _GDP_ALIASES)[standard]
    return f"{standard} ({next(name for name in known if not name.isascii())})"
