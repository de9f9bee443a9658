"""All verbs, in the order in which the help lists them."""

import click

from soh_author.cli.verbs.apply import apply
from soh_author.cli.verbs.audit import audit
from soh_author.cli.verbs.build import build
from soh_author.cli.verbs.check import check
from soh_author.cli.verbs.compare import compare
from soh_author.cli.verbs.demo import demo
from soh_author.cli.verbs.digest import digest
from soh_author.cli.verbs.draft import draft
from soh_author.cli.verbs.export import export
from soh_author.cli.verbs.facts import facts
from soh_author.cli.verbs.forces import forces
from soh_author.cli.verbs.gate import gate
from soh_author.cli.verbs.get_latest import get_latest
from soh_author.cli.verbs.history import history
from soh_author.cli.verbs.impact import impact
from soh_author.cli.verbs.init import init
from soh_author.cli.verbs.key import key
from soh_author.cli.verbs.listing import listing
from soh_author.cli.verbs.matrix import matrix
from soh_author.cli.verbs.open import open_workspace
from soh_author.cli.verbs.pin import pin
from soh_author.cli.verbs.policy import policy
from soh_author.cli.verbs.preview import preview
from soh_author.cli.verbs.publish import publish
from soh_author.cli.verbs.rebase import rebase
from soh_author.cli.verbs.restore import restore
from soh_author.cli.verbs.review import approve, ask, queue, review, submit, withdraw
from soh_author.cli.verbs.sample import sample
from soh_author.cli.verbs.schedule import publish_due, schedule
from soh_author.cli.verbs.show import show
from soh_author.cli.verbs.take_back import publish_urgent, roll_back, verify_site
from soh_author.cli.verbs.take_down import take_down
from soh_author.cli.verbs.tidying import duplicates, minor, smallest
from soh_author.cli.verbs.wording import clusters, demote, make_fact, promote

VERBS: dict[str, click.Command] = {
    "demo": demo,
    "sample": sample,
    "init": init,
    "open": open_workspace,
    "list": listing,
    "show": show,
    "preview": preview,
    "digest": digest,
    "history": history,
    "check": check,
    "build": build,
    "draft": draft,
    "get-latest": get_latest,
    "export": export,
    "apply": apply,
    "pin": pin,
    "restore": restore,
    "matrix": matrix,
    "compare": compare,
    "rebase": rebase,
    "impact": impact,
    "clusters": clusters,
    "promote": promote,
    "demote": demote,
    "make-fact": make_fact,
    "facts": facts,
    "smallest": smallest,
    "duplicates": duplicates,
    "minor": minor,
    "forces": forces,
    "submit": submit,
    "queue": queue,
    "review": review,
    "approve": approve,
    "ask": ask,
    "withdraw": withdraw,
    "publish": publish,
    "publish-urgent": publish_urgent,
    "schedule": schedule,
    "publish-due": publish_due,
    "take-down": take_down,
    "roll-back": roll_back,
    "verify-site": verify_site,
    "audit": audit,
    "key": key,
    "policy": policy,
    "gate": gate,
}
