"""The Welsh of every force, worked out from the authors' memory alone, by the words of CONTENT_MODEL.

English words are rendered by the Welsh of their own layer or of one below it. A Welsh replacement renders all
that the layers above it say; what its own layer adds, only when its translator had that before them.
"""

from collections.abc import Iterator, Sequence

from tests.histories.second_opinion import Reading, Words, read_page
from tests.histories.site import SHARED, Publisher, SharedPage, WelshText
from tests.histories.spelling import pin, says

Lack = tuple[str, str]
"""Section (empty for a field or the whole page), and missing or outdated."""


def welsh_of(page: SharedPage, chain: Sequence[str], force: Publisher) -> set[Lack] | None:
    """What is missing or outdated in the Welsh of a force; None for one that has the page in English only."""
    layers = [SHARED, *chain]
    speaking = [layer for layer in layers if _speaks_welsh(page, layer)]
    if not force.has_welsh or not (force.has_parity or speaking):
        return None
    if not speaking:
        return {("", "missing")}
    reading = read_page(page, chain)
    found: set[Lack] = set()
    for name in reading.order:
        if not reading.sections[name].is_hidden:
            found |= {(name, state) for state in _Section(reading, name, layers).lacks()}
    for name, (_, layer) in reading.fields.items():
        if not any(_field(page, each, name) for each in layers[layers.index(layer) :]):
            found.add(("", "missing"))
    return found


def _speaks_welsh(page: SharedPage, layer: str) -> bool:
    if layer == SHARED:
        return bool(page.welsh)
    own = page.own.get(layer)
    return own is not None and bool(own.override.welsh or own.override.welsh_sets)


def _field(page: SharedPage, layer: str, name: str) -> str:
    if layer == SHARED:
        return page.welsh_fields.get(name, "") if page.welsh else ""
    own = page.own.get(layer)
    return own.override.welsh_sets.get(name, "") if own else ""


class _Section:
    """One section of one force: its English words, each run with the rank of its layer, and its Welsh."""

    def __init__(self, reading: Reading, name: str, layers: Sequence[str]) -> None:
        self._heading = reading.sections[name].heading
        self._runs = [(layers.index(run.layer), run) for run in reading.sections[name].runs]
        self._own: dict[int, tuple[WelshText, bool]] = {}
        self._added: dict[str, dict[int, WelshText]] = {"append": {}, "prepend": {}}
        for rank, layer in enumerate(layers):
            for (kind, written), text in _texts(reading.page, layer):
                if reading.find(written) == name and kind in self._added:
                    self._added[kind][rank] = text
                elif reading.find(written) == name:
                    self._own[rank] = (text, kind == "replace")

    def lacks(self) -> Iterator[str]:
        """What is missing or outdated."""
        floor, main = next((rank, run) for rank, run in self._runs if run.kind == "main")
        rank = max((each for each in self._own if each >= floor), default=-1)
        text, is_replacement = self._own.get(rank, (None, False))
        rendered = [run for each, run in self._runs if is_replacement and run is not main and each < rank]
        rest = [(each, run) for each, run in self._runs if run is not main and run not in rendered]
        pairs = dict(self._pairs(rest))
        if text is not None and is_replacement and text.seen == pin(self._until(rank)):
            rendered += [run for at, (each, run) in enumerate(rest) if each == rank and at not in pairs]
        if text is None and (main.body or self._heading):
            yield "missing"
        if text is not None and not self._is_right(text, rank, [main, *rendered]):
            yield "outdated"
        for at, (_, run) in enumerate(rest):
            if at in pairs:
                below, welsh = pairs[at]
                if not self._is_right(welsh, below, [run]):
                    yield "outdated"
            elif run not in rendered:
                yield "missing"

    def _pairs(self, runs: Sequence[tuple[int, Words]]) -> Iterator[tuple[int, tuple[int, WelshText]]]:
        """Welsh additions for English ones: each layer's own first, then what layers below have to spare."""
        for kind, texts in self._added.items():
            free = dict(texts)
            waiting: list[int] = []
            for at, (rank, run) in enumerate(runs):
                if run.kind == kind and rank in free:
                    yield at, (rank, free.pop(rank))
                elif run.kind == kind:
                    waiting.append(at)
            for at in waiting:
                below = max((rank for rank in free if rank >= runs[at][0]), default=-1)
                if below in free:
                    yield at, (below, free.pop(below))

    def _is_right(self, text: WelshText, rank: int, runs: Sequence[Words]) -> bool:
        """Whether the translator saw today's English: the section as their layer has it, or these words."""
        own = [run.body for _, run in self._runs if any(run is each for each in runs)]
        return text.seen is None or text.seen in {pin(self._until(rank)), pin(says(self._heading, own))}

    def _until(self, rank: int) -> str:
        return says(self._heading, [run.body for each, run in self._runs if each <= rank])


def _texts(page: SharedPage, layer: str) -> list[tuple[tuple[str, str], WelshText]]:
    if layer == SHARED:
        return [(("main", name), text) for name, text in page.welsh.items()]
    own = page.own.get(layer)
    return list(own.override.welsh.items()) if own else []
