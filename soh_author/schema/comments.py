"""What people say of a draft's words: the shape of ``comments/xx/….json``."""

import re
import unicodedata
from typing import Annotated

from pydantic import Field, PlainValidator

from soh_author.domain.comment import (
    LONGEST_CONTEXT,
    LONGEST_QUOTE,
    LONGEST_REPLACEMENT,
    LONGEST_TEXT,
    MOST_CHECKED,
    RemarkKind,
)
from soh_author.domain.errors import InvalidNameError
from soh_author.domain.ids import SectionId
from soh_author.domain.layers import Layer
from soh_author.schema.fields import (
    DraftNameText,
    FileModel,
    ForceIdText,
    IsoDate,
    LanguageText,
    OptionalLine,
    PageIdText,
    PersonIdText,
    Repository,
    choice,
    chosen,
    refuse,
    text_of,
    words,
)
from soh_author.schema.shapes import Moment, Nonce, RecordId

_LAYER = re.compile(r"shared|(?:group|force):[a-z0-9]+(?:-[a-z0-9]+)*")
_BLOCK = re.compile(r"[0-9a-f]{32}")
_PACK = re.compile(r"(?:sha256:[0-9a-f]{64})?")
_TURNING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
"""Signs that turn the direction of the letters around, so that a text isn't what it looks like."""


def is_plain(text: str) -> bool:
    """Whether a text holds no control characters but line ends and tabs, and nothing that turns it around."""
    return not any(
        sign in _TURNING or (unicodedata.category(sign) in {"Cc", "Cs"} and sign not in "\n\t")
        for sign in text
    )


def _short(longest: int) -> PlainValidator:
    def read(value: object) -> str:
        text = text_of(value)
        if len(text) > longest:
            refuse(f"the text is longer than {longest:,} characters.")
        if not is_plain(text):
            refuse("the text holds signs that can't be seen.")
        return text

    return PlainValidator(read)


def _read_layer(value: object) -> Layer:
    text = text_of(value)
    if not _LAYER.fullmatch(text):
        refuse("there must be shared, group:… or force:….")
    try:
        return Layer.parse(text)
    except InvalidNameError as error:
        refuse(error.what)


def _read_section(value: object) -> SectionId | None:
    text = text_of(value)
    if text and not SectionId.is_valid(text):
        refuse("there must be a section's id, or nothing for the whole page.")
    return SectionId(text) if text else None


def _read_pack(value: object) -> str:
    text = text_of(value)
    if not _PACK.fullmatch(text):
        refuse("there must be sha256: and 64 digits from 0 to f, or nothing.")
    return text


def _read_block(value: object) -> str:
    text = text_of(value)
    if not _BLOCK.fullmatch(text):
        refuse("there must be 32 digits from 0 to f.")
    return text


Context = Annotated[str, _short(LONGEST_CONTEXT), words(maxLength=LONGEST_CONTEXT)]
Quote = Annotated[str, _short(LONGEST_QUOTE), words(maxLength=LONGEST_QUOTE)]
Said = Annotated[str, _short(LONGEST_TEXT), words(maxLength=LONGEST_TEXT)]
Replacement = Annotated[str, _short(LONGEST_REPLACEMENT), words(maxLength=LONGEST_REPLACEMENT)]
LayerText = Annotated[Layer, PlainValidator(_read_layer), words(pattern=f"^(?:{_LAYER.pattern})$")]
SectionText = Annotated[
    SectionId | None,
    PlainValidator(_read_section),
    words(pattern=rf"^(?:{SectionId.pattern.pattern})?$", maxLength=SectionId.longest),
]
Pack = Annotated[str, PlainValidator(_read_pack), words(pattern=f"^{_PACK.pattern}$")]
BlockName = Annotated[str, PlainValidator(_read_block), words(pattern=f"^{_BLOCK.pattern}$")]
KindText = Annotated[RemarkKind, PlainValidator(choice(RemarkKind)), chosen(RemarkKind)]


class AnchorEntry(FileModel):
    """Where a comment belongs: a section of one layer's text of a page, and the words quoted from it."""

    page: PageIdText
    language: LanguageText
    layer: LayerText
    section: SectionText
    quote: Quote
    before: Context
    after: Context


class CheckedOutputEntry(FileModel):
    """One page as one public reads it."""

    page: PageIdText
    force: ForceIdText
    language: LanguageText


class CheckedEntry(FileModel):
    """What a fact checker found of a pack: the day and the outputs it showed, blocks by their names."""

    day: IsoDate
    outputs: list[CheckedOutputEntry] = Field(max_length=200)
    correct: list[BlockName] = Field(max_length=MOST_CHECKED)
    wrong: list[BlockName] = Field(max_length=MOST_CHECKED)


class CommentRecord(FileModel):
    """comments/xx/….json."""

    schema_version: int = Field(alias="schema", ge=1, le=1)
    kind: KindText
    repository: Repository
    draft: DraftNameText
    person: PersonIdText
    time: Moment
    nonce: Nonce
    refers_to: RecordId
    anchor: AnchorEntry | None = None
    text: Said
    replacement: Replacement
    speaker: OptionalLine
    pack: Pack
    checked: CheckedEntry | None = None
