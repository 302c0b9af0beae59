"""Both languages say the same, and every word is used."""

import ast
import re
from pathlib import Path
from string import Formatter

import allocator.tracking
import reports.tracking
from reports.words.tracking import WORDS


def placeholders(text):
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None and not name.startswith("q.")}


def test_both_languages_name_the_same_values():
    for code, text in WORDS.texts.items():
        assert text.zh, code
        assert text.en, code
        assert placeholders(text.zh) == placeholders(text.en), code


def test_every_word_is_used():
    """Named in the code or in the page, or put together from a prefix and a code."""
    prefixes = ("blank_",
        "c_", "h_", "t_", "tab_", "unit_", "verdict_", "path_", "project_", "light_", "total_light_", "total_forecast_",
        "total_end_", "resplit_both_",
    )  # fmt: skip
    used = set()
    for package in (allocator.tracking, reports.tracking):
        for path in Path(package.__file__).parent.glob("*.py"):
            if path.name != "words.py":
                nodes = ast.walk(ast.parse(path.read_text("utf-8")))
                used |= {n.value for n in nodes if isinstance(n, ast.Constant) and isinstance(n.value, str)}
    page = (Path(reports.tracking.__file__).parent.parent / "templates" / "track.html").read_text("utf-8")
    used |= set(re.findall(r"\w+", page))
    unnamed = {code for code in WORDS.texts if code not in used and not code.startswith(prefixes)}
    assert {code.removesuffix("_alt") for code in unnamed} <= used
