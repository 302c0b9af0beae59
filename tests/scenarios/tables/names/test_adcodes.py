"""Codes beside names: those of another place are found."""

import pytest

from scenarios.errors import InputError
from scenarios.file.schema import Bounds
from scenarios.regions.table import read_regions
from scenarios.regions.wanted import Wanted
from scenarios.tables.adcodes.prefectures import owner_and_own

BOUNDS = Bounds(lower="8%", upper="28%")
ROWS = "id,name,emissions,gdp,growth\n{},南宁,2135,3410,1.32\n{},柳州市,3089,2298,1.26\n450300,桂林,1500,1943,1.3\n"


def test_interchanged_codes_are_refused_at_both_cells(tmp_path):
    path = tmp_path / "regions.csv"
    path.write_text(ROWS.format("450200", "450100"), "utf-8")
    with pytest.raises(InputError) as caught:
        read_regions(path, Wanted(frozenset(), BOUNDS, None))
    found = [(f.code, f.place.row, f.values["owner"]) for f in caught.value.findings]
    assert found == [("code_of_another", 2, "柳州市"), ("code_of_another", 3, "南宁市")]
    path.write_text(ROWS.format("450100", "450200"), "utf-8")
    assert read_regions(path, Wanted(frozenset(), BOUNDS, None))[0].ids == ("450100", "450200", "450300")


@pytest.mark.parametrize(
    ("code", "name"),
    [
        ("422800", "恩施"), ("422800", "恩施州"), ("422801", "恩施市"), ("429004", "仙桃市"), ("990100", "甲市"),
        ("450199", "南宁市"), ("1", "南宁市"), ("360900", "宜春市"), ("450100000000", "南宁市"), ("341400", "巢湖市"),
    ],
)  # fmt: skip
def test_codes_that_are_a_places_own_or_nobodys_are_left_alone(code, name):
    assert owner_and_own(code, name) is None
