"""Questions about figures, and the answers of a scenario."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from scenarios.errors import Collector, Finding, Place
from scenarios.wording import Text


@dataclass(frozen=True)
class Answers:
    """What a scenario says about questions."""

    reasons: Mapping[str, Text] = field(default_factory=dict)  # Sense id -> why it is right
    only_said: frozenset[str] = frozenset()  # Severities of what is asked that stop nothing

    def ask(self, findings: Iterable[Finding], collector: Collector) -> None:
        """Note what was found, each id once; a question that is answered is said with its reason and stops nothing."""
        once = {finding.asked or (finding.code, finding.place): finding for finding in findings}
        collector.extend(map(self._settled, once.values()))

    def _settled(self, finding: Finding) -> Finding:
        reason = self.reasons.get(finding.asked) if finding.severity == "question" else None
        said = reason is not None or (finding.asked and finding.severity in self.only_said)
        return replace(finding, severity="notice", reason=reason) if said else finding


NO_ANSWERS = Answers()


def question(code: str, asked: str, place: Place, /, **values: object) -> Finding:
    """Return what is odd and must be answered; `asked` is its id, the same as long as the table is."""
    return Finding(code, place, values, "question", asked)


def certain(beyond_doubt: bool, finding: Finding) -> Finding:
    """Return a question, as an error where it is beyond doubt."""
    return replace(finding, severity="error") if beyond_doubt else finding
