"""Rules laid over the previewed page: whose each section is, in the window's own colours."""

from soh_author.desktop.theme.colours import DARK, LIGHT

_RULES = """
:root, :root[data-theme] {{
  --layer-shared: {shared}; --layer-group: {group}; --layer-force: {force};
}}
[data-layer-kind="shared"]::before {{ display: none; }}
[data-layer-kind]::before {{ font-weight: 500; }}
[data-layer-kind]:hover::after {{ border-inline-start-width: 5px; }}
html {{ scrollbar-color: {edge} transparent; scrollbar-width: thin; }}
"""


def dress(theme: str) -> str:
    """The rules for a page shown in the ``light`` or ``dark`` theme."""
    colours = DARK if theme == "dark" else LIGHT
    return _RULES.format(shared=colours.shared, group=colours.group, force=colours.force, edge=colours.edge)
