"""A document's tables as cells with their places, by what the document is."""

from __future__ import annotations

from scenarios.errors import InputError, Place
from scenarios.tables.documents.held import RefusedTableError, Table, grids
from scenarios.tables.excel_scan import TooBigError
from scenarios.tables.files import decode
from scenarios.tables.grid import Grid

DOCUMENTS = (".docx", ".html", ".htm", ".md", ".tex")
"""Endings of documents whose tables are read."""


def read_document_tables(raw: bytes, name: str, suffix: str) -> list[tuple[Place, Grid]]:
    """Return the tables of a document, with the lines of text right above and below them.

    Raises InputError: no such document, none with a table, one that cannot be read as it is seen, beyond the limits.
    """
    place = Place(file=name)
    try:
        tables = _tables(raw, name, suffix)
    except InputError:
        raise
    except TooBigError:
        raise InputError.of("table_too_big", place) from None
    except RefusedTableError as error:
        raise InputError.of(error.code, place) from None
    except Exception as error:  # a broken archive or page makes its reader stumble over anything
        raise InputError.of("not_a_document", place, found=suffix) from error
    if not tables:
        raise InputError.of("document_without_table", place)
    return grids(tables, name)


def _tables(raw: bytes, name: str, suffix: str) -> list[Table]:
    if suffix == ".docx":
        from scenarios.tables.documents.word import read_word

        return read_word(raw)
    from scenarios.tables.documents.page import read_page
    from scenarios.tables.documents.plain import read_latex, read_markdown

    readers = {".md": read_markdown, ".tex": read_latex}
    return readers.get(suffix, read_page)(decode(raw, name))
