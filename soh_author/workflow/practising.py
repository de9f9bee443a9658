"""The three people of the sample: Nia edits, Sam reviews, Alex publishes."""

from collections.abc import Mapping
from types import MappingProxyType

from soh_author.domain.ids import PersonId
from soh_author.workflow.workspace import Person

EDITOR = Person("Nia Morgan", "nia.morgan@national.example")
REVIEWER = Person("Sam Okafor", "sam.okafor@forces.example")
PUBLISHER = Person("Alex Rees", "alex.rees@publishing.example")

PEOPLE: Mapping[PersonId, Person] = MappingProxyType(
    {PersonId("nia"): EDITOR, PersonId("sam"): REVIEWER, PersonId("alex"): PUBLISHER}
)
"""All three, as the sample's policy names them."""
