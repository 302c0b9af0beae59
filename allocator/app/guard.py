"""Who is answered: a browser on this machine that knows us by our own name; all else is refused in words."""

from __future__ import annotations

from collections.abc import Iterable

from flask import Flask, Response, abort, request
from werkzeug.exceptions import HTTPException
from werkzeug.wrappers import Response as AnyResponse

from reports.words import LABELS
from scenarios.wording import LANGUAGES, Language

HOST = "127.0.0.1"
NAMES = (HOST, "localhost")
"""By what names a browser may call: a page elsewhere that points its own name here is refused."""

PLAIN = "text/plain; charset=utf-8"
_LONGEST_QUESTION = 1_000_000
_POLICY = (
    "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; "
    "font-src 'self' data:; object-src 'none'; base-uri 'none'; frame-ancestors 'none'; form-action 'none'"
)
GONE = "app_gone"
"""What a 404 says of a scenario that is not here any more, or never was."""
_REFUSALS = {403: "app_stranger", 404: "app_no_page", 405: "app_no_such_way", 413: "app_too_long"}
"""Status -> what is said of it; of any other, that the request is not understood or the program failed."""


def guard(server: Flask) -> None:
    """Have every request to a server judged before it is answered, and every answer kept inside."""
    server.config["MAX_CONTENT_LENGTH"] = _LONGEST_QUESTION
    server.before_request(_refuse_strangers)
    server.register_error_handler(HTTPException, _in_words)
    server.after_request(_keep_inside)


def refusal(status: int, languages: Iterable[Language] = LANGUAGES, said: str = "") -> str:
    """Return why there is no answer, a line for each language; `said`: in words of its own."""
    code = said or _REFUSALS.get(status, "app_unreadable" if status < 500 else "app_broken")
    return "".join(f"{LABELS.say(code, language)}\n" for language in languages)


def _in_words(error: HTTPException) -> AnyResponse | Response:
    """Return a refusal in the language of the page that was asked for, in both where none was."""
    response = error.get_response()
    response.content_type = PLAIN
    here = [language for language in LANGUAGES if request.path.startswith(f"/{language}/")]
    gone = GONE if error.description == GONE else ""
    response.set_data(refusal(response.status_code, here or LANGUAGES, gone))
    return response


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
