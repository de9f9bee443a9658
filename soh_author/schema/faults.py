"""What is wrong in a file's values, said for people: all of it at once."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from difflib import get_close_matches

from pydantic_core import ErrorDetails

from soh_author.domain.diagnostics import CODES

type_of_path = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault: the code of its diagnostic, a sentence, and the path of keys to where it is."""

    code: str
    message: str
    path: type_of_path


_KINDS = {
    "dict_type": "there must be lines of a name, a colon and a value",
    "model_type": "there must be lines of a name, a colon and a value",
    "model_attributes_type": "there must be lines of a name, a colon and a value",
    "list_type": "there must be a list: [one, two]",
    "too_short": "there must be at least one",
    "literal_error": "there must be another word",
}


def faults_of(errors: Iterable[ErrorDetails], known: Collection[str]) -> tuple[Fault, ...]:
    """Translate a model's errors.

    Args:
        errors: what pydantic found.
        known: names of the fields of the file, to guess what a misspelt one should be.
    """
    return tuple(_fault(error, known) for error in errors)


def _fault(error: ErrorDetails, known: Collection[str]) -> Fault:
    path = tuple(part for part in error["loc"] if part != "[key]")
    kind = error["type"]
    name = _name(path)
    if kind == "missing":
        return Fault("missing-key", f"“{name}” is missing{_inside(path)}.", path[:-1] or path)
    if kind == "extra_forbidden":
        guess = get_close_matches(str(path[-1]), known, n=1)
        mend = f" Did you mean “{guess[0]}”?" if guess else ""
        return Fault("unknown-key", f"“{name}” isn't a field of this file{_inside(path)}.{mend}", path)
    if kind in CODES:
        return Fault(kind, f"In “{name}”, {error['msg']}", path)
    sentence = _KINDS.get(kind, "this value isn't right")
    return Fault("bad-value", f"In “{name}”, {sentence}.", path)


def _name(path: type_of_path) -> str:
    names = [part for part in path if isinstance(part, str)]
    return names[-1] if names else "the file"


def _inside(path: type_of_path) -> str:
    if len(path) < 2:
        return ""
    above = path[-2]
    if isinstance(above, int):
        return f" in number {above + 1} of “{_name(path[:-2])}”"
    return f" in “{above}”"
