"""Split a province's carbon-intensity target across its cities, and prove that the split backs it.

    >>> import allocator
    >>> scenario = allocator.load_scenario("guangxi-13fyp")
    >>> allocator.plan(scenario).record.province.verdict
    'backed'
    >>> allocator.verify(scenario, "published").backed
    False

Heavy libraries are imported when they are first used, so that ``allocator --help`` is quick.
"""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from allocator.by_method.methods import methods
    from allocator.comparing.compare import compare
    from allocator.explaining.explain import explain
    from allocator.nearest_weights.weights_for import weights_for
    from allocator.negotiating.negotiate import negotiate
    from allocator.negotiating.prices import prices
    from allocator.planning.files import write_plan
    from allocator.planning.no_split.why import NoSplit
    from allocator.planning.plan import Plan, plan
    from allocator.planning.protection import protection_curve
    from allocator.planning.total.fit import fit
    from allocator.proving import prove
    from allocator.saving import save
    from allocator.sweeping.options import SweepOptions
    from allocator.sweeping.sweep import sweep
    from allocator.tracking.track import track
    from allocator.verifying.verify import verify
    from reports.verifying.verification import Verification
    from scenarios.errors import InputError
    from scenarios.load import Scenario, load_scenario

__all__ = [
    "InputError",
    "NoSplit",
    "Plan",
    "Scenario",
    "SweepOptions",
    "Verification",
    "compare",
    "explain",
    "fit",
    "load_scenario",
    "methods",
    "negotiate",
    "plan",
    "prices",
    "protection_curve",
    "prove",
    "save",
    "sweep",
    "track",
    "verify",
    "weights_for",
    "write_plan",
]

_HOME = {
    "InputError": "scenarios.errors",
    "NoSplit": "allocator.planning.no_split.why",
    "Plan": "allocator.planning.plan",
    "Scenario": "scenarios.load",
    "SweepOptions": "allocator.sweeping.options",
    "Verification": "reports.verifying.verification",
    "compare": "allocator.comparing.compare",
    "explain": "allocator.explaining.explain",
    "fit": "allocator.planning.total.fit",
    "load_scenario": "scenarios.load",
    "methods": "allocator.by_method.methods",
    "negotiate": "allocator.negotiating.negotiate",
    "plan": "allocator.planning.plan",
    "prices": "allocator.negotiating.prices",
    "protection_curve": "allocator.planning.protection",
    "prove": "allocator.proving",
    "save": "allocator.saving",
    "sweep": "allocator.sweeping.sweep",
    "track": "allocator.tracking.track",
    "verify": "allocator.verifying.verify",
    "weights_for": "allocator.nearest_weights.weights_for",
    "write_plan": "allocator.planning.files",
}


def _check_companions() -> None:
    """Refuse to run when another distribution's package of the same name stands in the way."""
    root = Path(__file__).resolve().parent.parent
    for name in ("reports", "scenarios", "solvers"):
        spec = find_spec(name)
        origin = Path(spec.origin).resolve() if spec and spec.origin else None
        if origin is None or origin.parent.parent != root:
            raise ImportError(
                f"carbon-target-allocator needs its own package '{name}' beside {root / 'allocator'}, "
                f"but Python finds {origin or 'none'}. Install it in an environment of its own."
            )


_check_companions()


def __getattr__(name: str) -> object:
    """Import a public name when it is first asked for."""
    if name in _HOME:
        value = getattr(import_module(_HOME[name]), name)
        globals()[name] = value
        return value
    raise AttributeError(f"module 'allocator' has no attribute '{name}'")


def __dir__() -> list[str]:
    return __all__
