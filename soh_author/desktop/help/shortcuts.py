"""The page of all shortcuts, made from the table of actions."""

from soh_author.desktop.actions import Action, in_order_of_menus

_TOLD = (
    "Every action is also in the menus, and **Ctrl+Shift+P** finds it by its name. **F6** goes from one part "
    "of the window to the next, **Tab** from control to control, **Esc** closes what is open."
)


def shortcuts_page(actions: list[Action]) -> str:
    """The shortcuts as Markdown, menu by menu."""
    parts = ["# Shortcuts", _TOLD]
    for menu, rows in in_order_of_menus(actions).items():
        with_keys = [action for action in rows if action.shortcuts]
        if with_keys:
            lines = [f"| {action.text.rstrip('…')} | {_keys(action)} |" for action in with_keys]
            parts += [
                f"## {menu.replace(' > ', ', ')}",
                "\n".join(["| Action | Keys |", "|---|---|", *lines]),
            ]
    return "\n\n".join(parts) + "\n"


def _keys(action: Action) -> str:
    return " or ".join(f"**{keys}**" for keys in action.shortcuts)
