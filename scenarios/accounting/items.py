"""What an energy table may hold: standard quantities, fuels, electricity, processes; found by name and unit."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Literal

from scenarios.accounting.factors import Named, UnknownFactor, fuels, named_rows, processes, standards

ItemKind = Literal["standard", "fuel", "coking", "electricity", "process"]


_RAW_COAL = frozenset(("原煤", "rawcoal", "动力煤", "商品煤", "原煤消费量", "煤炭实物量"))
_KINDS_OF_COAL = ("烟煤", "褐煤")
"""What coal as mined may be, of the kinds that have factors."""
_WITHOUT_FACTOR = {
    "煤炭": "无烟煤 型煤 洗煤 其他洗煤 洗中煤 煤泥 煤矸石 水煤浆 煤制品 其他煤制品 次烟煤 anthracite briquettes "
            "otherwashedcoal gangue",
    "石油": "煤油 航空煤油 喷气燃料 石脑油 润滑油 石蜡 溶剂油 石油沥青 炼厂干气 其他石油制品 kerosene naphtha "
            "refinerygas otherpetroleumproducts",
    "天然气": "煤层气 页岩气 coalbedmethane shalegas",
}  # fmt: skip
"""Fuels without a factor, by the standard quantity as which they can be given."""
_OF_ELECTRICITY = frozenset(("电力", "电", "电量", "electricity", "power"))
_WHICH_ELECTRICITY = ("全社会用电量", "发电量", "调入电力")
"""What 电力 may be."""


@dataclass(frozen=True)
class Item(Named):
    """One thing that a table gives amounts of."""

    # ``standard`` (coal, oil, gas in tce), ``fuel`` (a physical amount), ``coking`` (a material of which only the
    # carbon in the coking balance counts), ``electricity``, ``process``
    kind: ItemKind = "fuel"
    dimension: str = ""  # What its unit must measure: ``standard``, ``mass``, ``volume`` or ``power``
    group: str = ""  # For a fuel, the standard quantity it is part of

    @property
    def fossil(self) -> bool:
        """Whether it is a fossil fuel."""
        return self.kind in ("standard", "fuel")


@cache
def items() -> tuple[Item, ...]:
    """Return everything that an energy table may hold."""
    return (
        *(Item(*_of(entry), "standard", "standard", entry.key) for entry in standards().values()),
        *(Item(*_of(entry), "fuel", entry.dimension, entry.kind) for entry in fuels().values()),
        *(Item(*_of(entry), "coking", "mass", "coal") for entry in named_rows("coking")),
        *(Item(*_of(entry), "electricity", "power") for entry in named_rows("electricity")),
        *(Item(*_of(entry), "process", "mass") for key, entry in processes().items() if key != "ethylene_adjustment"),
    )


def find_items(name: str) -> tuple[Item, ...]:
    """Return what a name may mean: one item, or 天然气 in standard quantity and by volume.

    Raises UnknownFactor: nothing has this name; the nearest are named.
    """
    found = _by_name().get(_plain(name), ())
    if not found:
        if called_footprint(name):
            raise UnknownFactor(name.strip(), (), "factor_footprint")
        if _plain(name) in _RAW_COAL:
            raise UnknownFactor(name.strip(), _KINDS_OF_COAL, "energy_kinds")
        if _plain(name) in _OF_ELECTRICITY:
            raise UnknownFactor(name.strip(), _WHICH_ELECTRICITY, "energy_which_electricity")
        standard = next((key for key, names in _WITHOUT_FACTOR.items() if _plain(name) in names.split()), "")
        if standard:
            raise UnknownFactor(name.strip(), (standard,), "energy_without_factor")
        raise UnknownFactor(name.strip(), (item.zh for item in items()) if not name.isascii() else _by_name())
    return found


def called_footprint(name: str) -> bool:
    """Return whether something calls itself a carbon footprint, which is of a life cycle and no emission factor."""
    return re.search("碳足迹|生命周期|footprint|life.?cycle", name, re.IGNORECASE) is not None


@cache
def _by_name() -> Mapping[str, tuple[Item, ...]]:
    names: dict[str, tuple[Item, ...]] = {}
    for item in items():
        for spelling in dict.fromkeys(map(_plain, item.spellings)):
            names[spelling] = (*names.get(spelling, ()), item)
    return names


def _plain(name: str) -> str:
    return "".join(name.split()).lower().replace("(", "（").replace(")", "）")


def _of(entry: Named) -> tuple[str, str, str, tuple[str, ...]]:
    return entry.key, entry.zh, entry.en, entry.aliases
