"""The files by which people agree: policy and records of approval.

They are JSON and keep JSON's numbers.
The models tell the shape. Whether a signature is right, and whether the person may, is not told by a shape.
"""

import re
from typing import Annotated

from pydantic import Field, PlainValidator

from soh_author.domain.judging.approval import Action
from soh_author.domain.judging.people import Role
from soh_author.schema.fields import (
    DraftNameText,
    FileModel,
    ForceIdText,
    IsoDate,
    LanguageText,
    Line,
    PageIdText,
    PagePattern,
    PersonIdText,
    PlainLine,
    Repository,
    choice,
    chosen,
    words,
)
from soh_author.schema.shapes import Digest, Moment, Nonce, RecordId, shaped

_LAYERS = re.compile(r"\*|shared|(?:group|force):(?:\*|[a-z0-9]+(?:-[a-z0-9]+)*)")
_KEY = re.compile(r"[a-z0-9@.-]{1,60} [A-Za-z0-9+/]{32,2000}={0,2}")
_MOST_MOVES = 60_000


LayerPattern = Annotated[
    str,
    shaped(_LAYERS, "*, shared, group:… or force:…"),
    words(pattern=f"^(?:{_LAYERS.pattern})$"),
]
KeyLine = Annotated[
    str,
    shaped(_KEY, "a public key as ssh writes it, without a comment"),
    words(pattern=f"^{_KEY.pattern}$"),
]
RoleText = Annotated[Role, PlainValidator(choice(Role)), chosen(Role)]
ActionText = Annotated[Action, PlainValidator(choice(Action)), chosen(Action)]


class PersonEntry(FileModel):
    """A person."""

    id: PersonIdText
    name: Line
    email: Line


class KeyEntry(FileModel):
    """A public key of a person, as ssh writes it on one line, and the time in which it counts."""

    person: PersonIdText
    key: KeyLine
    start: Moment = Field(alias="from")
    until: Moment | None = None
    revoked: Moment | None = None


class RoleEntry(FileModel):
    """A role of a person: for which layers, pages and languages they hold it."""

    person: PersonIdText
    role: RoleText
    layers: list[LayerPattern] = Field(min_length=1)
    areas: list[PagePattern] = Field(min_length=1)
    languages: list[LanguageText] = Field(min_length=1)


class RootsEntry(FileModel):
    """Who may change the policy, and how many of them must sign."""

    people: list[PersonIdText] = Field(min_length=1)
    threshold: int = Field(ge=2)


class RulesEntry(FileModel):
    """Settings of the judgement."""

    records_last_days: int = Field(ge=1, le=366)
    open_emergencies: int = Field(ge=0, le=20)
    reviewers_of_marked: int = Field(ge=1, le=10)
    fact_checked_types: list[Line] = Field(default=[])


class FreezeEntry(FileModel):
    """Days on which a force's pages change in the permitted ways only."""

    force: ForceIdText
    start: IsoDate = Field(alias="from")
    until: IsoDate
    why: Line
    permitted: list[Line]


class PolicyFile(FileModel):
    """policy/policy.json."""

    schema_version: int = Field(alias="schema", ge=1, le=1)
    version: int = Field(ge=1)
    repository: Repository
    people: list[PersonEntry] = Field(min_length=1, max_length=2000)
    keys: list[KeyEntry] = Field(min_length=1, max_length=8000)
    roles: list[RoleEntry] = Field(max_length=8000)
    roots: RootsEntry
    rules: RulesEntry
    freezes: list[FreezeEntry] = Field(max_length=1000)


class PolicySignatureEntry(FileModel):
    """One root's signature under the policy beside it."""

    person: PersonIdText
    signature: str = Field(max_length=32768)


class PolicySignaturesFile(FileModel):
    """policy/policy.sigs."""

    schema_version: int = Field(alias="schema", ge=1, le=1)
    signatures: list[PolicySignatureEntry] = Field(max_length=100)


class SourceTransition(FileModel):
    """A file of the content before and after: sha256 of its bytes, empty where there is none."""

    path: Line
    start: Digest = Field(alias="from")
    to: Digest


class OutputTransition(FileModel):
    """An output before and after: digests, empty where there is none."""

    page: PageIdText
    force: ForceIdText
    language: LanguageText
    start: Digest = Field(alias="from")
    to: Digest


class ApprovalRecord(FileModel):
    """approvals/xx/….json."""

    schema_version: int = Field(alias="schema", ge=1, le=1)
    action: ActionText
    repository: Repository
    person: PersonIdText
    time: Moment
    nonce: Nonce
    draft: DraftNameText
    note: PlainLine
    refers_to: RecordId
    authors: list[PersonIdText] = Field(max_length=500)
    sources: list[SourceTransition] = Field(max_length=_MOST_MOVES)
    outputs: list[OutputTransition] = Field(max_length=_MOST_MOVES)
