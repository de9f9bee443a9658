"""Headings of the text on the screen."""

import pytest

from soh_author.desktop.editor.headings import headings, line_of_section, new_id, section_at
from soh_author.desktop.editor.text_edit import MarkdownEdit
from soh_author.domain.ids import SectionId

PAGE = """---
title: x
---
Lead.

## One {#one}
### Part
##### Deep
```
## Code {#code}
```
## Two
text
# Top
"""


def test_headings_are_listed_with_ids_lines_and_skipped_levels(edit: MarkdownEdit) -> None:
    edit.load(PAGE)
    found = [(one.level, one.title, one.id, one.line, one.skips) for one in headings(edit.document())]
    assert found == [
        (2, "One", "one", 6, False),
        (3, "Part", "", 7, False),
        (5, "Deep", "", 8, True),
        (2, "Two", "", 12, False),
        (1, "Top", "", 14, True),
    ]


def test_a_line_knows_its_section(edit: MarkdownEdit) -> None:
    edit.load(PAGE)
    document = edit.document()
    assert section_at(document, 4) == SectionId("lead")
    assert section_at(document, 10) == SectionId("one")
    assert section_at(document, 13) is None


def test_a_section_knows_its_line(edit: MarkdownEdit) -> None:
    edit.load(PAGE)
    assert line_of_section(edit.document(), "one") == 6
    assert line_of_section(edit.document(), "lead") == 4
    assert line_of_section(edit.document(), "code") is None


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("How to reclaim it", "how-to-reclaim-it"),
        ("What you'll pay", "what-youll-pay"),
        ("101 and 999", "and-999"),
        ("ŵŷâ", "wya"),
        ("😀", "section"),
        ("Lead", "lead-2"),
        ("Taken", "taken-3"),
    ],
)
def test_ids_are_made_from_titles_and_never_twice(title: str, name: str) -> None:
    made = new_id(title, ["taken", "taken-2"])
    assert made == name
    assert SectionId.is_valid(made)
