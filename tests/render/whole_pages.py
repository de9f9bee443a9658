"""Whole pages of each kind, for golden files and for the accessibility audit."""

from collections.abc import Callable

from soh_author.domain.ids import Language
from soh_author.domain.layers import Layer
from soh_author.domain.page import PageType
from soh_author.domain.resolving.effective import EffectivePage
from soh_author.render.output import OutputContext
from soh_author.render.renderer import Renderer
from soh_author.render.site_pages import ListedPage, render_a_to_z, render_index, render_not_found
from tests.render.building import BTP, GWENT, context, effective, part, section

_ALL_COMPONENTS = """
Call {{ force.recovery_phone }} within {{ fact.reclaim_days }} days, or see
[what impounded means](page:advice/impounded-vehicles).

![A sample notice](media:notice.png "The number is at the top")

::: emergency
:::

::: warning
Do not drive the vehicle away without insurance.
:::

::: note
We are open on Sundays.
:::

::: contact Recovery office
- Phone: {{ force.recovery_phone }}
- Email: {{ fact.mailbox }}
:::

::: start-button {href="{{ fact.report_url }}"}
Start now
:::

::: steps
1. Find the notice.
2. Call us.
:::

::: details What is a keeper?
The person named on the V5C.
:::

::: form Reclaim a vehicle
:::

Table: What you pay

| Vehicle | Fee |
|---------|----:|
| Car     | {{ fact.grant_fee }} |
| Lorry   | {{ fact.renewal_fee }} |

### Documents

> Bring the originals, and `V5C` if you have it.

1. Passport
2. Licence
"""


def guide() -> EffectivePage:
    """A guide in parts, with text of three layers, a beta line and a quick exit."""
    force, group = Layer.of_force("gwent"), Layer.of_group("wales")
    return effective(
        "What happens after you report a crime.",
        section("expect", "What to *expect*", part("We will listen to you."), layer=group),
        section("support", "Support", part("National support."), part("Support in Gwent.", force)),
        section("court", "Going to court", part("You can visit the court first.", group)),
        type=PageType.GUIDE,
        fields={"title": "Victims and witnesses", "quick_exit": "true", "beta": "true"},
        related=("contact/complaints",),
    )


def advice() -> EffectivePage:
    """An advice page with every component."""
    return effective(
        "If we have seized your vehicle, read this.", section("all", "All", part(_ALL_COMPONENTS))
    )


def report() -> EffectivePage:
    """A start page with a form named in its front matter."""
    return effective(
        "Tell us about a lost phone.",
        type=PageType.REPORT,
        fields={"title": "Report a lost phone", "form": "Report lost property", "quick_exit": "true"},
    )


def welsh() -> EffectivePage:
    """A Welsh page with one section that is only there in English."""
    cymraeg = Language.CY
    return effective(
        "Os ydym wedi cymryd eich cerbyd, darllenwch hwn.",
        section(
            "hawlio",
            "Sut i’w hawlio",
            part("Talwch {{ fact.grant_fee }} cyn {{ fact.changed_on }}.", language=cymraeg),
        ),
        section("fees", "Fees", part("This is still English."), is_fallback=True),
        language=cymraeg,
        type=PageType.GUIDE,
        fields={
            "title": "Cerbydau a atafaelwyd",
            "summary": "Beth i’w wneud os ydym wedi cymryd eich cerbyd.",
            "url": "/cy-GB/cyngor/cyngor-a-gwybodaeth/vr/adfer-cerbydau/cerbydau-a-atafaelwyd/",
            "quick_exit": "true",
            "beta": "true",
        },
    )


def news() -> EffectivePage:
    """News, with its day."""
    return effective("We have a new way.", type=PageType.NEWS, fields={"published": "2026-01-20"})


def disclosure() -> EffectivePage:
    """A published answer to a request for information."""
    return effective(
        "You asked.", type=PageType.DISCLOSURE, fields={"published": "2026-01-20", "reference": "FOI 12/26"}
    )


def faults() -> EffectivePage:
    """A page whose fact, page and picture are unknown."""
    return effective(
        "Call {{ force.custody_phone }}, see [this](page:advice/gone) and\n![a map](media:map.png).",
        fields={"title": "Custody in {{ fact.custody_town }}"},
        related=("advice/gone",),
    )


EFFECTIVE: dict[str, Callable[[], EffectivePage]] = {
    "guide": guide,
    "advice": advice,
    "report": report,
    "welsh": welsh,
    "news": news,
    "disclosure": disclosure,
    "faults": faults,
}

_LISTED = (
    ListedPage("Seized vehicles", "/advice/seized-vehicles/", "What to do.", "advice"),
    ListedPage("The Victims’ Code in {{ force.public_name }}", "/advice/code/", "", "advice"),
    ListedPage("Report a lost phone", "/ro/report/phone/", "Tell us.", "report"),
    ListedPage("101 & 999", "/101/", "", ""),
)
LISTS: dict[str, Callable[[OutputContext], str]] = {
    "index": lambda of: render_index(of, _LISTED),
    "a_to_z": lambda of: render_a_to_z(of, _LISTED),
    "not_found": render_not_found,
}
NAMES = (*EFFECTIVE, *LISTS)


def of_page(name: str, theme: str = "auto") -> OutputContext:
    """For whom a page of this module is rendered."""
    force = BTP if name == "disclosure" else GWENT
    language = Language.CY if name == "welsh" else Language.EN
    other = {"guide": "/cy-GB/dioddefwyr/", "welsh": "/advice/seized-vehicles/"}.get(name)
    return context(force, language, theme=theme, other_language_url=other)


def html_of(name: str, of: OutputContext, *, annotate: bool = False) -> str:
    """The HTML of one of the pages above."""
    if name in LISTS:
        return LISTS[name](of)
    return Renderer().render_page(EFFECTIVE[name](), of, annotate=annotate).html
