"""``history PAGE``: who saved what, when."""

import click

from soh_author.cli.answer import Answer, Json, table
from soh_author.cli.call import Call, verb
from soh_author.cli.options import SOURCE
from soh_author.cli.reading import find_page
from soh_author.workflow.history import history as page_history


@click.command()
@click.argument("page", required=False)
@SOURCE
@click.option("--limit", default=50, type=click.IntRange(1, 10_000), help="The most versions to list.")
@verb
def history(call: Call, page: str | None, source: str, limit: int) -> Answer:
    """List the versions that touched a PAGE, newest first.

    A version counts whichever layer of the page it touched. Without a PAGE all versions are listed.
    """
    with call.reading() as workspace:
        found = find_page(workspace.snapshot(source), page) if page else None
        versions = call.value(page_history(workspace, source, found, limit=limit))
    data: dict[str, Json] = {
        "page": found,
        "source": source,
        "versions": [
            {
                "revision": version.revision,
                "author": version.author,
                "email": version.email,
                "when": version.when.isoformat(),
                "note": version.note,
            }
            for version in versions
        ],
    }
    rows = [
        (
            version.revision[:8],
            f"{version.when:%Y-%m-%d %H:%M}",
            version.author,
            version.note.partition("\n")[0],
        )
        for version in versions
    ]
    text = table(("version", "when", "by", "note"), rows) if rows else "It has no versions yet."
    return Answer(data, text)
