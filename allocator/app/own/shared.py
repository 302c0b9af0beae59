"""What the pages of the user's own files share: how they are put on the server, filled, and refused in words."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import quote

from flask import Flask, Response, jsonify, render_template, request

from allocator.app.guard import PLAIN
from allocator.app.own.asked import Sent, read
from allocator.app.questions import Unreadable
from allocator.errors import exit_and_sentences
from reports.words import LABELS
from reports.words.pages.own_files import WORDS
from scenarios.errors import InputError
from scenarios.sources import BOOK_FILES
from scenarios.wording import Language

_SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
Shell = Callable[[Language], dict[str, object]]
"""What every page is filled with."""


class Pages:
    """Pages of one language."""

    def __init__(self, language: Language, shell: Shell) -> None:
        self.language, self._shell = language, shell

    def put(self, server: Flask, path: str, answer: Callable[..., Any], method: str = "GET") -> None:
        """Put an answer on the server; what cannot be read or done is refused in words."""

        def answered(**names: str) -> Any:  # noqa: ANN401  (whatever Flask takes)
            try:
                return answer(**names)
            except Unreadable as error:
                return refused([LABELS.say("app_unreadable", self.language)]), error.status
            except (InputError, OSError) as error:
                return refused(exit_and_sentences(error, self.language)[1])

        refused = self.refusal if method == "POST" else _as_text
        whole = f"/{self.language}/{path}"
        server.add_url_rule(whole, f"own {method} {whole}", answered, methods=[method])

    def refusal(self, said: list[str]) -> Response:
        """Return why something was not done."""
        return jsonify(ok=False, said=said)

    def say(self, code: str, **values: object) -> str:
        """Return a text of these pages."""
        return WORDS.say(code, self.language, **values)

    def rendered(self, page: str, **values: object) -> str:
        """Return a page."""
        return render_template(page, **values, **self._shell(self.language))


def _as_text(said: list[str]) -> Response:
    """Return why a page or a file is not shown that a person has asked for: a text to read."""
    return Response("".join(f"{line}\n" for line in said), 422, mimetype=PLAIN)


def sent(wanted: type[Sent]) -> Sent:
    """Return what a page has sent. Raises Unreadable: no JSON, or of another form."""
    return read(request.get_data(), request.mimetype, wanted)


def book_file(content: bytes, name: str) -> Response:
    """Return a workbook that the browser keeps under a name."""
    named = f"attachment; filename={BOOK_FILES['en']}; filename*=UTF-8''{quote(name)}"
    return Response(content, mimetype=_SHEET, headers={"Content-Disposition": named})
