"""The files that the page is made of: its own scripts and looks, and plotly.js as the package plotly carries it."""

from __future__ import annotations

from importlib.metadata import version
from importlib.resources import files
from pathlib import Path

from flask import Flask, Response, abort, request

_ASSETS = Path(__file__).with_name("assets")
_KINDS = {".js": "text/javascript", ".css": "text/css"}
"""Told here and not by the system: on Windows a registry says what a script is, and browsers run no other kind."""

CAPS = "/assets/report/caps.js"
"""Where the script is that moves growth, which is the report's."""
_OWN = {path.relative_to(_ASSETS).as_posix(): path for path in sorted(_ASSETS.rglob("*")) if path.suffix in _KINDS}
_OWN[CAPS.rpartition("assets/")[2]] = Path(str(files("reports") / "templates" / "caps.js"))
MODULES = tuple(name for name in _OWN if name.endswith(".js") and "/" not in name)
"""Names of the scripts of a scenario's page; those of other pages stand in folders."""

PLOTLY = f"/plotly-{version('plotly')}.min.js"
"""Where plotly.js is; another version is at another place, so that browsers keep it."""

_YEAR = 365 * 24 * 3600


def put_files(server: Flask) -> None:
    """Put the files on the server."""
    server.add_url_rule("/assets/<path:name>", "asset", _asset)
    server.add_url_rule(PLOTLY, "plotly", _plotly)


def _asset(name: str) -> Response:
    """Return a file of the page's own; the browser asks each time whether it has changed."""
    if name not in _OWN:
        abort(404)
    answer = Response(_OWN[name].read_bytes(), mimetype=_KINDS[_OWN[name].suffix])
    answer.cache_control.no_cache = True
    answer.add_etag()
    answer.make_conditional(request)
    return answer


def _plotly() -> Response:
    content = (files("plotly") / "package_data" / "plotly.min.js").read_bytes()
    answer = Response(content, mimetype=_KINDS[".js"])
    answer.headers["Cache-Control"] = f"private, max-age={_YEAR}, immutable"
    return answer
