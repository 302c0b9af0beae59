"""Puts the pages of the user's own files on the server: taking in, the form of a table, the data of a scenario."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any
from urllib.parse import quote

from flask import Flask, Response, abort, jsonify, render_template, request

from allocator.app.own.asked import Confirmed, Folder, Mended, Sent, read
from allocator.app.own.books import answer_cells, books, judged, kept_name, mend, opened
from allocator.app.own.folder import judged as judged_folder
from allocator.app.own.folder import remember
from allocator.app.own.form import Filled, Form, form_of, make, table_in
from allocator.app.own.incoming import TABLES, file_name, free_folder, take_in
from allocator.app.own.sheets import page_of
from allocator.app.questions import Unreadable
from allocator.app.shelf import KINDS, OWN, Shelf
from allocator.errors import exit_and_sentences
from allocator.saving import save
from allocator.starting import template
from reports.words import LABELS
from reports.words.pages.own_files import WORDS
from scenarios.errors import InputError, Place, open_questions
from scenarios.sources import BOOK_FILES
from scenarios.tables.files import MAX_TABLE_BYTES
from scenarios.wording import Language

_SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_ENVELOPE = 1000  # bytes
Shell = Callable[[Language], dict[str, object]]
"""What every page is filled with."""


def put_own(server: Flask, shelf: Shelf, language: Language, shell: Shell) -> None:
    """Put the pages of the user's own files on a server, in one language."""
    pages = _Pages(shelf, language, shell)
    pages.put(server, "template", pages.blank)
    pages.put(server, "upload", pages.upload, "POST")
    pages.put(server, "folder", pages.folder, "POST")
    pages.put(server, "new/<name>/", pages.form)
    pages.put(server, "new/<name>/make", pages.make, "POST")
    for kind in KINDS:
        data = _Data(pages, kind)
        pages.put(server, f"{kind}/<name>/data/", data.page)
        pages.put(server, f"{kind}/<name>/data/sheets", data.sheets)
        pages.put(server, f"{kind}/<name>/data/copy", data.copy, "POST")
        pages.put(server, f"{kind}/<name>/data/cells", data.cells, "POST")
        pages.put(server, f"{kind}/<name>/data/accept", data.accept, "POST")
        pages.put(server, f"{kind}/<name>/data/book", data.book)


def begin_values(language: Language) -> dict[str, object]:
    """Return what the start page is filled with so that a file can be dropped there."""
    big = InputError.of("upload_big", limit=f"{MAX_TABLE_BYTES / 1e6:g}").findings[0].message(language)
    return {
        "endings": ",".join(TABLES), "limit": MAX_TABLE_BYTES, "big": big,
    }  # fmt: skip


class _Pages:
    """The pages of one language."""

    def __init__(self, shelf: Shelf, language: Language, shell: Shell) -> None:
        self.shelf, self.language, self._shell = shelf, language, shell

    def put(self, server: Flask, path: str, answer: Callable[..., Any], method: str = "GET") -> None:
        """Put an answer on the server; what cannot be read or done is refused in words."""

        def answered(**names: str) -> Any:  # noqa: ANN401  (whatever Flask takes)
            try:
                return answer(**names)
            except Unreadable as error:
                return self.refusal([LABELS.say("app_unreadable", self.language)]), error.status
            except InputError as error:
                return self.refusal(exit_and_sentences(error, self.language)[1])

        whole = f"/{self.language}/{path}"
        server.add_url_rule(whole, f"own {method} {whole}", answered, methods=[method])

    def refusal(self, said: list[str]) -> Response:
        """Return why something was not done."""
        return jsonify(ok=False, said=said)

    def say(self, code: str, **values: object) -> str:
        """Return a text of these pages."""
        return WORDS.say(code, self.language, **values)

    def rendered(self, page: str, **values: object) -> str:
        """Return a page."""
        return render_template(page, **values, **self._shell(self.language))

    def blank(self) -> Response:
        """Return the template."""
        return _file(template(self.language), BOOK_FILES[self.language])

    def upload(self) -> Response:
        """Take in a file that was dropped, and return where to go on."""
        request.max_content_length = MAX_TABLE_BYTES + _ENVELOPE
        name = request.args.get("name", "")[:1000]
        taken = take_in(request.get_data(), name, self.shelf.folder, self.language)
        wanted = file_name(name).rpartition(".")[0]
        said = [self.say("put_beside", wanted=wanted, name=taken.name)] if taken.beside else []
        to = [OWN, taken.name, "data"] if taken.is_scenario else ["new", taken.name]
        return jsonify(ok=True, said=said, to=to)

    def folder(self) -> Response:
        """Use another folder from now on."""
        folder = judged_folder(_sent(Folder).folder.strip())
        self.shelf.move(folder)
        if self.shelf.memory is not None:
            remember(folder, self.shelf.memory)
        return jsonify(ok=True, said=[], to=[])

    def form(self, name: str) -> Any:  # noqa: ANN401
        """Return the form of a table that has no scenario yet."""
        trouble: list[str] = []
        form = None
        try:
            form = self._form(name)
        except InputError as error:
            trouble = exit_and_sentences(error, self.language)[1]
        title = self.say("form_title", name=name)
        return self.rendered("form.html", title=title, form=form, trouble=trouble), 200 if form else 422

    def make(self, name: str) -> Response:
        """Write the workbook of a form that was filled in, or say what is wrong at each field."""
        form = self._form(name)
        try:
            make(form, _sent(Filled), self.language)
        except InputError as error:
            fields = [(finding.place.key, finding.message(self.language)) for finding in error.findings]
            return jsonify(ok=False, said=exit_and_sentences(error, self.language)[1], fields=fields)
        return jsonify(ok=True, said=[], to=[OWN, name, "data"])

    def _form(self, name: str) -> Form:
        home = next((home for home in self.shelf.homes() if home.name == name), None)
        table = None if home is None or self.shelf.offers(OWN, name) else table_in(home)
        if table is None:
            abort(404)
        return form_of(table, self.language)


class _Data:
    """The page of the data of a scenario of one kind."""

    def __init__(self, pages: _Pages, kind: str) -> None:
        self.pages, self.kind, self.shelf, self.language = pages, kind, pages.shelf, pages.language

    def _source(self, name: str) -> str:
        if not self.shelf.offers(self.kind, name):
            abort(404)
        return str(self.shelf.place(self.kind, name))

    def _books(self, source: str) -> list[Path]:
        return books(source) if self.kind == OWN else []

    def page(self, name: str) -> Any:  # noqa: ANN401
        """Return the page; its sheets are asked for by itself."""
        can = bool(self._books(self._source(name)))
        title = self.pages.say("data_of", name=name)
        return self.pages.rendered("data.html", title=title, name=name, kind=self.kind, editable=can)

    def sheets(self, name: str) -> Response:
        """Return the sheets as they are now, with what check says."""
        source = self._source(name)
        return jsonify(ok=True, said=[], page=page_of(source, self._books(source), self.language))

    def copy(self, name: str) -> Response:
        """Copy a scenario as a workbook into the user's folder."""
        home = free_folder(self.shelf.folder, file_name(name))
        try:
            save(self._source(name), home / BOOK_FILES[self.language], self.language)
        finally:
            with suppress(OSError):
                home.rmdir()  # unless something was written
        return jsonify(ok=True, said=[], to=[OWN, home.name, "data"])

    def cells(self, name: str) -> Response:
        """Write cells, and return the page as it is then."""
        sent, source = _sent(Mended), self._source(name)
        path = self._book(source, sent.file)
        typed = {(each.sheet, each.cell): each.text for each in sent.cells}
        return self._mended(name, source, path, sent.digest, typed, first=sent.first)

    def accept(self, name: str) -> Response:
        """Write the reason why a figure is right, and return the page as it is then."""
        sent, source = _sent(Confirmed), self._source(name)
        path = self._book(source)
        book = opened(path)
        if sent.asked not in open_questions(judged(source)):
            raise InputError.of("question_gone", Place(file=path.name))
        typed = answer_cells(book, sent.asked, sent.reason)
        return self._mended(name, source, path, sent.digest, typed, first=sent.first)

    def book(self, name: str) -> Response:
        """Return the workbook as it is now."""
        path = self._book(self._source(name))
        return _file(opened(path).raw, BOOK_FILES[self.language])

    def _mended(
        self, name: str, source: str, path: Path, digest: str, typed: dict[tuple[str, str], str], *, first: bool
    ) -> Response:  # fmt: skip
        kept = kept_name(path, self.language)
        mend(path, digest, typed, kept if first else "")
        self.shelf.forget(self.kind, name)
        said = self.pages.say("saved_first" if first else "saved", file=path.name, kept=kept)
        return jsonify(ok=True, said=[said], page=page_of(source, self._books(source), self.language))

    def _book(self, source: str, file: str = "") -> Path:
        """Return a workbook of a scenario by its name, the scenario's own where none is said."""
        known = {path.name: path for path in self._books(source)}
        path = known.get(file) if file else next(iter(known.values()), None)
        if path is None:
            raise InputError.of("book_not_here", Place(file=file))
        return path


def _sent(wanted: type[Sent]) -> Sent:
    return read(request.get_data(), request.mimetype, wanted)


def _file(content: bytes, name: str) -> Response:
    """Return a workbook that the browser keeps under a name."""
    named = f"attachment; filename={BOOK_FILES['en']}; filename*=UTF-8''{quote(name)}"
    return Response(content, mimetype=_SHEET, headers={"Content-Disposition": named})
