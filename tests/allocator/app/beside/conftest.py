"""A page beside the plan, in a browser that is watched."""

from contextlib import contextmanager

import pytest

from tests.allocator.app.conftest import watched

HERE = {"Host": "localhost"}


@contextmanager
def opened(browser, url, path, width=1280):
    """Open a page beside the plan and wait until it says which plan it is about."""
    with watched(browser, url, width, path) as seen:
        stands(seen.page)
        yield seen


def stands(page):
    """Wait until a page beside the plan has the plan's verdict."""
    page.wait_for_selector("#plan-verdict.backed, #plan-verdict.not_backed")


def narrow_and_accessible(page):
    """Hold that nothing hangs over the side and that axe finds nothing."""
    from axe_playwright_python.sync_playwright import Axe

    widths = page.evaluate("[document.documentElement.scrollWidth, document.documentElement.clientWidth]")
    assert widths[0] <= widths[1], widths
    assert Axe().run(page).response["violations"] == []


@pytest.fixture(scope="session")
def open_page(browser):
    """Return a function that opens a page beside the plan."""

    def open_it(url, path, **more):
        return opened(browser, url, path, **more)

    return open_it
