"""Windows of the one browser of a session, lent to test after test.

A new context is a new process that reads plotly.js and the fonts again: four times the work of a page in one that has
them. So contexts are lent, each to one window at a time, and given back with nothing in them that a page could find.
What is asked of others is noted by the browser's own events and led nowhere by `ALONE`: a route would do both, and
switches every cache off.
"""

import shutil
import tempfile
from contextlib import contextmanager
from functools import partial
from pathlib import Path

ALONE = "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost"
"""No name and no address but our own leads anywhere."""
TOGETHER = "--process-per-site"
"""Windows of one site in one process, whatever the port: it keeps what it has read."""

_KEPT = "http://127.0.0.1:9/"
"""Never asked for: the page that keeps the process of a context between two windows."""
_PATIENCE = 120_000
"""A machine under load is not a failure: milliseconds."""

_at_rest, _folders = {"served": [], "files": []}, []


@contextmanager
def window(browser, width=1280):
    """Lend a page of its own in a context that nobody else has meanwhile, and that knows of nothing before."""
    with _lent("served", lambda: _keeper_of_served(browser)) as keeper:
        yield _page(keeper, width)


@contextmanager
def file_window(browser, path, width=1280):
    """Lend a page without network and the address of a copy of the file: one for all, or scripts are read anew."""
    with _lent("files", lambda: _keeper_of_files(browser)) as keeper:
        address = keeper.folder / "shown.html"
        shutil.copyfile(path, address)
        yield _page(keeper, width), address.as_uri()


def forgotten():
    """Remove the copies of the files that were looked at."""
    while _folders:
        shutil.rmtree(_folders.pop())


@contextmanager
def _lent(kind, fresh):
    keeper = _at_rest[kind].pop() if _at_rest[kind] else fresh()
    try:
        yield keeper
    finally:
        _emptied(keeper)
        _at_rest[kind].append(keeper)


def followed(link):
    """Follow a link until the page that it leads to is there: what is looked at before may be of either page."""
    with link.page.expect_navigation():
        link.click()


def _page(keeper, width):
    page = keeper.context.new_page()
    page.wait_for_function = partial(_wait_for, page.wait_for_function)
    page.set_viewport_size({"width": width, "height": 900})
    page.set_default_timeout(_PATIENCE)
    return page


def _wait_for(wait, condition, **more):
    """Wait for a condition; one that speaks of an element that is not there, or not yet, does not hold."""
    begins = f"arg => {{ try {{ const said = ({condition}); return typeof said === 'function' ? said(arg) : said; }}"
    ends = "catch (missing) { if (missing instanceof TypeError) return false; throw missing; } }"
    return wait(f"{begins} {ends}", **more)


def _keeper_of_served(browser):
    """Return the page that keeps a new context."""
    page = browser.new_context(accept_downloads=True).new_page()
    page.route("**/*", lambda route: route.fulfill(body="<title>kept</title>", content_type="text/html"))
    page.goto(_KEPT)
    page.unroute("**/*")
    return page


def _keeper_of_files(browser):
    """Return the page that keeps a new context without network; beside it, files are looked at."""
    page = browser.new_context(offline=True).new_page()
    page.folder = Path(tempfile.mkdtemp(prefix="looked-at-"))
    _folders.append(page.folder)
    (page.folder / "kept.html").write_text("<title>kept</title>", "utf-8")
    page.goto((page.folder / "kept.html").as_uri())
    return page


def _emptied(keeper):
    """Close every window but the keeper, and forget what they left."""
    context = keeper.context
    context.unroute_all(behavior="ignoreErrors")
    for page in context.pages:
        if page is not keeper:
            page.close()
    context.clear_cookies()
    clearing = context.new_cdp_session(keeper)
    clearing.send("Storage.clearDataForOrigin", {"origin": "*", "storageTypes": "all"})
    clearing.detach()
