"""Checks put out of action, one at a time, each with the attack that belongs to it."""

import re
from collections.abc import Callable
from datetime import timedelta

from soh_author.domain.force import Registry
from soh_author.domain.ids import PersonId
from soh_author.domain.judging import agreement, doubts, requirements, weighing, whole_release
from soh_author.domain.judging.approval import SignedRecord
from soh_author.domain.judging.proposal import Change, Proposal
from soh_author.domain.judging.requirement import RequirementKind, met
from soh_author.domain.resolving import fact_lookup
from soh_author.gitstore.incoming import Incoming
from soh_author.reading import files as reading_files
from soh_author.trust import policies, records
from soh_author.workflow import outputs
from soh_author.workflow.approvals import releasing_proposal, strayed_words, transitions
from soh_author.workflow.gate import claims as gate_claims
from soh_author.workflow.gate import comments as gate_comments
from soh_author.workflow.gate import gatekeeping, refs, versions
from soh_author.workflow.gate import release as gate_release
from soh_author.workflow.gate import trees as gate_trees
from soh_author.workflow.gate.refs import RefUpdate
from soh_author.workflow.outputs import is_live


def _nothing(*_given: object) -> tuple[()]:
    return ()


def _no_list(*_given: object) -> list[object]:
    return []


def _no_mapping(*_given: object) -> dict[str, object]:
    return {}


def _nobody(*_given: object) -> frozenset[object]:
    return frozenset()


def _first(found: object, *_given: object) -> object:
    return found


def _as_called(proposal: Proposal, *_given: object, **_named: object) -> list[str]:
    return [proposal.kind.value]


def _none(*_given: object) -> None:
    return None


def _yes(*_given: object) -> bool:
    return True


def _no(*_given: object) -> bool:
    return False


def _no_word(*_given: object) -> str:
    return ""


def _any_version(incoming: Incoming, update: RefUpdate) -> bytes:
    return incoming.commit(update.new)


def _only_who_signed(signed: SignedRecord) -> frozenset[PersonId]:
    return frozenset({signed.record.person})


def _held_by_none(_incoming: object, said: dict[str, object], _others: object) -> dict[str, list[str]]:
    return {path: [] for path in said}


_JUDGEMENT = gate_release.Judgement
_WEIGHING, _AGREEMENT = weighing.Weighing, agreement.Agreement
_LONG = timedelta(days=40_000)
_NEVER = re.compile(r"(?!)")
Mutant = tuple[object, str, Callable[..., object] | timedelta | re.Pattern[str], str]
"""What holds a check, the check's name, what stands in its place, and the attack that gets by then."""

OF_PUSHES: tuple[Mutant, ...] = (
    (gatekeeping, "judge_files", _no_list, "a link"),
    (gatekeeping, "judge_files", _no_list, "a file of an unknown kind that all agreed to"),
    (gatekeeping, "judge_sizes", _no_list, "a page too large"),
    (gate_trees, "_twins", _nothing, "names that differ in capitals"),
    (gate_trees, "_has_twins", _no, "names that differ in capitals"),
    (gate_trees, "_RESERVED", _NEVER, "a device of Windows"),
    (gatekeeping, "judge_names", _no_list, "a foreign tag"),
    (refs, "_judge_name", _no_list, "a replacement of an object"),
    (refs, "_judge_name", _no_list, "what is live deleted"),
    (refs, "_judge_name", _no_list, "a release's name moved"),
    (gatekeeping, "judge_draft", _no_list, "a draft rewritten"),
    (refs, "judge_files", _no_list, "a draft with a strange file"),
    (gatekeeping, "judge_live_comments", _no_list, "a comment in what goes live"),
    (gatekeeping, "judge_comments", _no_list, "a comment taken away"),
    (gatekeeping, "suggesters_of", _no_mapping, "approval of one's own suggested words"),
    (gate_comments, "_judge_fresh", _nothing, "a comment signed by a stranger"),
    (gate_comments, "_judge_fresh", _nothing, "a comment from the future"),
    (gate_comments, "_judge_fresh", _nothing, "a comment whose key was revoked"),
    (gate_comments, "_judge_strays", _nothing, "what was said of another draft"),
    (gate_comments, "strayed_words", _no_mapping, "an unknown comment that names another draft"),
    (
        strayed_words,
        "_holders",
        lambda _incoming, said, _others: {path: [] for path in said},
        "what was said of a draft thrown away",
    ),
    (strayed_words, "_may_go_on_from", _yes, "an unknown comment that names another draft"),
    (gatekeeping, "judge_release_tag", _no_list, "the name of another release"),
    (gatekeeping, "check_version", _any_version, "a lost race"),
    (gatekeeping, "check_version", _any_version, "two versions"),
    (gatekeeping, "check_signer", lambda *_given: PersonId("pat"), "a stranger signed it"),
    (gatekeeping, "check_signer", lambda *_given: PersonId("pat"), "a clock behind"),
    (versions, "AHEAD", _LONG, "a clock ahead"),
    (versions, "LATEST", _LONG, "a clock behind"),
    (gatekeeping, "records_elsewhere", _no_mapping, "an approval withdrawn in a draft"),
    (gatekeeping, "editors_of", _no_mapping, "approval by who saved a version of the draft"),
)
OF_RELEASES: tuple[Mutant, ...] = (
    (gate_release, "live_since_of", _no_mapping, "kept back until after a roll-back"),
    (gate_claims, "LATEST", _LONG, "a release of long ago"),
    (gate_release, "doubled_addresses", _nothing, "another page's address"),
    (gate_release, "registry_diagnostics", _nothing, "a group with a force nobody knows"),
    (_JUDGEMENT, "_books", _nothing, "an old record taken away"),
    (_JUDGEMENT, "_claims", _nothing, "records not listed"),
    (_JUDGEMENT, "_claims", _nothing, "under another policy"),
    (gate_claims, "template_version", lambda: "1", "other templates"),
    (gate_claims, "_drafts", _nothing, "its draft not named"),
    (gate_claims, "drafts_changing", lambda *given: given[-1], "a draft named that had no part"),
    (gate_claims, "_authors", _nothing, "an author named who wrote nothing"),
    (gate_claims, "_authors", _nothing, "an emergency put down to somebody else"),
    (_JUDGEMENT, "_of_records", _nothing, "a forged claim"),
    (_JUDGEMENT, "_untrue", _nothing, "a file not listed"),
    (_JUDGEMENT, "_untrue", _nothing, "an output not listed"),
    (_JUDGEMENT, "_live_since", _no_mapping, "under a live release file that nobody can read"),
    (gate_release, "_different", _no_list, "a file not listed"),
    (policies, "_check_enough", _none, "a policy that one root signed"),
    (_JUDGEMENT, "_repository", _nothing, "another repository's id"),
    (_JUDGEMENT, "_changed_policy", _nobody, "another file of the policy"),
    (_JUDGEMENT, "_unmet", _nothing, "nobody approved it"),
    (_JUDGEMENT, "_new_faults", _nothing, "a group with a force nobody knows"),
    (_JUDGEMENT, "_policy_fault", _no_word, "a policy that one root signed"),
    (_JUDGEMENT, "_open_emergencies", lambda _self: 0, "a third emergency while two wait"),
    (releasing_proposal, "_said", _no_word, "two approvals short of one for a marked change"),
)
OF_RULES: tuple[Mutant, ...] = (
    (requirements, "review_requirements", _nothing, "a review of an emergency of a day to come"),
    (requirements, "_is_reviewed", _yes, "a third emergency while two wait"),
    (requirements, "_reviews", _yes, "a third emergency after a review by who may not"),
    (requirements, "policy_requirements", _nothing, "a policy together with content"),
    (requirements, "content_requirements", _nothing, "an unknown fact"),
    (requirements, "schedule_requirements", _nothing, "before its time"),
    (requirements, "emergency_requirements", _nothing, "an emergency that nobody signed for"),
    (requirements, "publisher_requirements", _nothing, "a publisher for one force"),
    (requirements, "freeze_requirements", _nothing, "a frozen force"),
    (whole_release, "_true_kind", _as_called, "a frozen force, by a release that calls itself a roll-back"),
    (whole_release, "_true_kind", _as_called, "a frozen force, by a release that calls itself a take-down"),
    (fact_lookup, "_with_later", _first, "a price of a day to come, approved as a file only"),
    (Registry, "turns_of", _nothing, "a force that joins a group later"),
    (Registry, "turns_of", _nothing, "words of a group for a force that joins it later"),
    (transitions, "will_be_live", is_live, "words for a force whose site begins later"),
    (outputs.Output, "turning", _first, "a site that ends on a day to come"),
    (outputs, "_frame_of", _no_mapping, "a force's new name, approved as a file only"),
    (whole_release, "_emergency_fault", _no_word, "somebody else's emergency"),
    (whole_release, "_emergency_fault", _no_word, "an emergency without a reason"),
    (whole_release, "_emergency_fault", _no_word, "an emergency for other changes"),
    (whole_release, "_freezes_of", _no_list, "a frozen force"),
    (whole_release, "_reaches", _yes, "a publisher for one force"),
    (
        _AGREEMENT,
        "_submitted",
        lambda _self, change: met(*_of_kind("SUBMITTED", change)),
        "nobody sent it for review",
    ),
    (
        _AGREEMENT,
        "_approved",
        lambda _self, change, _authors: met(*_of_kind("APPROVED", change)),
        "nobody approved it",
    ),
    (_AGREEMENT, "_may_submit", _yes, "a force's editor for national text"),
    (_AGREEMENT, "_needs_fact_check", _no, "no fact check where one is asked for"),
    (_WEIGHING, "reaches", _yes, "a fact check by who is no fact checker"),
    (_WEIGHING, "reaches", _yes, "a fact check for one force"),
    (_WEIGHING, "_personal_doubt", _none, "a fact check by who wrote it"),
    (_WEIGHING, "_doubt", _none, "a fact check of an older version"),
    (weighing, "_wrote", _only_who_signed, "approval by an author the submitter named"),
    (_WEIGHING, "reaches", _yes, "a force's reviewer for national text"),
    (_WEIGHING, "reaches", _yes, "a reviewer of English for Welsh"),
    (_WEIGHING, "_personal_doubt", _none, "self-approval"),
    (_WEIGHING, "_asked_later", _no, "changes asked for after the approval"),
    (_WEIGHING, "_doubt", _none, "approval of an older version"),
    (_WEIGHING, "_doubt", _none, "kept back until after a roll-back"),
    (reading_files, "hidden_signs", _nothing, "words turned around for whoever reviews them"),
    (_WEIGHING, "authors", _nobody, "approval by an author the submitter named"),
)
OF_RECORDS: tuple[Mutant, ...] = (
    (weighing, "withdrawn_records", _nobody, "a withdrawn approval"),
    (weighing, "doubt_about", _none, "approval from a training copy"),
    (weighing, "doubt_about", _none, "an approval of long ago"),
    (doubts, "AHEAD", _LONG, "an approval from the future"),
    (doubts, "_doubts_of_key", _nothing, "an expired key"),
    (doubts, "_doubts_of_key", _nothing, "a revoked key"),
    (doubts, "_doubts_of_key", _nothing, "a key that doesn't count yet"),
    (records, "signing_key", lambda person, *_given: person.keys[0].line, "a forged claim"),
    (records, "signing_key", lambda person, *_given: person.keys[0].line, "an unknown key"),
)
MUTANTS: tuple[Mutant, ...] = (*OF_PUSHES, *OF_RELEASES, *OF_RULES, *OF_RECORDS)


def _of_kind(kind: str, change: Change) -> tuple[RequirementKind, str, str]:
    return RequirementKind[kind], change.subject, "It is so."
