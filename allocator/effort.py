"""What the scenario lets the solver use."""

from __future__ import annotations

from scenarios.load import Scenario
from solvers.effort import Effort


def effort(scenario: Scenario) -> Effort:
    """Return the section `solver` of a scenario as the solvers take it."""
    asked = scenario.file.solver
    return Effort(float(asked.time_limit), asked.threads, float(asked.gap))
