"""The pages of `allocator app` beside the plan: check, sensitivity, track, publish, in Chinese and English."""

from __future__ import annotations

from collections.abc import Mapping

from scenarios.wording import Text

TEXTS: Mapping[str, Text] = {
    "beside_to_plan": Text("分解", "Plan"),
    "beside_to_check": Text("核对", "Check"),
    "beside_to_sensitivity": Text("敏感性", "Sensitivity"),
    "beside_to_track": Text("跟踪", "Track"),
    "beside_to_publish": Text("发布", "Publish"),
    "beside_of_plan": Text("所用的分解方案", "the plan that this page is about"),
    "beside_stopped": Text("程序没有回应。请重新运行 allocator app 并刷新本页。",
                           "The program does not answer. Run allocator app again and reload this page."),
    # publish
    "beside_which_plan": Text("发布哪个方案", "Which plan"),
    "beside_plan_shown": Text("“分解”页上当前的方案", "the plan as it stands on the page Plan"),
    "beside_round": Text("第 {number} 轮", "round {number}"),
    "beside_language": Text("语言", "Language"),
    "beside_columns": Text("表中各栏", "Columns"),
    "beside_columns_kept": Text("地区和下降目标总在表中。", "Region and target are always there."),
    "beside_formats": Text("格式", "Formats"),
    "beside_format_csv": Text("CSV 数据表", "CSV table"),
    "beside_format_xlsx": Text("Excel 表（xlsx）", "Excel (xlsx)"),
    "beside_format_docx": Text("Word 文件（docx）", "Word (docx)"),
    "beside_format_html": Text("网页（html）", "web page (html)"),
    "beside_format_md": Text("Markdown（md）", "Markdown (md)"),
    "beside_format_tex": Text("LaTeX（tex）", "LaTeX (tex)"),
    "beside_download": Text("下载", "Download"),
    "beside_download_one": Text("下载：{name}", "Download: {name}"),
    "beside_download_all": Text("下载所选格式（压缩包）", "Download the ticked formats (zip)"),
    "beside_publishing": Text("正在写出并逐格复核……", "Writing, and reading back cell by cell …"),
    "beside_published": Text("已写出，逐格读回复核无误。", "Written, read back and verified cell by cell."),
    "beside_no_format": Text("请至少选一种格式。", "Tick at least one format."),
}
