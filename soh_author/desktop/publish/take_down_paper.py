"""What taking a page down affects, in words: outputs by force, and the files that link to it. No Qt."""

from collections.abc import Iterator
from html import escape

from soh_author.desktop.theme.colours import Colours
from soh_author.domain.ids import ForceId
from soh_author.domain.sentence import first_upper
from soh_author.workflow.names import Names
from soh_author.workflow.release.publishing_take_down import Affected
from soh_author.workflow.release.take_down_wish import How, TakeDown

_MOST = 60


def affected_paper(found: Affected, what: TakeDown, names: Names, colours: Colours) -> str:
    """Everything it affects, as HTML for a text view."""
    parts = [
        f"<p><b>{escape(found.sentence)}</b> Nothing is written yet.</p>",
        "<h3>Whose public reads it differently</h3>",
        *_readers(found, names),
        "<h3>What links to it</h3>",
    ]
    if not found.inbound:
        parts.append("<p>Nothing.</p>")
    elif what.force is not None and what.how is not How.BANNER:
        parts.append("<p>These links still lead to the page, which says only what stands in its place.</p>")
    elif what.how is How.REDIRECT and what.target is not None:
        parts.append(f"<p>These links will lead to “{escape(names.page(what.target))}”.</p>")
    parts += [f"<p>{escape(first_upper(names.path(path)))}</p>" for path in found.inbound[:_MOST]]
    if len(found.inbound) > _MOST:
        parts.append(f"<p>… and {len(found.inbound) - _MOST:,} more.</p>")
    told = "Taken down now, it waits for somebody else’s review; as a draft, it is reviewed first."
    return "".join([*parts, f'<p style="color:{colours.quiet}">{told}</p>'])


def _readers(found: Affected, names: Names) -> Iterator[str]:
    """The forces by the languages in which their public is concerned, each once."""
    languages: dict[ForceId, set[str]] = {}
    for move in found.outputs:
        languages.setdefault(move.force, set()).add(move.language.label)
    for same in sorted({tuple(sorted(said)) for said in languages.values()}):
        forces = names.forces(force for force, said in languages.items() if said == set(same))
        yield f"<p><b>In {' and '.join(same)}:</b> {escape(', '.join(forces))}</p>"
