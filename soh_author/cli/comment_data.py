"""What was said of a draft as answers of verbs."""

from collections.abc import Iterator

from soh_author.cli.answer import Json
from soh_author.domain.comment import SignedRemark
from soh_author.domain.counting import counted
from soh_author.trust.moments import moment_text
from soh_author.workflow.comments.discussing import Discussion
from soh_author.workflow.comments.placing import Placed, Standing
from soh_author.workflow.comments.voice import Remarked

_SHORT = 8
_INDENT = "    "
_STANDING = {
    Standing.EXACT: "",
    Standing.ALIKE: " (the words were edited since)",
    Standing.WHOLE: "",
    Standing.ORPHANED: "",
}


def discussion_data(found: Discussion) -> dict[str, Json]:
    """Everything said of a draft, for programs."""
    return {
        "draft": found.draft,
        "open": found.open_count,
        "comments": [_comment(found, each) for each in found.placed],
        "refused": [{"path": each.path, "reason": each.reason} for each in found.refused],
    }


def discussion_text(found: Discussion, placed: tuple[Placed, ...]) -> Iterator[str]:
    """Conversations for people."""
    if not placed:
        yield "Nobody has said anything of it."
    for each in placed:
        yield from _lines(found, each)
        yield ""
    if placed:
        yield f"{counted(len(placed), 'comment')}, {found.open_count} of all open."
    for refused in found.refused:
        yield f"Not taken: {refused.path}, because {refused.reason}."


def remarked_data(made: Remarked) -> dict[str, Json]:
    """What was just said, for programs."""
    first = made.signed[0]
    return {
        "draft": made.draft,
        "comment": first.remark.refers_to or first.id,
        "remark": first.id,
        "kind": first.remark.kind.value,
        "is_sent": made.is_sent,
    }


def _comment(found: Discussion, each: Placed) -> Json:
    root, anchor = each.thread.root.remark, each.thread.anchor
    return {
        "id": each.thread.id,
        "kind": root.kind.value,
        "state": each.thread.state.value,
        "page": anchor.page,
        "layer": str(anchor.layer),
        "language": anchor.language.value,
        "section": each.section or "",
        "line": each.line,
        "quote": anchor.quote,
        "standing": each.standing.value,
        "reason": each.reason,
        "replacement": root.replacement,
        "said": [_said(found, said) for said in (each.thread.root, *each.thread.later)],
    }


def _said(found: Discussion, said: SignedRemark) -> Json:
    remark = said.remark
    return {
        "id": said.id,
        "kind": remark.kind.value,
        "who": found.who(said),
        "time": moment_text(remark.when),
        "text": remark.text,
    }


def _lines(found: Discussion, each: Placed) -> Iterator[str]:
    thread, anchor = each.thread, each.thread.anchor
    where = f"{anchor.page}#{each.section}" if each.section else str(anchor.page)
    whose = "" if str(anchor.layer) == "shared" else f", {anchor.layer}"
    yield f"{thread.id[:_SHORT]}  {thread.state.value}  {where}{whose} ({anchor.language.value})"
    if each.is_orphaned:
        yield f"{_INDENT}{each.reason}"
    if anchor.quote:
        yield f"{_INDENT}“{' '.join(anchor.quote.split())}”{_STANDING[each.standing]}"
    if thread.is_suggestion:
        words = " ".join(thread.root.remark.replacement.split())
        yield f"{_INDENT}→ “{words}”" if words else f"{_INDENT}→ without these words"
    for said in (thread.root, *thread.later):
        remark = said.remark
        text = f": {remark.text}" if remark.text else ""
        yield f"{_INDENT}{moment_text(remark.when)} {found.who(said)}, {remark.kind.value}{text}"
