"""Attacks with comments: forged, altered, taken away, slipped into what goes live, hiding an author."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from soh_author.domain.comment import Anchor, Remark, RemarkKind
from soh_author.domain.ids import DraftName, Language, PageId, PersonId, SectionId
from soh_author.domain.layers import SHARED
from soh_author.gitstore.objects import ObjectReader, ObjectWriter
from soh_author.gitstore.trees import change_tree
from soh_author.gitstore.values import Author, Stamp
from soh_author.trust.remarks import NAMESPACE, remark_bytes, remark_path
from soh_author.trust.signed_files import record_id
from soh_author.trust.signers import FileSigner
from soh_author.workflow.gate.refs import DRAFT_REFS, NOTHING, RefUpdate
from tests.attacks.case import Attack
from tests.attacks.world import HOUR, World, edited, honest

_OTHER = "0b9d6b0e-58b3-4c0b-9e07-2f4a1c9b7d56"
_ANCHOR = Anchor(PageId("advice/fees"), Language.EN, SHARED, SectionId("lead"), "What you pay.")
NOW_REVOKED = datetime(2026, 11, 22, 11, 30, tzinfo=UTC)
"""After the comment was made, and before it is judged."""

Files = dict[str, bytes]
Bend = Callable[[World, Files], Files]


def _remark(world: World, kind: RemarkKind = RemarkKind.COMMENT, by: str = "sam", to: str = "") -> Remark:
    return Remark(
        kind,
        world.crew.policy.repository,
        DraftName("fees"),
        PersonId(by),
        world.now - HOUR,
        f"{len(by) + len(to):032x}",
        text="Is it?",
        refers_to=to,
        anchor=_ANCHOR if kind.begins or kind is RemarkKind.ACCEPT else None,
        replacement="What you have to pay." if kind is RemarkKind.SUGGESTION else "",
    )


def _files(remark: Remark, signer: FileSigner, namespace: str = NAMESPACE) -> Files:
    data = remark_bytes(remark)
    identity = record_id(data)
    return {remark_path(identity): data, remark_path(identity, "sig"): signer.sign(data, namespace)}


def _said(world: World, kind: RemarkKind = RemarkKind.COMMENT, by: str = "sam", to: str = "") -> Files:
    return _files(_remark(world, kind, by, to), world.crew.signers[by])


def _version(world: World, on: str, files: Mapping[str, bytes | None]) -> str:
    """A version that no name of the server leads to yet."""
    reader, writer = ObjectReader(world.folder), ObjectWriter(world.folder)
    try:
        tree = change_tree(reader, writer, world.tree(on), files)
    finally:
        reader.close()
    return world.raw_commit(tree, [on], honest())


def _update(old: str, new: str) -> list[RefUpdate]:
    return [RefUpdate(f"{DRAFT_REFS}fees", old, new)]


def _new(bend: Bend) -> Callable[[World], list[RefUpdate]]:
    """A new draft with a comment, bent in one way."""

    def tried(world: World) -> list[RefUpdate]:
        return _update(NOTHING, _version(world, world.tip, {**edited(), **bend(world, _said(world))}))

    return tried


def _signed_by(who: str, namespace: str = NAMESPACE) -> Bend:
    def bend(world: World, _files_given: Files) -> Files:
        signer = world.crew.stranger if who == "stranger" else world.crew.signers[who]
        return _files(_remark(world), signer, namespace)

    return bend


def _with(**changes: object) -> Bend:
    def bend(world: World, _files_given: Files) -> Files:
        return _files(replace(_remark(world), **changes), world.crew.signers["sam"])  # type: ignore[arg-type]  # fields by their names

    return bend


def _from_the_future(world: World, _files_given: Files) -> Files:
    later = replace(_remark(world), when=world.now + timedelta(hours=3))
    return _files(later, world.crew.signers["sam"])


def _only(suffix: str) -> Bend:
    return lambda _world, files: {path: data for path, data in files.items() if path.endswith(suffix)}


def _altered(_world: World, files: Files) -> Files:
    return {path: data.replace(b"Is it?", b"It is.") for path, data in files.items()}


def _too_large(_world: World, files: Files) -> Files:
    return {path: data + b" " * 300_000 for path, data in files.items()}


def _as_they_are(_world: World, files: Files) -> Files:
    return files


def _revoked(**changes: datetime) -> Callable[[World], tuple[World, list[RefUpdate]]]:
    """A draft with a comment of Rae's, whose key is another by now."""

    def tried(world: World) -> tuple[World, list[RefUpdate]]:
        rae = world.crew.policy.people[PersonId("rae")]
        key = replace(rae.keys[0], **changes)  # type: ignore[arg-type]  # fields by their names
        people = {**world.crew.policy.people, rae.id: replace(rae, keys=(key,))}
        other = world.with_policy(replace(world.crew.policy, people=people))
        new = _version(other, other.tip, {**edited(), **_said(world, by="rae")})
        return other, _update(NOTHING, new)

    return tried


def _going_on(bend: Bend) -> Callable[[World], list[RefUpdate]]:
    """A draft the server has, with a comment, goes on; what becomes of the comment is bent."""

    def tried(world: World) -> list[RefUpdate]:
        files = _said(world)
        one = _version(world, world.tip, {**edited(), **files})
        bent = bend(world, files)
        kept: dict[str, bytes | None] = {path: bent.get(path) for path in files}
        return _update(one, _version(world, one, {**kept, **bent, **edited(new="Other words.")}))

    return tried


def _gone(_world: World, _files_given: Files) -> Files:
    return {}


def _resigned(world: World, files: Files) -> Files:
    """The signature beside a comment becomes another's."""
    return {
        path: data if path.endswith(".json") else world.crew.stranger.sign(b"x", NAMESPACE)
        for path, data in files.items()
    }


def _took_own_words_over(suggested_by: str) -> Callable[[World], list[RefUpdate]]:
    """A release of words that the draft took over from somebody's suggestion; Sam approves it."""

    def tried(world: World) -> list[RefUpdate]:
        suggestion = _said(world, RemarkKind.SUGGESTION, suggested_by)
        (path,) = (path for path in suggestion if path.endswith(".json"))
        identity = path.rpartition("/")[2].removesuffix(".json")
        accepted = _said(world, RemarkKind.ACCEPT, "nia", identity)
        world.store.create_branch("drafts/fees", world.tip)
        stamp = Stamp("A version", Author("Nia", "nia@national.example"), world.now - HOUR)
        world.store.write_version("drafts/fees", world.tip, {**edited(), **suggestion, **accepted}, stamp)
        return [world.update(world.build(honest()))]

    return tried


def _with_another_draft(world: World, name: str = "prices") -> str:
    """A draft of another name that the server has, in which Sam said something; its newest version."""
    said = _files(replace(_remark(world), draft=DraftName(name)), world.crew.signers["sam"])
    version = _version(world, world.tip, {**edited(), **said})
    world.store.create_branch(f"drafts/{name}", version)
    return version


def _words_of(world: World, version: str) -> Files:
    store = world.store
    files = store.files(version)
    return {path: store.read(entry.blob) for path, entry in files.items() if path.startswith("comments/")}


def _copied(on_top_of: str = "live") -> Callable[[World], list[RefUpdate]]:
    """What was said of another draft copied into this one, which starts from what is live or from that."""

    def tried(world: World) -> list[RefUpdate]:
        other = _with_another_draft(world)
        said = _words_of(world, other)
        start = world.tip if on_top_of == "live" else other
        return _update(NOTHING, _version(world, start, {**edited(new="Other words."), **said}))

    return tried


def _copied_later(*, is_merged: bool) -> Callable[[World], list[RefUpdate]]:
    """What was said of another draft comes into one that the server has: copied, or with its versions."""

    def tried(world: World) -> list[RefUpdate]:
        other = _with_another_draft(world)
        mine = _version(world, world.tip, edited(new="Other words."))
        world.store.create_branch("drafts/fees", mine)
        both = _version(world, mine, _words_of(world, other))
        if is_merged:
            both = world.raw_commit(world.tree(both), [mine, other], honest())
        return _update(mine, both)

    return tried


def _of_a_draft_here(*, goes_on: bool) -> Callable[[World], list[RefUpdate]]:
    """A comment nobody has seen names another draft that is here; this one goes on from it, or doesn't."""

    def tried(world: World) -> list[RefUpdate]:
        other = _with_another_draft(world)
        remark = replace(_remark(world), draft=DraftName("prices"), text="And this?")
        said = _files(remark, world.crew.signers["sam"])
        return _update(NOTHING, _version(world, other if goes_on else world.tip, {**edited(), **said}))

    return tried


def _thrown_away(world: World) -> list[RefUpdate]:
    """What was said of a draft that was thrown away, in a new one of the same name."""
    other = _with_another_draft(world, "fees")
    said = _words_of(world, other)
    world.store.discard_branch("drafts/fees", world.now)
    return _update(NOTHING, _version(world, world.tip, {**edited(new="Other words."), **said}))


def _before_it_was_sent(world: World) -> list[RefUpdate]:
    """A draft that was renamed before anybody here heard of it."""
    remark = replace(_remark(world), draft=DraftName("first-name"))
    said = _files(remark, world.crew.signers["sam"])
    return _update(NOTHING, _version(world, world.tip, {**edited(), **said}))


_HONEST_DRAFT = _new(_as_they_are)
_HONEST_STEP = _going_on(_as_they_are)

ATTACKS = (
    Attack("a comment in what goes live", "comment-live", lambda world: honest(beside=_said(world))),
    Attack("a comment signed by a stranger", "comment", _new(_signed_by("stranger")), _HONEST_DRAFT),
    Attack("a comment in anothers name", "comment", _new(_signed_by("nia")), words="another key"),
    Attack(
        "an approval's signature under a comment",
        "comment",
        _new(_signed_by("sam", "soh-author/approve")),
        words="another purpose",
    ),
    Attack("a comment of somebody unknown", "comment", _new(_with(person=PersonId("eve")))),
    Attack("a comment from another repository", "comment", _new(_with(repository=_OTHER))),
    Attack("a comment from the future", "comment-clock", _new(_from_the_future)),
    Attack("a comment with hidden signs", "comment", _new(_with(text="Is\u202e it?")), words="can't be seen"),
    Attack("an altered comment", "comment", _new(_altered), words="altered"),
    Attack("a comment without a signature", "comment", _new(_only(".json")), words="missing"),
    Attack("a signature without a comment", "comment", _new(_only(".sig")), words="without its comment"),
    Attack(
        "a comment whose key was revoked",
        "comment-key",
        _revoked(revoked=NOW_REVOKED),
        _revoked(end=NOW_REVOKED),
    ),
    Attack("a comment too large", "large", _new(_too_large)),
    Attack("what was said of another draft", "comment-draft", _copied(), _copied("the other")),
    Attack(
        "what was said of another draft copied later",
        "comment-draft",
        _copied_later(is_merged=False),
        _copied_later(is_merged=True),
        "“prices”",
    ),
    Attack(
        "an unknown comment that names another draft",
        "comment-draft",
        _of_a_draft_here(goes_on=False),
        _of_a_draft_here(goes_on=True),
    ),
    Attack("what was said of a draft thrown away", "comment-draft", _thrown_away, _before_it_was_sent),
    Attack("a comment taken away", "comment-add-only", _going_on(_gone), _HONEST_STEP),
    Attack("a comment altered later", "comment-add-only", _going_on(_altered)),
    Attack("a comment signed anew", "comment-add-only", _going_on(_resigned)),
    Attack(
        "approval of one's own suggested words",
        "approved",
        _took_own_words_over("sam"),
        _took_own_words_over("ed"),
    ),
)
