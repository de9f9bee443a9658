"""Who wrote, approved and published every output: read from what is live, without any server."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from soh_author.domain.days import day_in_words
from soh_author.domain.ids import ForceId, Language, PageId, PersonId
from soh_author.domain.judging.approval import Action, OutputMove, SignedRecord, SourceMove
from soh_author.domain.judging.policy import Policy
from soh_author.domain.judging.release import Release
from soh_author.workflow.approvals.releasing_files import releases_of
from soh_author.workflow.release.auditing_emergencies import Emergencies, Emergency
from soh_author.workflow.release.auditing_proof import fault_of_release
from soh_author.workflow.release.releasing_case import live_records, policy_of
from soh_author.workflow.snapshot import Snapshot
from soh_author.workflow.spreadsheets import as_csv
from soh_author.workflow.task import Outcome, Progress, Task
from soh_author.workflow.workspace import Workspace

COLUMNS = (
    "release",
    "time",
    "kind",
    "page",
    "force",
    "language",
    "digest",
    "written by",
    "approved by",
    "facts checked by",
    "published by",
    "reason",
    "emergency",
    "proved",
)


@dataclass(frozen=True, slots=True)
class Entry:
    """One output in one release, with the people behind it; an empty digest says that it was taken away."""

    release: Release
    page: PageId
    force: ForceId
    language: Language
    digest: str
    authors: tuple[PersonId, ...]
    approvers: tuple[PersonId, ...]
    checkers: tuple[PersonId, ...]
    emergency: Emergency | None = None

    @property
    def when(self) -> datetime:
        """When it went out."""
        return self.release.when


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which outputs are asked for; None and nothing mean all.

    A page is asked for under all ids it ever had, and one that is gone still tells who took it away.
    """

    page: PageId | None = None
    force: ForceId | None = None
    since: date | None = None
    release: str = ""

    def holds(self, release: Release) -> bool:
        """Whether a release may have some of them."""
        is_late = self.since is None or release.when.date() >= self.since
        return is_late and self.release in {"", release.id}


@dataclass(frozen=True, slots=True)
class Audit:
    """What was asked for, the newest first, and the names of all people in it."""

    entries: tuple[Entry, ...]
    names: Mapping[PersonId, str]
    faults: Mapping[str, str] = field(default_factory=dict)
    """By release: why it isn't proved by its signatures, in words that follow *because*."""

    def name(self, person: PersonId) -> str:
        """Name of a person; their id when the policy doesn't know them any more."""
        return self.names.get(person, person)

    def named(self, people: Sequence[PersonId]) -> str:
        """Names of some people, separated by commas."""
        return ", ".join(map(self.name, people))

    def emergency(self, entry: Entry) -> str:
        """Who put an entry out alone, and who reviewed that; empty for what went out in the ordinary way."""
        if entry.emergency is None:
            return ""
        by = ", ".join(
            f"{self.name(each.person)} on {day_in_words(each.when)}" for each in entry.emergency.reviews
        )
        told = f"published in an emergency by {self.name(entry.emergency.publisher)}"
        return f"{told}, {f'reviewed afterwards by {by}' if by else 'not yet reviewed'}"

    def row(self, entry: Entry) -> Sequence[str]:
        """An entry as texts, in the order of :data:`COLUMNS`."""
        people = (entry.authors, entry.approvers, entry.checkers, (entry.release.publisher,))
        return (
            entry.release.id,
            entry.when.isoformat(),
            entry.release.kind.value,
            entry.page,
            entry.force,
            entry.language.value,
            entry.digest,
            *("; ".join(map(self.name, each)) for each in people),
            entry.release.reason,
            self.emergency(entry),
            f"no, because {why}" if (why := self.faults.get(entry.release.id)) else "yes",
        )

    def as_csv(self) -> str:
        """All entries as a table that spreadsheets read; no cell is taken for a formula."""
        return as_csv([COLUMNS, *map(self.row, self.entries)])

    def as_json(self) -> str:
        """All entries for programs: as the table, with the names of its columns."""
        rows = [dict(zip(COLUMNS, self.row(entry), strict=True)) for entry in self.entries]
        return (
            json.dumps({"entries": rows, "not_proved": dict(self.faults)}, ensure_ascii=False, indent=2)
            + "\n"
        )


def audit(workspace: Workspace, wanted: Wanted | None = None) -> Task[Audit]:
    """Who did what, as the releases and their signed records tell; every signature is looked at again.

    Raises (when run):
        ContentError: when a release's file was written by hand.
        WorkspaceError: when there is no policy.
    """

    def work(_progress: Progress) -> Outcome[Audit]:
        live = workspace.snapshot()
        found = audit_of(live, wanted or Wanted())
        releases = {entry.release.id: entry.release for entry in found.entries}
        reviews = {
            each.record for entry in found.entries if entry.emergency for each in entry.emergency.reviews
        }
        # A review afterwards went out with a release of its own, which has to be proved as well.
        releases |= {each.id: each for each in releases_of(live) if not reviews.isdisjoint(each.records)}
        faults = {name: fault_of_release(workspace, release) for name, release in releases.items()}
        return Outcome(replace(found, faults={name: why for name, why in faults.items() if why}))

    return Task("Looking up who did what", work)


def audit_of(live: Snapshot, wanted: Wanted) -> Audit:
    """As :func:`audit`, of a state of the content."""
    policy: Policy = policy_of(live)
    records = {signed.id: signed for signed in live_records(live)}
    emergencies = Emergencies(policy, records.values())
    entries: list[Entry] = []
    pages = _names_of(live, wanted.page) if wanted.page else None
    for release in reversed(releases_of(live)):
        if wanted.holds(release):
            own = [records[identity] for identity in release.records if identity in records]
            entries += _entries(release, (own, emergencies), wanted.force, pages)
    names = {person.id: person.name for person in policy.people.values()}
    return Audit(tuple(entries), names)


def _names_of(live: Snapshot, page: PageId) -> frozenset[PageId]:
    """All ids a page has and had, whichever of them it is called by."""
    moves = live.sources.moves
    present = moves.get(page, page)
    return frozenset((page, present, *(old for old, new in moves.items() if new == present)))


def _entries(
    release: Release,
    known: tuple[Sequence[SignedRecord], Emergencies],
    of_force: ForceId | None,
    of_pages: frozenset[PageId] | None,
) -> Iterator[Entry]:
    records, emergencies = known
    said = _Said(records)
    for key in sorted(release.outputs):
        page, force, language = key
        if (of_pages is None or page in of_pages) and of_force in {None, force}:
            subject = f"{page} · {force} · {language}"
            digest = release.outputs[key]
            yield Entry(
                release,
                page,
                force,
                language,
                digest,
                authors=said.people(Action.SUBMIT, subject, digest) or release.authors,
                approvers=said.people(Action.APPROVE, subject, digest),
                checkers=said.people(Action.FACT_CHECK, subject, digest),
                emergency=emergencies.of(records, subject, digest),
            )


class _Said:
    """The records of a release by what they speak of."""

    def __init__(self, records: Iterable[SignedRecord]) -> None:
        records = tuple(records)
        gone = {(each.record.refers_to, each.record.person) for each in records if each.record.refers_to}
        self._people: dict[tuple[Action, str, str], dict[PersonId, None]] = {}
        for signed in records:
            if (signed.id, signed.record.person) not in gone:
                self._take(signed)

    def _take(self, signed: SignedRecord) -> None:
        record = signed.record
        people = (record.person, *record.authors) if record.action is Action.SUBMIT else (record.person,)
        moves: Iterable[OutputMove | SourceMove] = (*record.outputs, *record.sources)
        for move in moves:
            self._people.setdefault((record.action, move.subject, move.new), {}).update(dict.fromkeys(people))

    def people(self, action: Action, subject: str, digest: str) -> tuple[PersonId, ...]:
        return tuple(self._people.get((action, subject, digest), ()))
