"""What is said of a section in the preview: its name, and whose words it is."""

from soh_author.domain.force import Registry
from soh_author.domain.ids import LEAD, ForceId, GroupId
from soh_author.domain.layers import Layer, LayerKind
from soh_author.domain.resolving.effective import EffectiveSection


def title_of(section: EffectiveSection) -> str:
    """A section's heading, or what stands for it."""
    return section.heading or ("Beginning of the page" if section.id == LEAD else str(section.id))


def whose(layer: Layer, registry: Registry) -> str:
    """Name of whoever speaks in a layer."""
    if layer.kind is LayerKind.SHARED:
        return "Shared"
    if layer.kind is LayerKind.GROUP:
        group = registry.groups.get(GroupId(layer.name))
        return group.name if group else layer.name
    force = registry.forces.get(ForceId(layer.name))
    return force.name() if force else layer.name


def layer_words(layer: Layer, registry: Registry) -> str:
    """Whose text a layer is, in words."""
    name = whose(layer, registry)
    if layer.kind is LayerKind.SHARED:
        return "Shared text"
    return f"Text of {name}" if layer.kind is LayerKind.GROUP else f"{name}’s own text"
