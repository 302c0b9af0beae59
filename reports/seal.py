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
from collections.abc import Iterable, Iterator, Mapping, Sequence
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
    rows = [_text(row) for row in bare.get(_LISTED, ())]
    whole = (f"{_text(name)}:{_listed(rows) if name == _LISTED else _text(bare[name])}" for name in sorted(bare))
    parts = {name: _digest(part)[:_SHORT] for name, part in _parts(bare, rows).items()}
    return Seal(whole=_digest(f"{{{','.join(whole)}}}"), parts=parts)


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


def _parts(content: Mapping[str, Any], rows: Sequence[str]) -> dict[str, str]:
    """Return every part that has a digest of its own as JSON, by name; `rows` is what the regions are."""
    parts: dict[str, str] = {}
    for section, value in content.items():
        if section == _LISTED:
            parts |= {f"{_ROW}{row.get('id')}": text for row, text in zip(value, rows, strict=True)}
            parts |= {name: _text(column) for name, column in _columns(value)}
        elif isinstance(value, Mapping):
            parts |= {f"{section}.{key}": _text(field) for key, field in value.items()}
        else:
            parts[section] = _text(value)
    return parts


def _columns(rows: Sequence[Mapping[str, Any]]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield each field of all regions, by their identifiers, and its name."""
    for key in dict.fromkeys(key for row in rows for key in row):
        yield f"{_COLUMN}{key}", {str(row.get("id")): row.get(key) for row in rows}


def _text(content: object) -> str:
    """Return content as JSON with sorted keys and no blanks."""
    return json.dumps(content, sort_keys=True, separators=(",", ":"), allow_nan=False)


def _listed(texts: Iterable[str]) -> str:
    """Return the JSON of a list from that of what it holds."""
    return f"[{','.join(texts)}]"


def _digest(text: str) -> str:
    """Return the SHA-256 of a text in ASCII."""
    return hashlib.sha256(text.encode("ascii")).hexdigest()
