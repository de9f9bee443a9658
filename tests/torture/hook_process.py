"""What runs the origin's hooks here: the ordinary program, with a fault armed in it where a story wants one.

Called with a file that may name a fault, and then as Python is called: ``-I -m module``.
"""

import json
import runpy
import sys
from pathlib import Path

_ROOT = Path(__file__).resolve().parent.parent.parent


def main(plan: Path, module: str) -> None:
    """Run a module, armed if the plan is for it."""
    sys.path.insert(0, str(_ROOT))
    wanted = json.loads(plan.read_text(encoding="utf-8")) if plan.exists() else {}
    if wanted.get("module") == module:
        from tests.torture.faults import Fault, arm  # noqa: PLC0415 - only now can it be found

        countdown = arm(Fault(wanted["fault"]), wanted["at"])
        try:
            runpy.run_module(module, run_name="__main__")
        finally:
            sys.setprofile(None)
            if not wanted["at"]:
                plan.with_suffix(".count").write_text(str(countdown.count), encoding="utf-8")
    else:
        runpy.run_module(module, run_name="__main__")


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[-1])
