"""Replacing in every text: what can't be read is left alone, what moved is refused."""

from pathlib import Path

import pytest

from soh_author.domain.errors import WorldMovedError
from soh_author.domain.finding import Search
from soh_author.workflow.drafting import new_draft, save_private
from soh_author.workflow.replacing import find_places, replace_places
from tests.support.content import small_workspace

PATH = "shared/pages/advice/seized-vehicles.en.md"


def test_links_facts_and_components_are_no_words(tmp_path: Path) -> None:
    workspace = small_workspace(tmp_path)
    new_draft(workspace, "fees").run()
    text = (workspace.snapshot("fees").text(PATH) or "") + (
        "\nA zebra: [zebra](page:advice/zebra), {{ fact.zebra }}.\r\n"
        "::: note zebra\n😀 zebra\u00a0crossing\n:::\n"
    )
    save_private(workspace, "fees", PATH, text).run()
    found = find_places(workspace, "fees", Search("zebra")).run().value
    assert [place.says("[]") for place in found.found] == [
        "A []: [zebra](page:advice/zebra), {{ fact.zebra }}.",
        "A zebra: [[]](page:advice/zebra), {{ fact.zebra }}.",
        "😀 []\u00a0crossing",
    ]
    replace_places(workspace, "fees", found, {0, 2}, "horse").run()
    now = workspace.snapshot("fees").text(PATH)
    assert now == text.replace("A zebra:", "A horse:").replace("😀 zebra", "😀 horse")


def test_a_text_that_changed_since_is_not_written(tmp_path: Path) -> None:
    workspace = small_workspace(tmp_path)
    new_draft(workspace, "fees").run()
    found = find_places(workspace, "fees", Search("vehicles")).run().value
    save_private(workspace, "fees", PATH, "---\ntitle: x\n---\nNew.\n").run()
    with pytest.raises(WorldMovedError):
        replace_places(workspace, "fees", found, range(len(found.found)), "cars").run()
    assert workspace.snapshot("fees").text(PATH) == "---\ntitle: x\n---\nNew.\n"
