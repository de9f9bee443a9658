"""How a command begins and ends: whatever the system's language; at once, yet nothing is left out."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

_ENDING = """
import atexit, os, sys, threading
from soh_author.cli.ending import end_at_once

class Large:
    def __del__(self):
        os.write(1, b"taken apart ")

held = Large()
atexit.register(lambda: print("put off", end=" "))
print("written", end=" ")
"""


def _end(way: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run([sys.executable, "-c", _ENDING + way], capture_output=True, check=False)


def test_what_was_written_is_sent_and_what_was_put_off_is_done_but_nothing_is_taken_apart() -> None:
    ended = _end("end_at_once(3); print('went on')")
    assert (ended.returncode, ended.stdout, ended.stderr) == (3, b"written put off ", b"")


def test_another_thread_is_waited_for_as_ever() -> None:
    ended = _end(
        "told = threading.Event()\n"
        "threading.Thread(target=lambda: (told.wait(), print('the other', end=' '))).start()\n"
        "end_at_once(3)\ntold.set()"
    )
    assert b"the other" in ended.stdout
    assert b"taken apart" in ended.stdout


@pytest.mark.skipif(sys.platform != "linux", reason="there is no device that is always full")
def test_what_can_not_be_written_is_told_as_ever() -> None:
    ended = _end(
        "sys.stdout = open('/dev/full', 'w')\nprint('lost')\n"
        "end_at_once(0)\nprint('came back', file=sys.stderr)"
    )
    assert b"came back" in ended.stderr


@pytest.mark.skipif(sys.platform == "win32", reason="names of files are Unicode there")
def test_where_the_system_has_no_language_folders_are_found_by_their_names(tmp_path: Path) -> None:
    language = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    wanted = tmp_path / "Heddlu ŵ"
    command = [sys.executable, "-m", "soh_author", "list", "drafts", "--json", "--workspace", str(wanted)]
    done = subprocess.run(
        [os.fsencode(word) for word in command],
        env={**os.environ, **language},
        capture_output=True,
        check=False,
    )
    assert done.returncode == 6
    assert f"“{wanted}” is not a workspace" in done.stderr.decode("utf-8")
