"""Write the exported files of the content schema: ``python -m soh_author.schema FOLDER``."""

import sys
from pathlib import Path

from soh_author.schema.json_schema import exported_files


def main() -> None:
    """Write every exported file to the folder named on the command line."""
    folder = Path(sys.argv[1] if len(sys.argv) > 1 else "content_schema")
    for name, text in exported_files().items():
        (folder / name).write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
