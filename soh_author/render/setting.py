"""What the rendering of one fragment depends on, beside its text."""

from dataclasses import dataclass

from markdown_it.token import Token

from soh_author.domain.ids import Language
from soh_author.render.holes import HoleKind, hole
from soh_author.render.words import WORDS, Words


@dataclass(frozen=True, slots=True)
class Setting:
    """Language of the text, level of headings inside components, whether lines are noted for the preview."""

    language: Language = Language.EN
    box_level: int = 3
    annotate: bool = False

    @property
    def words(self) -> Words:
        """The furniture's words in the language of the text."""
        return WORDS[self.language]

    def spoken(self, language: Language) -> "Setting":
        """The same for text in a language, nearly always this one."""
        return self if language is self.language else Setting(language, self.box_level, self.annotate)

    def line(self, token: Token) -> str:
        """Attribute with the line of a block (a hole, filled with the line in the file).

        Empty when not noted.
        """
        if not self.annotate or token.map is None:
            return ""
        return f' data-line="{hole(HoleKind.LINE, str(token.map[0]))}"'
