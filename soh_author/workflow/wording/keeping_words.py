"""Letting forces keep the words they have while the text above them changes, with as little of their own as
can be.
"""

from collections.abc import Sequence
from datetime import date

from soh_author.domain.errors import NotFoundError
from soh_author.domain.ids import LEAD, ForceId, Language, SectionId
from soh_author.domain.layers import Layer
from soh_author.domain.resolving.effective import EffectivePage, EffectiveSection
from soh_author.workflow.editing import Reason
from soh_author.workflow.wording.section_edits import (
    SectionEdits,
    before_in,
    block_of,
    hide_fields,
    insert_fields,
    replace_fields,
    welsh_fields,
)


def keep_words(
    edits: SectionEdits, section: SectionId, forces: Sequence[ForceId], on: date, reason: Reason
) -> list[ForceId]:
    """Let forces read a section as they did before the edits; those whose own words are no longer needed.

    Args:
        edits: the edits of the layers above; the forces' own are added.
    """
    return [force for force in forces if _Keeping(edits, section, force, on, reason).keep()]


class _Keeping:
    """One force that keeps its words."""

    def __init__(
        self, edits: SectionEdits, section: SectionId, force: ForceId, on: date, reason: Reason
    ) -> None:
        self._edits = edits
        self._section = section
        self._force = force
        self._on = on
        self._reason = reason
        self._layer = Layer.of_force(force)
        self._then = _page(edits, force, Language.EN, on, is_before=True)

    def keep(self) -> bool:
        """Do it; tells whether the force's own words were given back."""
        if self._then is None:
            return False
        wanted = self._then.section(self._section)
        above = self._above()
        now = above.section(self._section) if above else None
        own = bool(self._edits.ops_on(self._layer, self._section))
        if own and _same(now, wanted):
            self._give_back()
            return True
        if self._reads_the_same(wanted):
            return False
        self._write(wanted, now, above)
        return False

    def _give_back(self) -> None:
        for language in Language:
            self._edits.drop_ops(self._layer, self._section, language)

    def _above(self) -> EffectivePage | None:
        snapshot = self._edits.after
        layers = snapshot.layers_of(snapshot.force(self._force), self._on)
        chain = tuple(layer for layer in layers if layer != self._layer)
        try:
            return snapshot.effective_of_layers(self._edits.page, chain, Language.EN)
        except NotFoundError:
            return None

    def _reads_the_same(self, wanted: EffectiveSection | None) -> bool:
        after = _page(self._edits, self._force, Language.EN, self._on)
        shown = after.section(self._section) if after else None
        return _same(shown, wanted)

    def _write(
        self, wanted: EffectiveSection | None, now: EffectiveSection | None, above: EffectivePage | None
    ) -> None:
        """Give the force an op of its own that makes it read what it read."""
        self._edits.drop_ops(self._layer, self._section)
        if wanted is None:
            if now is not None:
                fields = hide_fields(self._section, now.pin, self._reason)
                self._edits.add_op(self._layer, fields, None, Language.EN)
            return
        if now is None:
            kind, fields = "insert-after", insert_fields(self._section, self._anchor(above), self._reason)
        else:
            kind, fields = "replace", replace_fields(self._section, now.pin, self._reason)
        self._edits.add_op(self._layer, fields, block_of(wanted), Language.EN)
        self._write_welsh(kind, wanted)

    def _write_welsh(self, kind: str, wanted: EffectiveSection) -> None:
        """The Welsh that went with the words has to stand at the force too."""
        then = _page(self._edits, self._force, Language.CY, self._on, is_before=True)
        welsh = then.section(self._section) if then else None
        if welsh is None or welsh.is_fallback:
            return
        self._edits.drop_ops(self._layer, self._section, Language.CY)
        fields = welsh_fields(kind, self._section, wanted.pin)
        self._edits.add_op(self._layer, fields, block_of(welsh), Language.CY)

    def _anchor(self, above: EffectivePage | None) -> SectionId:
        assert self._then is not None, "Only forces with the page keep anything."
        order = tuple(each.id for each in self._then.sections)
        known = {each.id for each in above.sections} if above else set()
        return next((each for each in before_in(order, self._section) if each in known), LEAD)


def _same(one: EffectiveSection | None, other: EffectiveSection | None) -> bool:
    if one is None or other is None:
        return one is other
    return one.pin == other.pin


def _page(
    edits: SectionEdits, force: ForceId, language: Language, on: date, *, is_before: bool = False
) -> EffectivePage | None:
    snapshot = edits.snapshot if is_before else edits.after
    if language not in {Language.EN, *snapshot.force(force).languages}:
        return None
    try:
        return snapshot.effective(edits.page, force, language, on)
    except NotFoundError:
        return None
