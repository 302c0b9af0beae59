"""Words of several levels."""

from __future__ import annotations

from scenarios.wording import Catalogue, Text

WORDS = Catalogue.of(
    {
        "head": Text("下一级：{cities} 个地区的 {members} 个县（区）", "The level below: {members} counties of {cities} regions"),
        "city": Text("地区", "region"),
        "printed": Text("下降目标（%）", "reduction target (%)"),
        "asked": Text("县合计应达到（%）", "asked of its counties (%)"),
        "need": Text("各县若同降须降（%）", "equal rate its counties need (%)"),
        "unchanged": Text("照搬市的值只得（%）", "handed on unchanged gives (%)"),
        "implied": Text("各县合计（%）", "its counties give (%)"),
        "over": Text("超出（百分点）", "over (points)"),
        "members": Text("县数", "counties"),
        "short": Text("未支撑：{name}的各县合计只有 {implied}%，下达 {asked}%，缺 {points} 个百分点（{tonnes} 万吨）。",
                      "Not backed: the counties of {name} give {implied} % of the {asked} % printed for it; {points} points short ({tonnes} × 10⁴ t)."),
        "borne": Text("市级承担：{name}的各县按测算值 {asked}% 分解，合计 {implied}%，比公布的 {printed}% 少 {points} 个百分点，由市本级承担。",
                      "Borne by the city: the counties of {name} are asked the computed {asked} %; they give {implied} %, {points} points less than the printed {printed} %, which the city keeps."),
        "leaves": Text("按各县合计，全省下降 {implied}%，{verdict}总目标 {target}%；结构效应 {sigma} 个百分点，各县若同降，须各降 {uniform}%。",
                       "By its counties the province cuts {implied} %, {verdict} its target of {target} %; the composition effect is {sigma} points, equal rates would have to be {uniform} %."),
        "leaves_back": Text("不低于", "not less than"),
        "leaves_fail": Text("低于", "less than"),
        "levels": Text("层层加码：各市取整 {cities} 个百分点（{cities_t} 万吨），各县取整 {counties} 个百分点（{counties_t} 万吨）。",
                       "Overshoot by level: rounding the cities {cities} points ({cities_t} × 10⁴ t), rounding the counties {counties} points ({counties_t} × 10⁴ t)."),
        "handed_on": Text("若各县都照搬所属市的下降率，全省只有 {implied}%，比总目标{over} {points} 个百分点（{tonnes} 万吨）。",
                          "If every county took its city's rate the province would come to {implied} %, {points} points {over} ({tonnes} × 10⁴ t)."),
        "more": Text("多", "above its target"),
        "less": Text("少", "below its target"),
        "both_failed": Text("{names}未得到各县支撑，但按各县合计全省仍达到总目标。", "{names} is not backed by its counties; by all counties the province is backed all the same."),
        "none_backed": Text("{names}未得到各县支撑，按各县合计全省也达不到总目标。", "{names} is not backed by its counties, and by all counties the province is not backed either."),
        "all_backed": Text("各市都得到各县支撑，但按各县合计全省未达到总目标。", "Every city is backed by its counties, and yet by all counties the province is not."),
        "unread": Text("{name}：这张表不能用", "{name}: its table cannot be used"),
        "no_tree": Text("{count} 个地区的各县做不到下达的下降率，没有写出任何结果：", "In {count} region(s) no table of the counties backs the printed rate; nothing was written:"),
        "no_tree_city": Text("〔{name}，下达 {printed}%〕", "[{name}, printed {printed} %]"),
        "instead": Text("若据此收紧这些市的上下限（below.fold: true），全省为：{rates}。", "Bound by what their counties can reach (below.fold: true) the province would be: {rates}."),
        "instead_moves": Text("其他地区因此变动：{moves}。", "What that does to the others: {moves}."),
        "instead_none": Text("即使据此收紧这些市的上下限，全省也没有方案。", "Bound by what their counties can reach the province has no split either."),
        "parent": Text("上级", "parent"),
        "code": Text("代码", "code"),
        "name": Text("地区", "region"),
        "rate": Text("下降率（%）", "reduction rate (%)"),
    }
)  # fmt: skip
