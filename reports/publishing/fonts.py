"""Which fonts that a document names are not on this machine, and what stands in for them here."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Iterable

from reports.printing.document import Sheet
from reports.publishing.formats import Format
from reports.publishing.layout import layout_of

_SEEN = {"docx"}
"""Suffixes of the formats that name the fonts of a sheet."""
_ALSO = {"仿宋": "FangSong", "黑体": "SimHei", "宋体": "SimSun", "楷体": "KaiTi", "仿宋_GB2312": "FangSong_GB2312"}
"""Names under which fonts are installed as well."""
_SECONDS = 10


def fonts_missing(sheet: Sheet, kinds: Iterable[Format]) -> dict[str, str]:
    """Return the fonts of a sheet set by GB/T 9704 that are not here -> what stands in; empty where not known.

    On a machine that does not say which fonts it has, nothing is said.
    """
    if sheet.paper is None or not any(kind.suffix in _SEEN for kind in kinds):
        return {}
    layout, known = layout_of(sheet), _installed()
    if known is None:
        return {}
    asked = dict.fromkeys((layout.title_font, layout.text_font, layout.head_font, layout.table_font))
    return {font: _stand_in(font) for font in asked if not {font, _ALSO.get(font, font)} & known}


def _installed() -> set[str] | None:
    """Return the names of the fonts on this machine; None where it does not say."""
    if sys.platform == "win32":
        return _of_windows()
    said = _asked("fc-list", ":", "family")
    return None if said is None else {name.strip() for line in said.splitlines() for name in line.split(",")}


def _of_windows() -> set[str]:
    """Return the names in the registry, without their kind: ``SimHei (TrueType)``."""
    if sys.platform != "win32":
        return set()
    import winreg

    found, key = set(), winreg.OpenKey(winreg.HKEY_LOCAL_MACHINE, r"SOFTWARE\Microsoft\Windows NT\CurrentVersion\Fonts")
    for n in range(winreg.QueryInfoKey(key)[1]):
        name = winreg.EnumValue(key, n)[0].partition(" (")[0]
        found |= {part.strip() for part in name.split("&")}
    return found


def _stand_in(font: str) -> str:
    """Return what Chinese text is shown in where a font is asked for that is not here; nothing where not known."""
    said = _asked("fc-match", "-f", "%{family[0]}", f"{font.replace('-', ' ').replace(':', ' ')}:lang=zh-cn")
    return (said or "").strip()


def _asked(program: str, *arguments: str) -> str | None:
    """Return what a program of the system's says; None where it is not there, or fails."""
    found = shutil.which(program)
    if found is None:
        return None
    try:
        done = subprocess.run([found, *arguments], capture_output=True, text=True, timeout=_SECONDS, check=True)
    except (OSError, subprocess.SubprocessError, UnicodeDecodeError):
        return None
    return done.stdout
