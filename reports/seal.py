"""The seal of a file that this program wrote: digests by which a later change is found and named.

The seal shows that a file was altered, by slip or by hand; it is no signature, and whoever
makes a new seal can make one that fits.

`whole` is the SHA-256 of the content without the seal. Beneath it stand short digests of the
parts: every field of a section, and of the regions both every row and every column, so that a
changed figure is named by its region and its field at n + m digests in place of n times m.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel, ConfigDict

_SHORT = 16
_LISTED = "regions"
_SEAL, _AROUND = "digest", "provenance"
_ROW, _COLUMN = "row ", "column "


class Seal(BaseModel):
    """Digests of a file: of the `whole`, and part -> digest of its `parts`."""

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)

    whole: str
    parts: dict[str, str]


def seal(content: Mapping[str, Any]) -> Seal:
    """Return the seal of a file's JSON content; a seal that it has already is left out.

    Raises ValueError: the content holds what JSON cannot say (NaN, infinities).
    """
    bare = _without_seal(content)
    return Seal(whole=_digest(bare), parts={name: _digest(part)[:_SHORT] for name, part in _parts(bare).items()})


@dataclass(frozen=True)
class Changes:
    """What no longer fits a seal."""

    fields: tuple[str, ...] = ()  # ``section.field`` outside the regions, changed, gone or new.
    regions: tuple[str, ...] = ()  # Identifiers of regions of which something changed
    # What changed of them, by field; empty when regions came or went, since every column differs then
    columns: tuple[str, ...] = ()
    strangers: tuple[str, ...] = ()  # Identifiers of regions that came or went


def changes(content: Mapping[str, Any], sealed: Seal) -> Changes | None:
    """Return what no longer fits the seal, or None where all does; `Changes()` where only the order differs."""
    now = seal(content)
    if now == sealed:
        return None
    names = dict.fromkeys((*sealed.parts, *now.parts))
    odd = [name for name in names if now.parts.get(name) != sealed.parts.get(name)]
    rows = [name for name in odd if name.startswith(_ROW)]
    moved = [name for name in rows if name in now.parts and name in sealed.parts]
    strangers = [name for name in rows if name not in moved]
    columns = [name for name in odd if name.startswith(_COLUMN)] if moved and not strangers else []
    return Changes(
        fields=tuple(name for name in odd if not name.startswith((_ROW, _COLUMN))),
        regions=tuple(name.removeprefix(_ROW) for name in moved),
        columns=tuple(name.removeprefix(_COLUMN) for name in columns),
        strangers=tuple(name.removeprefix(_ROW) for name in strangers),
    )


def _without_seal(content: Mapping[str, Any]) -> dict[str, Any]:
    """Return content without its seal, which stands at the top or, in a plan, in its provenance."""
    kept = {name: value for name, value in content.items() if name != _SEAL}
    if isinstance(around := kept.get(_AROUND), Mapping):
        kept[_AROUND] = {name: value for name, value in around.items() if name != _SEAL}
    return kept


def _parts(content: Mapping[str, Any]) -> dict[str, Any]:
    """Return every part that has a digest of its own, by name."""
    parts: dict[str, Any] = {}
    for section, value in content.items():
        if section == _LISTED:
            parts |= _rows_and_columns(value)
        elif isinstance(value, Mapping):
            parts |= {f"{section}.{key}": field for key, field in value.items()}
        else:
            parts[section] = value
    return parts


def _rows_and_columns(rows: Iterable[Mapping[str, Any]]) -> dict[str, Any]:
    """Return each region by its identifier, and each field of all regions with theirs."""
    listed = [dict(row) for row in rows]
    fields = dict.fromkeys(key for row in listed for key in row)
    parts: dict[str, Any] = {f"{_ROW}{row.get('id')}": row for row in listed}
    return parts | {f"{_COLUMN}{key}": {str(row.get("id")): row.get(key) for row in listed} for key in fields}


def _digest(content: object) -> str:
    """Return the SHA-256 of content as JSON with sorted keys and no blanks."""
    text = json.dumps(content, sort_keys=True, separators=(",", ":"), allow_nan=False)
    return hashlib.sha256(text.encode("ascii")).hexdigest()
