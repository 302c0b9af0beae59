"""The workbook, the template of a scenario, the official table, by code, in Chinese and English."""

from __future__ import annotations

from collections.abc import Mapping

from scenarios.wording import Text

TEXTS: Mapping[str, Text] = {
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
    "template_gdp_note": Text("基年地区生产总值，不变价，大于 0。", "GDP of the base year, constant prices, above 0."),
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
}
