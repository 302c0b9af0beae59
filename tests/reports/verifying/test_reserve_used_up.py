"""What the province comes to with the reserve used up: a draw moves what it takes to a city, the sum stays."""

import random

import pytest

from allocator.planning.plan import plan
from allocator.verifying.verify import judgement
from reports.planning.sentences import province_statements
from reports.workbook.workbook import workbook
from scenarios.load import load_scenario
from tests.reports.workbook.test_workbook import by_libreoffice

UNCHANGED = 51352.8966  # E G of the invented province, 万吨
KEPT = {"rates": 42191.7221, "total": 42193.0019, "base": 41632.4326}  # Σ min(c, x), computed apart
RESERVE = {"rates": 307, "total": 300, "base": 300}
DRAWN = "项目,地区,动用量（万吨）,投产年份\n甲厂,丙市,120,2029\n乙厂,乙市,80,2030\n"


def made(folder, draws="", *settings):
    (folder / "draws.csv").write_text(draws, "utf-8")
    return plan(load_scenario(folder, [*settings, *(["total.draws=draws.csv"] if draws else [])]))


@pytest.mark.parametrize("policy", KEPT)
@pytest.mark.parametrize("draws", ["", DRAWN], ids=["none", "two"])
def test_what_is_drawn_is_emitted_as_well(example_15fyp_folder, policy, draws):
    result = made(example_15fyp_folder, draws, f"total.caps={policy}")
    used = 1 - (KEPT[policy] + RESERVE[policy]) / UNCHANGED
    assert result.record.province.total.with_reserve == pytest.approx(used, abs=5e-8)
    assert float(result.verification.total.with_reserve) == pytest.approx(
        1 - (KEPT[policy] + 300) / UNCHANGED, abs=5e-8
    )


def test_draws_are_said_to_be_in_the_reserve_that_is_used_up(example_15fyp_folder):
    """1 - (42,191.7221 + 307)/51,352.8966 = 17.2418 %."""
    record = made(example_15fyp_folder, DRAWN).record
    zh, en = ("".join(province_statements(record, language)) for language in ("zh", "en"))
    assert "307 万吨（其中 200 万吨已动用）全部用完时，全省强度下降 17.24%" in zh
    assert "with all 307 × 10⁴ t (200 × 10⁴ t of it drawn already) used up it falls by 17.24 %" in en


def test_a_reserve_that_is_drawn_to_the_last_is_said_as_well(example_15fyp_folder):
    record = made(example_15fyp_folder, DRAWN.replace(",80,", ",180,"), "total.caps=total").record
    assert record.province.total.pair.reserve_10kt == 0
    assert "300 万吨（其中 300 万吨已动用）全部用完时" in "".join(province_statements(record, "zh"))


def test_any_draws_leave_every_sum_where_it_was(example_15fyp_folder):
    rng = random.Random(16)
    scenario = load_scenario(example_15fyp_folder)
    for policy in ("rates", "total", "base"):
        before = made(example_15fyp_folder, "", f"total.caps={policy}").verification.total
        for _ in range(3):
            cities = rng.sample(scenario.regions.names, 3)
            rows = (f"p{n},{name},{rng.randint(1, 100)},2030" for n, name in enumerate(cities))
            draws = "\n".join(["项目,地区,动用量（万吨）,投产年份", *rows])
            after = made(example_15fyp_folder, draws, f"total.caps={policy}").verification.total
            assert (after.with_reserve, after.with_all_reserve) == (before.with_reserve, before.with_all_reserve)
            assert after.pair.sum + after.pair.reserve == before.pair.sum + before.pair.reserve == 42500


def test_a_published_table_with_draws_is_judged_alike(example_15fyp_folder):
    from allocator.planning.files import write_plan

    result = made(example_15fyp_folder, DRAWN)
    out = example_15fyp_folder / "out"
    write_plan(result, out, "zh")
    scenario = load_scenario(example_15fyp_folder, ["total.draws=draws.csv"])
    said = "".join(judgement(scenario, str(out / "allocation.csv")).statements("zh"))
    assert "307 万吨（其中 200 万吨已动用）全部用完时，全省强度下降 17.24%" in said


@pytest.mark.parametrize(
    ("amount", "said"),
    [
        (307, "机动连同已动用的，比须留的 300 万吨多 7 万吨：项目动用的超出须留的机动，已全部用完。"),
        (304, "项目动用的超出须留的机动，余下的 3 万吨各市用不到，也不分给各市。"),
        (200, "机动连同已动用的，比须留的 300 万吨多 7 万吨：各市用不到，也不分给各市。"),
    ],
)
def test_draws_are_allowed_up_to_the_reserve(example_15fyp_folder, amount, said):
    """Both targets leave 42,500 - 300 and the draws up to 300, in the record and the sheet alike; 307 were left."""
    result = made(example_15fyp_folder, f"项目,地区,动用量（万吨）,投产年份\n甲厂,丙市,{amount},2030\n")
    assert result.record.province.total.pair.limit_10kt == 42200 + min(amount, 300)
    assert said in "".join(province_statements(result.record, "zh"))


@pytest.mark.libreoffice
def test_the_sheet_of_both_targets_counts_draws_up_to_the_reserve(libreoffice_path, example_15fyp_folder, tmp_path):
    result = made(example_15fyp_folder, "项目,地区,动用量（万吨）,投产年份\n甲厂,丙市,307,2030\n")
    (tmp_path / "b.xlsx").write_bytes(workbook(result.record, result.verification, "zh"))
    rows = by_libreoffice(libreoffice_path, tmp_path)["b"]["两项目标"].iter_rows()
    said = {str(row[0].value).split("（")[0]: row[1].value for row in rows if len(row) > 1}
    assert (said["省级机动"], said["两项目标允许各市排放"], said["两项合判"]) == (0, 42500, "通过")
