"""How every override stands, worked out from the authors' memory alone, by the words of CONTENT_MODEL.

Slow on purpose: nothing is kept, nothing of the program is used. What is said of one change is its layer, its
kind, the section or field it names, and its state.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from tests.histories.site import SHARED, Op, Override, SharedPage, TakenOver, Text
from tests.histories.spelling import pin, says

Said = tuple[str, str, str, str]
"""Layer, kind, section or field, state."""
_OWN_TEXT = ("replace", "hide", "move-after")


@dataclass(slots=True)
class Words:
    """A run of words in a section: who brought them, and whether they are its own or added to it."""

    layer: str
    kind: str
    body: str


@dataclass(slots=True)
class Standing:
    """A section as the layers so far make it."""

    heading: str
    runs: list[Words]
    is_hidden: bool = False

    @property
    def words(self) -> str:
        """What it says."""
        return says(self.heading, [run.body for run in self.runs])


@dataclass(slots=True)
class Reading:
    """A page as a chain of layers makes it, and how each of their changes stands."""

    page: SharedPage
    order: list[str]
    sections: dict[str, Standing]
    fields: dict[str, tuple[str, str]]
    """Value and layer, by field."""
    said: list[Said] = field(default_factory=list)

    def find(self, name: str) -> str:
        """Today's id of a section somebody named; the name itself where there is none."""
        today = name
        while today not in self.sections and today in self.page.aliases:
            today = self.page.aliases[today]
        return today if today in self.sections else name

    def shown(self, name: str) -> Standing | None:
        """A section that is there and not hidden."""
        found = self.sections.get(self.find(name))
        return None if found is None or found.is_hidden else found

    @property
    def words(self) -> str:
        """What the whole page says."""
        shown = [pin(self.sections[name].words) for name in self.order if not self.sections[name].is_hidden]
        return "\n".join([self.fields["title"][0], self.fields["summary"][0], *shown])


def read_page(page: SharedPage, chain: Sequence[str]) -> Reading:
    """The page as it is read below a chain of layers."""
    reading = Reading(page, [], {}, {"title": (page.title, SHARED), "summary": (page.summary, SHARED)})
    _stand_on(reading, SHARED, page.sections)
    refused = _refused(reading, page, [layer for layer in chain if layer.startswith("groups/")])
    for layer in chain:
        own = page.own.get(layer)
        if own is None:
            continue
        if own.taken_over is not None:
            _take_over(reading, layer, own.taken_over, is_refused=(layer, "page") in refused)
        else:
            _apply(reading, layer, own.override, refused)
    return reading


def _stand_on(reading: Reading, layer: str, sections: Mapping[str, Text]) -> None:
    reading.order = list(sections)
    reading.sections = {
        name: Standing("" if name == "lead" else text.heading, [Words(layer, "main", text.body)])
        for name, text in sections.items()
    }


def _take_over(reading: Reading, layer: str, own: TakenOver, *, is_refused: bool) -> None:
    today = pin(reading.words)
    state = "unpinned" if own.seen is None else "taken-over" if own.seen == today else "taken-over-outdated"
    reading.said.append((layer, "page", "", state))
    if not is_refused:
        _stand_on(reading, layer, own.sections)
        reading.fields = {"title": (own.title, layer), "summary": (own.summary, layer)}


# Two groups of one force on one section: neither counts.


def _refused(reading: Reading, page: SharedPage, groups: Sequence[str]) -> set[tuple[str, str]]:
    """The claims of groups that don't count: of a section (by the id it has now), a field or the page."""
    claims: dict[str, set[str]] = {}
    for layer in groups:
        own = page.own.get(layer)
        if own is None:
            continue
        if own.taken_over is not None:
            claims.setdefault("page", set()).add(layer)
            continue
        for op in own.override.ops:
            if op.kind in _OWN_TEXT and reading.find(op.section) in reading.sections:
                claims.setdefault(f"section {reading.find(op.section)}", set()).add(layer)
        for name in own.override.sets:
            claims.setdefault(f"field {name}", set()).add(layer)
    refused = {(layer, what) for what, layers in claims.items() if len(layers) > 1 for layer in layers}
    takers = claims.get("page", set())
    changers = {
        layer
        for layer in groups
        if layer in page.own
        and any(op.kind in _OWN_TEXT for op in page.own[layer].override.ops)
        and page.own[layer].taken_over is None
    }
    if takers and len(takers | changers) > 1:
        refused |= {(layer, "page") for layer in takers | changers}
    return refused


# One override.


def _apply(reading: Reading, layer: str, override: Override, refused: set[tuple[str, str]]) -> None:
    """Every op looks at the page above the override; then all of them are applied."""
    sound: list[tuple[Op, str, str]] = []
    for op in override.ops:
        name, anchor = reading.find(op.section), reading.find(op.anchor)
        is_refused = op.kind in _OWN_TEXT and not refused.isdisjoint(
            {(layer, f"section {name}"), (layer, "page")}
        )
        state = _state(reading, op)
        if is_refused and op.kind == "move-after" and state == "redundant":
            state = "current"
        reading.said.append((layer, op.kind, op.section, state))
        if state != "orphaned" and not is_refused:
            sound.append((op, name, anchor))
    for kind in ("replace", "prepend", "append", "move-after", "insert-after", "insert-before", "hide"):
        for op, name, anchor in sound:
            if op.kind == kind:
                _do(reading, layer, op, name, anchor)
    _set_fields(reading, layer, override, refused)


def _state(reading: Reading, op: Op) -> str:
    """How an op stands to the page above it."""
    anchor = reading.find(op.anchor)
    if op.kind.startswith("insert"):
        return "additive" if anchor in reading.sections else "orphaned"
    own = reading.shown(op.section)
    if own is None or (op.kind == "move-after" and anchor not in reading.sections):
        return "orphaned"
    if op.kind in {"append", "prepend"}:
        return "additive"
    if op.kind == "move-after":
        is_there = (anchor, reading.find(op.section)) in zip(reading.order, reading.order[1:], strict=False)
        return "redundant" if is_there else "current"
    return _state_of_words(op, own)


def _state_of_words(op: Op, own: Standing) -> str:
    """How a replacement, or what is hidden, stands to the words above it."""
    if op.text is not None:
        heading = op.text.heading if own.heading else ""
        if says(heading, [op.text.body]) == own.words:
            return "redundant"
    if op.seen is None:
        return "unpinned"
    if op.seen == pin(own.words):
        return "current"
    return "hidden-outdated" if op.kind == "hide" else "outdated"


def _do(reading: Reading, layer: str, op: Op, name: str, anchor: str) -> None:
    if op.kind == "hide":
        reading.sections[name].is_hidden = True
    elif op.kind == "move-after":
        reading.order.remove(name)
        reading.order.insert(reading.order.index(anchor) + 1, name)
    if op.text is None:
        return
    words = Words(layer, op.kind if op.kind in {"append", "prepend"} else "main", op.text.body)
    if op.kind == "append":
        reading.sections[name].runs.append(words)
    elif op.kind == "prepend":
        reading.sections[name].runs.insert(0, words)
    elif op.kind == "replace":
        reading.sections[name] = Standing("" if name == "lead" else op.text.heading, [words])
    else:
        reading.sections[op.section] = Standing(op.text.heading, [words])
        reading.order.insert(reading.order.index(anchor) + (op.kind == "insert-after"), op.section)


def _set_fields(reading: Reading, layer: str, override: Override, refused: set[tuple[str, str]]) -> None:
    for name, (value, seen) in override.sets.items():
        above = reading.fields[name][0]
        if value == above:
            state = "redundant"
        elif seen is None:
            state = "unpinned"
        else:
            state = "current" if seen == pin(above) else "outdated"
        reading.said.append((layer, "set", name, state))
        if (layer, f"field {name}") not in refused:
            reading.fields[name] = (value, layer)
