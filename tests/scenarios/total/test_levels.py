"""What a scenario of coal, oil or a share says and what nothing is made of is refused at its key, not passed over."""

import pytest

from scenarios.errors import InputError
from scenarios.load import load_scenario


def refused(name, *settings):
    with pytest.raises(InputError) as error:
        load_scenario(f"15fyp-energy/{name}.yaml", settings, split=False)
    (found,) = error.value.findings
    return found


@pytest.mark.parametrize(
    "setting",
    [
        "total.year_caps=linear", "total.peak=2028", "total.reserve_gdp_end=50", "total.apart=a document",
        "growth_uncertainty=2%", "protect=1",
    ],
)  # fmt: skip
@pytest.mark.parametrize("name", ["coal", "oil"])
def test_a_key_that_nothing_is_made_of_is_refused(name, setting):
    found = refused(name, setting)
    assert (found.code, found.place.key) == ("not_of_level", f"--set {setting}")


@pytest.mark.parametrize("setting", ["growth_uncertainty=2%", "protect=1"])
def test_so_it_is_for_a_share(setting):
    assert refused("nonfossil", setting).code == "not_of_share"


def test_the_line_of_the_key_is_named(tmp_path):
    from shutil import copytree

    from scenarios.load import find_scenario

    folder = copytree(find_scenario("15fyp-energy").parent, tmp_path / "case")
    file = folder / "coal.yaml"
    text = file.read_text("utf-8").replace("total: {cap: 11000}", "total:\n  cap: 11000\n  year_caps: linear")
    file.write_text(text, "utf-8")
    with pytest.raises(InputError) as error:
        load_scenario(file, split=False)
    place = error.value.findings[0].place
    assert (place.key, place.row) == ("total.year_caps", text.splitlines().index("  year_caps: linear") + 1)


@pytest.mark.parametrize("setting", ["total.caps=base", "total.reserve=100"])
def test_what_the_answer_holds_is_taken(setting):
    assert load_scenario("15fyp-energy/coal.yaml", [setting], split=False).baseline.total.cap == 11000


def test_the_range_of_a_target_that_may_rise_is_the_one_that_is_said(tmp_path):
    found = refused("oil", "total=null", "target=-60%")
    assert found.code == "target_range_level"
    assert "−60% 不在 −50% 与 99.99% 之间" in found.say("zh")
    assert load_scenario("15fyp-energy/oil.yaml", ["total=null", "target=-50%"], split=False).file.target == -0.5
    found = refused("scenario", "target=-60%")
    assert "−60% 不在 0.01% 与 99.99% 之间" in found.say("zh")
