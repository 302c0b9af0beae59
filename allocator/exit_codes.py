"""How a command ended: 0 is done and backed."""

NOT_BACKED = 1
"""Not backed, or a check failed."""

BAD_INPUT = 2
"""Input or command line wrong."""

NO_SPLIT = 3
"""No split possible."""

SOLVER_FAILED = 4
"""The solver failed."""
