"""What the gate asks of comments: they stay in drafts, nobody forges or removes one, and nobody approves
words that were taken over from a suggestion of their own.
"""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from datetime import datetime

from soh_author.domain.comment import SignedRemark
from soh_author.domain.days import moment_in_words
from soh_author.domain.ids import DraftName, PersonId
from soh_author.domain.judging.policy import Policy
from soh_author.gitstore.incoming import Incoming, TreeFile
from soh_author.trust.errors import BadPolicyError, BadRecordError
from soh_author.trust.policies import POLICY_PATH, read_policy
from soh_author.trust.remarks import FOLDER, read_remark, read_remarks, remark_path
from soh_author.workflow.approvals.strayed_words import Tip, strayed_words
from soh_author.workflow.approvals.suggested_words import accepted_words
from soh_author.workflow.gate.drafts import PLACES, brought_by, other_drafts
from soh_author.workflow.gate.refs import DRAFT_REFS, PUBLISHED_REF, RefUpdate
from soh_author.workflow.gate.refusals import GateLimits, Refusal
from soh_author.workflow.gate.versions import AHEAD

_MOST_TOLD = 20
_TOP = FOLDER.rstrip("/")
_ANEW = "Leave it out; whoever said it says it again with SOH Author."


def judge_live_comments(files: Mapping[str, TreeFile]) -> list[Refusal]:
    """Refuse comments in what is to go live: they are no part of what the public reads, nor of the record."""
    found = sorted(path for path in files if path.startswith(FOLDER))
    if not found:
        return []
    text = "Comments stay in drafts and never go live."
    return [Refusal(found[0], text, "Publish with SOH Author, which leaves them out.", "comment-live")]


def judge_comments(incoming: Incoming, update: RefUpdate, now: datetime, limits: GateLimits) -> list[Refusal]:
    """Judge the comments of a draft that starts or goes on; its versions hold known kinds of files only.

    What the draft has here already, and what another draft here has (it was renamed, or taken over), was
    judged when it came.
    """
    there = incoming.files_below(update.new, _TOP)
    before = {} if update.is_new else incoming.files_below(update.old, _TOP)
    gone = sorted(path for path, file in before.items() if there.get(path) != file)
    if gone:
        text = "It was altered or taken away; what people said stays as it is."
        return [Refusal(gone[0], text, "Get the latest, then send the draft again.", "comment-add-only")]
    if len(there) > 2 * limits.comments:
        text = f"It holds {len(there) // 2:,} comments; at most {limits.comments:,} are taken."
        return [Refusal(update.name, text, "Go on in a new draft.", "many-comments")]
    fresh = {path: file.blob for path, file in there.items() if path not in before}
    strays = list(_judge_strays(incoming, update, fresh)) if fresh else []
    if strays:
        return strays
    if fresh and update.is_new:
        fresh = _unknown(incoming, fresh)
    return list(_judge_fresh(incoming, fresh, now)) if fresh else []


def suggesters_of(
    incoming: Incoming, tips: Iterable[str], changed: Mapping[str, str], policy: Policy
) -> dict[str, frozenset[PersonId]]:
    """Who suggested words that a draft took over, by the path they went to: they are authors of it too.

    Args:
        incoming: where the drafts are.
        tips: the newest versions of the drafts.
        changed: the objects a release brings, by path; empty where a file goes.
        policy: whose keys count.
    """
    found: dict[str, set[PersonId]] = {}
    for tip in dict.fromkeys(tips):
        files = incoming.files_below(tip, _TOP)
        if not files:
            continue
        brought = set(brought_by(incoming, tip, changed))
        for path, person in accepted_words(_read(incoming, files, policy)):
            if path in brought:
                found.setdefault(path, set()).add(person)
    return {path: frozenset(people) for path, people in found.items()}


def _read(incoming: Incoming, files: Mapping[str, TreeFile], policy: Policy) -> tuple[SignedRemark, ...]:
    texts = incoming.texts(file.blob for file in files.values())
    given = {path: texts[file.blob] for path, file in files.items() if file.blob in texts}
    return read_remarks(given, policy).signed


def _unknown(incoming: Incoming, fresh: Mapping[str, str]) -> dict[str, str]:
    """The comments that no draft here has."""
    known: set[tuple[str, str]] = set()
    for tip in dict.fromkeys(incoming.drafts(PLACES).values()):
        blobs = incoming.objects_at([(tip, path) for path in fresh])
        known.update(zip(fresh, blobs, strict=True))
    return {path: blob for path, blob in fresh.items() if (path, blob) not in known}


def _judge_strays(incoming: Incoming, update: RefUpdate, fresh: Mapping[str, str]) -> Iterator[Refusal]:
    """Refuse what was said of another draft and did not come here with it."""
    texts = incoming.texts(fresh.values())
    name = DraftName(update.ref.removeprefix(DRAFT_REFS))
    said = {}
    for path, blob in fresh.items():
        with suppress(BadRecordError):
            if path.endswith(".json") and blob in texts:
                said[path] = blob, read_remark(texts[blob]).draft
    live = incoming.tip(PUBLISHED_REF)
    if said and live:
        tip = Tip(name, update.new, live)
        strays = strayed_words(incoming, tip, said, other_drafts(incoming, name))
        for path, draft in list(strays.items())[:_MOST_TOLD]:
            text = f"It was said of the draft “{draft}”, and did not come here with it."
            yield Refusal(path, text, _ANEW, "comment-draft")


def _judge_fresh(incoming: Incoming, fresh: Mapping[str, str], now: datetime) -> Iterator[Refusal]:
    policy = _live_policy(incoming)
    if policy is None:
        text = "There is no policy here that says whose keys count, so nobody can tell who said it."
        yield Refusal(min(fresh), text, "Send the draft without comments.", "comment")
        return
    texts = incoming.texts(fresh.values())
    files = {path: texts[blob] for path, blob in fresh.items() if blob in texts}
    read = read_remarks(files, policy)
    for refused in read.refused[:_MOST_TOLD]:
        yield Refusal(refused.path, f"It can't be taken, because {refused.reason}.", _ANEW, "comment")
    for signed in read.signed:
        path, person = remark_path(signed.id), policy.people[signed.remark.person]
        key = person.key(signed.key)
        if signed.remark.when > now + AHEAD:
            said, here = (moment_in_words(each) for each in (signed.remark.when, now))
            text = f"It says it was said on {said}, which is still to come: here it is {here}."
            yield Refusal(path, text, "Put your computer's clock right, then say it again.", "comment-clock")
        elif key is None or (key.revoked is not None and now >= key.revoked):
            text = f"The key of {person.name} that signed it was revoked."
            yield Refusal(path, text, _ANEW, "comment-key")


def _live_policy(incoming: Incoming) -> Policy | None:
    live = incoming.tip(PUBLISHED_REF)
    blob = incoming.objects_at([(live, POLICY_PATH)])[0] if live else ""
    data = incoming.texts([blob]).get(blob) if blob else None
    try:
        return read_policy(data) if data is not None else None
    except BadPolicyError:
        return None
