"""Findings about files, tables and what stands in their cells."""

from __future__ import annotations

from scenarios.wording import Text

READING: dict[str, Text] = {
    # files
    "no_file": Text("找不到该文件。请检查路径。", "no such file. Check the path."),
    "is_directory": Text(
        "这是文件夹，需要的是文件。请指明其中的文件。", "this is a folder, a file is needed. Name the file in it."
    ),
    "not_a_regular_file": Text("这是管道、套接字或设备，需要的是普通文件。请先存成文件。",
                               "this is a pipe, a socket or a device, a plain file is needed. Save it as a file first."),
    "unreadable": Text("无法读取（{reason}）。请检查权限，或关闭占用它的程序。",
                       "cannot be read ({reason}). Check its permissions, or close the program that holds it."),
    "system_refused": Text("系统不允许读写（{reason}）。请检查权限、磁盘空间和路径。",
                           "the system refuses to read or write ({reason}). Check permissions, disk space and path."),
    "empty_file": Text("文件是空的。请填入数据。", "the file is empty. Fill it in."),
    "file_too_big": Text("文件超过 {limit} MB。请检查是否选错文件。",
                         "the file is larger than {limit} MB. Is it the right one?"),
    "bad_encoding": Text("不是 UTF-8、UTF-16 或 GB18030 文本。请在 Excel 中另存为“CSV UTF-8”或 xlsx。",
                         "neither UTF-8, UTF-16 nor GB18030 text. In Excel, save it as “CSV UTF-8” or as xlsx."),
    "big5_question": Text("文本像是 Big5（繁体）编码，例如“{found}”，不作猜测。请在 Excel 中另存为“CSV UTF-8”或 xlsx。",
                          "the text looks like Big5 (traditional Chinese), as in “{found}”; it is not guessed. In Excel, save it "
                          "as “CSV UTF-8” or as xlsx."),
    "unknown_format": Text("不认识的格式“{found}”。请使用 .csv、.tsv、.xlsx 或 .xls（下降率表也可用 .json）。",
                           "unknown format “{found}”. Use .csv, .tsv, .xlsx or .xls (or .json for a table of rates)."),
    "other_program": Text("“{found}”文件不能直接读取。请用 WPS 或 Excel 打开，选“文件 → 另存为”，类型选 .xlsx，再用新文件。",
                          "“{found}” files cannot be read. Open it in WPS, Excel or LibreOffice, choose “Save as”, type .xlsx, "
                          "and use the new file."),
    "not_csv": Text("引号没有配对，或引号之后还有文字。请改正该行的引号。",
                    "a quote is not closed, or text stands behind it. Mend the quotes in this line."),
    "not_excel": Text("不是可读的 Excel 文件。请用 Excel 或 WPS 打开并另存为 .xlsx；加密文件要先去掉密码。",
                      "not a readable Excel file. Open it in Excel and save it as .xlsx; take the password off an encrypted one first."),
    "not_json": Text("不是有效的 JSON。请检查此处的引号、逗号和括号，或改用 .csv、.xlsx。",
                     "not valid JSON. Look at quotes, commas and brackets here, or use .csv or .xlsx."),
    "table_too_big": Text("表太大（上限 20000 行、500 列、30 万个单元格、每格 1 万字；工作簿解压后 100 MB）。请删去空行空列，或只把所需部分复制到新文件。",
                          "the table is too large (at most 20,000 rows, 500 columns, 300,000 cells of 10,000 characters; a workbook 100 MB unpacked). "
                          "Remove empty rows and columns, or copy what is needed into a new file."),
    "cell_too_long": Text("单元格文字过长（上限 {limit} 字）。请检查引号是否漏写，或缩短文字。",
                          "a cell is too long (at most {limit} characters). Is a quote missing? Otherwise shorten it."),
    "formula_without_value": Text("公式没有存储的计算结果。请用 Excel 打开、保存后再试，或粘贴为数值。",
                                  "the formula has no stored value. Open and save the file in Excel, or paste values."),
    "failed_formula": Text("公式出错（{found}）。请在 Excel 中改正公式，或填入数值。",
                           "the formula fails ({found}). Mend it in Excel, or enter the value."),
    "shown_scaled": Text("数字格式使显示值与存储值不同：显示 {meant}，存储 {found}。请把单元格格式改为“常规”，并填写所要的值。",
                         "its number format shows another number than is stored: shown {meant}, stored {found}. Set the format to "
                         "General and write the number you mean."),
    "decimal_comma": Text("“{found}”中的逗号是小数点吗？是则写 {meant}；是千位分隔符则去掉。",
                          "“{found}”: is the comma a decimal point? Then write {meant}; if it groups thousands, leave it out."),
    # tables
    "missing_columns": Text("缺少列：{missing}。找到的是：{found}。如其中已有，请改表头，或在 scenario.yaml 中写（请核对）：{paste}",
                            "columns are missing: {missing}. Found: {found}. If one of these is meant, rename it, or write into "
                            "scenario.yaml (check it): {paste}"),
    "several_sheets": Text("多个工作表都像所需的表：{sheets}。若各有一部分行，请合到一张工作表；若只需其中一张，请只让它可见，地区表也可在 scenario.yaml 中写：sheet: {first}",
                           "several sheets look like the table: {sheets}. If each has some of the rows, put all rows on one sheet; if only "
                           "one is meant, leave that visible, or for the table of regions write into scenario.yaml: sheet: {first}"),
    "no_such_sheet": Text("没有工作表“{found}”。有：{known}。请改 scenario.yaml 中的 sheet。",
                          "no sheet is called “{found}”. There are: {known}. Mend `sheet` in scenario.yaml."),
    "where_column": Text("表中没有 where 所说的列。找到的是：{found}。", "the table has no such column as `where` says. Found: {found}."),
    "where_none": Text("没有一行是“{found}”。该列有：{known}。请核对表，或在 scenario.yaml 中写：where: {{{key}: {first}}}",
                       "no row holds “{found}”. The column has: {known}. Check the table, or write into scenario.yaml: "
                       "where: {{{key}: {first}}}"),
    "header_year": Text("表头的年份是 {found}，基年是 {needed}。请换成 {needed} 年的数；确要用这一列，请在 scenario.yaml 的 columns 中写明。",
                        "the header is of {found}, the base year is {needed}. Give the figures of {needed}; if this column is "
                        "meant all the same, name it under `columns` in scenario.yaml."),
    "unit_two_meanings": Text("“{found}”是百万吨还是吨（metric ton）？百万吨请写 Mt，吨请写 t。",
                              "“{found}”: million tonnes or metric tonnes? Write Mt for million tonnes, t for tonnes."),
    "units_above": Text("表头没有单位的列按表上方所写的单位读取：{given}。", "columns without a unit are read in the unit above the table: {given}."),
    "note_row": Text("表下的说明未计入（{found}）。", "a note below the table is left out ({found})."),
    "total_row": Text("“{found}”是合计行，不是地区；未计入。",
                      "“{found}” is a total, no region; it is left out."),
    "average_row": Text("“{found}”是平均数，不是地区；未计入。", "“{found}” is an average, no region; it is left out."),
    "folded": Text("名称中有全角或看不见的字符，已按通常写法读取（{found} → {meant}，共 {count} 处）。",
                   "names hold full-width or invisible characters and are read as usually written ({found} → {meant}, {count} "
                   "in all)."),
    "rows_chosen": Text("{all} 行中取 {kept} 行：{chosen}。", "{kept} of {all} rows are taken: {chosen}."),
    "sheets_joined": Text("各工作表按地区合并：{sheets}。", "the sheets are joined by region: {sheets}."),
    "field_count": Text("该行有 {found} 个字段，表头有 {needed} 个。请检查多余或缺少的逗号（数字中的逗号要加引号）。",
                        "the row has {found} fields, the header {needed}. Look for a comma too many or too few "
                        "(quote numbers that hold commas)."),
    "column_twice": Text("同一列出现两次。请删去一个或改名。", "the column stands twice. Remove or rename one."),
    "column_meant": Text("不认识的列。您要的是“{meant}”？", "unknown column. Did you mean “{meant}”?"),
    "column_unused": Text("该列未被任何指标使用。", "no indicator uses this column."),
    "wrong_unit": Text("单位“{found}”不适用于此列。排放用 万吨、吨或 Mt，GDP 用 亿元或万元，增长倍数无单位，下降率用 %。",
                       "the unit “{found}” does not fit this column. Emissions take 万吨, 吨 or Mt, GDP takes 亿元 or 万元, "
                       "growth has none, rates take %."),
    "empty_cell": Text("单元格是空的。请填入数值。", "the cell is empty. Fill it in."),
    "empty_cells": Text("{count} 个单元格是空的。请填入数值。", "{count} cells are empty. Fill them in."),
    "not_a_number": Text("“{found}”不是数字。请只写数字，例如 3410.08。", "“{found}” is not a number. Write digits only, as in 3410.08."),
    "number_meant": Text("“{found}”不是通常写法的数字，是 {meant} 吗？是则请写 {meant}。",
                         "“{found}” is not written as numbers are here: is it {meant}? Then write {meant}."),
    "too_large": Text("“{found}”太大，不合情理。请检查单位。", "“{found}” is too large to be true. Check the unit."),
    "percent_here": Text("“{found}”是百分数，此列需要绝对数值。请写数值本身，不带 %；Excel 中先把单元格格式改为“常规”。",
                         "“{found}” is a percentage; this column takes plain values. Write the value itself without %; in Excel, set the format "
                         "of the cell to General first."),
    "not_positive": Text("“{found}”必须大于零。", "“{found}” must be above zero."),
    "growth_index": Text("“{found}”像指数（基年=100）。增长倍数请写 {meant}。",
                         "“{found}” looks like an index (base year = 100). As a growth factor, write {meant}."),
    "growth_range": Text("“{found}”不是 0.5 与 5 之间的增长倍数。请填期末与基年 GDP 之比，例如规划期共增长 35% 时写 1.35。",
                         "“{found}” is no growth factor between 0.5 and 5. Give the GDP of the end by that of the base year: for growth of 35% "
                         "over the period write 1.35."),
    "growth_rate": Text("“{found}”不是 0.5 与 5 之间的增长倍数。若规划期共增长 {rate}%，请写 {whole}。",
                        "“{found}” is no growth factor between 0.5 and 5. For growth of {rate}% over the period write {whole}."),
    "growth_rate_of_years": Text("“{found}”不是 0.5 与 5 之间的增长倍数。若每年增长 {rate}%，{years} 年请写 {yearly}；若规划期共增长 {rate}%，请写 {whole}。",
                                 "“{found}” is no growth factor between 0.5 and 5. For growth of {rate}% a year over {years} years write {yearly}; "
                                 "for {rate}% over the whole period write {whole}."),
    "growth_percent": Text("“{found}”是百分数。作为增长倍数请写 {meant}，Excel 中先把单元格格式改为“常规”。",
                           "“{found}” is a percentage. As a growth factor write {meant}; in Excel, set the format of the cell to General first."),
    "bounds_order": Text("下限高于上限（{found}）。", "the lower bound is above the upper one ({found})."),
    "bounds_crossed": Text("“{name}”的下限高于上限（{found}）。", "the lower bound of “{name}” is above the upper one ({found})."),
    "mixed_percent": Text("同一列有的带百分号，有的不带（“{found}”）。请统一。",
                          "some cells of this column carry a per cent sign and some do not (“{found}”). Make them alike."),
    "indicator_column": Text("方案需要列“{found}”，表中没有。相近的列：{known}。如就是它，请在 scenario.yaml 中写：{paste}",
                             "the scenario needs the column “{found}”, which the table has not. Near to it: {known}. If that is it, "
                             "write into scenario.yaml: {paste}"),
    "region_twice": Text("“{found}”出现两次（首次：{first}）。请删去一行。", "“{found}” stands twice (first: {first}). Remove one."),
    "region_conflict": Text("代码与名称指的不是同一地区（{found}）。请核对是否错行。",
                            "code and name are of different regions ({found}). Have rows slipped?"),
    "unknown_region": Text("不认识的地区“{found}”。请检查名称或代码。", "unknown region “{found}”. Check name or code."),
    "unknown_region_meant": Text("不认识的地区“{found}”。您要的是“{meant}”？", "unknown region “{found}”. Did you mean “{meant}”?"),
    "missing_regions": Text("缺少地区：{missing}。每个地区都要有一行。", "regions are missing: {missing}. Each needs a row."),
    "wrong_province": Text("代码“{found}”不属于本省（应为 {needed}）。", "the code “{found}” is not of this province ({needed})."),
    "too_few_regions": Text("只有 {found} 个地区，至少需要 2 个。", "{found} region(s) only; at least 2 are needed."),
    "example_row": Text("示例行未计入。填好后可以删去。", "the example row is left out. Delete it once the table is filled."),
    "example_changed": Text("该行是改了一半的示例行（{found}）。请填写真实的代码和名称，或删去此行。",
                            "the row is half the example ({found}). Enter the region's own code and name, or delete the row."),
    "total_twice": Text("合计行出现两次。请只留一行。", "there are two total rows. Leave one."),
    "total_wrong": Text("合计为 {found}，各地区之和为 {needed}，相差 {off}，超过 1%。请核对该列是否有误写或遗漏，或删去合计行。",
                        "the total says {found}, the regions add up to {needed} ({off}), more than 1% apart. Look for a slip "
                        "in this column or a missing row, or remove the total."),
    "total_differs": Text("合计为 {found}，各地区之和为 {needed}，相差 {off}；计算以各地区之和为准。",
                          "the total says {found}, the regions add up to {needed} ({off}); the sum of the regions is used."),
    "no_incentive_rate": Text("缺少激励目标：其他地区有，此地区没有。请补上。", "the incentive rate is missing; other regions have one. Add it."),
    "no_rates": Text("没有找到下降率。", "no rates were found."),
}  # fmt: skip
