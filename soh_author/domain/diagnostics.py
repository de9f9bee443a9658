"""Findings about content: what is wrong where, and how to mend it."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from soh_author.domain.ids import ForceId, SectionId
from soh_author.domain.layers import Place


class Severity(StrEnum):
    """``error`` blocks publishing, ``warning`` asks for a look, ``info`` only tells."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


@dataclass(frozen=True, slots=True)
class Code:
    """A kind of finding: its stable name, how grave it is, and the way to mend it."""

    name: str
    severity: Severity
    hint: str


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One finding. ``forces`` is empty when it concerns every force that reads the file."""

    code: str
    severity: Severity
    message: str
    hint: str
    place: Place
    section: SectionId | None = None
    forces: tuple[ForceId, ...] = ()

    @property
    def blocks(self) -> bool:
        """Whether publishing is blocked."""
        return self.severity is Severity.ERROR

    def concerning(self, forces: tuple[ForceId, ...]) -> "Diagnostic":
        """The same finding for some forces only; there may be tens of thousands."""
        return Diagnostic(self.code, self.severity, self.message, self.hint, self.place, self.section, forces)

    def sort_key(self) -> tuple[str, int, str, str]:
        """Order for lists: by file, line, code and message."""
        return (self.place.path, self.place.line, self.code, self.message)


def _table(*rows: tuple[str, str, str]) -> dict[str, Code]:
    return {name: Code(name, Severity(severity), hint) for name, severity, hint in rows}


CODES = _table(
    # Files
    ("damaged-file", "error", "Get a fresh copy of the workspace, then bring your drafts over."),
    ("not-utf8", "error", "Save the file as UTF-8."),
    ("too-large", "error", "Split the page; a page may have at most 2 MB and 50,000 lines."),
    ("too-deep", "error", "Take out levels of nested lists or quotes; at most 50 are read."),
    ("unknown-file", "warning", "Move the file where its kind belongs, or delete it."),
    ("bad-path", "error", "Rename the file: lower-case letters, digits and single hyphens."),
    ("path-mismatch", "error", "Move the file, or write the page's id in `overrides`."),
    (
        "active-picture",
        "error",
        "Save the drawing without scripts, links and outside parts, or as a PNG picture.",
    ),
    ("hidden-sign", "error", "Take the sign out: write the words around it anew."),
    ("unseen-sign", "warning", "Take the sign out, unless it is there on purpose."),
    ("mixed-letters", "warning", "Write the word anew with the letters of your keyboard."),
    # Front matter
    (
        "no-front-matter",
        "error",
        "Begin the file with --- and the page's title, type, url, summary and owner.",
    ),
    ("bad-yaml", "error", "Mend the line; often a quote or a colon is missing."),
    ("doubled-key", "error", "Keep one of the two lines."),
    ("unknown-key", "error", "Check the spelling against the list of fields."),
    ("missing-key", "error", "Add the field."),
    ("bad-value", "error", "Write a value of the kind asked for."),
    ("bad-url", "error", "Begin and end the address with / and give every page its own."),
    ("doubled-url", "error", "Give each page of a force its own address."),
    # Sections
    ("missing-section-id", "error", "Add an id behind the heading: {#id}."),
    ("doubled-section-id", "error", "Give the second section another id."),
    ("bad-section-id", "error", "Start with a letter; use lower-case letters, digits and single hyphens."),
    ("heading-level", "warning", "Use ## for sections and ### below them; skip no level."),
    ("empty-heading", "error", "Write the heading's words, or take the heading out."),
    ("unknown-component", "error", "Use one of the components, or take the ::: lines out."),
    ("bad-component", "error", "Give the component what it needs."),
    ("unclosed-component", "error", "Close the component with a line of the same number of colons."),
    ("raw-html", "error", "Write it in Markdown; HTML is shown as text."),
    ("template-text", "warning", "It is shown as written. To show braces on purpose, write \\{{."),
    ("bad-link", "error", "Link to page:…, https://…, tel:… or mailto:… ."),
    ("misleading-link", "error", "Let the link's words and its address say the same, or link other words."),
    ("doubtful-link", "warning", "Look where the link really goes, and let its words say so."),
    ("unknown-page", "error", "Pick the page again; it may have been deleted or moved."),
    ("unknown-media", "error", "Add the picture, or correct its name."),
    ("missing-alt", "error", "Describe the picture, or mark it {.decorative}."),
    # Overrides
    ("unpinned", "warning", "Pin it to the text above as it stands (soh-author pin)."),
    ("bad-pin", "error", "A pin is sha256: and 64 digits; pin it again (soh-author pin)."),
    ("orphaned", "error", "Keep it as a local section, or drop it."),
    ("outdated", "warning", "Compare it with the shared text and update it, or say it is still right."),
    ("redundant", "info", "It equals the text above; give it back."),
    ("locked", "error", "Take the override out; the wording is agreed nationally."),
    (
        "ambiguous-group",
        "error",
        "Only one group of a force may replace, hide or move a section; take one out.",
    ),
    (
        "group-page",
        "error",
        "The group may not touch this page; add it to the group's pages or move the text.",
    ),
    ("unknown-override-target", "error", "Correct `overrides`; no layer above has this page."),
    ("op-without-text", "error", "Add the ## block with this section's id, or take the op out."),
    ("text-without-op", "error", "Add an op for this section, or take the text out."),
    ("doubled-op", "error", "Keep one op for the section."),
    ("doubled-section", "error", "Give the inserted section an id that the page doesn't have yet."),
    ("circular-move", "error", "Move the section after one that isn't moved after it."),
    ("missing-reason", "warning", "Say why the override is there, who owns it and when to look again."),
    ("review-overdue", "warning", "Look whether it is still right and set a new review date."),
    # Facts
    ("unknown-fact", "error", "Correct the name, or add the fact."),
    ("no-fact-value", "error", "Give the fact a value for this force and day."),
    ("ambiguous-fact", "error", "Only one group of a force may give a fact; take one out."),
    ("bad-fact-value", "error", "Write a value of the fact's type."),
    # Languages
    (
        "missing-welsh",
        "error",
        "Write it in Welsh; the four forces in Wales publish both languages together or not at all.",
    ),
    ("outdated-welsh", "error", "Bring the Welsh in line with the English it renders."),
    ("welsh-without-english", "warning", "Take it out; there is no English section for it."),
    # Forces
    ("unknown-force", "error", "Correct the force's id, or add its force.yml."),
    ("doubled-member", "error", "Keep one line for the force, or give the two different dates."),
    ("unknown-group", "error", "Correct the group's id, or add its group.yml."),
)


def diagnose(
    code: str,
    message: str,
    place: Place,
    *,
    section: SectionId | None = None,
    forces: tuple[ForceId, ...] = (),
    severity: Severity | None = None,
) -> Diagnostic:
    """Make a finding of a known kind; severity and hint come from :data:`CODES`."""
    known = CODES[code]
    return Diagnostic(code, severity or known.severity, message, known.hint, place, section, forces)


MOST_OF_A_KIND = 50
"""Findings of one code that are told of one file, each by itself."""


def few_of_a_kind(found: Iterable[Diagnostic]) -> list[Diagnostic]:
    """The findings in order of file and line; of one code at most so many of a file, then how many more.

    A text that went wrong as a whole has thousands of one kind, and nobody reads more than some. The finding
    that counts the rest has their code and gravity, and stands where the first of them does.
    """
    told: list[Diagnostic] = []
    numbers: Counter[tuple[str, str, Severity]] = Counter()
    first: dict[tuple[str, str, Severity], Diagnostic] = {}
    for finding in sorted(found, key=Diagnostic.sort_key):
        kind = (finding.place.path, finding.code, finding.severity)
        numbers[kind] += 1
        if numbers[kind] <= MOST_OF_A_KIND:
            told.append(finding)
        else:
            first.setdefault(kind, finding)
    for kind, finding in first.items():
        message = f"And {numbers[kind] - MOST_OF_A_KIND:,} more like this, here and below."
        told.append(diagnose(finding.code, message, finding.place, severity=finding.severity))
    return sorted(told, key=Diagnostic.sort_key)
