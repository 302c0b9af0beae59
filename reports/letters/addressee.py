"""To whom a letter to a city goes, and what it calls the city it speaks to."""

from __future__ import annotations

from dataclasses import dataclass

from reports.printing.document import one_line
from reports.words import LABELS
from scenarios.tables.adcodes.prefectures import full_name_of
from scenarios.wording import Language

_KINDS = (("地区", "area"), ("盟", "league"), ("州", "region"), ("市", "city"), ("县", "county"), ("区", "district"))
"""Ends of names, the longest first, and the kind of place that they tell."""


@dataclass(frozen=True)
class Addressee:
    """The place by its full name, its government, and what the letter calls it."""

    name: str
    whom: str
    you: str


def addressee(name: str, label: str, language: Language) -> Addressee:
    """Return whom a letter addresses; a place of no known kind is called by its name alone.

    `name`: the region's Chinese name; `label`: what papers in `language` call it.
    """
    known, own = full_name_of(name), one_line(name)
    full = known if known.startswith(own) else own
    kind = next((kind for end, kind in _KINDS if full.endswith(end) and full != end), "place")
    shown = full if language == "zh" else one_line(label)
    whom = LABELS.say(f"letter_whom_{kind}", language, name=shown)
    return Addressee(shown, whom, LABELS.say(f"letter_you_{kind}", language))
