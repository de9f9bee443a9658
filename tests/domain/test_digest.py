"""The digest names exactly what is read."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import date

import pytest

from soh_author.domain.facts import FactType, FactValue, LaterValue
from soh_author.domain.ids import ForceId, Language, PageId
from soh_author.domain.layers import SHARED, Place
from soh_author.domain.override import Override
from soh_author.domain.page import Page, PageType
from soh_author.domain.pins import pin_of
from soh_author.domain.resolving.digest import NOT_READ, OutputIdentity, encode_page, output_digest, with_turn
from soh_author.domain.resolving.effective import EffectivePage, Part
from soh_author.domain.resolving.resolve import resolve
from tests.support.pages import KENT, PAGE, layer_text, op, override, page, text

OUTPUT = OutputIdentity(PAGE, ForceId("kent"), Language.EN)
SHARED_PAGE = page({"lead": "Read\nthis.", "fees": "It costs {{ fact.fee }}."})
LATER = LaterValue(date(2027, 4, 6), FactType.MONEY, "210.00")
FEE = FactValue("fact.fee", FactType.MONEY, "198.00", SHARED, Place("shared/facts.yml", 3), Language.EN)


def digest(
    effective: EffectivePage,
    *,
    output: OutputIdentity = OUTPUT,
    facts: Mapping[str, FactValue] | None = None,
    links: Mapping[str, str] | None = None,
    media: Mapping[str, str] | None = None,
) -> str:
    return output_digest(
        output, effective, {"fact.fee": FEE} if facts is None else facts, links or {}, media or {}
    )


def of(base: Page, *files: Override | Page) -> str:
    return digest(resolve(base, [layer_text(file) for file in files]))


def test_a_digest_is_a_hash_that_never_changes_by_itself() -> None:
    assert of(SHARED_PAGE) == of(SHARED_PAGE)
    assert of(SHARED_PAGE) == "sha256:0804b88b184d9eff7161559cd9297492a1212291aa054efac790cd313152761d"


@pytest.mark.parametrize(
    "other",
    [
        replace(SHARED_PAGE, owner="someone", review_by=date(2027, 1, 1), why="x"),
        replace(SHARED_PAGE, fields={**SHARED_PAGE.fields, "review_by": "2027-01-01", "owner": "x"}),
        replace(SHARED_PAGE, fields=dict(reversed(list(SHARED_PAGE.fields.items())))),
        page({"lead": "Read this.", "fees": "It costs\n{{ fact.fee }}."}),
        replace(SHARED_PAGE, moved_from=(PageId("old"),)),
    ],
    ids=["owner", "review date", "order of front matter", "line breaks", "old ids"],
)
def test_what_is_not_read_changes_no_digest(other: Page) -> None:
    assert of(other) == of(SHARED_PAGE)


def test_a_new_pin_reason_or_owner_of_an_override_changes_no_digest() -> None:
    plain = override(KENT, op("replace", "fees", "Pay."))
    noted = override(KENT, op("replace", "fees", "Pay.", base=pin_of("x"), why="why", owner="o"))
    assert of(SHARED_PAGE, plain) == of(SHARED_PAGE, noted)


def test_an_override_that_says_what_the_shared_page_says_changes_no_digest() -> None:
    same = override(KENT, op("replace", "fees", "It costs {{ fact.fee }}."))
    assert of(SHARED_PAGE, same) == of(SHARED_PAGE)


@pytest.mark.parametrize(
    "other",
    [
        page({"lead": "Read that.", "fees": "It costs {{ fact.fee }}."}),
        page({"lead": "Read this.", "fees": text("fees", "It costs {{ fact.fee }}.", "Prices")}),
        page({"lead": "Read this.", "costs": text("costs", "It costs {{ fact.fee }}.", "Fees")}),
        replace(SHARED_PAGE, sections=tuple(reversed(SHARED_PAGE.sections))),
        replace(SHARED_PAGE, fields={**SHARED_PAGE.fields, "title": "Other"}),
        replace(SHARED_PAGE, fields={**SHARED_PAGE.fields, "url": "/other/"}),
        replace(SHARED_PAGE, fields={**SHARED_PAGE.fields, "newly_invented": "x"}),
        replace(SHARED_PAGE, type=PageType.GUIDE),
        replace(SHARED_PAGE, related=(PageId("a"),)),
    ],
    ids=["words", "heading", "section id", "order", "title", "address", "unknown field", "type", "related"],
)
def test_what_is_read_changes_the_digest(other: Page) -> None:
    assert of(other) != of(SHARED_PAGE)


def test_the_output_itself_its_facts_links_and_pictures_count() -> None:
    effective = resolve(SHARED_PAGE, [])
    digests = [
        digest(effective),
        digest(effective, output=replace(OUTPUT, force=ForceId("gwent"))),
        digest(effective, output=replace(OUTPUT, page=PageId("other"))),
        digest(effective, output=replace(OUTPUT, language=Language.CY)),
        digest(effective, facts={}),
        digest(effective, facts={"fact.fee": replace(FEE, value="199.00")}),
        digest(effective, facts={"fact.fee": replace(FEE, type=FactType.TEXT)}),
        digest(effective, facts={"fact.fee": replace(FEE, later=(LATER,))}),
        digest(effective, facts={"fact.fee": replace(FEE, later=(replace(LATER, value="220.00"),))}),
        digest(effective, facts={"fact.fee": replace(FEE, later=(replace(LATER, start=date(2027, 4, 7)),))}),
        digest(effective, links={"page:a": "/a/"}),
        digest(effective, links={"page:a": "/b/"}),
        digest(effective, media={"a.png": "1"}),
        digest(effective, media={"a.png": "2"}),
    ]
    assert len(set(digests)) == len(digests)


def test_where_a_fact_was_given_does_not_count() -> None:
    effective = resolve(SHARED_PAGE, [])
    moved = replace(FEE, layer=KENT, place=Place("forces/kent/facts.yml", 9))
    assert digest(effective, facts={"fact.fee": moved}) == digest(effective)


def test_the_encoding_is_canonical_json_whose_page_part_serves_all_who_read_it() -> None:
    effective = resolve(SHARED_PAGE, [])
    content = {
        "schema": 1,
        "page": "advice/seized-vehicles",
        "force": "kent",
        "language": "en",
        "type": effective.type.value,
        "address": effective.value("url"),
        "fields": {name: field.value for name, field in effective.fields.items() if name not in NOT_READ},
        "related": [],
        "sections": [[str(part.id), str(part.pin), "en"] for part in effective.sections],
        "facts": {"fact.fee": ["money", "198.00"]},
        "links": {"advice/fees": "/cyngor/ffïoedd/"},
        "media": {"map.png": "0" * 64},
    }
    said = json.dumps(content, sort_keys=True, separators=(",", ":"))
    whole = f"sha256:{hashlib.sha256(said.encode()).hexdigest()}"
    links, media = {"advice/fees": "/cyngor/ffïoedd/"}, {"map.png": "0" * 64}
    assert digest(effective, links=links, media=media) == whole
    again = output_digest(OUTPUT, effective, {"fact.fee": FEE}, links, media, encoded=encode_page(effective))
    assert again == whole


def test_a_day_on_which_others_will_speak_is_part_of_the_digest_as_canonical_json() -> None:
    said = '{"day":"2027-04-01","now":"sha256:a","then":""}'
    assert (
        with_turn("sha256:a", date(2027, 4, 1), "") == f"sha256:{hashlib.sha256(said.encode()).hexdigest()}"
    )


def test_the_order_in_which_facts_links_and_pictures_were_met_does_not_count() -> None:
    effective = resolve(SHARED_PAGE, [])
    other = replace(FEE, value="5")
    facts, links, media = (
        {"fact.fee": FEE, "fact.b": other},
        {"b": "/b/", "a": "/a/"},
        {"b.png": "2", "a.png": "1"},
    )
    turned = [dict(reversed(found.items())) for found in (facts, links, media)]
    one = digest(effective, facts=facts, links=links, media=media)
    assert output_digest(OUTPUT, effective, turned[0], turned[1], turned[2]) == one  # type: ignore[arg-type]  # as given


def test_the_language_of_each_part_counts_and_an_empty_part_has_none() -> None:
    plain = resolve(SHARED_PAGE, [])
    mixed = resolve(SHARED_PAGE, [layer_text(override(KENT, op("append", "fees", "Mwy.")))])
    first, *_others = [part for part in mixed.sections if part.id == "fees"]
    english, added = first.parts

    def told(*parts: Part) -> str:
        sections = tuple(replace(one, parts=parts) if one.id == "fees" else one for one in mixed.sections)
        return digest(replace(mixed, sections=sections))

    welsh = replace(added, language=Language.CY)
    assert (
        len({told(english, added), told(english, welsh), told(replace(english, language=Language.CY), welsh)})
        == 3
    )
    assert told(english, replace(welsh, body="", canonical="")) == told(english)
    assert told(english) == digest(plain)
