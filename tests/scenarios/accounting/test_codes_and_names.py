"""Codes and names of a table of years: a row that pairs them otherwise than the others is refused, and it alone."""

import pytest

from scenarios.accounting.energy_table import read_energy

CITIES = {"450100": "南宁市", "450200": "柳州市", "450300": "桂林市", "450400": "梧州市"}


@pytest.fixture
def torn(tmp_path):
    """Return a function that writes four cities in three years, rows changed by their number: what is found."""

    def call(**changed):
        pairs = [(code, name, year) for year in (2023, 2024, 2025) for code, name in CITIES.items()]
        rows = [
            changed.get(f"row{n}", f"{code},{name}") + f",{year},30{n}" for n, (code, name, year) in enumerate(pairs, 2)
        ]
        (tmp_path / "energy.csv").write_text("代码,地区,年份,煤炭（万吨标煤）\n" + "\n".join(rows) + "\n", "utf-8")
        table, findings = read_energy(tmp_path / "energy.csv")
        return len(table.names), [(finding.code, finding.place.row) for finding in findings]

    return call


def test_pairs_that_agree_are_asked_nothing(torn):
    assert torn() == (4, [])
    assert torn(row2="450100,南宁", row6=",南宁市", row11="450200,柳 州 市") == (4, [])


@pytest.mark.parametrize(
    "pair",
    ["450400,柳州市", "450200,梧州市", "450499,梧州市", "450400,吴州市"],
    ids=["name", "code", "new code", "new name"],
)
def test_a_row_with_anothers_code_or_name_is_refused_at_its_code(torn, pair):
    assert torn(row9=pair)[1][0] == ("region_conflict", 9)
    assert not any(row not in (9, 5) for _, row in torn(row9=pair)[1])
