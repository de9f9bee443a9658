"""A number with its word."""


def counted(number: int, one: str, many: str = "") -> str:
    """A number with its word: ``1 page``, ``2,000 pages``; ``many`` where it isn't made with an s."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"
