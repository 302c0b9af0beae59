"""Whatever scenario is accepted, its plan.json and rounds are read again by all that read them."""

import json
import shutil
import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from allocator.comparing.compare import compare
from allocator.errors import Stop
from allocator.negotiating.negotiate import negotiate, next_round, open_rounds, replay, write_round
from allocator.output.own_files import open_plan
from allocator.planning.files import write_plan
from allocator.planning.plan import plan
from allocator.publishing import publish
from reports.planning.record import PlanRecord
from scenarios.errors import InputError
from scenarios.load import load_scenario
from scenarios.wording import LANGUAGES

LONG = st.sampled_from(["长" * 1000, "x" * 1000, "\u202e" * 30, "'" * 9 + "=1"])
TEXT = st.one_of(
    st.text(min_size=1, max_size=40), st.text("'\"=+-@|\\{}%$<>&#:、，\u200b\u2028é界", min_size=1, max_size=9), LONG
)
WORDS = st.one_of(TEXT, st.fixed_dictionaries({"zh": TEXT}), st.fixed_dictionaries({"en": TEXT}),
                  st.fixed_dictionaries({"zh": TEXT, "en": TEXT}))  # fmt: skip
NAMES = st.lists(
    st.one_of(st.sampled_from(["南宁", "A, B", "'=1+1", "''=x", "1", "乙市"]),
              st.text("甲乙丙=+'|&<;%\\ab1", min_size=1, max_size=6)),
    min_size=2, max_size=2, unique_by=lambda name: name.strip().lower(),
)  # fmt: skip
DIGITS = st.one_of(st.sampled_from(["17%", "0.17"]), st.integers(15_0000, 19_0000).map(lambda n: f"{n / 10_000}%"),
                   st.integers(10**27, 10**28 - 1).map(lambda n: f"17.{n}%"))  # fmt: skip
GRIDS = st.sampled_from(["0.5 points", "0.1 points", "1 points", "0.01 points", "0.3 points", "0.7 points"])
SPREADS = st.sampled_from(["3 points", "0", "2.123456789012345678901 points"])
AMOUNTS = st.one_of(st.sampled_from(["1000", "1e-9", "999999999999999", "0.1"]),
                    st.integers(1, 10**40).map(lambda n: f"{n % 10**9 + 1}.{n}"[:58]))  # fmt: skip


@st.composite
def scenarios(draw):
    """Draw scenario.yaml (JSON is YAML) and regions.csv."""
    names, notes = draw(NAMES), draw(st.lists(WORDS, max_size=2))
    file = {
        "schema_version": 1,
        "name": "made",
        "title": draw(WORDS),
        "period": {"base": 2020, "end": 2025},
        "target": draw(DIGITS),
        "regions": "regions.csv",
        "bounds": {"lower": "5%", "upper": "45%"},
        "reference": {"map": "linear", "spread": draw(SPREADS)},
        "criteria": {
            "c": {"label": draw(WORDS), "weight": 1, "within": "equal",
                  "indicators": {"i": {"label": draw(WORDS), "column": "income", "direction": "+"},
                                 "j": {"label": draw(WORDS), "column": "gdp", "direction": "-"}}},
        },
        "publish": {"grid": draw(GRIDS)} | draw(st.sampled_from([{}, {"classes": 2}])),
        "basis": draw(WORDS),
        "notes": notes,
        "sources": draw(st.lists(TEXT, max_size=2)),
    }  # fmt: skip
    if draw(st.booleans()):
        file["province"] = {"name": draw(WORDS)}
    amounts = [draw(AMOUNTS) for _ in range(2)]
    ids = draw(st.sampled_from([["990001", "990002"], names]))
    rows = [
        f'"{key}","{name}",{amount},{gdp},{growth},{income}'
        for key, name, amount, gdp, growth, income in zip(
            ids, (name.replace('"', '""') for name in names), amounts, ("1000", "999.99999999999999999999"),
            ("1.2", "1.30000000000000000001"), ("1", "2"), strict=True,
        )
    ]  # fmt: skip
    table = "\n".join(["id,name,emissions(万吨),gdp(亿元),growth,income", *rows]) + "\n"
    return json.dumps(file), table


@settings(max_examples=6, suppress_health_check=list(HealthCheck))
@given(scenarios(), st.sampled_from(LANGUAGES))
def test_what_was_planned_is_read_by_all(made, language):
    with tempfile.TemporaryDirectory() as work:
        folder = Path(work)
        (folder / "scenario.yaml").write_text(made[0], "utf-8")
        (folder / "regions.csv").write_text(made[1], "utf-8", newline="\n")
        try:
            scenario = load_scenario(folder)
            outcome = plan(scenario)
        except (InputError, Stop):
            return
        verification = write_plan(outcome, folder / "plan", language)
        opened = open_plan(folder / "plan")
        assert opened.record == PlanRecord.model_validate_json(outcome.record.to_json())
        assert opened.record.model_dump(exclude={"provenance"}) == outcome.record.model_dump(exclude={"provenance"})
        if verification.passed:
            publish(opened, ["csv", "md", "html"], language, folder / "published")
        for two in LANGUAGES:
            compare(folder / "plan", folder / "plan" / "plan.json").statements(two)
        rates = {region.id: region.published_rate for region in opened.record.regions}
        key = min(rates, key=rates.__getitem__)
        fixes = [f"{key}={round(rates[key] * 100, 9):f}%"]
        try:
            first = negotiate(scenario, fixes)
        except (InputError, Stop):
            return
        write_round(first, folder / "rounds", language)
        again, _, last = open_rounds(folder, (), folder / "rounds")
        assert replay(again, last).same
        next_round(folder, (), folder / "rounds", fixes, "", language)
        compare(folder / "rounds" / "round-001", folder / "rounds" / "round-002").statements(language)


@pytest.mark.parametrize(
    "change",
    [
        ("{zh: 广西“十三五”碳排放强度下降目标分解, en: Guangxi carbon-intensity target 2016–2020}", "某省分解"),
        ("{zh: 广西“十三五”碳排放强度下降目标分解, en: Guangxi carbon-intensity target 2016–2020}", "{en: a province}"),
        ("{zh: 在岗职工平均工资, en: average wage}", "长" * 1000),
    ],
)
def test_text_in_one_language_or_long_is_read_again(change, guangxi_folder, edit, tmp_path):
    edit(guangxi_folder / "scenario.yaml", *change)
    scenario = load_scenario(guangxi_folder)
    write_plan(plan(scenario), tmp_path / "plan", "zh")
    opened = open_plan(tmp_path / "plan")
    assert opened.record.scenario.title == scenario.file.title
    publish(opened, ["md"], "en", tmp_path / "published")
    shutil.rmtree(tmp_path / "published")
    for fix in ("钦州=18%", "北海=16%"):
        next_round(guangxi_folder, (), tmp_path / "rounds", [fix], "", "en")
    assert compare(tmp_path / "plan", tmp_path / "rounds" / "round-002").statements("en")
