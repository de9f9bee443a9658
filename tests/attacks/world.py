"""A guarded repository, and releases built by hand so that any single thing in them can be made wrong."""

import shutil
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path

from soh_author.domain.ids import DraftName, PersonId
from soh_author.domain.judging.approval import Action, OutputMove, Record, SourceMove
from soh_author.domain.judging.policy import Policy
from soh_author.domain.judging.release import Release, ReleaseKind
from soh_author.gitstore import trees
from soh_author.gitstore.objects import ObjectReader, ObjectWriter
from soh_author.gitstore.store import Store
from soh_author.gitstore.values import Author, Stamp
from soh_author.render.renderer import Renderer
from soh_author.render.resources import template_version
from soh_author.trust.commits import NAMESPACE
from soh_author.trust.policies import policy_bytes, policy_hash
from soh_author.trust.records import record_bytes, record_path
from soh_author.trust.signed_files import record_id
from soh_author.trust.signers import FileSigner
from soh_author.workflow.approvals.releasing_files import release_bytes, release_path
from soh_author.workflow.approvals.transitions import Transitions, day_of_judgement, transitions
from soh_author.workflow.gate.gatekeeping import judge_push
from soh_author.workflow.gate.refs import NOTHING, PUBLISHED_REF, RELEASE_TAGS, RefUpdate
from soh_author.workflow.gate.refusals import GateLimits, Refusal
from soh_author.workflow.snapshot import Snapshot
from soh_author.workflow.sources import Memory, Sources
from tests.attacks.people import Crew, make_crew
from tests.support.content import small_content

HOUR = timedelta(hours=1)
FEES = "shared/pages/advice/fees.en.md"
KENT = "forces/kent/pages/advice/seized-vehicles.en.md"
FACTS = "shared/facts.yml"
Edit = Callable[[Record], Record]


@dataclass(frozen=True)
class Said:
    """A record to be made: by whom, what, how long before now, changed how, signed with which key."""

    person: str
    action: Action
    ago: timedelta = HOUR
    edit: Edit = lambda record: record
    signer: FileSigner | None = None
    namespace: str = ""
    of: Mapping[str, bytes | None] | None = None
    """What it speaks of, when it isn't what goes out."""
    spoil: Callable[[dict[str, bytes]], dict[str, bytes]] = lambda files: files


SUBMITTED = Said("nia", Action.SUBMIT, 2 * HOUR)
APPROVED = Said("sam", Action.APPROVE)


@dataclass(frozen=True)
class Attempt:
    """A release to be made: what changes, what people said, and everything that may be bent."""

    changes: Mapping[str, bytes | None]
    said: Sequence[Said] = (SUBMITTED, APPROVED)
    identity: str = "2026-11-22-fees"
    publisher: str = "pat"
    signer: FileSigner | None = None
    kind: ReleaseKind = ReleaseKind.ORDINARY
    beside: Mapping[str, bytes | None] = field(default_factory=dict)
    """Files changed beyond what is agreed and listed."""
    edit: Callable[[Release], Release] = lambda release: release
    has_file: bool = True
    ago: timedelta = timedelta(0)
    parents: Sequence[str] | None = None
    headers: str = ""
    modes: Mapping[str, int] = field(default_factory=dict)


class World:
    """A guarded bare repository with the small content and a policy live in it.

    Args:
        folder: made anew, or a copy of another's (see :meth:`copy`).
        crew: the people.
        now: the moment at which everything is judged.
    """

    def __init__(self, folder: Path, crew: Crew, now: datetime, store: Store | None = None) -> None:
        self.folder = folder
        self.crew = crew
        self.now = now
        self.store = store or (Store(folder) if folder.exists() else Store.create(folder))
        self._pin = policy_hash(policy_bytes(replace(crew.policy, version=1)))
        self.memory = Memory()
        self.renderer = Renderer()

    @classmethod
    def make(cls, folder: Path, now: datetime) -> "World":
        """A new one."""
        world = cls(folder / "origin.git", make_crew(folder / "keys"), now)
        files = {path: text.encode() for path, text in small_content().items()}
        files |= world.crew.signed(world.crew.policy, "nia", "sam")
        first = Stamp("The first content", Author("Nia", "nia@national.example"), now - 48 * HOUR)
        world.store.write_version("published", None, files, first)
        return world

    def copy(self, folder: Path) -> "World":
        """Another with the same content, people and moment."""
        shutil.copytree(self.folder, folder)
        return World(folder, self.crew, self.now)

    def with_policy(self, policy: Policy) -> "World":
        """The same repository with another policy live; past the gate, as a test may."""
        following = replace(policy, version=policy.version + 1)
        files = self.crew.signed(following, "nia", "sam")
        stamp = Stamp("Policy", Author("Nia", "nia@national.example"), self.now - 47 * HOUR)
        self.store.write_version("published", self.tip, files, stamp)
        return World(self.folder, replace(self.crew, policy=following), self.now, self.store)

    def with_files(self, files: Mapping[str, bytes | None]) -> "World":
        """The same repository with other files live; past the gate, as a test may."""
        stamp = Stamp("Files", Author("Nia", "nia@national.example"), self.now - 46 * HOUR)
        self.store.write_version("published", self.tip, files, stamp)
        return self

    @property
    def tip(self) -> str:
        """What is live."""
        return str(self.store.resolve("published"))

    @property
    def pin(self) -> str:
        """Hash of the first policy."""
        return self._pin

    def snapshot(self, revision: str) -> Snapshot:
        """Content of a revision."""
        entries = {path: entry.blob for path, entry in self.store.files(revision).items()}
        return Snapshot(Sources(entries, self.store.read_many, self.memory), revision)

    def moves(self, changes: Mapping[str, bytes | None]) -> Transitions:
        """What changes on top of what is live."""
        before = self.snapshot(self.tip)
        after = Snapshot(before.sources.with_unsaved(changes))
        return transitions(before, after, day_of_judgement(self.now), self.renderer)

    def record_files(
        self, said: Said, sources: tuple[SourceMove, ...], outputs: tuple[OutputMove, ...]
    ) -> dict[str, bytes]:
        """The two files of a record."""
        record = said.edit(
            Record(
                action=said.action,
                repository=self.crew.policy.repository,
                person=PersonId(said.person),
                when=self.now - said.ago,
                nonce=f"{abs(hash((said.person, said.action, said.ago))):032x}"[-32:],
                draft=DraftName("fees"),
                sources=sources,
                outputs=outputs,
            )
        )
        data = record_bytes(record)
        identity = record_id(data)
        signer = said.signer or self.crew.signers[said.person]
        signature = signer.sign(data, said.namespace or record.action.namespace)
        return said.spoil({record_path(identity): data, record_path(identity, "sig"): signature})

    def build(self, attempt: Attempt) -> str:
        """Write the version of a release; nothing names it yet."""
        found = self.moves(attempt.changes)
        records: dict[str, bytes] = {}
        for said in attempt.said:
            spoken = found if said.of is None else self.moves(said.of)
            records |= self.record_files(said, spoken.sources, spoken.outputs)
        files: dict[str, bytes | None] = {**attempt.changes, **records}
        release = attempt.edit(self._release(attempt, found, records))
        if attempt.has_file:
            files[release_path(release.id)] = release_bytes(release)
        return self.commit({**files, **attempt.beside}, attempt)

    def _release(self, attempt: Attempt, found: Transitions, records: Mapping[str, bytes]) -> Release:
        names = [path.rpartition("/")[2] for path in records if path.endswith(".json")]
        return Release(
            id=attempt.identity,
            kind=attempt.kind,
            publisher=PersonId(attempt.publisher),
            when=self.now - attempt.ago,
            note="New fees",
            drafts=(DraftName("fees"),) if names else (),
            outputs={(move.page, move.force, move.language): move.new for move in found.outputs},
            template=template_version(),
            policy_version=self.crew.policy.version,
            reason="" if attempt.kind is ReleaseKind.ORDINARY else "A reason long enough",
            sources={move.path: move.new for move in found.sources},
            records=tuple(sorted(name.removesuffix(".json") for name in names)),
        )

    def commit(self, files: Mapping[str, bytes | None], attempt: Attempt) -> str:
        """Write a signed version with some files changed on top of what is live."""
        reader, writer = ObjectReader(self.folder), ObjectWriter(self.folder)
        try:
            tree = trees.change_tree(reader, writer, self.tree(self.tip), files)
            if attempt.modes:
                tree = self._with_modes(writer, tree, attempt.modes)
        finally:
            reader.close()
        parents = [self.tip] if attempt.parents is None else attempt.parents
        return self.raw_commit(tree, parents, attempt)

    def raw_commit(self, tree: str, parents: Sequence[str], attempt: Attempt) -> str:
        """Write a signed version of a tree."""
        who = f"Pat <pat@national.example> {int((self.now - attempt.ago).timestamp())} +0000"
        lines = [f"tree {tree}", *(f"parent {parent}" for parent in parents)]
        head = "\n".join([*lines, f"author {who}", f"committer {who}"])
        signer = attempt.signer or self.crew.signers[attempt.publisher]
        body = "\n\nNew fees\n"
        signature = signer.sign((head + attempt.headers + body).encode(), NAMESPACE).decode()
        armoured = "\ngpgsig " + signature.strip().replace("\n", "\n ")
        writer = ObjectWriter(self.folder)
        return writer.put("commit", (head + attempt.headers + armoured + body).encode())

    def tree(self, revision: str) -> str:
        """The tree of a revision."""
        return self.store.commit_bytes(revision)[5:45].decode()

    def _with_modes(self, writer: ObjectWriter, tree: str, modes: Mapping[str, int]) -> str:
        """Change modes of entries at the top of the tree."""
        reader = ObjectReader(self.folder)
        entries = {name: (sha, mode) for sha, mode, name in trees.read_tree(reader, tree, "")}
        reader.close()
        for name, mode in modes.items():
            entries[name] = (entries[name][0], mode)
        return writer.put("tree", trees._encode(entries))

    def update(self, version: str) -> RefUpdate:
        """What is live moves to a version."""
        return RefUpdate(PUBLISHED_REF, self.tip, version)

    def tag(self, identity: str, version: str) -> RefUpdate:
        """A release gets its name."""
        return RefUpdate(RELEASE_TAGS + identity, NOTHING, version)

    def judge(self, *updates: RefUpdate, limits: GateLimits | None = None) -> list[Refusal]:
        """What the gate says."""
        return judge_push(self.folder, updates, self.now, pin=self.pin, limits=limits)

    def judge_attempt(self, attempt: Attempt) -> list[Refusal]:
        """What the gate says to a release."""
        return self.judge(self.update(self.build(attempt)))

    def publish(self, attempt: Attempt) -> str:
        """Let a release go live as if the gate had let it in; it has to be one that it would."""
        version = self.build(attempt)
        assert not self.judge(self.update(version))
        self.store.advance_branch("published", self.tip, version)
        return version


def edited(
    path: str = FEES, old: str = "What you pay.", new: str = "What you have to pay."
) -> dict[str, bytes]:
    """A file of the small content with other words."""
    return {path: small_content()[path].replace(old, new).encode()}


def honest(**changes: object) -> Attempt:
    """A release that is accepted, or one that differs from it."""
    return replace(Attempt(edited()), **changes)  # type: ignore[arg-type]  # fields by their names
