"""A tree of plans: the province's, then every city's, whose target is the rate that the province printed for it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cached_property

from allocator.errors import Stop
from allocator.exit_codes import BAD_INPUT
from allocator.nested.folded import folded
from allocator.planning.no_split.why import NoSplit
from allocator.planning.plan import Plan, plan
from reports.nested.identity import Leaves, by_leaves
from reports.nested.records import below_record, tree_record
from reports.nested.sentences import no_tree_statements
from reports.planning.record import PlanRecord
from reports.records import in_both
from reports.verifying.verification import Verification, verify_rates
from scenarios.errors import Finding, InputError, once
from scenarios.load import Scenario
from scenarios.nested.children import Children, children_of
from scenarios.quantities import in_own_words
from scenarios.told import told
from scenarios.wording import Language

BELOW = "below"
"""The folder of the plans below, and what `plan.json` calls them."""
_NAME = str.maketrans(dict.fromkeys('/\\:*?"<>|#', "-"))


@dataclass(frozen=True, eq=False)
class Node:
    """A city with counties: what it was asked, and its plan."""

    position: int  # Of the city
    scenario: Scenario
    plan: Plan | None  # None where one county takes the whole rate
    verification: Verification


@dataclass(frozen=True, eq=False)
class PlanTree:
    """A province's plan with that of every city."""

    root: Plan  # Its record knows the level below
    children: Children
    nodes: tuple[Node, ...]  # In the order of the cities

    @cached_property
    def leaves(self) -> Leaves:
        """The province by its leaves, exact."""
        return by_leaves(self.root.scenario, self.root.verification, {n.position: n.verification for n in self.nodes})

    @property
    def passed(self) -> bool:
        """Whether every check of every level holds, and the leaves back the province.

        Where counties are asked the computed rate, what the city keeps is no failure.
        """
        return self.root.verification.passed and self.leaves.backed and all(n.verification.passed for n in self.nodes)


@dataclass(frozen=True)
class Failed:
    """A city without a split: why, and whether its input is at fault."""

    name: str
    name_en: str
    why: NoSplit | InputError

    def statements(self, language: Language) -> list[str]:
        """Return why."""
        if isinstance(self.why, InputError):
            return told(self.why.findings, language)
        return self.why.statements(language)


class NoTree(Stop):
    """Cities whose counties cannot back what is printed for them; every one of them."""

    def __init__(self, root: Plan, failed: tuple[Failed, ...], instead: Plan | None) -> None:
        self.root, self.failed, self.instead = root, failed, instead
        bad = any(isinstance(each.why, InputError) for each in failed)
        self.exit_code = max(BAD_INPUT if bad else 0, *(getattr(each.why, "exit_code", BAD_INPUT) for each in failed))  # type: ignore[misc]
        super().__init__("no split in " + ", ".join(each.name for each in failed))

    def __reduce__(self) -> tuple[type[NoTree], tuple[Plan, tuple[Failed, ...], Plan | None]]:
        """Return how it is made anew where it goes to another process."""
        return NoTree, (self.root, self.failed, self.instead)

    @in_own_words
    def statements(self, language: Language) -> list[str]:
        """Return every city with its reason, and the province as it would be if these bound it."""
        each = [(one.name if language == "zh" else one.name_en, one.statements(language)) for one in self.failed]
        instead = None if self.instead is None else self.instead.record
        return no_tree_statements(self.root.record, each, instead, language)

    @property
    def measured(self) -> object:
        """The quantity that the target is of."""
        return self.root.measured


def plan_tree(scenario: Scenario) -> PlanTree:
    """Split a province's target, and every city's printed rate across its counties.

    Raises InputError, NoSplit: of the province. Raises NoTree: some city's counties cannot back its rate.
    """
    children = children_of(scenario)
    scenario = children.parent
    bound = folded(scenario, children)
    root = plan(bound if children.below.fold else scenario)
    asked, digest = _handed(root, children), table_digest(root.record)
    nodes: list[Node] = []
    failed: list[Failed] = []
    for position in sorted(children.members):
        try:
            nodes.append(_node(children, position, asked[position], digest))
        except (InputError, NoSplit) as error:
            cities = scenario.regions
            failed.append(Failed(cities.names[position], cities.names_en[position], error))
    if failed:
        raise NoTree(root, tuple(failed), None if children.below.fold else _instead(bound))
    return recorded(PlanTree(root, children, tuple(nodes)))


def _handed(root: Plan, children: Children) -> tuple[Decimal, ...]:
    """Return what every city's counties are asked, in the order of the cities."""
    if children.below.pass_ == "printed":
        return root.published
    return tuple(Decimal(repr(region.rate)) for region in root.record.regions)


def _node(children: Children, position: int, rate: Decimal, digest: str) -> Node:
    """Return the plan of one city; the one county of a city takes its rate."""
    scenario = children.scenario(position, rate, digest)
    if len(scenario.regions) == 1:
        return Node(position, scenario, None, verify_rates(scenario, (rate,)))
    made = plan(scenario)
    return Node(position, scenario, made, made.verification)


def _instead(bound: Scenario) -> Plan | None:
    """Return the province's plan within what its cities' counties can reach; None without one."""
    try:
        return plan(bound)
    except (InputError, NoSplit):
        return None


def table_digest(record: PlanRecord) -> str:
    """Return the SHA-256 of the printed rates of a plan by region: what the plans below it rest on."""
    rates = [[region.id, region.published_rate] for region in record.regions]
    return hashlib.sha256(json.dumps(rates, separators=(",", ":")).encode()).hexdigest()


def code_of(record: PlanRecord, position: int) -> str:
    """Return the name of a city's folder: its code, or what a folder can be called of it."""
    return record.regions[position].id.translate(_NAME).strip(". ") or str(position + 1)


def recorded(tree: PlanTree) -> PlanTree:
    """Return a tree whose root says what stands below it; the records of its plans are sealed."""
    root, record = tree.root, tree.root.record
    nodes = tuple(_sealed(node) for node in tree.nodes)
    below = []
    for node in nodes:
        position, v = node.position, node.verification
        made = None if node.plan is None else node.plan.record
        plan_json = None if made is None else f"{BELOW}/{code_of(record, position)}/plan.json"
        digest = None if made is None or made.own_seal is None else made.own_seal.whole
        below.append(below_record(root.scenario, root.verification, position, v, plan_json, digest))
    notices = (in_both(finding.say) for finding in once(_said_below(tree.children)))
    said = {
        "notices": (*record.notices, *notices),
        "below": tuple(below),
        "tree": tree_record(root.verification, tree.leaves, below),
    }
    return replace(tree, root=replace(root, record=record.model_copy(update=said)), nodes=nodes)


def _said_below(children: Children) -> Iterator[Finding]:
    """Yield what must be said of the table of the level below."""
    yield from children.table.notices
    yield from children.sums()
    for own in children.members.values():
        yield from own.notices


def _sealed(node: Node) -> Node:
    """Return a city whose plan is sealed."""
    made = node.plan
    return node if made is None else replace(node, plan=replace(made, record=made.record.sealed()))
