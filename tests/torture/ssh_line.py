"""Stands in for ssh: runs the other side's program here, over the same pipes; the line may be cut.

Called with a file that may hold a number of bytes, and then as git calls ssh: options, host, command. After
so many bytes, in both directions together, both sides hear no more of each other.
"""

import os
import selectors
import subprocess
import sys
from pathlib import Path


def main(cut: Path, command: str) -> int:
    """Run the command; the exit code is that of ssh."""
    if not cut.exists():
        return subprocess.run(["sh", "-c", command], check=False).returncode
    left = int(cut.read_text(encoding="ascii"))
    there = subprocess.Popen(["sh", "-c", command], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    assert there.stdin is not None, "started with pipes"
    assert there.stdout is not None, "started with pipes"
    ways = {0: there.stdin.fileno(), there.stdout.fileno(): 1}
    with selectors.DefaultSelector() as ready:
        for source in ways:
            ready.register(source, selectors.EVENT_READ)
        while ready.get_map():
            for key, _ in ready.select():
                data = os.read(key.fd, 4096)[: max(left, 0)]
                left -= len(data)
                if not data and left > 0:
                    ready.unregister(key.fd)
                    if key.fd == 0:
                        there.stdin.close()
                    continue
                os.write(ways[key.fd], data)
                if left <= 0:
                    os._exit(255)
    return there.wait()


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), sys.argv[-1]))
