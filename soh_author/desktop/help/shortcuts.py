"""The page of all shortcuts, made from the table of actions."""

import re

from soh_author.desktop.actions import BY_ID, Action, in_order_of_menus
from soh_author.desktop.keymap import Keymap

_NAMED = re.compile(
    r"(?<![\w+])(?:(?:Ctrl|Shift|Alt)\+)+(?:[A-Za-z]\w*|\d|[+=,-])(?![\w+])|(?<![\w+])F\d{1,2}\b"
)
"""Keys as help pages name them."""

_TOLD = (
    "Every action is also in the menus, and **{palette}** finds it by its name. **{pane}** goes from one "
    "part of the window to the next, **Tab** from control to control, **Esc** closes what is open. To choose "
    "other keys: *Edit*, *Preferences*, *Shortcuts*."
)


def shortcuts_page(actions: list[Action], keymap: Keymap | None = None) -> str:
    """The shortcuts in force as Markdown, menu by menu; a person's own ones are marked."""
    keymap = keymap or Keymap()
    palette, pane = (" or ".join(keymap.keys(BY_ID[name])) for name in ("app.palette", "pane.next"))
    parts = ["# Shortcuts", _TOLD.format(palette=palette or "the menu Help", pane=pane or "The menu View")]
    for menu, rows in in_order_of_menus(actions).items():
        with_keys = [action for action in rows if keymap.keys(action)]
        if with_keys:
            lines = [f"| {action.text.rstrip('…')} | {_keys(action, keymap)} |" for action in with_keys]
            parts += [
                f"## {menu.replace(' > ', ', ')}",
                "\n".join(["| Action | Keys |", "|---|---|", *lines]),
            ]
    return "\n\n".join(parts) + "\n"


def in_force(text: str, keymap: Keymap) -> str:
    """A help page with a person's own keys in the place of the standard ones.

    Keys that several actions have, one in each room, stay where not all of them got the same new ones; what
    was changed and could not be put in is said at the end.
    """
    new_for = _new_names(keymap)
    shown = _NAMED.sub(lambda found: new_for.get(found[0], found[0]), text) if new_for else text
    left = [BY_ID[name] for name in keymap.own if any(each not in new_for for each in BY_ID[name].shortcuts)]
    named = [action for action in left if set(action.shortcuts) & set(_NAMED.findall(text))]
    if named:
        lines = "\n".join(f"- {action.text.rstrip('…')}: {_keys(action, keymap)}" for action in named)
        shown += f"\n\n## Keys of your own\n\n{lines}\n"
    return shown


def _new_names(keymap: Keymap) -> dict[str, str]:
    """Standard keys of which all actions got the same other keys, and those."""
    holders: dict[str, set[str]] = {}
    for action in BY_ID.values():
        for keys in action.shortcuts:
            now = keymap.keys(action)
            holders.setdefault(keys, set()).add(keys if keys in now else next(iter(now), "no key"))
    return {keys: news.pop() for keys, news in holders.items() if len(news) == 1 and keys not in news}


def _keys(action: Action, keymap: Keymap) -> str:
    keys = " or ".join(f"**{each}**" for each in keymap.keys(action)) or "none"
    return f"{keys} (your own)" if action.id in keymap.own else keys
