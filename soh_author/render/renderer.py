"""Rendering: an effective page and a context in, the HTML of one output out."""

from collections import OrderedDict
from threading import Lock

from soh_author.domain.resolving.effective import EffectivePage
from soh_author.render.fragments import FRAGMENTS_KEPT, Fragments
from soh_author.render.furniture import furniture
from soh_author.render.holes import Blank, Questions
from soh_author.render.layout import lay_out, prepare, questions_of
from soh_author.render.output import Filling, OutputContext, RenderedPage, Uses
from soh_author.render.setting import Setting

_LAID_OUT = 32
"""Layouts kept: all publics of a page are made one after the other, and a key typed makes a new one."""


class Renderer:
    """Renders pages and remembers what can be shared: fragments by their text, layouts by their effective
    page.

    May be used from several threads.

    Args:
        fragments: how many to remember; a build reads all of its pages before it makes them.
    """

    def __init__(self, fragments: int = FRAGMENTS_KEPT) -> None:
        self._fragments = Fragments(fragments)
        self._layouts: OrderedDict[tuple[int, bool], tuple[EffectivePage, Blank]] = OrderedDict()
        self._lock = Lock()

    def render_page(
        self, effective: EffectivePage, context: OutputContext, *, annotate: bool
    ) -> RenderedPage:
        """The HTML of one output.

        ``annotate`` adds what the preview needs to know (section, layer, lines) as attributes and one more
        stylesheet; nothing else differs.
        """
        layout = self._layout(effective, annotate=annotate)
        values = furniture(context, effective.value("url"), annotate=annotate)
        return Filling(context, values).fill(layout)

    def questions(self, effective: EffectivePage) -> Questions:
        """What a page asks of each public, for :meth:`look_up`; the same for all who read this text."""
        return questions_of(effective, self._fragments)

    @staticmethod
    def look_up(questions: Questions, context: OutputContext) -> Uses:
        """All that :meth:`render_page` for the site would use, without the HTML."""
        return Filling(context, {}).look_up(questions)

    def prepare(self, effective: EffectivePage) -> None:
        """Make what rendering a page for the site will need of its text; quickest right after it was read."""
        prepare(effective, self._fragments)

    def render_text(self, text: str, context: OutputContext) -> RenderedPage:
        """The HTML of some blocks of a page's text, without the page around them."""
        html = self._fragments.body(text, Setting(context.language))
        return Filling(context, {}).fill(Blank.cut(html))

    def _layout(self, effective: EffectivePage, *, annotate: bool) -> Blank:
        # Forces without an override share one EffectivePage; holding it keeps its id its own.
        key = (id(effective), annotate)
        with self._lock:
            found = self._layouts.get(key)
            if found is not None:
                return found[1]
        made = Blank.cut(lay_out(effective, self._fragments, annotate=annotate))
        with self._lock:
            self._layouts[key] = (effective, made)
            if len(self._layouts) > _LAID_OUT:
                self._layouts.popitem(last=False)
        return made
