"""Where a scenario is that is called by a name, a file or a folder."""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from importlib.resources import files
from pathlib import Path
from types import MappingProxyType

from scenarios.errors import InputError, Place
from scenarios.findings.system import system_reason
from scenarios.wording import Language

SCENARIO_FILE = "scenario.yaml"
BOOK_FILES: Mapping[Language, str] = MappingProxyType({"zh": "方案.xlsx", "en": "scenario.xlsx"})
"""What a scenario that is one workbook is called, by language."""
_WRITTEN = (".yaml", ".yml")


def bundled_cases() -> tuple[str, ...]:
    """Return the names of the bundled cases."""
    cases = files("scenarios") / "cases"
    return tuple(sorted(entry.name for entry in cases.iterdir() if (entry / SCENARIO_FILE).is_file()))


def find_scenario(source: str | Path) -> Path:
    """Return the path of a scenario file.

    Raises InputError: neither a bundled case nor a file; the nearest case is named. A folder with two of its own.
    """
    path, cases = Path(source), bundled_cases()
    try:
        own = [path / name for name in (SCENARIO_FILE, *BOOK_FILES.values()) if (path / name).exists()]
        if len(own) > 1:
            raise InputError.of("two_scenarios", Place(file=str(source)), known="、".join(one.name for one in own))
        if own:
            return own[0]
        if path.is_file():
            return path
        folder = path.is_dir()
    except OSError as error:  # a name too long, a folder that may not be entered
        raise InputError.of("unreadable", Place(file=str(source)), reason=system_reason(error)) from None
    inside = Path(str(files("scenarios") / "cases" / str(source)))
    if len(path.parts) == 2 and path.parts[0] in cases and path.suffix in _WRITTEN and inside.is_file():
        return inside
    if str(source) in cases:
        return Path(str(files("scenarios") / "cases" / str(source) / SCENARIO_FILE))
    if folder:
        known = ", ".join(sorted(entry.name for entry in path.iterdir() if entry.suffix in _WRITTEN))
        code = "other_scenario_in_folder" if known else "no_scenario_in_folder"
        raise InputError.of(code, Place(file=str(source) or str(path)), known=known)
    close = difflib.get_close_matches(str(source), cases, 1, 0.4)
    raise InputError.of("no_scenario", Place(file=str(source)), known=", ".join(close or cases))
