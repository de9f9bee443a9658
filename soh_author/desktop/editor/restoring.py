"""Brings back what was open when the window was closed: workspace's draft, tabs, carets."""

from dataclasses import replace

from soh_author.desktop.editor.file_reading import FileKey
from soh_author.desktop.editor.open_texts import OpenTexts
from soh_author.desktop.room import State
from soh_author.desktop.session import Session
from soh_author.domain.errors import NotFoundError
from soh_author.domain.ids import ForceId, Language, PageId
from soh_author.domain.layers import Layer
from soh_author.workflow.task import Outcome, Progress, Task
from soh_author.workflow.workspace import Workspace

_BEYOND = 2**31
"""Numbers that a window can't count with."""


class Restoring:
    """Waits until the workspace of the last time is open again, if it is not yet."""

    def __init__(self, session: Session, texts: OpenTexts) -> None:
        self._session = session
        self._texts = texts
        self._waiting: State = {}
        session.workspace_changed.connect(self._workspace_changed)

    def state(self) -> State:
        """What to find again tomorrow; what still waits is handed on."""
        workspace = self._session.workspace
        if workspace is None:
            return {"open": self._waiting} if self._waiting else {}
        here, current = self._session.location, self._texts.area.current
        tabs = [
            {"page": tab.key.page, "layer": str(tab.key.layer), "language": tab.key.language, **tab.place()}
            for tab in self._texts.area.tabs
        ]
        at = self._texts.area.tabs.index(current) if current else -1
        place = {"draft": here.draft, "force": here.force, "language": here.language}
        return {"open": {"folder": str(workspace.folder), "tabs": tabs, "current": at, **place}}

    def restore(self, state: State) -> None:
        """Bring back what was open in this workspace, or wait for it."""
        found = state.get("open")
        self._waiting = found if isinstance(found, dict) else {}
        self._workspace_changed(self._session.workspace)

    def _workspace_changed(self, workspace: Workspace | None) -> None:
        if workspace is None or self._waiting.get("folder") != str(workspace.folder):
            return
        waiting, self._waiting = self._waiting, {}
        draft = str(waiting.get("draft") or "")

        def work(_progress: Progress) -> Outcome[str]:
            try:
                workspace.revision_of(draft or "published")
            except NotFoundError:
                return Outcome("")
            return Outcome(draft)

        self._session.run(Task("Opening your pages", work), lambda found: self._bring_back(waiting, found))

    def _bring_back(self, waiting: State, draft: str) -> None:
        tabs = waiting.get("tabs")
        entries = [entry for entry in tabs if isinstance(entry, dict)] if isinstance(tabs, list) else []
        keys = [(key, entry) for entry in entries if (key := _key_of(entry)) is not None]
        here = self._session.location
        force, language = waiting.get("force"), waiting.get("language")
        if isinstance(force, str) and ForceId.is_valid(force):
            here = replace(here, force=ForceId(force))
        if isinstance(language, str) and language in set(Language):
            here = replace(here, language=Language(language))
        self._session.go(here.in_draft(draft))
        for key, entry in keys:
            self._texts.open_behind(key, _number(entry.get("caret")), _number(entry.get("top")))
        at = _number(waiting.get("current"))
        if keys and here.page is None:
            shown = keys[min(at, len(keys) - 1)][0]
            self._session.go(self._session.location.at_page(shown.page, shown.layer))


def _number(value: object) -> int:
    return value if isinstance(value, int) and 0 < value < _BEYOND else 0


def _key_of(entry: State) -> FileKey | None:
    try:
        page, layer, language = (str(entry[name]) for name in ("page", "layer", "language"))
        return FileKey(PageId(page), Layer.parse(layer), Language(language))
    except (KeyError, ValueError):
        return None
