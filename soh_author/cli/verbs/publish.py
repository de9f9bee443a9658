"""``publish``: what is agreed goes out, all of it or nothing."""

from pathlib import Path

import click

from soh_author.cli.answer import Answer, Json
from soh_author.cli.call import Call, verb
from soh_author.cli.files import write_file
from soh_author.cli.keys import KEY, signer_of
from soh_author.cli.review_data import reach_data, requirement_data, requirement_lines
from soh_author.cli.verbs.review import DRAFTS, TRUST
from soh_author.domain.counting import counted
from soh_author.workflow.gate.refusals import Refusal
from soh_author.workflow.release.publishing import Plan, Published, Wish, dry_run
from soh_author.workflow.release.publishing import plan as make_plan
from soh_author.workflow.release.publishing import publish as publish_plan
from soh_author.workflow.release.receipts import receipt as make_receipt
from soh_author.workflow.release.rolling_back import kind_of_drafts
from soh_author.workflow.together.sending_trust import trust_origin
from soh_author.workflow.workspace import Workspace


@click.command()
@DRAFTS
@click.option("--note", default="", metavar="TEXT", help="What goes out, in a few words.")
@click.option(
    "--dry-run", "is_dry", is_flag=True, help="Only say what would go out, and what the server would say."
)
@click.option(
    "--receipt",
    type=click.Path(path_type=Path),
    default=None,
    metavar="DIR",
    help="Write the receipt there, as HTML and as JSON.",
)
@KEY
@TRUST
@verb
def publish(
    call: Call,
    drafts: tuple[str, ...],
    note: str,
    receipt: Path | None,
    key: Path | None,
    *,
    is_dry: bool,
    trust_folder: bool,
) -> Answer:
    """Publish DRAFTS: one signed release, at the origin and here, or nothing."""
    signer = signer_of(call.world, key)
    with call.writing() as workspace:
        if trust_folder:
            trust_origin(workspace)
        kind, back = kind_of_drafts(workspace, drafts)
        reason = f"It takes back {back}." if back else ""
        wish = Wish(drafts, note, kind=kind, supersedes=back, reason=reason)
        planned = call.value(make_plan(workspace, wish, signer))
        if is_dry:
            refusals = call.value(dry_run(workspace, planned, signer))
            return _dry(planned, refusals)
        outcome = call.run(publish_plan(workspace, planned, signer))
        paths = write_receipt(call, workspace, outcome.value.release.id, receipt)
    return published_answer(planned, outcome.value, outcome.notice, paths)


def write_receipt(call: Call, workspace: Workspace, release: str, folder: Path | None) -> list[Path]:
    """Write the two files of a receipt; nothing when no folder is given."""
    if folder is None:
        return []
    made = call.value(make_receipt(workspace, release))
    paths = [folder / f"{release}.html", folder / f"{release}.json"]
    for path, text in zip(paths, (made.as_html(), made.as_json()), strict=True):
        write_file(path, text.encode())
    return paths


def published_answer(planned: Plan, done: Published, notice: str, paths: list[Path]) -> Answer:
    """What is told of a release that is live."""
    told: dict[str, Json] = {
        "release": done.release.id,
        "revision": done.revision,
        "is_published": True,
        "is_sent": done.is_sent,
    }
    said = [planned.sentence, notice, *(f"Receipt: {path}" for path in paths)]
    return Answer(_data(planned, told, (), paths), "\n".join(said))


def _dry(planned: Plan, refusals: tuple[Refusal, ...]) -> Answer:
    told: dict[str, Json] = {
        "release": planned.release.id,
        "revision": "",
        "is_published": False,
        "is_sent": False,
    }
    said = [planned.sentence, *(overlap.sentence for overlap in planned.overlaps)]
    said += requirement_lines(planned.case, planned.requirements)
    said.append("")
    if refusals:
        said.append(f"The server would refuse it for {counted(len(refusals), 'reason')}:")
        said += [f"  {refusal}" for refusal in refusals[:12]]
    else:
        said.append("The server would accept it.")
    return Answer(_data(planned, told, refusals, []), "\n".join(said))


def _data(
    planned: Plan, told: dict[str, Json], refusals: tuple[Refusal, ...], paths: list[Path]
) -> dict[str, Json]:
    return {
        **told,
        "reach": reach_data(planned.case),
        "doubtful_writers": list(planned.case.doubtful_writers),
        "requirements": [requirement_data(each, planned.case.policy) for each in planned.requirements],
        "refusals": [
            {"subject": each.subject, "reason": each.reason, "todo": each.todo} for each in refusals
        ],
        "overlaps": [{"draft": each.draft, "sentence": each.sentence} for each in planned.overlaps],
        "receipt": [str(path.absolute()) for path in paths],
    }
