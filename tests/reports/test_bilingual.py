"""One page says two languages: nothing is lost of either, and what both say stands there once."""

import re
from html import unescape

import pytest

from reports.planning import page
from reports.planning.page import report_html
from reports.printing.bilingual import both_texts, both_values
from reports.printing.pages import heading
from scenarios.wording import LANGUAGES
from tests.browsers import file_window


def as_second(said):
    """Return a body as it stands once the language is switched, without its tags' attributes."""
    return re.sub(r"<(\w+)[^>]*>", r"<\1>", re.sub(r"<!--(.*?)-->[^<]*", r"\1", said))


def bodies(record):
    return [
        page._body(record, language, page._Beside(), page._figures(record, language, None)) for language in LANGUAGES
    ]


@pytest.mark.parametrize("made", ["guangxi_plan", "incentive_plan", "bounded_plan", "full_plan", "hostile_plan"])
def test_the_second_language_is_whole(made, request):
    first, second = bodies(request.getfixturevalue(made).record)
    said = str(both_texts(first, second))
    assert as_second(said) == as_second(second)
    assert re.sub(r"<!--.*?-->| data-other=\"[^\"]*\"", "", said) == first
    assert len(said) < 0.8 * (len(first) + len(second))


def test_a_text_and_an_attribute():
    first, second = '<p title="甲 &#34;">中 &lt;</p><td>1.00</td>', '<p title="A &#34;">text &amp;</p><td>1.00</td>'
    assert both_texts(first, second) == (
        '<p title="甲 &#34;" data-other="{&quot;title&quot;: &quot;A \\&quot;&quot;}"><!--text &amp;-->中 &lt;</p>'
        "<td>1.00</td>"
    )


def test_other_tags_are_refused():
    with pytest.raises(ValueError, match="argument"):
        both_texts("<p>a</p>", "<p><b>a</b></p>")


def test_a_header_has_the_same_tags_with_and_without_a_unit():
    assert heading("目标（%）") == "目标<span class=unit>（%）</span>"
    assert heading("rate (%)") == "rate<span class=unit>(%)</span>"
    assert heading("class") == "class<span class=unit></span>"


def test_values_that_differ_are_said_twice():
    first = {"data": [{"x": ["甲", "乙"], "y": [1, 2], "name": "率"}], "layout": {"title": None}, "last": None}
    second = {"data": [{"x": ["A", "B"], "y": [1, 2], "name": "rate"}], "layout": {"title": None}, "last": None}
    assert both_values(first, second) == {
        "data": [{"x": {"said": [["甲", "乙"], ["A", "B"]]}, "y": [1, 2], "name": {"said": ["率", "rate"]}}],
        "layout": {"title": None},
        "last": None,
    }


@pytest.mark.browser
@pytest.mark.parametrize("made", ["full_plan", "hostile_plan"])
def test_switched_is_written_in_the_other_language(browser, made, request, tmp_path, monkeypatch):
    monkeypatch.setattr("plotly.offline.get_plotlyjs", lambda: "const Plotly = {newPlot: () => {}};")
    record, seen = request.getfixturevalue(made).record, []
    look = """() => [document.documentElement.lang, document.title, document.getElementById("page").innerText,
        [...document.querySelectorAll("#page [aria-label]")].map(each => each.getAttribute("aria-label"))]"""
    for language in LANGUAGES:
        path = tmp_path / f"{language}.html"
        path.write_text(report_html(record, language), "utf-8")
        with file_window(browser, path) as (opened, address):
            opened.goto(address)
            own = opened.evaluate(look)
            opened.click("#switch")
            other = opened.evaluate(look)
            opened.click("#switch")
            assert opened.evaluate(look) == own
        seen.append((own, other))
    assert seen[0] == (seen[1][1], seen[1][0])
    assert unescape(seen[0][0][1]) == record.scenario.title.zh
