"""Rounds of a negotiation as they are kept, listed, opened, compared and taken back, in Chinese and English."""

from __future__ import annotations

from collections.abc import Mapping

from scenarios.wording import Text

TEXTS: Mapping[str, Text] = {
    "round_name": Text("第 {number} 轮", "round {number}"),
    "round_nobody": Text("未写明何人", "nobody is named"),
    "round_asks": Text("内容：{asked}", "asks: {asked}"),
    "round_because": Text("理由：{why}", "why: {why}"),
    "round_fixes": Text("协商值 {parts}", "negotiated {parts}"),
    "round_settings": Text("改动 {parts}", "changed {parts}"),
    "round_absorb": Text("只由 {parts} 承担", "picked up by {parts} alone"),
    "round_own": Text("方案原样", "the scenario as it is"),
    "rounds_none": Text("还没有保存的轮次：{folder}", "No round is kept yet in {folder}"),
    # the page
    "rounds_keeping": Text("保存为一轮", "Keep as a round"),
    "rounds_title": Text("保存的轮次", "Rounds kept"),
    "rounds_who": Text("何人保存", "who keeps it"),
    "rounds_why": Text("为什么（必填）", "why (needed)"),
    "rounds_why_needed": Text("请写明这一轮为什么这样定，例如“3 月 5 日会商意见”。",
                              "Say why the round is as it is, as in “meeting of 5 March”."),
    "rounds_head_number": Text("轮次", "round"),
    "rounds_head_when": Text("何时", "when"),
    "rounds_head_who": Text("何人", "who"),
    "rounds_head_what": Text("内容与结论", "what, and the verdict"),
    "rounds_head_why": Text("为什么", "why"),
    "rounds_head_do": Text("操作", "do"),
    "rounds_no_why": Text("未写明", "not said"),
    "rounds_open": Text("打开", "Open"),
    "rounds_compare": Text("与当前对照", "Compare with now"),
    "rounds_back": Text("撤回这一轮", "Take it back"),
    "rounds_button": Text("{what}：第 {number} 轮", "{what}: round {number}"),
    "rounds_scroll": Text("保存的轮次表，可横向滚动", "rounds kept; scrolls sideways"),
    "rounds_side": Text("A（第 {number} 轮）", "A (round {number})"),
    "rounds_opened": Text("已打开第 {number} 轮，结果与所存一致。按“撤销”回到打开之前。",
                          "Round {number} is open, and comes out as it was kept. Undo leads back."),
    "rounds_differs": Text("已打开第 {number} 轮，但结果与所存不同：{count} 个地区的下降目标不同，测算值最多相差 {points} 个百分点。所存的表未变，可按“与当前对照”看差别。",
                           "Round {number} is open, but comes out differently: {count} region(s) get another target, computed rates differ by up to {points} points. The round as kept is what it was; “Compare with now” shows the difference."),
    "rounds_because_held": Text("原因：该轮中 {count} 个地区保持前一轮的值（只由 {absorb} 承担），网页的控件没有这一项。",
                                "Why: in the round {count} region(s) keep what they had before (picked up by {absorb} alone), which the page's controls cannot say."),
    "rounds_because_settings": Text("原因：网页的控件没有这些设置，或数值精确到 0.1%：{settings}。",
                                    "Why: the page's controls do not have these settings, or have them in tenths of a per cent: {settings}."),
    "rounds_because_inputs": Text("原因：此后输入已变：{files}。", "Why: inputs have changed since: {files}."),
    "rounds_unsure": Text("已按第 {number} 轮设置控件，但现在得不到结果，无法与所存比较：",
                          "The controls are set as in round {number}, but there is no answer now to hold against the one kept:"),
    "rounds_beyond": Text("第 {number} 轮的设置超出网页的控件，打不开；可以“与当前对照”，或用 `allocator negotiate SCENARIO --replay {folder}` 重算。",
                          "Round {number} has settings that the page's controls cannot take, so that it does not open here. Compare it, or run allocator negotiate SCENARIO --replay {folder}."),
    "rounds_compared": Text("第 {number} 轮已作为 A，与当前结果并列。", "Round {number} stands as A beside what is shown."),
    "rounds_gone": Text("第 {number} 轮已不是列出的那一轮（可能在别处被撤回或重新保存）。列表已刷新。",
                        "Round {number} is no longer the one in the list: it may have been taken back or kept anew elsewhere. The list has been read again."),
    "rounds_not_last": Text("第 {number} 轮之后又保存了第 {last} 轮，只能从最后一轮起撤回。列表已刷新。",
                            "Round {last} has been kept after round {number}; only the last can be taken back. The list has been read again."),
    "rounds_taken_back": Text("第 {number} 轮已撤回，没有删除，现在：{folder}",
                              "Round {number} is taken back; it is not deleted but in {folder}"),
}  # fmt: skip
