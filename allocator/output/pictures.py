"""Charts as files, drawn by kaleido with a Chromium that is already on the machine; nothing is fetched."""

from __future__ import annotations

import importlib.util
import os
import shutil
import subprocess
import warnings
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from allocator.output.folder import Ours
from reports.comparing import Compared, dumbbell_figure
from reports.planning.equity import lorenz_figure
from reports.planning.page import FIGURES, charts
from reports.planning.record import PlanRecord
from reports.printing.looks import Figure, with_template
from scenarios.errors import Finding, InputError, Place
from scenarios.wording import Language

if TYPE_CHECKING:
    from reports.sweeping.record import SweepRecord

FOLDER = "figures"
"""Where the pictures stand in a plan's folder."""

PictureFormat = Literal["png", "svg"]

_BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "msedge")
_WIDTH, _HEIGHT, _SCALE = 1100, 520, 2
_TIMEOUT = 90.0  # seconds a picture
_NOWHERE = "http://127.0.0.1:9"  # a proxy that nobody answers at: whatever a browser asks for stays on the machine
_FIGURES = (*FIGURES, ("figure_lorenz", lorenz_figure))
_SWEEP = ("acceptability", "ridge", "heat", "flow")
_COMPARISON = "compare"
NAMES = frozenset(
    f"{name.removeprefix('figure_')}.{kind}"
    for name in (*(code for code, _ in _FIGURES), *_SWEEP, _COMPARISON)
    for kind in ("png", "svg")
)
"""Every file name a picture can have."""
PICTURES: Mapping[str, Ours] = {FOLDER: lambda entry: entry.name in NAMES}
"""Where older pictures stand, which do not stay; see `replaced_folder`."""


@dataclass(frozen=True)
class Studio:
    """What pictures are drawn with: path of a Chromium, and the format."""

    browser: str
    form: PictureFormat


def open_studio(form: PictureFormat) -> Studio:
    """Look for kaleido, a Chromium (environment variable BROWSER_PATH first) and a Chinese font.

    Raises
    ------
    InputError
        All that is missing.
    """
    findings: list[Finding] = []
    place = Place(key="--figures")
    if importlib.util.find_spec("kaleido") is None:
        findings += InputError.of("figures_no_kaleido", place).findings
    browser = os.environ.get("BROWSER_PATH") or next(filter(None, map(shutil.which, _BROWSERS)), "")
    if not browser or shutil.which(browser) is None:
        findings += InputError.of("figures_no_browser", place, found=browser or "–").findings
    if not _chinese_font():
        findings += InputError.of("figures_no_font", place).findings
    if findings:
        raise InputError(findings)
    return Studio(browser, form)


def _chinese_font() -> bool:
    """Return whether a font with Chinese characters is installed; where fontconfig is not used, there is one."""
    lister = shutil.which("fc-list")
    if lister is None:
        return True
    return bool(subprocess.run([lister, ":lang=zh", "family"], capture_output=True, check=False).stdout.strip())


def draw_pictures(record: PlanRecord, studio: Studio, language: Language) -> Mapping[str, bytes]:
    """Return the pictures of a plan; see `draw_figures`."""
    drawn = (*charts(record), *_FIGURES[len(FIGURES) :])
    return draw_figures({code.removeprefix("figure_"): draw(record, language) for code, draw in drawn}, studio)


def draw_sweep(record: SweepRecord, studio: Studio, language: Language) -> Mapping[str, bytes]:
    """Return the pictures of a sweep that show all regions; see `draw_figures`."""
    from reports.sweeping.figures import acceptability_figure, flow_figure, heat_figure, ridge_figure

    figures = (acceptability_figure, ridge_figure, heat_figure, flow_figure)
    return draw_figures(dict(zip(_SWEEP, (draw(record, language) for draw in figures), strict=True)), studio)


def draw_comparison(compared: Compared, studio: Studio, language: Language) -> Mapping[str, bytes]:
    """Return the picture of a comparison; see `draw_figures`."""
    return draw_figures({_COMPARISON: dumbbell_figure(compared, language)}, studio)


def draw_figures(figures: Mapping[str, Figure | None], studio: Studio) -> Mapping[str, bytes]:
    """Return the pictures of figures, name of the file below the output folder -> content.

    Raises
    ------
    InputError
        The browser did not draw them.
    """
    import asyncio
    from concurrent.futures import ThreadPoolExecutor

    drawn = {name: figure for name, figure in figures.items() if figure is not None}
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # what kaleido thinks of its own parts is nothing for our reader
            with ThreadPoolExecutor(1) as own:  # the caller's thread may have a running event loop
                pictures = own.submit(asyncio.run, _draw(list(drawn.values()), studio)).result()
    except Exception as error:  # whatever a browser that does not start makes kaleido raise
        place = Place(key="--figures")
        raise InputError.of("figures_failed", place, browser=studio.browser, reason=type(error).__name__) from error
    return {f"{FOLDER}/{name}.{studio.form}": picture for name, picture in zip(drawn, pictures, strict=True)}


async def _draw(figures: list[Any], studio: Studio) -> list[bytes]:
    """Return each figure's picture, all from one browser; only root, who cannot have a sandbox, goes without."""
    import kaleido

    root = hasattr(os, "geteuid") and os.geteuid() == 0
    async with kaleido.Kaleido(
        n=1, timeout=_TIMEOUT, mathjax=False, path=studio.browser, enable_sandbox=not root, proxy_server=_NOWHERE
    ) as painter:
        return [
            await painter.calc_fig(
                with_template(figure),
                {
                    "format": studio.form, "width": _WIDTH, "height": figure["layout"].get("height", _HEIGHT),
                    "scale": _SCALE if studio.form == "png" else 1,
                },
            )
            for figure in figures
        ]  # fmt: skip


def write_pictures(pictures: Mapping[str, bytes], side: Path) -> None:
    """Write pictures into a folder that is being made; see `replaced_folder`."""
    for name, content in pictures.items():
        (side / name).parent.mkdir(exist_ok=True)
        (side / name).write_bytes(content)
