"""Attacks with the policy, with the emergency route, and with content that must not go out."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date

from soh_author.domain.ids import ForceId, PersonId
from soh_author.domain.judging.approval import Action
from soh_author.domain.judging.people import Grant, PublicKey, Role
from soh_author.domain.judging.policy import Freeze, Policy
from soh_author.domain.judging.release import ReleaseKind
from soh_author.trust.policies import policy_bytes
from tests.attacks.case import Attack
from tests.attacks.people import BEGAN, Crew
from tests.attacks.world import APPROVED, FACTS, FEES, HOUR, SUBMITTED, Attempt, Said, World, edited, honest
from tests.support.content import small_content

VEHICLES = "shared/pages/advice/seized-vehicles.en.md"
_REASON = "Somebody is in danger today"


def _policy(files: Mapping[str, bytes], **changes: object) -> Attempt:
    attempt = Attempt(files, (), identity="policy-2", kind=ReleaseKind.POLICY)
    return replace(attempt, **changes)  # type: ignore[arg-type]  # fields by their names


def _next(make: Callable[[Crew], Policy], *roots: str) -> Callable[[World], Attempt]:
    return lambda world: _policy(world.crew.signed(make(world.crew), *roots))


def _reviewing_nia(crew: Crew) -> Policy:
    return crew.with_person("nia", grants=(Grant(Role.EDITOR), Grant(Role.REVIEWER)))


def _at(version: int) -> Callable[[Crew], Policy]:
    return lambda crew: replace(crew.policy, version=version)


def _lower(crew: Crew) -> Policy:
    return replace(_at(2)(crew), roots=(PersonId("nia"), PersonId("sam"), PersonId("ed")))


def _other_root(crew: Crew) -> Policy:
    return replace(_at(2)(crew), roots=(PersonId("nia"), PersonId("ed")))


def _other_repository(crew: Crew) -> Policy:
    return replace(_at(2)(crew), repository="9a9d6b0e-58b3-4c0b-9e07-2f4a1c9b7d55")


_SIGNED = _next(_reviewing_nia, "nia", "sam")


def _one_root_twice(world: World) -> Attempt:
    nia = replace(
        world.crew.policy.people[PersonId("nia")],
        keys=(*world.crew.policy.people[PersonId("nia")].keys, PublicKey(world.crew.stranger.line, BEGAN)),
    )
    policy = replace(_reviewing_nia(world.crew), people={**world.crew.policy.people, nia.id: nia})
    return _policy(world.crew.signed(policy, "nia", "nia"))


def _lower_threshold(world: World) -> Attempt:
    data = policy_bytes(_at(2)(world.crew)).replace(b'"threshold":2', b'"threshold":1')
    return _policy({"policy/policy.json": data, "policy/policy.sigs": b"{}\n"})


def _spaced(world: World) -> Attempt:
    files = world.crew.signed(_reviewing_nia(world.crew), "nia", "sam")
    return _policy({**files, "policy/policy.json": b" " + files["policy/policy.json"]})


def _with_content(world: World) -> Attempt:
    files = {**edited(), **world.crew.signed(_reviewing_nia(world.crew), "nia", "sam")}
    return honest(changes=files, kind=ReleaseKind.POLICY)


def _helps_itself(world: World) -> Attempt:
    """Ola becomes a reviewer by the policy in the release, and approves the rest of it."""
    policy = world.crew.with_person("ola", grants=(Grant(Role.REVIEWER),))
    files = {**edited(), **world.crew.signed(policy, "nia", "sam")}
    return honest(changes=files, said=(SUBMITTED, replace(APPROVED, person="ola")))


def _publishes_itself(world: World) -> Attempt:
    policy = world.crew.with_person("ola", grants=(Grant(Role.PUBLISHER),))
    return _policy(world.crew.signed(policy, "nia", "sam"), publisher="ola")


def _old_policy(world: World) -> tuple[World, Attempt]:
    other = world.with_policy(world.crew.policy)
    return other, _policy(world.crew.signed(replace(world.crew.policy, version=1), "nia", "sam"))


def _frozen(*permitted: str) -> Callable[[World], tuple[World, Attempt]]:
    def tried(world: World) -> tuple[World, Attempt]:
        freeze = Freeze(ForceId("kent"), date(2026, 11, 1), date(2026, 12, 1), "An election", permitted)
        return world.with_policy(replace(world.crew.policy, freezes=(freeze,))), honest()

    return tried


def _named(tried: tuple[World, Attempt], kind: ReleaseKind) -> tuple[World, Attempt]:
    return tried[0], replace(tried[1], kind=kind)


def _frozen_roll_back(world: World) -> tuple[World, Attempt]:
    """The change went live before the freeze, and its release is taken back in it."""
    before = small_content()[FEES].encode()
    said = (replace(SUBMITTED, ago=4 * HOUR), replace(APPROVED, ago=3 * HOUR))
    world.publish(honest(said=said, ago=2 * HOUR - HOUR / 12))
    frozen, _ = _frozen("roll-back")(world)
    anew = (replace(SUBMITTED, ago=HOUR), replace(APPROVED, ago=HOUR / 2))
    return frozen, honest(changes={FEES: before}, said=anew, identity="back")


def _emergency(**changes: object) -> Attempt:
    said = Said("pat", Action.EMERGENCY, HOUR / 6, edit=lambda record: replace(record, note=_REASON))
    return honest(kind=ReleaseKind.EMERGENCY, said=(replace(said, **changes),))  # type: ignore[arg-type]  # fields by their names


def _third_emergency(world: World) -> tuple[World, Attempt]:
    for number in range(2):
        words = edited(new=f"Words {number}.")
        said = replace(_emergency().said[0], ago=HOUR / 60 * (9 - 3 * number))
        when = HOUR / 60 * (8 - 3 * number)
        world.publish(replace(_emergency(), changes=words, said=(said,), identity=f"e{number}", ago=when))
    return world, _emergency(ago=HOUR / 60)


def _content(path: str, old: str, new: str) -> Attempt:
    return honest(changes=edited(path, old, new))


def _new(path: str, text: str) -> Attempt:
    return honest(changes={**edited(), path: text.encode()})


def _override(force: str, ops: str, body: str) -> Attempt:
    text = f"---\noverrides: advice/seized-vehicles\nops:\n{ops}\n---\n{body}\n"
    return _new(f"forces/{force}/pages/advice/seized-vehicles.en.md", text)


_WHY = "why: Local practice, owner: web, review_by: 2027-03-01"
_BRING = f"- {{op: replace, section: bring, {_WHY}}}"
_TEXT = "## What to bring {#bring}\nBring it all."


def _locked(world: World) -> tuple[World, Attempt]:
    locked = edited(VEHICLES, "related:", "locked: {why: Agreed nationally}\nrelated:")
    attempt = _override("essex", _BRING.replace("bring", "why"), _TEXT.replace("{#bring}", "{#why}"))
    return world.with_files(locked), attempt


def _open(world: World) -> tuple[World, Attempt]:
    return world, _override("essex", _BRING, _TEXT)


def _two_groups(world: World) -> tuple[World, Attempt]:
    text = f"---\noverrides: advice/seized-vehicles\nops:\n{_BRING}\n---\n{_TEXT}\n"
    second = "id: south\nname: South\nmembers:\n- {force: essex}\n"
    world.with_files(
        {
            "groups/south/group.yml": second.encode(),
            "groups/south/pages/advice/seized-vehicles.en.md": text.encode(),
        }
    )
    return world, _new("groups/south-east/pages/advice/seized-vehicles.en.md", text)


def _broken_elsewhere(world: World) -> tuple[World, Attempt]:
    """Another page was broken before; who mends fees isn't held up by it."""
    return world.with_files(edited(VEHICLES, "fact.reclaim_days", "fact.nowhere")), honest()


def _beside_roundabout(address: str) -> Callable[[World], tuple[World, Attempt]]:
    """A page gets an address beside one whose own is live and spelt with a number for a letter."""

    def tried(world: World) -> tuple[World, Attempt]:
        plain, spelt = "url: /advice/seized-vehicles/", 'url: "/advice/s\\x65ized-vehicles/"'
        return world.with_files(edited(VEHICLES, plain, spelt)), _content(FEES, "/advice/fees/", address)

    return tried


def _orphaned(_world: World) -> Attempt:
    text = small_content()[VEHICLES]
    return honest(changes={VEHICLES: text.partition("## What to bring")[0].encode()})


_OPEN_EMERGENCY = _emergency()

ATTACKS = (
    Attack("a policy that one root signed", "policy", _next(_reviewing_nia, "nia"), _SIGNED, "2 roots"),
    Attack("a policy that nobody signed", "policy", _next(_reviewing_nia), _SIGNED),
    Attack("a policy that others signed", "policy", _next(_reviewing_nia, "ed", "rae"), _SIGNED),
    Attack("one root signing twice", "policy", _one_root_twice, _SIGNED),
    Attack("a version skipped", "policy", _next(_at(3), "nia", "sam"), _SIGNED, "version"),
    Attack(
        "a version again",
        "policy",
        _next(lambda crew: replace(_reviewing_nia(crew), version=1), "nia", "sam"),
        _SIGNED,
    ),
    Attack("an old policy brought back", "policy", _old_policy, _SIGNED),
    Attack("a lower threshold", "policy", _lower_threshold, _SIGNED),
    Attack(
        "a new root who didn't sign", "policy", _next(_other_root, "nia", "sam"), _next(_lower, "nia", "sam")
    ),
    Attack("the policy of another repository", "policy", _next(_other_repository, "nia", "sam"), _SIGNED),
    Attack("a policy in another form", "policy", _spaced, _SIGNED),
    Attack("a policy together with content", "policy", _with_content, _SIGNED, "alone"),
    Attack("a reviewer made by the same release", "approved", _helps_itself, _SIGNED),
    Attack("a publisher made by the same release", "signature", _publishes_itself, _SIGNED),
    Attack(
        "a policy called an ordinary release",
        "policy",
        lambda world: replace(_SIGNED(world), kind=ReleaseKind.ORDINARY),
        _SIGNED,
    ),
    Attack("a frozen force", "freeze", _frozen("fact"), _frozen("text"), "election"),
    Attack(
        "a frozen force, by a release that calls itself a roll-back",
        "freeze",
        lambda world: _named(_frozen("roll-back")(world), ReleaseKind.ROLL_BACK),
        lambda world: _named(_frozen_roll_back(world), ReleaseKind.ROLL_BACK),
        "election",
    ),
    Attack(
        "a frozen force, by a release that calls itself a take-down",
        "freeze",
        lambda world: _named(_frozen("take-down")(world), ReleaseKind.TAKE_DOWN),
        lambda world: (_frozen("take-down")(world)[0], replace(_emergency(), kind=ReleaseKind.TAKE_DOWN)),
        "election",
    ),
    Attack(
        "an emergency that nobody signed for", "emergency", replace(_OPEN_EMERGENCY, said=()), _OPEN_EMERGENCY
    ),
    Attack(
        "an emergency without a reason",
        "emergency",
        _emergency(edit=lambda record: replace(record, note="x")),
        _OPEN_EMERGENCY,
    ),
    Attack(
        "an emergency for other changes", "emergency", _emergency(of=edited(new="Other.")), _OPEN_EMERGENCY
    ),
    Attack(
        "an emergency put down to somebody else",
        "listed-authors",
        replace(_OPEN_EMERGENCY, edit=lambda release: replace(release, authors=(PersonId("nia"),))),
        replace(_OPEN_EMERGENCY, edit=lambda release: replace(release, authors=(PersonId("pat"),))),
    ),
    Attack("somebody else's emergency", "emergency", _emergency(person="kay"), _OPEN_EMERGENCY),
    Attack(
        "a third emergency while two wait", "emergency", _third_emergency, _OPEN_EMERGENCY, "2 of at most 2"
    ),
    Attack(
        "an unknown fact",
        "content",
        _content(FEES, "fact.storage_fee", "fact.nowhere"),
        _content(FEES, "Storage is", "It is"),
    ),
    Attack("a page that is no page", "content", _content(FEES, "title: Fees", "titel: Fees")),
    Attack("a link to nowhere", "content", _content(FEES, "What you pay.", "See [it](page:advice/nowhere).")),
    Attack("a missing picture", "content", _content(FEES, "What you pay.", "![A map](media:nowhere.gif)")),
    Attack(
        "another page's address",
        "content",
        _content(FEES, "/advice/fees/", "/advice/seized-vehicles/"),
        _content(FEES, "/advice/fees/", "/advice/all-fees/"),
        "the same address",
    ),
    Attack(
        "another page's address in capitals",
        "content",
        _content(FEES, "/advice/fees/", "/Advice/Seized-Vehicles/"),
        _content(FEES, "/advice/fees/", "/Advice/Fees/"),
        "the same address",
    ),
    Attack(
        "the address of the site's first page",
        "content",
        _content(FEES, "/advice/fees/", "/"),
        _content(FEES, "/advice/fees/", "/first/"),
        "of its own making",
    ),
    Attack(
        "the address of a file of the site",
        "content",
        _content(FEES, "/advice/fees/", "/sitemap.xml/"),
        _content(FEES, "/advice/fees/", "/advice/sitemap.xml/"),
        "of its own making",
    ),
    Attack(
        "an address below another page's file",
        "content",
        _content(FEES, "/advice/fees/", "/advice/seized-vehicles/Index.html/"),
        _content(FEES, "/advice/fees/", "/advice/seized-vehicles/index/"),
        "of its own making",
    ),
    Attack(
        "an address that another page writes in a roundabout way",
        "content",
        _beside_roundabout("/advice/seized-vehicles/"),
        _beside_roundabout("/advice/seized-vehicles-too/"),
        "the same address",
    ),
    Attack(
        "words turned around for whoever reviews them",
        "content",
        _content(FEES, "What you pay.", "Pay \u202e.gnihton\u202c"),
        _content(FEES, "What you pay.", "Tal\u00adu â \U0001f469\u200d\u2708\ufe0f, not nothing."),
        "U+202E",
    ),
    Attack(
        "words turned around by a number",
        "content",
        _content(FACTS, "label: Storage", 'label: "Sto\\u2067rage"'),
        _content(FACTS, "label: Storage", 'label: "St\\u00f4rage"'),
        "U+2067",
    ),
    Attack(
        "a link that says another address",
        "content",
        _content(FEES, "What you pay.", "See [www.police.uk](https://police.example/)."),
        _content(FEES, "What you pay.", "See [www.police.uk](https://www.police.uk/)."),
        "police.example",
    ),
    Attack("HTML in a page", "content", _content(FEES, "What you pay.", "<script>x</script>")),
    Attack("an override of a locked section", "content", _locked, _open),
    Attack(
        "an orphaned override", "content", _orphaned, _content(VEHICLES, "Bring the notice.", "Bring it.")
    ),
    Attack("two groups on one section", "content", _two_groups, _open),
    Attack(
        "English without Welsh where both are needed",
        "content",
        _override("gwent", _BRING, _TEXT),
        _override("essex", _BRING, _TEXT),
    ),
    Attack(
        "a fact that loses its value",
        "content",
        honest(changes=edited("shared/facts.yml", "storage_fee:", "other_fee:")),
    ),
    Attack(
        "a group with a force nobody knows",
        "content",
        _content("groups/south-east/group.yml", "- {force: kent}", "- {force: kant}"),
        _broken_elsewhere,
    ),
    Attack("another repository's id", "repository", _content("soh.yml", "0b9d6b0e", "1b9d6b0e")),
)
