"""Compare: one page seen from two places, section by section, word by word."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from soh_author.domain.comparing.compare import AlignedSection, Comparison, FieldDifference, compare_pages
from soh_author.domain.counting import counted
from soh_author.domain.errors import NotFoundError
from soh_author.domain.facts import FactValue, Reference
from soh_author.domain.ids import PageId, SectionId
from soh_author.domain.layers import Layer
from soh_author.domain.override import OpKind
from soh_author.domain.resolving.effective import EffectivePage, EffectiveSection, OpTrace
from soh_author.domain.sentence import first_upper
from soh_author.markup.references import references
from soh_author.workflow.outputs import Audience
from soh_author.workflow.overrides.changes import field_title, title_of
from soh_author.workflow.overrides.compared_lines import Line, compare_lines, notes_on
from soh_author.workflow.overrides.fact_words import in_words
from soh_author.workflow.task import Outcome, Progress, Task
from soh_author.workflow.viewpoints import View, Viewpoint, look
from soh_author.workflow.workspace import Workspace


class RowKind(StrEnum):
    """What a row of a comparison is about."""

    FIELD = "field"
    SECTION = "section"
    FACT = "fact"


class RowState(StrEnum):
    """How the two sides of a row stand to each other."""

    SAME = "same"
    CHANGED = "changed"
    MOVED = "moved"
    ONLY_LEFT = "only left"
    ONLY_RIGHT = "only right"


@dataclass(frozen=True, slots=True)
class Row:
    """One section, field or fact on both sides. The texts are Markdown; None where a side doesn't have it.

    ``state`` is *moved* only where nothing else differs; ``is_moved`` tells it in any case. ``lines`` hold
    the words with what differs, ``notes`` what became of facts, links and pictures. ``sentence`` says it all
    without line numbers: *How to reclaim it: replaced*.
    """

    kind: RowKind
    name: str
    title: str
    state: RowState
    sentence: str
    left: str | None
    right: str | None
    is_moved: bool = False
    left_layer: Layer | None = None
    right_layer: Layer | None = None
    lines: tuple[Line, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def is_same(self) -> bool:
        """Whether nobody has to look at it."""
        return self.state is RowState.SAME


@dataclass(frozen=True, slots=True)
class PageComparison:
    """A page from two places: fields that differ, then all sections in the right side's order, then facts."""

    page: PageId
    left: View
    right: View
    left_label: str
    right_label: str
    rows: tuple[Row, ...]

    @property
    def differences(self) -> tuple[Row, ...]:
        """The rows that differ: where F8 goes."""
        return tuple(row for row in self.rows if not row.is_same)

    @property
    def sentence(self) -> str:
        """How much differs, in a sentence."""
        found = len(self.differences)
        if not found:
            return f"{first_upper(self.left_label)} and {self.right_label} read the same."
        what = counted(found, "difference")
        return f"{what} between {self.left_label} and {self.right_label}."


def compare(workspace: Workspace, page: PageId, left: Viewpoint, right: Viewpoint) -> Task[PageComparison]:
    """Compare a page as seen from two viewpoints: layers, forces, drafts, versions, days.

    Raises (when run):
        NotFoundError: when a source is unknown, or neither side has the page.
    """

    def work(_progress: Progress) -> Outcome[PageComparison]:
        today = workspace.clock().date()
        found = compare_views(look(workspace, page, left, today), look(workspace, page, right, today))
        return Outcome(found, notice=found.sentence)

    return Task("Comparing", work)


def compare_views(left: View, right: View) -> PageComparison:
    """Compare what is seen from two places, unsaved text included.

    Raises:
        NotFoundError: when neither side has the page.
    """
    if left.effective is None and right.effective is None:
        raise NotFoundError(
            f"Neither side has a page “{right.page}”.", todo="Choose another page, force or version."
        )
    labels = _labels(left, right)
    rows = tuple(_Rows(left, right, *labels).make())
    return PageComparison(right.page, left, right, *labels, rows)


def _labels(left: View, right: View) -> tuple[str, str]:
    """Names of the two sides, each with no more than it takes to tell them apart."""
    differ = [
        left.layer != right.layer,
        left.when != right.when,
        left.language != right.language,
        left.on != right.on,
    ]

    def label(view: View) -> str:
        said = [
            (view.who, differ[0]),
            (view.when, differ[1]),
            (view.language.label, differ[2]),
            (f"on {view.on.isoformat()}", differ[3] and not differ[1]),
        ]
        return ", ".join(word for word, is_said in said if is_said and word) or view.who

    return label(left), label(right)


class _Rows:
    """Makes the rows of one comparison."""

    def __init__(self, left: View, right: View, left_label: str, right_label: str) -> None:
        self._left, self._right = left, right
        self._labels = (left_label, right_label)

    def make(self) -> Iterator[Row]:
        left, right = self._left.effective, self._right.effective
        if left is not None and right is not None:
            compared = compare_pages(left, right)
        else:
            compared = _one_sided(left, right)
        yield from (self._field(each) for each in compared.fields if each.name != "owner")
        yield from (self._section(each) for each in compared.sections if not _is_nothing(each))
        yield from self._facts()

    def _field(self, found: FieldDifference) -> Row:
        state = _state(found.left, found.right)
        title = field_title(found.name)
        return Row(
            RowKind.FIELD,
            found.name,
            title,
            state,
            f"{title}: {self._said(state)}",
            found.left,
            found.right,
            left_layer=_field_layer(self._left.effective, found.name),
            right_layer=_field_layer(self._right.effective, found.name),
            lines=compare_lines(found.left or "", found.right or ""),
        )

    def _section(self, pair: AlignedSection) -> Row:
        left, right = pair.left, pair.right
        known = right or left
        assert known is not None, "A pair has at least one section."
        state = _state_of_pair(pair)
        title = title_of(known.id, known.heading)
        said = self._done(pair) or self._said(state)
        is_silent = state is RowState.MOVED or "moved" in said
        moved = ", moved" if pair.is_moved and not is_silent else ""
        is_told = state in {RowState.CHANGED, RowState.ONLY_LEFT, RowState.ONLY_RIGHT}
        return Row(
            RowKind.SECTION,
            str(known.id),
            title,
            state,
            f"{title}: {said}{moved}",
            left.body if left else None,
            right.body if right else None,
            is_moved=pair.is_moved,
            left_layer=left.layer if left else None,
            right_layer=right.layer if right else None,
            lines=_lines(left, right) if is_told else (),
            notes=notes_on(_written(left), _written(right)) if is_told else (),
        )

    def _said(self, state: RowState) -> str:
        left, right = self._labels
        return {
            RowState.SAME: "the same",
            RowState.CHANGED: "worded differently",
            RowState.MOVED: "stands elsewhere",
            RowState.ONLY_LEFT: f"only in {left}",
            RowState.ONLY_RIGHT: f"only in {right}",
        }[state]

    def _done(self, pair: AlignedSection) -> str:
        """What a layer did that makes the right side differ; empty when that is not how it came."""
        section = (pair.right or pair.left or _nowhere()).id
        if pair.is_equal and not pair.is_moved:
            return ""
        done = _ops_on(self._right.effective, section) - _ops_on(self._left.effective, section)
        words = [word for kinds, word in _DONE if done & kinds]
        return " and ".join(words)

    def _facts(self) -> Iterator[Row]:
        """Facts that both publics read, with different values."""
        if self._left.force is None or self._right.force is None:
            return
        sides = [self._audience(view) for view in (self._left, self._right)]
        for reference in self._references():
            found = [side.look_up(reference) for side in sides]
            said = [in_words(each) if isinstance(each, FactValue) else None for each in found]
            if said[0] != said[1]:
                yield self._fact(reference, said[0], said[1])

    def _audience(self, view: View) -> Audience:
        assert view.force is not None, "Only a force has a public."
        return Audience(view.snapshot, view.force, view.language, view.on)

    def _references(self) -> list[Reference]:
        """The facts that both sides show."""
        left = {each.key for each in _references(self._left.effective)}
        right = {each.key: each for each in _references(self._right.effective)}
        return [each for key, each in right.items() if key in left]

    def _fact(self, reference: Reference, left: str | None, right: str | None) -> Row:
        title = f"The fact “{reference.name}”"
        values = [
            f"{value if value is not None else 'no value'} in {label}"
            for value, label in zip((left, right), self._labels, strict=True)
        ]
        return Row(
            RowKind.FACT,
            reference.key,
            title,
            _state(left, right),
            f"{title}: {', '.join(values)}",
            left,
            right,
            lines=compare_lines(left or "", right or ""),
        )


_DONE: tuple[tuple[frozenset[OpKind], str], ...] = (
    (frozenset({OpKind.REPLACE}), "replaced"),
    (frozenset({OpKind.APPEND, OpKind.PREPEND}), "added to"),
    (frozenset({OpKind.INSERT_AFTER, OpKind.INSERT_BEFORE}), "inserted"),
    (frozenset({OpKind.HIDE}), "hidden"),
    (frozenset({OpKind.MOVE_AFTER}), "moved"),
)


def _ops_on(effective: EffectivePage | None, section: SectionId) -> frozenset[OpKind]:
    traces = effective.ops if effective else ()
    return frozenset(trace.op.kind for trace in traces if trace.is_applied and _is_on(trace, section))


def _is_on(trace: OpTrace, section: SectionId) -> bool:
    if trace.op.kind.is_insert or trace.above is None:
        return trace.op.section == section
    return trace.above.id == section


def _nowhere() -> EffectiveSection:
    raise AssertionError("A pair has at least one section.")


def _references(effective: EffectivePage | None) -> list[Reference]:
    sections = effective.sections if effective else ()
    return [each for section in sections for each in references(f"{section.heading}\n\n{section.body}")]


def _one_sided(left: EffectivePage | None, right: EffectivePage | None) -> Comparison:
    """A comparison in which one side has no page."""
    page = left or right
    assert page is not None, "Somebody has the page."
    fields = tuple(
        FieldDifference(name, found.value if left else None, found.value if right else None)
        for name, found in page.fields.items()
    )
    sections = (AlignedSection(each, None) if left else AlignedSection(None, each) for each in page.sections)
    return Comparison(fields, tuple(sections))


def _is_nothing(pair: AlignedSection) -> bool:
    """Whether it is an empty head of the page on both sides."""
    known = [each for each in (pair.left, pair.right) if each]
    return all(not each.heading and not each.body for each in known)


def _state(left: str | None, right: str | None) -> RowState:
    if left is None:
        return RowState.ONLY_RIGHT
    if right is None:
        return RowState.ONLY_LEFT
    return RowState.SAME if left == right else RowState.CHANGED


def _state_of_pair(pair: AlignedSection) -> RowState:
    if pair.is_equal:
        return RowState.MOVED if pair.is_moved else RowState.SAME
    return _state("" if pair.left else None, "." if pair.right else None)


def _written(section: EffectiveSection | None) -> str:
    if section is None:
        return ""
    return f"### {section.heading}\n\n{section.body}" if section.heading else section.body


def _lines(left: EffectiveSection | None, right: EffectiveSection | None) -> tuple[Line, ...]:
    return compare_lines(_written(left), _written(right))


def _field_layer(effective: EffectivePage | None, name: str) -> Layer | None:
    found = effective.fields.get(name) if effective else None
    return found.layer if found else None
