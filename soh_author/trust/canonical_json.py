"""JSON in one form only: what is signed has one spelling, and no two programs read it differently.

Keys in order of their letters' numbers, no spaces, UTF-8, texts escaped only where they must be, one line end
at the end. No fractions, no nothing, nothing doubled, nothing deep.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import NoReturn, TypeAlias

from soh_author.trust.errors import BadRecordError

Json: TypeAlias = "str | int | bool | Sequence[Json] | Mapping[str, Json]"
"""What canonical JSON may hold."""

LARGEST = 16 * 1024 * 1024
DEEPEST = 12
_DIGITS = 15


def dumps(value: Json) -> bytes:
    """A value in its one form.

    Raises:
        BadRecordError: when it holds a fraction, None, a half of a letter, or lies too deep.
    """
    _check(value, DEEPEST)
    return spelt(value)


def loads(data: bytes, *, largest: int = LARGEST) -> Json:
    """Read what :func:`dumps` wrote.

    Args:
        data: the bytes.
        largest: more bytes than this are not looked at.

    Raises:
        BadRecordError: for anything that :func:`dumps` would write otherwise.
    """
    if len(data) > largest:
        raise BadRecordError(f"it is larger than {largest:,} bytes")
    try:
        value: Json = json.loads(
            data.decode("utf-8"),
            object_pairs_hook=_without_doubles,
            parse_float=_no_fraction,
            parse_constant=_no_fraction,
            parse_int=_number,
        )
    except UnicodeDecodeError as error:
        raise BadRecordError("it is not UTF-8") from error
    except RecursionError as error:
        raise BadRecordError("it is nested too deep") from error
    except json.JSONDecodeError as error:
        raise BadRecordError("it is not JSON") from error
    _check(value, DEEPEST)
    if spelt(value) != data:
        raise BadRecordError("it is not written in its one form")
    return value


def spelt(value: Json) -> bytes:
    """What :func:`dumps` gives, of a value that is known to hold nothing else: to compare with what was read.

    Raises:
        BadRecordError: when a text in it holds half of a letter.
    """
    try:
        return (_ENCODER.encode(value) + "\n").encode("utf-8")
    except UnicodeEncodeError as error:
        raise BadRecordError("a text in it holds half of a letter") from error


_ENCODER = json.JSONEncoder(
    sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False, check_circular=False
)


def _check(value: object, depth: int) -> None:
    if isinstance(value, str | bool):
        return
    if isinstance(value, int):
        if abs(value) >= 10**_DIGITS:
            raise BadRecordError("a number in it is too large")
        return
    if depth == 0:
        raise BadRecordError("it is nested too deep")
    for inner in _inside(value):
        if type(inner) is not str:
            _check(inner, depth - 1)


def _inside(value: object) -> Iterable[object]:
    if isinstance(value, list | tuple):
        return value
    if isinstance(value, dict) and all(isinstance(name, str) for name in value):
        return value.values()
    raise BadRecordError("it holds a value of a kind that isn't taken")


def _without_doubles(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found = dict(pairs)
    if len(found) != len(pairs):
        names = [name for name, _ in pairs]
        doubled = next(name for name in names if names.count(name) > 1)
        raise BadRecordError(f"“{doubled[:40]}” stands twice in it")
    return found


def _no_fraction(_text: str) -> NoReturn:
    raise BadRecordError("a number in it is not whole")


def _number(text: str) -> int:
    if len(text) > _DIGITS + 1:
        raise BadRecordError("a number in it is too large")
    return int(text)
