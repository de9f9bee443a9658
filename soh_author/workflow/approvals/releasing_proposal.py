"""From what changes to what is judged: whose each file is, what reaches each output, what is marked."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from soh_author.domain.ids import ForceId, Language, PageId, SectionId
from soh_author.domain.judging.approval import SignedRecord, SourceMove
from soh_author.domain.judging.proposal import OutputChange, SourceChange
from soh_author.domain.layers import SHARED, Layer
from soh_author.domain.override import Override
from soh_author.domain.page import WHOLE_PAGE, Importance, Page
from soh_author.reading.paths import FileKind, FilePlace, classify
from soh_author.workflow.approvals.touched_outputs import pages_at
from soh_author.workflow.approvals.transitions import MovedOutput, Transitions
from soh_author.workflow.outputs import Output, layers_ahead
from soh_author.workflow.snapshot import Snapshot

_REGISTRY = frozenset({FileKind.MANIFEST, FileKind.FORCE, FileKind.GROUP})


@dataclass(frozen=True, slots=True)
class Changes:
    """What is judged: every file and every output that changes."""

    sources: tuple[SourceChange, ...]
    outputs: tuple[OutputChange, ...]


class Describing:
    """Describes what changes for the judgement over it, file by file and output by output.

    Args:
        before: the content as it was.
        after: the content as it is to be.
        sources: every file that changes.
        on: the day of memberships.
    """

    def __init__(self, before: Snapshot, after: Snapshot, sources: Iterable[SourceMove], on: date) -> None:
        self._marks = _Marks(before, after)
        self._places = {move.path: classify(move.path) for move in sources}
        places = [place for place in self._places.values() if place]
        self._reaching = _Reaching(before, after, places, on)

    def source(self, move: SourceMove) -> SourceChange:
        """A file, whose it is, and whether it is marked."""
        return _source(move, self._places[move.path], self._marks)

    def output(self, moved: MovedOutput) -> OutputChange:
        """An output, in what way it changes, and what has a part in that."""
        return OutputChange(
            moved.move,
            page_types=frozenset(output.effective.type.value for output in _sides(moved)),
            change=_kind(moved),
            marks=self._marks.of_output(moved),
            sources=self._reaching.paths(moved),
        )


def changes_of(before: Snapshot, after: Snapshot, found: Transitions) -> Changes:
    """Describe all that changes for the judgement over it."""
    describing = Describing(before, after, found.sources, found.on)
    sources = tuple(map(describing.source, found.sources))
    return Changes(sources, tuple(map(describing.output, found.moved)))


def subjects_of(changes: Changes, records: Iterable[SignedRecord]) -> frozenset[str]:
    """Every file and output that changes, or of which a record speaks."""
    found = {change.subject for change in changes.sources}
    found.update(change.subject for change in changes.outputs)
    found.update(subject for signed in records for subject in signed.by_subject)
    return frozenset(found)


def _source(move: SourceMove, place: FilePlace | None, marks: "_Marks") -> SourceChange:
    if place is None:
        return SourceChange(move)
    return SourceChange(
        move,
        layer=place.layer or SHARED,
        page=place.page,
        language=place.language or Language.EN,
        marks=marks.of_file(place),
    )


def _sides(moved: MovedOutput) -> list[Output]:
    """The output as it was and as it will be, where it is there."""
    return [output for output in (moved.before, moved.after) if output]


def _kind(moved: MovedOutput) -> str:
    """The kind of change, as freezes permit them."""
    before, after = moved.before, moved.after
    if before is None or after is None:
        return "added" if after else "removed"
    if before.gone_from != after.gone_from:  # with nobody changing anything on that day
        return "removed" if after.gone_from else "added"
    if before.facts == after.facts:
        return "text"
    is_same_text = before.effective is after.effective or _read(before) == _read(after)
    is_same_later = (before.turn, before.then and before.then.digest) == (
        after.turn,
        after.then and after.then.digest,
    )
    return "fact" if is_same_text and is_same_later else "text"


def _read(output: Output) -> tuple[object, ...]:
    effective = output.effective
    fields = {name: field.value for name, field in effective.fields.items()}
    sections = [(section.id, section.pin) for section in effective.sections]
    return fields, sections, effective.related, output.media, output.links


class _Marks:
    """Which sections of pages are marked as safety or law, before or after."""

    def __init__(self, before: Snapshot, after: Snapshot) -> None:
        self._sides = (before, after)
        self._known: dict[PageId, Mapping[SectionId, Importance]] = {}

    def of_page(self, page: PageId) -> Mapping[SectionId, Importance]:
        """The marked sections of a page, by its national text and any whole text of its own."""
        if page not in self._known:
            found: dict[SectionId, Importance] = {}
            for side in self._sides:
                for file in side.sources.files_of(page):
                    value = side.sources.read(file.path).value
                    if isinstance(value, Page):
                        found.update(value.importance)
            self._known[page] = found
        return self._known[page]

    def of_file(self, place: FilePlace) -> str:
        """Why a change of a file is marked; empty when it isn't."""
        if place.kind is not FileKind.PAGE or place.page is None:
            return ""
        sides = [_sections(side, place.path) for side in self._sides]
        pages = {place.page, *(page for page, _ in sides if page)}
        marked = {section: mark for page in pages for section, mark in self.of_page(page).items()}
        old, new = (sections for _, sections in sides)
        return _said(marked, (name for name in {*old, *new} if old.get(name) != new.get(name)))

    def of_output(self, moved: MovedOutput) -> str:
        """Why a change of an output is marked; empty when it isn't."""
        marked = self.of_page(moved.move.page)
        if not marked:
            return ""
        old, new = (_said_by(output) for output in (moved.before, moved.after))
        return _said(marked, (name for name in {*old, *new} if old.get(name) != new.get(name)))


def _sections(side: Snapshot, path: str) -> tuple[PageId | None, Mapping[SectionId, object]]:
    value = side.sources.read(path).value
    if isinstance(value, Page):
        return value.id, {section.id: (section.heading, section.canonical) for section in value.sections}
    if isinstance(value, Override):
        texts = {op.section: (op.kind, op.text and (op.text.heading, op.text.canonical)) for op in value.ops}
        return value.page, texts
    return None, {}


def _said_by(output: Output | None) -> Mapping[SectionId, object]:
    """What an output says and shows section by section: its words, the facts named in them, the
    pictures; and what it will on days to come.
    """
    if output is None:
        return {}
    own = _said_now(output)
    then = _said_by(output.then) if output.turn else own
    return {name: (own.get(name), then.get(name)) for name in {**own, **then}}


def _said_now(output: Output) -> Mapping[SectionId, object]:
    facts = {key: (fact.value, fact.later) for key, fact in output.facts.items()}
    return {
        section.id: (
            section.pin,
            tuple(value for key, value in facts.items() if key in section.body),
            tuple(value for name, value in output.media.items() if name in section.body),
        )
        for section in output.effective.sections
    }


def _said(marked: Mapping[SectionId, Importance], changed: Iterable[SectionId]) -> str:
    names = set(changed)
    whole = [marked[WHOLE_PAGE].value] if WHOLE_PAGE in marked else []
    return ", ".join(sorted({*whole, *(marked[name].value for name in names if name in marked)}))


class _Reaching:
    """Which of the files that change can have a part in an output."""

    def __init__(self, before: Snapshot, after: Snapshot, places: Sequence[FilePlace], on: date) -> None:
        self._sides = (before, after)
        self._on = on
        self._layers: dict[ForceId, frozenset[Layer]] = {}
        self._others = [place for place in places if not place.page]
        # By page: where everything changes, each output must not be held against every file.
        self._pages: dict[str, list[FilePlace]] = defaultdict(list)
        for place in places:
            for page in frozenset(pages_at(place, before, after)) if place.page else ():
                self._pages[page].append(place)

    def paths(self, moved: MovedOutput) -> frozenset[str]:
        """Paths of the changed files that can have a part in an output, before or after."""
        return frozenset(place.path for output in _sides(moved) for place in self._reaching(output))

    def _reaching(self, output: Output) -> Iterator[FilePlace]:
        layers = self._layers_of(output.force)
        for place in self._others:
            if self._reaches(place, output, layers):
                yield place
        for page in _named(output):
            yield from (place for place in self._pages.get(page, ()) if place.layer in layers)

    @staticmethod
    def _reaches(place: FilePlace, output: Output, layers: frozenset[Layer]) -> bool:
        if place.kind in _REGISTRY or place.layer is None:
            return True
        if place.layer not in layers:
            return False
        if place.kind is FileKind.MEDIA:
            return place.path.partition("/media/")[2] in {*output.media, *output.missing_media}
        return True

    def _layers_of(self, force: ForceId) -> frozenset[Layer]:
        if force not in self._layers:
            chains = (
                chain
                for side in self._sides
                if (known := side.registry.forces.get(force))
                for chain in layers_ahead(side, known, self._on)
            )
            own = Layer.of_force(force)
            self._layers[force] = frozenset((SHARED, own, *(layer for chain in chains for layer in chain)))
        return self._layers[force]


def _named(output: Output) -> set[str]:
    """The page an output is of, and the pages whose address or title it shows."""
    return {output.page, *(target.partition("#")[0].removesuffix(" title") for target in output.links)}
