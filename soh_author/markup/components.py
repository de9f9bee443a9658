"""The components a page may use between ``:::`` lines, and what each takes (content_schema/README.md)."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Need(StrEnum):
    """Whether a component takes a title or text."""

    NONE = "none"
    OPTIONAL = "optional"
    REQUIRED = "required"


@dataclass(frozen=True, slots=True)
class Component:
    """What one component takes. ``attributes`` tells for each name whether it must be there."""

    name: str
    purpose: str
    title: Need = Need.NONE
    body: Need = Need.REQUIRED
    attributes: Mapping[str, bool] = field(default_factory=dict)


COMPONENTS: Mapping[str, Component] = {
    component.name: component
    for component in (
        Component("emergency", "when to call 999; without text the national wording", body=Need.OPTIONAL),
        Component("warning", "text nobody may miss"),
        Component("note", "text beside the main thread"),
        Component("contact", "ways to reach someone, usually a list", title=Need.REQUIRED),
        Component(
            "start-button", "the link that begins a service; the text is its label", attributes={"href": True}
        ),
        Component("steps", "a numbered list of what to do"),
        Component("details", "text behind a summary line", title=Need.REQUIRED),
        Component("form", "the place of a form of the platform", title=Need.REQUIRED, body=Need.NONE),
    )
}
"""Every component by name."""
