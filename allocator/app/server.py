"""Serves the page to this machine alone, to several visitors at once."""

from __future__ import annotations

import html
import os
import socket
from urllib.parse import urlsplit

from dash import Dash
from flask import Flask, Response, abort, jsonify, redirect, request
from werkzeug.serving import BaseWSGIServer, WSGIRequestHandler, make_server
from werkzeug.wrappers import Response as AnyResponse

from allocator.app.answers import answer
from allocator.app.callbacks import register
from allocator.app.desk import Desk
from allocator.app.layout import layout
from scenarios.errors import InputError, Place
from scenarios.wording import LANGUAGES, Language

HOST = "127.0.0.1"
NAMES = (HOST, "localhost")
"""By what names a browser may call: a page elsewhere that points its own name here is refused."""

PORTS = 50
"""How many ports are tried, from the wanted one upward."""

_LONGEST_QUESTION = 1_000_000
_POLICY = (
    "default-src 'self'; script-src 'self' 'unsafe-inline'; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data: blob:; font-src 'self' data:; frame-ancestors 'none'; form-action 'none'"
)
_INDEX = """<!DOCTYPE html>
<html lang="{tag}">
<head>{{%metas%}}<title>{{%title%}}</title>{{%favicon%}}{{%css%}}</head>
<body>{{%app_entry%}}<footer>{{%config%}}{{%scripts%}}{{%renderer%}}</footer></body>
</html>"""


def web(desk: Desk, language: Language) -> Flask:
    """Return the web application: ``/zh/`` and ``/en/``, and ``/`` that leads to `language`."""
    server = Flask("allocator")
    server.config["MAX_CONTENT_LENGTH"] = _LONGEST_QUESTION
    server.before_request(_refuse_strangers)
    server.after_request(_keep_inside)
    server.add_url_rule("/", "start", lambda: redirect(f"/{language}/"))
    for each in LANGUAGES:
        _page(server, desk, each)
    return server


def open_port(first: int) -> socket.socket:
    """Return a socket bound to the first free port from `first` on, of this machine alone.

    Raises
    ------
    InputError
        None of `PORTS` ports is free.
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
    """Writes no line for every request."""

    def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
        """Say nothing."""


def _page(server: Flask, desk: Desk, language: Language) -> None:
    """Put the page of one language on the server."""
    app = Dash(
        "allocator.app",
        server=server,
        routes_pathname_prefix=f"/{language}/",
        requests_pathname_prefix=f"/{language}/",
        assets_folder=os.path.join(os.path.dirname(__file__), "assets"),  # noqa: PTH118, PTH120  (Dash wants text)
        title=html.escape(desk.scenario.file.title.say(language)),
        update_title="",
        index_string=_INDEX.format(tag="zh-CN" if language == "zh" else "en"),
        serve_locally=True,
        meta_tags=[{"name": "viewport", "content": "width=device-width, initial-scale=1"}],
    )
    app.layout = layout(desk, language)
    register(app, desk, language)

    def asked() -> Response:
        return jsonify(answer(desk, language, request.get_json(force=True, silent=True)))

    server.add_url_rule(f"/{language}/answer", f"answer-{language}", asked, methods=["POST"])


def _refuse_strangers() -> None:
    """Answer only a browser on this machine that knows us by our own name."""
    origin = request.headers.get("Origin")
    names = [request.host, *([urlsplit(origin).netloc] if origin else [])]
    if any(name.rpartition(":")[0] not in NAMES and name not in NAMES for name in names):
        abort(403)


def _keep_inside(response: AnyResponse | Response) -> AnyResponse | Response:
    """Forbid the browser to load or send anything elsewhere on the page's behalf."""
    response.headers["Content-Security-Policy"] = _POLICY
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Referrer-Policy"] = "no-referrer"
    response.headers["Cache-Control"] = response.headers.get("Cache-Control", "no-store")
    return response
