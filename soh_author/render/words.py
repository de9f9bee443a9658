"""The furniture's own words, in English and Welsh.

Every sentence the templates say stands here and nowhere else; what editors write is never here.
"""

from dataclasses import dataclass

from soh_author.domain.ids import Language
from soh_author.domain.page import PageType


@dataclass(frozen=True, slots=True)
class Words:
    """All sentences of the furniture in one language."""

    skip: str
    home: str
    a_to_z: str
    a_to_z_summary: str
    site_menu: str
    breadcrumb: str
    other_language: str
    other_language_code: str
    exit: str
    exit_note: str
    cookies: str
    cookies_customise: str
    cookies_text: str
    beta: str
    beta_text: str
    in_this_section: str
    related: str
    emergency_title: str
    emergency_call: str
    emergency_hearing: str
    emergency_not: str
    warning: str
    note: str
    contact: str
    more: str
    table: str
    scrolls: str
    form: str
    form_text: str
    published: str
    until: str
    reference: str
    footer_menu: str
    footer_text: str
    index_title: str
    index_summary: str
    letters: str
    not_found_title: str
    not_found_text: str
    fallback: str
    no_value: str
    no_page: str
    no_picture: str


_EN = Words(
    skip="Skip to main content",
    home="Home",
    a_to_z="A to Z",
    a_to_z_summary="Every page of this site, in order of the alphabet.",
    site_menu="Site",
    breadcrumb="You are here",
    other_language="Cymraeg",
    other_language_code="cy",
    exit="Leave this site now",
    exit_note="or press the Esc key",
    cookies="Cookies on this site",
    cookies_customise="Customise",
    cookies_text="Cookies that make the site work are always on. You choose whether any others are used.",
    beta="Beta",
    beta_text="This page is new and we are still improving it.",
    in_this_section="In this section",
    related="Related pages",
    emergency_title="Is it an emergency?",
    emergency_call="If someone is in danger, or a crime is happening now, call",
    emergency_hearing="If you can’t hear or speak on the phone, use the textphone relay service on 18000. "
    "You can also text 999 if you have registered with emergencySMS.",
    emergency_not="If it is not an emergency, call",
    warning="Warning",
    note="Note",
    contact="Contact",
    more="More about this",
    table="Table",
    scrolls="scrolls sideways on small screens",
    form="Online form",
    form_text="The form opens here on the live site.",
    published="Published",
    until="Runs until",
    reference="Reference",
    footer_menu="Footer",
    footer_text="is part of the Single Online Home for policing.",
    index_title="Advice, reports and requests",
    index_summary="Find what you need by topic, or use the A to Z.",
    letters="Letters",
    not_found_title="We can’t find this page",
    not_found_text="The address may be mistyped, or the page may have moved. "
    "Start again from one of these pages.",
    fallback="This part is only available in English.",
    no_value="No value",
    no_page="Unknown page",
    no_picture="Unknown picture",
)

_CY = Words(
    skip="Neidio i’r prif gynnwys",
    home="Hafan",
    a_to_z="A i Y",
    a_to_z_summary="Pob tudalen ar y wefan hon, yn nhrefn yr wyddor.",
    site_menu="Y wefan",
    breadcrumb="Rydych chi yma",
    other_language="English",
    other_language_code="en",
    exit="Gadael y wefan nawr",
    exit_note="neu pwyswch y fysell Esc",
    cookies="Cwcis ar y wefan hon",
    cookies_customise="Addasu",
    cookies_text="Mae’r cwcis sy’n gwneud i’r wefan weithio ymlaen bob amser. "
    "Chi sy’n dewis a ddefnyddir unrhyw gwcis eraill.",
    beta="Beta",
    beta_text="Mae’r dudalen hon yn newydd ac rydym yn dal i’w gwella.",
    in_this_section="Yn yr adran hon",
    related="Tudalennau cysylltiedig",
    emergency_title="A yw’n argyfwng?",
    emergency_call="Os oes rhywun mewn perygl, neu os oes trosedd yn digwydd nawr, ffoniwch",
    emergency_hearing="Os na allwch glywed neu siarad ar y ffôn, defnyddiwch y gwasanaeth cyfnewid testun "
    "ar 18000. Gallwch hefyd anfon neges destun at 999 os ydych wedi cofrestru gydag emergencySMS.",
    emergency_not="Os nad yw’n argyfwng, ffoniwch",
    warning="Rhybudd",
    note="Nodyn",
    contact="Manylion cyswllt",
    more="Mwy am hyn",
    table="Tabl",
    scrolls="yn sgrolio i’r ochr ar sgriniau bach",
    form="Ffurflen ar-lein",
    form_text="Bydd y ffurflen yn agor yma ar y wefan fyw.",
    published="Cyhoeddwyd",
    until="Yn para tan",
    reference="Cyfeirnod",
    footer_menu="Troedyn",
    footer_text="yn rhan o Single Online Home yr heddlu.",
    index_title="Cyngor, adroddiadau a cheisiadau",
    index_summary="Dewch o hyd i’r hyn sydd ei angen arnoch yn ôl pwnc, neu defnyddiwch y rhestr A i Y.",
    letters="Llythrennau",
    not_found_title="Ni allwn ddod o hyd i’r dudalen hon",
    not_found_text="Efallai fod y cyfeiriad wedi’i deipio’n anghywir, neu fod y dudalen wedi symud. "
    "Dechreuwch eto o un o’r tudalennau hyn.",
    fallback="Dim ond yn Saesneg y mae’r rhan hon ar gael.",
    no_value="Dim gwerth",
    no_page="Tudalen anhysbys",
    no_picture="Llun anhysbys",
)

WORDS = {Language.EN: _EN, Language.CY: _CY}

AREAS = {
    Language.EN: {
        "advice": "Advice and information",
        "report": "Report",
        "request": "Request",
        "apply": "Apply or register",
        "campaign": "Campaigns",
        "campaigns": "Campaigns",
        "about": "About us",
        "contact": "Contact us",
        "news": "News",
        "appeal": "Appeals",
        "appeals": "Appeals",
        "foi": "Freedom of information",
        "disclosure": "Freedom of information",
        "": "Other pages",
    },
    Language.CY: {
        "advice": "Cyngor a gwybodaeth",
        "report": "Adrodd",
        "request": "Gwneud cais",
        "apply": "Ymgeisio neu gofrestru",
        "campaign": "Ymgyrchoedd",
        "campaigns": "Ymgyrchoedd",
        "about": "Amdanom ni",
        "contact": "Cysylltu â ni",
        "news": "Newyddion",
        "appeal": "Apeliadau",
        "appeals": "Apeliadau",
        "foi": "Rhyddid gwybodaeth",
        "disclosure": "Rhyddid gwybodaeth",
        "": "Tudalennau eraill",
    },
}

# Page types whose readers may be in danger; the others carry the block only where an editor puts it.
EMERGENCY_TYPES = frozenset({PageType.GUIDE, PageType.ADVICE, PageType.REPORT, PageType.CONTACT})
FORM_TYPES = frozenset({PageType.REPORT, PageType.REQUEST, PageType.APPLY})


def area_name(area: str, language: Language) -> str:
    """Name of an area of the site (first folder of a page id); an unknown one is made readable."""
    return AREAS[language].get(area) or area.replace("-", " ").capitalize()
