"""The page about other weights: a sweep that is watched, cancelled for good, and shown; one at a time."""

import io
import subprocess
import sys
import time
import zipfile
from pathlib import Path

import pytest

pytest.importorskip("flask", reason="the extra `ui` is not installed")

from allocator.app.beside import sensitivity
from allocator.app.beside.sweeping import Sweeper
from allocator.app.desk import Desk
from allocator.app.server import web
from allocator.sweeping.options import SweepOptions
from allocator.sweeping.sweep import sweep
from reports.sweeping.sentences import headline, sweep_statements
from scenarios.load import load_scenario
from scenarios.wording import speaking_on_page
from tests.allocator.app.beside.conftest import HERE, narrow_and_accessible
from tests.allocator.app.conftest import serving

SMALL = {"samples": 1000, "seed": 1, "over": ["weights"], "sampler": "dirichlet"}
LARGE = SMALL | {"samples": 300_000_000}


@pytest.fixture
def own_desk(tmp_path):
    yield Desk.open("guangxi-13fyp", folder=tmp_path / "out" / "rounds")
    sensitivity._SWEEPER.cancel()


def asked(desk, question, settings=None, language="zh", **more):
    body = {"settings": settings or desk.own.model_dump(mode="json"), **more}
    return web(desk, "zh").test_client().post(f"/{language}/sensitivity/{question}", json=body, headers=HERE)


def ended(desk, seconds=120):
    """Return the state of the sweep when it has ended."""
    until = time.monotonic() + seconds
    while (state := asked(desk, "state").json)["ended"] == "":
        assert time.monotonic() < until
        time.sleep(0.2)
    return state


def process():
    """Return the process of the sweep that was started last."""
    return sensitivity._SWEEPER._process


def test_nothing_that_varies_is_said_at_once(own_desk):
    for language, said in (("zh", "请至少勾选一项"), ("en", "Tick at least one")):
        answer = asked(own_desk, "start", language=language, **SMALL | {"over": []}).json
        assert not answer["ok"]
        assert said in answer["trouble"][0]
    assert asked(own_desk, "state").json["ended"] in ("none", "done", "cancelled")


PAGE = """
import sys, time
from pathlib import Path
from allocator.app.beside.sweeping import Sweeper
from allocator.sweeping.options import SweepOptions
from scenarios.load import load_scenario

if __name__ == "__main__":
    sweeper = Sweeper()
    assert sweeper.start(load_scenario("guangxi-13fyp"), SweepOptions(300_000_000), Path(sys.argv[1]), "zh")
    while not sweeper.now.done:
        time.sleep(0.1)
    print(sweeper._process.pid, flush=True)
    time.sleep(600)
"""


def test_a_sweep_ends_with_the_program_however_that_ends(tmp_path):
    (tmp_path / "page.py").write_text(PAGE, "utf-8")
    words = [sys.executable, str(tmp_path / "page.py"), str(tmp_path / "sweep")]
    with subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as page:
        child = int(page.stdout.readline())
        page.kill()
        until = time.monotonic() + 30
        while alive(child) and time.monotonic() < until:
            time.sleep(0.1)
        assert not alive(child)
        assert page.stderr.read() == ""
    assert not (tmp_path / "sweep" / "sweep.json").exists()


def alive(number):
    """Return whether a process still runs."""
    try:
        status = Path(f"/proc/{number}/stat").read_text("utf-8")
    except OSError:
        return False
    return status.rpartition(")")[2].split()[0] != "Z"


def test_what_is_found_is_what_the_command_finds(own_desk):
    settings = own_desk.own.model_dump(mode="json") | {"target": 18.0}
    assert asked(own_desk, "result").json == {"ok": True, "found": False}
    assert not asked(own_desk, "files").json["ok"]
    assert asked(own_desk, "start", settings, **SMALL).json["ok"]
    assert ended(own_desk)["said"] == "已完成。"
    record = sweep(load_scenario("guangxi-13fyp", ["target=18%"]), SweepOptions(samples=1000)).record
    for language in ("zh", "en"):
        found = asked(own_desk, "result", settings, language).json
        assert found["headline"] == headline(record, language)
        with speaking_on_page():
            assert found["said"] == sweep_statements(record, language)
        assert found["notices"] == [notice.say(language) for notice in record.notices]
    assert [chart["id"] for chart in found["charts"]] == [
        "figure_acceptability", "figure_ridge", "figure_map", "figure_tornado", "figure_heat", "figure_flow",
    ]  # fmt: skip
    assert all(chart["tables"] for chart in found["charts"])
    assert len(found["cities"]["names"]) == 14
    other = asked(own_desk, "result").json
    assert "设置与当前方案不同" in other["notices"][0]
    with zipfile.ZipFile(io.BytesIO(asked(own_desk, "files").data)) as archive:
        assert {"sweep.json", "sweep.html", "sweep-regions.csv"} <= set(archive.namelist())
        kept = (own_desk.rounds.parent / "sweep" / "sweep.json").read_bytes()
        assert archive.read("sweep.json") == kept


def test_it_is_shown_again_after_a_restart_with_what_has_changed_since(guangxi_folder, edit, tmp_path, monkeypatch):
    folder = tmp_path / "out" / "rounds"
    before = Desk.open(str(guangxi_folder), folder=folder)
    settings = before.own.model_dump(mode="json") | {"target": 18.0}
    assert asked(before, "start", settings, **SMALL | {"seed": 7}).json["ok"]
    assert ended(before)["ended"] == "done"
    monkeypatch.setattr(sensitivity, "_SWEEPER", Sweeper())  # another process knows of no sweep
    again = Desk.open(str(guangxi_folder), folder=folder)
    assert asked(again, "state").json["ended"] == "none"
    same = asked(again, "result", settings).json
    assert same["asked"] == {"samples": 1000, "seed": 7, "over": ["weights"], "sampler": "dirichlet"}
    assert "target=18%" in same["made"] or "18" in same["made"]
    assert not any("数据已变" in line or "设置与当前方案不同" in line for line in same["notices"])
    edit(guangxi_folder / "regions.csv", "2135,", "2335,")
    now = Desk.open(str(guangxi_folder), folder=folder)
    for language, said in (("zh", "抽样之后数据已变：regions.csv"), ("en", "changed since the sweep: regions.csv")):
        changed = asked(now, "result", settings, language).json
        assert changed["found"]
        assert said in changed["notices"][0]
        assert changed["headline"] == asked(again, "result", settings, language).json["headline"]
    both = asked(now, "result").json["notices"]
    assert ["数据已变" in both[0], "设置与当前方案不同" in both[1]] == [True, True]


def test_cancel_stops_it_and_leaves_nothing_behind(own_desk):
    assert asked(own_desk, "start", **LARGE).json["ok"]
    running = process()
    assert running.is_alive()
    until = time.monotonic() + 120
    while not asked(own_desk, "state").json["done"]:
        assert time.monotonic() < until
        time.sleep(0.1)
    second = asked(own_desk, "start", **SMALL).json
    assert not second["ok"]
    assert "已有一次抽样" in second["trouble"][0]
    assert asked(own_desk, "cancel").json["ended"] == "cancelled"
    assert not running.is_alive()
    assert list(own_desk.rounds.parent.glob("**/*")) == []
    assert asked(own_desk, "result").json["found"] is False
    assert asked(own_desk, "start", **SMALL).json["ok"]  # and the next one runs
    assert ended(own_desk)["ended"] == "done"


def test_a_process_that_dies_is_said(own_desk):
    assert asked(own_desk, "start", **LARGE).json["ok"]
    process().kill()
    state = ended(own_desk)
    assert state["ended"] == "failed"
    assert "中途停止" in state["trouble"][0]


def test_what_cannot_be_sampled_is_said(own_desk):
    assert asked(own_desk, "start", **SMALL | {"over": ["nothing"]}).json["ok"]
    state = ended(own_desk)
    assert state["ended"] == "failed"
    assert "nothing" in state["trouble"][0]
    none = own_desk.own.model_dump(mode="json") | {"target": 60.0}
    assert not asked(own_desk, "start", none, **SMALL).json["ok"]
    for malformed in ({"samples": 0}, {"seed": -1}, {"over": "weights"}):
        assert asked(own_desk, "start", **SMALL | malformed).status_code == 400, malformed


def test_the_pages_of_another_scenario_know_of_it(own_desk, tmp_path):
    other = Desk.open("15fyp-example", folder=tmp_path / "other" / "rounds")
    assert asked(own_desk, "start", **LARGE).json["ok"]
    state = asked(other, "state").json
    assert (state["own"], state["ended"]) == (False, "")
    assert "广西“十三五”碳排放强度下降目标分解" in state["said"]
    assert not asked(other, "start", **SMALL).json["ok"]


@pytest.mark.browser
@pytest.mark.parametrize(("width", "language"), [(1280, "zh"), (390, "en")])
def test_a_sweep_in_the_page(own_desk, open_page, width, language):
    said = {"zh": ("取消", "已取消"), "en": ("Cancel", "Cancelled")}[language]
    with serving(own_desk) as url, open_page(url, f"/{language}/sensitivity", width=width) as seen:
        page = seen.page
        page.locator("#samples").evaluate("box => { box.options[3].value = '300000000'; box.value = '300000000'; }")
        page.locator("#go").click()
        page.wait_for_function("() => document.querySelector('#progress').value > 0")
        narrow_and_accessible(page)
        page.reload()  # the sweep goes on and is watched again
        page.wait_for_function("() => document.querySelector('#progress').value > 0")
        page.get_by_role("button", name=said[0]).click()
        page.wait_for_function(f"() => document.querySelector('#stage').innerText.includes('{said[1]}')")
        assert not process().is_alive()
        page.locator("#samples").select_option("1000")
        page.locator("#go").click()
        page.wait_for_selector("#figure_flow .main-svg")
        page.wait_for_selector("#figure_map .main-svg")
        page.locator("#choose").select_option("0")
        page.wait_for_function("() => document.querySelector('#city-text').innerText.length > 10")
        narrow_and_accessible(page)
        with page.expect_download() as found:
            page.locator("#zip").click()
        assert found.value.suggested_filename == "guangxi-13fyp-sweep.zip"
        page.locator("nav a[lang]").click()  # and the result is there in the other language
        page.wait_for_selector("#figure_flow .main-svg")
        assert {"zh": "class", "en": "类"}[language] in seen.text("#headline")
        seen.quiet()
