"""The files that say who publishes and with which facts: soh.yml, force.yml, group.yml, facts.yml."""

import re
from collections.abc import Iterator, Mapping
from datetime import date

from pydantic import Field, RootModel

from soh_author.domain.facts import FactType
from soh_author.schema.faults import Fault, type_of_path
from soh_author.schema.fields import (
    DAY,
    FactNameText,
    FactTypeText,
    FileModel,
    Flag,
    ForceIdText,
    ForceKindText,
    ForceStatusText,
    GroupIdText,
    Host,
    IsoDate,
    LanguageText,
    Line,
    Number,
    OptionalLine,
    PagePattern,
    Repository,
    shown,
)


class ManifestFile(FileModel):
    """soh.yml."""

    schema_version: Number = Field(alias="schema")
    service: Line
    repository: Repository
    languages: list[LanguageText] = Field(min_length=1)


class Names(FileModel):
    """Names of a force in another language."""

    name: Line
    public_name: OptionalLine = ""
    short_name: OptionalLine = ""


class ForceFile(FileModel):
    """force.yml."""

    id: ForceIdText
    name: Line
    public_name: OptionalLine = ""
    short_name: Line
    kind: ForceKindText
    host: Host
    languages: list[LanguageText] = Field(min_length=1)
    welsh_parity: Flag = False
    status: ForceStatusText
    start: IsoDate | None = Field(default=None, alias="from")
    until: IsoDate | None = None
    groups: list[GroupIdText] = Field(default=[])
    slug: OptionalLine = ""
    names: dict[LanguageText, Names] = Field(default={})
    unverified: list[Line] = Field(default=[])
    note: OptionalLine = ""


class MemberEntry(FileModel):
    """A force in a group, for a time."""

    force: ForceIdText
    start: IsoDate | None = Field(default=None, alias="from")
    until: IsoDate | None = None


class GroupFile(FileModel):
    """group.yml."""

    id: GroupIdText
    name: Line
    members: list[MemberEntry] = Field(default=[])
    pages: list[PagePattern] = Field(default=["*"])
    note: OptionalLine = ""


class ValueEntry(FileModel):
    """A value of a fact and the day from which it holds."""

    value: Line
    cy: OptionalLine = ""
    start: IsoDate | None = Field(default=None, alias="from")


class FactEntry(FileModel):
    """One fact."""

    type: FactTypeText
    label: Line
    source: OptionalLine = ""
    values: list[ValueEntry] = Field(min_length=1)
    note: OptionalLine = ""


class FactsFile(RootModel[dict[FactNameText, FactEntry]]):
    """facts.yml: facts by name."""


FACT_VALUES: Mapping[FactType, tuple[str, str]] = {
    FactType.PHONE: (
        r"\+?[0-9](?:[0-9 ]*[0-9])?",
        "a phone number: digits and spaces, perhaps + in front",
    ),
    FactType.MONEY: (r"[0-9]+(?:\.[0-9]{2})?", "an amount in pounds, like 198 or 79.50"),
    FactType.COUNT: (r"[0-9]{1,12}", "a whole number"),
    FactType.DAYS: (r"[0-9]{1,5}", "a number of days"),
    FactType.DATE: (DAY, "a date like 2027-04-01"),
    FactType.URL: (r"https://[^\s/?#]+\S*", "an address that begins with https://"),
    FactType.EMAIL: (r"[^\s@<>]+@[^\s@<>]+\.[^\s@<>]+", "an email address"),
}
"""What a value must look like, and how to say so, for each type of fact that isn't free text."""
IN_WELSH_TOO = frozenset({FactType.TEXT, FactType.ADDRESS})
"""Types of facts whose values have Welsh words."""


def _is_right(kind: FactType, value: str) -> bool:
    if kind not in FACT_VALUES:
        return True
    return re.fullmatch(FACT_VALUES[kind][0], value) is not None and (
        kind is not FactType.DATE or _is_day(value)
    )


def _is_day(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def facts_faults(file: FactsFile) -> Iterator[Fault]:
    """What a model alone can't tell: values that aren't of their fact's type, days given twice."""
    for name, fact in file.root.items():
        days: set[date | None] = set()
        for number, entry in enumerate(fact.values):
            path: type_of_path = (name, "values", number)
            if not _is_right(fact.type, entry.value):
                text = f"In “{name}”, {shown(entry.value)} isn't {FACT_VALUES[fact.type][1]}."
                yield Fault("bad-fact-value", text, (*path, "value"))
            if entry.cy and fact.type not in IN_WELSH_TOO:
                text = f"In “{name}”, a fact of type “{fact.type}” is the same in Welsh; take “cy” out."
                yield Fault("bad-fact-value", text, (*path, "cy"))
            if entry.start in days:
                text = f"“{name}” has two values from {entry.start or 'the beginning'}."
                yield Fault("bad-fact-value", text, path)
            days.add(entry.start)


def period_faults(start: date | None, until: date | None, path: type_of_path) -> Iterator[Fault]:
    """A time that ends before it begins."""
    if start and until and until < start:
        yield Fault("bad-value", f"The time ends on {until}, before it begins on {start}.", (*path, "until"))


def force_faults(file: ForceFile) -> Iterator[Fault]:
    """What a model alone can't tell about a force."""
    yield from period_faults(file.start, file.until, ())
    if len(set(file.groups)) < len(file.groups):
        yield Fault("bad-value", "A group is listed twice.", ("groups",))


def group_faults(file: GroupFile) -> Iterator[Fault]:
    """What a model alone can't tell about a group; doubled members are found across the registry."""
    for number, member in enumerate(file.members):
        yield from period_faults(member.start, member.until, ("members", number))
