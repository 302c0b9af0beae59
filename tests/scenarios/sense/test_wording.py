"""What a question about one city's figure says: whose it is, what the others have, what was done to it."""

import pytest

from scenarios.errors import InputError
from scenarios.regions.table import read_regions
from scenarios.regions.wanted import Wanted
from tests.scenarios.tables.books import book

HEAD = ("城市", "二氧化碳排放量（万吨）", "GDP（亿元）", "增长倍数", "下限（%）")
ROWS = (("南宁市", 3000, 3410.08, 1.4, 12), ("柳州市", 3500, 2298.62, 1.35, 13), ("桂林市", 1500, 1942.97, 1.38, 14),
        ("梧州市", 1200, 1078.61, 1.38, 15), ("北海市", 900, 892.1, 1.45, 16))  # fmt: skip


@pytest.fixture
def asked(tmp_path, guangxi):
    """Return a function that changes figures of 桂林市, by column: the one question, in Chinese and English."""

    def call(**changed):
        row = [changed.get(name, value) for name, value in zip("abcde", ROWS[2], strict=True)]
        book(S=[HEAD, *ROWS[:2], row, *ROWS[3:]]).save(tmp_path / "regions.xlsx")
        with pytest.raises(InputError) as caught:
            read_regions(tmp_path / "regions.xlsx", Wanted(frozenset(), guangxi.file.bounds, None))
        (finding,) = caught.value.findings
        return finding.message("zh", how=False), finding.message("en", how=False)

    return call


@pytest.mark.parametrize(
    ("changed", "zh", "en"),
    [
        ({"b": 150000}, ["“桂林市”", "“150000”", "1.061", "1500（除以 100）"], ["1500 (divided by 100)", "1.061"]),
        ({"c": 19.4297}, ["“桂林市”", "“19.4297”", "1.061", "1942.97（乘以 100）"], ["1942.97 (times 100)", "1.061"]),
        ({"b": 15000000, "c": 19429700}, ["“桂林市”", "2100 / 1689", "1500 / 1942.97（除以 10^4）"],
         ["1500 / 1942.97 (divided by 10^4)", "2100 / 1689"]),
        ({"e": 0.14}, ["“桂林市”为 0.14", "居中的为 14", "14（乘以 100）"], ["their median is 14", "14 (times 100)"]),
    ],
)  # fmt: skip
def test_a_question_about_a_figure_says_what_it_would_be(asked, changed, zh, en):
    for said, parts in zip(asked(**changed), (zh, en), strict=True):
        assert [part for part in parts if part not in said] == []
