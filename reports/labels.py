"""Every word of the outputs, by code, in Chinese and English."""

from __future__ import annotations

from scenarios.wording import Catalogue, Text

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
        "target_intensity": Text("期末碳排放强度（吨/万元）", "end-year carbon intensity (t per 10⁴ yuan)"),
        "contribution": Text("对全省的贡献（%）", "share of the province's need (%)"),
        "emissions": Text("基年二氧化碳排放（万吨）", "base-year CO2 (10⁴ t)"),
        "gdp": Text("基年地区生产总值（亿元）", "base-year GDP (10⁸ yuan)"),
        "reason": Text("理由", "reason"),
        "bound": Text("边界", "bound"),
        "at_lower": Text("下限", "lower"),
        "at_upper": Text("上限", "upper"),
        "criterion": Text("准则", "criterion"),
        "indicator": Text("指标", "indicator"),
        "direction": Text("方向", "direction"),
        "normaliser": Text("归一化", "normaliser"),
        "criterion_weight": Text("准则权重", "criterion weight"),
        "weight": Text("总权重", "total weight"),
        "within": Text("准则内赋权", "weighting inside"),
        "within_equal": Text("等权", "equal"),
        "within_given": Text("给定", "given"),
        "within_entropy": Text("熵权", "entropy"),
        "within_critic": Text("CRITIC", "CRITIC"),
        "normaliser_minmax": Text("极差", "min-max"),
        "normaliser_zscore": Text("标准化", "z-score"),
        "normaliser_rank": Text("位次", "rank"),
        "normaliser_ratio": Text("均值比", "ratio to mean"),
        "total": Text("全省", "province"),
        # verdicts and the province
        "backed": Text("通过：支撑全省目标", "backed: the table backs the province"),
        "not_backed": Text("未支撑全省目标", "not backed: the table falls short of the province's target"),
        "verdict_backed": Text(
            "通过：所列下降目标使全省下降 {implied}%，不低于目标 {target}%，超出 {points} 个百分点（{tonnes} 万吨）。",
            "Backed: the listed targets cut the province's intensity by {implied} %, not below its target of {target} %; "
            "{points} points over ({tonnes} × 10⁴ t CO2).",
        ),
        "verdict_not_backed": Text(
            "未支撑：所列下降目标只使全省下降 {implied}%，目标 {target}%，缺 {points} 个百分点（{tonnes} 万吨）。",
            "Not backed: the listed targets cut the province's intensity by {implied} % only, against a target of "
            "{target} %; {points} points short ({tonnes} × 10⁴ t CO2).",
        ),
        "identity": Text(
            "结构效应 {sigma} 个百分点：高碳地区增长更快时为正，各地同降 {uniform}% 才够。1 个百分点相当于 {point} 万吨。",
            "Composition effect {sigma} points (positive when carbon-heavy regions grow faster): equal rates would have to "
            "be {uniform} %. One point is worth {point} × 10⁴ t CO2.",
        ),
        "with_margin": Text("另要求裕度 {margin} 个百分点。", "A margin of {margin} points is asked on top."),
        "reach": Text(
            "在各市上下限内，全省可达 {lowest}–{highest}%。",
            "Within the bounds the province can reach {lowest}–{highest} %.",
        ),
        "check_bounds": Text("超出上下限：{regions}。", "Outside the bounds: {regions}."),
        "check_grid": Text(
            "不在 {grid} 个百分点的取整网格上：{regions}。", "Not on the grid of {grid} points: {regions}."
        ),
        "checks_passed": Text("每市一次、上下限、取整网格：全部通过。", "Every region once, bounds, grid: all hold."),
        "checks_title": Text("检查", "Checks"),
        "slip": Text(
            "疑为单位误写：各数乘以 {factor} 后全省下降 {implied}%，可以支撑。请核对表中数字是否漏写了一位。",
            "This looks like a unit slip: {factor} times as much would cut {implied} % and back the province. "
            "Check whether a digit was lost.",
        ),
        "basis": Text("依据：{basis}", "Basis: {basis}"),
        # no split
        "no_split_high": Text(
            "无解：目标 {target}% 超出可达范围 {lowest}–{highest}%，缺 {points} 个百分点（{tonnes} 万吨）。",
            "No split: the target of {target} % lies beyond the reach of {lowest}–{highest} %; {points} points short "
            "({tonnes} × 10⁴ t CO2).",
        ),
        "no_split_low": Text(
            "无解：目标 {target}% 低于可达范围 {lowest}–{highest}%，下限使全省多降 {points} 个百分点（{tonnes} 万吨）。",
            "No split: the target of {target} % lies below the reach of {lowest}–{highest} %; the lower bounds force "
            "{points} points too much ({tonnes} × 10⁴ t CO2).",
        ),
        "no_split_grid": Text(
            "无解：在上下限内按 {grid} 个百分点取整后无法支撑。请用更细的网格，或让上下限落在网格上。",
            "No table on the grid of {grid} points within the bounds backs the province. Use a finer grid, or put the "
            "bounds on the grid.",
        ),
        "relax_upper": Text(
            "最小的同等放宽：各市上限都提高 {points} 个百分点；使上限仍在 {grid} 个百分点的网格上，则提高 {on_grid} 个百分点。",
            "Smallest equal relaxation: raise every upper bound by {points} points; to keep the bounds on the grid of {grid} points, by {on_grid} points.",
        ),
        "relax_lower": Text(
            "最小的同等放宽：各市下限都降低 {points} 个百分点；使下限仍在 {grid} 个百分点的网格上，则降低 {on_grid} 个百分点。",
            "Smallest equal relaxation: lower every lower bound by {points} points; to keep the bounds on the grid of {grid} points, by {on_grid} points.",
        ),
        "relax_none": Text("仅放宽上下限不能达到。", "Moving the bounds alone cannot reach it."),
        "who_upper": Text("顶在上限的地区：{regions}。", "At their upper bound: {regions}."),
        "who_lower": Text("压在下限的地区：{regions}。", "At their lower bound: {regions}."),
        "lower_target": Text("或把目标定为不高于 {highest}%。", "Or set the target to {highest} % at most."),
        "raise_target": Text("或把目标定为不低于 {lowest}%。", "Or set the target to {lowest} % at least."),
        # reasons
        "reason_start": Text("{name}：下降 {published}%。", "{name}: {published} %."),
        "reason_score": Text(
            "得分 {score}，居第 {rank}/{n}；参考值 {reference}%，比各市同降的 {uniform}% {compare}",
            "Score {score}, rank {rank} of {n}; reference rate {reference} %, {compare} the uniform {uniform} %",
        ),
        "higher": Text("高 {points} 个百分点", "{points} points above"),
        "lower_than": Text("低 {points} 个百分点", "{points} points below"),
        "same_as": Text("相同", "the same as"),
        "reason_up": Text("抬高（个百分点）：{effects}", "raised (points) by {effects}"),
        "reason_down": Text("压低（个百分点）：{effects}", "lowered (points) by {effects}"),
        "effect": Text("{indicator} {points}", "{indicator} {points}"),
        "reason_bound_upper": Text(
            "上限 {bound}% 使其止于此（参考值加全省调整本为 {free}%）。",
            "Its upper bound of {bound} % holds it there (it would otherwise stand at {free} %).",
        ),
        "reason_bound_lower": Text(
            "下限 {bound}% 使其不低于此（参考值加全省调整本为 {free}%）。",
            "Its lower bound of {bound} % holds it there (it would otherwise stand at {free} %).",
        ),
        "reason_shift": Text(
            "为使全省合计达标，调整 {points} 个百分点至 {rate}%。",
            "To make the province add up it moves {points} points to {rate} %.",
        ),
        "reason_rounded": Text(
            "按 {grid} 个百分点就近取整，{points} 个百分点。",
            "Rounded to the nearest {grid} points: {points} points.",
        ),
        "reason_rounded_away": Text(
            "就近应为 {nearest}%；为使取整后的表支撑全省，取 {published}%（{points} 个百分点）。",
            "The nearest value would be {nearest} %; so that the rounded table backs the province it is {published} % ({points} points).",
        ),
        "reason_exact": Text("已在网格上，无需取整。", "Already on the grid, no rounding."),
        "reason_share": Text("承担全省所需的 {share}%。", "It carries {share} % of what the province needs."),
        "moved_title": Text(
            "取整：为支撑全省，{count} 个地区未取最近值（个百分点）：{regions}。",
            "Rounding: so that the table backs, {count} region(s) stand off their nearest value (points): {regions}.",
        ),
        "moved_none": Text("取整：各地区均取最近值。", "Rounding: every region stands at its nearest value."),
        # report
        "report_title": Text("碳排放强度下降目标分解报告", "Carbon-intensity target: the split"),
        "verdict": Text("结论", "Verdict"),
        "table_title": Text("各地区下降目标", "Targets by region"),
        "period": Text("{base} 年为基年，到 {end} 年", "base year {base}, end year {end}"),
        "unit_rates": Text(
            "单位：%（碳排放强度比基年下降）", "Unit: % (cut of carbon intensity against the base year)"
        ),
        "figure_rates": Text("下降目标、参考值与上下限", "Targets, references and bounds"),
        "figure_rates_alt": Text(
            "各地区的下降目标（柱）、参考值（菱形）与上下限（横线）；数据见“各地区下降目标”表。",
            "Targets (bars), references (diamonds) and bounds (lines) by region; figures in the table of targets.",
        ),
        "figure_contribution": Text("对全省的贡献", "Contribution to the province"),
        "figure_contribution_alt": Text(
            "各地区承担的全省所需份额（%）；数据见“各地区下降目标”表。",
            "Each region's share of what the province needs (%); figures in the table of targets.",
        ),
        "figure_score": Text("得分构成", "What the scores are made of"),
        "figure_score_alt": Text(
            "各指标对得分的贡献（权重×归一化值），按地区堆叠；数据见“得分构成”表。",
            "Weight times normalised value of each indicator, stacked by region; figures in the table below.",
        ),
        "uniform_line": Text("同降 {rate}%", "uniform {rate} %"),
        "reasons_title": Text("为什么是这个数", "Why this figure"),
        "indicators_title": Text("指标与权重", "Indicators and weights"),
        "inputs_title": Text("输入数据", "Inputs"),
        "method_title": Text("方法", "Method"),
        "method_text": Text(
            "设 s、y 为基年排放与 GDP 占比，g 为增长倍数，G = Σ y g，a = s g / G，σ = Σ a − 1。各市下降率 r 使全省下降 "
            "Σ a r − σ；支撑全省即 Σ a r ≥ R + σ + 裕度。得分由归一化指标加权而来；参考值 = R* + h (S − S̄)，"
            "R* = (R + σ + 裕度)/(1 + σ)。测算下降率在上下限内使最大偏离最小，再依次使次大偏离最小（字典序），结果唯一。"
            "取整取最近的、保持次序且仍支撑全省的表。结论由独立于求解器的精确有理数复核，复核对象是写出的表。",
            "With s and y the base-year shares of emissions and GDP, g the growth factors, G = Σ y g, a = s g / G and "
            "σ = Σ a − 1, the rates r cut the province's intensity by Σ a r − σ; they back it when Σ a r ≥ R + σ + margin. "
            "Scores are weighted normalised indicators; reference = R* + h (S − S̄) with R* = (R + σ + margin)/(1 + σ). "
            "The computed rates keep the largest deviation within the bounds smallest, then the next largest, and so on "
            "(leximin), so there is one answer. Rounding takes the nearest table that keeps the order and still backs. "
            "The verdict comes from exact rationals, apart from the solver, on the table as it was written.",
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
        "map_uniform": Text("各市相同", "uniform"),
        "map": Text("参考值", "Reference"),
        "deviation_relative": Text("偏离按参考值的比例计", "deviations relative to the reference"),
        "deviation_absolute": Text("偏离按百分点计", "deviations in points"),
        # workbook
        "sheet_table": Text("分解表", "targets"),
        "sheet_inputs": Text("输入", "inputs"),
        "sheet_check": Text("校核", "check"),
        "check_intro": Text(
            "改动“分解表”中的下降目标，本页随之重算。",
            "Change a target on the sheet “targets” and this page recomputes.",
        ),
        "check_target": Text("全省目标", "provincial target"),
        "check_margin": Text("裕度", "margin"),
        "check_sigma": Text("结构效应 σ", "composition effect σ"),
        "check_implied": Text("分解表隐含的全省下降率", "reduction implied by the table"),
        "check_overshoot": Text("超出（负为不足）（百分点）", "over, negative: short (points)"),
        "check_tonnes": Text("超出（负为不足）（万吨）", "over, negative: short (10⁴ t CO2)"),
        "check_verdict": Text("结论", "verdict"),
        "check_passed": Text("通过", "backed"),
        "check_failed": Text("未支撑", "not backed"),
        # commands
        "progress_load": Text("读取数据", "reading"),
        "progress_solve": Text("打分与求解", "scoring and solving"),
        "progress_write": Text("写出并复核", "writing and verifying"),
        "written": Text("已写出：{folder}", "Written: {folder}"),
        "files": Text("文件：{files}", "Files: {files}"),
        "check_ok": Text("数据可用：{n} 个地区，{base}–{end} 年。", "The data can be used: {n} regions, {base}–{end}."),
        "check_sums": Text(
            "基年排放 {emissions} 万吨，GDP {gdp} 亿元，强度 {intensity} 吨/万元；增长倍数 {growth}。",
            "Base year: CO2 {emissions} × 10⁴ t, GDP {gdp} × 10⁸ yuan, intensity {intensity} t per 10⁴ yuan; growth factor {growth}.",
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
        "interrupted": Text("已中断；原有输出未动。", "interrupted; the old output is untouched."),
        "write_check_failed": Text(
            "写出的表与计算结果不一致（{file}），未发布任何文件。",
            "the written table differs from the computed one ({file}); nothing was published.",
        ),
    }
)
