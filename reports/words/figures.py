"""Columns of tables, verdicts, the province, why there is no split, and sums that differ, by code, in Chinese and English."""

from __future__ import annotations

from collections.abc import Mapping

from scenarios.wording import Text

TEXTS: Mapping[str, Text] = {
    # columns of tables
    "id": Text("代码", "code"),
    "name": Text("地区", "region"),
    "score": Text("得分", "score"),
    "rank": Text("得分位次", "rank by score"),
    "base_intensity": Text("基年碳排放强度（吨/万元）", "base-year carbon intensity (t per 10⁴ yuan)"),
    "growth": Text("规划期增长倍数", "growth factor"),
    "reference_rate": Text("参考下降率（%）", "reference rate (%)"),
    "lower": Text("下限（%）", "lower bound (%)"),
    "upper": Text("上限（%）", "upper bound (%)"),
    "rate": Text("测算下降率（%）", "computed rate (%)"),
    "published_rate": Text("下降目标（%）", "reduction target (%)"),
    "published_incentive_rate": Text("激励目标（%）", "incentive target (%)"),
    "incentive_step": Text("激励目标最小增幅（百分点）", "least step to the incentive target (points)"),
    "target_intensity": Text("期末碳排放强度（吨/万元）", "end-year carbon intensity (t per 10⁴ yuan)"),
    "contribution": Text("占所需减排总量（%）", "share of the required cut (%)"),
    "emissions": Text("基年二氧化碳排放（万吨）", "base-year CO₂ (10⁴ t)"),
    "gdp": Text("基年地区生产总值（亿元）", "base-year GDP (10⁸ yuan)"),
    "bound": Text("所受约束", "bound met"),
    "at_lower": Text("下限", "lower"),
    "at_upper": Text("上限", "upper"),
    "criterion": Text("准则", "criterion"),
    "indicator": Text("指标", "indicator"),
    "unit": Text("单位", "unit"),
    "direction": Text("方向", "direction"),
    "direction_+": Text("越高，下降越多（+）", "higher: larger cut (+)"),
    "direction_-": Text("越高，下降越少（−）", "higher: smaller cut (−)"),
    "normaliser": Text("归一化", "normaliser"),
    "criterion_weight": Text("准则权重（%）", "criterion weight (%)"),
    "weight": Text("总权重（%）", "total weight (%)"),
    "within": Text("准则内赋权", "weighting inside"),
    "within_equal": Text("等权", "equal"),
    "within_given": Text("给定", "given"),
    "within_entropy": Text("熵权", "entropy"),
    "within_critic": Text("CRITIC", "CRITIC"),
    "normaliser_minmax": Text("极差", "min-max"),
    "normaliser_zscore": Text("标准化", "z-score"),
    "normaliser_rank": Text("位次", "rank"),
    "normaliser_ratio": Text("均值比", "ratio to mean"),
    "total": Text("合计", "province"),
    # verdicts and the province
    "verdict_backed": Text(
        "通过：所列下降目标合计使碳排放强度下降 {implied}%，不低于总目标 {target}%{margin}，超出 {points} 个百分点（{tonnes} 万吨）。",
        "Backed: together the listed targets cut the province's carbon intensity by {implied} %, not less than its target of {target} %{margin}; {points} points over ({tonnes} × 10⁴ t CO₂).",
    ),
    "verdict_not_backed": Text(
        "未支撑：所列下降目标合计只使碳排放强度下降 {implied}%，总目标为 {target}%{margin}，缺 {points} 个百分点（{tonnes} 万吨）。",
        "Not backed: together the listed targets cut the province's carbon intensity by only {implied} %, against a target of {target} %{margin}; {points} points short ({tonnes} × 10⁴ t CO₂).",
    ),
    "identity": Text(
        "结构效应 {sigma} 个百分点（高碳地区增长较快时为正）；各地区若同降，须各降 {uniform}% 才能达到总目标。总目标每 1 个百分点相当于期末年 {point} 万吨二氧化碳。",
        "Composition effect: {sigma} points (positive when carbon-heavy regions grow faster); equal rates would have to be {uniform} %. One point of the provincial target is worth {point} × 10⁴ t CO₂ in the end year.",
    ),
    "margin_added": Text("（另加裕度 {margin} 个百分点）", " plus a margin of {margin} points"),
    "reach": Text(
        "在各地区上下限内，总体下降率可达 {lowest}–{highest}%。",
        "Within the bounds the province can reach {lowest}–{highest} %.",
    ),
    "check_bounds": Text("超出上下限：{regions}。", "Outside the bounds: {regions}."),
    "with_projects": Text(
        "以上均不含单列的重大项目；计入项目（其排放按基年不变）时，合计下降 {implied}%。",
        "All of this leaves out the single-listed projects; counting them, with emissions as in the base year, "
        "the cut is {implied} %.",
    ),
    "check_rule": Text(
        "违反规则“{rule}”（{reason}）：{regions}。", "Rule “{rule}” ({reason}) is broken by: {regions}."
    ),
    "check_step": Text(
        "高出基本目标不足最小增幅：{regions}。", "Less than the step above the basic target: {regions}."
    ),
    "incentive_backed": Text(
        "激励目标通过：各地区激励目标合计使碳排放强度下降 {implied}%，不低于全省激励目标 {target}%{margin}，超出 {points} 个百分点（{tonnes} 万吨）。",
        "Incentive targets backed: together they cut the province's carbon intensity by {implied} %, not less than its incentive target of {target} %{margin}; {points} points over ({tonnes} × 10⁴ t CO₂).",
    ),
    "incentive_not_backed": Text(
        "激励目标未支撑：各地区激励目标合计只使碳排放强度下降 {implied}%，全省激励目标为 {target}%{margin}，缺 {points} 个百分点（{tonnes} 万吨）。",
        "Incentive targets not backed: together they cut the province's carbon intensity by only {implied} %, against an incentive target of {target} %{margin}; {points} points short ({tonnes} × 10⁴ t CO₂).",
    ),
    "incentive_reach": Text(
        "按各地区上限，激励目标合计至多可下降 {highest}%。",
        "By the upper bounds the incentive targets can cut {highest} % at most.",
    ),
    "incentive_room": Text(
        "基本目标的上限已扣除最小增幅，为激励目标留出余地。",
        "The upper bounds of the basic targets are lower by the step, to leave room for the incentive targets.",
    ),
    "incentive_forced": Text(
        "各地区的激励目标都取基本目标加最小增幅，合计已达到全省激励目标。",
        "Every incentive target is the basic one and the step; together these reach the incentive target already.",
    ),
    "incentive_not_there": Text(
        "表中没有激励目标一列，只判断了基本目标。",
        "The table has no column of incentive targets; the basic ones alone were judged.",
    ),
    "incentive_checks_passed": Text(
        "上下限、取整单位、最小增幅和规则全部符合。", "bounds, grid, step and rules all hold."
    ),
    "of_incentive": Text("激励目标：{said}", "Incentive targets: {said}"),
    "incentive_target_reachable": Text(
        "激励目标 {target}% 在可达范围内。", "The incentive target of {target} % is within reach."
    ),
    "check_grid": Text("不是 {grid} 个百分点的整数倍：{regions}。", "Not on the {grid}-point grid: {regions}."),
    "check_protection": Text("未达到所要求的防护：{reason}。", "Not protected as asked: {reason}."),
    "bears": Text(
        "增长不确定：最多 {survives} 个地区（共 {n} 个）的增长同时最不利时仍能支撑；",
        "Uncertain growth: the table still backs while the growth of up to {survives} of {n} regions is at its worst; ",
    ),
    "bears_all": Text(
        "增长不确定：全部 {n} 个地区的增长同时最不利时仍能支撑；",
        "Uncertain growth: the table still backs with the growth of all {n} regions at its worst; ",
    ),
    "bears_none": Text(
        "增长不确定：按现有增长倍数已不能支撑；",
        "Uncertain growth: the table does not back at the growth given either; ",
    ),
    "worst_short": Text(
        "全部最不利时缺 {points} 个百分点（{tonnes} 万吨）。",
        "with all at their worst it is {points} points short ({tonnes} × 10⁴ t CO₂).",
    ),
    "worst_over": Text(
        "全部最不利时仍超出 {points} 个百分点（{tonnes} 万吨）。",
        "with all at their worst it is still {points} points over ({tonnes} × 10⁴ t CO₂).",
    ),
    "protection_price": Text(
        "防护 {budget} 个地区的代价：按现有增长倍数，测算值合计超出总目标 {points} 个百分点（{tonnes} 万吨）。",
        "Price of protection for {budget} region(s): at the growth given, the computed rates are {points} points over the target ({tonnes} × 10⁴ t CO₂).",
    ),
    "protection_impossible": Text(
        "防护 {budget} 个地区：在上下限和规则内做不到。",
        "Protection for {budget} region(s): impossible within bounds and rules.",
    ),
    "lever_protect": Text("防护的地区数减为至多 {change} 个", "protect at most {change} region(s)"),
    "decline_title": Text("下降目标的来源", "Where the cuts come from"),
    "decline_text": Text(
        "各地区下降目标按三类降碳因素潜力的对数（−ln(1 − 潜力)）之比分摊，单位：百分点；合计行为全省下降率的分摊。",
        "Each target is divided among the three decline factors in proportion to −ln(1 − potential), in points; the last row divides the province's cut.",
    ),
    "structure": Text("结构节能", "structure"),
    "technique": Text("技术节能", "technique"),
    "substitution": Text("能源替代", "substitution"),
    "checks_passed": Text("每地区一次、上下限、取整单位：全部通过。", "Every region once, bounds, grid: all hold."),
    "slip": Text(
        "疑为单位误写：各数乘以 {factor} 后，合计下降 {implied}%，可以支撑总目标。请核对表中数字是否漏写了一位。",
        "This looks like a unit slip: {factor} times as much would cut {implied} % and back the province. Check whether a digit was lost.",
    ),
    "basis": Text("依据：{basis}", "Basis: {basis}"),
    # no split
    "no_split_high": Text(
        "无解：目标 {target}% 超出可达范围 {lowest}–{highest}%，缺 {points} 个百分点（{tonnes} 万吨）。",
        "No split: the target of {target} % lies beyond the reach of {lowest}–{highest} %; {points} points short ({tonnes} × 10⁴ t CO₂).",
    ),
    "no_split_low": Text(
        "无解：目标 {target}% 低于可达范围 {lowest}–{highest}%，下限使总体多降 {points} 个百分点（{tonnes} 万吨）。",
        "No split: the target of {target} % lies below the reach of {lowest}–{highest} %; the lower bounds force {points} points too much ({tonnes} × 10⁴ t CO₂).",
    ),
    "no_split_incentive": Text(
        "无解：激励目标 {target}% 超出可达范围：按上限、最小增幅和规则，合计至多下降 {highest}%，缺 {points} 个百分点（{tonnes} 万吨）。",
        "No split: the incentive target of {target} % is out of reach; upper bounds, steps and rules allow {highest} % at most, {points} points short ({tonnes} × 10⁴ t CO₂).",
    ),
    "lower_incentive": Text(
        "或把激励目标定为不高于 {highest}%。", "Or set the incentive target to {highest} % at most."
    ),
    "no_split_incentive_grid": Text(
        "无解：激励目标按 {grid} 个百分点取整后，在上限、最小增幅和规则内无法支撑全省激励目标。请改用更小的取整单位，或让上限和最小增幅为取整单位的整数倍。",
        "No incentive table on the grid of {grid} points within bounds, steps and rules backs the incentive target. Use a finer grid, or put upper bounds and steps on the grid.",
    ),
    "steps_taken": Text(
        "以上上限已扣除激励目标的最小增幅。", "These upper bounds are lower by the step to the incentive targets."
    ),
    "no_split_grid": Text(
        "无解：在上下限内按 {grid} 个百分点取整后，无法支撑总目标。请改用更小的取整单位，或让上下限为取整单位的整数倍。",
        "No table on the {grid}-point grid within the bounds backs the province. Use a finer grid, or put the bounds on the grid.",
    ),
    "class": Text("类别", "class"),
    "class_name": Text("第{number}类", "class {number}"),
    "class_rate": Text("下降", "cut"),
    "class_incentive": Text("激励目标", "incentive target"),
    "classes_title": Text("分类下降目标", "Targets by class"),
    "classes_gap": Text(
        "分类搜索未求至最优即按设定的时限或允许差距停止：与测算值的总差距至多可再缩小 {gap}%；所列各表仍经复核。",
        "The search for classes stopped at its time limit or gap before the best was proved: the total distance from the computed rates is within {gap} % of the least; the table is verified all the same.",
    ),
    "rounding_gap": Text(
        "取整搜索未求至最优即按设定的时限或允许差距停止：与测算值的总差距至多可再缩小 {gap}%；所列各表仍经复核。",
        "The search for the rounded table stopped at its time limit or gap before the best was proved: the total distance from the computed rates is within {gap} % of the least; the table is verified all the same.",
    ),
    "not_tightest": Text(
        "时限内未能证明超出量已为最小：或有与测算值同样接近而超出更少的表。",
        "Time was up before the overshoot was proved least: a table as near to the computed rates may overshoot less.",
    ),
    "conflict": Text(
        "无解：规则{rules}在上下限和总目标下互相矛盾。",
        "No split: within bounds and target, these rules contradict: {rules}.",
    ),
    "conflict_irreducible": Text(
        "无解：规则{rules}在上下限和总目标下互相矛盾；去掉其中任何一条，其余几条即不矛盾。限时内未能证明这是条数最少的一组。",
        "No split: within bounds and target, these rules contradict: {rules}. Without any one of them the others do "
        "not; whether fewer rules contradict as well was not settled in the time.",
    ),
    "conflict_rule": Text("“{rule}”（{reason}）", "“{rule}” ({reason})"),
    "levers": Text("单独采取以下任何一项即可有解：", "Any one of these alone gives a split:"),
    "lever_upper": Text("各地区上限都提高 {change} 个百分点", "raise every upper bound by {change} points"),
    "lever_lower": Text("各地区下限都降低 {change} 个百分点", "lower every lower bound by {change} points"),
    "levers_none": Text("没有哪一项单独放宽就能有解。", "No single change gives a split."),
    "lever_less": Text("总目标降低 {change} 个百分点", "lower the provincial target by {change} points"),
    "lever_more": Text("总目标提高 {change} 个百分点", "raise the provincial target by {change} points"),
    "lever_rule": Text("规则“{rule}”放宽 {change} 个百分点", "relax rule “{rule}” by {change} points"),
    "lever_budget": Text(
        "规则“{rule}”的限额提高 {change} 万吨", "raise the limit of rule “{rule}” by {change} × 10⁴ t CO₂"
    ),
    "no_split_classes": Text(
        "无解：按得分排序、以 {grid} 个百分点为取整单位，没有既满足上下限和规则、又能支撑总目标的分类。请增加类数、改用更小的取整单位或放宽规则。",
        "No split: no classes in the order of the scores on the {grid}-point grid keep bounds and rules and back "
        "the target. Ask for more classes, a finer grid, or relax a rule.",
    ),
    "no_split_more_classes": Text(
        "取值已定的地区（{regions}）也要占用类别；类数增至 {classes} 即可有解。",
        "The given rates ({regions}) take classes too; with {classes} classes there is a split.",
    ),
    "relax_upper": Text(
        "最小的同等放宽：各地区上限都提高 {points} 个百分点；为使上限仍是 {grid} 个百分点的整数倍，则提高 {on_grid} 个百分点。",
        "Smallest equal relaxation: raise every upper bound by {points} points; "
        "to keep the bounds on the {grid}-point grid, by {on_grid} points.",
    ),
    "relax_lower": Text(
        "最小的同等放宽：各地区下限都降低 {points} 个百分点；为使下限仍是 {grid} 个百分点的整数倍，则降低 {on_grid} 个百分点。",
        "Smallest equal relaxation: lower every lower bound by {points} points; "
        "to keep the bounds on the {grid}-point grid, by {on_grid} points.",
    ),
    "relax_none": Text("仅放宽上下限不能达到。", "Moving the bounds alone cannot reach it."),
    "who_upper": Text("顶在上限的地区：{regions}。", "At their upper bound: {regions}."),
    "who_lower": Text("压在下限的地区：{regions}。", "At their lower bound: {regions}."),
    "lower_target": Text("或把目标定为不高于 {highest}%。", "Or set the target to {highest} % at most."),
    "raise_target": Text("或把目标定为不低于 {lowest}%。", "Or set the target to {lowest} % at least."),
    # reconciliation of sums
    "reconcile_emissions": Text("排放（万吨）", "emissions (10⁴ t CO₂)"),
    "reconcile_gdp": Text("地区生产总值（亿元）", "GDP (10⁸ yuan)"),
    "reconcile_growth": Text("增长倍数", "growth factor"),
    "policy_cities": Text("以各市合计为准", "the cities' sum is the province"),
    "policy_scale": Text("各市同比例调整到省级数据", "cities scaled to the province"),
    "policy_residual": Text("差额单列为余项", "the difference is a line of its own"),
    "policy_refuse": Text("差额在允许范围内，以各市合计为准", "within tolerance, the cities' sum is used"),
    "reconcile_step": Text(
        "{quantity}：各市 {cities}，省级 {province}，省级比各市 {off}%；处理：{policy}。",
        "{quantity}: cities {cities}, province {province}, {off} % against the cities; policy: {policy}.",
    ),
    "reconcile_sums": Text(
        "{quantity}：各市 {cities}，省级 {province}，省级比各市 {off}%。",
        "{quantity}: cities {cities}, province {province}, {off} % against the cities.",
    ),
    "side_computed": Text("{side} 计算（%）", "{side} computed (%)"),
    "side_published": Text("{side} 公布（%）", "{side} published (%)"),
    "effort_sigma": Text("结构效应（百分点）", "composition effect (points)"),
    "effort_target": Text("各市合计须下降（%）", "the cities together must cut (%)"),
    "effort_uniform": Text("各市同降所需（%）", "equal rate that does it (%)"),
    "effort_point": Text("每 1 个百分点（万吨）", "a point is worth (10⁴ t CO₂)"),
    "policies_same": Text(
        "{one} 与 {other} 的计算下降率逐市相同。", "{one} and {other} give every city the same computed rate."
    ),
    "policies_differ": Text(
        "{other} 与 {one} 的计算下降率不同，相差最大的是{name}（{off} 个百分点）。",
        "{other} gives other computed rates than {one}; most in {name} ({off} points).",
    ),
    "scopes_item": Text("项目", "item"),
    "scopes_emissions": Text("各市基年排放合计（万吨）", "base-year emissions of the cities (10⁴ t CO₂)"),
    "scopes_sigma": Text("结构效应（百分点）", "composition effect (points)"),
    "scopes_required": Text("加权下降率须达到（%）", "the weighted rates must reach (%)"),
    "scopes_implied": Text("全省实际下降（%）", "the province cuts (%)"),
    "scopes_over_points": Text("超出目标（百分点）", "above the target (points)"),
    "scopes_over_tonnes": Text("超出目标（万吨）", "above the target (10⁴ t CO₂)"),
    "scopes_why": Text(
        "各口径下各市基年排放的份额不同，权重和结构效应随之不同，所以同一张下降率表得出的全省下降也不同。",
        "The cities' shares of base-year emissions differ between these scopes, and with them weights and composition effect; so the same rates cut the province by different amounts.",
    ),
    "scopes_same": Text(
        "这些口径下各市基年排放的份额相同，全省下降也相同，只有吨数不同。",
        "The cities' shares of base-year emissions are the same under these scopes, and so is the province's cut; only tonnes differ.",
    ),
    "scopes_rate": Text("下降率（%）", "rate (%)"),
    "scopes_city": Text("{scope} 基年排放（万吨）", "{scope}: emissions (10⁴ t CO₂)"),
    "reconcile_as_is": Text(
        "以各市合计为准，各市数据不作调整。", "The cities' sum is the province; their figures stand as they are."
    ),
    "reconcile_residual": Text(
        "余项：排放 {emissions} 万吨，地区生产总值 {gdp} 亿元，增长倍数 {growth}，自行下降 {rate}%。",
        "Residual line: emissions {emissions} × 10⁴ t CO₂, GDP {gdp} × 10⁸ yuan, growth factor {growth}, own cut {rate} %.",
    ),
    "reconcile_negative": Text(
        "{names}的余项为负（各市合计大于省级），按负数计入合计。",
        "The residual of {names} is negative (the cities exceed the province) and stands in the sums as it is.",
    ),
    "reconcile_differ": Text(
        "余项的增长或下降与全省不同，各市任务因此改变：全省要下降 {target}%，各市合计须下降 {cities}%（{off} 个百分点）；各市同降所需由 {before}% 变为 {uniform}%。",
        "The residual line grows or cuts differently, so the cities' task changes: for the province to cut {target} %, the cities together must cut {cities} % ({off} points); equal rates move from {before} % to {uniform} %.",
    ),
    "reconcile_neutral": Text(
        "余项与各市合计同速增长、下降率等于总目标，因此不改变各市的下降率，只改变吨数。",
        "The residual line grows as the cities together and cuts as much as the target, so it leaves the cities' rates as they are; only tonnes change.",
    ),
    "reconcile_cancels": Text(
        "各市乘以同一倍数时，倍数在各市系数中约去，各市的下降率不变，只改变吨数和每个百分点的含量。",
        "A factor common to all cities cancels in their coefficients, so their rates stay as they are; only tonnes, and what a point is worth, change.",
    ),
    "reconcile_policy": Text(
        "若一律“{policy}”：结构效应 {sigma} 个百分点，各市合计须下降 {target}%，各市同降所需 {uniform}%，每 1 个百分点 {point} 万吨。",
        "With “{policy}” throughout: composition effect {sigma} points, the cities together must cut {target} %, equal rates {uniform} %, a point is worth {point} × 10⁴ t CO₂.",
    ),
    "with_residual": Text(
        "总目标为各市合计须达到的数；计入余项，全省下降 {implied}%，省定目标 {target}%。",
        "The target is what the cities together must reach; with the residual line the province cuts {implied} %, its own target being {target} %.",
    ),
}
