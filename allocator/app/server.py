"""Serves the page to this machine alone, to several visitors at once."""

from __future__ import annotations

import os
import socket
from collections.abc import Callable, Iterable
from functools import partial
from typing import TYPE_CHECKING

import jinja2
from flask import Flask, Response, abort, jsonify, redirect, render_template, request
from werkzeug.exceptions import HTTPException
from werkzeug.serving import BaseWSGIServer, WSGIRequestHandler, make_server
from werkzeug.wrappers import Response as AnyResponse

from allocator.app.answers import answer, downloading, fixing, refused, saving, typing
from allocator.app.controls import page_values
from allocator.app.desk import Desk
from allocator.app.questions import Asked, Entered, Fix, Question, Shown, Unreadable, read
from allocator.app.served import MODULES, PLOTLY, put_files
from allocator.planning.files import WORKBOOK
from reports.words import LABELS
from scenarios.errors import InputError, Place
from scenarios.quantities import Quantity, speaking_of
from scenarios.wording import LANGUAGES, Language

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

HOST = "127.0.0.1"
NAMES = (HOST, "localhost")
"""By what names a browser may call: a page elsewhere that points its own name here is refused."""

PORTS = 50
"""How many ports are tried, from the wanted one upward."""

_LONGEST_QUESTION = 1_000_000
_POLICY = (
    "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; "
    "font-src 'self' data:; object-src 'none'; base-uri 'none'; frame-ancestors 'none'; form-action 'none'"
)
_PLAIN = "text/plain; charset=utf-8"
_REFUSALS = {403: "app_stranger", 404: "app_no_page", 405: "app_no_such_way", 413: "app_too_long"}
"""Status -> what is said of it; of any other, that the request is not understood or the program failed."""

_SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def web(desk: Desk, language: Language) -> Flask:
    """Return the web application: ``/zh/`` and ``/en/``, and ``/`` that leads to `language`."""
    server = Flask("allocator.app", static_folder=None)
    server.jinja_options = {"undefined": jinja2.StrictUndefined, "trim_blocks": True, "lstrip_blocks": True}
    server.config["MAX_CONTENT_LENGTH"] = _LONGEST_QUESTION
    server.before_request(_refuse_strangers)
    server.register_error_handler(HTTPException, _in_words)
    server.add_url_rule("/", "start", lambda: redirect(f"/{language}/"))
    put_files(server)
    for each in LANGUAGES:
        _put_page(server, desk, each)
    server.after_request(_keep_inside)
    server.wsgi_app = partial(_in_own_words, server.wsgi_app, desk.scenario.measured)  # type: ignore[method-assign]
    return server


def _in_own_words(
    inner: WSGIApplication, quantity: Quantity, environ: WSGIEnvironment, start: StartResponse
) -> Iterable[bytes]:
    """Answer a request in the words of the quantity that the page is about."""
    with speaking_of(quantity):
        return inner(environ, start)


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


def _refusal(status: int, languages: Iterable[Language] = LANGUAGES) -> str:
    """Return why there is no answer, a line for each language."""
    code = _REFUSALS.get(status, "app_unreadable" if status < 500 else "app_broken")
    return "".join(f"{LABELS.say(code, language)}\n" for language in languages)


def _in_words(error: HTTPException) -> AnyResponse | Response:
    """Return a refusal in the language of the page that was asked for, in both where none was."""
    response = error.get_response()
    response.content_type = _PLAIN
    here = [language for language in LANGUAGES if request.path.startswith(f"/{language}/")]
    response.set_data(_refusal(response.status_code, here or LANGUAGES))
    return response


class _Quiet(WSGIRequestHandler):
    """Writes no line for a request, whatever it is, and says in our words that one is none."""

    error_content_type = _PLAIN
    error_message_format = _refusal(400)

    def log(self, type: str, message: str, *args: object) -> None:
        """Say nothing."""


def _put_page(server: Flask, desk: Desk, language: Language) -> None:
    """Put the page of one language on the server, with the questions that it asks."""

    def page() -> str:
        return render_template("page.html", plotly=PLOTLY, modules=MODULES, **page_values(desk, language))

    server.add_url_rule(f"/{language}/", f"page-{language}", page)
    _put(server, desk, language, "answer", Question, lambda asked: jsonify(answer(desk, language, asked)))
    _put(server, desk, language, "fix", Fix, lambda asked: jsonify(fixing(desk, language, asked)))
    _put(server, desk, language, "typed", Entered, lambda asked: jsonify(typing(desk, language, asked)))
    _put(server, desk, language, "save", Shown, lambda asked: jsonify(said=saving(desk, language, asked)))
    _put(server, desk, language, "workbook", Shown, lambda asked: _sent(downloading(desk, language, asked)))


def _put(
    server: Flask, desk: Desk, language: Language, name: str, wanted: type[Asked], reply: Callable[[Asked], Response]
) -> None:
    """Put one question of the page on the server; what cannot be read is refused in words."""

    def asked() -> Response | tuple[Response, int]:
        try:
            return reply(read(request.get_data(), request.mimetype, wanted, desk))
        except Unreadable as error:
            return jsonify(refused(language)), error.status

    server.add_url_rule(f"/{language}/{name}", f"{name}-{language}", asked, methods=["POST"])


def _sent(made: bytes | list[str]) -> Response:
    """Return a workbook as a file, or why there is none."""
    if not isinstance(made, bytes):
        return jsonify(said=made)
    return Response(made, mimetype=_SHEET, headers={"Content-Disposition": f"attachment; filename={WORKBOOK}"})


def _refuse_strangers() -> None:
    """Answer only a browser on this machine that knows us by our own name, and a page of ours in it."""
    origin, site = request.headers.get("Origin"), request.headers.get("Sec-Fetch-Site", "none")
    by_name = request.host.rpartition(":")[0] in NAMES or request.host in NAMES
    ours = origin in (None, f"{request.scheme}://{request.host}") and site in ("same-origin", "none")
    if not by_name or not (ours or _followed()):
        abort(403)


def _followed() -> bool:
    """Return whether somebody followed a link to the page, from wherever it stood."""
    fetch = [request.headers.get(f"Sec-Fetch-{part}") for part in ("Mode", "Dest")]
    return request.method == "GET" and "Origin" not in request.headers and fetch == ["navigate", "document"]


def _keep_inside(response: AnyResponse | Response) -> AnyResponse | Response:
    """Forbid the browser to load or send anything elsewhere on the page's behalf."""
    response.headers["Content-Security-Policy"] = _POLICY
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Referrer-Policy"] = "no-referrer"
    response.headers["Cross-Origin-Resource-Policy"] = "same-origin"
    response.headers["Cache-Control"] = response.headers.get("Cache-Control", "no-store")
    return response
