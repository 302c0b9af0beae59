"""City sums against the province, in sentences and for plan.json: what was done, and what it changes."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from reports.planning.record import EffortRecord, ReconciliationRecord
from reports.printing.numbers import minus, signed
from reports.words import LABELS
from scenarios.load import Scenario
from scenarios.reconciliation import Effort, Reconciliation, ResidualLine, Step
from scenarios.schema_types import Words
from scenarios.tables.cells import per_cent
from scenarios.wording import LANGUAGES, Language, listed, running


def reconciliation_record(scenario: Scenario) -> ReconciliationRecord | None:
    """Return the reconciliation as plan.json holds it; None where nothing is said about sums."""
    sums = scenario.sums
    if sums is None:
        return None
    line = sums.residual
    return ReconciliationRecord(
        target=float(sums.target),
        policies={step.quantity: step.policy for step in sums.steps},
        cities={step.quantity: float(step.cities) for step in sums.steps},
        province={step.quantity: float(step.province) for step in sums.steps},
        residual=None if line is None else {name: float(value) for name, value in vars(line).items()},
        chosen=_effort(sums.chosen),
        others=tuple(map(_effort, sums.others)),
    )


def _effort(effort: Effort) -> EffortRecord:
    return EffortRecord.of(effort, uniform_rate=effort.uniform, point_10kt=effort.point)


def reconciliation_notes(scenario: Scenario) -> tuple[Words, ...]:
    """Return the sentences in both languages, for the notes of a plan."""
    if scenario.sums is None:
        return ()
    zh, en = (reconciliation_statements(scenario.sums, language) for language in LANGUAGES)
    return tuple(Words(zh=a, en=b) for a, b in zip(zh, en, strict=True))


def reconciliation_statements(sums: Reconciliation, language: Language) -> list[str]:
    """Return what was done, quantity by quantity, the residual line, why rates differ or not, and the alternatives."""
    lines = [step_sentence(step, language) for step in sums.steps]
    if sums.residual is not None:
        lines.append(_residual(sums.residual, language))
    lines.append(why_sentence(sums, language))
    return [*lines, *(_policy(effort, sums.margin, language) for effort in sums.others)]


def step_sentence(step: Step, language: Language, with_policy: bool = True) -> str:
    """Return what the cities add up to and what the province has, with or without what was done about it."""
    code = "reconcile_step" if with_policy else "reconcile_sums"
    return LABELS.say(
        code, language, quantity=LABELS.say(f"reconcile_{step.quantity}", language),
        cities=_number(float(step.cities)), province=_number(float(step.province)), off=signed(float(step.ratio - 1)),
        policy=LABELS.say(f"policy_{step.policy}", language),
    )  # fmt: skip


def _residual(line: ResidualLine, language: Language) -> str:
    text = LABELS.say(
        "reconcile_residual", language, emissions=_number(float(line.emissions)), gdp=_number(float(line.gdp)),
        growth=_number(float(line.growth)), rate=minus(per_cent(float(line.rate))),
    )  # fmt: skip
    below = [LABELS.say(f"reconcile_{name}", language) for name in ("emissions", "gdp") if getattr(line, name) < 0]
    if not below:
        return text
    return running([text, LABELS.say("reconcile_negative", language, names=listed(below, language))], language)


def why_sentence(sums: Reconciliation, language: Language) -> str:
    """Return why the cities' rates are other than with their own sums, or the same."""
    cities = next((effort for effort in sums.others if effort.policy == "cities"), sums.chosen)
    off = sums.chosen.target - cities.target
    values = {
        "target": minus(per_cent(float(sums.target + sums.margin))),
        "cities": minus(per_cent(float(sums.chosen.target + Fraction(sums.margin)), 4)),
        "margin": LABELS.say("margin_inside", language, margin=per_cent(sums.margin)) if sums.margin else "",
        "off": signed(float(off), 4),
        "uniform": minus(per_cent(float(sums.chosen.uniform))),
        "before": minus(per_cent(float(cities.uniform))),
    }
    if abs(off) > 1e-9:
        return LABELS.say("reconcile_differ", language, **values)
    return LABELS.say("reconcile_neutral" if sums.residual is not None else "reconcile_cancels", language)


def _policy(effort: Effort, margin: Decimal, language: Language) -> str:
    return LABELS.say(
        "reconcile_policy", language, policy=LABELS.say(f"policy_{effort.policy}", language),
        sigma=signed(float(effort.sigma), 4), target=per_cent(float(effort.target + Fraction(margin)), 4),
        uniform=minus(per_cent(float(effort.uniform), 4)), point=f"{float(effort.point):,.2f}",
    )  # fmt: skip


def _number(value: float) -> str:
    text = f"{value:,.4f}".rstrip("0").rstrip(".")
    return minus(text)
