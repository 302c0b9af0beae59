"""How long and how hard a search may go on."""

from __future__ import annotations

from dataclasses import dataclass, replace
from time import monotonic

_SHORTEST = 0.01
"""Seconds left to a program when the time is up."""


@dataclass(frozen=True)
class Effort:
    """What the solver may use."""

    time_limit: float = 300.0  # Seconds for a linear program, or for a whole search of integer programs
    threads: int = 1  # Threads of the solver
    gap: float = 0.0  # How far from the best, relative to it, an integer program may stop; 0 asks for proof

    @property
    def deadline(self) -> float:
        """When a search that starts now must end, in seconds of `time.monotonic`."""
        return monotonic() + self.time_limit

    def until(self, deadline: float, proved: bool = False) -> Effort:
        """Return the effort for what is left until a deadline; `proved` without a gap."""
        left = max(deadline - monotonic(), _SHORTEST)
        return replace(self, time_limit=left, gap=0.0 if proved else self.gap)


USUAL = Effort()
