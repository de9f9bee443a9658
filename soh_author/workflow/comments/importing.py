"""Bringing a fact checker's answers in: what has to change becomes comments, under the name they gave."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from soh_author.domain.comment import MOST_CHECKED, Anchor, Checked, Remark, RemarkKind
from soh_author.domain.errors import NotFoundError, UsageError
from soh_author.domain.ids import DraftName
from soh_author.trust.signers import Signer
from soh_author.workflow.comments.answers import Answers, read_answers
from soh_author.workflow.comments.discussing import remarks_of
from soh_author.workflow.comments.packs import Block, Pack, pack_of
from soh_author.workflow.comments.spots import Spot, anchor_at
from soh_author.workflow.comments.voice import Remarked, Voice
from soh_author.workflow.effects import Effects
from soh_author.workflow.release.releasing_content import copies_of, head_of
from soh_author.workflow.task import Outcome, Progress, Task
from soh_author.workflow.workspace import Workspace

_MOST_TOLD = 12


@dataclass(frozen=True, slots=True)
class Imported:
    """What came in.

    ``comments`` is how many, ``correct`` how many blocks were found right, ``changed`` the numbers of
    answered blocks whose text isn't what was shown any more, ``known`` how many answers were there already.
    """

    draft: DraftName
    name: str
    comments: int
    correct: int
    changed: tuple[int, ...]
    known: int
    remarked: Remarked | None


def import_answers(workspace: Workspace, draft: str, data: bytes, signer: Signer) -> Task[Imported]:
    """Bring answers in, signed by whoever brings them.

    Each block that needs change becomes a comment on its words, as they were shown; which blocks are right
    and which aren't is written down by what they say. What is there already is not said again. It gives
    nobody a right: where a release needs a fact check, a fact checker signs for it (``approve``).

    Raises (when run):
        UsageError: when these are no answers to a pack of this draft, or damaged.
        NotFoundError: when there is no such draft.
        KeyFileError: when the key is not in the policy, or can't sign.
    """

    def work(progress: Progress) -> Outcome[Imported]:
        answers = read_answers(data)
        voice = Voice(workspace, draft, signer)
        pack = _answered_pack(workspace, voice.draft, answers)
        changed = _changed(workspace, voice.draft, pack, answers)
        remarks, known = _new_remarks(workspace, voice, pack, answers)
        comments = len(remarks)
        remarks += _new_checks(voice, pack, answers)
        said: Outcome[Remarked] | None = voice.keep(remarks, progress) if remarks else None
        correct = sum(not text for text in answers.said.values())
        done = said.value if said else None
        made = Imported(voice.draft, answers.name, comments, correct, changed, known, done)
        return Outcome(made, said.effects if said else Effects(), _told(made))

    return Task("Bringing the answers in", work, writes=True)


def _answered_pack(workspace: Workspace, draft: DraftName, answers: Answers) -> Pack:
    """The pack that was answered, made again; it has to be what the answers say."""
    store = workspace.store
    try:
        version = store.version(answers.version).revision
        is_ours = any(store.is_ancestor(version, head) for head in copies_of(workspace, draft))
    except NotFoundError:
        is_ours = False
    if answers.draft != draft or not is_ours:
        raise UsageError(
            f"These answers are about the draft “{answers.draft}”, in a version that “{draft}” doesn't have.",
            safe="Nothing was changed.",
            todo="Name the draft they are about; get the latest if it was written elsewhere.",
        )
    pack = pack_of(workspace, draft, answers.version, answers.day, answers.outputs)
    if pack.digest != answers.pack or not all(1 <= number <= len(pack.blocks) for number in answers.said):
        raise UsageError(
            "The first lines of these answers aren't those of the pack they name.",
            safe="Nothing was changed.",
            todo="Ask for the file again, with its first lines as they were.",
        )
    return pack


def _changed(workspace: Workspace, draft: DraftName, pack: Pack, answers: Answers) -> tuple[int, ...]:
    """Numbers of the answered blocks that no longer say what was shown."""
    now = pack_of(workspace, draft, head_of(workspace, draft), pack.day, pack.outputs)
    there = {block.said for block in now.blocks}
    return tuple(number for number in sorted(answers.said) if pack.blocks[number - 1].said not in there)


def _new_remarks(
    workspace: Workspace, voice: Voice, pack: Pack, answers: Answers
) -> tuple[list[Remark], int]:
    """What there is to say that was not said before, and how much of it was."""
    threads = [placed.thread for placed in voice.discussion.placed]
    known = {
        (each.root.remark.pack, each.root.remark.speaker, each.anchor, each.root.remark.text)
        for each in threads
    }
    shown = workspace.published_snapshot(pack.version)
    remarks = []
    count = 0
    for anchor, text in _comments(pack, answers):
        spot = Spot(anchor.page, anchor.section, anchor.quote, anchor.layer, anchor.language)
        placed = anchor_at(shown, spot)
        if (pack.digest, answers.name, placed, text) in known:
            count += 1
            continue
        remarks.append(
            voice.remark(RemarkKind.COMMENT, text, anchor=placed, speaker=answers.name, pack=pack.digest)
        )
    return remarks, count


def _new_checks(voice: Voice, pack: Pack, answers: Answers) -> Iterator[Remark]:
    """What was found of each answered block; nothing when it was brought in before."""
    known = {
        (each.remark.pack, each.remark.speaker, each.remark.checked)
        for each in remarks_of(voice.workspace, voice.draft, voice.policy).signed
    }
    answered = sorted(answers.said.items())
    for first in range(0, len(answered), MOST_CHECKED):
        some = answered[first : first + MOST_CHECKED]
        found = Checked(
            pack.day,
            tuple(sorted(set(pack.outputs))),
            correct=tuple(sorted({pack.blocks[number - 1].name for number, text in some if not text})),
            wrong=tuple(sorted({pack.blocks[number - 1].name for number, text in some if text})),
        )
        if (pack.digest, answers.name, found) not in known:
            said = voice.remark(RemarkKind.CHECK, speaker=answers.name, pack=pack.digest)
            yield replace(said, checked=found)


def _comments(pack: Pack, answers: Answers) -> Iterator[tuple[Anchor, str]]:
    for number, text in sorted(answers.said.items()):
        if text:
            block: Block = pack.blocks[number - 1]
            spot = block.spot
            yield Anchor(spot.page, spot.language, spot.layer, spot.section, spot.quote), text


def _told(made: Imported) -> str:
    said = [f"{made.name}: {made.comments} to change, {made.correct} correct."]
    if made.known:
        said.append(f"{made.known} of the answers were here already.")
    if made.changed:
        numbers = ", ".join(map(str, made.changed[:_MOST_TOLD]))
        more = " and more" if len(made.changed) > _MOST_TOLD else ""
        said.append(f"The text has changed since in {numbers}{more}: look at these again.")
    return " ".join(said)
