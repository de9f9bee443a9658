"""Settings: each knows its kind, its default and what it does."""

import pytest

from soh_author.domain.errors import InvalidNameError
from soh_author.settings.model import (
    MOST_RECENT,
    SETTINGS,
    SettingInfo,
    Settings,
    Theme,
    checked,
    with_value,
    with_workspace,
)

EVERY = pytest.mark.parametrize("info", SETTINGS.values(), ids=list(SETTINGS))


@EVERY
def test_every_setting_says_what_it_is_for(info: SettingInfo) -> None:
    assert info.about.group
    assert info.about.label
    assert info.about.help.endswith(".")
    assert info.kind in {bool, int, str, tuple} or info.choices


@EVERY
def test_every_default_may_be_set(info: SettingInfo) -> None:
    assert checked(info.name, info.default) == info.default
    assert with_value(Settings(), info.name, info.default) == Settings()


def test_choices_and_numbers_are_taken_as_text_too() -> None:
    settings = Settings()
    for name, text in (
        ("theme", "dark"),
        ("text_size", "150"),
        ("reopen_last", "false"),
    ):
        settings = with_value(settings, name, text)
    assert settings == Settings(theme=Theme.DARK, text_size=150, reopen_last=False)
    assert isinstance(settings.theme, Theme)


@pytest.mark.parametrize(
    ("name", "value", "told"),
    [
        ("theme", "pink", "contrast"),
        ("text_size", 74, "75 to 200"),
        ("text_size", "301", "75 to 200"),
        ("text_size", True, "75 to 200"),
        ("text_size", "big", "75 to 200"),
        ("author_name", "Ann\nEvans", "one line"),
        ("author_name", 7, "one line"),
        ("author_name", "x" * 5000, "one line"),
        ("shortcuts", "one", "list"),
        ("shortcuts", ["one", 2], "list"),
        ("reopen_last", "perhaps", "true or false"),
        ("reopen_last", 1, "true or false"),
        ("theme", None, "contrast"),
        ("no_such", 1, "author_name"),
    ],
)
def test_an_impossible_value_is_refused_and_what_is_possible_told(
    name: str, value: object, told: str
) -> None:
    with pytest.raises(InvalidNameError) as caught:
        with_value(Settings(), name, value)
    assert told in caught.value.todo


def test_recent_workspaces_are_newest_first_without_doubles() -> None:
    settings = Settings()
    for folder in ("a", "b", "a", *(str(number) for number in range(20)), "b"):
        settings = with_workspace(settings, folder)
    assert settings.recent_workspaces[:3] == ("b", "19", "18")
    assert len(settings.recent_workspaces) == MOST_RECENT
