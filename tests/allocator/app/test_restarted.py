"""The program ends and is started again, files vanish meanwhile: the open pages say so in place, and go on."""

import os
import shutil
import threading
import time
from contextlib import closing

import pytest

from allocator.app.server import open_port, serve, start
from allocator.app.shelf import Shelf
from allocator.starting import template
from tests.allocator.app.beside.conftest import stands
from tests.allocator.app.conftest import watched
from tests.allocator.app.own.conftest import filled
from tests.browsers import followed

pytestmark = pytest.mark.browser
TARGET = "[type=range][data-name=target]"
FILE = "方案.xlsx"
FIRST_PORT = 8970 + 100 * int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw"))
"""Others who test at the same time must not take the port while the program is down."""


class Program:
    """The program as it is started and ended, on one port, with a folder of the user's."""

    def __init__(self, folder):
        self.folder, self.port, self._server = folder, FIRST_PORT, None

    def begin(self):
        """Start it anew; nothing of before is remembered."""
        bound = self._bound_anew() if self._server else open_port(self.port)
        self.port = bound.getsockname()[1]
        self._server = serve(start(Shelf(self.folder), "zh"), bound)
        self._bound = bound
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        return f"http://127.0.0.1:{self.port}"

    def _bound_anew(self):
        """Return the port of before: what connected to the ended program may hold it for a moment longer."""
        for _ in range(300):
            bound = open_port(self.port)
            if bound.getsockname()[1] == self.port:
                return bound
            bound.close()
            time.sleep(0.1)
        pytest.fail(f"port {self.port} was taken while the program was down")

    def close(self):
        """End it."""
        self._server.shutdown()
        self._server.server_close()
        self._bound.close()


@pytest.fixture
def program(tmp_path):
    """Return the program, its folder with one scenario."""
    home = tmp_path / "own" / "某省"
    home.mkdir(parents=True)
    (home / FILE).write_bytes(filled(template("zh")))
    with closing(Program(tmp_path / "own")) as made:
        yield made


def says(page, selector, text):
    """Wait until an element says something."""
    page.wait_for_function(
        "([selector, text]) => document.querySelector(selector).innerText.includes(text)", arg=[selector, text]
    )


def lost(seen):
    """Take note that the browser has complained of a program that did not answer, and of nothing else."""
    assert all("Failed to load resource" in each for each in seen.complaints), seen.complaints
    seen.complaints.clear()


def test_a_program_started_again_finds_plan_rounds_and_table_as_they_were(browser, program, tmp_path):
    with watched(browser, url := program.begin(), path="/zh/own/某省/") as seen:
        page = seen.page
        page.wait_for_selector("#table tbody tr")
        seen.move(TARGET, 18)
        says(page, "#verdict", "18.00%")
        page.locator("#city").select_option("南宁")
        page.locator("#rate").fill("19")
        page.locator("#fix").click()
        page.wait_for_selector("#fixed button")
        page.locator("#why").fill("会商")
        page.locator("#save").click()
        page.wait_for_function("() => document.querySelectorAll('#rounds-list tbody tr').length === 1")
        rates = seen.rates()

        program.close()
        seen.move(TARGET, 17.5)
        page.wait_for_selector("#lost", state="visible")
        assert seen.rates() == rates
        assert program.begin() == url
        says(page, "#verdict", "17.50%")  # asked again by itself
        page.wait_for_selector("#lost", state="hidden")
        page.locator("#undo").click()
        says(page, "#verdict", "18.00%")
        assert seen.rates() == rates
        page.reload()
        says(page, "#verdict", "18.00%")
        assert (seen.rates(), page.locator("#rounds-list tbody tr").count()) == (rates, 1)

        followed(page.get_by_role("link", name="核对"))
        stands(page)
        program.close()
        table = tmp_path / "表.csv"
        rows = [f"{name.removesuffix('商定')},{rate}" for name, rate in rates.items()]
        table.write_text("\n".join(["地区,下降目标（%）", *rows]), "utf-8")
        page.locator('[id="table.file"]').set_input_files(str(table))
        says(page, "#trouble", "程序")
        program.begin()
        page.reload()
        page.wait_for_selector("#verdict .backed")
        lost(seen)


def test_what_is_typed_into_the_data_meanwhile_is_said_not_to_be_kept(browser, program):
    with watched(browser, program.begin(), path="/zh/own/某省/data/") as seen:
        page = seen.page
        page.wait_for_selector("#state.sound")

        def type_over(text):
            page.locator(f'[id="cell:{FILE}:数据:D6"]').click()
            page.keyboard.type(text)
            page.keyboard.press("Enter")

        program.close()
        type_over("4000")
        says(page, "#wrong", "没有存下")
        assert page.locator(f'[id="cell:{FILE}:数据:D6"]').inner_text() == "4120"
        program.begin()
        type_over("4001")  # without a reload
        says(page, "#said", "已存入")
        assert page.locator("#wrong").inner_text() == ""
        lost(seen)


@pytest.mark.parametrize("again", [False, True])
def test_a_scenario_that_is_gone_is_said_in_place(browser, program, again):
    gone, page_of = "这里没有这个方案", "/zh/own/某省/"
    url = program.begin()
    with watched(browser, url, path=page_of) as plan, watched(browser, url, path=f"{page_of}data/") as data:
        plan.page.wait_for_selector("#table tbody tr")
        data.page.wait_for_selector("#state.sound")
        rates = plan.rates()
        if again:
            program.close()
        shutil.move(program.folder / "某省", program.folder.parent / "elsewhere")
        if again:
            program.begin()
        plan.move(TARGET, 18)
        says(plan.page, "#trouble", gone if again else "某省")
        assert plan.rates() == rates
        plan.page.locator("#city").select_option("南宁")
        plan.page.locator("#rate").fill("19")
        plan.page.locator("#fix").click()
        says(plan.page, "#fix-said", gone if again else "某省")
        plan.page.locator("#why").fill("会商")
        plan.page.locator("#save").click()
        plan.page.wait_for_function("() => document.querySelector('#saved').innerText.length > 5")
        data.page.locator(f'[id="cell:{FILE}:数据:D6"]').click()
        data.page.keyboard.type("4000")
        data.page.keyboard.press("Enter")
        data.page.wait_for_function("() => document.querySelector('#wrong').innerText.length > 5")
        assert data.page.locator(f'[id="cell:{FILE}:数据:D6"]').inner_text() == "4120"

        shutil.move(program.folder.parent / "elsewhere", program.folder / "某省")  # and both go on
        plan.move(TARGET, 17.5)
        says(plan.page, "#verdict", "17.50%")
        data.page.locator(f'[id="cell:{FILE}:数据:D6"]').click()
        data.page.keyboard.type("4000")
        data.page.keyboard.press("Enter")
        says(data.page, "#said", "已存入")
        for seen in (plan, data):
            lost(seen)
