"""An account in sentences and for plan.json: sums, residuals, options, and every factor with its source."""

from __future__ import annotations

from reports.accounting.rebasing import Rebasing
from reports.accounting.tables import city_names, in_10kt, in_kwh8, item_name, shown
from reports.accounting.units import factor_unit, factor_words, gas_words, source_words
from reports.planning.record import EnergyRecord
from reports.printing.numbers import figure, minus, signed_amount
from reports.words import LABELS
from scenarios.accounting.electricity import Residual
from scenarios.accounting.gdp import ConstantGdp
from scenarios.accounting.ledger import Account, YearAccount
from scenarios.accounting.scopes import Scope
from scenarios.load import Scenario
from scenarios.schema_types import Words
from scenarios.wording import Language, clauses, listed, stop


def factor_sentences(account: Account, language: Language, year: int | None = None) -> list[str]:
    """Return every factor used, in all years or one, with its source: each once."""
    lines = [line for line in account.lines if year in (None, line.year)]
    gases = dict.fromkeys((line.gas, line.potential) for line in lines)
    found = [(LABELS.say("potential_of", language, gas=gas_words(gas)), one) for gas, one in gases if one is not None]
    found += dict.fromkeys((item_name(line, language), line.factor) for line in lines)
    said = (LABELS.say("account_factor", language, name=x, factor=factor_words(one, language)) for x, one in found)
    return list(dict.fromkeys(said))


def energy_record(scenario: Scenario) -> EnergyRecord | None:
    """Return what plan.json says of the account behind its emissions; None where there is none."""
    asked, done = scenario.file.energy, scenario.energy
    if asked is None or done is None:
        return None
    base = done.account.years[scenario.file.period.base]
    scope = done.account.settings.scope
    return EnergyRecord(
        table=asked.file,
        scope=scope.key,
        scope_words=Words(zh=scope.zh, en=scope.en),
        option=base.option,
        vintage=asked.vintage,
        sum_10kt=in_10kt(base.total),
        province_10kt=None if base.province is None else in_10kt(base.province),
        residual_10kt=None if base.residual is None else in_10kt(base.residual),
        factors=tuple(factor_sentences(done.account, "en", base.year)),
    )


def energy_sources(scenario: Scenario) -> tuple[Words, ...]:
    """Return the factors behind the emissions, each with its source; none without an account."""
    if scenario.energy is None:
        return ()
    account, base = scenario.energy.account, scenario.file.period.base
    pairs = zip(factor_sentences(account, "zh", base), factor_sentences(account, "en", base), strict=True)
    return tuple(Words(zh=zh, en=en) for zh, en in pairs)


def gdp_note(scenario: Scenario) -> Words | None:
    """Return at whose prices the base year's GDP is, and how it came about; None where the regions table has it."""
    gdp = scenario.gdp
    return None if gdp is None else Words(zh=gdp_sentence(gdp, "zh"), en=gdp_sentence(gdp, "en"))


def gdp_sentence(gdp: ConstantGdp, language: Language) -> str:
    """Return at whose prices GDP is counted, how it came about, and of what state the data are."""
    vintage = LABELS.say("gdp_vintage_words", language, vintage=gdp.vintage) if gdp.vintage else ""
    how = LABELS.say("gdp_chained" if gdp.chained else "gdp_stated", language, base=gdp.base)
    return LABELS.say("gdp_note", language, base=gdp.base, how=how, file=gdp.source.name, vintage=vintage).rstrip()


def energy_note(scenario: Scenario) -> Words | None:
    """Return how the base year's emissions came about: scope, option, vintage, sum and residual."""
    asked, done = scenario.file.energy, scenario.energy
    if asked is None or done is None:
        return None
    return Words(zh=_note(scenario, done.account, "zh"), en=_note(scenario, done.account, "en"))


def _note(scenario: Scenario, account: Account, language: Language) -> str:
    base, scope = account.years[scenario.file.period.base], account.settings.scope
    vintage = scenario.file.energy.vintage if scenario.file.energy else None
    gap = "" if language == "zh" else " "
    return LABELS.say(
        "account_note", language, scope=scope.label(language),
        option=LABELS.say(f"option_{base.option}", language), sums=year_sentence(base, language),
        vintage="" if vintage is None else LABELS.say("account_vintage", language, vintage=vintage.say(language)) + gap,
    )  # fmt: skip


def year_sentence(year: YearAccount, language: Language) -> str:
    """Return a year's sum of cities, and its residual against the province where there is one."""
    if year.province is None or year.residual is None:
        return LABELS.say("account_year_alone", language, year=year.year, total=shown(year.total))
    return LABELS.say(
        "account_year", language, year=year.year, total=shown(year.total), province=shown(year.province),
        residual=shown(year.residual),
    )  # fmt: skip


def non_fossil_cities(account: Account, year: YearAccount, language: Language) -> list[str]:
    """Return what each city is attributed, and its CO2 of power with and without; none where that is not known."""
    return [_city_power(n, name, year, language) for n, name in enumerate(city_names(account, language))]


def _city_power(n: int, name: str, year: YearAccount, language: Language) -> str:
    """Return what one city is attributed, ``""`` where the table gives none."""
    if year.non_fossil is None:
        return ""
    amount = figure(in_kwh8(year.non_fossil.of(n)), 4)
    power = (
        LABELS.say(f"account_power_{option}", language, total=shown(tonnes[n])) for option, tonnes in year.power.items()
    )
    said = LABELS.say("account_city_non_fossil", language, name=name, year=year.year, amount=amount)
    return clauses((said, *power), language) + stop(language)


def non_fossil_sentences(year: YearAccount, language: Language) -> list[str]:
    """Return the coefficient of a year, sum, residual and losses, and the factor of the rest; none without."""
    found, factor = year.non_fossil, year.fossil_factor
    if found is None:
        return []
    amounts = {"sum": found.sum, "province": found.province, "residual": found.residual, "losses": found.losses}
    values = {name: figure(in_kwh8(amount), 4) for name, amount in amounts.items()}
    said = [LABELS.say("account_non_fossil", language, year=year.year, k=minus(f"{float(found.k):.6f}"), **values)]
    if factor is not None:
        value, unit = f"{float(factor.value * 1000):.6f}", factor_unit("kgCO2/kWh", language)
        source = source_words(factor.source, language)
        values = {"value": value, "unit": unit, "source": source}
        said.append(LABELS.say("account_fossil_power", language, year=year.year, **values))
    return said


def rebased_sentence(found: Rebasing, scope: Scope, language: Language) -> str:
    """Return by how much another scope changes the cities' sum of a year, and by which parts.

    `scope`: that counts now.
    """
    whole, parts = found.sum, []
    for part, tonnes in whole.changes.items():
        if tonnes:
            name = LABELS.say(f"rebased_part_{part}", language)
            parts.append(LABELS.say("rebased_part", language, name=name, amount=signed_amount(in_10kt(tonnes))))
    return LABELS.say(
        "account_rebased", language, year=found.year, before=found.scope.label(language), after=scope.label(language),
        old=shown(whole.before), new=shown(whole.after),
        parts=listed(parts, language) if parts else LABELS.say("rebased_none", language),
    )  # fmt: skip


def residual_sentence(one: Residual, language: Language) -> str:
    """Return an option's sum and residual, and what it counts twice or leaves out."""
    text = LABELS.say(
        "account_option", language, option=LABELS.say(f"option_{one.option}", language),
        total=shown(one.total), residual=shown(one.residual),
    )  # fmt: skip
    for code, amount in (("account_twice", one.counted_twice), ("account_left_out", one.left_out)):
        if amount:
            text += LABELS.say(code, language, amount=shown(amount))
    return text + stop(language)
