"""What is said where a person's own files are taken in, filled in and mended in the page."""

from __future__ import annotations

from collections.abc import Mapping

from scenarios.wording import Text

MENDING: Mapping[str, Text] = {
    "no_such_cell": Text("没有单元格“{found}”，或超出可读的范围。", "there is no cell “{found}”, or it is beyond what is read."),
    "cell_not_kept": Text("“{found}”写不进这个单元格而不变样。请在 Excel 中填写，保存后刷新本页。",
                          "“{found}” cannot be put into this cell as it is. Type it in Excel, save, and reload the page."),
    "typed_too_long": Text("内容太长：{found} 字，一个单元格最多 {limit} 字。没有写入。", "the text is too long: {found} characters, and a cell holds {limit} at most. Nothing was written."),
    "cell_of_formula": Text("这个单元格的公式与别的单元格共用，不能在网页里改。请在 Excel 中改，保存后刷新本页。",
                            "the formula of this cell is shared with others and cannot be changed in the page. Change it in Excel, save, and reload."),
    "book_changed": Text("打开本页之后，这个文件被改动或另存过，没有写入，以免覆盖。请刷新本页，再改一次。",
                         "was changed or saved since this page was opened; nothing was written, so that nothing is lost. Reload the page and change it again."),
    "book_not_here": Text("没有这个可改的工作簿。请刷新本页。", "there is no such workbook to be changed. Reload the page."),
    "no_answers_sheet": Text("工作簿中没有“已核实”（answers）页或它的表头，理由无处可写。请补上这一页：首行“编号”“理由”两列。",
                             "the workbook has no sheet “answers” (已核实) with its header, so that the reason has no place. Add it, with the columns id and reason."),
    "no_reason": Text("请写明理由。", "Write down the reason."),
    "question_gone": Text("这个问题已不再存在。请刷新本页。", "That question is not asked any more. Reload the page."),
    "upload_kind": Text("读不了“{found}”。可以放入：方案工作簿（.xlsx），或各地区的表（.xlsx、.xls、.csv）。",
                        "“{found}” cannot be read. What can be dropped: a scenario workbook (.xlsx), or a table of cities (.xlsx, .xls, .csv)."),
    "upload_macros": Text("带宏的方案工作簿（.xlsm）请先另存为 .xlsx。", "save a scenario workbook with macros (.xlsm) as .xlsx first."),
    "upload_no_map": Text("“{found}”不是地图文件。可以放入 GeoJSON 或 TopoJSON（.geojson、.topojson、.json）。", "“{found}” is no map. What can be dropped: GeoJSON or TopoJSON (.geojson, .topojson, .json)."),
    "map_needs_data": Text("数据还有错，不知道地图应有哪些地区。请先改好上面列出的错误，再放入地图。", "the data are not right yet, so that it is not known which regions the map is to have. Mend what is listed above first."),
    "no_settings_sheet": Text("工作簿中没有“设置”页或它的表头（代号、值两列），地图的文件名无处可写。", "the workbook has no sheet of settings with its header (key, value), so that the name of the map has no place."),
    "upload_no_scenario": Text("这不是方案工作簿（没有“设置”页），不能取代原来的方案。", "this is no scenario workbook (it has no sheet of settings) and cannot take the place of one."),
    "name_taken": Text("已有另一个“{found}”，没有改动。请另取一个名字。", "there is another “{found}” already; nothing was changed. Choose another name."),
    "name_of_no_folder": Text("“{found}”不能作文件夹的名字（不能有 / \\ : * ? \" < > |，不能是系统的名字，也不能太长），没有改动。可写“{meant}”。",
                              "“{found}” cannot be the name of a folder (no / \\ : * ? \" < > |, no name of the system's, not too long); nothing was changed. “{meant}” can."),
    "no_name": Text("请写一个名字。", "Write a name."),
    "upload_empty": Text("文件是空的，没有存下。", "the file is empty; nothing was kept."),
    "upload_big": Text("文件有 {size} MB，超过了上限 {limit} MB，没有读取。请删去不用的页和图片，或检查是否选错文件。",
                       "the file has {size} MB and at most {limit} MB are taken; it was not read. Remove sheets and pictures that are not needed, or choose the right file."),
    "own_folder": Text("不能用作文件夹：请写完整路径，例如 {example}。", "cannot be the folder: give the whole path, as in {example}."),
    "folder_full": Text("这里已有太多同名的方案。请给文件改个名字。", "too many scenarios of this name are here. Rename the file."),
    "form_choice": Text("请从列出的选项中选择。", "Choose among what is listed."),
    "form_indicators": Text("请至少选一个指标。", "Choose at least one indicator."),
    "form_direction": Text("没有选方向。请选：数值越高，降得越多还是越少。", "no direction is chosen. Say whether a higher value asks for a higher or a lower cut."),
    "form_weight": Text("权重“{found}”不是大于 0 的数。", "the weight “{found}” is no number above 0."),
}  # fmt: skip
"""Code -> message."""
