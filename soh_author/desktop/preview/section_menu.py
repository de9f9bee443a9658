"""What can be done with a section of the previewed page: by mouse on it, or in a menu of all sections."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from PySide6.QtWidgets import QMenu, QWidget

from soh_author.desktop.preview.section_words import layer_words, title_of
from soh_author.domain.force import Registry
from soh_author.domain.ids import SectionId
from soh_author.domain.resolving.effective import EffectiveSection


@dataclass(frozen=True, slots=True)
class SectionVerbs:
    """What happens on each line of the menu; ``why_not_override`` gives a reason, or nothing."""

    override: Callable[[SectionId], None]
    go_to_text: Callable[[SectionId], None]
    story: Callable[[SectionId], None]
    why_not_override: Callable[[SectionId], str]


def section_menu(
    section: EffectiveSection, registry: Registry, verbs: SectionVerbs, parent: QWidget
) -> QMenu:
    """The menu of one section."""
    menu = QMenu(f"{title_of(section)}: {layer_words(section.layer, registry)}", parent)
    menu.setToolTipsVisible(True)
    head = menu.addAction(f"{title_of(section)} – {layer_words(section.layer, registry)}")
    head.setEnabled(False)
    menu.addSeparator()
    override = menu.addAction("Override this section…")
    reason = verbs.why_not_override(section.id)
    override.setEnabled(not reason)
    override.setToolTip(reason or "Say this in the force’s own words.")
    if reason:
        override.setText(f"Override this section – {reason}")
    override.triggered.connect(lambda _on=False: verbs.override(section.id))
    menu.addAction("Go to text").triggered.connect(lambda _on=False: verbs.go_to_text(section.id))
    story = menu.addAction("Who wrote it, and who else sees it")
    story.triggered.connect(lambda _on=False: verbs.story(section.id))
    return menu


def sections_menu(
    sections: Iterable[EffectiveSection], registry: Registry, verbs: SectionVerbs, parent: QWidget
) -> QMenu:
    """The menu of all sections, each with its own: the way there without a mouse."""
    menu = QMenu("Sections of this page", parent)
    for section in sections:
        menu.addMenu(section_menu(section, registry, verbs, menu))
    return menu
