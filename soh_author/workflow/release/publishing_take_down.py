"""Take down: a banner on a page, the page gone, or its readers led elsewhere; where needed at once."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from soh_author.domain.approval import OutputMove
from soh_author.domain.errors import NotFoundError, UsageError
from soh_author.domain.ids import LEAD, DraftName, ForceId, Language, PageId
from soh_author.domain.layers import Layer
from soh_author.domain.override import OpKind, Override
from soh_author.domain.page import Page
from soh_author.gitstore.names import DRAFTS
from soh_author.gitstore.values import Stamp
from soh_author.markup.front_matter import set_field, split
from soh_author.markup.write import replace_section
from soh_author.workflow.approvals.transitions import transitions
from soh_author.workflow.catalogue import PageFile
from soh_author.workflow.drafting import Draft, find_draft
from soh_author.workflow.editing import Reason, override_section
from soh_author.workflow.effects import EVERYTHING
from soh_author.workflow.pinning import new_pins, write_pins
from soh_author.workflow.release.releasing_case import day_for
from soh_author.workflow.snapshot import Snapshot
from soh_author.workflow.task import Outcome, Progress, Task
from soh_author.workflow.workspace import LIVE, Workspace


class How(StrEnum):
    """What becomes of a page that is taken down."""

    BANNER = "banner"
    GONE = "gone"
    REDIRECT = "redirect"


@dataclass(frozen=True, slots=True)
class TakeDown:
    """What to take down, and how.

    ``text`` and ``welsh`` stand in the banner; ``target`` is the page that readers are led to. ``force``
    limits a banner to one force.
    """

    page: PageId
    how: How
    text: str = ""
    welsh: str = ""
    target: PageId | None = None
    force: ForceId | None = None

    @property
    def draft(self) -> DraftName:
        """Name of the draft that does it."""
        return DraftName(
            f"take-down-{self.page.replace('/', '-')}{f'-{self.force}' if self.force else ''}"[:100]
        )


@dataclass(frozen=True, slots=True)
class Prepared:
    """A draft that takes a page down, and the files that link to the page: to be looked at first."""

    draft: Draft
    inbound: tuple[str, ...]


def inbound_links(snapshot: Snapshot, page: PageId) -> tuple[str, ...]:
    """The files that link to a page, or name it as related; its own are left out."""
    pattern = _naming(page)
    files = [
        file.path
        for other, others in snapshot.sources.catalogue.pages.items()
        if other != page
        for file in others
    ]
    return tuple(sorted(path for path, text in snapshot.sources.texts(files).items() if pattern.search(text)))


def _counted(number: int, what: str) -> str:
    return f"{number:,} {what}{'' if number == 1 else 's'}"


def _linked(inbound: tuple[str, ...]) -> str:
    return f"{_counted(len(inbound), 'file')} {'links' if len(inbound) == 1 else 'link'} to it"


@dataclass(frozen=True, slots=True)
class Affected:
    """What taking a page down would do: the outputs that change, and the files that link to it."""

    outputs: tuple[OutputMove, ...]
    inbound: tuple[str, ...]

    @property
    def sentence(self) -> str:
        """How far it reaches."""
        forces = _counted(len({move.force for move in self.outputs}), "force")
        return f"{_counted(len(self.outputs), 'output')} of {forces}; {_linked(self.inbound)}."


def look_at_take_down(workspace: Workspace, what: TakeDown) -> Task[Affected]:
    """Look what taking a page down would do; nothing is written.

    Raises (when run):
        as :func:`prepare_take_down`, but for a draft that is there already.
    """

    def work(progress: Progress) -> Outcome[Affected]:
        live, on = workspace.snapshot(), day_for(workspace)
        live.files_of(what.page)
        inbound = inbound_links(live, what.page)
        after = live.with_unsaved(dict(_texts(live, what, inbound, on)))
        found = transitions(live, after, on, workspace.renderer, progress)
        return Outcome(Affected(found.outputs, inbound))

    return Task("Looking what it affects", work)


def prepare_take_down(workspace: Workspace, what: TakeDown) -> Task[Prepared]:
    """Write the draft that takes a page down.

    Nothing is live by that: it goes out like any draft, or urgently
    (:func:`soh_author.workflow.release.publishing_emergency.publish_in_emergency`).

    Raises (when run):
        NotFoundError: when there is no such page.
        UsageError: when the banner says nothing, or not in Welsh where it must, or nobody can be led there.
        WorldMovedError: when there is a draft of that name.
    """

    def work(_progress: Progress) -> Outcome[Prepared]:
        live, on = workspace.snapshot(), day_for(workspace)
        live.files_of(what.page)
        inbound = inbound_links(live, what.page)
        texts = dict(_texts(live, what, inbound, on))
        changes = {path: None if text is None else text.encode() for path, text in texts.items()}
        branch, tip = DRAFTS + what.draft, workspace.revision_of(LIVE)
        workspace.store.create_branch(branch, tip)
        stamp = Stamp(f"Take down “{what.page}” ({what.how})", workspace.person.author, workspace.clock())
        workspace.store.write_version(branch, tip, changes, stamp)
        told = f"The draft “{what.draft}” takes it down; it is not live yet."
        return Outcome(Prepared(find_draft(workspace, what.draft), inbound), EVERYTHING, told)

    return Task("Preparing to take it down", work, writes=True)


def _texts(
    live: Snapshot, what: TakeDown, inbound: tuple[str, ...], on: date
) -> Iterator[tuple[str, str | None]]:
    if what.how is How.BANNER:
        yield from _with_banner(live, what, on).items()
        return
    if what.force is not None:
        raise UsageError(
            "A page goes for everybody who reads it.",
            safe="Nothing was changed.",
            todo=f"Put a banner on it for {what.force} alone, or give {what.force} text of its own.",
        )
    if what.how is How.GONE and inbound:
        others = f" and {len(inbound) - 1} more" if inbound[1:] else ""
        raise UsageError(
            f"“{inbound[0]}”{others} would link to a page that is gone.",
            safe="Nothing was changed.",
            todo="Lead its readers to another page, or put a banner on it.",
        )
    yield from ((file.path, None) for file in live.files_of(what.page))
    if what.how is How.REDIRECT:
        yield from _led_elsewhere(live, what, inbound)


def _led_elsewhere(
    live: Snapshot, what: TakeDown, inbound: tuple[str, ...]
) -> Iterator[tuple[str, str | None]]:
    if what.target is None or what.target == what.page or not live.sources.files_of(what.target):
        raise UsageError(
            "It isn't said which other page its readers are led to.",
            safe="Nothing was changed.",
            todo="Name a page that is there.",
        )
    for path in inbound:
        yield path, _naming(what.page).sub(rf"\g<before>{what.target}", live.text(path) or "")


def _naming(page: PageId) -> re.Pattern[str]:
    """A page's id in a link, with the section it leads to, or in a list of related pages."""
    return re.compile(
        rf"(?P<before>page:|(?m:^related:.*?)(?<=[\[ ,])){re.escape(page)}(?:#[a-z0-9-]+)?(?![\w/-])"
    )


def _with_banner(live: Snapshot, what: TakeDown, on: date) -> dict[str, str | None]:
    if not what.text.strip():
        raise UsageError("The banner says nothing.", safe="Nothing was changed.", todo="Write its text.")
    if what.force is not None:
        return _for_one_force(live, what, what.force, on)
    texts: dict[str, str | None] = {}
    for file in live.files_of(what.page):
        fresh = _file_with_banner(live, file, what)
        if fresh is not None:
            texts[file.path] = fresh
    if not texts:
        raise NotFoundError(f"Nothing of “{what.page}” can bear a banner.", safe="Nothing was changed.")
    after = live.with_unsaved(texts)
    pinned = write_pins(after, new_pins(after, on, pages=[what.page])).texts
    return {**texts, **{path: text for path, text in pinned.items() if path in texts}}


def _file_with_banner(live: Snapshot, file: PageFile, what: TakeDown) -> str | None:
    """A file with the banner at the head of the page; None when its words don't stand there."""
    text, value = live.text(file.path) or "", live.sources.read(file.path).value
    said = what.text if file.language is Language.EN else what.welsh
    if isinstance(value, Override):
        op = next(
            (op for op in value.ops if op.section == LEAD and op.kind is OpKind.REPLACE and op.text), None
        )
        if op is None or op.text is None:
            return None
        fresh = replace_section(text, LEAD, f"{_banner(said, file)}\n{op.text.body}")
        return set_field(fresh, ("ops", op.number, "translates"), None) if op.translates else fresh
    if not isinstance(value, Page):
        return None
    whole = split(text)
    fresh = (
        whole.opening + whole.raw_yaml + whole.closing + _banner(said, file) + "\n" + whole.body.lstrip("\n")
    )
    return set_field(fresh, ("translates", LEAD), None) if value.translates.get(LEAD) else fresh


def _for_one_force(live: Snapshot, what: TakeDown, force: ForceId, on: date) -> dict[str, str | None]:
    layer = Layer.of_force(force)
    own = next(
        (file for file in live.files_of(what.page) if file.layer == layer and file.language is Language.EN),
        None,
    )
    fresh = _file_with_banner(live, own, what) if own else None
    if own is not None and fresh is not None:
        return {own.path: fresh}
    reason = Reason(f"Taken down: {' '.join(what.text.split())}"[:200], str(force))
    change = override_section(live, what.page, layer, LEAD, on, kind=OpKind.PREPEND, reason=reason)
    return {change.path: replace_section(change.text or "", LEAD, _banner(what.text))}


def _banner(text: str, file: PageFile | None = None) -> str:
    if not text.strip():
        raise UsageError(
            f"“{file.path if file else 'The page'}” is Welsh, and the banner isn't said in Welsh.",
            safe="Nothing was changed.",
            todo="Say it in Welsh, too.",
        )
    return f"::: warning\n{text.strip()}\n:::\n"
