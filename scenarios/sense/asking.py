"""Questions about figures, and the answers of a scenario."""

from __future__ import annotations

import difflib
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from scenarios.errors import Collector, Finding, Place
from scenarios.wording import Text


@dataclass(frozen=True)
class Answers:
    """What a scenario says about questions."""

    reasons: Mapping[str, Text] = field(default_factory=dict)  # Sense id -> why it is right
    only_said: frozenset[str] = frozenset()  # Severities of what is asked that stop nothing
    stopping: frozenset[str] = frozenset()  # Codes of what stops all the same

    def ask(self, findings: Iterable[Finding], collector: Collector) -> None:
        """Note what was found, each once and by its own id; a question that is answered is said and stops nothing."""
        once = _numbered({(finding.asked or finding.code, finding.place): finding for finding in findings}.values())
        asked = {finding.asked for finding in once}
        spare = [key for key in self.reasons if key not in asked]
        collector.extend(self._settled(finding, spare) for finding in once)

    def _settled(self, finding: Finding, spare: Sequence[str]) -> Finding:
        reason = self.reasons.get(finding.asked) if finding.severity == "question" else None
        said = finding.asked and finding.severity in self.only_said and finding.code not in self.stopping
        if reason is not None or said:
            return replace(finding, severity="notice", reason=reason)
        return replace(finding, near=nearest(finding.asked, spare)) if finding.open and self.reasons else finding

    def unused(self, asked: Collection[str]) -> dict[str, str]:
        """Return the ids that are answered and not among those `asked`, each with the nearest of these or ``""``.

        Those of tables that are read by single commands only (rates, years after the split, energy) are passed over.
        """
        spare = (key for key in self.reasons if key not in asked and not key.startswith(_OF_OTHER_TABLES))
        return {key: nearest(key, asked) for key in spare}


def _numbered(findings: Iterable[Finding]) -> list[Finding]:
    """Return findings, the second and further ones of an id by ids of their own, so that none is answered unseen."""
    count: Counter[str] = Counter()
    numbered = []
    for finding in findings:
        count[finding.asked] += 1
        again = finding.asked and count[finding.asked] > 1
        numbered.append(replace(finding, asked=f"{finding.asked}:{count[finding.asked]}") if again else finding)
    return numbered


NO_ANSWERS = Answers()
_OF_OTHER_TABLES = (
    "jump-", "off-column:", "as-fractions:", "planned-project-", "subtotal:", "below-zero:", "all-below-zero",
    "emissions-of-one-city:", "amount-off:", "amounts-off:", "sum-in-years:", "hidden-rows:", "sum-of-sectors:",
    "part-of-sector:", "gdp-index:", "rates-of-period:", "caps-off", "cap-off:", "track-slip:", "track-growth:",
    "change-of:", "fit-factors", "fit-city:", "draw-early:", "all-fall:",
    "rules-period:", "entry-slip:", "entry-usual:", "entry-far:", "entry-above:",
)  # fmt: skip
_ALIKE = 0.75


def nearest(key: str, known: Iterable[str]) -> str:
    """Return the known id that is nearest to one, ``""`` where none is near."""
    return next(iter(difflib.get_close_matches(key, list(known), 1, _ALIKE)), "")


def question(code: str, asked: str, place: Place, /, **values: object) -> Finding:
    """Return what is odd and must be answered; `asked` is its id, the same as long as the table is."""
    return Finding(code, place, values, "question", asked)


def table_of(place: Place) -> str:
    """Return which table a place is in, for the ids of questions that are asked about tables of several kinds."""
    return ":".join(filter(None, (place.file, place.sheet)))


def certain(beyond_doubt: bool, finding: Finding) -> Finding:
    """Return a question, as an error where it is beyond doubt."""
    return replace(finding, severity="error") if beyond_doubt else finding
