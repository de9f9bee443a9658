"""One wording across forces, and texts written twice."""

import random

from soh_author.domain.comparing.clusters import cluster_sections
from soh_author.domain.comparing.near_duplicates import find_duplicates
from soh_author.domain.ids import SectionId
from soh_author.domain.resolving.effective import EffectiveSection
from soh_author.domain.resolving.resolve import from_page
from tests.support.pages import page

COMMON = "Bring your licence, your insurance certificate and the notice that you were given to the garage."
NEAR = COMMON.replace("garage", "recovery garage")
OTHER = "We have no vehicle pound in this area; ring your local station and ask where your car is kept."


def section(body: str) -> EffectiveSection:
    found = from_page(page({"papers": body})).section(SectionId("papers"))
    assert found is not None
    return found


def test_equal_wordings_are_one_and_near_ones_stand_together() -> None:
    sections = {
        "kent": section(OTHER),
        "essex": section(NEAR),
        "gwent": section(COMMON),
        "surrey": section(COMMON.replace(" ", "\n", 1)),
    }
    clusters = cluster_sections(sections)
    assert [[wording.who for wording in cluster.wordings] for cluster in clusters] == [
        [("gwent", "surrey"), ("essex",)],
        [("kent",)],
    ]
    assert clusters[0].who == ("gwent", "surrey", "essex")
    first, second = clusters[0].wordings
    assert (first.likeness, 0.85 < second.likeness < 1) == (1.0, True)


def test_nobody_is_left_out_and_the_order_of_forces_does_not_matter() -> None:
    bodies = [COMMON, NEAR, OTHER, OTHER.replace("car", "van"), "Short."]
    sections = {f"force-{number}": section(bodies[number % 5]) for number in range(44)}
    shuffled = list(sections.items())
    random.Random(3).shuffle(shuffled)
    one, other = cluster_sections(sections), cluster_sections(dict(shuffled))
    assert [[sorted(wording.who) for wording in cluster.wordings] for cluster in one] == [
        [sorted(wording.who) for wording in cluster.wordings] for cluster in other
    ]
    assert sorted(who for cluster in one for who in cluster.who) == sorted(sections)
    assert len(one) == 3


def test_nothing_has_no_clusters() -> None:
    assert cluster_sections({}) == ()


def test_texts_that_are_nearly_the_same_are_found() -> None:
    texts = {"a": COMMON, "b": OTHER, "c": COMMON.upper(), "d": NEAR, "e": "Too short."}
    found = [(each.one, each.other, each.likeness) for each in find_duplicates(texts, least=0.5)]
    assert [(one, other) for one, other, _ in found] == [("a", "c"), ("a", "d"), ("c", "d")]
    assert found[0][2] == 1.0
    assert 0.5 <= found[1][2] < 1


def test_a_duplicate_is_found_among_thousands_of_texts() -> None:
    rng = random.Random(7)
    words = [f"word{number}" for number in range(3000)]
    texts = {number: " ".join(rng.choices(words, k=80)) for number in range(1500)}
    copied = texts[42].split()
    copied[40] = "changed"
    texts[9999] = " ".join(copied)
    assert [(each.one, each.other) for each in find_duplicates(texts)] == [(42, 9999)]


def test_boilerplate_alone_makes_no_duplicates() -> None:
    boilerplate = "If you are deaf or hard of hearing use our textphone service on this number."
    rng = random.Random(8)
    words = [f"word{number}" for number in range(500)]
    texts = {number: boilerplate + " " + " ".join(rng.choices(words, k=60)) for number in range(100)}
    assert find_duplicates(texts) == ()
