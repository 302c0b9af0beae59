"""The verification note beside a circular: verdict, how it was reckoned, city by city, basis and hashes."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from decimal import Decimal
from fractions import Fraction

from reports.planning.record import PlanRecord
from reports.planning.sentences import identity_statement, incentive_statements, verdict_statement
from reports.printing.document import NUMBER, Sheet, one_line, visible
from reports.printing.numbers import all_digits, minus, printed_change, unparted
from reports.printing.table import Column, Table
from reports.publishing.columns import RATE, decided_target, free_columns, rate_digits
from reports.publishing.official import official_notes, official_source, said_of_changed
from reports.publishing.recheck import recomputed
from reports.words import LABELS
from scenarios.file.publishing import Printed
from scenarios.quantities import in_own_words
from scenarios.tables.cells import per_cent
from scenarios.wording import Language, running

NAME = "verification"
"""Of its files."""


@in_own_words
def verification_sheet(
    record: PlanRecord,
    language: Language,
    trace: tuple[str, str],
    columns: Collection[str],
    files: Mapping[str, str],
    draft: str = "",
    changed: Collection[str] = (),
) -> Sheet:
    """Return the note on a published table.

    `trace`: file name and SHA-256 of what it was made from. `columns`: the free columns of that
    table. `files`: SHA-256 of what was published, by name. `changed`: input files that are not what they were.
    """
    title = LABELS.say("verified_title", language, title=one_line(record.scenario.title.say(language)))
    left_out = {*free_columns(record, language), "total"}.difference(columns)
    said = [verdict_statement(record.province, language), *incentive_statements(record.province, language)[:1]]
    tables = [_checks(record, language)] if _of_intensity(record) else []
    return Sheet(
        language=language,
        title=title,
        tables=(*tables, _cities(record, language), _digests(record, language, trace, files)),
        statement=running([*said, identity_statement(record.province, language)], language),
        notes=(
            *said_of_changed(changed, language),
            *_formula(record, language),
            *official_notes(record, language, left_out),
        ),
        source=official_source(record, language),
        created=record.provenance.created,
        heading=LABELS.say("official_statement", language),
        paper=(record.scenario.publish or Printed()).paper,
        name=NAME,
        draft=draft,
    )


def _of_intensity(record: PlanRecord) -> bool:
    """Return whether the target is that of an intensity, and no level and no share."""
    return not record.measured.stands_alone and record.province.share is None


def _formula(record: PlanRecord, language: Language) -> Iterator[str]:
    """Yield in words how the verdict was reckoned, and what was agreed by hand."""
    years = {"base": record.scenario.base_year, "end": record.scenario.end_year}
    yield LABELS.say("verified_formula", language, **years)
    yield LABELS.say("verified_exact", language)
    yield LABELS.say("verified_seal", language)
    if record.agreed is not None:
        yield LABELS.say("verified_agreed", language, table=visible(record.agreed.table))


def _digests(record: PlanRecord, language: Language, trace: tuple[str, str], files: Mapping[str, str]) -> Table:
    """Return the digests of what was read, of the plan, and of what was published."""
    read = [("verified_read", name, digest) for name, digest in record.provenance.inputs.items()]
    made = [("verified_plan", *trace), *(("verified_published", name, digest) for name, digest in files.items())]
    columns = tuple(
        Column(code, LABELS.say(f"verified_{code}", language), kind="text") for code in ("role", "file", "digest")
    )
    rows = tuple((LABELS.say(code, language), visible(name), digest) for code, name, digest in (*read, *made))
    number = 3 if _of_intensity(record) else 2
    caption = LABELS.say("official_caption", language, number=number, title=LABELS.say("verified_digests", language))
    return Table(columns, rows, "digests", caption, "", tab=LABELS.say("verified_tab_digests", language))


def _checks(record: PlanRecord, language: Language) -> Table:
    """Return the figures of the province, from its target to what is left over."""
    province = record.province
    target, margin = decided_target(record), province.margin
    weighted = province.implied_reduction + province.sigma
    least = province.target + margin + province.sigma
    points = LABELS.say("official_points", language)
    rows = [
        ("verified_target", all_digits(str(Decimal(repr(target)) * 100), 2), "%"),
        *([("verified_margin", per_cent(margin), points)] if margin else []),
        *([("verified_cities_target", per_cent(province.target), "%")] if province.target != target else []),
        ("verified_sigma", minus(per_cent(province.sigma)), points),
        ("verified_least", minus(per_cent(least)), points),
        ("verified_weighted", minus(per_cent(weighted)), points),
        ("verified_implied", minus(per_cent(province.implied_reduction)), "%"),
        ("verified_over", minus(f"{province.overshoot_points:.4f}"), points),
        ("verified_over_tonnes", unparted(province.overshoot_10kt, 1), LABELS.say("official_cap_unit", language)),
    ]
    columns = (
        Column("item", LABELS.say("verified_item", language), kind="text"),
        Column("value", LABELS.say("verified_value", language)),
        Column("unit", LABELS.say("verified_unit", language), kind="text"),
    )
    cells = tuple((LABELS.say(code, language), value, unit) for code, value, unit in rows)
    caption = LABELS.say("official_caption", language, number=1, title=LABELS.say("verified_checks", language))
    return Table(columns, cells, "checks", caption, "", tab=LABELS.say("verified_tab_checks", language))


def _cities(record: PlanRecord, language: Language) -> Table:
    """Return weight, target and their product of every city; of an agreed table the computed rate as well."""
    digits, agreed = rate_digits(record), record.agreed is not None
    weights = recomputed(record, Decimal(0)).exact_coefficients
    points = LABELS.say("official_points", language)
    columns = [
        Column(NUMBER, LABELS.say("official_number", language), kind="text"),
        Column("name", LABELS.say("name", language), kind="text"),
        Column("weight", LABELS.say("verified_weight", language), decimals=4),
        Column(RATE, LABELS.say("official_rate", language), "%", decimals=digits),
        Column("product", LABELS.say("verified_product", language), points, decimals=2),
    ]
    if agreed:
        columns.append(Column("computed", LABELS.say("verified_computed", language), "%", decimals=2))
        columns.append(Column("difference", LABELS.say("verified_difference", language), points, decimals=2))
    rows, whole = [], Fraction(0)
    for n, (region, weight) in enumerate(zip(record.regions, weights, strict=True), start=1):
        rate = Decimal(repr(region.published_rate))
        whole += weight * Fraction(rate)
        row = (
            str(n), visible(region.label(language)), f"{float(weight):.4f}", minus(per_cent(rate, digits)),
            minus(per_cent(float(weight * Fraction(rate)))),
        )  # fmt: skip
        change = printed_change(region.rate, region.published_rate).lstrip("+")
        rows.append((*row, *((minus(per_cent(region.rate)), change) if agreed else ())))
    last = ("", LABELS.say("regions_together", language), f"{float(sum(weights, Fraction(0))):.4f}", "–")
    rows.append((*last, minus(per_cent(float(whole))), *(["–", "–"] if agreed else [])))
    number = 2 if _of_intensity(record) else 1
    caption = LABELS.say("official_caption", language, number=number, title=LABELS.say("verified_cities", language))
    tab = LABELS.say("verified_tab_cities", language)
    return Table(tuple(columns), tuple(rows), NAME, caption, "", total=True, tab=tab)
