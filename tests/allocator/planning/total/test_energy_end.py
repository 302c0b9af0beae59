"""The column of the last year's energy (期末能源消费量), by which a share is weighed (dual control, 12)."""

import shutil
from fractions import Fraction as F
from pathlib import Path

import pytest

from scenarios.errors import InputError
from scenarios.load import find_scenario, load_scenario

ENDS = (4000, 5000, 5200, 3900, 2700, 1350, 2200, 1100, 480)
NONFOSSIL = (900, 450, 700, 300, 520, 330, 260, 620, 160)
ENERGY = (3400, 4250, 4200, 3170, 2200, 1190, 1840, 960, 420)


@pytest.fixture
def case(tmp_path):
    return Path(shutil.copytree(find_scenario("15fyp-energy").parent, tmp_path / "case"))


def with_ends(case, header, ends):
    """Add a column to the table of regions."""
    path = case / "regions.csv"
    first, *rows = path.read_text("utf-8").splitlines()
    lines = [f"{first},{header}", *(f"{row},{end}" for row, end in zip(rows, ends, strict=True))]
    path.write_text("\n".join(lines) + "\n", "utf-8")


@pytest.mark.parametrize(
    ("header", "times"),
    [("energy_end(万吨标煤)", 1), ("期末能源消费量（万吨标准煤）", 1), ("目标年能源消费总量(吨标准煤)", 10000)],
)
def test_the_last_years_energy_weighs_the_cities(case, header, times):
    with_ends(case, header, [end * times for end in ENDS])
    share = load_scenario(case / "nonfossil.yaml", split=False).share
    assert share.weights == tuple(F(end, sum(ENDS)) for end in ENDS)
    own = [F(z, n) for z, n in zip(NONFOSSIL, ENERGY, strict=True)]
    weighted = sum(F(end, sum(ENDS)) * phi for end, phi in zip(ENDS, own, strict=True))
    assert share.composition == weighted - F(sum(NONFOSSIL), sum(ENERGY))
    assert share.uniform_rise == F(1, 4) - weighted


def test_energy_far_from_growth_is_asked_about_at_its_cell(case):
    with_ends(case, "期末能源消费量（万吨标准煤）", (40000, *ENDS[1:]))
    with pytest.raises(InputError) as caught:
        load_scenario(case / "nonfossil.yaml", split=False)
    (found,) = caught.value.findings
    assert (found.code, found.asked, found.place.row) == ("energy_end_far", "energy-end:甲市", 2)
    path = case / "nonfossil.yaml"
    path.write_text(path.read_text("utf-8") + 'accept:\n  - {id: "energy-end:甲市", reason: 新增大项目}\n', "utf-8")
    assert load_scenario(path, split=False).share.ends[0] == 40000


def test_another_unit_and_an_empty_cell_are_refused(case):
    with_ends(case, "期末能源消费量（亿元）", ENDS)
    with pytest.raises(InputError) as caught:
        load_scenario(case / "nonfossil.yaml", split=False)
    assert [found.code for found in caught.value.findings] == ["wrong_unit_coal"]
    with_ends(case, "energy_end(tce)", ("", *ENDS[1:]))
    with pytest.raises(InputError):
        load_scenario(case / "nonfossil.yaml", split=False)


def test_the_other_scenarios_of_the_table_pass_it_over(case):
    with_ends(case, "期末能源消费量（万吨标准煤）", ENDS)
    for name in ("scenario", "coal", "carbon"):
        found = load_scenario(case / f"{name}.yaml", split=False)
        assert found.regions.ends == ()
