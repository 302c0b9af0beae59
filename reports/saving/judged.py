"""Judgements by the rows of the workbook: blocks, each a matrix or a set of weights, and the formulas of a matrix."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from scenarios.file.judgements import CRITERIA, Judgements, Level
from scenarios.judging.ahp import MOST, SCALE


@dataclass(frozen=True)
class Block:
    """Rows that belong together; the first says of what level, or whose they are."""

    level: str = ""
    own: Mapping[str, Any] = field(default_factory=dict)  # What is said of the level, plain values by key
    who: str = ""
    share: Any = None  # Of one of a group, or of weights of another origin
    names: tuple[str, ...] = ()
    matrix: tuple[tuple[Fraction, ...], ...] | None = None  # None of one to be filled in
    weights: Mapping[str, Any] | None = None  # Plain values; such a block has no matrix


def blocks(values: Mapping[str, Any], prepared: bool) -> Iterator[Block]:
    """Yield the blocks of a scenario, plain values; `prepared`: with an empty one of the criteria where none is."""
    given = values.get("judgements")
    levels = given if isinstance(given, dict) else {}
    for level, said in levels.items():
        yield from _of_level(level, said)
    criteria = values.get("criteria")
    names = tuple(criteria) if isinstance(criteria, dict) else ()
    if prepared and CRITERIA not in levels and 2 <= len(names) <= MOST:
        yield Block(CRITERIA, names=names)


def _of_level(level: str, said: Mapping[str, Any]) -> Iterator[Block]:
    read = Level.model_validate(said)
    own = {key: value for key, value in said.items() if key not in ("matrix", "group", "beside")}
    if read.matrix is not None:
        yield Block(level, own, **_matrix(read.matrix))
    else:
        yield Block(level, own)
    for judge, entry in zip(read.group, said.get("group") or (), strict=True):
        yield Block(who=judge.name, share=entry.get("share"), **_matrix(judge.matrix))
    for other, entry in zip(read.beside, said.get("beside") or (), strict=True):
        yield Block(who=other.name, share=entry.get("share"), names=read.names, weights=entry["weights"])


def _matrix(judged: Judgements) -> dict[str, Any]:
    return {"names": judged.names, "matrix": judged.rows}


def scale() -> list[str]:
    """Return what a judgement is chosen from: 1/9 … 9."""
    return list(map(judgement_text, SCALE))


def judgement_text(value: Fraction) -> str:
    """Return a judgement as a person writes it and as it is read again: 3, 1/3, 2.5, 2/7."""
    if value.denominator == 1 or value.numerator == 1:
        return str(value)
    for places in range(1, 16):
        if 10**places % value.denominator == 0:
            digits = str(value.numerator * (10**places // value.denominator)).zfill(places + 1)
            return f"{digits[:-places]}.{digits[-places:]}"
    return str(value)


def reciprocal_formula(cell: str) -> str:
    """Return the formula that says below the diagonal what `cell`, across it, leaves."""
    turned = f'MID({cell},FIND("/",{cell})+1,9)&"/"&LEFT({cell},FIND("/",{cell})-1)'
    whole = f'IF(ISNUMBER(FIND(".",{cell})),1/{cell},IF({cell}&""="1","1","1/"&{cell}))'
    parted = f'IF(ISNUMBER(FIND("/",{cell})),{turned},{whole})'
    return f'=IF({cell}="","",IF(LEFT({cell},2)="1/",MID({cell},3,9),{parted}))'
