"""Attacks by waiting: what goes public on a day to come, with nobody changing anything that day."""

from collections.abc import Callable
from dataclasses import replace

from soh_author.domain.judging.approval import Record
from tests.attacks.case import Attack
from tests.attacks.world import APPROVED, FACTS, SUBMITTED, Attempt, World, edited, honest
from tests.support.content import small_content

_GROUP = "groups/south-east/group.yml"
_OF_GROUP = "groups/south-east/pages/advice/fees.en.md"
_ESSEX = "forces/essex/force.yml"
_WORDS = b"""---
overrides: advice/fees
ops:
- {op: append, section: amounts, why: Local, owner: group, review_by: 2027-03-01}
---
## Amounts {#amounts}
In the south east it is free.
"""
_MEMBER = "- {force: kent}"
_PRICE_LATER = edited(FACTS, '"30.00"', '"31.00"')
_PRICE_LATEST = edited(FACTS, '"30.00"', '"310.00"')
_PRICE_SOONER = edited(FACTS, "2026-12-01", "2026-11-23")
_RENAMED = edited("forces/kent/force.yml", "name: Kent Police", "name: Kent Constabulary")


def _member(written: str) -> bytes:
    """The group, with Kent's membership written otherwise."""
    return small_content()[_GROUP].replace(_MEMBER, written).encode()


def _without(force: str) -> Callable[[Record], Record]:
    """A record that says nothing of what a force's public reads; of nobody's for an empty name."""
    return lambda record: replace(
        record, outputs=tuple(move for move in record.outputs if force and move.force != force)
    )


def _not_seen(attempt: Attempt, force: str = "") -> Attempt:
    return replace(attempt, said=(SUBMITTED, replace(APPROVED, edit=_without(force))))


def _in_world(files: dict[str, bytes], attempt: Attempt) -> Callable[[World], tuple[World, Attempt]]:
    return lambda world: (world.with_files(files), attempt)


_ALONE = {_GROUP: _member(""), _OF_GROUP: _WORDS}
_JOINS = honest(changes={_GROUP: _member("- {force: kent, from: 2026-12-01}")})
_SOON = {_GROUP: _member("- {force: kent, from: 2026-12-01}"), _OF_GROUP: _WORDS}
_OTHER_WORDS = honest(changes={_OF_GROUP: _WORDS.replace(b"free", b"dear")})
_SOONER = honest(changes={_GROUP: _member("- {force: kent, from: 2026-11-23}")})
_LEAVES = honest(changes={_GROUP: _member("- {force: kent, until: 2026-12-01}")})
_MEMBERS = {_OF_GROUP: _WORDS}
_ENDS = edited("forces/kent/force.yml", "status: live", "status: live\nuntil: 2026-12-31")
_ENDS_LATER = edited("forces/kent/force.yml", "status: live", "status: live\nuntil: 2027-03-31")
_BEGINS = {_ESSEX: small_content()[_ESSEX].replace("status: live", "status: live\nfrom: 2026-12-01").encode()}


_GOES_ON = {"forces/kent/force.yml": small_content()["forces/kent/force.yml"].encode()}
_OTHER_GROUP = b"""id: coast
name: Coast
members:
- {force: kent, from: 2027-02-01}
"""
_LOCAL = b"""---
title: Fees
type: advice
kind: local
url: /advice/beach/
summary: What you pay.
owner: group
review_by: 2027-03-01
---
What you pay at the beach.
"""
_PAUSED = {
    _GROUP: _member("- {force: kent, until: 2026-12-31}"),
    "groups/south-east/pages/advice/beach.en.md": _LOCAL,
    "groups/coast/group.yml": _OTHER_GROUP,
}
_OWN = {"groups/south-east/pages/advice/beach.en.md": _LOCAL}
_NARROWED = honest(changes={_GROUP: (small_content()[_GROUP] + "pages: [report/*]\n").encode()})
_AFTER_A_PAUSE = honest(changes={"groups/coast/pages/advice/beach.en.md": _LOCAL.replace(b"What", b"How")})


def _waiting(name: str, files: dict[str, bytes], attempt: Attempt, force: str, page: str = "fees") -> Attack:
    """Everybody agreed, but nobody to what a force's public will read."""
    return Attack(
        name,
        "approved",
        _in_world(files, _not_seen(attempt, force)),
        _in_world(files, attempt),
        f"advice/{page} · {force} · en",
    )


ATTACKS = (
    Attack(
        "a price of a day to come, approved as a file only",
        "approved",
        _not_seen(honest(changes=_PRICE_LATER)),
        honest(changes=_PRICE_LATER),
        "advice/fees",
    ),
    Attack(
        "a price of a day to come, agreed to as it was",
        "approved",
        honest(changes=_PRICE_LATER, said=(SUBMITTED, replace(APPROVED, of=_PRICE_LATEST))),
        honest(changes=_PRICE_LATEST),
    ),
    Attack(
        "a price that comes sooner, approved as a file only",
        "approved",
        _not_seen(honest(changes=_PRICE_SOONER)),
        honest(changes=_PRICE_SOONER),
        "advice/fees",
    ),
    Attack(
        "a force's new name, approved as a file only",
        "approved",
        _not_seen(honest(changes=_RENAMED)),
        honest(changes=_RENAMED),
        "advice/fees",
    ),
    _waiting("a force that joins a group later", _ALONE, _JOINS, "kent"),
    _waiting("a force that joins a group sooner", _SOON, _SOONER, "kent"),
    _waiting("a force that leaves a group later", _MEMBERS, _LEAVES, "kent"),
    _waiting("words of a group for a force that joins it later", _SOON, _OTHER_WORDS, "kent"),
    _waiting("words for a force whose site begins later", _BEGINS, honest(), "essex"),
    _waiting("a site that ends on a day to come", {}, honest(changes=_ENDS), "kent"),
    _waiting("a site that ends on another day", _ENDS, honest(changes=_ENDS_LATER), "kent"),
    _waiting("a site that goes on after all", _ENDS, honest(changes=_GOES_ON), "kent"),
    _waiting("a group's page taken away by its list of pages", _OWN, _NARROWED, "kent", "beach"),
    _waiting("words of a group that speaks again after a pause", _PAUSED, _AFTER_A_PAUSE, "kent", "beach"),
)
