"""Letters as Word documents: a template filled for each city, one document of all, and what stands in them.

Values reach the template as text alone: markup, braces and tags in them are printed as they are. What the template
says runs without access to anything but the letter's fields.
"""

from __future__ import annotations

import copy
import io
import re
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import fields, is_dataclass
from typing import Any

from docx.oxml import parse_xml
from docx.oxml.ns import qn
from docxtpl import DocxTemplate
from jinja2 import StrictUndefined, TemplateError
from jinja2.sandbox import ImmutableSandboxedEnvironment
from lxml import etree
from markupsafe import Markup, escape

from reports.letters.bars import bars
from reports.letters.letter import Letter, Measure
from reports.printing.word import element
from scenarios.errors import InputError, Place
from scenarios.tables.documents.word import words_of
from scenarios.tables.excel_scan import MAX_UNPACKED, TooBigError, check_parts

NEEDED = (("city", "whom"), ("target", "asked"))
"""Fields without which a letter is none, each with what may stand for it."""
_BODY = "word/document.xml"
_OTHERS = re.compile(r"word/(?:header|footer|footnotes|endnotes)\d*\.xml")
_TAGS = re.compile(r"\{[{%#]|[}%#]\}")
_BETWEEN = re.compile(r"<[^>]*>")
_FIELD = r"\{{\{{[^}}]*\b(?:{})\b"
_BRACES = {"{": "&#123;", "}": "&#125;"}
_NAMED_ONCE = (qn("w:bookmarkStart"), qn("w:bookmarkEnd"))
_AFTER_THE_NUMBER = tuple(
    qn(f"w:{tag}")
    for tag in ("cols", "formProt", "vAlign", "noEndnote", "titlePg", "textDirection", "bidi", "rtlGutter", "docGrid",
                "printerSettings", "sectPrChange")
)  # fmt: skip
"""What stands behind the numbering of pages in the properties of a section."""
_PARAGRAPH_IDS = "{http://schemas.microsoft.com/office/word/2010/wordml}"
_DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}docPr"


class Filler:
    """A template that is filled, letter after letter."""

    def __init__(self, raw: bytes, place: Place) -> None:
        """Take a template.

        Raises InputError: no Word document, too large, with fields outside its text, or without one that is needed.
        """
        self.place = place
        self.environment = ImmutableSandboxedEnvironment(autoescape=True, undefined=StrictUndefined)
        self.template = DocxTemplate(io.BytesIO(raw))
        try:
            check_parts(raw)
            text, outside = _tagged(raw)
            self.template.render_init()
            self.document: Any = self.template.docx
            self.source = self.template.patch_xml(self.template.get_xml())
        except TooBigError:
            raise InputError.of("table_too_big", place) from None
        except Exception as error:  # a broken archive makes its reader stumble over anything
            raise InputError.of("not_a_document", place, found=".docx") from error
        if outside:
            raise InputError.of("letter_template_outside", place, found=outside[0])
        lacking = [names[0] for names in NEEDED if not re.search(_FIELD.format("|".join(names)), text)]
        if lacking:
            needed = ", ".join(f"{{{{ {name} }}}}" for name in lacking)
            raise InputError.of("letter_template_lacks", place, needed=needed)

    def filled(self, letter: Letter) -> Any:  # noqa: ANN401  (the body of a document of python-docx)
        """Return the body of a letter.

        Raises InputError: what the template says cannot be done.
        """
        part = self.document._part
        try:
            text = self.template.render_xml_part(self.source, part, _context(letter), self.environment)
            parse_xml(text)  # what follows would mend torn markup by leaving text out
            return parse_xml(etree.tostring(self.template.fix_tables(text)))
        except TemplateError as error:
            known = ", ".join(field.name for field in fields(Letter))
            said = {"found": str(error.message or type(error).__name__), "known": known}
            raise InputError.of("letter_template_wrong", self.place, **said) from error
        except Exception as error:  # arithmetic with words, a loop over a figure, markup torn apart by a tag
            raise InputError.of("letter_template_failed", self.place, found=type(error).__name__) from error

    def saved(self, body: Any, title: str) -> bytes:  # noqa: ANN401
        """Return a body as a document of its own."""
        self.template.map_tree(copy.deepcopy(body))
        for number, each in enumerate(self.document.element.body.iter(_DRAWING), 1):
            each.set("id", str(number))
        self.document.core_properties.title = title[:255]
        stream = io.BytesIO()
        self.document.save(stream)
        return stream.getvalue()

    def merged(self, bodies: Sequence[Any], title: str) -> bytes:
        """Return bodies as one document, each on pages of its own that are counted from 1."""
        whole = copy.deepcopy(bodies[0])
        last = whole.sectPr
        _count_from_one(last)
        for other in bodies[1:]:
            _end_section(last)
            for each in copy.deepcopy(other):
                if each.tag != qn("w:sectPr"):
                    last.addprevious(_once(each))
        return self.saved(whole, title)


def lines(raw: bytes) -> list[str]:
    """Return the text of a document, a line a paragraph, those in tables too."""
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        body = parse_xml(archive.read(_BODY))
    return [words_of(paragraph) for paragraph in body.iter(qn("w:p"))]


def says(letter: Letter, text: Iterable[str]) -> bool:
    """Return whether a document names the city and its target."""
    whole = "\n".join(text)
    return letter.city in whole and (letter.target in whole or letter.asked in whole)


def _tagged(raw: bytes) -> tuple[str, list[str]]:
    """Return the text of a template, and the parts beside it that hold tags.

    Raises TooBigError: its text is too long to be built.
    """
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        if archive.getinfo(_BODY).file_size > MAX_UNPACKED:
            raise TooBigError
        others = [name for name in archive.namelist() if _OTHERS.fullmatch(name)]
        outside = [name for name in others if _TAGS.search(_plain(archive.read(name)))]
        return _plain(archive.read(_BODY)), outside


def _plain(part: bytes) -> str:
    """Return the text of a part without its markup."""
    return _BETWEEN.sub("", part.decode("utf-8"))


def _end_section(pattern: Any) -> None:  # noqa: ANN401
    """End a section, of the same look as the last one, before that."""
    before = pattern.getprevious()
    if before is None or before.tag != qn("w:p") or before.find(f"{qn('w:pPr')}/{qn('w:sectPr')}") is not None:
        before = element("p")
        pattern.addprevious(before)
    before.get_or_add_pPr().append(copy.deepcopy(pattern))


def _count_from_one(section: Any) -> None:  # noqa: ANN401
    """Count the pages of a section from 1."""
    number = section.find(qn("w:pgNumType"))
    if number is None:
        number = element("pgNumType")
        after = next(section.iter(*_AFTER_THE_NUMBER), None)
        section.append(number) if after is None else after.addprevious(number)
    number.set(qn("w:start"), "1")


def _once(part: Any) -> Any:  # noqa: ANN401
    """Return a part of another copy of the template without what may stand once in a document."""
    for each in [found for found in part.iter(*_NAMED_ONCE)]:  # noqa: C416  (the tree is changed)
        each.getparent().remove(each)
    for each in part.iter():
        for name in [key for key in each.attrib if str(key).startswith(_PARAGRAPH_IDS)]:
            del each.attrib[name]
    return part


def _context(letter: Letter) -> dict[str, Any]:
    return {name: _value(value) for name, value in _items(letter)}


def _value(value: Any) -> Any:  # noqa: ANN401
    """Return a value as a template may print it: text with nothing in it that acts, lists and records of such."""
    if isinstance(value, str):
        return Markup("".join(_BRACES.get(c, c) for c in escape(value)))
    if isinstance(value, tuple):
        return [_value(each) for each in value]
    drawn = {"bars": Markup(bars(value))} if isinstance(value, Measure) else {}
    return {name: _value(each) for name, each in _items(value) if not is_dataclass(each)} | drawn


def _items(record: Any) -> Iterator[tuple[str, Any]]:  # noqa: ANN401
    return ((field.name, getattr(record, field.name)) for field in fields(record))
