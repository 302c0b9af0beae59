"""What no page of ours sends to the pages beside the plan: 4xx on every route, in words."""

import pytest

pytest.importorskip("flask", reason="the extra `ui` is not installed")

from allocator.app.beside.pages import PAGES
from allocator.app.beside.uploads import OfTable
from allocator.app.server import web
from tests.allocator.app.beside.conftest import HERE
from tests.allocator.app.test_malformed import JSON, KINDS, RAW

ASKED = [(name, question) for name, page in PAGES.items() for question in page.questions]
FORM = "multipart/form-data; boundary=x"


@pytest.mark.parametrize(("page", "question"), ASKED)
def test_what_is_malformed_is_refused(desk, page, question):
    client, path = web(desk, "zh").test_client(), f"/en/{page}/{question}"
    for raw in RAW:
        assert client.post(path, data=raw, content_type=JSON, headers=HERE).status_code in (400, 413), raw[:40]
    for kind in KINDS:
        answer = client.post(path, data=b'{"settings": {}}', content_type=kind, headers=HERE)
        assert answer.status_code in (400, 415), kind
    of_table = issubclass(PAGES[page].questions[question][0], OfTable)
    empty = client.post(path, data=b"--x--\r\n", content_type=FORM, headers=HERE)
    assert empty.status_code == (400 if of_table else 415)
    assert client.get(path, headers=HERE).status_code == 405
    assert client.post(path, json={}, headers=HERE | {"Sec-Fetch-Site": "cross-site"}).status_code == 403


def test_every_page_says_its_way_to_the_others(desk):
    for language in ("zh", "en"):
        client = web(desk, language).test_client()
        for here in ("", *PAGES):
            text = client.get(f"/{language}/{here}", headers=HERE).text
            for there in PAGES:
                current = ' aria-current="page"' if there == here else ""
                assert f'<a href="{there}"{current}>' in text
