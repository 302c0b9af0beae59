"""How many findings are told at once: where they stand, and that there are more."""

from __future__ import annotations

from scenarios.wording import Catalogue, Text

TELLING = Catalogue(
    {
        "cells": Text("单元格 {places}", "cells {places}"),
        "cell": Text("单元格 {places}", "cell {places}"),
        "row": Text("第 {places} 行", "row {places}"),
        "rows": Text("第 {places} 行", "rows {places}"),
        "column": Text("{columns}列", "column {columns}"),
        "name": Text("“{name}”", "“{name}”"),
        "scenario_file": Text("方案文件", "the scenario file"),
        "paste_answers": Text(
            "若核对无误，请把以下各行写入 {file}（方案是工作簿的，把编号填在“已核实”页），理由自填：",
            "What is right as it is, write into {file} (in a workbook: the id on the sheet “answers”) with your reason:",
        ),
        "paste_more_answers": Text(
            "若核对无误，请把以下各行加到 {file} 的 accept: 之下（方案是工作簿的，把编号填在“已核实”页），理由自填：",
            "What is right as it is, add under accept: in {file} (in a workbook: the id on the sheet “answers”) with your reason:",
        ),
        "paste_answers_on_page": Text(
            "若核对无误，请在“数据”页写明理由，按“确认”（方案 {file}；也可把编号和理由填在工作簿的“已核实”页）：",
            "What is right as it is, confirm on the page “Data” with your reason ({file}; or give id and reason on the sheet “answers” of the workbook):",
        ),
        "paste_more_answers_on_page": Text(
            "若核对无误，请在“数据”页写明理由，按“确认”（方案 {file}；也可把编号和理由填在工作簿的“已核实”页）：",
            "What is right as it is, confirm on the page “Data” with your reason ({file}; or give id and reason on the sheet “answers” of the workbook):",
        ),
        "more_answers": Text("  # … 另有 {count} 条", "  # … and {count} more"),
        "times": Text("（{count} 处）", " ({count} places)"),
        "times_alike": Text("（{count} 处，以首处为例）", " ({count} places; said of the first)"),
        "and_more": Text("… 另有 {count} 处同类：{places}", "… and {count} more of this kind: {places}"),
        "rest": Text(
            "… 另有 {count} 处，改好以上各处再看。", "… and {count} more, to be looked at when these are mended."
        ),
    }
)
