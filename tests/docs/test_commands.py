"""Every command that the docs name runs, every option that they name exists, their Python runs."""

import re

import pytest
import typer

from allocator.cli import app
from tests.docs.commands import ELSEWHERE, FENCE, UNBACKED, Folder, meant, named
from tests.docs.example import DOCS, PAGES, ROOT

EVERYWHERE = {"--help"}
PYTHON = re.compile(r"^```python\n(.*?)^```", re.DOTALL | re.MULTILINE)


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    with pytest.MonkeyPatch.context() as patch:
        path = tmp_path_factory.mktemp("docs")
        patch.chdir(path)
        made = Folder(path)
        for first in ("plan guangxi-13fyp", "plan accounting-example", "negotiate guangxi-13fyp --fix 钦州=18%",
                      "init forms/2018 --assessment --scenario guangxi-13fyp",
                      "init city-forms --assessment --scenario guangxi-13fyp --split"):  # fmt: skip
            code, said = made.run(["allocator", *first.split()])
            assert code == 0, said
        yield made


def test_every_command_runs(folder):
    failed = []
    for command, pages in named().items():
        words = meant(command)
        if words is None:
            continue
        code, said = folder.run(words)
        expected = (1,) if " ".join(words[1:]).startswith(UNBACKED) else (0,)
        if code not in expected:
            failed.append((sorted(pages), command, words, code, said[-400:]))
    assert not failed, "\n".join(map(str, failed))


def test_what_is_not_run_is_named_by_the_docs():
    assert {*ELSEWHERE} <= {*named()}


def test_every_option_exists():
    commands = typer.main.get_command(app).commands.values()
    known = {
        name for command in commands for option in command.params for name in (*option.opts, *option.secondary_opts)
    }
    for page in PAGES:
        code = re.findall(r"`[^`]*`", FENCE.sub("", page.read_text("utf-8")))
        named_here = {name for one in code for name in re.findall(r"(?<![\w-])--[a-z][a-z-]+", one)}
        assert named_here - known - EVERYWHERE == set(), page.name


@pytest.mark.parametrize("page", [ROOT / "README.md", DOCS / "api.md"], ids=lambda page: page.name)
def test_the_python_runs(folder, page, capsys):
    blocks = PYTHON.findall(page.read_text("utf-8"))
    assert blocks
    for block in blocks:
        exec(compile(block, page.name, "exec"), {})
