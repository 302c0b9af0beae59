"""The table of regions, read and judged once for the same bytes and the same questions."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import replace
from pathlib import Path

from scenarios.errors import Finding
from scenarios.regions.read_before import pairs, read_once
from scenarios.regions.table import read_regions
from scenarios.regions.wanted import Wanted
from scenarios.tables.files import InputFile
from scenarios.tables.layout.asked import Asked
from scenarios.tables.regions import Regions


def read_regions_again(path: Path, wanted: Wanted) -> tuple[Regions, InputFile, tuple[Finding, ...]]:
    """Return what `read_regions` returns; see `read_once`.

    With figures from tables of their own it is judged each time. Raises InputError: as `read_regions`.
    """
    if wanted.supplied:
        return read_regions(path, wanted)

    def read(asked: Asked) -> tuple[tuple[Regions, tuple[Finding, ...]], InputFile, int]:
        regions, source, notices = read_regions(path, replace(wanted, asked=asked))
        return (regions, notices), source, len(regions) * (len(regions.columns) + 10)

    (regions, notices), source = read_once(path, ("regions", _said(wanted)), wanted.asked, read)
    return regions, source, notices


def _said(wanted: Wanted) -> Hashable:
    """Return everything that is wanted, to be compared; bounds to the digit as they are written."""
    answers = wanted.answers
    asked = (pairs(answers.reasons), answers.only_said, answers.stopping)
    columns = (wanted.columns, wanted.shares, wanted.steps, wanted.rates, wanted.elsewhere, wanted.above_zero)
    return (columns, repr(wanted.bounds), wanted.province, wanted.growth_uncertainty, wanted.years, asked)
