"""``repair``: a damaged workspace is made whole again."""

import click

from soh_author.cli.answer import Answer
from soh_author.cli.call import Call, verb
from soh_author.workflow.repairing import repair_workspace


@click.command()
@verb
def repair(call: Call) -> Answer:
    """Look whether the workspace is whole, and repair it when it is damaged.

    What is missing comes from the origin. Drafts and texts saved privately stay, and the damaged files are
    kept in a folder beside.
    """
    outcome = call.run(repair_workspace(call.folder, call.world.clock))
    done = outcome.value
    return Answer(
        {
            "was_damaged": done.aside is not None,
            "kept_aside": str(done.aside) if done.aside else "",
            "shortened": [
                {"name": each.name, "versions_lost": each.lost, "is_kept": each.is_kept}
                for each in done.shortened
            ],
            "gone": list(done.gone),
            "found": done.found,
            "is_fetched": done.is_fetched,
        },
        outcome.notice,
    )
