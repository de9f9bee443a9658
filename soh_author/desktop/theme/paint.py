"""Colours as Qt wants them: a palette for every control, and a style sheet for the few that are our own."""

from collections.abc import Callable, Mapping
from string import Template

from PySide6.QtGui import QColor, QPalette

from soh_author.desktop.theme.colours import Colours


def palette_of(colours: Colours) -> QPalette:
    """The Qt palette of a look; disabled text keeps 3:1, for it still tells something."""
    palette = QPalette()
    role = QPalette.ColorRole
    for where, colour in (
        (role.Window, colours.ground),
        (role.WindowText, colours.text),
        (role.Base, colours.surface),
        (role.AlternateBase, colours.side),
        (role.Text, colours.text),
        (role.Button, colours.ground),
        (role.ButtonText, colours.text),
        (role.BrightText, colours.error),
        (role.ToolTipBase, colours.surface),
        (role.ToolTipText, colours.text),
        (role.PlaceholderText, colours.quiet),
        (role.Highlight, colours.accent_soft),
        (role.HighlightedText, colours.on_accent_soft),
        (role.Accent, colours.accent),
        (role.Link, colours.accent),
        (role.LinkVisited, colours.group),
        (role.Light, colours.surface),
        (role.Midlight, colours.hover),
        (role.Mid, colours.line),
        (role.Dark, colours.edge),
        (role.Shadow, colours.edge),
    ):
        palette.setColor(where, QColor(colour))
    for where in (role.WindowText, role.Text, role.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, where, QColor(colours.off))
    return palette


def colours_from(palette: QPalette) -> Colours:
    """A look in the system's own colours."""
    role = QPalette.ColorRole
    base, text, window = (palette.color(one).name() for one in (role.Base, role.Text, role.Window))
    chosen, on_chosen = palette.color(role.Highlight).name(), palette.color(role.HighlightedText).name()
    is_dark = palette.color(role.Window).lightness() < palette.color(role.WindowText).lightness()
    return Colours(
        ground=window,
        surface=base,
        side=window,
        hover=base,
        line=text,
        edge=text,
        text=text,
        quiet=text,
        accent=chosen,
        on_accent=on_chosen,
        accent_soft=chosen,
        on_accent_soft=on_chosen,
        shared=text,
        group=text,
        force=text,
        error=text,
        warning=text,
        good=text,
        added=base,
        removed=base,
        is_dark=is_dark,
    )


_SHEET = Template("""
* { outline: none; }
QToolTip { background: $surface; color: $text; border: 1px solid $edge; padding: ${s1}px ${s2}px; }
QMenuBar { background: $ground; padding: ${h}px ${s1}px; }
QMenuBar::item { padding: ${s1}px ${s2}px; border-radius: ${s1}px; background: transparent; color: $text; }
QMenuBar::item:selected { background: $accent_soft; color: $on_accent_soft; }
QMenu { background: $surface; border: 1px solid $edge; padding: ${s1}px; }
QMenu::item { padding: ${s1}px ${s6}px ${s1}px ${s6}px; border-radius: ${h}px; color: $text; }
QMenu::item:selected { background: $accent_soft; color: $on_accent_soft; }
QMenu::item:disabled { color: $off; }
QMenu::separator { height: 1px; background: $line; margin: ${s1}px ${s2}px; }
QMenu::icon { padding-left: ${s2}px; }
QStatusBar { background: $ground; border-top: 1px solid $line; }
QStatusBar::item { border: none; }
QMainWindow::separator, QSplitter::handle { background: $line; width: 1px; height: 1px; }

QPushButton, QToolButton[role="button"], QComboBox {
  background: $surface; color: $text; border: 1px solid $edge; border-radius: ${s1}px;
  padding: ${q}px ${s3}px; min-height: ${s5}px;
}
QPushButton:hover, QToolButton[role="button"]:hover, QComboBox:hover { background: $hover; }
QPushButton:focus, QToolButton:focus, QComboBox:focus { border: 2px solid $accent; padding: ${p}px ${s3p}px; }
QPushButton:checked { background: $accent_soft; color: $on_accent_soft; border-color: $accent; }
QPushButton:disabled, QComboBox:disabled { color: $off; border: 1px $off_line; background: $ground; }
QPushButton[role="primary"] { background: $accent; color: $on_accent; border-color: $accent; }
QPushButton[role="primary"]:hover { background: $on_accent_soft_hover; border-color: $on_accent_soft_hover; }
QPushButton[role="primary"]:focus { border: 2px solid $text; }
QPushButton[role="primary"]:disabled { background: $off_ground; color: $off_text; border: 1px $off_line; }
QPushButton[role="quiet"] { background: transparent; border-color: transparent; color: $accent; }
QPushButton[role="quiet"]:hover { background: $hover; }
QPushButton[role="quiet"]:focus { border: 2px solid $accent; }
QPushButton[role="card"] { border: 1px solid $line; border-radius: ${s2}px; padding: 0; min-height: 0; }
QPushButton[role="card"]:hover { border-color: $accent; background: $surface; }
QPushButton[role="card"]:focus { border: 2px solid $accent; padding: 0; }
QPushButton[role="row"] { background: transparent; border: 1px solid transparent; text-align: left;
  padding: ${q}px ${s2}px; }
QPushButton[role="row"]:hover { background: $hover; }
QPushButton[role="row"]:focus { border: 2px solid $accent; padding: ${p}px ${s2p}px; }
QToolButton { background: transparent; color: $text; border: 1px solid transparent; border-radius: ${s1}px;
  padding: ${h}px; }
QToolButton:hover { background: $hover; }
QToolButton:checked { background: $accent_soft; color: $on_accent_soft; }
QToolButton:focus { border: 2px solid $accent; padding: ${h1}px; }

QLineEdit, QPlainTextEdit[role="field"], QTextEdit[role="field"], QDateTimeEdit {
  background: $surface; color: $text; border: 1px solid $edge; border-radius: ${s1}px;
  padding: ${q}px ${s2}px; min-height: ${s5}px; selection-background-color: $accent;
  selection-color: $on_accent; placeholder-text-color: $quiet;
}
QLineEdit:focus, QPlainTextEdit[role="field"]:focus, QTextEdit[role="field"]:focus, QDateTimeEdit:focus {
  border: 2px solid $accent; padding: ${p}px ${s2p}px; }
QCheckBox, QRadioButton { spacing: ${s2}px; }
QRadioButton::indicator { background: $surface; border: 1px solid $edge; border-radius: ${round}px;
  width: ${s3x}px; height: ${s3x}px; }
QRadioButton::indicator:checked { background: qradialgradient(cx: 0.5, cy: 0.5, radius: 0.5, fx: 0.5, fy: 0.5,
  stop: 0 $accent, stop: 0.5 $accent, stop: 0.58 $surface, stop: 1 $surface); }
QRadioButton::indicator:focus { border: 2px solid $accent; }
QCheckBox::indicator:disabled, QRadioButton::indicator:disabled { border-color: $line; background: $ground; }
QCheckBox:disabled, QRadioButton:disabled { color: $off; }

QComboBox::drop-down, QDateTimeEdit::drop-down { border: none; width: ${s6}px; }
QComboBox::down-arrow, QDateTimeEdit::down-arrow { image: url("$down"); width: ${s3}px; height: ${s3}px; }
QComboBox { combobox-popup: 0; }
QComboBox QAbstractItemView { background: $surface; border: 1px solid $edge; }

QTreeView, QListView, QTableView { background: $surface; border: 2px solid transparent; }
QTreeView[place="side"], QListView[place="side"], QWidget[place="side"] { background: $side; }
QAbstractItemView { selection-background-color: $accent_soft; selection-color: $on_accent_soft; }
QTreeView::item, QListView::item { padding: ${q}px ${s1}px; border: none; }
QCheckBox::indicator, QListView::indicator, QTreeView::indicator { width: ${s4}px; height: ${s4}px;
  background: $surface; border: 1px solid $edge; border-radius: 3px; }
QCheckBox::indicator:focus { border: 2px solid $accent; }
QCheckBox::indicator:checked, QListView::indicator:checked, QTreeView::indicator:checked {
  background: $accent; border-color: $accent; image: url("$tick"); }
QCheckBox::indicator:checked:focus { border: 2px solid $text; }
QTreeView::branch { background: transparent; }
QTreeView::branch:has-children:closed { image: url("$closed"); }
QTreeView::branch:has-children:open { image: url("$open"); }
QTreeView::item:hover, QListView::item:hover { background: $hover; }
QTreeView::item:selected, QListView::item:selected { background: $accent_soft; color: $on_accent_soft; }
QTreeView:focus, QListView:focus, QTableView:focus { border: 2px solid $accent; }
QHeaderView::section { background: $ground; color: $quiet; border: none; border-bottom: 1px solid $line;
  padding: ${q}px ${s2}px; }

QTabWidget::pane { border: none; border-top: 1px solid $line; }
QTabBar { background: transparent; qproperty-drawBase: 0; }
QTabBar::tab { background: transparent; color: $quiet; padding: ${s2}px ${s4}px; border: none;
  border-bottom: 2px solid transparent; }
QTabBar::tab:selected { color: $text; border-bottom: 2px solid $accent; }
QTabBar::tab:hover { background: $hover; }
QTextBrowser[role="paper"] { border: 2px solid transparent; }
QTextBrowser[role="paper"]:focus { border: 2px solid $accent; }
QTabBar::scroller { width: ${s8}px; }
QTabBar QToolButton { background: $surface; border: 1px solid $line; padding: 0; }
QTabBar QToolButton::left-arrow { image: url("$left"); width: ${s3}px; height: ${s3}px; }
QTabBar QToolButton::right-arrow { image: url("$right"); width: ${s3}px; height: ${s3}px; }
QTabBar::tab:focus { background: $accent_soft; color: $on_accent_soft; }

QScrollBar { background: transparent; border: none; margin: 0; }
QScrollBar:vertical { width: ${s3}px; }
QScrollBar:horizontal { height: ${s3}px; }
QScrollBar::handle { background: $scroll; border-radius: ${q}px; margin: ${h}px; min-height: ${s8}px;
  min-width: ${s8}px; }
QScrollBar::handle:hover { background: $edge; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }

QProgressBar { background: $line; border: none; border-radius: ${h}px; max-height: ${s1}px;
  min-height: ${s1}px; }
QProgressBar::chunk { background: $accent; border-radius: ${h}px; }

QFrame[role="card"] { background: $surface; border: 1px solid $line; border-radius: ${s2}px; }
QFrame[role="rail"] { background: $side; border-right: 1px solid $line; }
QFrame[role="side"], QWidget[role="rail-column"] { background: $side; }
QFrame[role="bar"] { background: $side; border-bottom: 1px solid $line; }
QFrame[role="notice"] { background: $accent_soft; border: 1px solid $accent; border-radius: ${s1}px; }
QFrame[role="notice"] QLabel, QFrame[role="notice"] QPushButton[role="quiet"] { color: $on_accent_soft; }
QFrame[role="notice"] QPushButton[role="quiet"]:hover { color: $text; }
QFrame[role="notice"] QPushButton:focus {
  border: 2px solid $on_accent_soft; background: $accent_soft; color: $on_accent_soft;
}
QLabel[role="quiet"] { color: $quiet; }
QLabel[role="heading"] { font-weight: 600; }
QLabel[role="error"] { color: $error; }
QFrame[role="rail"] QToolButton { border-radius: ${s2}px; padding: ${s2}px ${s1}px; color: $quiet; }
QFrame[role="rail"] QToolButton:checked { color: $on_accent_soft; }
QDialog, QMessageBox { background: $ground; }
QDialogButtonBox { dialogbuttonbox-buttons-have-icons: 0; }
""")


def style_sheet(colours: Colours, px: Callable[[float], int], arrows: Mapping[str, str]) -> str:
    """The style sheet of a look at a size; lengths are steps of the spacing grid, ``arrows`` files."""
    values = {name: getattr(colours, name) for name in Colours.__slots__ if name != "is_dark"}
    steps = {f"s{step}": px(step * 4) for step in (1, 2, 3, 4, 5, 6, 8)}
    fine = {"h": px(2), "h1": max(px(2) - 1, 0), "q": px(3), "p": max(px(3) - 1, 0)}
    inner = {"s2p": max(px(8) - 1, 0), "s3p": max(px(12) - 1, 0)}
    box = px(14)
    boxes = {"s3x": box, "round": box // 2 + 1}  # a border of one pixel stands around it
    mixed = {
        "scroll": QColor(colours.edge).lighter(135).name() if not colours.is_dark else colours.line,
        "on_accent_soft_hover": QColor(colours.accent).darker(115).name(),
    }
    is_stark = colours.line == colours.text
    mixed |= {
        "off": colours.off,
        "off_line": f"dashed {colours.off}" if is_stark else f"solid {colours.line}",
        "off_ground": colours.ground if is_stark else colours.line,
        "off_text": colours.off if is_stark else colours.quiet,
    }
    if colours.is_dark:
        mixed["on_accent_soft_hover"] = QColor(colours.accent).lighter(110).name()
    return _SHEET.substitute({**arrows, **values, **steps, **fine, **inner, **boxes, **mixed})
