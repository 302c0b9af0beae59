"""What is said of a round when it is kept: who keeps it, and why."""

from __future__ import annotations

import getpass
from dataclasses import dataclass

from scenarios.errors import Collector, Place

_LONGEST = {"who": 60, "why": 300}
"""Characters of what may be said."""


@dataclass(frozen=True)
class Remark:
    """Who keeps a round, and why; either is empty where it is not said."""

    who: str = ""
    why: str = ""

    @classmethod
    def of(cls, who: str, why: str) -> Remark:
        """Return a remark as people wrote it: on one line, without signs that steer a screen.

        Raises InputError: longer than can be kept.
        """
        said = {"who": on_one_line(who), "why": on_one_line(why)}
        collector = Collector()
        for name, text in said.items():
            if len(text) > _LONGEST[name]:
                option = "--who" if name == "who" else "--reason"
                values = {"found": len(text), "most": _LONGEST[name]}
                collector.error("remark_long", Place(key=option), **values)
        collector.raise_errors()
        return cls(**said)


NO_REMARK = Remark()


def on_one_line(text: str) -> str:
    """Return a text on one line, nothing in it that steers a terminal or turns what stands around it."""
    return " ".join("".join(sign if sign.isprintable() else " " for sign in text).split())


def login_name() -> str:
    """Return the name by which the system knows who is at work, empty where it knows none."""
    try:
        return on_one_line(getpass.getuser())[: _LONGEST["who"]]
    except (ImportError, KeyError, OSError):
        return ""
