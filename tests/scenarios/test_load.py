import hashlib
import json
from decimal import Decimal
from pathlib import Path

import pytest

from scenarios.errors import InputError
from scenarios.file.schema import ScenarioFile
from scenarios.load import find_scenario, load_scenario, normalised

CASES = (
    "15fyp-energy, 15fyp-example, accounting-example, eu-2030, guangxi-13fyp, jiangsu-12fyp, provinces-12fyp, "
    "shandong-13fyp, three-cities, zhejiang-13fyp"
)


def codes(findings):
    return [(f.code, f.place.file, f.place.row, f.place.key) for f in findings]


def test_a_case_a_file_and_a_folder_are_the_same(guangxi, guangxi_folder):
    for source in (guangxi_folder, str(guangxi_folder), guangxi_folder / "scenario.yaml"):
        scenario = load_scenario(source)
        assert scenario.file == guangxi.file
        assert scenario.regions == guangxi.regions
        assert scenario.folder == guangxi_folder
        assert scenario.inputs == guangxi.inputs


def test_a_case_is_found_from_any_folder(tmp_path, monkeypatch, guangxi):
    monkeypatch.chdir(tmp_path)
    assert load_scenario("guangxi-13fyp").regions == guangxi.regions
    (tmp_path / "guangxi-13fyp").mkdir()  # such as an output folder of that name
    assert load_scenario("guangxi-13fyp").regions == guangxi.regions
    (tmp_path / "guangxi-13fyp" / "scenario.yaml").write_text("a: 1")
    assert find_scenario("guangxi-13fyp") == Path("guangxi-13fyp") / "scenario.yaml"


def test_what_was_read_is_recorded(guangxi, guangxi_folder):
    assert [i.name for i in guangxi.inputs] == ["scenario.yaml", "regions.csv"]
    for record in guangxi.inputs:
        assert record.sha256 == hashlib.sha256((guangxi_folder / record.name).read_bytes()).hexdigest()


@pytest.mark.parametrize(
    ("source", "code", "known"),
    [
        ("guangxi", "no_scenario", "guangxi-13fyp"),
        ("zhejiang-14fyp", "no_scenario", "zhejiang-13fyp"),
        (
            "qqq",
            "no_scenario",
            CASES,
        ),
        (
            "no/such/file.yaml",
            "no_scenario",
            CASES,
        ),
        ("a\x00b", "no_scenario", None),
        ("x" * 5000, "unreadable", None),
    ],
)
def test_a_source_that_is_none_is_answered(refused, source, code, known):
    (finding,) = refused(load_scenario, source)
    assert finding.code == code
    assert known is None or finding.values["known"] == known


def test_a_folder_without_a_scenario_is_refused(tmp_path, refused):
    assert [f.code for f in refused(load_scenario, tmp_path)] == ["no_scenario_in_folder"]
    (tmp_path / "scenario.yaml").mkdir()
    assert [f.code for f in refused(load_scenario, tmp_path)] == ["is_directory"]


def test_a_missing_regions_table_is_named(guangxi_folder, refused):
    (guangxi_folder / "regions.csv").unlink()
    (finding,) = refused(load_scenario, guangxi_folder)
    assert finding.code == "no_file"
    assert finding.place.file.endswith("regions.csv")


@pytest.mark.parametrize("name", ["..", ".", "nul.csv", "scenario.yaml"])
def test_a_regions_name_that_is_no_table(guangxi_folder, edit, refused, name):
    edit(guangxi_folder / "scenario.yaml", "regions: regions.csv", f"regions: {name}")
    (finding,) = refused(load_scenario, guangxi_folder)
    assert finding.code in ("is_directory", "no_file", "unknown_format")


def test_settings_reach_the_arithmetic(guangxi):
    scenario = load_scenario("guangxi-13fyp", ["target=30%", "margin=0.5 points", "bounds.upper=31%"])
    assert scenario.baseline.required == pytest.approx(0.305 + guangxi.baseline.sigma)
    assert set(scenario.regions.upper) == {Decimal("0.31")}
    assert scenario.overrides == ("target=30%", "margin=0.5 points", "bounds.upper=31%")


# weights


def test_weights_are_shares_when_normalised(guangxi):
    assert sum(guangxi.criterion_weights().values()) == pytest.approx(1)
    weights = load_scenario("guangxi-13fyp", ["criteria.capacity.weight=2"]).criterion_weights()
    assert weights == {"capacity": Decimal("0.5"), "responsibility": Decimal("0.25"), "potential": Decimal("0.25")}
    assert normalised({"a": Decimal(1), "b": Decimal(3)}) == {"a": Decimal("0.25"), "b": Decimal("0.75")}


def test_weights_that_do_not_add_up_are_refused_without_normalize(guangxi_folder, edit, refused):
    path = guangxi_folder / "scenario.yaml"
    edit(path, "normalize: true", "normalize: false")
    row = path.read_text("utf-8").splitlines().index("criteria:") + 1
    findings = refused(load_scenario, guangxi_folder)
    assert codes(findings) == [("weights_sum", "scenario.yaml", row, "criteria")]
    assert str(findings[0].values["total"]) == "3"
    shares = ["criteria.capacity.weight=0.5", "criteria.responsibility.weight=0.3", "criteria.potential.weight=0.2"]
    assert load_scenario(guangxi_folder, shares).criterion_weights()["capacity"] == Decimal("0.5")
    assert codes(refused(load_scenario, guangxi_folder, [*shares[:2], "criteria.potential.weight=0.3"])) == [
        ("weights_sum", "", None, "--set criteria.potential.weight=0.3")
    ]


def test_weights_all_zero_are_refused_even_when_normalised(refused):
    zero = [f"criteria.{key}.weight=0" for key in ("capacity", "responsibility", "potential")]
    assert [f.code for f in refused(load_scenario, "guangxi-13fyp", zero)] == ["weights_zero"]
    load_scenario("guangxi-13fyp", zero[:2])


def test_given_weights_inside_a_criterion_add_up_too(refused):
    given = ["criteria.capacity.within=given"]
    given += [f"criteria.capacity.indicators.{key}.weight=0.2" for key in ("income", "wealth", "industry")]
    load_scenario("guangxi-13fyp", given)
    findings = refused(load_scenario, "guangxi-13fyp", [*given, "normalize=false"])
    assert [f.code for f in findings] == ["weights_sum", "weights_sum"]
    assert "0.6" in findings[1].say("en")
    zero = [text.replace("0.2", "0") for text in given]
    assert [f.code for f in refused(load_scenario, "guangxi-13fyp", zero)] == ["weights_zero"]


def test_weights_and_table_are_judged_together(guangxi_folder, edit, refused):
    edit(guangxi_folder / "scenario.yaml", "normalize: true", "normalize: false")
    edit(guangxi_folder / "regions.csv", "3410.08", "x")
    assert [f.code for f in refused(load_scenario, guangxi_folder)] == ["weights_sum", "not_a_number"]


def test_a_refused_scenario_and_its_table_are_judged_together(guangxi_folder, edit, refused):
    edit(guangxi_folder / "scenario.yaml", "target: 17%", "target: 17")
    edit(guangxi_folder / "regions.csv", "3410.08", "x")
    assert [f.code for f in refused(load_scenario, guangxi_folder)] == ["rate_question", "not_a_number"]


def test_a_refused_scenario_does_not_make_its_table_look_wrong(guangxi_folder, edit, refused):
    path = guangxi_folder / "scenario.yaml"
    edit(path, "{lower: 10%, upper: 25%}", "{lower: 10%, upper: 25}")
    edit(path, "members: [南宁,", "members: [1,")
    edit(path, "column: avg_wage", "column: [avg_wage]")
    lines = (guangxi_folder / "regions.csv").read_text("utf-8").splitlines()
    own = [f"{lines[0]},lower", f"{lines[1]},60%", *(f"{line}," for line in lines[2:])]
    (guangxi_folder / "regions.csv").write_text("\n".join(own), "utf-8")
    assert {f.place.file for f in refused(load_scenario, guangxi_folder)} == {"scenario.yaml"}
    edit(path, "criteria:", "criteria: [1]\nother:")
    edit(path, "regions: regions.csv", "regions: ../regions.csv")
    assert {f.place.file for f in refused(load_scenario, guangxi_folder)} == {"scenario.yaml"}


# tables of rates


def test_tables_go_by_their_short_name(guangxi, guangxi_folder, refused, tmp_path, monkeypatch):
    assert guangxi.table_path("published") == guangxi.folder / "published.csv"
    assert guangxi.table_path("draft.csv") == Path("draft.csv")
    findings = refused(guangxi.table_path, "publishd")
    assert [f.code for f in findings] == ["unknown_table"]
    assert findings[0].values["known"] == "published"
    monkeypatch.chdir(tmp_path)
    Path("draft").write_text("x")
    assert guangxi.table_path("draft") == Path("draft")


# the JSON Schema


def test_the_schema_knows_every_key():
    schema = ScenarioFile.model_json_schema()
    json.dumps(schema)
    assert set(schema["properties"]) == {
        field.validation_alias or name for name, field in ScenarioFile.model_fields.items()
    }
    assert schema["additionalProperties"] is False
    assert schema["properties"]["schema_version"]["const"] == 1
    rate = schema["properties"]["target"]["anyOf"]
    assert {kind.get("type") or kind["$ref"] for kind in rate} == {"string", "number", "#/$defs/TargetAbove"}


def test_a_refused_file_still_says_how_its_table_is_to_be_read(tmp_path):
    text = (find_scenario("guangxi-13fyp").parent / "scenario.yaml").read_text("utf-8")
    table = (find_scenario("guangxi-13fyp").parent / "regions.csv").read_text("utf-8")
    (tmp_path / "regions.csv").write_text(table.replace("emissions(", "排放核定(", 1), "utf-8")
    spoiled = text.replace("target: 17%", "target: 170%", 1)
    assert spoiled != text
    for more, expected in (("", {"missing_columns"}), ("columns: {emissions: 排放核定}\n", set())):
        (tmp_path / "scenario.yaml").write_text(spoiled + more, "utf-8")
        with pytest.raises(InputError) as caught:
            load_scenario(tmp_path)
        found = {finding.code for finding in caught.value.findings if finding.place.file == "regions.csv"}
        assert found == expected
