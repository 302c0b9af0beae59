"""The seal of plan.json: what it finds, and what it does not mind."""

import hashlib
import json

import pytest

from reports.planning.record import PlanRecord
from reports.seal import Changes, Seal, changes


@pytest.fixture
def content(guangxi_plan):
    return json.loads(guangxi_plan.record.to_json())


def found(content):
    return changes(content, Seal(**content["provenance"]["digest"]))


def test_a_written_plan_fits_its_seal(content, guangxi_plan):
    assert found(content) is None
    assert guangxi_plan.record.provenance.digest is None
    again = PlanRecord.model_validate(content)
    assert again.to_json() == guangxi_plan.record.to_json()
    assert found(json.loads(json.dumps(content, indent=8, sort_keys=True))) is None


def test_the_whole_is_the_sha256_of_the_json_without_the_seal(content):
    sealed = content["provenance"].pop("digest")
    text = json.dumps(content, sort_keys=True, separators=(",", ":"))
    assert sealed["whole"] == hashlib.sha256(text.encode("ascii")).hexdigest()
    first = json.dumps(content["regions"][0], sort_keys=True, separators=(",", ":"))
    name = f"row {content['regions'][0]['id']}"
    assert sealed["parts"][name] == hashlib.sha256(first.encode("ascii")).hexdigest()[:16]


def test_a_figure_is_named_by_region_and_field(content):
    content["regions"][2]["published_rate"] = 0.18
    assert found(content) == Changes(regions=("450300",), columns=("published_rate",))
    content["regions"][3]["emissions_10kt"] += 1e-9
    assert found(content) == Changes(regions=("450300", "450400"), columns=("emissions_10kt", "published_rate"))


def test_sections_by_field(content):
    content["province"]["target"] = 0.16
    content["scenario"]["title"]["en"] += "."
    content["provenance"]["inputs"]["regions.csv"] = "0" * 64
    assert found(content).fields == ("scenario.title", "province.target", "provenance.inputs")


def test_regions_that_come_go_or_change_places(content):
    content["regions"].reverse()
    assert found(content) == Changes()
    gone = content["regions"].pop()
    assert found(content) == Changes(strangers=(gone["id"],))
    content["regions"].append(gone | {"id": "459999"})
    assert set(found(content).strangers) == {gone["id"], "459999"}


def test_a_seal_that_was_changed_itself(content):
    content["provenance"]["digest"]["parts"]["province.target"] = "0" * 16
    assert found(content).fields == ("province.target",)
    content["provenance"]["digest"]["whole"] = "0" * 64
    assert found(content) is not None
