"""Builders of forces and facts as values."""

from collections.abc import Mapping
from datetime import date

from soh_author.domain.facts import DatedValue, Fact, FactSheet, FactType
from soh_author.domain.force import Force, ForceKind
from soh_author.domain.ids import FactName, ForceId, GroupId, Language
from soh_author.domain.layers import SHARED, Layer, Place


def force(
    force_id: str,
    name: str = "",
    *,
    languages: tuple[Language, ...] = (Language.EN,),
    welsh_parity: bool = False,
    groups: tuple[str, ...] = (),
    kind: ForceKind = ForceKind.TERRITORIAL,
    welsh_names: Mapping[str, str] | None = None,
) -> Force:
    """A publisher; its names are made from the id when none is given."""
    short = name or force_id.replace("-", " ").title()
    names: dict[Language, Mapping[str, str]] = {
        Language.EN: {"name": f"{short} Police", "public_name": f"{short} Police", "short_name": short}
    }
    if welsh_names:
        names[Language.CY] = welsh_names
    return Force(
        id=ForceId(force_id),
        kind=kind,
        host=f"www.{force_id}.police.uk",
        languages=languages,
        names=names,
        place=Place(f"forces/{force_id}/force.yml"),
        welsh_parity=welsh_parity,
        groups=tuple(GroupId(group) for group in groups),
    )


def fact(
    name: str,
    *values: str | DatedValue,
    kind: FactType = FactType.TEXT,
    layer: Layer = SHARED,
) -> Fact:
    """A fact of a layer; a bare text is a value from the beginning."""
    dated = tuple(value if isinstance(value, DatedValue) else DatedValue(value) for value in values)
    return Fact(
        FactName(name), kind, name.replace("_", " "), dated, layer, Place(f"{layer.folder}/facts.yml", 1)
    )


def since(year: int, month: int, day: int, value: str) -> DatedValue:
    """A value from a day on."""
    return DatedValue(value, date(year, month, day))


def sheet(*facts: Fact) -> FactSheet:
    """The facts of one layer."""
    return {each.name: each for each in facts}
