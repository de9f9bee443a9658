"""Fact-check packs: what is shown can be told again from its answers, which are read with every doubt."""

import re
from html import unescape

import pytest

from soh_author.domain.errors import NotAllowedError, NotFoundError, UsageError
from soh_author.domain.ids import DraftName
from soh_author.domain.judging.requirement import RequirementKind
from soh_author.workflow.comments.answers import LARGEST, read_answers
from soh_author.workflow.comments.checked import FactsChecked, fact_checks
from soh_author.workflow.comments.discussing import discuss, remarks_of
from soh_author.workflow.comments.importing import Imported, import_answers
from soh_author.workflow.comments.packs import MadePack, make_pack
from soh_author.workflow.comments.placing import Standing
from soh_author.workflow.drafting import new_draft, save_private, save_version
from soh_author.workflow.release.releasing_case import policy_of
from soh_author.workflow.release.reviewing import approve, review
from soh_author.workflow.together.syncing import get_latest
from tests.support.people import FEES, VEHICLES, Office, agree, send, write

_TABLE = (
    "Cars <b>only</b>. See [the law](https://law.example/x) and [fees](page:advice/fees).\n\n"
    "- One\n\n- Two\n\n| A | B |\n|---|---|\n| 1 | 2 |\n\n::: warning\nDon't.\n:::"
)


def _packed(people: Office, *, page: str = "", force: str = "") -> MadePack:
    write(people.nia, "april", FEES, "What you pay.", "What you have to pay.")
    write(people.nia, "april", VEHICLES, "We seize vehicles that are not insured.", _TABLE)
    return make_pack(people.nia.workspace, "april", page=page, force=force).run().value


def _number(made: MadePack, words: str) -> int:
    return next(number for number, each in enumerate(made.pack.blocks, 1) if words in each.source)


def _answer(made: MadePack, *answers: str, name: str = "Dr Jo Lee") -> bytes:
    return "\n".join([made.pack.head, f"Name: {name}", "", *answers, ""]).encode()


def _bring(people: Office, data: bytes) -> Imported:
    return import_answers(people.nia.workspace, "april", data, people.nia.signer).run().value


def test_a_pack_is_one_file_that_asks_the_network_for_nothing_and_lets_no_text_be_code(
    people: Office,
) -> None:
    made = _packed(people)
    html = made.html
    assert "Cars &lt;b&gt;only&lt;/b&gt;" in html
    assert "the law (https://law.example/x)" in html
    text = html.partition("<body>")[2].partition("<script>")[0]
    assert not re.search(r"<(?:a|img|link|iframe|object)\b|\bon\w+=|\bsrc=|\bhref=", text)
    assert "default-src 'none'; script-src 'sha256-" in unescape(html)
    assert "£26" in html
    assert html.count("<fieldset") == len(made.pack.blocks)
    assert "\n[1] \n" in html


def test_blocks_are_paragraphs_lists_tables_and_components_each_once(people: Office) -> None:
    made = _packed(people, page="advice/seized-vehicles", force="essex")
    starts = [each.source.split("\n")[0] for each in made.pack.blocks if each.spot.section == "why"]
    assert starts[0].startswith("Cars")
    assert starts[1:] == ["- One", "| A | B |", "::: warning"]
    assert {str(each.page) for each in made.pack.outputs} == {"advice/seized-vehicles"}
    spots = [(each.spot, each.source) for each in made.pack.blocks]
    assert len(spots) == len(set(spots))


def test_what_has_to_change_becomes_comments_on_the_words_under_the_name_of_who_checked(
    people: Office,
) -> None:
    made = _packed(people)
    amount, cars = _number(made, "Storage is"), _number(made, "Cars")
    done = _bring(
        people, _answer(made, f"[{amount}] change: It is £27", "since April.", f"[{cars}] Correct.")
    )
    assert (done.comments, done.correct, done.changed) == (1, 1, ())
    found = discuss(people.nia.workspace, "april").run().value
    (placed,) = found.placed
    assert placed.standing is Standing.EXACT
    assert placed.section == "amounts"
    assert placed.thread.root.remark.text == "It is £27\nsince April."
    assert found.who(placed.thread.root) == "Dr Jo Lee (brought in by Nia Morgan)"
    assert placed.thread.root.remark.pack == made.pack.digest


def test_answers_brought_in_twice_are_there_once(people: Office) -> None:
    made = _packed(people)
    data = _answer(made, f"[{_number(made, 'Storage is')}] change: It is £27")
    assert (_bring(people, data).comments, _bring(people, data).known) == (1, 1)
    assert len(discuss(people.nia.workspace, "april").run().value.placed) == 1


def test_answers_about_text_that_has_changed_since_are_told(people: Office) -> None:
    made = _packed(people)
    number, lead = _number(made, "Storage is"), _number(made, "What you have to pay.")
    write(people.nia, "april", FEES, "Storage is", "Keeping it is")
    outcome = import_answers(
        people.nia.workspace,
        "april",
        _answer(made, f"[{number}] change: No", f"[{lead}] correct"),
        people.nia.signer,
    ).run()
    assert outcome.value.changed == (number,)
    assert f"has changed since in {number}" in outcome.notice
    (placed,) = discuss(people.nia.workspace, "april").run().value.placed
    assert placed.standing is Standing.ALIKE


def test_a_fact_that_changed_since_is_told_though_the_words_are_the_same(people: Office) -> None:
    made = _packed(people)
    write(people.nia, "april", "shared/facts.yml", '{value: "26.00"}', '{value: "28.00"}')
    number = _number(made, "Storage is")
    assert _bring(people, _answer(made, f"[{number}] correct")).changed == (number,)


def test_answers_change_nothing_that_has_to_be_approved(people: Office) -> None:
    made = _packed(people)
    before = review(people.nia.workspace, "april").run().value.mark
    _bring(people, _answer(made, "[1] change: No"))
    assert review(people.nia.workspace, "april").run().value.mark == before


def test_answers_come_back_in_a_mail_quoted_and_without_answers_to_all(people: Office) -> None:
    made = _packed(people)
    lines = _answer(made, "[1] ", "[2] ok", "[3] needs change").decode().splitlines()
    mail = "\r\n".join(["Dear Nia,", "", *(f"> {line}" for line in lines)]).encode("utf-8-sig")
    read = read_answers(mail)
    assert read.said == {2: "", 3: "(not said)"}
    assert read.name == "Dr Jo Lee"


@pytest.mark.parametrize(
    ("old", "new", "why"),
    [
        ("SOH Author fact check 1", "Hello", "is missing"),
        ("Pack: sha256:", "Pack: sha512:", "“Pack”"),
        ("Name: Dr Jo Lee", "", "name of who checked"),
        ("Name: Dr Jo Lee", "Name: " + "x" * 101, "name of who checked"),
        ("Name: Dr Jo Lee", "Name: a\u202eb", "name of who checked"),
        ("Name: Dr Jo Lee", "Name: A\nName: B", "told twice"),
        ("Day: 2026-11-22", "Day: yesterday", "a day, page or language"),
        ("Draft: april", "Draft: ../april", "can't be used"),
        ("Draft: april", "Draft: march", "about the draft “march”"),
        ("Version: ", "Version: --all", "“Version”"),
        ("[1] change: No", "[1] change: No\n[1] correct", "answered twice"),
        ("[1] change: No", "[1] change: " + "x" * 5_001, "longer than"),
        ("[1] change: No", "[1] change: \x1b[31mNo", "can't be seen"),
        ("[1] change: No", "[99999] change: No", "aren't those of the pack"),
        ("Day: 2026-11-22", "Day: 2026-12-22", "aren't those of the pack"),
        ("Page: advice/fees", "Page: ../../etc/passwd", "can't be used"),
        ("Page: advice/fees essex en", "Page: advice/fees", "a page in its first lines"),
        ("Page: advice/fees essex en", "Page: advice/nothing essex en", "aren't those of the pack"),
        ("Page: advice/fees essex en", "Page: advice/fees essex en\n" * 201, "more pages than"),
    ],
)
def test_answers_that_are_damaged_or_forged_are_refused_and_nothing_is_kept(
    people: Office, old: str, new: str, why: str
) -> None:
    text = _answer(_packed(people), "[1] change: No").decode()
    assert old in text
    before = people.nia.workspace.revision_of("april")
    with pytest.raises(UsageError, match=re.escape(why)):
        _bring(people, text.replace(old, new, 1).encode())
    assert people.nia.workspace.revision_of("april") == before


@pytest.mark.parametrize("data", [b"", b"\xff\xfe", b"x" * (LARGEST + 1), b"<html><body>SOH Author"])
def test_whatever_is_no_answer_is_refused(data: bytes) -> None:
    with pytest.raises(UsageError, match="no answers to a fact-check pack"):
        read_answers(data)


def test_a_version_of_another_draft_is_not_answered_for(people: Office) -> None:
    made = _packed(people)
    write(people.nia, "other", FEES, "What you pay.", "What it costs.")
    other = people.nia.workspace.revision_of("other")
    forged = _answer(made, "[1] change: No").replace(made.pack.version.encode(), other.encode())
    with pytest.raises(UsageError, match="doesn't have"):
        _bring(people, forged)
    for version in ("0" * 40, "f" * 40):
        gone = forged.replace(other.encode(), version.encode())
        with pytest.raises(UsageError, match="doesn't have"):
            _bring(people, gone)


def test_where_there_is_nothing_to_check_no_pack_is_made(people: Office) -> None:
    write(people.nia, "april", FEES, "What you pay.", "What you have to pay.")
    for page, force in (("advice/seized-vehicles", ""), ("", "nowhere")):
        with pytest.raises(UsageError, match="nothing to check"):
            make_pack(people.nia.workspace, "april", page=page, force=force).run()
    with pytest.raises(NotFoundError):
        make_pack(people.nia.workspace, "nothing").run()


def _checked(people: Office) -> FactsChecked:
    return fact_checks(people.sam.workspace, "april").run().value


def test_what_was_found_right_is_written_down_signed_and_told_to_whoever_reviews(people: Office) -> None:
    made = _packed(people)
    send(people, "april")
    count = len(made.pack.blocks)
    answers = [f"[{number}] correct" for number in range(1, count)]
    _bring(people, _answer(made, *answers, f"[{count}] change: No"))
    get_latest(people.sam.workspace).run()
    found = _checked(people)
    assert (found.blocks, found.correct, found.wrong, found.stale) == (count, count - 1, 1, 0)
    told = f"Facts checked: {count - 1} of {count} blocks correct, 1 to change, by Dr Jo Lee"
    assert found.sentence == f"{told} (brought in by Nia Morgan)."
    (signed,) = (
        each
        for each in remarks_of(
            people.sam.workspace, DraftName("april"), policy_of(people.sam.workspace.snapshot())
        ).signed
        if each.remark.checked
    )
    assert (signed.remark.person, signed.remark.pack) == ("nia", made.pack.digest)


def test_what_changed_since_it_was_checked_is_stale_and_the_last_word_on_a_block_counts(
    people: Office,
) -> None:
    made = _packed(people)
    number, lead = _number(made, "Storage is"), _number(made, "What you have to pay.")
    _bring(people, _answer(made, f"[{number}] correct", f"[{lead}] change: No"))
    people.clock.pass_time(minutes=1)
    _bring(people, _answer(made, f"[{lead}] correct", name="Ann Ray"))
    write(people.nia, "april", FEES, "Storage is", "Keeping it is")
    found = fact_checks(people.nia.workspace, "april").run().value
    assert (found.correct, found.wrong, found.stale) == (1, 0, 1)
    assert found.sentence.endswith("Nia Morgan); stale: 1, whose text has changed since.")
    assert "Dr Jo Lee" in found.sentence
    assert "Ann Ray" in found.sentence


def test_answers_that_all_is_right_are_written_down_once(people: Office) -> None:
    made = _packed(people)
    data = _answer(made, "[1] correct")
    first, second = _bring(people, data), _bring(people, data)
    assert (first.comments, first.correct) == (0, 1)
    assert first.remarked is not None
    assert second.remarked is None


def test_answers_brought_in_satisfy_no_requirement_and_a_fact_checkers_word_does(people: Office) -> None:
    """Disclosure is what the sample's policy asks to have checked."""
    path = "shared/pages/foi/costs.en.md"
    text = "---\ntitle: Costs\ntype: disclosure\nurl: /foi/costs/\nsummary: What it costs.\n"
    text += "owner: national-content\nreview_by: 2028-01-31\nreference: FOI-1\npublished: 2026-02-12\n"
    text += "---\nIt costs little.\n"
    new_draft(people.nia.workspace, "april").run()
    save_private(people.nia.workspace, "april", path, text).run()
    save_version(people.nia.workspace, "april", "A page").run()
    send(people, "april")
    made = make_pack(people.nia.workspace, "april").run().value
    _bring(people, _answer(made, "[1] correct"))
    agree(people.sam, "april")

    def missing() -> set[RequirementKind]:
        found = review(people.sam.workspace, "april").run().value
        return {each.kind for each in found.unmet} - {RequirementKind.CONTENT}

    assert missing() == {RequirementKind.FACT_CHECKED}
    seen = review(people.sam.workspace, "april").run().value.seen
    with pytest.raises(NotAllowedError, match="wrote some of") as refused:
        approve(people.nia.workspace, "april", seen, people.nia.signer, is_fact_check=True).run()
    assert "Alex Rees" in refused.value.todo
    done = approve(people.sam.workspace, "april", seen, people.sam.signer, is_fact_check=True).run()
    assert done.notice.startswith("You have said that the facts are right in")
    assert not missing()
