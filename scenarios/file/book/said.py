"""A setting in words: what the sheet of settings calls it, and its value as a person writes it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import Any

from scenarios.errors import Said
from scenarios.file.book.cells import written
from scenarios.file.book.slots import NAME, Path, Slot, alone, indicator_slots, settings_slots, slot_of
from scenarios.file.yaml_tree import read_scalar
from scenarios.findings.keys import key_called, keys_called
from scenarios.findings.setting_units import UNITS
from scenarios.tables.cells import CellError, exact_per_cent, in_all_digits, parse_number
from scenarios.wording import Language, Text, listed, percent

Names = Mapping[Path, Said]
"""Path of keys -> what the scenario itself calls what stands there: a criterion, an indicator, a rule by its reason."""
NO_NAMES: Names = MappingProxyType({})

_OWN = ("criteria", "rules")
_OFF = Text("停用规则“{rule}”", "rule “{rule}” set aside")
_NOTHING = Text("不填", "empty")
_POINTS = Text("{number} 个百分点", "{number} points")
_AGREED = {
    "fix": Text("商定值 {whom} {rate}", "agreed {whom} {rate}"),
    "absorb": Text("只由 {whom} 承担", "picked up by {whom} alone"),
}
"""What a round asks: ``fix REGION=RATE``, ``absorb REGIONS``."""


@dataclass(frozen=True)
class SaidSetting:
    """A ``KEY=VALUE`` setting, or the keys of one, to be said in the words of the scenario."""

    setting: str | Path
    values: Mapping[str, Any]  # The scenario, plain values

    def say(self, language: Language, /) -> str:
        """Return it in words."""
        names = names_in(self.values)
        if isinstance(self.setting, str):
            return setting_in_words(self.setting, names, language)
        return _subject(self.setting, names, language)


def names_in(values: Mapping[str, Any]) -> dict[Path, Said]:
    """Return what the plain values of a scenario call its criteria, indicators and rules, as far as they do."""
    found: dict[Path, Said] = {}
    for key, criterion in _section(values.get("criteria")):
        _put(found, ("criteria", key), criterion, "label")
        for name, indicator in _section(criterion.get("indicators") if isinstance(criterion, dict) else None):
            _put(found, ("criteria", key, "indicators", name), indicator, "label")
    rules = values.get("rules")
    for rule in rules if isinstance(rules, list) else ():
        if isinstance(rule, dict):
            _put(found, ("rules", str(rule.get("id"))), rule, "reason")
    return found


def settings_in_words(settings: Iterable[str], names: Names, language: Language) -> list[str]:
    """Return ``KEY=VALUE`` settings in words; see `setting_in_words`."""
    return [setting_in_words(setting, names, language) for setting in settings]


def settings_to_type(settings: Iterable[str], names: Names) -> Text:
    """Return ``KEY=VALUE`` settings in words, each with what is typed for it on a command line behind."""
    given = tuple(settings)
    zh = (f"{setting_in_words(setting, names, 'zh')}（--set {setting}）" for setting in given)
    en = (f"{setting_in_words(setting, names, 'en')} (--set {setting})" for setting in given)
    return Text(listed(zh, "zh"), listed(en, "en"))


def setting_in_words(setting: str, names: Names, language: Language) -> str:
    """Return a ``KEY=VALUE`` setting, or what a round asks, in words: 目标 18.5%, 能力 权重 0.5, 商定值 南宁 18%."""
    key, _, text = setting.partition("=")
    word, _, whom = key.partition(" ")
    if word in _AGREED:
        rate = f"{text.removesuffix('%')}{percent(language)}"
        return _AGREED[word].say(language, whom=_own(("regions", whom), names, language) or whom, rate=rate)
    path = tuple(part.strip() for part in key.split("."))
    if path[0] == "rules" and len(path) == 2:
        return _OFF.say(language, rule=_own(path, names, language) or path[1])
    found = slot_of(path, _known())
    said = _value(text.strip(), None if found is None else found[0], language)
    return f"{_subject(path, names, language)} {said}"


def _subject(path: Path, names: Names, language: Language) -> str:
    """Return what is set: a criterion or an indicator by its own label, and what of it."""
    if path[0] not in _OWN:
        slot, name = slot_of(path, _known()) or (None, "")
        keys = [part for part in (slot.path if slot else path) if part != NAME]
        return " ".join(filter(None, (keys_called(keys, language), name)))
    depth = 4 if path[2:3] == ("indicators",) and len(path) > 3 else 2
    own = _own(path[:depth], names, language) or key_called(".".join(path[:depth]), language)
    rest = keys_called(path[depth:], language)
    return f"{own} {rest}".rstrip()


def _own(path: Path, names: Names, language: Language) -> str:
    return names[path].say(language) if path in names else ""


@cache
def _known() -> Mapping[Path, Slot]:
    """Return all values of a scenario by their keys."""
    slots = {slot.path: slot for slot in settings_slots()}
    return slots | alone(slots.values()) | {("criteria", *slot.path): slot for slot in indicator_slots()}


@in_all_digits
def _value(text: str, slot: Slot | None, language: Language) -> str:
    """Return a value as a person writes it, with its unit."""
    if slot is None:
        return text
    if slot.kind == "rate" and (points := _points(text)) is not None:
        return _POINTS.say(language, number=points)
    if (value := read_scalar(text)) is None:
        return _NOTHING.say(language)
    put = written(value, slot, language)
    if isinstance(put.value, str):
        return put.value
    if put.pattern.endswith("%"):
        return f"{exact_per_cent(put.value)}{percent(language)}"
    unit = UNITS[slot.key].say(language) if slot.key in UNITS else ""
    return f"{put.value:f}{' × ' if unit.startswith('10') else ' '}{unit}".rstrip()


def _points(text: str) -> str | None:
    """Return the number of points that a text asks for; None where it is none of points."""
    if text.endswith("%") or not text[-1:].isalpha():
        return None
    try:
        number, as_points = parse_number(text)
    except CellError:
        return None
    return f"{number.normalize():f}" if as_points else None


def _section(node: object) -> Iterable[tuple[str, Any]]:
    return [(str(key), below) for key, below in node.items()] if isinstance(node, dict) else []


def _put(found: dict[Path, Said], path: Path, node: object, key: str) -> None:
    """Note what a section calls itself, a text in one language or in both."""
    said = node.get(key) if isinstance(node, dict) else None
    zh, en = (said.get("zh"), said.get("en")) if isinstance(said, dict) else (said, said)
    texts = [each for each in (zh, en) if isinstance(each, str) and each]
    if texts:
        found[path] = Text(*(str(each if isinstance(each, str) and each else texts[0]) for each in (zh, en)))
