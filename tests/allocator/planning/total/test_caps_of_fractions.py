"""What of a cap is less than the caps of cities are multiples of goes to the reserve, and is said."""

import pytest

from allocator.planning.plan import plan
from reports.planning.sentences import province_statements
from scenarios.load import load_scenario


@pytest.mark.parametrize(
    ("asked", "given", "reserve", "rest"),
    [
        ("{peak: end, caps: base}", 40246, 0.3, "0.3"),
        ("{peak: end, caps: total}", 40246, 0.3, "0.3"),
        ("{cap: 42500.5, reserve: 300.3, caps: total}", 42200, 300.5, "0.2"),
        ("{cap: 42505, reserve: 300, caps: base, step: 10}", 42200, 305, "5"),
        ("{cap: 42500, reserve: 300, caps: total}", 42200, 300, None),
    ],
)
def test_the_rest_of_a_step_is_the_reserves(asked, given, reserve, rest):
    done = plan(load_scenario("15fyp-example", (f"total={asked}",)))
    pair = done.record.province.total.pair
    assert (pair.sum_10kt, pair.reserve_10kt, pair.rest_10kt, pair.adds_up) == (given, reserve, 0, True)
    said = "".join(province_statements(done.record, "zh"))
    assert ("不足一个取整单位" in said) == (rest is not None)
    if rest:
        assert f"其中 {rest} 万吨不足一个取整单位，分不到各市，并入机动。" in said
        assert f"Of the reserve {rest} × 10⁴ t are less than" in " ".join(province_statements(done.record, "en"))
