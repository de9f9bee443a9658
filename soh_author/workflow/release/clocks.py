"""A computer's clock that is wrong: told where it can be noticed, before the server refuses what it dated.

The server judges by its own clock. What is live was made under its eyes, so a clock that is earlier than that
is behind; one that is ahead is only known to the server, which says what both clocks say.
"""

from soh_author.domain.days import moment_in_words
from soh_author.workflow.gate.versions import AHEAD
from soh_author.workflow.workspace import LIVE, Workspace


def words_about_clock(workspace: Workspace) -> str:
    """A sentence to go with what somebody signed, when their clock is behind; empty when it needn't be."""
    live = workspace.store.version(workspace.revision_of(LIVE)).when
    now = workspace.clock()
    if live <= now + AHEAD:
        return ""
    return (
        f" This computer's clock says {moment_in_words(now)}, but what is live was made on"
        f" {moment_in_words(live.astimezone(now.tzinfo))}. If the clock is behind, what you signed may not"
        " count: put it right, then sign again."
    )
