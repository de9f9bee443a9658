"""What is made when it is first needed: its module is read then, so that the window need not wait for it."""

import importlib
from collections.abc import Callable, Iterable
from functools import partial
from typing import Any, Generic, Protocol, TypeVar

from soh_author.desktop.room import Handlers

_HERE = "soh_author.desktop"
T = TypeVar("T")


class CarriesOut(Protocol):
    """Something with verbs of its own."""

    def handlers(self) -> Handlers:
        """What it carries out, by action id."""


C = TypeVar("C", bound=CarriesOut)


class Late(Generic[T]):
    """Made by the first call, and given by every call.

    By name only, like the verbs of the command line: reading all modules takes longer than showing a window.

    Args:
        name: module below this package and class, as ``matrix.room.MatrixRoom``.
        make: makes it, given the class.
    """

    def __init__(self, name: str, make: Callable[[Any], T]) -> None:
        self._module, _, self._class = f"{_HERE}.{name}".rpartition(".")
        self._make = make
        self.made: T | None = None
        """It, if it was needed yet."""

    def read(self) -> None:
        """Read its module; may be done on a thread."""
        importlib.import_module(self._module)

    def __call__(self) -> T:
        """It."""
        if self.made is None:
            self.made = self._make(getattr(importlib.import_module(self._module), self._class))
        return self.made


def late_handlers(late: Late[C], action_ids: Iterable[str]) -> Handlers:
    """Handlers for actions that something late carries out."""
    return {name: partial(_do, late, name) for name in action_ids}


def _do(late: Late[C], action_id: str) -> None:
    late().handlers()[action_id]()
