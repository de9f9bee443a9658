"""A release as the gate judges it: that its file tells the truth, and that everything in it was agreed to."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import TypeVar

from soh_author.domain.diagnostics import Diagnostic
from soh_author.domain.errors import ContentError
from soh_author.domain.force import Manifest
from soh_author.domain.ids import PersonId
from soh_author.domain.judging.approval import SignedRecord
from soh_author.domain.judging.policy import Policy
from soh_author.domain.judging.proposal import Proposal
from soh_author.domain.judging.release import Release, ReleaseKind
from soh_author.domain.judging.requirements import Requirement, open_emergencies, requirements, unmet
from soh_author.gitstore.incoming import Incoming, TreeFile, differing
from soh_author.reading.cross import registry_diagnostics
from soh_author.trust.errors import BadPolicyError
from soh_author.trust.policies import POLICY_PATH, SIGNATURES_PATH, check_next
from soh_author.trust.records import read_records, read_trusted_records
from soh_author.workflow.approvals.releasing_files import (
    find_release,
    live_since_of,
    read_release,
    release_path,
    restored_of,
)
from soh_author.workflow.approvals.releasing_proposal import subjects_of
from soh_author.workflow.approvals.transitions import day_of_judgement
from soh_author.workflow.gate.addresses import doubled_addresses
from soh_author.workflow.gate.changing import Changing, Means, find_changing
from soh_author.workflow.gate.claims import Known, judge_claims
from soh_author.workflow.gate.refusals import Deadline, GateLimits, Refusal, RefusedError
from soh_author.workflow.gate.remembering import remember, remembered
from soh_author.workflow.snapshot import Snapshot
from soh_author.workflow.sources import Memory, Sources

K = TypeVar("K")
APPROVALS = "approvals/"
RELEASES = "releases/"
_POLICY_FILES = frozenset({POLICY_PATH, SIGNATURES_PATH})
_MOST_TOLD = 25
_MOST_KEPT = 256 * 1024 * 1024
_UNREVIEWED = frozenset({ReleaseKind.EMERGENCY, ReleaseKind.TAKE_DOWN})


@dataclass(frozen=True)
class Setting:
    """What a release is judged in.

    ``live`` is the version that is live. ``drafts`` are the drafts the server keeps or is sent: refs, and the
    newest versions; ``elsewhere`` files of records in them; ``touched`` tells who is known to have edited a
    path in them. ``is_first_policy``: the policy comes with this release, and its hash is pinned.
    """

    policy: Policy
    publisher: PersonId
    now: datetime
    limits: GateLimits
    deadline: Deadline
    live: str
    drafts: Sequence[tuple[str, str]]
    elsewhere: Mapping[str, bytes]
    touched: Mapping[str, frozenset[PersonId]]
    is_first_policy: bool = False


class Judgement:
    """One release against what is live.

    Args:
        incoming: where both lie.
        old: the files that are live, by path.
        new: the files that would be; known to be of kinds and sizes that are taken.
        setting: what it is judged in.
    """

    def __init__(
        self, incoming: Incoming, old: Mapping[str, TreeFile], new: Mapping[str, TreeFile], setting: Setting
    ) -> None:
        self._old, self._new = old, new
        self._incoming = incoming
        self._setting = setting
        self._differing = differing(old, new)
        self._known = remembered(incoming.folder)
        self._memory, self._texts = Memory(), _Texts(incoming)
        self._memory.without_moves |= self._known
        before = Sources({path: file.blob for path, file in old.items()}, self._texts.fetch, self._memory)
        after = before.at({path: file.blob for path, file in new.items()}, self._differing)
        both = [file for path in self._differing for file in (old.get(path), new.get(path)) if file]
        self._texts.fetch(file.blob for file in both)
        self._before, self._after = Snapshot(before), Snapshot(after)

    def refusals(self) -> list[Refusal]:
        """Everything that stands in the way; nothing when the release may go out.

        Raises:
            RefusedError: when the release can't be judged at all.
        """
        found = [*self._books()]
        if found:
            return found
        release = self._release
        found += self._claims(release)
        found += self._of_records()
        self._setting.deadline.check()
        found += self._untrue(release)
        found += self._repository()
        found += self._unmet(release)
        if not found:
            self._remember()
        return found[:_MOST_TOLD]

    def _remember(self) -> None:
        """Keep for the next push what is known of the texts that will be live then."""
        live = {file.blob for file in self._new.values()}
        known = live & self._memory.without_moves
        if known != self._known:
            remember(self._incoming.folder, known)

    # --- what is written down about changes ---

    def _books(self) -> Iterator[Refusal]:
        """Records and releases are only ever added; exactly one release is."""
        added: list[str] = []
        for path in self._differing:
            if not path.startswith((APPROVALS, RELEASES)):
                continue
            if path in self._old:
                deed = "altered" if path in self._new else "taken away"
                text = f"It was {deed}; what people signed and what went out stays as it is."
                yield Refusal(path, text, "Publish again with SOH Author.", "add-only")
            elif path.startswith(RELEASES):
                added.append(path)
        if len(added) != 1:
            text = f"{len(added)} release files are new; exactly one tells what goes out."
            yield Refusal("published", text, "Publish with SOH Author, which writes it.", "release-file")

    @cached_property
    def _release(self) -> Release:
        path = next(path for path in self._differing if path.startswith(RELEASES) and path not in self._old)
        try:
            return read_release(path, self._after.sources.data(path) or b"")
        except ContentError as error:
            raise RefusedError(
                Refusal(path, error.what, "Publish again with SOH Author, which writes it.", "release-form")
            ) from error

    def _claims(self, release: Release) -> Iterator[Refusal]:
        """What the release says of itself."""
        setting = self._setting
        known = Known(
            policy=setting.policy,
            publisher=setting.publisher,
            now=setting.now,
            live=setting.live,
            records=self._records[0],
            record_names=tuple(_names(self._added_records())),
            superseded=self._superseded(release),
            changed=frozenset(path for path in self._differing if not path.startswith((APPROVALS, RELEASES))),
            drafts=setting.drafts,
            touched=setting.touched,
        )
        return judge_claims(self._incoming, release, known)

    def _superseded(self, release: Release) -> Release | None:
        """The live release that it says it takes back; None where there is none."""
        if not release.supersedes or release_path(release.supersedes) not in self._old:
            return None
        return find_release(self._before, release.supersedes)

    def _untrue(self, release: Release) -> Iterator[Refusal]:
        """Whether what it lists is what really changes, file for file and output for output."""
        outputs = {(move.page, move.force, move.language): move.new for move in self._found.moves}
        again = "Publish again with SOH Author; don't edit the file by hand."
        for path in _different(self._found.files, release.sources):
            text = "What the release lists of this file is not what is in it."
            yield Refusal(str(path), text, again, "listed-sources")
        for key in _different(outputs, release.outputs):
            text = "What the release lists of this output is not what people would read."
            yield Refusal(" · ".join(map(str, key)), text, again, "listed-outputs")

    # --- what people signed ---

    def _added_records(self) -> list[str]:
        return [path for path in self._differing if path.startswith(APPROVALS) and path not in self._old]

    @cached_property
    def _records(self) -> tuple[tuple[SignedRecord, ...], tuple[Refusal, ...]]:
        paths = self._added_records()
        if len(paths) > 2 * self._setting.limits.records:
            text = (
                f"It brings {len(paths) // 2:,} records; at most {self._setting.limits.records:,} are taken."
            )
            raise RefusedError(Refusal("approvals", text, "Publish fewer drafts at once.", "many-records"))
        read = read_records(self._after.sources.data_of(paths), self._setting.policy)
        todo = "Ask the person to sign again; records are never edited."
        refused = (
            Refusal(each.path, f"It can't be taken, because {each.reason}.", todo, "record")
            for each in read.refused
        )
        lonely = (
            Refusal(path, "It is a signature without its record.", todo, "record")
            for path in paths
            if path.endswith(".sig") and path.removesuffix("sig") + "json" not in self._new
        )
        return read.signed, tuple({refusal.subject: refusal for refusal in (*refused, *lonely)}.values())

    def _of_records(self) -> tuple[Refusal, ...]:
        return self._records[1]

    # --- what changes, and whether it may ---

    @cached_property
    def _found(self) -> Changing:
        on = day_of_judgement(self._release.when)
        means = Means(self._setting.deadline.check, self._texts.read_apart, self._setting.limits.processes)
        return find_changing(self._before, self._after, on, means)

    def _repository(self) -> Iterator[Refusal]:
        path = self._after.sources.catalogue.manifest
        manifest = self._after.sources.read(path).value if path else None
        if not isinstance(manifest, Manifest) or manifest.repository != self._setting.policy.repository:
            text = "It doesn't say that this is the repository the policy is of."
            yield Refusal("soh.yml", text, "Leave the repository's id as it is.", "repository")
        for path in self._changed_policy() - _POLICY_FILES:
            text = "The policy is policy.json and its signatures; nothing else changes beside them."
            yield Refusal(path, text, "Take the file out.", "policy-file")

    def _unmet(self, release: Release) -> Iterator[Refusal]:
        judged = requirements(self._setting.policy, self._proposal(release), self._setting.now)
        for requirement in unmet(judged):
            yield _refusal_of(requirement, release)

    def _proposal(self, release: Release) -> Proposal:
        setting = self._setting
        changes = self._found.changes
        elsewhere = read_records(setting.elsewhere, setting.policy).signed if setting.elsewhere else ()
        is_unreviewed = release.kind in _UNREVIEWED
        return Proposal(
            kind=release.kind,
            publisher=setting.publisher,
            sources=changes.sources,
            outputs=changes.outputs,
            records=self._records[0],
            spent=frozenset(_names(self._old)),
            elsewhere=elsewhere,
            touched=setting.touched,
            live_since=self._live_since(subjects_of(changes, self._records[0])),
            faults=(*self._found.findings, *self._new_faults()),
            open_emergencies=self._open_emergencies() if is_unreviewed else 0,
            policy_fault=self._policy_fault(),
            not_before=release.not_before,
            restored=restored_of(
                (release.kind, setting.policy), self._before, self._found.moves, self._live_records
            ),
        )

    def _live_since(self, subjects: Iterable[str]) -> Mapping[str, datetime]:
        """When what is live of what changes went live.

        A live release file that can't be read stops what it names, and nothing else. Whatever it doesn't name
        it can't speak of, so no older yes gets by. And it can only be mended beside the gate: were everything
        refused for it, a push could neither mend it nor take anything down.
        """
        try:
            return live_since_of(self._before, subjects)
        except ContentError as error:
            text = f"{error.what} It tells when something went live that would change now."
            todo = "Ask who looks after the server to put this file back as it was; all else can go out."
            raise RefusedError(Refusal("releases", text, todo, "live-release")) from error

    def _changed_policy(self) -> set[str]:
        return {path for path in self._differing if path.startswith("policy/")}

    def _policy_fault(self) -> str:
        if not self._changed_policy() or self._setting.is_first_policy:
            return ""
        files = {path: self._after.sources.data(path) for path in _POLICY_FILES}
        try:
            check_next(
                self._setting.policy,
                files[POLICY_PATH] or b"",
                files[SIGNATURES_PATH] or b"",
                self._setting.now,
            )
        except BadPolicyError as error:
            return error.reason
        return ""

    def _new_faults(self) -> tuple[Diagnostic, ...]:
        """What is wrong between forces and groups or between pages, and was not before."""
        known = {finding.message for finding in registry_diagnostics(self._before.registry)}
        return tuple(
            finding for finding in registry_diagnostics(self._after.registry) if finding.message not in known
        ) + tuple(doubled_addresses(self._after, self._found.arriving, self._found.on))

    def _open_emergencies(self) -> int:
        return len(open_emergencies(self._setting.policy, self._live_records()))

    def _live_records(self) -> tuple[SignedRecord, ...]:
        paths = [path for path in self._old if path.startswith(APPROVALS)]
        return read_trusted_records(self._before.sources.data_of(paths)).signed


class _Texts:
    """Reads texts once for both states, which are nearly the same."""

    def __init__(self, incoming: Incoming) -> None:
        self._incoming = incoming
        self._kept: dict[str, bytes] = {}
        self._bytes = 0

    def read_apart(self) -> None:
        """Read through a git of its own from now on, in a copy of this process."""
        self._incoming = self._incoming.another()

    def fetch(self, names: Iterable[str]) -> Mapping[str, bytes]:
        wanted = list(dict.fromkeys(names))
        missing = [name for name in wanted if name not in self._kept]
        read = self._incoming.texts(missing) if missing else {}
        found = {name: self._kept[name] for name in wanted if name in self._kept} | read
        if self._bytes < _MOST_KEPT:
            self._kept.update(read)
            self._bytes += sum(map(len, read.values()))
        return found


def _names(files: Iterable[str]) -> Iterator[str]:
    for path in files:
        if path.startswith(APPROVALS) and path.endswith(".json"):
            yield path.rpartition("/")[2].removesuffix(".json")


def _different(one: Mapping[K, str], other: Mapping[K, str]) -> list[K]:
    return [key for key in {**one, **other} if one.get(key) != other.get(key)]


def _refusal_of(requirement: Requirement, release: Release) -> Refusal:
    subject = requirement.subject or f"release {release.id}"
    # A refusal is told with its subject before it; findings in files begin with it, too.
    reason = requirement.sentence.removeprefix(f"{subject}: ")
    return Refusal(subject, reason, requirement.how_to_satisfy, requirement.kind.value)
