"""Attacks with what people signed: who said yes, to what, when, and with which key."""

import json
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from soh_author.domain.ids import Language, PageId, PersonId
from soh_author.domain.judging.approval import Action, OutputMove, Record
from soh_author.domain.judging.people import PublicKey
from soh_author.gitstore.values import Author, Stamp
from soh_author.trust.records import record_path
from soh_author.trust.signed_files import record_id
from tests.attacks.case import Attack
from tests.attacks.people import BEGAN
from tests.attacks.world import APPROVED, FACTS, FEES, HOUR, SUBMITTED, Attempt, Said, World, edited, honest

VEHICLES = "shared/pages/advice/seized-vehicles.en.md"
WELSH = "shared/pages/advice/seized-vehicles.cy.md"
DAY = timedelta(days=1)
_PRICE = edited(FACTS, '"26.00"', '"27.00"')
_AS_GUIDE = edited(FEES, "type: advice", "type: guide")
_OTHER_PICTURE: Mapping[str, bytes] = {"shared/media/map.gif": b"GIF89a!"}
_IN_WELSH = edited(WELSH, "Heb yswiriant.", "Heb yswiriant o gwbl.")
_MARKED = edited(FEES, "owner: national-content", "owner: national-content\nimportance: {amounts: safety}")
_MARKED = {FEES: _MARKED[FEES].replace(b"Storage is", b"Storing it costs")}


def _says(said: Said, **changes: object) -> Said:
    return replace(said, **changes)  # type: ignore[arg-type]  # fields by their names


def _approved(edit: Callable[[Record], Record], **changes: object) -> Attempt:
    return honest(said=(SUBMITTED, _says(APPROVED, edit=edit, **changes)))


def _by(submits: str, approves: str, changes: Mapping[str, bytes] | None = None) -> Attempt:
    said = (_says(SUBMITTED, person=submits), _says(APPROVED, person=approves))
    return honest(said=said, changes=changes or edited())


def _second_key(world: World) -> Attempt:
    return honest(said=(_says(SUBMITTED, person="ed"), Said("ed", Action.APPROVE, signer=world.crew.second)))


def _first_and_second_key(world: World) -> Attempt:
    return honest(said=(Said("ed", Action.SUBMIT, 2 * HOUR, signer=world.crew.second), APPROVED))


def _saved_by_reviewer(world: World) -> World:
    """Sam has saved a version of the draft, and it is known on the server."""
    world.store.create_branch("drafts/fees", world.tip)
    stamp = Stamp("Mine too", Author("Sam", "SAM@national.example"), world.now - 3 * HOUR)
    world.store.write_version("drafts/fees", world.tip, edited(), stamp)
    return world


def _saved_elsewhere_by_reviewer(world: World) -> World:
    """Sam has saved a version of the draft on a computer where another address is set."""
    world.store.create_branch("drafts/fees", world.tip)
    stamp = Stamp("Mine too", Author("sam ", "sam@home.example"), world.now - 3 * HOUR)
    world.store.write_version("drafts/fees", world.tip, edited(), stamp)
    return world


def _co_edited_elsewhere(world: World) -> tuple[World, Attempt]:
    return _saved_elsewhere_by_reviewer(world), honest()


def _co_edited_elsewhere_approved_by_third(world: World) -> tuple[World, Attempt]:
    return _saved_elsewhere_by_reviewer(world), _by("nia", "rae")


def _co_edited(world: World) -> tuple[World, Attempt]:
    return _saved_by_reviewer(world), honest()


def _co_edited_approved_by_third(world: World) -> tuple[World, Attempt]:
    return _saved_by_reviewer(world), _by("nia", "rae")


def _other_page(record: Record) -> Record:
    moves = tuple(replace(move, page=PageId("advice/other")) for move in record.outputs)
    return replace(record, outputs=moves)


def _there_and_back(world: World) -> World:
    """The change went live, and was rolled back."""
    world.publish(
        honest(
            ago=2 * HOUR - timedelta(minutes=5),
            said=(_says(SUBMITTED, ago=4 * HOUR), _says(APPROVED, ago=3 * HOUR)),
        )
    )
    back = {FEES: world.snapshot(world.store.version(world.tip).parents[0]).sources.data(FEES)}
    said = (_says(SUBMITTED, ago=timedelta(minutes=100)), _says(APPROVED, ago=timedelta(minutes=90)))
    world.publish(Attempt(back, said, identity="back", ago=HOUR))
    return world


def _replayed(world: World) -> tuple[World, Attempt]:
    return _there_and_back(world), honest(identity="again", said=())


def _replayed_and_listed(world: World) -> tuple[World, Attempt]:
    spent = [path for path in world.store.files(_there_and_back(world).tip) if path.startswith("approvals/")]
    names = tuple(sorted({path[13:77] for path in spent}))
    return world, honest(identity="again", said=(), edit=lambda release: replace(release, records=names))


def _signed_before_roll_back(world: World) -> tuple[World, Attempt]:
    said = (_says(SUBMITTED, ago=5 * HOUR), _says(APPROVED, ago=5 * HOUR - timedelta(minutes=1)))
    return _there_and_back(world), honest(identity="again", said=said)


def _approved_anew(world: World) -> tuple[World, Attempt]:
    said = (_says(SUBMITTED, ago=timedelta(minutes=9)), _says(APPROVED, ago=timedelta(minutes=8)))
    return _there_and_back(world), honest(identity="again", said=said)


def _stranger(world: World) -> Attempt:
    return honest(said=(SUBMITTED, _says(APPROVED, signer=world.crew.stranger)))


def _nobody(world: World) -> Attempt:
    forged = _says(
        APPROVED,
        edit=lambda record: replace(record, person=PersonId("zed")),
        signer=world.crew.stranger,
    )
    return honest(said=(SUBMITTED, forged))


def _forged_claim(world: World) -> Attempt:
    return honest(said=(SUBMITTED, _says(APPROVED, signer=world.crew.signers["nia"])))


def _key_of_sam(**changes: datetime) -> Callable[[World], tuple[World, Attempt]]:
    def tried(world: World) -> tuple[World, Attempt]:
        line = world.crew.signers["sam"].line
        key = replace(PublicKey(line, BEGAN), **changes)  # type: ignore[arg-type]  # fields by their names
        # Sam stays a root, so the key has to count for the policy; the one for reviews is another.
        rae = replace(
            world.crew.policy.people[PersonId("rae")],
            keys=(replace(key, line=world.crew.signers["rae"].line),),
        )
        policy = replace(world.crew.policy, people={**world.crew.policy.people, rae.id: rae})
        return world.with_policy(policy), _by("nia", "rae")

    return tried


def _spoilt(spoil: Callable[[bytes], bytes], *, rename: bool = False) -> Callable[[World], Attempt]:
    """Alter the bytes of a signed record; its name fits them again when it is renamed."""

    def tried(world: World) -> Attempt:
        def altered(files: dict[str, bytes]) -> dict[str, bytes]:
            (path,) = (path for path in files if path.endswith(".json"))
            data = spoil(files[path])
            identity = record_id(data) if rename else path[13:77]
            signature = files[path.replace(".json", ".sig")]
            if rename:
                signature = world.crew.signers["sam"].sign(data, "soh-author/approve")
            return {record_path(identity): data, record_path(identity, "sig"): signature}

        return honest(said=(SUBMITTED, _says(APPROVED, spoil=altered)))

    return tried


def _spaced(data: bytes) -> bytes:
    return json.dumps(json.loads(data), ensure_ascii=False).encode() + b"\n"


def _without(suffix: str) -> Attempt:
    def kept(files: dict[str, bytes]) -> dict[str, bytes]:
        return {path: data for path, data in files.items() if not path.endswith(suffix)}

    return honest(said=(SUBMITTED, _says(APPROVED, spoil=kept)), edit=lambda release: release)


def _withdrawn(by: str, *, in_draft: bool) -> Callable[[World], Attempt | tuple[World, Attempt]]:
    """The approval was taken back: in the release itself, or in a draft that the server keeps."""

    def tried(world: World) -> Attempt | tuple[World, Attempt]:
        found = world.moves(edited())
        approval = world.record_files(APPROVED, found.sources, found.outputs)
        identity = min(approval)[13:77]

        def taking_back(record: Record) -> Record:
            return replace(record, refers_to=identity, sources=(), outputs=())

        back = Said(by, Action.WITHDRAW, HOUR / 2, edit=taking_back)
        if not in_draft:
            return honest(said=(SUBMITTED, APPROVED, back))
        world.store.create_branch("drafts/other", world.tip)
        stamp = Stamp("Taken back", Author("Sam", "sam@national.example"), world.now - HOUR / 2)
        world.store.write_version("drafts/other", world.tip, world.record_files(back, (), ()), stamp)
        return world, honest()

    return tried


def _only_kent(record: Record) -> Record:
    return replace(record, outputs=tuple(move for move in record.outputs if move.force == "kent"))


def _no_outputs(record: Record) -> Record:
    return replace(record, outputs=())


def _elsewhere(record: Record) -> Record:
    return replace(record, repository="9a9d6b0e-58b3-4c0b-9e07-2f4a1c9b7d55")


def _at(moment: datetime) -> Callable[[Record], Record]:
    return lambda record: replace(record, when=moment)


def _fact_checked(world: World) -> World:
    rules = replace(world.crew.policy.rules, fact_checked_types=("advice",))
    return world.with_policy(replace(world.crew.policy, rules=rules))


def _with_marked_picture(world: World) -> World:
    shown = _MARKED[FEES].replace(b"Storing", b"![A map](media:map.gif)\n\nStoring")
    return world.with_files({FEES: shown, "shared/media/map.gif": b"GIF89a"})


def _twice(record: Record) -> Record:
    return replace(record, authors=(PersonId("sam"),))


def _one_output_more(record: Record) -> Record:
    last = record.outputs[-1]
    extra = OutputMove(last.page, last.force, Language.CY, "", last.new)
    return replace(record, outputs=tuple(sorted((*record.outputs, extra))))


def _with_unread_release(page: str) -> Callable[[World], tuple[World, Attempt]]:
    """An honest release where a live release file, written by hand, names a page."""

    def tried(world: World) -> tuple[World, Attempt]:
        data = f"id: 2026-11-01-old\noutputs: [{page}, kent, en, sha256]\n".encode()
        return world.with_files({"releases/2026-11-01-old.yml": data}), honest()

    return tried


ATTACKS = (
    Attack("self-approval", "approved", _by("ed", "ed"), _by("ed", "sam")),
    Attack("self-approval with a second key", "approved", _second_key, _first_and_second_key),
    Attack(
        "approval by who saved a version of the draft", "approved", _co_edited, _co_edited_approved_by_third
    ),
    Attack(
        "approval by who saved a version of the draft under another address",
        "approved",
        _co_edited_elsewhere,
        _co_edited_elsewhere_approved_by_third,
    ),
    Attack(
        "approval by an author the submitter named",
        "approved",
        honest(said=(_says(SUBMITTED, edit=_twice), APPROVED)),
        honest(said=(_says(SUBMITTED, edit=_twice), _says(APPROVED, person="rae"))),
    ),
    Attack(
        "approval of an older version",
        "approved",
        honest(said=(SUBMITTED, _says(APPROVED, of=edited(new="Old.")))),
    ),
    Attack(
        "submission of an older version",
        "submitted",
        honest(said=(_says(SUBMITTED, of=edited(new="Old.")), APPROVED)),
    ),
    Attack("approval of another page with equal bytes", "approved", _approved(_other_page)),
    Attack("replay after a roll-back", "approved", _replayed, _approved_anew),
    Attack("replay after a roll-back, listed", "listed-records", _replayed_and_listed, _approved_anew),
    Attack("kept back until after a roll-back", "approved", _signed_before_roll_back, _approved_anew),
    Attack("approval from a training copy", "approved", _approved(_elsewhere), words="another repository"),
    Attack("an unknown key", "record", _stranger),
    Attack("an unknown person", "record", _nobody, words="zed"),
    Attack("an expired key", "approved", _key_of_sam(end=BEGAN + 30 * DAY), _key_of_sam(), "ran out"),
    Attack(
        "a revoked key",
        "approved",
        _key_of_sam(revoked=datetime(2026, 11, 22, 11, 30, tzinfo=UTC)),
        _key_of_sam(),
        "revoked",
    ),
    Attack(
        "a key that doesn't count yet",
        "approved",
        _key_of_sam(start=datetime(2027, 1, 1, tzinfo=UTC)),
        _key_of_sam(),
    ),
    Attack("a forged claim", "record", _forged_claim),
    Attack(
        "an approval from the future",
        "approved",
        honest(said=(SUBMITTED, _says(APPROVED, ago=-HOUR))),
        words="still to come",
    ),
    Attack(
        "an approval of long ago",
        "approved",
        honest(said=(_says(SUBMITTED, ago=91 * DAY), _says(APPROVED, ago=91 * DAY))),
        honest(said=(_says(SUBMITTED, ago=89 * DAY), _says(APPROVED, ago=89 * DAY))),
        "older than 90 days",
    ),
    Attack("an altered record", "record", _spoilt(lambda data: data.replace(b'"note":""', b'"note":"!"'))),
    Attack(
        "a record with doubled keys",
        "record",
        _spoilt(lambda data: data[:-2] + b',"note":""}\n', rename=True),
        words="twice",
    ),
    Attack("a record in another form", "record", _spoilt(_spaced, rename=True), words="one form"),
    Attack(
        "a record with a field nobody knows",
        "record",
        _spoilt(lambda data: b'{"aa":"",' + data[1:], rename=True),
    ),
    Attack("a record without its signature", "record", _without(".sig"), words="missing"),
    Attack("a signature without its record", "record", _without(".json")),
    Attack(
        "a submission's signature under an approval",
        "record",
        honest(said=(SUBMITTED, _says(APPROVED, namespace="soh-author/submit"))),
        words="purpose",
    ),
    Attack(
        "a withdrawn approval",
        "approved",
        _withdrawn("sam", in_draft=False),
        _withdrawn("rae", in_draft=False),
        "taken back",
    ),
    Attack(
        "an approval withdrawn in a draft",
        "approved",
        _withdrawn("sam", in_draft=True),
        _withdrawn("rae", in_draft=True),
        "taken back",
    ),
    Attack(
        "changes asked for after the approval",
        "approved",
        honest(said=(SUBMITTED, APPROVED, Said("sam", Action.ASK, HOUR / 2))),
    ),
    Attack("a force's reviewer for national text", "approved", _by("nia", "kim")),
    Attack(
        "a reviewer of English for Welsh",
        "approved",
        _by("nia", "ed", _IN_WELSH),
        _by("nia", "sam", _IN_WELSH),
    ),
    Attack("an approver without a role", "approved", _by("nia", "ola")),
    Attack("a force's editor for national text", "submitted", _by("kim", "sam")),
    Attack("nobody sent it for review", "submitted", honest(said=(APPROVED,))),
    Attack("nobody approved it", "approved", honest(said=(SUBMITTED,))),
    Attack(
        "an approved fact without its outputs",
        "approved",
        honest(changes=_PRICE, said=(SUBMITTED, _says(APPROVED, edit=_no_outputs))),
        honest(changes=_PRICE),
    ),
    Attack(
        "approved outputs without the files",
        "approved",
        _approved(lambda record: replace(record, sources=())),
    ),
    Attack("approved for one force only", "approved", _approved(_only_kent)),
    Attack(
        "two approvals short of one for a marked change",
        "approved",
        honest(changes=_MARKED),
        honest(changes=_MARKED, said=(SUBMITTED, APPROVED, _says(APPROVED, person="rae"))),
    ),
    Attack(
        "under a live release file that nobody can read",
        "live-release",
        _with_unread_release("advice/fees"),
        _with_unread_release("advice/seized-vehicles"),
        "releases/2026-11-01-old.yml",
    ),
    Attack(
        "no fact check where one is asked for",
        "fact-checked",
        lambda world: (_fact_checked(world), honest()),
        honest(),
    ),
    Attack(
        "another type of page, for which nobody checks facts",
        "fact-checked",
        lambda world: (_fact_checked(world), honest(changes=_AS_GUIDE)),
        honest(changes=_AS_GUIDE),
    ),
    Attack(
        "another picture in marked words, with one yes",
        "approved",
        lambda world: (_with_marked_picture(world), honest(changes=_OTHER_PICTURE)),
        lambda world: (
            _with_marked_picture(world),
            honest(changes=_OTHER_PICTURE, said=(SUBMITTED, APPROVED, _says(APPROVED, person="rae"))),
        ),
        "1 of the 2 people",
    ),
)
