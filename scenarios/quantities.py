"""What a target is of, and what it is called: the one table of labels for every text that is printed.

A quantity is a numerator over a denominator that grows: emissions over GDP, energy over GDP, or a level that stands
alone. Texts take its words as ``{q.unit}``, ``{q.intensity}`` and so on, from the quantity that is spoken of.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from functools import cache, cached_property, wraps
from inspect import isgeneratorfunction
from types import SimpleNamespace
from typing import Literal, ParamSpec, TypeVar, get_args

QuantityName = Literal["carbon", "energy", "coal", "oil", "nonfossil"]
QUANTITIES: tuple[QuantityName, ...] = get_args(QuantityName)
LEVELS: frozenset[QuantityName] = frozenset(("coal", "oil"))
"""Quantities that are totals alone: nothing they are divided by grows."""
STANDARD_COAL, MASS = "万吨标准煤", "万吨"

_Asked = ParamSpec("_Asked")
_Made = TypeVar("_Made")

_TERMS: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    # code: carbon, energy, coal, oil, nonfossil; units of coal and oil are those that the scenario declares
    "zh": {
        "what": ("碳排放", "能源消费", "煤炭消费", "石油消费", "非化石能源消费占比"),
        "unit": ("万吨", "万吨标准煤", "", "", "万吨标准煤"),
        "unit_full": ("万吨二氧化碳", "万吨标准煤", "", "", "万吨标准煤"),
        "rate_unit": ("吨/万元", "吨标准煤/万元", "", "", "1"),
        "intensity": ("碳排放强度", "单位GDP能耗", "煤炭消费量", "石油消费量", "化石能源占比"),
        "per_gdp": ("单位地区生产总值二氧化碳排放", "单位地区生产总值能耗", "煤炭消费量", "石油消费量", "化石能源占比"),
        "amount": ("二氧化碳排放", "能源消费", "煤炭消费", "石油消费", "化石能源消费"),
        "volume": ("排放量", "能源消费量", "煤炭消费量", "石油消费量", "化石能源消费量"),
        "noun": ("碳排放", "能源消费", "煤炭消费", "石油消费", "化石能源消费"),
        "used": ("排放", "能源消费", "煤炭消费", "石油消费", "化石能源消费"),
        "using": ("排放", "用能", "用煤", "用油", "用化石能源"),
        "allowed": ("可排放量", "允许的能源消费量", "允许的煤炭消费量", "允许的石油消费量", "允许的化石能源消费量"),
        "saving": ("减排", "节能", "减煤", "减油", "替代"),
        "heavy": ("高碳", "高耗能", "用煤多的", "用油多的", "化石能源多的"),
        "example": (
            "emissions（吨）", "能源消费量（吨标准煤）", "煤炭消费量（吨）", "石油消费量（吨）",
            "能源消费量（吨标准煤）",
        ),
        "decline": ("降碳", "节能", "减煤", "减油", "替代"),
    },
    "en": {
        "what": ("carbon", "energy", "coal", "oil", "share of non-fossil energy"),
        "unit": ("10⁴ t", "10⁴ tce", "", "", "10⁴ tce"),
        "unit_full": ("10⁴ t CO₂", "10⁴ tce", "", "", "10⁴ tce"),
        "rate_unit": ("t per 10⁴ yuan", "tce per 10⁴ yuan", "", "", "1"),
        "intensity": ("carbon intensity", "energy intensity", "coal use", "oil use", "fossil share of energy"),
        "intensity_target": (
            "Carbon-intensity target", "Energy-intensity target", "Coal target", "Oil target",
            "Target for the share of non-fossil energy",
        ),
        "amount": ("CO₂", "energy use", "coal use", "oil use", "fossil energy use"),
        "as_amount": (" as CO₂", "", "", "", ""),
        "used": ("emissions", "energy use", "coal use", "oil use", "fossil energy use"),
        "Used": ("Emissions", "Energy use", "Coal use", "Oil use", "Fossil energy use"),
        "are": ("are", "is", "is", "is", "is"),
        "have": ("have", "has", "has", "has", "has"),
        "stay": ("stay", "stays", "stays", "stays", "stays"),
        "peak": ("peak", "peaks", "peaks", "peaks", "peaks"),
        "add": ("add", "adds", "adds", "adds", "adds"),
        "emit": ("emit", "use", "use", "use", "use"),
        "emits": ("emits", "uses", "uses", "uses", "uses"),
        "emitted": ("emitted", "used", "used", "used", "used"),
        "Emitted": ("Emitted", "Used", "Used", "Used", "Used"),
        "example": ("emissions (t)", "energy_use (tce)", "coal_use (t)", "oil_use (t)", "energy_use (tce)"),
        "unit_zh": ("万吨", "万吨标准煤", "", "", "万吨标准煤"),
        "heavy": ("carbon-heavy", "energy-heavy", "coal-heavy", "oil-heavy", "fossil-heavy"),
    },
}  # fmt: skip
"""Language -> term -> its words for each quantity."""
_DECLARED = {
    STANDARD_COAL: {"zh": STANDARD_COAL, "en": "10⁴ tce"},
    MASS: {"zh": MASS, "en": "10⁴ t"},
}
"""Units that a scenario of coal or oil may declare, in both languages."""


@dataclass(frozen=True)
class Quantity:
    """What a target is of."""

    name: QuantityName = "carbon"
    declared: str = ""  # The unit that a scenario of coal or oil says its figures are in

    @property
    def unit(self) -> str:
        """The unit of its amounts, in Chinese."""
        return self.declared or _TERMS["zh"]["unit"][QUANTITIES.index(self.name)]

    @property
    def rate_unit(self) -> str:
        """The unit of its intensity, in Chinese."""
        return str(terms(self, "zh").rate_unit)

    @cached_property
    def is_level(self) -> bool:
        """Whether it is a total alone, without anything that grows beside it."""
        return self.name in LEVELS

    @cached_property
    def stands_alone(self) -> bool:
        """Whether cities are asked for what has neither GDP nor growth beside it: a level, or a share."""
        return self.is_level or self.is_share

    @cached_property
    def is_share(self) -> bool:
        """Whether it is the share of non-fossil energy."""
        return self.name == "nonfossil"

    @property
    def called(self) -> tuple[str, str]:
        """What it is called, in Chinese and English."""
        return str(terms(self, "zh").what), str(terms(self, "en").what)

    @property
    def measure(self) -> str:
        """The standard column whose units its amounts are in."""
        return "emissions" if self.name == "carbon" or self.declared == MASS else "energy"

    @property
    def column(self) -> str:
        """The standard column that its target is of."""
        return {"carbon": "emissions", "nonfossil": "energy"}.get(self.name, self.name)

    @property
    def columns(self) -> frozenset[str]:
        """The standard columns of energy that its target is of."""
        return frozenset((self.column, self.name)) - {"carbon", "emissions"}

    @property
    def told(self) -> dict[str, str | None]:
        """What a record says of it: nothing of carbon."""
        return {} if self.name == "carbon" else {"quantity": self.name, "unit": self.unit}


CARBON = Quantity()


def of_told(name: QuantityName | None, unit: str | None) -> Quantity:
    """Return the quantity that a record tells of; see `Quantity.told`."""
    return CARBON if name is None else Quantity(name, unit or "" if name in LEVELS else "")


def as_said(name: object, unit: object) -> Quantity:
    """Return the quantity that a scenario file which was refused may say; carbon where it says none that is known."""
    known: QuantityName = next((each for each in QUANTITIES if each == name), "carbon")
    return Quantity(known, str(unit) if known in LEVELS and unit in _DECLARED else "")


_SPOKEN: ContextVar[Quantity] = ContextVar("quantity", default=CARBON)


def spoken() -> Quantity:
    """Return the quantity that is spoken of."""
    return _SPOKEN.get()


def speak_of(quantity: Quantity) -> None:
    """Speak of a quantity from now on, in this context."""
    _SPOKEN.set(quantity)


@contextmanager
def speaking_of(quantity: Quantity) -> Iterator[None]:
    """Speak of a quantity for a while."""
    before = _SPOKEN.set(quantity)
    try:
        yield
    finally:
        _SPOKEN.reset(before)


@cache
def terms(quantity: Quantity, language: str) -> SimpleNamespace:
    """Return the words of a quantity by their codes."""
    own = {code: each[QUANTITIES.index(quantity.name)] for code, each in _TERMS[language].items()}
    if quantity.declared:
        unit = _DECLARED[quantity.declared][language]
        over = f"{unit}/亿元" if language == "zh" else f"{unit} per 10⁸ yuan"
        own |= {"unit": unit, "unit_full": unit, "rate_unit": over, "unit_zh": quantity.declared}
    return SimpleNamespace(**own)


def in_own_words(function: Callable[_Asked, _Made]) -> Callable[_Asked, _Made]:
    """Let a function speak of the quantity of its first argument, which says it as `measured`.

    Raises TypeError: a generator, whose words would be said after it has returned.
    """
    if isgeneratorfunction(function):
        raise TypeError(f"{function.__qualname__} is a generator")

    @wraps(function)
    def said(*args: _Asked.args, **more: _Asked.kwargs) -> _Made:
        first = args[0] if args else next(iter(more.values()))
        with speaking_of(first.measured):  # type: ignore[attr-defined]
            return function(*args, **more)

    return said
