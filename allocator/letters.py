"""`letters`: a letter to each city from an unaltered and re-verified plan.json, one file of all, and that as PDF."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Literal

from pydantic import Field

from allocator.errors import WriteCheckFailed
from allocator.output.folder import LETTERS
from allocator.output.office import as_pdf, find_office
from allocator.output.own_files import SealedPlan
from allocator.output.papers import earlier, lay_out, refuse_edited
from allocator.tracking.pathways import planned_cities
from reports.letters.docx_file import Filler, lines, says
from reports.letters.letter import About, Letter, letters
from reports.letters.template import template
from reports.planning.record import PlanRecord
from reports.planning.sentences import verdict_statement
from reports.records import Record
from reports.romanised import in_latin
from reports.verifying.record import ProvinceRecord
from reports.words import LABELS
from scenarios.errors import InputError, Place
from scenarios.quantities import CARBON, Quantity, in_own_words, speaking_of
from scenarios.schema_types import Words
from scenarios.tables.files import read_bytes
from scenarios.wording import Language

_LONGEST = 24  # characters of a city's name in a file's name


class Lettered(Record):
    """What was written: the folder, the digest of the plan, and the files with their SHA-256."""

    schema_version: Literal[1] = 1
    folder: Path
    plan: str
    letters: int  # How many
    merged: str
    pdf: str | None
    files: dict[str, str]
    notices: tuple[Words, ...] = ()  # About names
    tried_pdf: bool = Field(exclude=True)
    asked_pdf: bool = Field(exclude=True)
    province: ProvinceRecord = Field(exclude=True)
    measured: Quantity = Field(default=CARBON, exclude=True)  # What the plan's target is of

    @in_own_words
    def statements(self, language: Language) -> list[str]:
        """Return what was written, that it was read back, and what became of the PDF."""
        code = "letters_pdf" if self.pdf else "letters_pdf_failed" if self.tried_pdf else "letters_no_office"
        pdf = [LABELS.say(code, language, file=self.pdf or self.merged)] if self.asked_pdf else []
        return [
            verdict_statement(self.province, language),
            LABELS.say("letters_written", language, count=self.letters, file=self.merged),
            *pdf,
            LABELS.say("written", language, folder=self.folder),
        ]


def write_letters(
    plan: SealedPlan, language: Language, folder: Path, own_template: Path | None = None, about: About | None = None,
    pdf: bool = True, advance: Callable[[int, int], None] = lambda done, of: None,
) -> Lettered:  # fmt: skip
    """Write a letter to each city, each read back, one file of all, and that as PDF where LibreOffice is.

    `own_template`: the office's; None for the one that comes with the program.
    `pdf`: whether to make one.
    `advance`: is told how many letters of how many are done.

    Raises InputError: a template that cannot be filled; the folder cannot be used, or somebody has changed a letter
    there that would be written anew; what was in it is untouched.
    Raises WriteCheckFailed: a letter does not name its city and target; nothing was written.
    """
    with speaking_of(plan.record.measured):
        paths = planned_cities(plan.record)
        record, notices = in_latin(plan.record, language)
        said = letters(record, language, (plan.file, plan.digest), paths, about or About())
        whole, names = f"letters-{language}.docx", list(_names(said, language))
        pdf_name = f"letters-{language}.pdf"
        kept, dropped, _ = earlier(folder, LETTERS, plan.digest)
        refuse_edited(folder, dict.fromkeys([*names, whole, pdf_name]), {*kept, *dropped})
        filler = _filler(own_template, language)
        bodies = _bodies(said, filler, advance)
        files = {
            name: _held(filler.saved(body, letter.subject), (letter,), name)
            for name, body, letter in zip(names, bodies, said, strict=True)
        }
        files[whole] = _held(filler.merged(bodies, said[0].scenario), said, whole)
        office = find_office() if pdf else None
        printed = None if office is None else as_pdf(files[whole], office)
        if printed is not None:
            files[pdf_name] = printed
        hashes = lay_out(folder, LETTERS, plan, files)
    return Lettered(
        folder=folder, plan=plan.digest, letters=len(said), merged=whole, pdf=None if printed is None else pdf_name,
        files=hashes, notices=notices, tried_pdf=office is not None, asked_pdf=pdf, province=plan.record.province,
        measured=plan.record.measured,
    )  # fmt: skip


def write_template(record: PlanRecord, language: Language, file: Path) -> None:
    """Write the template that comes with the program, for an office to change.

    Raises InputError: something is there already.
    """
    with speaking_of(record.measured):
        content = template(language)
    try:
        with file.open("xb") as stream:
            stream.write(content)
    except FileExistsError:
        raise InputError.of("file_taken", Place(file=str(file))) from None


def _filler(own: Path | None, language: Language) -> Filler:
    if own is None:
        return Filler(template(language), Place(key="template"))
    return Filler(read_bytes(own), Place(file=str(own)))


def _bodies(said: tuple[Letter, ...], filler: Filler, advance: Callable[[int, int], None]) -> list[Any]:
    """Return the body of each letter."""
    bodies = []
    for letter in said:
        bodies.append(filler.filled(letter))
        advance(len(bodies), len(said))
    return bodies


def _held(raw: bytes, of: tuple[Letter, ...], name: str) -> bytes:
    """Return the bytes of a file that was read back and names every city and target in it.

    Raises WriteCheckFailed: it does not.
    """
    text = lines(raw)
    if not all(says(letter, text) for letter in of):
        raise WriteCheckFailed(name)
    return raw


def _names(said: tuple[Letter, ...], language: Language) -> Iterator[str]:
    """Yield a file name for each letter: its number, and of the city's name what any system takes."""
    for n, letter in enumerate(said, 1):
        plain = "".join(c for c in letter.city if c.isalnum())[:_LONGEST]
        yield "-".join(filter(None, [f"{language}-{n:0{len(str(len(said)))}}", plain])) + ".docx"
