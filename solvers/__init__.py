"""Pure mathematics on arrays: knows nothing of carbon, cities or files."""

from solvers.later import on_use

on_use("scipy.stats")  # before Pyomo and scikit-learn import it
