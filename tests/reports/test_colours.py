"""What stands side by side in a chart is told apart in grey and by the colour-blind: by its shade, or by another sign.

Colour blindness is simulated in linear RGB by the matrices of Machado, Oliveira and Fernandes (2009) at full
severity; distances are those of CIELAB.
"""

from itertools import combinations

import numpy as np
import pytest
from plotly.graph_objects import Figure

from reports.comparing import Move, dumbbell
from reports.planning.equity import lorenz_figure
from reports.planning.page import FIGURES
from reports.sweeping.figures import shades

GREY = np.tile((0.2126, 0.7152, 0.0722), (3, 1))
VISIONS = {
    "usual": np.eye(3),
    "grey": GREY,
    "protan": np.array(
        [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]]
    ),
    "deutan": np.array(
        [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]]
    ),
    "tritan": np.array(
        [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.303900]]
    ),
}
TO_XYZ = np.array([[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]])
APART = 10.0
"""A distance in CIELAB that is seen without looking for it."""


def lab(colour, vision):
    """Return a colour (#rrggbb) as some eyes see it, in CIELAB."""
    parts = np.array([int(colour[k : k + 2], 16) / 255 for k in (1, 3, 5)])
    linear = np.where(parts <= 0.04045, parts / 12.92, ((parts + 0.055) / 1.055) ** 2.4)
    x, y, z = TO_XYZ @ np.clip(VISIONS[vision] @ linear, 0, 1) / TO_XYZ.sum(axis=1)
    cubic = [t ** (1 / 3) if t > 216 / 24389 else (24389 / 27 * t + 16) / 116 for t in (x, y, z)]
    return np.array([116 * cubic[1] - 16, 500 * (cubic[0] - cubic[1]), 200 * (cubic[1] - cubic[2])])


def distance(one, other, vision):
    return float(np.linalg.norm(lab(one, vision) - lab(other, vision)))


def nearest(colours):
    """Return the least distance of any two colours under the worst vision."""
    return min(distance(a, b, vision) for a, b in combinations(colours, 2) for vision in VISIONS)


def signs(trace):
    """Return the colour of a trace, and what tells it from others besides."""
    marker, line = trace.marker, getattr(trace, "line", None)
    pattern = marker.pattern.shape if trace.type == "bar" else None
    colour = marker.color or (line.color if line else None)
    kind = (trace.type, trace.mode if trace.type == "scatter" else None, pattern)
    return colour, (*kind, getattr(marker, "symbol", None), line.dash if line else None)


def test_the_distances_are_those_of_the_formulas():
    assert distance("#000000", "#ffffff", "usual") == pytest.approx(100, abs=0.1)
    assert distance("#ff0000", "#008f00", "deutan") < distance("#ff0000", "#008f00", "usual") / 2
    assert lab("#ff0000", "grey")[1:] == pytest.approx([0, 0], abs=0.05)


@pytest.mark.parametrize("name", ["guangxi_plan", "bounded_plan", "incentive_plan", "full_plan"])
def test_traces_of_one_chart_differ_in_shade_or_in_sign(name, request):
    record = request.getfixturevalue(name).record
    moves = [Move(region.name, region.reference_rate, region.published_rate, None) for region in record.regions]
    drawn = {code: draw(record, "zh") for code, draw in FIGURES}
    drawn |= {"lorenz": lorenz_figure(record, "zh"), "dumbbell": dumbbell(moves, ("a", "b"), ("a", "b"), "zh")}
    for code, figure in drawn.items():
        named = {
            trace.name: signs(trace) for trace in Figure(figure).data if trace.name and trace.showlegend is not False
        }
        for (a, (one, sign)), (b, (other, another)) in combinations(named.items(), 2):
            assert sign != another or nearest([one, other]) >= APART, (code, a, b)


@pytest.mark.parametrize("classes", [2, 3, 4, 5])
def test_neighbouring_classes_of_a_sweep_differ_in_shade(classes):
    colours = [colour if colour.startswith("#") else "#" + "".join(f"{int(p):02x}" for p in colour[4:-1].split(","))
               for colour in shades(classes)]  # fmt: skip
    assert all(nearest(pair) >= APART for pair in combinations(colours, 2))
