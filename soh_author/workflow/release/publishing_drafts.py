"""Which drafts a release names: those that its records and the origin's drafts bear witness of.

The gate holds a release to that, so that nobody's draft stands in the trail of something it had no part in.
"""

from soh_author.domain.ids import DraftName
from soh_author.gitstore import origin
from soh_author.gitstore.names import DRAFTS
from soh_author.workflow.release.releasing_case import Case
from soh_author.workflow.together.syncing_others import origin_revision
from soh_author.workflow.workspace import Workspace


def drafts_to_name(workspace: Workspace, case: Case) -> tuple[DraftName, ...]:
    """The drafts that go out, in the order in which they were named, then those its records speak of beside.

    A record keeps the name that its draft had when it was made. A draft that no record speaks of is named
    when the origin, as last got, has it with a file of the release; without an origin all are here.
    """
    spoken = {signed.record.draft for signed in case.proposal.records}
    has_origin = origin.origin_of(workspace.store) is not None
    own = [
        name
        for name in case.candidate.drafts
        if name in spoken or not has_origin or _has_part(workspace, case, name)
    ]
    return (*own, *sorted(spoken.difference(own)))


def _has_part(workspace: Workspace, case: Case, name: DraftName) -> bool:
    """Whether the origin's copy of a draft changed a file of the release."""
    sent = origin_revision(workspace, DRAFTS + name)
    if sent is None:
        return False
    store, changes = workspace.store, case.candidate.changes
    return any(
        change.path in changes
        for version in store.versions_between(case.candidate.tip, sent)
        for change in store.changed_paths(version.parents[0] if version.parents else None, version.revision)
    )
