"""Questions about figures that are well formed and can hardly be meant."""

from __future__ import annotations

from scenarios.wording import Text

SENSE: dict[str, Text] = {
    "answer": Text("- {{id: {id}, reason: 理由}}", "- {{id: {id}, reason: why}}"),
    "how_to_accept": Text("若核对无误，请在方案的 accept: 之下写一行，理由自填：{line}",
                          "If it is right as it is, write a line under accept: in the scenario, with your reason: {line}"),
    "near_answer": Text("accept 中的“{found}”没有对应的疑问；如指此处，编号应为“{meant}”。",
                        "“{found}” under accept: answers nothing; if this is meant, the id is “{meant}”."),
    "answers_nothing": Text("没有编号为“{found}”的疑问，这一条没有用到。请核对编号，或删去。",
                            "no question has the id “{found}”; this answer is not used. Check the id, or remove it."),
    "answers_nothing_meant": Text("没有编号为“{found}”的疑问，这一条没有用到。您要的是“{meant}”？",
                                  "no question has the id “{found}”; this answer is not used. Did you mean “{meant}”?"),
    "accepted": Text("已确认，理由：{reason}。", "Accepted, because: {reason}."),
    # the table
    "table_of_year": Text("此处写的是 {found} 年，基年是 {needed}：{q.used}和 GDP 是 {found} 年的数吗？是则请换成 {needed} 年的数。",
                          "this says {found}, the base year is {needed}: are {q.used} and GDP of {found}? Then give the figures of {needed}."),
    "region_left_out": Text("“{name}”在表中有行，但没有一行的“{column}”是 {needed}（此处为“{found}”），因此不在结果中：填错了吗？是则请改正。",
                            "no row of “{name}” has {needed} under “{column}” (here: “{found}”), so the result would be without: is this a slip? Then "
                            "mend it."),
    "heading_or_region": Text("“{found}”没有数：是分组标题，还是一个地区？是地区则请填入数值；是标题则不计入。",
                              "“{found}” has no figures: does it head a group, or is it a region? Fill in those of a region; a heading is left out."),
    "hidden_column": Text("“{name}”列被隐藏，仍按它计算。是这一列吗？是则取消隐藏；不是则删去此列，或在 columns 中写明所要的列。",
                          "the column “{name}” is hidden and is what is reckoned with. Is it meant? Then unhide it; if not, remove it, or name the "
                          "right one under columns."),
    "second_names": Text("此列也是地区名，次序不同（此行是“{found}”，地区列是“{other}”）：右边的数是此列地区的吗？是则请排成同一次序，或分放两张工作表。",
                         "this column holds the regions in another order (“{found}” here, “{other}” in the column of regions): are the figures to its "
                         "right of these? Then sort both alike, or put them on two sheets."),
    # units
    "intensity_of_province": Text("全省强度为 {found} {q.rate_unit}，不在 0.05 与 30 之间：{q.used}或 GDP 是别的单位吗？若差 10 的 {power} 次方（如吨、万元），则为 {meant}。"
                                  "请在表头写明单位，例如 {q.example}、gdp（万元）。",
                                  "the intensity of the province is {found} {q.rate_unit}, not between 0.05 and 30: are {q.used} or GDP in "
                                  "another unit? With a factor of 10^{power} (as of t to {q.unit}) it would be {meant}. Say the unit in the header, "
                                  "as in {q.example} or gdp (万元)."),
    "size_of_province": Text("该列合计 {found} {unit}，超过任何一国：数字是别的单位吗？若差 10 的 4 次方（如吨、万元），则为 {meant} {unit}。"
                             "请在表头写明单位，例如 {q.example}、gdp（万元）。",
                             "the column adds up to {found} {unit}, more than any country's: are the figures in another unit? With a factor of "
                             "10^4 (as of t or 10⁴ yuan) it would be {meant} {unit}. Say the unit in the header, as in {q.example} or gdp (万元)."),
    "size_too_small": Text("该列平均每个地区只有 {found} {unit}：数字是别的单位吗？若差 10 的 4 次方（数字本是{unit}，表头写的却是吨、万元），则平均为 {meant} {unit}。"
                           "请改正表头或表外所写的单位。",
                           "the mean of this column is {found} {unit} a region: are the figures in another unit? With a factor of 10^4 (figures in "
                           "{unit} under a header of t or 10⁴ yuan) it would be {meant} {unit}. Mend the unit in or above the header."),
    "intensity_of_city": Text("“{name}”的强度为 {intensity} {q.rate_unit}，其他地区居中的为 {others}：“{found}”是别的单位，或小数点错位吗？若应为 {meant}（{by}），强度为 {then}。"
                              "请改正此格。",
                              "the intensity of “{name}” is {intensity} {q.rate_unit}, the median of the others {others}: is “{found}” in "
                              "another unit, or its point in the wrong place? As {meant} ({by}) the intensity would be {then}. Mend this cell."),
    "interchanged": Text("“{name}”的{q.used}为 {found}、GDP 为 {second}（{cell}），强度为 {intensity} {q.rate_unit}，其他地区居中的为 {others}；两数对调则为 {then}："
                         "{q.used}和 GDP 是否填反了？请核对这两格。",
                         "“{name}” has {q.used} of {found} and GDP of {second} ({cell}), an intensity of {intensity} {q.rate_unit}; the median of the "
                         "others is {others}, and the other way round it would be {then}: are the two interchanged? Check both cells."),
    "intensity_off": Text("“{name}”的强度为 {intensity} {q.rate_unit}，其他地区居中的为 {others}：“{found}”是别的单位，或小数点错位吗？请先核对各列的单位，再核对此格。",
                          "the intensity of “{name}” is {intensity} {q.rate_unit}, the median of the others {others}: is “{found}” in another unit, or "
                          "its point in the wrong place? Check the units of the columns first, then this cell."),
    "total_of_city": Text("“{name}”的强度为 {intensity} {q.rate_unit}，其他地区居中的为 {others}；“{found}”与其他各地之和（{sum}）相当：填的是全省合计吗？"
                          "或是别的单位、小数点错位（若应为 {meant}，即{by}，强度为 {then}）？请改正此格。",
                          "the intensity of “{name}” is {intensity} {q.rate_unit}, the median of the others {others}; “{found}” is about the sum "
                          "of all others ({sum}): is it the total of the province? Or in another unit, or its point in the wrong place (as {meant}, {by}, "
                          "the intensity would be {then})? Mend this cell."),
    "size_of_city": Text("“{name}”的{q.used}和 GDP（{found}）都远在其他地区之外，其他地区居中的为 {others}：两数都是别的单位，或小数点错位吗？若应为 {meant}（{by}），请改正这两格。",
                         "{q.used} and GDP of “{name}” ({found}) are both far from those of all other regions, whose medians are {others}: are both in "
                         "another unit, or their points in the wrong place? If {meant} ({by}) is meant, mend both cells."),
    "account_off": Text("“{name}”的{q.used}由能源表核算为 {found} {q.unit}，与其 GDP、其他年份或其他地区相差悬殊；其中最大的一项在此格：是别的单位、别的地区，"
                        "或小数点错位吗？请核对此格，以及该地区的其他各项。",
                        "the {q.used} of “{name}” come to {found} × {q.unit} from the energy table, far from what its GDP, its other years or the other "
                        "regions suggest; the largest fuel stands here: is it in another unit, of another region, or its point in the wrong place? Check "
                        "this cell, and the others of this region."),
    # growth
    "growth_as_rate": Text("增长倍数全部小于 1（{found}），即各地 GDP 都下降：填的是增长率吗？若是，请写 {meant}。",
                           "all growth factors are below 1 ({found}), so that every GDP falls: are they rates of growth? Then write {meant}."),
    "growth_of_a_year": Text("增长倍数全部在 {found}，规划期有 {years} 年：填的是一年的倍数吗？若是，{years} 年应为 {meant}。",
                             "all growth factors are {found} for a period of {years} years: are they those of one year? Over {years} years they "
                             "would be {meant}."),
    "growth_of_city": Text("“{name}”的增长倍数为 {found}，其他地区居中的为 {others}：是否填了增长率、一年的倍数或别的数？请核对此格。",
                           "the growth factor of “{name}” is {found}, the median of the others {others}: is it a rate, the factor of one year, or "
                           "another figure? Check this cell."),
    "growth_of_city_in_a_year": Text("“{name}”的增长倍数为 {found}，低于其他各地：填的是一年的倍数吗？若是，{years} 年应为 {meant}。",
                                     "the growth factor of “{name}” is {found}, below all others: is it that of one year? Over {years} years it "
                                     "would be {meant}."),
    "growth_rate_off": Text("“{name}”的增长率为 {rate}%，其他地区在 {low}% 与 {high}% 之间：应为 {meant}%（{by}）吗？请改正此格。",
                            "the rate of growth of “{name}” is {rate}%, those of the others lie between {low}% and {high}%: is {meant}% ({by}) meant? Mend this cell."),
    "growth_beyond": Text("增长倍数为 {found}，规划期只有 {years} 年，没有一个省增长这么快：填的是每年的增长率（%）吗？若是，{years} 年应为 {meant}。",
                          "the growth factors are {found} for a period of {years} year(s), and no province grows that fast: are they rates of a year, "
                          "in per cent? Over {years} year(s) they would be {meant}."),
    "growth_beyond_told": Text("增长倍数为 {found}，规划期只有 {years} 年，没有一个省增长这么快：填的是整个规划期的累计增长，或别的年份、现价的数吗？若是累计增长，倍数应为 {meant}，表头请写“累计增长（%）”。",
                               "the growth factors are {found} for a period of {years} year(s), and no province grows that fast: is it the growth of the whole period, or of other "
                               "years or prices? If of the whole period, the factors are {meant}; then head the column “cumulative growth (%)”."),
    "growth_as_fractions": Text("表头是增长率（%），整列却都小于 1（{found}）：填的是小数，小了 100 倍吗？若是，应为 {meant}，请改写各格。",
                                "the header says rates of growth in %, and all are below 1 ({found}): are they fractions, a hundred times too small? Then they are {meant}; rewrite the "
                                "cells."),
    "growth_of_period": Text("表头写的是 {found} 年，规划期是 {needed} 年：这是规划期的增长倍数吗？请核对此列。",
                             "the header says {found}, and the period is {needed}: is this the growth of the period? Check the column."),
    "growth_of_period_in_title": Text("此处写的是“{found}”，规划期是 {needed} 年：增长是规划期的吗？请换成规划期的增长，或改正此处。",
                                      "this says “{found}”, and the period is {needed}: is the growth that of the period? Give that of the period, or mend this."),
    # shares and rates
    "rates_of_carbon": Text("表题写的是“{found}”：这些下降率是碳排放的吗？本方案的目标是{q.what}。请换成{q.what}的表；若确是{q.what}，请说明理由。",
                            "this says “{found}”: are these rates of carbon? The scenario is of {q.what}. Give the table of {q.what}, or say why it is right."),
    "rates_of_period": Text("此处写的是“{found}”，规划期是 {needed} 年：这是规划期的下降率吗？请换成规划期的一列或一张表。",
                            "this says “{found}”, and the period is {needed}: are these the reductions of the period? Give the column or the table "
                            "of the period."),
    "rates_of_one_year": Text("旁边另有“{other}”一列：“{found}”是 {needed} 年累计的下降率，还是一年的？一年的不能用，请换成规划期的一列；确为累计的，请在表头写“累计”。",
                              "“{other}” stands beside it: is “{found}” the reduction of all of {needed}, or of one year? Of one year it cannot be used: give the column of the "
                              "period; if it is cumulative, say so in the header."),
    "change_of_what": Text("“{found}”没有写明是什么的升降：是碳强度（单位 GDP 二氧化碳排放）的吗？是则请在表头或表题中写明；若是能耗或排放总量的，请换表。",
                           "“{found}” does not say of what: is it carbon intensity (CO2 per unit of GDP)? Then say so in the header or the title; if it is energy "
                           "or total emissions, give another table."),
    "off_column": Text("“{name}”为 {found}，同列其他值在 {low} 与 {high} 之间，居中的为 {others}：应为 {meant}（{by}）吗？请改正此格。",
                       "“{name}” has {found}, the others of this column lie between {low} and {high}, their median is {others}: is {meant} "
                       "({by}) meant? Mend this cell."),
    "rate_off": Text("“{name}”{year} 年为 {found}，其他各地各年约为 {others}：应为 {meant}（{by}）吗？请改正此格。",
                     "“{name}” has {found} in {year}, the other regions and years about {others}: is {meant} ({by}) meant? Mend this cell."),
    "rates_off_year": Text("{year} 年各地的数（如此格 {found}）与其他年份（约 {others}）相差悬殊：是把小数填在 % 下，或单位不同吗？若应为 {meant} 等（{by}），请改正这一年的数。",
                           "the figures of {year} (as {found} here) are far from those of the other years (about {others}): are they fractions under %, or in another unit? "
                           "If {meant} ({by}) and so on is meant, mend this year."),
    "rates_off_region": Text("“{name}”各年的数（如此格 {found}）与其他各地（约 {others}）相差悬殊：是把小数填在 % 下，或单位不同吗？若应为 {meant} 等（{by}），请改正该地区的数。",
                             "the figures of “{name}” (as {found} here) are far from those of the others (about {others}): are they fractions under %, or in another unit? "
                             "If {meant} ({by}) and so on is meant, mend this region."),
    "not_above_zero": Text("“{name}”为 {found}，同列其他值在 {low} 与 {high} 之间：是缺数填了 0，或多写了负号吗？请核对此格。",
                           "“{name}” has {found}, the others of this column lie between {low} and {high}: does 0 stand for what is not known, or is "
                           "a sign too many? Check this cell."),
    "over_whole": Text("“{name}”的占比为 {found}，超过 100%：请核对此格。",
                       "the share of “{name}” is {found}, more than 100%: check this cell."),
    "as_fractions": Text("表头单位为 %，整列 {count} 格却都小于 1（如此格 {found}）：填的是小数吗？若是，各格都乘以 100（此格为 {meant}），或去掉表头的 %。",
                         "the header says %, and all {count} values of the column are below 1 (as {found} here): are they fractions? Then multiply "
                         "all of them by 100 (this one becomes {meant}), or take % out of the header."),
    "below_zero": Text("“{name}”为 {found}，其他各地都大于零：下降为正，应为 {meant} 吗？请改正此格。",
                       "“{name}” has {found}, all others are above zero: a reduction is positive; is {meant} meant? Mend this cell."),
    "sign_turned": Text("“{name}”为 {found}，其他各地各年都是另一符号，大小相近：应为 {meant} 吗？请核对此格的符号（下降率以下降为正，变化率以上升为正）。",
                        "“{name}” has {found}, all other regions and years have the other sign and much the same size: is {meant} meant? Check the sign of this cell "
                        "(of a reduction a fall is positive, of a change a rise)."),
    "all_below_zero": Text("各地都要上升（如“{name}”写的是 {found}）：符号填反了吗？应为 {meant} 等吗？请改写符号（下降率以下降为正，变化率以上升为正）。",
                           "all regions would rise (“{name}” has {found}): are the signs the other way round? Is {meant} meant? Change the signs (of a "
                           "reduction a fall is positive, of a change a rise)."),
    "all_fall": Text("全省可以上升 {asked}%，各地却都要下降，大小相近（如“{name}”写的是 {found}）：负号丢了吗？应为 {meant} 等吗？若是，请改写符号（下降率以下降为正，上升写为负数）。",
                     "the province may rise by {asked} %, and all regions would fall by much the same (“{name}” has {found}): were the signs lost? Is {meant} "
                     "meant? Then change the signs (of a reduction a fall is positive and a rise negative)."),
    # sums
    "sum_of_others": Text("“{name}”的{q.used}和 GDP 等于其他 {count} 行之和：这是合计行吗？请改名为“合计”，或删去此行，否则重复计算。",
                          "{q.used} and GDP of “{name}” are the sums of the other {count} rows: is it the total? Call it “total”, or remove the "
                          "row; else everything counts twice."),
    "sum_of_group": Text("“{name}”的{q.used}和 GDP 等于从“{first}”到“{last}”{count} 行之和：这是小计吗？请改名为“小计”，或删去此行，否则重复计算。",
                         "{q.used} and GDP of “{name}” are the sums of {count} rows, “{first}” to “{last}”: is it their subtotal? Call it "
                         "“subtotal”, or remove the row; else they count twice."),
    "sum_in_years": Text("“{name}”各年各项的数等于其他各地或相邻几地之和：这是合计吗？请改名为“合计”，或删去这些行，否则重复计算。",
                         "every amount of “{name}” is the sum of those of all other regions, or of some next to it: is it their total? Call it “total”, or remove its rows; "
                         "else everything counts twice."),
    "sum_of_sectors": Text("部门“{name}”各项的数等于其他各部门或相邻部门之和：这是合计吗？请删去这些行，否则重复计算。",
                           "every amount of the sector “{name}” is the sum of those of all other sectors, or of some next to it: is it their total? Remove its rows; else "
                           "everything counts twice."),
    "province_or_part": Text("“{name}”是全省的下降率吗？是则请写“全省”；若只是部分地区的，请删去此行。",
                             "is “{name}” the reduction of the province? Then call it “province”; if it is that of some regions, remove the row."),
    "rest_row": Text("“{name}”是一个地区吗？若是全省的数，请写“全省”；若是尚未分到各地的数，请分到各地或删去此行。",
                     "is “{name}” a region? If it is the province, call it “province”; if it is what no region was given, give it to the regions or remove the row."),
    "sum_of_some": Text("“{name}”的{q.used}和 GDP 恰等于{names}之和：这是小计吗？请改名为“小计”，或删去此行，否则重复计算。",
                        "{q.used} and GDP of “{name}” are exactly the sums of {names}: is it their subtotal? Call it “subtotal”, or remove "
                        "the row; else they count twice."),
    # whose rows
    "several_provinces": Text("表中的市属于不同的省（{counts}；如此处的“{name}”）：方案是哪一省的？请写 province: {{name: {meant}}} 并删去其余的行；"
                              "表中有省份列时，写 where: {{省份: {meant}}}",
                              "the cities are of several provinces ({counts}; “{name}” here): which one is the scenario of? Say province: "
                              "{{name: {meant}}} and remove the other rows; if the table has a column of provinces, say where: {{province: {meant}}}"),
    "other_province": Text("“{name}”不属于{province}：是误填的行吗？请删去，或改正名称。",
                           "“{name}” is not in {province}: is this a slip? Remove the row, or mend the name."),
    "region_meant": Text("“{name}”不是{province}的地级行政区，而“{meant}”没有行：是笔误吗？请改正名称。",
                         "“{name}” is no prefecture of {province}, and “{meant}” has no row: is this a slip? Then mend the name."),
    "county_row": Text("“{name}”不是{province}的地级行政区：其数已计入所属的市吗？是则重复计算，请删去这些行，或写成“其中：…”。",
                       "“{name}”: no prefecture of {province}. Is it counted in the city that it belongs to? Then it counts twice: remove the "
                       "rows, or call them “of which: …”."),
    "prefectures_missing": Text("{province}有 {count} 个地级行政区，表中没有：{missing}。漏了吗？是则请补上。",
                                "{province} has {count} prefectures; the table lacks {missing}. Left out? Then add them."),
    # twice, unseen
    "same_place": Text("“{name}”与“{other}”（{first}）是同一地区吗？是则请删去一行；只留所需范围的数据。",
                       "are “{name}” and “{other}” ({first}) the same region? Then remove one row, and keep the figures of the extent you need."),
    "identical_rows": Text("“{name}”的数（{found}）与“{other}”（{first}）完全相同：是复制后未改吗？请核对此行。",
                           "the figures of “{name}” ({found}) are those of “{other}” ({first}), digit for digit: was the row copied and not "
                           "filled in? Check it."),
    "filled_down": Text("从“{name}”到“{last}”{count} 行都是 {found}：是向下填充的吗？请核对这几格。",
                        "{count} rows, “{name}” to “{last}”, all have {found}: was it filled down? Check these cells."),
    "hidden_rows": Text("有 {count} 行被隐藏、筛选掉或划去，仍计入：{names}。要计入吗？要则取消隐藏或筛选；不要则删去这些行。",
                        "{count} row(s) are hidden, filtered out or struck through and count all the same: {names}. Are they meant to? Then unhide them or clear the "
                        "filter; if not, delete the rows."),
    # projects
    "intensity_of_project": Text("该项目的强度为 {intensity} {q.rate_unit}，不在 0.01 与 300 之间：“{found}”是别的单位吗（应为{q.unit}、亿元）？若应为 {meant}，强度为 {then}。",
                                 "the intensity of the project is {intensity} {q.rate_unit}, not between 0.01 and 300: is “{found}” in another unit "
                                 "({q.unit_zh} and 亿元 are meant)? As {meant} the intensity would be {then}."),
    "project_half": Text("填了 `{there}`，却没有 `{missing}`（按 0 计）：是漏填吗？请补上 `{missing}`。",
                         "`{there}` is given and `{missing}` is not (it counts as 0): was it forgotten? Give `{missing}`."),
    "project_growth": Text("该项目期末 GDP 为 {found}，基年为 {base}，是其 {times} 倍：减少或增到 10 倍以上，是单位不同或两数颠倒吗？请核对。",
                           "the project's GDP in the end year is {found} after {base} in the base year, {times} times as much: less, or above ten times. "
                           "Is one in another unit, or are they interchanged? Check both."),
    "caps_off": Text("按{unit}读，各市总量约为按下降率{q.allowed}的 {times} 倍（{n} 个地区），{by}。请核对此列。",
                     "read in {unit}, the caps are about {times} times what the rates allow ({n} regions), and {by}. Check this column."),
    "caps_off_meant": Text("按{unit}读，各市总量约为按下降率{q.allowed}的 {times} 倍（{n} 个地区）；按{meant}读才相当：单位写错了吗？若是，表头请写“{head}（{meant}）”。",
                           "read in {unit}, the caps are about {times} times what the rates allow ({n} regions); read in {meant} they would match: is the unit wrong? If so, write the header as “{head} ({meant})”."),
    "column_of_another": Text("columns 写着 {name}: {found}，而表头“{found}”是 {other} 的列，不是 {name} 的。写错了吗？请改为该量自己的表头。",
                              "columns says {name}: {found}, but the header “{found}” is that of {other}, not of {name}. Is that a slip? Give the header of the amount itself."),
    "share_falls": Text("非化石能源占比目标 {target}% 低于基年的 {base}%：目标应为期末年的占比。若指提高的百分点，请写 {sum}%；请核对此数和地区表中的能源、非化石能源两列。",
                        "the target of {target}% is below the share of {base}% in the base year: it is to be the share at the end. If a rise in points is meant, write {sum}%; check it, and the columns of energy and non-fossil energy."),
    "energy_end_far": Text("“{name}”期末能源消费“{found}”与按 GDP 增长推算的 {grown} 万吨标准煤相差过大（不到一半或超出四分之一）。请核对单位和数字。",
                           "the end-year energy of “{name}”, “{found}”, is far from the {grown} × 10⁴ tce that growth of GDP would make of it (less than half, or a quarter more). Check unit and figure."),
    "share_tiny": Text("全省非化石能源只占能源消费的 {percent}%：此列与能源消费的单位不同吗？单位请在表头写明，例如 非化石能源（万吨标准煤）。",
                       "non-fossil energy is only {percent} % of the province's energy: is this column in another unit than energy? A unit is said in the header, as in nonfossil (10^4 tce)."),
    "fit_far": Text("按这些系数，基年化石能源的排放为 {base} 万吨，是方案中基年排放 {emissions} 万吨的 {percent}%，相差过大。请核对系数的单位（吨二氧化碳/吨标准煤）和口径。",
                    "by these factors fossil energy of the base year comes to {base} × 10⁴ t, {percent} % of the scenario's {emissions} × 10⁴ t, which is far off. Check the unit of the factors (tonnes of CO2 a tce) and their scope."),
    "fit_far_carbon": Text("按这些系数，基年化石能源的排放为 {base} 万吨，是方案中基年排放 {emissions} 万吨的 {percent}%，乘以 44/12 才相当：写成了吨碳的系数吗？请改为吨二氧化碳/吨标准煤。",
                           "by these factors fossil energy of the base year comes to {base} × 10⁴ t, {percent} % of the scenario's {emissions} × 10⁴ t; times 44/12 it would match: are they tonnes of carbon? Give tonnes of CO2 a tce."),
    "fit_other": Text("其他排放（`fit.other`）为 {found} 万吨，而基年排放减去化石能源按系数推算的排放只在 {low} 至 {high} 万吨之间：其他排放（工业过程、调入电力等）差得这么多吗？请核对。",
                      "fit.other is {found} × 10⁴ t, while emissions of the base year less those of fossil energy by the factors are between {low} and {high} × 10⁴ t: are other emissions (processes, electricity from outside) as far off as that? Check it."),
    "fit_city": Text("“{name}”的煤炭和石油合计 {used} 万吨标准煤，比其化石能源 {fossil} 万吨标准煤（能源消费减非化石能源）多 {gas}。有外送电力等时可能如此；否则请核对此格，以及该市的能源消费、石油和非化石能源。",
                     "coal and oil of “{name}” are {used} × 10⁴ tce, {gas} more than its fossil energy of {fossil} (energy less non-fossil energy). Power given off may explain it; else check this cell, and the city's energy, oil and non-fossil energy."),
    "year_caps_off": Text("按{unit}读，{n} 个年度预算约为从基年{q.used}到期末总量各年数值的 {times} 倍，{by}。请核对此列。",
                          "read in {unit}, {n} yearly budgets are about {times} times what lies on the way from the base year to the cap, and {by}. Check this column."),
    "year_caps_off_meant": Text("按{unit}读，{n} 个年度预算约为从基年{q.used}到期末总量各年数值的 {times} 倍；按{meant}读才相当：单位写错了吗？若是，表头请写“{head}（{meant}）”。",
                                "read in {unit}, {n} yearly budgets are about {times} times what lies on the way from the base year to the cap; read in {meant} they would match: is the unit wrong? If so, write the header as “{head} ({meant})”."),
    "year_cap_off": Text("“{name}”{year} 年的预算“{found}”是从基年{q.used}到期末总量当年约 {way} {q.unit}的 {times} 倍：小数点错位，或是别的单位吗？请核对此格。",
                         "the budget “{found}” of “{name}” in {year} is {times} times the {way} × {q.unit} on the way from the base year to the cap: is its point in the wrong place, or is it in another unit? Check this cell."),
    "draw_early": Text("项目“{project}”从 {start} 年起动用机动 {found} {q.unit}，但 {year} 年的预算中省里只余 {left} {q.unit}：各市预算合计会超过全省当年预算。请推迟项目、改小动用量，或用表给出各年预算（total.year_caps）。",
                       "the project “{project}” draws {found} × {q.unit} from {start} on, but of the budget of {year} the province keeps {left} × {q.unit} only: the budgets of the regions would be above the province's. Let it start later, draw less, or give the budgets of the years in a table (total.year_caps)."),
    "rate_beyond": Text("“{name}”的“{found}”不在其上下限 {low} 至 {high} 之间；若应为 {meant}（{by}）则在其中：漏写或多写了一位吗？请核对此格。",
                        "“{found}” of “{name}” is not within its bounds, {low} to {high}; {meant} ({by}) would be: is a digit lost or too many? Check this cell."),
    "rate_of_province": Text("全省一行的“{found}”既不是总目标（{target}%），也不是各地区合计的结果（{implied}%）。没有采用；请核对此格。",
                             "“{found}” in the province's row is neither its target ({target} %) nor what the regions come to ({implied} %). It is not used; check this cell."),
    "rate_of_province_both": Text("全省一行的“{found}”既不是总目标（{target}%），也不是各地区合计的结果（{implied}%），也不是两项目标所要求的 {worth}%。没有采用；请核对此格。",
                                  "“{found}” in the province's row is neither its target ({target} %) nor what the regions come to ({implied} %), nor what both targets ask ({worth} %). It is not used; check this cell."),
    "cap_off": Text("“{name}”的总量“{found}”是其下降率所允许{q.used} {allowed} {q.unit}的 {times} 倍：小数点错位，或是别的单位吗？请核对此格。",
                    "the cap “{found}” of “{name}” is {times} times the {allowed} × {q.unit} that its rate allows: is its point in the wrong place, or is it in another unit? Check this cell."),
    "project_size": Text("“{found}”远大于“{region}”全地区基年的 {whole}：是别的单位吗（应为{q.unit}、亿元）？请核对此格。",
                         "“{found}” is far above the {whole} of all “{region}” in the base year: is it in another unit ({q.unit_zh} and 亿元 are meant)? Check this "
                         "cell."),
    "project_total": Text("“{name}”为 {found}，各项目之和为 {needed}：合计有误、漏了项目，还是此行是一个项目？请核对，或删去此行。",
                          "“{name}” says {found}, the projects add up to {needed}: is the total wrong, a project missing, or is the row a project? Check it, or remove the row."),
    "project_twice": Text("“{region}”的项目“{name}”已在 {first}：是同一项目吗？是则请删去一行，否则重复计算；不是请写成不同的名称。",
                          "the project “{name}” of “{region}” is in {first} too: is it the same? Then remove one row, else it counts twice; if not, "
                          "give them names of their own."),
    "offset_large": Text("“{name}”每年 {found}，比“{region}”基年全部{q.used} {own} {q.unit}还多：单位或小数点错了吗？请核对此格。",
                         "“{name}” has {found} a year, more than all {q.used} of “{region}” in the base year, {own} × {q.unit}: is it in another unit, or its point in the wrong place? Check this cell."),
    # years
    "fall_to_nothing": Text("“{name}”{year} 年为 {found}，{other} 年为 {before}：一年降到零，是漏填或没有数据吗？没有数据的年份请去掉该行；请核对此格。",
                            "“{name}” has {found} in {year} and {before} in {other}: a fall to nothing in one year. Was it left out, or is there no figure? Take out the row of a year without figures; check this cell."),
    "jump_of_city": Text("“{name}”{year} 年为 {found}，{other} 年为 {before}，是其 {times} 倍：单位不同，或小数点错位吗？若应为 {meant}（{by}），请改正此格。",
                         "“{name}” has {found} in {year} and {before} in {other}, {times} times as much: is it in another unit, or "
                         "its point in the wrong place? If {meant} ({by}) is meant, mend this cell."),
    "change_of_city": Text("“{name}”{year} 年为 {found}，{other} 年为 {before}，是其 {times} 倍：是否填了别的地区、别的年份或别的口径的数？请核对此格。",
                           "“{name}” has {found} in {year} and {before} in {other}, {times} times as much: is it the figure of another "
                           "region, year or extent? Check this cell."),
    "swapped": Text("“{name}”{year} 年为 {found}（上一年 {before}），“{other}”为 {second}（上一年 {earlier}，{cell}）：两地的数是否填反了？请核对这两格。",
                    "“{name}” has {found} in {year} (before: {before}), “{other}” {second} (before: {earlier}, {cell}): are the two interchanged? "
                    "Check both cells."),
    "rates_cumulated": Text("各地的下降率都随年份成倍增大（如“{name}”{other} 年 {before}，{year} 年 {found}）：填的是比 {base} 年的累计下降率吗？此表要每年比上年的下降率，请换成逐年的数。",
                            "the reductions of every region grow with the years (“{name}”: {before} in {other}, {found} in {year}): are they those since {base}? This table takes "
                            "the reduction of each year on the year before."),
    "unchanged": Text("“{name}”{year} 年为 {found}，与上一年完全相同：是复制后未改吗？请核对此格。",
                      "“{name}” has {found} in {year}, digit for digit that of the year before: was it copied and not filled in? Check this cell."),
    "unchanged_all": Text("{year} 年各地的数与上一年完全相同（如此格 {found}）：是复制后未改吗？请核对这一年的数。",
                          "in {year} the figures of the regions are those of the year before (as {found} here): were they copied and not filled in? "
                          "Check this year."),
    "jump_of_all": Text("{year} 年各地的数约为 {other} 年的 {times} 倍（如此格 {found}，{other} 年 {before}）：单位、口径或年份不同吗？请核对；单位请在表头写明，例如 {q.example}、gdp（万元）。",
                        "in {year} the figures of the regions are about {times} times those of {other} (here {found}, {before} in {other}): are they "
                        "in another unit, or of another extent or year? Check; a unit is said in the header, as in {q.example} or gdp (万元)."),
    "track_slip": Text("各地的年度下降率都很小，累计下降 {found}%；若放大 {factor} 倍，累计为 {implied}%，正好在目标路径上。请核对是否把小数填在了 % 下。",
                       "all annual reductions are small and come to {found}%; {factor} times as much would come to {implied}% and be on the path. Check "
                       "whether fractions stand under %."),
}  # fmt: skip
