"""All verbs, in the order in which the help lists them.

By name only: a call reads the code of the verb it calls, which is a fraction of all (half a second's worth).
"""

import importlib
from collections.abc import Mapping

import click

_FOLDER = "soh_author.cli.verbs"

VERBS: Mapping[str, str] = {
    "demo": "demo.demo",
    "sample": "sample.sample",
    "init": "init.init",
    "open": "open.open_workspace",
    "list": "listing.listing",
    "show": "show.show",
    "preview": "preview.preview",
    "digest": "digest.digest",
    "history": "history.history",
    "find": "find.find",
    "check": "check.check",
    "build": "build.build",
    "draft": "travelling.draft",
    "get-latest": "get_latest.get_latest",
    "export": "export.export",
    "apply": "apply.apply",
    "pin": "pin.pin",
    "restore": "restore.restore",
    "repair": "repair.repair",
    "matrix": "matrix.matrix",
    "compare": "compare.compare",
    "rebase": "rebase.rebase",
    "impact": "impact.impact",
    "clusters": "wording.clusters",
    "promote": "wording.promote",
    "demote": "wording.demote",
    "make-fact": "wording.make_fact",
    "facts": "facts.facts",
    "smallest": "tidying.smallest",
    "duplicates": "tidying.duplicates",
    "minor": "tidying.minor",
    "forces": "forces.forces",
    "submit": "review.submit",
    "queue": "review.queue",
    "review": "review.review",
    "approve": "review.approve",
    "ask": "review.ask",
    "withdraw": "review.withdraw",
    "comment": "comment.comment",
    "fact-check": "fact_check.fact_check",
    "publish": "publish.publish",
    "publish-urgent": "take_back.publish_urgent",
    "schedule": "schedule.schedule",
    "publish-due": "schedule.publish_due",
    "timetable": "timetable.timetable",
    "emergency": "emergency.emergency",
    "freeze": "freeze.freeze",
    "take-down": "take_down.take_down",
    "roll-back": "take_back.roll_back",
    "verify-site": "take_back.verify_site",
    "audit": "audit.audit",
    "key": "key.key",
    "policy": "policy.policy",
    "gate": "gate.gate",
}
"""Each verb with its module below this package and its name there."""


def verb_called(name: str) -> click.Command:
    """The verb of a name in :data:`VERBS`."""
    module, _, attribute = VERBS[name].partition(".")
    found = getattr(importlib.import_module(f"{_FOLDER}.{module}"), attribute)
    assert isinstance(found, click.Command), f"{name} is no verb"
    return found
