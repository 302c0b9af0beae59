"""A table of tiles in place of a map."""

import pytest

from scenarios.mapping.rings import area


def tiles(text):
    return {"text": text, "case": "three-cities", "key": "tiles", "name": "tiles.csv"}


@pytest.mark.parametrize("head", ["region,row,column", "地区,行,列", "name,row,col"])
def test_three_tiles(mapped, head):
    """甲 above 乙, 丙 beside 乙: two tiles are 1.92 wide with the gap, so that one has 920/1.92 = 479.17 units."""
    drawing = mapped(**tiles(f"{head}\n甲市,1,1\n乙市,2,1\n丙市,2,2\n")).drawing
    assert drawing.kind == "tiles"
    first, second, third = (outline.rings[0] for outline in drawing.outlines)
    assert area(first) == pytest.approx((920 / 1.92) ** 2)
    assert first[0][1] > second[0][1]
    assert first[0][0] == second[0][0]
    assert third[0][0] > second[0][0]
    assert drawing.outlines[0].label == pytest.approx((920 / 1.92 / 2, 1000 - 920 / 1.92 / 2))


@pytest.mark.parametrize(
    ("rows", "code", "said"),
    [
        ("甲市,1,1\n乙市,1,1\n丙市,2,2", "tile_taken", "甲市"),
        ("甲市,1,1\n甲市,1,2\n丙市,2,2", "region_twice", "甲市"),
        ("甲市,1,1.5\n乙市,2,1\n丙市,2,2", "tile_number", "1.5"),
        ("甲市,0,1\n乙市,2,1\n丙市,2,2", "tile_number", "0"),
        ("甲市,61,1\n乙市,2,1\n丙市,2,2", "tile_number", "60"),
        ("甲市,,1\n乙市,2,1\n丙市,2,2", "empty_cell", ""),
        ("丁市,1,1\n乙市,2,1\n丙市,2,2", "unknown_region", "丁市"),
        ("全省,1,1\n乙市,2,1\n丙市,2,2", "unknown_region", "全省"),
    ],
)
def test_what_is_wrong_with_a_tile(refused, rows, code, said):
    found = refused(**tiles(f"region,row,column\n{rows}\n"))
    assert code in found
    assert said in found[code].say("zh")
    assert found[code].place.row is not None


def test_a_region_without_a_tile_is_said(mapped):
    scenario = mapped(**tiles("region,row,column\n甲市,1,1\n乙市,2,1\n"))
    assert "丙市" in next(f.say("zh") for f in scenario.notices if f.code == "tiles_missing")
    assert scenario.drawing.outlines[2] is None
