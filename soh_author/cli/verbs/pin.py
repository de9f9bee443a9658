"""``pin [PAGE…]``: write down which text an override was written against, where nobody did."""

from pathlib import Path

import click

from soh_author.cli.answer import Answer, Json, table
from soh_author.cli.call import Call, verb
from soh_author.cli.options import FOLDER, ON
from soh_author.cli.reading import find_page, read_day
from soh_author.domain.errors import UsageError
from soh_author.workflow.folder_content import folder_snapshot
from soh_author.workflow.pinning import PinReport, pin_draft, pin_folder


@click.command()
@click.argument("pages", nargs=-1, metavar="[PAGE]…")
@click.option("--draft", default="", metavar="NAME", help="The draft whose overrides to pin.")
@FOLDER
@ON
@verb
def pin(call: Call, pages: tuple[str, ...], draft: str, plain: Path | None, on: str) -> Answer:
    """Pin unpinned overrides to the text above them.

    Notes which text they, and translations, were written against: the one that stands there now. Only in the
    PAGEs named, or in all. What is pinned already stays; nothing but the pins changes.
    """
    day = read_day(on, call.today)
    if bool(draft) == (plain is not None):
        raise UsageError("Say either --draft or --folder.", safe="Nothing was changed.")
    if plain is not None:
        snapshot = folder_snapshot(plain) if pages else None
        wanted = [find_page(snapshot, page) for page in pages] if snapshot else []
        return _answer(call.value(pin_folder(plain, day, pages=wanted)), draft)
    with call.writing() as workspace:
        wanted = [find_page(workspace.snapshot(draft), page) for page in pages]
        report = call.value(pin_draft(workspace, draft, day, pages=wanted))
    return _answer(report, draft)


def _answer(report: PinReport, draft: str) -> Answer:
    data: dict[str, Json] = {
        "draft": draft or None,
        "revision": report.revision or None,
        "pinned": [
            {"path": each.path, "what": each.thing.value, "name": each.name, "pin": each.pin}
            for each in report.pins
        ],
        "skipped": list(report.skipped),
    }
    rows = [(each.path, each.thing.value, each.name, each.pin.short) for each in report.pins]
    lines = [table(("file", "what", "name", "pin"), rows) if rows else "Everything is pinned already."]
    lines += [
        f"{path} is broken and was left as it is; “soh-author check” tells more." for path in report.skipped
    ]
    return Answer(data, "\n".join(lines))
