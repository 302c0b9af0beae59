"""Words of levels (coal, oil), which fall or rise on the base year: where a text of an intensity would not fit.

The code is that of the text that it stands for, with `OF_LEVEL` behind it.
"""

from __future__ import annotations

from collections.abc import Mapping

from scenarios.wording import OF_LEVEL, Text

_TEXTS: Mapping[str, Text] = {
    # columns of tables
    "base_intensity": Text("基年{q.intensity}（{q.unit}）", "base-year {q.intensity} ({q.unit})"),
    "target_intensity": Text("期末{q.intensity}（{q.unit}）", "end-year {q.intensity} ({q.unit})"),
    "official_intensity_unit": Text("{q.unit}", "{q.unit}"),
    # the province
    "verdict_backed": Text(
        "通过：按所列目标，{q.intensity}比基年{implied_said}，达到总目标（{target_said}）{margin}，多降 {points} 个百分点（{tonnes} {q.unit}）。",
        "Backed: with the listed targets {q.intensity} {implied_said} on the base year, as its target asks (it {target_said}){margin}; {points} points to spare ({tonnes} × {q.unit}).",
    ),
    "verdict_backed_but": Text(
        "未全部通过：按所列目标，{q.intensity}比基年{implied_said}，达到总目标（{target_said}）{margin}，多降 {points} 个百分点（{tonnes} {q.unit}）；但不符合：{failed}。",
        "Backed, but not every check holds ({failed}): with the listed targets {q.intensity} {implied_said} on the base year, as its target asks (it {target_said}){margin}; {points} points to spare ({tonnes} × {q.unit}).",
    ),
    "verdict_not_backed": Text(
        "未支撑：按所列目标，{q.intensity}比基年{implied_said}，总目标为{target_said}{margin}，差 {points} 个百分点（{tonnes} {q.unit}）。",
        "Not backed: with the listed targets {q.intensity} {implied_said} on the base year, where its target is that it {target_said}{margin}; {points} points short ({tonnes} × {q.unit}).",
    ),
    "identity": Text(
        "各地区若同幅升降，须各{uniform_said}，才能达到总目标。总目标每 1 个百分点相当于期末年 {point} {q.unit}。",
        "Equal targets would have to be that {q.intensity} {uniform_said} everywhere. One point of the provincial target is worth {point} × {q.unit} in the end year.",
    ),
    "identity_both": Text(
        "各地区若同幅升降，须各{uniform_said}，才能守住总量。1 个百分点相当于期末年 {point} {q.unit}。",
        "Equal targets that hold the cap would have to be that {q.intensity} {uniform_said} everywhere. One point is worth {point} × {q.unit} in the end year.",
    ),
    "reach": Text(
        "在各地区上下限内，总体可在下降 {lowest}% 至 {highest}% 之间（负数为上升）。",
        "Within the bounds the province can cut from {lowest} % to {highest} % (below zero: it rises).",
    ),
    "reach_one": Text(
        "在各地区上下限内，总体只能下降 {lowest}%（负数为上升）。",
        "Within the bounds the province can cut {lowest} % alone (below zero: it rises).",
    ),
    "target_reachable": Text("目标（{target_said}）在可达范围内。", "The target (it {target_said}) is within reach."),
    "slip_sign": Text(
        "疑为符号相反：各数改变正负号后，合计比基年{implied_said}，可以支撑总目标。下降写为正数，上升写为负数，请核对。",
        "This looks like the other sign: with it {q.intensity} {implied_said} and the province is backed. A fall is written as a positive number, a rise as a negative one; check the table.",
    ),
    "slip": Text(
        "疑为单位误写：各数乘以 {factor} 后，合计比基年{implied_said}，可以支撑总目标。请核对表中数字的小数点。",
        "This looks like a unit slip: with {factor} times as much {q.intensity} {implied_said} and the province is backed. Check the decimal points of the table.",
    ),
    "moved_title": Text(
        "取整：为使合计达到总目标且不越出上下限，{count} 个地区未取最近值（正数为多降）：{regions}。",
        "Rounding: so that the table backs within its bounds, {count} region(s) stand off their nearest value (above zero: a larger cut): {regions}.",
    ),
    # no split
    "no_split_high": Text(
        "无解：目标为{target_said}，超出可达范围（下降 {lowest}% 至 {highest}%，负数为上升），缺 {points} 个百分点（{tonnes} {q.unit}）。",
        "No split: the target, that it {target_said}, lies beyond the reach of cuts from {lowest} % to {highest} % (below zero: rises); {points} points short ({tonnes} × {q.unit}).",
    ),
    "no_split_low": Text(
        "无解：目标为{target_said}，低于可达范围（下降 {lowest}% 至 {highest}%，负数为上升），下限使总体多降 {points} 个百分点（{tonnes} {q.unit}）。",
        "No split: the target, that it {target_said}, lies below the reach of cuts from {lowest} % to {highest} % (below zero: rises); the lower bounds force {points} points too much ({tonnes} × {q.unit}).",
    ),
    "no_split_high_one": Text(
        "无解：目标为{target_said}，唯一可达的是下降 {lowest}%（负数为上升），缺 {points} 个百分点（{tonnes} {q.unit}）。",
        "No split: the target, that it {target_said}, lies beyond the only cut in reach, {lowest} % (below zero: a rise); {points} points short ({tonnes} × {q.unit}).",
    ),
    "no_split_low_one": Text(
        "无解：目标为{target_said}，唯一可达的是下降 {lowest}%（负数为上升），下限使总体多降 {points} 个百分点（{tonnes} {q.unit}）。",
        "No split: the target, that it {target_said}, lies below the only cut in reach, {lowest} % (below zero: a rise); the lower bounds force {points} points too much ({tonnes} × {q.unit}).",
    ),
    "bounds_ask_more": Text(
        "即全部取下限时下降 {least}%（负数为上升），比总目标多降 {points} 个百分点（{tonnes} {q.unit}）。",
        "At the lower bounds the province cuts {least} % (below zero: it rises), {points} points ({tonnes} × {q.unit}) more than its target.",
    ),
    "asks_more": Text(
        "无解：规则合在一起要求的多于总目标（{target_said}）：至少须下降 {least}%（负数为上升），多 {points} 个百分点（{tonnes} {q.unit}）。其中要求过多的规则：{rules}。",
        "No split at exactly the target (that it {target_said}): together the rules ask for more, a cut of at least {least} % (below zero: a rise), {points} points over ({tonnes} × {q.unit}). The rules that ask too much: {rules}.",
    ),
    "lower_target": Text(
        "或把目标（target）改为 {target}%（负数为上升）。", "Or set the target to {target} % (below zero: a rise)."
    ),
    "raise_target": Text(
        "或把目标（target）改为 {target}%（负数为上升）。", "Or set the target to {target} % (below zero: a rise)."
    ),
    "target_of_cap": Text(
        "这是总量目标 {cap} {q.unit}（其中机动 {reserve} {q.unit}）所要求的。",
        "The cap of {cap} × {q.unit} ({reserve} × {q.unit} of it in reserve) asks for that.",
    ),
    "margin_within": Text(
        "其中总目标为{target_said}，裕度 {margin} 个百分点。",
        "Of this the target is that it {target_said}, the margin {margin} points.",
    ),
    # the cap and the caps of the cities
    "total_total": Text(
        "总量控制：期末年全省{q.used}不超过 {cap} {q.unit}（比基年 {change}%）{reserve}，各市合计 {left} {q.unit}，即{worth_said}。",
        "Total control: the province may {q.emit} {cap} × {q.unit} in the end year ({change} % on the base year){reserve}; {left} × {q.unit} are for the cities, whose {q.intensity} {worth_said}.",
    ),
    "total_intensity": Text(
        "总量控制：期末年全省{q.used}不超过 {cap} {q.unit}（比基年 {change}%）{reserve}，各市合计 {left} {q.unit}，即{worth_said}；加上裕度，须{asked_said}。",
        "Total control: the province may {q.emit} {cap} × {q.unit} in the end year ({change} % on the base year){reserve}; {left} × {q.unit} are for the cities, whose {q.intensity} {worth_said}; with the margin it is asked that it {asked_said}.",
    ),
    "draws": Text(
        "动用机动：{draws}；已计入各市总量，机动余 {left} {q.unit}，总量之和不变。",
        "Draws on the reserve: {draws}; they are in the caps; {left} × {q.unit} are left and the sum stays.",
    ),
    "draw_unused": Text(
        "{region}的下降目标只允许 {allowed} {q.unit}，动用的 {drawn} {q.unit}只用得上 {usable} {q.unit}。",
        "The target of {region} allows {allowed} × {q.unit} only, so that of the {drawn} drawn it can use {usable} × {q.unit}.",
    ),
    "total_held": Text(
        "总量通过：表列目标使期末年{q.used} {emissions} {q.unit}{reserve}，不超过 {cap} {q.unit}，余 {room} {q.unit}。",
        "Total held: the listed targets lead to {emissions} × {q.unit} in the end year{reserve}, not above {cap} × {q.unit}; {room} × {q.unit} are left.",
    ),
    "total_held_by_rates": Text(
        "只看下降率，总量守得住：表列目标使期末年{q.used} {emissions} {q.unit}{reserve}，不超过 {cap} {q.unit}，余 {room} {q.unit}。",
        "The rates alone hold the total: the listed targets lead to {emissions} × {q.unit} in the end year{reserve}, not above {cap} × {q.unit}; {room} × {q.unit} are left.",
    ),
    "total_broken": Text(
        "总量超出：表列目标使期末年{q.used} {emissions} {q.unit}{reserve}，超过 {cap} {q.unit}，多 {room} {q.unit}。",
        "Total broken: the listed targets lead to {emissions} × {q.unit} in the end year{reserve}, {room} × {q.unit} above the cap of {cap} × {q.unit}.",
    ),
    "pair_holds": Text(
        "各市下降率和总量都完成时，各市合计{q.used} {kept} {q.unit}（比基年{rate_said}），不超过允许的 {limit} {q.unit}。",
        "When every city keeps both its rate and its cap the cities {q.emit} {kept} × {q.unit} (on the base year it {rate_said}), not above the {limit} × {q.unit} that they may.",
    ),
    "pair_fails": Text(
        "各市下降率和总量都完成时，各市合计{q.used}仍有 {kept} {q.unit}（比基年{rate_said}），超过允许的 {limit} {q.unit}，多 {over} {q.unit}。",
        "Even when every city keeps both its rate and its cap the cities {q.emit} {kept} × {q.unit} (on the base year it {rate_said}), {over} × {q.unit} above the {limit} × {q.unit} that they may.",
    ),
    "rates_alone_break": Text(
        "注意：只看下降率，会超出总量 {over} {q.unit}；守住总量靠各市总量。",
        "Note: the rates alone break the cap by {over} × {q.unit}; it is the caps of the cities that hold it.",
    ),
    "reason_cap_rates": Text(
        "总量 {cap} {q.unit}：按下降目标，期末年可{q.using} {allowed} {q.unit}，取整得到{drawn}。",
        "Its cap of {cap} × {q.unit} is what the target leaves it, {allowed} × {q.unit}, rounded{drawn}.",
    ),
    "reason_cap_total": Text(
        "总量 {cap} {q.unit}：按下降目标，期末年可{q.using} {allowed} {q.unit}，各市同乘约 {times}，把全省总量减机动分完，取整得到{drawn}。",
        "Its cap of {cap} × {q.unit} is what the target leaves it, {allowed} × {q.unit}, times about {times} like all, so that the province's cap less the reserve is handed out, and rounded{drawn}.",
    ),
    "reason_cap_base": Text(
        "总量 {cap} {q.unit}：基年{q.used} {base} {q.unit}，各市同乘约 {times}，把全省总量减机动分完，取整得到{drawn}。",
        "Its cap of {cap} × {q.unit} is its {base} × {q.unit} of the base year times about {times} like all, so that the province's cap less the reserve is handed out, and rounded{drawn}.",
    ),
    "binding_cities": Text("各市相比，{parts}。", "City by city, {parts}."),
    "caps_note": Text(
        "{q.allowed}为基年{q.used} ×（1 − 下降目标）；总量小于它时总量更紧，大于它时下降率更紧。下降率为负数即上升。",
        "What a rate allows is base-year {q.used} × (1 − reduction target); a cap below that is tighter, one above it leaves the rate tighter. A rate below zero is a rise.",
    ),
    "rate_allows": Text("按下降率可{q.using}（{q.unit}）", "allowed by the rate ({q.unit})"),
    "check_asked": Text("目标与总量须下降（负数为上升）", "cut that target and total need (below zero: a rise)"),
    "live_verdict": Text(
        "{verdict}：合计下降 {implied}，总目标下降 {target}（负数为上升），裕度 {margin}；超出（负数为不足）{points} 个百分点（{tonnes} {q.unit}）。",
        "{verdict}: the table cuts {implied}, target {target} (below zero: a rise), margin {margin}; over (negative: short) {points} points ({tonnes} × {q.unit}).",
    ),
    # reasons
    "reason_start": Text("{name}：比基年{published_said}。", "{name}: {q.intensity} {published_said} on the base year."),
    "reason_score": Text(
        "综合得分 {score}，在 {n} 个地区中居第 {rank} 位；参考值为{reference_said}，",
        "Score {score}, rank {rank} of {n}; by its reference it {reference_said}, ",
    ),
    "higher": Text("比各地区同幅升降所需（{uniform_said}）多降 {points} 个百分点",
                   "{points} points more of a cut than everywhere alike (it {uniform_said})"),
    "lower_than": Text("比各地区同幅升降所需（{uniform_said}）少降 {points} 个百分点",
                       "{points} points less of a cut than everywhere alike (it {uniform_said})"),
    "same_as": Text("与各地区同幅升降所需（{uniform_said}）相同", "the same as everywhere alike (it {uniform_said})"),
    "reason_bound_upper": Text(
        "为使合计达到总目标，统一调整后应为下降 {free}%，高于上限，故取上限 {bound}%（负数为上升）。",
        "With the common adjustment that makes the province add up it would be a cut of {free} %; its upper bound holds it at {bound} % (below zero: a rise).",
    ),
    "reason_bound_lower": Text(
        "为使合计达到总目标，统一调整后应为下降 {free}%，低于下限，故取下限 {bound}%（负数为上升）。",
        "With the common adjustment that makes the province add up it would be a cut of {free} %; its lower bound holds it at {bound} % (below zero: a rise).",
    ),
    "reason_shift_up": Text(
        "因{cause}，为使合计达到总目标，本地区多降 {points} 个百分点，测算为{rate_said}。",
        "Because {cause}, it cuts {points} points more for the province to add up: by the computed rate it {rate_said}.",
    ),
    "reason_shift_down": Text(
        "因{cause}，为使合计恰为总目标，本地区少降 {points} 个百分点，测算为{rate_said}。",
        "Because {cause}, it cuts {points} points less for the province to add up: by the computed rate it {rate_said}.",
    ),
    "reason_rounded_up": Text(
        "按 {grid} 个百分点就近取整，多降 {points} 个百分点。",
        "Rounded to the {grid}-point grid: {points} points more of a cut.",
    ),
    "reason_rounded_down": Text(
        "按 {grid} 个百分点就近取整，少降 {points} 个百分点。",
        "Rounded to the {grid}-point grid: {points} points less of a cut.",
    ),
    # verification note
    "verified_formula": Text(
        "复核办法：各地区的权重为其 {base} 年{q.noun}占各地区合计的比重。各地区权重与下降目标的乘积相加，即为全省下降幅度；不低于总目标与裕度之和的为通过。有总量目标的，各地区 {end} 年用量与机动相加不超过总量的为通过。",
        "How it was verified: the weight of a region is its part of the {q.used} of all regions in {base}. The sum of weight times target is the fall of the province; it passes when that is not below target and margin. Where there is a cap, what the regions use in {end} and the reserve must not be above it.",
    ),
    # report, official table
    "ends": Text(
        "目标最高为{top}（下降 {high}%），最低为{bottom}（下降 {low}%），负数为上升。",
        "Targets run from a cut of {low} % ({bottom}) to one of {high} % ({top}); below zero they are rises.",
    ),
    "ends_same": Text("各地区的目标同为下降 {low}%（负数为上升）。", "Every region is to cut {low} % (below zero: a rise)."),
    "equal_would_be": Text("各地区若同幅升降，须各{uniform_said}。", "Equal targets would have to be that {q.intensity} {uniform_said} everywhere."),
    "report_title": Text("{q.intensity}目标分解报告", "{q.intensity_target}: the split"),
    "unit_rates": Text(
        "下降目标：{end} 年{q.intensity}比 {base} 年下降的百分比，负数为上升。",
        "Target: cut of {q.intensity} in {end} against {base}, in per cent; below zero it rises.",
    ),
    "fact_implied": Text("分解合计", "by the table"),
    "fact_uniform": Text("各地区同幅须", "everywhere alike"),
    "waterfall_uniform": Text("都降{rate}%", "all cut {rate} %"),
    "figure_waterfall_alt": Text(
        "从各地区都按总目标起，各地区高于或低于总目标的部分逐一计入，直到分解合计，单位：百分点（负数为上升）；斜纹柱为合计，虚线为总目标，纵轴不从零起。数据见下表。",
        "Starting with every region at the provincial target, each region adds what it is asked above the target or takes what it is asked below, up to the cut of the table, in points (below zero: a rise); hatched bars are levels, the dashed line is the target, the axis does not start at zero. Figures in the table below.",
    ),
    "method_text": Text(
        "设 a 为各地区基年{q.used}占比。各地区下降率 r（负数为上升）使全省恰好下降 Σ a r；支撑总目标 R 即 Σ a r ≥ R + 裕度。没有增长，也就没有结构效应。综合得分 S 由归一化指标加权而来；参考下降率 = R* + h (S − S̄)，R* = R + 裕度。测算下降率在上下限内使对参考值的最大偏离最小，再依次使次大偏离最小，结果唯一。取整取最近的、保持次序且仍支撑总目标的表。结论由独立于求解器的精确有理数计算复核，复核对象是写出的表。",
        "With a the base-year shares of {q.used}, the rates r (below zero: rises) cut the province by exactly Σ a r; they back the target R when Σ a r ≥ R + margin. Nothing grows, so there is no composition effect. Scores S are weighted normalised indicators; the reference rate is R* + h (S − S̄) with R* = R + margin. The computed rates keep the largest deviation from the reference smallest within the bounds, then the next largest, and so on, so there is one answer. Rounding takes the nearest table that keeps the order and still backs. The verdict comes from exact rational arithmetic, apart from the solver, on the table as it was written.",
    ),
    "official_note_rate": Text(
        "下降目标为 {end} 年{q.intensity}比 {base} 年下降的幅度，负数为上升。",
        "The reduction target is the cut of {q.intensity} in {end} against {base}; below zero it rises.",
    ),
    "official_note_total": Text(
        "合计行的下降目标一栏，为各地区目标合计使全省{q.intensity}实际下降的幅度。",
        "In the last row, the reduction target is what the listed targets cut for the province as a whole.",
    ),
}  # fmt: skip

_CAPPED: Mapping[str, Text] = {
    "verdict_backed": Text(
        "通过：按所列目标，{q.intensity}比基年{implied_said}，达到总量所要求的（{target_said}）{margin}。",
        "Backed: with the listed targets {q.intensity} {implied_said} on the base year, as the cap asks (it {target_said}){margin}.",
    ),
    "verdict_backed_but": Text(
        "未全部通过：按所列目标，{q.intensity}比基年{implied_said}，达到总量所要求的（{target_said}）{margin}；但不符合：{failed}。",
        "Backed, but not every check holds ({failed}): with the listed targets {q.intensity} {implied_said} on the base year, as the cap asks (it {target_said}){margin}.",
    ),
    "verdict_not_backed": Text(
        "未支撑：按所列目标，{q.intensity}比基年{implied_said}，总量所要求的是{target_said}{margin}。",
        "Not backed: with the listed targets {q.intensity} {implied_said} on the base year, where the cap asks that it {target_said}{margin}.",
    ),
}
"""Verdicts under a cap, by the code of what is said without one."""

TEXTS: Mapping[str, Text] = (
    {code + OF_LEVEL: text for code, text in _TEXTS.items()}
    | {f"{code}_capped": text for code, text in _CAPPED.items()}
    | {
        "falls": Text("下降 {by}%", "falls by {by} %"),
        "rises": Text("上升 {by}%", "rises by {by} %"),
        "reserve_set_aside": Text("，留出机动后", ", the reserve set aside"),
        "rises_at_most": Text("至多上升 {by}%", "may rise by {by} % at most"),
        "stays": Text("持平", "stays as it is"),
    }
)
