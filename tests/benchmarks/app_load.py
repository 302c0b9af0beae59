"""The web page under load: many visitors move sliders at once. Statuses, times to the answer, memory before and after.

    .venv/bin/python tests/benchmarks/app_load.py [--clients 30] [--seconds 60] [--saves 6] [--port 9050]

Starts the real program on the bundled case. Memory is what is resident, read from /proc (Linux).
"""

import argparse
import html
import http.client
import json
import re
import statistics
import subprocess
import sys
import tempfile
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path


def main():
    """Run the load and print the figures."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    for name, default in (("clients", 30), ("seconds", 60), ("saves", 6), ("port", 9050)):
        parser.add_argument(f"--{name}", type=int, default=default)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        command = [
            "-m",
            "allocator",
            "app",
            "guangxi-13fyp",
            "--no-browser",
            "--port",
            str(asked.port),
            "--out",
            f"{folder}/rounds",
        ]
        program = subprocess.Popen([sys.executable, *command], stdout=subprocess.PIPE, text=True)
        try:
            port = int(re.search(r":(\d+)/", program.stdout.readline())[1])
            load(asked, port, program.pid)
        finally:
            program.terminate()
            program.wait(30)


def load(asked, port, pid):
    """Move sliders from many clients, then save from several pages at once, and print what came of it."""
    own = settings(port)
    print(f"memory at the start: {resident(pid):.0f} MB")
    post(port, "answer", {"settings": own})
    first = resident(pid)
    until = time.perf_counter() + asked.seconds
    with ThreadPoolExecutor(asked.clients) as pool:
        visits = list(pool.map(lambda n: visit(port, own, n, until), range(asked.clients)))
    statuses = Counter(status for visited in visits for status, _ in visited)
    taken = sorted(seconds for visited in visits for _, seconds in visited)
    print(f"{asked.clients} clients, {asked.seconds} s: {len(taken)} answers, by status {dict(statuses)}")
    print(f"p50 {statistics.median(taken) * 1000:.0f} ms, p95 {taken[int(0.95 * len(taken))] * 1000:.0f} ms")
    print(f"memory before {first:.0f} MB, after {resident(pid):.0f} MB")
    post(port, "save", {"settings": own})
    first = resident(pid)
    with ThreadPoolExecutor(max(1, asked.saves)) as pool:
        list(pool.map(lambda _: post(port, "save", {"settings": own}), range(asked.saves)))
    print(f"{asked.saves} saves at once: memory after one save {first:.0f} MB, after all {resident(pid):.0f} MB")


def visit(port, own, n, until):
    """Ask for one answer after the other; return statuses and seconds."""
    seen = []
    while time.perf_counter() < until:
        start = time.perf_counter()
        target = 16 + (n + len(seen)) % 30 / 10
        status = post(port, "answer", {"settings": own | {"target": target}})
        seen.append((status, time.perf_counter() - start))
    return seen


def post(port, route, body):
    """Ask one question; return the status, or the name of the error."""
    try:
        link = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
        link.request("POST", f"/zh/{route}", json.dumps(body), {"Content-Type": "application/json"})
        answer = link.getresponse()
        answer.read()
        link.close()
    except OSError as error:
        return type(error).__name__
    return answer.status


def settings(port):
    """Return the scenario's own settings as the page holds them."""
    link = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
    link.request("GET", "/zh/")
    held = re.search(r'data-held="([^"]*)"', link.getresponse().read().decode())[1]
    return json.loads(html.unescape(held))["settings"]


def resident(pid):
    """Return the resident memory of a process in MB."""
    lines = Path(f"/proc/{pid}/status").read_text("ascii").splitlines()
    return int(next(line.split()[1] for line in lines if line.startswith("VmRSS"))) / 1024


if __name__ == "__main__":
    main()
