"""Findings about several levels: targets handed down, and the tables of the levels below."""

from __future__ import annotations

from scenarios.wording import Text

NESTED: dict[str, Text] = {
    "above_no_table": Text("上级下降率表“{found}”不存在。请写明从本方案所在文件夹起的路径（plan.json、其文件夹，或通知所附的表）。",
                           "there is no table “{found}” of the level above. Give its path from this scenario's folder: a plan.json, its folder, or the circular's table."),
    "above_unknown": Text("上级的表 {file} 中没有“{found}”，有：{known}。", "{file} of the level above has no “{found}”; it has: {known}."),
    "above_unknown_meant": Text("上级的表 {file} 中没有“{found}”。您要的是“{meant}”？有：{known}。",
                                "{file} of the level above has no “{found}”. Did you mean {meant}? It has: {known}."),
    "above_period": Text("上级方案的规划期是 {found}，本方案是 {needed}。下达的下降率只在同一规划期内有意义，请改用同期的表，或改本方案的规划期（period）。",
                         "the plan above is for {found}, this scenario for {needed}. A rate is handed down within one period alone: take the table of the same period, or mend `period`."),
    "above_quantity": Text("上级方案的目标是“{found}”的，本方案是“{needed}”的。请改用同一个量的表。",
                           "the target above is of {found}, that of this scenario of {needed}. Take the table of the same quantity."),
    "above_scope": Text("上级方案的核算口径是 {found}，本方案是 {needed}。各级须用同一口径，请改核算口径（energy.scope），或改用同一口径的表。",
                        "the plan above accounts by the scope {found}, this scenario by {needed}. All levels need one scope: mend energy.scope, or take the table of the same scope."),
    "above_target_range": Text("{file} 中“{region}”的下降率是 {found}%，不能作为目标：目标须在 0.01% 与 99.99% 之间。",
                               "the rate of {region} in {file} is {found}%, which is no target: one lies between 0.01% and 99.99%."),
    "above_target_range_level": Text("{file} 中“{region}”的下降率是 {found}%，不能作为目标：目标须在 −50% 与 99.99% 之间。",
                                     "the rate of {region} in {file} is {found}%, which is no target: one lies between −50% and 99.99%."),
    "below_missing": Text("方案没有下一级（below）。请写 below: {{regions: counties.csv}}，表中“上级”列写各县所属的市。",
                          "the scenario has no level below. Write below: {{regions: counties.csv}}, with each county's city in the column parent."),
    "below_quantity": Text("下一级（below）目前只用于强度目标，不用于总量或占比目标。", "`below` is for targets of an intensity alone so far, not of a level or a share."),
    "parent_column": Text("表中没有“上级”列，不知道各行属于哪个市。请加一列，表头写 {known} 或 parent。", "the table does not say whose each row is. Add a column called parent ({known})."),
    "parent_unknown": Text("上级“{found}”不是本方案的地区。请核对名称或代码。", "the parent “{found}” is no region of this scenario. Check its name or code."),
    "parent_unknown_meant": Text("上级“{found}”不是本方案的地区，您要的是“{meant}”？", "the parent “{found}” is no region of this scenario. Did you mean {meant}?"),
    "parent_is_itself": Text("“{found}”的上级是它自己。请写它所属的市；直接由省管的地区不必在这张表中。", "“{found}” is its own parent. Give the region that it is under; one directly under the province needs no row here."),
    "county_twice": Text("“{found}”同时在{first}和{second}之下。一个地区只能有一个上级，请删去一处。", "“{found}” stands under {first} and under {second}. A region has one parent; remove one row."),
    "county_is_city": Text("{city}的“{name}”与全市的排放、GDP 完全相同，却还有别的县。是把全市数写成了县数吗？", "{name} of {city} has the emissions and GDP of the whole city, beside other counties. Are these the city's figures?"),
    "counted_twice": Text("{city}各县合计恰好比全市多出“{name}”一行（排放多 {over} 万吨）。它是否已含在别的县中（如开发区）？", "the counties of {city} add up to more than the city by just one row, {name} ({over} × 10⁴ t of emissions). Is it counted in another county already, as a zone is?"),
    "growth_of_parts": Text("{city}的增长倍数 {growth} 不在其各县的 {low} 与 {high} 之间；各县齐全时不可能如此。是否缺县，或增长数据有误？", "the growth of {city}, {growth}, is not between those of its counties, {low} and {high}, which is impossible where none is missing. Is a county missing, or a growth factor wrong?"),
    "tree_no_table": Text("没有“{found}”各县的下降率表。", "there is no table of the counties of {found}."),
    "tree_no_whole": Text("文件夹中须有且只有一张全省的表（全省.csv、plan.json 等），找到：{found}。各市的表用市名或代码作文件名。",
                          "the folder needs just one table of the whole (province.csv, plan.json …); found: {found}. Those of the regions are called by their names or codes."),
    "rates_of_levels": Text("{city}的表写本级下降率为 {found}，上一级的表写 {above}；两张表不一致，按上一级的判断。",
                            "the table of {city} gives its own rate as {found}, the one above as {above}; they differ, and the one above is judged by."),
    "below_beside": Text("方案有下一级（below），这里只算到市一级；各县用 plan 分解，用 verify 判断。", "the scenario has a level below (`below`), which is left aside here: `plan` splits it, `verify` judges it."),
    "below_sums": Text("{city}各县合计与全市数不符：排放 {emissions}%，GDP {gdp}%，增长 {growth}%。县的下降率只取决于县间比例，所差的是吨数。", "the counties of {city} are off its own figures: emissions {emissions}%, GDP {gdp}%, growth {growth}%. Their rates rest on proportions among them; what differs is tonnes."),
    "target_above": Text("目标 {rate}% 是上级下达的：{file}中“{region}”的下降率。", "the target of {rate}% is handed down: the rate of {region} in {file}."),
}  # fmt: skip
