"""Roll back for one force: what it read before comes back as text of its own; nobody else notices."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from soh_author.domain.errors import ContentError
from soh_author.domain.facts import Fact
from soh_author.domain.ids import LEAD, FactName, ForceId, Language, PageId, SectionId
from soh_author.domain.layers import SHARED, Layer
from soh_author.domain.override import OpKind, Override
from soh_author.domain.pins import field_pin
from soh_author.domain.resolving.effective import EffectivePage, EffectiveSection
from soh_author.markup.write import (
    add_op,
    new_override,
    remove_op,
    replace_section,
    section_block,
    set_change,
)
from soh_author.reading.paths import page_path
from soh_author.workflow.editing import Reason, effective_above, override_section
from soh_author.workflow.release.releasing_case import day_for
from soh_author.workflow.snapshot import Snapshot
from soh_author.workflow.wording.fact_editing import FactEntry, set_fact
from soh_author.workflow.workspace import Workspace

_WHY = "Rolled back for this force"
_FIELDS = ("title", "summary")


@dataclass(frozen=True, slots=True)
class Restoring:
    """What one force reads again: its pages in these languages, and its facts where they are meant too."""

    force: ForceId
    pages: Mapping[PageId, Sequence[Language]]
    with_facts: bool


def restored_for_force(
    workspace: Workspace, before: str, wanted: Restoring, own: Mapping[str, bytes | None]
) -> dict[str, bytes | None]:
    """The files with which a force reads its pages as they were at a revision.

    Args:
        before: the revision.
        wanted: whose public it is, and what it reads again.
        own: files of the force that are brought back already.

    Raises:
        ContentError: when a locked section would have to change, or a section can't be put back in its place.
    """
    texts = {path: None if data is None else data.decode() for path, data in own.items()}
    work = _Work(
        wanted.force,
        day_for(workspace),
        workspace.published_snapshot(before),
        workspace.snapshot(unsaved=texts),
    )
    if wanted.with_facts:
        work.facts()
    for page, languages in wanted.pages.items():
        if Language.EN in languages:
            work.english(page)
        if Language.CY in languages:
            work.welsh(page)
    return {path: text.encode() for path, text in work.texts.items()}


class _Work:
    """One force's own texts as they grow, on top of what is live."""

    def __init__(self, force: ForceId, on: date, earlier: Snapshot, now: Snapshot) -> None:
        self._force = force
        self._layer = Layer.of_force(force)
        self._on = on
        self._earlier = earlier
        self._live = now
        self.texts: dict[str, str] = {}

    @property
    def _now(self) -> Snapshot:
        return self._live.with_unsaved(dict(self.texts))

    def english(self, page: PageId) -> None:
        """The page's English words and its title and summary."""
        old, new = (self._read(each, page, Language.EN) for each in (self._earlier, self._live))
        reason = Reason(_WHY, old.value("owner"))
        for section in new.sections:
            was = old.section(section.id)
            if was is None or was.pin != section.pin:
                kind = OpKind.HIDE if was is None else OpKind.REPLACE
                change = override_section(
                    self._now, page, self._layer, section.id, self._on, kind=kind, reason=reason
                )
                self.texts[change.path] = _with_words(change.text or "", was)
        self._bring_back(page, old, reason)
        self._put_in_order(page, old, reason)
        for name in (*_FIELDS, "url"):
            if old.value(name) != new.value(name):
                self._set_field(page, name, old.value(name), reason)

    def _bring_back(self, page: PageId, old: EffectivePage, reason: Reason) -> None:
        """The sections that went stand in the force's own text again, each behind the one it stood behind."""
        path = page_path(self._layer, page, Language.EN)
        for place, section in enumerate(old.sections):
            now = self._read(self._now, page, Language.EN)
            if now.section(section.id) is not None:
                continue
            where = _beside(old, place, now)
            if section.id == LEAD or not where:
                raise ContentError(
                    f"“{page}” can't be brought back for {self._force} alone: "
                    f"there is nothing left beside which “{section.heading or section.id}” could stand.",
                    safe="Nothing was changed.",
                    todo="Roll the page back for everybody, or write the force's own text.",
                )
            text = self._without_ops_on(path, section.id)
            op = {**where, "section": str(section.id), **reason.fields()}
            block = section_block(section.heading, section.id, section.body + "\n")
            self.texts[path] = add_op(text, op, block) if text else new_override(page, [(op, block)])

    def _without_ops_on(self, path: str, section: SectionId) -> str | None:
        """The force's file without what it says of a section that went: the section is brought back whole."""
        value, text = self._now.sources.read(path).value, self._now.text(path)
        for op in reversed(value.ops if isinstance(value, Override) else ()):
            if op.section == section and text is not None:
                text = remove_op(text, op.number)
        return text

    def _put_in_order(self, page: PageId, old: EffectivePage, reason: Reason) -> None:
        """Sections that stand in another order now stand again as they stood."""
        path = page_path(self._layer, page, Language.EN)
        for before, after in pairwise(section.id for section in old.sections):
            order = [section.id for section in self._read(self._now, page, Language.EN).sections]
            if order.index(after) != order.index(before) + 1:
                op = {"op": OpKind.MOVE_AFTER.value, "section": after, "after": before, **reason.fields()}
                text = self._now.text(path)
                self.texts[path] = add_op(text, op, None) if text else new_override(page, [(op, None)])

    def welsh(self, page: PageId) -> None:
        """The page's Welsh words, where they were Welsh, as the force's own Welsh of what it reads now."""
        old, new = (self._read(each, page, Language.CY) for each in (self._earlier, self._now))
        english = self._read(self._now, page, Language.EN)
        path = page_path(self._layer, page, Language.CY)
        for section in new.sections:
            was, above = old.section(section.id), english.section(section.id)
            if was is None or above is None or was.is_fallback or was.pin == section.pin:
                continue
            block = section_block(was.heading, was.id, was.body + "\n")
            kind = self._insertion(page, was.id) or OpKind.REPLACE
            op = {"op": kind.value, "section": str(was.id), "translates": str(above.pin)}
            present = self._now.text(path)
            if present is None:
                self.texts[path] = new_override(page, [(op, block)])
            elif self._has_words(present, was):
                self.texts[path] = _with_words(present, was)
            else:
                self.texts[path] = add_op(present, op, block)
        stood_in = self._read(self._earlier, page, Language.EN)
        for name in (*_FIELDS, "url"):
            said = old.value(name)
            if said not in {new.value(name), stood_in.value(name)}:
                present = self._now.text(path) or new_override(page)
                self.texts[path] = set_change(present, name, said, None)

    def _insertion(self, page: PageId, section: SectionId) -> OpKind | None:
        """How the force inserts a section itself; None where it doesn't."""
        value = self._now.sources.read(page_path(self._layer, page, Language.EN)).value
        ops = value.ops if isinstance(value, Override) else ()
        return next((op.kind for op in ops if op.section == section and op.kind.is_insert), None)

    def facts(self) -> None:
        """The values of facts from the layers above, those of days to come too, as the force's own."""
        layers = (SHARED, *self._live.layers_of(self._live.force(self._force), self._on))
        names = {name for layer in layers for name in self._live.facts_of(layer)}
        for name in sorted(names):
            old = self._value(self._earlier, layers, name)
            new = self._value(self._live, layers, name)
            if old is None or new is None or new.layer == self._layer:
                continue
            values = old.since(self._on)
            if values == new.since(self._on):
                continue
            for place, value in enumerate(filter(None, values)):
                entry = FactEntry(value.value, value.start if place else None, value.welsh)
                change = set_fact(
                    self._now, self._layer, name, entry, kind=old.type, label=old.label, source=_WHY
                )
                self.texts[change.path] = change.text or ""

    def _read(self, snapshot: Snapshot, page: PageId, language: Language) -> EffectivePage:
        return snapshot.effective(page, self._force, language, self._on)

    def _value(self, snapshot: Snapshot, layers: Sequence[Layer], name: FactName) -> Fact | None:
        """The fact of the most particular layer that gives a force's public a value today."""
        facts = (snapshot.facts_of(layer).get(name) for layer in reversed(layers))
        return next((fact for fact in facts if fact is not None and fact.on(self._on)), None)

    def _set_field(self, page: PageId, name: str, value: str, reason: Reason) -> None:
        path = page_path(self._layer, page, Language.EN)
        above = effective_above(self._now, page, self._layer, self._on).value(name)
        text = self._now.text(path) or new_override(page)
        self.texts[path] = set_change(text, name, value, field_pin(above) if above else None, reason.fields())

    @staticmethod
    def _has_words(text: str, section: EffectiveSection) -> bool:
        return f"{{#{section.id}}}" in text


def _with_words(text: str, was: EffectiveSection | None) -> str:
    """A file whose block of a section says what the section said; None: it is hidden, and has no block."""
    if was is None:
        return text
    return replace_section(text, was.id, was.body + "\n", heading=was.heading or None)


def _beside(old: EffectivePage, place: int, now: EffectivePage) -> dict[str, str]:
    """Where a section stood: behind the nearest before it that is there, or else before the next one."""
    there = {section.id for section in now.sections}
    behind = [section.id for section in old.sections[:place] if section.id in there]
    before = [section.id for section in old.sections[place + 1 :] if section.id in there]
    if behind:
        return {"op": OpKind.INSERT_AFTER.value, "after": str(behind[-1])}
    return {"op": OpKind.INSERT_BEFORE.value, "before": str(before[0])} if before else {}
