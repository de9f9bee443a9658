"""Keys and the policy on the command line."""

import json
from pathlib import Path
from typing import Any

import pytest

from soh_author.trust.keys import create_key
from tests.cli.shapes import differences, documented_shapes
from tests.cli.small_content import write_content
from tests.cli.terminal import Terminal


@pytest.fixture
def plain(tmp_path: Path) -> Terminal:
    """A terminal in a workspace that has no policy."""
    workspace = tmp_path / "workspace"
    made = Terminal(tmp_path / "nobody.toml").type_exactly(
        "init", workspace, "--from", write_content(tmp_path / "content")
    )
    assert made.code == 0, made.err
    return Terminal(tmp_path / "nobody.toml", workspace)


@pytest.fixture
def shapes() -> dict[str, Any]:
    """The answers as the help shows them."""
    return documented_shapes(Path(__file__).parents[2] / "resources" / "help" / "command-line.md")


@pytest.fixture
def two_keys(tmp_path: Path) -> dict[str, Path]:
    """Folders of Nia's and Sam's keys, made as people make them."""
    folders = {name: tmp_path / "keys" / name for name in ("nia", "sam")}
    for name, folder in folders.items():
        Terminal(tmp_path / f"{name}.toml").ask("key", "create", "--folder", folder)
    return folders


def _policy_file(tmp_path: Path, two_keys: dict[str, Path]) -> Path:
    keys = {name: (folder / "soh_author_ed25519.pub").read_text() for name, folder in two_keys.items()}
    value = {
        "people": [{"id": name, "name": name.title(), "email": f"{name}@example"} for name in keys],
        "keys": [{"person": name, "key": line} for name, line in keys.items()],
        "roles": [
            {"person": "nia", "role": "editor", "layers": ["shared"]},
            {"person": "sam", "role": "reviewer"},
        ],
        "roots": {"people": list(keys), "threshold": 2},
    }
    path = tmp_path / "people.json"
    path.write_text(json.dumps(value))
    return path


def test_a_key_is_made_once_and_shown(elsewhere: Terminal, tmp_path: Path, shapes: dict[str, Any]) -> None:
    nothing = elsewhere.type("key", "show", "--json")
    assert (nothing.code, nothing.error["kind"]) == (3, "not-found")
    made = elsewhere.ask("key", "create")
    assert made == elsewhere.ask("key", "show")
    assert not list(differences(shapes["key create"], made))
    assert shapes["key show"] == shapes["key create"]
    assert Path(made["path"]).is_relative_to(tmp_path)
    assert made["fingerprint"].startswith("SHA256:")
    again = elsewhere.type("key", "create", "--json")
    assert (again.code, again.error["kind"]) == (9, "key-file")


def test_a_passphrase_in_the_environment_locks_the_key(elsewhere: Terminal, tmp_path: Path) -> None:
    elsewhere.environment["SOH_AUTHOR_PASSPHRASE"] = "open sesame"
    path = Path(elsewhere.ask("key", "create", "--folder", tmp_path / "locked")["path"])
    assert b"OPENSSH PRIVATE KEY" in path.read_bytes()
    del elsewhere.environment["SOH_AUTHOR_PASSPHRASE"]
    unlocked = elsewhere.ask("key", "create", "--folder", tmp_path / "unlocked")
    assert len(path.read_bytes()) > len(Path(unlocked["path"]).read_bytes())


def test_a_locked_key_says_how_its_passphrase_is_given(
    plain: Terminal, tmp_path: Path, two_keys: dict[str, Path]
) -> None:
    plain.ask("policy", "init", _policy_file(tmp_path, two_keys))
    locked = create_key(tmp_path / "locked", "Nia", passphrase="open sesame").path
    refused = plain.type("policy", "sign", "--key", locked, "--json")
    assert (refused.code, refused.error["kind"]) == (9, "key-file")
    assert "SOH_AUTHOR_PASSPHRASE" in refused.error["todo"]


def test_the_first_policy_is_written_down_signed_and_shown(
    plain: Terminal, tmp_path: Path, two_keys: dict[str, Path], shapes: dict[str, Any]
) -> None:
    proposed = plain.ask("policy", "init", _policy_file(tmp_path, two_keys))
    assert (proposed["version"], proposed["signed"]) == (1, [])
    assert proposed["people"][0]["roles"] == ["editor (shared)"]
    keys = [folder / "soh_author_ed25519" for folder in two_keys.values()]
    once, signed = (plain.ask("policy", "sign", "--key", key) for key in keys)
    assert (once["signed"], signed["signed"]) == (["nia"], ["nia", "sam"])
    assert "and 1 did" in once["missing"]
    assert signed["missing"] is None
    assert signed["hash"] == proposed["hash"]
    for verb in ("init", "propose", "sign", "show"):
        assert not list(differences(shapes[f"policy {verb}"], signed))
    shown = plain.type("policy", "show", "--source", "policy").out
    assert "Roots: nia, sam; 2 must sign." in shown
    assert "nia     Nia   editor (shared)  1" in shown
    written = tmp_path / "again.json"
    written.write_bytes(plain.type("policy", "show", "--source", "policy", "--written").raw)
    assert plain.ask("policy", "init", written, "--draft", "again")["hash"] == proposed["hash"]


@pytest.mark.parametrize(
    ("text", "code", "said"),
    [
        (None, 3, "can't be read"),
        ("{", 9, "can't be read as JSON"),
        ('{"people": [], "keys": []}', 9, "at least one"),
        ('{"ppl": []}', 9, "isn't a field"),
    ],
)
def test_a_policy_written_wrong_is_refused_with_the_reason(
    plain: Terminal, tmp_path: Path, text: str | None, code: int, said: str
) -> None:
    path = tmp_path / "people.json"
    if text is not None:
        path.write_text(text)
    refused = plain.type("policy", "init", path, "--json")
    assert refused.code == code
    assert said in refused.error["what"]
