"""Broken and hostile content: a finding or an error that says where and what to do; the rest works on."""

import shutil
from pathlib import Path
from typing import Any

import pytest

from tests.cli import small_content
from tests.cli.small_content import OTHER, PAGE, SHARED, shared_page, write, write_content
from tests.cli.terminal import Terminal
from tests.support.repositories import git, make_bare_repository

_ALIAS_BOMB = "a: &a [x, x, x, x, x, x, x, x, x]\n" + "".join(
    f"{name}: &{name} [{', '.join([f'*{before}'] * 9)}]\n"
    for before, name in zip("abcdefgh", "bcdefghi", strict=True)
)


def _page(title: str) -> str:
    return shared_page(title=title)


_BROKEN: dict[str, tuple[str | bytes, str, int]] = {
    "a key twice": (_page("title: One\ntitle: Two\n"), "doubled-key", 3),
    "an open quote": (_page('title: "Seized\n'), "bad-yaml", 2),
    "an unknown key": (_page("title: One\ntittle: Two\n"), "unknown-key", 3),
    "a list for a text": (_page("title: [One, Two]\n"), "bad-value", 2),
    "no title": (_page(""), "missing-key", 0),
    "no day": (shared_page(review_by="review_by: next spring\n"), "bad-value", 7),
    "no front matter": ("Only words.\n", "no-front-matter", 1),
    "no section id": (shared_page(reclaim="## Get it back\n"), "missing-section-id", 11),
    "a section id twice": (shared_page(reclaim="## Get it back {#costs}\n"), "doubled-section-id", 14),
    "a bad section id": (shared_page(reclaim="## Get it back {#../up}\n"), "bad-section-id", 11),
    "a template": (shared_page(lead="{{ 7*7 }} and {% x %} and {# y #}\n"), "template-text", 9),
    "a script": (shared_page(lead="<script>alert(1)</script>\n"), "raw-html", 9),
    "an unknown fact": (shared_page(fee="{{ fact.no_such_fee }}"), "unknown-fact", 15),
    "no utf-8": (b"---\ntitle: Caf\xe9\n---\nWords\n", "not-utf8", 0),
    "ten megabytes": (shared_page(lead="word " * 2_000_000), "too-large", 0),
    "ten thousand levels": (shared_page(lead="> " * 10_000 + "deep\n"), "too-deep", 9),
    "ten thousand brackets": (_page(f"title: {'[' * 10_000}{']' * 10_000}\n"), "too-deep", 2),
    "an alias bomb": (_page(f"title: One\n{_ALIAS_BOMB}"), "too-deep", 2),
}


def _findings(terminal: Terminal, folder: Path) -> tuple[int, list[dict[str, Any]]]:
    printed = terminal.type_exactly("check", "--folder", folder, "--json")
    return printed.code, printed.data["diagnostics"]


def test_sound_content_has_nothing_that_blocks(elsewhere: Terminal, tmp_path: Path) -> None:
    code, found = _findings(elsewhere, write_content(tmp_path / "files"))
    assert code == 0, found
    assert not [finding for finding in found if finding["severity"] == "error"]


@pytest.mark.parametrize("fault", _BROKEN)
def test_a_fault_is_found_at_its_line_with_the_way_to_mend_it(
    elsewhere: Terminal, tmp_path: Path, fault: str
) -> None:
    text, code, line = _BROKEN[fault]
    _, found = _findings(elsewhere, write_content(tmp_path / "files", shared=text))
    assert code in {finding["code"] for finding in found}
    first = next(finding for finding in found if finding["code"] == code)
    assert first["path"] == SHARED
    assert not line or first["line"] == line
    assert first["message"].strip()
    assert first["hint"].strip()


@pytest.mark.parametrize("fault", _BROKEN)
def test_beside_a_broken_page_all_others_go_on(elsewhere: Terminal, tmp_path: Path, fault: str) -> None:
    files = write_content(tmp_path / "files", shared=_BROKEN[fault][0])
    workspace, out = tmp_path / "workspace", tmp_path / "page.html"
    assert elsewhere.type_exactly("init", workspace, "--from", files).code == 0
    terminal = Terminal(tmp_path / "nobody.json", workspace)
    assert terminal.type("list", "pages").code == 0
    terminal.ask("preview", "advice/lost-dogs", "--force", "kent", "--out", out)
    assert "£198" in out.read_text(encoding="utf-8")
    terminal.ask("export", tmp_path / "again")
    assert (tmp_path / "again" / SHARED).read_bytes() == (files / SHARED).read_bytes()
    assert terminal.type("build", "--out", tmp_path / "site").code == 0
    assert (tmp_path / "site" / "kent" / "advice" / "dogs" / "index.html").is_file()


def test_hostile_text_is_shown_as_written_and_never_run(elsewhere: Terminal, tmp_path: Path) -> None:
    text = shared_page(lead="Sum {{ 7*7 }}, {% x %}, {# y #} and <script>alert(1)</script>.\n")
    files = write_content(tmp_path / "files", shared=text)
    elsewhere.type_exactly("init", tmp_path / "workspace", "--from", files)
    terminal = Terminal(tmp_path / "nobody.json", tmp_path / "workspace")
    terminal.ask("preview", PAGE, "--force", "kent", "--out", tmp_path / "page.html")
    html = (tmp_path / "page.html").read_text(encoding="utf-8")
    assert "{{ 7*7 }}" in html
    assert "{% x %}" in html
    assert "{# y #}" in html
    assert "&lt;script&gt;alert(1)" in html
    assert "<script>alert" not in html


@pytest.mark.parametrize(
    "path", ["shared/pages/con.en.md", "shared/pages/Bad Name.en.md", "shared/pages/a.fr.md"]
)
def test_a_file_with_a_name_no_page_can_have_is_told(elsewhere: Terminal, tmp_path: Path, path: str) -> None:
    files = write_content(tmp_path / "files")
    write(files / path, (files / OTHER).read_bytes())
    _, found = _findings(elsewhere, files)
    assert [finding["code"] for finding in found if finding["path"] == path]


@pytest.mark.parametrize(
    "name", ["../up", "/etc/passwd", "advice/../x", "con", "Advice", "a//b", "advice/", "", "a" * 300, "a\nb"]
)
def test_what_can_be_no_page_id_is_refused(reader: Terminal, name: str) -> None:
    printed = reader.type("show", "--json", "--", name)
    assert printed.code == 2
    assert printed.error["kind"] == "invalid-name"


def test_a_link_out_of_the_folder_is_not_followed(elsewhere: Terminal, tmp_path: Path) -> None:
    files = write_content(tmp_path / "files")
    (tmp_path / "secret").write_text("secret", encoding="utf-8")
    (files / "shared" / "pages" / "link.en.md").symlink_to(tmp_path / "secret")
    printed = elsewhere.type_exactly("init", tmp_path / "workspace", "--from", files, "--json")
    assert printed.code == 5
    assert "link.en.md" in printed.error["what"]
    assert not (tmp_path / "workspace" / "content.git").exists()


def test_a_repository_within_the_folder_does_not_come_along(elsewhere: Terminal, tmp_path: Path) -> None:
    files = write_content(tmp_path / "files")
    write(files / ".git" / "config", "[core]\n\tpager = touch /tmp/pwned\n")
    made = elsewhere.ask("init", tmp_path / "workspace", "--from", files)
    terminal = Terminal(tmp_path / "nobody.json", tmp_path / "workspace")
    assert terminal.ask("export", tmp_path / "again")["files"] == len(small_content.FILES)
    assert made["pages"] == 2


@pytest.mark.parametrize("verb", [["list", "pages"], ["check"], ["draft", "new", "april"]])
def test_a_folder_that_is_no_workspace_is_told_and_left_alone(
    elsewhere: Terminal, tmp_path: Path, verb: list[str]
) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "letter.txt").write_text("mine", encoding="utf-8")
    printed = elsewhere.type_exactly(*verb, "--workspace", tmp_path / "mine", "--json")
    assert printed.code == 6
    assert printed.error["todo"]
    assert [path.name for path in (tmp_path / "mine").iterdir()] == ["letter.txt"]


def test_a_folder_without_soh_yml_makes_no_workspace(elsewhere: Terminal, tmp_path: Path) -> None:
    (tmp_path / "files").mkdir()
    printed = elsewhere.type_exactly("init", tmp_path / "workspace", "--from", tmp_path / "files", "--json")
    assert printed.code == 6
    assert "soh.yml" in printed.error["what"]


def test_a_folder_that_holds_something_becomes_no_workspace(
    elsewhere: Terminal, tmp_path: Path, sample_folder: Path
) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "letter.txt").write_text("mine", encoding="utf-8")
    files = write_content(tmp_path / "files")
    for typed in (
        ["init", str(tmp_path / "mine"), "--from", str(files)],
        ["open", str(sample_folder / "origin.git"), str(tmp_path / "mine")],
        ["sample", str(tmp_path / "mine")],
    ):
        assert elsewhere.type_exactly(*typed).code in {6, 8}, typed
    assert [path.name for path in (tmp_path / "mine").iterdir()] == ["letter.txt"]


def test_an_empty_repository_is_not_opened(elsewhere: Terminal, tmp_path: Path) -> None:
    empty = make_bare_repository(tmp_path / "empty.git")
    printed = elsewhere.type_exactly("open", empty, tmp_path / "workspace", "--json")
    assert printed.code == 6
    assert not (tmp_path / "workspace").exists()


def test_a_repository_of_something_else_is_not_opened(elsewhere: Terminal, tmp_path: Path) -> None:
    other = tmp_path / "other"
    other.mkdir()
    git(other, "init", "--quiet", "--initial-branch=published")
    (other / "README").write_text("A program", encoding="utf-8")
    git(other, "add", "README")
    git(other, "-c", "user.name=Kim", "-c", "user.email=kim@kent.example", "commit", "--quiet", "-m", "First")
    printed = elsewhere.type_exactly("open", other, tmp_path / "workspace", "--json")
    assert printed.code == 6
    assert not (tmp_path / "workspace" / "content.git").exists()


def test_a_shallow_repository_is_not_opened(elsewhere: Terminal, tmp_path: Path, sample_folder: Path) -> None:
    origin = f"file://{sample_folder / 'origin.git'}"
    git(tmp_path, "clone", "--quiet", "--bare", "--depth=1", "--branch=published", origin, "shallow.git")
    printed = elsewhere.type_exactly("open", tmp_path / "shallow.git", tmp_path / "workspace", "--json")
    assert printed.code == 6
    assert not (tmp_path / "workspace" / "content.git").exists()


def test_an_address_that_leads_nowhere_is_told(elsewhere: Terminal, tmp_path: Path) -> None:
    printed = elsewhere.type_exactly("open", tmp_path / "nowhere", tmp_path / "workspace", "--json")
    assert printed.code in {3, 6, 7}
    assert not (tmp_path / "workspace" / "content.git").exists()


@pytest.mark.parametrize("address", ["ext::sh -c touch% /tmp/pwned", "--upload-pack=touch", "file:///etc\n"])
def test_an_address_that_would_run_something_is_refused(
    elsewhere: Terminal, tmp_path: Path, address: str
) -> None:
    printed = elsewhere.type_exactly("open", "--json", "--", address, tmp_path / "workspace")
    assert printed.code in {2, 6, 7}
    assert not (tmp_path / "workspace" / "content.git").exists()


def test_a_damaged_text_leaves_the_others_readable(elsewhere: Terminal, tmp_path: Path) -> None:
    files = write_content(tmp_path / "files")
    elsewhere.ask("init", tmp_path / "workspace", "--from", files)
    store = tmp_path / "workspace" / "content.git"
    blob = git(store, "rev-parse", f"published:{SHARED}")
    loose = store / "objects" / blob[:2] / blob[2:]
    assert loose.is_file(), "a small first version is stored file by file"
    loose.chmod(0o600)
    loose.write_bytes(b"not what it was")
    terminal = Terminal(tmp_path / "nobody.json", tmp_path / "workspace")
    found = terminal.type("check", "--json").data["diagnostics"]
    assert "damaged-file" in {finding["code"] for finding in found if finding["path"] == SHARED}
    out = tmp_path / "page.html"
    terminal.ask("preview", "advice/lost-dogs", "--force", "kent", "--out", out)
    assert "£198" in out.read_text(encoding="utf-8")


def test_where_nothing_can_be_saved_people_can_still_read_check_and_build(
    elsewhere: Terminal, tmp_path: Path
) -> None:
    elsewhere.ask("init", tmp_path / "workspace", "--from", write_content(tmp_path / "files"))
    # What SQLite would write first is in the way, as on a full or read-only disk.
    (tmp_path / "workspace" / "private" / "journal.sqlite-wal").mkdir()
    terminal = Terminal(tmp_path / "nobody.json", tmp_path / "workspace")
    printed = terminal.type("list", "pages")
    assert printed.code == 0
    assert "Nothing can be saved in this workspace" in printed.err
    assert terminal.ask("build", "--out", tmp_path / "site")["outputs"] > 0
    assert terminal.type("list", "pages", "--json").err == ""


def test_files_that_can_not_be_written_out_are_told(elsewhere: Terminal, tmp_path: Path) -> None:
    elsewhere.ask("init", tmp_path / "workspace", "--from", write_content(tmp_path / "files"))
    (tmp_path / "letter").write_text("mine", encoding="utf-8")
    terminal = Terminal(tmp_path / "nobody.json", tmp_path / "workspace")
    printed = terminal.type("export", tmp_path / "letter" / "files", "--json")
    assert printed.code == 8
    assert printed.error["todo"] == "Choose another folder, or make room."


def test_git_s_own_words_do_not_reach_the_screen(elsewhere: Terminal, tmp_path: Path) -> None:
    elsewhere.ask("init", tmp_path / "workspace", "--from", write_content(tmp_path / "files"))
    (tmp_path / "workspace" / "content.git" / "HEAD").write_text("", encoding="utf-8")
    terminal = Terminal(tmp_path / "nobody.json", tmp_path / "workspace")
    printed = terminal.type("list", "pages")
    assert printed.code == 6
    assert "fatal" not in printed.err
    assert "repository" not in printed.err


def test_a_workspace_whose_store_is_gone_is_told(elsewhere: Terminal, tmp_path: Path) -> None:
    files = write_content(tmp_path / "files")
    elsewhere.ask("init", tmp_path / "workspace", "--from", files)
    shutil.rmtree(tmp_path / "workspace" / "content.git" / "objects")
    printed = elsewhere.type_exactly("list", "pages", "--workspace", tmp_path / "workspace", "--json")
    assert printed.code == 6
    assert printed.error["todo"]


def test_a_page_whose_text_can_not_be_read_is_told_by_its_file(elsewhere: Terminal, tmp_path: Path) -> None:
    files = write_content(tmp_path / "files", shared=b"---\ntitle: Caf\xe9\n---\nWords\n")
    elsewhere.ask("init", tmp_path / "workspace", "--from", files)
    terminal = Terminal(tmp_path / "nobody.json", tmp_path / "workspace")
    printed = terminal.type(
        "preview", "advice/seized-vehicles", "--force", "kent", "--out", tmp_path / "x", "--json"
    )
    assert printed.code == 3
    assert SHARED in printed.error["todo"]


def test_an_option_of_the_verbs_before_the_verb_is_told_where_it_belongs(elsewhere: Terminal) -> None:
    printed = elsewhere.type_exactly("--workspace", "somewhere", "list", "pages")
    assert printed.code == 2
    assert "behind the verb" in printed.err


def test_a_crash_that_left_the_name_of_what_is_live_empty_takes_no_draft(
    elsewhere: Terminal, tmp_path: Path
) -> None:
    elsewhere.ask("init", tmp_path / "workspace", "--from", write_content(tmp_path / "files"))
    terminal = Terminal(tmp_path / "nobody.json", tmp_path / "workspace")
    terminal.ask("draft", "new", "april")
    (tmp_path / "workspace/content.git/refs/heads/published").write_bytes(b"")
    printed = terminal.type("list", "drafts")
    assert (printed.code, "april" in printed.out) == (0, True)
    assert "Brought back: what is live." in printed.err
    (tmp_path / "workspace/content.git/refs/heads/published").write_bytes(b"")
    shutil.rmtree(tmp_path / "workspace/content.git/logs")
    printed = terminal.type("list", "pages", "--json")
    assert printed.code == 6
    assert "april" in printed.error["safe"]
    assert "soh-author repair" in printed.error["todo"]


def test_a_name_that_the_system_refuses_is_told_and_is_no_mistake_of_ours(tmp_path: Path) -> None:
    told = Terminal(tmp_path / "nobody.json").type_exactly("gate", "audit", "é" * 300)
    assert told.code == 8
    assert "(File name too long)" in told.err
    assert "did not expect" not in told.err
