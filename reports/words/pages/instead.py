"""What the page says in place of other outputs, where nobody types a key or a command.

The code is that of the text that it stands for, with `ON_PAGE` behind it.
"""

from __future__ import annotations

from collections.abc import Mapping

from scenarios.wording import ON_PAGE, Text

_TEXTS: Mapping[str, Text] = {
    "exceed_allow": Text("这样的分解能够支撑全省。如接受超额，请在“分解”页勾选“无法恰好达到目标时，允许超过目标”。",
                         "Such a split backs the province. To accept more than the target, tick “where nothing else is possible, the split may exceed the target” on the page Plan."),
    "advice_in_rounds": Text("商定值、总目标、上下限、规则和其他设置都可在“分解”页直接改。",
                             "Agreed rates, target, bounds, rules and other settings can all be changed on the page Plan."),
    "internal_error": Text("程序内部错误（{kind}）。这不是您的数据的问题；请把这句话和当时的操作告诉开发者。",
                           "internal error ({kind}). This is not your data's fault; tell the developers this sentence and what you did."),
    "solver_error": Text("求解器没有给出结果（{reason}）。请重试；若再次出现，请把这句话告诉开发者。",
                         "the solver gave no answer ({reason}). Try again; if it happens again, tell the developers this sentence."),
    "out_of_time": Text("求解器在时限内没有得到任何结果。请在工作簿“设置”页把“求解·时限”调大；多核机器上也可增加“线程数”。分类别时，“公布·取整步长”大些或上下限窄些，会快得多。",
                        "the solver found nothing within its time limit. Raise the time limit of the solver on the sheet of settings; on a machine with several cores, more threads may help too. Classes are found much faster on a coarser grid or within narrower bounds."),
    "workers_lost": Text("计算进程反复中断，抽样没有完成。请减少样本数，再抽一次。",
                         "workers died again and again and the sweep is not finished. Take fewer samples and start it anew."),
}  # fmt: skip

TEXTS: Mapping[str, Text] = {code + ON_PAGE: text for code, text in _TEXTS.items()}
