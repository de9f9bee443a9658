"""``digest PAGE --force F``: the name of exactly what a force's public reads."""

import click

from soh_author.cli.answer import Answer, Json
from soh_author.cli.call import Call, verb
from soh_author.cli.options import FORCE, LANGUAGE, ON, SOURCE
from soh_author.cli.reading import find_force, find_page, read_day, read_language
from soh_author.render.renderer import Renderer
from soh_author.workflow.outputs import Audience


@click.command()
@click.argument("page")
@FORCE
@LANGUAGE
@ON
@SOURCE
@verb
def digest(  # noqa: PLR0917 - one argument for each option
    call: Call, page: str, force: str, language: str, on: str, source: str
) -> Answer:
    """Print the digest of a PAGE as a public reads it.

    Two outputs with equal digests say the same, word for word.
    """
    day, tongue = read_day(on, call.today), read_language(language)
    with call.reading() as workspace:
        snapshot = workspace.snapshot(source)
        found = find_page(snapshot, page)
        reader = find_force(snapshot, force)
        output, _html = Audience(snapshot, reader.id, tongue, day).render(found, Renderer())
    data: dict[str, Json] = {
        "page": found,
        "force": reader.id,
        "language": tongue.value,
        "on": day.isoformat(),
        "url": output.url,
        "digest": output.digest,
    }
    return Answer(data, output.digest)
