"""A table of cities that lacks its scenario: what is missing is asked from the schema, and the workbook is written."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field

from allocator.app.own.incoming import TABLES
from allocator.output.marked import write_new
from allocator.saving import new_book
from reports.saving.tables import Rows, rows_of
from reports.words.pages.own_files import WORDS
from reports.words.settings import HELP
from scenarios.errors import Collector, InputError, Place
from scenarios.file.book.cells import value_of
from scenarios.file.book.slots import Slot, settings_slots
from scenarios.findings.keys import keys_called
from scenarios.findings.setting_units import UNITS
from scenarios.regions.table import DERIVED
from scenarios.sources import BOOK_FILES
from scenarios.tables.cells import CellError, in_all_digits, parse_number, refuse_bare_fraction
from scenarios.tables.columns import Header
from scenarios.tables.excel import read_workbook
from scenarios.tables.files import read_bytes
from scenarios.tables.grid import Cell
from scenarios.tables.headers.names import PANEL
from scenarios.tables.sheets import read_sheet
from scenarios.wording import Language, Text, listed

KEYS = ("title.zh", "period.base", "period.end", "target", "bounds.lower", "bounds.upper", "reference.spread")
"""Settings that are asked."""
QUANTITIES = ("emissions", "gdp", "growth")
"""Columns that a table needs, as far as they cannot be made from others."""
_NEEDED = ("title.zh", "period.base", "period.end", "target", "reference.spread")
_SOUGHT = (("name", *QUANTITIES), ("name", "emissions", "gdp"), ("name", "emissions"), ("name",))
_NO_INDICATORS = ("id", "name", "name_en", "lower", "upper", "group", "growth_margin", "rate", "incentive_rate")
_BOOKS = (".xlsx", ".xlsm")

_Short = Annotated[str, Field(max_length=400)]


class Picked(BaseModel):
    """An indicator that was chosen: its column, direction (``""`` where none was chosen) and weight."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    column: _Short
    direction: _Short
    weight: _Short


class Filled(BaseModel):
    """A form as it was filled in: settings by key, the headers of quantities, the indicators that were chosen."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    settings: dict[_Short, _Short]
    columns: dict[_Short, _Short] = {}
    indicators: Annotated[tuple[Picked, ...], Field(max_length=100)] = ()


@dataclass(frozen=True)
class Asked:
    """One setting as the form asks for it."""

    key: str
    label: str
    help: str
    unit: str
    default: str
    needed: bool
    value: str = ""


@dataclass(frozen=True)
class Form:
    """What is asked about a table."""

    table: Path
    settings: tuple[Asked, ...]
    headers: tuple[str, ...]  # All columns of the table, as they are written
    missing: tuple[str, ...]  # Those of `QUANTITIES` that it does not name
    free: tuple[str, ...]  # Headers that may be one of these
    indicators: tuple[tuple[str, str], ...]  # Column and what it is called


def table_in(home: Path) -> Path | None:
    """Return the table of a folder that has no scenario yet."""
    with suppress(OSError):
        found = [path for path in sorted(home.iterdir()) if path.suffix.lower() in TABLES and path.is_file()]
        return next((path for path in found if path.name not in BOOK_FILES.values()), None)
    return None


def form_of(table: Path, language: Language) -> Form:
    """Return what is asked about a table. Raises InputError: no table of regions can be found in it."""
    headers = _headers(table)
    known = {header.standard for header in headers}
    free = tuple(header.written for header in headers if header.written and not header.standard)
    columns = [(header.standard or header.text, header.written) for header in headers if _may_be_indicator(header)]
    derived = (DERIVED, WORDS.say("form_intensity", language))
    return Form(
        table=table,
        settings=tuple(_asked(slot, table, language) for slot in _slots()),
        headers=tuple(header.written for header in headers if header.written),
        missing=tuple(name for name in QUANTITIES if name not in known) if free else (),
        free=free,
        indicators=tuple(dict([derived, *columns]).items()),
    )


def make(form: Form, filled: Filled, language: Language) -> Path:
    """Write the workbook of a filled form beside its table and return it.

    Raises InputError: what is wrong, each with the key that it is about; a workbook is there already.
    """
    values = _values(form, filled)
    target = form.table.with_name(BOOK_FILES[language])
    rows = _rows(form.table)
    held = {} if rows is None else {form.table.name: rows}
    write_new(target, new_book(values, held, language, target))
    return target


def _slots() -> list[Slot]:
    known = {slot.key: slot for slot in settings_slots()}
    return [known[key] for key in KEYS]


def _asked(slot: Slot, table: Path, language: Language) -> Asked:
    unit = "%" if slot.kind == "rate" else UNITS[slot.key].say(language) if slot.key in UNITS else ""
    default = "" if slot.default is None or slot.key in _NEEDED else str(slot.default)
    if slot.kind == "rate" and default:
        default = f"{(Decimal(default) * 100).normalize():f}%"
    label = _label(slot).say(language)
    value = table.stem if slot.key == "title.zh" else ""
    return Asked(slot.key, label, HELP[slot.key].say(language), unit, default, slot.key in _NEEDED, value)


def _label(slot: Slot) -> Text:
    """Return what the form calls a setting."""
    keys = [part for part in slot.path if part != "zh"]
    return Text(keys_called(keys, "zh"), keys_called(keys, "en"))


def _place(slot: Slot) -> Place:
    return Place(key=slot.key, called=_label(slot))


def _headers(table: Path) -> tuple[Header, ...]:
    """Return the columns of a table, found by as many of the needed ones as it names."""
    for n, sought in enumerate(_SOUGHT):
        try:
            return read_sheet(table, sought, PANEL)[0].headers
        except InputError:
            if n == len(_SOUGHT) - 1:
                raise
    return ()


def _may_be_indicator(header: Header) -> bool:
    return bool(header.text) and header.standard not in _NO_INDICATORS and not header.year


def _rows(table: Path) -> Rows | None:
    """Return a table as a sheet of the workbook can hold it; None where it stays a file."""
    if table.suffix.lower() not in _BOOKS:
        return rows_of(table)
    sheets = [place.sheet for place, grid in read_workbook(read_bytes(table), table.name) if grid]
    return rows_of(table.with_name(f"{table.name}#{sheets[0]}")) if len(sheets) == 1 else None


def _values(form: Form, filled: Filled) -> dict[str, Any]:
    """Return the scenario as plain values. Raises InputError: what is not filled in, or wrong."""
    collector = Collector()
    values: dict[str, Any] = {"schema_version": 1, "name": _name(form.table), "normalize": True}
    for slot in _slots():
        if (value := _value(slot, filled.settings.get(slot.key, ""), collector)) is not None:
            _put(values, slot.path, value)
    values["title"] = dict.fromkeys(("zh", "en"), values.get("title", {}).get("zh"))
    values["regions"] = form.table.name
    columns = {name: header for name, header in filled.columns.items() if header}
    for name, header in columns.items():
        if name not in form.missing or header not in form.free:
            collector.error("form_choice", Place(key=f"columns.{name}"))
    if columns:
        values["columns"] = columns
    values["criteria"] = dict(_criteria(form, filled, collector))
    if not values["criteria"]:
        collector.error("form_indicators", Place(key="criteria"))
    collector.raise_errors()
    return values


def _value(slot: Slot, text: str, collector: Collector) -> Any:  # noqa: ANN401  (whatever a scenario can say)
    """Return what was typed for a setting; None where nothing was; a bare number of one or more is one of per cent."""
    text = text.strip()
    if not text:
        if slot.key in _NEEDED:
            collector.error("no_value", _place(slot))
        return None
    try:
        if slot.kind == "rate":
            refuse_bare_fraction(text)
        return value_of(Cell(_with_sign(text) if slot.kind == "rate" else text, _place(slot)), slot)
    except CellError as error:
        collector.error(error.code, _place(slot), **error.values)
        return None


@in_all_digits
def _with_sign(text: str) -> str:
    try:
        number, percent = parse_number(text)
    except CellError:
        return text
    return text if percent else f"{number:f}%"


def _put(values: dict[str, Any], path: tuple[str, ...], value: object) -> None:
    node = values
    for key in path[:-1]:
        node = node.setdefault(key, {})
    node[path[-1]] = value


def _criteria(form: Form, filled: Filled, collector: Collector) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield a criterion for each indicator that was chosen."""
    named: Mapping[str, str] = dict(form.indicators)
    for n, picked in enumerate(filled.indicators, 1):
        label = named.get(picked.column, picked.column)
        place = Place(key=f"criteria.{picked.column}", called=Text(label, label))
        if picked.column not in named:
            collector.error("form_choice", place)
            continue
        if picked.direction not in ("+", "-"):
            collector.error("form_direction", place)
        words = dict.fromkeys(("zh", "en"), label)
        indicator = {"column": picked.column, "direction": picked.direction, "label": words}
        weight = _weight(picked.weight, place, collector)
        yield f"c{n}", {"weight": weight, "label": words, "indicators": {f"i{n}": indicator}}


def _weight(text: str, place: Place, collector: Collector) -> Decimal | int:
    """Return a weight, 1 where none was typed; what is none is noted."""
    if not text.strip():
        return 1
    with suppress(CellError):
        number, percent = parse_number(text)
        if number > 0:
            weight = number / 100 if percent else number
            return int(weight) if weight == weight.to_integral_value() else weight
    collector.error("form_weight", place, found=text)
    return 1


def _name(table: Path) -> str:
    """Return a scenario's short name: of the table's as far as it can be one."""
    return re.sub("[^a-z0-9]+", "-", table.stem.lower()).strip("-")[:64].strip("-") or "my-province"


def read_as(form: Form, language: Language) -> str:
    """Return which columns were found in a table."""
    return WORDS.say("form_read", language, columns=listed(form.headers, language))
