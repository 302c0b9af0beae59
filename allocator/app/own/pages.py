"""Puts the pages of the user's own files on the server: what is taken in, the form of a table, the folder."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from typing import Any

from flask import Flask, Response, abort, jsonify, request

from allocator.app.guard import GONE
from allocator.app.own import again
from allocator.app.own.asked import Folder, Removing, Renaming
from allocator.app.own.data import OnShelf, put_data
from allocator.app.own.folder import judged, remember
from allocator.app.own.form import Filled, Form, form_of, make, table_in
from allocator.app.own.incoming import TABLES, file_name, free_below, take_in
from allocator.app.own.shared import Pages, Shell, book_file, sent
from allocator.app.shelf import KINDS, OWN, REMOVED, Offer, Shelf
from allocator.app.uploads import admit, limits
from allocator.errors import exit_and_sentences
from allocator.starting import template
from scenarios.errors import InputError
from scenarios.sources import BOOK_FILES
from scenarios.wording import Language, clauses


def put_own(server: Flask, shelf: Shelf, language: Language, shell: Shell) -> None:
    """Put the pages of the user's own files on a server, in one language."""
    pages = _Pages(shelf, language, shell)
    pages.put(server, "template", pages.blank)
    pages.put(server, "upload", pages.upload, "POST")
    pages.put(server, "folder", pages.folder, "POST")
    pages.put(server, f"{OWN}/<name>/rename", pages.rename, "POST")
    pages.put(server, f"{OWN}/<name>/remove", pages.remove, "POST")
    pages.put(server, "new/<name>/", pages.form)
    pages.put(server, "new/<name>/make", pages.make, "POST")
    for kind in KINDS:
        put_data(server, pages, OnShelf(shelf, kind))


def begin_values(language: Language) -> dict[str, object]:
    """Return what the start page is filled with so that a file can be dropped there."""
    return {"endings": ",".join(TABLES), **limits(language), "removed": REMOVED[language]}


def _facts(offer: Offer) -> tuple[str, ...]:
    """Return by what a scenario is known among others: its title, cities, rounds, and when it was written last."""
    return offer.title, offer.cities, offer.rounds, offer.day


class _Pages(Pages):
    """The pages that take files in."""

    def __init__(self, shelf: Shelf, language: Language, shell: Shell) -> None:
        super().__init__(language, shell)
        self.shelf = shelf

    def blank(self) -> Response:
        """Return the template."""
        return book_file(template(self.language), BOOK_FILES[self.language])

    def upload(self) -> Response:
        """Take in a file that was dropped, and return where to go on."""
        name = request.args.get("name", "")[:1000]
        admit(file_name(name))
        raw, into = request.get_data(), request.args.get("into")
        if into:
            return self._replaced(again.replace(self.shelf, raw, name, into, self.language))
        if known := again.same(self.shelf, raw, self.language):
            return jsonify(ok=True, said=[], to=[OWN, known, "data"])
        if into is None and (earlier := again.earlier(self.shelf, raw, name, self.language)):
            return jsonify(ok=False, said=[self.say("dropped_again")], choices=self._choices(earlier))
        taken = take_in(raw, name, self.shelf.folder, self.language)
        wanted = file_name(name).rpartition(".")[0]
        said = [self.say("put_beside", wanted=wanted, name=taken.name)] if taken.beside else []
        to = [OWN, taken.name, "data"] if taken.is_scenario else ["new", taken.name]
        return jsonify(ok=True, said=said, to=to)

    def _replaced(self, made: again.Replaced) -> Response:
        said = self.say("replaced", name=made.name, kept=made.kept)
        return jsonify(ok=True, said=[said], to=[OWN, made.name, "data"])

    def _choices(self, earlier: Sequence[Offer]) -> list[dict[str, str]]:
        """Return what a workbook can be that is dropped again: each scenario that it may replace, or a new one."""
        into = [
            (offer.name, self.say("replace", name=offer.name), clauses(filter(None, _facts(offer)), self.language))
            for offer in earlier
        ]
        choices = [*into, ("", self.say("as_new"), self.say("as_new_hint"))]
        return [{"into": name, "say": say, "hint": hint} for name, say, hint in choices]

    def rename(self, name: str) -> Response:
        """Give a scenario of the user's another name, which is that of its folder."""
        wanted = sent(Renaming).name.strip()
        if not wanted:
            raise InputError.of("no_name")
        self._own(name)
        to = file_name(wanted)
        if to != unicodedata.normalize("NFC", wanted):
            raise InputError.of("name_of_no_folder", found=wanted, meant=file_name(re.sub(r"[/\\]", "-", wanted)))
        if to in REMOVED.values():
            raise InputError.of("name_taken", found=to)
        if to != name:
            self.shelf.settle(name, to)
        return jsonify(ok=True, said=[], to=[])

    def remove(self, name: str) -> Response:
        """Put a scenario of the user's aside, with its rounds, and say where it is."""
        sent(Removing)
        self._own(name)
        aside = free_below(self.shelf.folder / REMOVED[self.language], name)
        self.shelf.settle(name, f"{aside.parent.name}/{aside.name}")
        return jsonify(ok=True, said=[self.say("removed", name=name, folder=aside, home=self.shelf.folder)], to=[])

    def _own(self, name: str) -> None:
        if not self.shelf.offers(OWN, name):
            abort(404, GONE)

    def folder(self) -> Response:
        """Use another folder from now on."""
        folder = judged(sent(Folder).folder.strip())
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
            make(form, sent(Filled), self.language)
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
