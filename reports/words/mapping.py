"""The map: what it shows, from what it is drawn."""

from __future__ import annotations

from collections.abc import Mapping

from scenarios.wording import Text

TEXTS: Mapping[str, Text] = {
    "maps_title": Text("地图", "Map"),
    "map_of_published_rate": Text("目标（%），颜色越深数值越大；各地区写有数值。", "Targets (%), darker for larger; the value is written on each region."),
    "map_of_class": Text("类别，第一类颜色最深；各地区写有类号。", "Classes, the first one darkest; the class is written on each region."),
    "map_of_contribution": Text("占所需{q.saving}总量的份额（%），颜色越深越大；各地区写有数值。",
                                "Share of the required cut (%), darker for larger; the value is written on each region."),
    "map_of_light": Text("预警，颜色越深、纹样越密越落后；各地区写有预警。", "Lights, darker and more patterned for further behind; the light is written on each region."),
    "map_note_shapes": Text("边界取自方案指明的文件，等积圆锥投影，已简化；只作示意，对外发布请按规定送审。",
                            "Borders from the file that the scenario names, equal-area conic projection, simplified; a sketch. A published map may need official review."),
    "map_note_tiles": Text("一格一个地区，位置示意，面积没有意义。", "A tile a region; places are rough, sizes mean nothing."),
    "on_map": Text("图上", "on the map"),
    "on_map_yes": Text("有", "yes"),
    "on_map_no": Text("无", "no"),
}  # fmt: skip
