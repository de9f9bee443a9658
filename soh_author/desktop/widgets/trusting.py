"""The question before another folder's own programs may run on this computer."""

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from soh_author.desktop.widgets.asking import ask_yes
from soh_author.workflow.together.sending_trust import needs_trust, trust_origin
from soh_author.workflow.workspace import Workspace

_TOLD = (
    "The workspace came from a folder on this computer. When something is sent there, that folder's "
    "own checks run here. Trust it only if you know who looks after it."
)


def if_trusted(workspace: Workspace | None, window: QWidget, then: Callable[[], object]) -> None:
    """Go on at once where a workspace's origin needs no trust, or has it; else ask once."""
    if workspace is None or not needs_trust(workspace):
        then()
        return

    def agree() -> None:
        trust_origin(workspace)
        then()

    ask_yes(window, "Trust this folder?", _TOLD, "Trust it and send", agree)
