"""The progress report: its tables against the record, its files as they read, its page in a browser."""

import docx
import pytest
from plotly.graph_objects import Figure

from allocator.tracking.gathering import Asked
from allocator.tracking.track import track
from reports.publishing.formats import FORMATS
from reports.tracking.data_sheet import data_sheet
from reports.tracking.figures import LIGHTS, barometer_figure, paths_figure, remaining_figure
from reports.tracking.page import track_html
from reports.tracking.sheet import progress_sheet
from scenarios.schema_types import Words
from scenarios.wording import LANGUAGES
from tests.reports.sweeping.test_page import looking

MADE = "2026-11-21T10:00:00+00:00"
HOSTILE = "=1+1<script>alert(1)</script>\u202e市"
PROJECTS = (
    "name,region,emissions(万吨),value_added(亿元),start\n=HYPERLINK(1),防城港,600,120,2019\n数据中心,南宁,20,60,2019\n"
)


@pytest.fixture(scope="module")
def record(guangxi, tmp_path_factory):
    table = tmp_path_factory.mktemp("projects") / "projects.csv"
    table.write_text(PROJECTS, "utf-8")
    return track(guangxi, "actuals-example", beyond=Asked(True, table)).record


@pytest.fixture(scope="module")
def hostile(record):
    first = record.regions[0].model_copy(update={"name": HOSTILE, "name_en": HOSTILE})
    return record.model_copy(update={"regions": (first, *record.regions[1:])})


def cells(record, code, language="zh"):
    table = next(table for table in progress_sheet(record, language, MADE).tables if table.code == code)
    return [dict(zip((column.code for column in table.columns), row, strict=True)) for row in table.rows]


def test_the_progress_table_is_the_record(record):
    rows = cells(record, "progress")
    assert [row["name"] for row in rows] == [*(r.name for r in record.regions), "全省"]
    for row, region in zip(rows, record.regions, strict=False):
        assert float(row["done"]) == pytest.approx(region.cumulative_reduction * 100, abs=0.005)
        assert float(row["excess"].replace("−", "-")) == pytest.approx(region.excess_10kt, abs=0.05)
        assert row["light"] == {"green": "绿灯", "yellow": "黄灯", "red": "红灯"}[region.light]
    assert rows[-1]["target"] == "17.00"


@pytest.mark.parametrize(("path", "said"), [(0.1, "少"), (0.3, "多"), (None, "")])
def test_the_row_of_the_province_says_what_it_is_over_its_own_path(record, path, said):
    """With a cut of 20 % to E = 80 the path of 10 % allows 90, that of 30 % 70; the regions together are 294.0 over."""
    province, t = record.province, len(record.years) - 1
    given = {
        "path": (*province.path[:t], path or 0.2, *province.path[t + 1 :]), "cumulative_reduction": 0.2,
        "emissions_10kt": (*province.emissions_10kt[: t + 1], 80.0), "excess_10kt": 294.0 if path else 0.0,
    }  # fmt: skip
    changed = record.model_copy(update={"province": province.model_copy(update=given)})
    found = [note for note in progress_sheet(changed, "zh", MADE).notes if note.startswith("“全省”一行")]
    assert [f"实际排放{said} 10.0 万吨" in note for note in found] == ([True] if said else [])


def test_years_show_what_is_there(record):
    first = cells(record, "years")[0]
    assert list(first) == [
        "name", "year_target_2016", "year_actual_2016", "year_target_2017", "year_actual_2017", "year_target_2018",
        "year_actual_2018", "year_target_2019", "year_target_2020",
    ]  # fmt: skip
    standing = record.regions[0]
    assert float(first["year_actual_2017"]) == pytest.approx(standing.annual_reductions[1] * 100, abs=0.005)
    assert float(first["year_target_2020"]) == pytest.approx(standing.annual_targets[4] * 100, abs=0.005)


def test_what_is_moved_adds_up(record):
    moved = [float(row["moved"].replace("−", "-")) for row in cells(record, "resplit")]
    assert sum(moved) == pytest.approx(record.resplit.more_10kt - record.resplit.less_10kt, abs=0.05 * len(moved))
    assert {row["verdict"] for row in cells(record, "projects")} == {
        {"eases": "不占用剩余空间", "fits": "剩余空间足够", "exceeds": "剩余空间不足"}[p.verdict]
        for p in record.projects
    }


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", ["xlsx", "docx"])
def test_files_read_as_they_were_written(hostile, tmp_path, kind, language):
    sheet = progress_sheet(hostile, language, MADE)
    path = tmp_path / f"progress.{kind}"
    path.write_bytes(FORMATS[kind].write(sheet))
    assert FORMATS[kind].read(path, language) == [(t.heads(language), *t.rows) for t in sheet.tables]
    assert all(cell.strip() for table in sheet.tables for row in table.rows for cell in row)


def test_what_was_said_of_figures_stands_in_a_record_of_its_own(record, tmp_path):
    """The progress report that goes out names sources in words; cells and files are in the office's own record."""
    notice = Words(zh="actuals.csv，第 3 行：疑似十倍", en="actuals.csv, row 3: ten times off")
    said = record.model_copy(update={"notices": (notice,), "inputs": {"actuals.csv": "ab" * 32}})
    progress = progress_sheet(said, "zh", MADE)
    assert not [text for text in (*progress.notes, progress.source, progress.statement) if "actuals.csv" in text]
    assert "各市统计年鉴 2016" in progress.source
    assert progress.source.endswith("；2016–2018 年数据取自年度数据表。")
    sheet = data_sheet(said, "zh", MADE)
    path = tmp_path / "data.docx"
    path.write_bytes(FORMATS["docx"].write(sheet))
    notices, files = FORMATS["docx"].read(path, "zh")
    assert notices[1:] == (("1", "actuals.csv，第 3 行：疑似十倍"),)
    assert files[1:] == (("actuals.csv", "ab" * 32),)
    assert "提示 1 处" in sheet.statement
    nothing = data_sheet(record.model_copy(update={"notices": ()}), "en", MADE)
    assert (nothing.statement, len(nothing.tables)) == ("Nothing was to be said of the figures.", 1)


def test_a_scenario_without_sources(record):
    source = progress_sheet(record.model_copy(update={"sources": None}), "en", MADE).source
    assert source == "Sources: the data of the scenario; for 2016–2018 the table of actual years."


def test_the_last_rows_of_a_table_stay_on_one_page(record, tmp_path):
    """No page ends a table with fewer than five rows, or begins one with fewer than three."""
    path = tmp_path / "progress.docx"
    path.write_bytes(FORMATS["docx"].write(progress_sheet(record, "zh", MADE)))
    for table in docx.Document(path).tables:
        kept = [bool(row.cells[0].paragraphs[0].paragraph_format.keep_with_next) for row in table.rows]
        last = kept[1:][-5:]
        assert last == [True] * (len(last) - 1) + [False]
        assert not any(kept[3:-5])
        assert all(kept[1:-1][:2])


def test_lights_have_a_look_each(record):
    drawn = Figure(barometer_figure(record, "en"))
    bars = [trace for trace in drawn.data if trace.type == "bar"]
    assert len({bar.marker.pattern.shape for bar in bars}) == len(LIGHTS)
    assert sum(len(bar.x) for bar in bars) == len(record.regions)


def test_a_panel_each_and_only_the_furthest_behind_of_many(record):
    names = [note.text for note in Figure(paths_figure(record, "zh")).layout.annotations]
    assert names == ["广西", *(r.name for r in record.regions)]
    many = record.model_copy(update={"regions": record.regions * 3})
    drawn = [note.text for note in Figure(paths_figure(many, "zh")).layout.annotations]
    assert len(drawn) == 24
    assert drawn[1].startswith("百色")


def test_nothing_is_left_after_the_last_year(record):
    over = record.model_copy(update={"years": tuple(range(2016, 2021))})
    assert remaining_figure(over, "zh") is None


@pytest.mark.browser
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page(browser, hostile, tmp_path, language):
    path = tmp_path / "progress.html"
    path.write_text(track_html(hostile, language, MADE), "utf-8")
    for width in (1280, 390):
        with looking(browser, path, width, "#figure_left .scatterlayer .point") as page:
            assert page.locator("#progress tbody tr").count() == len(hostile.regions) + 1
            assert page.locator("#resplit tbody tr").count() == len(hostile.resplit.regions)
            assert page.evaluate("document.documentElement.scrollWidth") <= width
            assert page.locator("#progress tbody th").first.inner_text().startswith("=1+1<script>")
            assert page.locator("#figure_paths .subplot").count() == len(hostile.regions) + 1


def test_every_panel_says_its_first_and_last_year_and_the_lowest_say_all(record):
    """15 panels, four in a row: of the last row three, and the fourth of the row above has none below."""
    layout = Figure(paths_figure(record, "zh")).layout
    labels = [list(layout[f"xaxis{n if n > 1 else ''}"].ticktext) for n in range(1, 16)]
    ends, all_years = ["15", "", "", "", "", "20"], ["15", "16", "17", "18", "19", "20"]
    assert labels == [ends] * 11 + [all_years] * 4


def test_a_bar_too_short_for_its_figure_has_it_beside(record):
    regions = tuple(
        region.model_copy(update={"progress": 0.0}) if n == 0 else region for n, region in enumerate(record.regions)
    )
    drawn = barometer_figure(record.model_copy(update={"regions": regions}), "zh")
    where = {
        name: place
        for bars in drawn["data"]
        for name, place in zip(bars["y"], bars["textposition"], strict=True)
    }  # fmt: skip
    assert where[record.regions[0].label("zh")] == "outside"
    assert [*where.values()].count("outside") == 1
