"""Names that the columns of tables go by: standard column -> what people write, in lower case."""

from __future__ import annotations

STANDARD = (
    "id", "name", "name_en", "emissions", "gdp", "growth", "growth_margin", "lower", "upper", "group", "rate",
    "incentive_rate",
)  # fmt: skip

_INTENSITIES = (
    "碳强度", "碳排放强度", "二氧化碳排放强度", "单位gdp二氧化碳排放", "单位地区生产总值二氧化碳排放",
    "单位生产总值二氧化碳排放",
)  # fmt: skip
_FALLS = ("下降", "降低", "下降率", "降低率", "下降幅度", "降低幅度", "降幅")
_CHANGES = ("变化", "变化率", "变化幅度", "增减", "增减率", "升降", "升降率", "上升或下降", "升降幅度")
_YEARLY = ("比上年", "较上年", "比去年", "较去年", "同比", "年度")

_ALIASES: dict[str, tuple[str, ...]] = {
    "id": (
        "id", "code", "adcode", "city_code", "city code", "region_code", "region code", "代码", "行政区划代码",
        "地区代码", "城市代码", "行政区划", "区划代码", "行政代码", "行政区代码", "地区编码", "城市编码", "区划码",
        "行政区划码", "编码", "city id", "cityid", "citycode",
    ),
    "name": (
        "name", "region", "city", "city_name", "city name", "region_name", "region name", "名称", "地区", "城市",
        "设区市", "地市", "地区名称", "城市名称", "市州", "地级市", "地市名称", "市", "州市", "盟市", "市地", "城市名",
        "地区名", "市名", "市州名", "州市名", "行政区", "行政区域", "地级以上市", "prefecture", "municipality",
        "市别", "地区别",
    ),
    "name_en": ("name_en", "英文名", "英文名称"),
    "emissions": (
        "emissions", "emission", "co2", "co2_emissions", "co2 emissions", "carbon_emissions", "carbon emissions",
        "排放", "排放量", "碳排放", "碳排放量", "二氧化碳排放", "二氧化碳排放量", "基年二氧化碳排放",
        "二氧化碳排放总量", "碳排放总量", "co2排放", "co2排放量", "二氧化碳", "co2排放总量", "co2总量", "二氧化碳总量",
        "co2 emission", "carbon emission", "carbon dioxide", "carbon dioxide emissions", "total emissions",
        "total co2 emissions",
    ),
    "gdp": (
        "gdp", "地区生产总值", "生产总值", "基年地区生产总值", "地区生产总值gdp", "gdp总量", "国内生产总值", "地区gdp",
        "地区生产总值总量", "gross domestic product", "gross regional product", "grp", "total gdp",
    ),
    "growth": (
        "growth", "growth factor", "growth_factor", "增长倍数", "gdp增长倍数", "规划期增长倍数", "地区生产总值增长倍数",
        "规划期gdp增长倍数", "gdp growth factor",
    ),
    "growth_margin": ("growth_margin", "growth margin", "增长倍数浮动", "增长倍数误差"),
    "lower": ("lower", "lower bound", "下限"),
    "upper": ("upper", "upper bound", "上限"),
    "group": ("group", "分组", "组别"),
    "rate": (
        "rate", "published_rate", "reduction", "reduction rate", "reduction target", "target", "下降率", "下降",
        "下降目标", "下降指标", "基本目标", "碳强度下降率", "碳强度下降目标", "碳排放强度下降率", "碳排放强度下降目标",
        *(
            f"{of}{ends}"
            for of in _INTENSITIES
            for ends in (
                "下降目标", "降低目标", "下降率目标", "降低率目标", *_FALLS, *(f"累计{fall}" for fall in _FALLS),
            )
        ),
        "降低率", "下降幅度", "降低幅度", "降幅", "降低目标", "下降率目标", "降低率目标",
        *(f"累计{fall}" for fall in _FALLS),
    ),
    "incentive_rate": (
        "incentive_rate", "published_incentive_rate", "incentive", "incentive rate", "incentive target", "激励目标",
        "激励下降目标", "激励性目标",
    ),
}  # fmt: skip
_ENERGY_ALIASES: dict[str, tuple[str, ...]] = {
    "year": ("year", "年份", "年度", "年", "统计年度", "统计年份", "数据年份", "数据年度", "核算年份", "核算年度"),
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
    "basis": ("basis", "因子口径"),
}
PANEL_ALIASES: dict[str, tuple[str, ...]] = {
    "year": (*_ENERGY_ALIASES["year"], "日期", "date"),
    "province": (
        "province",
        "省份",
        "省",
        "所属省份",
        "所在省份",
        "省区",
        "省市",
        "省（区、市）",
        "country",
        "国家",
        "member state",
    ),
}
PANEL = {alias: name for name, aliases in PANEL_ALIASES.items() for alias in aliases}
"""Names by which the rows of one year and one province are found in a panel."""

ENERGY = {alias: name for name, aliases in _ENERGY_ALIASES.items() for alias in aliases}
"""Names that mean something in energy tables and tables of factors only."""

BARE_YEARLY = frozenset(f"{since}{ends}" for since in _YEARLY[:-1] for ends in (*_FALLS, *_CHANGES)) - {
    "同比下降率", "同比升降",
}  # fmt: skip
"""Changes on the year before that do not say of what they are."""
CARBON_YEARLY = frozenset(
    f"{of}{since}{ends}" for of in _INTENSITIES for since in ("", *_YEARLY) for ends in (*_FALLS, *_CHANGES)
)
"""Changes of carbon intensity; beside figures that go by other names they are a column more."""
CHANGES = dict.fromkeys((*_CHANGES, *(f"{of}{ends}" for of in _INTENSITIES for ends in _CHANGES)), "rate")
"""Names that mean something in tables of rates only: a fall is below zero."""
OF_RATES = {**CHANGES, **dict.fromkeys(("范围", "适用范围", "适用地区", "包含地区", "涉及地区", "所含地区"), "name")}
"""Names that mean something in tables of rates only, those of a column of classes among them."""
_SHARES = tuple(f"非化石能源{of}{part}" for of in ("", "消费") for part in ("占比", "比重"))
LOOSE_RATES = frozenset(
    (*CHANGES, *_SHARES, "降低率", "下降幅度", "降低幅度", "降幅", "降低目标", *(f"累计{fall}" for fall in _FALLS),
     *(f"{of}{ends}" for of in _INTENSITIES[:3] for ends in (*_FALLS, "降低目标")),
     *(f"{of}累计{fall}" for of in _INTENSITIES for fall in _FALLS))
) - {"碳强度下降率", "碳排放强度下降率"}  # fmt: skip
"""Names of rates that beside another one are a column more."""

_TRACK_ALIASES: dict[str, tuple[str, ...]] = {
    "year": _ENERGY_ALIASES["year"],
    "quarter": ("quarter", "季度", "累计季度"),
    "annual_reduction": (
        "annual_reduction", "annual reduction", "年度下降率", "年下降率", "当年下降率", "同比下降率",
        *(f"{since}{fall}" for since in _YEARLY[:-1] for fall in _FALLS),
        *(f"{of}{since}{fall}" for of in _INTENSITIES for since in _YEARLY for fall in _FALLS),
        *(f"年度{of}{fall}" for of in _INTENSITIES for fall in _FALLS),
    ),
    "annual_change": (
        "annual_change", "annual change", "变化率", "年度变化率", "升降率", "上升或下降", "同比升降",
        *(f"{since}{change}" for since in _YEARLY[:-1] for change in _CHANGES),
        *(f"{of}{since}{change}" for of in _INTENSITIES for since in ("", *_YEARLY) for change in _CHANGES),
        *(f"年度{of}{change}" for of in _INTENSITIES for change in _CHANGES),
    ),
    "vintage": ("vintage", "revision", "数据版本", "版本", "修订"),
    "value_added": ("value_added", "value added", "增加值", "工业增加值", "年增加值"),
    "start": ("start", "start_year", "start year", "投产年份", "投产年", "起始年份"),
    "project": ("project", "项目", "项目名称", "重大项目"),
}  # fmt: skip
PROJECTS: dict[str, str] = {
    **dict.fromkeys(
        ("建设地点", "建设地", "建设地区", "所在地", "所在市", "所在地区", "所在城市", "所在地市", "项目所在地",
         "项目所在市", "所属地区", "所属市", "所属城市", "属地", "location"), "name",
    ),
    **dict.fromkeys(
        ("年排放", "年排放量", "年碳排放", "年碳排放量", "年二氧化碳排放", "年二氧化碳排放量", "年均排放量",
         "新增排放", "新增排放量", "新增碳排放", "新增碳排放量"), "emissions",
    ),
    **dict.fromkeys(("投产时间", "投产日期", "投产", "建成投产时间", "预计投产时间", "拟投产时间"), "start"),
}  # fmt: skip
"""Names that mean something in tables of projects only."""
_OFFSET_ALIASES: dict[str, tuple[str, ...]] = {
    "ratio": ("ratio", "offset ratio", "置换比例", "置换系数", "替代比例"),
    "offset_source": ("source", "offset_source", "offset source", "置换来源", "来源项目", "减排来源", "来源"),
    "source_region": ("source_region", "source region", "来源地区", "来源所在地"),
    "offset_amount": ("amount", "offset_amount", "offset amount", "置换量", "来源减排量", "减排量", "可置换量"),
    "year": ("减排年份", "削减年份", "来源年份"),
}  # fmt: skip
TRACKING = {alias: name for name, aliases in _TRACK_ALIASES.items() for alias in aliases}
"""Names that mean something in tables of actual figures, of yearly growth and of projects only."""
_DRAW_ALIASES: dict[str, tuple[str, ...]] = {
    "project": (*_TRACK_ALIASES["project"], "name", "名称"),
    "start": _TRACK_ALIASES["start"],
    "drawn": (
        "amount", "drawn", "draw", "动用量", "安排量", "动用机动", "机动安排", "总量", "排放", "排放量",
        "碳排放量", "二氧化碳排放量",
    ),
}  # fmt: skip
DRAWS = {alias: name for name, aliases in _DRAW_ALIASES.items() for alias in aliases}
"""Names that mean something in tables of draws on the reserve only."""
_COST_ALIASES: dict[str, tuple[str, ...]] = {
    "cost_step": ("step", "cost_step", "档", "档次", "级", "步骤", "序号", "减排档次"),
    "cost_width": ("width", "cost_width", "宽度", "可降", "可降幅度", "减排潜力", "档宽", "可下降"),
    "cost_price": (
        "price", "cost_price", "unit cost", "marginal cost", "单价", "价格", "减排成本", "单位减排成本", "边际减排成本",
        "吨减排成本",
    ),
}  # fmt: skip
_POPULATION_ALIASES: dict[str, tuple[str, ...]] = {
    "population": (
        "population", "people", "人口", "人口数", "总人口", "常住人口", "年末常住人口", "年末人口", "年平均人口",
        "常住人口数",
    ),
}  # fmt: skip
POPULATION = {alias: name for name, aliases in _POPULATION_ALIASES.items() for alias in aliases}
"""Names that mean something in tables of people only."""
COSTS = {alias: name for name, aliases in _COST_ALIASES.items() for alias in aliases}
"""Names that mean something in tables of costs only."""
OFFSETS = TRACKING | PROJECTS | {alias: name for name, aliases in _OFFSET_ALIASES.items() for alias in aliases}
"""Names that mean something in tables of offsets only."""
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

_CAP_ALIASES: dict[str, tuple[str, ...]] = {
    "cap": (
        "cap", "emissions_cap", "emissions cap", "emission cap", "cap_10kt", "总量", "总量目标", "总量控制目标",
        "总量控制", "碳排放总量", "碳排放总量目标", "碳排放总量控制目标", "二氧化碳排放总量",
        "二氧化碳排放总量目标",
        "二氧化碳排放总量控制目标", "排放总量", "排放总量控制目标", "排放上限", "碳排放上限", "总量上限",
        "排放总量上限", "碳排放总量上限", "二氧化碳排放上限", "二氧化碳排放总量上限",
    ),
    "increment": (
        "increment", "增量", "增量控制目标", "增量目标", "排放增量", "碳排放增量", "碳排放增量控制目标",
        "碳排放增量目标",         "二氧化碳排放增量", "排放增量控制目标", "二氧化碳排放增量控制目标",
    ),
}  # fmt: skip
CAPS = {alias: name for name, aliases in _CAP_ALIASES.items() for alias in aliases}
"""Names that mean something in tables of caps only: there 碳排放总量 is no figure of the base year."""

_NUMERATOR_ALIASES: dict[str, tuple[str, ...]] = {
    "energy": (
        "energy", "energy_use", "energy use", "energy consumption", "total energy consumption", "能源消费",
        "能源消费量", "能源消费总量", "综合能源消费量", "综合能耗", "能耗", "能耗总量", "能源消耗总量", "能源消耗量",
        "基年能源消费量", "全社会能源消费总量", "一次能源消费量", "一次能源消费总量", "全社会能耗", "全社会能耗总量",
    ),
    "coal": (
        "coal", "coal_use", "coal use", "coal consumption", "煤炭", "煤炭消费", "煤炭消费量", "煤炭消费总量", "耗煤量",
        "用煤量", "煤炭消耗量", "基年煤炭消费量",
    ),
    "oil": (
        "oil", "oil_use", "oil use", "oil consumption", "石油", "石油消费", "石油消费量", "石油消费总量", "油品消费量",
        "油品消费总量", "基年石油消费量",
    ),
    "nonfossil": (
        "nonfossil", "non-fossil", "nonfossil_energy", "nonfossil energy", "non-fossil energy", "非化石能源",
        "非化石能源消费", "非化石能源消费量", "非化石能源消费总量", "基年非化石能源消费量",
    ),
}  # fmt: skip
NUMERATORS = {quantity: dict.fromkeys(aliases, quantity) for quantity, aliases in _NUMERATOR_ALIASES.items()}
"""Quantity other than carbon -> names of the column that its target is of; the standard column is called like it."""
_LAST_YEAR = ("期末", "期末年", "目标年", "规划期末")
ENERGY_ENDS = dict.fromkeys(
    ("energy_end", "energy end", "end energy", "end-year energy", "end-year energy use",
     *(f"{when}{what}" for when in _LAST_YEAR for what in ("能源消费", "能源消费量", "能源消费总量", "能耗"))),
    "energy_end",
)  # fmt: skip
"""Names of the energy of the last year, in the tables of a share alone."""
_ENDS = ("下降率", "降低率", "下降目标", "降低目标", "下降", "降低", "下降指标", "降低指标")
_ENERGY_INTENSITY = (
    *(f"单位{gdp}能{what}" for gdp in ("gdp", "地区生产总值", "生产总值", "国内生产总值") for what in ("耗", "源消耗")),
    "能耗强度", "能源强度", "能源消耗强度", "能源消费强度",
)  # fmt: skip
_AMOUNTS = ("量", "总量", "")
OWN_RATES = {
    "energy": dict.fromkeys((f"{what}{end}" for what in _ENERGY_INTENSITY for end in _ENDS), "rate"),
    "coal": dict.fromkeys((f"煤炭消费{of}{end}" for of in _AMOUNTS for end in _ENDS), "rate"),
    "oil": dict.fromkeys((f"石油消费{of}{end}" for of in _AMOUNTS for end in _ENDS), "rate"),
    "nonfossil": dict.fromkeys(
        (
            "占比目标",
            "share target",
            "non-fossil share",
            "nonfossil share",
            "non-fossil share target",
            *(f"{share}{end}" for share in _SHARES for end in ("", "目标")),
        ),
        "rate",
    ),
}
"""Quantity other than carbon -> names of its rate: 单位GDP能耗降低率."""
_CAP_ENDS = ("总量控制目标", "总量目标", "总量控制", "总量", "控制目标", "上限", "总量上限")
OWN_CAPS = {
    quantity: dict.fromkeys(
        (f"{quantity} cap", f"{quantity} use cap", *(f"{what}{end}" for what in whats for end in _CAP_ENDS)), "cap"
    )
    for quantity, whats in {"energy": ("能源消费", "能耗"), "coal": ("煤炭消费",), "oil": ("石油消费",)}.items()
}
"""Quantity other than carbon -> names of its cap in tables of caps."""
BY_ALIAS = {alias: name for name, aliases in _ALIASES.items() for alias in aliases}
"""Names that mean something in every table."""

SPELLINGS = (
    _ALIASES | _OFFSET_ALIASES | _ENERGY_ALIASES | _TRACK_ALIASES | _GDP_ALIASES | PANEL_ALIASES | _CAP_ALIASES
    | _DRAW_ALIASES | _NUMERATOR_ALIASES | _COST_ALIASES
    | _POPULATION_ALIASES
)  # fmt: skip
"""Standard column -> every name of it."""
