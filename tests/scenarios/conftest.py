"""What the tests of the reading share: a table to spoil, and a way to see what a reader says of it."""

import csv
import io
import re
from dataclasses import dataclass
from string import Formatter

import pytest
from openpyxl import Workbook

from scenarios.errors import InputError
from scenarios.load import find_scenario
from scenarios.messages import MESSAGES
from scenarios.regions.table import read_regions
from scenarios.regions.wanted import Wanted
from scenarios.sense.asking import Answers
from scenarios.wording import Text


def _rendered(findings):
    """Return the findings, after each was said in both languages and as JSON."""
    for finding in findings:
        for language in ("zh", "en"):
            text = finding.say(language)
            assert text, finding
            assert "\n" not in text, finding
            template = getattr(MESSAGES.texts[finding.code], language)
            needed = {name for _, name, _, _ in Formatter().parse(template) if name and not name.startswith("q.")}
            assert needed <= finding.values.keys(), finding
        assert finding.as_json()["code"] == finding.code
    return findings


@pytest.fixture
def refused():
    """Return a function that calls another, expects a refusal, and returns its findings."""

    def call(function, *args, **kwargs):
        with pytest.raises(InputError) as caught:
            function(*args, **kwargs)
        return _rendered(caught.value.findings)

    return call


@pytest.fixture
def rendered():
    return _rendered


@pytest.fixture(scope="session")
def attempt():
    """Return a function that calls another and returns what it gives, or None after a refusal that can be said."""

    def call(function, *args):
        try:
            return function(*args)
        except InputError as error:
            _rendered(error.findings)
            return None

    return call


@dataclass
class Table:
    """A table as rows of text, the header first."""

    rows: list

    def column(self, header):
        return next(n for n, text in enumerate(self.rows[0]) if text.split("(")[0] == header)

    def row(self, name):
        return next(row for row in self.rows if name in row)

    def set(self, name, header, value):
        self.row(name)[self.column(header)] = value

    def rename(self, header, text):
        self.rows[0][self.column(header)] = text

    def add_column(self, header, values):
        for row, value in zip(self.rows, [header, *values], strict=True):
            row.append(value)

    def csv(self, encoding="utf-8", newline="\n"):
        stream = io.StringIO()
        csv.writer(stream, lineterminator=newline).writerows(self.rows)
        return stream.getvalue().encode(encoding)

    def sheet(self, sheet, numbers=True):
        for row in self.rows:
            sheet.append([_as_number(text) if numbers else text for text in row])

    def xlsx(self, numbers=True):
        book = Workbook()
        book.active.title = "地区"
        self.sheet(book.active, numbers)
        return saved(book)


def saved(book):
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def _as_number(text):
    if not re.fullmatch(r"-?[0-9]+(\.[0-9]+)?(e[0-9]+)?", text):
        return text
    return int(text) if text.isdigit() else float(text)


@pytest.fixture
def table():
    """Return the Guangxi regions table, to be changed."""
    text = (find_scenario("guangxi-13fyp").parent / "regions.csv").read_text("utf-8")
    return Table(list(csv.reader(io.StringIO(text))))


@pytest.fixture
def as_bytes():
    return saved


@pytest.fixture
def read(tmp_path, guangxi):
    """Return a function that reads bytes as the regions table of Guangxi."""

    def call(raw, name="regions.csv", accepted=()):
        path = tmp_path / name
        path.write_bytes(raw)
        return read_regions(
            path, Wanted.of(guangxi.file, answers=Answers(dict.fromkeys(accepted, Text("对", "right"))))
        )

    return call


@pytest.fixture
def spoiled(read, refused):
    """Return a function that reads a spoiled table and returns (code, row or cell, column) of every finding."""

    def call(raw, name="regions.csv"):
        findings = refused(read, raw, name)
        assert all(finding.place.file == name for finding in findings)
        return [(f.code, f.place.cell or f.place.row, f.place.column) for f in findings]

    return call
