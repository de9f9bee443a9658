"""Kinds of values that files hold. Everything arrives as text; what it means is checked and read here.

Each raises a :class:`pydantic_core.PydanticCustomError` whose type is a diagnostic's code and whose text is a
sentence for people that reads well behind “In “field”, …”.
"""

import re
from collections.abc import Callable
from datetime import date
from enum import StrEnum
from functools import lru_cache
from typing import Annotated, Literal, NoReturn, TypeVar

from pydantic import BaseModel, ConfigDict, PlainValidator, WithJsonSchema
from pydantic_core import PydanticCustomError

from soh_author.domain.errors import InvalidNameError
from soh_author.domain.facts import FactType
from soh_author.domain.force import ForceKind, ForceStatus
from soh_author.domain.ids import (
    RESERVED,
    DraftName,
    FactName,
    ForceId,
    GroupId,
    Language,
    PageId,
    PersonId,
    SectionId,
)
from soh_author.domain.override import OpKind
from soh_author.domain.page import PageType
from soh_author.domain.pins import Pin
from soh_author.domain.signs import TURNING

_ISO_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
_ADDRESS = re.compile(r"/(?:[A-Za-z0-9_~-][A-Za-z0-9._~-]*/)*")
_HOST = re.compile(r"[a-z0-9]+(?:-+[a-z0-9]+)*(?:\.[a-z0-9]+(?:-+[a-z0-9]+)*)+")
_UUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_VERSION = re.compile(r"[0-9a-f]{7,64}")
_PATTERN = re.compile(r"[a-z0-9*?/-]+")
_LINE_ENDS = re.compile(r"[\r\n\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
_TURNING = re.compile(f"[{TURNING}]")
_LONGEST = 2000
# The same rules for JSON Schema; white space around a text doesn't count.
_NO_LINE_END = r"[^\r\n\u000b\u000c\u001c-\u001e\u0085\u2028\u2029]"
_DEVICES = "con|prn|aux|nul|com[1-9]|lpt[1-9]"
_NO_TURNING = rf"(?![\s\S]*[{TURNING}])"
_ONE_LINE = rf"\S(?:{_NO_LINE_END}*\S)?"
DAY = r"[0-9]{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12][0-9]|3[01])"
"""What a day looks like; whether it is in the calendar is not told by this."""
_NAMES_KEPT = 8192

E = TypeVar("E", bound=StrEnum)
N = TypeVar("N", PageId, SectionId, ForceId, GroupId, FactName, DraftName, PersonId)


class FileModel(BaseModel):
    """Base of every model of a file: nothing unknown, nothing guessed, nothing changed afterwards."""

    # Each model is made ready when it is first used: a program start uses a few of them, if any.
    model_config = ConfigDict(
        extra="forbid", strict=True, frozen=True, populate_by_name=True, defer_build=True
    )


def refuse(text: str, code: Literal["bad-value", "bad-pin", "bad-url"] = "bad-value") -> NoReturn:
    """Say what is wrong with a value.

    Args:
        text: a sentence that reads well behind “In “field”, …”.
        code: code of the diagnostic.

    Raises:
        PydanticCustomError: always.
    """
    raise PydanticCustomError(code, "{text}", {"text": text})


def shown(value: object) -> str:
    """A value as a message shows it: short, in quotes; lists and mappings by their kind."""
    if isinstance(value, list):
        return "a list"
    if isinstance(value, dict):
        return "a mapping"
    words = " ".join(str(value).split())
    return f"“{words if len(words) <= 60 else words[:59] + '…'}”"


def text_of(value: object) -> str:
    """The value if it is a text.

    Raises:
        PydanticCustomError: for lists and mappings.
    """
    if not isinstance(value, str):
        refuse(f"there must be text, not {shown(value)}.")
    return value


def _read_line(value: object) -> str:
    text = text_of(value).strip()
    if not text:
        refuse("nothing is written.")
    if _LINE_ENDS.search(text):
        refuse("the text must stand on one line.")
    if len(text) > _LONGEST:
        refuse(f"the text is longer than {_LONGEST:,} characters.")
    return text


def _read_optional_line(value: object) -> str:
    return _read_line(value) if text_of(value).strip() else ""


def _read_plain_line(value: object) -> str:
    text = _read_optional_line(value)
    if _TURNING.search(text):
        refuse("there are signs that turn the words around.")
    return text


def _read_date(value: object) -> date:
    text = text_of(value)
    if _ISO_DATE.fullmatch(text):
        try:
            return date.fromisoformat(text)
        except ValueError:
            refuse(f"there is no day {shown(text)}.")
    refuse(f"{shown(text)} isn't a date; write it like 2027-04-01.")


def _read_optional_date(value: object) -> date | None:
    return _read_date(value) if text_of(value) else None


def _read_flag(value: object) -> bool:
    text = text_of(value)
    if text not in {"true", "false"}:
        refuse(f"{shown(text)} is neither true nor false.")
    return text == "true"


def _read_pin(value: object) -> Pin:
    pin = Pin.read(text_of(value))
    if pin is None:
        refuse(
            f"{shown(value)} isn't a pin; a pin is sha256: and 64 digits from 0 to f, in lower case.",
            "bad-pin",
        )
    return pin


def _read_version(value: object) -> str:
    text = text_of(value)
    if not _VERSION.fullmatch(text):
        refuse(f"{shown(text)} isn't a version; it is 7 to 64 digits from 0 to f.")
    return text


def read_address(value: object) -> str:
    """Check the address of a page on its site.

    Raises:
        PydanticCustomError: when it doesn't begin and end with ``/`` or has other signs than addresses have.
    """
    text = text_of(value)
    if not _ADDRESS.fullmatch(text):
        refuse(
            f"{shown(text)} isn't an address; begin and end with /, with letters, digits, . _ ~ and hyphens.",
            "bad-url",
        )
    return text


def _read_addresses(value: object) -> dict[Language | None, str]:
    if isinstance(value, str):
        return {None: read_address(value)}
    if not isinstance(value, dict):
        refuse(f"there must be an address, or {{en: …, cy: …}}, not {shown(value)}.", "bad-url")
    unknown = set(value) - set(Language)
    if unknown or not value:
        refuse(f"the languages are en and cy, not {shown(', '.join(sorted(unknown)) or 'none')}.", "bad-url")
    return {Language(language): read_address(address) for language, address in value.items()}


def _read_host(value: object) -> str:
    text = text_of(value)
    if not _HOST.fullmatch(text):
        refuse(f"{shown(text)} isn't the name of a site, like www.gwent.police.uk.")
    return text


def _read_repository(value: object) -> str:
    text = text_of(value)
    if not _UUID.fullmatch(text):
        refuse(f"{shown(text)} isn't a repository's number: 8-4-4-4-12 digits from 0 to f, in lower case.")
    return text


def _read_number(value: object) -> int:
    text = text_of(value)
    if not re.fullmatch(r"[0-9]{1,9}", text):
        refuse(f"{shown(text)} isn't a whole number.")
    return int(text)


def _read_page_pattern(value: object) -> str:
    text = text_of(value)
    if not _PATTERN.fullmatch(text):
        refuse(f"{shown(text)} isn't a page id, with * for any part of it.")
    return text


def choice(kind: type[E]) -> Callable[[object], E]:
    """A validator for one of a few words."""
    members = {member.value: member for member in kind}

    def read(value: object) -> E:
        text = text_of(value)
        found = members.get(text)
        if found is None:
            refuse(f"{shown(text)} isn't one of {', '.join(members)}.")
        return found

    return read


def _name(kind: type[N]) -> Callable[[object], N]:
    # Records and releases name the same pages and forces thousands of times.
    make = lru_cache(maxsize=_NAMES_KEPT)(kind)

    def read(value: object) -> N:
        try:
            return make(text_of(value))
        except InvalidNameError as error:
            refuse(f"{error.what} {error.todo}")

    return read


def words(**schema: object) -> WithJsonSchema:
    """JSON Schema of a text with more rules."""
    return WithJsonSchema({"type": "string", **schema})


def _named(kind: type[N]) -> WithJsonSchema:
    names: frozenset[str] = kind.reserved
    reserved = "|".join([_DEVICES, *sorted(names - RESERVED)])
    return words(pattern=f"^(?!(?:.*/)?(?:{reserved})(?:/|$)){kind.pattern.pattern}$", maxLength=kind.longest)


def chosen(kind: type[StrEnum]) -> WithJsonSchema:
    """JSON Schema of one of a few words."""
    return words(enum=[member.value for member in kind])


Line = Annotated[str, PlainValidator(_read_line), words(pattern=rf"^\s*{_ONE_LINE}\s*$", maxLength=_LONGEST)]
OptionalLine = Annotated[
    str,
    PlainValidator(_read_optional_line),
    words(pattern=rf"^\s*(?:{_ONE_LINE}\s*)?$", maxLength=_LONGEST),
]
PlainLine = Annotated[
    str,
    PlainValidator(_read_plain_line),
    words(pattern=rf"^{_NO_TURNING}\s*(?:{_ONE_LINE}\s*)?$", maxLength=_LONGEST),
]
"""What somebody says when they sign, which everybody reads as it stands."""
IsoDate = Annotated[date, PlainValidator(_read_date), words(format="date", pattern=f"^{DAY}$")]
OptionalDate = Annotated[date | None, PlainValidator(_read_optional_date), words(pattern=f"^(?:{DAY})?$")]
# Editors that read YAML with types see a truth value or a number where this program sees a text.
Flag = Annotated[
    bool,
    PlainValidator(_read_flag),
    WithJsonSchema({"enum": ["true", "false", True, False], "type": ["string", "boolean"]}),
]
PinText = Annotated[Pin, PlainValidator(_read_pin), words(pattern="^sha256:[0-9a-f]{64}$")]
Version = Annotated[str, PlainValidator(_read_version), words(pattern="^[0-9a-f]{7,64}$")]
Address = Annotated[str, PlainValidator(read_address), words(pattern=f"^{_ADDRESS.pattern}$")]
Addresses = Annotated[
    dict[Language | None, str],
    PlainValidator(_read_addresses),
    WithJsonSchema(
        {
            "anyOf": [
                {"type": "string", "pattern": f"^{_ADDRESS.pattern}$"},
                {
                    "type": "object",
                    "properties": {
                        language.value: {"type": "string", "pattern": f"^{_ADDRESS.pattern}$"}
                        for language in Language
                    },
                    "additionalProperties": False,
                    "minProperties": 1,
                },
            ]
        }
    ),
]
Host = Annotated[str, PlainValidator(_read_host), words(pattern=f"^{_HOST.pattern}$")]
Repository = Annotated[str, PlainValidator(_read_repository), words(pattern=f"^{_UUID.pattern}$")]
Number = Annotated[
    int,
    PlainValidator(_read_number),
    WithJsonSchema({"type": ["string", "integer"], "pattern": "^[0-9]{1,9}$"}),
]
PagePattern = Annotated[str, PlainValidator(_read_page_pattern), words(pattern=f"^{_PATTERN.pattern}$")]
PageIdText = Annotated[PageId, PlainValidator(_name(PageId)), _named(PageId)]
SectionIdText = Annotated[SectionId, PlainValidator(_name(SectionId)), _named(SectionId)]
ForceIdText = Annotated[ForceId, PlainValidator(_name(ForceId)), _named(ForceId)]
GroupIdText = Annotated[GroupId, PlainValidator(_name(GroupId)), _named(GroupId)]
FactNameText = Annotated[FactName, PlainValidator(_name(FactName)), _named(FactName)]
DraftNameText = Annotated[DraftName, PlainValidator(_name(DraftName)), _named(DraftName)]
PersonIdText = Annotated[PersonId, PlainValidator(_name(PersonId)), _named(PersonId)]
LanguageText = Annotated[Language, PlainValidator(choice(Language)), chosen(Language)]
PageTypeText = Annotated[PageType, PlainValidator(choice(PageType)), chosen(PageType)]
OpKindText = Annotated[OpKind, PlainValidator(choice(OpKind)), chosen(OpKind)]
FactTypeText = Annotated[FactType, PlainValidator(choice(FactType)), chosen(FactType)]
ForceKindText = Annotated[ForceKind, PlainValidator(choice(ForceKind)), chosen(ForceKind)]
ForceStatusText = Annotated[ForceStatus, PlainValidator(choice(ForceStatus)), chosen(ForceStatus)]
