"""``python -m soh_author``: without arguments the window, else the command line."""

import importlib
import importlib.util
import sys

from soh_author.cli.main import main as run_command


def main() -> int:
    """Start the window, or the command line.

    The window is looked up by name, so that an installation without Qt still has its command line.
    """
    arguments = sys.argv[1:]
    if arguments:
        return run_command(arguments)
    if importlib.util.find_spec("PySide6") is None:
        sys.stderr.write(
            "The window is not installed here. The command line is: try “soh-author --help”.\n"
            "To add the window: pip install 'soh-author[desktop]'\n"
        )
        return 2
    return int(importlib.import_module("soh_author.desktop.app").main())


if __name__ == "__main__":
    sys.exit(main())
