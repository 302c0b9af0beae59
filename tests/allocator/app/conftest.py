"""Pages of the bundled case and of a hostile one, served in this process, and a browser that is watched."""

import csv
import shutil
import threading
from contextlib import contextmanager
from dataclasses import dataclass, field

import pytest

from scenarios.load import find_scenario
from scenarios.tables.regions import alias
from tests.browsers import window
from tests.reports.publishing.conftest import CORPUS

pytest.importorskip("flask", reason="the extra `ui` is not installed")

from allocator.app.desk import Desk
from allocator.app.server import open_port, serve, web

RULES = """\
rules:
  - {id: narrow, type: gap, at_most: 8 points, reason: {zh: 差距不宜过大, en: not too far apart}}
  - {id: pilots, type: floor, rate: 20%, where: [柳州, 桂林], reason: {zh: 低碳试点, en: pilots}}
"""


@contextmanager
def serving(desk, language="zh"):
    """Serve a desk on a free port; gives the address."""
    with serving_application(web(desk, language)) as url:
        yield url


@contextmanager
def serving_application(application):
    """Serve an application on a free port; gives the address."""
    with open_port(8900) as bound, serve(application, bound) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.port}"
        server.shutdown()
        thread.join()


@dataclass
class Seen:
    """A page, what it asked for elsewhere, and what it complained about."""

    page: object
    elsewhere: list = field(default_factory=list)
    complaints: list = field(default_factory=list)

    def text(self, selector):
        return self.page.locator(selector).inner_text()

    def rates(self):
        """Return the published rates of the table by region, as written."""
        rows = self.page.locator("#table tbody tr").all()
        cells = [row.locator("th, td").all_text_contents() for row in rows]
        return {row[0]: row[4] for row in cells}

    def move(self, selector, value):
        """Move a slider as a hand does, and wait for the page to answer."""
        self.page.locator(selector).evaluate(
            """(slider, value) => {
                const set = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, "value").set;
                set.call(slider, String(value));
                slider.dispatchEvent(new Event("input", {bubbles: true}));
            }""",
            value,
        )
        self.page.wait_for_timeout(50)

    def quiet(self):
        """Hold that nothing was asked of anybody else and nothing went wrong."""
        assert self.elsewhere == []
        assert self.complaints == []


@contextmanager
def watched(browser, url, width=1280, path="/zh/"):
    """Open a page; what it asks elsewhere leads nowhere and is noted, as are its complaints."""
    with window(browser, width) as page:
        seen = Seen(page)

        def note(request):
            if not request.url.startswith((url, "data:", "blob:")):
                seen.elsewhere.append(request.url)

        def refuse(dialog):
            seen.complaints.append(f"dialog: {dialog.message}")
            dialog.dismiss()

        page.context.on("request", note)
        page.on("pageerror", lambda error: seen.complaints.append(str(error)))
        page.on("console", lambda message: seen.complaints.append(f"{message.type}: {message.text}"))
        page.on("dialog", refuse)
        page.goto(url + path)
        try:
            yield seen
        finally:
            page.context.remove_listener("request", note)


@contextmanager
def looking(browser, url, width=1280, path="/zh/"):
    """Open the page of a plan and wait for its first answer."""
    with watched(browser, url, width, path) as seen:
        seen.page.wait_for_selector("#table tbody tr")
        seen.page.wait_for_selector("#chart .barlayer .point path")
        yield seen


@pytest.fixture(scope="session")
def desk(tmp_path_factory):
    return Desk.open("guangxi-13fyp", folder=tmp_path_factory.mktemp("rounds") / "rounds")


@pytest.fixture(scope="session")
def served(desk):
    with serving(desk) as url:
        yield url


@pytest.fixture(scope="session")
def ruled_desk(tmp_path_factory):
    """Return a desk whose scenario has two rules."""
    folder = tmp_path_factory.mktemp("ruled") / "case"
    shutil.copytree(find_scenario("guangxi-13fyp").parent, folder)
    path = folder / "scenario.yaml"
    text = path.read_text("utf-8")
    assert "rules: []\n" in text
    path.write_text(text.replace("rules: []\n", RULES), "utf-8")
    return Desk.open(str(folder), folder=folder.parent / "rounds")


@pytest.fixture(scope="session")
def look(browser):
    """Return a function that opens a page and watches it."""

    def open_page(url, **more):
        return looking(browser, url, **more)

    return open_page


@pytest.fixture(scope="session")
def serve_desk():
    return serving


@pytest.fixture(scope="session")
def corpus_folder(tmp_path_factory):
    """Return a case with a region for every string of the corpus that a csv can hold."""
    folder = tmp_path_factory.mktemp("corpus")
    case = find_scenario("guangxi-13fyp").parent
    with (case / "regions.csv").open(encoding="utf-8", newline="") as file:
        head, *rows = csv.reader(file)
    # an apostrophe before a formula is how a csv keeps it text: the reader takes it away, and names must differ
    names = {alias(text.strip().lstrip("'")): text for text in CORPUS if not set(text) & {"\x00", "\x07", "\ud800"}}
    del names[""]
    rows = [[f"R{n}", text, text, *rows[n % len(rows)][3:]] for n, text in enumerate(names.values())]
    at = next(n for n, text in enumerate(head) if text.startswith("emissions"))
    rows = [[*row[:at], f"{row[at]}.{n:03d}", *row[at + 1 :]] for n, row in enumerate(rows)]  # no two rows alike
    with (folder / "regions.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([head, *rows])
    for name in ("published.csv", "population.csv"):
        shutil.copy(case / name, folder)
    lines = (case / "scenario.yaml").read_text("utf-8").splitlines()
    kept = [line for line in lines if not line.startswith("  members:")]
    (folder / "scenario.yaml").write_text("\n".join(kept) + "\n", "utf-8")
    return folder
