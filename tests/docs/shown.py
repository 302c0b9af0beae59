"""What the pictures of the docs show, as digests: pages with their scripts and looks, sheets, papers.

A digest differs where something that is shown differs; where only another part of the program does, it stays.
"""

import getpass
import hashlib
import re
import tempfile
import zipfile
from pathlib import Path

import openpyxl
from typer.testing import CliRunner

from allocator.app.server import start
from allocator.app.shelf import Shelf
from allocator.cli import app
from tests.docs.example import DOCS, PROVINCE, filled, template, written

SHOWN = DOCS / "images" / "shown.json"
SCRIPT = "pictures.py"
HERE = {"Host": "localhost"}
OWN = f"/zh/own/{PROVINCE}/"
PLACES = {
    "start": "/zh/", "data": f"{OWN}data/", "plan": OWN, "round": OWN, "check": f"{OWN}check",
    "sensitivity": f"{OWN}sensitivity", "track": f"{OWN}track", "publish": f"{OWN}publish",
    "total": "/zh/example/15fyp-example/",
}  # fmt: skip
"""Picture -> the page that it shows."""
_BOOK = {"sheet-settings": "设置", "sheet-indicators": "指标", "sheet-cities": "数据"}
_REPORTS = {"report-guangxi": "zh", "report-guangxi-en": "en"}
_VARYING = re.compile(r"\b[0-9a-f]{16,}\b|\d{4}-\d\d-\d\d[T ]\d\d:\d\d(?::\d\d)?|plotly-[\d.]+")
"""Digests, hours and versions, which differ from one machine or run to the next."""
_LINKED = re.compile(r'(?:src|href)="(/assets/[^"]+)"')


def shown():
    """Return picture -> digest of what it shows."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        client = start(Shelf(folder / "own"), "zh").test_client()
        book = written(folder / "own", filled(template(folder / "own")))
        return {
            SCRIPT: _digest((DOCS.parent / "tests" / "docs" / "pictures.py").read_text("utf-8")),
            **{picture: _page(client, place, folder) for picture, place in PLACES.items()},
            **_sheets(book),
            **{picture: _paper(path) for picture, path in papers(folder / "papers").items()},
            **{picture: _report(language, folder / picture) for picture, language in _REPORTS.items()},
        }


def _digest(*parts):
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:16]


def _page(client, place, folder):
    """Return the digest of a page with what it links to of ours."""
    answer = client.get(place, headers=HERE)
    assert answer.status_code == 200, (place, answer.status_code)
    anybody = answer.text.replace(str(folder), "").replace(f'value="{getpass.getuser()}"', "")
    text = _VARYING.sub("", anybody)
    linked = sorted({*_LINKED.findall(text)})
    return _digest(text, *(client.get(path, headers=HERE).text for path in linked))


def _sheets(path):
    """Return the digests of what the sheets of the workbook hold."""
    book = openpyxl.load_workbook(path)
    return {
        picture: _digest(*(str(cell.value) for row in book[sheet].iter_rows() for cell in row))
        for picture, sheet in _BOOK.items()
    }


def run(*words):
    """Run a command; it must not fail."""
    done = CliRunner().invoke(app, [str(word) for word in words])
    assert done.exit_code == 0, done.output
    return done


def papers(folder):
    """Make circular and letters of the example; returns picture -> the paper that it shows."""
    book = written(folder, filled(template(folder / "own")))
    out = folder / "out"
    run("plan", book, "--out", out)
    run("publish", out, "--format", "docx", "--out", folder / "published")
    run("letters", out, "--no-pdf", "--out", folder / "letters")
    (letter,) = folder.glob("letters/*南湖*.docx")
    return {"circular": folder / "published" / "table-zh.docx", "letter": letter}


def _paper(path):
    """Return the digest of a paper's own text with its layout."""
    with zipfile.ZipFile(path) as parts:
        return _digest(_VARYING.sub("", parts.read("word/document.xml").decode()))


def _report(language, folder):
    """Return the digest of the report's words and looks, without its scripts and figures."""
    run("plan", "guangxi-13fyp", "--lang", language, "--out", folder)
    text = (folder / "report.html").read_text("utf-8")
    text = re.sub(r"<script\b.*?</script>", "", text, flags=re.DOTALL)
    return _digest(re.sub(r"[0-9a-f]*\d[0-9a-f]*", "", text))
