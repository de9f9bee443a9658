"""An outline says what reading in full says; what is unusual is no outline."""

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from soh_author.domain.ids import SectionId
from soh_author.domain.page import Page
from soh_author.reading.files import read_file
from soh_author.reading.outlines import outline

SHARED = "shared/pages/advice/fees.en.md"
OWN = "forces/kent/pages/advice/fees.en.md"
WELSH = "shared/pages/advice/fees.cy.md"
HEAD = (
    "---\ntitle: Fees\ntype: advice\nurl: /advice/fees/\nsummary: What it costs.\nowner: national-content\n"
    "review_by: 2027-04-01\n---\n"
)
OVERRIDE = (
    "---\noverrides: advice/fees\nops:\n"
    "- {op: replace, section: amounts, base: sha256:"
    + "0"
    * 64
    + ", why: Ours, owner: kent-web, review_by: 2027-03-01}\n"
    "---\n## Amounts {#amounts}\nIt costs £26.\n"
)
PIECES = st.sampled_from(
    [
        *(
            "Words.\n",
            "\n",
            "## Amounts {#amounts}\n",
            "## More {#more}\n",
            "## No id\n",
            "Under\n---\n",
            "Under\n===\n",
        ),
        *(
            "```\n## in code {#code}\n```\n",
            "::: note\n## inside {#inside}\n:::\n",
            "- item\n",
            "  ## odd {#odd}\n",
        ),
        *(
            "### Deeper\n",
            "{{ fact.fee }}\n",
            "| a | b |\n|---|---|\n| 1 | 2 |\n",
            "## A # {#a}\n",
            "## `x` {#x}\n",
        ),
    ]
)


@settings(max_examples=400)
@given(st.lists(PIECES, max_size=8))
def test_whatever_is_outlined_is_what_is_read(pieces: list[str]) -> None:
    text = (HEAD + "".join(pieces)).encode()
    found = outline(SHARED, text, None)
    assert found is None or found == read_file(SHARED, text).value


LINES = st.sampled_from(
    [
        *(
            "why: Ours",
            "owner: kent-web",
            "review_by: 2027-03-01",
            "at: 1a2b3c4d",
            "confirmed: 2026-11-22 Kim",
            "minor: true",
        ),
        *(
            "section: amounts",
            "section: more",
            "op: hide",
            "op: append",
            "op: insert-after",
            "after: lead",
            "op: nothing",
        ),
        *("review_by: soon", "base: sha256:short", "translates: sha256:" + "a" * 64, "unknown: x"),
    ]
)


@settings(max_examples=400)
@given(
    st.lists(st.lists(LINES, max_size=6, unique_by=lambda line: line[:4]), max_size=3),
    st.lists(PIECES, max_size=4),
)
def test_whatever_override_is_outlined_is_what_is_read(ops: list[list[str]], pieces: list[str]) -> None:
    listed = "".join(f"- {{{', '.join(op)}}}\n" for op in ops)
    text = f"---\noverrides: advice/fees\nops:\n{listed}---\n{''.join(pieces)}".encode()
    found = outline(OWN, text, None)
    assert found is None or found == read_file(OWN, text).value


@pytest.mark.parametrize(
    ("path", "text"),
    [
        (SHARED, HEAD + "Head.\n\n## Amounts {#amounts}\nIt costs £26.\n"),
        (OWN, OVERRIDE),
        (WELSH, "---\ntitle: Ffioedd\nsummary: Beth.\n---\n## Symiau {#amounts}\n£26.\n"),
        (OWN, HEAD.replace("type: advice", "type: advice\nkind: local") + "Ours.\n"),
        (OWN, HEAD.replace("type: advice", "type: advice\nkind: page\noverrides: advice/fees") + "Ours.\n"),
    ],
)
def test_usual_files_are_outlined(path: str, text: str) -> None:
    assert outline(path, text.encode(), None) == read_file(path, text.encode()).value


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("soh.yml", "schema: 1\n"),
        (SHARED, "no fields"),
        (SHARED, HEAD.replace("owner: national-content\n", "") + "Head.\n"),
        (SHARED, HEAD.replace("2027-04-01", "2027-13-01") + "Head.\n"),
        (SHARED, HEAD.replace("type: advice", "type: nothing") + "Head.\n"),
        (SHARED, HEAD.replace("type: advice", "type: advice\nlocked: {amounts: Agreed}") + "Head.\n"),
        (SHARED, HEAD.replace("/advice/fees/", "advice/fees") + "Head.\n"),
        (OWN, OVERRIDE.replace("advice/fees\nops", "advice/other\nops")),
        (OWN, OVERRIDE + "\n## Left over {#left-over}\nNobody's.\n"),
        (OWN, OVERRIDE.replace("It costs £26.\n", "")),
        (OWN, "Stray words.\n".join(OVERRIDE.rsplit("## ", 1)).replace("Stray", "Stray ")),
    ],
)
def test_unusual_files_are_left_to_be_read_in_full(path: str, text: str) -> None:
    assert outline(path, text.encode(), None) is None


def test_bytes_that_are_no_text_are_left_to_be_read_in_full() -> None:
    assert outline(SHARED, HEAD.encode() + b"\xff\xfe", None) is None


def test_only_wanted_sections_have_their_normal_form() -> None:
    text = (
        HEAD + "Head.\n\n## Amounts {#amounts}\nIt  costs\n£26.\n\n## More {#more}\nSome  more.\n"
    ).encode()
    found, whole = outline(SHARED, text, {SectionId("more")}), read_file(SHARED, text).value
    assert isinstance(found, Page)
    assert isinstance(whole, Page)
    assert [section.canonical for section in found.sections] == ["Head.", "It  costs\n£26.", "p Some more."]
    assert [bool(section.canonical) for section in found.sections] == [
        bool(each.canonical) for each in whole.sections
    ]
    assert replace(found, sections=()) == replace(whole, sections=())


def test_the_sample_is_outlined_for_the_most_part_and_rightly(sample_content: Path) -> None:
    files = {
        path.relative_to(sample_content).as_posix(): path.read_bytes()
        for path in sample_content.rglob("*.md")
    }
    read = {path: outline(path, data, None) for path, data in files.items()}
    assert sum(value is not None for value in read.values()) > len(files) * 0.6
    for path, value in read.items():
        assert value is None or value == read_file(path, files[path]).value
