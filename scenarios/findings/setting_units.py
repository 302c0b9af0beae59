"""What the values of settings are counted in."""

from __future__ import annotations

from scenarios.wording import Text

UNITS: dict[str, Text] = {
    **dict.fromkeys(("total.cap", "total.increment", "total.reserve", "total.step"), Text("{q.unit}", "{q.unit}")),
    "total.reserve_gdp_end": Text("亿元", "10⁸ yuan"),
    "fit.coal": Text("tCO₂/tce", "tCO₂/tce"),
    "fit.oil": Text("tCO₂/tce", "tCO₂/tce"), "fit.gas": Text("tCO₂/tce", "tCO₂/tce"),
    "fit.other": Text("万吨", "10⁴ t"), "solver.time_limit": Text("秒", "s"),
    "period.base": Text("年", "year"), "period.end": Text("年", "year"), "gdp.price_base": Text("年", "year"),
    "track.peak.*": Text("年", "year"), "protect": Text("个地区", "regions"),
    **dict.fromkeys(("publish.paper.title_size", "publish.paper.text_size"), Text("磅", "points")),
    **dict.fromkeys(("publish.paper.table_size", "publish.paper.line_pitch"), Text("磅", "points")),
    "publish.classes": Text("类", "classes"), "publish.smallest_class": Text("个地区", "regions"),
    "reconcile.province.emissions": Text("{q.unit}", "{q.unit}"), "reconcile.province.gdp": Text("亿元", "10⁸ yuan"),
}  # fmt: skip
"""Key of a setting -> its unit; that of a rate is per cent."""
