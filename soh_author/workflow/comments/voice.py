"""Putting what somebody says into a draft: signed, in one version, and sent where that is right."""

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from soh_author.domain.comment import Anchor, Remark, RemarkKind, SignedRemark
from soh_author.domain.ids import DraftName, PersonId
from soh_author.domain.judging.policy import Policy
from soh_author.gitstore.names import DRAFTS
from soh_author.gitstore.values import Stamp
from soh_author.trust.moments import whole_second
from soh_author.trust.remarks import read_remarks, write_remark
from soh_author.trust.signers import Signer
from soh_author.workflow.comments.discussing import Discussion, discussion_of, text_of
from soh_author.workflow.comments.spots import one_kind_of_line_end, shortened
from soh_author.workflow.drafting import pages_at
from soh_author.workflow.effects import Effects
from soh_author.workflow.release.releasing_case import policy_of, signer_in
from soh_author.workflow.release.releasing_content import head_of
from soh_author.workflow.release.reviewing_records import hold_draft, send
from soh_author.workflow.snapshot import Snapshot
from soh_author.workflow.task import Outcome, Progress
from soh_author.workflow.together.syncing_others import origin_revision
from soh_author.workflow.workspace import Workspace

_NOTES = {
    RemarkKind.COMMENT: "Commented",
    RemarkKind.SUGGESTION: "Suggested other words",
    RemarkKind.REPLY: "Replied to a comment",
    RemarkKind.RESOLVE: "Resolved a comment",
    RemarkKind.REOPEN: "Reopened a comment",
    RemarkKind.ACCEPT: "Took a suggestion over",
    RemarkKind.CHECK: "Facts checked",
}
_TOLD = {
    RemarkKind.COMMENT: "Your comment is in",
    RemarkKind.SUGGESTION: "Your suggestion is in",
    RemarkKind.REPLY: "Your reply is in",
    RemarkKind.RESOLVE: "It is resolved in",
    RemarkKind.REOPEN: "It is open again in",
    RemarkKind.ACCEPT: "The words are taken over into",
    RemarkKind.CHECK: "The answers are in",
}


@dataclass(frozen=True, slots=True)
class Remarked:
    """What was said, and whether the origin has it."""

    draft: DraftName
    signed: tuple[SignedRemark, ...]
    is_sent: bool


class Voice:
    """Somebody about to say something of a draft, as it is now.

    Raises:
        NotFoundError: when there is no such draft.
        KeyFileError: when the key is nobody's in the policy.
    """

    def __init__(self, workspace: Workspace, draft: str, signer: Signer) -> None:
        self.workspace = workspace
        self.draft = DraftName(draft)
        self.head = head_of(workspace, self.draft)
        self.policy: Policy = policy_of(workspace.snapshot())
        self.person: PersonId = signer_in(self.policy, signer)
        self._signer = signer

    @property
    def discussion(self) -> Discussion:
        """What was said so far."""
        return discussion_of(self.workspace, self.draft)

    @property
    def snapshot(self) -> Snapshot:
        """The draft's text, with what is saved privately in it."""
        return text_of(self.workspace, self.draft, self.head)

    def remark(
        self,
        kind: RemarkKind,
        text: str = "",
        *,
        anchor: Anchor | None = None,
        refers_to: str = "",
        replacement: str = "",
        speaker: str = "",
        pack: str = "",
    ) -> Remark:
        """Something to say, not signed yet."""
        return Remark(
            kind=kind,
            repository=self.policy.repository,
            draft=self.draft,
            person=self.person,
            when=whole_second(self.workspace.clock()),
            nonce=secrets.token_hex(16),
            text=one_kind_of_line_end(text).strip(),
            refers_to=refers_to,
            anchor=anchor,
            replacement=one_kind_of_line_end(replacement),
            speaker=" ".join(speaker.split()),
            pack=pack,
        )

    def keep(
        self, remarks: Sequence[Remark], progress: Progress, texts: Mapping[str, bytes] | None = None
    ) -> Outcome[Remarked]:
        """Sign what is said and put it into the draft as one version, with the texts it changes.

        It is sent at once where the origin has the draft and nothing else waits to be sent with it.
        """
        files: dict[str, bytes] = {}
        for remark in remarks:
            files |= write_remark(remark, self._signer)
        signed = read_remarks(files, self.policy).signed
        workspace, branch = self.workspace, DRAFTS + self.draft
        hold_draft(workspace, self.draft, self.head)
        stamp = Stamp(_note(remarks), workspace.person.author, workspace.clock())
        workspace.store.write_version(branch, self.head, {**(texts or {}), **files}, stamp)
        is_sent, told = self._send(progress)
        notice = f"{_TOLD[remarks[0].kind]} “{self.draft}”. {told}"
        effects = Effects(pages_at(dict(texts or {})), drafts=True)
        return Outcome(Remarked(self.draft, signed, is_sent), effects, notice)

    def _send(self, progress: Progress) -> tuple[bool, str]:
        theirs = origin_revision(self.workspace, DRAFTS + self.draft)
        if theirs is None:
            return False, "It goes to others when you send the draft."
        if theirs != self.head:
            return False, "It waits here with your other changes, and goes when you send the draft."
        return send(self.workspace, self.draft, progress)


def _note(remarks: Sequence[Remark]) -> str:
    note = _NOTES[remarks[0].kind]
    more = f" ({len(remarks)} times)" if len(remarks) > 1 else ""
    said = shortened(remarks[0].text, 80)
    return f"{note}{more}: {said}" if said else f"{note}{more}"
