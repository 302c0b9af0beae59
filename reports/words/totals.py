"""Words about the cap on the province's total, and the caps of its cities."""

from __future__ import annotations

from scenarios.wording import Text

TEXTS: dict[str, Text] = {
    "total_total": Text(
        "总量控制：期末年全省排放不超过 {cap} 万吨（比基年 {change}%）{reserve}，各市合计 {left} 万吨。按规划增长，强度目标 {target}% 允许 {allowed} 万吨，总量更紧：相当于强度下降 {worth}%{without}，比强度目标多 {points} 个百分点（{tonnes} 万吨）；各市按此分解。",
        "Total control: the province may emit {cap} × 10⁴ t in the end year ({change} % on the base year){reserve}, {left} × 10⁴ t for the cities. At planned growth the intensity target of {target} % allows {allowed} × 10⁴ t; the total is tighter and worth a cut of {worth} %{without}, {points} points ({tonnes} × 10⁴ t) more than the intensity target; the cities are asked for that.",
    ),
    "total_intensity": Text(
        "总量控制：期末年全省排放不超过 {cap} 万吨（比基年 {change}%）{reserve}，各市合计 {left} 万吨。按规划增长，强度目标 {target}% 只允许 {allowed} 万吨，强度更紧；总量相当于强度下降 {worth}%{without}，比强度目标少 {points} 个百分点（{tonnes} 万吨）。",
        "Total control: the province may emit {cap} × 10⁴ t in the end year ({change} % on the base year){reserve}, {left} × 10⁴ t for the cities. At planned growth the intensity target of {target} % allows {allowed} × 10⁴ t only and is tighter; the total is worth a cut of {worth} %{without}, {points} points ({tonnes} × 10⁴ t) less.",
    ),
    "total_reserve": Text("，其中机动 {reserve} 万吨", " with a reserve of {reserve} × 10⁴ t"),
    "total_without": Text("（不留机动为 {worth}%）", " ({worth} % without the reserve)"),
    "total_break_even": Text(
        "GDP 年均增长高于 {even}% 时总量更紧，低于时强度更紧；规划增长为年均 {planned}%。",
        "With GDP growing above {even} % a year the total is tighter, below it the intensity; {planned} % a year is planned.",
    ),
    "total_held": Text(
        "总量通过：按规划增长，表列目标使期末年排放 {emissions} 万吨{reserve}，不超过 {cap} 万吨，余 {room} 万吨。",
        "Total held: at planned growth the listed targets lead to {emissions} × 10⁴ t in the end year{reserve}, not above {cap} × 10⁴ t; {room} × 10⁴ t are left.",
    ),
    "total_broken": Text(
        "总量超出：按规划增长，表列目标使期末年排放 {emissions} 万吨{reserve}，超过 {cap} 万吨，多 {room} 万吨。",
        "Total broken: at planned growth the listed targets lead to {emissions} × 10⁴ t in the end year{reserve}, {room} × 10⁴ t above the cap of {cap} × 10⁴ t.",
    ),
    "total_and_reserve": Text("，加机动 {reserve} 万吨", " and {reserve} × 10⁴ t of reserve"),
    "growths_title": Text("GDP 增长不同时，强度和总量哪个更紧", "Which target is tighter when GDP grows otherwise"),
    "growths_note": Text(
        "居中一行是规划增长；总量按总量目标减机动计算。",
        "The middle row is the planned growth; the total is the cap less the reserve.",
    ),
    "growth_a_year": Text("GDP 年均增长（%）", "GDP growth a year (%)"),
    "allowed_10kt": Text("强度目标允许排放（万吨二氧化碳）", "allowed by the intensity target (10⁴ t CO₂)"),
    "tighter": Text("更紧的目标", "tighter target"),
    "cut_needed": Text("须下降（%）", "cut needed (%)"),
    "binds_total": Text("总量", "total"),
    "binds_intensity": Text("强度", "intensity"),
    "total_bears": Text(
        "总量：最多 {survives} 个地区（共 {n} 个）的增长同时最高时仍守得住；",
        "The total: it is held while the growth of up to {survives} of {n} regions is at its highest; ",
    ),
    "total_bears_all": Text(
        "总量：全部 {n} 个地区的增长同时最高时仍守得住；",
        "The total: it is held even when the growth of all {n} regions is at its highest; ",
    ),
    "total_bears_none": Text("总量：按现有增长倍数已超出；", "The total: it is broken at the growth given already; "),
    "total_worst_short": Text(
        "全部最高时超出 {tonnes} 万吨。", "with all at their highest it is broken by {tonnes} × 10⁴ t CO₂."
    ),
    "total_worst_over": Text(
        "全部最高时仍余 {tonnes} 万吨。", "with all at their highest {tonnes} × 10⁴ t CO₂ are left."
    ),
    "cut_with_reserve": Text("计入机动须下降（%）", "cut needed with the reserve (%)"),
    "reserve_counts": Text(
        "机动计入全省强度：{reserve} 万吨全部用完时，全省强度下降 {implied}%（目标 {target}%）。",
        "The reserve counts in the province's intensity: with all {reserve} × 10⁴ t used up it falls by {implied} % (target {target} %).",
    ),
    "reserve_asks": Text(
        "为此各市合计须下降 {needed}%，比目标多 {points} 个百分点。",
        "For it the cities are asked for {needed} %, {points} points above the target.",
    ),
    "reserve_breaks": Text(
        "注意：机动 {reserve} 万吨若全部用完，全省强度只下降 {implied}%，达不到目标 {target}%。",
        "Note: with all {reserve} × 10⁴ t of the reserve used up the province's intensity falls by {implied} % only, short of the target of {target} %.",
    ),
    "reserve_apart": Text(
        "机动单列（{reason}），不计入全省强度。",
        "The reserve is listed apart ({reason}) and does not count in the province's intensity.",
    ),
    "check_reserve": Text(
        "机动全部用完时，全省强度达不到目标。",
        "With the reserve used up the province falls short of its intensity target.",
    ),
    # caps of cities
    "caps_by_rates": Text("按下降率推算", "by the rates"),
    "caps_by_total": Text("按下降率推算并同比例分完", "by the rates, scaled to hand out all"),
    "caps_by_base": Text("按基年排放同比例", "in proportion to base-year emissions"),
    "caps_by_given": Text("按所给的表", "as given"),
    "caps_add_up": Text(
        "各市总量（{policy}）合计 {sum} 万吨，机动 {reserve} 万吨，共 {cap} 万吨，正好是全省总量。",
        "Caps of the cities ({policy}): {sum} × 10⁴ t, with a reserve of {reserve} × 10⁴ t exactly the province's {cap} × 10⁴ t.",
    ),
    "caps_short": Text(
        "各市总量合计 {sum} 万吨，加机动 {reserve} 万吨，比全省总量 {cap} 万吨少 {rest} 万吨：既不属于任何城市，也不是机动，加不起来。",
        "Caps of the cities: {sum} × 10⁴ t and {reserve} × 10⁴ t of reserve are {rest} × 10⁴ t below the province's {cap} × 10⁴ t; that is neither a city's nor the reserve's: they do not add up.",
    ),
    "caps_beyond": Text(
        "各市总量合计 {sum} 万吨，加机动 {reserve} 万吨，比全省总量 {cap} 万吨多 {rest} 万吨。",
        "Caps of the cities: {sum} × 10⁴ t and {reserve} × 10⁴ t of reserve are {rest} × 10⁴ t above the province's {cap} × 10⁴ t.",
    ),
    "outside_too": Text("余项 {outside} 万吨另计。", "The residual line's {outside} × 10⁴ t are counted besides."),
    "pair_holds": Text(
        "各市两项目标都完成时，全省排放 {kept} 万吨（强度下降 {rate}%），不超过两项目标允许的 {limit} 万吨。",
        "When every city keeps both targets the cities emit {kept} × 10⁴ t (a cut of {rate} %), not above the {limit} × 10⁴ t that both targets leave them.",
    ),
    "pair_fails": Text(
        "各市两项目标都完成时，全省排放仍有 {kept} 万吨（强度下降 {rate}%），超过两项目标允许的 {limit} 万吨，多 {over} 万吨。",
        "Even when every city keeps both targets the cities emit {kept} × 10⁴ t (a cut of {rate} %), {over} × 10⁴ t above the {limit} × 10⁴ t that both targets leave them.",
    ),
    "rates_alone_break": Text(
        "注意：只看下降率，按规划增长会超出总量 {over} 万吨；守住总量靠各市总量。",
        "Note: the rates alone break the cap by {over} × 10⁴ t at planned growth; it is the caps of the cities that hold it.",
    ),
    "pair_scales": Text(
        "各市增长同为规划的 {rates} 倍以内时，下降率就守得住总量；{caps} 倍以上时，各市总量就支撑强度目标。",
        "Up to {rates} times planned growth everywhere the rates alone hold the cap; from {caps} times on the caps alone back the intensity target.",
    ),
    "pair_worst_short": Text(
        "各市两项都完成而增长最不利时，强度目标缺 {tonnes} 万吨，总量不会超出。",
        "With growth at its worst and every city keeping both, the intensity target is missed by {tonnes} × 10⁴ t, the total never.",
    ),
    "pair_worst_over": Text(
        "各市两项都完成时，增长再不利也支撑强度目标（余 {tonnes} 万吨），总量不会超出。",
        "With every city keeping both, both targets hold at the worst growth too ({tonnes} × 10⁴ t left in the intensity).",
    ),
    "binding_cities": Text("按规划增长，{parts}。", "At planned growth {parts}."),
    "binds_cap_in": Text("总量更紧的是{regions}", "the cap is tighter in {regions}"),
    "binds_rate_in": Text("下降率更紧的是{regions}", "the rate is tighter in {regions}"),
    "binds_both_in": Text("两项相当的是{regions}", "both are alike in {regions}"),
    "binds_all_both": Text("所有地区两项相当", "both are alike in every region"),
    "check_caps": Text("各市总量加不到全省总量。", "The caps of the cities do not add up to that of the province."),
    "check_pair": Text(
        "各市两项目标都完成，全省仍达不到。", "Every city keeping both targets does not suffice for the province."
    ),
    "rate_of_table": Text("按分解表下降（%）", "cut as on the sheet of targets (%)"),
    "cap_of_table": Text("分得总量（万吨二氧化碳）", "cap as on the sheet of targets (10⁴ t CO₂)"),
    "cap_10kt": Text("碳排放总量控制目标（万吨二氧化碳）", "emissions cap (10⁴ t CO₂)"),
    "rate_allows": Text("按下降率可排放（万吨二氧化碳）", "allowed by the rate (10⁴ t CO₂)"),
    "cap_room": Text("总量余地，负数为不足（万吨二氧化碳）", "room under the cap, negative: short (10⁴ t CO₂)"),
    "city_binds": Text("更紧的目标", "tighter target"),
    "city_binds_rate": Text("下降率", "rate"),
    "city_binds_cap": Text("总量", "cap"),
    "city_binds_both": Text("相当", "both"),
    "swap_a_year": Text("总量对应的 GDP 年均增长（%）", "GDP growth a year in the cap (%)"),
    "planned_a_year": Text("规划 GDP 年均增长（%）", "planned GDP growth a year (%)"),
    "cap_needs": Text("守住总量须下降（%）", "cut that keeps the cap (%)"),
    "growth_point": Text("增长 1 个百分点相当于（万吨二氧化碳）", "a point of growth is worth (10⁴ t CO₂)"),
    "caps_title": Text("各市两项目标", "Two targets for every city"),
    "caps_note": Text(
        "增长快于“总量对应的增长”时总量更紧，慢于时下降率更紧；可排放量和“守住总量须下降”按规划增长计算。"
        "“增长 1 个百分点”指规划期增长倍数增加 0.01。",
        "A city that grows faster than the growth in its cap is held by the cap, one that grows slower by its rate. What a rate allows, and "
        "what keeps the cap, are at planned growth. A point of growth is 0.01 of the growth factor of the whole period.",
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
        "移动滑块，看 GDP 增长快些慢些时，各地区按下降率可排放多少、守住总量须下降多少。只在本页计算，不改动分解表。",
        "Move the slider to see what the rates allow, and what cut keeps the caps, when GDP grows faster or slower. It is reckoned in this page alone; the table stays.",
    ),
    "caps_who": Text("哪个地区", "which region"),
    "caps_all": Text("所有地区", "all regions"),
    "caps_more": Text("GDP 年均增长比规划（百分点）", "GDP growth a year beside the planned (points)"),
    "caps_growth": Text("{points} 个百分点", "{points} points"),
    "caps_now": Text("此时的增长（年均 %）", "growth then (% a year)"),
    "caps_keeps": Text(
        "各市只完成下降率：排放 {rates} 万吨；两项都完成：{both} 万吨。强度目标允许 {intensity} 万吨，总量目标允许各市 {total} 万吨：两项都完成时，两项目标都守得住。",
        "Cities that keep their rates alone emit {rates} × 10⁴ t, those that keep both {both} × 10⁴ t. The intensity target allows {intensity} × 10⁴ t, the cap {total} × 10⁴ t: with both kept both targets hold.",
    ),
    "caps_over": Text(
        "各市只完成下降率：排放 {rates} 万吨；两项都完成：{both} 万吨。强度目标只允许 {intensity} 万吨，总量目标允许各市 {total} 万吨：强度目标差 {over} 万吨。",
        "Cities that keep their rates alone emit {rates} × 10⁴ t, those that keep both {both} × 10⁴ t. The intensity target allows {intensity} × 10⁴ t only, the cap {total} × 10⁴ t: the intensity is {over} × 10⁴ t short.",
    ),
    "caps_total": Text("各市合计", "cities together"),
    "caps_binds_rate": Text("下降率", "rate"),
    "caps_binds_cap": Text("总量", "cap"),
    "caps_binds_both": Text("相当", "both"),
    "draw": Text(
        "{region}“{project}”{amount} 万吨（{start} 年起）",
        "{amount} × 10⁴ t for “{project}” in {region} (from {start})",
    ),
    "draws": Text(
        "动用机动：{draws}；已计入各市总量和年度预算，机动余 {left} 万吨，总量之和不变。",
        "Draws on the reserve: {draws}; they are in the caps and yearly budgets; {left} × 10⁴ t are left and the sum stays.",
    ),
    "budgets_title": Text("年度碳排放预算", "Yearly budgets"),
    "budgets_note": Text(
        "由基年排放到期末年总量，各年预算为整数；各地区合计与全省预算之差由省里掌握。",
        "From the base year's emissions to the cap of the last year, rounded year by year; what the regions leave of the province's budget is kept by the province.",
    ),
    "budget_over": Text("{year} 年 {over} 万吨", "{year}: {over} × 10⁴ t"),
    "budgets_over": Text(
        "注意：各市年度预算合计超过全省当年预算：{parts}。请推迟项目，或减小其动用量。",
        "Note: the yearly budgets of the regions are above the province's: {parts}. Let the project start later, or draw less.",
    ),
    "budget_year": Text("{year} 年（万吨）", "{year} (10⁴ t)"),
    "kept_row": Text("省里掌握", "kept by the province"),
    "caps_rest": Text(
        "未分配，负数为超出（万吨二氧化碳）",
        "neither a city's nor the reserve's; negative: above the cap (10⁴ t CO₂)",
    ),
    "both_kept": Text("两项都完成时各市排放（万吨二氧化碳）", "emissions of cities that keep both (10⁴ t CO₂)"),
    "both_limit": Text("两项目标允许各市排放（万吨二氧化碳）", "what both targets leave the cities (10⁴ t CO₂)"),
    "caps_verdict": Text("总量相加", "caps add up"),
    "pair_verdict": Text("两项合判", "both together"),
    "cities_sum": Text("各市总量合计（万吨二氧化碳）", "caps of the cities together (10⁴ t CO₂)"),
    "official_cap": Text("{end} 年碳排放总量控制目标", "emissions cap {end}"),
    "official_cap_short": Text("总量", "caps"),
    "official_cap_unit": Text("万吨", "10⁴ t"),
    "official_note_caps": Text(
        "碳排放总量控制目标为 {end} 年二氧化碳排放的上限；各地区与省级机动相加为全省总量。",
        "The emissions cap is what may be emitted in {end} as CO₂; those of the regions and the reserve add up to the province's.",
    ),
    "official_subtotals": Text("总量控制目标分组小计：{parts}（{unit}）。", "Caps by group: {parts} ({unit})."),
    "residual_row": Text("余项", "residual line"),
    "reserve_row": Text("省级机动", "reserve"),
}
