"""Decline factors: what they cap, and how a rate is divided among them."""

import json
import math
from decimal import Decimal

import pytest

from allocator.planning.plan import plan
from allocator.planning.record import declines, log_shares, province_decline
from reports.planning.page import report_html
from reports.planning.tables import decline_frame
from scenarios.errors import InputError
from scenarios.load import load_scenario

KEYS = ("structure", "technique", "substitution")
SETTINGS = ["potentials.structure=s", "potentials.technique=t", "potentials.substitution=u"]


def add_columns(folder, cells, header="s,t,u"):
    path = folder / "regions.csv"
    lines = path.read_text("utf-8").splitlines()
    rows = [f"{line},{row}" for line, row in zip(lines, [header, *cells], strict=True)]
    path.write_text("\n".join(rows) + "\n", "utf-8")


@pytest.fixture
def with_factors(guangxi_folder):
    add_columns(guangxi_folder, ["0.1,0.1,0.1", *["0.05,0.1,0.15"] * 13])
    return load_scenario(guangxi_folder, SETTINGS)


def test_shares_by_hand():
    halves = {"structure": Decimal("0.5"), "technique": Decimal("0.75"), "substitution": Decimal("0")}
    # -ln 0.5 : -ln 0.25 : 0 = 1 : 2 : 0
    assert log_shares(halves) == pytest.approx({"structure": 1 / 3, "technique": 2 / 3, "substitution": 0})


@pytest.mark.parametrize(
    ("potentials", "shares"),
    [((0, 0, 0), (1 / 3, 1 / 3, 1 / 3)), ((1, 0.5, 0), (1, 0, 0)), ((1, 0.5, 1), (0.5, 0, 0.5))],
)
def test_shares_at_the_edges(potentials, shares):
    given = {key: Decimal(str(value)) for key, value in zip(KEYS, potentials, strict=True)}
    assert tuple(log_shares(given).values()) == pytest.approx(shares)


def test_they_cap_the_rates(guangxi, with_factors):
    # 1 - 0.9^3 = 0.271 is above the bound of 25 %; 1 - 0.95 * 0.9 * 0.85 = 0.27325 too
    assert with_factors.regions.upper == guangxi.regions.upper
    capped = load_scenario(with_factors.folder, [*SETTINGS, "bounds.upper=30%"])
    assert capped.regions.upper == (Decimal("0.271"), *[Decimal("0.27325")] * 13)


def test_per_cent_columns_are_the_same(guangxi_folder, with_factors):
    text = (guangxi_folder / "regions.csv").read_text("utf-8")
    rows = [line.rsplit(",", 3)[0] for line in text.splitlines()]
    (guangxi_folder / "regions.csv").write_text("\n".join(rows) + "\n", "utf-8")
    add_columns(guangxi_folder, ["10,10%,10", *["5,10%,15"] * 13], "s(%),t,u（%）")
    again = load_scenario(guangxi_folder, [*SETTINGS, "bounds.upper=30%"])
    assert again.regions.upper == (Decimal("0.271"), *[Decimal("0.27325")] * 13)


def test_the_parts_add_up(with_factors):
    result = plan(with_factors)
    parts = declines(with_factors, result.published)
    for part, rate in zip(parts, result.published, strict=True):
        assert sum(part.values()) == pytest.approx(float(rate))
    assert parts[0] == pytest.approx(dict.fromkeys(KEYS, float(result.published[0]) / 3))
    total = -math.log(0.95) - math.log(0.9) - math.log(0.85)
    assert parts[1]["structure"] == pytest.approx(float(result.published[1]) * -math.log(0.95) / total)
    province = province_decline(with_factors, result.verification)
    assert sum(province.values()) == pytest.approx(float(result.verification.implied_reduction))
    weights = [float(c) for c in result.verification.contributions]  # proportional to a_i r_i
    shares = [part["structure"] / float(rate) for part, rate in zip(parts, result.published, strict=True)]
    mean = sum(w * s for w, s in zip(weights, shares, strict=True)) / sum(weights)
    assert province["structure"] == pytest.approx(mean * float(result.verification.implied_reduction))


def test_plan_and_report_show_them(with_factors):
    record = plan(with_factors).record
    content = json.loads(record.to_json())
    assert set(content["regions"][0]["decline"]) == set(KEYS)
    assert sum(content["province"]["decline"].values()) == pytest.approx(content["province"]["implied_reduction"])
    frame = decline_frame(record, "en")
    assert list(frame.columns) == ["region", *KEYS, "reduction target (%)"]
    assert len(frame) == 15
    assert frame.iloc[-1, 0] == "province"
    for row in frame.itertuples(index=False):
        assert sum(map(float, row[1:4])) == pytest.approx(float(row[4]), abs=0.016)
    page = report_html(record, "zh")
    assert '<table id="decline">' in page
    assert "结构节能" in page


def test_nothing_without_the_key(guangxi):
    record = plan(guangxi).record
    assert record.province.decline is None
    assert all(region.decline is None for region in record.regions)
    assert decline_frame(record, "zh") is None
    assert '<table id="decline">' not in report_html(record, "en")


@pytest.mark.parametrize("cell", ["1.2", "-0.1", "120%"])
def test_a_potential_outside_is_refused_with_its_region(guangxi_folder, cell):
    percent = "%" if cell.endswith("%") else ""
    add_columns(guangxi_folder, [f"{cell},0.1,0.1", *[f"0.1{percent},0.1,0.15"] * 13])
    with pytest.raises(InputError) as error:
        load_scenario(guangxi_folder, SETTINGS)
    (finding,) = error.value.findings
    assert finding.code == "potential_range"
    assert (finding.place.row, finding.place.column) == (2, "s")
    assert cell in finding.say("en")
    assert "南宁" in finding.say("en")


def test_potentials_below_the_lower_bound_are_refused(guangxi_folder):
    add_columns(guangxi_folder, ["0.02,0.03,0.01", *["0.1,0.1,0.15"] * 13])
    with pytest.raises(InputError) as error:
        load_scenario(guangxi_folder, SETTINGS)
    (finding,) = error.value.findings
    assert finding.code == "bounds_crossed"
    assert "南宁" in finding.say("zh")


def test_an_unknown_column_is_refused(guangxi_folder):
    with pytest.raises(InputError) as error:
        load_scenario(guangxi_folder, SETTINGS)
    assert {finding.code for finding in error.value.findings} == {"indicator_column"}
