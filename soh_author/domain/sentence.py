"""Words as they stand in a sentence."""


def first_upper(words: str) -> str:
    """The words as they begin a sentence."""
    return words[:1].upper() + words[1:]
