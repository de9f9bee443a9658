"""``preview PAGE --force F --out FILE``: the page as a force's public will read it."""

from pathlib import Path

import click

from soh_author.cli import findings
from soh_author.cli.answer import Answer, Json
from soh_author.cli.call import Call, verb
from soh_author.cli.files import write_file
from soh_author.cli.options import FORCE, LANGUAGE, ON
from soh_author.cli.reading import find_force, find_page, read_day, read_language
from soh_author.render.renderer import Renderer
from soh_author.workflow.previewing import PreviewRequest
from soh_author.workflow.previewing import preview as make_preview
from soh_author.workflow.workspace import LIVE


@click.command()
@click.argument("page")
@FORCE
@LANGUAGE
@ON
@click.option("--draft", default=LIVE, metavar="NAME", help="With this draft's changes.")
@click.option("--theme", default="auto", type=click.Choice(["auto", "light", "dark"]), help="Colours.")
@click.option(
    "--out", required=True, type=click.Path(path_type=Path), metavar="FILE", help="The HTML file to write."
)
@verb
def preview(  # noqa: PLR0913, PLR0917 - one argument for each option
    call: Call, page: str, force: str, language: str, on: str, draft: str, theme: str, out: Path
) -> Answer:
    """Write a PAGE as a public will read it into a file."""
    day, tongue = read_day(on, call.today), read_language(language)
    with call.reading() as workspace:
        snapshot = workspace.snapshot(draft)
        found = find_page(snapshot, page)
        reader = find_force(snapshot, force)
        request = PreviewRequest(found, reader.id, tongue, day, theme, annotate=False, is_standalone=True)
        shown = make_preview(snapshot, request, Renderer())
    write_file(out, shown.html.encode())
    data: dict[str, Json] = {
        "page": found,
        "force": reader.id,
        "language": tongue.value,
        "on": day.isoformat(),
        "digest": shown.digest,
        "out": str(out.absolute()),
        "diagnostics": findings.as_data(shown.diagnostics),
    }
    text = "\n".join(
        [*([findings.as_text(shown.diagnostics)] if shown.diagnostics else []), f"Written to “{out}”."]
    )
    return Answer(data, text)
