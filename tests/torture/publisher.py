"""Somebody who publishes as soon as they are told to; ``python -m tests.torture.publisher LAB NAME DRAFT``.

Prints ``ready``, waits for a line, and then prints ``live`` or why not.
"""

import sys
from pathlib import Path

from soh_author.domain.errors import SohAuthorError
from soh_author.workflow.release.publishing import Wish, plan, publish
from tests.torture.stages import Lab


def main(lab: Lab, name: str, draft: str) -> None:
    """Plan, wait, publish."""
    with lab.desk(name, who="alex") as desk:
        planned = plan(desk.workspace, Wish((draft,)), desk.signer).run().value
        print("ready", flush=True)  # noqa: T201 - the test reads it
        sys.stdin.readline()
        try:
            publish(desk.workspace, planned, desk.signer).run()
        except SohAuthorError as error:
            print(f"{type(error).__name__}: {error}", flush=True)  # noqa: T201 - the test reads it
        else:
            print("live", flush=True)  # noqa: T201 - the test reads it


if __name__ == "__main__":
    main(Lab(Path(sys.argv[1])), sys.argv[2], sys.argv[3])
