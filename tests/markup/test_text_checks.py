"""Findings in text: title, text, and each finding's line and code."""

import pytest

from soh_author.markup.sections import read_sections

CASES = [
    ("plain text", "Text *with* `code` and {braces}.\n", []),
    ("a fact", "Call {{ force.phone }} or {{fact.fee}}.\n", []),
    ("calculation", "a\nb {{ 7*7 }}\n", [(2, "template-text")]),
    ("statement", "{% if x %}\n", [(1, "template-text")]),
    ("comment", "{# y #}\n", [(1, "template-text")]),
    ("escaped braces", "\\{{ x }} and \\{% y\n", []),
    ("braces in code", "`{{ x }}`\n\n```\n{% y %}\n```\n", []),
    ("braces in a heading", "## A {{ x }} {#a}\n", [(1, "template-text")]),
    ("braces in a table", "| a |\n|---|\n| {{ x }} |\n", [(3, "template-text")]),
    ("braces in a title", "::: details A {{ x }}\ny\n:::\n", [(1, "template-text")]),
    ("a fact written badly", "{{ fact.Fee }}\n{{ force.a-b }}\n", [(1, "unknown-fact"), (2, "unknown-fact")]),
    ("a tag", "a <b>c</b>\n", [(1, "raw-html"), (1, "raw-html")]),
    ("a script", "text\n\n<script>alert(1)</script>\n", [(3, "raw-html"), (3, "raw-html")]),
    ("a comment of HTML", "a\nb <!-- c -->\n", [(2, "raw-html")]),
    ("a tag over two lines", '<div class="a"\n id="b">\n', [(1, "raw-html")]),
    ("a tag that never ends", "<iframe src=x\n", [(1, "raw-html")]),
    ("less than", "1 < 2 and a<3, b < c\n", []),
    ("an escaped tag", "\\<b> and &lt;b>\n", []),
    ("an address in angle brackets", "<https://example.org/>\n", []),
    ("good links", "[a](page:b/c#d) [e](https://f.g/) [h](tel:101) [i](mailto:j@k.l)\n", []),
    ("http", "x\n[a](http://b.c)\n", [(2, "bad-link")]),
    ("script in a link", "[a](javascript:alert(1))\n", [(1, "bad-link")]),
    ("data in a link", "[a](data:text/html,x)\n", [(1, "bad-link")]),
    ("a path", "[a](/advice/)\n", [(1, "bad-link")]),
    ("a place on no page", "[a](#b)\n", [(1, "bad-link")]),
    ("a bad page id", "[a](page:B)\n", [(1, "bad-link")]),
    ("climbing out", "[a](page:../b)\n", [(1, "bad-link")]),
    ("an empty address", "[a]()\n", [(1, "bad-link")]),
    ("spaces in an address", "[a](page:b c)\n", [(1, "bad-link")]),
    ("a fact in an address", "[a](tel:{{fact.b}})\n", [(1, "bad-link")]),
    ("a link definition", "[a]: https://b.c\n", [(1, "bad-link")]),
    ("a good picture", '![A car](media:a-b.png "Words")\n', []),
    ("a picture without words", "![](media:a.png)\n", [(1, "missing-alt")]),
    ("a decorative picture", "![](media:a.png){.decorative}\n", []),
    ("a picture from elsewhere", "![a](https://b.c/d.png)\n", [(1, "bad-link")]),
    ("a picture from above", "![a](media:../b.png)\n", [(1, "bad-link")]),
    ("words in Welsh", "[Heddlu Gwent]{lang=cy}\n", []),
    ("one sign", "# Title\n", [(1, "heading-level")]),
    ("a skipped level", "## A {#a}\n#### B\n", [(2, "heading-level")]),
    ("good levels", "## A {#a}\n### B\n#### C\n### D\n", []),
    ("a sub-heading in the lead", "### A\n", [(1, "heading-level")]),
    ("a section sign in a quote", "> ## A\n", [(1, "heading-level")]),
    ("a heading without words", "## {#a}\n\n###\n", [(1, "empty-heading"), (3, "empty-heading")]),
    ("good components", '::: emergency\n:::\n::: start-button {href="{{ fact.u }}"}\nGo\n:::\n', []),
    ("components in one another", ":::: details A\n::: note\nb\n:::\n::::\n", []),
    ("an unknown component", "::: box\na\n:::\n", [(1, "unknown-component")]),
    ("a component not closed", "a\n\n::: note\nb\n", [(3, "unclosed-component")]),
    ("colons that close nothing", "a\n\n:::\n", [(3, "bad-component")]),
    ("colons without a name", "::: 1\n", [(1, "bad-component")]),
    (
        "as many colons inside",
        ":::\tdetails A\n::: note\nb\n:::\n:::\n",
        [(1, "unclosed-component"), (5, "bad-component")],
    ),
    ("no title", "::: details\na\n:::\n", [(1, "bad-component")]),
    ("a title too many", "::: note A\nb\n:::\n", [(1, "bad-component")]),
    ("no address", "::: start-button\nGo\n:::\n", [(1, "bad-component")]),
    ("a bad address", '::: start-button {href="javascript:x"}\nGo\n:::\n', [(1, "bad-component")]),
    (
        "two facts in an address",
        '::: start-button {href="{{ fact.a }}{{ fact.b }}"}\nGo\n:::\n',
        [(1, "bad-component")],
    ),
    ("an attribute too many", "::: note {a=b}\nc\n:::\n", [(1, "bad-component")]),
    ("a class", "::: note {.big}\nc\n:::\n", [(1, "bad-component")]),
    ("an empty component", "::: note\n:::\n", [(1, "bad-component")]),
    ("text in a form", "::: form Report\na\n:::\n", [(1, "bad-component")]),
    ("steps without numbers", "::: steps\n- a\n:::\n", [(1, "bad-component")]),
    ("steps", "::: steps\n1. a\n2. b\n:::\n", []),
    ("a component in a list", "- a\n\n  ::: note\n  b\n  :::\n", []),
    ("a component in a quote", "> ::: note\n> b\n> :::\n", []),
    ("a component as an example", "```\n::: note\n```\n", []),
    ("an example in a component", "::: note\n```\n:::\n```\n:::\n", []),
    ("nested too deep", "> " * 60 + "a\n", [(1, "too-deep")]),
    ("too many brackets", "[" * 6000 + "\n", [(1, "too-deep")]),
]


@pytest.mark.parametrize(("title", "text", "expected"), CASES, ids=[case[0] for case in CASES])
def test_faults_are_found_on_their_lines(title: str, text: str, expected: list[tuple[int, str]]) -> None:
    faults = read_sections(text).diagnostics
    assert [(fault.place.line, fault.code) for fault in faults] == expected, title


def test_every_finding_speaks_in_a_sentence() -> None:
    for _, text, _ in CASES:
        for fault in read_sections(text).diagnostics:
            assert fault.message[-1] in ".!", fault.message
            assert len(fault.message) < 250
