"""The files by which people agree: policy, records of approval, releases.

Policy and records are JSON and keep JSON's numbers; a release is YAML and, like all YAML here, texts only.
The models tell the shape. Whether a signature is right, and whether the person may, is not told by a shape.
"""

import re
from datetime import datetime
from enum import StrEnum
from typing import Annotated

from pydantic import Field, PlainValidator

from soh_author.schema.fields import (
    FileModel,
    ForceIdText,
    LanguageText,
    Line,
    Number,
    OptionalLine,
    PageIdText,
    Repository,
    choice,
    chosen,
    refuse,
    text_of,
    words,
)

_MOMENT = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z")
_DIGEST = re.compile(r"(?:sha256:[0-9a-f]{64})?")
_BLOB = re.compile(r"(?:[0-9a-f]{40}|[0-9a-f]{64})?")
_ID = re.compile(r"[a-z0-9]+(?:[-.][a-z0-9]+)*")
_NONCE = re.compile(r"[0-9a-f]{32,64}")


class RoleName(StrEnum):
    """What a person may be."""

    EDITOR = "editor"
    REVIEWER = "reviewer"
    WELSH_REVIEWER = "welsh-reviewer"
    PUBLISHER = "publisher"
    FACT_CHECKER = "fact-checker"


class Action(StrEnum):
    """What a record says; each action is signed in a namespace of its own."""

    SUBMIT = "submit"
    APPROVE = "approve"
    WITHDRAW = "withdraw"
    FACTCHECK = "factcheck"
    EMERGENCY = "emergency"


def _read_moment(value: object) -> str:
    text = text_of(value)
    if not _MOMENT.fullmatch(text):
        refuse("there must be a moment, like 2026-11-22T17:30:00Z.")
    try:
        datetime.fromisoformat(text)
    except ValueError:
        refuse(f"there is no moment “{text}”.")
    return text


def _shaped(pattern: re.Pattern[str], what: str) -> PlainValidator:
    def read(value: object) -> str:
        text = text_of(value)
        if not pattern.fullmatch(text):
            refuse(f"there must be {what}.")
        return text

    return PlainValidator(read)


Moment = Annotated[str, PlainValidator(_read_moment), words(format="date-time")]
Digest = Annotated[
    str,
    _shaped(_DIGEST, "sha256: and 64 digits from 0 to f, or nothing"),
    words(pattern=f"^{_DIGEST.pattern}$"),
]
Blob = Annotated[
    str, _shaped(_BLOB, "40 or 64 digits from 0 to f, or nothing"), words(pattern=f"^{_BLOB.pattern}$")
]
Id = Annotated[
    str,
    _shaped(_ID, "an id of lower-case letters, digits, hyphens and dots"),
    words(pattern=f"^{_ID.pattern}$"),
]
Nonce = Annotated[str, _shaped(_NONCE, "32 to 64 digits from 0 to f"), words(pattern=f"^{_NONCE.pattern}$")]
Role = Annotated[RoleName, PlainValidator(choice(RoleName)), chosen(RoleName)]
ActionText = Annotated[Action, PlainValidator(choice(Action)), chosen(Action)]


class PersonEntry(FileModel):
    """A person."""

    id: Id
    name: Line
    email: Line


class KeyEntry(FileModel):
    """A public key of a person, as ssh writes it on one line, and the time in which it counts."""

    person: Id
    key: Line
    start: Moment = Field(alias="from")
    until: Moment | None = None
    revoked: Moment | None = None


class RoleEntry(FileModel):
    """A role of a person. Without layers, areas or languages it holds for all of them."""

    person: Id
    role: Role
    layers: list[Line] = Field(default=[])
    areas: list[Line] = Field(default=[])
    languages: list[LanguageText] = Field(default=[])


class RootsEntry(FileModel):
    """Who may change the policy, and how many of them must sign."""

    people: list[Id] = Field(min_length=1)
    threshold: int = Field(ge=2)


class PolicyFile(FileModel):
    """policy/policy.json."""

    schema_version: int = Field(alias="schema", ge=1)
    version: int = Field(ge=1)
    repository: Repository
    people: list[PersonEntry] = Field(min_length=1)
    keys: list[KeyEntry] = Field(min_length=1)
    roles: list[RoleEntry] = Field(default=[])
    roots: RootsEntry
    rules: dict[str, str | int | bool] = Field(default={})


class SourceTransition(FileModel):
    """A file of the content before and after: blob ids, empty where there is none."""

    path: Line
    start: Blob = Field(alias="from")
    to: Blob


class OutputTransition(FileModel):
    """An output before and after: digests, empty where there is none."""

    page: PageIdText
    force: ForceIdText
    language: LanguageText
    start: Digest = Field(alias="from")
    to: Digest


class ApprovalRecord(FileModel):
    """approvals/xx/….json."""

    schema_version: int = Field(alias="schema", ge=1)
    action: ActionText
    repository: Repository
    person: Id
    time: Moment
    nonce: Nonce
    note: OptionalLine = ""
    sources: list[SourceTransition] = Field(default=[])
    outputs: list[OutputTransition] = Field(default=[])


class ReleasedOutput(FileModel):
    """An output as a release put it out; an empty digest says that it was taken down."""

    page: PageIdText
    force: ForceIdText
    language: LanguageText
    digest: Digest


class ReleaseFile(FileModel):
    """releases/….yml."""

    schema_version: Number = Field(alias="schema")
    id: Id
    time: Moment
    publisher: Id
    note: Line
    drafts: list[Id] = Field(default=[])
    templates: Line
    outputs: list[ReleasedOutput] = Field(default=[])
    records: list[Line] = Field(default=[])
    not_before: Moment | None = None
