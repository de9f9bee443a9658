"""A page in Welsh: English structure, words of the Welsh files (CONTENT_MODEL, "Languages")."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from soh_author.domain.aliases import follow_alias
from soh_author.domain.diagnostics import Diagnostic, Severity, diagnose
from soh_author.domain.ids import LEAD, Language, SectionId
from soh_author.domain.layers import Layer
from soh_author.domain.override import Override
from soh_author.domain.page import Page
from soh_author.domain.pins import Pin, section_pin
from soh_author.domain.resolving.effective import EffectiveField, EffectivePage, EffectiveSection, Part
from soh_author.domain.resolving.welsh_texts import (
    LayerOrder,
    Role,
    WelshSource,
    WelshText,
    role_of,
    welsh_texts,
)

__all__ = ["in_welsh"]

_TRANSLATED_FIELDS = ("title", "summary")
_OWN_FIELDS = ("title", "summary", "form", "url")


def in_welsh(
    english: EffectivePage,
    sources: Sequence[WelshSource],
    *,
    parity: bool = False,
    chain: Sequence[Layer] = (),
) -> EffectivePage:
    """The Welsh of an effective English page.

    English words brought by a layer are rendered by that layer or a more particular one; where there are none
    the English stands in (``is_fallback``, and each part tells its language). A Welsh ``replace`` renders the
    section with all that the layers above it add.

    Args:
        english: the page as the force has it in English.
        sources: the Welsh files in the order of the layers: shared, the force's groups, the force.
        parity: whether the force publishes both languages or none; then what is missing or outdated is an
            error.
        chain: all layers with a file, from the general to the particular. Without it a group that has only
            Welsh files stands below those that have English ones.
    """
    return _Translation(english, sources, chain, parity=parity).run()


@dataclass(slots=True)
class _Choice:
    """The Welsh chosen for one section: by part (None: missing, or rendered by the main text)."""

    main: WelshText | None
    added: dict[int, WelshText]
    covered: frozenset[int]


class _Translation:
    """One page being put into Welsh."""

    def __init__(
        self,
        english: EffectivePage,
        sources: Sequence[WelshSource],
        chain: Sequence[Layer],
        *,
        parity: bool,
    ) -> None:
        self._english = english
        self._sources = sources
        self._order = LayerOrder([*chain, *english.layers, *(layer for layer, _ in sources)])
        self._missing = Severity.ERROR if parity else Severity.INFO
        self._outdated = Severity.ERROR if parity else Severity.WARNING
        self._known = {section.id for section in (*english.sections, *english.hidden)}
        self._named = {trace.op.section for trace in english.ops}
        self._texts: dict[tuple[SectionId, Role], list[WelshText]] = {}
        self._diagnostics: list[Diagnostic] = []

    def run(self) -> EffectivePage:
        """The page in Welsh with its findings."""
        self._collect()
        sections = tuple(self._section(section) for section in self._english.sections)
        fields = self._fields()
        layers = [*self._english.layers, *(layer for layer, _ in self._sources)]
        return replace(
            self._english,
            language=Language.CY,
            fields=fields,
            sections=sections,
            ops=(),
            sets=(),
            takeovers=(),
            diagnostics=tuple(sorted(self._diagnostics, key=Diagnostic.sort_key)),
            layers=tuple(sorted(dict.fromkeys(layers), key=self._order.rank)),
        )

    def _collect(self) -> None:
        for each in welsh_texts(self._sources):
            section = follow_alias(each.section, self._known, self._english.aliases)
            if section is not None:
                self._texts.setdefault((section, each.role), []).append(each)
            elif each.section not in self._named and self._is_of_this_page(each.layer):
                self._tell_needless(each)

    def _is_of_this_page(self, layer: Layer) -> bool:
        """Whether a layer speaks of the page as it is; what those above it say may be of one taken over."""
        return self._order.rank(layer) >= self._order.rank(self._english.owner_layer)

    def _tell_needless(self, each: WelshText) -> None:
        message = f"There is no English that the Welsh of “{each.section}” renders."
        self._diagnostics.append(diagnose("welsh-without-english", message, each.place, section=each.section))

    # Sections

    def _section(self, section: EffectiveSection) -> EffectiveSection:
        choice = self._choose(section)
        parts = tuple(self._parts(section, choice))
        self._check_pins(section, choice)
        self._tell_unused(section, choice)
        main = choice.main
        if main is None:
            return replace(section, parts=parts, is_fallback=_stands_in(section))
        heading = "" if section.id == LEAD else main.text.heading
        return EffectiveSection(section.id, heading, parts, main.layer, main.place)

    def _choose(self, section: EffectiveSection) -> _Choice:
        main_part = next((part for part in section.parts if role_of(part.op) is Role.MAIN), None)
        floor = self._order.rank(main_part.layer if main_part else section.layer)
        main = self._best(self._texts.get((section.id, Role.MAIN), ()), floor)
        limit = self._order.rank(main.layer) if main and main.renders_whole else floor
        added: dict[int, WelshText] = {}
        covered: set[int] = set()
        for role in (Role.APPEND, Role.PREPEND):
            numbers = [number for number, part in enumerate(section.parts) if role_of(part.op) is role]
            above = {number for number in numbers if self._order.rank(section.parts[number].layer) < limit}
            covered |= above if main and main.renders_whole else set()
            added.update(self._match(section, role, [number for number in numbers if number not in covered]))
        if main and main.renders_whole and main.translates == self._whole(section, main.layer):
            same = [n for n, part in enumerate(section.parts) if self._order.rank(part.layer) == limit]
            covered |= {n for n in same if n not in added and role_of(section.parts[n].op) is not Role.MAIN}
        return _Choice(main, added, frozenset(covered))

    def _best(self, texts: Iterable[WelshText], floor: tuple[int, int]) -> WelshText | None:
        able = [each for each in texts if self._order.rank(each.layer) >= floor]
        return max(able, key=lambda each: self._order.rank(each.layer), default=None)

    def _match(self, section: EffectiveSection, role: Role, numbers: Sequence[int]) -> dict[int, WelshText]:
        """Welsh for added English: of the same layer, else of a more particular one that adds no English."""
        free = {each.layer: each for each in self._texts.get((section.id, role), ())}
        found = {n: free.pop(layer) for n in numbers if (layer := section.parts[n].layer) in free}
        for number in numbers:
            if number in found:
                continue
            best = self._best(free.values(), self._order.rank(section.parts[number].layer))
            if best is not None:
                found[number] = free.pop(best.layer)
        return found

    def _parts(self, section: EffectiveSection, choice: _Choice) -> Iterable[Part]:
        for number, part in enumerate(section.parts):
            is_main = role_of(part.op) is Role.MAIN
            welsh = choice.main if is_main else choice.added.get(number)
            if welsh is not None:
                yield welsh.part
            elif number not in choice.covered:
                if part.canonical or (is_main and section.heading):
                    self._tell_missing(section, part)
                yield part

    def _tell_missing(self, section: EffectiveSection, part: Part) -> None:
        message = f"The section “{section.id}” has no Welsh for the English of {_said(part.layer)}."
        self._diagnostics.append(
            diagnose("missing-welsh", message, part.place, section=section.id, severity=self._missing)
        )

    # Pins

    def _whole(self, section: EffectiveSection, layer: Layer) -> Pin:
        return _pin(section, self._order.until(section, layer))

    def _check_pins(self, section: EffectiveSection, choice: _Choice) -> None:
        if choice.main is not None:
            own = [
                part
                for number, part in enumerate(section.parts)
                if number in choice.covered or role_of(part.op) is Role.MAIN
            ]
            self._check_pin(section, choice.main, own)
        for number, text in choice.added.items():
            self._check_pin(section, text, [section.parts[number]])

    def _check_pin(self, section: EffectiveSection, text: WelshText, own: Sequence[Part]) -> None:
        """Right is the pin of the whole section at the text's layer, and that of the words it renders."""
        if text.translates is None:
            message = f"The Welsh of “{section.id}” doesn't say which English it renders."
            self._diagnostics.append(diagnose("unpinned", message, text.place, section=section.id))
        elif text.translates not in {self._whole(section, text.layer), _pin(section, own)}:
            message = f"The English of “{section.id}” changed since its Welsh was written."
            self._diagnostics.append(
                diagnose("outdated-welsh", message, text.place, section=section.id, severity=self._outdated)
            )

    def _tell_unused(self, section: EffectiveSection, choice: _Choice) -> None:
        main_part = next((part for part in section.parts if role_of(part.op) is Role.MAIN), None)
        floor = self._order.rank(main_part.layer if main_part else section.layer)
        used = {id(text) for text in choice.added.values()}
        for role in (Role.APPEND, Role.PREPEND):
            for each in self._texts.get((section.id, role), ()):
                is_overruled = choice.main is not None and choice.main.renders_whole
                if id(each) not in used and not is_overruled and self._order.rank(each.layer) >= floor:
                    self._tell_needless(each)

    # Front matter

    def _fields(self) -> dict[str, EffectiveField]:
        fields = {name: found for name, found in self._english.fields.items() if name != "url"}
        for name in _OWN_FIELDS:
            english = self._english.fields.get(name)
            welsh = self._field(name, english if name != "url" else None)
            if welsh is not None:
                fields[name] = welsh
            elif name in _TRANSLATED_FIELDS and english is not None and english.value:
                message = f"The page has no Welsh {name}."
                self._diagnostics.append(
                    diagnose("missing-welsh", message, english.place, severity=self._missing)
                )
        self._address(fields)
        return fields

    def _field(self, name: str, english: EffectiveField | None) -> EffectiveField | None:
        floor = self._order.rank(english.layer) if english else (0, 0)
        found = [
            field
            for layer, source in self._sources
            if self._order.rank(layer) >= floor and (field := _own_field(layer, source, name))
        ]
        return max(found, key=lambda field: self._order.rank(field.layer), default=None)

    def _address(self, fields: dict[str, EffectiveField]) -> None:
        english = self._english.fields.get("url")
        if "url" in fields:
            return
        if Language.CY in self._english.urls:
            place = english.place if english else self._english.sections[0].place
            layer = english.layer if english else self._english.owner_layer
            fields["url"] = EffectiveField("url", self._english.urls[Language.CY], layer, place)
        elif english is not None and english.value:
            message = "The page has no Welsh address."
            self._diagnostics.append(
                diagnose("missing-welsh", message, english.place, severity=self._missing)
            )


def _own_field(layer: Layer, source: Page | Override, name: str) -> EffectiveField | None:
    if isinstance(source, Page):
        value = source.fields.get(name, "")
        return EffectiveField(name, value, layer, source.place) if value else None
    change = next((change for change in source.sets if change.name == name and change.value), None)
    return EffectiveField(name, change.value, layer, change.place) if change else None


def _stands_in(section: EffectiveSection) -> bool:
    """Whether a section without Welsh of its own has English words of its own."""
    own = [part for part in section.parts if role_of(part.op) is Role.MAIN]
    return bool(section.heading or any(part.canonical for part in own))


def _pin(section: EffectiveSection, parts: Iterable[Part]) -> Pin:
    return section_pin(section.heading, [part.canonical for part in parts])


def _said(layer: Layer) -> str:
    return "the shared page" if not layer.name else f"{layer.kind} {layer.name}"
