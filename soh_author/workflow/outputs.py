"""Outputs: one page as one public reads it, with its facts, links, pictures, and its digest."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import NamedTuple

from soh_author.domain.errors import NotFoundError
from soh_author.domain.facts import FactSheet, FactType, FactValue, Reference
from soh_author.domain.force import Force, ForceStatus
from soh_author.domain.ids import FactName, ForceId, Language, PageId
from soh_author.domain.layers import SHARED, Layer
from soh_author.domain.resolving.digest import (
    EncodedPage,
    OutputIdentity,
    encode_page,
    output_digest,
    with_turn,
)
from soh_author.domain.resolving.effective import EffectivePage
from soh_author.domain.resolving.fact_lookup import Missing, find_value
from soh_author.render.furniture import home_url
from soh_author.render.holes import Questions
from soh_author.render.output import OutputContext, RenderedPage, Uses
from soh_author.render.renderer import Renderer
from soh_author.workflow.snapshot import Snapshot

_IN_FRAME = ("public_name", "host")
"""What of a force's profile stands around the text of each of its pages."""

MEDIA = "/media/"
"""Folder of pictures in a built site; each lies below its content hash."""


@dataclass(frozen=True, slots=True)
class Output:
    """One page as one public reads it, but for its HTML.

    ``facts`` by key, ``links`` (address by target) and ``media`` (SHA-256 by name) hold what was found;
    ``missing_*`` what was not, which blocks publishing. ``turn`` is the next day on which the page becomes
    another, or goes, because other groups speak for the force or its site ends; ``then`` is the output from
    that day on, None when it goes. ``today`` is the digest of it as it is until then.
    """

    page: PageId
    force: ForceId
    language: Language
    effective: EffectivePage
    url: str
    facts: Mapping[str, FactValue]
    links: Mapping[str, str]
    media: Mapping[str, str]
    missing_facts: tuple[Missing, ...]
    missing_links: tuple[str, ...]
    missing_media: tuple[str, ...]
    digest: str
    today: str
    turn: date | None = None
    then: "Output | None" = None

    def turning(self, day: date, then: "Output | None") -> "Output":
        """The same, another (or gone) from a day on; whoever answers for it answers for both."""
        digest = with_turn(self.today, day, then.digest if then else "")
        return replace(self, digest=digest, turn=day, then=then)

    def delayed(self, day: date) -> "Output":
        """The same, there from a day on only: something else than one to be read now."""
        return replace(self, digest=with_turn("", day, self.digest), today="")

    @property
    def gone_from(self) -> date | None:
        """The day from which on nobody reads it any more, with nobody changing anything."""
        return self.then.gone_from if self.then else self.turn


class Shown(NamedTuple):
    """How a page appears where others point to it: its address, title and summary."""

    url: str
    title: str
    summary: str


def shown(effective: EffectivePage) -> Shown:
    """How an effective page appears where others point to it."""
    return Shown(address_of(effective), effective.value("title"), effective.value("summary"))


def address_of(effective: EffectivePage) -> str:
    """The page's public address; one made from its id while it has none in its language, which is a fault."""
    return effective.value("url") or f"{home_url(effective.language)}{effective.page}/"


@dataclass(frozen=True, slots=True)
class Asking:
    """A text, worked out once for all its publics: what depends on who reads it, and its part of digests."""

    text: EffectivePage
    questions: Questions
    encoded: EncodedPage

    @classmethod
    def of(cls, text: EffectivePage, renderer: Renderer) -> "Asking":
        """Work both out for a text."""
        return cls(text, renderer.questions(text), encode_page(text))


class SharedText:
    """A text of one page, for all publics for whom the same layers speak; put together when it is asked for.

    Args:
        snapshot: the content.
        page: which page.
        language: of the text.
        parity: whether Welsh must be whole.
        speaking: the layers with words for the page.
    """

    __slots__ = ("_below", "_language", "_page", "_parity", "_shown", "_snapshot", "_whole")

    def __init__(
        self, snapshot: Snapshot, page: PageId, language: Language, speaking: Iterable[Layer], *, parity: bool
    ) -> None:
        self._snapshot = snapshot
        self._page = page
        self._language = language
        self._parity = parity
        self._below = tuple(layer for layer in speaking if layer != SHARED)
        self._whole: EffectivePage | None = None
        self._shown: Shown | None = None

    def read(self) -> EffectivePage:
        """The text; facts are still holes."""
        if self._whole is None:
            self._whole = self._snapshot.effective_of_layers(
                self._page, self._below, self._language, parity=self._parity
            )
        return self._whole

    def shown(self) -> Shown:
        """How it appears where others point to it: its files are read no further than that needs."""
        if self._shown is None:
            text = self._whole or self._snapshot.fields_of_layers(
                self._page, self._below, self._language, parity=self._parity
            )
            self._shown = shown(text)
        return self._shown


Texts = dict[tuple[PageId, Language, bool, tuple[Layer, ...]], SharedText]
"""Texts of one snapshot by what tells them apart: page, language, whether Welsh must be whole, who speaks."""


def _find_text(
    texts: Texts,
    snapshot: Snapshot,
    reader: tuple[Force, tuple[Layer, ...]],
    page: PageId,
    language: Language,
) -> SharedText | None:
    """The text of a page for a force and the layers that speak for it; None when it has none."""
    force, layers = reader
    presence = snapshot.presence(page)
    if not presence.has_output(force, language, layers):
        return None
    parity = force.welsh_parity and language is not Language.EN
    speaking = presence.speaking(layers)
    key = (page, language, parity, speaking)
    if key not in texts:
        texts[key] = SharedText(snapshot, page, language, speaking, parity=parity)
    return texts[key]


class Audience:
    """One force's public in one language on a day: what facts, addresses and pictures are to them.

    ``texts`` may be shared by all publics of one snapshot: where the same layers speak, the same is read.

    Raises:
        NotFoundError: when there is no such force.
    """

    def __init__(
        self,
        snapshot: Snapshot,
        force: ForceId,
        language: Language,
        on: date,
        texts: Texts | None = None,
    ) -> None:
        self._texts: Texts = {} if texts is None else texts
        self.snapshot = snapshot
        self.force: Force = snapshot.force(force)
        self.language = language
        self.on = on
        self.layers: tuple[Layer, ...] = (SHARED, *snapshot.layers_of(self.force, on))
        self.sheets: tuple[FactSheet, ...] = tuple(snapshot.facts_of(layer) for layer in self.layers)
        self._values: dict[str, FactValue | Missing] = {}
        self._pages: dict[tuple[PageId, Language], SharedText | None] = {}
        self._languages = {Language.EN, *self.force.languages}
        self._frame = _frame_of(self.force, language)
        self._turn = next(iter(snapshot.registry.turns_of(self.force, on)), None)
        self._gone_from = gone if (gone := self.force.gone_from) and gone > on else None
        self._following: Audience | None = None

    def fact(self, reference: Reference) -> FactValue | None:
        """The value of a fact for this public, or None when it has none."""
        found = self.look_up(reference)
        return found if isinstance(found, FactValue) else None

    def look_up(self, reference: Reference) -> FactValue | Missing:
        """The value of a fact for this public, or why there is none."""
        known = self._values.get(reference.key)
        if known is None:
            known = find_value(reference, self.sheets, self.force, self.on, self.language, known=self._names)
            self._values[reference.key] = known
        return known

    @cached_property
    def _names(self) -> frozenset[FactName]:
        """All facts that some layer knows: what is none of them is a slip of the pen."""
        catalogue = self.snapshot.sources.catalogue
        return self.snapshot.sources.memory.recall(
            ("fact names", tuple(self.snapshot.sources.stamp(path) for path in catalogue.facts.values())),
            lambda: frozenset(name for layer in catalogue.facts for name in self.snapshot.facts_of(layer)),
        )

    def find(self, page: PageId, language: Language) -> EffectivePage | None:
        """The page as this force has it in a language, or None when it has none in that language."""
        text = self.text(page, language)
        return None if text is None else text.read()

    def shown(self, page: PageId, language: Language) -> Shown | None:
        """How a page appears to this force's public in a language; None when it has no such page."""
        text = self.text(page, language)
        return None if text is None else text.shown()

    def page_url(self, page: PageId, section: str = "") -> str | None:
        """Address of a page here; the English one where it has no Welsh; None where there is no such page."""
        found = self._shown_here(page)
        if found is None:
            return None
        return f"{found.url}#{section}" if section else found.url

    def page_title(self, page: PageId) -> str | None:
        """Title of a page here, or None where this public has no such page."""
        found = self._shown_here(page)
        return found.title if found else None

    def other_language_url(self, page: PageId) -> str | None:
        """Address of the page in the force's other language, where it has one."""
        other = Language.EN if self.language is Language.CY else Language.CY
        if other not in self._languages:
            return None
        found = self.shown(page, other)
        return found.url if found else None

    def _shown_here(self, page: PageId) -> Shown | None:
        found = self.shown(page, self.language)
        return found or (None if self.language is Language.EN else self.shown(page, Language.EN))

    def media_path(self, name: str) -> str | None:
        """Path of a picture: the force's own, else its groups', else the shared one."""
        known = self.snapshot.sources.catalogue.media
        return next(
            (known[layer][name] for layer in reversed(self.layers) if name in known.get(layer, {})), None
        )

    def media_url(self, name: str) -> str | None:
        """Address of a picture in a built site, or None when there is no such picture."""
        path = self.media_path(name)
        return path and f"{MEDIA}{self.snapshot.content_hash(path)[:16]}/{name}"

    def effective(self, page: PageId) -> EffectivePage:
        """The page as this public has it; facts are still holes.

        Raises:
            NotFoundError: when it has no such page.
        """
        found = self.find(page, self.language)
        if found is None:
            raise NotFoundError(
                f"{self.force.name()} has no page “{page}” in {self.language.label}.",
                todo=_way_on(self, page),
            )
        return found

    def context(self) -> OutputContext:
        """What rendering for the site needs to know of this public."""
        return OutputContext(
            force=self.force,
            language=self.language,
            find_fact=self.fact,
            page_url=self.page_url,
            media_url=self.media_url,
            page_title=self.page_title,
            layer_names={str(group.layer): group.name for group in self.snapshot.registry.groups.values()},
        )

    def describe(
        self, page: PageId, effective: EffectivePage, rendered: RenderedPage, renderer: Renderer
    ) -> Output:
        """The output that a rendering (for the site or the preview) is of, with its digest."""
        links = {target: self._site_link(target) for target in rendered.links_used}
        other = self.other_language_url(page)
        return self._turning(self._output(page, effective, rendered, _with_other(links, other)), renderer)

    def on_turning(self) -> "Audience | None":
        """The same public from the next day on which other groups speak for the force; None where none do."""
        if self._following is None and self._turn is not None:
            self._following = Audience(self.snapshot, self.force.id, self.language, self._turn, self._texts)
        return self._following

    def _turning(self, output: Output, renderer: Renderer) -> Output:
        """An output together with what becomes of it on days to come: who approves it approves that."""
        following = self.on_turning()
        if following is None:
            return output.turning(self._gone_from, None) if self._gone_from else output
        then = following.coming(output.page, renderer)
        if then is not None and then.today == output.today:  # nothing is otherwise on that day, but later
            return replace(output, digest=then.digest, turn=then.turn, then=then.then)
        return output.turning(following.on, then)

    def coming(self, page: PageId, renderer: Renderer) -> Output | None:
        """The page as this public reads it, or will from a later day on; None when it never does."""
        reading: Audience | None = self
        while reading is not None and reading.find(page, self.language) is None:
            reading = reading.on_turning()
        if reading is None:
            return None
        found = reading.render(page, renderer)[0]
        return found if reading is self else found.delayed(reading.on)

    def _output(
        self,
        page: PageId,
        effective: EffectivePage,
        used: Uses,
        links: Mapping[str, str],
        encoded: EncodedPage | None = None,
    ) -> Output:
        media = {name: self.snapshot.content_hash(self.media_path(name) or "") for name in used.media_used}
        identity = OutputIdentity(page, self.force.id, self.language)
        facts = {**self._frame, **used.facts_used}
        digest = output_digest(identity, effective, facts, links, media, encoded=encoded)
        return Output(
            page=page,
            force=self.force.id,
            language=self.language,
            effective=effective,
            url=address_of(effective),
            facts=facts,
            links=links,
            media=media,
            missing_facts=tuple(map(self._why_missing, used.missing)),
            missing_links=used.unknown_pages,
            missing_media=used.unknown_media,
            digest=digest,
            today=digest,
        )

    def render(
        self, page: PageId, renderer: Renderer, context: OutputContext | None = None
    ) -> tuple[Output, RenderedPage]:
        """The page as this public reads it, and as it is rendered for the site.

        Raises:
            NotFoundError: when it has no such page.
        """
        return self.render_effective(page, self.effective(page), renderer, context or self.context())

    def render_effective(
        self,
        page: PageId,
        effective: EffectivePage,
        renderer: Renderer,
        context: OutputContext,
        encoded: EncodedPage | None = None,
    ) -> tuple[Output, RenderedPage]:
        """As :meth:`render`, of a page already put together; ``encoded`` is of the same one."""
        other = self.other_language_url(page)
        base = replace(context, other_language_url=other) if other != context.other_language_url else context
        rendered = renderer.render_page(effective, base, annotate=False)
        # For the site, the addresses in the HTML are those of the output.
        links = _with_other(rendered.links_used, other)
        output = self._output(page, effective, rendered, links, encoded)
        return self._turning(output, renderer), rendered

    def output(self, asking: Asking, renderer: Renderer, context: OutputContext) -> Output:
        """The output that :meth:`render_effective` makes, without its HTML; many times as fast."""
        used = renderer.look_up(asking.questions, context)
        page = asking.text.page
        links = _with_other(used.links_used, self.other_language_url(page))
        output = self._output(page, asking.text, used, links, asking.encoded)
        return self._turning(output, renderer)

    def text(self, page: PageId, language: Language) -> SharedText | None:
        """The text of a page for this force in a language; None when it has no such page."""
        key = (page, language)
        if key not in self._pages:
            self._pages[key] = _find_text(self._texts, self.snapshot, (self.force, self.layers), *key)
        return self._pages[key]

    def _why_missing(self, reference: Reference) -> Missing:
        found = self.look_up(reference)
        if isinstance(found, Missing):
            return found
        # It has a value, but not one that can stand where the text wants it: a number as an address, say.
        message = f"“{{{{ {reference.key} }}}}” can't be used as an address."
        return Missing(reference, "bad-fact-value", message)

    def _site_link(self, target: str) -> str:
        page, _, section = target.partition("#")
        if page.endswith(" title"):
            return self.page_title(PageId(page.removesuffix(" title"))) or ""
        return self.page_url(PageId(page), section) or ""


def _way_on(audience: Audience, page: PageId) -> str:
    """What to do about a page this public hasn't: mend it where its text can't be read."""
    for file in audience.snapshot.sources.files_of(page):
        if file.layer not in audience.layers:
            continue
        if audience.snapshot.sources.read(file.path).value is None:
            return f"Mend “{file.path}”, which can't be read: check the page to see why."
        if not audience.snapshot.may_touch(file):
            return f"Add it to “pages” of “{file.layer.folder}/group.yml”, or move “{file.path}”."
    return "Choose another page, force or language."


def _frame_of(force: Force, language: Language) -> Mapping[str, FactValue]:
    """What the frame of every page shows of the force, whatever the page says: its name and its host."""
    found = ((f"force.{name}", force.profile_value(name, language)) for name in _IN_FRAME)
    return {
        key: FactValue(key, FactType.TEXT, value, force.layer, force.place, language)
        for key, value in found
        if value
    }


def _with_other(links: Mapping[str, str], address: str | None) -> Mapping[str, str]:
    return {**links, "other-language": address} if address else links


def outputs_of(snapshot: Snapshot, page: PageId, on: date) -> list[tuple[ForceId, Language]]:
    """Who reads a page on a day: every live force that has it, in each language it comes in there."""
    presence = snapshot.presence(page)
    return [
        (force.id, language)
        for force in snapshot.registry.forces.values()
        if is_live(force, on)
        for language in Language
        if presence.has_output(force, language, (SHARED, *snapshot.layers_of(force, on)))
    ]


Ahead = Sequence[tuple[Force, Sequence[tuple[Layer, ...]]]]
"""The forces whose sites stand or will, with the layers that speak for each, shared included, now and from
days to come on.
"""


def ahead_of(snapshot: Snapshot, on: date) -> Ahead:
    """Who speaks for whom from a day on, with nobody changing anything."""
    forces = (force for force in snapshot.registry.forces.values() if will_be_live(force, on))
    return [(force, [(SHARED, *each) for each in layers_ahead(snapshot, force, on)]) for force in forces]


def layers_ahead(snapshot: Snapshot, force: Force, on: date) -> Sequence[tuple[Layer, ...]]:
    """The layers below shared that speak for a force: on its first day, and on each day that changes them."""
    first = first_day(force, on)
    return [snapshot.layers_of(force, day) for day in (first, *snapshot.registry.turns_of(force, first))]


def outputs_to_come(snapshot: Snapshot, page: PageId, ahead: Ahead) -> list[tuple[ForceId, Language]]:
    """Who reads a page now or will, with nobody changing anything: what people answer for."""
    has_output = snapshot.presence(page).has_output
    return [
        (force.id, language)
        for force, known in ahead
        for language in Language
        if any(has_output(force, language, layers) for layers in known)
    ]


def first_day(force: Force, on: date) -> date:
    """The first day from a day on that a force's site stands, if it ever will."""
    return max(on, force.start) if force.start else on


def is_live(force: Force, on: date) -> bool:
    """Whether a force's site stands on a day."""
    return will_be_live(force, on) and first_day(force, on) == on


def will_be_live(force: Force, on: date) -> bool:
    """Whether a force's site stands on a day or will later, with nobody changing anything."""
    ended = force.end is not None and force.end < first_day(force, on)
    return force.status is ForceStatus.LIVE and not ended
