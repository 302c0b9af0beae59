"""Who is let in, on which port, and twenty visitors at once."""

import json
import socket
import sys
import time
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from importlib.metadata import version

import lxml.html
import pytest
from typer.testing import CliRunner

from allocator.app.server import open_port, web
from allocator.cli import app
from reports.planning.understood import understood_table
from reports.words import LABELS
from scenarios.errors import InputError
from scenarios.wording import LANGUAGES

VISITORS = 20
SAFE = ("Content-Security-Policy", "X-Content-Type-Options", "Referrer-Policy", "Cross-Origin-Resource-Policy")


@pytest.fixture(scope="module")
def client(desk):
    return web(desk, "en").test_client()


@pytest.mark.parametrize(("path", "title"), [("/zh/", "读入的数据"), ("/en/", "Figures as read")])
def test_the_page_holds_the_figures_as_read(client, desk, path, title):
    page = lxml.html.fromstring(client.get(path, headers={"Host": "localhost:8050"}).text)
    (read,) = page.xpath("//details[@id='read']")
    assert title in read.text_content()
    rows = [[cell.text_content() for cell in row.xpath("th|td")] for row in read.xpath(".//tbody/tr")]
    table = understood_table(desk.scenario, desk.scenario.notices, "zh" if path == "/zh/" else "en")
    assert rows == [list(row) for row in table.rows]


@pytest.mark.parametrize("host", ["127.0.0.1:8050", "localhost:8050", "localhost", "127.0.0.1"])
def test_our_own_names_are_answered(client, host):
    assert client.get("/zh/", headers={"Host": host}).status_code == 200


@pytest.mark.parametrize("host", ["evil.example", "evil.example:8050", "127.0.0.1.evil.example", "localhost.evil:1"])
def test_another_name_for_us_is_refused(client, host):
    assert client.get("/zh/", headers={"Host": host}).status_code == 403


@pytest.mark.parametrize(
    ("origin", "status"),
    [
        ("http://localhost:8050", 200),
        ("http://localhost", 403),  # another port of this machine is another page
        ("http://localhost:3000", 403),
        ("https://localhost:8050", 403),
        ("http://127.0.0.1:8050", 403),
        ("http://evil.example", 403),
        ("null", 403),
    ],
)
def test_only_a_page_of_our_own_may_ask(client, origin, status):
    headers = {"Host": "localhost:8050", "Origin": origin}
    assert client.get("/zh/", headers=headers).status_code == status


def test_what_the_browser_says_of_the_asking_page_counts(client):
    def status(path="/zh/", **fetch):
        named = {f"Sec-Fetch-{part.title()}": said for part, said in fetch.items()}
        return client.get(path, headers={"Host": "localhost", **named}).status_code

    assert [status(site=site) for site in ("same-origin", "none", "same-site", "cross-site")] == [200, 200, 403, 403]
    assert status(site="cross-site", mode="no-cors", dest="script") == 403
    assert status("/assets/page.js", site="cross-site", mode="no-cors", dest="script") == 403
    assert status("/assets/page.js", site="same-origin", mode="cors", dest="script") == 200
    assert status("/zh/", site="cross-site", mode="navigate", dest="iframe") == 403
    assert status("/zh/", site="cross-site", mode="navigate", dest="document") == 200  # a link somebody followed


@pytest.mark.parametrize("path", ["/zh/", "/en/"])
def test_no_script_runs_that_the_policy_does_not_name(client, path):
    answer = client.get(path, headers={"Host": "localhost"})
    rules = dict(rule.split(" ", 1) for rule in answer.headers["Content-Security-Policy"].split("; "))
    assert "unsafe-inline" not in rules["script-src"]
    assert "unsafe-eval" not in rules["script-src"]
    for name in ("base-uri", "form-action", "frame-ancestors", "object-src"):
        assert rules[name] == "'none'"
    assert rules["script-src"] == "'self'"
    page = lxml.html.fromstring(answer.text)
    scripts = [script.get("src") for script in page.iter("script")]
    assert scripts == ["/assets/page.js"]  # none stands in the page itself
    assert not [name for element in page.iter() for name in element.attrib if name.startswith("on")]


def test_the_scripts_are_told_as_scripts_and_plotly_is_kept_by_the_browser(client):
    page = lxml.html.fromstring(client.get("/zh/", headers={"Host": "localhost"}).text)
    (plotly,) = page.xpath("//@data-plotly")
    sources = [plotly, *page.xpath("//script/@src"), *page.xpath("//link[@rel='modulepreload']/@href")]
    answers = {source: client.get(source, headers={"Host": "localhost"}) for source in sources}
    assert {answer.status_code for answer in answers.values()} == {200}
    assert {answer.mimetype for answer in answers.values()} == {"text/javascript"}
    kept = {source: answer.headers["Cache-Control"] for source, answer in answers.items()}
    assert version("plotly") in plotly
    assert kept.pop(plotly) == "private, max-age=31536000, immutable"
    assert {*kept.values()} == {"no-cache"}  # asked for again each time: another version of ours may be there


@pytest.mark.parametrize("name", ["../server.py", "..%2Fserver.py", "%2e%2e/server.py", "page.html", "", ".", "x.js"])
def test_nothing_else_of_the_program_is_sent(client, name):
    assert client.get(f"/assets/{name}", headers={"Host": "localhost"}).status_code == 404


def test_the_start_leads_to_the_wanted_language(client):
    answer = client.get("/", headers={"Host": "localhost"})
    assert (answer.status_code, answer.headers["Location"]) == (302, "/en/")
    assert 'lang="en"' in client.get("/en/", headers={"Host": "localhost"}).text
    assert 'lang="zh-CN"' in client.get("/zh/", headers={"Host": "localhost"}).text


def test_everything_comes_from_here(client):
    for path in ("/zh/", "/en/"):
        answer = client.get(path, headers={"Host": "localhost"})
        assert "http://" not in answer.text
        assert "https://" not in answer.text
        assert "default-src 'self'" in answer.headers["Content-Security-Policy"]


def test_a_taken_port_gives_way_to_the_next():
    with open_port(8950) as first, open_port(first.getsockname()[1]) as second:
        assert first.getsockname()[0] == second.getsockname()[0] == "127.0.0.1"
        assert second.getsockname()[1] > first.getsockname()[1]


def test_no_port_at_all_is_one_sentence(monkeypatch):
    def refuse(self, address):
        raise OSError

    monkeypatch.setattr(socket.socket, "bind", refuse)
    with pytest.raises(InputError) as caught:
        open_port(65530)
    assert "65530" in caught.value.findings[0].say("zh")
    assert "65535" in caught.value.findings[0].say("en")


def test_without_the_extra_it_is_one_sentence(monkeypatch):
    monkeypatch.setitem(sys.modules, "flask", None)
    result = CliRunner().invoke(app, ["app", "--no-browser", "--lang", "en"])
    assert result.exit_code == 2
    assert 'pip install "flask>=3.1"' in result.stderr
    assert "Traceback" not in result.output


def test_a_wrong_scenario_is_exit_2():
    result = CliRunner().invoke(app, ["app", "guangx", "--no-browser"])
    assert result.exit_code == 2
    assert "guangxi-13fyp" in result.stderr


def question(desk, **changes):
    """Return what a browser sends for an answer."""
    return {"settings": desk.own.model_dump(mode="json") | changes, "moved": "", "kept": None}


def ask(url, body):
    """Send a question; return the status and the answer."""
    request = urllib.request.Request(
        f"{url}/zh/answer", json.dumps(body).encode(), {"Content-Type": "application/json"}
    )
    with urllib.request.urlopen(request, timeout=60) as answer:
        return answer.status, json.load(answer)


def test_twenty_visitors_at_once_are_all_answered(desk, served, record_property):
    targets = [16 + n / 10 for n in range(VISITORS)]

    def visit(target):
        start = time.perf_counter()
        status, answer = ask(served, question(desk, target=target))
        return status, answer, time.perf_counter() - start

    with ThreadPoolExecutor(VISITORS) as pool:
        answers = list(pool.map(visit, targets))
    assert [status for status, _, _ in answers] == [200] * VISITORS
    assert [data["settings"]["target"] for _, data, _ in answers] == targets
    assert all(data["ok"] for _, data, _ in answers)
    record_property("slowest_of_twenty_s", max(seconds for _, _, seconds in answers))


def test_nonsense_is_refused_in_words(client):
    answer = client.post("/zh/answer", json={"settings": None}, headers={"Host": "localhost"})
    assert (answer.status_code, answer.json["ok"], answer.json["settings"]) == (400, False, None)
    assert answer.json["trouble"] == [LABELS.say(code, "zh") for code in ("app_unreadable", "app_stale")]


def test_the_totals_of_both_sides_stand_below_their_rates(client, desk):
    a = client.post("/zh/answer", json=question(desk)).json["kept"]
    own = desk.record.province.implied_reduction
    assert a["province"] == own
    body = question(desk, target=18.0, fixes={"450700": 18.0}) | {"kept": a}
    answer = client.post("/zh/answer", json=body).json
    head = answer["table"]["head"][1:]
    foot = dict(zip(head, answer["table"]["foot"]["cells"], strict=True))
    now = answer["kept"]["province"]
    assert foot["A 的下降目标（%）"] == f"{own * 100:.2f}"
    assert foot["下降目标（%）"] == f"{now * 100:.2f}"
    apart = f"{round(now * 100, 2) - round(own * 100, 2):+.2f}"
    assert foot["B 比 A（百分点）"] == foot["比方案原定（百分点）"] == apart
    assert answer["kept"]["changes"] == ["目标 18%", "商定值 钦州 18%"]


def test_what_is_kept_as_a_is_checked(client, desk):
    for kept in ({"verdict": 3}, {"verdict": "x", "changes": [], "rates": {"nowhere": 0.1}}):
        body = question(desk) | {"kept": kept}
        assert client.post("/zh/answer", json=body, headers={"Host": "localhost"}).status_code == 400


def test_a_rate_is_judged_before_it_is_given(client, desk):
    def said(region, rate):
        body = {"settings": question(desk)["settings"], "region": region, "rate": rate}
        answer = client.post("/zh/fix", json=body, headers={"Host": "localhost"})
        assert answer.status_code == 200
        return answer.json["ok"], "".join(answer.json["said"])

    for typed in ("18.5", "18.5%", "１８．５", " 18.50 "):
        assert said("450700", typed) == (True, "")
    assert said("450700", "18.3") == (False, "18.3 不是 0.5 的倍数，可填 18.0 或 18.5（%）。")
    assert said("450700", " ") == (False, LABELS.say("app_fix_rate", "zh"))
    assert said("", "18") == (False, LABELS.say("app_fix_region", "zh"))
    assert said("450700", "30") == (False, "“钦州”的商定值 30% 超出其上下限 10%–25%。")
    assert said("450700", "100000") == (False, "100000 不在 -99 与 99 之间。")
    for slip in ("18,5", "1,5", "abc"):  # a comma is no point
        ok, words = said("450700", slip)
        assert (ok, slip in words) == (False, True)
    ok, words = said("450700", "0.185")
    assert (ok, "18.5%" in words, "0.185%" in words) == (False, True, True)
    assert said("450700", "24.9") == (False, "24.9 不是 0.5 的倍数，可填 24.5 或 25.0（%）。")


def test_too_long_a_question_is_refused(client, desk):
    body = question(desk) | {"moved": "x" * 1_100_000}
    answer = client.post("/zh/answer", json=body, headers={"Host": "localhost"})
    assert answer.status_code == 413


@pytest.mark.parametrize(
    ("method", "path", "headers", "status", "code"),
    [
        ("GET", "/zh/", {"Host": "evil.example"}, 403, "app_stranger"),
        ("GET", "/", {"Host": "evil.example"}, 403, "app_stranger"),
        ("POST", "/en/answer", {"Origin": "http://evil.example"}, 403, "app_stranger"),
        ("GET", "/zh/nope", {}, 404, "app_no_page"),
        ("GET", "/nope", {}, 404, "app_no_page"),
        ("GET", "/en/answer", {}, 405, "app_no_such_way"),
        ("GET", "/assets/nope.js", {}, 404, "app_no_page"),
        ("POST", "/en/nope", {}, 404, "app_no_page"),
        ("PUT", "/zh/answer", {}, 405, "app_no_such_way"),
        ("DELETE", "/en/", {}, 405, "app_no_such_way"),
        ("POST", "/", {}, 405, "app_no_such_way"),
        ("POST", "/zh/answer", {"Content-Type": "application/json"}, 413, "app_too_long"),
    ],
)
def test_a_refusal_is_a_plain_sentence_in_the_language_of_the_page(client, method, path, headers, status, code):
    body = b"[" * 1_100_000 if status == 413 else b""
    answer = client.open(path, method=method, data=body, headers={"Host": "localhost", **headers})
    languages = [language for language in LANGUAGES if path.startswith(f"/{language}/")] or LANGUAGES
    assert answer.status_code == status
    assert answer.text.splitlines() == [LABELS.say(code, language) for language in languages]
    assert answer.content_type == "text/plain; charset=utf-8"
    usual = client.get("/zh/", headers={"Host": "localhost"}).headers
    assert {name: answer.headers[name] for name in SAFE} == {name: usual[name] for name in SAFE}


def test_a_failure_is_a_plain_sentence(desk, monkeypatch):
    application = web(desk, "en")
    monkeypatch.setattr("allocator.app.server.answer", lambda *_: 1 / 0)
    answer = application.test_client().post("/zh/answer", json=question(desk), headers={"Host": "localhost"})
    assert (answer.status_code, answer.text) == (500, LABELS.say("app_broken", "zh") + "\n")


def test_a_page_elsewhere_gets_no_answer(client, desk):
    headers = {"Host": "localhost", "Origin": "http://evil.example"}
    assert client.post("/zh/answer", json=question(desk), headers=headers).status_code == 403
