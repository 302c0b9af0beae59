"""Judges any table of rates against a scenario, without importing the solver."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from reports.bearing import robustness_statement
from reports.statements import check_statements, identity_statement, province_record, verdict_statement
from reports.verification import Verification, verify_rates
from scenarios.load import Scenario
from scenarios.rates import read_rates
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
    path = scenario.table_path(str(table))
    return verify_rates(scenario, read_rates(path, scenario.regions).rates)


@dataclass(frozen=True)
class Judgement:
    """A verification together with the scenario it was made for, ready to be printed."""

    scenario: Scenario
    table: str
    verification: Verification

    def statements(self, language: Language) -> list[str]:
        """Return the judgement in sentences: verdict, composition effect, checks, basis."""
        province = province_record(self.scenario, self.verification)
        return [
            verdict_statement(province, language),
            identity_statement(province, language),
            *robustness_statement(province, len(self.scenario.regions), language),
            *check_statements(self.scenario, self.verification, language),
        ]

    def as_json(self) -> dict[str, Any]:
        """Return the judgement as JSON-ready values; rates are fractions."""
        v, regions = self.verification, self.scenario.regions
        return {
            "schema_version": 1,
            "scenario": self.scenario.file.name,
            "table": self.table,
            "province": province_record(self.scenario, v).model_dump(),
            "slip": v.slip and {"factor": float(v.slip.factor), "implied_reduction": float(v.slip.implied_reduction)},
            "failed": {c.name: [regions.names[n] for n in c.regions] for c in v.checks if not c.passed},
            "regions": [
                {
                    "id": regions.ids[n],
                    "name": regions.names[n],
                    "rate": float(v.rates[n]),
                    "contribution": float(v.contributions[n]),
                }
                for n in range(len(regions))
            ],
        }


def judgement(scenario: Scenario, table: str) -> Judgement:
    """Judge a table of rates and keep what is needed to print the result; see `verify`."""
    return Judgement(scenario, table, verify(scenario, table))
