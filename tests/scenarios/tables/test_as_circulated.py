"""Tables as offices hand them round: several lines of notes, totals without a name, rows of another province."""

import pytest

from scenarios.errors import InputError
from scenarios.regions.table import read_regions
from scenarios.regions.wanted import Wanted
from scenarios.tables.layout.asked import Asked
from tests.scenarios.tables.books import book

HEAD = ("城市", "二氧化碳排放量（万吨）", "GDP（亿元）", "增长倍数")
ROWS = (("南宁市", 3000, 3410.08, 1.4), ("柳州市", 3500, 2298.62, 1.35), ("桂林市", 1500, 1942.97, 1.38))


@pytest.fixture
def read(tmp_path, guangxi):
    """Return a function that reads rows of 2015: the regions, and the codes and cells of what is said."""

    def call(*rows, province=None, asked=None, years=5, indicators=()):
        path = tmp_path / "regions.xlsx"
        book(S=rows).save(path)
        wanted = Wanted(
            frozenset(indicators), guangxi.file.bounds, province, asked=asked or Asked(year=2015), years=years
        )
        regions, _, notices = read_regions(path, wanted)
        return regions, [(notice.code, notice.place.cell or notice.place.row) for notice in notices]

    return call


@pytest.fixture
def refused(read):
    """Return a function that reads rows which are refused: what is found, code and cell."""

    def call(*rows, **named):
        with pytest.raises(InputError) as caught:
            read(*rows, **named)
        return [(f.code, f.place.cell or f.place.sheet) for f in caught.value.findings if f.severity != "notice"]

    return call


# notes of several lines


@pytest.mark.parametrize(
    "lines",
    [
        ("注：1.GDP为可比价", "2.排放不含工业过程"),
        ("注：本表数据为初步核算数", "排放口径为能源活动"),
        ("* 含横州市", "1) 初步数"),
        ("注：本表数据为初步核算数", "一、排放口径为能源活动", "二、地区生产总值为可比价"),
        ("1.初步数", "2.能源活动"),
        ("Note: preliminary", "energy only"),
    ],
)
@pytest.mark.parametrize("above", [(), (("合计", 8000, 7651.67, None),)])
def test_a_note_may_have_several_lines(read, lines, above):
    regions, said = read(HEAD, *ROWS, *above, *((line,) for line in lines))
    first = 5 + len(above)
    assert len(regions) == 3
    assert [at for code, at in said if code == "note_row"] == list(range(first, first + len(lines)))


@pytest.mark.parametrize("line", ["崇左市", "崇左", "2.崇左", "横州市"])
def test_a_region_without_figures_is_no_line_of_a_note(refused, line):
    assert ("empty_cell", "B6") in refused(HEAD, *ROWS, ("注：初步数",), (line,))


def test_numbered_regions_are_no_lines_of_a_note(refused):
    numbered = [(f"{n}.{name}", *rest) for n, (name, *rest) in enumerate(ROWS, 1)]
    assert ("empty_cell", "B5") in refused(HEAD, *numbered, ("1.初步数",))
