"""Words about the cap on the province's total, and the caps of its cities."""

from __future__ import annotations

from scenarios.wording import Text

TEXTS: dict[str, Text] = {
    "total_total": Text(
        "总量控制：期末年全省{q.used}不超过 {cap} {q.unit}（比基年 {change}%）{reserve}，各市合计 {left} {q.unit}。按规划增长，强度目标 {target}%{more}，允许 {allowed} {q.unit}，总量更紧：相当于强度下降 {worth}%{without}，比 {target}% 多 {points} 个百分点（{tonnes} {q.unit}）；各市按此分解。",
        "Total control: the province may {q.emit} {cap} × {q.unit} in the end year ({change} % on the base year){reserve}, {left} × {q.unit} for the cities. At planned growth the intensity target of {target} %{more} allows {allowed} × {q.unit}; the total is tighter and worth a cut of {worth} %{without}, {points} points ({tonnes} × {q.unit}) more than {target} %; the cities are asked for that.",
    ),
    "total_intensity": Text(
        "总量控制：期末年全省{q.used}不超过 {cap} {q.unit}（比基年 {change}%）{reserve}，各市合计 {left} {q.unit}。按规划增长，强度目标 {target}% 只允许 {allowed} {q.unit}，强度更紧；总量相当于强度下降 {worth}%{without}，比强度目标少 {points} 个百分点（{tonnes} {q.unit}）。",
        "Total control: the province may {q.emit} {cap} × {q.unit} in the end year ({change} % on the base year){reserve}, {left} × {q.unit} for the cities. At planned growth the intensity target of {target} % allows {allowed} × {q.unit} only and is tighter; the total is worth a cut of {worth} %{without}, {points} points ({tonnes} × {q.unit}) less.",
    ),
    "total_intensity_counted": Text(
        "总量控制：期末年全省{q.used}不超过 {cap} {q.unit}（比基年 {change}%）{reserve}，各市合计 {left} {q.unit}。按规划增长，强度目标 {target}% 允许 {allowed} {q.unit}；机动也算在强度里，各市合计须下降 {counted}%，强度目标（机动计入）更紧，各市按此分解。总量相当于强度下降 {worth}%{without}，少 {points} 个百分点（{tonnes} {q.unit}）。",
        "Total control: the province may {q.emit} {cap} × {q.unit} in the end year ({change} % on the base year){reserve}, {left} × {q.unit} for the cities. At planned growth the intensity target of {target} % allows {allowed} × {q.unit}; the reserve counts in the intensity, so that the cities together need a cut of {counted} %: the intensity target (reserve counted) is tighter, and the cities are asked for that. The total is worth a cut of {worth} %{without}, {points} points ({tonnes} × {q.unit}) less.",
    ),
    "total_counted": Text("（机动计入须 {counted}%）", " ({counted} % with the reserve counted)"),
    # what the cities are asked for, and the same behind what backs or adds up
    "goal_one": Text("总目标", "target"),
    "goal_both": Text("两项目标", "two targets"),
    "for_goal": Text("{goal}", " for the {goal}"),
    "total_reserve": Text("，其中须留机动 {reserve} {q.unit}", ", {reserve} × {q.unit} of it a reserve to be kept"),
    "total_without": Text("（不留机动为 {worth}%）", " ({worth} % without the reserve)"),
    "total_break_even": Text(
        "GDP 年均增长高于 {even}% 时总量更紧，低于时强度更紧；规划增长为年均 {planned}%。",
        "With GDP growing above {even} % a year the total is tighter, below it the intensity; {planned} % a year is planned.",
    ),
    "total_break_even_counted": Text(
        "哪个更紧，看 GDP 年均增长：高于 {even}% 时，总量比不计机动的强度目标紧；高于 {counted}% 时，也比机动计入的强度目标紧，各市按总量分解；规划增长为年均 {planned}%。",
        "Which is tighter depends on the growth of GDP a year: above {even} % the total is tighter than the intensity target without the reserve, above {counted} % than that with the reserve counted as well, and the cities are asked for the total; {planned} % is planned.",
    ),
    "total_rounded": Text(
        "总量算得 {computed} {q.unit}，舍去不足 1 {q.unit}的部分，取 {cap} {q.unit}。",
        "The cap comes to {computed} × {q.unit} and is rounded down to whole {q.unit}: {cap}.",
    ),
    "total_held": Text(
        "总量通过：按规划增长，表列目标使期末年{q.used} {emissions} {q.unit}{reserve}，不超过 {cap} {q.unit}，余 {room} {q.unit}。",
        "Total held: at planned growth the listed targets lead to {emissions} × {q.unit} in the end year{reserve}, not above {cap} × {q.unit}; {room} × {q.unit} are left.",
    ),
    "total_held_by_rates": Text(
        "只看下降率，总量守得住：按规划增长，表列目标使期末年{q.used} {emissions} {q.unit}{reserve}，不超过 {cap} {q.unit}，余 {room} {q.unit}。",
        "The rates alone hold the total: at planned growth the listed targets lead to {emissions} × {q.unit} in the end year{reserve}, not above {cap} × {q.unit}; {room} × {q.unit} are left.",
    ),
    "total_broken": Text(
        "总量超出：按规划增长，表列目标使期末年{q.used} {emissions} {q.unit}{reserve}，超过 {cap} {q.unit}，多 {room} {q.unit}。",
        "Total broken: at planned growth the listed targets lead to {emissions} × {q.unit} in the end year{reserve}, {room} × {q.unit} above the cap of {cap} × {q.unit}.",
    ),
    "total_and_reserve": Text("，加须留机动 {reserve} {q.unit}", " and {reserve} × {q.unit} of reserve to be kept"),
    "growths_title": Text("GDP 增长不同时，强度和总量哪个更紧", "Which target is tighter when GDP grows otherwise"),
    "growths_note": Text(
        "居中一行是规划增长；总量按总量目标减机动计算。“机动计入”指机动也算在全省强度里，各市合计因此须多降。",
        "The middle row is the planned growth; the total is the cap less the reserve. “Reserve counted”: it counts in the province's intensity too, so that the cities together have to cut more.",
    ),
    "growth_a_year": Text("GDP 年均增长（%）", "GDP growth a year (%)"),
    "allowed_10kt": Text("强度目标允许{q.used}（{q.unit_full}）", "allowed by the intensity target ({q.unit_full})"),
    "tighter": Text("更紧的目标", "tighter target"),
    "cut_needed": Text("须下降（%）", "cut needed (%)"),
    "binds_total": Text("总量", "total"),
    "binds_intensity": Text("强度", "intensity"),
    "binds_intensity_counted": Text("强度（机动计入）", "intensity (reserve counted)"),
    "total_bears": Text(
        "总量：最多 {survives} 个地区（共 {n} 个）的增长同时最高时仍守得住；",
        "The total: it is held while the growth of up to {survives} of {n} regions is at its highest; ",
    ),
    "total_bears_all": Text(
        "总量：全部 {n} 个地区的增长同时最高时仍守得住；",
        "The total: it is held even when the growth of all {n} regions is at its highest; ",
    ),
    "total_bears_none": Text("总量：按现有增长倍数已超出；", "The total: it is broken at the growth given already; "),
    "total_bears_reserve": Text("机动全部用上时为 {survives} 个；", "with the reserve used up, up to {survives}; "),
    "total_worst_short": Text(
        "全部最高时超出 {tonnes} {q.unit}。", "with all at their highest it is broken by {tonnes} × {q.unit_full}."
    ),
    "total_worst_over": Text(
        "全部最高时仍余 {tonnes} {q.unit}。", "with all at their highest {tonnes} × {q.unit_full} are left."
    ),
    "cut_with_reserve": Text("强度目标须下降，机动计入（%）", "cut for the intensity, reserve counted (%)"),
    "cut_of_total": Text("总量须下降（%）", "cut for the total (%)"),
    "reserve_counts": Text(
        "机动计入全省强度：{reserve} {q.unit}{drawn}全部用完时，全省强度下降 {implied}%（目标 {target}%）。",
        "The reserve counts in the province's intensity: with all {reserve} × {q.unit}{drawn} used up it falls by {implied} % (target {target} %).",
    ),
    "reserve_asks": Text(
        "为此各市合计须下降 {needed}%，比目标多 {points} 个百分点。",
        "For it the cities are asked for {needed} %, {points} points above the target.",
    ),
    "reserve_breaks": Text(
        "注意：机动 {reserve} {q.unit}{drawn}若全部用完，全省强度只下降 {implied}%，达不到目标 {target}%。",
        "Note: with all {reserve} × {q.unit} of the reserve{drawn} used up the province's intensity falls by {implied} % only, short of the target of {target} %.",
    ),
    "reserve_in_part": Text(
        "机动余 {reserve} {q.unit}{drawn}，比须留的 {kept} {q.unit}多{cause}。其中最多可用 {usable} {q.unit}，强度目标 {target}% 仍守得住；其余 {rest} {q.unit}不属于任何地区，不可动用（全部用完，全省强度只下降 {implied}%）。",
        "Of the reserve {reserve} × {q.unit} are left{drawn}, more than the {kept} × {q.unit} to be kept{cause}. Up to {usable} × {q.unit} of it may be used with the intensity target of {target} % still kept; the other {rest} × {q.unit} are nobody's and must not be used (with all of it the province's intensity falls by {implied} % only).",
    ),
    "cause_rates": Text("，是各市总量按下降率推算后剩下的", ": what caps that follow the rates leave"),
    "reserve_usable": Text(
        "按此表最多可用机动 {usable} {q.unit}。",
        "With this table {usable} × {q.unit} of the reserve may be used at most.",
    ),
    "reserve_drawn": Text("（其中 {drawn} {q.unit}已动用）", " ({drawn} × {q.unit} of it drawn already)"),
    "drawn_of_cap": Text("其中动用机动（{q.unit_full}）", "drawn from the reserve, of it ({q.unit_full})"),
    "reserve_apart": Text(
        "机动单列（{reason}），不计入全省强度。",
        "The reserve is listed apart ({reason}) and does not count in the province's intensity.",
    ),
    "check_reserve": Text(
        "机动全部用完时，全省强度达不到目标。",
        "With the reserve used up the province falls short of its intensity target.",
    ),
    # targets of several quantities held against each other
    "fit_title": Text(
        "{n} 个方案，{base}–{end} 年，{cities} 个地区：各项能源目标合在一起，守得住碳排放的目标吗？",
        "{n} scenarios, {base}–{end}, {cities} regions: do the targets of energy together hold that of carbon?",
    ),
    "fit_energy": Text(
        "能源消费：按规划增长，期末年至多 {end} 万吨标准煤（基年 {base}，单位GDP能耗下降 {rate}%）。",
        "Energy: {end} × 10⁴ tce at most in the end year at planned growth (base year {base}; energy per GDP falls by {rate} %).",
    ),
    "fit_share": Text(
        "非化石能源占比：{base}% 升至 {target}%，化石能源至多 {fossil} 万吨标准煤。结构效应 {composition} 个百分点，各地区若同升，须各升 {uniform} 个百分点；相当于化石能源占比下降 {reduction}%。",
        "Share of non-fossil energy: from {base} % to {target} %, fossil energy {fossil} × 10⁴ tce at most. The composition effect is {composition} points; equal rises would have to be {uniform} points; as a cut of the fossil share that is {reduction} %.",
    ),
    "fit_level": Text(
        "{q.noun}：期末年至多 {end} {q.unit}（基年 {base}，{change}%）。",
        "{q.Used}: {end} × {q.unit} at most in the end year (base year {base}, {change} %).",
    ),
    "fit_no_coal": Text(
        "没有煤炭消费的方案：化石能源 {end} 万吨标准煤（基年 {base}，{change}%）可能全是煤炭，以下按此计算。",
        "There is no scenario of coal: all fossil energy, {end} × 10⁴ tce (base year {base}, {change} %), may be coal, and is taken as such below.",
    ),
    "fit_no_oil": Text(
        "没有石油消费的方案：煤炭以外的化石能源 {end} 万吨标准煤（基年 {base}，{change}%）可能全是石油，以下按此计算。",
        "There is no scenario of oil: all fossil energy but coal, {end} × 10⁴ tce (base year {base}, {change} %), may be oil, and is taken as such below.",
    ),
    "fit_gas": Text("其余 {gas} 万吨标准煤为天然气{grown}。", "The rest is gas: {gas} × 10⁴ tce{grown}."),
    "fit_gas_grown": Text(
        "（基年 {base}，须比基年 {change}%）", " (base year {base}; it would have to change by {change} %)"
    ),
    "fit_loose": Text(
        "化石能源至多 {fossil} 万吨标准煤，不到煤炭、石油上限之和 {sum}：两项上限不会同时用足。",
        "Fossil energy, {fossil} × 10⁴ tce at most, is below the caps on coal and oil together, {sum}: these do not bind both.",
    ),
    "fit_co2": Text("二氧化碳至多 {sum} ＝ {co2} 万吨。", "CO₂ at most: {sum} = {co2} × 10⁴ t."),
    "fit_holds": Text(
        "守得住：{co2} 万吨不超过 {cap} 万吨，余 {room} 万吨；碳排放强度至少下降 {rate}%。",
        "They hold it: {co2} × 10⁴ t are not above {cap} × 10⁴ t, {room} × 10⁴ t are left; carbon intensity falls by {rate} % at least.",
    ),
    "fit_breaks": Text(
        "守不住：可能达到 {co2} 万吨，超过 {cap} 万吨，多 {room} 万吨；碳排放强度只保证下降 {rate}%。",
        "They do not hold it: emissions may come to {co2} × 10⁴ t, {room} × 10⁴ t above {cap} × 10⁴ t; carbon intensity is sure to fall by {rate} % only.",
    ),
    "fit_breaks_intensity": Text(
        "守不住：{co2} 万吨不超过总量 {cap} 万吨，但碳排放强度只保证下降 {rate}%，达不到同一方案的 {target}%（按规划增长至多排放 {allowed} 万吨，多 {over} 万吨）。",
        "They do not hold it: {co2} × 10⁴ t are not above the cap of {cap} × 10⁴ t, but carbon intensity is sure to fall by {rate} % only, not by the {target} % of the same scenario ({allowed} × 10⁴ t at most at planned growth, {over} × 10⁴ t less).",
    ),
    "fit_base_between": Text(
        "按同样的系数，基年的化石能源合 {least} 至 {base} 万吨（没有方案的燃料可能是任何一种），碳排放方案中为 {emissions} 万吨：不在其间的是系数和口径的差别。",
        "By the same factors fossil energy of the base year comes to between {least} and {base} × 10⁴ t (fuels without a scenario may be any); the scenario of carbon has {emissions} × 10⁴ t. What lies outside is of factors and scope.",
    ),
    "fit_base": Text(
        "按同样的系数，基年的煤炭、石油、天然气合 {base} 万吨，碳排放方案中为 {emissions} 万吨：两者之差是系数和口径的差别。",
        "By the same factors coal, oil and gas of the base year come to {base} × 10⁴ t; the scenario of carbon has {emissions} × 10⁴ t. What they differ by is of factors and scope.",
    ),
    "alone_even": Text("各市同比例变化时的上限（{q.unit}）", "cap with equal change everywhere ({q.unit})"),
    "alone_share": Text(
        "非化石能源占比：{base}% 升至 {target}%，升 {rise} 个百分点。结构效应 {composition} 个百分点（用能增长偏向占比低的地区时为负），各地区若同升，须各升 {uniform} 个百分点；相当于化石能源占比下降 {reduction}%。",
        "Share of non-fossil energy: from {base} % to {target} %, up {rise} points. The composition effect is {composition} points (negative when energy grows where the share is low); equal rises would have to be {uniform} points; as a cut of the fossil share that is {reduction} %.",
    ),
    "alone_energy": Text("能源消费（{q.unit}）", "energy use ({q.unit})"),
    "alone_own": Text("非化石能源占比（%）", "share of non-fossil energy (%)"),
    "alone_weight": Text("占期末年能源消费（%）", "part of the end year's energy (%)"),
    # caps of cities
    "caps_by_rates": Text("按下降率推算", "by the rates"),
    "caps_by_total": Text("按下降率推算并同比例分完", "by the rates, scaled to hand out all"),
    "caps_by_base": Text("按基年{q.used}同比例", "in proportion to base-year {q.used}"),
    "caps_by_given": Text("按所给的表", "as given"),
    "caps_made": Text("（{how}）", " ({how})"),
    "caps_add_up": Text(
        "各市总量{policy}合计 {sum} {q.unit}，机动 {reserve} {q.unit}，共 {cap} {q.unit}，正好是全省总量。",
        "Caps of the cities{policy}: {sum} × {q.unit}, with a reserve of {reserve} × {q.unit} exactly the province's {cap} × {q.unit}.",
    ),
    "reserve_more": Text(
        "机动{within}比须留的 {kept} {q.unit}多 {off} {q.unit}：各市用不到，也不分给各市。",
        "The reserve{within} is {off} × {q.unit} more than the {kept} × {q.unit} to be kept: no city needs or gets them.",
    ),
    "reserve_more_drawn": Text(
        "机动{within}比须留的 {kept} {q.unit}多 {off} {q.unit}：项目动用的超出须留的机动，已全部用完。",
        "The reserve{within} is {off} × {q.unit} more than the {kept} × {q.unit} to be kept: projects draw more than was to be kept, and all of it.",
    ),
    "reserve_more_drawn_in_part": Text(
        "机动{within}比须留的 {kept} {q.unit}多 {off} {q.unit}：项目动用的超出须留的机动，余下的 {left} {q.unit}各市用不到，也不分给各市。",
        "The reserve{within} is {off} × {q.unit} more than the {kept} × {q.unit} to be kept: projects draw more than was to be kept, and the {left} × {q.unit} left no city needs or gets.",
    ),
    "draws_within": Text("连同已动用的，", ", draws in it,"),
    "reserve_kept": Text(
        "方案不要求留机动：这 {off} {q.unit}是各市用不到的余数，不分给各市，列作机动。",
        "No reserve is asked for: these {off} × {q.unit} are left over, no city needs or gets them, and they are listed as the reserve.",
    ),
    "reserve_less": Text(
        "注意：机动{within}比须留的 {kept} {q.unit}少 {off} {q.unit}。",
        "Note: the reserve{within} is {off} × {q.unit} less than the {kept} × {q.unit} to be kept.",
    ),
    "caps_rest_of_step": Text(
        "其中 {rest} {q.unit}不足一个取整单位，分不到各市，并入机动。",
        "Of the reserve {rest} × {q.unit} are less than caps are multiples of, and no city's.",
    ),
    "caps_short": Text(
        "各市总量合计 {sum} {q.unit}，加机动 {reserve} {q.unit}，比全省总量 {cap} {q.unit}少 {rest} {q.unit}：既不属于任何城市，也不是机动，加不起来。",
        "Caps of the cities: {sum} × {q.unit} and {reserve} × {q.unit} of reserve are {rest} × {q.unit} below the province's {cap} × {q.unit}; that is neither a city's nor the reserve's: they do not add up.",
    ),
    "caps_beyond": Text(
        "各市总量合计 {sum} {q.unit}，加机动 {reserve} {q.unit}，比全省总量 {cap} {q.unit}多 {rest} {q.unit}。",
        "Caps of the cities: {sum} × {q.unit} and {reserve} × {q.unit} of reserve are {rest} × {q.unit} above the province's {cap} × {q.unit}.",
    ),
    "outside_too": Text(
        "余项 {outside} {q.unit}另计。", "The residual line's {outside} × {q.unit} are counted besides."
    ),
    "pair_holds": Text(
        "各市两项目标都完成时，各市合计{q.used} {kept} {q.unit}（强度下降 {rate}%），不超过两项目标允许的 {limit} {q.unit}。",
        "When every city keeps both targets the cities {q.emit} {kept} × {q.unit} (a cut of {rate} %), not above the {limit} × {q.unit} that both targets leave them.",
    ),
    "pair_fails": Text(
        "各市两项目标都完成时，各市合计{q.used}仍有 {kept} {q.unit}（强度下降 {rate}%），超过两项目标允许的 {limit} {q.unit}，多 {over} {q.unit}。",
        "Even when every city keeps both targets the cities {q.emit} {kept} × {q.unit} (a cut of {rate} %), {over} × {q.unit} above the {limit} × {q.unit} that both targets leave them.",
    ),
    "rates_alone_break": Text(
        "注意：只看下降率，按规划增长会超出总量 {over} {q.unit}；守住总量靠各市总量。",
        "Note: the rates alone break the cap by {over} × {q.unit} at planned growth; it is the caps of the cities that hold it.",
    ),
    "pair_growth": Text(
        "各市增长同比例快慢时：全省 GDP 年均增长不高于 {rates}%，只看下降率就守得住总量{beside}；不低于 {caps}%，只看各市总量就支撑强度目标（规划为 {planned}%）。",
        "When all cities grow faster or slower alike: up to {rates} % growth of GDP a year the rates alone hold the cap{beside}, from {caps} % on the caps alone back the intensity target ({planned} % is planned).",
    ),
    "beside_reserve": Text(
        "并留足要求的机动 {reserve} {q.unit}", " and leave the reserve of {reserve} × {q.unit} that is asked"
    ),
    "pair_worst_short": Text(
        "各市两项都完成而增长最不利时，强度目标缺 {tonnes} {q.unit}，总量不会超出。",
        "With growth at its worst and every city keeping both, the intensity target is missed by {tonnes} × {q.unit}, the total never.",
    ),
    "pair_worst_over": Text(
        "各市两项都完成时，增长再不利也支撑强度目标（余 {tonnes} {q.unit}），总量不会超出。",
        "With every city keeping both, both targets hold at the worst growth too ({tonnes} × {q.unit} left in the intensity).",
    ),
    "binding_cities": Text("按规划增长，{parts}。", "At planned growth {parts}."),
    "binds_cap_in": Text("总量更紧的是{regions}", "the cap is tighter in {regions}"),
    "binds_rate_in": Text("下降率更紧的是{regions}", "the rate is tighter in {regions}"),
    "binds_both_in": Text("两项相当的是{regions}", "both are alike in {regions}"),
    "binds_all_both": Text("所有地区两项相当", "both are alike in every region"),
    # what the verdict calls a check that fails
    "failed_backed": Text("总目标", "the target"),
    "failed_total": Text("总量目标", "the cap on the total"),
    "failed_caps": Text("各市总量与机动之和须等于全省总量", "caps and reserve are to add up to the cap"),
    "failed_kept": Text("须留的机动", "the reserve to be kept"),
    "failed_pair": Text("各市两项都完成时的两项目标", "the two targets with every city keeping both of its own"),
    "failed_reserve": Text("机动用完时的强度目标", "the intensity target with the reserve used up"),
    "failed_more": Text("{check}（多 {off} {q.unit}）", "{check} (over by {off} × {q.unit})"),
    "failed_less": Text("{check}（少 {off} {q.unit}）", "{check} (short by {off} × {q.unit})"),
    "failed_peak": Text("达峰", "the peak"),
    "failed_bounds": Text("上下限", "bounds"),
    "failed_grid": Text("取整单位", "the grid"),
    "failed_rule": Text("规则“{rule}”", "rule “{rule}”"),
    "failed_protection": Text("防护", "protection"),
    "failed_step": Text("激励目标的最小增幅", "the step of the incentive targets"),
    "check_caps": Text("各市总量加不到全省总量。", "The caps of the cities do not add up to that of the province."),
    "check_pair": Text(
        "各市两项目标都完成，全省仍达不到。", "Every city keeping both targets does not suffice for the province."
    ),
    "rate_of_table": Text("按分解表下降（%）", "cut as on the sheet of targets (%)"),
    "cap_of_table": Text("分得总量（{q.unit_full}）", "cap as on the sheet of targets ({q.unit_full})"),
    "cap_10kt": Text("{q.noun}总量控制目标（{q.unit_full}）", "{q.used} cap ({q.unit_full})"),
    "rate_allows": Text("按下降率可{q.using}（{q.unit_full}）", "allowed by the rate ({q.unit_full})"),
    "cap_room": Text("总量余地，负数为不足（{q.unit_full}）", "room under the cap, negative: short ({q.unit_full})"),
    "city_binds": Text("更紧的目标", "tighter target"),
    # no names of columns: a row of them on a sheet would be read for headers
    "city_binds_rate": Text("下降率更紧", "the rate"),
    "city_binds_cap": Text("总量更紧", "the cap"),
    "city_binds_both": Text("相当", "both"),
    "swap_a_year": Text("总量对应的 GDP 年均增长（%）", "GDP growth a year in the cap (%)"),
    "planned_a_year": Text("规划 GDP 年均增长（%）", "planned GDP growth a year (%)"),
    "cap_needs": Text("守住总量须下降（%）", "cut that keeps the cap (%)"),
    "growth_point": Text("增长 1 个百分点相当于（{q.unit_full}）", "a point of growth is worth ({q.unit_full})"),
    "caps_title": Text("各市两项目标", "Two targets for every city"),
    "caps_note": Text(
        "增长快于“总量对应的增长”时总量更紧，慢于时下降率更紧；{q.allowed}和“守住总量须下降”按规划增长计算。"
        "“增长 1 个百分点”指规划期增长倍数增加 0.01：申报的增长多这么多，分得的总量多多少；总量按基年同比例或按所给的表分时，与申报的增长无关，为 0。",
        "A city that grows faster than the growth in its cap is held by the cap, one that grows slower by its rate. What a rate allows, and "
        "what keeps the cap, are at planned growth. A point of growth is 0.01 of the growth factor of the whole period: how much more cap it brings to announce it; nothing where caps are by base-year {q.used} or given by a table.",
    ),
    "caps_alt": Text(
        "各地区规划的 GDP 年均增长（圆）与其总量对应的年均增长（菱形）：菱形在左，总量更紧；在右，下降率更紧。",
        "Planned GDP growth a year of each region (circle) and the growth in its cap (diamond): with the diamond to the left the cap is tighter, to the right the rate.",
    ),
    "caps_planned_short": Text("规划增长", "planned growth"),
    "caps_swap_short": Text("总量对应的增长", "growth in the cap"),
    "figure_caps": Text("两项目标对应的 GDP 增长", "The growth in both targets"),
    "caps_panel": Text("增长不同时怎样", "When growth is other"),
    "caps_panel_note": Text(
        "移动滑块，看 GDP 增长快些慢些时，各地区按下降率可{q.using}多少、守住总量须下降多少。只在本页计算，不改动分解表。",
        "Move the slider to see what the rates allow, and what cut keeps the caps, when GDP grows faster or slower. It is reckoned in this page alone; the table stays.",
    ),
    "caps_who": Text("哪个地区", "which region"),
    "caps_all": Text("所有地区", "all regions"),
    "caps_more": Text("GDP 年均增长比规划（百分点）", "GDP growth a year beside the planned (points)"),
    "caps_growth": Text("{points} 个百分点", "{points} points"),
    "caps_now": Text("此时的增长（年均 %）", "growth then (% a year)"),
    "caps_keeps": Text(
        "各市只完成下降率：{q.used} {rates} {q.unit}；两项都完成：{both} {q.unit}。{name}允许各市 {intensity} {q.unit}，总量目标允许各市 {total} {q.unit}：两项都完成时，两项目标都守得住。",
        "Cities that keep their rates alone {q.emit} {rates} × {q.unit}, those that keep both {both} × {q.unit}. {name} allows the cities {intensity} × {q.unit}, the cap {total} × {q.unit}: with both kept both targets hold.",
    ),
    "caps_over": Text(
        "各市只完成下降率：{q.used} {rates} {q.unit}；两项都完成：{both} {q.unit}。{name}只允许各市 {intensity} {q.unit}，总量目标允许各市 {total} {q.unit}：强度目标差 {over} {q.unit}。",
        "Cities that keep their rates alone {q.emit} {rates} × {q.unit}, those that keep both {both} × {q.unit}. {name} allows the cities {intensity} × {q.unit} only, the cap {total} × {q.unit}: the intensity is {over} × {q.unit} short.",
    ),
    "caps_intensity": Text("强度目标", "The intensity target"),
    "caps_intensity_counted": Text("强度目标（机动计入）", "The intensity target, the reserve counted,"),
    "caps_total": Text("各市合计", "cities together"),
    "caps_binds_rate": Text("下降率", "rate"),
    "caps_binds_cap": Text("总量", "cap"),
    "caps_binds_both": Text("相当", "both"),
    "draw": Text(
        "{region}“{project}”{amount} {q.unit}（{start} 年起）",
        "{amount} × {q.unit} for “{project}” in {region} (from {start})",
    ),
    "draws": Text(
        "动用机动：{draws}；已计入各市总量和年度预算，机动余 {left} {q.unit}，总量之和不变。",
        "Draws on the reserve: {draws}; they are in the caps and yearly budgets; {left} × {q.unit} are left and the sum stays.",
    ),
    "draw_unused": Text(
        "按规划增长，{region}的下降目标只允许 {allowed} {q.unit}，动用的 {drawn} {q.unit}只用得上 {usable} {q.unit}；该地 GDP 年均增长达到 {growth}% 才用得足。",
        "At planned growth the target of {region} allows {allowed} × {q.unit} only, so that of the {drawn} drawn it can use {usable} × {q.unit}; all of it where its GDP grows by {growth} % a year or more.",
    ),
    "budgets_title": Text("年度{q.noun}预算", "Yearly budgets"),
    "budgets_note": Text(
        "各年预算，期末年为总量目标；各地区合计与全省预算之差由省里掌握。",
        "Budgets of the years, that of the last year being the cap; what the regions leave of the province's budget is kept by the province.",
    ),
    "budget_over": Text("{year} 年 {over} {q.unit}", "{year}: {over} × {q.unit}"),
    "budgets_over": Text(
        "注意：各市年度预算合计超过全省当年预算：{parts}。请推迟项目，或减小其动用量。",
        "Note: the yearly budgets of the regions are above the province's: {parts}. Let the project start later, or draw less.",
    ),
    "peak_verdict": Text("{year} 年达峰", "peak in {year}"),
    "peak_last": Text(
        "达峰：要求 {asked} 年达峰，这是期末年（{then} {q.unit}），规划期内没有更晚的年份，达到要求。",
        "Peak: asked for {asked}, the end year ({then} × {q.unit}); the period has no later year, so that it is kept.",
    ),
    "peak_held": Text(
        "达峰：要求 {asked} 年达峰，按年度预算为 {then} {q.unit}，此后各年至多 {most} {q.unit}（{later} 年），达到要求。",
        "Peak: asked for {asked}; the budget of that year is {then} × {q.unit}, later ones {most} × {q.unit} at most ({later}): it is kept.",
    ),
    "peak_missed": Text(
        "达峰：要求 {asked} 年达峰，但按年度预算，{asked} 年为 {then} {q.unit}，{later} 年为 {most} {q.unit}，仍高于它，达不到要求。",
        "Peak: asked for {asked}, but the budget of that year is {then} × {q.unit} and that of {later} {most} × {q.unit}, above it: it is not kept.",
    ),
    "budget_year": Text("{year} 年（{q.unit}）", "{year} ({q.unit})"),
    "kept_row": Text("省里掌握", "kept by the province"),
    "caps_rest": Text(
        "未分配，负数为超出（{q.unit_full}）",
        "neither a city's nor the reserve's; negative: above the cap ({q.unit_full})",
    ),
    "both_kept": Text("两项都完成时各市{q.used}（{q.unit_full}）", "{q.used} of cities that keep both ({q.unit_full})"),
    "both_limit": Text(
        "两项目标允许各市{q.used}（{q.unit_full}）", "what both targets leave the cities ({q.unit_full})"
    ),
    "caps_verdict": Text("总量相加", "caps add up"),
    "pair_verdict": Text("两项合判", "both together"),
    "cities_sum": Text("各市总量合计（{q.unit_full}）", "caps of the cities together ({q.unit_full})"),
    "official_cap": Text("{end} 年{q.noun}总量控制目标", "{q.used} cap {end}"),
    "official_cap_short": Text("总量", "caps"),
    "official_cap_unit": Text("{q.unit}", "{q.unit}"),
    "official_note_caps": Text(
        "{q.noun}总量控制目标为 {end} 年{q.amount}的上限；各地区与省级机动相加为全省总量。",
        "The {q.used} cap is what may be {q.emitted} in {end}{q.as_amount}; those of the regions and the reserve add up to the province's.",
    ),
    "official_note_scope": Text(
        "合计行：总量一栏为全省总量，含省级机动；其余各栏只按各地区合计，不含机动。",
        "Last row: the cap is that of the province, the reserve in it; the other columns are of the regions together, without the reserve.",
    ),
    "official_note_tighter": Text(
        "按规划增长，更紧的目标是{tighter}。", "At planned growth the tighter target is: {tighter}."
    ),
    "table_title_of_both": Text("各地区下降目标和总量控制目标", "Targets and caps by region"),
    "official_subtotals": Text("总量控制目标分组小计：{parts}（{unit}）。", "Caps by group: {parts} ({unit})."),
    "residual_row": Text("余项", "residual line"),
    "reserve_row": Text("省级机动", "reserve"),
    "reserve_10kt": Text("省级机动（{q.unit_full}）", "reserve ({q.unit_full})"),
}
