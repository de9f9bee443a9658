"""What is to become of clashes, as JSON: read from a file for ``forces merge``."""

from collections.abc import Mapping
from pathlib import Path

from soh_author.cli.files import read_json
from soh_author.domain.errors import UsageError
from soh_author.domain.forces_change import Decision
from soh_author.domain.ids import ForceId

_KNOWN = frozenset({"clash", "keep", "shared", "words", "heading"})


def read_decisions(path: Path) -> dict[str, Decision]:
    """The decisions in a file, by the names of the clashes.

    Raises:
        UsageError: when the file is missing, or something in it makes no sense; says what.
    """
    found = read_json(path)
    entries = found.get("decisions") if isinstance(found, dict) else None
    if not isinstance(entries, list):
        raise _wrong("the file has no list “decisions”")
    decisions: dict[str, Decision] = {}
    for entry in entries:
        name, decision = _decision(entry)
        if name in decisions:
            raise _wrong(f"“{name}” is decided twice")
        decisions[name] = decision
    return decisions


def _decision(entry: object) -> tuple[str, Decision]:
    if not isinstance(entry, dict):
        raise _wrong("a decision is no object")
    name = _text(entry, "clash")
    if not name:
        raise _wrong("a decision doesn't say which clash it is for")
    unknown = sorted(str(key) for key in entry.keys() - _KNOWN)
    if unknown:
        raise _wrong(f"“{unknown[0]}” is none of {', '.join(sorted(_KNOWN))}")
    chosen = [key for key in ("keep", "shared", "words") if key in entry]
    if len(chosen) != 1:
        raise _wrong(f"“{name}” needs one of keep, shared and words")
    if "shared" in entry and entry["shared"] is not True:
        raise _wrong(f"“shared” of “{name}” can only be true")
    keep, words, heading = (_text(entry, key) for key in ("keep", "words", "heading"))
    return name, Decision(None if keep is None else ForceId(keep), words, heading)


def _text(entry: Mapping[str, object], key: str) -> str | None:
    value = entry.get(key)
    if value is not None and not isinstance(value, str):
        raise _wrong(f"“{key}” is no text")
    return value


def _wrong(what: str) -> UsageError:
    return UsageError(
        f"In the answers, {what}.",
        safe="Nothing was changed.",
        todo="The help page on the command line shows how they are written, under forces merge.",
    )
