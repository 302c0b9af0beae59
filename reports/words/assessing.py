"""Every word of the assessment's form, tables and sentences, in Chinese and English."""

from __future__ import annotations

from scenarios.wording import Catalogue, Text

WORDS = Catalogue(
    {
        # grades and vetoes
        "excellent": Text("优秀", "excellent"),
        "good": Text("良好", "good"),
        "qualified": Text("合格", "qualified"),
        "failed": Text("不合格", "failed"),
        "annual": Text("未完成年度目标", "missed the annual target"),
        "cumulative": Text("未完成累计进度目标", "missed the cumulative progress target"),
        "period": Text("未完成规划期目标", "missed the target of the period"),
        "none": Text("无", "none"),
        # sentences
        "heading": Text("{year} 年度考核（{name}：{title}）", "Assessment of {year} ({name}: {title})"),
        "total": Text(
            "{rank}．{city}：合计 {total} 分，{grade}。年度目标完成率 {annual}%，{annual_points} 分；累计进度目标完成率 {cumulative}%，{cumulative_points} 分；其余各项 {scored} 分。",
            "{rank}. {city}: {total} points, {grade}. Annual target {annual} % done, {annual_points} points; cumulative progress {cumulative} % done, {cumulative_points} points; all other items {scored} points.",
        ),
        "vetoed": Text(
            "一票否决：{missed}的地区，{year} 年度考核为不合格：{cities}。",
            "Veto: {cities} {missed}; the assessment of {year} is failed.",
        ),
        "vetoed_finally": Text(
            "一票否决：{missed}的地区，期末考核为不合格：{cities}。",
            "Veto: {cities} {missed}; the assessment of the whole period is failed.",
        ),
        "no_veto": Text("没有地区被一票否决。", "No veto applies to any region."),
        "grades": Text("{year} 年度等级：{grades}。", "Grades of {year}: {grades}."),
        "final_grades": Text("期末考核等级：{grades}。", "Grades of the whole period: {grades}."),
        "grade_list": Text("{grade} {n} 个（{cities}）", "{grade} {n} ({cities})"),
        "rules_source": Text("评分依据：{source}（{year}）。", "Scored by: {source} ({year})."),
        # tables
        "ranking_title": Text(
            "{year} 年度控制温室气体排放目标责任考核得分", "Assessment of greenhouse-gas targets, {year}"
        ),
        "ranking_caption": Text("各地区考核得分和等级", "Points and grades of the regions"),
        "city_title": Text("{city} {year} 年度控制温室气体排放目标责任自评估表", "Self-assessment of {city}, {year}"),
        "city_caption": Text("各项得分", "Points by item"),
        "unit": Text("单位：分", "Unit: points"),
        "unit_ranking": Text("单位：分；完成率，%", "Unit: points; completion in %"),
        "rank": Text("得分位次", "rank by points"),
        "name": Text("地区", "region"),
        "annual_completion": Text("年度目标完成率", "annual target done"),
        "cumulative_completion": Text("累计进度目标完成率", "cumulative progress done"),
        "annual_points": Text("年度目标得分", "points, annual target"),
        "cumulative_points": Text("累计进度得分", "points, cumulative progress"),
        "scored": Text("其余各项得分", "points, all other items"),
        "sum": Text("合计", "total"),
        "veto": Text("否决", "veto"),
        "grade": Text("等级", "grade"),
        "final_veto": Text("期末否决", "final veto"),
        "final_grade": Text("期末等级", "final grade"),
        "number": Text("序号", "no."),
        "score": Text("得分", "score"),
        "criteria": Text("评分标准", "how it is scored"),
        "departments": Text("责任部门", "responsible"),
        "evidence": Text("支撑材料", "evidence"),
        "note": Text("说明", "remark"),
        "completion_section": Text("目标完成", "targets"),
        "annual_item": Text("单位地区生产总值二氧化碳排放年度降低目标", "annual target for carbon intensity"),
        "cumulative_item": Text("单位地区生产总值二氧化碳排放累计进度目标", "cumulative progress of carbon intensity"),
        "completion_criterion": Text(
            "分值乘以完成率，完成率超过 100% 的按 100% 计，低于零的按 0 计。实际完成率 {completion}%。",
            "Points times completion, which counts as 100 % when above it and as 0 when below zero. Completion: {completion} %.",
        ),
        "completion_rule": Text(
            "分值乘以完成率，完成率超过 100% 的按 100% 计，低于零的按 0 计。由程序计算，不在评分表中填写。",
            "Points times completion, which counts as 100 % when above it and as 0 when below zero. Computed, not entered.",
        ),
        "completion_departments": Text("统计、生态环境", "statistics, environment"),
        "completion_evidence": Text("数据核查表、能源平衡表", "verified data sheets, energy balance"),
        "result_heading": Text("【考核结果】", "Result. "),
        "result": Text("等级：{grade}；否决：{veto}。", "Grade: {grade}; veto: {veto}."),
        "final_result": Text(
            "期末考核等级：{grade}；否决：{veto}。", "Grade of the whole period: {grade}; veto: {veto}."
        ),
        "checked": Text(
            "各地区合计由各项得分和完成率重新相加，等级、否决和位次与之一致。",
            "Every total was added up again from scores and completions; grades, vetoes and ranks follow from it.",
        ),
        "note_grades": Text(
            "{excellent} 分及以上为优秀，{good} 分及以上为良好，{qualified} 分及以上为合格，其余为不合格。",
            "Excellent from {excellent} points, good from {good}, qualified from {qualified}, failed below.",
        ),
        "note_veto_annual": Text(
            "未完成年度目标的，当年考核为不合格。", "Who misses the annual target fails the year."
        ),
        "note_veto_cumulative": Text(
            "未完成累计进度目标的，当年考核为不合格。", "Who misses the cumulative progress target fails the year."
        ),
        "note_veto_period": Text(
            "规划期末未完成规划期目标的，期末考核为不合格。",
            "Who misses the target of the period at its end fails the final assessment.",
        ),
        "note_rank": Text(
            "位次按合计得分排列，得分相同的并列；被否决的地区仍按得分排位，等级为不合格。",
            "Ranks go by total, equal totals share one; who is failed by a veto keeps the rank of its points.",
        ),
        "note_scores": Text(
            "第 1、2 项按完成率计算，其余各项取自评分表 {file}。",
            "Items 1 and 2 are computed from the completion, all others come from the form {file}.",
        ),
        "note_digits": Text(
            "打印的小数位多于两位的，是为免四舍五入越过等级分数线、满分或 100% 完成率，或使不同的合计看似相同。",
            "More than two decimals are printed where rounding would cross a grade, full points or 100 % completion, or make two totals look alike.",
        ),
        "source": Text("资料来源：{source}。", "Source: {source}."),
        "sheet_ranking": Text("考核得分", "assessment"),
        "sheet_city": Text("自评估表", "self-assessment"),
        # form
        "form_title": Text("{title}评分表", "Form of scores: {title}"),
        "form_how": Text(
            "每列一个地区，每行一项；每格填 0 至分值之间的得分，不得分的填 0，不能留空。第 1、2 项按完成率计算，不在此填写。评分标准见“评分标准”表。",
            "One column a region, one row an item; enter a score from 0 to the item's points in every cell, 0 where there is none. Items 1 and 2 are computed and not entered. How to score stands on the sheet “criteria”.",
        ),
        "form_sheet_scores": Text("评分表", "scores"),
        "form_sheet_criteria": Text("评分标准", "criteria"),
        "form_sheet_sums": Text("汇总", "sums"),
        "form_allowed": Text("得分：{choices}。", "Scores: {choices}."),
        "form_range": Text("0 至 {points} 分。", "0 to {points} points."),
        "form_error": Text("请核对得分", "please check"),
        "form_filled": Text("已填项数", "items filled in"),
        "form_of": Text("应填 {n} 项", "of {n} items"),
        "form_sum": Text("各项合计（{points} 分）", "sum of items (of {points})"),
        "form_next": Text(
            "请填写 {file}，然后运行：allocator track {scenario} 实绩表 --form {file} --rules {rules} --year 年份",
            "Fill in {file}, then run: allocator track {scenario} ACTUALS --form {file} --rules {rules} --year YEAR",
        ),
    }
)
