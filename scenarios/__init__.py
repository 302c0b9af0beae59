"""What is known and asked: tables, units, base year, growth, target, weights."""

from scenarios.baseline import Baseline, Reach, reach
from scenarios.errors import Finding, InputError, Place
from scenarios.load import Scenario, bundled_cases, load_scenario
from scenarios.rates import RateTable, read_rates
from scenarios.regions import Regions
from scenarios.schema import ScenarioFile

__all__ = [
    "Baseline",
    "Finding",
    "InputError",
    "Place",
    "RateTable",
    "Reach",
    "Regions",
    "Scenario",
    "ScenarioFile",
    "bundled_cases",
    "load_scenario",
    "reach",
    "read_rates",
]
