"""What all records share: strict values, names in two languages, JSON."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Literal, Self

from pydantic import BaseModel, ConfigDict, Field

from reports.seal import Seal, seal
from scenarios.errors import Said
from scenarios.file.book.slots import Path
from scenarios.quantities import Quantity, QuantityName, of_told
from scenarios.schema_types import Words
from scenarios.wording import Language, Text, speaking_on_page

Verdict = Literal["backed", "not_backed"]


def _absent(value: object) -> bool:
    """Return whether there is no such thing: a record then does not speak of it."""
    return value is None


class Record(BaseModel):
    """Frozen and closed; made ready when it is first used, for a command uses few of all records."""

    model_config = ConfigDict(
        frozen=True,
        extra="forbid",
        populate_by_name=True,
        serialize_by_alias=True,
        allow_inf_nan=False,
        defer_build=True,
    )

    @classmethod
    def of(cls, source: object, /, **more: object) -> Self:
        """Return the record of what `source` has under the names of its fields, exact numbers as floats, and `more`."""
        names = (name for name in cls.model_fields if name not in more and hasattr(source, name))
        return cls.model_validate({**{name: getattr(source, name) for name in names}, **more})

    @property
    def record(self) -> Self:
        """Itself: a result has a record, or is one."""
        return self

    @property
    def own_seal(self) -> Seal | None:
        """The seal of the record's file; see `reports.seal`."""
        return getattr(self, "digest", None)

    def sealed(self) -> Self:
        """Return the record with the seal of its file, where it has a `digest` for one."""
        if "digest" not in type(self).model_fields:
            return self
        return self.model_copy(update={"digest": seal(self.model_dump(mode="json"))})

    def to_json(self) -> str:
        """Return the record as JSON text, one key a line, sealed."""
        return self.sealed().as_json()

    def as_json(self) -> str:
        """Return the record as JSON text, one key a line, as it is."""
        return self.model_dump_json(indent=2) + "\n"


class Measured(Record):
    """What is of a quantity; of carbon where it does not say so. Its fields keep their names: emissions are amounts."""

    quantity: QuantityName | None = Field(default=None, exclude_if=_absent)
    unit: str | None = Field(default=None, exclude_if=_absent)  # Of amounts that a field gives in 10kt

    @property
    def measured(self) -> Quantity:
        """The quantity that it is of."""
        return of_told(self.quantity, self.unit)


class Named(Record):
    """What has an identifier and a name in both languages."""

    id: str
    name: str
    name_en: str

    def label(self, language: Language) -> str:
        """Return the name people read in `language`."""
        return self.name if language == "zh" else self.name_en


def regions_called(regions: Iterable[Named]) -> dict[Path, Said]:
    """Return what regions are called, where settings are said in words."""
    return {("regions", each.id): Text(each.name, each.name_en) for each in regions}


class Listed(Named):
    """What its JSON calls by identifier and Chinese name alone."""

    name_en: str = Field(exclude=True)


def in_both(say: Callable[[Language], str]) -> Words:
    """Return what can be said in one language, in both."""
    with speaking_on_page(page=False):
        return Words(zh=say("zh"), en=say("en"))
