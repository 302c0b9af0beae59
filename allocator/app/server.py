"""Serves the pages to this machine alone, to several visitors at once."""

from __future__ import annotations

import os
import socket
from collections.abc import Callable, Mapping
from functools import partial
from typing import TYPE_CHECKING, Any

import jinja2
from flask import Flask, Response, abort, jsonify, redirect, render_template, request
from werkzeug.serving import BaseWSGIServer, WSGIRequestHandler, make_server

from allocator.app.answers import answer, cannot, downloading, fixing, refused, typing
from allocator.app.beside.pages import PAGES
from allocator.app.beside.shown import Reply
from allocator.app.beside.uploads import Sent, posted
from allocator.app.controls import page_values
from allocator.app.desk import Desk
from allocator.app.guard import GONE, HOST, PLAIN, guard, refusal
from allocator.app.own.books import can_mend
from allocator.app.own.data import put_alone
from allocator.app.own.pages import begin_values, put_own
from allocator.app.questions import Asked, Entered, Fix, Question, Shown, Unreadable, read
from allocator.app.rounds import answers as rounds
from allocator.app.served import CAPS, MODULES, PLOTLY, put_files
from allocator.app.shelf import KINDS, OWN, Shelf
from allocator.errors import exit_and_sentences
from allocator.planning.files import WORKBOOK
from reports.words import LABELS
from reports.words.pages.own_files import WORDS
from scenarios.errors import InputError, Place
from scenarios.quantities import speaking_of
from scenarios.wording import LANGUAGES, TAGS, Language, speaking_on_page

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIApplication

PORTS = 50
"""How many ports are tried, from the wanted one upward."""

_SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
HELD = "Allocator-Scenario"
"""The header by which a page says which scenario it holds."""

Find = Callable[..., Desk]
"""From `fresh` and the varying parts of a page's path to its scenario; fresh: as its files are now."""


def web(desk: Desk, language: Language) -> Flask:
    """Return the application of one scenario: ``/zh/`` and ``/en/``, and ``/`` that leads to `language`."""
    return _alone(desk.source, [desk], desk.renewed, language)


def mending(source: str, open_it: Callable[[], Desk], language: Language) -> Flask:
    """Return the application of one scenario that cannot be opened yet: it says why, and its data can be mended.

    `open_it`: opens the scenario; tried whenever its page is loaded, until it does.
    """
    return _alone(source, [], open_it, language)


def _alone(source: str, opened: list[Desk], open_it: Callable[[], Desk], language: Language) -> Flask:
    server = _server(language)

    def find(fresh: bool) -> Desk:
        if not opened:
            opened[:] = [open_it()]
        elif fresh:
            opened[:] = [opened[0].renewed()]
        return opened[0]

    for each in LANGUAGES:
        put_alone(server, source, each, _shell)
        _put_plan(server, each, "", find)
    return server


def start(shelf: Shelf, language: Language) -> Flask:
    """Return the application of a shelf of scenarios: the start page at ``/zh/`` and ``/en/``, their pages below it."""
    server = _server(language)
    for each in LANGUAGES:
        server.add_url_rule(f"/{each}/", f"start-{each}", _start_page(shelf, each))
        put_own(server, shelf, each, _shell)
        for kind in KINDS:
            _put_plan(server, each, f"{kind}/<name>/", _finder(shelf, kind), shelf)
    return server


def open_port(first: int) -> socket.socket:
    """Return a socket bound to the first free port from `first` on, of this machine alone.

    Raises InputError: None of `PORTS` ports is free.
    """
    last = min(first + PORTS, 65536) - 1
    for port in range(first, last + 1):
        bound = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
        if os.name != "nt":  # there it would share a port that is taken
            bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            bound.bind((HOST, port))
            bound.listen(128)
        except OSError:
            bound.close()
            continue
        return bound
    raise InputError.of("no_free_port", Place(key=f"--port {first}"), first=first, last=last)


def serve(application: Flask, bound: socket.socket) -> BaseWSGIServer:
    """Return a server on a bound socket; ``serve_forever()`` runs it, a thread for each request."""
    host, port = bound.getsockname()
    return make_server(host, port, application, threaded=True, request_handler=_Quiet, fd=bound.fileno())


class _Quiet(WSGIRequestHandler):
    """Writes no line for a request, whatever it is, and says in our words that one is none."""

    error_content_type = PLAIN
    error_message_format = refusal(400)

    def log(self, type: str, message: str, *args: object) -> None:
        """Say nothing."""


def _server(language: Language) -> Flask:
    server = Flask("allocator.app", static_folder=None)
    server.wsgi_app = _on_page(server.wsgi_app)  # type: ignore[method-assign,assignment]
    server.request_class = Sent
    server.jinja_options = {"undefined": jinja2.StrictUndefined, "trim_blocks": True, "lstrip_blocks": True}
    guard(server)
    server.add_url_rule("/", "start", lambda: redirect(f"/{language}/"))
    put_files(server)
    return server


def _on_page(application: WSGIApplication) -> WSGIApplication:
    """Return an application that speaks as the page does, whatever it says."""

    def speaking(*asked: Any) -> Any:  # noqa: ANN401  (as WSGI has it)
        with speaking_on_page():
            return application(*asked)

    return speaking


def _finder(shelf: Shelf, kind: str) -> Find:
    """Return what opens the scenarios of a kind; what the shelf does not offer is no page."""

    def find(fresh: bool, name: str) -> Desk:
        if not shelf.offers(kind, name):
            abort(404, GONE)
        return shelf.desk(kind, name, fresh)

    return find


def _put_plan(server: Flask, language: Language, place: str, find: Find, shelf: Shelf | None = None) -> None:
    """Put the page of a scenario on the server, with the questions that it asks.

    `place`: its path below that of the language. `shelf`: what the start page offers, where there is one.
    """

    def put_page(name: str, template: str, filled: Callable[[Desk, Language], Mapping[str, Any]]) -> None:
        def page(**names: str) -> str | tuple[str, int]:
            try:
                desk = find(fresh=True, **names)
            except InputError as error:
                if shelf is None:
                    trouble = exit_and_sentences(error, language)[1]
                    title = LABELS.say("app_broken_title", language)
                    return render_template("broken.html", trouble=trouble, title=title, **_shell(language)), 422
                lines = [LABELS.say("app_cannot_open", language, name=names["name"])]
                lines += exit_and_sentences(error, language)[1]
                kind = place.partition("/")[0]
                here = kind == OWN and can_mend(shelf.place(kind, names["name"]), error.findings)
                return _shown_start(shelf, language, lines, f"{request.path.removesuffix(name)}data/" * here), 422
            with speaking_of(desk.scenario.measured):
                shown = {
                    "plotly": PLOTLY,
                    "caps_script": CAPS,
                    "modules": MODULES,
                    "start": shelf is not None,
                    "pages": ("", *PAGES),
                }
                return render_template(template, here=name, **shown, **filled(desk, language), **_shell(language))

        server.add_url_rule(f"/{language}/{place}{name}", f"{place}page-{name}-{language}", page)

    def put(name: str, wanted: type[Asked], reply: Callable[[Desk, Asked], Response]) -> None:
        path = f"/{language}/{place}{name}"
        server.add_url_rule(path, path, _asked(find, language, wanted, reply), methods=["POST"])

    put_page("", "page.html", page_values)
    for name, beside in PAGES.items():
        put_page(name, f"beside/{name}.html", beside.values)
        for question, (wanted, reply) in beside.questions.items():
            put(f"{name}/{question}", wanted, partial(_in_language, reply, language))

    put("answer", Question, lambda desk, asked: jsonify(answer(desk, language, asked)))
    put("fix", Fix, lambda desk, asked: jsonify(fixing(desk, language, asked)))
    put("typed", Entered, lambda desk, asked: jsonify(typing(desk, language, asked)))
    put("workbook", Shown, lambda desk, asked: _sent(downloading(desk, language, asked)))
    for name, wanted, told in rounds.ASKED:
        put(name, wanted, _telling(told, language))


def _telling(told: Callable[..., rounds.Answer], language: Language) -> Callable[[Desk, Any], Response]:
    """Return what sends an answer of its own in a language."""
    return lambda desk, asked: jsonify(told(desk, language, asked))


def _in_language(reply: Reply, language: Language, desk: Desk, asked: Any) -> Response:  # noqa: ANN401  (of its form)
    """Return the reply of a page beside the plan, which is told the language as well."""
    return reply(desk, language, asked)


def _asked(
    find: Find, language: Language, wanted: type[Asked], reply: Callable[[Desk, Asked], Response]
) -> Callable[..., Response | tuple[Response, int]]:
    """Return what answers one question of a page; what cannot be read is refused in words."""

    def answered(**names: str) -> Response | tuple[Response, int]:
        try:
            desk = find(fresh=False, **names)
        except InputError as error:  # the program was started again, and the scenario is gone meanwhile
            return jsonify(cannot(exit_and_sentences(error, language)[1]))
        if request.headers.get(HELD, desk.fingerprint) != desk.fingerprint:
            return jsonify(cannot([LABELS.say("app_reopened", language)]))
        with speaking_of(desk.scenario.measured):
            try:
                return reply(desk, read(*posted(wanted), wanted, desk))
            except Unreadable as error:
                return jsonify(refused(language)), error.status
            except (InputError, OSError) as error:  # too large to be read, or no room for it on the disk
                return jsonify(cannot(exit_and_sentences(error, language)[1]))

    return answered


def _start_page(shelf: Shelf, language: Language) -> Callable[[], str]:
    return lambda: _shown_start(shelf, language, [])


def _shown_start(shelf: Shelf, language: Language, trouble: list[str], mend: str = "") -> str:
    """Return the start page; `trouble` is why a scenario cannot be opened, `mend` the page where it can be mended."""
    more = {**begin_values(language), **_shell(language)}
    return render_template("start.html", trouble=trouble, mend=mend, shelf=shelf, title="allocator", **more)


def _shell(language: Language) -> dict[str, object]:
    """Return what every page is filled with."""
    other: Language = "en" if language == "zh" else "zh"
    there = f"/{other}/{request.path.removeprefix(f'/{language}/')}"
    return {
        "language": language, "tag": TAGS[language], "other": {"path": there, "tag": TAGS[other]},
        "say": lambda code, **values: LABELS.say(code, language, **values),
        "own": lambda code, **values: WORDS.say(code, language, **values),
    }  # fmt: skip


def _sent(made: bytes | list[str]) -> Response:
    """Return a workbook as a file, or why there is none."""
    if not isinstance(made, bytes):
        return jsonify(said=made)
    return Response(made, mimetype=_SHEET, headers={"Content-Disposition": f"attachment; filename={WORKBOOK}"})
