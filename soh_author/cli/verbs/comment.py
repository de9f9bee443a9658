"""``comment list|add|reply|resolve|reopen|accept``: what people say of words in a draft."""

from collections.abc import Callable
from pathlib import Path

import click

from soh_author.cli.answer import Answer
from soh_author.cli.call import Call, verb
from soh_author.cli.comment_data import discussion_data, discussion_text, remarked_data
from soh_author.cli.keys import KEY, signer_of
from soh_author.cli.options import LANGUAGE
from soh_author.cli.reading import read_language, read_layer
from soh_author.domain.errors import UsageError
from soh_author.domain.ids import PageId, SectionId
from soh_author.trust.signers import Signer
from soh_author.workflow.comments import saying
from soh_author.workflow.comments.discussing import discuss
from soh_author.workflow.comments.spots import Spot
from soh_author.workflow.comments.voice import Remarked
from soh_author.workflow.task import Outcome, Task
from soh_author.workflow.together.sending_trust import trust_origin
from soh_author.workflow.workspace import Workspace

_TRUST = click.option(
    "--trust-folder",
    is_flag=True,
    help="Let an origin that is a folder run its own checks on this computer, from now on.",
)
_GoOn = Callable[[Workspace, str, str, Signer, str], Task[Remarked]]
_TEXT = click.option("--text", default="", metavar="TEXT", help="What to say.")
_PAGE = click.option("--page", default="", metavar="PAGE", help="Only those about this page.")


@click.group()
def comment() -> None:
    """Comments and suggestions: say something of words in a draft, answer, take suggested words over."""


@comment.command("list")
@click.argument("draft")
@_PAGE
@verb
def list_comments(call: Call, draft: str, page: str) -> Answer:
    """List what was said of DRAFT, and where it stands in the text as it is now."""
    with call.reading() as workspace:
        found = call.value(discuss(workspace, draft))
    placed = found.on_page(PageId(page)) if page else found.placed
    data = discussion_data(found)
    if page:
        wanted = {each.thread.id for each in placed}
        comments = data["comments"]
        assert isinstance(comments, list)
        data["comments"] = [each for each in comments if each["id"] in wanted]
    return Answer(data, "\n".join(discussion_text(found, placed)))


@comment.command("add")
@click.argument("draft")
@click.option("--page", required=True, metavar="PAGE", help="The page it is about.")
@click.option("--section", default="", metavar="ID", help="The section; the page as a whole if not given.")
@click.option("--quote", default="", metavar="WORDS", help="Words of the section, as written there.")
@click.option("--layer", default="shared", help="shared, group:wales, force:gwent …; shared if not given.")
@LANGUAGE
@_TEXT
@click.option("--suggest", "words", default=None, metavar="WORDS", help="Other words for those quoted.")
@KEY
@_TRUST
@verb
def add(  # noqa: PLR0913 - each is an option of the verb
    call: Call,
    draft: str,
    *,
    page: str,
    section: str,
    quote: str,
    layer: str,
    language: str,
    text: str,
    words: str | None,
    key: Path | None,
    trust_folder: bool,
) -> Answer:
    """Say something of a page of DRAFT, a section or words in it, or suggest other words with --suggest.

    An empty --suggest suggests to leave the quoted words out; without --quote it is for the whole section.
    """
    named = SectionId(section) if section else None
    spot = Spot(PageId(page), named, quote, read_layer(layer), read_language(language))
    if quote and named is None:
        raise UsageError("Words are quoted of no section.", todo="Name their section with --section.")
    signer = signer_of(call.world, key)
    with call.writing() as workspace:
        _trust(workspace, is_told=trust_folder)
        if words is None:
            task = saying.add_comment(workspace, draft, spot, text, signer)
        else:
            task = saying.suggest(workspace, draft, spot, words, signer, text=text)
        return _answer(call.run(task))


def _going_on(name: str, make: _GoOn, told: str) -> click.Command:
    """A verb that goes on with a conversation."""

    @comment.command(name, help=told)
    @click.argument("draft")
    @click.argument("comment_id", metavar="COMMENT")
    @_TEXT
    @KEY
    @_TRUST
    @verb
    def go_on(
        call: Call, draft: str, comment_id: str, *, text: str, key: Path | None, trust_folder: bool
    ) -> Answer:
        signer = signer_of(call.world, key)
        with call.writing() as workspace:
            _trust(workspace, is_told=trust_folder)
            return _answer(call.run(make(workspace, draft, comment_id, signer, text)))

    return go_on


reply = _going_on("reply", saying.reply, "Answer COMMENT of DRAFT, named by the first letters of its id.")
resolve = _going_on("resolve", saying.resolve, "Say that COMMENT of DRAFT needs nobody any more.")
reopen = _going_on("reopen", saying.reopen, "Say that COMMENT of DRAFT is not done with after all.")


@comment.command("accept")
@click.argument("draft")
@click.argument("comment_id", metavar="COMMENT")
@KEY
@_TRUST
@verb
def accept(call: Call, draft: str, comment_id: str, key: Path | None, *, trust_folder: bool) -> Answer:
    """Take the words that COMMENT suggests over into DRAFT, as one edit.

    Whoever suggested them counts as an author of the text from then on, and can't approve it.
    """
    signer = signer_of(call.world, key)
    with call.writing() as workspace:
        _trust(workspace, is_told=trust_folder)
        return _answer(call.run(saying.accept(workspace, draft, comment_id, signer)))


def _trust(workspace: Workspace, *, is_told: bool) -> None:
    if is_told:
        trust_origin(workspace)


def _answer(outcome: Outcome[Remarked]) -> Answer:
    return Answer(remarked_data(outcome.value), outcome.notice)
