"""Whole files: what can be read of broken ones, and hostile ones."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from soh_author.domain.facts import FactType
from soh_author.domain.force import Force, Group, Manifest
from soh_author.domain.ids import FactName, ForceId, Language, SectionId
from soh_author.domain.layers import Layer
from soh_author.domain.override import OpKind, Override
from soh_author.domain.page import Page, PageKind, PageType
from soh_author.reading.files import LARGEST_TEXT, MOST_LINES, FactFile, read_file

PAGE = "shared/pages/advice/seized.en.md"
OVER = "forces/gwent/pages/advice/seized.en.md"
HEAD = (
    "---\ntitle: Seized\ntype: campaign\nurl: {en: /a/, cy: /cy/}\nsummary: S.\nowner: o\n"
    "review_by: 2027-04-01\nuntil: 2027-05-01\nrelated: [a, b/c]\nlocked: {pay: Why}\n"
    "section_aliases: {old: pay}\n"
    "moved_from: [x]\n---\n"
)


OPS = "---\noverrides: advice/seized\nops:\n"


def page(text: str, path: str = PAGE) -> Page:
    value = read_file(path, text.encode()).value
    assert isinstance(value, Page)
    return value


def override(text: str, path: str = OVER) -> Override:
    value = read_file(path, text.encode()).value
    assert isinstance(value, Override)
    return value


def codes(text: str, path: str = PAGE) -> list[tuple[int, str]]:
    return [(fault.place.line, fault.code) for fault in read_file(path, text.encode()).diagnostics]


def test_a_shared_page_is_read_whole() -> None:
    read = page(HEAD + "Lead.\n\n## Pay {#pay}\nNow.\n")
    assert (read.id, read.language, read.kind, read.type) == (
        "advice/seized",
        "en",
        PageKind.SHARED,
        PageType.CAMPAIGN,
    )
    assert read.fields == {
        "title": "Seized",
        "summary": "S.",
        "url": "/a/",
        "review_by": "2027-04-01",
        "quick_exit": "true",
        "beta": "false",
        "related": "a, b/c",
        "until": "2027-05-01",
    }
    assert read.urls == {Language.EN: "/a/", Language.CY: "/cy/"}
    assert (read.aliases, read.locked) == ({"old": "pay"}, {"pay": "Why"})
    assert (read.moved_from, read.related, read.owner) == (("x",), ("a", "b/c"), "o")
    assert [(section.id, section.line) for section in read.sections] == [("lead", 14), ("pay", 16)]


def test_a_page_with_broken_fields_is_still_a_page() -> None:
    read = page("---\ntitle: [\nsummary: S.\nurl: x\n---\nLead.\n\n## Pay {#pay}\nNow.\n")
    assert (read.id, read.fields["title"], read.fields["summary"]) == ("advice/seized", "advice/seized", "S.")
    assert "url" not in read.fields
    assert (read.owner, read.review_by, read.urls) == ("", None, {})
    assert [section.id for section in read.sections] == ["lead", "pay"]


def test_a_page_without_fields_is_still_a_page() -> None:
    read = page("Lead.\n\n## Pay {#pay}\nNow.\n")
    assert read.fields["title"] == "advice/seized"
    assert [section.id for section in read.sections] == ["lead", "pay"]


def test_fields_that_could_not_be_read_are_not_called_missing() -> None:
    assert codes("---\ntitle: a: b\n---\n") == [(2, "bad-yaml")]


def test_a_local_page_and_one_taken_over_know_what_they_are() -> None:
    local = page(HEAD.replace("---\n", "---\nkind: local\n", 1), OVER)
    assert (local.kind, local.layer) == (PageKind.LOCAL, Layer.of_force("gwent"))
    pin = "sha256:" + "0" * 64
    text = HEAD.replace(
        "---\n", f"---\nkind: page\noverrides: advice/seized\nbase: {pin}\nat: 1a2b3c4\nwhy: W\n", 1
    )
    over = page(text, OVER)
    assert (over.kind, over.base, over.at, over.why) == (PageKind.TAKEOVER, pin, "1a2b3c4", "W")


def test_a_welsh_page_holds_words_and_pins() -> None:
    pin = "sha256:" + "a" * 64
    text = f"---\ntitle: T\nsummary: C\nurl: /cy-GB/a/\ntranslates: {{lead: {pin}}}\n---\nTestun.\n"
    read = page(text, PAGE.replace(".en.", ".cy."))
    assert (read.language, read.translates, read.urls) == (
        Language.CY,
        {"lead": pin},
        {Language.CY: "/cy-GB/a/"},
    )
    assert read.fields == {"title": "T", "summary": "C", "url": "/cy-GB/a/"}


def test_ops_get_their_blocks_whatever_the_order() -> None:
    read = override(
        f"{OPS}- {{op: append, section: b, why: w, owner: o, review_by: 2027-01-01}}\n"
        "- {op: replace, section: a, base: nothing}\n- {op: hide, section: c, minor: true}\n"
        "- {op: prepend, section: b}\n- {op: replace, section: lead}\n---\n"
        "## A {#a}\nTo a.\n## B {#b}\nBelow b.\n## Lead {#lead}\nLead.\n## B {#b}\nAbove b.\n"
    )
    assert [(op.kind, op.section, op.text.body if op.text else None, op.number) for op in read.ops] == [
        (OpKind.APPEND, "b", "Below b.\n", 0),
        (OpKind.REPLACE, "a", "To a.\n", 1),
        (OpKind.HIDE, "c", None, 2),
        (OpKind.PREPEND, "b", "Above b.\n", 3),
        (OpKind.REPLACE, "lead", "Lead.\n", 4),
    ]
    assert (read.ops[0].why, read.ops[0].owner, str(read.ops[0].review_by)) == ("w", "o", "2027-01-01")
    assert (read.ops[1].base, read.ops[2].is_minor) == (None, True)
    assert [op.place.line for op in read.ops] == [4, 5, 6, 7, 8]


def test_a_bad_op_is_left_out_and_the_others_keep_their_numbers_and_lines() -> None:
    read = override(
        "---\noverrides: advice/seized\nops:\n- {op: x, section: a}\n- {op: hide, section: b}\n---\n"
    )
    assert [(op.section, op.number, op.place.line) for op in read.ops] == [("b", 1, 5)]


def test_set_fields_are_texts_with_their_lines() -> None:
    read = override(
        "---\noverrides: advice/seized\nset:\n  title: {value: T, why: W}\n  related: {value: [a, b]}\n"
        "  quick_exit: {value: perhaps}\n---\n"
    )
    assert [(change.name, change.value, change.place.line, change.why) for change in read.sets] == [
        ("title", "T", 4, "W"),
        ("related", "a, b", 5, ""),
    ]


def test_welsh_ops_need_neither_reason_nor_anchor() -> None:
    pin = "sha256:" + "a" * 64
    text = f"{OPS}- {{op: insert-after, section: a, translates: {pin}}}\n---\n## A {{#a}}\nB\n"
    path = OVER.replace(".en.", ".cy.")
    assert codes(text, path) == []
    assert override(text, path).ops[0].translates == pin


def test_a_heading_without_an_id_is_one_fault_and_not_two() -> None:
    text = OPS + "- {op: replace, section: pay, why: w, owner: o, review_by: 2027-01-01}\n---\n"
    assert codes(text + "## Pay\nNow.\n", OVER) == [(6, "missing-section-id")]


def test_registry_files_become_values() -> None:
    force = read_file(
        "forces/gwent/force.yml",
        b"id: gwent\nname: Gwent Police\nshort_name: Gwent\nkind: territorial\nhost: www.gwent.police.uk\n"
        b"languages: [en, cy]\nwelsh_parity: true\nstatus: live\nfrom: 2021-03-08\ngroups: [wales]\n"
        b"names: {cy: {name: Heddlu Gwent}}\n",
    ).value
    assert isinstance(force, Force)
    assert (force.id, force.name(), force.name(Language.CY)) == ("gwent", "Gwent Police", "Heddlu Gwent")
    assert force.name(Language.CY, "short_name") == "Gwent"
    assert (force.welsh_parity, str(force.start), force.groups) == (True, "2021-03-08", ("wales",))
    group = read_file("groups/wales/group.yml", b"id: wales\nname: Wales\nmembers: [{force: gwent}]\n").value
    assert isinstance(group, Group)
    assert [member.force for member in group.members] == ["gwent"]
    manifest = read_file(
        "soh.yml",
        b"schema: 1\nservice: S\nrepository: 3f1c6d0e-5a2b-4c8d-9e7f-0a1b2c3d4e5f\nlanguages: [en]\n",
    ).value
    assert isinstance(manifest, Manifest)
    assert manifest.languages == (Language.EN,)


def test_a_broken_force_is_still_a_force() -> None:
    force = read_file("forces/gwent/force.yml", b"name: [\n").value
    assert isinstance(force, Force)
    assert (force.id, force.name()) == (ForceId("gwent"), "gwent")


def test_values_of_a_fact_are_in_order_of_their_days() -> None:
    text = (
        b"fee: {type: money, label: Fee, values: [{from: 2027-01-01, value: '3.00'}, {value: '1.00'}, "
        b"{from: 2026-01-01, value: '2.00'}]}\n"
    )
    value = read_file("shared/facts.yml", text).value
    assert isinstance(value, FactFile)
    fact = value.facts[FactName("fee")]
    assert (fact.type, [dated.value for dated in fact.values]) == (FactType.MONEY, ["1.00", "2.00", "3.00"])


def test_a_file_of_the_largest_size_is_read_and_a_larger_one_is_not() -> None:
    just = (HEAD + "x" * (LARGEST_TEXT - len(HEAD))).encode()
    assert read_file(PAGE, just).diagnostics == ()
    assert [fault.code for fault in read_file(PAGE, just + b"x").diagnostics] == ["too-large"]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_a_file_of_the_most_lines_is_read_and_one_with_more_is_not(end: str) -> None:
    lines = HEAD.count("\n")
    just = (HEAD + f"x{end}" * (MOST_LINES - lines)).encode()
    assert read_file(PAGE, just).diagnostics == ()
    (fault,) = read_file(PAGE, just + end.encode()).diagnostics
    assert (fault.code, fault.message) == ("too-large", "The file has 50,001 lines; at most 50,000 are read.")


def test_a_text_gone_wrong_as_a_whole_has_few_findings_that_count_all() -> None:
    found = read_file(PAGE, (HEAD + "<script>\n\n" * 2_000).encode()).diagnostics
    assert [fault.code for fault in found] == ["raw-html"] * 51
    assert found[-1].message == "And 1,950 more like this, here and below."


HOSTILE = {
    "quotes": "> " * 10_000 + "x",
    "quote signs": ">" * 10_000,
    "lists": "- " * 10_000,
    "lists by indent": "".join("  " * level + "- x\n" for level in range(1_000)),
    "brackets": "[" * 10_000,
    "pictures": "![" * 10_000,
    "links": "[a](" * 10_000,
    "emphasis": "*a **b " * 10_000,
    "backticks": "".join("`" * n + "a" for n in range(300)),
    "components": "::: a\n" * 10_000,
    "nested components": "".join(":" * (3 + n % 18) + " a\n" for n in range(10_000)),
    "braces": "{{" * 10_000 + "{%" * 10_000,
    "braces in one paragraph": "{{ " * 50_000,
    "tags": "<a " * 10_000 + "<!--" * 10_000,
    "headings": "## A\n" * 5_000,
    "doubled headings": "## A {#a}\n" * 5_000,
    "tables": "|a" * 500 + "\n" + "|-" * 500 + "\n" + "|b" * 500,
    "escapes": "\\" * 20_000,
    "entities": "&#1" * 10_000,
    "ids": "## {#" * 5_000,
    "spaces": " " * 100_000 + "x",
    "blank lines": "\n" * 49_000,
}


@pytest.mark.parametrize("name", list(HOSTILE))
def test_hostile_text_is_read_within_two_seconds(name: str) -> None:
    start = time.process_time()
    read = read_file(PAGE, (HEAD + HOSTILE[name]).encode())
    assert isinstance(read.value, Page)
    assert time.process_time() - start < 2


@pytest.mark.parametrize("raw", ["[" * 10_000, "{a: " * 10_000, "- " * 10_000, "a: " * 10_000, "? " * 10_000])
@pytest.mark.parametrize("path", [PAGE, OVER, "shared/facts.yml", "forces/gwent/force.yml", "soh.yml"])
def test_hostile_fields_are_read_within_two_seconds(raw: str, path: str) -> None:
    start = time.process_time()
    read = read_file(path, f"---\n{raw}\n---\n".encode() if path.endswith(".md") else raw.encode())
    assert read.diagnostics
    assert time.process_time() - start < 2


def test_ten_megabytes_are_refused_at_once() -> None:
    start = time.process_time()
    assert read_file(PAGE, b"> " * 5_000_000).value is None
    assert time.process_time() - start < 0.1


_keys = st.sampled_from(
    [
        "title",
        "type",
        "url",
        "ops",
        "set",
        "overrides",
        "kind",
        "locked",
        "translates",
        "related",
        "members",
        "values",
    ]
)
_scalars = st.sampled_from(
    [
        "x",
        "a/b",
        "2027-01-01",
        "[a, b]",
        "{a: b}",
        "[{op: hide, section: a}]",
        "local",
        "page",
        '""',
        "|",
        "[",
    ]
)
_front = st.lists(st.tuples(_keys, _scalars), max_size=8).map(
    lambda rows: "".join(f"{k}: {v}\n" for k, v in rows)
)
_paths = st.sampled_from(
    [
        PAGE,
        OVER,
        PAGE.replace(".en.", ".cy."),
        OVER.replace(".en.", ".cy."),
        "shared/facts.yml",
        "forces/gwent/force.yml",
        "groups/wales/group.yml",
        "soh.yml",
        "releases/a.yml",
        "nowhere",
    ]
)


@given(_paths, _front, st.text(max_size=200))
def test_reading_never_raises_for_fields_of_any_shape(path: str, front: str, body: str) -> None:
    text = f"---\n{front}---\n{body}" if path.endswith(".md") else front
    read = read_file(path, text.encode("utf-8", "surrogatepass"))
    assert read.value is not None or read.diagnostics or path == "releases/a.yml"


@given(_paths, st.binary(max_size=300))
def test_reading_never_raises_for_any_bytes(path: str, data: bytes) -> None:
    read = read_file(path, data)
    assert all(fault.place.path == path for fault in read.diagnostics)


def test_section_ids_are_values_of_their_own_type() -> None:
    assert isinstance(page(HEAD + "## A\n").sections[1].id, SectionId)
