"""Every word of the outputs, by code, in Chinese and English."""

from __future__ import annotations

from scenarios.wording import Catalogue, Language, Text

_UNITS = {
    "元": "yuan",
    "万元": "10⁴ yuan",
    "亿元": "10⁸ yuan",
    "吨": "t",
    "万吨": "10⁴ t",
    "吨/万元": "t per 10⁴ yuan",
    "人": "persons",
    "万人": "10⁴ persons",
}


def unit_label(unit: str, language: Language) -> str:
    """Return a unit as it stood in a table's header, or its English form where one is known."""
    return unit if language == "zh" else _UNITS.get(unit, unit)


LABELS = Catalogue(
    {
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
        # account
        "option_fossil": Text("方法一：只计化石能源", "method one: fossil fuels only"),
        "option_own": Text(
            "方法二（1）：调入×省级因子，调出×本地因子", "option 1: imports × provincial factor, exports × own factor"
        ),
        "option_provincial": Text(
            "方法二（2）：调入、调出均×省级因子", "option 2: imports and exports × provincial factor"
        ),
        "option_balance": Text(
            "方法二（3）：（用电量−发电量）×省平均因子", "option 3: (use − generation) × provincial average factor"
        ),
        "option_terminal": Text(
            "方法二（4）：终端化石能源＋终端用电量×省平均因子",
            "option 4: terminal fossil fuels + terminal electricity × provincial average factor",
        ),
        "account_head": Text(
            "{n} 个市，{years} 年。核算口径：{scope}。电力：{option}。",
            "{n} cities, {years}. Scope: {scope}. Electricity: {option}.",
        ),
        "account_vintage": Text("数据版本：{vintage}。", "Data vintage: {vintage}."),
        "account_year": Text(
            "{year} 年各市合计 {total} 万吨，省级 {province} 万吨，余项（合计减省级）{residual} 万吨。",
            "{year}: the cities add up to {total} × 10⁴ t CO₂, the province has {province}; residual {residual}.",
        ),
        "account_year_alone": Text(
            "{year} 年各市合计 {total} 万吨；表中没有省级数据，无法计算余项。",
            "{year}: the cities add up to {total} × 10⁴ t CO₂; without provincial figures there is no residual.",
        ),
        "account_city": Text("{name}：{year} 年 {total} 万吨。", "{name}: {total} × 10⁴ t CO₂ in {year}."),
        "account_power": Text(
            "{year} 年省级电力因子 {value} {unit}（{source}）。",
            "Provincial electricity factor {year}: {value} {unit} ({source}).",
        ),
        "account_option": Text(
            "{option}：合计 {total} 万吨，余项 {residual} 万吨", "{option}: {total} × 10⁴ t CO₂, residual {residual}"
        ),
        "account_twice": Text("，其中重复计算 {amount} 万吨", ", of which counted twice {amount}"),
        "account_left_out": Text("，漏算 {amount} 万吨", ", left out {amount}"),
        "account_factor": Text("因子：{name} {factor}", "factor: {name} {factor}"),
        "account_note": Text(
            "基年排放由能源表核算：{scope}；{option}。{vintage}{sums}",
            "Base-year emissions come from the energy table: {scope}; {option}. {vintage}{sums}",
        ),
        "factor_words": Text("{value} {unit}（{year}，{source}）", "{value} {unit} ({year}, {source})"),
        "amount_standard": Text("吨标煤", "tce"),
        "amount_mass": Text("吨", "t"),
        "amount_kg": Text("千克", "kg"),
        "amount_volume": Text("万立方米", "10⁴ m³"),
        "amount_power": Text("千瓦时", "kWh"),
        "unit_index": Text("—", "—"),
        "unit_gdp": Text("亿元", "10⁸ yuan"),
        "unit_tce": Text("万吨标煤", "10⁴ tce"),
        "unit_co2": Text("万吨二氧化碳", "10⁴ t CO₂"),
        "unit_co2e": Text("万吨二氧化碳当量", "10⁴ t CO₂e"),
        "unit_kwh": Text("千瓦时", "kWh"),
        "unit_intensity": Text("吨二氧化碳/万元", "t CO₂/10⁴ yuan"),
        "unit_rate": Text("%", "%"),
        "block_province": Text("省级碳排放强度核算表", "Carbon intensity of the province"),
        "sheet_province": Text("省级核算表", "province"),
        "province_item": Text("项目", "item"),
        "province_provider": Text("数据来源和责任单位", "source and who gives it"),
        "province_year": Text("{year}年", "{year}"),
        "province_index": Text("地区生产总值指数（{base}年=100）", "GDP index ({base} = 100)"),
        "province_gdp": Text("地区生产总值（按{base}年价格）", "GDP (prices of {base})"),
        "province_index_blank": Text("地区生产总值指数", "GDP index"),
        "province_gdp_blank": Text("地区生产总值（可比价）", "GDP (constant prices)"),
        "potential": Text("增温潜势", "warming potential"),
        "potential_of": Text("{gas} 的全球增温潜势", "warming potential of {gas}"),
        "province_coal": Text("煤炭消费量", "coal used"),
        "province_coal_co2": Text("煤炭消费的二氧化碳排放", "CO₂ of coal"),
        "province_oil": Text("油品消费量", "oil used"),
        "province_oil_co2": Text("油品消费的二氧化碳排放", "CO₂ of oil"),
        "province_gas": Text("天然气消费量", "natural gas used"),
        "province_gas_co2": Text("天然气消费的二氧化碳排放", "CO₂ of natural gas"),
        "province_taken": Text("从省外调入的电量", "electricity taken in from other provinces"),
        "province_taken_from": Text("其中：{grid}电网", "of which: grid {grid}"),
        "province_taken_co2": Text("调入电量所含的二氧化碳排放", "CO₂ in the electricity taken in"),
        "province_given": Text("向省外调出的电量", "electricity given off to other provinces"),
        "province_given_co2": Text("调出电量所含的二氧化碳排放", "CO₂ in the electricity given off"),
        "province_coking": Text("炼焦的二氧化碳排放（碳平衡）", "CO₂ of coking (carbon balance)"),
        "province_process": Text("工业生产过程的排放", "industrial processes"),
        "province_total": Text("二氧化碳排放总量", "total CO₂"),
        "province_intensity": Text("单位地区生产总值二氧化碳排放", "CO₂ a unit of GDP"),
        "province_annual": Text("比上年下降", "fall against the year before"),
        "province_cumulative": Text("比{first}年累计下降", "fall against {first}"),
        "provider_computed": Text("由以上各行计算", "computed from the rows above"),
        "provider_energy": Text("统计部门（{energy}）", "statistical office ({energy})"),
        "provider_energy_cities": Text(
            "统计部门（{energy}，各市合计）", "statistical office ({energy}, sum of the cities)"
        ),
        "provider_gdp_own": Text("统计部门（{gdp}）", "statistical office ({gdp})"),
        "provider_gdp_cities": Text("统计部门（{gdp}，各市合计）", "statistical office ({gdp}, sum of the cities)"),
        "provider_factors": Text(
            "统计部门（{energy}），因子另列", "statistical office ({energy}); factors listed apart"
        ),
        "provider_none": Text("未提供", "not given"),
        "province_no_gdp": Text(
            "没有给出可比价的地区生产总值，不能计算碳排放强度及其下降率（方案中用 gdp，命令中用 --gdp 和 --price-base）。",
            "Without GDP at constant prices there is no intensity and no reduction (key gdp of a scenario, --gdp and --price-base of the command).",
        ),
        "gdp_note": Text(
            "地区生产总值按 {base} 年价格计算，{how}（{file}）。{vintage}",
            "GDP is at the prices of {base}, {how} ({file}). {vintage}",
        ),
        "gdp_chained": Text(
            "由 {base} 年现价和逐年指数（上年=100）推算",
            "from the current prices of {base} and annual indices (previous year = 100)",
        ),
        "gdp_stated": Text("为表中所列的可比价数", "as the table states it"),
        "gdp_vintage_words": Text("数据版本：{vintage}。", "State of the data: {vintage}."),
        "block_totals": Text("分市排放（万吨二氧化碳）", "Emissions by city (10⁴ t CO₂)"),
        "block_by_fuel": Text("{year} 年分品种排放（万吨二氧化碳）", "Emissions by fuel, {year} (10⁴ t CO₂)"),
        "block_by_process": Text(
            "{year} 年工业生产过程排放（万吨二氧化碳当量）", "Emissions of industrial processes, {year} (10⁴ t CO₂e)"
        ),
        "sheet_by_process": Text("工业过程", "processes"),
        "processes": Text("工业生产过程", "industrial processes"),
        "coking": Text("炼焦", "coking"),
        "block_by_sector": Text("{year} 年分部门排放（万吨二氧化碳）", "Emissions by sector, {year} (10⁴ t CO₂)"),
        "block_options": Text(
            "电力各方案与省级的余项（万吨二氧化碳）",
            "Options for electricity and their residuals against the province (10⁴ t CO₂)",
        ),
        "block_factors": Text("排放因子及其来源", "Factors and their sources"),
        "sheet_factors": Text("因子", "factors"),
        "electricity": Text("电力", "electricity"),
        "account_chart": Text("{year} 年各市排放构成", "Emissions of the cities by fuel, {year}"),
        "block_lines": Text("逐项核算：数量、因子与来源", "Line by line: amount, factor, source"),
        "block_boundary": Text("核算边界", "Boundary"),
        "sheet_totals": Text("分市", "cities"),
        "sheet_by_fuel": Text("分品种", "fuels"),
        "sheet_by_sector": Text("分部门", "sectors"),
        "sheet_options": Text("电力方案", "electricity"),
        "sheet_lines": Text("逐项", "lines"),
        "sheet_boundary": Text("边界", "boundary"),
        "year": Text("年份", "year"),
        "option": Text("方案", "option"),
        "sector": Text("部门", "sector"),
        "fuel": Text("品种", "fuel or item"),
        "amount": Text("数量", "amount"),
        "factor": Text("因子", "factor"),
        "factor_unit": Text("因子单位", "unit of the factor"),
        "factor_year": Text("因子年份", "year of the factor"),
        "factor_source": Text("因子来源", "source of the factor"),
        "emissions_line": Text("排放（万吨二氧化碳）", "emissions (10⁴ t CO₂)"),
        "counted_line": Text("计入该市", "counted for the city"),
        "sum": Text("合计", "sum"),
        "sum_of_cities": Text("各市合计", "sum of the cities"),
        "total_province": Text("全省", "province"),
        "residual": Text("余项（合计减省级）", "residual (sum less province)"),
        "residual_fuels": Text("其中：化石能源与过程", "of which fuels and processes"),
        "counted_twice": Text("重复计算", "counted twice"),
        "left_out": Text("漏算", "left out"),
        "domain": Text("领域", "domain"),
        "source": Text("排放源与吸收汇", "source or sink"),
        "gases_counted": Text("计入的气体", "gases counted"),
        "sector_power": Text("火力发电", "power plants"),
        "sector_non_energy": Text("非能源利用", "non-energy use"),
        "sector_coking_in": Text("炼焦投入", "coking, in"),
        "sector_coking_out": Text("炼焦产出", "coking, out"),
        "sector_none": Text("未分部门", "no sector"),
        "yes": Text("是", "yes"),
        "no": Text("否", "no"),
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
        "lorenz_emissions_order": Text(
            "地区（按减排量与排放量之比由低到高）", "region (lowest cut per emissions first)"
        ),
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
        # workbook
        "sheet_table": Text("分解表", "targets"),
        "sheet_inputs": Text("输入", "inputs"),
        "sheet_check": Text("校核", "check"),
        "sheet_incentive": Text("激励目标校核", "incentive check"),
        "sheet_indicators": Text("指标", "indicators"),
        "sheet_weights": Text("权重", "weights"),
        "sheet_scores": Text("得分", "scores"),
        "note_table": Text(
            "标色的目标可改。测算下降率和所受约束由求解器算出，不随表变动；其余随各页重算。",
            " Shaded targets may be changed. Computed rates and bounds met come from the solver and stay; all else recomputes.",
        ),
        "note_inputs": Text(
            "标色的数据可改：指标、得分、参考下降率和校核随之重算；公布的下降目标不变。",
            "Shaded figures may be changed: indicators, scores, reference rates and the check recompute; the published targets stay.",
        ),
        "note_indicators": Text(
            "按“输入”归一化，数值越大，要求下降越多；各地区都相同的指标记为 0，不计权重。",
            "Made from the sheet “inputs”; a higher value asks for a larger cut. An indicator that is the same everywhere is 0 and has no weight.",
        ),
        "note_ranked": Text(
            "地区多于 {most} 个，位次归一化只列数值，不重算。",
            " With more than {most} regions, indicators normalised by rank are numbers and do not recompute.",
        ),
        "note_weights": Text(
            "标色的权重和参考下降率之差可改，权重自动折算为合计 100%。",
            "Shaded weights and the spread may be changed; weights are scaled to add up to 100 %.",
        ),
        "note_objective": Text(
            "熵权和 CRITIC 权重由程序算出，只列数值，不随数据重算。",
            " Entropy and CRITIC weights are computed by the program; they are numbers and do not follow the figures.",
        ),
        "note_scores": Text(
            "得分＝Σ 权重×归一化值；参考下降率＝同降率＋斜率×（得分−加权平均得分）；a 为支撑系数，Σa＝1＋σ。",
            "Score = Σ weight × normalised value; reference rate = uniform rate + slope × (score − weighted mean score); the coefficients a of the backing row add up to 1 + σ.",
        ),
        "with_unit": Text("{name}（{unit}）", "{name} ({unit})"),
        "normalised_header": Text("{name}（{normaliser}，{sign}）", "{name} ({normaliser}, {sign})"),
        "indicator_lowest": Text("最小值", "lowest"),
        "indicator_highest": Text("最大值", "highest"),
        "indicator_mean": Text("平均值", "mean"),
        "indicator_deviation": Text("标准差", "standard deviation"),
        "indicator_apart": Text("有差异（1 是，0 否）", "differs (1 yes, 0 no)"),
        "indicator_weight": Text("总权重（%）", "total weight (%)"),
        "criterion_stated": Text("准则权重（所给）", "criterion weight (as given)"),
        "usable_indicators": Text("可用指标数（个）", "usable indicators (number)"),
        "inside_stated": Text("准则内份额（所给或算出）", "share inside (given or computed)"),
        "inside": Text("准则内权重（%）", "weight inside (%)"),
        "reference_item": Text("得分到参考下降率", "from score to reference rate"),
        "setting_uniform": Text("同降率（%）", "uniform rate (%)"),
        "setting_mean": Text("加权平均得分（权数为 a）", "mean score (weighted by a)"),
        "setting_lowest": Text("最低得分", "lowest score"),
        "setting_highest": Text("最高得分", "highest score"),
        "setting_spread": Text("最高与最低参考下降率之差（百分点）", "spread (points)"),
        "setting_slope": Text("斜率（每单位得分的百分点）", "slope (points for a unit of score)"),
        "score_of": Text("得分：{criterion}", "score: {criterion}"),
        "coefficient": Text("支撑系数 a（%）", "coefficient a (%)"),
        "incentive_intro": Text(
            "修改“分解表”中标色的激励目标，本页随之重算。",
            "Change a shaded incentive target on the sheet “targets” and this page recomputes.",
        ),
        "check_incentive_target": Text("全省激励目标", "provincial incentive target"),
        "check_steps": Text("高出基本目标不足最小增幅的地区数", "regions less than the step above the basic target"),
        "sheet_classes": Text("分类", "classes"),
        "sheet_decline": Text("降碳因素", "decline factors"),
        "sheet_robustness": Text("稳健性", "robustness"),
        "class_size": Text("地区数（个）", "regions (number)"),
        "class_target": Text("本类目标（%）", "target of the class (%)"),
        "note_classes": Text(
            "各类目标取该类首个地区在“分解表”中的下降目标，随之更新。",
            "The target of a class is that of its first region on the sheet “targets” and follows it.",
        ),
        "factor_share": Text("{factor}占比（%）", "share of {factor} (%)"),
        "factor_points": Text("{factor}（百分点）", "{factor} (points)"),
        "decline_target": Text("目标值（%）", "target of the region (%)"),
        "decline_sum": Text("三项合计（百分点）", "the three together (points)"),
        "bears_item": Text("项目", "what the table bears"),
        "bears_value": Text("数值", "value"),
        "bears_regions": Text("地区数（个）", "regions (number)"),
        "bears_survives": Text(
            "增长同时最不利而仍能支撑的地区数 Γ（个）",
            "regions at their worst that the table still backs with, Γ (number)",
        ),
        "bears_points": Text(
            "全部最不利时超出（负数为不足）（百分点）", "all at their worst: over; negative: short (points)"
        ),
        "bears_10kt": Text(
            "全部最不利时超出（负数为不足）（万吨二氧化碳）", "all at their worst: over; negative: short (10⁴ t CO₂)"
        ),
        "protected_regions": Text("防护的地区数（个）", "regions protected (number)"),
        "protected_points": Text("代价：测算值超出总目标（百分点）", "price: computed rates over the target (points)"),
        "protected_10kt": Text(
            "代价：测算值超出总目标（万吨二氧化碳）", "price: computed rates over the target (10⁴ t CO₂)"
        ),
        "impossible": Text("做不到", "impossible"),
        "note_robustness": Text(
            "本页按公布的下降目标算出，修改“分解表”后不重算。",
            "This sheet is computed from the published targets; it does not follow changes on the sheet “targets”.",
        ),
        "check_intro": Text(
            "修改“分解表”中标色的下降目标，或标色的输入数据、总目标，本页随之重算。",
            "Change a shaded target on the sheet “targets”, a shaded figure on “inputs” or the target here, and this page recomputes.",
        ),
        "live_verdict": Text(
            "{verdict}：合计下降 {implied}，总目标 {target}，裕度 {margin}；超出（负数为不足）{points} 个百分点（{tonnes} 万吨）。",
            "{verdict}: the table cuts {implied}, target {target}, margin {margin}; over (negative: short) {points} points ({tonnes} × 10⁴ t CO₂).",
        ),
        "check_target": Text("总目标", "provincial target"),
        "check_margin": Text("裕度", "margin"),
        "check_sigma": Text("结构效应 σ", "composition effect σ"),
        "check_implied": Text("分解表合计下降率", "cut by the table"),
        "check_overshoot": Text("超出（负数为不足）（百分点）", "over; negative: short (points)"),
        "check_tonnes": Text("超出（负数为不足）（万吨二氧化碳）", "over; negative: short (10⁴ t CO₂)"),
        "check_point": Text("总目标每 1 个百分点相当于（万吨二氧化碳）", "worth of one point (10⁴ t CO₂)"),
        "check_uniform": Text("各地区同降须达", "uniform rate needed"),
        "check_verdict": Text("结论", "verdict"),
        "check_passed": Text("通过", "backed"),
        "check_failed": Text("未支撑", "not backed"),
        # template of a scenario; | parts the headers to choose from, and lines
        "template_title": Text("各地区数据填报表", "Figures of the regions"),
        "template_how": Text(
            "每个地区一行，从灰色示例行的下一行填起；底色为黄的列必填。灰色示例行不参加计算，可以删去。各列单位可在表头下拉选择。",
            "One row a region, from below the grey example on; yellow columns are needed. The example is not computed with and may be deleted. Units can be chosen in the headers.",
        ),
        "template_sheet_data": Text("数据", "data"),
        "template_sheet_guide": Text("说明", "guide"),
        "template_needed": Text("【必填】", "Needed. "),
        "template_optional": Text("【选填】", "Optional. "),
        "template_yes": Text("是", "yes"),
        "template_no": Text("否", "no"),
        "template_error": Text("请核对", "please check"),
        "template_groups": Text("试点|生态|欠发达", "pilot|ecological|less developed"),
        "template_guide_heads": Text("列|必填|填什么", "column|needed|what to enter"),
        "template_steps": Text(
            "1．在“数据”页每个地区填一行。数字只写数字，不写单位；没有的数据不要写 0 或横线。|2．可加一行“合计”，程序用它核对各地区之和，不当作地区。|3．在 scenario.yaml 中补上标“必填”的键：基年、期末年、全省目标、三产的方向。|4．增减指标时，在“数据”页加列，并在 scenario.yaml 的 criteria 中写上同样的列名。|5．运行 allocator check 本文件夹：有误之处逐一指出所在单元格；无误后运行 allocator plan。",
            "1. Enter one row a region on the sheet “data”. Digits only, no units; where there is no figure, enter neither 0 nor a dash.|2. A row “total” may be added: it is held against the sum of the regions and is never taken for one.|3. In scenario.yaml, fill in the keys marked “needed”: base year, last year, target, direction of the tertiary share.|4. For other indicators, add a column on “data” and name it in scenario.yaml under criteria.|5. Run allocator check on this folder: whatever is wrong is named with its cell. Then run allocator plan.",
        ),
        "template_id": Text("代码", "code"),
        "template_id_note": Text(
            "行政区划代码，例如 450100；不得重复。", "Adcode or another identifier, as in 450100; each only once."
        ),
        "template_name": Text("地区", "region"),
        "template_name_note": Text("地区名称，不得重复。", "Name of the region; each only once."),
        "template_name_en": Text("英文名称", "name_en"),
        "template_name_en_note": Text(
            "英文版结果中所用的名称，不填则用中文名。", "Name in English outputs, where the other is Chinese."
        ),
        "template_emissions": Text(
            "基年二氧化碳排放（万吨）|基年二氧化碳排放（吨）|基年二氧化碳排放（百万吨）",
            "emissions (10kt)|emissions (t)|emissions (Mt)",
        ),
        "template_emissions_note": Text(
            "基年二氧化碳排放量，大于 0。单位在表头选择。",
            "CO₂ of the base year, above 0. Choose the unit in the header.",
        ),
        "template_gdp": Text(
            "基年地区生产总值（亿元）|基年地区生产总值（万元）|基年地区生产总值（百万元）",
            "gdp (100m yuan)|gdp (10k yuan)|gdp (million yuan)",
        ),
        "template_gdp_note": Text(
            "基年地区生产总值，不变价，大于 0。", "GDP of the base year, constant prices, above 0."
        ),
        "template_growth": Text("规划期增长倍数", "growth factor"),
        "template_growth_note": Text(
            "期末年与基年地区生产总值（不变价）之比：增长 35% 写 1.35。",
            "GDP at the end over GDP in the base year, constant prices: 1.35 for growth of 35 %.",
        ),
        "template_lower": Text("下限（%）", "lower bound (%)"),
        "template_lower_note": Text(
            "本地区下降率的下限，0 到 99；不填则用 scenario.yaml 的下限。",
            "Lowest rate of this region, 0 to 99; empty takes that of scenario.yaml.",
        ),
        "template_upper": Text("上限（%）", "upper bound (%)"),
        "template_upper_note": Text(
            "本地区下降率的上限，0 到 99；不填则用 scenario.yaml 的上限。",
            "Highest rate of this region, 0 to 99; empty takes that of scenario.yaml.",
        ),
        "template_group": Text("分组", "group"),
        "template_group_note": Text(
            "规则所用的分组，可从下拉中选，也可另写；几个组之间用顿号。",
            "Group for the rules: choose one or write your own; 、 between several.",
        ),
        "template_income": Text("职工平均工资（元）", "average_wage (yuan)"),
        "template_income_note": Text("城镇非私营单位在岗职工年平均工资。", "Yearly wage of urban staff."),
        "template_profit": Text("规上工业利润（亿元）", "industrial_profit (100m yuan)"),
        "template_profit_note": Text(
            "规模以上工业企业利润总额，可为负。", "Total profit of industry above designated size; may be negative."
        ),
        "template_industry": Text("第二产业增加值（亿元）", "secondary_value_added (100m yuan)"),
        "template_industry_note": Text("基年第二产业增加值。", "Value added of secondary industry, base year."),
        "template_energy": Text("能源消费量（万吨标准煤）", "energy_use (10k tce)"),
        "template_energy_note": Text("基年能源消费总量。", "Energy use in the base year."),
        "template_coal": Text("煤炭消费量（万吨标准煤）", "coal_use (10k tce)"),
        "template_coal_note": Text("基年煤炭消费量，折标准煤。", "Coal use in the base year, coal equivalent."),
        "template_fiscal": Text("财政收入（亿元）", "fiscal_revenue (100m yuan)"),
        "template_fiscal_note": Text("一般公共预算收入。", "General public budget revenue."),
        "template_tertiary": Text("第三产业比重（%）", "tertiary_share (%)"),
        "template_tertiary_note": Text(
            "第三产业增加值占地区生产总值的百分比，0 到 100；同一列不要有的带百分号、有的不带。",
            "Share of services in GDP in per cent, 0 to 100; with a per cent sign in all cells or in none.",
        ),
        "template_next": Text(
            "请填写其中的 regions.xlsx 和 scenario.yaml，然后运行：allocator check {folder}",
            "Fill in regions.xlsx and scenario.yaml there, then run: allocator check {folder}",
        ),
        # official table
        "official_class": Text("类别", "class"),
        "official_class_name": Text("{number}类", "class {number}"),
        "official_cut": Text("下降", "reduction"),
        "official_base_intensity": Text("{base} 年碳排放强度", "carbon intensity {base}"),
        "official_growth": Text("规划期增长倍数", "growth factor"),
        "official_rate": Text("下降目标", "reduction target"),
        "official_target_intensity": Text("{end} 年碳排放强度", "carbon intensity {end}"),
        "official_annual": Text("年均下降", "cut a year"),
        "official_factor": Text("其中：{factor}", "of which {factor}"),
        "official_intensity_unit": Text("吨/万元", "t per 10⁴ yuan"),
        "official_points": Text("百分点", "points"),
        "official_unit": Text("单位：{unit}", "Unit: {unit}"),
        "official_unit_of": Text("{what}，{unit}", "{what} in {unit}"),
        "official_intensity": Text("碳排放强度", "carbon intensity"),
        "official_caption": Text("表 {number}　{title}", "Table {number}. {title}"),
        "official_notes": Text("注：", "Notes: "),
        "official_source": Text("资料来源：{sources}。", "Sources: {sources}."),
        "official_no_source": Text("资料来源：方案所附数据。", "Source: the data of the scenario."),
        "official_statement": Text("【复核结论】", "Verification. "),
        "official_note_rate": Text(
            "下降目标为 {end} 年单位地区生产总值二氧化碳排放比 {base} 年下降的幅度；地区生产总值按不变价计算。",
            "The reduction target is the cut of CO₂ per unit of GDP, at constant prices, in {end} against {base}.",
        ),
        "official_note_growth": Text(
            "规划期增长倍数为 {end} 年与 {base} 年地区生产总值（不变价）之比。",
            "The growth factor is GDP in {end} over GDP in {base}, at constant prices.",
        ),
        "official_note_annual": Text(
            "年均下降按几何平均计算：1 −（1 − 下降目标）的 {years} 次方根。",
            "The cut a year is geometric: 1 − (1 − target)^(1/{years}).",
        ),
        "official_note_total": Text(
            "合计行的下降目标一栏，为各地区目标合计使全省碳排放强度实际下降的幅度，不是各地区目标的平均数。",
            "In the last row, the reduction target is what the listed targets cut for the province as a whole; it is no mean of them.",
        ),
        "official_note_factors": Text(
            "各降碳因素按潜力的对数分摊下降目标，合计等于下降目标。",
            "The decline factors share each target in proportion to the logarithms of their potentials and add up to it.",
        ),
        "official_trace": Text(
            "本表由方案文件 {file} 生成，其内容摘要（SHA-256）前 16 位为 {digest}。",
            "Made from {file}, whose content has a SHA-256 that begins with {digest}.",
        ),
        "published_checked": Text("已逐个读回并复核：{files}。", "Each file was read back and verified: {files}."),
        # prices, negotiation, comparison
        "prices_title": Text(
            "{title}：某地区少降 1 个百分点，其他地区各须多降多少（百分点）。",
            "{title}: one point less for a region, and the points that others pick up.",
        ),
        "price_head": Text(
            "{name} {rate}%（1 个百分点 = {tonnes} 万吨{held}）：",
            "{name} {rate} % (1 point = {tonnes} × 10⁴ t{held}):",
        ),
        "price_held": Text("；受约束于 {by}", "; held by {by}"),
        "price_below": Text("（已低于自身下限，下限须放宽）", "(below its own lower bound, which would have to yield)"),
        "price_impossible": Text(
            "在上下限和规则内，其他地区无法多承担。", "nobody can pick it up within bounds and rules."
        ),
        "price_each": Text("{name} {points} 个百分点（{tonnes} 万吨）", "{name} {points} points ({tonnes} × 10⁴ t)"),
        "price_sum": Text("其他地区合计多减 {tonnes} 万吨。", "Others pick up {tonnes} × 10⁴ t in all."),
        "price_more": Text("等另 {count} 个地区", "and {count} more"),
        "prices_by_structure": Text(
            "按重新求解得出；没有规则，在有地区碰到上下限之前与最优解结构给出的斜率一致。",
            "Found by solving again; with no rules, they are the slopes of the optimum until somebody meets a bound.",
        ),
        "prices_by_solving": Text("有规则，按重新求解得出。", "With rules on, found by solving again."),
        "fix_reason": Text("协商确定", "negotiated"),
        "hold_reason": Text("本轮不承担，保持上一轮的值", "picks up nothing in this round: kept from the one before"),
        "absorb_all": Text("所有未协商的地区", "everybody not negotiated about"),
        "round_title": Text(
            "第 {number} 轮：协商值 {fixes}；承担者：{absorb}。", "Round {number}: fixed {fixes}; picking up: {absorb}."
        ),
        "round_move": Text(
            "{name}：测算 {before}% → {after}%（{points} 个百分点，{tonnes} 万吨），公布 {printed_before}% → {printed_after}%{mark}",
            "{name}: computed {before} % → {after} % ({points} points, {tonnes} × 10⁴ t), printed {printed_before} % → {printed_after} %{mark}",
        ),
        "round_fixed": Text("[协商]", "[fixed]"),
        "round_unmoved": Text("其余 {count} 个地区的测算值不变。", "{count} other region(s) keep their computed rate."),
        "round_sums": Text(
            "合计（按测算值）：少减 {relieved} 万吨，多减 {picked} 万吨。",
            "In all, by computed rates: {relieved} × 10⁴ t given up, {picked} × 10⁴ t picked up.",
        ),
        "round_undone": Text("已撤销最后一轮，移到：{folder}", "The last round is set aside: {folder}"),
        "replay_same": Text("第 {number} 轮重算结果与所存一致。", "Round {number} came out as it was kept."),
        "replay_differs": Text(
            "第 {number} 轮重算结果与所存不一致（测算值最多相差 {points} 个百分点）。",
            "Round {number} came out differently (computed rates by up to {points} points).",
        ),
        "compare_title": Text("{before} → {after}", "{before} → {after}"),
        "compare_row": Text(
            "{name}：{before}% → {after}%（{points} 个百分点，{tonnes} 万吨）",
            "{name}: {before} % → {after} % ({points} points, {tonnes} × 10⁴ t)",
        ),
        "compare_province": Text(
            "全省合计：{before}% → {after}%（{points} 个百分点，{tonnes} 万吨）；总目标 {first}% 与 {second}%。",
            "Province: {before} % → {after} % ({points} points, {tonnes} × 10⁴ t); targets {first} % and {second} %.",
        ),
        "compare_why": Text("两者的不同：", "What differs between the two:"),
        "compare_reason": Text("{what}：{before} → {after}", "{what}: {before} → {after}"),
        "compare_same_settings": Text(
            "两者的设置、权重、规则和输入相同。", "Settings, weights, rules and inputs are the same."
        ),
        "compare_no_record": Text(
            "其中有只列下降率的表，没有记录设置，原因无从比较。",
            "One of them is a bare table of rates with no record of its settings; there is nothing to say about why.",
        ),
        "last_title": Text("与上一规划期目标比较", "Beside the last period's targets"),
        "last_rate": Text("上期下降目标（%）", "last period (%)"),
        "this_rate": Text("本期下降目标（%）", "this period (%)"),
        "last_rate_short": Text("上期", "last period"),
        "this_rate_short": Text("本期", "this period"),
        "last_none": Text("各地区本期下降目标均与上期相同。", "Every region's target is that of the last period."),
        "last_headline": Text(
            "{n} 个地区中，本期下降目标高于上期的 {up} 个，低于上期的 {down} 个，与上期持平的 {same} 个；相差最大的是{name}（{points} 个百分点）。",
            "Of {n} regions, {up} have a higher target than in the last period, {down} a lower one and {same} the same; {name} differs most ({points} points).",
        ),
        "last_alt": Text(
            "每个地区一条线，圆点为上期，菱形为本期，相差大的在上。",
            "A line a region from the last period (circle) to this one (diamond), the largest difference on top.",
        ),
        "last_note": Text(
            "两期的基年、地区生产总值增速和全省目标各不相同，此处只比较下达的下降目标，不比较减排难度。",
            "Base year, growth and provincial target differ between the periods: only the targets as set are compared, not how hard they are to reach.",
        ),
        "compare_before": Text("前（%）", "before (%)"),
        "compare_after": Text("后（%）", "after (%)"),
        "compare_points": Text("变化（百分点）", "change (points)"),
        "compare_10kt": Text("变化（万吨二氧化碳）", "change (10⁴ t CO₂)"),
        "compare_page": Text("两套分解对比", "Two splits compared"),
        "compare_figure": Text("各地区前后变化", "Each region before and after"),
        "compare_records": Text("记录中的不同", "What the two records say differently"),
        "compare_what": Text("项目", "what"),
        "compare_first": Text("前", "before"),
        "compare_second": Text("后", "after"),
        "compare_none": Text("各地区下降目标均未变动。", "No region's target moved."),
        "compare_headline": Text(
            "{n} 个地区中有 {moved} 个变动（升 {up} 个、降 {down} 个），变动最大的是{name}（{points} 个百分点）。",
            "{moved} of {n} regions moved ({up} up, {down} down); {name} moved most ({points} points).",
        ),
        "compare_alt": Text(
            "每个地区一条线，圆点为前，菱形为后，变动大的在上；数值见下表。",
            "A line a region from before (circle) to after (diamond), the largest change on top; figures in the table below. ",
        ),
        "cause_requirement": Text("其中：全省要求（百分点）", "of which: provincial requirement (points)"),
        "cause_weights": Text("权重与参考方式（百分点）", "weights and reference map (points)"),
        "cause_figures": Text("数据（百分点）", "data (points)"),
        "cause_rules": Text("上下限与规则（百分点）", "bounds and rules (points)"),
        "cause_rounding": Text("取整与分类（百分点）", "rounding and classes (points)"),
        "cause_note": Text(
            "五项相加即为变化。全省要求指同降率的变动（总目标、裕度、结构效应）；权重与数据同时变动时，两者共同的部分各计一半；为使全省正好达标而作的统一调整计入“上下限与规则”。",
            "The five add up to the change. Provincial requirement is the change of the uniform rate (target, margin, composition effect); where weights and data both changed, what belongs to both is halved; the common adjustment that makes the province add up counts with bounds and rules.",
        ),
        "differs_incentive": Text("激励目标", "incentive target"),
        "differs_incentive_rate": Text("地区激励目标", "incentive target of"),
        "differs_scenario": Text("方案", "scenario"),
        "differs_target": Text("总目标", "provincial target"),
        "differs_margin": Text("裕度", "margin"),
        "differs_grid": Text("取整单位", "grid"),
        "differs_map": Text("参考下降率", "reference map"),
        "differs_spread": Text("极差", "spread"),
        "differs_deviation": Text("偏离计法", "deviation"),
        "differs_options": Text("改动的设置", "settings changed"),
        "differs_weight": Text("权重", "weight of"),
        "differs_bounds": Text("上下限", "bounds of"),
        "differs_growth": Text("增长倍数", "growth factor of"),
        "differs_emissions": Text("基年排放（万吨）", "emissions (10⁴ t) of"),
        "differs_gdp": Text("基年 GDP（亿元）", "GDP (10⁸ yuan) of"),
        "differs_rules": Text("起约束作用的规则", "rules that hold somebody"),
        "differs_classes": Text("类数", "classes"),
        "differs_inputs": Text("输入文件（SHA-256）", "input file (SHA-256)"),
        "differs_versions": Text("软件版本", "version of"),
        "differs_fixes": Text("协商值", "negotiated rates"),
        "differs_absorb": Text("承担者", "picking up"),
        # commands
        "written": Text("已写出：{folder}", "Written: {folder}"),
        "check_ok": Text("数据可用：{n} 个地区，{base}–{end} 年。", "The data can be used: {n} regions, {base}–{end}."),
        "check_sums": Text(
            "基年排放 {emissions} 万吨，GDP {gdp} 亿元，强度 {intensity} 吨/万元；增长倍数 {growth}。",
            "Base year: CO₂ {emissions} × 10⁴ t, GDP {gdp} × 10⁸ yuan, intensity {intensity} t per 10⁴ yuan; growth factor {growth}.",
        ),
        "target_reachable": Text("目标 {target}% 在可达范围内。", "The target of {target} % is within reach."),
        "error": Text("错误", "error"),
        "notice": Text("提示", "notice"),
        "found_errors": Text("共 {count} 处需要改正。", "{count} thing(s) to mend."),
        "internal_error": Text(
            "程序内部错误（{kind}）。这不是您的数据的问题；请加 --debug 重试并把输出告诉开发者。",
            "internal error ({kind}). This is not your data's fault; run again with --debug and tell the developers.",
        ),
        "solver_error": Text("求解器没有给出结果：{reason}", "the solver gave no answer: {reason}"),
        "out_of_time": Text(
            "求解器在时限内没有得到任何结果。请调大时限 solver.time_limit（秒），例如 --set solver.time_limit=900；多核机器上也可增加 solver.threads。",
            "the solver found nothing within its time limit. Raise solver.time_limit (seconds), as in --set solver.time_limit=900; on a machine with several cores, solver.threads may help too.",
        ),
        "workers_lost": Text(
            "计算进程反复中断，抽样没有完成。已算出的部分保留着，可用 --resume 继续。",
            "workers died again and again and the sweep is not finished. What was computed is kept; go on with --resume.",
        ),
        "sweep_kept": Text(
            "已算出的部分保存在 {folder}，可用 --resume 继续。",
            "what was computed is kept in {folder}; go on with --resume.",
        ),
        "sweep_stage_samples": Text("抽样", "samples"),
        "sweep_stage_model": Text("与线性规划核对", "held against the linear programs"),
        "sweep_stage_rounding": Text("取整分档核对", "rounded and classed"),
        "sweep_stage_weights": Text("权重的影响", "effects of weights"),
        "sweep_stage_cases": Text("偏好情形与逐一剔除", "preferences, one left out"),
        "sweep_rate": Text("{rate} 个/秒", "{rate}/s"),
        "interrupted": Text("已中断；原有输出未动。", "interrupted; the old output is untouched."),
        "write_check_failed": Text(
            "写出的表与计算结果不一致（{file}），未发布任何文件。",
            "the written table differs from the computed one ({file}); nothing was published.",
        ),
        # the page of `allocator app`
        "app_port_taken": Text("端口 {taken} 已被占用，改用 {port}。", "Port {taken} is taken; using {port}."),
        "app_open": Text("网页已就绪：{url}（按 Ctrl-C 停止）", "The page is at {url} (Ctrl-C stops it)"),
        "app_stopped": Text("已停止。", "Stopped."),
        "app_controls": Text("设置", "Settings"),
        "app_waiting": Text("正在计算……", "Computing …"),
        "app_lost": Text(
            "迟迟没有收到结果，下面仍是先前的结果。若程序已停止，请重新运行 allocator app 并刷新本页。",
            "No answer yet; what stands below is the one before. If the program was stopped, run allocator app again and reload.",
        ),
        "app_stale": Text(
            "未得到新结果，下面仍是先前的结果。", "There is no new answer; what stands below is the one before."
        ),
        "app_other_language": Text("English", "中文"),
        "app_targets": Text("目标与上下限", "Target and bounds"),
        "app_target": Text("全省下降目标（%）", "provincial target (%)"),
        "app_spread": Text("参考下降率的最大差距（百分点）", "gap between highest and lowest reference (points)"),
        "app_no_spread": Text("本方案的参考下降率不用此项。", "The reference rates of this scenario do not use it."),
        "app_own_bounds": Text(
            "{count} 个地区在表中另有上下限，不受以上两项影响。",
            "{count} region(s) have bounds of their own in the table, which go before these.",
        ),
        "app_weights": Text("准则权重（%，合计 100）", "Criterion weights (%, together 100)"),
        "app_within": Text("“{criterion}”内的指标权重", "Indicator weights inside “{criterion}”"),
        "app_constant": Text("{indicator}（各地区相同，不计）", "{indicator} (the same everywhere, does not count)"),
        "app_rules": Text("规则", "Rules"),
        "app_no_rules": Text("本方案没有规则。", "The scenario has no rules."),
        "app_rule": Text("{rule}：{reason}", "{rule}: {reason}"),
        "app_reset": Text("恢复方案原值", "Back to the scenario's own"),
        "app_fixing": Text("给定某地区的目标", "Fix a region"),
        "app_region": Text("地区", "region"),
        "app_choose": Text("请选择", "choose"),
        "app_rate": Text("给定下降率（%）", "given rate (%)"),
        "app_fix": Text("给定", "Fix"),
        "app_release": Text("取消给定：{name} {rate}%", "Release {name} {rate} %"),
        "app_keeping": Text("对照与保存", "Compare and save"),
        "app_keep": Text("把当前设置留作 A", "Keep these settings as A"),
        "app_drop": Text("撤去 A", "Put A away"),
        "app_save": Text("保存为一轮", "Save as a round"),
        "app_download": Text("下载工作簿", "Download the workbook"),
        "app_saved": Text(
            "已保存：{folder}。可用 allocator negotiate SCENARIO --replay 重算。",
            "Kept in {folder}; allocator negotiate SCENARIO --replay computes it again.",
        ),
        "app_answer": Text("结果", "Answer"),
        "app_a": Text("A（留存）", "A (kept)"),
        "app_b": Text("B（当前）", "B (now)"),
        "app_difference_own": Text("比方案原定（百分点）", "against the scenario's own plan (points)"),
        "app_change": Text("测算值变化（百分点）", "change of the computed rate (points)"),
        "app_change_10kt": Text("测算值变化（万吨）", "change of the computed rate (10⁴ t CO₂)"),
        "app_column_a": Text("A 的下降目标（%）", "target in A (%)"),
        "app_difference_a": Text("B 比 A（百分点）", "B against A (points)"),
        "app_table": Text("各地区下降目标", "Targets by region"),
        "app_fixed_mark": Text("给定", "fixed"),
        "app_scroll": Text("各地区下降目标表，可横向滚动", "targets by region; scrolls sideways"),
        "app_same": Text("与方案原值相同", "the scenario's own settings"),
        "app_settings": Text("改动：{changes}", "changed: {changes}"),
    }
)
