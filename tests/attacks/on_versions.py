"""Attacks with the version, the names that move, and the file that tells of the release."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

from soh_author.domain.ids import DraftName, PersonId
from soh_author.domain.judging.release import Release, ReleaseKind
from soh_author.gitstore.objects import ObjectWriter
from soh_author.gitstore.values import Author, Stamp
from soh_author.workflow.approvals.releasing_files import release_bytes
from soh_author.workflow.gate.refs import NOTHING, PUBLISHED_REF, RefUpdate
from tests.attacks.case import Attack
from tests.attacks.world import FACTS, FEES, HOUR, Attempt, World, edited, honest

_ID = "2026-11-22-fees"
_BOTH = (DraftName("fees"), DraftName("other"))
_PATH = f"releases/{_ID}.yml"


def _edit(**changes: object) -> Attempt:
    def edit(release: Release) -> Release:
        return replace(release, **changes)  # type: ignore[arg-type]  # fields by their names

    return honest(edit=edit)


def _clock(ago: timedelta) -> Callable[[World], Attempt]:
    """Only the version's own time is wrong."""
    return lambda world: honest(ago=ago, edit=lambda release: replace(release, when=world.now))


def _raw(spoil: Callable[[World, bytes], bytes]) -> Callable[[World], list[RefUpdate]]:
    """A version whose bytes are altered after it was signed."""

    def tried(world: World) -> list[RefUpdate]:
        data = world.store.commit_bytes(world.build(honest()))
        return [world.update(ObjectWriter(world.folder).put("commit", spoil(world, data)))]

    return tried


def _unsigned(_world: World, data: bytes) -> bytes:
    head, _, rest = data.partition(b"\ngpgsig ")
    return head + rest.partition(b"-----END SSH SIGNATURE-----")[2]


def _twice_signed(_world: World, data: bytes) -> bytes:
    start, end = data.index(b"gpgsig "), data.index(b"-----END SSH SIGNATURE-----\n") + 28
    return data[:end] + data[start:end] + data[end:]


def _signed_by(who: str) -> Callable[[World], Attempt]:
    return lambda world: honest(signer=world.crew.signers[who])


def _saved(world: World, branch: str, base: str, text: str) -> str:
    stamp = Stamp("Saved", Author("Nia", "nia@national.example"), world.now - HOUR)
    return str(world.store.write_version(branch, base, edited(new=text), stamp))


def _draft(world: World) -> list[RefUpdate]:
    world.store.create_branch("drafts/one", world.tip)
    tip = _saved(world, "drafts/one", world.tip, "One.")
    return [RefUpdate("refs/heads/drafts/two", NOTHING, tip)]


def _doubled(world: World) -> list[RefUpdate]:
    first = world.build(honest())
    tree = world.tree(first)
    return [world.update(world.raw_commit(tree, [first], honest()))]


def _merged(world: World) -> Attempt:
    world.store.create_branch("drafts/one", world.tip)
    return honest(parents=(world.tip, _saved(world, "drafts/one", world.tip, "One.")))


def _lost_race(world: World) -> list[RefUpdate]:
    late = world.build(honest())
    world.publish(honest(identity="faster", changes=edited(new="Faster.")))
    return [world.update(late)]


def _forced(world: World) -> list[RefUpdate]:
    first = world.tip
    world.publish(honest(identity="faster", changes=edited(new="Faster.")))
    return [RefUpdate(PUBLISHED_REF, world.tip, first)]


def _ref(ref: str) -> Callable[[World], list[RefUpdate]]:
    """A good release in one push with another name."""

    def tried(world: World) -> list[RefUpdate]:
        version = world.build(honest())
        return [world.update(version), RefUpdate(ref, NOTHING, version)]

    return tried


def _with_name(world: World) -> list[RefUpdate]:
    version = world.build(honest())
    return [world.update(version), world.tag(_ID, version)]


def _other_name(world: World) -> list[RefUpdate]:
    version = world.build(honest())
    return [world.update(version), world.tag("2026-11-22-other", version)]


def _name_alone(world: World) -> list[RefUpdate]:
    return [world.tag(_ID, world.build(honest()))]


def _name_afterwards(world: World) -> list[RefUpdate]:
    return [world.tag(_ID, world.publish(honest()))]


def _annotated(world: World) -> list[RefUpdate]:
    version = world.build(honest())
    text = f"object {version}\ntype commit\ntag {_ID}\ntagger Pat <pat@national.example> 1 +0000\n\nx\n"
    tag = ObjectWriter(world.folder).put("tag", text.encode())
    return [world.update(version), world.tag(_ID, tag)]


def _moved_name(world: World) -> list[RefUpdate]:
    version = world.build(honest())
    return [world.update(version), replace(world.tag(_ID, version), old=world.tip)]


def _taking_back(path: str) -> Callable[[World], Attempt]:
    """A release that says it takes back another, which changed a file."""

    def tried(world: World) -> Attempt:
        words = {FEES: ("What you pay.", "What it costs you."), FACTS: ('value: "7"', 'value: "8"')}
        world.publish(honest(changes=edited(path, *words[path]), identity="first", ago=HOUR / 2))
        said = [replace(each, ago=HOUR / 4) for each in honest().said]
        return replace(
            _edit(supersedes="first", kind=ReleaseKind.ROLL_BACK, reason="It was wrong"), said=said
        )

    return tried


def _naming_other(path: str) -> Callable[[World], Attempt]:
    """A release that names two drafts, when the other one has changed a file here."""

    def tried(world: World) -> Attempt:
        stamp = Stamp("Other words", Author("Ed", "ed@national.example"), world.now - HOUR)
        world.store.create_branch("drafts/other", world.tip)
        text = world.snapshot(world.tip).text(path) or ""
        world.store.write_version("drafts/other", world.tip, {path: f"{text}\n".encode()}, stamp)
        return _edit(drafts=_BOTH)

    return tried


def _draft_of_nothing(world: World) -> list[RefUpdate]:
    return [RefUpdate("refs/heads/drafts/two", NOTHING, ObjectWriter(world.folder).put("blob", b"x"))]


def _forced_draft(world: World) -> list[RefUpdate]:
    world.store.create_branch("drafts/one", world.tip)
    tip = _saved(world, "drafts/one", world.tip, "One.")
    world.store.create_branch("drafts/two", world.tip)
    other = _saved(world, "drafts/two", world.tip, "Two.")
    return [RefUpdate("refs/heads/drafts/one", tip, other)]


def _strange_draft(world: World) -> list[RefUpdate]:
    stamp = Stamp("Saved", Author("Nia", "nia@national.example"), world.now - HOUR)
    tree = world.store.write_version("drafts/odd", None, {"run.sh": b"x"}, stamp)
    world.store.discard_branch("drafts/odd", world.now)
    # Not known to any name any more, so it counts as new.
    for kept in world.store.discarded():
        (world.folder / kept.ref).unlink()
    return [RefUpdate("refs/heads/drafts/two", NOTHING, str(tree))]


def _many(world: World) -> list[RefUpdate]:
    return [RefUpdate(f"refs/heads/drafts/d{number}", NOTHING, world.tip) for number in range(51)]


def _delete(world: World) -> list[RefUpdate]:
    return [RefUpdate(PUBLISHED_REF, world.tip, NOTHING)]


def _by_hand(world: World) -> Attempt:
    found = world.moves(edited())
    data = release_bytes(world._release(honest(), found, {}))
    return honest(has_file=False, beside={_PATH: b"# By hand\n" + data})


def _two_files(world: World) -> Attempt:
    found = world.moves(edited())
    other = replace(world._release(honest(), found, {}), id="other")
    return honest(beside={"releases/other.yml": release_bytes(other)})


def _altered_book(world: World) -> tuple[World, Attempt]:
    world.publish(honest())
    path = f"releases/{_ID}.yml"
    data = world.snapshot(world.tip).sources.data(path) or b""
    return world, honest(
        identity="next", changes=edited(new="Next."), beside={path: data.replace(b"New", b"Old")}
    )


def _gone_record(world: World) -> tuple[World, Attempt]:
    world.publish(honest())
    path = next(path for path in world.store.files(world.tip) if path.startswith("approvals/"))
    return world, honest(identity="next", changes=edited(new="Next."), beside={path: None})


def _next(world: World) -> tuple[World, Attempt]:
    world.publish(honest())
    said = tuple(replace(each, ago=timedelta(minutes=-1)) for each in honest().said)
    return world, honest(identity="next", changes=edited(new="Next."), said=said)


ATTACKS = (
    Attack("nobody signed the version", "signature", _raw(_unsigned), words="isn't signed"),
    Attack("a stranger signed it", "signature", lambda world: honest(signer=world.crew.stranger)),
    Attack("a reviewer signed it", "signature", _signed_by("sam")),
    Attack(
        "it was altered after it was signed",
        "signature",
        _raw(lambda _world, data: data.replace(b"New fees", b"Old fees")),
    ),
    Attack("signed twice", "signature", _raw(_twice_signed), words="header"),
    Attack(
        "a merged tag in it", "signature", honest(headers="\nmergetag object " + "1" * 40), words="header"
    ),
    Attack("another encoding", "signature", honest(headers="\nencoding UTF-7")),
    Attack("a header nobody knows", "signature", honest(headers="\nHG:extra x")),
    Attack("a clock ahead", "clock", _clock(-HOUR)),
    Attack("a clock behind", "clock", _clock(5 * HOUR)),
    Attack("two versions", "several", _doubled),
    Attack("a merge", "merge", _merged),
    Attack("no parent", "not-on-top", honest(parents=())),
    Attack("history rewritten", "not-on-top", _forced),
    Attack("a lost race", "not-on-top", _lost_race, words="Get the latest"),
    Attack("what is live deleted", "deletion", _delete),
    Attack("a good release beside a foreign branch", "ref", _ref("refs/heads/master"), _with_name),
    Attack("a replacement of an object", "ref", _ref("refs/replace/" + "1" * 40), _with_name),
    Attack("notes", "ref", _ref("refs/notes/commits"), _with_name),
    Attack("a foreign tag", "ref", _ref("refs/tags/v1"), _with_name),
    Attack("a draft with a name no system keeps", "ref", _ref("refs/heads/drafts/con"), _with_name),
    Attack("a hidden name", "ref", _ref("refs/soh/scratch/x"), _with_name),
    Attack("the name of another release", "tag-other", _other_name, _with_name),
    Attack("a name without its release", "tag-foreign", _name_alone, _name_afterwards),
    Attack("a tag that is an object of its own", "no-version", _annotated, _with_name),
    Attack("a release's name moved", "tag-moved", _moved_name, _with_name),
    Attack("a draft that is no version", "no-version", _draft_of_nothing, _draft),
    Attack("a draft rewritten", "draft-forced", _forced_draft, _draft),
    Attack("a draft with a strange file", "kind", _strange_draft, _draft),
    Attack("too many names", "many-refs", _many, _draft),
    Attack("no release file", "release-file", honest(has_file=False)),
    Attack("two release files", "release-file", _two_files),
    Attack("a release file by hand", "release-form", _by_hand),
    Attack("an old release file altered", "add-only", _altered_book, _next),
    Attack("an old record taken away", "add-only", _gone_record, _next),
    Attack("listed for another publisher", "publisher", _edit(publisher=PersonId("kay"))),
    Attack(
        "an author named who wrote nothing",
        "listed-authors",
        _edit(authors=(PersonId("kim"),)),
        _edit(authors=(PersonId("nia"),)),
    ),
    Attack("other templates", "templates", _edit(template="1"), words="Bring SOH Author"),
    Attack("a draft named that had no part", "listed-drafts", _naming_other(FACTS), _naming_other(FEES)),
    Attack("a draft named that is nowhere", "listed-drafts", _edit(drafts=_BOTH), _naming_other(FEES)),
    Attack("its draft not named", "listed-drafts", _edit(drafts=()), words="leaves out"),
    Attack("taking back what never was", "listed-release", _edit(supersedes="2026-11-01-nothing")),
    Attack("taking back something else", "listed-release", _taking_back(FACTS), _taking_back(FEES)),
    Attack("under another policy", "policy-version", _edit(policy_version=7)),
    Attack("a file not listed", "listed-sources", _edit(sources={}), words=FEES),
    Attack("an output not listed", "listed-outputs", _edit(outputs={}), words="kent"),
    Attack("records not listed", "listed-records", _edit(records=())),
    Attack("a release of long ago", "clock", lambda world: _edit(when=world.now - 5 * HOUR)),
    Attack(
        "before its time",
        "schedule",
        lambda world: _edit(not_before=world.now + HOUR),
        lambda world: _edit(not_before=world.now - HOUR),
    ),
    Attack(
        "no policy in a release of policy", "policy", _edit(kind=ReleaseKind.POLICY, reason="Because of it")
    ),
    Attack("a publisher for one force", "publisher", honest(publisher="kay")),
)
