"""The report of a plan: reasons, page, charts, what-if panel, by code, in Chinese and English."""

from __future__ import annotations

from collections.abc import Mapping

from scenarios.wording import Text

TEXTS: Mapping[str, Text] = {
    # reasons
    "reason_start": Text("{name}：下降目标 {published}%。", "{name}: target {published} %."),
    "reason_score": Text(
        "综合得分 {score}，在 {n} 个地区中居第 {rank} 位；参考下降率 {reference}%，",
        "Score {score}, rank {rank} of {n}; reference rate {reference} %, ",
    ),
    "higher": Text(
        "比各地区同降所需的 {uniform}% 高 {points} 个百分点", "{points} points above the uniform {uniform} %"
    ),
    "lower_than": Text(
        "比各地区同降所需的 {uniform}% 低 {points} 个百分点", "{points} points below the uniform {uniform} %"
    ),
    "same_as": Text("与各地区同降所需的 {uniform}% 相同", "the same as the uniform {uniform} %"),
    "reason_up": Text("{effects}", "raised by {effects}"),
    "reason_down": Text("{effects}", "lowered by {effects}"),
    "effect_up": Text("{indicator}拉高 {points} 个百分点", "{indicator} ({points} points)"),
    "effect_down": Text("{indicator}拉低 {points} 个百分点", "{indicator} ({points} points)"),
    "reason_effects": Text("，其中{effects}。", ", {effects}."),
    "reason_bound_upper": Text(
        "为使合计达到总目标，统一调整后应为 {free}%，高于上限，故取上限 {bound}%。",
        "With the common adjustment that makes the province add up it would stand at {free} %; its upper bound holds it at {bound} %.",
    ),
    "reason_bound_lower": Text(
        "为使合计达到总目标，统一调整后应为 {free}%，低于下限，故取下限 {bound}%。",
        "With the common adjustment that makes the province add up it would stand at {free} %; its lower bound holds it at {bound} %.",
    ),
    "reason_shift_up": Text(
        "因部分地区受上下限或规则约束，为使合计达到总目标，本地区上调 {points} 个百分点，测算为 {rate}%。",
        "Because bounds or rules hold other regions, it moves up {points} points, to {rate} %, for the province to add up.",
    ),
    "reason_shift_down": Text(
        "因部分地区受上下限或规则约束，为使合计恰为总目标，本地区下调 {points} 个百分点，测算为 {rate}%。",
        "Because bounds or rules hold other regions, it moves down {points} points, to {rate} %, for the province to add up.",
    ),
    "reason_rounded_up": Text(
        "按 {grid} 个百分点就近取整，上调 {points} 个百分点。",
        "Rounded to the {grid}-point grid: up {points} points.",
    ),
    "reason_rounded_down": Text(
        "按 {grid} 个百分点就近取整，下调 {points} 个百分点。",
        "Rounded to the {grid}-point grid: down {points} points.",
    ),
    "reason_rounded_away": Text(
        "就近取整应为 {nearest}%；为使取整后的合计仍达到总目标，取 {published}%（比测算值{move} {points} 个百分点）。",
        "The nearest value on the grid is {nearest} %; so that the rounded table still backs the province it takes {published} % ({points} points {move} the computed rate).",
    ),
    "reason_rounded_within": Text(
        "就近取整应为 {nearest}%，超出上下限，故取 {published}%（比测算值{move} {points} 个百分点）。",
        "The nearest value on the grid, {nearest} %, lies outside the bounds; it takes {published} % ({points} points {move} the computed rate).",
    ),
    "above": Text("高", "above"),
    "below": Text("低", "below"),
    "reason_rules": Text(
        "规则{rules}使其与参考值相差 {points} 个百分点，测算为 {rate}%。",
        "Held by {rules}: {points} points from the reference, at {rate} %.",
    ),
    "reason_class": Text(
        "归入第{number}类，取 {published}%，与测算值相差 {points} 个百分点。",
        "In class {number} at {published} %: {points} points from the computed rate.",
    ),
    "reason_fixed": Text(
        "其取值已由规则或上下限确定，不参加按得分的排序。",
        "Rules or bounds give it this value; it stands outside the order of the scores.",
    ),
    "reason_out_of_order": Text(
        "受上下限所限，取整后未能保持它与其他地区在测算值上的先后。",
        "Its bounds forbid a value on the grid that keeps its place among the computed rates.",
    ),
    "fixed_against": Text(
        "取值已由规则或上下限确定的地区不参加按得分（或给定类别）的排序；与次序不符之处：{pairs}。",
        "Targets that rules or bounds fix stand outside the order of scores or given classes; against that order: {pairs}.",
    ),
    "rounded_against": Text(
        "上下限落在两个取整值之间，下列地区取整后与测算值的次序不符：{pairs}。",
        "Bounds that lie between two values of the grid leave these against the order of the computed rates: {pairs}.",
    ),
    "against_pair": Text(
        "{lower} {lower_rate}% < {higher} {higher_rate}%", "{lower} {lower_rate} % < {higher} {higher_rate} %"
    ),
    "against_more": Text("等 {count} 对", "and others, {count} pairs in all"),
    "classes_merged": Text(
        "给定的第 {given} 类下降率同为 {rate}%，合并为第 {number} 类；各类按印出的下降率从高到低编号。",
        "Classes {given} as given end on one rate, {rate} %, and are printed as class {number}; classes are numbered as printed, from the highest rate.",
    ),
    "reason_exact": Text(
        "测算值正好是 {grid} 个百分点的整数倍，无需取整。", "The computed rate is on the {grid}-point grid already."
    ),
    "reason_incentive": Text(
        "激励目标 {rate}%，比基本目标高 {points} 个百分点。",
        "Incentive target {rate} %, {points} points above the basic one.",
    ),
    "reason_incentive_step": Text(
        "激励目标 {rate}%，比基本目标高 {points} 个百分点，即规定的最小增幅。",
        "Incentive target {rate} %, above the basic one by the least step of {points} points.",
    ),
    "reason_share": Text("占所需减排总量的 {share}%。", "It carries {share} % of the cut the province needs."),
    "moved_title": Text(
        "取整：为使合计达到总目标且不越出上下限，{count} 个地区未取最近值：{regions}。",
        "Rounding: so that the table backs within its bounds, {count} region(s) stand off their nearest value: {regions}.",
    ),
    "moved": Text("{name} {points} 个百分点", "{name} {points} points"),
    "moved_none": Text(
        "取整：各地区均按 {grid} 个百分点就近取整。",
        "Rounding: every region stands at its nearest value on the {grid}-point grid.",
    ),
    # report
    "report_title": Text("碳排放强度下降目标分解报告", "Carbon-intensity target: the split"),
    "verdict": Text("结论", "Verdict"),
    "facts": Text("要点", "key figures"),
    "fact_target": Text("总目标", "provincial target"),
    "fact_implied": Text("分解合计下降", "cut by the table"),
    "fact_over": Text("超出", "over"),
    "fact_short": Text("不足", "short"),
    "fact_sigma": Text("结构效应", "composition effect"),
    "fact_uniform": Text("各地区同降须达", "uniform rate needed"),
    "in_points": Text("{value} 个百分点", "{value} points"),
    "in_tonnes": Text("{value} 万吨", "{value} × 10⁴ t CO₂"),
    "bounds": Text("上下限", "bounds"),
    "table_title": Text("各地区下降目标", "Targets by region"),
    "period": Text("基年 {base} 年，期末年 {end} 年", "base year {base}, end year {end}"),
    "unit_rates": Text(
        "下降目标：{end} 年碳排放强度比 {base} 年下降的百分比。",
        "Target: cut of carbon intensity in {end} against {base}, in per cent.",
    ),
    "figure_rates": Text("下降目标、参考值与上下限", "Targets, references and bounds"),
    "figure_rates_alt": Text(
        "各地区下降目标（柱）、参考下降率（菱形）、上下限（竖线）与同降所需（虚线），单位：%；数据见“各地区下降目标”表。",
        "Targets (bars), reference rates (diamonds), bounds (whiskers) and the uniform rate (dashed) by region, in per cent; figures in the table of targets.",
    ),
    "figure_contribution": Text("各地区占所需减排总量的份额", "Who carries the cut"),
    "figure_contribution_alt": Text(
        "各地区减排量占所需减排总量的份额，单位：%；取整有余，合计 {total}%。数据见“各地区下降目标”表。",
        "Each region's share of the emissions cut that the target needs, in per cent; with what rounding adds they make {total} %. Figures in the table of targets.",
    ),
    "figure_score": Text("得分构成", "What the scores are made of"),
    "figure_score_alt": Text(
        "各指标对综合得分的贡献（权重 × 归一化值，已按方向调整，无单位），按准则着色、按地区堆叠；数据见下表。",
        "Weight times normalised value of each indicator (direction already inside, no unit), coloured by criterion and stacked by region; figures in the table below.",
    ),
    "scores_caption": Text("权重 × 归一化值，无单位", "weight × normalised value, no unit"),
    "uniform_line": Text("同降 {rate}%", "uniform {rate} %"),
    "reasons_title": Text("分地区说明", "Why these figures"),
    "indicators_title": Text("指标与权重", "Indicators and weights"),
    "inputs_title": Text("输入数据", "Inputs"),
    "method_title": Text("方法", "Method"),
    "method_text": Text(
        "设 s、y 为各地区基年排放与地区生产总值占比，g 为增长倍数，G = Σ y g，a = s g / G，σ = Σ a − 1。各地区下降率 r 使总体恰好下降 Σ a r − σ；支撑总目标 R 即 Σ a r ≥ R + σ + 裕度。综合得分 S 由归一化指标加权而来；参考下降率 = R* + h (S − S̄)，R* = (R + σ + 裕度)/(1 + σ)。测算下降率在上下限内使对参考值的最大偏离最小，再依次使次大偏离最小，结果唯一。取整取最近的、保持次序且仍支撑总目标的表。结论由独立于求解器的精确有理数计算复核，复核对象是写出的表。",
        "With s and y the base-year shares of emissions and GDP, g the growth factors, G = Σ y g, a = s g / G and σ = Σ a − 1, the rates r cut the province's intensity by exactly Σ a r − σ; they back the target R when Σ a r ≥ R + σ + margin. Scores S are weighted normalised indicators; the reference rate is R* + h (S − S̄) with R* = (R + σ + margin)/(1 + σ). The computed rates keep the largest deviation from the reference smallest within the bounds, then the next largest, and so on, so there is one answer. Rounding takes the nearest table that keeps the order and still backs. The verdict comes from exact rational arithmetic, apart from the solver, on the table as it was written.",
    ),
    "provenance_title": Text("来源与版本", "Provenance"),
    "inputs_hash": Text("输入文件（SHA-256）", "Input files (SHA-256)"),
    "versions": Text("软件版本", "Versions"),
    "options": Text("改动的设置", "Settings changed"),
    "none": Text("无", "none"),
    "sources": Text("数据来源", "Sources"),
    "notes": Text("说明", "Notes"),
    "notices": Text("提示", "Notices"),
    "created": Text("生成时间", "Made"),
    "map_linear": Text("线性，极差 {spread} 个百分点", "linear, spread {spread} points"),
    "map_proportional": Text("与得分成比例", "proportional to the score"),
    "map_uniform": Text("各地区相同", "uniform"),
    "map": Text("参考下降率", "Reference rate"),
    "deviation_relative": Text("偏离按参考值的比例计", "deviations relative to the reference"),
    "deviation_absolute": Text("偏离按百分点计", "deviations in points"),
    # the argument of the report in charts
    "figure_argument": Text("从同降到目标：四步", "From a uniform rate to the targets, in four steps"),
    "figure_argument_alt": Text(
        "每条线是一个地区：同降所需（各地区相同），按得分得出的参考下降率，计入上下限、规则与合计后的测算下降率，取整后的下降目标，单位：%；受上下限或规则约束的地区用虚线菱形。数据见“各地区下降目标”表。",
        "A line a region: the uniform rate, the reference rate its score asks for, the computed rate after bounds, rules and adding up, the target after rounding, in per cent; dashed with diamonds where bounds or rules hold it. Figures in the table of targets.",
    ),
    "stage_uniform": Text("同降所需", "uniform rate"),
    "stage_reference": Text("参考（按得分）", "reference (score)"),
    "stage_rate": Text("测算（上下限、合计）", "computed (bounds)"),
    "stage_published": Text("目标（取整）", "target (rounded)"),
    "argument_free": Text("不受约束", "free"),
    "argument_held": Text("受上下限或规则约束", "held by bounds or rules"),
    "argument_axis": Text("下降率（%）", "rate (%)"),
    "figure_waterfall": Text("总目标如何凑成", "How the targets add up"),
    "figure_waterfall_alt": Text(
        "从各地区都按总目标下降起：结构效应使合计偏离总目标，各地区高于或低于总目标的部分再逐一计入，直到分解合计，单位：百分点；斜纹柱为合计，虚线为总目标，纵轴不从零起。数据见下表。",
        "Starting with every region at the provincial target: the composition effect moves the province off it, then each region adds what it is asked above the target or takes what it is asked below, up to the cut of the table, in points; hatched bars are levels, the dashed line is the target, the axis does not start at zero. Figures in the table below.",
    ),
    "waterfall_uniform": Text("都降{rate}%", "all at {rate} %"),
    "waterfall_above": Text("高于总目标的地区", "regions above the target"),
    "waterfall_below": Text("低于总目标的地区", "regions below the target"),
    "waterfall_axis": Text("合计下降率（%）", "cut of the province (%)"),
    "waterfall_level": Text("合计", "level"),
    "waterfall_takes": Text("减", "takes"),
    "waterfall_adds": Text("增", "adds"),
    "waterfall_step": Text("步骤", "step"),
    "waterfall_change": Text("增减（百分点）", "adds (points)"),
    "waterfall_reached": Text("累计（%）", "level (%)"),
    "heat_title": Text("指标热力表", "Indicators at a glance"),
    "heat_caption": Text(
        "归一化值，已按方向调整，颜色越深越高（各列分别着色），表示要求的下降越多。",
        "Normalised values, direction already inside; the darker (column by column), the higher, and the larger the cut asked for.",
    ),
    "equity_title": Text("减排负担的分布", "How evenly the cut is spread"),
    "figure_lorenz": Text("洛伦兹曲线", "Lorenz curves"),
    "figure_lorenz_alt": Text(
        "两条洛伦兹曲线：减排量对排放量的分布（实线）和减排量对地区生产总值的分布（虚线），点线为均匀分布；数据见下表。",
        "Two Lorenz curves, of the cut over emissions (solid) and of the cut over GDP (dashed); the dotted line is an even spread. Figures in the tables below.",
    ),
    "lorenz_even": Text("均匀分布", "even spread"),
    "lorenz_emissions": Text("对排放量，基尼系数 {gini}", "over emissions, Gini {gini}"),
    "lorenz_gdp": Text("对地区生产总值，基尼系数 {gini}", "over GDP, Gini {gini}"),
    "lorenz_x": Text("排放量或地区生产总值的累计份额（%）", "cumulative share of emissions or GDP (%)"),
    "lorenz_y": Text("减排量的累计份额（%）", "cumulative share of the cut (%)"),
    "lorenz_emissions_order": Text("地区（按减排量与排放量之比由低到高）", "region (lowest cut per emissions first)"),
    "lorenz_emissions_base": Text("累计排放份额（%）", "emissions, cumulative (%)"),
    "lorenz_cut": Text("累计减排份额（%）", "cut, cumulative (%)"),
    "lorenz_gdp_order": Text("地区（按减排量与地区生产总值之比由低到高）", "region (lowest cut per GDP first)"),
    "lorenz_gdp_base": Text("累计地区生产总值份额（%）", "GDP, cumulative (%)"),
    "equity_figure": Text("指标", "figure"),
    "equity_formula": Text("算法", "formula"),
    "equity_plan": Text("本方案", "this plan"),
    "equity_uniform": Text("各地区同降时", "with a uniform rate"),
    "equity_gini_emissions": Text("基尼系数，减排量对排放量", "Gini coefficient, cut over emissions"),
    "equity_gini_emissions_formula": Text(
        "1 − Σ [X(k) − X(k−1)] [C(k) + C(k−1)]；C 为减排量 E g r、X 为排放量 E g 的累计份额，地区按 r 由低到高",
        "1 − Σ [X(k) − X(k−1)] [C(k) + C(k−1)]; C, X: cumulative shares of the cut E g r and of emissions E g, lowest r first",
    ),
    "equity_gini_gdp": Text("基尼系数，减排量对地区生产总值", "Gini coefficient, cut over GDP"),
    "equity_gini_gdp_formula": Text(
        "同上；X 为期末地区生产总值 Y g 的累计份额，地区按 E r / Y 由低到高",
        "as above; X: cumulative share of end-year GDP Y g, lowest E r / Y first",
    ),
    "equity_gap_points": Text("最高与最低下降目标之差（百分点）", "highest less lowest target (points)"),
    "equity_gap_points_formula": Text("max r − min r", "max r − min r"),
    "equity_note": Text(
        "基尼系数 0 为完全均匀，越大越不均。它只描述分布，不说明公平与否：得分高的地区本应多降。",
        "A Gini coefficient of 0 is an even spread; larger is less even. It describes the spread and does not judge it: regions with higher scores are meant to cut more.",
    ),
    "data_table": Text("数据表：{title}", "Figures: {title}"),
    "switch_language": Text("English", "中文"),
    "method_formulas": Text("公式与本方案取值", "Formulas, with this plan's values"),
    "formula_weights": Text("各地区权数", "weight of a region"),
    "formula_sigma": Text("结构效应", "composition effect"),
    "formula_backing": Text("支撑条件", "backing"),
    "formula_score": Text("综合得分", "score"),
    "formula_uniform": Text("同降所需", "uniform rate"),
    "formula_reference": Text("参考下降率", "reference rate"),
    "formula_rate": Text("测算下降率（无规则时）", "computed rate (without rules)"),
    "formula_point": Text("1 个百分点相当于", "worth of one point"),
    # what if, in the report
    "whatif_title": Text("假设推演：调整设置，即时重算", "What if: change the settings, see the split"),
    "whatif_intro": Text(
        "拖动滑块，本页按同一方法即时重算，不联网。这里是未取整的测算值，不是公布的下降目标；公布的目标以上文“各地区下降目标”表为准。",
        "Move a slider and this page splits the target again by the same method, offline. These are computed rates before rounding, not the published table: that is “Targets by region” above.",
    ),
    "whatif_hindered": Text(
        "本方案含有不能折算成上下限的规则（{rules}），只能由求解器计算，本页不能重算。请运行 allocator app 在网页中调整。",
        "The scenario has rules that do not amount to bounds ({rules}); only the solver can honour them, so this page cannot split again. Run allocator app and change the settings there.",
    ),
    "whatif_folded": Text("规则已折算成上下限，一并计入。", "The rules amount to bounds here and are kept."),
    "whatif_own": Text(
        "表中自定上下限的地区不随“上限”“下限”滑块移动：{regions}。",
        "Regions with bounds of their own in the table keep them, whatever the sliders say: {regions}.",
    ),
    "whatif_capped": Text(
        "降碳因素潜力决定的最高下降率照旧有效。", "What the decline factors allow at most still caps the rates."
    ),
    "whatif_controls": Text("设置", "Settings"),
    "whatif_weight": Text("权重：{criterion}", "weight: {criterion}"),
    "whatif_target": Text("总目标", "provincial target"),
    "whatif_spread": Text("参考下降率的极差", "spread of the reference rates"),
    "whatif_lower": Text("下限", "lower bound"),
    "whatif_upper": Text("上限", "upper bound"),
    "whatif_percent": Text("{value}%", "{value} %"),
    "whatif_points": Text("{value} 个百分点", "{value} points"),
    "whatif_reset": Text("恢复原设置", "back to the plan's settings"),
    "whatif_plan": Text("原测算（%）", "plan's computed rate (%)"),
    "whatif_new": Text("新测算（%）", "new rate (%)"),
    "whatif_change": Text("变动（百分点）", "change (points)"),
    "whatif_drawing": Text("位置（○ 原测算，● 新测算，横线为上下限）", "where (○ plan, ● new, line: bounds)"),
    "whatif_backed": Text(
        "支撑：新测算的下降率合计使碳排放强度下降 {implied}%，达到总目标 {target}%。",
        "Backed: together the new rates cut the province's carbon intensity by {implied} %, which is its target of {target} %.",
    ),
    "whatif_short": Text(
        "未支撑：新测算的下降率合计只使碳排放强度下降 {implied}%，总目标为 {target}%。",
        "Not backed: together the new rates cut the province's carbon intensity by only {implied} %, against a target of {target} %.",
    ),
    "whatif_crossed": Text(
        "无解：{name}的下限高于上限。", "No split: the lower bound of {name} is above its upper one."
    ),
    "whatif_rules": Text(
        "无解：在这样的上下限内，{name}不能符合各条规则。",
        "No split: within these bounds {name} cannot keep the rules.",
    ),
    "whatif_rules_high": Text(
        "无解：计入规则后，目标 {target}% 超出可达范围 {lowest}–{highest}%，缺 {points} 个百分点（{tonnes} 万吨）。",
        "No split: with the rules, the target of {target} % lies beyond the reach of {lowest}–{highest} %; {points} points short ({tonnes} × 10⁴ t CO₂).",
    ),
    "whatif_rules_low": Text(
        "无解：计入规则后，目标 {target}% 低于可达范围 {lowest}–{highest}%，规则和下限使总体多降 {points} 个百分点（{tonnes} 万吨）。",
        "No split: with the rules, the target of {target} % lies below the reach of {lowest}–{highest} %; rules and lower bounds force {points} points too much ({tonnes} × 10⁴ t CO₂).",
    ),
    "whatif_reference": Text(
        "不能计算：{name}的参考下降率为 {found}%，必须大于零。极差最大可取 {largest} 个百分点。",
        "Cannot be computed: the reference rate of {name} is {found} %; it must be above zero. The largest spread that keeps all above it is {largest} points.",
    ),
    "whatif_proportional": Text(
        "不能计算：{name}的得分不大于零，不能按比例分配。",
        "Cannot be computed: the score of {name} is not above zero, so rates cannot be proportional to it.",
    ),
    "whatif_required": Text(
        "不能计算：全省所需为 {found}%，不大于零：按增长的构成，不需要任何下降。",
        "Cannot be computed: the province needs {found} %, which is not above zero: with this growth no cut is needed.",
    ),
}
