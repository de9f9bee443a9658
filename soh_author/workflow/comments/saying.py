"""Saying something of words in a draft: a signed remark in a version of its own, which changes no text.

Only an acceptance changes text, together with saying so: both or neither. Anybody whose key the policy knows
may speak; whoever takes words over has to be allowed to edit them.
"""

from dataclasses import dataclass

from soh_author.domain.comment import Anchor, RemarkKind
from soh_author.domain.errors import NotAllowedError, UsageError
from soh_author.domain.judging.people import Role
from soh_author.domain.judging.permissions import Text, may, named
from soh_author.trust.signers import Signer
from soh_author.workflow.comments.accepting import accepted_text
from soh_author.workflow.comments.spots import Spot, anchor_at
from soh_author.workflow.comments.voice import Remarked, Voice
from soh_author.workflow.drafting import find_draft, pages_at, save_version
from soh_author.workflow.release.reviewing_records import hold_draft
from soh_author.workflow.task import Outcome, Progress, Task
from soh_author.workflow.workspace import Workspace


def add_comment(workspace: Workspace, draft: str, spot: Spot, text: str, signer: Signer) -> Task[Remarked]:
    """Say something of a section, or of words in it.

    Raises (when run):
        NotFoundError: when there is no such draft, page or section, or the words aren't in it.
        UsageError: when nothing is said.
        KeyFileError: when the key is not in the policy, or can't sign.
        WorldMovedError: when somebody saved a version of the draft meanwhile.
    """
    return _begin(workspace, draft, spot, signer, _Said(RemarkKind.COMMENT, text))


def suggest(
    workspace: Workspace, draft: str, spot: Spot, replacement: str, signer: Signer, *, text: str = ""
) -> Task[Remarked]:
    """Suggest other words for those quoted, or for the whole section; ``text`` says why.

    Raises (when run):
        as :func:`add_comment`.
    """
    return _begin(workspace, draft, spot, signer, _Said(RemarkKind.SUGGESTION, text, replacement))


def reply(workspace: Workspace, draft: str, comment: str, signer: Signer, text: str) -> Task[Remarked]:
    """Answer in a conversation, named by the first letters of its id; raises as :func:`add_comment`."""
    return _go_on(workspace, draft, comment, signer, _Said(RemarkKind.REPLY, text))


def resolve(workspace: Workspace, draft: str, comment: str, signer: Signer, text: str = "") -> Task[Remarked]:
    """Say that a conversation needs nobody any more; raises as :func:`add_comment`."""
    return _go_on(workspace, draft, comment, signer, _Said(RemarkKind.RESOLVE, text))


def reopen(workspace: Workspace, draft: str, comment: str, signer: Signer, text: str = "") -> Task[Remarked]:
    """Say that a conversation is not done with after all; raises as :func:`add_comment`."""
    return _go_on(workspace, draft, comment, signer, _Said(RemarkKind.REOPEN, text))


def accept(workspace: Workspace, draft: str, comment: str, signer: Signer) -> Task[Remarked]:
    """Take suggested words over: one edit and the word about it, in one version. Private text is saved first.

    Whoever suggested them counts as an author of the text from now on, and can't approve it.

    Raises (when run):
        UsageError: when it is no suggestion, or was taken over already.
        NotAllowedError: when the text is not the person's to edit.
        WorldMovedError: when the words were edited since, or the draft moved.
        ContentError: when the words would change where sections begin.
        KeyFileError: when the key is not in the policy, or can't sign.
    """

    def work(progress: Progress) -> Outcome[Remarked]:
        voice = Voice(workspace, draft, signer)
        _take_in(workspace, voice)
        if workspace.saved_texts(voice.draft):
            save_version(workspace, voice.draft, "Before taking a suggestion over").run(progress)
            voice = Voice(workspace, draft, signer)
        placed = voice.discussion.find(comment)
        text = accepted_text(voice.snapshot, placed)
        anchor = placed.thread.anchor
        _check_may_edit(voice, anchor)
        page = next(iter(pages_at([placed.path])), anchor.page)
        where = Anchor(page, anchor.language, anchor.layer, placed.section)
        remark = voice.remark(RemarkKind.ACCEPT, anchor=where, refers_to=placed.thread.id)
        return voice.keep([remark], progress, {placed.path: text.encode("utf-8")})

    return Task("Taking the suggestion over", work, writes=True)


@dataclass(frozen=True, slots=True)
class _Said:
    kind: RemarkKind
    text: str
    replacement: str = ""


def _begin(workspace: Workspace, draft: str, spot: Spot, signer: Signer, said: _Said) -> Task[Remarked]:
    def work(progress: Progress) -> Outcome[Remarked]:
        is_comment = said.kind is RemarkKind.COMMENT
        _check_says(said.text if is_comment else said.replacement or spot.quote)
        if not is_comment and spot.section is None:
            raise UsageError(
                "It isn't said for which section the words are.",
                safe="Nothing was changed.",
                todo="Name a section.",
            )
        voice = Voice(workspace, draft, signer)
        anchor = anchor_at(voice.snapshot, spot)
        remark = voice.remark(said.kind, said.text, anchor=anchor, replacement=said.replacement)
        return voice.keep([remark], progress)

    return Task("Keeping what you say", work, writes=True)


def _go_on(workspace: Workspace, draft: str, comment: str, signer: Signer, said: _Said) -> Task[Remarked]:
    def work(progress: Progress) -> Outcome[Remarked]:
        if said.kind is RemarkKind.REPLY:
            _check_says(said.text)
        voice = Voice(workspace, draft, signer)
        thread = voice.discussion.find(comment).thread
        is_done = not thread.is_open if said.kind is RemarkKind.RESOLVE else thread.is_open
        if said.kind is not RemarkKind.REPLY and is_done:
            raise UsageError(f"This comment is {thread.state.value} already.", safe="Nothing was changed.")
        return voice.keep([voice.remark(said.kind, said.text, refers_to=thread.id)], progress)

    return Task("Keeping what you say", work, writes=True)


def _take_in(workspace: Workspace, voice: Voice) -> None:
    """Have the draft here, so that what is saved privately in it can become a version."""
    hold_draft(workspace, voice.draft, voice.head)
    find_draft(workspace, voice.draft)


def _check_says(text: str) -> None:
    if not text.strip():
        raise UsageError("Nothing is said.", safe="Nothing was changed.", todo="Write what you want to say.")


def _check_may_edit(voice: Voice, anchor: Anchor) -> None:
    text = Text(anchor.layer, anchor.page, anchor.language)
    found = may(voice.policy, voice.person, Role.EDITOR, text)
    if not found.is_allowed:
        who = named(found.who_could)
        todo = f"Ask {who} to take it over." if who else "Ask the policy's roots."
        raise NotAllowedError(found.sentence, safe="Nothing was changed.", todo=todo)
