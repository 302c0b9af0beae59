"""The tables of an explanation: lines, weights with their ranges, regions; and the two CSV files.

Rates and weights are per cent in these tables; the record holds fractions.
"""

from __future__ import annotations

from collections.abc import Sequence

from reports.explaining.record import ExplainRecord, LineRecord
from reports.printing.numbers import minus, printed_change, rate, unparted
from reports.printing.table import Column, Table, csv_text
from reports.words import LABELS
from reports.words.pages.explain import WORDS
from scenarios.tables.cells import per_cent
from scenarios.tables.text_table import escape_text
from scenarios.wording import Language, listed

DIGITS = 2
"""Decimals of a fit."""
_NONE = "–"


def number(value: float | None, digits: int = DIGITS) -> str:
    """Return a figure, a dash for none."""
    return _NONE if value is None else unparted(value, digits)


def table_digits(record: ExplainRecord) -> int:
    """Return with how many decimals the rates of the table are printed, as per cent."""
    return len(f"{record.step_points:.8f}".rstrip("0").split(".")[1])


def line_name(line: LineRecord, language: Language) -> str:
    """Return how a line explains the table."""
    code = "all_one" if line.key == "all" and line.most == 1 else line.key
    return WORDS.say(f"line_{code}", language, most=line.most)


def line_label(record: ExplainRecord, line: LineRecord, language: Language) -> str:
    """Return the same with the indicators that were chosen."""
    if line.key not in ("one", "few"):
        return line_name(line, language)
    names = indicator_names(record, line.indicators, language)
    return WORDS.say("with_names", language, line=line_name(line, language), names=names)


def indicator_names(record: ExplainRecord, keys: tuple[str, ...], language: Language) -> str:
    """Return what indicators are called, in a row."""
    return listed((record.label(key).say(language) for key in keys), language)


def lines_table(record: ExplainRecord, language: Language) -> Table:
    """Return a row a line: its fit, what chance reaches, p, left-out fit, spread, pairs in order."""
    codes = ("line", "fit", "chance_95", "p", "left_out", "spread", "pairs")
    rows = [
        (
            line_label(record, line, language), number(line.fit), number(line.chance_95), number(line.p, 3),
            number(line.left_out), number(line.spread_points), f"{line.in_order}/{line.pairs}",
        )
        for line in record.lines
    ]  # fmt: skip
    return _table(codes, rows, language)


def weights_table(record: ExplainRecord, language: Language) -> Table:
    """Return a row an indicator: the range of its weight by each line that weighs several."""
    shown = weighed(record)
    rows = []
    for one in record.indicators:
        cells = [_range(line, one.key) for line in shown]
        if any(cell != _NONE for cell in cells):
            rows.append((f"{record.label(one.key).say(language)} ({minus(one.direction)})", *cells))
    heads = [WORDS.say("indicator", language), *(line_name(line, language) for line in shown)]
    made = (Column("", head, kind="text" if n == 0 else "number") for n, head in enumerate(heads))
    return Table(tuple(made), tuple(rows))


def weighed(record: ExplainRecord) -> list[LineRecord]:
    """Return the lines with weights to be shown: those of several indicators."""
    return [line for line in record.lines if line.weights and line.key in ("few", "all")]


def _range(line: LineRecord, key: str) -> str:
    found = next((weight for weight in line.weights if weight.indicator == key), None)
    return _NONE if found is None else f"{per_cent(found.low, 0)}–{per_cent(found.high, 0)}"


def cities_table(record: ExplainRecord, language: Language) -> Table:
    """Return a row a region by the line that the verdict is of: published, fitted, residual, by the others."""
    line, digits = record.judged, table_digits(record)
    codes = ("city", "published", "fitted", "residual_column", "predicted")
    rows = [
        (
            region.label(language), minus(per_cent(published, digits)), rate(fitted), printed_change(fitted, published),
            rate(predicted),
        )
        for region, published, fitted, predicted in zip(
            record.regions, record.published, line.fitted, line.predicted, strict=True
        )
    ]  # fmt: skip
    return _table(codes, rows, language)


def beyond(record: ExplainRecord, line: LineRecord, n: int) -> float:
    """Return by how many points a region's rate misses the fit beyond half a step."""
    miss = abs(record.published[n] - line.fitted[n]) * 100 - record.step_points / 2
    return max(miss, 0.0)


def cities_csv(record: ExplainRecord, language: Language) -> bytes:
    """Return explain-regions.csv: a row a line and region, UTF-8 with BOM."""
    codes = ("published", "fitted", "residual_column", "beyond", "predicted")
    heads = [WORDS.say("line", language), LABELS.say("id", language), WORDS.say("city", language)]
    rows = [[*heads, *(WORDS.say(code, language) for code in codes)]]
    for line in record.lines:
        for n, region in enumerate(record.regions):
            published, fitted = record.published[n], line.fitted[n]
            figures = [
                per_cent(published, table_digits(record)), per_cent(fitted, 4), per_cent(published - fitted, 4),
                unparted(beyond(record, line, n), 4), per_cent(line.predicted[n], 4),
            ]  # fmt: skip
            label = escape_text(line_label(record, line, language))
            rows.append([label, region.id, escape_text(region.label(language)), *map(_plain, figures)])
    return csv_text(rows).encode("utf-8-sig")


def weights_csv(record: ExplainRecord, language: Language) -> bytes:
    """Return explain-weights.csv: a row a line and indicator, each weight between its ends, UTF-8 with BOM."""
    codes = ("line", "indicator", "direction", "weight_low", "weight_best", "weight_high")
    rows = [[WORDS.say(code, language) for code in codes]]
    directions = {one.key: one.direction for one in record.indicators}
    for line in record.lines:
        for weight in line.weights:
            rows.append([
                escape_text(line_label(record, line, language)),
                escape_text(record.label(weight.indicator).say(language)),
                escape_text(directions[weight.indicator]),
                *(per_cent(value, 2) for value in (weight.low, weight.best, weight.high)),
            ])  # fmt: skip
    return csv_text(rows).encode("utf-8-sig")


def _plain(text: str) -> str:
    return text.replace("−", "-")


def _table(codes: Sequence[str], rows: Sequence[tuple[str, ...]], language: Language) -> Table:
    made = (
        Column(code, WORDS.say(code, language), kind="text" if n == 0 else "number") for n, code in enumerate(codes)
    )
    return Table(tuple(made), tuple(rows))
