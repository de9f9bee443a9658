"""Pin: write down which text an override, or a translation, was written against, where nobody did yet.

What is pinned already stays as it is: what to do about an outdated pin is for a person to decide.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from pathlib import Path

from soh_author.domain.aliases import follow_alias
from soh_author.domain.counting import counted
from soh_author.domain.errors import ContentError, NotFoundError, OutputError
from soh_author.domain.ids import ForceId, Language, PageId
from soh_author.domain.layers import Layer, LayerKind
from soh_author.domain.override import Override
from soh_author.domain.page import Page
from soh_author.domain.pins import Pin, field_pin, section_pin
from soh_author.domain.resolving.drift import pin_above
from soh_author.domain.resolving.effective import EffectivePage
from soh_author.domain.resolving.welsh_texts import Role, WelshText, role_of, translation_pin, welsh_texts
from soh_author.gitstore.names import DRAFTS
from soh_author.markup.front_matter import split
from soh_author.markup.yaml_editing import set_value
from soh_author.workflow.catalogue import PageFile
from soh_author.workflow.drafting import find_draft, pages_at
from soh_author.workflow.effects import Effects
from soh_author.workflow.folder_content import folder_snapshot
from soh_author.workflow.snapshot import Snapshot
from soh_author.workflow.task import Outcome, Progress, Task
from soh_author.workflow.workspace import Workspace


class PinnedThing(StrEnum):
    """What was pinned: a section's op, a field change, a page taken over, a translated section."""

    SECTION = "section"
    FIELD = "field"
    PAGE = "page"
    WELSH = "welsh"


@dataclass(frozen=True, slots=True)
class NewPin:
    """One pin to be written.

    ``name`` is the section or field (empty for a whole page); ``op`` the number of the op that gets it, None
    where none does; ``at`` the version in which the text can be read, where there is one.
    """

    path: str
    thing: PinnedThing
    name: str
    pin: Pin
    op: int | None = None
    at: str = ""


@dataclass(frozen=True, slots=True)
class PinReport:
    """What was pinned, the version that holds it (empty: none was made), files too broken to be pinned."""

    pins: tuple[NewPin, ...]
    revision: str = ""
    skipped: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Pinned:
    """Files with pins written in, by path; the pins that are; the files that are too broken for it."""

    texts: Mapping[str, str]
    pins: tuple[NewPin, ...]
    skipped: tuple[str, ...]


def pin_folder(folder: Path, on: date, *, pages: Sequence[PageId] = ()) -> Task[PinReport]:
    """Pin everything unpinned in a plain folder of content files. There are no versions in it, so no ``at``.

    Raises (when run):
        NotFoundError, WorkspaceError, ContentError: see :func:`folder_snapshot`.
        OutputError: when a file can't be written; those before it are.
    """

    def work(progress: Progress) -> Outcome[PinReport]:
        snapshot = folder_snapshot(folder)
        done = write_pins(snapshot, new_pins(snapshot, on, pages=pages, progress=progress))
        for path, text in done.texts.items():
            _write(folder / path, text)
        return Outcome(PinReport(done.pins, "", done.skipped), notice=_notice(done.pins))

    return Task("Pinning", work, writes=True)


def pin_draft(workspace: Workspace, draft: str, on: date, *, pages: Sequence[PageId] = ()) -> Task[PinReport]:
    """Pin everything unpinned in a draft: as a version of its own, but for texts saved privately only.

    Raises (when run):
        NotFoundError: when there is no such draft.
        WorldMovedError: when somebody else saved a version of it meanwhile.
    """

    def work(progress: Progress) -> Outcome[PinReport]:
        found = find_draft(workspace, draft)
        snapshot = workspace.snapshot(found.name)
        saved = workspace.snapshot(found.revision)
        done = write_pins(snapshot, new_pins(snapshot, on, pages=pages, saved=saved, progress=progress))
        private = workspace.saved_texts(found.name)
        for path in done.texts.keys() & private.keys():
            workspace.keep_saved(found.name, path, done.texts[path])
        notice = _notice(done.pins)
        revision = workspace.store.write(
            DRAFTS + found.name,
            found.revision,
            {path: text.encode() for path, text in done.texts.items() if path not in private},
            note=notice,
            author=workspace.person.author,
            when=workspace.clock(),
        )
        made = "" if revision == found.revision else str(revision)
        effects = Effects(pages_at(list(done.texts)), drafts=bool(made), private=True)
        return Outcome(PinReport(done.pins, made, done.skipped), effects, notice)

    return Task("Pinning", work, writes=True)


def new_pins(
    snapshot: Snapshot,
    on: date,
    *,
    pages: Sequence[PageId] = (),
    saved: Snapshot | None = None,
    progress: Progress | None = None,
) -> Iterator[NewPin]:
    """The pins that are missing in some pages (none named: in all), from the text above as it stands.

    Args:
        saved: the same content without privately saved texts; an op is told to look there (``at``)
            where the text above it is the same.
    """
    watched = progress or Progress()
    wanted = list(pages) or list(snapshot.page_ids())
    for number, page in enumerate(wanted):
        watched.report(number, len(wanted), f"Pinning {page}")
        for file in snapshot.files_of(page):
            yield from _of_file(snapshot, saved, page, file, on)


def kept_in_step(before: Snapshot, after: Snapshot, pages: Iterable[PageId], on: date) -> Iterator[NewPin]:
    """The pins of Welsh texts that rendered their English before and render what it has become.

    For what a machine changes in both languages alike, such as links that lead elsewhere.
    """
    for page in pages:
        for file in after.files_of(page):
            value = after.sources.read(file.path).value
            then, now = _english(before, page, file.layer, on), _english(after, page, file.layer, on)
            if then is None or now is None or file.language is Language.EN:
                continue
            for text in welsh_texts([(file.layer, value)]) if isinstance(value, Page | Override) else ():
                pin, number = rendered_pin(now, text), text.op.number if text.op else None
                was_in_step = text.translates is not None and text.translates == rendered_pin(then, text)
                if was_in_step and pin is not None and pin != text.translates:
                    yield NewPin(file.path, PinnedThing.WELSH, text.section, pin, number)


def write_pins(snapshot: Snapshot, pins: Iterable[NewPin]) -> Pinned:
    """Write pins into their files; nothing else in these changes.

    A file whose front matter is broken, so that nothing else in it would be sure to stay, is left as it is.
    """
    texts: dict[str, str] = {}
    broken: set[str] = set()
    written: list[NewPin] = []
    for pin in pins:
        text = texts.get(pin.path)
        try:
            texts[pin.path] = _write_pin((snapshot.text(pin.path) or "") if text is None else text, pin)
            written.append(pin)
        except ContentError:
            broken.add(pin.path)
    sound = {path: text for path, text in texts.items() if path not in broken}
    return Pinned(sound, tuple(pin for pin in written if pin.path not in broken), tuple(sorted(broken)))


def _write_pin(text: str, pin: NewPin) -> str:
    whole = split(text)
    raw = set_value(whole.raw_yaml, _key(pin), str(pin.pin))
    if pin.at:
        raw = set_value(raw, ("at",) if pin.op is None else ("ops", pin.op, "at"), pin.at)
    return whole.with_yaml(raw)


def _key(pin: NewPin) -> tuple[str | int, ...]:
    """Where a pin stands in the front matter."""
    if pin.op is not None:
        return ("ops", pin.op, "translates" if pin.thing is PinnedThing.WELSH else "base")
    if pin.thing is PinnedThing.FIELD:
        return ("set", pin.name, "base")
    return ("translates", pin.name) if pin.thing is PinnedThing.WELSH else ("base",)


def _of_file(
    snapshot: Snapshot, saved: Snapshot | None, page: PageId, file: PageFile, on: date
) -> Iterator[NewPin]:
    value = snapshot.sources.read(file.path).value
    english = _english(snapshot, page, file.layer, on)
    if english is None or not isinstance(value, Page | Override):
        return
    if file.language is not Language.EN:
        yield from _of_welsh(english, file, value)
        return
    before = _english(saved, page, file.layer, on) if saved else None
    yield from _of_ops(english, file, _pins_above(before, file), saved)
    yield from _of_sets(english, file)
    yield from _of_takeover(english, file, before, saved)


def _english(snapshot: Snapshot, page: PageId, layer: Layer, on: date) -> EffectivePage | None:
    """The English page as a layer has it; None when none of the layers down to it has the page."""
    layers: tuple[Layer, ...] = () if layer.kind is LayerKind.SHARED else (layer,)
    if layer.kind is LayerKind.FORCE:
        force = snapshot.registry.forces.get(ForceId(layer.name))
        layers = snapshot.layers_of(force, on) if force else layers
    try:
        return snapshot.effective_of_layers(page, layers, Language.EN)
    except NotFoundError:
        return None


def _of_ops(
    english: EffectivePage, file: PageFile, before: Mapping[int, Pin], saved: Snapshot | None
) -> Iterator[NewPin]:
    for trace in english.ops:
        pin = pin_above(trace)
        if trace.op.place.path == file.path and trace.op.base is None and pin is not None:
            number = trace.op.number
            at = saved.revision if saved and before.get(number) == pin else ""
            yield NewPin(file.path, PinnedThing.SECTION, trace.op.section, pin, number, at)


def _pins_above(english: EffectivePage | None, file: PageFile) -> dict[int, Pin]:
    traces = english.ops if english else ()
    return {
        trace.op.number: pin
        for trace in traces
        if trace.op.place.path == file.path and (pin := pin_above(trace))
    }


def _of_sets(english: EffectivePage, file: PageFile) -> Iterator[NewPin]:
    for trace in english.sets:
        if trace.change.place.path == file.path and trace.change.base is None and trace.above is not None:
            yield NewPin(file.path, PinnedThing.FIELD, trace.change.name, field_pin(trace.above))


def _of_takeover(
    english: EffectivePage, file: PageFile, before: EffectivePage | None, saved: Snapshot | None
) -> Iterator[NewPin]:
    for takeover in english.takeovers:
        if takeover.place.path == file.path and takeover.base is None:
            same = before and any(each.above == takeover.above for each in before.takeovers)
            at = saved.revision if saved and same else ""
            yield NewPin(file.path, PinnedThing.PAGE, "", takeover.above, None, at)


def _of_welsh(english: EffectivePage, file: PageFile, value: Page | Override) -> Iterator[NewPin]:
    for text in welsh_texts([(file.layer, value)]):
        pin = rendered_pin(english, text) if text.translates is None else None
        if pin is not None:
            number = text.op.number if text.op else None
            yield NewPin(file.path, PinnedThing.WELSH, text.section, pin, number)


def rendered_pin(english: EffectivePage, text: WelshText) -> Pin | None:
    """Pin of the English that a Welsh text renders: an addition its own words, others the whole section."""
    known = [section.id for section in english.sections]
    section_id = follow_alias(text.section, known, english.aliases)
    section = english.section(section_id) if section_id else None
    if section is None:
        return None
    if text.role is not Role.MAIN:
        for part in section.parts:
            if part.layer == text.layer and role_of(part.op) is text.role:
                return section_pin(section.heading, [part.canonical])
    return translation_pin(english, section.id, text.layer)


def _write(path: Path, text: str) -> None:
    aside = path.with_name(f".{path.name}.new")
    try:
        aside.write_bytes(text.encode())
        aside.replace(path)
    except OSError as error:
        raise OutputError(
            f"“{path}” can't be written ({error.strerror}).",
            safe="It is as it was.",
            todo="Allow writing there, then pin again; what is pinned already stays.",
        ) from error


def _notice(pins: Sequence[NewPin]) -> str:
    files = len({pin.path for pin in pins})
    return f"{len(pins)} pinned in {counted(files, 'file')}." if pins else "Everything is pinned."
