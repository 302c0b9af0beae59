"""What is said of the proof of a plan, by code, in Chinese and English."""

from __future__ import annotations

from collections.abc import Mapping

from scenarios.wording import Text

TEXTS: Mapping[str, Text] = {
    "prove_again": Text(
        "验证程序在 {folder}，可单独运行：`python3 -I check_more.py {plan}`，后面再写它旁边的 `proof.json`。",
        "The checkers are in {folder} and run alone: python3 -I check_more.py {plan} and the proof.json beside it.",
    ),
    "proof_found": Text(
        "测算值已证为唯一解，直到末位：证明见 proof.json，用 `allocator prove` 核对。未证：参考值如何由指标得出，输入文件是否属实。",
        "The computed rates are proved to be the one answer, to the last digit: proof.json proves it, `allocator prove` checks it. Not proved: how references follow from indicators, and that the input files are right.",
    ),
    "proof_not_sought": Text("没有求证。", "No proof was sought."),
    "proof_not_found": Text(
        "未找到能逐项验证的证明；测算值由求解器给出，并经两种方法互相核对。",
        "No proof was found that can be checked in exact numbers; the computed rates are the solver's, held against a second way.",
    ),
    "proof_size": Text(
        "地区多且有规则约束，不求证；测算值由求解器给出。",
        "With so many regions under rules no proof is sought; the computed rates are the solver's.",
    ),
    "proof_room": Text(
        "为激励目标留出余地的规则不在所证之列；测算值由求解器给出。",
        "Room for the incentive rates under rules is beyond what is proved; the computed rates are the solver's.",
    ),
    "proof_held": Text(
        "保留的测算值与公布值相差两步以上，不在所证之列。",
        "A region keeps a computed rate two steps or more from its printed one, which is beyond what is proved.",
    ),
}
