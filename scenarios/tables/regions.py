"""The members of a province, and how a text names one of them."""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, fields, replace
from decimal import Decimal
from functools import cached_property, lru_cache
from itertools import zip_longest
from typing import Any, Literal

from scenarios.errors import Collector, Place
from scenarios.quantities import CARBON, Quantity
from scenarios.tables.cells import INVISIBLE
from scenarios.wording import Language

_AVERAGES = {"平均", "平均值", "平均数", "全省平均", "全区平均", "全市平均", "average", "mean"}
_STATISTIC = re.compile(
    r"(?:(?:全[省区市国]|各[市州地]+|全自治区|合计|总计|加权|算术|简单|样本)的?)*"
    r"(?:平均[值数]?|均值|最[大小高低][值者]?|极[大小]值|极差|全距|中位数|中位值|中值|众数|(?:总体|样本)?(?:标准(?:偏)?差|方差)"
    r"|变异系数|离散系数|四分位数|上四分位数?|下四分位数?"
    r"|(?:较|比)?(?:上年|去年|上年同期|同期)?(?:同比)?(?:年均)?(?:增速|增长率|增幅|增长|降幅|下降率|变化率|升降|增减)|同比|环比"
    r"|占(?:全[省区市国])?(?:的)?(?:比重?|份额)|比重|份额|占比|排名|位次|名次|排序)(?:数值|情况)?"
    r"|max(?:imum)?|min(?:imum)?|(?:weighted)?(?:average|mean)|median|(?:std|standard)\.?(?:dev|deviation)\.?|variance|rank(?:ing)?"
    r"|growth(?:rate)?|share|range|coefficientofvariation"
)
"""What rows of statistics below a table are called, without blanks and brackets: ``标准差``, ``合计增速``."""
_BEHIND = re.compile(r"[(（\[【].*[)）\]】]$")
_OF_SOME = {"小计", "subtotal"}
_SUBTOTALS = _OF_SOME | {"合计", "共计", "汇总", "总和", "total", "sum"}
_TOTALS = _AVERAGES | _SUBTOTALS | {
    "总计", "全省", "全区", "全市", "全州", "全自治区", "全省合计", "全区合计", "全市合计", "全省总计", "全区总计",
    "grandtotal", "province",
}  # fmt: skip
"""What a row that is no city is called, without blanks, colons and brackets."""
_RESERVES = {
    "机动", "省级机动", "全省机动", "全区机动", "机动量", "机动指标", "预留", "省级预留", "预留量", "省级预留量",
    "reserve", "provincialreserve",
}  # fmt: skip
_WHOLE = re.compile(
    r"(?:全省|全区|全自治区|合计|总计|总数|加总|汇总|[我本][省区]|各[市州地]+(?:之和|加总|汇总|合计|总计)|(?:grand)?total).*"
    r"|省|自治区|全国|all"
)
"""What a total is called too, with whatever stands behind: ``全省（核算）``, ``合计数``."""
_PART = re.compile(r"[\W_]*(?:其中|of\s*which\b)", re.IGNORECASE)
_REST = re.compile(
    r"其[他它余](?:各?(?:地区|城市|地市|设区市|地级市|市州|州市|市|县|县市|区域))?|others?(?:regions?|cities|areas?)?|(?:the)?rest|remaining|(?:不|未)分地区"
    r"|市区|市辖区|市?本级|省本?级.*|(?:自治)?区本级.*|自治区级.*"
)
_SPREAD = re.compile(r"(?<=[\u4e00-\u9fff])\s+(?=[\u4e00-\u9fff])")
_DRESS = re.compile(r"[\s：:()（）\[\]【】]")
CITIES_TOO = ("吉林",)
"""Provinces with a city of the same name."""
WHOLE_OR_COUNTY = "全州"
"""The whole of a prefecture, or the county in Guangxi."""
_PROVINCE = re.compile(
    r"(?:省|(?:维吾尔|壮族|回族)?自治区|(?:(?<=广西)|(?<=宁夏)|(?<=新疆)|(?<=西藏)|(?<=内蒙古))区)?"
    r"[(（]?(?:全[省区])?(?:合计|总计|总量|汇总|(?:统计|核算)?数据?)?[)）]?$"
)
PROVINCES = (
    "北京", "天津", "河北", "山西", "内蒙古", "辽宁", "吉林", "黑龙江", "上海", "江苏", "浙江", "安徽", "福建", "江西",
    "山东", "河南", "湖北", "湖南", "广东", "广西", "海南", "重庆", "四川", "贵州", "云南", "西藏", "陕西", "甘肃",
    "青海", "宁夏", "新疆", "香港", "澳门", "台湾",
)  # fmt: skip
CITIES_ALONE = ("北京", "天津", "上海", "重庆", "香港", "澳门")
"""Provinces that are cities."""
_LETTERS = "京津冀晋蒙辽吉黑沪苏浙皖闽赣鲁豫鄂湘粤桂琼渝川贵云藏陕甘青宁新港澳台"
_ABBREVIATED = dict(zip(_LETTERS, PROVINCES, strict=True)) | {
    "黔": "贵州", "滇": "云南", "蜀": "四川", "秦": "陕西", "陇": "甘肃", "内蒙": "内蒙古",
}  # fmt: skip
"""What provinces are called for short: 桂 for 广西."""
_EXCEL_CODE = re.compile(r"([0-9]+)\.0+")
EXAMPLE = {"zh": ("示例", "示例市"), "en": ("example", "Example City")}
"""Code and name of the example row in the template, by language."""

_MOST_COMPARED = 1000
_LONGEST = 60  # characters of a name that is looked at for its kind
_SUFFIXES = ("市", "地区", "盟")
_KINDS = re.compile(r"(.{2,}?)(?:州|林区|特区|县|旗|区|\s*city|\s*prefecture|\s*municipality|\s*league)")
_NATIONALITIES = (
    "各族|蒙古|回|藏|维吾尔|苗|彝|壮|布依|朝鲜|满|侗|瑶|白|土家|哈尼|哈萨克|傣|黎|傈僳|佤|畲|高山|拉祜|水|东乡|纳西|景颇"
    "|柯尔克孜|土|达斡尔|仫佬|羌|布朗|撒拉|毛南|仡佬|锡伯|阿昌|普米|塔吉克|怒|乌孜别克|俄罗斯|鄂温克|德昂|保安|裕固|京"
    "|塔塔尔|独龙|鄂伦春|赫哲|门巴|珞巴|基诺"
)
_AUTONOMOUS = re.compile(rf"(.{{2,}}?)(?:(?:{_NATIONALITIES})族?)+自治(州|县|旗)")
_AUTONOMY = re.compile(r"(?<=.)族?自治(?=[州县旗]$)")
_SHORT = {"巴州": "巴音郭楞州", "博州": "博尔塔拉州", "克州": "克孜勒苏州", "锡盟": "锡林郭勒"}
"""Short forms that are no beginning of the name."""


@dataclass(frozen=True)
class Regions:
    """The members of the province, in the order of the table; all tuples have length n."""

    # ids, names, names_en: Adcode or other identifier, Chinese name, English name (the Chinese one where missing)
    ids: tuple[str, ...]
    names: tuple[str, ...]
    names_en: tuple[str, ...]
    emissions: tuple[Decimal, ...]  # Base-year CO2, 万吨; of another quantity its amounts
    gdp: tuple[Decimal, ...]  # Base-year GDP, 亿元, constant prices
    growth: tuple[Decimal, ...]  # GDP growth factor over the period, 1
    # lower, upper: Lowest and highest rate, fractions
    lower: tuple[Decimal, ...]
    upper: tuple[Decimal, ...]
    groups: tuple[str, ...]  # Group of each region, ``""`` where none
    columns: Mapping[str, tuple[Decimal, ...]]  # Indicator column -> values, as they stand in the table
    units: Mapping[str, str]  # Indicator column -> unit in its header
    # How far a growth factor may be off, None where a region says nothing of its own; empty where the table has no
    # such column
    growth_margins: tuple[Decimal | None, ...] = ()
    # own_lower, own_upper: Whether the bound stands in the region's own cell; empty where no region has one
    own_lower: tuple[bool, ...] = ()
    own_upper: tuple[bool, ...] = ()
    # Standard column -> its header in the scenario's tables, where that is no name of it
    headings: Mapping[str, str] = field(default_factory=dict)
    quantity: Quantity = CARBON  # What `emissions` are amounts of
    ends: tuple[Decimal, ...] = ()  # Energy of the last year, of a share whose table gives it
    # What papers in English call them, those without an English name too; by it they are found, empty where not known
    names_in_latin: tuple[str, ...] = ()
    # Where they stand in the table, of a share where energy does; empty where they come from another table
    places: tuple[Place, ...] = field(default=(), compare=False)

    def __len__(self) -> int:
        return len(self.ids)

    @cached_property
    def index(self) -> RegionIndex:
        """What finds a region by code or name."""
        return RegionIndex(self.ids, self.names, self.names_en, self.names_in_latin)

    def named(self, position: int) -> dict[str, str]:
        """Return what records call a region: identifier, Chinese and English name."""
        return {"id": self.ids[position], "name": self.names[position], "name_en": self.names_en[position]}

    def without(self, position: int) -> Regions:
        """Return the table less one region."""

        def less(value: Any) -> Any:  # noqa: ANN401  (whatever a field holds)
            if isinstance(value, Mapping):
                return {key: less(part) for key, part in value.items()}
            whole = isinstance(value, tuple) and len(value) == len(self)
            return value[:position] + value[position + 1 :] if whole else value

        return replace(self, **{one.name: less(getattr(self, one.name)) for one in fields(self)})

    def labels(self, language: Language) -> tuple[str, ...]:
        """Return the names people read in `language`."""
        return self.names if language == "zh" else self.names_en


class RegionIndex:
    """Finds a region by identifier first, by name or alias second (南宁 = 南宁市).

    `ids`, `names`: as in `Regions`; `more`: names in other languages, as `names_en` there.
    """

    def __init__(self, ids: Iterable[str], names: Iterable[str], *more: Iterable[str]) -> None:
        ids, names = tuple(ids), tuple(names)
        self.regions = tuple(zip_longest(ids, names, fillvalue=""))  # Code and name, ``""`` where one is missing
        self._by_id = {identifier: n for n, identifier in enumerate(ids)}
        self._by_name: dict[str, int] = {}
        self._by_stem: dict[str, set[tuple[int, bool]]] = {}
        for spelled in (names, *more):
            for n, name in enumerate(spelled):
                self._by_name.setdefault(alias(name), n)
                self._by_stem.setdefault(stem(name), set()).add((n, _is_bare(name)))

    def find(self, *texts: str) -> int | None:
        """Return the position of the first text that names a region, or None."""
        for text in texts:
            if text in self._by_id:
                return self._by_id[text]
        known = next((self._by_name[alias(text)] for text in texts if alias(text) in self._by_name), None)
        if known is not None:
            return known
        return next((n for n in map(self._alone, texts) if n is not None), None)

    def _alone(self, text: str) -> int | None:
        """Return the one region that a name without its kind means, or the reverse: 恩施 and 恩施州, never 恩施市."""
        meant = {n for n, bare in self._by_stem.get(stem(text), ()) if bare or _is_bare(text)}
        return min(meant) if len(meant) == 1 else None

    def is_total(self, identifier: str, name: str) -> bool:
        """Return whether a row is a total: a region is none, as the provinces are in a split of the whole country."""
        return self.find(*filter(None, (identifier, name))) is None and is_total(identifier, name)

    def locate(
        self, *texts: str, place: Place, collector: Collector, taken: Collection[int] | None = None
    ) -> int | None:
        """Return the position that code and names agree on; what they do not, and what nobody knows, is noted.

        `taken`: the regions that other rows are of, where that is known.
        """
        given = [text for text in texts if text]
        if not given:
            if not collector.names(place):
                collector.error("empty_cell", place)
            return None
        position = self.find(*given)
        if position is None:
            self.refuse(given[-1], place, collector, taken)
        elif self.torn(*given):
            collector.error("region_conflict", place, found=" / ".join(given))
            return None
        return position

    def refuse(self, text: str, place: Place, collector: Collector, taken: Collection[int] | None = None) -> None:
        """Note a text that names no region, with the nearest name of one that has no row if there is one."""
        meant = self.near(text, taken)
        collector.error("unknown_region_meant" if meant else "unknown_region", place, found=text, meant=meant)

    def torn(self, *texts: str) -> bool:
        """Return whether the texts name different regions, as they do where rows have slipped."""
        return len({position for text in texts if (position := self.find(text)) is not None}) > 1

    def near(self, text: str, taken: Collection[int] | None = None) -> str:
        """Return the known name most like `text`, ``""`` without one or where several are as near.

        Among very many none is looked for. `taken`: regions that cannot be meant, for they have rows of their own.
        """
        if len(self._by_name) > _MOST_COMPARED:
            return ""
        free = [name for name, n in self._by_name.items() if n not in (taken or ())]
        found = difflib.get_close_matches(alias(text), free, 2, 0.5)
        likeness = [difflib.SequenceMatcher(None, name, alias(text)).ratio() for name in found]
        return "" if not found or (len(found) > 1 and likeness[0] == likeness[1]) else found[0]


def without_blanks(name: str) -> str:
    """Return a name without blanks between Chinese letters: 恩施州 for ``恩 施 州``."""
    return _SPREAD.sub("", name)


@lru_cache(maxsize=10_000)
def alias(name: str) -> str:
    """Return the name by which a region is compared: no blanks, no 市, lower case, 恩施州 for its whole name."""
    compact = _compact(name)
    if len(compact) > _LONGEST:
        return compact
    compact = _SHORT.get(compact, _AUTONOMY.sub("", _AUTONOMOUS.sub(r"\1\2", compact)))
    suffix = next((s for s in _SUFFIXES if compact.endswith(s) and len(compact) - len(s) >= 2), "")
    return compact.removesuffix(suffix)


def _compact(name: str) -> str:
    """Return a name without blanks and what cannot be seen, in lower case."""
    return "".join(unicodedata.normalize("NFKC", name.translate(INVISIBLE)).split()).lower()


def _is_bare(name: str) -> bool:
    """Return whether a name does not say of what kind the region is."""
    return stem(name) == _compact(name)


def stem(name: str) -> str:
    """Return a name without its kind: 恩施 for 恩施州, 神农架 for 神农架林区, nanning for Nanning City."""
    short = alias(name)
    match = _KINDS.fullmatch(short)
    return match.group(1) if match else short


def is_total(identifier: str, name: str) -> bool:
    """Return whether a row is the province's own total or average and no city: by what it is called, or by its code."""
    return called_total(name) or is_province_code(identifier)


@lru_cache(maxsize=10_000)
def _undressed(name: str) -> str:
    """Return a name in lower case without what stands about it."""
    return _DRESS.sub("", name).lower()


def called_total(name: str) -> bool:
    """Return whether a name is that of a total or an average: ``合计：``, ``全省（合计）``, ``Grand Total``."""
    plain = _undressed(name)
    return plain in _TOTALS or _WHOLE.fullmatch(plain) is not None or _is_statistic(name)


def called_residual(name: str) -> bool:
    """Return whether a name is that of the line between the cities and the province: 余项."""
    return _undressed(name) in ("余项", "residualline")


def called_reserve(name: str) -> bool:
    """Return whether a name is that of what no city gets: 机动, ``reserve``."""
    return _undressed(name) in _RESERVES


def called_subtotal(name: str) -> bool:
    """Return whether a name may be that of the total of some cities, and not of the province alone."""
    return called_group(name) or _undressed(name) in _SUBTOTALS


def called_group(name: str) -> bool:
    """Return whether a name is that of the total of some cities that it names itself: ``中部小计``."""
    return not called_total(name) and not called_part(name) and _undressed(name).endswith(("小计", "合计"))


def called_some(name: str) -> bool:
    """Return whether a name is that of the total of some cities alone: ``小计``."""
    return called_group(name) or _undressed(name) in _OF_SOME


def called_part(name: str) -> bool:
    """Return whether a name says that the row is counted in another one: ``其中：恩施市``, ``– of which: Enshi``."""
    return _PART.match(name) is not None


def part_name(name: str) -> str:
    """Return whose a row is that is counted in another one: 恩施市 for ``其中：恩施市``."""
    return _PART.sub("", name).strip("：:，, )）")


def called_rest(name: str) -> bool:
    """Return whether a name is that of what is left over: ``其他``, ``Other cities``."""
    return _REST.fullmatch(_undressed(name)) is not None


def called_average(name: str) -> bool:
    """Return whether a name is that of an average or another statistic, which no sum can be held against."""
    plain = _undressed(name)
    average = plain in _AVERAGES or (called_total(name) and re.search("平均|均值|average", plain) is not None)
    return average or _is_statistic(name)


@lru_cache(maxsize=10_000)
def _is_statistic(name: str) -> bool:
    """Return whether a name is that of a statistic, with whatever stands in brackets behind: ``最大值（柳州市）``."""
    return _STATISTIC.fullmatch(_DRESS.sub("", _BEHIND.sub("", name.strip())).lower()) is not None


def province_name(name: str) -> str:
    """Return the name by which a province is compared: 广西 for 广西壮族自治区, 广西（全区） and 桂."""
    bare = _PROVINCE.sub("", "".join(name.split()).lower())
    return _ABBREVIATED.get(bare, bare)


def called_province(name: str) -> bool:
    """Return whether a name is that of a province of China, and of no city."""
    return name.endswith(("省", "自治区")) or province_name(name) in {*PROVINCES} - {*CITIES_TOO, *CITIES_ALONE}


def plain_code(text: str) -> str:
    """Return an adcode in six digits where it is one: 450000.0 and 450000000000 are 450000."""
    digits = _EXCEL_CODE.sub(r"\1", text)
    return digits[:6] if len(digits) == 12 and digits.isdigit() and digits.endswith("000000") else digits


def is_province_code(identifier: str) -> bool:
    """Return whether a code is an adcode of a province."""
    code = plain_code(identifier)
    return len(code) == 6 and code.isdigit() and code.endswith("0000")


def is_city_code(code: str) -> bool:
    """Return whether a code is an adcode below a province."""
    return len(code) == 6 and code.isdigit() and not code.endswith("0000")


def example_marks(identifier: str, name: str) -> int:
    """Return by how many marks, of code and name, a row is the template's example: 2 is the example itself."""
    codes, names = zip(*EXAMPLE.values(), strict=True)
    return (identifier.strip().lower() in codes) + (name.strip().lower() in {known.lower() for known in names})


@dataclass(frozen=True)
class Supplied:
    """One quantity of the base year from a table of its own, to stand where a column of the regions table would."""

    quantity: Literal["emissions", "gdp"]  # Which column it stands for
    # ids, names: Cities of the table it comes from, length n; an id is empty where that table has none
    ids: tuple[str, ...]
    names: tuple[str, ...]
    values: tuple[Decimal, ...]  # 万吨 or 亿元, length n
    file: str  # Name of that table
    firsts: tuple[Place, ...]  # Where each city first stands in it, length n
    at: tuple[Place, ...] = ()  # Where the figures, or the largest parts of them, stand; empty where that is not known

    @cached_property
    def index(self) -> RegionIndex:
        """What finds a city by code or name."""
        return RegionIndex([key for key in self.ids if key], self.names)
