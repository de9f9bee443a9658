"""Copies of shared text in local pages are found, with their likeness and age."""

from datetime import UTC, datetime
from pathlib import Path

from soh_author.workflow.overrides.duplicates_elsewhere import duplicates_elsewhere
from soh_author.workflow.workspace import Workspace
from tests.support.content import VEHICLES, small_content, small_workspace

LONG = (
    "We seize vehicles that are driven without insurance, without a valid licence or in a way that alarms "
    "other people. An officer will give you a notice that tells where your vehicle is kept and how long you "
    "have to claim it before it may be sold or destroyed."
)
SHARED_FILE = "shared/pages/advice/seized-vehicles.en.md"
LOCAL_FILE = "forces/essex/pages/campaigns/uninsured.en.md"
LOCAL = """---
kind: local
title: Uninsured
type: about
url: /campaigns/uninsured/
summary: A campaign.
owner: essex-web
review_by: 2027-01-01
---
Our campaign begins today.

## What happens to your car {#what-happens}
"""


def content(local: str) -> dict[str, str]:
    files = small_content()
    files[SHARED_FILE] = VEHICLES.replace("We seize vehicles that are not insured.", LONG)
    files[LOCAL_FILE] = LOCAL + local + "\n"
    return files


def test_a_near_copy_is_listed_with_its_likeness_and_age(tmp_path: Path) -> None:
    with small_workspace(tmp_path, content(LONG.replace("alarms other", "frightens other"))) as made:
        (found,) = duplicates_elsewhere(made, "published").run().value
    assert (found.local.section, found.shared.section) == ("what-happens", "why")
    assert 0.5 < found.likeness < 1
    assert found.sentence.startswith("Essex, campaigns/uninsured, “What happens to your car”: ")
    assert "Last changed 2026-11-22." in found.sentence


def test_a_copy_that_fell_behind_the_shared_page_is_told(tmp_path: Path) -> None:
    with small_workspace(tmp_path, content(LONG)) as made:
        text = (made.snapshot().text(SHARED_FILE) or "") + "\nOne word more.\n"
        _later(made, {SHARED_FILE: text.encode()})
        (found,) = duplicates_elsewhere(made, "published").run().value
    assert found.is_behind
    assert "before the shared page" in found.sentence


def _later(made: Workspace, changes: dict[str, bytes]) -> None:
    head = made.store.resolve("published")
    when = datetime(2026, 12, 24, 9, 0, tzinfo=UTC)
    made.store.write("published", head, changes, note="Later", author=made.person.author, when=when)


def test_an_inserted_section_that_copies_another_page_counts(tmp_path: Path) -> None:
    files = content("Something else entirely, about nothing in particular.")
    files["forces/kent/pages/advice/fees.en.md"] = (
        "---\noverrides: advice/fees\nops:\n- {op: insert-after, after: amounts, section: seizing}\n---\n"
        f"## Seizing {{#seizing}}\n{LONG}\n"
    )
    with small_workspace(tmp_path, files) as made:
        (found,) = duplicates_elsewhere(made, "published").run().value
    assert (found.who, found.local.page, found.likeness) == ("Kent", "advice/fees", 1.0)


def test_an_override_is_no_duplicate(tmp_path: Path) -> None:
    files = content("Something else entirely, about nothing in particular.")
    kent = "forces/kent/pages/advice/seized-vehicles.en.md"
    files[kent] = (
        "---\noverrides: advice/seized-vehicles\nops:\n- {op: replace, section: why}\n---\n"
        f"## Why we seize vehicles {{#why}}\n{LONG} Really.\n"
    )
    with small_workspace(tmp_path, files) as made:
        outcome = duplicates_elsewhere(made, "published").run()
    assert outcome.value == ()
    assert outcome.notice == "No local text repeats shared ones."


def test_how_much_must_be_alike_can_be_chosen(tmp_path: Path) -> None:
    with small_workspace(tmp_path, content(LONG.replace("alarms other", "frightens other"))) as made:
        assert duplicates_elsewhere(made, "published", least=0.99).run().value == ()
