"""What the completion offers: facts of the force, pages, sections; read on a thread when first asked for."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QObject

from soh_author.desktop.editor.completion import COMPONENTS, Candidate, Context, Kind
from soh_author.desktop.location import Location
from soh_author.desktop.session import Session
from soh_author.domain.errors import NotFoundError
from soh_author.domain.ids import ForceId, Language, PageId
from soh_author.domain.layers import SHARED
from soh_author.domain.page import Page
from soh_author.workflow.snapshot import PageInfo, Snapshot
from soh_author.workflow.task import Outcome, Progress, Task

PROFILE = ("public_name", "name", "short_name", "host")


@dataclass(frozen=True, slots=True)
class Known:
    """What there is to name."""

    facts: tuple[Candidate, ...]
    pages: tuple[PageInfo, ...]
    snapshot: Snapshot


class Candidates(QObject):
    """Keeps what was read until the content or the force changes."""

    def __init__(self, session: Session, parent: QObject) -> None:
        super().__init__(parent)
        self._session = session
        self._known: Known | None = None
        self._for: tuple[str, ForceId | None] = ("", None)
        self._is_asked = False

    def forget(self) -> None:
        """The content changed."""
        self._known, self._is_asked = None, False

    def offer(self, context: Context) -> Sequence[Candidate]:
        """What could stand at a caret; nothing while it is being read."""
        if context.kind is Kind.COMPONENT:
            return COMPONENTS
        known = self.known()
        if known is None:
            return ()
        if context.kind is Kind.FACT:
            return known.facts
        if context.kind is Kind.PAGE:
            return tuple(Candidate(page.id, page.title) for page in known.pages)
        page = PageId(context.page) if PageId.is_valid(context.page) else self._session.location.page
        return _sections(known.snapshot, page) if page else ()

    def known(self) -> Known | None:
        """What is known now; asks for it when nothing is."""
        here = self._session.location
        if self._for != (here.source, here.force):
            self.forget()
        if self._known is None and not self._is_asked and self._session.workspace is not None:
            self._is_asked, self._for = True, (here.source, here.force)
            self._session.run(self._task(here), self._got, lambda _error: None, topic="candidates")
        return self._known

    def _got(self, known: Known) -> None:
        self._known = known

    def _task(self, here: Location) -> Task[Known]:
        workspace, today = self._session.workspace, self._session.today()
        assert workspace is not None, "candidates are only asked for in a workspace"

        def work(progress: Progress) -> Outcome[Known]:
            snapshot = workspace.snapshot(here.source)
            pages = snapshot.page_infos(snapshot.page_ids())
            progress.check()
            force = snapshot.registry.forces.get(here.force) if here.force else None
            layers = (SHARED, *(snapshot.layers_of(force, today) if force else ()))
            facts = {
                f"fact.{name}": fact.label
                for layer in layers
                for name, fact in snapshot.facts_of(layer).items()
            }
            own = {
                f"force.{name}": fact.label
                for layer in layers[1:]
                for name, fact in snapshot.facts_of(layer).items()
            }
            profile = (
                {f"force.{name}": force.profile_value(name, Language.EN) or "" for name in PROFILE}
                if force
                else {}
            )
            found = {**facts, **own, **profile}
            return Outcome(
                Known(tuple(Candidate(key, told) for key, told in found.items()), tuple(pages), snapshot)
            )

        return Task("Looking up facts and pages", work)


def _sections(snapshot: Snapshot, page: PageId) -> tuple[Candidate, ...]:
    try:
        files = snapshot.files_of(page)
    except NotFoundError:
        return ()
    found: dict[str, str] = {}
    for file in files:
        value = snapshot.sources.read(file.path).value
        if isinstance(value, Page):
            found.update({section.id: section.heading for section in value.sections if section.heading})
    return tuple(Candidate(section, heading) for section, heading in found.items())
