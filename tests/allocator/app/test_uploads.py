"""Files that are dropped on pages: one limit for all of them, said with the size of the file."""

import io
import json
import zipfile

import pytest

pytest.importorskip("flask", reason="the extra `ui` is not installed")

from allocator.app.desk import Desk
from allocator.app.server import start, web
from allocator.app.shelf import Shelf
from allocator.app.uploads import MOST_BYTES, MOST_MEGABYTES, limits
from allocator.starting import template

HERE = {"Host": "localhost"}


def padded(size):
    """Return a scenario workbook that is valid and so many bytes large."""
    stream = io.BytesIO(template("zh"))
    with zipfile.ZipFile(stream, "a", zipfile.ZIP_STORED) as archive:
        archive.writestr("xl/media/picture.png", bytes(size))
    return stream.getvalue()


def dropped(client, path, raw, name):
    """Return what a page answers to a file."""
    if path.endswith("upload"):
        return client.post(f"{path}?name={name}", data=raw, headers=HERE)
    settings = {"settings": json.loads(client.settings), "accepted": {}, "table": ""}
    edge, head = b"--edge\r\n", b"Content-Disposition: form-data; name="
    parts = [head + b'"asked"\r\n\r\n' + json.dumps(settings).encode()]
    parts += [head + f'"file"; filename="{name}"\r\n\r\n'.encode() + raw]
    body = edge + (b"\r\n" + edge).join(parts) + b"\r\n--edge--\r\n"
    return client.post(path, data=body, headers=HERE, content_type="multipart/form-data; boundary=edge")


@pytest.fixture(scope="module")
def clients(tmp_path_factory):
    """Return a client of the start page and one of a scenario, with their places for files."""
    folder = tmp_path_factory.mktemp("uploads")
    desk = Desk.open("guangxi-13fyp", folder=folder / "rounds")
    of_desk, of_start = web(desk, "zh").test_client(), start(Shelf(folder / "own"), "zh").test_client()
    of_desk.settings = desk.own.model_dump_json()
    return {"upload": of_start, "check/table": of_desk, "track/table": of_desk}


@pytest.mark.parametrize("place", ["upload", "check/table", "track/table"])
@pytest.mark.parametrize(
    ("language", "size", "said"),
    [
        ("zh", MOST_BYTES, "文件有 20.1 MB，超过了上限 20 MB"),
        ("en", 2 * MOST_BYTES, "the file has 40.1 MB and at most 20 MB are taken"),
    ],
)
def test_every_page_has_the_same_limit_and_names_it(clients, tmp_path, place, language, size, said):
    raw = padded(size)
    answer = dropped(clients[place], f"/{language}/{place}", raw, "big.xlsx")
    assert answer.status_code == 200
    told = "".join(answer.json["said"] if place == "upload" else answer.json["trouble"])
    assert said in told, told


def test_garbage_is_called_what_it_is_and_no_password_is_spoken_of(clients):
    for place in clients:
        answer = dropped(clients[place], f"/zh/{place}", bytes(range(256)) * 400, "方案.xlsx")
        told = "".join(answer.json["said"] if place == "upload" else answer.json["trouble"])
        assert "内容却是认不出的数据" in told
        assert "密码" not in told


def test_the_page_says_it_before_anything_is_sent(clients):
    for language, unit in (("zh", "文件有 {size} MB"), ("en", "has {size} MB")):
        assert unit in limits(language)["large"]
        for place, path in (("upload", ""), ("check/table", "check"), ("track/table", "track")):
            page = clients[place].get(f"/{language}/{path}", headers=HERE).get_data(as_text=True)
            assert f'data-limit="{MOST_BYTES}"' in page
            assert unit in page
    assert MOST_MEGABYTES * 1_000_000 == MOST_BYTES
