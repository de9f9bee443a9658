"""Some of the stories; ``make torture`` tells all of them."""

import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.skipif(
    sys.platform != "linux", reason="processes are watched and ended as Linux does"
)

_ROOT = Path(__file__).resolve().parent.parent.parent


@pytest.mark.slow
def test_whatever_goes_wrong_at_any_step_nothing_is_lost_and_nothing_stands_between() -> None:
    command = [sys.executable, "-m", "tests.torture", "--sample", "9"]
    done = subprocess.run(command, cwd=_ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-6000:] + done.stdout[-3000:]
    assert "0 went wrong" in done.stdout
    assert "kill points (0 died" not in done.stdout
