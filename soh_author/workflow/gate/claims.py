"""What a release's file says of itself, held against what the gate knows without it."""

from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import datetime

from soh_author.domain.ids import DraftName, PersonId
from soh_author.domain.judging.approval import Action, SignedRecord
from soh_author.domain.judging.policy import Policy
from soh_author.domain.judging.release import Release
from soh_author.gitstore.incoming import Incoming
from soh_author.render.resources import template_version
from soh_author.workflow.gate.drafts import drafts_changing
from soh_author.workflow.gate.refusals import Refusal
from soh_author.workflow.gate.versions import AHEAD, CLOCKS, LATEST, told

_AGAIN = "Publish again with SOH Author."
_TEMPLATES = (
    "Bring SOH Author on your computer and on the server to one version, then publish again: only then does"
    " the public see the pages as they were looked at."
)


@dataclass(frozen=True)
class Known:
    """What the gate knows of a release without asking its file.

    ``records`` are those that come with it and hold, ``record_names`` the ids of all that come with it;
    ``superseded`` is the live release it says it takes back, ``changed`` the paths it changes, its own books
    left out. ``drafts`` are the drafts here and in the same push, refs with versions; ``touched`` who edited
    each path in them.
    """

    policy: Policy
    publisher: PersonId
    now: datetime
    live: str
    records: Sequence[SignedRecord]
    record_names: Sequence[str]
    superseded: Release | None
    changed: AbstractSet[str]
    drafts: Sequence[tuple[str, str]]
    touched: Mapping[str, frozenset[PersonId]]


def judge_claims(incoming: Incoming, release: Release, known: Known) -> Iterator[Refusal]:
    """Refuse what a release says of itself that isn't so."""
    if release.publisher != known.publisher:
        text = f"It says that {release.publisher} publishes it, and {known.publisher} signed it."
        yield of_release(release, text, _AGAIN, "publisher")
    if release.policy_version != known.policy.version:
        text = (
            f"It was made under version {release.policy_version} of the policy, and version"
            f" {known.policy.version} is live."
        )
        yield of_release(release, text, "Get the latest, then publish again.", "policy-version")
    if not known.now - LATEST <= release.when <= known.now + AHEAD:
        text = f"It says it was made on {told(release.when)}, and here it is {told(known.now)}."
        yield of_release(release, text, CLOCKS, "clock")
    if release.template != template_version():
        text = (
            f"It says that pages look as templates {release.template[:40]} make them, and here they are made"
            f" by templates {template_version()}."
        )
        yield of_release(release, text, _TEMPLATES, "templates")
    yield from _authors(release, known)
    yield from _drafts(incoming, release, known)
    if release.supersedes:
        yield from _taken_back(release, known)
    if sorted(release.records) != sorted(known.record_names):
        text = "The records it lists are not those that come with it."
        yield of_release(release, text, _AGAIN, "listed-records")


def of_release(release: Release, reason: str, todo: str, rule: str) -> Refusal:
    """A refusal about a release as a whole."""
    return Refusal(f"release {release.id}", reason, todo, rule)


def _taken_back(release: Release, known: Known) -> Iterator[Refusal]:
    """What it takes back is live, and it changes something of that."""
    text = ""
    if known.superseded is None:
        text = f"It says that it takes back “{release.supersedes}”, and no such release is live."
    elif known.superseded.outputs.keys().isdisjoint(
        release.outputs
    ) and known.superseded.sources.keys().isdisjoint(release.sources):
        text = f"It says that it takes back “{release.supersedes}”, and changes nothing that put out."
    if text:
        yield of_release(release, text, _AGAIN, "listed-release")


def _authors(release: Release, known: Known) -> Iterator[Refusal]:
    """Who wrote it is told by who sent it for review; in an emergency nobody did, so the drafts tell."""
    wrote = {person for signed in known.records for person in _writers(signed)}
    if not wrote:
        wrote = {known.publisher}.union(*known.touched.values())
    if not wrote.issuperset(release.authors):
        text = "It names people as its authors of whom neither its records nor the drafts here say so."
        yield of_release(release, text, _AGAIN, "listed-authors")


def _writers(signed: SignedRecord) -> tuple[PersonId, ...]:
    """Who wrote, as a record that asks for review says."""
    return (signed.record.person, *signed.record.authors) if signed.record.action is Action.SUBMIT else ()


def _drafts(incoming: Incoming, release: Release, known: Known) -> Iterator[Refusal]:
    """It names every draft of which its records speak, and others only that brought something of it."""
    spoken = {signed.record.draft for signed in known.records}
    for name in sorted(spoken.difference(release.drafts)):
        text = f"It leaves out the draft “{name}”, of which its records speak."
        yield of_release(release, text, _AGAIN, "listed-drafts")
    others: frozenset[DraftName] = frozenset(release.drafts) - spoken
    if others:
        brought = drafts_changing(incoming, known.live, known.drafts, known.changed, others)
        for name in sorted(others - brought):
            text = f"It names the draft “{name}”, of which none of its records speaks and which changed none"
            todo = "Send the draft first if it has a part in this; then publish again."
            yield of_release(release, f"{text} of its files here.", todo, "listed-drafts")
