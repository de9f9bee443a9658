"""``python -m soh_author.cli.gate_judge``: what git's pre-receive hook runs, in the repository's folder.

It is no verb, so that it starts sooner; nobody types it. Ends with 0 when the push is accepted, with
`REFUSED` when refused, with anything else when it could not be judged: the hook refuses then.
"""

import gc
import importlib
import sys
from collections.abc import Callable
from typing import cast

_JUDGE = "soh_author.cli.push_judge"

if __name__ == "__main__":
    # Looking for what can be given back takes an eighth of the start and a fifth of a small push, and it soon
    # all is: so it ends before anything else is read.
    gc.disable()
    judge = cast("Callable[[], int]", importlib.import_module(_JUDGE).main)
    ended = judge()
    gc.freeze()
    sys.exit(ended)
