"""A process that saves versions in a loop, until it is done or killed.

Called with: folder, branch, name of the writer, how many versions. Prints ``ready``, then the number of each
version once it is safe. Each version writes the same number into three files; a branch that moved is read
again.
"""

import sys
from pathlib import Path

from soh_author.domain.errors import WorldMovedError
from soh_author.gitstore.store import Store
from tests.gitstore.content import at, save


def main(folder: Path, branch: str, writer: str, count: int) -> None:
    """Save ``count`` versions."""
    with Store.open(folder) as store:
        print("ready", flush=True)  # noqa: T201 - the test reads it
        for number in range(1, count + 1):
            data = b"%d" % number
            files = {f"{writer}/{part}/file.txt": data for part in ("a", "b", "c")}
            moved = True
            while moved:
                try:
                    save(store, files, expected=store.resolve(branch), branch=branch, when=at(number))
                    moved = False
                except WorldMovedError:
                    moved = True
            print(number, flush=True)  # noqa: T201 - the test reads it


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2], sys.argv[3], int(sys.argv[4]))
