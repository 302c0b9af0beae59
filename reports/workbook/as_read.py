"""The sheet that says of the inputs what `check` says: shares, intensities, yearly growth, what was asked about."""

from __future__ import annotations

from collections.abc import Callable

from reports.planning.record import PlanRecord
from reports.planning.understood import columns
from reports.words import LABELS
from reports.workbook.annexes import TOP, Annex, CellBlock, Number
from scenarios.wording import Language

_FIRST = TOP + 2  # row of the first region, as Excel counts
_AMOUNT, _INTENSITY, _SHARE, _GROWTH = "#,##0.00", "0.0000", "0.0", "0.00"


def sheet_as_read(
    record: PlanRecord, cell: Callable[[int, str], str], column: Callable[[str], str], language: Language
) -> Annex:
    """Return the sheet, a row a region and one of the province.

    `cell`, `column`: where a region's figure and those of all regions stand on the sheet of inputs, by label code.
    """
    if record.measured.stands_alone:
        return _of_level(record, cell, column, language)
    scenario, regions, last = record.scenario, record.regions, _FIRST + len(record.regions)
    years, emitted = scenario.end_year - scenario.base_year, sum(r.emissions_10kt for r in regions)
    rows = [
        (
            r.id,
            r.label(language),
            Number(r.emissions_10kt, _AMOUNT, f"={cell(n, 'emissions')}"),
            Number(r.gdp_100m_yuan, _AMOUNT, f"={cell(n, 'gdp')}"),
            Number(r.intensity, _INTENSITY, f"=C{_FIRST + n}/D{_FIRST + n}"),
            # by the sum below: summed in every row it would look at all regions from each
            Number(r.emissions_10kt / emitted * 100, _SHARE, f"=C{_FIRST + n}/C${last}*100"),
            Number((r.growth ** (1 / years) - 1) * 100, _GROWTH, f"=({cell(n, 'growth')}^(1/{years})-1)*100"),
            "".join(f"√ {one} " for one in r.asked or ()).strip(),
        )
        for n, r in enumerate(regions)
    ]
    produced, grown = sum(r.gdp_100m_yuan for r in regions), sum(r.gdp_100m_yuan * r.growth for r in regions)
    product = f"SUMPRODUCT({column('gdp')},{column('growth')})"
    of_all = (
        "",
        LABELS.say("total", language),
        Number(emitted, _AMOUNT, f"=SUM({column('emissions')})"),
        Number(produced, _AMOUNT, f"=SUM({column('gdp')})"),
        Number(emitted / produced, _INTENSITY, f"=C{last}/D{last}"),
        Number(100.0, _SHARE, f"=SUM(F{_FIRST}:F{last - 1})"),
        Number(((grown / produced) ** (1 / years) - 1) * 100, _GROWTH, f"=(({product}/D{last})^(1/{years})-1)*100"),
        "",
    )
    headers = tuple(LABELS.say(code, language) for code in ("id", *columns()))
    block = CellBlock(headers, (*rows, of_all))
    return Annex("sheet_read", LABELS.say("note_read", language), (block,), (11.0,) + (14.0,) * 6 + (40.0,), True)


def _of_level(
    record: PlanRecord, cell: Callable[[int, str], str], column: Callable[[str], str], language: Language
) -> Annex:
    """Return that of a level: amounts and shares."""
    regions, last = record.regions, _FIRST + len(record.regions)
    whole = sum(r.emissions_10kt for r in regions)
    rows = [
        (
            r.id,
            r.label(language),
            Number(r.emissions_10kt, _AMOUNT, f"={cell(n, 'emissions')}"),
            Number(r.emissions_10kt / whole * 100, _SHARE, f"=C{_FIRST + n}/C${last}*100"),
            "".join(f"√ {one} " for one in r.asked or ()).strip(),
        )
        for n, r in enumerate(regions)
    ]
    of_all = (
        "",
        LABELS.say("total", language),
        Number(whole, _AMOUNT, f"=SUM({column('emissions')})"),
        Number(100.0, _SHARE, f"=SUM(D{_FIRST}:D{last - 1})"),
        "",
    )
    headers = tuple(LABELS.say(code, language) for code in ("id", *columns()))
    widths = (11.0, 14.0, 14.0, 14.0, 40.0)
    return Annex("sheet_read", LABELS.say("note_read", language), (CellBlock(headers, (*rows, of_all)),), widths, True)
