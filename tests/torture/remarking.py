"""What people do with comments while something goes wrong; each may be done again after it was half done."""

from collections.abc import Callable, Iterable

from soh_author.domain.comment import Thread
from soh_author.domain.errors import NotFoundError
from soh_author.domain.ids import PageId, SectionId
from soh_author.workflow.comments.checked import fact_checks
from soh_author.workflow.comments.discussing import discuss
from soh_author.workflow.comments.importing import import_answers
from soh_author.workflow.comments.packs import make_pack
from soh_author.workflow.comments.saying import accept, add_comment, reply, resolve
from soh_author.workflow.comments.spots import Spot
from soh_author.workflow.together.sending import send_draft
from tests.support.people import FEES, Desk
from tests.torture.stages import ASKED, BETTER, LEAD, NEW

_SAID, _ANSWER, _FOUND = "Is this so?", "It is.", "It costs more."


def threads(desk: Desk) -> Iterable[Thread]:
    """The conversations of the draft, as they stand here."""
    return [placed.thread for placed in discuss(desk.workspace, "fees").run().value.placed]


def has_all(desk: Desk) -> bool:
    """Whether the origin has the whole draft, as far as it was last heard of."""
    store = desk.workspace.store
    try:
        return store.resolve("origin/drafts/fees") == store.resolve("drafts/fees")
    except NotFoundError:
        return False


def _find(desk: Desk, text: str) -> Thread:
    return next(each for each in threads(desk) if each.root.remark.text == text)


def _unless(is_said: Callable[[Desk], bool], say: Callable[[Desk], object]) -> Callable[[Desk], None]:
    """Say something unless it is said, and send the draft unless that is done."""

    def run(desk: Desk) -> None:
        if not is_said(desk):
            say(desk)
        if not has_all(desk):
            send_draft(desk.workspace, "fees").run()

    return run


def _and_sent(is_said: Callable[[Desk], bool]) -> Callable[[Desk], bool]:
    return lambda desk: is_said(desk) and has_all(desk)


def _is_said(desk: Desk) -> bool:
    return any(each.root.remark.text == _SAID for each in threads(desk))


def _say(desk: Desk) -> None:
    spot = Spot(PageId("advice/fees"), SectionId("lead"), NEW)
    add_comment(desk.workspace, "fees", spot, _SAID, desk.signer).run()


def _is_answered(desk: Desk) -> bool:
    return any(each.remark.text == _ANSWER for each in _find(desk, ASKED).later)


def _answer(desk: Desk) -> None:
    reply(desk.workspace, "fees", _find(desk, ASKED).id, desk.signer, _ANSWER).run()


def _is_resolved(desk: Desk) -> bool:
    return not _find(desk, ASKED).is_open


def _resolve(desk: Desk) -> None:
    resolve(desk.workspace, "fees", _find(desk, ASKED).id, desk.signer).run()


def _is_accepted(desk: Desk) -> bool:
    """The word about it and the words themselves come together, or not at all."""
    has_words = BETTER in (desk.workspace.snapshot("fees").text(FEES) or "")
    is_told = bool(_find(desk, LEAD).acceptances)
    assert has_words is is_told, "a suggestion is taken over whole"
    return is_told


def _accept(desk: Desk) -> None:
    accept(desk.workspace, "fees", _find(desk, LEAD).id, desk.signer).run()


def _is_brought_in(desk: Desk) -> bool:
    """What has to change and what is right come together, and once."""
    comments = [each for each in threads(desk) if each.root.remark.text == _FOUND]
    has_checks = bool(fact_checks(desk.workspace, "fees").run().value.people)
    assert len(comments) == int(has_checks), "answers are brought in whole, and once"
    return has_checks


def _bring_in(desk: Desk) -> None:
    pack = make_pack(desk.workspace, "fees").run().value.pack
    data = f"{pack.head}\nName: Dr Jo Lee\n\n[1] change: {_FOUND}\n[2] correct\n".encode()
    import_answers(desk.workspace, "fees", data, desk.signer).run()


DEEDS = {
    "comment": ("sam", _unless(_is_said, _say), _and_sent(_is_said)),
    "reply": ("nia", _unless(_is_answered, _answer), _and_sent(_is_answered)),
    "resolve": ("nia", _unless(_is_resolved, _resolve), _and_sent(_is_resolved)),
    "accept": ("nia", _unless(_is_accepted, _accept), _and_sent(_is_accepted)),
    "bring answers in": ("nia", _unless(_is_brought_in, _bring_in), _and_sent(_is_brought_in)),
}
"""Each by its name: who does it, how, and how to tell that it is done."""
