"""A site as its authors remember it: who wrote what, and which words stood above it on that day.

Everything is plain values and lists that the edits change. ``seen`` is the pin of the words the author of an
override had before them; None where nobody wrote it down.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from tests.histories.spelling import normal, pin, says

SHARED = "shared"


@dataclass(frozen=True, slots=True)
class Text:
    """A heading and Markdown blocks, in the spelling of whoever wrote them."""

    heading: str
    blocks: tuple[str, ...]

    @property
    def body(self) -> str:
        """What the blocks say, however they are spelled."""
        return "\n".join(normal(block) for block in self.blocks)


@dataclass(slots=True)
class Op:
    """One op of an override, with the ids of its day."""

    kind: str
    section: str
    anchor: str = ""
    text: Text | None = None
    seen: str | None = None
    at: str = ""
    why: str = "Local practice"


@dataclass(slots=True)
class WelshText:
    """Welsh words, and the English their translator had before them."""

    text: Text
    seen: str | None


@dataclass(slots=True)
class Override:
    """What a layer changes in a page, and, in Welsh, which words it puts into Welsh.

    ``welsh`` is by kind of op (replace or append) and section; ``sets`` and ``welsh_sets`` are by field.
    """

    ops: list[Op] = field(default_factory=list)
    sets: dict[str, tuple[str, str | None]] = field(default_factory=dict)
    welsh: dict[tuple[str, str], WelshText] = field(default_factory=dict)
    welsh_sets: dict[str, str] = field(default_factory=dict)


@dataclass(slots=True)
class TakenOver:
    """A page that a layer has taken over whole."""

    title: str
    summary: str
    sections: dict[str, Text]
    seen: str | None


@dataclass(slots=True)
class Own:
    """Everything a layer has of a page; ``id`` is where its files lie, which may be an id of former days."""

    id: str
    override: Override = field(default_factory=Override)
    taken_over: TakenOver | None = None


@dataclass(slots=True)
class SharedPage:
    """The national page, its Welsh, and what every layer has of it."""

    id: str
    title: str
    summary: str
    sections: dict[str, Text]
    welsh: dict[str, WelshText]
    welsh_fields: dict[str, str]
    moved_from: list[str] = field(default_factory=list)
    aliases: dict[str, str] = field(default_factory=dict)
    own: dict[str, Own] = field(default_factory=dict)
    earlier: list[Text] = field(default_factory=list)
    """Words of former days: some come back."""

    def own_of(self, layer: str) -> Own:
        """What a layer has of it, begun when it has nothing."""
        return self.own.setdefault(layer, Own(self.id))

    @property
    def words(self) -> str:
        """The pin of the page as it is shared."""
        pins = [
            pin(says("" if name == "lead" else each.heading, [each.body]))
            for name, each in self.sections.items()
        ]
        return pin("\n".join([self.title, self.summary, *pins]))


@dataclass(slots=True)
class Publisher:
    """A force: its languages, and whether both go out together."""

    name: str
    has_welsh: bool
    has_parity: bool

    @property
    def layer(self) -> str:
        """Its own layer."""
        return f"forces/{self.name}"


@dataclass(slots=True)
class Site:
    """The whole site. ``groups`` are the members by group."""

    forces: list[Publisher]
    groups: dict[str, list[str]]
    pages: list[SharedPage]

    def chain(self, force: Publisher) -> list[str]:
        """The layers that speak for a force, below the shared one."""
        groups = [f"groups/{name}" for name in sorted(self.groups) if force.name in self.groups[name]]
        return [*groups, force.layer]

    def readers(self) -> Iterator[tuple[Publisher, Sequence[str]]]:
        """Every force with its chain of layers."""
        for force in self.forces:
            yield force, self.chain(force)
