"""Every look can be read, and every icon is of one hand."""

import gc
import re
from itertools import product
from pathlib import Path

import pytest
import shiboken6
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from soh_author.desktop.actions import ACTIONS
from soh_author.desktop.editor.offer_bar import OfferBar
from soh_author.desktop.theme.colours import PALETTES, Colours, Look, contrast
from soh_author.desktop.theme.icons import INK, drawn, icon_folder
from soh_author.desktop.theme.paint import colours_from, palette_of
from soh_author.desktop.theme.theme import ZOOM_STEPS, Theme
from soh_author.domain.layers import LayerKind

GROUNDS = ("ground", "surface", "side", "hover")
INKS = ("text", "quiet", "accent", "shared", "group", "force", "error", "warning", "good")
ICONS = sorted(path.stem for path in icon_folder().glob("*.svg") if path.stem != "app")


def _pairs(colours: Colours) -> list[tuple[str, str]]:
    plain = [pair for pair in product(INKS, GROUNDS) if pair[1] != "hover" or pair[0] in {"text", "quiet"}]
    chosen = [("on_accent", "accent"), ("on_accent_soft", "accent_soft")]
    compared = [("text", "added"), ("text", "removed")]
    return [(getattr(colours, ink), getattr(colours, ground)) for ink, ground in (*plain, *chosen, *compared)]


def test_contrast_is_reckoned_as_the_guidelines_do() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)
    assert contrast("#336699", "#336699") == 1


@pytest.mark.parametrize("look", PALETTES)
def test_every_text_has_a_contrast_of_at_least_four_and_a_half(look: Look) -> None:
    too_weak = [
        f"{ink} on {ground}: {contrast(ink, ground):.2f}"
        for ink, ground in _pairs(PALETTES[look])
        if contrast(ink, ground) < 4.5
    ]
    assert too_weak == []


@pytest.mark.parametrize("look", PALETTES)
def test_edges_of_controls_and_disabled_words_have_a_contrast_of_at_least_three(look: Look) -> None:
    colours = PALETTES[look]
    grounds = (colours.ground, colours.surface, colours.side)
    assert min(contrast(colours.edge, ground) for ground in grounds) >= 3


def test_high_contrast_text_has_a_contrast_of_at_least_seven() -> None:
    assert min(contrast(ink, ground) for ink, ground in _pairs(PALETTES[Look.CONTRAST])) >= 7


@pytest.mark.parametrize("look", PALETTES)
def test_the_layers_have_three_colours(look: Look) -> None:
    assert len({PALETTES[look].layer(kind) for kind in LayerKind}) == 3


@pytest.mark.parametrize("name", ICONS)
def test_every_icon_is_drawn_in_one_ink_and_one_line_weight(name: str) -> None:
    source = (icon_folder() / f"{name}.svg").read_text(encoding="utf-8")
    assert set(re.findall(r"#[0-9a-f]{6}", source)) == {INK}
    assert 'viewBox="0 0 24 24"' in source
    assert 'stroke-width="1.6"' in source


@pytest.mark.parametrize("name", ICONS)
def test_every_icon_takes_the_colour_asked_for(qapp: object, name: str) -> None:
    del qapp
    picture = drawn(name, "#ff0000", 24).toImage()
    colours = {
        picture.pixelColor(x, y).name()
        for x in range(48)
        for y in range(48)
        if picture.pixelColor(x, y).alpha() > 250
    }
    assert colours == {"#ff0000"}


@pytest.mark.parametrize("name", sorted({action.icon for action in ACTIONS if action.icon}))
def test_every_action_names_an_icon_that_is_there(name: str) -> None:
    assert name in ICONS


def test_size_goes_in_steps_and_stops_at_both_ends(theme: Theme) -> None:
    theme.set_zoom(130)
    assert theme.zoom == 125
    for _ in ZOOM_STEPS:
        theme.set_zoom(theme.stepped(1))
    assert theme.zoom == 200
    assert theme.px(10) == 20
    for _ in ZOOM_STEPS:
        theme.set_zoom(theme.stepped(-1))
    assert theme.zoom == 75


def test_a_look_can_be_made_of_the_colours_of_the_system(qapp: object) -> None:
    del qapp
    made = colours_from(palette_of(PALETTES[Look.CONTRAST]))
    assert (made.ground, made.surface, made.text) == ("#000000", "#000000", "#ffffff")
    assert made.is_dark
    assert contrast(made.on_accent_soft, made.accent_soft) >= 7


@pytest.mark.parametrize("look", PALETTES)
def test_every_word_of_an_offer_can_be_read(theme: Theme, qtbot: QtBot, look: Look) -> None:
    theme.set_look(look)
    bar = OfferBar()
    qtbot.addWidget(bar)
    bar.show_offer("This says what the text above says.", "Give it back")
    ink = theme.colours.on_accent_soft
    words = bar.words.palette().windowText(), bar.leave.palette().buttonText()
    assert [brush.color().name() for brush in words] == [ink, ink]
    picture = bar.leave.grab().toImage()
    places = product(range(picture.width()), range(picture.height()))
    assert ink in {picture.pixelColor(*place).name() for place in places}


def test_changing_the_look_tells_everybody(theme: Theme) -> None:
    heard: list[Look] = []
    theme.changed.connect(lambda: heard.append(theme.look))
    theme.set_look(Look.DARK)
    assert heard == [Look.DARK]
    assert theme.colours.is_dark


def test_the_drawings_of_a_look_outlive_its_theme(qapp: QApplication) -> None:
    made = Theme(Look.DARK)
    made.apply()
    shiboken6.delete(made)
    del made
    gc.collect()
    named = re.findall(r"url\(([^)]*)\)", qapp.styleSheet())
    assert named
    assert all(Path(each.strip('"')).is_file() for each in named)
