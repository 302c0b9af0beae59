"""What no page of ours sends to the pages beside the plan: 4xx on every route, in words."""

import errno
import json
import tempfile

import pytest

pytest.importorskip("flask", reason="the extra `ui` is not installed")

from werkzeug.datastructures import FileStorage

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


@pytest.mark.parametrize("table", ["/etc/passwd", "regions.csv", "../x.csv", "nope", "PUBLISHED"])
def test_only_tables_that_the_page_offers_are_read(desk, table):
    client, own = web(desk, "zh").test_client(), desk.own.model_dump(mode="json")
    asked = [("check/table", {"table": table}), ("check/marked", {"table": table}), ("track/table", {"table": table}),
             ("track/table", {"targets": table}), ("track/table", {"resplit": 1}),
             ("check/round", {"table": table, "reason": "x"})]  # fmt: skip
    for path, more in asked:
        answer = client.post(f"/zh/{path}", json={"settings": own, **more}, headers=HERE)
        assert answer.status_code == 400, path
    assert client.post("/zh/check/table", json={"settings": own, "table": "published"}, headers=HERE).json["ok"]


def sent(desk, size):
    """Return the body and the type of a question about a table of so many bytes."""
    head = json.dumps({"settings": desk.own.model_dump(mode="json")})
    parts = (
        '--x\r\nContent-Disposition: form-data; name="asked"\r\n\r\n' + head,
        '\r\n--x\r\nContent-Disposition: form-data; name="file"; filename="a.csv"\r\n\r\n' + "x" * size,
        "\r\n--x--\r\n",
    )
    return {"data": "".join(parts).encode(), "content_type": FORM, "headers": HERE}


@pytest.mark.parametrize("size", [100, 800_000])  # in memory, and in a file of its own
@pytest.mark.parametrize("path", ["check/table", "check/marked", "track/table", "track/files"])
def test_a_temporary_folder_that_is_gone_is_said_in_words(desk, tmp_path, monkeypatch, size, path):
    client = web(desk, "zh").test_client()
    for language, said in (("zh", "路径不存在"), ("en", "no such path")):
        with monkeypatch.context() as patched:
            patched.setattr(tempfile, "tempdir", str(tmp_path / "gone"))
            answer = client.post(f"/{language}/{path}", **sent(desk, size))
        assert answer.status_code == 200
        assert not answer.json["ok"]
        assert said in answer.json["trouble"][0]


def test_a_full_disk_is_said_and_nothing_is_left_on_it(desk, tmp_path, monkeypatch):
    def full(self, target, *_more):
        target.write_bytes(b"x" * 10)
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    monkeypatch.setattr(FileStorage, "save", full)
    client = web(desk, "zh").test_client()
    for language, said in (("zh", "磁盘已满"), ("en", "the disk is full")):
        answer = client.post(f"/{language}/check/table", **sent(desk, 100))
        assert said in answer.json["trouble"][0]
    assert [*tmp_path.iterdir()] == []


def test_every_page_says_its_way_to_the_others(desk):
    for language in ("zh", "en"):
        client = web(desk, language).test_client()
        for here in ("", *PAGES):
            text = client.get(f"/{language}/{here}", headers=HERE).text
            for there in PAGES:
                current = ' aria-current="page"' if there == here else ""
                assert f'<a href="{there}"{current}>' in text
