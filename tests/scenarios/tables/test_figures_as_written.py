"""Figures with a unit of their own, and with blanks between thousands: read and said, or refused at their cell."""

import pytest

from scenarios.accounting.energy_table import read_energy
from scenarios.errors import InputError
from scenarios.regions.table import read_regions
from scenarios.regions.wanted import Wanted
from scenarios.tables.cells import with_unit
from scenarios.tables.layout.asked import Asked
from scenarios.tables.rates import read_rates

HEAD = "城市,二氧化碳排放量（万吨）,GDP（亿元）,增长倍数\n"
FIGURES = ["3000", "3500", "1500"]


@pytest.fixture
def read(tmp_path, guangxi):
    """Return a function that reads emissions as they are written: figures, and what is said of which rows."""

    def call(figures, head=HEAD):
        rest = (("南宁市", "3410.08,1.4"), ("柳州市", "2298.62,1.35"), ("桂林市", "1942.97,1.38"))
        lines = [f"{name},{figure},{more}\n" for (name, more), figure in zip(rest, figures, strict=True)]
        (tmp_path / "regions.csv").write_text(head + "".join(lines), "utf-8")
        wanted = Wanted(frozenset(), guangxi.file.bounds, None, asked=Asked(year=2015))
        regions, _, notices = read_regions(tmp_path / "regions.csv", wanted)
        return [float(x) for x in regions.emissions], [(n.code, n.place.row) for n in notices]

    return call


@pytest.fixture
def refused(read):
    def call(*args):
        with pytest.raises(InputError) as caught:
            read(*args)
        return [(f.code, f.place.row, f.place.column) for f in caught.value.findings]

    return call


@pytest.mark.parametrize(
    "own", ["3000万吨", "3000 万吨", "30000000吨", "0.3亿吨", "3 000 万吨", "3,000万吨", "3000万吨CO₂"]
)
def test_a_unit_in_one_cell_counts_and_is_said(read, own):
    assert read([f'"{own}"', *FIGURES[1:]]) == ([3000, 3500, 1500], [("unit_in_cell", 2)])


@pytest.mark.parametrize("head", [HEAD, HEAD.replace("（万吨）", ""), HEAD.replace("（万吨）", "（吨）")])
def test_a_unit_in_every_cell_counts_whatever_the_header_says(read, head):
    figures, said = read([f"{figure}万吨" for figure in FIGURES], head)
    assert figures == [3000, 3500, 1500]
    assert ("unit_in_cell", 2) in said


def test_a_unit_around_the_table_is_not_that_of_a_cell_with_its_own(read):
    head = "单位：吨,,,\n" + HEAD.replace("（万吨）", "")
    figures, _ = read(["3000万吨", "35000000", "15000000"], head)
    assert figures == [3000, 3500, 1500]


@pytest.mark.parametrize(
    "own", ["3000亿元", "3000万吨标煤", "3000多", "约3000万吨", "3000mt", "3000万吨左右", "3000万吨5"]
)
def test_another_unit_is_refused_at_its_cell(refused, own):
    assert refused([*FIGURES[:2], own]) == [("not_a_number", 4, "二氧化碳排放量")]


def test_blanks_between_thousands_are_read_and_said(read):
    assert read(["3 000", *FIGURES[1:]]) == ([3000, 3500, 1500], [("blanks_in_figure", 2)])
    assert read(["3 000", "3\u00a0500.5", "1\u202f500"]) == ([3000, 3500.5, 1500], [("blanks_in_figure", 2)])


@pytest.mark.parametrize("figure", ["30 00", "3 0000", "0 300", "3  000", "3 000 00"])
def test_blanks_that_part_no_thousands_are_refused(refused, figure):
    assert refused([*FIGURES[:2], figure]) == [("not_a_number", 4, "二氧化碳排放量")]


def test_codes_with_blanks_are_no_figures(read, tmp_path, guangxi):
    text = "代码," + HEAD + "450 100,南宁市,3000,3410.08,1.4\n450 200,柳州市,3500,2298.62,1.35\n"
    (tmp_path / "regions.csv").write_text(text, "utf-8")
    wanted = Wanted(frozenset(), guangxi.file.bounds, None, asked=Asked(year=2015))
    assert read_regions(tmp_path / "regions.csv", wanted)[0].ids == ("450 100", "450 200")


@pytest.mark.parametrize(
    ("own", "tonnes", "code"),
    [("300万吨标煤", 3_000_000, "unit_in_cell"), ("3000000tce", 3_000_000, "unit_in_cell"),
     ("3 000", 30_000_000, "blanks_in_figure")],
)  # fmt: skip
def test_of_energy_too(tmp_path, own, tonnes, code):
    (tmp_path / "e.csv").write_text(f"地区,年份,煤炭（万吨标煤）\n甲市,2025,{own}\n乙市,2025,2500\n", "utf-8")
    table, findings = read_energy(tmp_path / "e.csv")
    assert (table.entries[0].amount, [(f.code, f.severity) for f in findings]) == (tonnes, [(code, "notice")])


def test_of_energy_another_dimension_is_refused(tmp_path):
    (tmp_path / "e.csv").write_text("地区,年份,煤炭（万吨标煤）\n甲市,2025,300万吨\n乙市,2025,250\n", "utf-8")
    assert [(f.code, f.place.row) for f in read_energy(tmp_path / "e.csv")[1]] == [("not_a_number", 2)]


def test_number_and_unit_are_parted():
    assert [with_unit(text) for text in ("18%", "3000", "万吨", "1.5.2吨", "")] == [None] * 5
    assert with_unit("-2.5 万吨") is not None


def test_points_behind_a_rate_are_nothing_to_be_said(tmp_path, guangxi):
    lines = [f"{name},18个百分点\n" for name in guangxi.regions.names]
    (tmp_path / "rates.csv").write_text("地区,下降率\n" + "".join(lines), "utf-8")
    table = read_rates(tmp_path / "rates.csv", guangxi.regions)
    assert (float(table.rates[0]), table.notices) == (0.18, ())
