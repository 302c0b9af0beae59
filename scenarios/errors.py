"""What is wrong, where, what was found, what is needed and what to do.

A reader collects `Finding` objects and raises them together as one `InputError`,
so that a planner mends a file once and not once a mistake.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import asdict, dataclass, field, replace
from functools import reduce, wraps
from typing import Literal, ParamSpec, Protocol, TypeVar, runtime_checkable

from scenarios.findings.keys import key_called, key_in_words
from scenarios.frozen import frozen
from scenarios.messages import MESSAGES
from scenarios.quantities import Quantity, speaking_of, spoken
from scenarios.wording import Language, Text, as_page_has_it, colon, listed, on_page, phrases

_Read = TypeVar("_Read")
_More = ParamSpec("_More")
_Made = TypeVar("_Made")

_LONGEST = 400
_PLACE = {
    "sheet": Text("工作表“{}”", "sheet “{}”"),
    "cell": Text("单元格 {}", "cell {}"),
    "row": Text("第 {} 行", "row {}"),
    "column": Text("“{}”列", "column “{}”"),
}


@runtime_checkable
class Said(Protocol):
    """What is said in a language."""

    def say(self, language: Language, /) -> str:
        """Return it in words."""


@frozen
class Place:
    """Where a finding stands: as much of it as is known."""

    file: str = ""  # File name as the user gave it
    # sheet, cell: Excel sheet and cell (``C5``)
    sheet: str = ""
    cell: str = ""
    # row, column: Line of a text file counted from 1, and the header of the column
    row: int | None = None
    column: str = ""
    key: str = ""  # Dotted key of a scenario file (``criteria.capacity.weight``).
    called: Said | None = field(default=None, compare=False, repr=False)  # What the key is called on the page

    @property
    def address(self) -> tuple[int, int]:
        """Row and column as numbers from 1, 0 where it has none."""
        letters = self.cell.rstrip("0123456789")
        number = reduce(lambda left, letter: 26 * left + ord(letter) - ord("A") + 1, letters, 0)
        return int(self.cell[len(letters) :] or self.row or 0), number

    @property
    def inside(self) -> Place:
        """The place without its file, sheet and column: the row, cell or key."""
        return Place(cell=self.cell, row=self.row, key=self.key, called=self.called)

    def say(self, language: Language) -> str:
        """Return the place in words, empty when nothing is known."""
        parts = [self.file] if self.file else []
        for name, text in _PLACE.items():
            value = getattr(self, name)
            if value and not (name == "row" and self.cell):
                parts.append((text.zh if language == "zh" else text.en).format(value))
        if self.key and (named := self._named(language)):
            parts.append(named)
        return phrases(parts, language)

    def _named(self, language: Language) -> str:
        """Return what the key is called; on the page no key and no option, which nobody types there."""
        if not on_page():
            return key_in_words(self.key) if language == "zh" else self.key
        if self.called is not None:
            return self.called.say(language)
        return "" if self.key.startswith("--") else key_called(self.key, language)


_ANSWERED: ContextVar[str] = ContextVar("answered", default="")


@contextmanager
def answered_in(file: str) -> Iterator[None]:
    """Have the questions that are asked inside belong to a scenario file, in which they are answered."""
    token = _ANSWERED.set(file)
    try:
        yield
    finally:
        _ANSWERED.reset(token)


def asking_of(function: Callable[_More, _Made]) -> Callable[_More, _Made]:
    """Let the questions that a function asks be answered in the file of its scenario, the first argument."""

    @wraps(function)
    def asked(*args: _More.args, **more: _More.kwargs) -> _Made:
        document = (args[0] if args else next(iter(more.values()))).document  # type: ignore[attr-defined]
        with answered_in(document.name if document else ""):
            return function(*args, **more)

    return asked


def answering() -> str:
    """Return the scenario file in which questions are answered here, ``""`` for none."""
    return _ANSWERED.get()


@dataclass(frozen=True)
class Finding:
    """One thing wrong, or worth saying, about an input."""

    code: str  # Key of `scenarios.messages.MESSAGES`.
    place: Place = field(default_factory=Place)  # Where it stands
    # What fills the message: what was found, what is needed; a `Place` or `Text` is said in the message's language, and
    # so are those in a tuple
    values: Mapping[str, object] = field(default_factory=dict)
    # ``error`` refuses the input, so does a ``question`` until it is answered; ``notice`` is said in every output
    severity: Literal["error", "question", "notice"] = "error"
    asked: str = ""  # Sense id by which the scenario answers it; ``""`` where that is impossible
    reason: Text | None = None  # Why it is right, where the scenario says so
    # Of an open question, the answered id that it may be meant by, ``""`` for none; None in a scenario without answers
    near: str | None = None
    file: str = field(default_factory=_ANSWERED.get, compare=False, repr=False)  # The scenario that answers it
    of: Quantity = field(default_factory=spoken, compare=False, repr=False)  # In whose words it is said

    def say(self, language: Language, how: bool = True) -> str:
        """Return place and message in `language`, on one line."""
        where, what = _shown(self.place, language), self.message(language, how)
        return f"{where}{colon(language)}{what}" if where else what

    def message(self, language: Language, how: bool = True) -> str:
        """Return the message without its place; of a question with its answer or, with `how`, how to answer it."""
        with speaking_of(self.of):
            what = MESSAGES.say(self.code, language, **{k: _shown(value, language) for k, value in self.values.items()})
        if on_page():
            what = as_page_has_it(what, language)
        if self.reason is not None and self.reason.say(language):
            what += " " + MESSAGES.say("accepted", language, reason=_shown(self.reason.say(language), language))
        if self.near:
            what += " " + MESSAGES.say("near_answer", language, found=_shown(self.near, language), meant=self.asked)
        if how and self.open:
            what += " " + MESSAGES.say("how_to_accept", language, line=self.answer(language))
        return what

    @property
    def open(self) -> bool:
        """Whether it is a question without an answer."""
        return self.severity == "question" and self.reason is None

    def answer(self, language: Language) -> str:
        """Return the line of a scenario that answers it, its reason to be filled in."""
        return MESSAGES.say("answer", language, id=json.dumps(self.asked, ensure_ascii=False))

    def as_json(self) -> dict[str, object]:
        """Return a JSON-ready record: code, place, values, both texts."""
        place = {k: v for k, v in asdict(replace(self.place, called=None)).items() if v not in ("", None)}
        values = {key: _shown(value, "en") for key, value in self.values.items()}
        return {
            "code": self.code,
            "severity": self.severity,
            **({"asked": self.asked} if self.asked else {}),
            **place,
            "values": values,
            "zh": self.say("zh"),
            "en": self.say("en"),
        }


def _shown(value: object, language: Language) -> str:
    """Return a value for a message: on one line, nothing that steers a terminal, cut when it is very long."""
    if isinstance(value, tuple) and not isinstance(value, Text):
        text = listed((_shown(one, language) for one in value), language)
    else:
        text = value.say(language) if isinstance(value, Said) else str(value)
    shown = text[:_LONGEST]
    if not shown.isprintable():
        shown = "".join(c if c.isprintable() else " " for c in shown)
    return shown if len(text) <= _LONGEST else f"{shown}…"


def once(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Return findings, each once: a table that is read for two of its columns has its notices from both."""
    return tuple({(finding.code, finding.place, finding.say("en")): finding for finding in findings}.values())


def open_questions(findings: Iterable[Finding]) -> dict[str, Finding]:
    """Return the open questions among findings by their ids."""
    return {finding.asked: finding for finding in findings if finding.open and finding.asked}


class InputError(Exception):
    """The input cannot be used; holds every finding, not the first.

    Parameters
    ----------
    findings
        At least one that refuses it, and those that must be said beside: `findings` and `notices`.
    """

    def __init__(self, findings: Iterable[Finding]) -> None:
        self.everything = tuple(findings)
        self.findings = tuple(finding for finding in self.everything if finding.severity != "notice")
        self.notices = tuple(finding for finding in self.everything if finding.severity == "notice")
        super().__init__("\n".join(finding.say("en") for finding in self.findings))

    def __reduce__(self) -> tuple[type[InputError], tuple[tuple[Finding, ...]]]:
        """Return how to make it again in another process."""
        return InputError, (self.everything,)

    @classmethod
    def of(cls, code: str, place: Place | None = None, /, **values: object) -> InputError:
        """Return an error of one finding."""
        return cls([Finding(code, place or Place(), values)])


class Collector:
    """Gathers findings; errors are raised together by `raise_errors`."""

    def __init__(self) -> None:
        self.findings: list[Finding] = []
        self._places: set[Place] = set()

    def error(self, code: str, place: Place | None = None, /, **values: object) -> None:
        """Note something that refuses the input."""
        self.extend([Finding(code, place or Place(), values)])

    def notice(self, code: str, place: Place | None = None, /, **values: object) -> None:
        """Note something that must be said but refuses nothing."""
        self.extend([Finding(code, place or Place(), values, "notice")])

    def extend(self, findings: Iterable[Finding]) -> None:
        """Take over findings made elsewhere."""
        for finding in findings:
            self.findings.append(finding)
            if finding.severity == "error":
                self._places.add(finding.place)

    def forget(self, code: str, rows: Collection[tuple[str, int]]) -> None:
        """Take back what was noted of cells in some rows, each a sheet and a line, that another finding is about."""
        gone = {f.place for f in self.findings if f.code == code and (f.place.sheet, f.place.address[0]) in rows}
        self.findings = [f for f in self.findings if f.code != code or f.place not in gone]

    def taken(self, read: Callable[[], _Read]) -> _Read | None:
        """Return what a reader gives; None where it refuses, which is kept to be raised with the rest."""
        try:
            return read()
        except InputError as error:
            self.extend(error.everything)
            return None

    def names(self, place: Place) -> bool:
        """Return whether something was already found wrong at exactly this place."""
        return place in self._places

    @property
    def refuses(self) -> bool:
        """Whether anything is wrong."""
        return any(finding.severity == "error" for finding in self.findings)

    @property
    def notices(self) -> tuple[Finding, ...]:
        """The findings that refuse nothing."""
        return tuple(finding for finding in self.findings if finding.severity == "notice")

    def raise_errors(self) -> None:
        """Raise `InputError` with all that was noted, if there is an error or an open question among it."""
        if any(finding.severity != "notice" for finding in self.findings):
            raise InputError(self.findings)
