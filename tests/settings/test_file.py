"""The settings file: small, readable, and never a reason not to start."""

import tomllib
from pathlib import Path

import pytest

from soh_author.domain.errors import OutputError
from soh_author.settings.file import LoadedSettings, changed, load, save
from soh_author.settings.locations import Locations
from soh_author.settings.model import Settings, Theme
from soh_author.settings.state_file import read_json

_ODD = Settings(
    author_name='Siân "Ŵyn" \\ 👮',
    theme=Theme.CONTRAST,
    text_size=120,
    reopen_last=False,
    shortcuts=("text.save = Ctrl+\\", 'help.news = Ctrl+"'),
    recent_workspaces=("C:\\Users\\x", "/srv/ö"),
)


def test_what_was_saved_is_loaded(tmp_path: Path) -> None:
    save(tmp_path / "new" / "settings.toml", _ODD)
    assert load(tmp_path / "new" / "settings.toml") == LoadedSettings(_ODD)


def test_only_what_differs_from_the_defaults_is_in_the_file(tmp_path: Path) -> None:
    path = tmp_path / "settings.toml"
    save(path, Settings(theme=Theme.DARK, text_size=100))
    assert tomllib.loads(path.read_text(encoding="utf-8")) == {"theme": "dark"}
    assert changed(Settings()) == {}
    save(path, Settings())
    assert tomllib.loads(path.read_text(encoding="utf-8")) == {}
    assert [file.name for file in tmp_path.iterdir()] == ["settings.toml"]


def test_without_a_file_the_defaults_hold(tmp_path: Path) -> None:
    assert load(tmp_path / "none.toml") == LoadedSettings(Settings())


@pytest.mark.parametrize(
    "data", [b"theme = ", b"\xff\xfe\x00", b"[a]\n[a]\n", b"x" * 1000, b"a = " + b"[" * 99_999]
)
def test_a_broken_file_is_set_aside_and_told(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "settings.toml"
    for number in (1, 2):
        path.write_bytes(data)
        loaded = load(path)
        assert loaded.settings == Settings()
        assert f"settings.toml.broken-{number}" in loaded.notices[0]
        assert (tmp_path / f"settings.toml.broken-{number}").read_bytes() == data
        assert not path.exists()


@pytest.mark.parametrize("data", [b"", b"[]", b"\xff", b"[" * 99_999, b'{"a":' * 99_999, b"1" * 9_999])
def test_a_window_that_was_left_as_nobody_leaves_one_opens_as_new(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "window.json"
    path.write_bytes(data)
    assert read_json(path) == {}


def test_an_impossible_value_gives_its_default_and_the_rest_holds(tmp_path: Path) -> None:
    path = tmp_path / "settings.toml"
    path.write_text('theme = "pink"\ntext_size = 120\nrecent_workspaces = 1\n', encoding="utf-8")
    loaded = load(path)
    assert loaded.settings == Settings(text_size=120)
    assert [("pink" in notice, "recent_workspaces" in notice) for notice in loaded.notices] == [
        (True, False),
        (False, True),
    ]


def test_what_a_newer_program_wrote_is_kept(tmp_path: Path) -> None:
    path = tmp_path / "settings.toml"
    newer = {"from_the_future": "\x7f", "a_switch": True, "a_list": ["ŵ", "y"]}
    path.write_text(
        'from_the_future = "\\u007f"\ntext_size = 120\na_switch = true\na_list = ["ŵ", "y"]\n',
        encoding="utf-8",
    )
    loaded = load(path)
    assert loaded.notices == ()
    save(path, loaded.settings, loaded.unknown)
    assert tomllib.loads(path.read_text(encoding="utf-8")) == {"text_size": 120, **newer}
    assert [file.name for file in tmp_path.iterdir()] == ["settings.toml"]


@pytest.mark.parametrize("line", ['theme = "pink"', "[window]\nwide = 3", '"a b" = 1', "ratio = 0.5"])
def test_what_could_not_be_written_again_is_kept_in_a_copy_made_once(tmp_path: Path, line: str) -> None:
    path = tmp_path / "settings.toml"
    path.write_text(f"text_size = 120\n{line}\n", encoding="utf-8")
    before = path.read_bytes()
    assert load(path).settings == Settings(text_size=120)
    loaded = load(path)
    save(path, loaded.settings, loaded.unknown)
    assert (tmp_path / "settings.toml.broken-1").read_bytes() == before
    assert sorted(file.name for file in tmp_path.iterdir()) == ["settings.toml", "settings.toml.broken-1"]


def test_a_file_that_can_not_be_written_is_told_and_the_old_one_is_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "settings.toml"
    save(path, _ODD)

    def full(_handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("soh_author.settings.file.os.fsync", full)
    with pytest.raises(OutputError, match="No space left"):
        save(path, Settings())
    assert load(path).settings == _ODD
    assert [file.name for file in tmp_path.iterdir()] == ["settings.toml"]


def test_a_folder_in_the_place_of_the_file_is_told(tmp_path: Path) -> None:
    loaded = load(tmp_path)
    assert loaded.settings == Settings()
    assert "can't be read" in loaded.notices[0]


def test_the_systems_own_folders_are_below_the_home_of_the_person() -> None:
    found = Locations.of_this_computer()
    assert found.settings_file.name == "settings.toml"
    assert all(folder.is_relative_to(Path.home()) for folder in (found.config, found.state))
