"""A size is a smell, not a law; beyond these limits it is a law."""

import pytest

from tests.house.sizes import Sizes, measure


@pytest.mark.parametrize("kind", ["files", "functions", "classes"])
def test_nothing_is_longer_than_its_limit(kind: str) -> None:
    sizes = {sizes.kind: sizes for sizes in measure()}[kind]
    assert sizes.found, f"There are no {kind} to measure; the project has moved."
    assert not sizes.too_long, "\n".join(sizes.too_long)


def test_shares_are_read_from_the_sorted_lengths() -> None:
    sizes = Sizes("files", 5, ((9, "d"), (4, "c"), (2, "b"), (1, "a")))
    assert (sizes.share(0.5), sizes.share(0.9)) == (4, 9)
    assert sizes.too_long == ["d: 9 lines, at most 5"]
