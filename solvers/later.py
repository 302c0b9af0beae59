"""Modules of other packages that are imported along the way and hardly ever used."""

from __future__ import annotations

import importlib
import sys
from importlib.machinery import ModuleSpec
from importlib.util import find_spec
from types import ModuleType


def on_use(name: str) -> None:
    """Let `name` be imported when something of it is first asked for, unless it is there already.

    Until then an empty module stands in its place, which ``import`` finds, and below which its parts are found: one may
    be imported by itself, as in ``import scipy.stats.qmc as qmc``. `importlib.util.LazyLoader` would do the same, but
    loads as soon as a second module imports the name.

    `name`: A module, such as ``scipy.stats``: scikit-learn's scalers and Pyomo import it for parts that a plan never
    calls, and it takes longer than both.
    """
    if name not in sys.modules:
        sys.modules[name] = _OnUse(name)


class _OnUse(ModuleType):
    """Stands for a module until a name in it is asked for; then it holds what the module holds."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        del self.__spec__

    def __getattr__(self, name: str) -> object:
        """Import the module and return what was asked for."""
        if name in ("__spec__", "__path__"):  # where its parts are found
            self.__spec__ = _spec(self.__name__)
            self.__path__ = self.__spec__.submodule_search_locations or []
            return getattr(self, name)
        if name.startswith("__"):  # what import itself and `inspect` look for
            raise AttributeError(name)
        if sys.modules.get(self.__name__) is self:
            del sys.modules[self.__name__]
        module = importlib.import_module(self.__name__)
        self.__dict__.update(module.__dict__)
        return getattr(module, name)


def _spec(name: str) -> ModuleSpec:
    """Return where a module is found, without what stands in its place."""
    standing = sys.modules.pop(name)
    try:
        found = find_spec(name)
    finally:
        sys.modules[name] = standing
    if found is None:
        raise ModuleNotFoundError(name, name=name)
    return found
