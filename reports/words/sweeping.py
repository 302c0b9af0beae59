"""Every word of a sweep's tables, sentences and page, by code, in Chinese and English."""

from __future__ import annotations

from scenarios.wording import Catalogue, Text

WORDS = Catalogue(
    {
        # what was sampled
        "sampled": Text(
            "抽样：{how}；随机种子 {seed}，共 {asked} 个样本。", "Sampled: {how}; seed {seed}, {asked} samples in all."
        ),
        "sampler_dirichlet": Text(
            "准则权重在全部可能取值上均匀抽取（狄利克雷分布）",
            "criterion weights drawn evenly over all possible values (Dirichlet)",
        ),
        "sampler_around": Text(
            "准则权重在本方案权重附近抽取（狄利克雷分布，集中度 {concentration}）",
            "criterion weights drawn around the plan's (Dirichlet, concentration {concentration})",
        ),
        "sampler_grid": Text("准则权重取遍等距网格上的各点", "criterion weights on every point of an even grid"),
        "sampler_one-at-a-time": Text(
            "每次只变动一项准则的权重，其余各项按比例缩放",
            "one criterion weight changed at a time, the others in proportion",
        ),
        "sampler_none": Text("准则权重同本方案", "criterion weights as in the plan"),
        "fixed": Text("其中固定不变的有：{fixed}", "kept fixed: {fixed}"),
        "fixed_one": Text("{criterion} {weight}%", "{criterion} {weight} %"),
        "over": Text("同时变动：{over}", "varied with them: {over}"),
        "over_within": Text("准则内的指标权重", "indicator weights inside the criteria"),
        "over_growth": Text("各地区增长倍数", "growth factors"),
        "over_spread": Text("参考下降率的极差", "spread of the reference rates"),
        "over_bounds": Text("上下限", "bounds"),
        "over_normaliser": Text("归一化方法", "normaliser"),
        "over_map": Text("参考下降率的算法", "reference map"),
        "what_weights": Text("权重", "the weights"),
        "what_settings": Text("权重等设定", "weights and settings"),
        # sentences
        "headline": Text(
            "{n} 个地区中，{stable} 个类别稳定，{open} 个随{what}而变。",
            "Of {n} regions, the class of {stable} stands; that of {open} hangs on {what}.",
        ),
        "stands": Text(
            "类别稳定（在不少于 {bar}% 的样本中不变）的地区 {count} 个：{regions}。",
            "Class stands in at least {bar} % of the samples for {count} region(s): {regions}.",
        ),
        "stands_none": Text(
            "没有一个地区的类别在不少于 {bar}% 的样本中保持不变。",
            "No region keeps its class in {bar} % of the samples or more.",
        ),
        "stands_one": Text("{name}（{class_}，{share}%）", "{name} ({class_}, {share} %)"),
        "open": Text(
            "类别随{what}而变的地区 {count} 个：{regions}。", "Class hangs on {what} for {count} region(s): {regions}."
        ),
        "open_one": Text(
            "{name}（{class_} {share}%，{other} {other_share}%）", "{name} ({class_} in {share} %, {other} in {other_share} %)"
        ),
        "more": Text("{listed}等", "{listed} and others"),
        "classes_published": Text(
            "类别即本方案公布的类别（{classes}）；各样本的下降率归入公布值最接近的一类。",
            "The classes are those the plan prints ({classes}); a sampled rate counts as the class whose rate is nearest.",
        ),
        "classes_proposed": Text(
            "本方案未分类；此处的类别是按测算下降率聚类（K 均值）得出的建议，各类平均下降率为：{classes}。",
            "The plan prints no classes; these are proposals, grouped from the computed rates by K-means, with mean rates: {classes}.",
        ),
        "class_rate": Text("{class_} {rate}%", "{class_} {rate} %"),
        "class_apart": Text(
            "下列地区的测算值更接近另一类的公布值，其类别按测算值计：{regions}。",
            "The computed rate of these is nearer to another class than the printed one, and counts as that: {regions}.",
        ),
        "class_apart_one": Text("{name}（公布{printed}，测算{own}）", "{name} (printed {printed}, computed {own})"),
        "table_kept": Text(
            "全部地区的类别均与本方案相同的样本占 {share}%；每个样本平均有 {mean} 个地区换类，最多 {most} 个。",
            "In {share} % of the samples every region keeps its class; on average {mean} regions change class, at most {most}.",
        ),
        "rounded": Text(
            "另取 {tried} 个样本，按本方案的办法取整：公布表与本方案完全相同的有 {kept} 个（{share}%），平均有 {changed} 个地区的公布值与本方案不同。",
            "{tried} samples were rounded like the plan: {kept} of them ({share} %) come out as the plan's printed table; on average {changed} printed rates differ.",
        ),
        "rounded_classed": Text(
            "另取 {tried} 个样本，按本方案的办法取整、分类：公布表与本方案完全相同的有 {kept} 个（{share}%），平均有 {changed} 个地区的公布值与本方案不同。",
            "{tried} samples were rounded and classed like the plan: {kept} of them ({share} %) come out as the plan's printed table; on average {changed} printed rates differ.",
        ),
        "backed": Text(
            "算出的 {samples} 个分解全部支撑总目标 {target}%（与支撑条件的最大误差 {misfit} 个百分点）。",
            "All {samples} splits computed back the target of {target} % (largest departure from the backing row: {misfit} points).",
        ),
        "refused": Text(
            "另有 {count} 个样本的参考下降率不大于零，未予采用。",
            "{count} more samples were refused: a reference rate was not above zero.",
        ),
        "unreached": Text(
            "另有 {count} 个样本在上下限和规则内达不到总目标，没有分解。",
            "{count} more samples have no split: bounds and rules do not allow the target.",
        ),
        "shares_without": Text("以上各比例均不含这些样本。", "The shares given leave these samples out."),
        "held": Text(
            "随机抽取 {count} 个样本，用线性规划模型重新求解，最大相差 {difference} 个百分点。",
            "{count} samples picked at random were solved again by the linear programs; largest difference: {difference} points.",
        ),
        "fragile": Text("最经不起权重变动的是{name}：{moved}", "Most easily moved: {name}. {moved}"),
        "moved_pair": Text(
            "把 {points} 个百分点的权重从{giver}转到{taker}，{name}就由{own}变为{other}。",
            "Moving {points} points of weight from {giver} to {taker} moves {name} from {own} to {other}.",
        ),
        "moved_many": Text(
            "各准则之间共转移 {points} 个百分点的权重（{changes}），{name}就由{own}变为{other}。",
            "Moving {points} points of weight in all ({changes}) moves {name} from {own} to {other}.",
        ),
        "at_most": Text("至多 {points}", "at most {points}"),
        "moved_between": Text(
            "更少的转移是否足够没有定论，但转移不到 {points} 个百分点时一定不变。",
            "Whether less is enough is open; with less than {points} points it certainly stays.",
        ),
        "moved_at_most": Text(
            "这是搜索找到的，更少的转移也可能足够。", "A search found this; less may be enough."
        ),
        "moved_change": Text("{criterion} {points}", "{criterion} {points}"),
        "moved_never": Text(
            "没有找到能使{name}换类的准则权重。", "No criterion weights were found that move {name} to another class."
        ),
        "moved_nobody": Text(
            "没有找到能使任何地区换类的准则权重。", "No criterion weights were found that move any region to another class."
        ),
        "pairs": Text("高低次序最不确定的地区：{pairs}。", "Order most open between: {pairs}."),
        "pair_one": Text("{a}与{b}（前者较高的样本占 {share}%）", "{a} and {b} (the former higher in {share} %)"),
        "pairs_none": Text("没有哪两个地区的高低次序会颠倒。", "No two regions change their order."),
        "pairs_skipped": Text("地区较多，未逐对比较高低次序。", "Too many regions to compare their order pair by pair."),
        "widest": Text(
            "变动范围最大的是{name}：下降率在 {low}%–{high}% 之间，相差 {points} 个百分点，相当于期末年 {tonnes} 万吨二氧化碳。",
            "Widest range: {name}, from {low} % to {high} %, {points} points apart, worth {tonnes} × 10⁴ t CO₂ in the end year.",
        ),
        "region_said": Text(
            "{name}：测算下降率 {rate}%，样本中在 {low}%–{high}% 之间；{stands}%的样本属{own}。",
            "{name}: computed rate {rate} %, between {low} % and {high} % in the samples; {own} in {stands} % of them.",
        ),
        # columns
        "own_class": Text("本方案所在类", "class in the plan"),
        "plan_rate": Text("本方案测算（%）", "computed rate (%)"),
        "plan_printed": Text("本方案公布（%）", "printed rate (%)"),
        "mean": Text("平均（%）", "mean (%)"),
        "quantile": Text("{share}% 分位（%）", "{share} % quantile (%)"),
        "median": Text("中位数（%）", "median (%)"),
        "lowest": Text("最低（%）", "lowest (%)"),
        "highest": Text("最高（%）", "highest (%)"),
        "range_10kt": Text("变动范围（万吨）", "range (10⁴ t CO₂)"),
        "share_of_class": Text("{class_}（%）", "{class_} (%)"),
        "stands_share": Text("类别不变（%）", "class unchanged (%)"),
        "verdict": Text("判断", "finding"),
        "stable": Text("稳定", "stands"),
        "hangs": Text("随{what}而变", "hangs on {what}"),
        "at_lower_share": Text("位于下限（%）", "at lower bound (%)"),
        "at_upper_share": Text("位于上限（%）", "at upper bound (%)"),
        "radius": Text("换类所需的权重转移（百分点）", "weight to move for another class (points)"),
        "to_class": Text("变为", "moves to"),
        "strongest": Text("影响最大的准则", "criterion that moves it most"),
        "criterion": Text("准则", "criterion"),
        "plan_weight": Text("本方案权重（%）", "weight in the plan (%)"),
        "weight_low": Text("低权重（%）", "low weight (%)"),
        "weight_high": Text("高权重（%）", "high weight (%)"),
        "rate_low": Text("低权重时下降率（%）", "rate at the low weight (%)"),
        "rate_high": Text("高权重时下降率（%）", "rate at the high weight (%)"),
        "per_ten": Text("权重每增 10 个百分点的变化（百分点）", "change per 10 points of weight (points)"),
        "first": Text("一阶 Sobol 指数", "first Sobol index"),
        "total": Text("总 Sobol 指数", "total Sobol index"),
        "central": Text("{class_}样本的平均权重（%）", "mean weight in samples of {class_} (%)"),
        "radius_weight": Text("换类时的权重（%）", "weight at which the class changes (%)"),
        "weight_of": Text("{criterion}权重（%）", "weight of {criterion} (%)"),
        "samples_share": Text("占样本（%）", "share of samples (%)"),
        "class_at": Text("类别", "class"),
        "pair_a": Text("甲地区", "region A"),
        "pair_b": Text("乙地区", "region B"),
        "a_higher": Text("甲高于乙的样本（%）", "A above B (% of samples)"),
        "in_plan": Text("本方案中", "in the plan"),
        "a_above": Text("甲高于乙", "A above B"),
        "b_above": Text("甲不高于乙", "A not above B"),
        "kind": Text("类型", "kind"),
        "kind_plan": Text("本方案", "the plan"),
        "kind_preference": Text("偏好", "preference"),
        "kind_without_indicator": Text("去掉一项指标", "one indicator left out"),
        "kind_without_region": Text("去掉一个地区", "one region left out"),
        "case": Text("情形", "case"),
        "case_rate": Text("测算下降率（%）", "computed rate (%)"),
        "case_printed": Text("公布下降率（%）", "printed rate (%)"),
        "difference": Text("与本方案之差（百分点）", "difference to the plan (points)"),
        "problem": Text("没有分解的原因", "why there is no split"),
        "without": Text("去掉“{label}”（百分点）", "without {label} (points)"),
        "rate_under": Text("{label}（%）", "{label} (%)"),
        "rank_under": Text("{label}位次", "rank, {label}"),
        # page
        "page_title": Text("下降目标对权重的敏感性分析", "Sensitivity of the targets to the weights"),
        "fact_samples": Text("样本", "samples"),
        "fact_stable": Text("类别稳定的地区", "regions whose class stands"),
        "fact_kept": Text("类别表完全不变", "whole class table kept"),
        "fact_widest": Text("最大变动范围", "widest range"),
        "fact_radius": Text("最小换类权重转移", "least weight that changes a class"),
        "of_samples": Text("的样本", "of samples"),
        "of_regions": Text("共 {n} 个", "of {n}"),
        "acceptability": Text("类别的稳定程度", "How often each region is in each class"),
        "acceptability_alt": Text(
            "各地区落入各类的样本比例（%），颜色由深到浅为第一类至末类，菱形为本方案所在类；数据见下表。",
            "Share of samples in each class by region, in per cent; dark to light from class 1 on, diamonds mark the class in the plan; figures in the table below.",
        ),
        "ridge": Text("各地区下降率的分布", "How each region's rate spreads"),
        "ridge_alt": Text(
            "各地区在全部样本中测算下降率的分布（高度为样本数的平方根，按各自最高点折算），菱形为本方案测算值，横线为 5%–95% 分位，竖虚线为类别界线；数据见下表。",
            "Distribution of each region's computed rate over the samples (heights: square roots of counts, scaled to each region's peak); diamonds: the plan, lines: 5 % to 95 % quantile, dashed: borders between classes; figures in the table below.",
        ),
        "ridge_range": Text("5%–95% 分位", "5 % to 95 % quantile"),
        "border": Text("类别界线", "border between classes"),
        "plan_weights": Text("本方案权重", "the plan's weights"),
        "radius_point": Text("最先换类的权重", "nearest weights that change the class"),
        "city": Text("按地区查看", "A region at a time"),
        "choose": Text("选择地区", "Choose a region"),
        "map": Text("权重图", "Map over the weights"),
        "map_alt": Text(
            "所选地区的测算下降率（颜色，%）随准则权重（%）的变化：三角形的顶点处该准则权重为 100%，对边处为 0；白线为类别界线，★ 为本方案权重，◆ 为最先使其换类的权重；各地区数据见下面的“不同权重下的测算下降率”表。",
            "Computed rate of the chosen region (colour, %) by criterion weights (%): a corner gives its criterion all the weight, the side across from it none; white lines part the classes, ★ marks the plan's weights, ◆ the nearest weights that change its class; figures of all regions in the table of computed rates under other weights.",
        ),
        "map_line_alt": Text(
            "所选地区的测算下降率随准则权重的变化，虚线为类别界线，★ 为本方案权重，◆ 为最先使其换类的权重；数据见下面的“不同权重下的测算下降率”表。",
            "Computed rate of the chosen region by criterion weight; dashed lines part the classes, ★ marks the plan's weights, ◆ the nearest weights that change its class; figures in the table of computed rates under other weights.",
        ),
        "map_none": Text(
            "权重图只能画出两项或三项准则；本方案有 {count} 项，故从略。",
            "A map over the weights can show two or three criteria; this plan has {count}, so there is none.",
        ),
        "map_many": Text("地区较多，未计算权重图。", "Too many regions; no map over the weights was computed."),
        "map_table": Text("不同权重下的测算下降率", "Computed rates under other weights"),
        "map_table_note": Text(
            "列名为{criteria}的权重（%），数值为测算下降率（%）。",
            "Columns: weights of {criteria} in per cent; values: computed rates in per cent.",
        ),
        "tornado": Text("各准则权重的影响", "What each weight does"),
        "tornado_alt": Text(
            "所选地区的测算下降率（%）：某一准则的权重减半（斜纹）或向 100% 增加一半（实心）、其余按比例缩放；竖线为本方案。数据见下面的“各准则权重的影响”表。",
            "Computed rate of the chosen region when one weight is halved (hatched) or raised half-way to 100 % (solid), the others in proportion; the line is the plan. Figures in the table further down.",
        ),
        "weight_halved": Text("权重减半", "weight halved"),
        "weight_raised": Text("权重向 100% 增加一半", "weight raised half-way to 100 %"),
        "heat": Text("权重变动对各地区的影响", "Which weight moves whom"),
        "heat_alt": Text(
            "某一准则的权重每增加 10 个百分点（其余按比例减少），各地区测算下降率平均变化多少个百分点；数据见下表。",
            "Change of each region's computed rate, in points, per 10 points more weight on a criterion, the others less in proportion; figures in the table below.",
        ),
        "sobol_note": Text(
            "Sobol 指数：准则权重在全部可能取值上变动时，各准则的原始权重单独（一阶）及连同交互作用（总）所解释的方差比例。",
            "Sobol indices: with weights over all possible values, the share of variance that one criterion's raw weight explains alone (first) and with its interactions (total).",
        ),
        "flow": Text("不同偏好下的位次", "Ranks under other preferences"),
        "flow_alt": Text(
            "各地区在本方案和各偏好下按测算下降率从高到低的位次；点的颜色和形状为类别，类别有变的地区画成橙色线。数据见下表。",
            "Rank of each region by computed rate, highest first, in the plan and under each preference; colour and shape of the points are the class, orange lines are regions whose class changes. Figures in the table below.",
        ),
        "flow_missing": Text("{case}没有分解：{problem}", "{case}: no split. {problem}"),
        "central_title": Text("落入各类时的平均权重", "Mean weights by class"),
        "central_note": Text(
            "某地区落入某类的样本，其准则权重的平均值；所占比例很小时仅供参考。",
            "Mean criterion weights of the samples that put a region into a class; take them lightly where the share is small.",
        ),
        "regions_title": Text("各地区下降率的变动", "Rates of each region"),
        "preferences_title": Text("不同偏好下的下降率", "Rates under other preferences"),
        "indicators_title": Text("去掉一项指标", "One indicator left out"),
        "indicators_note": Text(
            "去掉该项指标后，测算下降率与本方案之差（百分点）。", "Computed rates without the indicator, less the plan's, in points."
        ),
        "left_out_title": Text("去掉一个地区", "One region left out"),
        "left_out_note": Text(
            "列所指地区不参加分解、总目标不变时，其余地区测算下降率与本方案之差（百分点）。",
            "Computed rates when the region of the column takes no part and the target stays, less the plan's, in points.",
        ),
        "pairs_title": Text("高低次序会颠倒的地区", "Pairs whose order flips"),
        "pairs_most": Text("只列最不确定的 {count} 对。", "The {count} most open pairs."),
        "shown_only": Text(
            "地区共 {n} 个，本页的图表只列类别最不稳定的 {shown} 个；完整数据见同一文件夹的 CSV 文件。",
            "There are {n} regions; charts and tables on this page show the {shown} whose class stands least. All figures are in the CSV files of the same folder.",
        ),
        "link": Text("图和各表见：", "Charts and tables: "),
        "not_fitting": Text(
            "文件夹 sweep 中的敏感性分析所依据的输入、设置或结果与本方案不同，未列入本报告；请重新运行 allocator sweep。",
            "The sensitivity analysis in the folder sweep rests on other inputs, settings or results than this plan and is left out of this report; run allocator sweep again.",
        ),
        "report_section": Text("对权重的敏感性", "Sensitivity to the weights"),
    }
)  # fmt: skip
