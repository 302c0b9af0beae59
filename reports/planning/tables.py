"""The tables people read, as DataFrames with labelled columns, and their CSV form.

Rates are per cent in these tables; the record holds fractions.
"""

from __future__ import annotations

from decimal import Decimal

import pandas as pd

from reports.planning.record import PlanRecord, RegionRecord
from reports.printing.numbers import all_digits, class_number, figure, minus, signed
from reports.verifying.record import ShareAsked
from reports.words import LABELS, unit_label
from scenarios.quantities import in_own_words
from scenarios.tables.cells import grid_digits, per_cent
from scenarios.tables.text_table import escape_text
from scenarios.wording import Language, listed

COLUMNS = (
    "id", "name", "published_rate", "reference_rate", "rate", "lower", "upper", "bound", "score", "rank", "growth",
    "base_intensity", "target_intensity", "contribution",
)  # fmt: skip
"""Columns of the allocation table, by label code: the target first, then how it came about, then what it does."""

_OF_GROWTH = ("growth", "contribution")
"""Those of `COLUMNS` that a level has not: it grows with nothing, and need not fall."""

_AMOUNTS = ("cap_10kt",)
"""Those that hold amounts, whose thousands are parted where people read them."""

TEXT_COLUMNS = ("id", "name", "bound")
"""Those of `COLUMNS` that hold text."""

_REFERENCE = {
    "linear": "ref = R* + h (S − S̄), h = D / (S_max − S_min), S̄ = Σ a S / Σ a",
    "proportional": "ref = R* S / S̄, S̄ = Σ a S / Σ a",
    "uniform": "ref = R*",
}


def allocation_columns(record: PlanRecord) -> tuple[str, ...]:
    """Return the columns of a plan's allocation table: `COLUMNS`, incentive targets and caps where there are any.

    Of a level, amounts stand in the columns of intensities; of a share that of the base year and the rise.
    """
    after, second = COLUMNS.index("published_rate") + 1, record.province.incentive is not None
    more = (*(["published_incentive_rate"] if second else []), *(["cap_10kt"] if has_caps(record) else []))
    columns, less = (*COLUMNS[:after], *more, *COLUMNS[after:]), _OF_GROWTH if record.measured.stands_alone else ()
    return tuple(code for code in columns if code not in less)


def has_caps(record: PlanRecord) -> bool:
    """Return whether the regions of a plan have caps."""
    return record.regions[0].cap is not None


def cap_digits(record: PlanRecord) -> int:
    """Return with how many decimals caps are printed, so that none is lost."""
    caps = [region.cap.cap_10kt for region in record.regions if region.cap is not None]
    return next(n for n in range(17) if all(round(cap, n) == cap for cap in caps))


@in_own_words
def allocation_frame(record: PlanRecord, language: Language) -> pd.DataFrame:
    """Return the allocation table: one row a region, columns `allocation_columns`, numbers not yet text.

    `base_intensity` and `target_intensity` are in 吨/万元, those of a level in its unit; rates and contribution in per
    cent.
    """
    words = {"": "none", "lower": "at_lower", "upper": "at_upper", "agreed": "bound_agreed", "kept": "bound_kept"}
    bounds = {side: LABELS.say(code, language) for side, code in words.items()}
    rates = ("published_rate", "reference_rate", "rate", "lower", "upper", "contribution")
    rows = [
        {
            **{code: getattr(r, code) for code in ("id", "score", "rank", "growth")},
            **{code: getattr(r, code) * 100 for code in rates},
            "published_incentive_rate": (r.published_incentive_rate or 0.0) * 100,
            "name": r.label(language),
            "bound": bounds[_bound(r, record)],
            **_intensities(r, record),
            "cap_10kt": r.cap.cap_10kt if r.cap is not None else 0.0,
        }
        for r in record.regions
    ]
    return pd.DataFrame(rows, columns=list(allocation_columns(record)))


def _bound(region: RegionRecord, record: PlanRecord) -> str:
    """Return what a region is held by: that its rate was agreed or kept goes before a bound."""
    if record.agreed is not None or region.agreed:
        return "agreed"
    return "kept" if region.kept else region.binding


def _intensities(region: RegionRecord, record: PlanRecord) -> dict[str, float]:
    """Return the intensities of base year and last year by column; of a level amounts, of a share it and its rise."""
    amount = region.emissions_10kt
    if region.base_share is not None:
        own = region.base_share
        return {"base_intensity": own * 100, "target_intensity": (region.published_rate - own) * 100}
    if record.measured.stands_alone:
        return {"base_intensity": amount, "target_intensity": amount * (1 - region.published_rate)}
    return {"base_intensity": region.intensity, "target_intensity": region.target_intensity}


def province_row(record: PlanRecord) -> dict[str, float]:
    """Return what the columns of the allocation table come to for the province, where they do."""
    emissions = sum(r.emissions_10kt for r in record.regions)
    gdp = 1.0 if record.measured.stands_alone else sum(r.gdp_100m_yuan for r in record.regions)
    second = record.province.incentive
    row = {
        "published_rate": record.province.implied_reduction * 100,
        **({} if second is None else {"published_incentive_rate": second.implied_reduction * 100}),
        **({} if not has_caps(record) else {"cap_10kt": sum(r.cap.cap_10kt for r in record.regions if r.cap)}),
        "growth": sum(r.gdp_100m_yuan * r.growth for r in record.regions) / gdp,
        "base_intensity": emissions / gdp,
        "target_intensity": emissions / gdp * (1 - record.province.implied_reduction),
        "contribution": sum(r.contribution for r in record.regions) * 100,
    }
    if (share := record.province.share) is not None:
        rise = record.province.implied_reduction - share.base
        row |= {"base_intensity": share.base * 100, "target_intensity": rise * 100}
    columns = allocation_columns(record)
    return {code: row[code] for code in row if code in columns}


def total_code(record: PlanRecord) -> str:
    """Return the code of what the row of `province_row` is called: caps are of the regions, without the reserve."""
    return "regions_together" if has_caps(record) else "total"


def decimals(record: PlanRecord) -> dict[str, int]:
    """Return how many decimals each column of the allocation table is printed with."""
    grid, of_intensities = grid_digits(Decimal(repr(record.scenario.grid))), 2 if record.measured.stands_alone else 4
    digits = {
        "base_intensity": of_intensities, "growth": 5, "score": 4, "reference_rate": 2, "lower": 2, "upper": 2,
        "rate": 2, "published_rate": grid, "target_intensity": of_intensities, "contribution": 2,
        **({} if record.province.incentive is None else {"published_incentive_rate": grid}),
        **({"cap_10kt": cap_digits(record)} if has_caps(record) else {}),
    }  # fmt: skip
    columns = allocation_columns(record)
    return {code: digits[code] for code in digits if code in columns}


@in_own_words
def printed_frame(record: PlanRecord, language: Language, part: str = ",") -> pd.DataFrame:
    """Return the allocation table as text, each number with its printed decimals, headers labelled.

    `part`: what stands between the thousands of amounts.
    """
    frame = allocation_frame(record, language).astype(object)
    for column, digits in decimals(record).items():
        frame[column] = [_printed(column, value, digits, part) for value in frame[column]]
    frame["rank"] = [str(value) for value in frame["rank"]]
    return frame.rename(columns={code: LABELS.say(code, language) for code in allocation_columns(record)})


def _printed(column: str, value: float, digits: int, part: str = ",") -> str:
    """Return a number of a column of the allocation table as text, the thousands of amounts parted."""
    return figure(value, digits, part) if column in _AMOUNTS else f"{value:.{digits}f}"


def printed_province(record: PlanRecord) -> dict[str, str]:
    """Return `province_row` as text; the implied reduction has the two decimals of the verdict."""
    digits = decimals(record) | {"published_rate": 2, "published_incentive_rate": 2}
    return {code: minus(_printed(code, value, digits[code])) for code, value in province_row(record).items()}


def printed_beyond(record: PlanRecord, language: Language) -> list[dict[str, str]]:
    """Return the rows under that of the regions together, by column: what of the cap no region has, and the cap.

    None without caps of the regions, and none where they have all of it.
    """
    total = record.province.total
    if total is None or total.pair is None:
        return []
    parts = {"reserve_row": total.pair.reserve_10kt, "residual_row": total.outside_10kt}
    rows = {code: value for code, value in parts.items() if value}
    rows |= {"whole_province": total.cap_10kt} if rows and total.pair.adds_up else {}
    amounts = {code: all_digits(round(of, 6), part=",") for code, of in rows.items()}
    return [{"name": LABELS.say(code, language), "cap_10kt": amount} for code, amount in amounts.items()]


def rounded_above(record: PlanRecord, language: Language) -> str:
    """Return why the parts of the required cut come to more than all of it, or less; nothing where they do not."""
    shown = printed_province(record).get("contribution", "100.00")
    off = Decimal(shown.replace("−", "-")) - 100
    if not off:
        return ""
    return LABELS.say("contribution_more" if off > 0 else "contribution_less", language, sum=shown, off=f"{abs(off)}")


@in_own_words
def allocation_csv(record: PlanRecord, language: Language) -> str:
    """Return the published table as CSV text; write it as UTF-8 with BOM, so that Excel opens it.

    Text that Excel would take for a formula gets a leading apostrophe.
    """
    frame = printed_frame(record, language, part="")
    for code in ("id", "name"):
        label = LABELS.say(code, language)
        frame[label] = [escape_text(text) for text in frame[label]]
    if class_names(record, language):
        after = list(frame.columns).index(LABELS.say("published_rate", language)) + 1
        frame.insert(after, LABELS.say("class", language), [str(r.class_) for r in record.regions])
    return str(frame.to_csv(index=False, lineterminator="\r\n"))


@in_own_words
def indicator_frame(record: PlanRecord, language: Language) -> pd.DataFrame:
    """Return the indicators with unit, direction, normaliser and weights (per cent), labelled columns."""
    rows = [
        (
            i.criterion_label.say(language), i.label.say(language), unit_label(i.unit, language),
            LABELS.say(f"direction_{i.direction}", language), LABELS.say(f"normaliser_{i.normaliser}", language),
            LABELS.say(f"within_{i.within}", language), i.criterion_weight * 100, i.weight * 100,
        )
        for i in record.indicators
    ]  # fmt: skip
    codes = ("criterion", "indicator", "unit", "direction", "normaliser", "within", "criterion_weight", "weight")
    return pd.DataFrame(rows, columns=[LABELS.say(code, language) for code in codes])


@in_own_words
def score_frame(record: PlanRecord, language: Language) -> pd.DataFrame:
    """Return weight times normalised value, one row a region and one column an indicator."""
    weights = [i.weight for i in record.indicators]
    rows = [[w * z for w, z in zip(weights, r.normalised, strict=True)] for r in record.regions]
    names = [i.label.say(language) for i in record.indicators]
    return pd.DataFrame(rows, columns=names, index=[r.label(language) for r in record.regions])


def decline_frame(record: PlanRecord, language: Language) -> pd.DataFrame | None:
    """Return what each decline factor gives of each target, as text in points; None where none are given."""
    if record.regions[0].decline is None:
        return None
    factors = list(record.regions[0].decline)
    parts = [(r.label(language), r.published_rate, r.decline) for r in record.regions]
    parts.append((LABELS.say("total", language), record.province.implied_reduction, record.province.decline))
    rows = [
        (name, *(minus(per_cent(shares[factor])) if shares else "" for factor in factors), minus(per_cent(rate)))
        for name, rate, shares in parts
    ]
    codes = ("name", *factors, "published_rate")
    return pd.DataFrame(rows, columns=[LABELS.say(code, language) for code in codes])


def class_names(record: PlanRecord, language: Language) -> dict[int, str]:
    """Return the name of each class by its number, 1 for the highest rate; empty when there are none."""
    numbers = sorted({r.class_ for r in record.regions if r.class_ is not None})
    return {k: LABELS.say("class_name", language, number=class_number(k, language)) for k in numbers}


def class_frame(record: PlanRecord, language: Language) -> pd.DataFrame:
    """Return the classes as circulars print them: class, regions, rate; empty when there are none."""
    digits = decimals(record)["published_rate"]
    rows = []
    for number, name in class_names(record, language).items():
        members = [r for r in record.regions if r.class_ == number]
        rates = [f"{members[0].published_rate * 100:.{digits}f}%"]
        if record.province.incentive is not None:
            above = sorted({r.published_incentive_rate or 0.0 for r in members}, reverse=True)
            rates.append(listed((f"{rate * 100:.{digits}f}%" for rate in above), language))
        rows.append((name, listed((r.label(language) for r in members), language), *rates))
    codes = ["class", "name", "class_rate", *(["class_incentive"] if record.province.incentive is not None else [])]
    return pd.DataFrame(rows, columns=[LABELS.say(code, language) for code in codes])


def reserve_shares(record: PlanRecord) -> tuple[float, float]:
    """Return the reserve as a share of E G, and its GDP as a share of the cities' in the last year; 0 where apart."""
    total = record.province.total
    if total is None or total.apart is not None:
        return 0.0, 0.0
    end_gdp = sum(region.gdp_100m_yuan * region.growth for region in record.regions)
    return total.reserve_10kt / (record.province.point_10kt * 100), (total.reserve_gdp_100m_yuan or 0.0) / end_gdp


def _points(text: str, language: Language) -> str:
    return LABELS.say("in_points", language, value=text)


def _amount(value: float, language: Language) -> str:
    """Return 万吨 as the point of a formula is said in."""
    return LABELS.say("in_tonnes", language, value=f"{value:,.2f}")


def formulas(record: PlanRecord, language: Language) -> list[tuple[str, str]]:
    """Return (name, formula with this plan's values) pairs, in the order in which they are used."""
    p, scenario = record.province, record.scenario
    scale = "ref" if scenario.deviation == "relative" else "1"
    spread = "" if scenario.spread is None else f"; D = {_points(per_cent(scenario.spread), language)}"
    margin = _points(per_cent(p.margin), language)
    reserve, more = reserve_shares(record)
    counts, burden = reserve > 0, max(reserve - (1 - p.target - p.margin) * more, 0.0)
    asked = "R + σ + m" if p.total is None else f"max(R + m{' + m_B' if counts else ''}, R_C) + σ"
    kept = f"; m_B = max(B / (E G) − (1 − R − m) Y_B / Y_T, 0) = {_points(per_cent(burden, 4), language)}"
    kept = kept if counts else ""
    cap = "" if p.total is None else f"{kept}; R_C = 1 − (C − B) / (E G) = {minus(per_cent(p.total.worth, 4))} %"
    if record.measured.stands_alone:
        return _formulas_of_level(record, f"r = min(max(ref + μ q, l), u), q = {scale}", spread, language)
    lines = {
        "weights": "a = s g / G, s = E / ΣE, y = Y / ΣY, G = Σ y g",
        "sigma": f"σ = Σ a − 1 = {_points(signed(p.sigma, 4), language)}",
        "backing": f"Σ a r ≥ {asked}; R = {per_cent(p.target)} %, m = {margin}{cap}, "
        f"{asked} = {minus(per_cent(p.required, 4))} %",
        "score": "S = Σ w z",
        "uniform": f"R* = ({asked}) / (1 + σ) = {per_cent(p.uniform_rate, 4)} %",
        "reference": _REFERENCE[scenario.reference_map] + spread,
        "rate": f"r = min(max(ref + μ q, l), u), q = {scale}, Σ a r = {asked}",
        "point": f"0.01 · (ΣE / ΣY) · Σ Y g = {_amount(p.point_10kt, language)}",
    }
    return [(LABELS.say(f"formula_{code}", language), text) for code, text in lines.items()]


def _formulas_of_level(record: PlanRecord, rate: str, spread: str, language: Language) -> list[tuple[str, str]]:
    """Return those of a level, to which nothing grows."""
    p, scenario = record.province, record.scenario
    if p.share is not None:
        return _formulas_of_share(record, p.share, spread, language)
    margin = _points(per_cent(p.margin), language)
    asked = "R + m" if p.total is None else "max(R + m, R_C)"
    cap = "" if p.total is None else f"; R_C = 1 − (C − B) / ΣE = {minus(per_cent(p.total.worth, 4))} %"
    lines = {
        "weights": "a = E / ΣE",
        "backing": f"Σ a r ≥ {asked}; R = {minus(per_cent(p.target))} %, m = {margin}{cap}, "
        f"{asked} = {minus(per_cent(p.required, 4))} %",
        "score": "S = Σ w z",
        "uniform": f"R* = {asked} = {minus(per_cent(p.uniform_rate, 4))} %",
        "reference": _REFERENCE[scenario.reference_map] + spread,
        "rate": f"{rate}, Σ a r = {asked}",
        "point": f"0.01 · ΣE = {_amount(p.point_10kt, language)}",
    }
    return [(LABELS.say(f"formula_{code}", language), text) for code, text in lines.items()]


def _formulas_of_share(record: PlanRecord, share: ShareAsked, spread: str, language: Language) -> list[tuple[str, str]]:
    """Return those of a share, weighed by the energy of the last year."""
    p, rise = record.province, share.uniform_rise + record.province.margin
    lines = {
        "weights": "w = N_T / ΣN_T",
        "sigma": f"τ = Σ w φ₀ − φ₀ = {_points(signed(share.composition, 4), language)}",
        "backing": f"Σ w φ ≥ Φ + m; Φ = {per_cent(p.target)} %, m = {_points(per_cent(p.margin), language)}",
        "score": "S = Σ w z",
        "uniform": f"R* = Φ + m − Σ w φ₀ = {_points(minus(per_cent(rise, 4)), language)}",
        "reference": _REFERENCE[record.scenario.reference_map].replace("ref = ", "ref = φ₀ + ") + spread,
        "rate": "φ = min(max(ref + μ, l), u), l ≥ φ₀, Σ w φ = Φ + m",
    }
    return [(LABELS.say(f"formula_{code}", language), text) for code, text in lines.items()]
