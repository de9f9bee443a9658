"""A draft in which two forces' texts have fallen behind the shared text."""

from soh_author.domain.ids import ForceId, Language, PageId, SectionId
from soh_author.workflow.drafting import new_draft, save_private
from soh_author.workflow.workspace import LIVE, Workspace

DRAFT = "behind"
PAGE = PageId("report/hate-crime")
SHARED_PATH = "shared/pages/report/hate-crime.en.md"
OWN = """---
overrides: report/hate-crime
ops:
- {{op: replace, section: when, base: {pin}, at: {at}, why: Own number, owner: {force}-web, review_by: {by}}}
---
## When to call {{#when}}
Call 101{more}.
"""


def fall_behind(workspace: Workspace, now: str = "Call 101 or report it online.") -> None:
    """Kent and BTP say something else, against the text as it is live; then the shared text changes."""
    snapshot = workspace.snapshot(LIVE)
    day = workspace.clock().date()
    above = snapshot.effective(PAGE, ForceId("gwent"), Language.EN, day).section(SectionId("when"))
    assert above is not None
    new_draft(workspace, DRAFT).run()
    for force in ("kent", "btp"):
        own = OWN.format(
            pin=above.pin, at=workspace.revision_of(LIVE), force=force, by="2026-06-01", more=" at any time"
        )
        save_private(workspace, DRAFT, f"forces/{force}/pages/{PAGE}.en.md", own).run()
    text = snapshot.text(SHARED_PATH)
    assert text is not None
    save_private(workspace, DRAFT, SHARED_PATH, text.replace("Call 101.", now)).run()
