"""A scenario workbook that is dropped again: of which scenarios it may be a newer version, and put in place of one."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from allocator.app.own.books import kept_name, put_in_place
from allocator.app.own.incoming import file_name, holds
from allocator.app.shelf import OWN, Offer, Shelf
from allocator.app.uploads import refuse_large
from scenarios.errors import InputError, Place
from scenarios.file.book.tree import read_book
from scenarios.file.document import BOOKS, spoken_title
from scenarios.load import find_scenario
from scenarios.wording import Language

_MOST = 5
"""So many scenarios are named among which one is to be replaced, those first that were worked on last."""
_COPIES = 99


@dataclass(frozen=True)
class Replaced:
    """A workbook that took the place of another."""

    name: str  # Of the folder
    kept: str  # Under which name the old one is kept beside


def same(shelf: Shelf, raw: bytes, language: Language) -> str:
    """Return the name of a scenario of the user's whose workbook holds just these bytes, ``""`` where none does."""
    return next((offer.name for offer in shelf.work(language) if holds(_book(shelf, offer.name), raw)), "")


def earlier(shelf: Shelf, raw: bytes, called: str, language: Language) -> list[Offer]:
    """Return the scenarios of which a workbook may be a newer version: called as its file, or of its title."""
    name = file_name(called)
    title = _title(raw, name, language)
    own = [offer for offer in shelf.work(language) if _book(shelf, offer.name).suffix.lower() in BOOKS]
    alike = [offer for offer in own if offer.name == Path(name).stem or (title and offer.title == title)]
    return alike[:_MOST]


def replace(shelf: Shelf, raw: bytes, called: str, into: str, language: Language) -> Replaced:
    """Put a workbook in the place of that of a scenario, which is kept beside it; the rounds stay.

    Raises InputError: no such scenario, or one that is no workbook; too large; it cannot be written.
    """
    name = file_name(called)
    refuse_large(len(raw), name)
    if not shelf.offers(OWN, into) or (path := _book(shelf, into)).suffix.lower() not in BOOKS:
        raise InputError.of("book_not_here", Place(file=into))
    if read_book(raw, name) is None:
        raise InputError.of("upload_no_scenario", Place(file=name))
    kept = _free(path, language)
    put_in_place(path, raw, kept)
    shelf.forget(OWN, into)
    return Replaced(into, kept)


def _book(shelf: Shelf, name: str) -> Path:
    """Return the file of a scenario; where there is none, its folder."""
    home = shelf.place(OWN, name)
    with suppress(InputError):
        return find_scenario(home)
    return home


def _title(raw: bytes, name: str, language: Language) -> str:
    """Return the title of a workbook, ``""`` where it cannot be read."""
    with suppress(InputError):
        found = read_book(raw, name)
        return "" if found is None else spoken_title(found[0], language)
    return ""


def _free(path: Path, language: Language) -> str:
    """Return a name under which the old state is kept, which nothing beside it has. Raises InputError: too many."""
    first = kept_name(path, language)
    stem = Path(first).stem
    for count in range(1, _COPIES):
        name = first if count == 1 else f"{stem} {count}{path.suffix}"
        if not path.with_name(name).exists():
            return name
    raise InputError.of("folder_full", Place(file=path.name))
