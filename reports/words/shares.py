"""Words of a share of non-fossil energy, whose targets are the shares of the last year, where others would not fit.

The code is that of the text that it stands for, with `OF_SHARE` behind it.
"""

from __future__ import annotations

from collections.abc import Mapping

from scenarios.wording import OF_SHARE, Text

_TEXTS: Mapping[str, Text] = {
    # columns of tables
    "published_rate": Text("占比目标（%）", "share target (%)"),
    "reference_rate": Text("参考占比（%）", "reference share (%)"),
    "rate": Text("测算占比（%）", "computed share (%)"),
    "base_intensity": Text("基年占比（%）", "base-year share (%)"),
    "target_intensity": Text("比基年上升（百分点）", "rise on the base year (points)"),
    "emissions": Text("期末年能源消费，作权重（{q.unit}）", "end-year energy use as a weight ({q.unit})"),
    "read_emissions": Text("期末年能源消费，作权重（{q.unit}）", "end-year energy use as a weight ({q.unit})"),
    "read_share": Text("占期末年能源消费（%）", "part of the end year's energy (%)"),
    "direction_+": Text("越高，占比要求越高（+）", "higher: larger share (+)"),
    "direction_-": Text("越高，占比要求越低（−）", "higher: smaller share (−)"),
    # the province
    "verdict_backed": Text(
        "通过：按所列目标，全省{q.what}为 {implied}%，不低于目标 {target}%{margin}，超出 {points} 个百分点。",
        "Backed: with the listed targets the province's {q.what} is {implied} %, not below its target of {target} %{margin}; {points} points over.",
    ),
    "verdict_backed_but": Text(
        "未全部通过：按所列目标，全省{q.what}为 {implied}%，不低于目标 {target}%{margin}，超出 {points} 个百分点；但不符合：{failed}。",
        "Backed, but not every check holds ({failed}): with the listed targets the province's {q.what} is {implied} %, not below its target of {target} %{margin}; {points} points over.",
    ),
    "verdict_not_backed": Text(
        "未支撑：按所列目标，全省{q.what}只有 {implied}%，目标为 {target}%{margin}，缺 {points} 个百分点。",
        "Not backed: with the listed targets the province's {q.what} is only {implied} %, against a target of {target} %{margin}; {points} points short.",
    ),
    "identity": Text(
        "全省占比按期末年能源消费加权，基年为 {base}%。结构效应 {composition} 个百分点（用能增长偏向占比低的地区时为负）；各地区若同升，须各升 {rise} 个百分点才能达到目标。",
        "The province's share is weighed by the end year's energy; that of the base year is {base} %. The composition effect is {composition} points (negative when energy grows where the share is low); equal rises would have to be {rise} points.",
    ),
    "reach": Text(
        "在各地区上下限内（不低于基年），全省占比可达 {lowest}–{highest}%。",
        "Within the bounds, and not below the base year, the province's share can be {lowest}–{highest} %.",
    ),
    "reach_one": Text(
        "在各地区上下限内（不低于基年），全省占比只能是 {lowest}%。",
        "Within the bounds, and not below the base year, the province's share can be {lowest} % alone.",
    ),
    "slip": Text(
        "疑为单位误写：各数乘以 {factor} 后，全省占比为 {implied}%，可以支撑目标。请核对表中数字是否漏写了一位。",
        "This looks like a unit slip: with {factor} times as much the province's share is {implied} % and backs its target. Check whether a digit was lost.",
    ),
    # no split
    "no_split_high": Text(
        "无解：目标 {target}% 超出可达范围 {lowest}–{highest}%，缺 {points} 个百分点。",
        "No split: the target of {target} % lies beyond the reach of {lowest}–{highest} %; {points} points short.",
    ),
    "no_split_low": Text(
        "无解：目标 {target}% 低于可达范围 {lowest}–{highest}%：不低于基年和下限时，全省占比已多 {points} 个百分点。",
        "No split: the target of {target} % lies below the reach of {lowest}–{highest} %; base-year shares and lower bounds force {points} points too much.",
    ),
    "no_split_high_one": Text(
        "无解：目标 {target}% 高于唯一可达的 {lowest}%，缺 {points} 个百分点。",
        "No split: the target of {target} % lies beyond the only share in reach, {lowest} %; {points} points short.",
    ),
    "no_split_low_one": Text(
        "无解：目标 {target}% 低于唯一可达的 {lowest}%，多 {points} 个百分点。",
        "No split: the target of {target} % lies below the only share in reach, {lowest} %; {points} points too much.",
    ),
    "bounds_ask_more": Text(
        "即全部取下限（不低于基年）时为 {least}%，比目标 {target}% 多 {points} 个百分点。",
        "At the lower bounds, none below the base year, the share is {least} %, {points} points more than the target of {target} %.",
    ),
    "asks_more": Text(
        "无解：规则合在一起要求的多于目标 {target}%：最少也要 {least}%，超出 {points} 个百分点。其中要求过多的规则：{rules}。",
        "No split at exactly the target of {target} %: together the rules ask for more, at least {least} %, {points} points over. The rules that ask too much: {rules}.",
    ),
    "exceeding": Text(
        "界限和规则（按 {grid} 个百分点一档）最少也要 {least}%，比所要求的多 {points} 个百分点；取超出最少的分解。",
        "Bounds and rules (on the {grid}-point grid) leave nothing below {least} %, {points} points more than is asked; the split that exceeds it least is taken.",
    ),
    # reasons
    "reason_start": Text("{name}：占比目标 {published}%。", "{name}: share target {published} %."),
    "reason_score": Text(
        "综合得分 {score}，在 {n} 个地区中居第 {rank} 位；参考占比 {reference}%，",
        "Score {score}, rank {rank} of {n}; reference share {reference} %, ",
    ),
    "higher": Text("比各地区同升时的 {uniform}% 高 {points} 个百分点", "{points} points above its {uniform} % with equal rises"),
    "lower_than": Text("比各地区同升时的 {uniform}% 低 {points} 个百分点", "{points} points below its {uniform} % with equal rises"),
    "same_as": Text("与各地区同升时的 {uniform}% 相同", "the same as with equal rises, {uniform} %"),
    # report
    "ends": Text("占比目标最高为{top} {high}%，最低为{bottom} {low}%。", "Targets run from {low} % ({bottom}) to {high} % ({top})."),
    "ends_same": Text("各地区的占比目标同为 {low}%。", "Every region has the target of {low} %."),
    "equal_would_be": Text("各地区若同升，须各升 {rise} 个百分点。", "Equal rises would have to be {rise} points."),
    "report_title": Text("{q.what}目标分解报告", "{q.intensity_target}: the split"),
    "table_title": Text("各地区{q.what}目标", "Targets by region"),
    "unit_rates": Text(
        "占比目标：{end} 年非化石能源消费占能源消费的百分比，不低于基年。",
        "Share target: non-fossil energy of {end} in per cent of all energy, not below that of the base year.",
    ),
    "fact_implied": Text("分解合计", "by the table"),
    "fact_uniform": Text("各地区同升须", "equal rises needed"),
    "figure_rates": Text("占比目标、参考值与上下限", "Targets, references and bounds"),
    "figure_rates_alt": Text(
        "各地区占比目标（柱）、参考占比（菱形）、上下限（竖线）与全省目标（虚线），单位：%；数据见上表。",
        "Targets (bars), references (diamonds), bounds (whiskers) and the provincial target (dashed) by region, in per cent; figures in the table above.",
    ),
    "uniform_line": Text("全省 {rate}%", "province {rate} %"),
    "figure_argument": Text("从同升到目标：四步", "From equal rises to the targets, in four steps"),
    "figure_argument_alt": Text(
        "每条线是一个地区：同升时的占比，按得分得出的参考占比，计入上下限、规则与合计后的测算占比，取整后的占比目标，单位：%；受上下限或规则约束的地区用虚线菱形。数据见上表。",
        "A line a region: its share with equal rises, the reference its score asks for, the computed share after bounds, rules and adding up, the target after rounding, in per cent; dashed with diamonds where bounds or rules hold it. Figures in the table above.",
    ),
    "stage_uniform": Text("同升时", "equal rises"),
    "argument_axis": Text("占比（%）", "share (%)"),
    "figure_waterfall_alt": Text(
        "从各地区占比都等于全省目标起，各地区高于或低于它的部分逐一计入，直到分解合计，单位：百分点；斜纹柱为合计，虚线为总目标，纵轴不从零起。数据见下表。",
        "Starting with every region at the provincial target, each region adds what it is above the target or takes what it is below, up to the share by the table, in points; hatched bars are levels, the dashed line is the target, the axis does not start at zero. Figures in the table below.",
    ),
    "waterfall_uniform": Text("都为{rate}%", "all at {rate} %"),
    "waterfall_axis": Text("全省占比（%）", "share of the province (%)"),
    "heat_caption": Text(
        "归一化值，已按方向调整，颜色越深越高（各列分别着色），表示要求的占比越高。",
        "Normalised values, direction already inside; the darker (column by column), the higher, and the larger the share asked for.",
    ),
    "map": Text("参考占比", "Reference share"),
    "whatif_target": Text("总目标", "provincial target"),
    "formula_uniform": Text("同升所需", "equal rises"),
    "formula_reference": Text("参考占比", "reference share"),
    "formula_rate": Text("测算占比（无规则时）", "computed share (without rules)"),
    "method_text": Text(
        "设 w 为各地区期末年能源消费占比，φ₀ 为基年非化石能源消费占比。各地区占比 φ 使全省占比恰为 Σ w φ；支撑目标 Φ 即 Σ w φ ≥ Φ + 裕度，φ 不低于 φ₀。这与以 1 − Φ 代替 1 − R、把化石能源占比当作强度的分解完全相同。同升 R* = Φ + 裕度 − Σ w φ₀；参考占比 = φ₀ + R* + h (S − S̄)，综合得分 S 由归一化指标加权而来。测算占比在上下限内使对参考值的最大偏离最小，再依次使次大偏离最小，结果唯一。取整取最近的、保持次序且仍支撑目标的表。结论由独立于求解器的精确有理数计算复核，复核对象是写出的表。",
        "With w the end-year shares of energy and φ₀ the base-year shares of non-fossil energy, shares φ make the province's exactly Σ w φ; they back the target Φ when Σ w φ ≥ Φ + margin, φ not below φ₀. That is exactly the split of the fossil share as an intensity, with 1 − Φ for 1 − R. Equal rises are R* = Φ + margin − Σ w φ₀; the reference is φ₀ + R* + h (S − S̄), with scores S weighted normalised indicators. The computed shares keep the largest deviation from the reference smallest within the bounds, then the next largest, and so on, so there is one answer. Rounding takes the nearest table that keeps the order and still backs. The verdict comes from exact rational arithmetic, apart from the solver, on the table as it was written.",
    ),
    "class_rate": Text("占比", "share"),
    "classes_title": Text("分类占比目标", "Targets by class"),
    # workbook
    "note_indicators": Text(
        "按“输入”归一化，数值越大，要求的占比越高；各地区都相同的指标记为 0，不计权重。",
        "Made from the sheet “inputs”; a higher value asks for a larger share. An indicator that is the same everywhere is 0 and has no weight.",
    ),
    "note_scores": Text(
        "得分＝Σ 权重×归一化值；参考占比＝基年占比＋同升＋斜率×（得分−加权平均得分）；a 为期末年能源消费占比。",
        "Score = Σ weight × normalised value; reference = base-year share + equal rise + slope × (score − weighted mean score); a is the part of the end year's energy.",
    ),
    "note_table": Text(
        "标色的目标可改。测算占比和所受约束由求解器算出，不随表变动；其余随各页重算。",
        " Shaded targets may be changed. Computed shares and bounds met come from the solver and stay; all else recomputes.",
    ),
    "note_inputs": Text(
        "标色的数据可改：指标、得分、参考占比和校核随之重算；公布的占比目标不变。",
        "Shaded figures may be changed: indicators, scores, references and the check recompute; the published targets stay.",
    ),
    "note_weights": Text(
        "标色的权重和参考占比之差可改，权重自动折算为合计 100%。",
        "Shaded weights and the spread may be changed; weights are scaled to add up to 100 %.",
    ),
    "reference_item": Text("得分到参考占比", "from score to reference share"),
    "setting_spread": Text("参考占比升幅的最高与最低之差（百分点）", "spread of the rises (points)"),
    "check_intro": Text(
        "修改“分解表”中标色的占比目标，或标色的输入数据、总目标，本页随之重算。",
        "Change a shaded target on the sheet “targets”, a shaded figure on “inputs” or the target here, and this page recomputes.",
    ),
    "note_classes": Text(
        "各类目标取该类首个地区在“分解表”中的占比目标，随之更新。",
        "The target of a class is that of its first region on the sheet “targets” and follows it.",
    ),
    "setting_uniform": Text("同升（百分点）", "equal rise (points)"),
    "coefficient": Text("期末年能源消费占比 a（%）", "part of the end year's energy a (%)"),
    "check_implied": Text("分解表合计占比", "share by the table"),
    "check_uniform": Text("全省占比须达", "share needed"),
    "check_point": Text("期末年能源消费的 1%，作权重（{q.unit}）", "1 % of the end year's energy, as a weight ({q.unit})"),
    "live_verdict": Text(
        "{verdict}：全省占比 {implied}，目标 {target}，裕度 {margin}；超出（负数为不足）{points} 个百分点。",
        "{verdict}: the province's share is {implied}, target {target}, margin {margin}; over (negative: short) {points} points.",
    ),
    # verification note
    "verified_formula": Text(
        "复核办法：各地区的权重为其 {end} 年能源消费占各地区合计的比重。各地区权重与占比目标的乘积相加，即为全省占比；不低于总目标与裕度之和的为通过。",
        "How it was verified: the weight of a region is its part of the energy that all regions use in {end}. The sum of weight times target is the province's share; it passes when that is not below target and margin.",
    ),
    # official table
    "official_rate": Text("占比目标", "share target"),
    "official_cut": Text("占比", "share"),
    "official_base_intensity": Text("{base} 年占比", "share {base}"),
    "official_target_intensity": Text("比 {base} 年上升", "rise on {base}"),
    "official_intensity_unit": Text("%", "%"),
    "official_intensity": Text("{q.what}", "{q.what}"),
    "official_note_rate": Text(
        "占比目标为 {end} 年非化石能源消费占能源消费的比重，不低于 {base} 年。",
        "The share target is non-fossil energy of {end} as a part of all energy, not below that of {base}.",
    ),
    "official_note_total": Text(
        "合计行的占比目标一栏，为按各地区期末年能源消费加权的全省占比。",
        "In the last row, the share target is the province's share, weighed by the end year's energy of the regions.",
    ),
}  # fmt: skip

TEXTS: Mapping[str, Text] = {code + OF_SHARE: text for code, text in _TEXTS.items()}
