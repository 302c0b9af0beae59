"""Windows that are lent know nothing of each other, and reach nobody."""

import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from tests.browsers import file_window, followed, window

pytestmark = pytest.mark.browser

PAGE = (
    b"<!doctype html><title>x</title><a href='/next'>next</a><p id=path></p><script>path.innerText = location.pathname"
)
PAGE += b"</script>"
KEEP = """() => { localStorage.a = 1; sessionStorage.b = 2; document.cookie = "c=3"; return indexedDB.databases(); }"""
KEPT = "() => [localStorage.a ?? null, sessionStorage.b ?? null, document.cookie]"
ASK = "address => fetch(address, {mode: 'no-cors'}).then(() => 'reached', () => 'not reached')"


class Answer(BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.end_headers()
        self.wfile.write(PAGE)

    def log_message(self, *_):
        pass


@pytest.fixture(scope="module")
def url():
    with ThreadingHTTPServer(("127.0.0.1", 0), Answer) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


def test_a_window_knows_nothing_of_the_one_before_nor_of_the_one_beside(browser, url):
    for _ in range(2):
        with window(browser) as page:
            page.goto(url)
            assert page.evaluate(KEPT) == [None, None, ""]
            page.evaluate(KEEP)
            assert page.evaluate(KEPT) == ["1", "2", "c=3"]
            with window(browser, 390) as beside:
                beside.goto(url)
                assert beside.evaluate(KEPT) == [None, None, ""]
                assert [each.evaluate("innerWidth") for each in (page, beside)] == [1280, 390]


@pytest.mark.parametrize("address", ["http://example.com/", "http://192.0.2.1/", "http://[2001:db8::1]/"])
def test_what_is_asked_of_others_is_heard_and_leads_nowhere(browser, url, address):
    with window(browser) as page:
        page.goto(url)
        asked = []
        page.context.on("request", hear := lambda request: asked.append(request.url))
        assert page.evaluate(ASK, url) == "reached"
        assert page.evaluate(ASK, address) == "not reached"
        page.context.remove_listener("request", hear)
        assert asked == [url, address]


def test_a_route_is_gone_with_its_window(browser, url):
    with window(browser) as page:
        page.context.route("**/*", lambda route: route.abort())
    with window(browser) as page:
        page.goto(url)
        followed(page.get_by_role("link"))
        assert page.locator("#path").inner_text() == "/next"


def test_what_is_not_there_yet_is_waited_for(browser, url):
    with window(browser) as page:
        page.goto(url)
        page.evaluate(
            "() => { setTimeout(() => document.body.append(Object.assign(new Image(), {id: 'late'})), 200); }"
        )
        page.wait_for_function("id => document.getElementById(id).tagName === 'IMG'", arg="late")
        with pytest.raises(Exception, match="nothing_of_this_name"):
            page.wait_for_function("() => nothing_of_this_name")


def test_files_are_looked_at_without_network_one_after_the_other(browser, tmp_path):
    seen = []
    for text in ("one", "other"):
        (tmp_path / f"{text}.html").write_text(f"<p>{text}", "utf-8")
        with file_window(browser, tmp_path / f"{text}.html") as (page, address):
            page.goto(address)
            seen.append((page.locator("p").inner_text(), page.evaluate("navigator.onLine")))
    assert seen == [("one", False), ("other", False)]
