"""Files that say who publishes and with which facts."""

from dataclasses import dataclass
from datetime import date

from soh_author.domain.diagnostics import Diagnostic
from soh_author.domain.facts import DatedValue, Fact, FactSheet
from soh_author.domain.force import Force, Group, Manifest, Member
from soh_author.domain.ids import FactName, ForceId, GroupId, Language
from soh_author.domain.layers import Layer, Place
from soh_author.markup.yaml_reading import YamlText
from soh_author.reading.findings import diagnostics_of
from soh_author.schema.checking import check
from soh_author.schema.faults import Fault
from soh_author.schema.registry import (
    FactEntry,
    FactsFile,
    ForceFile,
    GroupFile,
    ManifestFile,
    facts_faults,
    force_faults,
    group_faults,
)

NEWEST_SCHEMA = 1
"""The schema version this program reads (content_schema/VERSION)."""


@dataclass(frozen=True, slots=True)
class FactFile:
    """The facts of one layer, as its file says them."""

    layer: Layer
    facts: FactSheet


def read_manifest(path: str, yaml: YamlText) -> tuple[Manifest | None, list[Diagnostic]]:
    """Read soh.yml; None when it doesn't say what it must."""
    checked = check(ManifestFile, yaml.value)
    found = diagnostics_of(checked.faults, yaml, path)
    read = checked.value
    if read is None:
        return None, found
    if read.schema_version != NEWEST_SCHEMA:
        text = f"The content is written for schema {read.schema_version}; this program reads {NEWEST_SCHEMA}."
        found.extend(diagnostics_of([Fault("bad-value", text, ("schema",))], yaml, path))
    languages = tuple(dict.fromkeys(read.languages))
    return Manifest(read.schema_version, read.service, read.repository, languages), found


def read_force(path: str, force: ForceId, yaml: YamlText) -> tuple[Force, list[Diagnostic]]:
    """Read a force's profile; what is missing is made from the folder's name."""
    fallbacks: dict[str, object] = {
        "id": force,
        "name": force,
        "short_name": force,
        "kind": "territorial",
        "host": f"{force}.invalid",
        "languages": ["en"],
        "status": "planned",
    }
    checked = check(ForceFile, yaml.value, fallbacks=fallbacks, more=force_faults)
    read = checked.value
    assert read is not None, "Every required field of a force has a fallback."
    found = diagnostics_of([*checked.faults, *_other_id(read.id, force)], yaml, path)
    forms = {"name": read.name, "public_name": read.public_name or read.name, "short_name": read.short_name}
    names = {Language.EN: forms}
    for language, given in read.names.items():
        public_name = given.public_name or given.name
        known = {"name": given.name, "public_name": public_name, "short_name": given.short_name}
        names[language] = {form: text for form, text in known.items() if text}
    value = Force(
        id=force,
        kind=read.kind,
        host=read.host,
        languages=tuple(dict.fromkeys(read.languages)),
        names=names,
        place=Place(path, 1),
        welsh_parity=read.welsh_parity,
        status=read.status,
        start=read.start,
        end=read.until,
        groups=tuple(dict.fromkeys(read.groups)),
        slug=read.slug,
        unverified=tuple(read.unverified),
    )
    return value, found


def read_group(path: str, group: GroupId, yaml: YamlText) -> tuple[Group, list[Diagnostic]]:
    """Read a group; members that can't be understood are left out."""
    checked = check(GroupFile, yaml.value, fallbacks={"id": group, "name": group}, more=group_faults)
    read = checked.value
    assert read is not None, "Every required field of a group has a fallback."
    found = diagnostics_of([*checked.faults, *_other_id(read.id, group)], yaml, path)
    members = tuple(Member(entry.force, entry.start, entry.until) for entry in read.members)
    return Group(group, read.name, members, Place(path, 1), tuple(read.pages)), found


def read_facts(path: str, layer: Layer, yaml: YamlText) -> tuple[FactFile, list[Diagnostic]]:
    """Read a layer's facts; those that can't be understood are left out."""
    checked = check(FactsFile, yaml.value, more=facts_faults)
    entries = checked.value.root if checked.value else {}
    facts = {
        name: _fact(name, entry, layer, Place(path, yaml.lines.of((name,))))
        for name, entry in entries.items()
    }
    return FactFile(layer, facts), diagnostics_of(checked.faults, yaml, path)


def _fact(name: FactName, entry: FactEntry, layer: Layer, place: Place) -> Fact:
    values = sorted(entry.values, key=lambda value: value.start or date.min)
    dated = tuple(DatedValue(value.value, value.start, value.cy) for value in values)
    return Fact(name, entry.type, entry.label, dated, layer, place, entry.source)


def _other_id(written: str, folder: str) -> list[Fault]:
    if written == folder:
        return []
    return [Fault("bad-value", f"In “id”, “{written}” differs from the folder's name, “{folder}”.", ("id",))]
