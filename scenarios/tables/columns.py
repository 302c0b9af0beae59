"""What a column header means: the standard column it names, its unit, and the year that it is of."""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import partial
from types import MappingProxyType

from scenarios.tables.cells import INVISIBLE, is_part_of_year
from scenarios.tables.headers.names import BY_ALIAS, CHANGES, NUMERATORS, OWN_RATES, SPELLINGS
from scenarios.tables.headers.to_paste import AsColumns, as_columns
from scenarios.tables.headers.units import (
    PRICES,
    PROVISIONAL,
    SETTLED,
    disagree,
    ending,
    factor,
    inside,
    two_meanings,
    without_remark,
)
from scenarios.wording import Text

_HEADER = re.compile(r"(.+?)\s*[(（\[【]([^()（）\[\]【】]*)[)）\]】]", re.DOTALL)
_UNBRACKETED = re.compile(r"(.+?)\s*[/／_,，:：]\s*([^/／_,，:：]+)", re.DOTALL)
_WITH_PRICES = re.compile(r"(.+?)\s*[/／_,，:：]\s*([^/／_:：]+)", re.DOTALL)
_SCRIPTS = re.compile(
    r"(?<=[\u4e00-\u9fff）)\]】])[\s/／|｜_—–-]*(?=[(（\[【]?[A-Za-z])|(?<=[A-Za-z0-9)）\]】.])[\s/／|｜_—–-]*(?=[(（\[【]?[\u4e00-\u9fff])"
)
"""Where a header may go from one language to the other."""
_CHINESE = re.compile(r"[\u4e00-\u9fff]")
_LIST = re.compile(r"\s*[，,;；、/／]\s*")
_SPACED = re.compile(r"(.+?)\s+(\S+)", re.DOTALL)
_PERIOD = re.compile(
    r"(?<!\d)(?:19|20)\d{2}\s*年?\s*[-–—~～至到比]+\s*(?:19|20)?\d{2}\s*年?(?!\d)|[“”]?十[二三四五六]五[“”]?(?:期间|时期)?"
)
_SPAN = re.compile(r"(?<!\d)((?:19|20)\d{2})[^\d;；。]{1,5}((?:19|20)?\d{2})(?!\d|\s*月)")
_SINCE = re.compile(r"[比较与]\s*((?:19|20)\d{2})\s*年?(?:同期|底|末)?(?:相比)?(?=\s*(?:累计)?(?:下降|降低|降幅))")
_PLAN = re.compile(r"十([二三四五六])五")
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d{2})(?:\.0+)?(?!\d)\s*年?(?:度|末|底)?")
_OF_A_TITLE = re.compile(
    r"(?<![\d〔\[])((?:19|20)\d{2})(?!\d|\s*[-/.]\s*\d|\s*年?\s*[=＝版]|\s*年\s*\d{1,2}\s*月|[〕\]])"
    r"(?!(?!\s*年?\s*(?:GDP|(?:地区)?生产总值|(?:二氧化)?碳?排放量?)?(?:规划|计划)[数值表]?\s*(?:$|[)）]))"
    r"\s*年?[^\s，,;；、。（(]{0,24}(?:目标|规划|计划))"  # of the end, but for figures of a plan
)
_NO_TITLE = re.compile(r"来源|年鉴|印发|填[表报]|制表|source|yearbook", re.IGNORECASE)
_EMPTY = re.compile(r"[(（\[【]\s*[)）\]】]")
_UNIT_ALONE = re.compile(r"[(（\[【][^()（）\[\]【】]+[)）\]】]")
_AT_EDGE = re.compile(r"(?<=[(（\[【])[\s，,;；、]+|[\s，,;；、]+(?=[)）\]】])")
_SETTLED = re.compile(rf"[(（\[【](?:{SETTLED.pattern})+[)）\]】]", re.IGNORECASE)
_BEFORE_UNIT = re.compile(r"[\s_]+(?=[(（\[【])")
_LABEL = re.compile(r"^\s*(?:计量|数据)?单位\s*[：:；;]?\s*")
_LOOSE = " _-–—·•/／:：,，、的"
_OTHER_FORMS = (*range(0xFF10, 0xFF5B), *range(0xF900, 0xFB00), *range(0x2F00, 0x2FE0))
"""Full-width letters and digits, and ideographs kept for old standards."""
_FOLDED = INVISIBLE | {n: usual for n in _OTHER_FORMS if (usual := unicodedata.normalize("NFKC", chr(n))).isalnum()}
_FOOTNOTE = re.compile(r"(?<=[\u4e00-\u9fff])\s*[①-⑳¹²³⁰⁴-⁹*＊†‡]+$")
_MARKS = re.compile(
    r"\s*[①-⑳*＊†‡]+(?=$|[(（\[【])|(?<=[)）\]】])\s*[(（\[【〔]\s*(?:注\s*)?\d{1,2}\s*[)）\]】〕]$"
    r"|(?<=[\u4e00-\u9fff])\s*[\[〔]\s*(?:注\s*)?\d{1,2}\s*[\]〕](?=$|[(（\[【])"
)
_SECOND = re.compile("[上去前往]年|上[期轮报]|同期|申报|初步|快报|预计|预测|讨论|征求|草案|完成|实际|实绩")
"""What says that a column is of another year, or not of what holds."""
_FOR_EACH = re.compile("人均|每|单位|万元|强度|capita|per|intensity", re.IGNORECASE)
"""What says of an amount that it is one for each of something."""
_ALIKE = 0.5  # from which on a header may be meant
_GROWTH = re.compile("增长|增速|倍数|发展速度|growth|factor", re.IGNORECASE)
OF_ENERGY = re.compile("能耗|能源强度|能源消耗|energy(?!.*carbon)", re.IGNORECASE)
"""What a rate is of that is none of carbon."""
OF_CARBON = re.compile("碳|排放|co2|carbon|emission", re.IGNORECASE)
"""What says of a target that it is one of carbon, in the tables of another quantity."""
_OF_A_YEAR = re.compile("年均|每年|年度|上年|去年|同比|annual|yearly|a year", re.IGNORECASE)
_LONGEST = 200
"""Characters from which on a text is no header."""
_RATES = ("rate", "incentive_rate")
AMOUNTS = ("emissions", *NUMERATORS)
"""Columns that a target can be of."""
_NO_GDP = re.compile("人口|排放|能耗|能源|用电|co2|emission|population|energy", re.IGNORECASE)


@dataclass(frozen=True)
class Header:
    """One column header."""

    text: str  # As it stands in the table, without the unit
    standard: str  # The standard column it names, or ``""``
    unit: str  # The unit in brackets, or ``""``
    year: int | None = None  # The year that it names beside a quantity, or alone
    hidden: bool = False  # Whether its column is hidden
    written: str = ""  # All that stands there, with the unit
    measure: str = ""  # What its unit is held against where that is not its standard column: a key of `UNITS`

    @property
    def factor(self) -> Decimal | None:
        """Factor to the unit used inside: 1 without a unit, None for a unit that does not fit."""
        if not self.unit:
            return Decimal(1)
        return factor(self.measured, self.unit)

    @property
    def measured(self) -> str:
        """What its unit is held against: a key of `UNITS`."""
        return self.measure or self.standard

    @property
    def unit_code(self) -> str:
        """Code of what is said where the unit does not fit."""
        if self.measured in ("energy", "nonfossil", "energy_end"):
            return "wrong_unit_coal"
        if self.measure:
            return "wrong_unit_mass"
        return "unit_two_meanings" if two_meanings(self.unit) else "wrong_unit"


def parse_header(text: str, names: Mapping[str, str] = MappingProxyType({})) -> Header:
    """Read a header such as ``地区生产总值（亿元）``, ``gdp/亿元`` or ``2015年GDP``.

    Parameters
    ----------
    text
        As it stands in the table.
    names
        Further names, alias -> standard.
    """
    written = " ".join(text.translate(INVISIBLE).split())
    if len(written) > _LONGEST:
        return Header(written, "", "", written=written)
    return replace(_parsed(written, names), written=written)


def _parsed(written: str, names: Mapping[str, str]) -> Header:
    direct = _bracketed(written, names)
    if direct.standard and (not direct.unit or not (is_time(direct.unit) or is_dated(direct.unit))):
        return direct
    found = _unbracketed(written, names) or _dated(written, direct, names) or direct
    bare = _MARKS.sub("", written)
    without = _parsed(bare, names) if bare != written and not found.standard else found
    return without if without.standard else found


def folded(text: str) -> str:
    """Return a text without what cannot be seen and footnotes, with full-width letters as plain ones: no numbers."""
    return _FOOTNOTE.sub("", text.translate(_FOLDED).strip())


def _bracketed(text: str, names: Mapping[str, str]) -> Header:
    match = _HEADER.fullmatch(text)
    name, unit = (match.group(1), without_remark(_LABEL.sub("", match.group(2)))) if match else (text, "")
    standard = _standard(name, names)
    if not standard and (both := _in_both_languages(name, names)):
        return replace(both, text=name, unit=_one_unit(both, unit))
    unit = _without_other_name(standard, unit, names)
    return Header(name, standard, unit or (ending(standard, text) if standard in names.values() else ""))


def _in_both_languages(name: str, names: Mapping[str, str]) -> Header | None:
    """Return what a name means that says the same twice, ``地区 Region``; None for any other."""
    for cut in _SCRIPTS.finditer(name):
        parts = [_bare_part(part) for part in (name[: cut.start()], name[cut.end() :])]
        if sum(bool(_CHINESE.search(part)) for part in parts) != 1:
            continue
        first, second = (_known_part(part, names) for part in parts)
        if first.standard and first.standard == second.standard:
            return replace(first, unit=_one_unit(first, second.unit))
    return None


def _bare_part(text: str) -> str:
    """Return one half of a header without the brackets that hold it as a whole."""
    inner = text.strip().removeprefix("（").removeprefix("(").removesuffix("）").removesuffix(")")
    return inner if text.strip()[:1] in ("（", "(") and not re.search("[()（）]", inner) else text.strip()


def _known_part(text: str, names: Mapping[str, str]) -> Header:
    match = _HEADER.fullmatch(text)
    name, unit = (match.group(1), match.group(2).strip()) if match else (text, "")
    return Header(name, _standard(name, names), unit)


def _one_unit(header: Header, other: str) -> str:
    """Return the unit of a header that says it once, or twice alike; both where they differ, which fits no column."""
    if not (header.unit and other) or not disagree(header.standard, header.unit, other):
        return header.unit or other
    return f"{header.unit}、{other}"


def _without_other_name(standard: str, unit: str, names: Mapping[str, str]) -> str:
    """Return a unit without the column's name in another language beside it: 万吨 for ``CO2 emissions，万吨``."""
    if not standard or not unit or factor(standard, unit) is not None:
        return unit
    pieces = _LIST.split(unit)
    kept = [piece for piece in pieces if _standard(piece, names) != standard]
    return unit if len(kept) == len(pieces) else "、".join(kept)


def _standard(name: str, names: Mapping[str, str]) -> str:
    """Return the standard column that a name means, or ``""``."""
    usual = unicodedata.normalize("NFKC", name).lower()
    compact = "".join(usual.split()) if not usual.isascii() else " ".join(usual.replace("_", " ").split())
    return next((known for key in (name.lower(), compact) if (known := names.get(key) or BY_ALIAS.get(key, ""))), "")


def _unbracketed(text: str, names: Mapping[str, str]) -> Header | None:
    """Return a header whose unit stands behind a slash, comma, underscore or blank; None where none of that column."""
    for match in filter(None, (form.fullmatch(text) for form in (_UNBRACKETED, _WITH_PRICES, _SPACED))):
        standard, unit = _standard(match.group(1), names), match.group(2).strip()
        if standard and (factor(standard, unit) is not None or two_meanings(unit)):
            return Header(match.group(1), standard, unit)
    return None


def _dated(text: str, direct: Header, names: Mapping[str, str]) -> Header | None:
    """Return a header less its year, its period and the year of its prices; None where nothing known is left."""
    timeless = _timeless(text)
    year = _YEAR.search(timeless)
    when = int(year.group(1)) if year else None
    rest = _BEFORE_UNIT.sub("", _EMPTY.sub("", _AT_EDGE.sub("", _YEAR.sub(" ", timeless))).strip(_LOOSE))
    if when and (not rest or _UNIT_ALONE.fullmatch(rest)):
        return Header(direct.text, "", direct.unit if rest else "", when)
    if not rest or rest == text:
        return None
    inner = _bracketed(rest, names)
    found = inner if inner.standard else _unbracketed(rest, names)
    if found is None:
        return None
    said = text if PRICES.search(direct.unit) and not found.unit else direct.text  # GDP（现价）
    return replace(found, text=said, year=when)


def _timeless(text: str) -> str:
    """Return a header without its period and its prices, which are of no year of its own, and without remarks."""
    return PROVISIONAL.sub(" ", PRICES.sub(" ", _SINCE.sub("", _PERIOD.sub(" ", _SETTLED.sub("", text)))))


def period_of(text: str) -> tuple[int, int] | None:
    """Return the first and the last year of the period that a text names, 2015 and 2020 for 十三五, or None."""
    if plan := _PLAN.search(text):
        first = 2010 + 5 * "二三四五六".index(plan.group(1))
        return first, first + 5
    span = _SPAN.search(text)
    if span is None:
        return None
    first, last = sorted((int(span.group(1)), int(span.group(1)[: -len(span.group(2)) or None] + span.group(2))))
    return first, last


def is_of_period(text: str, base: int, end: int) -> bool | None:
    """Return whether the period, or else the year, that a header names is that of a plan; None where it names none."""
    if period := period_of(text):
        return period[1] == end and period[0] in (base, base + 1)
    if since := _SINCE.search(text):
        return int(since.group(1)) == base
    years = [int(year) for year in _YEAR.findall(text)]
    return end in years if years else None


def is_since(text: str) -> bool:
    """Return whether a header is of a fall since a year that it names: ``较2015年下降``."""
    return _SINCE.search(text) is not None


def years_of_title(text: str) -> list[int]:
    """Return the years that a title or a sheet's name says it is of: none of periods, prices, dates and sources."""
    return [] if is_source(text) else [int(year) for year in _OF_A_TITLE.findall(_timeless(text))]


def is_source(text: str) -> bool:
    """Return whether a text above or below a table says where it is from, or whose it is, and not of when."""
    return _NO_TITLE.search(text) is not None


def both_names(standard: str, names: Mapping[str, str] = MappingProxyType({})) -> Text:
    """Return a standard column by both of its names, for messages: 地区生产总值（gdp）; `names` as in a header."""
    own = [alias for alias, name in names.items() if name == standard and alias not in CHANGES]
    known = (*own, *(name for name in SPELLINGS.get(standard, ()) if names.get(name, standard) == standard))
    called = next(name for name in known if not name.isascii())
    return Text(f"{called}（{standard}）", f"{standard} ({called})")


def amount_named(text: str) -> str:
    """Return which amount a header names, one of `AMOUNTS`, ``""`` for any other header."""
    if parse_header(text).standard == "emissions":
        return "emissions"
    return next((name for name, names in NUMERATORS.items() if parse_header(text, names).standard == name), "")


def ready_to_paste(
    missing: Iterable[str], headers: Iterable[Header], holds: Callable[[str, str], bool] = lambda *_: True
) -> AsColumns:
    """Return the key `columns` of a scenario for missing columns, each with the header that is nearest to it.

    `holds`: whether the column of a header may be a standard one by what stands in it.
    """
    free = [header for header in headers if header.text and not header.standard]
    left, units = [header.text for header in free], {header.text: header.unit for header in free}
    meant = {}
    for standard in missing:
        near = (text for text in left if _may_mean(standard, text) and not _of_another(standard, units[text]))
        fitting = (text for text in near if holds(standard, text))
        guess = max(fitting, key=partial(_nearness, standard), default="")
        alike = standard == "growth" or _likeness(standard, guess) >= _ALIKE
        meant[standard] = guess if guess and alike else ""
        left = [text for text in left if text != meant[standard]]
    return as_columns(meant)


def _may_mean(standard: str, text: str) -> bool:
    """Return whether a header may be proposed: of no other column, of growth for growth alone, of a year for levels.

    No rate of a year, and none of energy, stands for that of carbon over the period.
    """
    if is_part_of_year(text) or (standard in (*AMOUNTS, "gdp", "growth") and amount_named(text) not in ("", standard)):
        return False
    level, growth = bool(inside(standard)), _GROWTH.search(text) is not None
    if level and _FOR_EACH.search(text):
        return False
    if standard in _RATES and (OF_ENERGY.search(text) or _OF_A_YEAR.search(text) or _is_rate(text)):
        return False
    if parse_header(text).standard not in ("", standard) or (is_dated(text) and not level):
        return False
    return growth and not _NO_GDP.search(text) if standard == "growth" else not (level and growth)


def _is_rate(text: str) -> bool:
    """Return whether a header is known as that of a rate: where it was not read as one it is of another quantity."""
    return any(parse_header(text, names).standard == "rate" for names in ({}, *OWN_RATES.values()))


def _of_another(standard: str, unit: str) -> bool:
    """Return whether a unit is known, and none of a column: ``吨/万元`` is of no rate."""
    return factor(standard, unit) is None and (
        "/" in unit or any(factor(known, unit) is not None for known in ("emissions", "gdp"))
    )


def is_dated(text: str) -> bool:
    """Return whether a header names a year, and no period."""
    return _YEAR.search(_timeless(text)) is not None


def with_year_apart(header: Header) -> Header:
    """Return a header that nobody knows less its year: 2014年烟煤, 烟煤（万吨，2014年）; any other as it is."""
    parts = [_timeless(part) for part in (header.text, header.unit)]
    years = [year for part in parts for year in _YEAR.findall(part)]
    text, unit = (_YEAR.sub(" ", part).strip(f"{_LOOSE};；") for part in parts)
    apart = len(years) == 1 and text and not header.standard and header.year is None
    return replace(header, text=text, unit=unit, year=int(years[0])) if apart else header


def is_time(text: str) -> bool:
    """Return whether a header is a year or a period and nothing else: ``十四五``, ``2021-2025年``."""
    return bool(text) and not _EMPTY.sub("", _YEAR.sub(" ", _timeless(text))).strip(_LOOSE)


def _likeness(standard: str, text: str) -> float:
    """Return how much a header is like a name of a standard column: 0 to 1."""
    plain = _YEAR.sub("", text).lower()
    names = [name for name in SPELLINGS.get(standard, ()) if name.isascii() == plain.isascii()]
    within = max((len(name) / len(plain) for name in names if len(name) > 1 and name in plain), default=0.0)
    alike = max((difflib.SequenceMatcher(None, name, plain).ratio() for name in names), default=0.0)
    return max(alike, min(0.99, 0.5 + within / 2) if within else 0.0)


def _nearness(standard: str, text: str) -> tuple[bool, float]:
    """Return what puts the headers in order that may be a column: those of another year last."""
    return not _SECOND.search(text), _likeness(standard, text)
