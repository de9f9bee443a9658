"""Components: one file each, one signature; this table is all that knows them by name."""

from soh_author.render.components import (
    contact,
    details,
    emergency,
    form,
    note,
    start_button,
    steps,
    warning,
)
from soh_author.render.components.use import Component

COMPONENTS: dict[str, Component] = {
    "emergency": emergency.render,
    "warning": warning.render,
    "note": note.render,
    "contact": contact.render,
    "start-button": start_button.render,
    "steps": steps.render,
    "details": details.render,
    "form": form.render,
}
