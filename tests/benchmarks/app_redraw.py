"""How long the page lets a person wait: from the command to the first drawn answer, and from a move to the redrawn one.

    .venv/bin/python tests/benchmarks/app_redraw.py [--sizes 14,120,339] [--moves 30] [--starts 3] [--port 9060]

Starts the real program on invented scenarios, in a headless Chromium. Of a move also how long the program took for it.
"""

import argparse
import random
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from playwright.sync_api import sync_playwright

sys.path.insert(0, str(Path(__file__).parents[2]))

from tests.allocator.app.test_page import REDRAW
from tests.benchmarks.plan import invented

WEIGHT = "[type=range][data-criterion]:not([data-indicator])"


def main():
    """Run the benchmark and print the figures."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--sizes", default="14,120,339")
    for name, default in (("moves", 30), ("starts", 3), ("port", 9060)):
        parser.add_argument(f"--{name}", type=int, default=default)
    asked = parser.parse_args()
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        for size in map(int, asked.sizes.split(",")):
            case = sensible(invented(size, Path(folder) / str(size)))
            starts = [started(browser, case, asked, n == 0) for n in range(asked.starts)]
            address, table, chart = (statistics.median(each) for each in zip(*starts, strict=True))
            print(f"{size} cities: address {address:.2f} s, table {table:.2f} s, chart {chart:.2f} s (median)")


def sensible(folder):
    """Put the intensities of an invented scenario within a factor of four, so that none of them is asked about."""
    path, draw = folder / "regions.csv", random.Random(0)
    head, *rows = (line.split(",") for line in path.read_text("utf-8").splitlines())
    for row in rows:
        row[3] = f"{float(row[2]) * draw.uniform(0.5, 2):.2f}"
    path.write_text("\n".join(",".join(row) for row in (head, *rows)) + "\n", "utf-8")
    return folder


def started(browser, case, asked, moves):
    """Start the program and look at its page; return seconds to its address, table and chart."""
    command = [
        "-m",
        "allocator",
        "app",
        str(case),
        "--no-browser",
        "--port",
        str(asked.port),
        "--out",
        f"{case}/rounds",
    ]
    begin = time.perf_counter()
    program = subprocess.Popen([sys.executable, *command], stdout=subprocess.PIPE, text=True)
    context = browser.new_context()
    try:
        port = int(re.search(r":(\d+)/", program.stdout.readline())[1])
        times = [time.perf_counter() - begin]
        page = context.new_page()
        page.goto(f"http://127.0.0.1:{port}/")
        for selector in ("#table tbody tr", "#chart .barlayer .point path"):
            page.wait_for_selector(selector)
            times.append(time.perf_counter() - begin)
        if moves:
            moved(page, asked.moves)
        return times
    finally:
        context.close()
        program.terminate()
        program.wait(30)


def moved(page, count):
    """Move a slider and print milliseconds to the redrawn answer, and those of the program."""
    answered = []
    page.on("requestfinished", lambda request: request.url.endswith("/answer") and answered.append(request))
    taken = page.evaluate(REDRAW, [WEIGHT, count])
    waits = [request.timing["responseStart"] for request in answered]
    for name, found in (("move to redrawn answer", taken), ("of it the program", waits)):
        found = sorted(found)
        print(f"  {name}: median {statistics.median(found):.0f} ms, p95 {found[int(0.95 * (len(found) - 1))]:.0f} ms")


if __name__ == "__main__":
    main()
