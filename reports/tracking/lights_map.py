"""The regions of a tracking on the map, by light."""

from __future__ import annotations

from reports.mapping.figures import Area, map_figure
from reports.mapping.shades import Shade
from reports.printing.looks import Figure
from reports.tracking.figures import LIGHTS
from reports.tracking.levels import light_name
from reports.tracking.record import TrackRecord
from reports.words import LABELS
from scenarios.wording import Language


def lights_map(record: TrackRecord, language: Language) -> Figure | None:
    """Return the regions in the fill of their lights, None where the scenario has no map."""
    drawn = [(region, region.outline) for region in record.regions if region.outline is not None]
    if not drawn:
        return None
    lights = [light for light in LIGHTS if any(region.light == light for region, _ in drawn)]
    shades = [Shade(light_name(record, light, language), *LIGHTS[light]) for light in lights]
    areas = [
        Area(
            region.label(language), outline, lights.index(region.light),
            light_name(record, region.light, language, short=True),
        )
        for region, outline in drawn
    ]  # fmt: skip
    return map_figure(areas, shades)


def map_note(record: TrackRecord, language: Language) -> str:
    """Return from what the map is drawn, ``""`` where there is none."""
    kind = next((region.outline.kind for region in record.regions if region.outline is not None), None)
    return LABELS.say(f"map_note_{kind}", language) if kind else ""
