"""The story of a section: who wrote its words, whether they are out, who else reads them."""

from datetime import date
from pathlib import Path

from soh_author.domain.ids import ForceId, Language, PageId, SectionId
from soh_author.workflow.drafting import new_draft, save_private, save_version
from soh_author.workflow.section_story import Asked, SectionStory, section_story
from soh_author.workflow.workspace import Person, Workspace
from tests.support.content import small_workspace

PATH = "shared/pages/advice/seized-vehicles.en.md"
BRING, WHY = (
    Asked(
        PageId("advice/seized-vehicles"),
        SectionId(name),
        PATH,
        ForceId("essex"),
        Language.EN,
        date(2026, 11, 22),
    )
    for name in ("bring", "why")
)


def _story(workspace: Workspace, asked: Asked, source: str = "fees", **unsaved: str) -> SectionStory:
    texts = {PATH: unsaved["text"]} if unsaved else {}
    return section_story(workspace, source, workspace.snapshot(source, unsaved=texts), asked)


def test_words_belong_to_who_changed_them_and_not_to_who_changed_others(tmp_path: Path) -> None:
    workspace = small_workspace(tmp_path)
    first = workspace.person.name
    new_draft(workspace, "fees").run()
    workspace.person = Person("Sam Okafor", "sam@example.police.uk")
    text = workspace.snapshot("fees").text(PATH) or ""
    changed = text.replace("insured", "taxed")
    assert changed != text
    save_private(workspace, "fees", PATH, changed).run()
    assert _story(workspace, WHY).written == "Changed here, in no version yet."
    save_version(workspace, "fees", "Tax").run()
    assert _story(workspace, WHY).written.startswith("Written by Sam Okafor, ")
    assert _story(workspace, WHY).published == "Not published yet."
    assert _story(workspace, BRING).written.startswith(f"Written by {first}, ")
    assert _story(workspace, BRING).published == "Published before releases were kept."
    assert _story(workspace, BRING, text=changed + "\n").written.startswith(f"Written by {first}, ")
    unsaved = changed.replace("taxed", "parked well")
    assert _story(workspace, WHY, text=unsaved).written == "Changed here, in no version yet."
    assert "read this section from the shared text" in _story(workspace, BRING).readers
