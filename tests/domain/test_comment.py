"""Conversations are the same whatever order their remarks arrive in."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from soh_author.domain.comment import (
    Anchor,
    Remark,
    RemarkKind,
    SignedRemark,
    ThreadState,
    threads_of,
)
from soh_author.domain.ids import DraftName, Language, PageId, PersonId, SectionId
from soh_author.domain.layers import SHARED

_START = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
_WORDS = Anchor(PageId("advice/fees"), Language.EN, SHARED, SectionId("amounts"), "Storage is")


def _said(kind: RemarkKind, minute: int = 0, to: str = "", name: str = "") -> SignedRemark:
    anchor = _WORDS if kind.begins or kind is RemarkKind.ACCEPT else None
    when = _START + timedelta(minutes=minute)
    remark = Remark(
        kind, "r", DraftName("april"), PersonId("sam"), when, "0" * 32, "Is it?", to, anchor, "It costs"
    )
    return SignedRemark(name or f"{kind.value}-{minute}-{to}", remark)


_ROOT = _said(RemarkKind.SUGGESTION, name="root")
_LATER = st.lists(
    st.builds(
        _said,
        st.sampled_from([kind for kind in RemarkKind if not kind.begins]),
        st.integers(0, 5),
        st.sampled_from(["root", "another"]),
    ),
    max_size=8,
)


@given(_LATER)
def test_the_order_of_arrival_does_not_count(later: list[SignedRemark]) -> None:
    everything = [_ROOT, *later]
    other = [*reversed(everything), *everything[:2]]
    assert threads_of(everything) == threads_of(other)
    (thread,) = threads_of(other)
    assert all(each.remark.refers_to == "root" for each in thread.later)


def test_the_last_who_decided_tells_how_it_stands() -> None:
    def stands(*later: SignedRemark) -> ThreadState:
        return threads_of([_ROOT, *later])[0].state

    resolved, reopened = _said(RemarkKind.RESOLVE, 1, "root"), _said(RemarkKind.REOPEN, 2, "root")
    assert stands() is ThreadState.OPEN
    assert stands(resolved) is ThreadState.RESOLVED
    assert stands(reopened, resolved) is ThreadState.OPEN
    assert stands(resolved, _said(RemarkKind.REPLY, 3, "root")) is ThreadState.RESOLVED
    assert stands(_said(RemarkKind.ACCEPT, 4, "root"), reopened) is ThreadState.ACCEPTED


def test_what_suggests_nothing_is_not_accepted() -> None:
    comment = _said(RemarkKind.COMMENT, name="root")
    (thread,) = threads_of([comment, _said(RemarkKind.ACCEPT, 1, "root")])
    assert thread.is_open
    assert thread.acceptances == ()


def test_an_answer_that_arrives_before_what_it_answers_waits_for_it() -> None:
    reply = _said(RemarkKind.REPLY, 1, "root")
    assert threads_of([reply]) == ()
    assert threads_of([reply, _ROOT])[0].later == (reply,)
