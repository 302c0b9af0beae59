"""The command line: reads arguments, calls the package, prints; exit codes as documented.

0 done and backed · 1 not backed, or a check failed · 2 input or command line wrong ·
3 no split possible · 4 the solver failed.
"""

from __future__ import annotations

import json
import os
import sys
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NoReturn, Protocol

import typer

from reports.labels import LABELS
from scenarios.errors import Finding, InputError
from scenarios.wording import Language

if TYPE_CHECKING:
    from collections.abc import Callable

    from allocator.planning import NoSplit, Plan
    from scenarios.load import Scenario

    class Said(Protocol):
        """What can be said in words and as JSON."""

        def statements(self, language: Language) -> list[str]:
            """Return lines for people."""

        def as_json(self) -> dict[str, Any]:
            """Return JSON-ready values."""


NOT_BACKED, BAD_INPUT, NO_SPLIT, SOLVER_FAILED = 1, 2, 3, 4
INTERRUPTED, BROKEN_PIPE = 130, 141

app = typer.Typer(
    name="allocator",
    help="把全省碳排放强度下降目标分解到各市，并验证分解能支撑全省。"
    "Split a province's carbon-intensity target across its cities, and prove that the split backs it.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)


class Lang(Enum):
    """Language of what people read."""

    ZH = "zh"
    EN = "en"


ScenarioArgument = Annotated[
    str,
    typer.Argument(metavar="SCENARIO", help="内置案例名、方案文件或文件夹 / bundled case, scenario file or folder"),
]
SetOption = Annotated[
    list[str],
    typer.Option("--set", metavar="KEY=VALUE", help="临时改动设置，可重复 / what-if setting, repeatable"),
]
LangOption = Annotated[Lang, typer.Option("--lang", envvar="ALLOCATOR_LANG", help="语言 / language")]
JsonOption = Annotated[bool, typer.Option("--json", help="标准输出只有一个 JSON 文档 / one JSON document on stdout")]
DebugOption = Annotated[bool, typer.Option("--debug", help="出错时显示调用栈 / show tracebacks")]


@app.command()
def check(
    scenario: ScenarioArgument,
    settings: SetOption = [],  # noqa: B006  (typer copies it)
    lang: LangOption = Lang.ZH,
    as_json: JsonOption = False,
    debug: DebugOption = False,
) -> None:
    """检查数据，给出可达范围与结构效应 / judge the data; reach and composition effect."""
    with _Errors(lang, as_json, debug) as language:
        from allocator.checking import check as judge

        result = judge(_load(scenario, settings))
        if as_json:
            _print_json(result.as_json())
        else:
            _print_lines(result.statements(language))
            _print_notices(result.notices, language)
        if not result.reachable:
            raise typer.Exit(NO_SPLIT)


class PictureForm(Enum):
    """Formats of the charts as files."""

    PNG = "png"
    SVG = "svg"


@app.command()
def plan(
    scenario: ScenarioArgument,
    out: Annotated[
        Path | None,
        typer.Option("--out", metavar="DIR", help="输出文件夹，默认 out/名称 / output folder, default out/NAME"),
    ] = None,
    protect: Annotated[
        str | None,
        typer.Option(
            "--protect",
            metavar="N",
            help="任意 N 个地区（或 all）增长同时最不利时仍能支撑 / "
            "back with the growth of any N regions (or all) at its worst",
        ),
    ] = None,
    figures: Annotated[
        PictureForm | None, typer.Option("--figures", help="另存图片到 figures/ / charts as files in figures/")
    ] = None,
    settings: SetOption = [],  # noqa: B006
    lang: LangOption = Lang.ZH,
    as_json: JsonOption = False,
    debug: DebugOption = False,
) -> None:
    """打分、求解、取整、复核并写出结果 / score, solve, round, verify, publish."""
    with _Errors(lang, as_json, debug) as language:
        loaded = _load(scenario, [*settings, *([] if protect is None else [f"protect={protect}"])])
        folder = out if out is not None else Path("out") / loaded.file.name
        from allocator.planning import plan as split
        from allocator.publish import FILES, write_plan

        studio = None
        if figures is not None:
            from allocator.pictures import draw_pictures, open_studio

            studio = open_studio(figures.value)
        result = split(loaded)
        pictures = {} if studio is None else draw_pictures(result.record, studio, language)
        verification = write_plan(result, folder, language, pictures)
        if as_json:
            sys.stdout.write(result.record.to_json())
        else:
            _print_plan(result, language)
            _print_lines([LABELS.say("written", language, folder=folder), "  ".join([*FILES, *pictures])])
        if not verification.passed:
            raise typer.Exit(NOT_BACKED)


@app.command()
def verify(
    scenario: ScenarioArgument,
    table: Annotated[
        str,
        typer.Argument(
            metavar="TABLE",
            help="下降率表（csv、xlsx、json）或方案自带表名 / table of rates or its short name",
        ),
    ],
    settings: SetOption = [],  # noqa: B006
    lang: LangOption = Lang.ZH,
    as_json: JsonOption = False,
    debug: DebugOption = False,
) -> None:
    """判断一张下降率表是否支撑全省 / say whether a table of rates backs the province."""
    with _Errors(lang, as_json, debug) as language:
        from allocator.verifying import judgement

        result = judgement(_load(scenario, settings), table)
        if as_json:
            _print_json(result.as_json())
        else:
            _print_lines(result.statements(language))
        if not result.verification.passed:
            raise typer.Exit(NOT_BACKED)


@app.command()
def prices(
    scenario: ScenarioArgument,
    region: Annotated[
        list[str], typer.Option("--region", metavar="NAME", help="只看这个地区，可重复 / this region only, repeatable")
    ] = [],  # noqa: B006
    settings: SetOption = [],  # noqa: B006
    lang: LangOption = Lang.ZH,
    as_json: JsonOption = False,
    debug: DebugOption = False,
) -> None:
    """某地少降 1 个百分点，其他各地多降多少 / what a point of relief costs the others."""
    with _Errors(lang, as_json, debug) as language:
        from allocator.pricing import prices as price

        _print_result(price(_load(scenario, settings), region), as_json, language)


@app.command()
def negotiate(
    scenario: ScenarioArgument,
    fix: Annotated[
        list[str], typer.Option("--fix", metavar="REGION=RATE", help="协商值，可重复 / negotiated rate, repeatable")
    ] = [],  # noqa: B006
    absorb: Annotated[
        str, typer.Option("--absorb", metavar="GROUP", help="只由这一组（或逗号分开的地区）承担 / only these pick up")
    ] = "",
    out: Annotated[
        Path | None,
        typer.Option(
            "--out", metavar="DIR", help="各轮的文件夹，默认 out/名称/rounds / rounds, default out/NAME/rounds"
        ),
    ] = None,
    replay: Annotated[
        Path | None, typer.Option("--replay", metavar="DIR", help="重算所存的一轮 / compute a kept round again")
    ] = None,
    undo: Annotated[bool, typer.Option("--undo", help="撤销最后一轮 / set the last round aside")] = False,
    settings: SetOption = [],  # noqa: B006
    lang: LangOption = Lang.ZH,
    as_json: JsonOption = False,
    debug: DebugOption = False,
) -> None:
    """协商：给定某些地区的目标，看谁承担多少 / fix some rates, see who picks up how much."""
    with _Errors(lang, as_json, debug) as language:
        from scenarios.errors import Place

        if bool(fix or absorb) + (replay is not None) + undo > 1:
            raise InputError.of("negotiate_one", Place(key="negotiate"))
        from allocator import negotiation
        from allocator.rounds import undo as set_aside

        if replay is not None:
            again = negotiation.replay(*negotiation.open_round(scenario, settings, replay))
            _print_result(again, as_json, language)
            if not (again.same and again.outcome.verification.passed):
                raise typer.Exit(NOT_BACKED)
            return
        if undo:
            aside = set_aside(negotiation.rounds_folder(_load(scenario, settings), out))
            if as_json:
                _print_json({"schema_version": 1, "undone": aside.name})
            else:
                _print_lines([LABELS.say("round_undone", language, folder=aside)])
            return
        loaded, folder, last = negotiation.open_rounds(scenario, settings, out)
        result = negotiation.negotiate(loaded, fix, absorb, last)
        where, verification = negotiation.write_round(result, folder, language)
        _print_result(result, as_json, language)
        if not as_json:
            _print_lines([LABELS.say("written", language, folder=where)])
        if not verification.passed:
            raise typer.Exit(NOT_BACKED)


@app.command()
def compare(
    before: Annotated[str, typer.Argument(metavar="A", help="方案输出、轮次或下降率表 / plan, round or table")],
    after: Annotated[str, typer.Argument(metavar="B", help="与之相比的另一个 / the other one")],
    scenario: Annotated[
        str | None, typer.Option("--scenario", metavar="SCENARIO", help="下降率表所属的方案 / what tables belong to")
    ] = None,
    out: Annotated[
        Path | None, typer.Option("--out", metavar="DIR", help="写出表和图的文件夹 / where table and chart go")
    ] = None,
    settings: SetOption = [],  # noqa: B006
    lang: LangOption = Lang.ZH,
    as_json: JsonOption = False,
    debug: DebugOption = False,
) -> None:
    """逐市比较两个方案、轮次或下降率表 / two plans, rounds or tables, city by city."""
    with _Errors(lang, as_json, debug) as language:
        from allocator.comparing import compare as hold_against
        from allocator.comparing import write_comparison

        result = hold_against(before, after, None if scenario is None else _load(scenario, settings))
        if out is not None:
            write_comparison(result, out, language)
        _print_result(result, as_json, language)
        if out is not None and not as_json:
            _print_lines([LABELS.say("written", language, folder=out)])


class PrintFormat(Enum):
    """Formats of the official table."""

    CSV = "csv"
    XLSX = "xlsx"
    DOCX = "docx"
    HTML = "html"
    MD = "md"
    TEX = "tex"
    ALL = "all"


@app.command()
def publish(
    plan: Annotated[str, typer.Argument(metavar="PLAN", help="方案输出文件夹或 plan.json / plan folder or plan.json")],
    formats: Annotated[
        list[PrintFormat], typer.Option("--format", help="格式，可重复，默认全部 / format, repeatable, default all")
    ] = [PrintFormat.ALL],  # noqa: B006
    out: Annotated[
        Path | None,
        typer.Option("--out", metavar="DIR", help="输出文件夹，默认 out/名称-published / default out/NAME-published"),
    ] = None,
    lang: LangOption = Lang.ZH,
    as_json: JsonOption = False,
    debug: DebugOption = False,
) -> None:
    """把复核过的分解表印成公文用表 / print the verified table for a circular, in every format."""
    with _Errors(lang, as_json, debug) as language:
        from allocator.publishing import open_plan
        from allocator.publishing import publish as print_table
        from reports.publishing.formats import FORMATS

        opened = open_plan(plan)
        if not opened.passed:
            from reports.statements import verdict_statement

            print(verdict_statement(opened.record.province, language), file=sys.stderr)
            raise typer.Exit(NOT_BACKED)
        names = list(FORMATS) if PrintFormat.ALL in formats else [kind.value for kind in formats]
        folder = out if out is not None else Path("out") / f"{opened.record.scenario.name}-published"
        _print_result(print_table(opened, names, language, folder), as_json, language)


@app.command()
def account(
    table: Annotated[
        str,
        typer.Argument(
            metavar="TABLE", help="能源表（csv、xlsx）或带 energy 的方案 / energy table, or a scenario with one"
        ),
    ],
    out: Annotated[Path | None, typer.Option("--out", metavar="DIR", help="输出文件夹 / output folder")] = None,
    scope: Annotated[str | None, typer.Option("--scope", metavar="NAME", help="核算口径：13fyp、2026 / scope")] = None,
    option: Annotated[
        str | None,
        typer.Option(
            "--option",
            metavar="NAME",
            help="电力：fossil、own、provincial、balance、terminal / how electricity counts",
        ),
    ] = None,
    grid: Annotated[
        str | None,
        typer.Option("--grid", metavar="NAME", help="省级电网名称，如 广西 / the province's grid, as in 广西"),
    ] = None,
    factors: Annotated[
        Path | None, typer.Option("--factors", metavar="FILE", help="自有排放因子表 / factors of one's own")
    ] = None,
    lang: LangOption = Lang.ZH,
    as_json: JsonOption = False,
    debug: DebugOption = False,
) -> None:
    """由能源数据核算基年排放 / base-year CO2 from energy figures."""
    with _Errors(lang, as_json, debug) as language:
        from allocator.accounting import FILES as ACCOUNT_FILES
        from allocator.accounting import account as add_up
        from allocator.accounting import write_account

        result = add_up(table, scope, option, grid, factors)
        if out is not None:
            write_account(result, out, language)
        _print_result(result, as_json, language)
        if not as_json:
            _print_notices(result.notices, language)
            if out is not None:
                _print_lines([LABELS.say("written", language, folder=out), "  ".join(ACCOUNT_FILES)])


@app.command()
def init(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="新建的文件夹 / folder to make")],
    lang: LangOption = Lang.ZH,
    as_json: JsonOption = False,
    debug: DebugOption = False,
) -> None:
    """新建方案：待填的 scenario.yaml 和 regions.xlsx / a scenario to fill in."""
    with _Errors(lang, as_json, debug) as language:
        from allocator.starting import init as start

        _print_result(start(folder, language), as_json, language)


@app.command(name="app")
def page(
    scenario: ScenarioArgument = "guangxi-13fyp",
    port: Annotated[
        int, typer.Option("--port", min=1, max=65535, help="端口，被占用则取下一个 / port, or the next free one")
    ] = 8050,
    browser: Annotated[
        bool, typer.Option("--browser/--no-browser", help="是否打开浏览器 / whether to open the browser")
    ] = True,
    out: Annotated[
        Path | None,
        typer.Option(
            "--out", metavar="DIR", help="各轮的文件夹，默认 out/名称/rounds / rounds, default out/NAME/rounds"
        ),
    ] = None,
    settings: SetOption = [],  # noqa: B006
    lang: LangOption = Lang.ZH,
    debug: DebugOption = False,
) -> None:
    """打开网页：拖动滑块，表、图和结论随之更新 / the web page: move a slider, see the verified answer."""
    with _Errors(lang, False, debug) as language:
        from importlib.util import find_spec

        if find_spec("dash") is None:
            from scenarios.errors import Place

            raise InputError.of("app_needed", Place(key="allocator app"))
        from allocator.app.desk import Desk
        from allocator.app.server import open_port, serve, web

        desk = Desk.open(scenario, settings, out)
        with open_port(port) as bound, serve(web(desk, language), bound) as server:
            if server.port != port:
                print(LABELS.say("app_port_taken", language, taken=port, port=server.port), file=sys.stderr)
            url = f"http://127.0.0.1:{server.port}/"
            print(LABELS.say("app_open", language, url=url), flush=True)
            if browser:
                import webbrowser

                webbrowser.open(url)
            try:
                server.serve_forever()
            except KeyboardInterrupt:
                print(LABELS.say("app_stopped", language), file=sys.stderr)


@app.command()
def sweep(
    scenario: ScenarioArgument,
    samples: Annotated[int, typer.Option("--samples", metavar="N", help="样本数 / number of samples")] = 100_000,
    seed: Annotated[int, typer.Option("--seed", metavar="S", help="随机种子 / seed")] = 1,
    over: Annotated[
        str,
        typer.Option(
            "--over",
            metavar="LIST",
            help="变动什么，逗号分开 / what varies: weights, within, growth, spread, bounds, normaliser, map",
        ),
    ] = "weights",
    sampler: Annotated[
        str,
        typer.Option("--sampler", metavar="NAME", help="抽样方式 / dirichlet, around, grid, one-at-a-time"),
    ] = "dirichlet",
    concentration: Annotated[
        float | None,
        typer.Option("--concentration", metavar="C", help="around 的集中度 / how near to the plan's weights"),
    ] = None,
    fix: Annotated[
        list[str],
        typer.Option("--fix", metavar="CRITERION=WEIGHT", help="固定的权重，可重复 / fixed weight, repeatable"),
    ] = [],  # noqa: B006
    out: Annotated[
        Path | None,
        typer.Option("--out", metavar="DIR", help="输出文件夹，默认 out/名称/sweep / default out/NAME/sweep"),
    ] = None,
    keep: Annotated[
        str | None, typer.Option("--keep", metavar="FORMAT", help="保留全部样本 / keep all samples: csv, parquet")
    ] = None,
    resume: Annotated[bool, typer.Option("--resume", help="继续未完成的抽样 / go on with an unfinished sweep")] = False,
    engine: Annotated[str, typer.Option("--engine", metavar="NAME", help="计算引擎 / local, dask")] = "local",
    scheduler: Annotated[
        str, typer.Option("--scheduler", metavar="ADDRESS", help="现有 Dask 调度器 / scheduler of a Dask cluster")
    ] = "",
    workers: Annotated[
        int, typer.Option("--workers", metavar="N", min=0, help="并行数，0 为全部处理器 / 0: all processors")
    ] = 0,
    settings: SetOption = [],  # noqa: B006
    lang: LangOption = Lang.ZH,
    as_json: JsonOption = False,
    debug: DebugOption = False,
) -> None:
    """换一组权重，各市目标是否站得住 / which targets stand under other weights."""
    with _Errors(lang, as_json, debug) as language:
        from allocator.sensitivity.command import SweepRequest, run_sweep
        from allocator.sensitivity.options import SweepOptions, read_fixed

        choices = tuple(dict.fromkeys(part.strip() for part in over.split(",") if part.strip()))
        options = SweepOptions(samples, seed, choices, sampler, concentration, read_fixed(fix))
        loaded = _load(scenario, settings)
        folder = out if out is not None else Path("out") / loaded.file.name / "sweep"
        request = SweepRequest(options, folder, engine, scheduler, workers, keep, resume)
        made = run_sweep(loaded, request, language, as_json)
        if as_json:
            sys.stdout.write(made.record.to_json())
        else:
            from reports.sensitivity.statements import sweep_statements

            print(made.record.title.say(language))
            _print_lines([*sweep_statements(made.record, language), LABELS.say("written", language, folder=folder)])


@app.command()
def schema() -> None:
    """方案文件的 JSON Schema / JSON Schema of the scenario file."""
    from scenarios.schema import ScenarioFile

    _print_json(ScenarioFile.model_json_schema())


def main() -> None:
    """Run the command line."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            # a console that cannot show ₂ shows ? instead of failing; a pipe gets UTF-8
            stream.reconfigure(errors="replace", **({} if stream.isatty() else {"encoding": "utf-8"}))
    app()


class _Errors:
    """Turns what can go wrong into messages on standard error and an exit code."""

    def __init__(self, lang: Lang, as_json: bool, debug: bool) -> None:
        self.language: Language = "zh" if lang is Lang.ZH else "en"
        self.as_json = as_json
        self.debug = debug

    def __enter__(self) -> Language:
        return self.language

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: object) -> None:
        if error is None or isinstance(error, typer.Exit):
            return
        if self.debug and not isinstance(error, KeyboardInterrupt):
            import traceback

            traceback.print_exception(error)
        if isinstance(error, InputError):
            self._stop(BAD_INPUT, [finding.say(self.language) for finding in error.findings], error.findings)
        if isinstance(error, BrokenPipeError):  # `allocator … | head`: nobody reads on
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            raise typer.Exit(BROKEN_PIPE)
        if isinstance(error, KeyboardInterrupt):
            self._stop(INTERRUPTED, [LABELS.say("interrupted", self.language)])
        self._stop(*self._other(error))

    def _other(self, error: BaseException) -> tuple[int, list[str]]:
        """Return exit code and lines for an error of the layers that may not be imported yet."""
        handlers: dict[str, Callable[[Any], tuple[int, list[str]]]] = {
            "NoSplit": self._no_split,
            "SampleWrong": lambda e: (SOLVER_FAILED, [LABELS.say("solver_error", self.language, reason=e)]),
            "SampleDiffers": lambda e: (SOLVER_FAILED, [LABELS.say("solver_error", self.language, reason=e)]),
            "WorkersLost": lambda _: (SOLVER_FAILED, [LABELS.say("workers_lost", self.language)]),
            "SolverFailure": lambda e: (SOLVER_FAILED, [LABELS.say("solver_error", self.language, reason=e)]),
            "OutOfTime": lambda _: (SOLVER_FAILED, [LABELS.say("out_of_time", self.language)]),
            "WriteCheckFailed": lambda e: (
                NOT_BACKED,
                [LABELS.say("write_check_failed", self.language, file=e)],
            ),
        }
        handler = handlers.get(type(error).__name__)
        if handler is not None:
            try:
                return handler(error)
            except Exception as broken:  # the sentence about it must not become a traceback either
                error = broken
        kind = f"{type(error).__name__}: {error}".splitlines()[0]
        return SOLVER_FAILED, [LABELS.say("internal_error", self.language, kind=kind)]

    def _no_split(self, error: NoSplit) -> tuple[int, list[str]]:
        from allocator.checking import no_split_statements

        return NO_SPLIT, no_split_statements(error, self.language)

    def _stop(self, code: int, lines: list[str], findings: tuple[Finding, ...] = ()) -> NoReturn:
        """Print lines to standard error, the JSON document if asked for, and exit."""
        label = LABELS.say("error", self.language)
        for line in lines:
            print(f"{label}: {line}" if code in (BAD_INPUT, SOLVER_FAILED) else line, file=sys.stderr)
        if len(findings) > 1:
            print(LABELS.say("found_errors", self.language, count=len(findings)), file=sys.stderr)
        if self.as_json:
            _print_json({"exit_code": code, "messages": lines, "findings": [f.as_json() for f in findings]})
        raise typer.Exit(code)


def _load(scenario: str, settings: list[str]) -> Scenario:
    from scenarios.load import load_scenario

    return load_scenario(scenario, settings)


def _print_json(document: object) -> None:
    print(json.dumps(document, ensure_ascii=False, indent=2, allow_nan=False))


def _print_result(result: Said, as_json: bool, language: Language) -> None:
    if as_json:
        _print_json(result.as_json())
    else:
        _print_lines(result.statements(language))


def _print_lines(lines: list[str]) -> None:
    for line in lines:
        print(line)


def _print_notices(notices: tuple[Finding, ...], language: Language) -> None:
    for notice in notices:
        print(f"{LABELS.say('notice', language)}: {notice.say(language)}", file=sys.stderr)


def _print_plan(result: Plan, language: Language) -> None:
    """Print verdict, a paragraph a region, and notices."""
    from reports.statements import province_statements, verdict_statement

    record = result.record
    print(record.scenario.title.say(language))
    print(verdict_statement(record.province, language))
    _print_lines(province_statements(record, language))
    print()
    for region in record.regions:
        print(region.reason.say(language))
    print()
    for notice in record.notices:
        print(f"{LABELS.say('notice', language)}: {notice.say(language)}", file=sys.stderr)
