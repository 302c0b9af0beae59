"""Writes a tree of plans: what a province's plan writes, tree.csv, and a folder for every city below."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path

from allocator.nested.planned import BELOW, PlanTree, code_of
from allocator.output.folder import MARKER
from allocator.planning.files import TABLE, WORKBOOK, write_plan
from reports.nested.sentences import tree_csv
from reports.planning.tables import allocation_csv
from reports.verifying.verification import Verification
from reports.workbook.workbook import workbook
from scenarios.tables.regions import Regions
from scenarios.wording import Language

TREE = "tree.csv"


def write_tree(tree: PlanTree, folder: Path, language: Language, extra: Mapping[str, str | bytes]) -> Verification:
    """Write the province's plan with all that is below it; see `write_plan`."""
    below = below_files(tree, language)
    return write_plan(tree.root, folder, language, {**extra, **below})


def tables_of(tree: PlanTree) -> list[tuple[Regions, tuple[Decimal, ...]]]:
    """Return the counties of every city and their printed rates, in the order of the cities."""
    return [(node.scenario.regions, node.verification.rates) for node in tree.nodes]


def below_files(tree: PlanTree, language: Language) -> dict[str, str | bytes]:
    """Return the files of a tree beside those of its root, name -> content."""
    files: dict[str, str | bytes] = {TREE: tree_csv(tree.root.record, tables_of(tree), language).encode("utf-8-sig")}
    for node in tree.nodes:
        if node.plan is None:
            continue
        record = node.plan.record
        at = f"{BELOW}/{code_of(tree.root.record, node.position)}"
        files[f"{at}/{MARKER}"] = record.as_json()
        files[f"{at}/{TABLE}"] = allocation_csv(record, language).encode("utf-8-sig")
        files[f"{at}/{WORKBOOK}"] = workbook(record, node.verification, language, None)
    return files
