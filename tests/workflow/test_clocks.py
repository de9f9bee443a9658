"""Clocks that are a day wrong, of whoever signs and of the server: what happens is said in words."""

from soh_author.workflow.release.publishing import Wish, plan
from soh_author.workflow.release.reviewing import approve, review, submit
from soh_author.workflow.together.syncing import get_latest
from tests.support.people import FEES, Office, agree, send, write


def _sent(people: Office) -> None:
    write(people.nia, "fees", FEES, "What you pay.", "What you have to pay.")
    send(people, "fees")
    get_latest(people.sam.workspace).run()


def test_who_approves_with_a_clock_a_day_behind_is_told_so_and_why_it_may_not_count(people: Office) -> None:
    _sent(people)
    people.clock.pass_time(days=-1)
    seen = review(people.sam.workspace, "fees").run().value.seen
    done = approve(people.sam.workspace, "fees", seen, people.sam.signer).run()
    assert "clock says 21 November 2026" in done.notice
    assert "what is live was made on 22 November 2026" in done.notice
    people.clock.pass_time(days=1)
    assert "clock" not in submit(people.nia.workspace, "fees", people.nia.signer).run().notice


def test_a_yes_by_a_clock_a_day_ahead_is_doubted_in_words_by_everybody_else(people: Office) -> None:
    _sent(people)
    people.clock.pass_time(days=1)
    agree(people.sam, "fees")
    people.clock.pass_time(days=-1)
    get_latest(people.alex.workspace).run()
    planned = plan(people.alex.workspace, Wish(("fees",)), people.alex.signer).run().value
    said = " ".join(each.sentence for each in planned.unmet)
    assert "which is still to come; the clock it was made by is wrong" in said
