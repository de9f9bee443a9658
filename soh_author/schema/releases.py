"""Releases: what went out, by whom and with whose agreement.

A release is YAML and, like all YAML here, texts only. The model tells the shape alone.
"""

from typing import Annotated

from pydantic import Field, PlainValidator

from soh_author.domain.judging.release import ReleaseKind
from soh_author.schema.fields import (
    DraftNameText,
    FileModel,
    ForceIdText,
    LanguageText,
    Line,
    Number,
    OptionalLine,
    PageIdText,
    PersonIdText,
    PlainLine,
    choice,
    chosen,
)
from soh_author.schema.shapes import Digest, Id, Moment

ReleaseKindText = Annotated[ReleaseKind, PlainValidator(choice(ReleaseKind)), chosen(ReleaseKind)]


class ReleasedOutput(FileModel):
    """An output as a release put it out; an empty digest says that it was taken down."""

    page: PageIdText
    force: ForceIdText
    language: LanguageText
    digest: Digest


class ReleasedSource(FileModel):
    """A file as a release put it out: sha256 of its bytes, empty when it is gone."""

    path: Line
    content: Digest


class ReleaseFile(FileModel):
    """releases/….yml."""

    schema_version: Number = Field(alias="schema")
    id: Id
    kind: ReleaseKindText = ReleaseKind.ORDINARY
    time: Moment
    publisher: PersonIdText
    note: Line
    reason: PlainLine = ""
    supersedes: OptionalLine = ""
    not_before: Moment | None = None
    policy_version: Number
    templates: Line
    drafts: list[DraftNameText] = Field(default=[])
    authors: list[PersonIdText] = Field(default=[])
    records: list[Line] = Field(default=[])
    sources: list[ReleasedSource] = Field(default=[])
    outputs: list[ReleasedOutput] = Field(default=[])
