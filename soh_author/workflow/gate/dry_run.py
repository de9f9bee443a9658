"""What the server would say, asked here before anything is sent, in its own voice."""

from datetime import datetime

from soh_author.domain.errors import NotFoundError
from soh_author.gitstore.names import DRAFTS
from soh_author.workflow.gate.gatekeeping import judge_push
from soh_author.workflow.gate.refs import DRAFT_REFS, NOTHING, PUBLISHED_REF, RefUpdate
from soh_author.workflow.gate.refusals import Refusal
from soh_author.workflow.workspace import LIVE, Workspace


def judge_release(workspace: Workspace, version: str, now: datetime) -> list[Refusal]:
    """What the server would say if a version, not yet named by anything, were published now.

    Args:
        workspace: as it was last brought up to date with the origin.
        version: the version, made on top of what is live.
        now: the moment of judgement, with its zone.
    """
    update = RefUpdate(PUBLISHED_REF, workspace.revision_of(LIVE), version)
    return judge_push(workspace.store.folder, [update], now)


def judge_named(workspace: Workspace, name: str, now: datetime) -> list[Refusal]:
    """What the server would say to a draft if it were sent, or to any other version if it were published.

    Raises:
        NotFoundError: when nothing has that name.
    """
    try:
        head = workspace.store.resolve(DRAFTS + name)
    except NotFoundError:
        return judge_release(workspace, workspace.revision_of(name), now)
    try:
        there: str = workspace.store.resolve(f"origin/{DRAFTS}{name}")
    except NotFoundError:
        there = NOTHING
    return judge_push(workspace.store.folder, [RefUpdate(DRAFT_REFS + name, there, head)], now)
