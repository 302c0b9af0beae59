"""`check` finds of caps, draws and yearly budgets what `plan` would refuse."""

import pytest

from allocator.planning.check import check
from scenarios.errors import InputError
from scenarios.load import load_scenario


def test_a_step_beyond_the_caps_is_refused_by_check():
    with pytest.raises(InputError) as caught:
        check(load_scenario("15fyp-example", ["total.caps=rates", "total.step=5000"]))
    assert caught.value.findings[0].code == "step_beyond"


@pytest.mark.parametrize("caps", ["rates", "total", "base"])
def test_sound_caps_pass(caps):
    assert check(load_scenario("15fyp-example", [f"total.caps={caps}"])).no_split is None
