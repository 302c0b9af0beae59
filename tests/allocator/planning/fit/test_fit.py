"""The fit: whether the targets for energy together hold the cap on carbon (dual control, 12 and 16)."""

import json
import shutil
from pathlib import Path

import pytest
from typer.testing import CliRunner

from allocator.cli import app
from allocator.planning.total.alone import Alone
from allocator.planning.total.fit import fit
from scenarios.errors import InputError
from scenarios.load import find_scenario, load_scenario
from tests.allocator.planning.energy_case import FILES, edited


@pytest.fixture
def case(tmp_path):
    return Path(shutil.copytree(find_scenario("15fyp-energy").parent, tmp_path / "case"))


def read(case, files=FILES):
    return [(f"{name}.yaml", load_scenario(case / f"{name}.yaml", split=False)) for name in files]


def refused(case, files=FILES):
    """Return what is wrong with scenarios that are read alone, or held against each other."""
    with pytest.raises(InputError) as caught:
        fit(read(case, files))
    return [(found.code, found.place.file) for found in caught.value.findings]


def test_the_targets_of_energy_hold_the_cap(case):
    """Figures `fit` of the design."""
    found = fit(read(case))
    assert float(found.fossil) == pytest.approx(18629.418, abs=5e-4)
    assert float(found.fuels["gas"]) == pytest.approx(3179.418, abs=5e-4)
    assert float(found.fuels["gas"] / found.base_fuels["gas"] - 1) == pytest.approx(0.79628, abs=5e-6)
    assert float(found.co2) == pytest.approx(41918.392, abs=5e-4)
    assert float(found.cap - found.co2) == pytest.approx(581.608, abs=5e-4)
    assert float(found.implied) == pytest.approx(0.183719, abs=5e-7)
    assert found.holds
    assert found.statements("zh")[-2].startswith("守得住：41,918.4 万吨不超过 42,500 万吨，余 581.6 万吨；")
    assert "base year come to 40,246.3" in found.statements("en")[-1]
    assert found.record.fuels["coal"].cap == 11000


def test_a_column_that_another_of_them_uses_is_not_called_unused(case):
    head, *rows = (case / "regions.csv").read_text("utf-8").splitlines()
    (case / "regions.csv").write_text("\n".join([f"{head},others", *(f"{row},1" for row in rows), ""]), "utf-8")
    assert {one.place.column for one in fit(read(case)).notices} == {"others"}
    alone = load_scenario(case / "carbon.yaml", split=False).notices
    assert {one.place.column for one in alone} == {"others", "energy", "coal", "oil", "nonfossil"}


def test_nor_is_energy_of_the_last_year_that_the_share_uses(case):
    head, *rows = (case / "regions.csv").read_text("utf-8").splitlines()
    ends = (f"{row},{float(row.split(',')[7]) * 1.2:.1f}" for row in rows)
    (case / "regions.csv").write_text("\n".join([f"{head},energy_end(万吨标准煤)", *ends, ""]), "utf-8")
    assert fit(read(case)).notices == ()


def test_what_cannot_be_read_is_said_with_what_does_not_fit(case, monkeypatch):
    edited(case, "carbon.yaml", ("fit: ", "# "))
    edited(case, "coal.yaml", ("cap: 11000", "cap: -1"))
    edited(case, "oil.yaml", ("unit: 万吨标准煤", "unit: 桶"))
    monkeypatch.chdir(case)
    done = CliRunner().invoke(app, ["check", *(f"{name}.yaml" for name in FILES), "--json"])
    found = {(one["code"], one["file"]) for one in json.loads(done.stdout or done.stderr)["findings"]}
    assert found == {("fit_factors", "carbon.yaml"), ("not_a_cap", "coal.yaml"), ("not_one_of", "oil.yaml")}


def test_without_oil_the_base_year_stands_beside_all_the_same(case):
    """11,250 of 17,390 are coal: 29,925 and 6,140 × 1.56 or 1.73; of 18,629.418 at the end 11,000 are coal."""
    found = fit(read(case, FILES[:4]))
    assert (found.record.base_by_factors_least, found.record.base_by_factors) == (39503.4, 40547.2)
    assert "39,503.4 至 40,547.2 万吨" in found.statements("zh")[-1]
    assert "between 39,503.4 and 40,547.2" in found.statements("en")[-1]
    assert any("7,629.4 万吨标准煤（基年 6,140，+24.26%）可能全是石油" in line for line in found.statements("zh"))
    bare = fit(read(case, FILES[:3]))
    assert not any("oil" in line for line in bare.statements("en") if line.startswith("There is no"))


def test_scenarios_that_are_missing_are_named_in_words(case):
    with pytest.raises(InputError) as caught:
        fit(read(case, ("carbon", "coal")))
    (found,) = caught.value.findings
    assert "还缺这些量的方案：能源消费、非化石能源消费占比。" in found.say("zh")
    assert "are missing: energy, share of non-fossil energy." in found.say("en")


def test_with_coal_flat_they_hold_it_still(case):
    edited(case, "coal.yaml", ("cap: 11000", "cap: 11250"))
    assert float(fit(read(case)).co2) == pytest.approx(42193.392, abs=5e-4)


def test_a_share_of_22_per_cent_breaks_it(case):
    edited(case, "nonfossil.yaml", ("target: 25%", "target: 22%"))
    found = fit(read(case))
    assert float(found.co2) == pytest.approx(43080.867, abs=5e-4)
    assert not found.holds
    assert found.statements("en")[-2].startswith("They do not hold it: emissions may come to 43,080.9 × 10⁴ t, 580.9")


def with_both(case, total):
    """Give carbon another cap, and non-fossil energy 22 %."""
    edited(case, "nonfossil.yaml", ("target: 25%", "target: 22%"))
    edited(case, "carbon.yaml", ("total: {cap: 42500, reserve: 300}", f"total: {total}"))
    return fit(read(case))


def test_an_intensity_that_is_missed_within_the_cap_is_not_held(case):
    """43,080.867 / 51,353.0 leaves 16.11 %, and 17 % leaves 0.83 × 51,353.0 = 42,623.0."""
    found = with_both(case, "{cap: 45000, reserve: 300}")
    assert not found.holds
    assert not found.record.holds
    assert (found.record.room, found.record.target_reduction) == (pytest.approx(1919.133, abs=5e-4), 0.17)
    verdict = found.statements("zh")[-2]
    assert verdict.startswith(
        "守不住：43,080.9 万吨不超过总量 45,000 万吨，但碳排放强度只保证下降 16.11%，达不到同一方案的 17%"
    )
    assert "not by the 17 % of the same scenario" in found.statements("en")[-2]


def test_a_reserve_that_does_not_count_in_the_intensity_may_be_emitted_beside_it(case):
    """42,623.0 and 460 are above 43,080.9; 450 are not."""
    apart = "apart: {zh: 某文, en: a document}"
    assert with_both(case, f"{{cap: 45000, reserve: 460, {apart}}}").holds
    edited(case, "carbon.yaml", ("reserve: 460", "reserve: 450"))
    assert not fit(read(case)).holds


def test_what_breaks_it_by_little_is_said_with_its_decimals(case):
    edited(case, "carbon.yaml", ("cap: 42500", "cap: 41918.391"))
    assert "超过 41,918.3910 万吨，多 0.0006 万吨" in fit(read(case)).statements("zh")[-2]


def test_fossil_energy_below_the_caps_uses_the_dirtiest_first(case):
    edited(case, "nonfossil.yaml", ("target: 25%", "target: 60%"))
    found = fit(read(case))
    assert [float(n) for n in found.fuels.values()] == pytest.approx([9935.6894, 0, 0], abs=5e-5)
    assert any("两项上限不会同时用足" in line for line in found.statements("zh"))


def test_without_caps_on_fuels_all_may_be_coal(case):
    found = fit(read(case, ("carbon", "scenario", "nonfossil")))
    assert float(found.co2) == pytest.approx(2.66 * 18629.418, abs=5e-3)
    assert not found.holds
    assert any(line.startswith("There is no scenario of coal") for line in found.statements("en"))


def test_emissions_besides_are_counted(case):
    edited(case, "carbon.yaml", ("gas: 1.56}", "gas: 1.56, other: 600}"))
    found = fit(read(case))
    assert float(found.co2) == pytest.approx(42518.392, abs=5e-4)
    assert not found.holds


def test_a_cap_on_energy_goes_before_its_intensity(case):
    edited(case, "scenario.yaml", ("target: 10%", "target: 10%\ntotal: {cap: 24000}"))
    assert float(fit(read(case)).fossil) == pytest.approx(18000)


def test_scenarios_that_do_not_belong_together_are_named_each(case):
    edited(case, "coal.yaml", ("end: 2030", "end: 2031"))
    other = (case / "regions.csv").read_text("utf-8")
    (case / "other.csv").write_text(
        other.replace("990900,壬市,Ren", "990900,癸市,Gui").replace(",1800,", ",1801,"), "utf-8"
    )
    edited(case, "scenario.yaml", ("regions: regions.csv", "regions: other.csv"), ("壬市]", "癸市]"))
    assert refused(case) == [
        ("fit_cities", "scenario.yaml"), ("fit_period", "coal.yaml"), ("fit_figures", "scenario.yaml"),
    ]  # fmt: skip


def test_what_is_missing_or_twice_is_said(case):
    assert refused(case, ("carbon", "coal", "coal")) == [("fit_twice", "coal.yaml"), ("fit_needs", "carbon.yaml")]


def test_factors_have_no_default(case):
    edited(case, "carbon.yaml", ("fit: {", "# fit: {"))
    assert refused(case) == [("fit_factors", "carbon.yaml")]


def test_fuels_in_tonnes_cannot_be_held_against_energy(case):
    edited(case, "oil.yaml", ("unit: 万吨标准煤", "unit: 万吨"))
    edited(case, "regions.csv", ("oil(万吨标准煤)", "oil(万吨)"))
    assert refused(case) == [("fit_unit", "oil.yaml")]


@pytest.mark.parametrize(
    ("file", "old", "new", "code"),
    [
        ("nonfossil", "nonfossil(万吨标准煤)", "nonfossil(万吨)", "wrong_unit_coal"),
        ("coal", "coal(万吨标准煤)", "coal(万吨)", "wrong_unit_coal"),
        ("coal", "coal(万吨标准煤)", "x", "missing_columns"),
        ("nonfossil", ",nonfossil(万吨标准煤)", ",x", "missing_columns"),
    ],
)
def test_a_column_in_another_unit_or_none_is_refused(case, file, old, new, code):
    edited(case, "regions.csv", (old, new))
    with pytest.raises(InputError) as caught:
        load_scenario(case / f"{file}.yaml", split=False)
    assert [found.code for found in caught.value.findings] == [code]


def test_coal_in_tonnes_is_read_in_tonnes(case):
    edited(case, "coal.yaml", ("unit: 万吨标准煤", "unit: 万吨"))
    with pytest.raises(InputError) as caught:
        load_scenario(case / "coal.yaml", split=False)
    assert [found.code for found in caught.value.findings] == ["wrong_unit_mass"]
    edited(case, "regions.csv", ("coal(万吨标准煤)", "煤炭消费量(万吨)"))
    said = Alone(load_scenario(case / "coal.yaml", split=False)).statements("en")
    assert any("× 10⁴ t at most in the end year (base year 11,250, −2.22 %)" in line for line in said)


def test_more_fuels_than_fossil_energy_are_refused(case):
    edited(case, "regions.csv", ("3400,900,1100,900", "3400,4900,1100,900"))
    assert refused(case) == [("fit_fossil", "nonfossil.yaml")]


def test_more_non_fossil_energy_than_energy_is_refused_at_its_cell(case):
    edited(case, "regions.csv", ("960,160,140,620", "960,160,140,961"))
    with pytest.raises(InputError) as caught:
        load_scenario(case / "nonfossil.yaml", split=False)
    (found,) = caught.value.findings
    assert (found.code, found.place.row, found.values["found"]) == ("share_beyond", 9, "961")


@pytest.mark.parametrize(
    ("file", "old", "new", "code"),
    [
        ("nonfossil", "target: 25%", "target: 125%", "target_range"),
        ("nonfossil", "target: 25%", "target: 25%\ntotal: {cap: 3}", "total_of_share"),
        ("coal", "unit: 万吨标准煤", "# unit", "unit_of_level"),
        ("coal", "total: {cap: 11000}", "target: 2%\ntotal: {cap: 11000}", "only_one_of"),
        ("coal", "total: {cap: 11000}", "", "one_of"),
        ("coal", "total: {cap: 11000}", "target: -60%", "target_range_level"),
        ("carbon", "target: 17%", "target: -1%", "target_range"),
        ("carbon", "target: 17%", "target: 17%\nunit: 万吨", "unit_unused"),
    ],
)
def test_what_does_not_go_with_a_quantity_is_refused(case, file, old, new, code):
    edited(case, f"{file}.yaml", (old, new))
    with pytest.raises(InputError) as caught:
        load_scenario(case / f"{file}.yaml", split=False)
    assert [found.code for found in caught.value.findings] == [code]


def test_levels_alone(case):
    """Figures `coal` and `oil` of the design: caps by equal rates, reductions of both signs."""
    coal, oil = (Alone(load_scenario(case / f"{name}.yaml", split=False)) for name in ("coal", "oil"))
    assert coal.even_caps == (880, 3129, 1467, 2542, 978, 509, 1222, 156, 117)
    assert oil.even_caps == (1120, 356, 1629, 183, 428, 265, 214, 143, 112)
    assert [one.scenario.baseline.sigma for one in (coal, oil)] == [0, 0]
    assert float(coal.scenario.baseline.asked) * 100 == pytest.approx(2.222222, abs=5e-7)
    assert float(oil.scenario.baseline.asked) * 100 == pytest.approx(-1.830664, abs=5e-7)
    assert "+1.83%" in "".join(oil.statements("zh"))
    edited(case, "oil.yaml", ("total: {cap: 4450}", "target: -1.8%"))
    assert float(Alone(load_scenario(case / "oil.yaml", split=False)).cap) == pytest.approx(4370 * 1.018)


def test_a_share_alone(case):
    """Figures `share` of the design."""
    share = load_scenario(case / "nonfossil.yaml", split=False).share
    assert float(share.base) * 100 == pytest.approx(19.602404, abs=5e-7)
    assert float(share.rise) * 100 == pytest.approx(5.397596, abs=5e-7)
    assert float(share.composition) * 100 == pytest.approx(-0.206079, abs=5e-7)
    assert float(share.uniform_rise) * 100 == pytest.approx(5.603675, abs=5e-7)
    assert float(share.as_reduction) * 100 == pytest.approx(6.713629, abs=5e-7)
    assert [float(w) for w in share.weights[:2]] == pytest.approx([0.151837, 0.200511], abs=5e-7)
    assert float(share.shares[7]) * 100 == pytest.approx(64.5833, abs=5e-5)
    # the same as an intensity: fossil energy per energy
    base = load_scenario(case / "nonfossil.yaml", split=False).baseline
    assert base.sigma * 100 == pytest.approx(0.256325, abs=5e-7)
    assert base.uniform_rate * 100 == pytest.approx(6.952133, abs=5e-7)
    printed = [32.1, 16.2, 22.3, 15.1, 29.2, 33.3, 19.7, 70.2, 43.7]
    grown = [round(float(own + share.uniform_rise) * 100, 1) for own in share.shares]
    assert grown == printed
    assert sum(float(w) * p for w, p in zip(share.weights, printed, strict=True)) == pytest.approx(25.008016, abs=5e-7)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_command(case, language, monkeypatch):
    monkeypatch.chdir(case)
    words = ["check", *(f"{name}.yaml" for name in FILES), "--lang", language]
    done = CliRunner().invoke(app, words)
    assert done.exit_code == 0
    assert "41,918.4" in done.stdout
    found = json.loads(CliRunner().invoke(app, [*words, "--json"]).stdout)
    assert (found["holds"], round(found["room"], 3)) == (True, 581.608)
    edited(case, "nonfossil.yaml", ("target: 25%", "target: 22%"))
    assert CliRunner().invoke(app, words).exit_code == 1
    assert CliRunner().invoke(app, [*words, "--set", "target=3%"]).exit_code == 2
    assert CliRunner().invoke(app, [*words, "--errors", "x.xlsx"]).exit_code == 2
    one = CliRunner().invoke(app, ["check", "coal.yaml", "--lang", language, "--json"])
    assert json.loads(one.stdout)["cities"][0]["even_cap"] == 880
    alone = CliRunner().invoke(app, ["check", "15fyp-energy/oil.yaml", "--lang", language])
    assert alone.exit_code == 0
    assert "GDP" not in alone.stdout
