"""The demonstration's second half: three people take a change from a draft to the public, and back again."""

from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from soh_author.cli.answer import Json
from soh_author.cli.call import Call
from soh_author.cli.files import write_file
from soh_author.domain.counting import counted
from soh_author.domain.errors import NotAllowedError
from soh_author.trust.signers import Signer, open_signer
from soh_author.workflow import drafting
from soh_author.workflow.opening import open_address
from soh_author.workflow.release.publishing import Published, Wish, dry_run, plan, publish
from soh_author.workflow.release.receipts import receipt
from soh_author.workflow.release.reviewing import approve, review, submit
from soh_author.workflow.release.rolling_back import RollBack, kind_of_drafts, roll_back
from soh_author.workflow.sampling import ORIGIN, sample_key
from soh_author.workflow.snapshot import Snapshot
from soh_author.workflow.together.sending_trust import trust_origin
from soh_author.workflow.together.syncing import get_latest
from soh_author.workflow.workspace import Person, Workspace

DRAFT = "a-sentence-for-kent"
_TEXTS = "forces/kent/pages/"
_SENTENCE = "\nThis sentence went through review, approval and publishing.\n"
_PEOPLE = {
    "nia": Person("Nia Morgan", "nia.morgan@national.example"),
    "sam": Person("Sam Okafor", "sam.okafor@forces.example"),
    "alex": Person("Alex Rees", "alex.rees@publishing.example"),
}


@dataclass(frozen=True, slots=True)
class _Desk:
    workspace: Workspace
    signer: Signer


class Journey:
    """Nia writes, Sam approves, Alex publishes and rolls back; each in a workspace of their own.

    Args:
        call: the call of the verb.
        sample: the sample's folder, with its origin and keys.
        folder: where workspaces and receipts go.
    """

    def __init__(self, call: Call, sample: Path, folder: Path) -> None:
        self._call = call
        self._sample = sample
        self._folder = folder
        self.lines: list[str] = []
        self.data: dict[str, Json] = {}

    def run(self) -> None:
        """Do all of it.

        Raises:
            SohAuthorError: when a step can't be done.
        """
        with ExitStack() as stack:
            nia, sam, alex = (self._desk(stack, name) for name in _PEOPLE)
            self._write(nia)
            self._approve(nia, sam, DRAFT)
            done = self._publish(alex, DRAFT)
            self.data["release"] = done.release.id
            self._call.value(get_latest(nia.workspace))
            back = self._call.value(roll_back(nia.workspace, RollBack(done.release.id))).name
            self.lines.append(f"Nia takes it back: the draft “{back}” brings the earlier text.")
            self._call.value(submit(nia.workspace, back, nia.signer, note="It was only a trial"))
            self._approve(nia, sam, back)
            self.data["roll_back"] = self._publish(alex, back).release.id

    def _desk(self, stack: ExitStack, name: str) -> _Desk:
        address, place = str((self._sample / ORIGIN).absolute()), self._folder / name
        task = open_address(address, place, _PEOPLE[name], self._call.world.clock)
        workspace = self._call.value(task)
        stack.enter_context(workspace)
        trust_origin(workspace)
        return _Desk(workspace, open_signer(sample_key(self._sample, name)))

    def _write(self, nia: _Desk) -> None:
        workspace = nia.workspace
        self._call.value(drafting.new_draft(workspace, DRAFT))
        path, text = _text_to_change(workspace.snapshot())
        self._call.value(drafting.save_private(workspace, DRAFT, path, text.rstrip("\n") + "\n" + _SENTENCE))
        self._call.value(drafting.save_version(workspace, DRAFT, "One sentence more"))
        outcome = self._call.run(submit(workspace, DRAFT, nia.signer, reviewer="Sam", note="Please look"))
        self.lines.append(f"Nia wrote a sentence into {path} and sent it for review. {outcome.notice}")
        seen = self._call.value(review(workspace, DRAFT)).seen
        try:
            self._call.value(approve(workspace, DRAFT, seen, nia.signer))
        except NotAllowedError as error:
            self.lines.append(f"Nia can't approve it herself: {error.what}")

    def _approve(self, nia: _Desk, sam: _Desk, draft: str) -> None:
        self._call.value(get_latest(sam.workspace))
        found = self._call.value(review(sam.workspace, draft))
        reach = counted(len(found.case.found.outputs), "output")
        self._call.value(approve(sam.workspace, draft, found.seen, sam.signer, comment="Fine"))
        self.lines.append(f"Sam looked at {reach} of “{draft}”, exactly as the public will read them: yes.")
        self._call.value(get_latest(nia.workspace))

    def _publish(self, alex: _Desk, draft: str) -> Published:
        workspace = alex.workspace
        self._call.value(get_latest(workspace))
        kind, back = kind_of_drafts(workspace, [draft])
        reason = f"It takes back {back}." if back else ""
        wish = Wish((draft,), kind=kind, supersedes=back, reason=reason)
        planned = self._call.value(plan(workspace, wish, alex.signer))
        refusals = self._call.value(dry_run(workspace, planned, alex.signer))
        said = "The server would accept it." if not refusals else str(refusals[0])
        self.lines.append(f"Alex plans the release: {planned.sentence} {said}")
        outcome = self._call.run(publish(workspace, planned, alex.signer))
        made = self._call.value(receipt(workspace, outcome.value.release.id))
        path = self._folder / "receipts" / f"{outcome.value.release.id}.html"
        write_file(path, made.as_html().encode())
        write_file(path.with_suffix(".json"), made.as_json().encode())
        self.lines.append(f"{outcome.notice} Receipt: {path}")
        return outcome.value


def _text_to_change(snapshot: Snapshot) -> tuple[str, str]:
    """A text that one force alone reads, so that the change is small."""
    paths = sorted(
        path for path in snapshot.sources.stamps if path.startswith(_TEXTS) and path.endswith(".en.md")
    )
    texts = ((path, snapshot.text(path) or "") for path in paths)
    return next((path, text) for path, text in texts if "\n## " in text and ":::" not in text)
