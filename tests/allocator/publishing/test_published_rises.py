"""Targets that rise, as they are published, are read again by `verify`, in every format and both languages."""

import pytest

from allocator.output.own_files import open_plan
from allocator.planning.files import write_plan
from allocator.planning.plan import plan
from allocator.publishing import publish
from allocator.verifying.verify import judgement
from scenarios.load import load_scenario
from scenarios.tables.cells import parse_number, parse_rate


@pytest.fixture(scope="module")
def rising(tmp_path_factory):
    """Oil may rise to 4,450 of 4,370: a plan of it, with its folder."""
    folder = tmp_path_factory.mktemp("rises")
    made = plan(load_scenario("15fyp-energy/oil.yaml"))
    write_plan(made, folder, "zh")
    return made, folder


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("kind", ["csv", "xlsx", "docx", "html", "md", "tex"])
def test_verify_reads_what_was_published(rising, tmp_path, language, kind):
    made, folder = rising
    publish(open_plan(folder / "plan.json"), [kind], language, tmp_path)
    (file,) = tmp_path.glob(f"table*.{kind}")
    found = judgement(made.scenario, str(file)).verification
    assert max(found.rates) < 0
    assert found.rates == made.published
    assert found.passed


@pytest.mark.parametrize(("written", "meant"), [("−10.0", "-10.0"), (" −10.0 %", "-10.0 %"), ("−.5", "-.5")])
def test_a_minus_sign_before_digits_is_one(written, meant):
    assert parse_number(written) == parse_number(meant)
    assert parse_rate("−0.1") == parse_rate("-0.1")
