"""The nearest weights for a rate, by code, in Chinese and English."""

from __future__ import annotations

from scenarios.wording import Catalogue, Text

WORDS = Catalogue.of({
    "title_at_most": Text("{title}：{name}不高于 {asked}%，要怎样的权重", "{title}: weights for {name} at most {asked} %"),
    "title_at_least": Text("{title}：{name}不低于 {asked}%，要怎样的权重", "{title}: weights for {name} at least {asked} %"),
    "now": Text("按本方案的权重，{name}测算 {rate}%，公布 {published}%。", "With the plan's weights {name} has {rate} % computed and {published} % published."),
    "already": Text("测算值已合要求，权重不必改。", "The computed rate is there already; no weight need change."),
    "already_printed": Text("公布值已合要求，但那是取整的结果；下面说的是测算值。", "The published rate is there already, by rounding; what follows is of the computed one."),
    "reached_exact": Text("最少转移 {points} 个百分点的权重，少于此数做不到：{changes}。", "{points} points of weight must change hands, and no less will do: {changes}."),
    "reached_between": Text("转移 {points} 个百分点的权重足够，少于 {least} 个百分点做不到：{changes}。", "{points} points of weight changing hands are enough, fewer than {least} are not: {changes}."),
    "reached_search": Text("转移 {points} 个百分点的权重足够（搜索得到，未证明没有更少的）：{changes}。", "{points} points of weight changing hands are enough (found by search; less may be): {changes}."),
    "change": Text("{criterion} {before}% → {after}%", "{criterion} {before} % → {after} %"),
    "unreachable": Text("任何权重都做不到：能达到的最接近的值是 {rate}%（精确到 0.01 个百分点），其权重为{changes}。", "No weights do it: the nearest rate that any give is {rate} % (to 0.01 points), with {changes}."),
    "not_found": Text("没有找到这样的权重（搜索得到，未证明没有）：找到的最接近的值是 {rate}%，其权重为{changes}。", "No such weights were found (by search; there may be some): the nearest rate found is {rate} %, with {changes}."),
    "bound": Text("任何权重下{name}都是这个值：定它的是界限和规则，不是权重，到不了 {asked}%。", "Whatever the weights, {name} has this rate: bounds and rules make it, and it does not come to {asked} %."),
    "then": Text("用下面的权重，{name}测算 {rate}%，公布 {published}%。", "With the weights below {name} has {rate} % computed and {published} % published."),
    "then_unprinted": Text("用下面的权重，{name}测算 {rate}%，但没有能取整公布的表。", "With the weights below {name} has {rate} % computed, but no table of it can be printed."),
    "then_rounded": Text("取整后的公布值不合要求：{asked}% 不是取整步长的倍数，或取整向另一边。", "Rounded, it is not what was asked for: {asked} % is no multiple of the grid, or rounding went the other way."),
    "others": Text("公布值随之改变的地区：{changes}。", "Regions whose published rate changes with it: {changes}."),
    "others_none": Text("其他地区的公布值不变。", "No other region's published rate changes."),
    "other": Text("{name} {before}% → {after}%", "{name} {before} % → {after} %"),
    "try": Text("复核：{command}", "To see it: {command}"),
    "rules": Text("方案有界限之外的规则（级差、总量、次序等）或需超额的要求，没有精确算法，以下由搜索得到。", "The scenario has rules beyond bounds (gap, budget, order …) or asks for more than the target: there is no exact form, and the weights are searched for."),
    "late": Text("在时限内没有证明到底。", "The time was up before all was proved."),
    # the table
    "city": Text("地区", "city"),
    "rate": Text("测算下降率（%）", "computed rate (%)"), "published": Text("公布下降率（%）", "published rate (%)"),
    "rate_then": Text("改权重后的测算下降率（%）", "computed rate with other weights (%)"),
    "published_then": Text("改权重后的公布下降率（%）", "published rate with other weights (%)"),
})  # fmt: skip
