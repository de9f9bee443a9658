"""Taking a page down for one force: nobody else notices.

A shared page can't be absent for one force, and an address that is gone would strand who has it: the force's
page stays where it is and says only what its readers are told, and where they are led.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from soh_author.domain.errors import ContentError, UsageError
from soh_author.domain.ids import LEAD, ForceId, Language, SectionId
from soh_author.domain.layers import Layer
from soh_author.domain.override import OpKind, Override
from soh_author.domain.page import Page
from soh_author.domain.sentence import first_upper
from soh_author.markup.front_matter import split
from soh_author.markup.write import remove_op, replace_section
from soh_author.reading.paths import page_path
from soh_author.workflow.editing import Reason, effective_above, override_section
from soh_author.workflow.editing_welsh import override_welsh
from soh_author.workflow.outputs import outputs_of
from soh_author.workflow.release.take_down_for_all import Texts, banner, check_target, headed_by
from soh_author.workflow.release.take_down_wish import How, TakeDown
from soh_author.workflow.snapshot import Snapshot


def texts_for_one(live: Snapshot, what: TakeDown, force: ForceId, on: date) -> Texts:
    """The files of a force with which its public reads a page taken down.

    Raises:
        UsageError: when something isn't said that must be, or can't be wished of one language.
        ContentError: when the text at the head of the page is locked.
        NotFoundError: when the force has no such page.
    """
    languages = {language for reader, language in outputs_of(live, what.page, on) if reader == force}
    work = _Force(live, what, force, on, what.language is None and Language.CY in languages)
    if not languages.issuperset({Language.EN, what.language or Language.EN}):
        raise UsageError(
            f"{live.force(force).name()} has no such page{'' if not languages else ' in that language'}.",
            safe="Nothing was changed.",
            todo="Choose another force or language.",
        )
    if what.how is How.BANNER:
        work.put_banner()
    elif what.language is not None:
        raise UsageError(
            "For one force a page goes in both languages: the Welsh is made of the English.",
            safe="Nothing was changed.",
            todo="Put a warning on the one, or take both down.",
        )
    else:
        work.withdraw()
    return work.texts


@dataclass
class _Force:
    """One force's own texts of the page as they grow, on top of what is live.

    ``is_welsh``: whether the Welsh page is meant beside the English one.
    """

    live: Snapshot
    what: TakeDown
    force: ForceId
    on: date
    is_welsh: bool
    texts: Texts = field(default_factory=dict)

    @property
    def layer(self) -> Layer:
        return Layer.of_force(self.force)

    @property
    def now(self) -> Snapshot:
        return self.live.with_unsaved(self.texts)

    @property
    def reason(self) -> Reason:
        why = " ".join((self.what.text or self.what.welsh or f"see {self.what.target}").split())
        return Reason(f"Taken down: {why}"[:200], str(self.force))

    def put_banner(self) -> None:
        """A banner above what the force's public reads."""
        if self.what.language is not Language.CY:
            self._above(Language.EN, banner(self.what.text))
        if self.is_welsh or self.what.language is Language.CY:
            self._above(Language.CY, banner(self.what.welsh, self._path(Language.CY)))

    def withdraw(self) -> None:
        """Leave of the page what its readers are told, and what is locked, which nobody may hide."""
        told = list(self._told())
        for language, _said in told:
            self._start_anew(language)
        for language, said in told:
            if isinstance(self._value(language), Page):
                self._keep_only(language, said)
            elif language is Language.EN:
                self._hide_all_but(said)
            else:
                path = self._begun(language)
                self.texts[path] = replace_section(self.now.text(path) or "", LEAD, said)

    def _told(self) -> Iterator[tuple[Language, str]]:
        """What stands in the place of the page, in each language in which the force publishes it."""
        target = check_target(self.live, self.what) if self.what.how is How.REDIRECT else None
        said = {Language.EN: self.what.text, Language.CY: self.what.welsh}
        for language in Language if self.is_welsh else (Language.EN,):
            if target is None and not said[language].strip():
                where = "its readers in Welsh" if language is Language.CY else "its readers"
                raise UsageError(
                    f"{first_upper(where)} are not told why the page says no more.",
                    safe="Nothing was changed.",
                    todo="Write what stands in its place.",
                )
            parts = [banner(said[language])] if said[language].strip() else []
            if target is not None:
                page = self.live.effective(target, self.force, language, self.on)
                parts.append(f"[{page.value('title')}](page:{target})\n")
            yield language, "\n".join(parts)

    def _above(self, language: Language, words: str) -> None:
        value, path = self._value(language), self._path(language)
        text = self.now.text(path) or ""
        if isinstance(value, Page):
            self.texts[path] = headed_by(words, text)
            return
        own = next((op for op in value.ops if op.section == LEAD and op.text), None) if value else None
        if own is not None and own.text is not None:
            self.texts[path] = replace_section(text, LEAD, f"{words}\n{own.text.body}")
            return
        path = self._begun(language, OpKind.PREPEND)
        begun = self.now.text(path) or ""
        made = self._value(language)
        body = made.ops[-1].text.body if isinstance(made, Override) and made.ops[-1].text else ""
        self.texts[path] = replace_section(begun, LEAD, f"{words}\n{body}" if body.strip() else words)

    def _begun(self, language: Language, kind: OpKind = OpKind.REPLACE) -> str:
        """The force's file with an op at the head of the page."""
        if language is Language.EN:
            change = override_section(
                self.now, self.what.page, self.layer, LEAD, self.on, kind=kind, reason=self.reason
            )
        else:
            change = override_welsh(self.now, self.what.page, self.layer, LEAD, self.on)
        self.texts[change.path] = change.text
        return change.path

    def _start_anew(self, language: Language) -> None:
        """What the force says of sections goes; its own title, summary and address stay."""
        value, path = self._value(language), self._path(language)
        text = self.now.text(path)
        for op in reversed(value.ops if isinstance(value, Override) else ()):
            text = remove_op(text, op.number) if text is not None else None
        if isinstance(value, Override):
            self.texts[path] = text

    def _hide_all_but(self, said: str) -> None:
        path = self._begun(Language.EN)
        self.texts[path] = replace_section(self.now.text(path) or "", LEAD, said)
        for section in effective_above(self.now, self.what.page, self.layer, self.on).sections:
            if section.id != LEAD and section.id not in self._locked():
                change = override_section(
                    self.now,
                    self.what.page,
                    self.layer,
                    section.id,
                    self.on,
                    kind=OpKind.HIDE,
                    reason=self.reason,
                )
                self.texts[change.path] = change.text

    def _keep_only(self, language: Language, said: str) -> None:
        """The force has the whole page itself: its front matter stays, and what is locked."""
        value, path = self._value(language), self._path(language)
        assert isinstance(value, Page), "asked before"
        if kept := [section.id for section in value.sections if section.id in self._locked()]:
            raise ContentError(
                f"“{path}” holds the locked section “{kept[0]}”, which can't go for one force.",
                safe="Nothing was changed.",
                todo="Put a warning on the page, or write what shall be left of it by hand.",
            )
        self.texts[path] = split(self.now.text(path) or "").with_body(said)

    def _locked(self) -> frozenset[SectionId]:
        values = (self.live.sources.read(file.path).value for file in self.live.files_of(self.what.page))
        return frozenset(name for value in values if isinstance(value, Page) for name in value.locked)

    def _path(self, language: Language) -> str:
        return page_path(self.layer, self.what.page, language)

    def _value(self, language: Language) -> Page | Override | None:
        path, now = self._path(language), self.now
        value = now.sources.read(path).value if now.sources.has(path) else None
        return value if isinstance(value, Page | Override) else None
