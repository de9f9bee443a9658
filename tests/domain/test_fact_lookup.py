"""Which value a fact has for a force on a day; never a default, never an empty text."""

from datetime import date

import pytest

from soh_author.domain.facts import DatedValue, FactSheet, FactType, FactValue, Reference
from soh_author.domain.force import Force, ForceKind
from soh_author.domain.ids import Language
from soh_author.domain.resolving.fact_lookup import Missing, find_value
from tests.support.pages import GWENT, PILOT, WALES
from tests.support.publishers import fact, force, sheet, since

DAY = date(2026, 11, 22)
GWENT_FORCE = force("gwent", welsh_names={"public_name": "Heddlu Gwent"})
EN = Language.EN


def look(
    key: str, *sheets: FactSheet, of: Force = GWENT_FORCE, on: date = DAY, language: Language = EN
) -> FactValue | Missing:
    scope, name = key.split(".")
    return find_value(Reference(scope, name), sheets, of, on, language)


def value(key: str, *sheets: FactSheet, on: date = DAY, language: Language = EN) -> str:
    found = look(key, *sheets, on=on, language=language)
    assert isinstance(found, FactValue), found
    return found.value


def code(key: str, *sheets: FactSheet, of: Force = GWENT_FORCE, on: date = DAY) -> str:
    found = look(key, *sheets, of=of, on=on)
    assert isinstance(found, Missing), found
    return found.code


def test_the_most_particular_layer_gives_the_value() -> None:
    shared, group = sheet(fact("fee", "1")), sheet(fact("fee", "2", layer=WALES))
    own = sheet(fact("fee", "3", layer=GWENT))
    assert [value("fact.fee", *sheets) for sheets in ([shared], [shared, group], [shared, group, own])] == [
        "1",
        "2",
        "3",
    ]


def test_a_value_tells_where_it_was_given() -> None:
    found = look("fact.fee", sheet(), sheet(fact("fee", "198.00", kind=FactType.MONEY, layer=GWENT)))
    assert isinstance(found, FactValue)
    assert (found.key, found.type, found.layer, found.place.path) == (
        "fact.fee",
        FactType.MONEY,
        GWENT,
        "forces/gwent/facts.yml",
    )


def test_a_value_applies_from_its_day_until_the_next() -> None:
    fees = sheet(fact("fee", "88", since(2025, 2, 5, "198"), since(2027, 4, 1, "210")))
    days = [date(2025, 2, 4), date(2025, 2, 5), DAY, date(2027, 3, 31), date(2027, 4, 1)]
    assert [value("fact.fee", fees, on=day) for day in days] == ["88", "198", "198", "198", "210"]


def test_until_a_layer_has_a_value_the_layer_above_gives_it() -> None:
    sheets = [sheet(fact("fee", "1")), sheet(fact("fee", since(2027, 1, 1, "2"), layer=GWENT))]
    assert value("fact.fee", *sheets) == "1"
    assert value("fact.fee", *sheets, on=date(2027, 1, 1)) == "2"


def test_a_fact_without_a_value_yet_has_none() -> None:
    fees = sheet(fact("fee", since(2027, 1, 1, "2")))
    found = look("fact.fee", fees)
    assert isinstance(found, Missing)
    assert (found.code, found.message) == (
        "no-fact-value",
        "“fee” has no value for Gwent on 22 November 2026.",
    )


def test_an_empty_value_is_none() -> None:
    assert code("fact.fee", sheet(fact("fee", " "))) == "no-fact-value"


@pytest.mark.parametrize("key", ["fact.nothing", "force.nothing", "fact.Fee", "page.fee", "fact.f__x"])
def test_an_unknown_name_is_told(key: str) -> None:
    assert code(key, sheet(fact("fee", "1"))) == "unknown-fact"


def test_a_name_that_only_other_forces_have_is_known_but_has_no_value() -> None:
    national = force("police-uk", kind=ForceKind.NATIONAL)
    found = find_value(Reference("force", "non_emergency"), [], national, DAY, EN, known={"non_emergency"})
    assert isinstance(found, Missing)
    assert found.code == "no-fact-value"


def test_a_force_reference_never_reads_the_shared_facts() -> None:
    shared = sheet(fact("non_emergency", "101"))
    assert code("force.non_emergency", shared) == "no-fact-value"
    assert value(
        "force.non_emergency", shared, sheet(fact("non_emergency", "0800 40 50 40", layer=GWENT))
    ) == ("0800 40 50 40")
    assert value("force.non_emergency", shared, sheet(fact("non_emergency", "111", layer=WALES))) == "111"


def test_the_profile_gives_names_and_host_in_the_language() -> None:
    assert value("force.public_name") == "Gwent Police"
    assert value("force.public_name", language=Language.CY) == "Heddlu Gwent"
    assert value("force.short_name", language=Language.CY) == "Gwent"
    assert value("force.host") == "www.gwent.police.uk"


def test_a_fact_cannot_pass_for_the_profile() -> None:
    assert (
        value("force.host", sheet(), sheet(fact("host", "evil.example", layer=GWENT)))
        == "www.gwent.police.uk"
    )


def test_two_groups_that_give_one_fact_are_an_error_unless_the_force_decides() -> None:
    sheets = [sheet(), sheet(fact("fee", "1", layer=WALES)), sheet(fact("fee", "2", layer=PILOT))]
    assert code("fact.fee", *sheets) == "ambiguous-fact"
    assert value("fact.fee", *sheets, sheet(fact("fee", "3", layer=GWENT))) == "3"


def test_a_value_may_differ_in_welsh() -> None:
    station = sheet(fact("station", DatedValue("Cardiff", welsh="Caerdydd")), fact("fee", "198"))
    assert value("fact.station", station, language=Language.CY) == "Caerdydd"
    assert value("fact.station", station) == "Cardiff"
    assert value("fact.fee", station, language=Language.CY) == "198"


def test_the_profile_is_asked_for_force_facts_alone() -> None:
    assert value("force.public_name") != ""
    assert code("fact.public_name") == "unknown-fact"
    assert value("fact.short_name", sheet(fact("short_name", "A fact"))) == "A fact"


def test_why_there_is_no_value_is_said_in_words_that_lead_on() -> None:
    later = fact("fee", since(2027, 1, 1, "2"))
    told = {
        key: look(key, *sheets)
        for key, sheets in {
            "force.fee": [sheet(fact("fee", "1"))],
            "fact.fee": [sheet(later)],
            "force.late": [sheet(fact("late", since(2027, 1, 1, "2"), layer=GWENT))],
        }.items()
    }
    said = {key: found.message for key, found in told.items() if isinstance(found, Missing)}
    assert said["force.fee"].endswith("has no “fee” of its own; the shared fact is {{ fact.fee }}.")
    assert said["fact.fee"].endswith("on 22 November 2026.")
    assert said["force.late"].endswith("on 22 November 2026.")
    elsewhere = find_value(Reference("fact", "fee"), [sheet()], GWENT_FORCE, DAY, EN, known={"fee"})
    assert isinstance(elsewhere, Missing)
    assert (elsewhere.code, "2026" in elsewhere.message) == ("no-fact-value", False)
    unknown = find_value(Reference("force", "fee"), [sheet()], GWENT_FORCE, DAY, EN)
    assert isinstance(unknown, Missing)
    assert unknown.code == "unknown-fact"


def test_groups_that_both_give_a_fact_are_named_in_the_order_of_their_names() -> None:
    sheets = [sheet(fact("fee", "1", layer=layer)) for layer in (WALES, PILOT)]
    found = look("fact.fee", sheet(), *sheets)
    assert isinstance(found, Missing)
    assert "The groups pilot and wales both give" in found.message
