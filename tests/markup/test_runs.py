"""A body that is read in runs reads as it does in one go."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from soh_author.domain.diagnostics import Diagnostic
from soh_author.domain.layers import Place
from soh_author.markup.canonical import canonical_of
from soh_author.markup.runs import cut_into_runs
from soh_author.markup.sections import read_sections, slices_with_blocks
from soh_author.markup.text_checks import check_section_heading, check_text

LINES = st.sampled_from(
    [
        *("## One {#one}", "## Two", "##", " ## Three {#three}", "##Not", "### Deeper", "Words.", "", ""),
        *(
            "```",
            "  ```",
            "````",
            "~~~",
            "    ```",
            "``` a`b",
            "- ```",
            "> ```",
            "- item",
            "  more",
            "1. one",
        ),
        *("::: note", ":::", "::::", ":::: warning Title", "  :::", "- ::: note", ":::: ", "::: x {a=b}"),
        *("> quote", "    code", "\tcode", "a | b", "--|--", "===", "---", "<b>", "[x](nowhere)", "{{ x }}"),
    ]
)
BODIES = st.lists(LINES, max_size=14).flatmap(
    lambda lines: st.sampled_from(["\n", "\n", "\r\n"]).map(lambda end: end.join(lines))
)
PATH = "shared/pages/advice/x.en.md"


@given(BODIES)
def test_runs_put_together_are_the_body(body: str) -> None:
    runs = cut_into_runs(body)
    assert "".join(runs) == body
    assert all(run.startswith("##") for run in runs[1:])


@given(BODIES, st.integers(1, 20), st.booleans())
def test_a_body_reads_in_runs_as_in_one_go(body: str, first_line: int, is_override: bool) -> None:
    read = read_sections(body, first_line, PATH, is_override=is_override)
    whole = list(slices_with_blocks(body, first_line))
    assert list(read.slices) == [piece for piece, _tokens in whole]
    assert [text.canonical for text in read.texts] == [canonical_of(tokens) for _piece, tokens in whole]
    faults: list[Diagnostic] = []
    for (piece, tokens), text in zip(whole, read.texts, strict=True):
        if piece.source:
            faults += check_section_heading(piece.heading, Place(PATH, piece.line), text.id)
        level = 2 if piece.source else 1
        faults += check_text(tokens, first_line, PATH, text.id, level=level)
    assert [fault for fault in read.diagnostics if not fault.code.endswith("section-id")] == faults


@pytest.mark.parametrize(
    ("body", "runs"),
    [
        ("Lead.\n\n## One\nText\n\n## Two\nText\n", 3),
        ("```\n## Not\n```\n## One\n", 2),
        ("::: note\n## Not\n:::\n## One\n", 2),
        ("## One\n\n## Two\n", 2),
        ("- item\n\n  ```\n  ## Not\n\n## One\n", 1),
    ],
    ids=["sections", "code", "component", "no lead", "code in a list"],
)
def test_sections_are_runs_of_their_own_where_nothing_reaches_over(body: str, runs: int) -> None:
    assert len(cut_into_runs(body)) == runs
