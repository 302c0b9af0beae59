"""Words of the circular, of its verification note, and of a plan's proof, by code, in Chinese and English."""

from __future__ import annotations

from collections.abc import Mapping

from scenarios.wording import Text

TEXTS: Mapping[str, Text] = {
    # circular
    "circular_mark": Text("附件", "Annex"),
    "official_number": Text("序号", "no."),
    "whole_province": Text("全省", "province"),
    "whole_region": Text("全区", "province"),
    "whole_city": Text("全市", "province"),
    "draft_short": Text("草案，未通过复核，不得印发：缺 {points} 个百分点（{tonnes} {q.unit}）。",
                        "Draft, not backed, not to be sent out: {points} points ({tonnes} × {q.unit}) short."),
    "draft_failed": Text("草案，未通过复核，不得印发：不符合{failed}。",
                         "Draft, not verified, not to be sent out: fails {failed}."),
    "font_stand_in": Text("本机没有字体“{font}”，显示时由“{other}”代替；文件里仍写的是“{font}”，装有该字体的电脑上按它显示。",
                          "The font {font} is not on this machine; {other} stands in for it on the screen. The file still names {font}, which is shown where it is installed."),
    "font_missing": Text("本机没有字体“{font}”，显示时由系统另选字体代替；文件里仍写的是“{font}”。",
                         "The font {font} is not on this machine, and the system shows another. The file still names {font}."),
    "published_draft": Text("以草案写出，逐页标明未通过复核：{files}。", "Written as a draft that says on every page that it is not verified: {files}."),
    # agreed by hand
    "reason_agreed": Text("{name}：下降目标 {published}% 为商定值；测算值为 {rate}%，相差 {change} 个百分点。",
                          "{name}: the target of {published} % was agreed; the computed rate is {rate} %, a difference of {change} points."),
    "reason_agreed_same": Text("{name}：下降目标 {published}% 为商定值，与测算值相同。",
                               "{name}: the target of {published} % was agreed, and is the computed rate."),
    # verification note
    "verified_title": Text("《{title}》复核说明", "Verification of “{title}”"),
    "verified_checks": Text("全省复核", "The province"),
    "verified_cities": Text("各地区权重与目标", "Weights and targets of the regions"),
    "verified_tab_checks": Text("全省复核", "province"),
    "verified_tab_cities": Text("各地区", "regions"),
    "verified_item": Text("项目", "item"),
    "verified_value": Text("数值", "figure"),
    "verified_unit": Text("单位", "unit"),
    "verified_target": Text("全省总目标", "target of the province"),
    "verified_margin": Text("另加裕度", "margin on top"),
    "verified_cities_target": Text("其中各地区合计须达到", "of which the regions must reach"),
    "verified_sigma": Text("结构效应", "composition effect"),
    "verified_least": Text("强度目标要求的加权合计", "weighted sum that the target asks for"),
    "verified_weighted": Text("各地区目标加权合计", "weighted sum of the targets"),
    "verified_implied": Text("合计使全省实际下降", "cut of the province that follows"),
    "verified_over": Text("超出（负为不足）", "over (negative: short)"),
    "verified_over_tonnes": Text("相当于期末年", "the same in the end year"),
    "verified_weight": Text("权重", "weight"),
    "verified_product": Text("权重×目标", "weight × target"),
    "verified_computed": Text("测算值", "computed"),
    "verified_difference": Text("与测算值之差", "difference"),
    "verified_formula": Text("复核办法：各地区的权重为其 {base} 年{q.used}乘以规划期增长倍数，除以“全省 {base} 年{q.intensity}乘以各地区 {end} 年地区生产总值之和”。各地区权重与下降目标的乘积相加，减去结构效应（权重之和减 1），即为全省实际下降幅度；不低于总目标与裕度之和的为通过。",
                         "How it was verified: the weight of a region is its {q.used} in {base} times its growth factor, over the province's {q.intensity} of {base} times the GDP of all regions in {end}. The sum of weight times target, less the composition effect (the sum of the weights less 1), is the cut of the province; it passes when that is not below target and margin."),
    "verified_exact": Text("复核按印发的数字用分数精确计算，不四舍五入，不依赖求解程序。",
                       "It is reckoned from the printed figures in exact fractions, without rounding, and without the solver."),
    "verified_agreed": Text("下降目标为商定值（{table}），不是测算值；与测算值之差列在表中。",
                        "The targets were agreed by hand ({table}) and not computed; the table says how far they are from the computed rates."),
    "verified_digests": Text("文件及其摘要", "Files and their digests"),
    "verified_tab_digests": Text("文件摘要", "digests"),
    "circular_office": Text("发文单位：{said}。", "Issued by: {said}."),
    "circular_contact": Text("联系人：{said}。", "To ask: {said}."),
    "circular_ask": Text("（联系人：{said}）", "(To ask: {said})"),
    "circular_numbered": Text("{number}{mark}", "{mark} to {number}"),
    "verified_role": Text("用途", "what it is"),
    "verified_file": Text("文件", "file"),
    "verified_digest": Text("摘要（SHA-256）", "digest (SHA-256)"),
    "verified_read": Text("所用数据", "read"),
    "verified_plan": Text("方案封签", "plan's seal"),
    "verified_published": Text("印发", "published"),
    "verified_seal": Text("方案封签写在方案文件里，不是整个文件的摘要；其余各项为文件的 SHA-256，可逐一核对。",
                          "The plan's seal is written in its file, and is not the digest of that file; all others are the SHA-256 of their files."),
    # proof
    "prove_again": Text(
        "验证程序在 {folder}，可单独运行：`python3 -I check_more.py {plan}`，后面再写它旁边的 `proof.json`。",
        "The checkers are in {folder} and run alone: python3 -I check_more.py {plan} and the proof.json beside it.",
    ),
    "prove_again_none": Text(
        "验证程序在 {folder}，可单独运行：`python3 -I check_more.py {plan}`。",
        "The checkers are in {folder} and run alone: python3 -I check_more.py {plan}.",
    ),
    "proof_found": Text(
        "测算值已证为唯一解，直到末位：证明见 proof.json，可用 allocator prove 命令核对。未证：参考值如何由指标得出，输入文件是否属实。",
        "The computed rates are proved to be the one answer, to the last digit: proof.json proves it, the command allocator prove checks it. Not proved: how references follow from indicators, and that the input files are right.",
    ),
    "proof_not_sought": Text("没有求证。", "No proof was sought."),
    "proof_not_found": Text(
        "未找到能逐项验证的证明；测算值由求解器给出，并经两种方法互相核对。",
        "No proof was found that can be checked in exact numbers; the computed rates are the solver's, held against a second way.",
    ),
    "proof_no_table": Text(
        "上下限和规则有解，步长上却没有表：这一点没有证明，由整数规划的求解器给出。",
        "Bounds and rules have a split, and no table on the grid: that is the integer solver's word and not proved.",
    ),
    "proof_no_refutation": Text(
        "无解由求解器给出，没有找到能逐项验证的证明。",
        "That there is no split is the solver's word; no proof was found that can be checked in exact numbers.",
    ),
    "proof_size": Text(
        "地区超过 3,000 个且有规则约束，不求证；测算值由求解器给出。",
        "With more than 3,000 regions under rules no proof is sought; the computed rates are the solver's.",
    ),
    "proof_room": Text(
        "为激励目标留出余地的规则不在所证之列；测算值由求解器给出。",
        "Room for the incentive rates under rules is beyond what is proved; the computed rates are the solver's.",
    ),
    "proof_held": Text(
        "保留的测算值与公布值相差两步以上，不在所证之列。",
        "A region keeps a computed rate two steps or more from its printed one, which is beyond what is proved.",
    ),
}  # fmt: skip
