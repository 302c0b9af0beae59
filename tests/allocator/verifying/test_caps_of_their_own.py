"""Caps from a table of their own: the column of caps in the table of rates is not used, which is said."""

import pytest

from allocator.verifying.verify import judgement

CITIES = ("甲市", "乙市", "丙市", "丁市", "戊市", "己市", "庚市", "辛市", "壬市")
RATES = (18, 20.5, 18.5, 21, 16.5, 13.5, 16, 12.5, 13.5)
CAPS = (5162, 9902, 8062, 7392, 4116, 2100, 4102, 780, 577)
COLUMN = "碳排放总量控制目标（万吨）"


def written(folder, name, **columns):
    """Write a table of the cities; `columns`: header -> figures."""
    lines = [",".join(map(str, row)) for row in zip(CITIES, *columns.values(), strict=True)]
    (folder / name).write_text("\n".join([",".join(("地区", *columns)), *lines]), "utf-8")
    return folder / name


@pytest.mark.parametrize(
    ("own", "code", "names"),
    [
        (CAPS, "caps_second", ""),
        ((5163, 9901, *CAPS[2:]), "caps_apart", "甲市、乙市"),
        (("x", *CAPS[1:]), "caps_second", ""),
    ],
)
def test_the_column_that_is_not_used_is_named_with_the_cities_that_differ(tmp_path, example_15fyp, own, code, names):
    table = written(tmp_path, "t.csv", **{"下降率（%）": RATES, COLUMN: own})
    caps = written(tmp_path, "caps.csv", **{COLUMN: CAPS})
    found = judgement(example_15fyp, str(table), caps)
    assert found.verification.total.pair.sum == sum(CAPS)
    (said,) = [notice for notice in found.notices if notice.place.file == "t.csv"]
    assert (said.code, said.place.column) == (code, "碳排放总量控制目标")
    assert "“caps.csv”" in said.say("zh")
    assert names in said.say("zh")
    assert ("others for" in said.say("en")) is bool(names)


def test_nothing_is_said_of_a_table_without_caps_or_named_twice(tmp_path, example_15fyp):
    caps = written(tmp_path, "caps.csv", **{COLUMN: CAPS})
    both = written(tmp_path, "both.csv", **{"下降率（%）": RATES, COLUMN: CAPS})
    rates = written(tmp_path, "t.csv", **{"下降率（%）": RATES})
    for table, own in ((rates, caps), (both, both)):
        assert judgement(example_15fyp, str(table), own).notices == example_15fyp.notices
