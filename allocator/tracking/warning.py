"""Green, yellow, red: progress held against the path, and what the remaining years need."""

from __future__ import annotations

from functools import partial

from allocator.tracking.progress import progress
from reports.records import in_both
from reports.tracking.record import Light
from reports.words.tracking import WORDS
from scenarios.file.track import Lights
from scenarios.schema_types import Words
from scenarios.tables.cells import per_cent

TOLERANCE = 1e-9
"""Rounding errors of logarithms: a lag or a rest below it is none."""


def judge(done: float, target: float, on_path: float, years_left: int, lights: Lights) -> tuple[Light, Words]:
    """Return the light and its reason.

    Parameters
    ----------
    done, target, on_path
        Cumulative reduction, target of the period, and what the path asks by now, fractions.
    years_left
        Of the period.
    lights
        The thresholds.
    """
    gone, wanted = progress(done, target), progress(on_path, target)
    if gone is None or wanted is None:
        behind = done < on_path - TOLERANCE
        code = "light_no_effort_behind" if behind else "light_no_effort"
        return ("yellow" if behind else "green"), _said(code, done=per_cent(done), path=per_cent(on_path))
    values = {"done": per_cent(gone, 1), "path": per_cent(wanted, 1), "lag": per_cent(wanted - gone, 1)}
    lag, needs = wanted - gone, 1 - gone
    if years_left == 0:
        met = needs <= TOLERANCE
        return ("green" if met else "red"), _said("light_met" if met else "light_missed", **values)
    if lag <= float(lights.yellow) + TOLERANCE:
        return "green", _said("light_green" if lag <= TOLERANCE else "light_within", **values)
    planned = 1 - wanted
    if lag > float(lights.red) + TOLERANCE:
        return "red", _said("light_red_lag", threshold=per_cent(lights.red, 1), **values)
    if planned <= TOLERANCE:
        return "red", _said("light_red_done", **values)
    effort = needs / planned
    if effort > float(lights.effort) + TOLERANCE:
        return "red", _said("light_red_effort", effort=f"{effort:.2f}", threshold=f"{lights.effort:f}", **values)
    if lights.yellow == 0:
        return "yellow", _said("light_behind", **values)
    return "yellow", _said("light_yellow", threshold=per_cent(lights.yellow, 1), **values)


def _said(code: str, **values: object) -> Words:
    return in_both(partial(WORDS.say, code, **values))
