"""The page of a comparison in a browser: drawn offline, hostile names as text, no wider than the screen."""

import json

import pytest

from allocator.comparing.compare import compare, write_comparison
from allocator.planning.plan import plan
from reports.seal import seal
from scenarios.load import load_scenario
from tests.browsers import file_window


@pytest.mark.browser
@pytest.mark.parametrize("width", [1280, 390])
def test_the_page_in_a_browser(browser, guangxi_plan, tmp_path, width):
    content = json.loads(guangxi_plan.record.to_json())
    hostile = ["<img src=x onerror=alert(1)>", "%{y}<b>x</b>", "</script><script>alert(2)</script>"]
    for region, name in zip(content["regions"], hostile, strict=False):
        region["name"] = region["name_en"] = name
    content["provenance"]["digest"] = seal(content).model_dump()
    (tmp_path / "spoilt.json").write_text(json.dumps(content), "utf-8")
    (tmp_path / "plan.json").write_text(plan(load_scenario("guangxi-13fyp", ["target=18%"])).record.to_json(), "utf-8")
    result = compare(tmp_path / "spoilt.json", tmp_path / "plan.json")
    write_comparison(result, tmp_path / "c", "zh")
    path = tmp_path / "c" / "compare.html"
    heard = []
    with file_window(browser, path, width) as (page, address):
        page.on("request", lambda request: heard.append(request.url))
        page.on("pageerror", lambda error: heard.append(str(error)))
        page.on("console", lambda message: heard.append(message.text))
        page.on("dialog", lambda dialog: (heard.append(dialog.message), dialog.dismiss()))
        page.goto(address)
        page.wait_for_selector("#figure_compare .scatterlayer .point")
        assert page.locator("#figure_compare .scatterlayer .point").count() == 28
        names = page.locator("#moves tbody th").all_inner_texts()
        assert names[:3] == hostile
        assert names[-1] == "合计"
        assert page.locator("#moves thead th").count() == 10
        assert "14 个地区中有" in page.locator("#verdict strong").inner_text()
        assert "变动最大" in page.locator("figure.chart").get_attribute("aria-label")
        assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert [what for what in heard if not what.startswith("data:")] == [address]
