"""What a release needs as a whole: a publisher, its moment, no freeze, a signed policy, a true emergency."""

from collections.abc import Collection, Iterable, Iterator
from datetime import UTC, datetime, timedelta

from soh_author.domain.days import day_in_words, moment_in_words
from soh_author.domain.diagnostics import Diagnostic
from soh_author.domain.judging.approval import SignedRecord
from soh_author.domain.judging.doubts import Doubt
from soh_author.domain.judging.people import Person, Role
from soh_author.domain.judging.permissions import holds, may, named
from soh_author.domain.judging.policy import Freeze, Policy
from soh_author.domain.judging.proposal import Change, OutputChange, Proposal, SourceChange
from soh_author.domain.judging.release import ReleaseKind
from soh_author.domain.judging.requirement import Requirement, RequirementKind, met, not_met

SHORTEST_REASON = 10
"""Letters that the reason of an emergency has at least."""


def policy_requirements(policy: Policy, proposal: Proposal) -> Iterator[Requirement]:
    """The policy changes alone, and only when enough roots have signed."""
    kind = RequirementKind.POLICY
    if not proposal.changes_policy:
        if proposal.kind is ReleaseKind.POLICY:
            yield not_met(
                kind, "", "It says it changes the policy, and does not.", "Publish it as what it is."
            )
        return
    if proposal.content or proposal.outputs or proposal.kind is not ReleaseKind.POLICY:
        how = "Publish the policy by itself first, then the rest."
        yield not_met(kind, "", "The policy changes alone, in a release of its own.", how)
    if proposal.policy_fault:
        roots = [policy.people[root] for root in policy.roots]
        text = f"The new policy may not follow, because {proposal.policy_fault}."
        yield not_met(kind, "", text, f"Ask {named(roots)} to sign it.", able=roots)
    else:
        yield met(kind, "", "The new policy is signed by enough roots.")


def content_requirements(proposal: Proposal) -> Iterator[Requirement]:
    """Something changes, and nothing is wrong with what it becomes."""
    kind = RequirementKind.CONTENT
    if not (proposal.sources or proposal.outputs or proposal.records):
        yield not_met(kind, "", "Nothing would change.", "Choose drafts that change something.")
    yield from (_fault(fault) for fault in proposal.faults if fault.blocks)


def schedule_requirements(proposal: Proposal, now: datetime) -> Iterator[Requirement]:
    """What is scheduled does not go out before its moment."""
    due = proposal.not_before
    if due is None:
        return
    text = f"It is scheduled for {moment_in_words(due)}."
    if now >= due:
        yield met(RequirementKind.SCHEDULE, "", text)
    else:
        text = f"It is scheduled for {moment_in_words(due)}, and here it is {moment_in_words(now)}."
        yield not_met(RequirementKind.SCHEDULE, "", text, "Wait until then, or schedule it anew.")


def emergency_requirements(
    policy: Policy, proposal: Proposal, records: tuple[SignedRecord, ...]
) -> Iterator[Requirement]:
    """One publisher answers for it with a typed reason, and not too many others wait for their review.

    Args:
        policy: of the old tip.
        proposal: the release.
        records: the emergency records about which there is no doubt.
    """
    kind = RequirementKind.EMERGENCY
    faults = [_emergency_fault(proposal, signed) for signed in records]
    holding = [signed for signed, fault in zip(records, faults, strict=True) if not fault]
    if holding:
        record = holding[0].record
        yield met(kind, "", f"An emergency: {record.note}", [record.person])
    else:
        how = "Type the reason and sign for exactly these changes, or send them for review."
        publisher = policy.people.get(proposal.publisher)
        reason = faults[-1] if faults else "Nobody has signed for this emergency."
        yield not_met(kind, "", reason, how, able=[publisher] if publisher else [])
    most, waiting = policy.rules.open_emergencies, proposal.open_emergencies
    text = f"{waiting} of at most {most} emergency releases wait for their review."
    if waiting < most:
        yield met(kind, "", text)
    else:
        yield not_met(kind, "", text, "Have the earlier ones reviewed first.")


def review_requirements(doubts: Iterable[Doubt]) -> Iterator[Requirement]:
    """Reviews of earlier emergencies come with nothing against them, or not at all."""
    for each in doubts:
        text = "The review of an emergency doesn't count."
        yield not_met(RequirementKind.EMERGENCY, "", text, "Review it again.", doubts=[each])


def _emergency_fault(proposal: Proposal, signed: SignedRecord) -> str:
    """Why an emergency record isn't one for this release; empty when it is."""
    moves = {change.move for change in proposal.changes()}
    if signed.record.person != proposal.publisher:
        return "The emergency is signed by somebody other than its publisher."
    reason = "".join(sign for sign in signed.record.note if sign.isprintable())
    if len(reason.strip()) < SHORTEST_REASON:
        return "The emergency is signed without a reason."
    if not moves <= signed.moves:
        return f"The emergency is signed for other changes ({len(moves - signed.moves)} are missing)."
    late = [
        subject
        for subject in signed.by_subject
        if subject in proposal.live_since and signed.record.when < proposal.live_since[subject]
    ]
    return f"The emergency is signed before what is live of {late[0]} went live." if late else ""


def publisher_requirements(policy: Policy, proposal: Proposal) -> Iterator[Requirement]:
    """Whoever puts it out is a publisher for all of it."""
    kind = RequirementKind.PUBLISHER
    known = policy.people.get(proposal.publisher)
    if known is None or not any(known.scopes(Role.PUBLISHER)):
        text = f"{known.name if known else f'“{proposal.publisher}”'} is no publisher."
        able = [person for person in policy.people.values() if any(person.scopes(Role.PUBLISHER))]
        yield not_met(kind, "", text, f"Ask {named(able)} to publish it.", able=able)
        return
    changes: tuple[Change, ...] = (*proposal.sources, *proposal.outputs)
    beyond = [change for change in changes if not _reaches(known, change)]
    for change in beyond:
        found = may(policy, proposal.publisher, Role.PUBLISHER, change.text)
        how = f"Ask {named(found.who_could)} to publish it." if found.who_could else "Ask the policy's roots."
        yield not_met(kind, change.subject, found.sentence, how, able=found.who_could)
    if not beyond:
        yield met(kind, "", f"{known.name} may publish it.", [known.id])


def freeze_requirements(
    policy: Policy, proposal: Proposal, now: datetime, *, is_emergency: bool = False
) -> Iterator[Requirement]:
    """No force is changed while it is frozen, but in the permitted ways.

    What a release calls itself permits nothing by itself: a roll-back has to bring back what was live, a
    take-down and an emergency have to be answered for by their publisher (``is_emergency``).
    """
    kind = RequirementKind.FREEZE
    is_free = True
    for output in proposal.outputs:
        kinds = (output.change, *_true_kind(proposal, output, is_emergency=is_emergency))
        for freeze in _freezes_of(policy, output, kinds, now):
            is_free = False
            end = day_in_words(freeze.end)
            why = freeze.why.rstrip(".")
            text = f"{output.subject} is frozen until {end}: {why}."
            how = f"Wait until {end}, or leave the pages of this force out."
            yield not_met(kind, output.subject, text, how)
    if is_free and policy.freezes:
        yield met(kind, "", "No freeze stands in the way.")


def _true_kind(proposal: Proposal, output: OutputChange, *, is_emergency: bool) -> Iterator[str]:
    """What a release calls itself, where that is true of an output."""
    is_back = proposal.kind is ReleaseKind.ROLL_BACK and output.subject in proposal.restored
    if is_back or (is_emergency and proposal.kind in {ReleaseKind.EMERGENCY, ReleaseKind.TAKE_DOWN}):
        yield proposal.kind.value


def _freezes_of(policy: Policy, output: OutputChange, kinds: Collection[str], now: datetime) -> list[Freeze]:
    # A day of the freeze is a day in Britain, which is an hour ahead of universal time in summer.
    moment = now.astimezone(UTC)
    days = {moment.date(), (moment + timedelta(hours=1)).date()}
    return [
        freeze
        for freeze in policy.freezes
        if freeze.force == output.move.force
        and any(freeze.holds_on(day) for day in days)
        and not any(kind in freeze.permitted for kind in kinds)
    ]


def _reaches(publisher: Person, change: Change) -> bool:
    """Whether somebody may publish a change; any publisher may publish what the roots have signed."""
    if isinstance(change, SourceChange) and change.is_policy:
        return True
    return holds(publisher, Role.PUBLISHER, change.text)


def _fault(fault: Diagnostic) -> Requirement:
    text = f"{fault.place.path}: {fault.message}"
    return not_met(RequirementKind.CONTENT, fault.place.path, text, fault.hint)
