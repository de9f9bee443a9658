"""What each page type needs beside the fields of every page; content_schema/page_types.yml says the same."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from soh_author.domain.page import PageType
from soh_author.schema.faults import Fault


@dataclass(frozen=True, slots=True)
class TypeRule:
    """One page type: what it is for, and the fields only some types have that it needs or may have."""

    purpose: str
    needs: tuple[str, ...] = ()
    may_have: tuple[str, ...] = ()


TYPE_FIELDS = ("form", "until", "published", "reference", "remove_by")
"""Fields that belong to some page types only."""

PAGE_TYPES: Mapping[PageType, TypeRule] = {
    PageType.GUIDE: TypeRule("one subject in numbered parts, each a ## section"),
    PageType.ADVICE: TypeRule("what to know and do about one subject"),
    PageType.REPORT: TypeRule("the start of reporting something", may_have=("form",)),
    PageType.REQUEST: TypeRule("the start of asking for something", may_have=("form",)),
    PageType.APPLY: TypeRule("the start of applying for something", may_have=("form",)),
    PageType.CAMPAIGN: TypeRule("a campaign with an end", needs=("until",)),
    PageType.ABOUT: TypeRule("about the force and how it works"),
    PageType.CONTACT: TypeRule("how to reach the force"),
    PageType.NEWS: TypeRule("something that happened", needs=("published",), may_have=("until",)),
    PageType.APPEAL: TypeRule(
        "an appeal for a person or for witnesses, taken down in time",
        needs=("reference", "remove_by"),
        may_have=("published",),
    ),
    PageType.DISCLOSURE: TypeRule("an answer to a request for information", needs=("reference", "published")),
}


def type_faults(page_type: PageType, given: Mapping[str, object]) -> Iterator[Fault]:
    """Find fields that the page's type needs and doesn't have, or has and can't.

    Args:
        page_type: the page's type.
        given: the fields of the front matter as written.
    """
    rule = PAGE_TYPES[page_type]
    for name in rule.needs:
        if not str(given.get(name) or "").strip():
            yield Fault("missing-key", f"A page of type “{page_type}” needs “{name}”.", ("type",))
    for name in TYPE_FIELDS:
        if name in given and name not in (*rule.needs, *rule.may_have):
            types = [
                kind.value for kind, other in PAGE_TYPES.items() if name in (*other.needs, *other.may_have)
            ]
            text = f"“{name}” belongs to pages of type {', '.join(types)}, not to “{page_type}”."
            yield Fault("unknown-key", text, (name,))
