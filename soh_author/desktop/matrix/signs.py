"""What a state of the matrix looks like: a sign, a colour, and words. The sign says what the colour says."""

from dataclasses import dataclass
from types import MappingProxyType

from soh_author.desktop.theme.colours import Colours
from soh_author.domain.resolving.cells import CellKind


@dataclass(frozen=True, slots=True)
class Look:
    """How one state is drawn: its sign, the name of its ink in the palette, and whether it fills its cell."""

    sign: str
    ink: str
    is_filled: bool
    told: str


LOOKS = MappingProxyType(
    {
        CellKind.ORPHANED: Look("×", "error", True, "changes a section that is not there any more"),
        CellKind.OUTDATED: Look("!", "warning", True, "the text above changed since it was written"),
        CellKind.MISSING_WELSH: Look("W", "error", False, "Welsh is missing or outdated"),
        CellKind.LOCAL_ONLY: Look("◆", "group", False, "a page that only this force has"),
        CellKind.TAKEN_OVER: Look("■", "force", False, "the whole page is the force's own"),
        CellKind.HIDDEN: Look("–", "force", False, "a section is hidden here"),
        CellKind.OVERRIDES: Look("●", "force", False, "some sections are said differently"),
        CellKind.ADDITIVE: Look("+", "shared", False, "something is added to the shared text"),
        CellKind.INHERITS: Look("·", "quiet", False, "the shared text as it stands"),
        CellKind.ABSENT: Look(" ", "quiet", False, "this force has no such page"),
    }
)
"""Every state, the most urgent first."""


def ink(colours: Colours, kind: CellKind) -> str:
    """The colour of a state's sign."""
    found = getattr(colours, LOOKS[kind].ink)
    assert isinstance(found, str), "a palette's colours are written as text"
    return found
