"""Reads what the editor shows around a text: done on a thread, from the text as it stands."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from soh_author.desktop.editor.section_notes import Note
from soh_author.desktop.editor.words import (
    DRIFT_MARKS,
    DRIFT_WORDS,
    joined,
    layer_title,
    op_word,
    op_words,
    text_name,
)
from soh_author.desktop.location import Location
from soh_author.domain.diagnostics import Diagnostic
from soh_author.domain.errors import NotFoundError
from soh_author.domain.force import Force, Registry
from soh_author.domain.ids import ForceId, GroupId, Language, PageId
from soh_author.domain.layers import SHARED, Layer, LayerKind
from soh_author.domain.override import Op, Override
from soh_author.domain.page import Page
from soh_author.domain.resolving.drift import DriftState, drift_of
from soh_author.domain.resolving.effective import EffectivePage
from soh_author.reading.paths import page_path
from soh_author.workflow.catalogue import PageFile
from soh_author.workflow.outputs import outputs_of
from soh_author.workflow.snapshot import Snapshot
from soh_author.workflow.task import Outcome, Progress, Task
from soh_author.workflow.workspace import Workspace


@dataclass(frozen=True, slots=True)
class FileKey:
    """Which text: a page's, of one layer, in one language."""

    page: PageId
    layer: Layer = SHARED
    language: Language = Language.EN

    @property
    def path(self) -> str:
        """Where it lies in the content."""
        return page_path(self.layer, self.page, self.language)


@dataclass(frozen=True, slots=True)
class Whose:
    """A layer that could speak in a page.

    ``has_text`` tells whether it does, in the language of the tab; ``is_near`` whether it is the tab's own or
    one the chosen force reads.
    """

    layer: Layer
    name: str
    short_name: str
    has_text: bool
    is_near: bool


@dataclass(frozen=True, slots=True)
class Stored:
    """A text as a draft holds it, what is saved privately included.

    ``base`` names the text of the last version it was made from: one that another window saves meanwhile is
    noticed by it, and never overwritten.
    """

    text: str
    base: str


@dataclass(frozen=True, slots=True)
class Opened:
    """A text that was just opened.

    ``unsaved`` is newer text a window left without saving it, or None. ``base`` names the stored text that
    was opened, so that a version saved meanwhile by another window is noticed. ``is_elsewhere``: another
    window has words in it that are in no version.
    """

    state: "FileState"
    unsaved: str | None
    base: str
    is_elsewhere: bool = False


@dataclass(frozen=True, slots=True)
class FileState:
    """A text and what is known about it. ``text`` is None where the layer has no text of its own.

    ``stored`` is what the draft holds of it now, without what is not saved; None where nothing is written.
    """

    key: FileKey
    path: str
    text: str | None
    value: Page | Override | None
    title: str
    layer_title: str
    readers: int
    layers: tuple[Whose, ...]
    languages: tuple[Language, ...]
    is_welsh_offered: bool = False
    notes: tuple[Note, ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()
    section_titles: Mapping[str, str] = field(default_factory=dict)
    effective: EffectivePage | None = None
    keys_by_path: Mapping[str, FileKey] = field(default_factory=dict)
    stored: "Stored | None" = None

    @property
    def names_by_path(self) -> dict[str, str]:
        """Names of the page's files, as in *Gloucestershire’s text, Welsh*."""
        names = {whose.layer: whose.short_name for whose in self.layers}
        return {
            path: text_name(key.layer.kind, names.get(key.layer, key.layer.name), key.language)
            for path, key in self.keys_by_path.items()
        }


def read_file_state(
    workspace: Workspace, place: Location, key: FileKey, on: date, texts: Mapping[str, str | None]
) -> Task[FileState]:
    """Read a file and what is to be said about it, as the place's force has the page.

    Raises (when run):
        NotFoundError: when there is no such page.
    """

    def work(_progress: Progress) -> Outcome[FileState]:
        # What is stored is asked first: what comes in between is newer than it says, and only noticed again.
        stored = _stored(workspace, place.draft, key.path)
        state = file_state(workspace.snapshot(place.source, unsaved=texts), key, place.force, on)
        if state.path != key.path:
            stored = _stored(workspace, place.draft, state.path)
        return Outcome(replace(state, stored=stored))

    return Task("Reading the page", work)


def _stored(workspace: Workspace, draft: str, path: str) -> Stored | None:
    if not draft:
        return None
    base = workspace.base_of(draft, path)
    return Stored(workspace.snapshot(draft).text(path) or "", base)


def open_file(workspace: Workspace, place: Location, key: FileKey, on: date) -> Task[Opened]:
    """Open a text; where the shared layer has none, the first layer that has.

    Raises (when run):
        NotFoundError: when there is no such page.
        ContentError: when the file is not UTF-8.
    """

    def work(_progress: Progress) -> Outcome[Opened]:
        snapshot = workspace.snapshot(place.source)
        state = file_state(snapshot, _existing(snapshot, key), place.force, on)
        entry = workspace.journal.entry(place.draft, state.path) if place.draft else None
        is_newer = entry is not None and entry.is_unsaved and entry.text != state.text
        unsaved = entry.text if entry is not None and is_newer else None
        base = workspace.base_of(place.draft, state.path) if place.draft else ""
        others = workspace.journal.elsewhere(place.draft) if place.draft else []
        is_elsewhere = any(one.path == state.path for one in others)
        return Outcome(Opened(state, unsaved, base, is_elsewhere))

    return Task("Opening the page", work)


def open_new_file(workspace: Workspace, place: Location, key: FileKey, on: date, text: str) -> Task[Opened]:
    """Open a text that is nowhere stored yet; one that is there already is opened as it is."""

    def work(progress: Progress) -> Outcome[Opened]:
        snapshot = workspace.snapshot(place.source)
        if snapshot.text(key.path) is not None:
            return Outcome(
                open_file(workspace, place, key, on).run(progress).value, notice="It is there already."
            )
        state = file_state(snapshot.with_unsaved({key.path: text}), key, place.force, on)
        return Outcome(Opened(replace(state, text=None), text, ""))

    return Task("Starting the page", work)


def _existing(snapshot: Snapshot, key: FileKey) -> FileKey:
    files = snapshot.files_of(key.page)
    if key.layer != SHARED or any(file.layer == SHARED for file in files):
        return key
    return FileKey(key.page, files[0].layer, files[0].language)


def file_state(snapshot: Snapshot, key: FileKey, force: ForceId | None, on: date) -> FileState:
    """What there is to say about a file of a snapshot.

    Raises:
        NotFoundError: when there is no such page.
        ContentError: when the file is not UTF-8.
    """
    files = snapshot.files_of(key.page)
    path = next((file.path for file in files if _is_at(file, key)), key.path)
    text = snapshot.text(path)
    read = snapshot.sources.read(path)
    value = read.value if isinstance(read.value, Page | Override) else None
    registry = snapshot.registry
    profile = registry.forces.get(force) if force else None
    effective = _effective(snapshot, key, profile, on)
    titles = _titles(snapshot, key)
    return FileState(
        key=key,
        path=path,
        text=text,
        value=value,
        title=_title(value) or snapshot.page_info(key.page).title,
        layer_title=layer_title(key.layer.kind, _short_name(key.layer, registry)),
        readers=_readers(snapshot, key, on),
        layers=_layers(snapshot, key, profile, on),
        languages=tuple(sorted({file.language for file in files if file.layer == key.layer})),
        is_welsh_offered=profile is not None and Language.CY in profile.languages,
        notes=_notes(value, key, effective, profile, titles),
        diagnostics=read.diagnostics,
        section_titles=titles,
        effective=effective,
        keys_by_path={file.path: FileKey(key.page, file.layer, file.language) for file in files},
    )


def name_of(layer: Layer, registry: Registry) -> str:
    """Name of whoever speaks in a layer."""
    if layer.kind is LayerKind.GROUP:
        group = registry.groups.get(GroupId(layer.name))
        return group.name if group else layer.name
    force = registry.forces.get(ForceId(layer.name)) if layer.kind is LayerKind.FORCE else None
    return force.name() if force else layer.name or "Shared"


def _is_at(file: PageFile, key: FileKey) -> bool:
    return file.layer == key.layer and file.language is key.language


def _title(value: Page | Override | None) -> str:
    return value.fields.get("title", "") if isinstance(value, Page) else ""


def _effective(snapshot: Snapshot, key: FileKey, force: Force | None, on: date) -> EffectivePage | None:
    if force is None:
        return None
    try:
        return snapshot.effective(key.page, force.id, Language.EN, on)
    except NotFoundError:
        return None


def _titles(snapshot: Snapshot, key: FileKey) -> dict[str, str]:
    """Headings of the page's sections by id, from every layer's English text, the shared one first."""
    found: dict[str, str] = {}
    for file in snapshot.files_of(key.page):
        value = snapshot.sources.read(file.path).value if file.language is Language.EN else None
        if isinstance(value, Page):
            found = {**{section.id: section.heading for section in value.sections}, **found}
        elif isinstance(value, Override):
            found = {**{op.section: op.text.heading for op in value.ops if op.text}, **found}
    return {section: heading for section, heading in found.items() if heading}


def _readers(snapshot: Snapshot, key: FileKey, on: date) -> int:
    readers = {force for force, _language in outputs_of(snapshot, key.page, on)}
    if key.layer == SHARED:
        return len(readers)
    return sum(key.layer in snapshot.layers_of(snapshot.registry.forces[force], on) for force in readers)


def _layers(snapshot: Snapshot, key: FileKey, force: Force | None, on: date) -> tuple[Whose, ...]:
    registry = snapshot.registry
    with_text = {file.layer for file in snapshot.files_of(key.page) if file.language is key.language}
    offered = {key.layer, *with_text}
    if force is not None:
        groups = registry.groups_of(force, on)
        offered |= {group.layer for group in groups if group.may_touch(key.page)} | {force.layer}
    ordered = sorted(offered, key=lambda layer: (layer.kind.rank, name_of(layer, registry)))
    mine = {SHARED, key.layer, *(snapshot.layers_of(force, on) if force else ())}
    return tuple(
        Whose(
            layer, name_of(layer, registry), _short_name(layer, registry), layer in with_text, layer in mine
        )
        for layer in ordered
    )


def _short_name(layer: Layer, registry: Registry) -> str:
    force = registry.forces.get(ForceId(layer.name)) if layer.kind is LayerKind.FORCE else None
    return force.name(form="short_name") if force else name_of(layer, registry)


def _notes(
    value: Page | Override | None,
    key: FileKey,
    effective: EffectivePage | None,
    force: Force | None,
    titles: Mapping[str, str],
) -> tuple[Note, ...]:
    if isinstance(value, Override):
        return tuple(_op_note(op, key, effective, titles) for op in value.ops if op.text)
    if not isinstance(value, Page):
        return ()
    hidden = {section.id for section in effective.hidden} if effective else set()
    notes = []
    for section in value.sections:
        if section.line <= 0 or not (section.heading or section.body.strip()):
            continue
        found = effective.section(section.id) if effective else None
        word = "Shared" if key.layer == SHARED else ""
        note = Note(section.line, key.layer.kind, word, layer_title(key.layer.kind, key.layer.name))
        if force and found and found.layer.kind.rank > key.layer.kind.rank:
            note = Note(
                section.line, found.layer.kind, _differs(found.layer, force), "Read the page to compare."
            )
        elif force and section.id in hidden:
            note = Note(
                section.line, LayerKind.FORCE, f"Not shown at {force.name(form='short_name')}", "Hidden."
            )
        notes.append(note)
    return tuple(notes)


def _differs(layer: Layer, force: Force) -> str:
    who = force.name(form="short_name") if layer.kind is LayerKind.FORCE else "a group"
    return f"{who} says this differently"


def _op_note(op: Op, key: FileKey, effective: EffectivePage | None, titles: Mapping[str, str]) -> Note:
    assert op.text is not None, "only blocks of text are noted in the margin"
    drift = drift_words(op, key.layer, effective)
    word = joined([op_word(op), drift_words(op, key.layer, effective, DRIFT_MARKS)])
    tip = joined([op_words(op, titles), drift, f"Why: {op.why}" if op.why else "", op.owner])
    return Note(op.text.line, key.layer.kind, word, tip)


def drift_words(
    op: Op,
    layer: Layer,
    effective: EffectivePage | None,
    words: Mapping[DriftState, str] = DRIFT_WORDS,
) -> str:
    """What is to be said of an op that needs a look; empty for one that is as it should be."""
    traces = effective.ops if effective else ()
    trace = next((one for one in traces if one.layer == layer and one.op.number == op.number), None)
    return words.get(drift_of(trace), "") if trace else ""
