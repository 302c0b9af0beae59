"""What the sheets of a scenario workbook and their columns are called, and where on a sheet its rows begin."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from scenarios.errors import Place
from scenarios.file.book.slots import NAME, Slot, answer_slots, indicator_slots, judgement_slots, rule_columns
from scenarios.findings.keys import keys_called
from scenarios.judging.ahp import MOST
from scenarios.tables.excel import COPY
from scenarios.tables.grid import Cell, Grid
from scenarios.wording import LANGUAGES, Language, Text

SETTINGS, INDICATORS, DATA, RULES = "settings", "indicators", "data", "rules"
JUDGEMENTS = "judgements"
LAST, PUBLISHED, ANSWERS, GUIDE, COUNTIES = "last", "published", "answers", "guide", "counties"
SHEETS: Mapping[str, Text] = MappingProxyType(
    {
        SETTINGS: Text("设置", "settings"),
        INDICATORS: Text("指标", "indicators"),
        JUDGEMENTS: Text("判断", "judgements"),
        DATA: Text("数据", "data"),
        RULES: Text("规则", "rules"),
        COUNTIES: Text("区县", "counties"),
        LAST: Text("上期目标", "last targets"),
        PUBLISHED: Text("已公布目标", "published targets"),
        ANSWERS: Text("已核实", "answers"),
        GUIDE: Text("说明", "guide"),
    }
)
"""The sheets of a scenario workbook."""
TABLES = {"last-period": LAST, "published": PUBLISHED}
"""Short names of tables of rates that have a sheet of their own -> the sheet."""

HEADS: Mapping[str, Text] = MappingProxyType(
    {
        "item": Text("项目", "item"),
        "name": Text("名称", "name"),
        "value": Text("值", "value"),
        "unit": Text("单位", "unit"),
        "choices": Text("可选值", "allowed values"),
        "default": Text("默认", "default"),
        "help": Text("说明", "help"),
        "key": Text("键", "key"),
    }
)
"""The columns of the settings."""
CRITERION, INDICATOR = "criterion", "indicator"
LEVEL, WHO, PART, ITEM, WEIGHT = "level", "who", "part", "item", "weight"
OVER = tuple(f"over {n}" for n in range(1, MOST + 1))
"""The columns of a matrix of judgements: the row's item over the first, the second …"""
_OWN = {CRITERION: Text("准则代号", "criterion"), INDICATOR: Text("指标代号", "indicator")}
_JUDGED = {
    LEVEL: Text("层（准则，或准则代号）", "level (criteria, or a criterion)"),
    WHO: Text("判断人或来源", "who, or origin"),
    PART: Text("其份额", "own share"),
    ITEM: Text("比较的项", "item"),
    **{key: Text(f"比第 {n} 项", key) for n, key in enumerate(OVER, 1)},
    WEIGHT: Text("现成权重", "weight given"),
}
"""The columns of the sheet of judgements besides those of a level."""


def label_of(path: Iterable[str], language: Language) -> str:
    """Return what keys one below the other are called."""
    keys = [key for key in path if key != NAME]
    return keys_called(keys, language) if language == "zh" else ".".join(keys)


def indicator_columns() -> dict[str, Slot | None]:
    """Return the columns of the sheet of indicators by key: those of a criterion, then those of an indicator."""
    of_criteria = {slot.key: slot for slot in indicator_slots() if len(slot.path) < 4}
    of_criteria = {key: slot for key, slot in of_criteria.items() if "indicators" not in slot.path}
    below = {slot.key: slot for slot in indicator_slots() if "indicators" in slot.path}
    return {CRITERION: None, **of_criteria, INDICATOR: None, **below}


def columns_of(sheet: str) -> dict[str, Slot | None]:
    """Return the columns of a sheet by key, in their order."""
    if sheet == INDICATORS:
        return indicator_columns()
    if sheet == RULES:
        first = ("enabled", "id", "type", "where.regions", "where.group", "where.condition")
        columns = rule_columns()
        said = [key for key in columns if key not in first and not key.startswith("reason")]
        return {key: columns[key] for key in (*first, *said, "reason.zh", "reason.en") if key in columns}
    if sheet == JUDGEMENTS:
        return {**dict.fromkeys(_JUDGED), **{slot.key: slot for slot in judgement_slots()}}
    if sheet == ANSWERS:
        return {slot.key: slot for slot in answer_slots()}
    return dict.fromkeys(HEADS)


def heading(sheet: str, key: str, language: Language) -> str:
    """Return what a column is called."""
    if sheet == SETTINGS:
        return HEADS[key].say(language)
    if sheet == JUDGEMENTS and key in _JUDGED:
        return _JUDGED[key].say(language)
    if key in _OWN:
        return _OWN[key].say(language)
    path = key.split(".")
    if sheet != INDICATORS:
        return label_of(path, language)
    whose = INDICATOR if "indicators" in path else CRITERION
    of = {"criterion": Text("准则", "criterion"), "indicator": Text("指标", "indicator")}[whose]
    own = label_of([part for part in path if part != "indicators"], language)
    return f"{of.zh}{own.removeprefix(of.zh)}" if language == "zh" else f"{of.en}.{own}"


@dataclass(frozen=True)
class Part:
    """The rows of one sheet below its header."""

    place: Place  # The sheet
    columns: Mapping[str, int]  # Key of a column -> position
    head: tuple[Cell, ...]
    rows: tuple[tuple[Cell, ...], ...]

    def cell(self, row: Sequence[Cell], key: str) -> Cell | None:
        """Return the cell of a row in a column; None where the sheet has no such column."""
        at = self.columns.get(key)
        return row[at] if at is not None and at < len(row) else None

    def text(self, row: Sequence[Cell], key: str) -> str:
        """Return what stands there, nothing where there is no such column."""
        found = self.cell(row, key)
        return found.text if found is not None else ""


def title_of(kind: str, language: Language, copy: bool = False) -> str:
    """Return the title of a sheet; as a `copy` it stands beside results."""
    return f"{COPY[language] if copy else ''}{SHEETS[kind].say(language)}"


def sheet_named(title: str) -> str:
    """Return which sheet of a scenario workbook a title is, ``""`` for any other."""
    plain = title.strip().lower()
    for prefix in COPY.values():
        plain = plain.removeprefix(prefix)
    return next((key for key, text in SHEETS.items() if plain in (text.zh, text.en)), "")


def part_of(sheet: str, place: Place, grid: Grid) -> Part | None:
    """Return the rows of a sheet below its header, which is the row that names most columns; None without one."""
    known = {name.lower(): key for key in columns_of(sheet) for name in (key, *_called(sheet, key))}
    found = [[known.get(cell.text.strip().lower()) for cell in row] for row in grid]
    counts = [len({key for key in keys if key}) for keys in found]
    best = max(counts, default=0)
    if best < 2:
        return None
    top = counts.index(best)
    columns = {key: n for n, key in reversed([*enumerate(found[top])]) if key}
    return Part(place, columns, tuple(grid[top]), tuple(map(tuple, grid[top + 1 :])))


def _called(sheet: str, key: str) -> list[str]:
    """Return what a column is called in every language."""
    return [heading(sheet, key, language) for language in LANGUAGES]
