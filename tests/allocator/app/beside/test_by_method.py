"""The page about other methods: what the command finds, as a picture with a line a city, and as tables."""

import io
import json
import zipfile
from concurrent.futures import ThreadPoolExecutor

import pytest

pytest.importorskip("flask", reason="the extra `ui` is not installed")

from allocator.app.desk import Desk
from allocator.app.server import web
from allocator.by_method.methods import methods
from allocator.verifying.verify import judgement
from reports.by_method.sentences import general, headline
from scenarios.load import load_scenario
from scenarios.sources import bundled_cases
from tests.allocator.app.beside.conftest import HERE, narrow_and_accessible
from tests.allocator.app.conftest import serving


@pytest.fixture(scope="module")
def desk(tmp_path_factory):
    return Desk.open("guangxi-13fyp", folder=tmp_path_factory.mktemp("out") / "rounds")


def asked(desk, question, settings=None, language="zh"):
    body = {"settings": settings or desk.own.model_dump(mode="json")}
    return web(desk, "zh").test_client().post(f"/{language}/methods/{question}", json=body, headers=HERE)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_what_is_shown_is_what_the_command_finds(desk, language):
    settings = desk.own.model_dump(mode="json") | {"target": 18.0}
    record = methods(load_scenario("guangxi-13fyp", ["target=18%"]))
    found = asked(desk, "result", settings, language).json
    assert found["headline"] == headline(record, language)
    assert set(general(record, language)) <= set(found["said"])
    shown = {name: [cell["text"] for cell in cells] for name, cells in found["rates"]}
    assert shown == {
        region.label(language): [f"{one.published[n] * 100:.1f}" for one in record.had]
        for n, region in enumerate(record.regions)
    }
    assert len(found["heads"]) == len(found["lines"]) == len(record.had)
    assert all(len(line["bars"]) + len(line["cells"]) == len(found["codes"]) for line in found["lines"])


def test_each_city_has_its_line_and_a_sentence(desk):
    drawn = asked(desk, "result").json["picture"]
    line = drawn["cities"][drawn["first"]]
    assert line["said"] == (
        "河池：本方案 12%；换方法，最低 10%（与得分成比例），"
        "最高 25%（人均减排量相等、单位 GDP 减排量相等）；由上下限定的不计。"
    )
    # the axis goes from 10 to 25 %: 19, 12, 10, 16.5, 10, 15, 25, 25, 10; the published table does not back
    assert line["at"] == [0.6, 0.1333, 0, 0.4333, 0, 0.3333, 1, 1, 0]
    assert drawn["ticks"] == [[0, "10"], [0.3333, "15"], [0.6667, "20"], [1, "25"]]
    assert [len(one["texts"]) for one in drawn["cities"]] == [len(drawn["methods"])] * 14


def test_a_table_that_does_not_back_stretches_neither_axis_nor_shades(tmp_path):
    own = Desk.open("zhejiang-13fyp", folder=tmp_path)  # its table as printed has 1.8 to 2.5 %
    found = asked(own, "result").json
    assert [text for _, text in found["picture"]["ticks"]] == ["15", "20", "25", "30"]
    assert len(found["picture"]["methods"]) == len(found["heads"]) - 1
    assert all(cells[-1]["colour"] == "#f7fafd" for _, cells in found["rates"])  # the palest, as 15 % is


def test_the_files_are_tables_that_are_taken_over_on_the_page_that_checks(desk, tmp_path):
    made = zipfile.ZipFile(io.BytesIO(asked(desk, "files").data))
    assert {"methods.json", "methods.csv", "methods.html", "rates-ability.csv"} <= set(made.namelist())
    made.extract("rates-ability.csv", tmp_path)
    assert judgement(desk.scenario, str(tmp_path / "rates-ability.csv")).passed


def test_what_cannot_be_split_is_said(desk):
    settings = desk.own.model_dump(mode="json") | {"target": 60.0}
    for language, said in (("zh", "目标"), ("en", "target")):
        answer = asked(desk, "result", settings, language).json
        assert not answer["ok"]
        assert said in " ".join(answer["trouble"])


def test_several_visitors_at_once_wait_for_their_turn(desk):
    with ThreadPoolExecutor(4) as visitors:
        found = list(visitors.map(lambda _: asked(desk, "result").json, range(4)))
    assert all(each == found[0] for each in found)


def test_without_people_the_page_names_its_own_setting(tmp_path):
    bare = Desk.open("three-cities", folder=tmp_path)
    absent = " ".join(asked(bare, "result").json["absent"])
    assert "没有人口数据。请在“数据”页的设置里填“其他分解方法 人口”" in absent
    assert "methods:" not in absent


@pytest.mark.browser
@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_city_is_chosen_and_its_line_stands_out(desk, open_page, language, width):
    with serving(desk) as url, open_page(url, f"/{language}/methods", width=width) as seen:
        page = seen.page
        page.wait_for_selector("#picture .chosen")
        assert page.locator("#picture .city").count() == 14
        page.select_option("#choose", index=0)
        line = page.locator("#picture .chosen")
        assert line.count() == 1
        # Nanning, as the command prints it
        texts = [text.strip() for text in line.locator("text").all_text_contents()]
        assert texts == ["19.0", "23.0", "25.0", "15.5", "10.0", "21.0", "25.0", "25.0", "10.0"]
        assert page.locator("#rates tr.chosen th").inner_text() == {"zh": "南宁", "en": "Nanning"}[language]
        assert page.locator("#figures tbody tr").count() == 10
        narrow_and_accessible(page)
        assert (seen.elsewhere, seen.complaints) == ([], [])


@pytest.mark.parametrize("case", bundled_cases())
def test_any_case_is_shown(case, tmp_path):
    own = Desk.open(case, folder=tmp_path)
    for language in ("zh", "en"):
        found = asked(own, "result", language=language).json
        assert found["ok"], found
        assert len(found["picture"]["cities"]) == len(own.scenario.regions)


def test_a_method_is_kept_as_a_round_with_its_formula_as_the_reason(tmp_path):
    own = Desk.open("guangxi-13fyp", folder=tmp_path / "rounds")
    client, body = web(own, "zh").test_client(), {"settings": own.own.model_dump(mode="json"), "who": "张三"}
    told = client.post("/zh/methods/round", json={**body, "method": "ability"}, headers=HERE).json
    assert told["ok"], told
    kept = json.loads((tmp_path / "rounds" / "round-001" / "round.json").read_text("utf-8"))
    line = next(one for one in methods(own.scenario).methods if one.key == "ability")
    assert list(kept["fixes"].values()) == [repr(rate) for rate in line.published]
    assert kept["who"] == "张三"
    assert kept["why"].startswith("采用方法：支付能力，下降率 = τ × （人均 GDP ÷ 各市平均）的 β 次方，τ = ")
    for method, said in (("nash", "没有各市自己的上限或降碳潜力"), ("other", "没有方法“other”")):
        told = client.post("/zh/methods/round", json={**body, "method": method}, headers=HERE).json
        assert not told["ok"]
        assert said in told["trouble"][0]
