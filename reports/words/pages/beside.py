"""The pages of `allocator app` beside the plan: check, sensitivity, methods, track, publish, in Chinese and English."""

from __future__ import annotations

from collections.abc import Mapping

from scenarios.wording import Text

TEXTS: Mapping[str, Text] = {
    "beside_to_plan": Text("分解", "Plan"),
    "beside_to_check": Text("核对", "Check"),
    "beside_to_sensitivity": Text("敏感性", "Sensitivity"),
    "beside_to_methods": Text("方法", "Methods"),
    "beside_to_track": Text("跟踪", "Track"),
    "beside_to_publish": Text("发布", "Publish"),
    "beside_of_plan": Text("本页所用的方案：", "The plan that this page is about:"),
    "beside_stopped": Text(
        "程序没有回应，可能已经停止。请重新启动程序，再刷新本页。",
        "The program does not answer and may have stopped. Start it again and reload this page.",
    ),
    # tables that are dropped
    "beside_drop_hint": Text(
        "拖到此处，或选择文件：xlsx、csv、docx、html 等，不超过 {most} MB。文件只在本机上读取。",
        "Drop it here or choose a file: xlsx, csv, docx, html and others, at most {most} MB. It is read on this machine alone.",
    ),
    "beside_own_table": Text("或用方案自带的表", "or a table of the scenario's own"),
    "beside_chosen": Text("已选：…", "chosen: …"),
    "beside_no_table": Text("请先选择一张表。", "Choose a table first."),
    # check
    "beside_drop_rates": Text("下降率表（例如文件所附的分解表）", "A table of rates, such as that of a circular"),
    "beside_checking": Text("正在核对……", "Judging …"),
    "beside_judgement": Text("核对结果", "Judgement"),
    "beside_judged": Text("逐地区核对", "region by region"),
    "beside_table_rate": Text("表中下降目标", "target in the table"),
    "beside_plan_rate": Text("当前方案", "plan"),
    "beside_difference": Text("相差（百分点）", "difference (points)"),
    "beside_failed": Text("未通过", "fails"),
    "beside_check_bounds": Text("上下限", "bounds"),
    "beside_check_grid": Text("取整单位", "rounding step"),
    "beside_check_step": Text("激励目标的提高幅度", "step to the incentive target"),
    "beside_mark": Text("下载标出错处的表", "Download the table with its mistakes marked"),
    "beside_marking": Text("正在标出错处……", "Marking the mistakes …"),
    "beside_nothing_marked": Text("没有可标出的单元格。", "There is no cell to mark."),
    "beside_take": Text("采用这张表", "Take this table over"),
    "beside_take_hint": Text(
        "存为一轮：各地区的下降率都按表作为商定值，可在“发布”页发布。",
        "It is kept as a round in which every region's rate is an agreed one, and can be published.",
    ),
    "beside_reason": Text("理由（例如会议、文号）", "Reason, such as a meeting or a document"),
    "beside_no_reason": Text("请写明理由。", "State a reason."),
    "beside_not_passed": Text(
        "这张表有核对没有通过（见上），所以不能采用为一轮。改好后再放一次。",
        "The table fails a check (see above), so it cannot be taken over as a round. Mend it and drop it again.",
    ),
    "beside_not_backed": Text(
        "这张表不能支撑全省目标（缺多少见上），所以不能采用为一轮。改到能支撑后再放一次。",
        "The table does not back the province's target (see above by how much), so it cannot be taken over as a round. Mend it until it does and drop it again.",
    ),
    "beside_other_plan": Text(
        "以表中的下降率为商定值，得到的方案与此表不同（例如激励目标），不能采用。",
        "With the rates of the table as agreed ones, the plan is not this table (incentive targets, for one): it cannot be taken over.",
    ),
    # track
    "beside_drop_actuals": Text(
        "年度数据表（各年{q.used}、GDP 或下降率）", "A table of actual years ({q.used} and GDP, or reductions)"
    ),
    "beside_actuals_columns": Text(
        "需要的列：{columns}；或在“地区”“年份”之外只给年度下降率。可另加“季度”。",
        "Columns needed: {columns}; or, besides region and year, the annual reduction alone. A column “quarter” may be added.",
    ),
    "beside_actuals_alone": Text(
        "需要的列：{columns}。可另加“季度”。", "Columns needed: {columns}. A column “quarter” may be added."
    ),
    "beside_actuals_blank": Text(
        "下载空表（本方案的地区和年份）", "Download the empty table (regions and years of this scenario)"
    ),
    "beside_tracking": Text("正在对照……", "Holding the years against the plan …"),
    "beside_targets": Text("对照哪套目标", "Targets"),
    "beside_resplit": Text("剩余任务重新分解", "split anew what remains"),
    "beside_tracked": Text("跟踪结果", "Progress"),
    "beside_track_workbook": Text("下载进展工作簿（xlsx）", "Download the workbook (xlsx)"),
    "beside_track_files": Text("下载全部文件（压缩包）", "Download all files (zip)"),
    "beside_in_figures": Text("数据", "Figures"),
    # sensitivity
    "beside_sweep_what": Text("变动什么", "What varies"),
    "beside_over_weights": Text("准则权重", "criterion weights"),
    "beside_sweep_samples": Text("样本数", "Samples"),
    "beside_sweep_seed": Text("随机种子（同一种子，同样的结果）", "Seed (the same seed, the same result)"),
    "beside_sweep_sampler": Text("权重怎样抽取", "How weights are drawn"),
    "beside_sampler_dirichlet": Text("一切可能的权重，一视同仁", "all weights alike"),
    "beside_sampler_around": Text("在方案权重附近", "about the plan's weights"),
    "beside_sampler_grid": Text("等间隔的权重", "evenly spaced weights"),
    "beside_sampler_one-at-a-time": Text("每次只变一个权重", "one weight at a time"),
    "beside_sweep_go": Text("开始抽样", "Start"),
    "beside_sweep_stop": Text("取消", "Cancel"),
    "beside_sweep_progress": Text("抽样进度", "progress of the sweep"),
    "beside_sweep_folder": Text(
        "结果存入 {folder}，取代那里先前的抽样。同时只进行一次抽样；其间可继续用别的页。",
        "The result goes to {folder} and takes the place of an earlier sweep there. One sweep runs at a time; the other pages go on meanwhile.",
    ),
    "beside_sweep_nothing": Text(
        "没有选变动什么。请至少勾选一项。", "Nothing is chosen that varies. Tick at least one."
    ),
    "beside_sweep_start": Text("正在准备……", "Getting ready …"),
    "beside_sweep_done": Text("已完成。", "Done."),
    "beside_sweep_cancelled": Text("已取消，没有留下结果。", "Cancelled; nothing was kept."),
    "beside_sweep_failed": Text("没有结果。", "No result."),
    "beside_sweep_died": Text(
        "计算进程中途停止，没有结果。请再试一次，或减少样本数。",
        "The process that computed has died; there is no result. Try again, or with fewer samples.",
    ),
    "beside_sweep_of": Text("正在抽样（{title}）：{stage}", "A sweep is running ({title}): {stage}"),
    "beside_sweep_runs": Text(
        "已有一次抽样在进行（{title}）。请等它完成，或先取消。",
        "A sweep is running already ({title}). Wait until it is done, or cancel it first.",
    ),
    # methods
    "beside_methods_waiting": Text("正在用各种方法分解……", "Splitting by every method …"),
    "beside_methods_read": Text("怎样读", "How to read this"),
    "beside_methods_files": Text(
        "压缩包里有离线网页、数据和每种方法的下降率表（rates-方法.csv）。",
        "The archive has the offline page, the data, and a table of rates for each method (rates-METHOD.csv).",
    ),
    "beside_methods_take": Text("采用一种方法", "Take a method"),
    "beside_methods_take_hint": Text(
        "存为一轮：各地区的下降率都按这一方法作为商定值，方法和公式记为理由，可在“发布”页发布。",
        "It is kept as a round in which every region's rate is an agreed one, with method and formula as the reason, and can be published.",
    ),
    "beside_sweep_other": Text(
        "这次抽样所用的设置与当前方案不同；要看当前方案，请重新抽样。",
        "This sweep was made with other settings than the plan has now; start one anew to see those.",
    ),
    "beside_sweep_since": Text(
        "抽样之后数据已变：{files}。下面仍是按当时的数据算的；要看现在的数据，请重新抽样。",
        "The data have changed since the sweep: {files}. Below is what it found on the data of then; start one anew to see those of now.",
    ),
    "beside_sweep_made": Text("抽样于 {when}；所用设置：{settings}。", "Made on {when}, with {settings}."),
    "beside_no_sweep": Text("还没有抽样。", "There is no sweep yet."),
    "beside_sweep_result": Text("抽样结果", "What the sweep found"),
    "beside_sweep_files": Text("下载全部文件（压缩包）", "Download all files (zip)"),
    # publish
    "beside_which_plan": Text("发布哪个方案", "Which plan"),
    "beside_plan_shown": Text("“分解”页上当前的方案", "the plan as it stands on the page Plan"),
    "beside_round": Text("第 {number} 轮", "round {number}"),
    "beside_round_backed": Text("通过", "passes"),
    "beside_round_not_backed": Text("未通过", "does not pass"),
    "beside_round_broken": Text("不能使用", "cannot be used"),
    "beside_language": Text("语言", "Language"),
    "beside_columns": Text("表中各栏", "Columns"),
    "beside_columns_kept": Text("地区和下降目标总在表中。", "Region and target are always there."),
    "beside_profile": Text("印发内容", "What is published"),
    "beside_profile_circular": Text("公文用表", "table for the circular"),
    "beside_profile_both": Text("公文用表，另附复核说明", "that table and a verification note"),
    "beside_profile_full": Text("完整表（含复核）", "full table with its proof"),
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
    "beside_papers": Text("函和幻灯片", "Letters and slides"),
    "beside_papers_hint": Text(
        "一市一函：每个市的目标、年度目标、由来和约束。幻灯片用于汇报，图表可编辑。用上面所选的方案和语言。",
        "A letter to each city with its target, yearly targets, reasons and bounds. Slides for the meeting, with charts that can be edited. Of the plan and in the language chosen above.",
    ),
    "beside_paper_letters": Text("一市一函，合订本（docx）", "Letters, all in one file (docx)"),
    "beside_paper_letter_files": Text("一市一函，每市一份（zip）", "Letters, a file a city (zip)"),
    "beside_paper_slides": Text("汇报幻灯片（pptx）", "Slides (pptx)"),
    "beside_paper_writing": Text("正在写出并读回复核……", "Writing, and reading back …"),
    "beside_paper_done": Text("已写出，读回复核无误。", "Written, read back and verified."),
    "beside_paper_without_sweep": Text(
        "没有这份方案的敏感性分析，幻灯片少“有多可靠”一页。要有这一页，先到“敏感性”页抽样，再来下载。",
        "There is no sweep of this plan, so that the slide on how sure the targets are is left out. To have it, run one on the page Sensitivity and download the slides again.",
    ),
    "beside_publishing": Text("正在写出并逐格复核……", "Writing, and reading back cell by cell …"),
    "beside_published": Text("已写出，逐格读回复核无误。", "Written, read back and verified cell by cell."),
    "beside_no_format": Text("请至少选一种格式。", "Tick at least one format."),
}
