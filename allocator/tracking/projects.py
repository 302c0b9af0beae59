"""A major project against the room that its region has left.

With Y the expected GDP, e_0 and e_t the intensities of base year and today, d the mean annual cut so far:

    room in year y     Y_y (e_0 (1 - D*_y) - e_t (1 - d)^(y - t))       allowed less expected emissions
    taken of it        E - V e_0 (1 - D*_y)                             the project's E less what its V is allowed
    held with it       the rest of the region cuts n + taken_T/(Y_T e_t) of its intensity by the end
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from allocator.tracking.burden import pick_up
from allocator.tracking.midterm import Midterm
from allocator.tracking.progress import yearly
from allocator.tracking.record import Course
from reports.tracking.record import PickUp, ProjectRecord, ProjectRoom
from scenarios.tracking.projects import Project

SMALL = 1e-9
"""万吨: ten grams."""


def appraise(course: Course, ahead: Midterm, project: Project) -> ProjectRecord:
    """Return what a project takes of its region's room, whether it fits, and what it would cost whom.

    `project`: it starts in a year that is left.
    """
    n, past = project.region, course.history
    base = course.scenario.file.period.base
    rooms = [_room(course, project, t) for t in (project.start - base, course.shares.size - 1)]
    eases = all(room.taken_10kt <= SMALL for room in rooms)
    fits = all(room.taken_10kt <= max(room.room_10kt, 0.0) + SMALL for room in rooms)
    taken = rooms[-1].taken_10kt
    weight, need, most = float(ahead.weights[n]), float(ahead.needs[n]), float(ahead.most[n])
    after = need + taken / weight
    own = min(taken, max(0.0, (most - need) * weight)) if taken > SMALL else 0.0
    return ProjectRecord(
        name=project.name,
        region=course.scenario.regions.ids[n],
        emissions_10kt=float(project.emissions),
        value_added_100m_yuan=float(project.value_added),
        start=project.start,
        intensity=float(project.emissions / project.value_added) if project.value_added else None,
        first=rooms[0],
        last=rooms[1],
        verdict="eases" if eases else "fits" if fits else "exceeds",
        annual_before=yearly(need, past.left),
        annual_after=yearly(after, past.left) if after < 1 - SMALL else None,
        most_annual=yearly(most, past.left),
        short_10kt=max(0.0, taken - max(rooms[-1].room_10kt, 0.0)),
        own_10kt=own,
        pick_up=None if fits or taken - own <= SMALL else _others(ahead, n, own, taken),
    )


def _room(course: Course, project: Project, t: int) -> ProjectRoom:
    """Return the room of a region t years after the base year, and what the project takes of it."""
    n, past = project.region, course.history
    now = past.years
    base, today = past.emissions[n, 0] / past.gdp[n, 0], past.emissions[n, -1] / past.gdp[n, -1]
    allowed = float(base * (1 - course.paths[n, t]))
    expected = float(today * (1 - _trend(course, n)) ** (t - now))
    taken = float(project.emissions) - float(project.value_added) * allowed
    gdp = float(past.expected_gdp[n, t])
    return ProjectRoom(
        year=course.scenario.file.period.base + t, room_10kt=gdp * (allowed - expected), taken_10kt=taken
    )


def _trend(course: Course, n: int) -> float:
    """Return the mean annual cut so far; without any actual year, the target's."""
    now, years = course.history.years, course.shares.size - 1
    done = float(course.history.cumulative[n, -1]) if now else float(course.rates[n])
    return yearly(done, now or years)


def _others(ahead: Midterm, n: int, own: float, taken: float) -> PickUp:
    """Return who picks up what the region cannot take on itself."""
    base = ahead.burden()
    needs, relief = base.needs.copy(), np.zeros(base.needs.size)
    needs[n] += taken / base.weights[n]
    relief[n] = taken - own
    return pick_up(replace(base, needs=needs), relief)
