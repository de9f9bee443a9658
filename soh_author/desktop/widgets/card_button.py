"""A large button with a picture, a title and a sentence."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QSizePolicy, QVBoxLayout

from soh_author.desktop.theme.theme import Theme
from soh_author.desktop.widgets.as_written import as_written


class CardButton(QPushButton):
    """Says what it does in a title and one sentence; the whole card can be pressed."""

    def __init__(self, theme: Theme, icon: str, title: str, sentence: str) -> None:
        super().__init__()
        self._theme = theme
        self._icon = icon
        self.setAccessibleName(title)
        self.setAccessibleDescription(sentence)
        self.setProperty("role", "card")
        self.setAutoDefault(True)  # Enter presses it, as the space bar does
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        self._picture = QLabel()
        self._title = QLabel(title)
        self._sentence = QLabel(sentence)
        self._sentence.setWordWrap(True)
        as_written(self._title, self._sentence)
        self._sentence.setProperty("role", "quiet")
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(self._title)
        words.addWidget(self._sentence)
        words.addStretch(1)
        self._layout = layout = QHBoxLayout(self)
        layout.setContentsMargins(14, 12, 14, 12)
        layout.setSpacing(12)
        layout.addWidget(self._picture, 0, Qt.AlignmentFlag.AlignTop)
        layout.addLayout(words, 1)
        for label in (self._picture, self._title, self._sentence):
            label.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        theme.changed.connect(self.dress)
        self.dress()

    def dress(self) -> None:
        """Take the fonts and colours in force."""
        self._picture.setPixmap(self._theme.picture(self._icon, self._theme.colours.accent, 24))
        self._title.setFont(self._theme.font(1.0, bold=True))

    def sizeHint(self) -> QSize:
        """Qt: as large as what is in it."""
        return self._layout.totalSizeHint()

    def minimumSizeHint(self) -> QSize:
        """Qt: as narrow as its words allow."""
        return self._layout.totalMinimumSize()

    def hasHeightForWidth(self) -> bool:
        """Qt: a narrow card is a high one."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Qt: how high it must be to show its words."""
        return self._layout.totalHeightForWidth(width)
