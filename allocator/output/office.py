"""LibreOffice, where it is on the machine: Word documents become PDF; the user's own settings are not touched."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from pathlib import Path

_PROGRAMS = ("soffice", "libreoffice")
_PLACES = (
    Path("C:/Program Files/LibreOffice/program/soffice.exe"),
    Path("/Applications/LibreOffice.app/Contents/MacOS/soffice"),
)
_SECONDS = 600.0


def find_office() -> str | None:
    """Return the path of LibreOffice, None where it is not found; environment variable SOFFICE_PATH first."""
    own = os.environ.get("SOFFICE_PATH")
    if own is not None:
        return shutil.which(own)
    found = next(filter(None, map(shutil.which, _PROGRAMS)), None)
    return found or next((str(place) for place in _PLACES if place.is_file()), None)


def as_pdf(document: bytes, office: str) -> bytes | None:
    """Return a Word document as PDF, None where LibreOffice does not make one of it."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "whole.docx").write_bytes(document)
        profile = (folder / "profile").as_uri()
        words = [office, f"-env:UserInstallation={profile}", "--headless", "--norestore", "--convert-to", "pdf",
                 "--outdir", str(folder), str(folder / "whole.docx")]  # fmt: skip
        try:
            subprocess.run(words, capture_output=True, check=False, timeout=_SECONDS, stdin=subprocess.DEVNULL)
            return (folder / "whole.pdf").read_bytes()
        except (OSError, subprocess.TimeoutExpired):
            return None
