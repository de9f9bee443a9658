"""Changes to the head of a file, one field at a time; only its lines change, and nothing is saved by it."""

from soh_author.domain.ids import SectionId
from soh_author.domain.page import Importance
from soh_author.markup.front_matter import set_field, set_op_fields
from soh_author.workflow.editing import Reason, TextChange


def set_detail(path: str, text: str, name: str, value: str) -> TextChange:
    """Set a field of a page file (title, summary, owner, review_by); an empty value takes it out.

    Raises:
        ContentError: when the front matter isn't closed, or can't be read.
    """
    return TextChange(path, set_field(text, name, value or None))


def mark_section(path: str, text: str, section: SectionId, mark: Importance | None) -> TextChange:
    """Mark a section of a page whose changes must arrive, for safety or law; None takes the mark away.

    Raises:
        ContentError: when the front matter isn't closed, or can't be read.
    """
    return TextChange(path, set_field(text, ("importance", str(section)), mark.value if mark else None))


def change_reason(path: str, text: str, number: int, reason: Reason) -> TextChange:
    """Set why an op of an override is there, who owns it and when to look again; what is empty is taken out.

    Raises:
        ContentError: when the front matter isn't closed, or can't be read.
    """
    fields = {name: reason.fields().get(name) for name in ("why", "owner", "review_by")}
    return TextChange(path, set_op_fields(text, number, fields))
