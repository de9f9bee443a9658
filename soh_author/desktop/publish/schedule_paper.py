"""The timetable in words: what a scheduled draft needs and crosses, and what a day to come brings. No Qt."""

from html import escape

from soh_author.desktop.review.paper import changes
from soh_author.desktop.theme.colours import Colours
from soh_author.domain.days import day_in_words, weekday
from soh_author.workflow.names import Names
from soh_author.workflow.release.said_once import names_of
from soh_author.workflow.release.timetable import Ahead, Planned

_MOST = 12


def planned_paper(planned: Planned, colours: Colours) -> str:
    """A scheduled draft, as HTML for a text view."""
    when = planned.moment.astimezone()
    told = f"{weekday(when)} {day_in_words(when)} at {when:%H:%M}"
    parts = [f"<p><b>{escape(str(planned.draft))}</b> goes out on {told}.</p>"]
    parts += [f"<p>⚠ {escape(each)}</p>" for each in planned.crossings[:_MOST]]
    if planned.needs:
        parts.append("<h3>It won’t go out as it is</h3>")
        parts += [f"<p>✗ {escape(each)}</p>" for each in planned.needs[:_MOST]]
        if len(planned.needs) > _MOST:
            parts.append(f"<p>… and {len(planned.needs) - _MOST:,} more.</p>")
    else:
        parts.append("<p>✓ Everything it needs is there.</p>")
    told = "To see what the public will read, look ahead to a day, above."
    parts.append(f'<p style="color:{colours.quiet}">{told}</p>')
    return "".join(parts)


def ahead_paper(found: Ahead, colours: Colours) -> str:
    """What is read differently at a moment to come, as HTML for a text view."""
    when = day_in_words(found.moment)
    rows = "".join(f"<li>{escape(each)}</li>" for each in found.by_itself)
    turning = f"<p><b>Until then, with nobody doing anything:</b></p><ul>{rows}</ul>" if rows else ""
    if not found.drafts:
        now = "." if rows else ": the public reads what is live now."
        return f"<p>No draft goes out by itself until the end of {when}{now}</p>{turning}"
    drafts = ", ".join(f"“{escape(str(draft))}”" for draft in found.drafts)
    names = names_of(found.case) if found.case else Names()
    return "".join(
        [
            f"<p><b>At the end of {when}</b>, when {drafts} went out:</p>",
            *changes(found.groups, names, colours),
            turning,
        ]
    )
