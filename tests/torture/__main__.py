"""Tell the stories and print how they ended: ``python -m tests.torture``.

All of them take a quarter of an hour.
"""

import argparse
import os
import random
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.support import environment
from tests.torture.faults import Fault
from tests.torture.running import Point, Told, steps_of, tell
from tests.torture.stages import Lab, build
from tests.torture.verbs import VERBS, Verb
from tests.torture.watching import adopt_orphans

_SIZES = (0, 1, 40, 200, 400, 800, 1_600, 4_000, 16_000)
_BYTES = (1, 200, 500, 800, 1_200, 1_600, 2_000, 3_000, 5_000, 8_000, 12_000, 20_000)
_KILLS = frozenset({Fault.KILL_ALL, Fault.KILL_ALONE, Fault.KILL_BY_FILE, Fault.HOOK_KILLED})


@dataclass(frozen=True, slots=True)
class Chance:
    """A fault in a verb, at no more than so many of its points."""

    verb: Verb
    fault: Fault
    most: int
    hook: str = ""


def main() -> int:
    """Tell the stories; 1 when anything was wrong."""
    arguments = _arguments()
    home = environment.isolate()
    adopt_orphans()
    try:
        with tempfile.TemporaryDirectory(prefix="soh-torture-") as folder:
            lab = build(Path(folder))
            os.environ["PATH"] = f"{lab.programs}{os.pathsep}{os.environ['PATH']}"
            told = [*_tell_all(lab, arguments)]
    finally:
        environment.clean_up(home)
    sys.stdout.write(_table(told))
    return 1 if any(story.wrong for story in told) else 0


def _tell_all(lab: Lab, arguments: argparse.Namespace) -> Iterator[Told]:
    verbs = [verb for verb in VERBS if not arguments.only or verb.name in arguments.only]
    chances = [chance for verb in verbs for chance in _chances(verb)]
    if arguments.sample:
        points = [*_sample(lab, chances, arguments.sample, random.Random(arguments.seed))]
    else:
        points = [point for chance in chances for point in _points(lab, chance)]
    for number, point in enumerate(points, 1):
        started = time.monotonic()
        story = tell(lab, point)
        took = time.monotonic() - started
        where = f"{point.verb}: {point.fault}{f' ({point.hook})' if point.hook else ''}, {point.at}"
        sys.stderr.write(f"{number}/{len(points)} {where}: {story.end}, {took:.1f} s\n")
        for wrong in story.wrong:
            sys.stderr.write(f"    WRONG: {wrong}\n")
        yield story


def _chances(verb: Verb) -> Iterator[Chance]:
    """Every fault that may happen in a verb, and at how many points at most it is let happen."""
    yield Chance(verb, Fault.KILL_ALL, 20)
    yield Chance(verb, Fault.KILL_ALONE, 12)
    yield Chance(verb, Fault.KILL_BY_FILE, 24)
    yield Chance(verb, Fault.FULL, 12)
    yield Chance(verb, Fault.BROKEN, 12)
    yield Chance(verb, Fault.SMALL_FILES, len(_SIZES))
    if verb.uses_line:
        yield Chance(verb, Fault.CUT, len(_BYTES))
    if verb.name in {"publish", "send"}:
        for hook in ("judge", "record"):
            yield Chance(verb, Fault.HOOK_KILLED, 20, hook)
            yield Chance(verb, Fault.HOOK_FULL, 10, hook)


def _points(lab: Lab, chance: Chance) -> Iterator[Point]:
    """The points of a chance, evenly over the whole verb."""
    for at in _places(lab, chance):
        yield Point(chance.verb.name, chance.fault, at, chance.hook)


def _sample(lab: Lab, chances: Sequence[Chance], count: int, luck: random.Random) -> Iterator[Point]:
    """One point each of some chances: only what is told is counted before."""
    for chance in luck.sample(chances, min(count, len(chances))):
        places = _places(lab, chance)
        if places:
            yield Point(chance.verb.name, chance.fault, luck.choice(places), chance.hook)


def _places(lab: Lab, chance: Chance) -> Sequence[int]:
    if chance.fault is Fault.SMALL_FILES:
        return _SIZES
    if chance.fault is Fault.CUT:
        return _BYTES
    return _spread(steps_of(lab, chance.verb, chance.fault, chance.hook), chance.most)


def _spread(count: int, most: int) -> Sequence[int]:
    """Numbers from 1 to a count, evenly, the first and the last among them."""
    if count <= most:
        return range(1, count + 1)
    return sorted({1 + round(number * (count - 1) / (most - 1)) for number in range(most)})


def _table(told: Sequence[Told]) -> str:
    ends = Counter((story.point.verb, str(story.point.fault), story.end) for story in told)
    lines = [f"{verb:16} {fault:38} {end:8} {count:5}" for (verb, fault, end), count in sorted(ends.items())]
    kills = sum(story.point.fault in _KILLS for story in told)
    died = sum(story.end == "killed" or story.point.fault is Fault.HOOK_KILLED for story in told)
    wrong = [story for story in told if story.wrong]
    ends_with = f"{len(told)} stories, {kills} kill points ({died} died in them), {len(wrong)} went wrong."
    return "\n".join([*lines, "", ends_with, ""])


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.torture", description="Break it at every step.")
    parser.add_argument("--sample", type=int, default=0, help="only so many of them, chosen by the seed")
    parser.add_argument("--seed", type=int, default=20261122, help="chooses the sample")
    parser.add_argument(
        "--only", action="append", choices=[verb.name for verb in VERBS], help="only this; may be repeated"
    )
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
