"""An account for people: tables by city, fuel and sector, the options with their residuals, every factor's source."""

from __future__ import annotations

import csv
import html
import io
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from fractions import Fraction
from importlib.resources import files

import jinja2
from markupsafe import Markup

from reports.labels import LABELS
from reports.numbers import minus
from reports.record import EnergyRecord
from scenarios.emissions.electricity import Residual
from scenarios.emissions.ledger import Account, Line, YearAccount
from scenarios.emissions.scopes import counted, sources
from scenarios.emissions.table import NON_ENERGY, POWER, PROVINCE
from scenarios.emissions.units import INNER
from scenarios.load import Scenario
from scenarios.schema_types import Words
from scenarios.sheets import escape_text
from scenarios.wording import Language

Value = str | int | float

_BARS = ("#0B4882", "#5E93C4", "#A4CBEB", "#A05400", "#FAD08C", "#005C46", "#9EDAC6", "#6E265A", "#E4B8D4", "#8A8A8A")


@dataclass(frozen=True)
class Block:
    """One table: a code for its file or sheet, a title, headers, rows; numbers are numbers, 万吨 CO2 or as said."""

    code: str
    title: str
    headers: tuple[str, ...]
    rows: tuple[tuple[Value, ...], ...]


def blocks(account: Account, language: Language) -> list[Block]:
    """Return the tables of an account."""
    year = account.table.years[-1]
    return [
        _totals(account, language),
        _pivot(account, year, "by_fuel", lambda line: item_name(line, language), language),
        _pivot(account, year, "by_sector", lambda line: sector_name(line, language), language),
        _options(account, language),
        _lines(account, language),
        _boundary(account, language),
    ]


def item_name(line: Line, language: Language) -> str:
    """Return what a line is of."""
    return line.item.zh if language == "zh" else line.item.en


def sector_name(line: Line, language: Language) -> str:
    """Return a line's sector; electricity between regions has none of its own."""
    known = {POWER: "sector_power", NON_ENERGY: "sector_non_energy", "": "sector_none"}
    return LABELS.say(known[line.sector], language) if line.sector in known else line.sector


def region_name(account: Account, region: int, language: Language) -> str:
    """Return a city's name, or the province's."""
    return LABELS.say("total_province", language) if region == PROVINCE else account.table.names[region]


def in_10kt(tonnes: Fraction | None) -> float:
    """Return tonnes in 万吨, as the nearest double."""
    return 0.0 if tonnes is None else float(tonnes / 10_000)


def shown(tonnes: Fraction, digits: int = 2) -> str:
    """Return tonnes as text in 万吨, never a negative zero."""
    text = f"{in_10kt(tonnes):,.{digits}f}"
    return minus(text.removeprefix("-") if not float(text.replace(",", "")) else text)


def _totals(account: Account, language: Language) -> Block:
    years = account.table.years
    rows: list[tuple[Value, ...]] = [
        (name, *(in_10kt(account.years[year].totals[n]) for year in years))
        for n, name in enumerate(account.table.names)
    ]
    rows.append((LABELS.say("sum_of_cities", language), *(in_10kt(account.years[year].total) for year in years)))
    if all(account.years[year].province is not None for year in years):
        said = {"total_province": "province", "residual": "residual"}
        for code, name in said.items():
            values = (getattr(account.years[year], name) for year in years)
            rows.append((LABELS.say(code, language), *map(in_10kt, values)))
    return _block("totals", language, (LABELS.say("name", language), *map(str, years)), rows)


def _pivot(account: Account, year: int, code: str, key: Callable[[Line], str], language: Language) -> Block:
    lines = [line for line in account.lines if line.year == year and line.counted and line.region != PROVINCE]
    names = list(dict.fromkeys(key(line) for line in lines))
    rows: list[tuple[Value, ...]] = []
    for n, city in enumerate(account.table.names):
        own = [line for line in lines if line.region == n]
        sums = (sum((line.tonnes for line in own if key(line) == name), Fraction(0)) for name in names)
        rows.append((city, *map(in_10kt, sums), in_10kt(account.years[year].totals[n])))
    headers = (LABELS.say("name", language), *names, LABELS.say("sum", language))
    return _block(code, language, headers, rows, year=year)


def _options(account: Account, language: Language) -> Block:
    codes = ("year", "option", "sum_of_cities", "residual", "residual_fuels", "counted_twice", "left_out")
    rows = [
        (
            year, LABELS.say(f"option_{one.option}", language), in_10kt(one.total), in_10kt(one.residual),
            in_10kt(one.fossil), in_10kt(one.counted_twice), in_10kt(one.left_out),
        )
        for year in account.table.years
        for one in account.years[year].residuals
    ]  # fmt: skip
    return _block("options", language, tuple(LABELS.say(code, language) for code in codes), rows)


def _lines(account: Account, language: Language) -> Block:
    codes = (
        "name", "year", "sector", "fuel", "amount", "unit", "factor", "factor_unit", "factor_year", "factor_source",
        "emissions_line", "counted_line",
    )  # fmt: skip
    yes, no = LABELS.say("yes", language), LABELS.say("no", language)
    rows = [
        (
            region_name(account, line.region, language), line.year, sector_name(line, language),
            item_name(line, language), float(line.amount), INNER[line.item.dimension], float(line.factor.value),
            line.factor.unit, line.factor.year, line.factor.source, in_10kt(line.tonnes),
            yes if line.counted else no,
        )
        for line in account.lines
    ]  # fmt: skip
    return _block("lines", language, tuple(LABELS.say(code, language) for code in codes), rows)


def _boundary(account: Account, language: Language) -> Block:
    codes = ("domain", "source", "gases_counted")
    zh = language == "zh"
    rows = [
        (s.domain_zh if zh else s.domain_en, s.zh if zh else s.en, "、".join(counted(account.settings.scope, s)) or "—")
        for s in sources()
    ]
    return _block("boundary", language, tuple(LABELS.say(code, language) for code in codes), rows)


def _block(
    code: str, language: Language, headers: tuple[str, ...], rows: Iterable[tuple[Value, ...]], **values: object
) -> Block:
    return Block(code, LABELS.say(f"block_{code}", language, **values), headers, tuple(rows))


def factor_sentences(account: Account, language: Language, year: int | None = None) -> list[str]:
    """Return every factor used, in all years or one, with its source: each once."""
    lines = (line for line in account.lines if year in (None, line.year))
    return list(
        dict.fromkeys(
            LABELS.say(
                "account_factor", language, name=item_name(line, language), value=f"{float(line.factor.value):.6g}",
                unit=line.factor.unit, year=line.factor.year, source=line.factor.source,
            )
            for line in lines
        )
    )  # fmt: skip


def energy_record(scenario: Scenario) -> EnergyRecord | None:
    """Return what plan.json says of the account behind its emissions; None where there is none."""
    asked, done = scenario.file.energy, scenario.energy
    if asked is None or done is None:
        return None
    base = done.account.years[scenario.file.period.base]
    scope = done.account.settings.scope
    return EnergyRecord(
        table=asked.file,
        scope=scope.key,
        scope_words=Words(zh=scope.zh, en=scope.en),
        option=base.option,
        vintage=asked.vintage,
        sum_10kt=in_10kt(base.total),
        province_10kt=None if base.province is None else in_10kt(base.province),
        residual_10kt=None if base.residual is None else in_10kt(base.residual),
        factors=tuple(factor_sentences(done.account, "en", base.year)),
    )


def energy_note(scenario: Scenario) -> Words | None:
    """Return how the base year's emissions came about: scope, option, vintage, sum and residual."""
    asked, done = scenario.file.energy, scenario.energy
    if asked is None or done is None:
        return None
    return Words(zh=_note(scenario, done.account, "zh"), en=_note(scenario, done.account, "en"))


def _note(scenario: Scenario, account: Account, language: Language) -> str:
    base, scope = account.years[scenario.file.period.base], account.settings.scope
    vintage = scenario.file.energy.vintage if scenario.file.energy else None
    gap = "" if language == "zh" else " "
    return LABELS.say(
        "account_note", language, scope=scope.zh if language == "zh" else scope.en,
        option=LABELS.say(f"option_{base.option}", language), sums=year_sentence(base, language),
        vintage="" if vintage is None else LABELS.say("account_vintage", language, vintage=vintage.say(language)) + gap,
    )  # fmt: skip


def year_sentence(year: YearAccount, language: Language) -> str:
    """Return a year's sum of cities, and its residual against the province where there is one."""
    if year.province is None or year.residual is None:
        return LABELS.say("account_year_alone", language, year=year.year, total=shown(year.total))
    return LABELS.say(
        "account_year", language, year=year.year, total=shown(year.total), province=shown(year.province),
        residual=shown(year.residual),
    )  # fmt: skip


def residual_sentence(one: Residual, language: Language) -> str:
    """Return an option's sum and residual, and what it counts twice or leaves out."""
    text = LABELS.say(
        "account_option", language, option=LABELS.say(f"option_{one.option}", language),
        total=shown(one.total), residual=shown(one.residual),
    )  # fmt: skip
    for code, amount in (("account_twice", one.counted_twice), ("account_left_out", one.left_out)):
        if amount:
            text += LABELS.say(code, language, amount=shown(amount))
    return text + ("。" if language == "zh" else ".")


def account_csv(account: Account, language: Language) -> str:
    """Return every line with its factor and source."""
    block = _lines(account, language)
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(block.headers)
    writer.writerows([escape_text(v) if isinstance(v, str) else v for v in row] for row in block.rows)
    return stream.getvalue()


def account_workbook(account: Account, language: Language) -> bytes:
    """Return the tables of an account as a workbook, a sheet each."""
    import xlsxwriter

    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, {"in_memory": True}) as book:
        head = book.add_format({"bold": True, "bg_color": "#DCE8F4", "border": 1, "text_wrap": True})
        number = book.add_format({"num_format": "#,##0.0000"})
        for block in blocks(account, language):
            sheet = book.add_worksheet(LABELS.say(f"sheet_{block.code}", language))
            sheet.write_string(0, 0, block.title)
            for column, header in enumerate(block.headers):
                sheet.write_string(1, column, header, head)
            for n, row in enumerate(block.rows, 2):
                for column, value in enumerate(row):
                    if isinstance(value, str):
                        sheet.write_string(n, column, value)
                    else:
                        sheet.write_number(n, column, value, None if isinstance(value, int) else number)
            sheet.set_column(0, len(block.headers) - 1, 16)
            sheet.freeze_panes(2, 1)
    return stream.getvalue()


def account_html(account: Account, title: str, statements: list[str], language: Language) -> str:
    """Return one offline page: the sentences, a stacked chart by city and fuel, the tables."""
    from plotly.offline import get_plotlyjs

    environment = jinja2.Environment(
        autoescape=True, undefined=jinja2.StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    template = environment.from_string((files("reports") / "templates" / "account.html").read_text("utf-8"))
    return template.render(
        language="zh-CN" if language == "zh" else "en",
        title=title,
        statements=statements,
        chart=Markup(_chart(account, language)),
        blocks=blocks(account, language),
        show=lambda value: minus(f"{value:,.4f}") if isinstance(value, float) else value,
        plotlyjs=Markup(get_plotlyjs()),
    )


def _chart(account: Account, language: Language) -> str:
    """Return the last year's emissions by city, stacked by fuel, as an HTML fragment."""
    import plotly.graph_objects as go

    from reports.figures import CONFIG, FONT

    block = _pivot(account, account.table.years[-1], "by_fuel", lambda line: item_name(line, language), language)
    cities = [html.escape(str(row[0])) for row in block.rows]
    bars = [
        go.Bar(
            x=cities, y=[row[k] for row in block.rows], name=html.escape(name),
            marker={"color": _BARS[(k - 1) % len(_BARS)], "line": {"width": 0.8, "color": "#ffffff"}},
            hovertemplate="%{x}<br>" + html.escape(name).replace("%", "&#37;") + " %{y:,.2f}<extra></extra>",
        )
        for k, name in enumerate(block.headers[1:-1], 1)
    ]  # fmt: skip
    figure = go.Figure(bars)
    figure.update_layout(
        barmode="relative", template="plotly_white", font={"family": FONT, "size": 13},
        margin={"l": 56, "r": 12, "t": 24, "b": 40},
        legend={"orientation": "h", "y": 1.02, "yanchor": "bottom", "x": 0},
    )  # fmt: skip
    figure.update_yaxes(title={"text": LABELS.say("emissions_line", language)}, automargin=True)
    figure.update_xaxes(type="category", automargin=True)
    return str(
        figure.to_html(
            full_html=False, include_plotlyjs=False, include_mathjax=False, config=CONFIG, div_id="account",
            default_height="100%",
        )
    )  # fmt: skip
