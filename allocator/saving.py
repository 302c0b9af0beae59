"""`check --save-as`: a scenario written as one workbook, or as YAML with its tables; the same scenario to the digit."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from os.path import relpath
from pathlib import Path
from typing import Any

from allocator.output.marked import write_new
from reports.saving.book import WORDS, Contents, scenario_workbook
from reports.saving.tables import Rows, csv_text, rows_of
from reports.saving.yaml_text import yaml_text
from scenarios.errors import InputError, Place
from scenarios.file.book.sheets import COUNTIES, DATA, TABLES, sheet_named, title_of
from scenarios.file.book.slots import NAME, settings_slots
from scenarios.file.book.tree import read_book
from scenarios.file.document import Document, parse_document, read_document, validate, with_overrides
from scenarios.load import Scenario
from scenarios.sources import BOOK_FILES, SCENARIO_FILE, find_scenario
from scenarios.tables.excel import COPY
from scenarios.tables.files import of_book, read_bytes
from scenarios.wording import Language

BOOK, TEXTS = ".xlsx", (".yaml", ".yml")
_LONGEST = 31  # characters of the name of a sheet
_NO_TITLE = re.compile(r"[\[\]:*?/\\']")


def save(source: str | Path, target: Path, language: Language, settings: Iterable[str] = ()) -> tuple[Path, ...]:
    """Write a scenario as ``target``: a workbook that holds its tables, or YAML with its tables beside it.

    Parameters
    ----------
    source
        A bundled case, a scenario file (YAML or workbook), or a folder.
    target
        A file that is not there yet, ``.xlsx``, ``.yaml`` or ``.yml``.
    language
        Of the sheets and of what is said on them.
    settings
        ``KEY=VALUE`` settings put over the scenario, which are saved with it.

    Returns
    -------
    tuple of Path
        The files that were written, the scenario first. Tables that no sheet and no CSV can hold as they are, such as
        workbooks with several sheets, are copied beside it; so are the scenarios of `track.beside`, with their tables.

    Raises
    ------
    InputError
        No such scenario, keys that are wrong; a file that is there already, or is called otherwise; a table
        that would take the place of one of a scenario beside.
    """
    if target.suffix.lower() not in (BOOK, *TEXTS):
        raise InputError.of("save_ending", Place(file=str(target)))
    path = find_scenario(source)
    document = with_overrides(read_document(path)[0], settings)
    validate(document)
    document, others = _with_companions_called(_with_above_from(document, path.parent, target.parent), target)
    to_book = target.suffix.lower() == BOOK
    names = dict.fromkeys(name for _, name in _tables(document.values))
    held = _held(path.parent, document)
    if to_book:
        called = _titles(document.values, held, language)
        main = _book(document, called, held, language, target)
        beside: dict[Path, bytes] = {}
    else:
        called = {name: _file_name(name) if "#" in name else name for name in held}
        main = _yaml(document, called)
        beside = {target.parent / called[name]: csv_text(rows).encode() for name, rows in held.items() if "#" in name}
    kept = {of_book(path.parent / name)[0] for name in names if not to_book or name not in held}
    kept -= {of_book(path.parent / name)[0] for name in held if "#" in name} - {
        of_book(path.parent / name)[0] for name in names if name not in held
    }
    copies = {target.parent / one.name: one for one in kept if one.is_file()}
    beside |= {new: read_bytes(old) for new, old in copies.items() if new.resolve() != old.resolve()}
    if target in beside:
        raise InputError.of("errors_taken", Place(file=str(target)))
    return _write(target, _together({target: main, **beside}, _of_companions(path.parent, others, target.parent)))


def _companions(document: Document) -> dict[str, dict[str, str]]:
    """Return the scenarios that stand beside one, by quantity, as `track.beside` says them; see `Companion`."""
    track = document.values.get("track")
    named = (track.get("beside") if isinstance(track, dict) else None) or {}
    return {quantity: one if isinstance(one, dict) else {"scenario": one} for quantity, one in named.items()}


def _with_above_from(document: Document, folder: Path, to: Path) -> Document:
    """Return a scenario whose target, if it was handed down, is found from another folder."""
    said = document.values.get("target")
    if not isinstance(said, dict):
        return document
    found = Path(relpath(folder.resolve() / said["in"], to.resolve())).as_posix()
    return replace(document, values={**document.values, "target": {**said, "in": found}})


def _with_companions_called(document: Document, target: Path) -> tuple[Document, dict[str, str]]:
    """Return a scenario, and what those beside it are called where it goes: none as the new file.

    Nor as what else a folder is opened by, where the new file is called so.
    """
    own = (SCENARIO_FILE, *BOOK_FILES.values())
    taken = own if target.name in own else (target.name,)
    found = _companions(document)
    names = {one["scenario"]: one["scenario"] for one in found.values()}
    for name in (name for name in names if name in taken):
        numbered = (f"{Path(name).stem}-{count}{Path(name).suffix}" for count in range(2, len(names) + 3))
        names[name] = next(one for one in numbered if one not in (*names, *names.values()))
    if all(name == new for name, new in names.items()):
        return document, names
    beside = {quantity: one | {"scenario": names[one["scenario"]]} for quantity, one in found.items()}
    return replace(document, values={**document.values, "track": document.values["track"] | {"beside": beside}}), names


def _of_companions(folder: Path, called: Mapping[str, str], to: Path) -> dict[Path, bytes]:
    """Return the scenarios that stand beside one, with all files that they name, as they go to another folder.

    `called`: their names, and those there. Those that are not there are left out: a tracking says so.
    Raises InputError: one that cannot be read.
    """
    scenarios = {folder / name: to / new for name, new in called.items() if (folder / name).is_file()}
    tables = (of_book(folder / name)[0] for one in scenarios for _, name in _tables(read_document(one)[0].values))
    moved = {old: to / old.name for old in tables if old.is_file()} | scenarios
    return {new: read_bytes(old) for old, new in moved.items() if old.parent.resolve() != to.resolve()}


def _together(contents: Mapping[Path, bytes], more: Mapping[Path, bytes]) -> dict[Path, bytes]:
    """Return files with those of scenarios beside, which must not have the name of another one among them."""
    for path in sorted(contents.keys() & more.keys()):
        if contents[path] != more[path]:
            raise InputError.of("save_beside", Place(file=str(path)), found=path.name)
    return {**contents, **more}


def new_book(values: dict[str, Any], held: Mapping[str, Rows], language: Language, target: Path) -> bytes:
    """Return a scenario as a workbook, read back and compared.

    `values`: the scenario, plain values; `held`: the tables that it names and that go to sheets, by these names; the
    others stay files. `target`: what the workbook will be called.
    Raises InputError: keys that are wrong.
    """
    document = Document(target.name, values, {})
    validate(document)
    return _book(document, _titles(values, held, language), held, language, target)


def _write(target: Path, contents: Mapping[Path, bytes]) -> tuple[Path, ...]:
    """Write files, none of which may be there with something else in it; the target must not be there at all."""
    new = {path: content for path, content in contents.items() if not _is_there(path, content, path == target)}
    for path, content in new.items():
        write_new(path, content)
    return tuple(new)


def _is_there(path: Path, content: bytes, alone: bool) -> bool:
    """Return whether a file holds this already; one that holds something else is refused, or anything, if `alone`."""
    if not path.exists() and not path.is_symlink():
        return False
    if path.is_file() and not alone and path.read_bytes() == content:
        return True
    raise InputError.of("errors_taken", Place(file=str(path)))


def _held(folder: Path, document: Document) -> dict[str, Rows]:
    """Return the tables that a sheet can hold as they are; one of which sheets are named is none."""
    names = dict.fromkeys(name for _, name in _tables(document.values))
    if document.values.get("sheet"):
        names.pop(str(document.values.get("regions")), None)
    return {name: rows for name in names if (rows := rows_of(folder / name)) is not None}


def _tables(values: Mapping[str, Any]) -> Iterator[tuple[tuple[str, ...], str]]:
    """Yield the tables that a scenario names, each with its keys; scenarios beside it are none."""
    for slot in settings_slots():
        if slot.kind == "table" and slot.path[-1] != "scenario":
            for path, value in _found(values, slot.path):
                if isinstance(value, str) and value not in slot.choices:
                    yield path, value


def _found(node: Any, path: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], Any]]:  # noqa: ANN401
    """Yield what stands under keys, `NAME` for every key, with the keys that are there."""
    if not path:
        yield (), node
    elif isinstance(node, dict):
        for key in node if path[0] == NAME else [path[0]] if path[0] in node else []:
            yield from (((key, *below), value) for below, value in _found(node[key], path[1:]))


def _titles(
    values: Mapping[str, Any], held: Mapping[str, Rows], language: Language, copy: bool = False
) -> dict[str, str]:
    """Return which sheet each table goes to: data, the tables of rates that have one, others by their own name."""
    own = {values.get("regions"): DATA}
    if isinstance(below := values.get("below"), dict) and below.get("regions"):
        own.setdefault(below["regions"], COUNTIES)
    tables = values.get("tables") if isinstance(values.get("tables"), dict) else {}
    last = values.get("last_period")
    for name, file in (tables or {}).items():
        kind = TABLES["last-period"] if name == last else TABLES.get(name)
        if kind and kind not in own.values():
            own.setdefault(file, kind)
    titles: dict[str, str] = {}
    for name in held:
        free = f"{COPY[language] if copy else ''}{_free(name, titles.values())}"[:_LONGEST]
        titles[name] = title_of(own[name], language, copy) if name in own else free
    return titles


def _free(name: str, taken: Iterable[str]) -> str:
    """Return the title of the sheet of a table, none that another one has."""
    bare = name.rpartition("#")[2] if "#" in name else Path(name).stem
    bare = bare.removeprefix(COPY["zh"]).removeprefix(COPY["en"])
    title = _NO_TITLE.sub("-", bare).strip()[:_LONGEST] or "table"
    used = {one.lower() for one in taken}
    tried, count = title, 1
    while tried.lower() in used or sheet_named(tried):
        count += 1
        tried = f"{title[: _LONGEST - 4]}-{count}"
    return tried


def _file_name(name: str) -> str:
    """Return the file of a table that stands on a sheet: that of the regions is called regions.csv."""
    title = name.rpartition("#")[2]
    kind = sheet_named(title)
    known = {DATA: "regions", COUNTIES: "counties", **{kind: short for short, kind in TABLES.items()}}
    return f"{known.get(kind, title.removeprefix(COPY['zh']).removeprefix(COPY['en']))}.csv"


def _answered(values: dict[str, Any], called: Mapping[str, str], file: str = "") -> dict[str, Any]:
    """Return plain values with tables called otherwise in the ids of answers.

    `file`: the workbook that the new names are sheets of, ``""`` for files.
    """
    answers = values.get("accept")
    for answer in answers if isinstance(answers, list) else ():
        for name, new in called.items():
            now, to = re.escape(name.replace("#", ":")), f":{file}:{new}" if file else f":{new}"
            answer["id"] = re.sub(rf":{now}(?=:|$)", to.replace("\\", "\\\\"), answer["id"])
    return values


def _renamed(values: Mapping[str, Any], called: Mapping[str, str]) -> dict[str, Any]:
    """Return plain values with tables called otherwise."""
    copy: dict[str, Any] = _copy(values)
    for path, name in [*_tables(values)]:
        node = copy
        for key in path[:-1]:
            node = node[key]
        node[path[-1]] = called.get(name, name)
    return copy


def _copy(node: Any) -> Any:  # noqa: ANN401
    if isinstance(node, dict):
        return {key: _copy(value) for key, value in node.items()}
    return [_copy(value) for value in node] if isinstance(node, list) else node


def _book(
    document: Document, called: Mapping[str, str], held: Mapping[str, Rows], language: Language, target: Path
) -> bytes:
    """Return a scenario as a workbook, which is read back and must say the same."""
    values = _answered(_renamed(document.values, called), called, target.name)
    content = scenario_workbook(_contents(values, called, held, title_of(DATA, language)), language)
    found = read_book(content, target.name)
    assert found is not None
    inside = {title: f"{target.name}#{title}" for title in called.values()}
    meant = _renamed({"regions": title_of(DATA, language), **values}, inside)
    _hold(Document(target.name, found[0], {}), replace(document, values=meant))
    return content


def _contents(
    values: dict[str, Any], called: Mapping[str, str], held: Mapping[str, Rows], data: str, copy: bool = False
) -> Contents:
    """Return what is put into a workbook; the regions are on the sheet of data unless something else is said."""
    said = {key: value for key, value in values.items() if key != "regions" or value != data}
    return Contents(said, {called[name]: rows for name, rows in held.items()}, copy)


def scenario_copy(scenario: Scenario, language: Language) -> Contents | None:
    """Return the sheets by which a workbook of results is a scenario itself.

    None where they would not say the same: tables that no sheet can hold, rates that were given afterwards. A file of
    shapes, which moves no figure, stays behind.
    """
    document = scenario.document
    if document is None or scenario.above is not None or not _says_all(document, scenario):
        return None
    own = validate(document)
    if scenario.measured.stands_alone:  # what its cap or its share asks was put in place of a target
        own = own.model_copy(update={"target": scenario.file.target})
    if own != scenario.file:
        return None
    document = replace(document, values={key: value for key, value in document.values.items() if key != "shapes"})
    names = dict.fromkeys(name for _, name in _tables(document.values))
    held = _held(scenario.folder, document)
    if len(held) < len(names):
        return None
    called = _titles(document.values, held, language, copy=True)
    values = _answered(_renamed(document.values, called), called, f"{scenario.file.name}.xlsx")
    return _contents(values, called, held, title_of(DATA, language, copy=True), copy=True)


def _says_all(document: Document, scenario: Scenario) -> bool:
    """Return whether whatever was put over a scenario stands in its document; what is negotiated does not."""
    put = {setting.partition("=")[0].strip() for setting in document.settings.values()}
    return all(override.partition("=")[0].strip() in put for override in scenario.overrides)


def _yaml(document: Document, called: Mapping[str, str]) -> bytes:
    """Return a scenario as YAML, which is read back and must say the same."""
    values = _answered(_renamed(document.values, called), called)
    text = yaml_text(values)
    _hold(parse_document(text, document.name), replace(document, values=values))
    return text.encode()


def _hold(found: Document, meant: Document) -> None:
    """Hold a scenario that was read back against the one that was written."""
    if validate(found) != validate(meant):
        raise AssertionError("what was written does not say what was read")


def saved(files: Iterable[Path], language: Language) -> str:
    """Return what is said of files that were written."""
    return WORDS.say("saved", language, files="、".join(map(str, files)))
