"""requirements.lock pins everything, with hashes, and names no place packages came from."""

import re

from tests.house import codebase

_LOCK = (codebase.ROOT / "requirements.lock").read_text(encoding="utf-8")
_PINS = re.compile(
    r"^([a-z0-9][a-z0-9-]*)==(\S+)(?: ; [^\\]+)?(?: \\)?$((?:\n    --hash=sha256:[0-9a-f]{64}(?: \\)?$)*)",
    re.MULTILINE,
)


def _plain(requirement: str) -> str:
    name = re.match(r"[A-Za-z0-9._-]+", requirement)
    assert name, f"{requirement!r} does not begin with a name."
    return re.sub(r"[-_.]+", "-", name[0]).lower()


def _wanted() -> set[str]:
    said = codebase.project()
    extras = said["project"]["optional-dependencies"]
    everything = [
        *said["build-system"]["requires"],
        *said["project"]["dependencies"],
        *extras["desktop"],
        *extras["dev"],
    ]
    return {_plain(requirement) for requirement in everything}


def test_everything_the_project_asks_for_is_locked() -> None:
    locked = {match[1] for match in _PINS.finditer(_LOCK)}
    assert _wanted() <= locked


def test_every_line_is_a_pin_with_hashes() -> None:
    left = _PINS.sub("", _LOCK)
    assert [line for line in left.splitlines() if line and not line.startswith("#")] == []
    assert [match[1] for match in _PINS.finditer(_LOCK) if not match[3]] == []


def test_a_second_browser_is_not_installed() -> None:
    assert "playwright==" not in re.sub(r"axe-playwright-python==", "", _LOCK)
