"""Headers of rates of coal, oil and shares: as people write them, and none of another quantity is proposed."""

import shutil

import pytest

from allocator.verifying.verify import judgement
from scenarios.errors import InputError
from scenarios.load import find_scenario, load_scenario

NAMES = "甲乙丙丁戊己庚辛壬"


@pytest.fixture
def rates(tmp_path):
    folder = shutil.copytree(find_scenario("15fyp-energy").parent, tmp_path / "case")

    def read(name, header, *rows):
        lines = [f"地区,{header}", *(f"{city}市,{','.join(rows)}" for city in NAMES)]
        (folder / "t.csv").write_text("\n".join(lines) + "\n", "utf-8")
        return judgement(load_scenario(folder / f"{name}.yaml"), str(folder / "t.csv")).verification.rates

    return read


@pytest.mark.parametrize(
    ("name", "header"),
    [
        ("coal", "煤炭消费下降率（%）"), ("coal", "煤炭消费量下降率（%）"), ("coal", "煤炭消费总量降低目标（%）"),
        ("oil", "石油消费下降率（%）"), ("oil", "石油消费总量下降率（%）"),
    ],
)  # fmt: skip
def test_rates_go_by_the_names_that_people_write(rates, name, header):
    assert {float(rate) for rate in rates(name, header, "-1.5")} == {-0.015}


@pytest.mark.parametrize("first", ["非化石能源消费占比（%）", "非化石能源占比（%）"])
def test_a_share_beside_its_target_is_none(rates, first):
    both = rates("nonfossil", f"{first},{first.replace('占比', '占比目标')}", "20", "30")
    assert both == rates("nonfossil", first.replace("占比", "占比目标"), "30")
    assert both != rates("nonfossil", first, "20")


@pytest.mark.parametrize(
    ("name", "header"),
    [
        ("coal", "碳排放强度下降率"), ("coal", "石油消费下降率"), ("coal", "非化石能源消费占比目标"),
        ("nonfossil", "下降率"), ("oil", "煤炭消费总量下降率"),
    ],
)  # fmt: skip
def test_a_rate_of_another_quantity_is_not_proposed(rates, name, header):
    with pytest.raises(InputError) as caught:
        rates(name, f"{header}（%）", "2.5")
    (found,) = caught.value.findings
    assert found.code == "missing_columns"
    assert f"rate: {header}" not in found.values["paste"]


def test_a_header_of_its_own_still_is(rates):
    with pytest.raises(InputError) as caught:
        rates("coal", "煤炭消费降幅目标（%）", "2.5")
    assert "rate: 煤炭消费降幅目标" in caught.value.findings[0].values["paste"]
