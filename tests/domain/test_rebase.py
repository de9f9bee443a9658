"""Update from shared: proposals, choices, and one decision for all that are alike."""

from soh_author.domain.comparing.merge import Choice
from soh_author.domain.comparing.rebase import SectionWords, propose_op, propose_page
from soh_author.domain.ids import SectionId
from soh_author.domain.override import Override
from soh_author.domain.page import Page
from soh_author.domain.resolving.effective import EffectivePage
from soh_author.domain.resolving.resolve import from_page, resolve
from tests.support.pages import GWENT, KENT, layer_text, op, override, page, text

BEFORE = page({"fees": text("fees", "It costs £198. Pay at once.", "Fees"), "help": "Ask."})
TODAY = page({"fees": text("fees", "It costs £250. Pay at once.", "Prices"), "help": "Ask."})
BASE = SectionWords("Fees", "It costs £198. Pay at once.")


def resolved(base: Page, *files: Override) -> EffectivePage:
    return resolve(base, [layer_text(file) for file in files])


def test_changes_in_different_sentences_make_a_clean_proposal_with_todays_pin() -> None:
    ours = override(KENT, op("replace", "fees", text("fees", "It costs £198. Pay in Kent.", "Fees")))
    proposal = propose_op(resolved(TODAY, ours).ops[0], BASE)
    assert proposal is not None
    assert proposal.is_clean
    assert proposal.accepted() == SectionWords("Prices", "It costs £250. Pay in Kent.")
    above = from_page(TODAY).section(SectionId("fees"))
    assert above is not None
    assert proposal.pin == above.pin


def test_accepting_a_clean_proposal_makes_the_op_current_without_touching_the_rest() -> None:
    ours = override(KENT, op("replace", "fees", text("fees", "It costs £200. Pay at once.", "Fees")))
    proposal = propose_op(resolved(TODAY, ours).ops[0], BASE)
    assert proposal is not None
    (number,) = proposal.body.conflicts
    assert not proposal.is_clean
    assert proposal.accepted(body={number: Choice.MINE}) == SectionWords(
        "Prices", "It costs £200. Pay at once."
    )


def test_without_the_base_the_proposal_says_so() -> None:
    ours = override(KENT, op("replace", "fees", text("fees", "It costs £200. Pay at once.", "Fees")))
    proposal = propose_op(resolved(TODAY, ours).ops[0], None)
    assert proposal is not None
    assert proposal.is_two_way
    assert proposal.heading.conflicts


def test_a_replaced_lead_has_no_heading_to_merge() -> None:
    ours = override(KENT, op("replace", "lead", text("lead", "Ours.", "Lead")))
    proposal = propose_op(resolved(page({"lead": "Theirs."}), ours).ops[0], SectionWords("", "Base."))
    assert proposal is not None
    assert proposal.heading.text() == ""


def test_what_has_no_words_to_merge_has_no_proposal() -> None:
    ours = override(KENT, op("hide", "help"), op("append", "fees", "More."), op("replace", "gone", "x"))
    assert [propose_op(trace, BASE) for trace in resolved(TODAY, ours).ops] == [None, None, None]


def test_one_decision_serves_all_forces_with_the_same_three_texts() -> None:
    same = text("fees", "It costs £200.\nPay at once.", "Fees")
    wrapped = text("fees", "It costs £200. Pay at once.", "Fees")
    other = text("fees", "It costs £300. Pay at once.", "Fees")
    proposals = [
        proposal
        for layer, words in ((KENT, same), (GWENT, wrapped), (KENT, other))
        if (
            proposal := propose_op(
                resolved(TODAY, override(layer, op("replace", "fees", words))).ops[0], BASE
            )
        )
    ]
    first, rewrapped, dearer = (proposal.key for proposal in proposals)
    assert first == rewrapped != dearer


def test_a_page_taken_over_is_compared_section_by_section() -> None:
    base = from_page(page({"lead": "Read.", "a": "Aaa.", "old": "Old words.", "left-out": "Not ours."}))
    mine = from_page(page({"lead": "Read.", "a": "Ours.", "old": "Old words.", "own": "Only ours."}))
    above = from_page(page({"lead": "Read now.", "a": "Aaa.", "left-out": "Not ours.", "new": "New."}))
    proposal = propose_page(base.sections, mine.sections, above.sections, {})
    assert [(each.section, each.is_clean) for each in proposal.merges] == [("lead", True), ("a", True)]
    assert [each.accepted().body for each in proposal.merges] == ["Read now.", "Ours."]
    assert [each.id for each in proposal.added] == ["new"]
    assert [each.id for each in proposal.deleted] == ["old"]
    assert not proposal.is_clean
    assert propose_page(base.sections, base.sections, base.sections, {}).is_clean
