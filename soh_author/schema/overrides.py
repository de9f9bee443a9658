"""Front matter of override files."""

from collections.abc import Iterator, Mapping
from typing import Annotated, Any

from pydantic import ConfigDict, Field, PlainValidator, TypeAdapter, WithJsonSchema
from pydantic_core import PydanticCustomError, ValidationError

from soh_author.domain.override import OpKind
from soh_author.schema.faults import Fault
from soh_author.schema.fields import (
    Address,
    FileModel,
    Flag,
    IsoDate,
    Line,
    OpKindText,
    OptionalDate,
    OptionalLine,
    PageIdText,
    PinText,
    SectionIdText,
    Version,
)


def _read_value(value: object) -> str | list[str]:
    if isinstance(value, str):
        return value.strip()
    if isinstance(value, list) and all(isinstance(item, str) for item in value):
        return value
    raise PydanticCustomError("bad-value", "{text}", {"text": "there must be text, or a list of page ids."})


# What it must be is told by the field it is for.
SetValue = Annotated[str | list[str], PlainValidator(_read_value), WithJsonSchema({})]


class OpEntry(FileModel):
    """One op as written."""

    op: OpKindText
    section: SectionIdText
    after: SectionIdText | None = None
    before: SectionIdText | None = None
    base: PinText | None = None
    at: Version | None = None
    translates: PinText | None = None
    why: OptionalLine = ""
    owner: OptionalLine = ""
    review_by: OptionalDate = None
    confirmed: OptionalLine = ""
    minor: Flag = False


class SetEntry(FileModel):
    """One changed field as written."""

    value: SetValue
    base: PinText | None = None
    at: Version | None = None
    why: OptionalLine = ""
    owner: OptionalLine = ""
    review_by: OptionalDate = None
    confirmed: OptionalLine = ""

    @property
    def text(self) -> str:
        """The value as one text; the items of a list with commas between them."""
        return self.value if isinstance(self.value, str) else ", ".join(self.value)


class OverrideFile(FileModel):
    """What one layer changes in a page of the layers above."""

    overrides: PageIdText
    set: dict[str, SetEntry] = Field(default={})
    ops: list[OpEntry] = Field(default=[])


def list_of(text: str) -> list[str]:
    """The items of a list written as one text with commas."""
    return [item.strip() for item in text.split(",") if item.strip()]


_WHEN_USED = ConfigDict(defer_build=True)
_PAGE_IDS: TypeAdapter[Any] = TypeAdapter(list[PageIdText], config=_WHEN_USED)
SETTABLE: Mapping[str, TypeAdapter[Any]] = {
    "title": TypeAdapter(Line, config=_WHEN_USED),
    "summary": TypeAdapter(Line, config=_WHEN_USED),
    "url": TypeAdapter(Address, config=_WHEN_USED),
    "review_by": TypeAdapter(IsoDate, config=_WHEN_USED),
    "quick_exit": TypeAdapter(Flag, config=_WHEN_USED),
    "beta": TypeAdapter(Flag, config=_WHEN_USED),
    "related": _PAGE_IDS,
    "form": TypeAdapter(OptionalLine, config=_WHEN_USED),
    "until": TypeAdapter(IsoDate, config=_WHEN_USED),
    "published": TypeAdapter(IsoDate, config=_WHEN_USED),
    "reference": TypeAdapter(OptionalLine, config=_WHEN_USED),
    "remove_by": TypeAdapter(IsoDate, config=_WHEN_USED),
}
"""Fields of a page that an override may set, and what each holds."""

ANCHORS: Mapping[OpKind, str] = {
    OpKind.INSERT_AFTER: "after",
    OpKind.INSERT_BEFORE: "before",
    OpKind.MOVE_AFTER: "after",
}
"""For each op that stands beside a section, the field that names it."""


def override_faults(file: OverrideFile) -> Iterator[Fault]:
    """What a model alone can't tell: anchors of ops, names and values of set fields."""
    for number, entry in enumerate(file.ops):
        yield from _anchor_faults(entry, ("ops", number))
    for name, change in file.set.items():
        yield from _set_faults(name, change)


def _anchor_faults(entry: OpEntry, path: tuple[str | int, ...]) -> Iterator[Fault]:
    needed = ANCHORS.get(entry.op)
    for name, anchor in (("after", entry.after), ("before", entry.before)):
        if name == needed and anchor is None:
            text = f"“{entry.op}” needs “{name}”: the section beside which “{entry.section}” goes."
            yield Fault("missing-key", text, path)
        elif name != needed and anchor is not None:
            yield Fault("unknown-key", f"“{entry.op}” takes no “{name}”.", (*path, name))
        elif anchor is not None and anchor == entry.section:
            yield Fault("bad-value", f"“{anchor}” can't stand beside itself.", (*path, name))


def _set_faults(name: str, change: SetEntry) -> Iterator[Fault]:
    adapter = SETTABLE.get(name)
    path = ("set", name)
    if adapter is None:
        text = f"An override can't set “{name}”; it can set {', '.join(SETTABLE)}."
        yield Fault("unknown-key", text, path)
        return
    value: object = list_of(change.text) if adapter is _PAGE_IDS else change.value
    try:
        adapter.validate_python(value)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        yield Fault(
            "bad-url" if first["type"] == "bad-url" else "bad-value",
            f"In “{name}”, {first['msg']}",
            (*path, "value"),
        )
