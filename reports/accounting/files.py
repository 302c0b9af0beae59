"""An account as files: every line as CSV, all tables as a workbook, and one offline page."""

from __future__ import annotations

import html

from reports.accounting.rebasing import Rebasing
from reports.accounting.tables import blocks, by_fuel, lines_block
from reports.printing.book import Book, widths
from reports.printing.looks import FONT, Figure
from reports.printing.pages import offline_page
from reports.printing.table import csv_text
from reports.words import LABELS
from scenarios.accounting.gdp import ConstantGdp
from scenarios.accounting.ledger import Account
from scenarios.tables.text_table import escape_text
from scenarios.wording import Language

_BARS = ("#0B4882", "#5E93C4", "#A4CBEB", "#A05400", "#FAD08C", "#005C46", "#9EDAC6", "#6E265A", "#E4B8D4", "#8A8A8A")


def account_csv(account: Account, language: Language) -> str:
    """Return every line with its factor and source."""
    block = lines_block(account, language)
    rows = ([escape_text(v) if isinstance(v, str) else v for v in row] for row in block.rows)
    return csv_text([block.headers, *rows], end="\n")


def account_workbook(
    account: Account, language: Language, gdp: ConstantGdp | None = None, rebased: Rebasing | None = None
) -> bytes:
    """Return the tables of an account as a workbook, a sheet each."""
    book = Book()
    head = book.style(bold=True, bg_color="#DCE8F4", border=1, text_wrap=True)
    numbers = {n: book.style(num_format=f"#,##0.{'0' * n}".rstrip(".")) for n in range(5)}
    for block in blocks(account, language, gdp, rebased):
        sheet = book.sheet(LABELS.say(f"sheet_{block.code}", language))
        sheet.write_string(0, 0, block.title)
        for column, header in enumerate(block.headers):
            sheet.write_string(1, column, header, head)
        for n, row in enumerate(block.rows, 2):
            number = numbers[block.digits[n - 2] if block.digits else 4]
            for column, value in enumerate(row):
                if isinstance(value, str):
                    sheet.write_string(n, column, value)
                else:
                    plain = isinstance(value, int) or column in block.general
                    sheet.write_number(n, column, value, None if plain else number)
        widths(sheet, [16] * len(block.headers))
        sheet.freeze_panes(2, 1)
    return book.content()


def account_html(
    account: Account,
    title: str,
    statements: list[str],
    language: Language,
    gdp: ConstantGdp | None = None,
    rebased: Rebasing | None = None,
) -> str:
    """Return one offline page: the sentences, a stacked chart by city and fuel, the tables."""
    return offline_page(
        "account.html",
        language,
        title=title,
        statements=statements,
        chart_title=LABELS.say("account_chart", language, year=account.table.years[-1]),
        figures={"account": account_figure(account, language)},
        blocks=blocks(account, language, gdp, rebased),
    )


def account_figure(account: Account, language: Language) -> Figure:
    """Return the last year's emissions by city, stacked by fuel."""
    block = by_fuel(account, language)
    cities = [html.escape(str(row[0])) for row in block.rows]
    bars = [
        {
            "type": "bar", "x": cities, "y": [row[k] for row in block.rows], "name": html.escape(name),
            "marker": {"color": _BARS[(k - 1) % len(_BARS)], "line": {"width": 0.8, "color": "#ffffff"}},
            "hovertemplate": "%{x}<br>" + html.escape(name).replace("%", "&#37;") + " %{y:,.2f}<extra></extra>",
        }
        for k, name in enumerate(block.headers[1:-1], 1)
    ]  # fmt: skip
    layout = {
        "barmode": "relative", "font": {"family": FONT, "size": 13},
        "margin": {"l": 56, "r": 12, "t": 24, "b": 40},
        "legend": {"orientation": "h", "y": 1.02, "yanchor": "bottom", "x": 0},
        "yaxis": {"title": {"text": LABELS.say("emissions_line", language)}, "automargin": True, "tickformat": ","},
        "xaxis": {"type": "category", "automargin": True},
    }  # fmt: skip
    return {"data": bars, "layout": layout}
