"""Green, yellow, red: progress held against the path, and what the remaining years need; or the official levels."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from allocator.tracking.levels import intensity_level
from allocator.tracking.progress import progress
from reports.printing.numbers import apart, minus
from reports.records import in_both
from reports.tracking.record import Level, Light
from reports.words.tracking import WORDS
from scenarios.file.track import Track
from scenarios.schema_types import Words
from scenarios.tables.cells import as_printed, per_cent, rounded
from scenarios.tables.counted import reaches

RATIO = 2
"""Decimals with which a ratio of efforts is printed."""

_FEWEST, _MOST = 1, 6
_LIGHTS: dict[Level, Light] = {1: "red", 2: "yellow", 3: "green"}


def judge(done: float, target: float, on_path: float, years_left: int, track: Track) -> tuple[Light, Words]:
    """Return the light and its reason.

    `done`, `target`, `on_path`: cumulative reduction, target of the period, and what the path asks by now, fractions.
    `track`: the thresholds, and whether rates count as they are printed.
    """
    printed, lights = track.printed_rates, track.warning
    if lights == "three_level":
        return levelled("light_reason", done, on_path, printed)
    gone, wanted = progress(done, target), progress(on_path, target)
    kept = reaches(done, on_path, printed)
    rates = {"done": minus(per_cent(done)), "path": minus(per_cent(on_path))}
    if gone is None or wanted is None:
        return ("green" if kept else "yellow"), _said("light_no_effort" if kept else "light_no_effort_behind", **rates)
    if years_left == 0:
        return _at_the_end(reaches(done, target, printed), gone, rates | {"target": minus(per_cent(target))})
    if kept:
        return "green", _on_path(gone, wanted, rates)
    lag = wanted - gone
    if reaches(lights.yellow, lag, printed):
        return "green", _behind("light_within", gone, wanted, ())
    if not reaches(lights.red, lag, printed):
        return "red", _behind("light_red_lag", gone, wanted, [float(lights.red)], threshold=per_cent(lights.red, 1))
    if reaches(on_path, target, printed):
        return "red", _said("light_red_done", done=minus(per_cent(gone, 1)))
    effort = (1 - gone) / (1 - wanted)
    if not reaches(lights.effort, effort, printed, RATIO):
        values = {"effort": f"{rounded(effort, RATIO)}", "threshold": f"{lights.effort:f}"}
        return "red", _behind("light_red_effort", gone, wanted, (), **values)
    if lights.yellow == 0:
        return "yellow", _behind("light_behind", gone, wanted, ())
    yellow = [float(lights.yellow)]
    return "yellow", _behind("light_yellow", gone, wanted, yellow, threshold=per_cent(lights.yellow, 1))


def levelled(code: str, cut: float, due: float, printed: bool) -> tuple[Light, Words]:
    """Return the light that stands for an official level, and its reason by its code."""
    level = intensity_level(cut, due, printed)
    shown = (
        apart(cut, due)[:2] if level == 2 else (minus(per_cent(abs(cut) if level == 1 else cut)), minus(per_cent(due)))
    )
    return _LIGHTS[level], _said(f"{code}_{level}", done=shown[0], path=shown[1])


def _at_the_end(met: bool, gone: float, rates: dict[str, str]) -> tuple[Light, Words]:
    """Return the light of the last year: the share done, or the rates where the share would say the contrary."""
    code = "light_met" if met else "light_missed"
    if (as_printed(gone, 1) >= 1) is met:
        return ("green" if met else "red"), _said(code, done=minus(per_cent(gone, 1)))
    return ("green" if met else "red"), _said(f"{code}_rates", **rates)


def _on_path(gone: float, wanted: float, rates: dict[str, str]) -> Words:
    """Return what is said of who is not behind: the shares, or the rates where the shares would say the contrary."""
    if as_printed(gone, 1) >= as_printed(wanted, 1):
        return _said("light_green", done=minus(per_cent(gone, 1)), path=minus(per_cent(wanted, 1)))
    return _said("light_green_rates", **rates)


def _behind(code: str, gone: float, wanted: float, over: Sequence[float], **values: object) -> Words:
    """Return what is said of who is behind, with decimals that show it: the lag is that of the printed shares."""
    for digits in range(_FEWEST, _MOST):
        done, path = as_printed(gone, digits), as_printed(wanted, digits)
        if path - done > max(over, default=0):
            break
    shares = {
        "done": minus(per_cent(done, digits)),
        "path": minus(per_cent(path, digits)),
        "lag": minus(per_cent(path - done, digits)),
    }
    return _said(code, **shares, **values)


def _said(code: str, **values: object) -> Words:
    return in_both(partial(WORDS.say, code, **values))
