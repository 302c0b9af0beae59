"""Puts the page of a scenario's data on the server: of those that the start page offers, or of the one that is open."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from importlib.resources import files
from pathlib import Path
from typing import Any, Protocol

from flask import Flask, Response, abort, jsonify, request

from allocator.app.guard import GONE
from allocator.app.own.asked import Confirmed, Copying, Mended, read_address
from allocator.app.own.books import answer_cells, books, judged, kept_name, mend, opened, shown
from allocator.app.own.folder import memory, remembered
from allocator.app.own.incoming import file_name, free_folder
from allocator.app.own.maps import ENDINGS, take_map
from allocator.app.own.shared import Pages, Shell, book_file, sent
from allocator.app.own.sheets import page_of
from allocator.app.shelf import OWN, Shelf
from allocator.app.uploads import admit, limits
from allocator.saving import save
from scenarios.errors import InputError, Place, open_questions
from scenarios.load import find_scenario
from scenarios.sources import BOOK_FILES, SCENARIO_FILE
from scenarios.wording import Language


class Whose(Protocol):
    """The scenarios whose data a page shows, by their names in its path; ``""`` where there is one alone."""

    @property
    def path(self) -> str:
        """Path of a scenario below that of the language."""

    @property
    def mendable(self) -> bool:
        """Whether their files may be written."""

    @property
    def starts(self) -> bool:
        """Whether there is a start page, by which a copy can be opened."""

    @property
    def folder(self) -> Path:
        """Where copies go."""

    def source(self, name: str, /) -> str:
        """Return where a scenario is; what is none is no page."""

    def called(self, name: str, /) -> str:
        """Return what a scenario is called."""

    def changed(self, name: str, /) -> None:
        """Hear that the files of a scenario were written."""


class OnShelf:
    """Those of a kind that the start page offers."""

    starts = True

    def __init__(self, shelf: Shelf, kind: str) -> None:
        self._shelf, self._kind = shelf, kind
        self.path, self.mendable = f"{kind}/<name>/", kind == OWN

    @property
    def folder(self) -> Path:
        """The user's."""
        return self._shelf.folder

    def source(self, name: str) -> str:
        """Return its folder."""
        if not self._shelf.offers(self._kind, name):
            abort(404, GONE)
        return str(self._shelf.place(self._kind, name))

    def called(self, name: str) -> str:
        """Return the name of its folder."""
        return name

    def changed(self, name: str) -> None:
        """Have it opened anew."""
        self._shelf.forget(self._kind, name)


class Alone:
    """The one that the program was started with."""

    path, starts = "", False

    def __init__(self, source: str) -> None:
        self._source = source
        self._file = find_scenario(source).resolve()
        self.mendable = not self._file.is_relative_to(Path(str(files("scenarios"))).resolve())

    @property
    def folder(self) -> Path:
        """The user's, as it is remembered."""
        return remembered(memory())

    def source(self, _name: str) -> str:
        """Return where it is."""
        return self._source

    def called(self, _name: str) -> str:
        """Return the name of its file, or of the folder where the file is called as all are."""
        usual = self._file.name in (SCENARIO_FILE, *BOOK_FILES.values())
        return self._file.parent.name if usual else self._file.stem

    def changed(self, _name: str) -> None:
        """Do nothing: a page that is loaded looks whether its files have changed."""


def put_alone(server: Flask, source: str, language: Language, shell: Shell) -> None:
    """Put the page of the data of one scenario on a server, in one language."""
    put_data(server, Pages(language, shell), Alone(source))


def put_data(server: Flask, pages: Pages, whose: Whose) -> None:
    """Put the page of the data of scenarios on a server."""
    data = _Data(pages, whose)
    pages.put(server, f"{whose.path}data/", data.page)
    pages.put(server, f"{whose.path}data/sheets", data.sheets)
    pages.put(server, f"{whose.path}data/copy", data.copy, "POST")
    pages.put(server, f"{whose.path}data/cells", data.cells, "POST")
    pages.put(server, f"{whose.path}data/accept", data.accept, "POST")
    pages.put(server, f"{whose.path}data/map", data.map, "POST")
    pages.put(server, f"{whose.path}data/book", data.book)


class _Data:
    """The page of the data of scenarios."""

    def __init__(self, pages: Pages, whose: Whose) -> None:
        self.pages, self.whose, self.language = pages, whose, pages.language

    def _books(self, source: str) -> list[Path]:
        return books(source) if self.whose.mendable else []

    def page(self, name: str = "") -> Any:  # noqa: ANN401
        """Return the page; its sheets are asked for by itself."""
        can = bool(self._books(self.whose.source(name)))
        title = self.pages.say("data_of", name=self.whose.called(name))
        more = {"endings": ",".join(ENDINGS), **limits(self.language)}
        return self.pages.rendered("data.html", title=title, editable=can, start=self.whose.starts, **more)

    def sheets(self, name: str = "") -> Response:
        """Return the sheets as they are now, with what check says."""
        source = self.whose.source(name)
        return jsonify(ok=True, said=[], page=page_of(source, shown(source), self.language))

    def copy(self, name: str = "") -> Response:
        """Copy a scenario as a workbook into the user's folder."""
        sent(Copying)
        source = self.whose.source(name)
        home = free_folder(self.whose.folder, file_name(self.whose.called(name)))
        copy = home / BOOK_FILES[self.language]
        try:
            save(source, copy, self.language)
        finally:
            with suppress(OSError):
                home.rmdir()  # unless something was written
        if self.whose.starts:
            return jsonify(ok=True, said=[], to=[OWN, home.name, "data"])
        return jsonify(ok=True, said=[self.pages.say("copied", file=copy)], to=[])

    def cells(self, name: str = "") -> Response:
        """Write cells, and return the page as it is then."""
        asked, source = sent(Mended), self.whose.source(name)
        path = self._book(source, asked.file)
        typed = {(each.sheet, each.cell): each.text for each in asked.cells}
        return self._mended(name, path, asked, typed)

    def accept(self, name: str = "") -> Response:
        """Write the reason why a figure is right, and return the page as it is then."""
        asked, source = sent(Confirmed), self.whose.source(name)
        path = self._book(source)
        book = opened(path)
        if asked.asked not in open_questions(judged(source)):
            raise InputError.of("question_gone", Place(file=path.name))
        typed = answer_cells(book, asked.asked, asked.reason)
        return self._mended(name, path, asked, typed)

    def map(self, name: str = "") -> Response:
        """Take in a map that was dropped, and return the page as it is then."""
        about, source = read_address(request.args.to_dict()), self.whose.source(name)
        called = file_name(about.name)
        admit(called)
        path = self._book(source)
        kept = kept_name(path, self.language) if about.first == "true" else ""
        found = take_map(source, path, about.digest, request.get_data(), called, kept, self.language)
        self.whose.changed(name)
        said = [self.pages.say("map_taken", file=called), *(one.message(self.language) for one in found)]
        return jsonify(ok=True, said=said, page=page_of(source, shown(source), self.language))

    def book(self, name: str = "") -> Response:
        """Return the workbook as it is now."""
        path = self._book(self.whose.source(name))
        return book_file(opened(path).raw, BOOK_FILES[self.language])

    def _mended(
        self, name: str, path: Path, asked: Mended | Confirmed, typed: Mapping[tuple[str, str], str]
    ) -> Response:
        kept, source = kept_name(path, self.language), self.whose.source(name)
        mend(path, asked.digest, typed, kept if asked.first else "")
        self.whose.changed(name)
        said = self.pages.say("saved_first" if asked.first else "saved", file=path.name, kept=kept)
        return jsonify(ok=True, said=[said], page=page_of(source, shown(source), self.language))

    def _book(self, source: str, file: str = "") -> Path:
        """Return a workbook of a scenario by its name, the scenario's own where none is said."""
        known = {path.name: path for path in self._books(source)}
        path = known.get(file) if file else next(iter(known.values()), None)
        if path is None:
            raise InputError.of("book_not_here", Place(file=file))
        return path
