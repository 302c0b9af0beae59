"""Files as they arrive: read whole and bounded, decoded and parsed strictly, hashed."""

from __future__ import annotations

import hashlib
import json
import re
import stat
from collections import Counter, deque
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from scenarios.errors import InputError, Place
from scenarios.findings.system import system_reason
from scenarios.wording import Text

MAX_TABLE_BYTES = 50_000_000
_UTF16 = (b"\xff\xfe", b"\xfe\xff")
_JUDGED = 50_000  # bytes by which an encoding is judged
_PAIR = re.compile(rb"[\x81-\xfe][\x40-\x7e\x80-\xfe]")
# the characters of everyday use, and signs: both standards list them first
_GB2312 = re.compile(rb"[\xa1-\xa3\xb0-\xd7][\xa1-\xfe]")
_BIG5 = re.compile(rb"[\xa1-\xc6][\x40-\x7e\xa1-\xfe]")
_PLAIN_BIG5 = 0.9
ZIP, COMPOUND = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
"""How a workbook begins: as an archive (.xlsx), or as a compound file (.xls, or one under a password)."""
_PICTURE = Text("图片", "a picture")
_KINDS = (
    (b"%PDF", Text("PDF 文件", "a PDF")),
    (b"\x89PNG", _PICTURE), (b"\xff\xd8\xff", _PICTURE), (b"GIF8", _PICTURE),
    (b"Rar!", Text("压缩包", "an archive")), (b"7z\xbc\xaf", Text("压缩包", "an archive")),
)  # fmt: skip
_SHEET = re.compile(r"(.+\.xls[xm])#(.+)", re.IGNORECASE)
_CHINESE = re.compile(r"[\u4e00-\u9fff]+")


@dataclass(frozen=True)
class InputFile:
    """A file that a result rests on: its name and SHA-256."""

    name: str
    sha256: str

    @classmethod
    def of(cls, name: str, raw: bytes) -> InputFile:
        """Return the record of a file's bytes."""
        return cls(name, hashlib.sha256(raw).hexdigest())


def of_book(path: Path) -> tuple[Path, str]:
    """Return the file of a table, and the sheet that ``BOOK.xlsx#SHEET`` names, ``""`` where it names none."""
    match = _SHEET.fullmatch(path.name)
    return (path.with_name(match[1]), match[2].strip()) if match else (path, "")


def usable(path: str | Path, code: str = "unreadable") -> Path:
    """Return a path that the system understands, whether anything is there or not.

    Raises InputError: A path with NUL, too long, in a circle or through what may not be entered; its message is `code`.
    """
    try:
        Path(path).stat()
    except (FileNotFoundError, NotADirectoryError):
        pass
    except (OSError, ValueError) as error:
        raise InputError.of(code, Place(file=str(path)), reason=system_reason(error)) from None
    return Path(path)


def read_bytes(path: Path, limit: int = MAX_TABLE_BYTES) -> bytes:
    """Return a file's bytes.

    Raises InputError: no such file, a directory, a pipe or device, not readable, empty, or larger than `limit` bytes.
    """
    place = Place(file=str(path))
    try:
        mode = usable(path).stat().st_mode
        if not stat.S_ISREG(mode) and not stat.S_ISDIR(mode):
            raise InputError.of("not_a_regular_file", place)
        with path.open("rb") as stream:
            raw = stream.read(limit + 1)
    except (FileNotFoundError, NotADirectoryError):
        raise InputError.of("no_file", place) from None
    except IsADirectoryError:
        raise InputError.of("is_directory", place) from None
    except OSError as error:
        if path.is_dir():  # Windows answers "permission denied" for a directory
            raise InputError.of("is_directory", place) from None
        raise InputError.of("unreadable", place, reason=system_reason(error)) from None
    if not raw.strip():
        raise InputError.of("empty_file", place)
    if len(raw) > limit:
        raise InputError.of("file_too_big", place, limit=f"{limit / 1e6:g}")
    return raw


def decode(raw: bytes, name: str) -> str:
    """Return text from UTF-8 (with or without BOM), UTF-16 with BOM, or GB18030, all strict.

    Raises InputError: no encoding fits, the text holds NUL characters (a binary file), or it reads as Big5.
    """
    place = Place(file=name)
    encodings = ("utf-16",) if raw.startswith(_UTF16) else ("utf-8-sig", "gb18030")
    for encoding in encodings:
        try:
            text = raw.decode(encoding)
        except UnicodeDecodeError:
            continue
        if encoding == "gb18030" and _common(raw, _BIG5) > _common(raw, _GB2312):
            break
        if "\x00" not in text:
            return text
    if b"\x00" not in raw and _common(raw, _BIG5) > _PLAIN_BIG5:
        raise InputError.of("big5_question", place, found=_sample(raw))
    raise InputError.of("bad_encoding", place)


def parse_json(
    raw: bytes, file: str, number: Callable[[str], Any] | None = None, constant: Callable[[str], Any] | None = None
) -> Any:  # noqa: ANN401  (whatever a JSON file holds)
    """Return what a JSON file holds.

    `file`: what messages call it. `number`, `constant`: make what stands for a number, and for NaN or Infinity.
    Raises InputError: no text, no JSON, or an object that has a key twice.
    """
    twice: dict[int, tuple[dict[str, Any], str]] = {}

    def section(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        held = dict(pairs)
        if len(held) < len(pairs):
            counts = Counter(key for key, _ in pairs)
            twice[id(held)] = held, next(key for key in counts if counts[key] > 1)
        return held

    try:
        text = decode(raw, file)
        content = json.loads(
            text, object_pairs_hook=section, parse_float=number, parse_int=number, parse_constant=constant
        )
    except (ValueError, RecursionError) as error:
        raise InputError.of("not_json", Place(file=file, row=getattr(error, "lineno", None))) from error
    if twice:
        raise InputError.of("key_twice", Place(file=file, key=_where_twice(content, twice)))
    return content


def _where_twice(content: object, twice: Mapping[int, tuple[object, str]]) -> str:
    """Return the key that stands twice, with those above it: ``regions[3].rate``."""
    nodes = deque([("", content)])
    while id(nodes[0][1]) not in twice:
        above, node = nodes.popleft()
        if isinstance(node, dict):
            nodes += [(f"{above}.{key}", below) for key, below in node.items()]
        elif isinstance(node, list):
            nodes += [(f"{above}[{n}]", below) for n, below in enumerate(node)]
    return f"{nodes[0][0]}.{twice[id(nodes[0][1])][1]}".lstrip(".")


def _common(raw: bytes, kind: re.Pattern[bytes]) -> float:
    """Return which share of the pairs of bytes of a text are common characters of a kind."""
    pairs = _PAIR.findall(raw[:_JUDGED])
    return sum(bool(kind.fullmatch(pair)) for pair in pairs) / len(pairs) if pairs else 0.0


def _sample(raw: bytes) -> str:
    """Return the first Chinese text of a file as Big5 reads it."""
    text = raw[:_JUDGED].decode("big5", "ignore")
    return next(iter(_CHINESE.findall(text)), "")


def refuse_no_workbook(raw: bytes, name: str) -> None:
    """Refuse a file that is called a workbook and is neither an archive nor a compound file, as all of them are.

    Raises InputError: it says what the file is instead.
    """
    if not raw.startswith((ZIP, COMPOUND)):
        raise InputError.of("no_workbook", Place(file=name), ending=Path(name).suffix or name, kind=kind_of(raw))


def kind_of(raw: bytes) -> Text:
    """Return in words what a file is whose ending says something else: a page, XML, plain text, none of these."""
    start = raw[:1000].lower()
    known = next((kind for mark, kind in _KINDS if raw.startswith(mark)), None)
    if known is not None:
        return known
    if any(mark in start for mark in (b"<html", b"<table", b"<!doctype html", b"<head", b"<meta")):
        return Text("网页（HTML）", "a web page (HTML)")
    if start.lstrip(b"\xef\xbb\xbf \r\n").startswith(b"<?xml"):
        return Text("XML 文本", "XML text")
    if b"\0" not in start:
        with suppress(InputError):
            decode(raw[:_JUDGED].rpartition(b"\n")[0] or raw[:_JUDGED], "")
            return Text("纯文本", "plain text")
    return Text("认不出的数据", "data of no known kind")
