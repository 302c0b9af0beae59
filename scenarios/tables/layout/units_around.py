"""Units that are stated around a table: in a line or a title above it, in a note below."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import islice, zip_longest
from types import MappingProxyType

from scenarios.errors import Finding, Place
from scenarios.tables.columns import Header, is_dated, parse_header
from scenarios.tables.grid import Cell
from scenarios.tables.headers import energy_units
from scenarios.tables.headers.units import UNITS, disagree, ending, factor, inside, plain, two_meanings
from scenarios.tables.layout.sheet import Sheet, Stated

KNOWN_UNITS = frozenset((*(unit for units in UNITS.values() for unit in units), *map(plain, energy_units.UNITS)))
_LONGEST = 24  # letters of the name of a quantity or a unit
_MOST, _READ = 200, 1_000  # cells around a table, and letters of each, in which units are looked for
_WORD = rf"([^\s、，,;；。:：()（）]{{0,{_LONGEST}}}?)"
_LABEL = re.compile(
    _WORD + r"的?(?:(?:计量|数据|以上|本表)?(?:单位|\bunits?)\s*[：:；;]\s*"
    r"|单位均?(?:[为是用]|采用)\s*|单位\s+|单位(?=[十百千万亿]*[吨元]))",
    re.IGNORECASE,
)
_COUNTED = re.compile(
    _WORD + r"(?:均?[以按用]([^\s、，,;；。()（）]{1,24}?)(?:为单位|计|表示)"
    r"|(?:数据?|数值)?(?<!单位)[均都皆]?为([十百千万亿]*[吨元])(?=$|[\s，,;；。、()（）]))"
)
_BEHIND = re.compile(_WORD + r"\s*[：:]\s*([^\s、，,;；。:：()（）]+)")
_BRACKETED = re.compile(r"([^\s、，,;；。()（）\[\]【】]{0,24})\s*[(（\[【]([^()（）\[\]【】]+)[)）\]】]")
_END = re.compile(r"[()（）\[\]【】。]")
_BETWEEN = re.compile(r"\s*[、，,;；：:和与]\s*|(?<![/\s])\s+(?=[一-鿿]|(?:19|20)\d\d)")  # 10^4 t stays one
_LIKE_A_UNIT = re.compile(r"^(?!\d)[^/]*[吨元][^/]*$")
_OF_ALL = re.compile(
    r"[\x00-\x7f]*|.*(?:[表注数\d]|数据|数值|情况|指标|金额|资料|统计|汇总|概况|明细|清单|说明|计量|单位|各[市地州区]|地市|设区市)"
)
"""What is said of a whole table ends so."""
_OF_ELSE = re.compile(
    r"(?:消费|[用产耗储销运]|发电|进口|出口|供应)量|能耗|能源(?!活动)|[煤焦钢]|生铁|石油|原油|[汽柴]油|油品|天然气|水泥|产品|人口|面积|投资|收入"
    r"|硫|氮|氨|甲烷|氟|污染|烟尘|粉尘|颗粒|废[水气物]|固废|cod|so2|nox|ch4|n2o|货[运物]|客运|吞吐|进出口|零售|财政|税|利润|[存贷]款|产量"
    r"|人均|每|单位(?:gdp|产|面积|地区)|强度|因子|系数|其中|折|扣|项目|[农林牧渔工商]业|企业|行业|部门|建筑|交通|生活",
    re.IGNORECASE,
)
"""What is said of something else than the quantities of a table, or of a part of them."""
_OTHER_UNIT = re.compile(
    r"[十百千万亿]*(?:人次?|户|个|家|项|件|辆|台|套|座|公里|千米|平方公里|平方千米|平方米|公顷|亩|立方米|千瓦时?|度|美元|小时|天|次)"
    r"|(?:km|m)[23²³]?|[kmgt]?wh?|ha",
    re.IGNORECASE,
)
"""What is counted in other things than emissions and money: no unit of these."""
_OF_ENERGY = re.compile("能源|能耗|燃料|品种|energy|fuel", re.IGNORECASE)
_SPREAD = re.compile(r"(?<=[十百千万亿])\s+(?=[吨元])")
_NO_UNIT = re.compile(
    r"(?:详?见|如|无|各).*|.*(?:[局委厅办院所部处站科省市县区州盟]|委员会|办公室|中心|公司|集团|政府|大学|协会)"
    r"|.*(?:bureau|office|ministry|department|commission|agency|statistics).*",
    re.IGNORECASE,
)
"""What stands behind 单位 where that is a body, or where no unit is said."""


def stated_units(around: Iterable[Sequence[Cell]]) -> tuple[Stated, ...]:
    """Return the units that rows around a table state: ``单位：万吨、亿元``, ``排放量（千吨）``, ``GDP以亿元计``."""
    texts = ((cell.place, text) for row in around for cell, text in _texts(row) if text)
    return tuple(found for place, text in islice(texts, _MOST) for found in _of_text(text[:_READ], place))


def with_units_around(sheet: Sheet) -> Sheet:
    """Return a table with the units stated around it, for columns that have none; what they say is said, or asked."""
    headers, findings, given = list(sheet.headers), list(sheet.findings), dict[Place, list[str]]()
    for n, header in enumerate(sheet.headers):
        fitting = _in_order(sheet, n, _fitting(header.standard, sheet.stated))
        values = {"found": "、".join(dict.fromkeys(one.unit for one in fitting or _unknown(header, sheet.stated)))}
        if header.unit and fitting and all(disagree(header.standard, header.unit, one.unit) for one in fitting):
            differing = {"found": header.unit, "other": values["found"], "above": fitting[0].place.inside}
            findings.append(Finding("units_above_differ", sheet.header_place(n), differing, "notice"))
        if header.unit or header.standard not in UNITS:
            continue
        if len({factor(header.standard, one.unit) for one in fitting}) == 1:
            headers[n] = replace(header, unit=fitting[0].unit)
            given.setdefault(fitting[0].place, []).append(f"{header.text}（{fitting[0].unit}）")
        elif values["found"]:
            findings.append(Finding("units_above_unclear", sheet.header_place(n), values))
    findings += [Finding("units_above", at, {"given": "、".join(texts)}, "notice") for at, texts in given.items()]
    return replace(sheet, headers=tuple(headers), findings=tuple(findings))


def said_of_item(stated: Sequence[Stated], name: str) -> Sequence[Stated]:
    """Return the units said of an item of energy; of all where there are none; else whatever is stated."""
    own = [one for one in stated if name in one.standard]
    return own or [one for one in stated if not one.standard or _OF_ENERGY.search(one.standard)] or stated


def parted_units(text: str) -> list[str]:
    """Return the units that a text holds; ``吨/万元`` around a table of both, and no other unit, is no intensity."""
    pieces = [piece for piece in _BETWEEN.split(_SPREAD.sub("", text)) if piece]
    told = any(factor(standard, piece) is not None for piece in pieces for standard in ("emissions", "gdp"))
    return pieces if told else [unit for piece in pieces for unit in _slashed(piece)]


def quantity_at_end(text: str, names: Mapping[str, str] = MappingProxyType({})) -> str:
    """Return the quantity with whose name a text ends, ``""`` without one and for a part of it: ``人均GDP``."""
    ends = ((n, parse_header(text[n:], names).standard) for n in range(max(0, len(text) - _LONGEST), len(text)))
    return next((standard for n, standard in ends if standard in UNITS and not _OF_ELSE.search(text[:n])), "")


def is_unit(text: str) -> bool:
    """Return whether a text is a unit that is known, and of one meaning."""
    return plain(text) in KNOWN_UNITS and not two_meanings(text)


def is_no_unit(text: str) -> bool:
    """Return whether a text behind 单位 is none: a body, a year, prices, nothing."""
    return not plain(text) or is_dated(text) or _NO_UNIT.fullmatch(text) is not None


def _fitting(standard: str, stated: Iterable[Stated]) -> list[Stated]:
    """Return the units stated that fit a column, those that are said of it before others."""
    own = UNITS.get(standard)
    fitting = [one for one in stated if factor(standard, one.unit) is not None]
    fitting = [one for one in fitting if not one.standard or UNITS.get(one.standard) is own]
    return [one for one in fitting if one.standard == standard] or fitting


def _unknown(header: Header, stated: Iterable[Stated]) -> list[Stated]:
    """Return the units that may be those of a column of emissions or money: unknown, or said of who knows what."""
    if not inside(header.standard):
        return []
    tonnes = [one for one in stated if factor("emissions", one.unit) is not None]
    if factor(header.standard, "万吨") is None and factor(header.standard, "万吨标准煤") is not None and tonnes:
        return tonnes  # of coal, or of coal equivalent
    return [
        one
        for one in stated
        if (one.standard in ("", header.standard) and not is_unit(one.unit) and not _OTHER_UNIT.fullmatch(one.unit))
        or (one.standard not in ("", *UNITS) and not _OF_ELSE.search(one.standard)
            and factor(header.standard, one.unit) is not None)
    ]  # fmt: skip


def _in_order(sheet: Sheet, n: int, fitting: list[Stated]) -> list[Stated]:
    """Return the unit of a column among several that fit: of a list with one for each column, that in its place."""
    units = [one for one in sheet.stated if fitting and one.place == fitting[0].place]
    columns = [
        k for k, h in enumerate(sheet.headers) if h.text and not h.unit and (inside(h.standard) or not h.standard)
    ]
    if len({one.unit for one in fitting}) < 2 or len(units) != len(columns) or n not in columns:
        return fitting
    return [one for one in fitting if one is units[columns.index(n)]] or fitting


def _texts(row: Sequence[Cell]) -> Iterator[tuple[Cell, str]]:
    """Yield the cells of a row with what they say, a label with what stands beside it."""
    for cell, after in zip_longest(row, row[1:]):
        yield cell, cell.text + (after.text if after and cell.text.endswith(("：", ":")) else "")


def _of_text(text: str, place: Place) -> Iterator[Stated]:
    """Yield the units that a text states."""
    labels = list(_LABEL.finditer(text))
    for label, after in zip_longest(labels, labels[1:]):
        said = _END.split(text[label.end() : after.start() if after else None])[0]
        yield from _of_pieces(_said_of(label[1]), bool(label[1]), said, place)
    for match in _COUNTED.finditer(text):
        yield from _as_units(_said_of(match[1]), [match[2] or match[3]], place)
    for match in _BRACKETED.finditer(text):
        pieces = _BETWEEN.split(match[2].strip())
        yield from _as_units("" if len(pieces) > 1 else _said_of(match[1]), pieces, place)
    for match in _BEHIND.finditer(text):
        if is_unit(match[2]) and (standard := quantity_at_end(match[1])):
            yield Stated(standard, match[2], place)
    if all(is_unit(piece) and not piece.isdigit() for piece in parted_units(text)):
        yield from (Stated("", piece, place) for piece in parted_units(text))


def _said_of(text: str) -> str:
    """Return of what a unit behind a text is said: a quantity, ``""`` for the whole table, else what it says."""
    text = text.strip("【[】]*※· ")
    return quantity_at_end(text) or ("" if _OF_ALL.fullmatch(text) and not _OF_ELSE.search(text) else text)


def _as_units(of: str, pieces: Sequence[str], place: Place) -> Iterator[Stated]:
    """Yield texts that need be no units, if all of them are or look like it; a number counts notes or is an amount."""
    if all((is_unit(piece) and not piece.isdigit()) or _LIKE_A_UNIT.match(piece) for piece in pieces):
        yield from (Stated(of, piece, place) for piece in pieces)


def _of_pieces(standard: str, named: bool, said: str, place: Place) -> Iterator[Stated]:
    """Yield the units behind a label; behind one of something else than a quantity, those that are known."""
    before = ""
    for piece in parted_units(said.strip()):
        own, unit = _of_piece(piece)
        of = own or before or standard
        before = "" if unit else own
        if is_unit(unit) or (unit and not is_no_unit(unit) and (of in UNITS or not named)):
            yield Stated(of, unit, place)


def _of_piece(piece: str) -> tuple[str, str]:
    """Return the quantity that a piece of a statement names and its unit, each ``""`` where there is none."""
    if is_unit(piece):
        return "", piece
    header = parse_header(piece)
    if header.standard in UNITS:
        return header.standard, header.unit
    for standard in UNITS:
        unit = ending(standard, piece)
        if unit and parse_header(piece.removesuffix(unit).rstrip(" 为是以按")).standard == standard:
            return standard, unit
    return "", piece


def _slashed(piece: str) -> list[str]:
    parts = [part.strip() for part in piece.split("/")]
    return parts if all(plain(part) in KNOWN_UNITS for part in parts) else [piece]
