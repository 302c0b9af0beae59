"""What no page of ours sends: every route answers it with 4xx, nothing is said on the terminal."""

import http.client
import json
import re
import socket
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress

import pytest

from allocator.app.server import web
from reports.words import LABELS

POSTS = ("answer", "back", "compare", "fix", "open", "rounds", "save", "typed", "workbook")
JSON = "application/json"
RAW = (
    b"", b" ", b"x", b"{", b"}", b"[]", b"null", b"true", b"3", b'"=1+1"', b"{}", b"\xff\xfe", b"\x00", b"{'a': 1}",
    b"NaN", b"-Infinity", b"1e999", b"9" * 500_000, b"[" * 100_000, b"[" * 100_000 + b"]" * 100_000,
    b'{"settings":' * 50_000 + b"1" + b"}" * 50_000, b'{"settings": NaN}', b"<xml/>", b"settings=1", b'"\\ud800"',
    b" " * 1_100_000, b'{"settings": null, "settings": null}',
)  # fmt: skip
KINDS = ("", "text/plain", "text/html", "application/x-www-form-urlencoded", "multipart/form-data", "application/xml")
NO_NUMBER = (
    "x",
    "=1+1",
    "",
    [],
    {},
    [1],
    {"a": 1},
    float("nan"),
    float("inf"),
    1e308,
    -1e308,
    1000,
    1e-300,
    "1" * 5000,
)
NO_TEXT = (None, 3, [], {}, ["x"], float("nan"))
NO_TABLE = (None, 3, "x", [], ["a"], {"nowhere": 1}, {"450700": "x"}, {"450700": 1e308}, {"": 0}, {"\ud800": 1})
PLACES = (
    (("settings", "target"), NO_NUMBER), (("settings", "spread"), NO_NUMBER), (("settings", "lower"), NO_NUMBER),
    (("settings", "weights", "capacity"), (*NO_NUMBER, -1, None)), (("settings", "weights"), NO_TABLE),
    (("settings", "within"), NO_TABLE), (("settings", "within", "capacity"), NO_TABLE),
    (("settings", "fixes"), NO_TABLE), (("settings", "off"), (None, 3, "x", {"a": 1}, ["nowhere"], [3])),
    (("settings", "more"), (1,)), (("more",), (1,)),
)  # fmt: skip
NO_ROUND = (*(each for each in NO_NUMBER if each != 1000), 0, -1, 1.5, "1", 10**30, None, True)
MORE = tuple(((f"more {n}",), (1, None)) for n in range(35))
OWN_PLACES = {
    "answer": (
        (("settings",), NO_TEXT), (("moved",), (*NO_TEXT, "nowhere", "capacity.nowhere")),
        (("kept",), (3, "x", [], {})), (("kept", "rates"), NO_TABLE), (("kept", "changes"), (None, "x", 3)),
        (("kept", "verdict"), NO_TEXT),
    ),
    "fix": (
        (("settings",), NO_TEXT), (("region",), (*NO_TEXT, "nowhere", "450700 ", "长" * 10_000)),
        (("rate",), (*NO_TEXT, "9" * 10_000)),
    ),
    "typed": (
        (("control",), (*NO_TEXT, "", "nowhere", "target ", "Target", "weight", "weight.", "weight.nowhere",
                        "长" * 10_000, "weight.capacity.nowhere", "own.target", "__proto__", "\ud800",
                        "target\x00", "fixes", "../x")),
        (("text",), (*NO_TEXT, "1" * 201, "长" * 500_000, 18, True)),
        *MORE[:20],
    ),
    "rounds": ((("kept",), (*NO_TEXT, "", "ALL", "none")), *MORE),
    **dict.fromkeys(("back", "compare", "open"), (
        (("number",), NO_ROUND), (("plan",), (*NO_TEXT[1:], "x" * 65)), *MORE,
    )),
    "save": (
        (("settings",), NO_TEXT[1:]), (("who",), (*NO_TEXT, "长" * 2001)), (("why",), (*NO_TEXT, "长" * 2001)),
    ),
    "workbook": ((("settings",), NO_TEXT[1:]),),
}  # fmt: skip


def good(desk, route):
    """Return a body that a page sends."""
    if route == "typed":
        return {"control": "target", "text": "18"}
    if route == "rounds":
        return {"kept": "all"}
    if route in ("back", "compare", "open"):
        return {"number": 7, "plan": None}
    settings = desk.own.model_dump(mode="json")
    kept = {"verdict": "", "changes": [], "rates": {"450700": 0.18}}
    more = {
        "answer": {"moved": "capacity", "kept": kept},
        "fix": {"region": "450700", "rate": "18"},
        "save": {"who": "", "why": "x"},
    }
    return {"settings": settings, **more.get(route, {})}


def changed(body, path, value):
    """Return a copy of a body with another value at a place."""
    (key, *rest), copy = path, dict(body)
    copy[key] = changed(copy[key], rest, value) if rest else value
    return copy


def malformed(desk, route):
    """Yield content types and bodies that no page sends: at least a hundred."""
    body = good(desk, route)
    yield from ((JSON, raw) for raw in RAW)
    yield from ((kind, json.dumps(body).encode()) for kind in KINDS)
    for key in body.keys() - ({"moved", "kept", "who"} if "settings" in body else set()):
        yield JSON, json.dumps({k: v for k, v in body.items() if k != key}).encode()
    for path, values in (*(PLACES if "settings" in body else ()), *OWN_PLACES[route]):
        for value in values:
            yield JSON, json.dumps(changed(body, path, value)).encode()


def routes(desk):
    """Return every path that the program serves, with junk where it has a part that varies."""
    names = {re.sub("<.*?>", "nope", rule.rule) for rule in web(desk, "zh").url_map.iter_rules()}
    return sorted(names)


@pytest.fixture(scope="module")
def program(tmp_path_factory):
    """Return the port of the real program, and its process."""
    out = tmp_path_factory.mktemp("rounds") / "rounds"
    command = [
        sys.executable,
        "-m",
        "allocator",
        "app",
        "guangxi-13fyp",
        "--no-browser",
        "--port",
        "8970",
        "--out",
        str(out),
    ]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    port = int(re.search(r":(\d+)/", process.stdout.readline())[1])
    yield port, process
    if process.poll() is None:
        process.terminate()
    process.communicate(timeout=30)


def send(port, path, kind, body):
    """Post a body; return the status and the answer."""
    link = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    with suppress(BrokenPipeError):  # what is refused unread is answered before all of it was sent
        link.request("POST", path, body, {"Content-Type": kind} if kind else {})
    answer = link.getresponse()
    text = answer.read()
    link.close()
    return answer.status, text


def spoil(port, sent):
    """Send something that is no request at all, or hang up too soon; return the first line of the answer, if any.

    The program hangs up itself on what is too long to be read to its end.
    """
    with socket.create_connection(("127.0.0.1", port), timeout=60) as link, suppress(ConnectionError):
        link.sendall(sent)
        with suppress(OSError):
            link.shutdown(socket.SHUT_WR)
        with link.makefile("rb") as reader:
            return reader.readline()
    return b""


def test_a_hundred_malformed_bodies_on_every_route(desk, program):
    port, _ = program
    asked = []
    for path in routes(desk):
        route = path.rpartition("/")[2]
        bodies = list(malformed(desk, route if route in POSTS else "answer"))
        assert len(bodies) >= 100
        # whatever is posted to a page that only shows something is refused unread
        asked += [(path, *body) for body in (bodies if route in POSTS else bodies[:100])]
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda each: send(port, *each), asked))
    wrong = [
        (status, path, kind, body[:80])
        for (status, _), (path, kind, body) in zip(answers, asked, strict=True)
        if not 400 <= status < 500
    ]
    assert wrong == []
    assert not any(b"Traceback" in text or b"Error" in text for _, text in answers)
    for route in POSTS:
        place = f"rounds/{route}" if route in ("back", "compare", "open") else route
        status, _ = send(port, f"/en/{place}", JSON, json.dumps(good(desk, route)).encode())
        assert status == 200, route


def test_what_is_no_request_is_refused_too(program):
    port, _ = program
    post = b"POST /zh/answer HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
    for sent in (
        b"x\r\n\r\n", b"\x16\x03\x01\x02\x00",
        b"GET /" + b"a" * 100_000 + b" HTTP/1.1\r\n\r\n", post + b"Content-Length: 100\r\n\r\n{",
        post + b"Content-Length: x\r\n\r\n{}", post + b"Transfer-Encoding: chunked\r\n\r\nzz\r\n",
    ):  # fmt: skip
        line = spoil(port, sent)
        assert not re.match(rb"HTTP/1\.\d [^4]", line), (sent[:40], line)  # none, or 4xx; HTTP/0.9 has no status
    with socket.create_connection(("127.0.0.1", port), timeout=60) as link:
        link.sendall(b"GET / x HTTP/1.1\r\n\r\n")
        with link.makefile("rb") as reader:
            head, _, body = reader.read().partition(b"\r\n\r\n")
    assert b"Content-Type: text/plain; charset=utf-8" in head
    assert body.decode().splitlines() == [LABELS.say("app_unreadable", language) for language in ("zh", "en")]


def test_nothing_was_said_on_the_terminal(program):
    port, process = program
    assert send(port, "/zh/nope", JSON, b"{}")[0] in (404, 405)
    process.terminate()
    _, said = process.communicate(timeout=30)
    assert said == ""


def test_what_many_saves_take_is_given_back(desk, tmp_path):
    """Saving at once from several pages keeps no more than saving once: the memory is that of the libraries."""
    script = f"""
import sys, threading
from pathlib import Path
from allocator.app.desk import Desk

def resident():
    return int(next(line.split()[1] for line in open("/proc/self/status") if line.startswith("VmRSS"))) / 1024

desk = Desk.open("guangxi-13fyp", folder=Path({str(tmp_path / "rounds")!r}))
desk.save(desk.own, "zh")
before = resident()
several = [threading.Thread(target=desk.save, args=(desk.own, "zh")) for _ in range(5)]
for each in several: each.start()
for each in several: each.join()
print(resident() - before)
"""
    if not sys.platform.startswith("linux"):
        pytest.skip("reads /proc")
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert float(done.stdout) < 25  # MB; each of five threads kept as much for itself once
    assert len(list((tmp_path / "rounds").glob("round-*"))) == 6
