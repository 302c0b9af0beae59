"""One random slip in the bytes of a table, a scenario, a JSON document or a workbook."""

from __future__ import annotations

import io
import json
import random
import re
import zipfile
from collections.abc import Callable

JUNK = (
    "", " ", "nan", "NaN", "inf", "-inf", "1e400", "1e-400", "-1", "0", "-0", "1/0", "1/3",
    "99999999999999999999999999",
    "0.1e5", "１２３", "12,34", "1,234.5", "12 %", "％", "12%%", "abc", "=1+1", "@x", "+1", "-", "null", "true",
    "[]", "{}",
    "南宁", "合计", "x" * 5000, "9" * 400, "1." + "3" * 300, "\x00", "\u202e", "\ufeff", "１７％", "0x10", "1_000",
    "2015.0",
    "2015-12-31", "😀", "'", '"', "\t", "a: b", "- x", "&a", "*a", "!!python/object:os.system x", "#DIV/0!", "—",
    "…",
)  # fmt: skip
NUMBER = re.compile(r"-?\d+(?:\.\d+)?")


def mutated(content: bytes, suffix: str, draw: random.Random) -> bytes:
    """Return the content of a file with one to three slips, by the kind of file."""
    kinds = {".csv": _text, ".yaml": _text, ".json": _json, ".xlsx": _workbook}
    for _ in range(draw.choice((1, 1, 1, 2, 3))):
        slip = _bytes if draw.random() < 0.1 else kinds[suffix]
        content = slip(content, draw)
    return content


def _bytes(content: bytes, draw: random.Random) -> bytes:
    """Spoil bytes whatever they mean."""
    at = draw.randrange(len(content) + 1)
    return draw.choice((
        lambda: content[:at],
        lambda: content[:at] + draw.randbytes(draw.choice((1, 4, 64))) + content[at:],
        lambda: content[:at] + content[at + draw.choice((1, 10, 500)) :],
        lambda: content + content,
        lambda: b"",
        lambda: b"\xff\xfe" + content,
        lambda: content.replace(b"\n", draw.choice((b"\r", b"\r\n", b"\n\n", b""))),
    ))()  # fmt: skip


def _text(content: bytes, draw: random.Random) -> bytes:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return _bytes(content, draw)
    lines = text.split("\n")
    at = draw.randrange(len(lines))

    def put(line: str) -> str:
        return "\n".join([*lines[:at], line, *lines[at + 1 :]])

    def number() -> str:
        found = list(NUMBER.finditer(text))
        if not found:
            return text
        one = draw.choice(found)
        return text[: one.start()] + draw.choice(JUNK) + text[one.end() :]

    def scaled() -> str:
        found = list(NUMBER.finditer(text))
        if not found:
            return text
        one = draw.choice(found)
        return text[: one.start()] + f"{float(one[0]) * draw.choice((-1, 0.01, 100, 1e6, 1e30)):g}" + text[one.end() :]

    cells = re.split(r"([,:])", lines[at])
    k = draw.randrange(len(cells))
    slips: tuple[Callable[[], str], ...] = (
        number, number, scaled,
        lambda: put("".join([*cells[:k], draw.choice(JUNK), *cells[k + 1 :]])),
        lambda: put("".join(cells[:k] + cells[k + 2 :])),
        lambda: put(lines[at] + "\n" + lines[at]),
        lambda: "\n".join(lines[:at] + lines[at + 1 :]),
        lambda: put(draw.choice(lines)),
        lambda: put("  " + lines[at]),
        lambda: put("\t" + lines[at]),
        lambda: put(lines[at].replace(",", draw.choice((";", "\t", "，")))),
        lambda: put(lines[at] + draw.choice((",", ":", '"', "'", "}", "]", "#"))),
        lambda: "\n".join(draw.sample(lines, len(lines))),
        lambda: "\n".join([*lines, draw.choice(JUNK) + ": " + draw.choice(JUNK)]),
    )  # fmt: skip
    changed = draw.choice(slips)()
    encoding = draw.choice(("utf-8", "utf-8", "utf-8", "utf-8-sig", "gb18030", "utf-16", "big5"))
    return changed.encode(encoding, "replace")


def _json(content: bytes, draw: random.Random) -> bytes:
    try:
        document = json.loads(content)
    except ValueError:
        return _bytes(content, draw)
    if not spoilt_json(document, draw):
        return b"[]"
    return json.dumps(document, ensure_ascii=False).encode("utf-8", "replace")


def spoilt_json(document: object, draw: random.Random) -> bool:
    """Spoil one place inside a JSON value; return whether there was one."""
    holder, key = _somewhere(document, draw)
    if holder is None:
        return False
    value = draw.choice((*JUNK, None, True, 0, -1, 1e308, 10**40, [], {}, [[]], 0.5, "delete"))
    if value == "delete":
        del holder[key]
    elif isinstance(holder, list) and draw.random() < 0.3:
        holder.append(holder[key])
    else:
        holder[key] = value
    return True


def _somewhere(value: object, draw: random.Random) -> tuple[dict | list | None, object]:
    """Return a place inside a JSON value: what holds it, and its key."""
    holder, key = None, None
    while isinstance(value, dict | list) and value:
        keys = list(value) if isinstance(value, dict) else range(len(value))
        holder, key = value, draw.choice(keys)
        value = value[key]
        if draw.random() < 0.25:
            break
    return holder, key


def _workbook(content: bytes, draw: random.Random) -> bytes:
    import openpyxl

    if draw.random() < 0.3:
        return _inside(content, draw)
    try:
        book = openpyxl.load_workbook(io.BytesIO(content))
    except Exception:
        return _bytes(content, draw)
    sheet = draw.choice(book.worksheets)
    row, column = draw.randint(1, max(sheet.max_row, 1)), draw.randint(1, max(sheet.max_column, 1))
    value = draw.choice((*JUNK, None, True, 0, -1, 1e308, 17, 0.17, "=A1", "=1/0"))
    clean = re.sub(r"[\x00-\x08\x0b\x0c\x0e-\x1f]", "", value)[:30_000] if isinstance(value, str) else value
    what = draw.randrange(6)
    try:
        if what < 3:
            sheet.cell(row, column).value = clean
        elif what == 3:
            sheet.delete_rows(row)
        elif what == 4:
            sheet.insert_cols(column)
        else:
            sheet.title = "改名"
    except (AttributeError, ValueError):
        return content
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def _inside(content: bytes, draw: random.Random) -> bytes:
    """Spoil the XML of one part of a workbook, or take the part away."""
    try:
        parts = {name: zipfile.ZipFile(io.BytesIO(content)).read(name) for name in _names(content)}
    except Exception:
        return _bytes(content, draw)
    name = draw.choice(list(parts))
    gone = draw.random() < 0.3
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as packed:
        for part, inside in parts.items():
            if part != name:
                packed.writestr(part, inside)
            elif not gone:
                packed.writestr(part, _text(inside, draw))
    return stream.getvalue()


def _names(content: bytes) -> list[str]:
    return zipfile.ZipFile(io.BytesIO(content)).namelist()
