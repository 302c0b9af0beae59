"""A method that is taken: the rates that it prints, kept as a round in which every region's rate is an agreed one.

A plan's references come from scores, and so do its reasons and its charts; a method's rates are therefore given, with
the method and its formula as the reason, in place of references that no score explains.
"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from pathlib import Path

from allocator.negotiating.moves import Negotiation
from allocator.negotiating.negotiate import next_round, settled
from allocator.negotiating.remarks import Remark
from reports.by_method.record import MethodRecord, MethodsRecord
from reports.by_method.sentences import called, constants, formula
from reports.verifying.verification import Verification
from reports.words.pages.methods import WORDS
from scenarios.errors import InputError, Place
from scenarios.load import load_scenario
from scenarios.tables.cells import exact_per_cent
from scenarios.wording import Language, Text, phrases

ALL_GIVEN = "exceed=allow"
"""What rates that are all given need: nobody picks up what they leave above the target."""


def take(
    source: str | Path,
    settings: Iterable[str],
    record: MethodsRecord,
    key: str,
    folder: Path | None,
    language: Language,
    who: str = "",
) -> tuple[Negotiation, Path, Verification]:
    """Keep a method's printed rates as the next round of a scenario; see `next_round` for what is returned.

    `record`, `key`: the methods of the scenario under the settings, and which of them; `folder`: of the rounds;
    `who`: keeps it.
    Raises InputError: no such method, one that cannot be had, or whose rates do not pass as they are.
    """
    line = taken(record, key)
    given = (*settings, ALL_GIVEN)
    rates = rates_of(record, line)
    made = settled(load_scenario(source, given), rates).plan
    refuse_another(made.published == tuple(rates.values()), key)
    fixes = [f"{region}={exact_per_cent(rate)}%" for region, rate in rates.items()]
    return next_round(source, given, folder, fixes, "", language, Remark.of(who, reason(record, line, language)))


def taken(record: MethodsRecord, key: str) -> MethodRecord:
    """Return the line of a method that can be taken.

    Raises InputError: there is none.
    """
    place = Place(key=f"--take {key}")
    lines = {one.key: one for one in record.methods if one.kind == "method"}
    if key not in lines:
        raise InputError.of("method_unknown", place, found=key, known=", ".join(lines))
    line = lines[key]
    if line.missing is not None:
        raise InputError.of("method_missing", place, why=Text(line.missing.say("zh"), line.missing.say("en")))
    if not line.kept:
        raise InputError.of("method_not_kept", place)
    return line


def rates_of(record: MethodsRecord, line: MethodRecord) -> dict[str, Decimal]:
    """Return identifier -> printed rate, exact."""
    rates = line.published or ()
    return {region.id: Decimal(repr(rate)) for region, rate in zip(record.regions, rates, strict=True)}


def refuse_another(same: bool, key: str) -> None:
    """Refuse a method whose rates, given, do not make the plan that prints them."""
    if not same:
        raise InputError.of("method_another", Place(key=f"--take {key}"))


def reason(record: MethodsRecord, line: MethodRecord, language: Language) -> str:
    """Return why the rates are what they are: the method, its formula, its constants."""
    said = [called(line, language), formula(line, record, language), constants(line, language)]
    return WORDS.say("taken_as", language, method=phrases(filter(None, said), language))
