"""Lines of a comparison as people read them: a bullet for a hyphen, a name for a component. No Qt."""

from soh_author.workflow.overrides.compared_lines import Line, LineKind


def is_end(line: Line) -> bool:
    """Whether a line only ends a component; nobody has to read that."""
    return line.kind is LineKind.COMPONENT and not "".join(run.text for run in line.runs).strip(": ")


def without_marks(kind: LineKind, text: str) -> str:
    """The head of a line without the signs it is written with."""
    if kind is LineKind.HEADING:
        return text.lstrip("# ")
    if kind is LineKind.ITEM and text.lstrip()[:2] in {"- ", "* ", "+ "}:
        return f"• {text.lstrip()[2:]}"
    if kind is LineKind.QUOTE:
        return text.lstrip("> ")
    if kind is LineKind.COMPONENT:
        return text.replace(":", "").strip().capitalize()
    return text
