"""Repositories and environments made to run a program on whoever opens them.

Each trap is a function that prepares a working copy (and the host's environment), and the ordinary git
commands that spring it. The program writes a file, so that a test can see whether it ran.
"""

import os
import shlex
import subprocess
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

_THEN = "@1000000000 +0000"


@dataclass(slots=True)
class Scene:
    """A hostile working copy, the program it wants run, and the environment of the host."""

    copy: Path
    marker: Path
    program: Path
    variables: dict[str, str] = field(default_factory=dict)

    @property
    def git_folder(self) -> Path:
        """The repository inside the working copy."""
        return self.copy / ".git"

    @property
    def sprung(self) -> bool:
        """Whether the program ran."""
        return self.marker.exists()

    def git(self, *words: str) -> str:
        """Run plain git in the working copy, in a clean environment; failures count as answers."""
        return self._run({**os.environ, "GIT_AUTHOR_DATE": _THEN, "GIT_COMMITTER_DATE": _THEN}, words)

    def git_of_the_host(self, *words: str) -> str:
        """Run plain git with the host's variables too."""
        return self._run({**os.environ, **self.variables}, words)

    def config(self, key: str, value: str) -> None:
        """Set something in the repository's configuration."""
        self.git("config", key, value)

    def write(self, path: str, text: str, *, mode: int = 0o644) -> Path:
        """Write a file in the working copy."""
        place = self.copy / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(text, encoding="utf-8")
        place.chmod(mode)
        return place

    def commit(self) -> None:
        """Commit everything there is."""
        self.git("add", "-A", "--force")
        self.git("commit", "-q", "-m", "more", "--no-verify")

    def _run(self, variables: Mapping[str, str], words: Sequence[str]) -> str:
        done = subprocess.run(
            ["git", "-c", "user.name=x", "-c", "user.email=x@x", *words],
            cwd=self.copy,
            env=variables,
            input="url=https://code.example/x\n\n",  # read by `git credential` alone
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
        return done.stdout


@dataclass(frozen=True, slots=True)
class Trap:
    """How to set it, and what springs it under plain git."""

    name: str
    set_up: Callable[[Scene], None]
    spring: tuple[tuple[str, ...], ...]


def _hook(name: str) -> Callable[[Scene], None]:
    def set_up(scene: Scene) -> None:
        hook = scene.git_folder / "hooks" / name
        hook.parent.mkdir(exist_ok=True)
        hook.write_bytes(scene.program.read_bytes())
        hook.chmod(0o755)

    return set_up


def _setting(key: str, value: str = "{program}") -> Callable[[Scene], None]:
    def set_up(scene: Scene) -> None:
        program = shlex.quote(str(scene.program))
        scene.config(key.format(program=program), value.format(program=program))

    return set_up


def _all(*steps: Callable[[Scene], None]) -> Callable[[Scene], None]:
    def set_up(scene: Scene) -> None:
        for step in steps:
            step(scene)

    return set_up


def _file(path: str, text: str) -> Callable[[Scene], None]:
    def set_up(scene: Scene) -> None:
        scene.write(path, text)
        scene.commit()

    return set_up


def _hooks_path(scene: Scene) -> None:
    for name in ("reference-transaction", "post-index-change", "pre-commit"):
        scene.write(f"hooks/{name}", scene.program.read_text(encoding="utf-8"), mode=0o755)
    scene.commit()
    scene.config("core.hooksPath", "hooks")


def _included(key: str) -> Callable[[Scene], None]:
    def set_up(scene: Scene) -> None:
        scene.write("evil.config", f"[core]\n\tfsmonitor = {scene.program}\n")
        scene.config(key, str(scene.copy / "evil.config"))

    return set_up


def _worktree_config(scene: Scene) -> None:
    scene.config("core.repositoryformatversion", "1")
    scene.config("extensions.worktreeConfig", "true")
    text = f"[core]\n\tfsmonitor = {scene.program}\n"
    (scene.git_folder / "config.worktree").write_text(text, encoding="utf-8")


def _info_attributes(scene: Scene) -> None:
    _setting("filter.evil.clean")(scene)
    (scene.git_folder / "info").mkdir(exist_ok=True)
    (scene.git_folder / "info" / "attributes").write_text("* filter=evil\n", encoding="utf-8")


def _signed_commit(scene: Scene) -> None:
    scene.config("gpg.program", str(scene.program))
    scene.config("log.showSignature", "true")
    tip = scene.git("cat-file", "commit", "HEAD")
    signature = "gpgsig -----BEGIN PGP SIGNATURE-----\n \n abc\n -----END PGP SIGNATURE-----\n\n"
    scene.write("raw", tip.replace("\n\n", f"\n{signature}", 1))
    signed = scene.git("hash-object", "-t", "commit", "-w", "--literally", "raw").strip()
    scene.git("update-ref", "refs/heads/published", signed)


def _submodule(scene: Scene) -> None:
    scene.write(".gitmodules", '[submodule "m"]\n\tpath = m\n\turl = ./m\n')
    tip = scene.git("rev-parse", "HEAD").strip()
    scene.git("clone", "-q", ".", "m")
    scene.git("-C", "m", "checkout", "-q", "HEAD~1")
    scene.git("update-index", "--add", "--cacheinfo", f"160000,{tip},m")
    scene.git("add", ".gitmodules")
    scene.git("commit", "-q", "-m", "module")
    scene.config("submodule.m.url", str(scene.copy))
    scene.config("submodule.m.update", f"!{scene.program}")


def _promisor(scene: Scene) -> None:
    """A text is missing, and the repository says from where git should fetch it."""
    scene.config("core.repositoryformatversion", "1")
    scene.config("extensions.partialClone", "origin")
    scene.config("remote.origin.promisor", "true")
    scene.config("remote.origin.url", "ssh://nowhere.example/x")
    scene.config("core.sshCommand", str(scene.program))
    blob = scene.git("rev-parse", "HEAD:soh.yml").strip()
    (scene.git_folder / "objects" / blob[:2] / blob[2:]).unlink()


def _alternate_refs(scene: Scene) -> None:
    scene.git("clone", "-q", "--bare", ".", "other.git")
    objects = scene.copy / "other.git" / "objects"
    (scene.git_folder / "objects" / "info").mkdir(exist_ok=True)
    (scene.git_folder / "objects" / "info" / "alternates").write_text(f"{objects}\n", encoding="utf-8")
    scene.config("core.alternateRefsCommand", str(scene.program))
    scene.config("remote.origin.url", str(scene.copy / "other.git"))


def _pointer_file(scene: Scene) -> None:
    """The folder only points at a hostile repository elsewhere."""
    _setting("core.fsmonitor")(scene)
    elsewhere = scene.copy.parent / "elsewhere.git"
    scene.git_folder.rename(elsewhere)
    scene.git_folder.write_text(f"gitdir: {elsewhere}\n", encoding="utf-8")


def _host(**variables: str) -> Callable[[Scene], None]:
    def set_up(scene: Scene) -> None:
        scene.variables |= {name: text.format(program=scene.program) for name, text in variables.items()}

    return set_up


def _host_file(variable: str, text: str) -> Callable[[Scene], None]:
    def set_up(scene: Scene) -> None:
        file = scene.copy.parent / "host.config"
        file.write_text(text.format(program=scene.program), encoding="utf-8")
        scene.variables[variable] = str(file)

    return set_up


def _host_home(scene: Scene) -> None:
    home = scene.copy.parent / "home"
    home.mkdir()
    (home / ".gitconfig").write_text(f"[core]\n\tfsmonitor = {scene.program}\n", encoding="utf-8")
    scene.variables |= {"HOME": str(home), "GIT_CONFIG_GLOBAL": str(home / ".gitconfig")}


def _host_template(scene: Scene) -> None:
    template = scene.copy.parent / "template"
    (template / "hooks").mkdir(parents=True)
    for name in ("reference-transaction", "post-checkout"):
        hook = template / "hooks" / name
        hook.write_bytes(scene.program.read_bytes())
        hook.chmod(0o755)
    scene.variables["GIT_TEMPLATE_DIR"] = str(template)


_FETCH_SSH = _setting("remote.origin.url", "ssh://nowhere.example/x")
_TEXTCONV = _file(".gitattributes", "*.md diff=evil\n")

TRAPS = (
    Trap("hook: post-checkout", _hook("post-checkout"), (("checkout", "-q", "-b", "x"),)),
    Trap("hook: pre-commit", _hook("pre-commit"), (("commit", "--allow-empty", "-m", "x"),)),
    Trap("hook: post-commit", _hook("post-commit"), (("commit", "--allow-empty", "-m", "x"),)),
    Trap("hook: reference-transaction", _hook("reference-transaction"), (("branch", "x"),)),
    Trap("hook: post-index-change", _hook("post-index-change"), (("reset", "-q"),)),
    Trap("hooks path in the tree", _hooks_path, (("branch", "x"),)),
    Trap("file system monitor", _setting("core.fsmonitor"), (("status",),)),
    Trap("included configuration", _included("include.path"), (("status",),)),
    Trap("configuration for this folder", _included("includeIf.gitdir:/.path"), (("status",),)),
    Trap("configuration of a worktree", _worktree_config, (("status",),)),
    Trap("alias", _setting("alias.publish", "!{program}"), (("publish",),)),
    Trap(
        "clean filter",
        _all(_file(".gitattributes", "* filter=evil\n"), _setting("filter.evil.clean")),
        (("add", "--renormalize", "."),),
    ),
    Trap(
        "smudge filter",
        _all(_file(".gitattributes", "* filter=evil\n"), _setting("filter.evil.smudge")),
        (("rm", "-q", "soh.yml"), ("checkout", "HEAD", "soh.yml")),
    ),
    Trap(
        "filter process",
        _all(_file(".gitattributes", "* filter=evil\n"), _setting("filter.evil.process")),
        (("rm", "-q", "soh.yml"), ("checkout", "HEAD", "soh.yml")),
    ),
    Trap("attributes beside the tree", _info_attributes, (("add", "--renormalize", "."),)),
    Trap("external diff", _setting("diff.external"), (("diff", "HEAD~1"),)),
    Trap("text conversion", _all(_TEXTCONV, _setting("diff.evil.textconv")), (("log", "-p"),)),
    Trap("diff driver", _all(_TEXTCONV, _setting("diff.evil.command")), (("diff", "HEAD~2"),)),
    Trap("signature check", _signed_commit, (("log", "-1", "published"),)),
    Trap("editor", _setting("core.editor"), (("commit", "--allow-empty"),)),
    Trap("ssh command", _all(_FETCH_SSH, _setting("core.sshCommand")), (("fetch", "origin"),)),
    Trap(
        "upload-pack of the origin",
        _all(_setting("remote.origin.url", "."), _setting("remote.origin.uploadpack")),
        (("fetch", "origin"),),
    ),
    Trap(
        "origin that is a program",
        _all(_setting("remote.origin.url", "ext::{program}"), _setting("protocol.ext.allow", "always")),
        (("fetch", "origin"),),
    ),
    Trap(
        "address that is rewritten into a program",
        _all(
            _setting("remote.origin.url", "https://code.example/x"),
            _setting("url.ext::{program} .insteadOf", "https://"),
            _setting("protocol.ext.allow", "always"),
        ),
        (("fetch", "origin"),),
    ),
    Trap("credential helper", _setting("credential.helper", "!{program}"), (("credential", "fill"),)),
    Trap("password program", _setting("core.askPass"), (("credential", "fill"),)),
    Trap("missing text with a fetching program", _promisor, (("cat-file", "-p", "HEAD:soh.yml"),)),
    Trap("refs of an alternate", _alternate_refs, (("fetch", "origin"),)),
    Trap("submodule with a program", _submodule, (("submodule", "update"),)),
    Trap("folder that points at a hostile one", _pointer_file, (("status",),)),
    Trap("host: ssh command", _all(_FETCH_SSH, _host(GIT_SSH_COMMAND="{program}")), (("fetch", "origin"),)),
    Trap("host: external diff", _host(GIT_EXTERNAL_DIFF="{program}"), (("diff", "HEAD~1"),)),
    Trap(
        "host: settings in variables",
        _host(GIT_CONFIG_COUNT="1", GIT_CONFIG_KEY_0="core.fsmonitor", GIT_CONFIG_VALUE_0="{program}"),
        (("status",),),
    ),
    Trap(
        "host: settings as parameters",
        _host(GIT_CONFIG_PARAMETERS="'core.fsmonitor'='{program}'"),
        (("status",),),
    ),
    Trap(
        "host: configuration file",
        _host_file("GIT_CONFIG_GLOBAL", "[core]\n\tfsmonitor = {program}\n"),
        (("status",),),
    ),
    Trap("host: home", _host_home, (("status",),)),
    Trap("host: template with hooks", _host_template, (("clone", "-q", ".", "clone"),)),
    Trap("host: editor", _host(GIT_EDITOR="{program}"), (("commit", "--allow-empty"),)),
)
