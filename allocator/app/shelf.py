"""What the start page offers: the bundled examples and the scenarios in a folder of the user's, each opened once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import lru_cache
from importlib.resources import files
from pathlib import Path
from threading import Lock
from types import MappingProxyType
from typing import Any

from allocator.app.desk import Desk
from reports.words import LABELS
from scenarios.errors import InputError, Place
from scenarios.file.document import read_document, spoken_title, validate
from scenarios.file.schema import ScenarioFile
from scenarios.findings.system import system_reason
from scenarios.load import bundled_cases, find_scenario, load_scenario
from scenarios.quantities import speaking_of
from scenarios.tables.cells import exact_per_cent
from scenarios.wording import Language, listed

EXAMPLE, OWN = "example", "own"
KINDS = (EXAMPLE, OWN)

REMOVED: Mapping[Language, str] = MappingProxyType({"zh": "已删除", "en": "removed"})
"""Folder of the user's into which scenarios go that are removed; it is none itself."""
_MOST = 50
_NAMED = 4  # cities by which scenarios of one title are told apart
"""So many scenarios of the folder are offered, those first that were worked on last."""


@dataclass(frozen=True)
class Offer:
    """A scenario that can be opened."""

    kind: str
    name: str  # by which it is asked for, among those of its kind
    title: str
    line: str  # what it is about
    rounds: str  # the rounds kept of it, empty where there are none
    when: float = 0  # seconds, of what was written last
    whole: bool = True  # Whether it can be read
    alike: bool = False  # Whether another one has the same title
    cities: str = ""  # Of one of these, which regions it is about

    @property
    def day(self) -> str:
        """When it was written last, in this machine's time: 2026-05-01 09:30."""
        return datetime.fromtimestamp(self.when).strftime("%Y-%m-%d %H:%M")


class Shelf:
    """The scenarios that can be opened, and those that are open."""

    def __init__(self, folder: Path, out: Path | None = None, memory: Path | None = None) -> None:
        """`folder`: of the user's, a folder in it a scenario; `out`: where rounds go, by default beside each scenario.

        `memory`: the file in which another folder is remembered; None where it is not.
        """
        self.folder, self.memory, self._out = folder, memory, out
        self._open: dict[tuple[str, str], Desk] = {}
        self._turn = Lock()

    def move(self, folder: Path) -> None:
        """Offer what is in another folder from now on."""
        with self._turn:
            self.folder = folder
            self._open = {key: desk for key, desk in self._open.items() if key[0] != OWN}

    def forget(self, kind: str, name: str) -> None:
        """Close a scenario, whose files have been changed."""
        with self._turn:
            self._open.pop((kind, name), None)

    def examples(self, language: Language) -> list[Offer]:
        """Return what is bundled."""
        return [self._offer(EXAMPLE, name, language) for name in bundled_cases()]

    def work(self, language: Language) -> list[Offer]:
        """Return what is in the folder, the latest first."""
        latest = sorted(self._names(), key=lambda name: -self._when(OWN, name))[:_MOST]
        found = [self._offer(OWN, name, language) for name in latest]
        titles = Counter(offer.title for offer in found)
        return [self._told_apart(offer, language) if titles[offer.title] > 1 else offer for offer in found]

    def offers(self, kind: str, name: str) -> bool:
        """Return whether a scenario is one of these, or is open; a path that leads elsewhere is not."""
        return (kind, name) in self._open or name in (bundled_cases() if kind == EXAMPLE else self._names())

    def desk(self, kind: str, name: str, fresh: bool = False) -> Desk:
        """Return an offered scenario, opened; `fresh`: as its files are now.

        Raises InputError: all that is wrong in file and table.
        """
        with self._turn:
            if (kind, name) not in self._open:
                place = self.place(kind, name)
                self._open[kind, name] = Desk.open(str(place), folder=self._rounds(kind, name))
            elif fresh:
                self._open[kind, name] = self._open[kind, name].renewed()
            return self._open[kind, name]

    def settle(self, name: str, to: str) -> None:
        """Move a scenario of the user's, and its rounds wherever they are kept, to another place in their folders.

        `to`: a relative path. Raises InputError: something is there already; the system refuses.
        """
        with self._turn:
            self._open.pop((OWN, name), None)
            bases = [self.folder, *([] if self._out is None else [self._out / OWN])]
            moves = [(base / name, base / to) for base in bases if (base / name).exists()]
            if any(there.exists() for _, there in moves):
                raise InputError.of("name_taken", Place(file=to), found=Path(to).name)
            _move_all(moves)

    def homes(self) -> Iterator[Path]:
        """Give the folders in the user's, whether they hold a scenario or not."""
        with suppress(OSError):
            for entry in self.folder.iterdir():
                if not entry.name.startswith(".") and entry.is_dir():
                    yield entry

    def _names(self) -> Iterator[str]:
        """Give the names of the folders that hold a scenario."""
        return (home.name for home in self.homes() if _holds(home))

    def place(self, kind: str, name: str) -> Path:
        """Return where a scenario is."""
        return self.folder / name if kind == OWN else Path(str(files("scenarios") / "cases" / name))

    def _rounds(self, kind: str, name: str) -> Path:
        """Return where the rounds of a scenario go: apart from those of any other, whatever that one calls itself."""
        if kind == OWN:
            return (self.folder / name if self._out is None else self._out / OWN / name) / "rounds"
        return (self.folder / "out" if self._out is None else self._out) / name / "rounds"

    def _offer(self, kind: str, name: str, language: Language) -> Offer:
        """Return what is said of a scenario; one that cannot be read is offered too, and says why when it is opened."""
        place = self.place(kind, name)
        found = _known(place)
        file = found.file
        if file is None:
            title = spoken_title(found.values, language) or name
            line = LABELS.say("app_offer_broken", language)
            return Offer(kind, name, title, line, self._said(kind, name, language), _written(place), False)
        with speaking_of(file.measured):
            years = {"base": file.period.base, "end": file.period.end}
            if file.above is None:
                line = LABELS.say("app_offer", language, target=exact_per_cent(file.target), **years)
            else:
                line = LABELS.say("app_offer_above", language, region=file.above.of, **years)
        return Offer(
            kind, name, file.title.say(language), line, self._said(kind, name, language), self._when(kind, name)
        )

    def _kept(self, kind: str, name: str) -> list[float]:
        """Return when the rounds of a scenario were kept."""
        return [_written(folder) for folder in self._rounds(kind, name).glob("round-*")]

    def _said(self, kind: str, name: str, language: Language) -> str:
        """Return in words how many rounds are kept of a scenario, and when the last was; empty without one."""
        if not (kept := self._kept(kind, name)):
            return ""
        day = datetime.fromtimestamp(max(kept)).date().isoformat()
        return LABELS.say("app_rounds", language, count=len(kept), day=day)

    def _when(self, kind: str, name: str) -> float:
        """Return when something of a scenario was written last."""
        return max([_written(self.place(kind, name)), *self._kept(kind, name)])

    def _told_apart(self, offer: Offer, language: Language) -> Offer:
        """Return what is said of a scenario whose title another one has too: its cities besides."""
        names: Sequence[str] = ()
        with suppress(InputError):
            names = load_scenario(self.place(OWN, offer.name)).regions.labels(language)
        more = LABELS.say("app_offer_more", language) if len(names) > _NAMED else ""
        listing = {"count": len(names), "names": listed(names[:_NAMED], language) + more}
        return replace(offer, alike=True, cities=LABELS.say("app_offer_cities", language, **listing) if names else "")


def _move_all(moves: Sequence[tuple[Path, Path]]) -> None:
    """Move folders, all of them or none. Raises InputError: the system refuses."""
    done: list[tuple[Path, Path]] = []
    try:
        for here, there in moves:
            there.parent.mkdir(parents=True, exist_ok=True)
            here.rename(there)
            done.append((here, there))
    except OSError as error:
        for here, there in done:
            with suppress(OSError):
                there.rename(here)
        raise InputError.of("out_not_writable", Place(file=str(here)), reason=system_reason(error)) from None


def _holds(folder: Path) -> bool:
    try:
        return find_scenario(folder).parent == folder
    except InputError:
        return False


@dataclass(frozen=True)
class _Found:
    """What a scenario file says."""

    values: Mapping[str, Any] = field(default_factory=dict)  # As they stand there, empty where it cannot be read
    file: ScenarioFile | None = None  # None where something is wrong in it


def _known(place: Path) -> _Found:
    """Return what the scenario file of a folder says, read once as long as it stays as it is."""
    with suppress(InputError, OSError):
        path = find_scenario(place)
        at = path.stat()
        return _read(path, (at.st_mtime_ns, at.st_size, at.st_ino))
    return _Found()


@lru_cache(maxsize=2 * _MOST)
def _read(path: Path, _stamp: tuple[int, int, int]) -> _Found:
    """Return what a scenario file says."""
    values: Mapping[str, Any] = {}
    with suppress(InputError):
        document = read_document(path)[0]
        values = document.values
        return _Found(values, validate(document))
    return _Found(values)


def _written(place: Path) -> float:
    """Return when a file or what is in a folder was written last."""
    with suppress(OSError):
        return max(path.stat().st_mtime for path in (place, *place.glob("*")))
    return 0
