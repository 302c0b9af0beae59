"""A plan.json that was edited is judged as it stands, and that it was edited is said."""

import json

import pytest
from typer.testing import CliRunner

from allocator.cli import app


@pytest.fixture
def written(tmp_path):
    """Return the plan.json of a plan of three cities."""
    assert CliRunner().invoke(app, ["plan", "three-cities", "--out", str(tmp_path / "p")]).exit_code == 0
    return tmp_path / "p" / "plan.json"


def test_as_written_nothing_is_said(written):
    done = CliRunner().invoke(app, ["verify", "three-cities", str(written), "--lang", "en"])
    assert done.exit_code == 0
    assert "altered" not in done.stdout
    assert done.stdout.startswith("Backed: ")


def test_a_rate_beyond_its_bounds_backs_and_fails_all_the_same(written):
    document = json.loads(written.read_text("utf-8"))
    document["regions"][0]["published_rate"] = 0.6
    written.write_text(json.dumps(document, ensure_ascii=False), "utf-8")
    done = CliRunner().invoke(app, ["verify", "three-cities", str(written), "--lang", "en"])
    assert done.exit_code == 1
    assert "altered after it was written (regions.980100, published_rate)" in done.stdout
    assert "Backed, but not every check holds" in done.stdout
    said = CliRunner().invoke(app, ["verify", "three-cities", str(written), "--lang", "zh"]).stdout
    assert "\n未全部通过：" in said
