"""The table of yearly growth: what it takes and refuses."""

from decimal import Decimal

import pytest

from scenarios.file.schema import Period
from scenarios.tracking.yearly_growth import read_yearly_growth

PERIOD = Period(base=2015, end=2020)


@pytest.fixture
def table(tmp_path, guangxi):
    """Return a function that writes all growth into the first year, changed by the test."""

    def make(change=None):
        regions = guangxi.regions
        rows = [
            f"{name},{year},{growth if year == 2016 else 1}"
            for name, growth in zip(regions.names, regions.growth, strict=True)
            for year in range(2016, 2021)
        ]
        rows = change(rows) if change else rows
        path = tmp_path / "growth.csv"
        path.write_text("\n".join(["region,year,growth", *rows]), "utf-8")
        return path

    return make


def test_factors_by_region_and_year(table, guangxi):
    factors, source, _ = read_yearly_growth(table(lambda rows: [*rows[::-1], "全区,2016,1.3"]), guangxi.regions, PERIOD)
    assert factors[0] == (Decimal("1.32126"), 1, 1, 1, 1)
    assert source.name == "growth.csv"


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (lambda rows: rows[1:], "yearly_growth_gap"),
        (lambda rows: ["南宁,2016,1.2", *rows[1:]], "yearly_growth_sum"),
        (lambda rows: ["南宁,2016,132.126", *rows[1:]], "yearly_growth_range"),
        (lambda rows: ["南宁,2016,32%", *rows[1:]], "yearly_growth_range"),
        (lambda rows: ["南宁,2016,", *rows[1:]], "empty_cell"),
        (lambda rows: ["南宁,2016,x", *rows[1:]], "not_a_number"),
        (lambda rows: [*rows, rows[0]], "actuals_twice"),
        (lambda rows: [*rows, "南宁,2015,1"], "actuals_year"),
        (lambda rows: [*rows, "某某,2016,1"], "unknown_region"),
    ],
)
def test_what_is_refused(table, refused, guangxi, change, code):
    (finding,) = refused(read_yearly_growth, table(change), guangxi.regions, PERIOD)
    assert finding.code == code
    assert finding.place.file == "growth.csv"


def test_a_column_for_every_year(tmp_path, table, guangxi):
    regions = guangxi.regions
    rows = [f"{name},{growth},1,1,1,1" for name, growth in zip(regions.names, regions.growth, strict=True)]
    path = tmp_path / "wide.csv"
    path.write_text("\n".join(["地区,2016,2017年,2018,2019.0,2020", *rows]), "utf-8")
    assert read_yearly_growth(path, regions, PERIOD)[0] == read_yearly_growth(table(), regions, PERIOD)[0]
