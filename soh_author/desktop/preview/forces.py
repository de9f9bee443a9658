"""The forces one can read as: the list, the first choice, the next and the one before."""

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import QObject, Signal

from soh_author.desktop.location import Location
from soh_author.desktop.session import Session
from soh_author.domain.force import Force, ForceKind, ForceStatus, Registry
from soh_author.domain.ids import ForceId, GroupId
from soh_author.domain.layers import LayerKind
from soh_author.workflow.effects import Effects
from soh_author.workflow.task import Outcome, Progress, Task
from soh_author.workflow.workspace import Workspace


class Forces(QObject):
    """Reads the registry when a workspace is opened or the registry changes."""

    changed = Signal()
    """The forces are known, or others."""

    def __init__(self, session: Session, parent: QObject) -> None:
        super().__init__(parent)
        self._session = session
        self.registry = Registry()
        session.workspace_changed.connect(self._workspace_changed)
        if session.workspace is not None:
            self._read(session.workspace)

    @property
    def all(self) -> Sequence[Force]:
        """Forces whose sites stand or are planned, by name."""
        forces = (force for force in self.registry.forces.values() if force.status is not ForceStatus.CLOSED)
        return sorted(forces, key=lambda force: (force.kind is ForceKind.NATIONAL, force.name()))

    def apply_effects(self, effects: Effects) -> None:
        """Read again when the registry was touched."""
        workspace = self._session.workspace
        if workspace is not None and (effects.registry or effects.everything):
            self._read(workspace)

    def first_choice(self, location: Location) -> ForceId | None:
        """The force to begin with at a place: the one whose text is open, else the first by name."""
        if location.layer.kind is LayerKind.FORCE:
            return ForceId(location.layer.name)
        live = [force for force in self.all if force.status is ForceStatus.LIVE]
        return (live or self.all)[0].id if self.all else None

    def as_reader(self, location: Location) -> Location:
        """A place whose force reads the text that is open: a force reads its own, a member its group's."""
        layer = location.layer
        if layer.kind is LayerKind.FORCE:
            return replace(location, force=ForceId(layer.name))
        group = self.registry.groups.get(GroupId(layer.name)) if layer.kind is LayerKind.GROUP else None
        members = [member.force for member in group.members] if group else []
        if members and location.force not in members:
            return replace(location, force=members[0])
        return location

    def beside(self, force: ForceId | None, step: int) -> ForceId | None:
        """The force some steps further in the list, round the end."""
        names = [one.id for one in self.all]
        if not names:
            return None
        return names[(names.index(force) + step) % len(names)] if force in names else names[0]

    def _workspace_changed(self, workspace: Workspace | None) -> None:
        self.registry = Registry()
        if workspace is not None:
            self._read(workspace)

    def _read(self, workspace: Workspace) -> None:
        source = self._session.location.source

        def work(_progress: Progress) -> Outcome[Registry]:
            return Outcome(workspace.snapshot(source).registry)

        self._session.run(Task("Looking up the forces", work), self._got, topic="forces")

    def _got(self, registry: Registry) -> None:
        self.registry = registry
        self.changed.emit()
        here = self._session.location
        if here.force is None or here.force not in registry.forces:
            force = self.first_choice(here)
            if force is not None:
                self._session.go(replace(here, force=force))
