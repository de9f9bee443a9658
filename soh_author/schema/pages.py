"""Front matter of files that hold a whole page: shared, local, taken over, and Welsh."""

from typing import Annotated, Literal

from pydantic import Field, PlainValidator

from soh_author.domain.page import Importance
from soh_author.schema.fields import (
    Addresses,
    FileModel,
    Flag,
    IsoDate,
    Line,
    OptionalDate,
    OptionalLine,
    PageIdText,
    PageTypeText,
    PinText,
    SectionIdText,
    Version,
    choice,
    chosen,
)

ImportanceText = Annotated[Importance, PlainValidator(choice(Importance)), chosen(Importance)]


class _PageBase(FileModel):
    title: Line
    type: PageTypeText
    summary: Line
    section_aliases: dict[SectionIdText, SectionIdText] = Field(default={})
    locked: dict[SectionIdText, Line] = Field(default={})
    importance: dict[SectionIdText, ImportanceText] = Field(default={})
    moved_from: list[PageIdText] = Field(default=[])
    related: list[PageIdText] = Field(default=[])
    quick_exit: Flag = True
    beta: Flag = False
    form: OptionalLine = ""
    until: IsoDate | None = None
    published: IsoDate | None = None
    reference: OptionalLine = ""
    remove_by: IsoDate | None = None


class SharedPage(_PageBase):
    """A page of the national text."""

    url: Addresses
    owner: Line
    review_by: IsoDate


class LocalPage(SharedPage):
    """A page only this layer has."""

    kind: Literal["local"]


class TakenOverPage(_PageBase):
    """A page a layer has taken over whole. Without an address of its own it keeps the one above."""

    kind: Literal["page"]
    overrides: PageIdText
    url: Addresses | None = None
    base: PinText | None = None
    at: Version | None = None
    why: OptionalLine = ""
    owner: OptionalLine = ""
    review_by: OptionalDate = None
    confirmed: OptionalLine = ""


class WelshPage(FileModel):
    """The Welsh words of a page, beside its English file."""

    title: Line
    summary: Line
    url: Addresses | None = None
    translates: dict[SectionIdText, PinText] = Field(default={})
    kind: Literal["local", "page"] | None = None
    overrides: PageIdText | None = None
    base: PinText | None = None
    at: Version | None = None
    why: OptionalLine = ""
    owner: OptionalLine = ""
    review_by: OptionalDate = None
