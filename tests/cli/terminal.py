"""A terminal for tests: types a line, and reads what was printed."""

import io
import json
import signal
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from soh_author.cli.main import main
from soh_author.cli.world import World

NOON = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
KIM = "Kim Jones <kim@kent.example>"


@dataclass(frozen=True, slots=True)
class Printed:
    """What a line came to: exit code, and what it printed."""

    code: int
    raw: bytes
    err: str

    @property
    def out(self) -> str:
        """The standard output as text."""
        return self.raw.decode("utf-8")

    @property
    def data(self) -> dict[str, Any]:
        """The standard output as JSON."""
        data: dict[str, Any] = json.loads(self.raw)
        return data

    @property
    def error(self) -> dict[str, Any]:
        """The error on the standard error, as JSON."""
        error: dict[str, Any] = json.loads(self.err)["error"]
        return error


class Terminal:
    """Types verbs at noon on 22 November 2026, with an environment and settings of its own.

    Args:
        personal: the settings file, which may be missing.
        workspace: given with every verb that takes one, unless None.
    """

    def __init__(self, personal: Path, workspace: Path | None = None) -> None:
        self.environment: dict[str, str] = {"SOH_AUTHOR_NAME": KIM}
        self.workspace = workspace
        self.world = World(lambda: NOON, self.environment, personal)

    def type(self, *words: str | Path) -> Printed:
        """Run a verb; the workspace is added to its options."""
        typed = [str(word) for word in words]
        if self.workspace is None:
            return self.type_exactly(*typed)
        end = typed.index("--") if "--" in typed else len(typed)  # behind it nothing is an option
        return self.type_exactly(*typed[:end], "--workspace", self.workspace, *typed[end:])

    def type_exactly(self, *typed: str | Path) -> Printed:
        """Run a verb with nothing added."""
        out, err = _Stream(), _Stream()
        with redirect_stdout(out), redirect_stderr(err):
            code = main([str(word) for word in typed], self.world)
        return Printed(code, out.printed, err.printed.decode("utf-8"))

    def ask(self, *words: str | Path) -> dict[str, Any]:
        """Run a verb that has to work, and take its answer for programs."""
        printed = self.type(*words, "--json")
        assert printed.code == 0, printed.err
        return printed.data


class _Stream(io.TextIOWrapper):
    """Takes what is printed."""

    def __init__(self) -> None:
        self._raw = io.BytesIO()
        super().__init__(self._raw, encoding="utf-8", write_through=True)

    @property
    def printed(self) -> bytes:
        return self._raw.getvalue()


class Impatient(io.TextIOWrapper):
    """A terminal whose person presses Ctrl+C as soon as the work tells how far it is."""

    def __init__(self) -> None:
        super().__init__(io.BytesIO(), encoding="utf-8", write_through=True)
        self.has_pressed = False

    def isatty(self) -> bool:
        """It is a terminal."""
        return True

    def write(self, text: str) -> int:
        """Show a text, and press Ctrl+C once."""
        if not self.has_pressed:
            self.has_pressed = True
            signal.raise_signal(signal.SIGINT)
        return super().write(text)
