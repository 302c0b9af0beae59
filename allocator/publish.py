"""Writes a plan's files, reads them back, and judges what was written."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

from allocator.output import MARKER, WriteCheckFailed, replaced_folder
from allocator.planning import Plan
from reports.page import report_html
from reports.tables import allocation_csv
from reports.verification import Verification, verify_rates
from reports.workbook import workbook
from scenarios.rates import read_rates
from scenarios.wording import Language

TABLE = "allocation.csv"
WORKBOOK = "allocation.xlsx"
REPORT = "report.html"
FILES = (MARKER, TABLE, WORKBOOK, REPORT)


def write_plan(
    plan: Plan, folder: Path, language: Language, extra: Mapping[str, str] = MappingProxyType({})
) -> Verification:
    """Write plan.json, allocation.csv, allocation.xlsx and report.html.

    The three tables are read back from disk by the reader that reads anybody's tables, and
    the verdict returned is that on what was read. `extra` holds further files, name -> text.

    Raises
    ------
    InputError
        The folder cannot be used.
    WriteCheckFailed
        A written table differs from the plan.
    """
    with replaced_folder(folder) as side:
        (side / TABLE).write_bytes(allocation_csv(plan.record, language).encode("utf-8-sig"))
        (side / WORKBOOK).write_bytes(workbook(plan.record, plan.verification, language))
        (side / MARKER).write_text(plan.record.to_json(), "utf-8", newline="\n")
        (side / REPORT).write_text(report_html(plan.record, language), "utf-8", newline="\n")
        for name, text in extra.items():
            (side / name).write_text(text, "utf-8", newline="\n")
        for name in (TABLE, WORKBOOK, MARKER):
            written = read_rates(side / name, plan.scenario.regions, plan.incentive is not None)
            if written.rates != plan.published or written.incentive != plan.published_incentive:
                raise WriteCheckFailed(name)
        verification = verify_rates(plan.scenario, written.rates, written.incentive)
    return verification
