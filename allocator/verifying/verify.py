"""Judges any table of rates against a scenario, without importing the solver."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from allocator.output.folder import restored
from reports.planning.sentences import (
    check_statements,
    identity_statement,
    incentive_check_statements,
    province_record,
    robustness_statement,
    verdict_statement,
)
from reports.verifying.verification import Verification, verify_rates
from scenarios.load import Scenario
from scenarios.sense.rates import read_meant_rates
from scenarios.wording import Language


def verify(scenario: Scenario, table: str | Path) -> Verification:
    """Judge a table of rates.

    Parameters
    ----------
    scenario
        What the table should back.
    table
        A csv, xlsx or json file, or the short name of one of the scenario's own tables.

    Raises
    ------
    InputError
        The table cannot be read, or does not name every region once.
    """
    path = restored(scenario.table_path(str(table)))
    answers = scenario.file.answers
    table_read, _ = read_meant_rates(path, scenario.regions, scenario.incentive is not None, answers)
    return verify_rates(scenario, table_read.rates, table_read.incentive)


@dataclass(frozen=True)
class Judgement:
    """A verification together with the scenario it was made for, ready to be printed."""

    scenario: Scenario
    table: str
    verification: Verification

    @property
    def passed(self) -> bool:
        """Whether every check holds."""
        return self.verification.passed

    def statements(self, language: Language) -> list[str]:
        """Return the judgement in sentences: verdict, composition effect, checks, basis."""
        province = province_record(self.scenario, self.verification)
        return [
            verdict_statement(province, language),
            identity_statement(province, language),
            *robustness_statement(province, len(self.scenario.regions), language),
            *incentive_check_statements(self.scenario, self.verification, language),
            *check_statements(self.scenario, self.verification, language),
        ]

    def as_json(self) -> dict[str, Any]:
        """Return the judgement as JSON-ready values; rates are fractions."""
        v, regions = self.verification, self.scenario.regions
        second = v.incentive
        return {
            "schema_version": 1,
            "scenario": self.scenario.file.name,
            "table": self.table,
            "province": province_record(self.scenario, v).model_dump(),
            "slip": v.slip and {"factor": float(v.slip.factor), "implied_reduction": float(v.slip.implied_reduction)},
            "failed": self._failed(v),
            **({} if second is None else {"incentive_failed": self._failed(second)}),
            "regions": [
                {
                    "id": regions.ids[n],
                    "name": regions.names[n],
                    "rate": float(v.rates[n]),
                    "contribution": float(v.contributions[n]),
                    **({} if second is None else {"incentive_rate": float(second.rates[n])}),
                }
                for n in range(len(regions))
            ],
        }

    def _failed(self, verification: Verification) -> dict[str, list[str]]:
        """Return failed check -> regions that fail it."""
        names = self.scenario.regions.names
        return {c.name: [names[n] for n in c.regions] for c in verification.checks if not c.passed}


def judgement(scenario: Scenario, table: str) -> Judgement:
    """Judge a table of rates and keep what is needed to print the result; see `verify`."""
    return Judgement(scenario, table, verify(scenario, table))
