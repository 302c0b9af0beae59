"""What a scenario says that gives energy figures in place of emissions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Literal

from pydantic import BeforeValidator, Field, model_validator
from pydantic_core import PydanticCustomError

from scenarios.schema_types import Basis, FileName, Line, Model, NonEnergy, PowerOption, Traded, Wording, one_of

if TYPE_CHECKING:
    from scenarios.accounting.scopes import Scope


def _scope(value: object) -> object:
    """Read the name of a scope, which may look like a year."""
    from scenarios.accounting.scopes import scopes

    name = str(value) if isinstance(value, int) and not isinstance(value, bool) else value
    if not isinstance(name, str) or name not in scopes():
        raise PydanticCustomError("scope_unknown", "scope", {"known": ", ".join(scopes())})
    return name


ScopeName = Annotated[str, BeforeValidator(_scope)]


class OwnScope(Model):
    """A boundary of the user's own.

    `non_energy`: raw materials count `as_fuel`, are left `out`, or count with what is `released`.
    `gases` are those of industrial processes; `gwp` names the assessment report (100 years).
    """

    label: Wording
    non_energy: NonEnergy = "as_fuel"
    processes: bool = False
    electricity: bool = True
    gases: Annotated[tuple[Line, ...], Field(strict=False, min_length=1)] = ("CO2",)
    gwp: Literal["SAR", "AR4", "AR5"] = "AR5"

    def scope(self) -> Scope:
        """Return it as a scope."""
        from scenarios.accounting.scopes import Scope

        zh, en = self.label.say("zh"), self.label.say("en")
        return Scope("own", zh, en, self.non_energy, self.processes, self.electricity, self.gases, self.gwp)


class Energy(Model):
    """An energy table in place of the column `emissions`.

    `file`: the table. `factors`: factors of one's own. `scope`: a named boundary (default 13fyp), or
    `own_scope`. `option`: how electricity counts. `grid`: the province's name in the tables of grid
    factors, if it is not that of `province`. `factor_basis`: the grid's factor on this basis in place of
    the closing one. `traded`: non-fossil electricity traded on the market counts as all does, or as `zero`.
    `vintage`: of what state the figures are.
    """

    file: FileName
    factors: FileName | None = None
    scope: ScopeName | None = None
    own_scope: OwnScope | None = None
    option: PowerOption | None = None
    grid: Line | None = None
    factor_basis: Basis | None = None
    traded: Traded = "average"
    vintage: Wording | None = None

    @model_validator(mode="after")
    def _one(self) -> Energy:
        if self.scope is not None and self.own_scope is not None:
            raise one_of("scope, own_scope", 2)
        from scenarios.accounting.factors import contradiction

        found = contradiction(self.factor_basis, self.traded, self.option)
        if found is not None:
            below = "traded" if found[0] == "traded_average" else "factor_basis"
            raise PydanticCustomError(found[0], "basis", {**found[1], "below": below})
        return self

    def boundary(self) -> Scope:
        """Return what counts."""
        from scenarios.accounting.scopes import scopes

        return self.own_scope.scope() if self.own_scope else scopes()[self.scope or "13fyp"]
