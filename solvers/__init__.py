"""Pure mathematics on arrays: knows nothing of carbon, cities or files."""

from solvers.diagnosis import Gap, gap
from solvers.highs import version as highs_version
from solvers.leximin import HotLeximin, leximin
from solvers.model import Rule, build_model
from solvers.problem import Infeasible, SolverFailure, Split, SplitProblem
from solvers.rounding import Rounding, round_rates
from solvers.waterfill import waterfill

__all__ = [
    "Gap",
    "HotLeximin",
    "Infeasible",
    "Rounding",
    "Rule",
    "SolverFailure",
    "Split",
    "SplitProblem",
    "build_model",
    "gap",
    "highs_version",
    "leximin",
    "round_rates",
    "waterfill",
]
