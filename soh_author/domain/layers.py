"""Layers: shared above group above force, and places in files."""

from dataclasses import dataclass, field
from enum import StrEnum

from soh_author.domain.ids import ForceId, GroupId


class LayerKind(StrEnum):
    """The three kinds of layer, from the general to the particular."""

    SHARED = "shared"
    GROUP = "group"
    FORCE = "force"

    __hash__ = str.__hash__  # many times as fast as that of other names in a list, and part of many keys

    @property
    def rank(self) -> int:
        """0 for shared, 1 for group, 2 for force."""
        return _RANK[self]


_RANK = {LayerKind.SHARED: 0, LayerKind.GROUP: 1, LayerKind.FORCE: 2}


@dataclass(frozen=True, slots=True)
class Layer:
    """One layer: the shared text, one group's or one force's."""

    kind: LayerKind
    name: str = ""
    order: tuple[int, str] = field(init=False, repr=False, compare=False)
    """Where it stands among others: shared, then groups, then forces, by their names."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "order", (self.kind.rank, self.name))
        if self.kind is LayerKind.GROUP:
            GroupId(self.name)
        elif self.kind is LayerKind.FORCE:
            ForceId(self.name)
        elif self.name:
            raise ValueError(self.name)

    def __hash__(self) -> int:
        return hash(self.name)  # hardly two layers have one name, and it is looked for more often than made

    @property
    def folder(self) -> str:
        """Folder of the layer in a content repository: ``shared``, ``groups/wales``, ``forces/gwent``."""
        return "shared" if self.kind is LayerKind.SHARED else f"{self.kind}s/{self.name}"

    def __str__(self) -> str:
        return "shared" if self.kind is LayerKind.SHARED else f"{self.kind}:{self.name}"

    @classmethod
    def parse(cls, text: str) -> "Layer":
        """Read ``shared``, ``group:wales`` or ``force:gwent``.

        Raises:
            InvalidNameError: for a bad group or force name.
            ValueError: for an unknown kind of layer.
        """
        kind, _, name = text.partition(":")
        return SHARED if kind == "shared" and not name else cls(LayerKind(kind), name)

    @classmethod
    def of_force(cls, force: str) -> "Layer":
        """The layer of one force."""
        return cls(LayerKind.FORCE, force)

    @classmethod
    def of_group(cls, group: str) -> "Layer":
        """The layer of one group."""
        return cls(LayerKind.GROUP, group)


SHARED = Layer(LayerKind.SHARED)


@dataclass(frozen=True, slots=True)
class Place:
    """A line in a file of the content repository; line 1 is the first, 0 means the file as a whole."""

    path: str
    line: int = 0
