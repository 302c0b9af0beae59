"""The sheets between inputs and reference rates: figures, what they come to, indicators, weights, scores, all live.

    z   normalised values              S = Σ w z           score
    a = E g / (e_P0 Y_PT)              S̄ = Σ a S / Σ a
    reference = R* + h (S - S̄)         h = spread/(S_max - S_min), R*/S̄ or 0, by the map

Weights and rates are per cent here. Values behind the formulas are those of the plan's record.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cached_property

import numpy as np
from numpy.typing import NDArray
from xlsxwriter.utility import xl_col_to_name, xl_rowcol_to_cell

from reports.planning.record import IndicatorRecord, PlanRecord
from reports.words import LABELS, unit_label
from reports.workbook.annexes import TOP, Annex, Cell, CellBlock, Number
from reports.workbook.as_read import sheet_as_read
from scenarios.wording import Language

Array = NDArray[np.float64]

INPUTS = ("id", "name", "emissions", "gdp", "growth")
"""Columns of the inputs by label code; the step of incentive targets, the intensity and the indicators follow."""

MOST_RANKED = 300
"""With more regions ranks are numbers: their formulas would look at every region from every region."""

_FIRST = TOP + 1
_X = "\0"  # where a figure goes in a formula
_FLAT = "1E-12"  # how near to constant tells nothing apart, as in the plan
_MIRROR = {"minmax": 1, "zscore": 0, "rank": 1, "ratio": 2}
_SCALE, _WEIGHT, _SHARE = "0.0000", "0.00", "0.000"
_NARROW, _MIDDLE, _WIDE = 11.0, 14.0, 26.0
_SHEETS = ("sheet_inputs", "sheet_indicators", "sheet_weights", "sheet_scores")
_EXTREMES = ("lowest", "highest", "mean", "deviation", "apart", "weight")  # rows under the normalised values


class LiveSheets:
    """The five sheets of a plan; `checked` is where a result stands on the sheet of the check, by its code."""

    def __init__(self, record: PlanRecord, checked: Callable[[str], str], language: Language) -> None:
        if any(r.values is None for r in record.regions):
            raise ValueError("a record without the values of its indicators, from an older file")
        self.record, self.checked, self.language = record, checked, language
        self.level, self.share = record.measured.stands_alone, record.province.share
        self.n, self.m = len(record.regions), len(record.indicators)
        self._prefixes = {sheet: f"'{self._say(sheet)}'!" for sheet in _SHEETS}
        self._letters = [xl_col_to_name(column) for column in range(self.m + 16)]
        self.criteria = list(dict.fromkeys(i.criterion for i in record.indicators))
        self.values: Array = np.array([r.values for r in record.regions], dtype=float)
        self.z: Array = np.array([r.normalised for r in record.regions], dtype=float)
        self.scores: Array = np.array([r.score for r in record.regions], dtype=float)

    def sheets(self) -> tuple[Annex, ...]:
        """Return inputs, how they were understood, indicators, weights and scores, in this order."""
        read = sheet_as_read(self.record, self.input, self._all, self.language)
        return self._inputs(), read, self._indicators(), self._weights(), self._scores()

    def score(self, n: int) -> str:
        """Return the cell of a region's score."""
        return self._cell("sheet_scores", n, 2 + len(self.criteria))

    def reference(self, n: int) -> str:
        """Return the cell of a region's reference rate, per cent."""
        return self._cell("sheet_scores", n, 4 + len(self.criteria))

    def intensity(self, n: int) -> str:
        """Return the cell of a region's base-year intensity, of a level that of its amount, of a share that."""
        if self.share is not None:
            return self._cell("sheet_inputs", n, len(self.named) - 1)
        if self.level:
            return self.input(n, "emissions")
        return self._cell("sheet_inputs", n, len(self.named))

    def input(self, n: int, code: str) -> str:
        """Return the cell of a region's figure, by the label code of its column."""
        return self._cell("sheet_inputs", n, INPUTS.index(code))

    def _all(self, code: str) -> str:
        """Return the range of the figures of all regions, by the label code of their column."""
        return self._column("sheet_inputs", INPUTS.index(code))

    def rank(self, n: int) -> str:
        """Return the formula of a region's rank, equal scores in the order of the table."""
        column = 2 + len(self.criteria)
        rank = f"=RANK({self.score(n)},{self._column('sheet_scores', column)})"
        return rank + (f"+COUNTIF({self._column('sheet_scores', column, n)},{self.score(n)})" if n else "")

    # addresses

    def _say(self, code: str, **values: object) -> str:
        return LABELS.say(code, self.language, **values)

    def _cell(self, sheet: str, n: int, column: int) -> str:
        """Return the absolute address of a cell, its row counted from the first region."""
        return f"{self._prefixes[sheet]}${self._letters[column]}${_FIRST + n + 1}"

    def _column(self, sheet: str, column: int, rows: int | None = None) -> str:
        """Return the range of the first regions in a column, of all without `rows`."""
        letter, last = self._letters[column], _FIRST + (self.n if rows is None else rows)
        return f"{self._prefixes[sheet]}${letter}${_FIRST + 1}:${letter}${last}"

    def _foot(self, code: str, k: int) -> str:
        """Return the cell under an indicator's normalised values."""
        return self._cell("sheet_indicators", self.n + _EXTREMES.index(code), 2 + k)

    def _weight_row(self, k: int) -> int:
        """Return the row of an indicator on the sheet of weights, counted from the first criterion."""
        return len(self.criteria) + 2 + k

    def _members(self, criterion: str) -> list[int]:
        return [k for k, indicator in enumerate(self.record.indicators) if indicator.criterion == criterion]

    # inputs

    @cached_property
    def named(self) -> tuple[str, ...]:
        """Label codes of the columns that every plan has; of a level its amounts alone."""
        if self.level:
            alone = INPUTS[: INPUTS.index("emissions") + 1]
            return alone if self.share is None else (*alone, "base_intensity")
        return INPUTS if self.record.province.incentive is None else (*INPUTS, "incentive_step")

    @cached_property
    def _own(self) -> dict[str, int]:
        """Column of the table -> the first indicator that reads it, without those that stand there by name."""
        standing = [self._region_values(code) for code in self._standing]
        own: dict[str, int] = {}
        for k, indicator in enumerate(self.record.indicators):
            if not any(np.allclose(self.values[:, k], column, rtol=1e-12, atol=0) for column in standing):
                own.setdefault(indicator.column, k)
        return own

    @cached_property
    def _standing(self) -> dict[str, int]:
        """Label code -> column of the figures that every plan has, and of what comes of them."""
        return {"emissions": 2} if self.level else {"emissions": 2, "gdp": 3, "growth": 4, "intensity": len(self.named)}

    def _region_values(self, code: str) -> Array:
        names = {"emissions": "emissions_10kt", "gdp": "gdp_100m_yuan"}
        return np.array([getattr(r, names.get(code, code)) for r in self.record.regions], dtype=float)

    @cached_property
    def _input_columns(self) -> list[int]:
        """Column of the inputs that each indicator reads."""
        first = len(self.named) + (not self.level)
        own = {column: first + at for at, column in enumerate(self._own)}
        return [
            own[i.column]
            if i.column in own
            else next(
                at
                for code, at in self._standing.items()
                if np.allclose(self.values[:, k], self._region_values(code), rtol=1e-12, atol=0)
            )
            for k, i in enumerate(self.record.indicators)
        ]

    def _inputs(self) -> Annex:
        rows: list[tuple[Cell, ...]] = []
        for n, r in enumerate(self.record.regions):
            cells: list[Cell] = [r.id, r.label(self.language)]
            cells.append(Number(r.emissions_10kt, "#,##0.00", shaded=True))
            if not self.level:
                cells.append(Number(r.gdp_100m_yuan, "#,##0.00", shaded=True))
                cells.append(Number(r.growth, "0.00000", shaded=True))
            if r.incentive_step is not None:
                cells.append(Number(r.incentive_step * 100, _WEIGHT))
            if r.base_share is not None:
                cells.append(Number(r.base_share * 100, _SCALE, shaded=True))
            if not self.level:
                at = [xl_rowcol_to_cell(_FIRST + n, column) for column in (2, 3)]
                cells.append(Number(r.intensity, _SCALE, f"={at[0]}/{at[1]}"))
            cells += [Number(float(self.values[n, k]), "General", shaded=True) for k in self._own.values()]
            rows.append(tuple(cells))
        headers = [self._say(code) for code in (*self.named, *(() if self.level else ("base_intensity",)))]
        headers += [self._unit_header(self.record.indicators[k]) for k in self._own.values()]
        widths = (_NARROW, _MIDDLE) + (16.0,) * (len(headers) - 2)
        return Annex("sheet_inputs", self._say("note_inputs"), (CellBlock(tuple(headers), tuple(rows)),), widths, True)

    def _unit_header(self, indicator: IndicatorRecord) -> str:
        """Return what a column of the inputs is called: as the indicator that reads it, with its unit."""
        name, unit = indicator.label.say(self.language), unit_label(indicator.unit, self.language)
        return self._say("with_unit", name=name, unit=unit) if unit else name

    # indicators

    def _indicators(self) -> Annex:
        recipes = [self._recipe(k, indicator) for k, indicator in enumerate(self.record.indicators)]
        ranked = self.n > MOST_RANKED and any(i.normaliser == "rank" for i in self.record.indicators)
        rows: list[tuple[Cell, ...]] = []
        for n, r in enumerate(self.record.regions):
            cells = (
                Number(z, _SCALE, recipe.replace(_X, self._cell("sheet_inputs", n, column)))
                for z, recipe, column in zip(r.normalised, recipes, self._input_columns, strict=True)
            )
            rows.append((r.id, r.label(self.language), *cells))
        rows += [self._under(code) for code in _EXTREMES]
        headers = [self._say(code) for code in ("id", "name")]
        headers += [
            self._say(
                "normalised_header", name=i.label.say(self.language), sign="+" if i.direction == "+" else "−",
                normaliser=self._say(f"normaliser_{i.normaliser}"),
            )
            for i in self.record.indicators
        ]  # fmt: skip
        note = self._say("note_indicators") + (self._say("note_ranked", most=MOST_RANKED) if ranked else "")
        widths = (_MIDDLE, _MIDDLE) + (_MIDDLE,) * self.m
        return Annex("sheet_indicators", note, (CellBlock(tuple(headers), tuple(rows)),), widths, True)

    def _recipe(self, k: int, indicator: IndicatorRecord) -> str:
        """Return the formula of normalised values with `_X` for the figure; 0 where the column tells nothing apart."""
        if indicator.normaliser == "rank" and self.n > MOST_RANKED:
            return ""
        whole = self._raw(k)
        low, high, mean, deviation, apart = (self._foot(code, k) for code in _EXTREMES[:5])
        scaled = {
            "minmax": f"({_X}-{low})/({high}-{low})",
            "zscore": f"({_X}-{mean})/{deviation}",
            "ratio": f"{_X}/{mean}",
            "rank": f"(SUMPRODUCT(--({whole}<{_X}))+(SUMPRODUCT(--({whole}={_X}))-1)/2)/{self.n - 1}",
        }[indicator.normaliser]
        mirrored = scaled if indicator.direction == "+" else f"{_MIRROR[indicator.normaliser]}-{scaled}"
        return f"=IF({apart}=1,{mirrored},0)"

    def _raw(self, k: int) -> str:
        """Return the range of what an indicator reads."""
        return self._column("sheet_inputs", self._input_columns[k])

    def _under(self, code: str) -> tuple[Cell, ...]:
        """Return a row under the normalised values: what they are made with, and their weights."""
        functions: dict[str, tuple[str, Callable[[Array], float]]] = {
            "lowest": ("MIN", np.min), "highest": ("MAX", np.max), "mean": ("AVERAGE", np.mean),
            "deviation": ("STDEVP", np.std),
        }  # fmt: skip
        cells = []
        for k, indicator in enumerate(self.record.indicators):
            low, high = self._foot("lowest", k), self._foot("highest", k)
            if code == "apart":
                flat = f"=IF({high}-{low}<={_FLAT}*MAX({high},-{low}),0,1)"
                cells.append(Number(self._apart(k), "0", flat))
            elif code == "weight":
                total = self._cell("sheet_weights", self._weight_row(k), 8)
                cells.append(Number(indicator.weight * 100, _WEIGHT, f"={total}"))
            else:
                name, function = functions[code]
                cells.append(Number(float(function(self.values[:, k])), "#,##0.0000", f"={name}({self._raw(k)})"))
        return "", self._say(f"indicator_{code}"), *cells

    def _apart(self, k: int) -> int:
        """Return 1 where a column tells regions apart, else 0."""
        column = self.values[:, k]
        return int(np.ptp(column) > float(_FLAT) * np.abs(column).max())

    # weights

    def _weights(self) -> Annex:
        indicators = self.record.indicators
        heads_of_criteria = ("criterion", "criterion_stated", "usable_indicators", "criterion_weight")
        heads_of_indicators = (
            "indicator", "criterion", "unit", "direction", "within", "indicator_apart", "inside_stated", "inside",
            "weight",
        )  # fmt: skip
        settings = ((self._say(f"setting_{code}"), number) for code, number in self._settings.items())
        blocks = (
            self._block(heads_of_criteria, map(self._criterion_row, self.criteria)),
            self._block(heads_of_indicators, (self._indicator_row(k, i) for k, i in enumerate(indicators))),
            self._block(("reference_item", "bears_value"), settings),
        )
        objective = any(i.within in ("entropy", "critic") for i in indicators)
        note = self._say("note_weights") + (self._say("note_objective") if objective else "")
        return Annex("sheet_weights", note, blocks, (36.0, 16.0) + (_MIDDLE,) * 7)

    def _block(self, codes: Iterable[str], rows: Iterable[tuple[Cell, ...]]) -> CellBlock:
        return CellBlock(tuple(map(self._say, codes)), tuple(rows))

    def _criterion_row(self, criterion: str) -> tuple[Cell, ...]:
        """Return name, weight as stated, number of usable indicators and weight of a criterion."""
        members, at = self._members(criterion), self.criteria.index(criterion)
        first = self.record.indicators[members[0]]
        stated, usable = (self._cell("sheet_weights", at, column) for column in (1, 2))
        whole = [self._block_range(0, len(self.criteria), column) for column in (2, 1)]
        inside = self._block_range(self._weight_row(members[0]), len(members), 5)
        total = f'SUMIF({whole[0]},">0",{whole[1]})'
        return (
            first.criterion_label.say(self.language),
            Number(first.criterion_stated or 0.0, "General", shaded=True),
            Number(sum(map(self._apart, members)), "0", f"=SUM({inside})"),
            Number(first.criterion_weight * 100, _WEIGHT, f"=IF(AND({usable}>0,{total}>0),{stated}/{total}*100,0)"),
        )

    def _block_range(self, row: int, rows: int, column: int) -> str:
        """Return a range on the sheet of weights."""
        letter = xl_col_to_name(column)
        return f"'{self._say('sheet_weights')}'!${letter}${_FIRST + row + 1}:${letter}${_FIRST + row + rows}"

    def _indicator_row(self, k: int, indicator: IndicatorRecord) -> tuple[Cell, ...]:
        """Return names, method, and weights of an indicator; weights that measure dispersion are numbers."""
        members, row = self._members(indicator.criterion), self._weight_row(k)
        apart, stated, inside = (self._cell("sheet_weights", row, column) for column in (5, 6, 7))
        ranges = [self._block_range(self._weight_row(members[0]), len(members), column) for column in (5, 6)]
        criterion = self._cell("sheet_weights", self.criteria.index(indicator.criterion), 3)
        total = f"SUMPRODUCT({ranges[0]},{ranges[1]})"
        own = {"equal": 1.0, "given": indicator.stated or 0.0}.get(indicator.within, indicator.inside or 0.0)
        return (
            indicator.label.say(self.language),
            indicator.criterion_label.say(self.language),
            unit_label(indicator.unit, self.language),
            "+" if indicator.direction == "+" else "−",
            self._say(f"within_{indicator.within}"),
            Number(self._apart(k), "0", f"={self._foot('apart', k)}"),
            Number(own, "General", shaded=indicator.within == "given"),
            Number((indicator.inside or 0.0) * 100, _WEIGHT, f"=IF({apart}=1,{stated}/{total}*100,0)"),
            Number(indicator.weight * 100, _WEIGHT, f"={criterion}*{inside}/100"),
        )

    @cached_property
    def _settings(self) -> dict[str, Number]:
        """The numbers between score and reference rate."""
        s = self.record.scenario
        spread, uniform = (s.spread or 0.0) * 100, self.record.uniform * 100
        mean = float(self._shares @ self.scores / self._shares.sum())
        low, high = float(self.scores.min()), float(self.scores.max())
        flat = high - low <= float(_FLAT)
        slope = {"linear": 0.0 if flat else spread / (high - low), "proportional": uniform / mean if mean else 0.0}
        scores, shares = (self._column("sheet_scores", at + len(self.criteria)) for at in (2, 3))
        row = self._weight_row(self.m) + 2
        at = {
            code: self._cell("sheet_weights", row + k, 1)
            for k, code in enumerate(("uniform", "mean", "lowest", "highest", "spread"))
        }
        gap = f"({at['highest']}-{at['lowest']})"
        base = self._column("sheet_inputs", len(self.named) - 1)
        less = "" if self.share is None else f"-SUMPRODUCT({shares},{base})/100"
        formula = {
            "linear": f"=IF({gap}<={_FLAT},0,{at['spread']}/{gap})",
            "proportional": f"={at['uniform']}/{at['mean']}",
        }
        settings = {
            "uniform": Number(uniform, _SCALE, f"={self.checked('check_uniform')}*100{less}"),
            "mean": Number(mean, _SCALE, f"=SUMPRODUCT({shares},{scores})/SUM({shares})"),
            "lowest": Number(low, _SCALE, f"=MIN({scores})"),
            "highest": Number(high, _SCALE, f"=MAX({scores})"),
        }
        if s.reference_map == "linear":
            settings["spread"] = Number(spread, _WEIGHT, shaded=True)
        settings["slope"] = Number(slope.get(s.reference_map, 0.0), _SCALE, formula.get(s.reference_map, ""))
        return settings

    # scores

    @cached_property
    def _shares(self) -> Array:
        """The coefficients a of the backing row, fractions."""
        frozen = self._region_values("emissions") * self._region_values("growth")
        return np.asarray(frozen / (self.record.province.point_10kt * 100), dtype=float)

    def _scores(self) -> Annex:
        weights, point = np.array([i.weight for i in self.record.indicators]), self.checked("check_point")
        count, members = len(self.criteria), [self._members(criterion) for criterion in self.criteria]
        first, codes = self._weight_row(self.m) + 2, list(self._settings)
        mean, slope, uniform = (
            self._cell("sheet_weights", first + codes.index(code), 1) for code in ("mean", "slope", "uniform")
        )
        rows: list[tuple[Cell, ...]] = []
        for n, r in enumerate(self.record.regions):
            parts = [xl_rowcol_to_cell(_FIRST + n, column) for column in (2, 1 + count)]
            emissions, growth = (self._cell("sheet_inputs", n, column) for column in (2, 4))
            own = "" if self.share is None else f"{self.intensity(n)}+"
            frozen = emissions if self.level else f"{emissions}*{growth}"
            rows.append(
                (
                    r.id,
                    r.label(self.language),
                    *(self._part(n, within, weights) for within in members),
                    Number(r.score, _SCALE, f"=SUM({parts[0]}:{parts[1]})"),
                    Number(float(self._shares[n]) * 100, _SHARE, f"={frozen}/{point}"),
                    Number(r.reference_rate * 100, _WEIGHT, f"={own}{uniform}+{slope}*({self.score(n)}-{mean})"),
                )
            )
        labels = {i.criterion: i.criterion_label.say(self.language) for i in self.record.indicators}
        headers = [self._say(code) for code in ("id", "name")]
        headers += [self._say("score_of", criterion=labels[criterion]) for criterion in self.criteria]
        headers += [self._say(code) for code in ("score", "coefficient", "reference_rate")]
        block = CellBlock(tuple(headers), tuple(rows), (2 + count, 4 + count))
        widths = (_NARROW, _MIDDLE) + (_MIDDLE,) * (count + 3)
        return Annex("sheet_scores", self._say("note_scores"), (block,), widths, True)

    def _part(self, n: int, members: list[int], weights: Array) -> Number:
        """Return what the indicators of a criterion give a region's score."""
        first, last = (self._letters[2 + k] for k in (members[0], members[-1]))
        row, foot = _FIRST + n + 1, _FIRST + self.n + _EXTREMES.index("weight") + 1
        sheet = self._prefixes["sheet_indicators"]
        formula = f"=SUMPRODUCT({sheet}{first}{row}:{last}{row},{sheet}{first}${foot}:{last}${foot})/100"
        return Number(float(self.z[n, members] @ weights[members]), _SCALE, formula)
