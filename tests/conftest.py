"""What all tests share: scenarios to change, and the outside programs some tests need."""

import csv
import gc
import io
import os
import shutil
import subprocess
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import settings

from scenarios.load import find_scenario, load_scenario
from tests.browsers import ALONE, TOGETHER, forgotten

# a machine under load is not a failure; CI draws the same examples every time
settings.register_profile("allocator", deadline=None, derandomize=os.environ.get("CI") == "true")
settings.load_profile("allocator")

HOSTILE = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(2)>',
    "<b>粗体</b>",
    "{{7*7}}",
    '=HYPERLINK("file:///x","点击")',
    "+1",
    "@x",
    "-2+3",
    "%{y}<br>%{x}",
    "A&lt;B&amp;C",
    "长" * 200,
    "'引号",
    "${7*7}{% if 1 %}",
    "\u202e倒写",
)
"""A name for each of Guangxi's 14 rows: markup, formulas, templates, too long, right to left."""

REQUIRE_TOOLS = os.environ.get("ALLOCATOR_REQUIRE_TOOLS") == "1"


def pytest_collection_finish():
    """Look no more for garbage among the thousands of tests and what they import, which stay to the end."""
    gc.collect()
    gc.freeze()


def _need(program, reason):
    """Skip where a program is missing; fail where the environment says that nothing may be missing."""
    if program is None:
        if REQUIRE_TOOLS:
            pytest.fail(f"{reason}, and ALLOCATOR_REQUIRE_TOOLS forbids skipping")
        pytest.skip(reason)
    return program


@pytest.fixture(scope="session")
def chromium_path():
    program = _need(shutil.which("chromium") or shutil.which("chromium-browser"), "Chromium is not installed")
    fonts = ""
    if shutil.which("fc-list"):
        fonts = subprocess.run(["fc-list", ":lang=zh", "family"], capture_output=True, text=True).stdout.strip()
    _need(fonts or None, "no Chinese font is installed")
    return program


@pytest.fixture(scope="session")
def libreoffice_path():
    return _need(shutil.which("soffice") or shutil.which("libreoffice"), "LibreOffice is not installed")


@pytest.fixture(scope="session")
def guangxi():
    return load_scenario("guangxi-13fyp")


@pytest.fixture(scope="session")
def example_15fyp():
    return load_scenario("15fyp-example")


@pytest.fixture
def example_15fyp_folder(tmp_path):
    """A copy of the invented province that may be changed."""
    return Path(shutil.copytree(find_scenario("15fyp-example").parent, tmp_path / "case"))


@pytest.fixture(scope="session")
def zhejiang():
    return load_scenario("zhejiang-13fyp")


@pytest.fixture
def guangxi_folder(tmp_path):
    """Return a copy of the Guangxi case that a test may spoil."""
    folder = tmp_path / "case"
    shutil.copytree(find_scenario("guangxi-13fyp").parent, folder)
    return folder


@pytest.fixture
def edit():
    """Return a function that replaces text in a file, and fails when the text is not there."""

    def replace(path: Path, old: str, new: str) -> None:
        text = path.read_text("utf-8")
        assert old in text, f"{old!r} is not in {path.name}"
        path.write_text(text.replace(old, new, 1), "utf-8")

    return replace


@pytest.fixture(scope="session")
def hostile_scenario(tmp_path_factory):
    """Return Guangxi's numbers under hostile names, with markup in title, notes and an indicator's label."""
    folder = tmp_path_factory.mktemp("hostile")
    case = find_scenario("guangxi-13fyp").parent
    with (case / "regions.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))
    for row, name in zip(rows[1:], HOSTILE, strict=True):
        row[1] = row[2] = name
    stream = io.StringIO()
    csv.writer(stream).writerows(rows)
    (folder / "regions.csv").write_text(stream.getvalue(), "utf-8")
    for name in ("published.csv", "population.csv"):
        shutil.copy(case / name, folder)
    text = (case / "scenario.yaml").read_text("utf-8")
    kept = [line for line in text.splitlines() if not line.startswith("  members:")]
    text = "\n".join(kept) + "\n"
    for old, new in (
        ("{zh: 在岗职工平均工资, en: average wage}", "'<img src=y onerror=alert(3)> %{x}'"),
        ("{zh: 能力, en: capacity}", "'<i onclick=alert(4)>能力</i>'"),
        (
            "{zh: 广西“十三五”碳排放强度下降目标分解, en: Guangxi carbon-intensity target 2016–2020}",
            "'</title><b>题</b>'",
        ),
    ):
        assert old in text
        text = text.replace(old, new, 1)
    (folder / "scenario.yaml").write_text(text, "utf-8")
    return load_scenario(folder)


@pytest.fixture(scope="session")
def browser(chromium_path):
    """Return one Chromium for all tests."""
    from playwright.sync_api import sync_playwright

    arguments = [
        "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
        "--disable-background-networking", "--disable-component-update", "--disable-sync", ALONE, TOGETHER,
    ]  # fmt: skip
    with sync_playwright() as driver:
        started = driver.chromium.launch(executable_path=chromium_path, args=arguments)
        yield started
        started.close()
    forgotten()


@pytest.fixture
def on_a_fine_grid():
    """Return a function that puts a scenario on a grid finer than any file may ask for: bounds stay what they are."""

    def changed(scenario):
        publish = scenario.file.publish.model_copy(update={"grid": Decimal("1e-9")})
        return replace(scenario, file=scenario.file.model_copy(update={"publish": publish}))

    return changed


@pytest.fixture
def two_cities(tmp_path):
    """Return a function that writes a scenario of two equal cities with rules and bounds, in whole points."""

    def write(*rules, upper=("25%", "25%"), grid="1 points"):
        lines = "".join(f"\n- {{id: r{n}, reason: {{zh: 理由, en: why}}, {rule}}}" for n, rule in enumerate(rules))
        (tmp_path / "scenario.yaml").write_text(
            "schema_version: 1\nname: two\ntitle: {zh: 题, en: title}\n"
            "province: {name: {zh: 省, en: P}, code: '990000', members: [甲, 乙]}\n"
            "period: {base: 2020, end: 2025}\ntarget: 17%\nregions: regions.csv\nbounds: {lower: 10%, upper: 25%}\n"
            "reference: {map: uniform}\n"
            "criteria: {c: {label: {zh: 准, en: c}, weight: 1, within: equal, indicators:"
            " {i: {label: {zh: 收, en: i}, column: income, direction: +}}}}\n"
            f"publish: {{grid: {grid}}}\nbasis: {{zh: 据, en: x}}\nsources: [x]\n"
            f"rules: {lines or '[]'}\n",
            "utf-8",
        )
        (tmp_path / "regions.csv").write_text(
            "id,name,emissions(万吨),gdp(亿元),growth,income,upper\n"
            f"990001,甲,1000,1000,1.2,1,{upper[0]}\n990002,乙,1000,1000,1.2,2,{upper[1]}\n",
            "utf-8",
        )
        return tmp_path

    return write


@pytest.fixture
def negative_order(tmp_path):
    """Return three cities under an order that bounds below zero do not say: the third is held at half."""
    (tmp_path / "scenario.yaml").write_text(
        "schema_version: 1\nname: negative\ntitle: {zh: 题, en: title}\nperiod: {base: 2020, end: 2025}\n"
        "target: 10%\nregions: regions.csv\nbounds: {lower: -60%, upper: 50%}\n"
        "reference: {map: linear, spread: 8 points, deviation: relative}\n"
        "criteria: {c: {label: {zh: 准, en: c}, weight: 1, within: equal, indicators:"
        " {i: {label: {zh: 收, en: i}, column: income, direction: +}}}}\n"
        "publish: {grid: 0.5 points}\nbasis: {zh: 据, en: x}\nsources: [x]\n"
        "rules:\n- {id: kept, type: order, reason: {zh: 理由, en: why}}\n",
        "utf-8",
    )
    (tmp_path / "regions.csv").write_text(
        "id,name,emissions(万吨),gdp(亿元),growth,income,lower,upper\n"
        "1,甲,1000,1000,1.2,3,-60%,50%\n2,乙,1000,1000,1.2,1,-60%,50%\n3,丙,1000,1000,1.2,4,50%,50%\n",
        "utf-8",
    )
    return tmp_path
