"""What somebody wants to put out, with everything that the judgement over it needs to know."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property

from soh_author.domain.diagnostics import Diagnostic
from soh_author.domain.ids import Language, PageId, PersonId
from soh_author.domain.judging.approval import OutputMove, SignedRecord, SourceMove
from soh_author.domain.judging.permissions import Text
from soh_author.domain.judging.release import ReleaseKind
from soh_author.domain.layers import SHARED, Layer

POLICY_FOLDER = "policy/"


@dataclass(frozen=True)
class SourceChange:
    """A file that changes, and whose it is.

    ``layer`` is the national one for files of no layer. ``page`` is None for files that are no page's.
    ``language`` is English for files of no one language. ``marks`` says why the change is marked as safety or
    law; empty when it isn't.
    """

    move: SourceMove
    layer: Layer = SHARED
    page: PageId | None = None
    language: Language = Language.EN
    marks: str = ""

    @cached_property
    def subject(self) -> str:
        """What changes, in words."""
        return self.move.subject

    @cached_property
    def text(self) -> Text:
        """Whose text it is."""
        return Text(self.layer, self.page, self.language)

    @property
    def is_policy(self) -> bool:
        """Whether it belongs to the policy, which has its own way to change."""
        return self.move.path.startswith(POLICY_FOLDER)


@dataclass(frozen=True)
class OutputChange:
    """An output that changes.

    ``page_types`` are the page's types before and after: a change escapes no rule for either. ``change``
    is the kind of change that a freeze may permit: ``text``, ``fact`` (only values of facts), ``added``,
    ``removed``. ``sources`` are those of the changed paths that reach it: their authors are its authors. None
    means that all may.
    """

    move: OutputMove
    page_types: frozenset[str] = frozenset()
    change: str = "text"
    marks: str = ""
    sources: frozenset[str] | None = None

    @cached_property
    def subject(self) -> str:
        """What changes, in words."""
        return self.move.subject

    @cached_property
    def text(self) -> Text:
        """Whose text it is: the force's whose public reads it."""
        return Text(Layer.of_force(self.move.force), self.move.page, self.move.language)


Change = SourceChange | OutputChange


@dataclass(frozen=True)
class Proposal:
    """A release before it is one.

    Args:
        kind: why it goes out.
        publisher: who puts it out.
        sources: every file that changes, but records and the release's own.
        outputs: every output that changes.
        records: verified records that come with the release.
        spent: ids of records that are live already; a record counts once.
        elsewhere: verified records on drafts and the like. They can't help the release, but what was taken
            back there is taken back, and who submitted there wrote.
        touched: who else is known to have edited a path, by the versions of the drafts.
        live_since: when what is live of a path or an output (its subject) went live.
        faults: what is wrong with the content as it would be.
        open_emergencies: how many emergency releases still wait for their review.
        policy_fault: why the new policy may not follow, when there is one and it may not.
        not_before: the moment it is scheduled for.
        restored: the outputs (their subjects) that get back what was live of them before.
    """

    kind: ReleaseKind
    publisher: PersonId
    sources: tuple[SourceChange, ...] = ()
    outputs: tuple[OutputChange, ...] = ()
    records: tuple[SignedRecord, ...] = ()
    spent: frozenset[str] = frozenset()
    elsewhere: tuple[SignedRecord, ...] = ()
    touched: Mapping[str, frozenset[PersonId]] = field(default_factory=dict)
    live_since: Mapping[str, datetime] = field(default_factory=dict)
    faults: tuple[Diagnostic, ...] = ()
    open_emergencies: int = 0
    policy_fault: str = ""
    not_before: datetime | None = None
    restored: frozenset[str] = frozenset()

    @cached_property
    def content(self) -> tuple[SourceChange, ...]:
        """The files that change, but those of the policy."""
        return tuple(source for source in self.sources if not source.is_policy)

    @property
    def changes_policy(self) -> bool:
        """Whether a file of the policy is among those that change."""
        return len(self.content) != len(self.sources)

    def changes(self) -> Iterable[Change]:
        """Every file and every output that needs a yes."""
        yield from self.content
        yield from self.outputs
