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
    "above_scope": Text("上级方案的核算口径是 {found}，本方案是 {needed}。各级须用同一口径，请改 energy.scope，或改用同一口径的表。",
                        "the plan above accounts by the scope {found}, this scenario by {needed}. All levels need one scope: mend energy.scope, or take the table of the same scope."),
    "above_target_range": Text("{file} 中“{region}”的下降率是 {found}%，不能作为目标：目标须在 0.01% 与 99.99% 之间。",
                               "the rate of {region} in {file} is {found}%, which is no target: one lies between 0.01% and 99.99%."),
    "above_target_range_level": Text("{file} 中“{region}”的下降率是 {found}%，不能作为目标：目标须在 −50% 与 99.99% 之间。",
                                     "the rate of {region} in {file} is {found}%, which is no target: one lies between −50% and 99.99%."),
    "target_above": Text("目标 {rate}% 是上级下达的：{file}中“{region}”的下降率。", "the target of {rate}% is handed down: the rate of {region} in {file}."),
}  # fmt: skip
