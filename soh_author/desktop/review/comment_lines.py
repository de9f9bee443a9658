"""Conversations as lines of a list and as text to read. No Qt."""

from collections.abc import Sequence
from datetime import datetime
from html import escape

from soh_author.desktop.theme.colours import Colours
from soh_author.desktop.widgets.chooser import Choice
from soh_author.domain.comment import RemarkKind, SignedRemark, ThreadState
from soh_author.domain.days import day_and_month
from soh_author.domain.layers import SHARED
from soh_author.workflow.comments.discussing import Discussion
from soh_author.workflow.comments.placing import Placed, Standing
from soh_author.workflow.names import Names
from soh_author.workflow.together.syncing_others import age_words

_DEEDS = {
    RemarkKind.COMMENT: "",
    RemarkKind.SUGGESTION: "suggests other words",
    RemarkKind.REPLY: "",
    RemarkKind.RESOLVE: "resolved it",
    RemarkKind.REOPEN: "reopened it",
    RemarkKind.ACCEPT: "took the words over",
}
_SIGNS = {ThreadState.OPEN: "", ThreadState.RESOLVED: "✓ resolved", ThreadState.ACCEPTED: "✓ taken over"}


def headline(every: Sequence[Placed]) -> str:
    """How much was said, and how much of it is open."""
    is_open = sum(each.thread.is_open for each in every)
    done = len(every) - is_open
    told = [f"{is_open} open" if is_open else "", f"{done} resolved" if done else ""]
    said = ", ".join(part for part in told if part)
    return f"Comments: {said}" if said else "Comments"


def line_of(found: Discussion, each: Placed, now: datetime) -> Choice:
    """A conversation in two lines: what it says, and who says it of what."""
    root = each.thread.root
    title = root.remark.text or f"Instead: {root.remark.replacement or 'without these words'}"
    answers = sum(said.remark.kind is RemarkKind.REPLY for said in each.thread.later)
    told = [found.who(root), _where(each), f"{answers} answered" if answers else ""]
    aside = _SIGNS[each.thread.state] or age_words(root.remark.when, now)
    detail = " · ".join(part for part in told if part)
    kind = "⇄ " if each.thread.is_suggestion else ""
    return Choice(each.thread.id, f"{kind}{' '.join(title.split())}", detail, aside)


def conversation(found: Discussion, each: Placed, names: Names, colours: Colours) -> str:
    """All of a conversation, as HTML for a text view; ``names`` are what people call pages and forces."""
    root, anchor = each.thread.root.remark, each.thread.anchor
    quiet = f"color:{colours.quiet}"
    parts = [f'<p style="{quiet}">{escape(_place(each, names))}</p>']
    if each.is_orphaned:
        parts.append(f"<p>⚠ <b>Orphaned.</b> {escape(each.reason)}</p>")
    elif each.standing is Standing.ALIKE:
        parts.append("<p>⚠ The words were edited since this was said.</p>")
    if anchor.quote and not each.thread.is_suggestion:
        parts.append(f"<p><i>“{_text(anchor.quote)}”</i></p>")
    if each.thread.is_suggestion:
        old = f'<s><span style="background-color:{colours.removed}">{_text(anchor.quote)}</span></s> '
        new = _text(root.replacement) or "<i>without these words</i>"
        told = old if anchor.quote else "For the whole section: "
        parts.append(f'<p>{told}<u><span style="background-color:{colours.added}">{new}</span></u></p>')
    parts += [_said(found, said, quiet) for said in (each.thread.root, *each.thread.later)]
    return "".join(parts)


def _said(found: Discussion, said: SignedRemark, quiet: str) -> str:
    deed = _DEEDS[said.remark.kind]
    when = f"{day_and_month(said.remark.when)} {said.remark.when:%H:%M}"
    head = f'<b>{escape(found.who(said))}</b> {deed} <span style="{quiet}">{when}</span>'
    text = f"<br>{_text(said.remark.text)}" if said.remark.text else ""
    return f'<p style="margin-top:10px">{head}{text}</p>'


def _text(text: str) -> str:
    return escape(text).replace("\n", "<br>")


def _where(each: Placed) -> str:
    if each.is_orphaned:
        return "orphaned"
    return each.heading or ("the head of the page" if each.section else "the page")


def _place(each: Placed, names: Names) -> str:
    anchor = each.thread.anchor
    whose = names.layer(anchor.layer) if anchor.layer == SHARED else f"{names.layer(anchor.layer)}’s text"
    return f"{names.page(anchor.page)} · {_where(each)} · {whose}, {anchor.language.label}"
