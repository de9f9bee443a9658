"""Attacks with files: what may not be in a revision, whoever approved it."""

from collections.abc import Callable, Mapping
from dataclasses import replace

from soh_author.gitstore.objects import ObjectReader, ObjectWriter
from soh_author.gitstore.trees import read_tree
from soh_author.workflow.gate.refs import RefUpdate
from tests.attacks.case import Attack
from tests.attacks.world import APPROVED, FEES, SUBMITTED, Attempt, World, edited, honest

_PIXEL = b"GIF89a\x01\x00\x01\x00\x00\x00\x00;"
_PICTURE = "shared/media/map.gif"
_SHOWN = edited(FEES, "What you pay.", "What you pay.\n\n![A map](media:map.gif)\n")
_WELSH = "shared/pages/advice/seized-vehicles.cy.md"
_FOLDER = b"40000"
_FILE = b"100644"


def _beside(path: str, data: bytes = b"x") -> Attempt:
    """An honest release with one more file that nobody spoke of."""
    return honest(beside={path: data})


def _agreed(path: str, data: bytes = b"x") -> Attempt:
    """A release whose strange file everybody agreed to."""
    return honest(changes={**edited(), path: data})


def _drawn(inside: bytes = b"") -> Attempt:
    """A drawing that everybody agreed to, shown on a page."""
    drawing = b'<svg xmlns="http://www.w3.org/2000/svg">' + inside + b"</svg>"
    shown = edited(FEES, "What you pay.", "What you pay.\n\n![A map](media:map.svg)\n")
    return honest(changes={**shown, "shared/media/map.svg": drawing})


def _entry(mode: bytes, name: bytes, sha: str) -> bytes:
    return mode + b" " + name + b"\0" + bytes.fromhex(sha)


def _with_entry(
    make: Callable[[ObjectWriter, World], tuple[bytes, bytes, str]],
) -> Callable[[World], list[RefUpdate]]:
    """A version whose top folder holds one more entry, written past every program that would not."""

    def tried(world: World) -> list[RefUpdate]:
        writer = ObjectWriter(world.folder)
        version = world.build(honest())
        data = _tree_data(world, world.tree(version)) + _entry(*make(writer, world))
        tree = writer.put("tree", data)
        return [world.update(world.raw_commit(tree, [world.tip], honest()))]

    return tried


def _tree_data(world: World, tree: str) -> bytes:
    reader = ObjectReader(world.folder)
    try:
        stored = reader.get(tree)
        assert stored is not None
        return stored.data
    finally:
        reader.close()


def _bomb(writer: ObjectWriter, _world: World) -> tuple[bytes, bytes, str]:
    """Eight folders of thirty that are one and the same: thirty to the power of eight files."""
    inner = writer.put("blob", b"x")
    mode = _FILE
    for _ in range(8):
        inner = writer.put("tree", b"".join(_entry(mode, b"f%02d" % number, inner) for number in range(30)))
        mode = _FOLDER
    return _FOLDER, b"zz", inner


def _deep(writer: ObjectWriter, _world: World) -> tuple[bytes, bytes, str]:
    inner = writer.put("tree", _entry(_FILE, b"a", writer.put("blob", b"x")))
    for _ in range(40):
        inner = writer.put("tree", _entry(_FOLDER, b"a", inner))
    return _FOLDER, b"zz", inner


def _blob(mode: bytes, name: bytes) -> Callable[[ObjectWriter, World], tuple[bytes, bytes, str]]:
    return lambda writer, _world: (mode, name, writer.put("blob", b"x"))


def _folder_of(name: bytes, inner: bytes) -> Callable[[ObjectWriter, World], tuple[bytes, bytes, str]]:
    def made(writer: ObjectWriter, _world: World) -> tuple[bytes, bytes, str]:
        return _FOLDER, name, writer.put("tree", _entry(_FILE, inner, writer.put("blob", b"x")))

    return made


def _same_folder_twice(_writer: ObjectWriter, world: World) -> tuple[bytes, bytes, str]:
    reader = ObjectReader(world.folder)
    entries = {name: sha.hex() for sha, _mode, name in read_tree(reader, world.tree(world.tip), "")}
    reader.close()
    return _FOLDER, b"shared", entries["shared"]


def _whole(_writer: ObjectWriter, world: World) -> tuple[bytes, bytes, str]:
    return b"160000", b"zz", world.tip


def _kept_picture(world: World) -> World:
    return world.with_files({_PICTURE: _PIXEL, **_SHOWN})


def _swapped(world: World) -> tuple[World, Attempt]:
    """Everybody agreed to new words; the picture beside them is another."""
    other = _kept_picture(world)
    return other, honest(
        changes={FEES: _SHOWN[FEES].replace(b"pay", b"owe")}, beside={_PICTURE: _PIXEL + b"!"}
    )


def _swapped_and_listed(world: World) -> tuple[World, Attempt]:
    other = _kept_picture(world)
    words: Mapping[str, bytes] = {FEES: _SHOWN[FEES].replace(b"pay", b"owe")}
    said = (SUBMITTED, replace(APPROVED, of=words))
    return other, honest(changes={**words, _PICTURE: _PIXEL + b"!"}, said=said)


def _new_picture(world: World) -> tuple[World, Attempt]:
    words = {FEES: _SHOWN[FEES].replace(b"pay", b"owe")}
    return _kept_picture(world), honest(changes={**words, _PICTURE: _PIXEL + b"!"})


def _missing(writer: ObjectWriter, _world: World) -> tuple[bytes, bytes, str]:
    folder = writer.put("tree", _entry(_FILE, b"soh.gif", "1" * 40))
    return _FOLDER, b"zz", folder


ATTACKS = (
    Attack("a file of an unknown kind", "kind", _beside("README.md"), words="README.md"),
    Attack("a file of an unknown kind that all agreed to", "kind", _agreed("shared/pages/run.sh")),
    Attack("attributes for git", "kind", _agreed(".gitattributes", b"* filter=x")),
    Attack("a list of submodules", "kind", _agreed(".gitmodules")),
    Attack("a page with capitals in its name", "kind", _agreed("shared/pages/Advice/fees.en.md")),
    Attack("a link", "mode", honest(modes={"soh.yml": 0o120000}), words="link"),
    Attack("a submodule", "mode", _with_entry(_whole), words="repository"),
    Attack("a program", "mode", honest(modes={"soh.yml": 0o100755}), words="program"),
    Attack("a mode of old git", "mode", honest(modes={"soh.yml": 0o100664})),
    Attack(
        "names that differ in capitals",
        "twin",
        honest(changes={**edited(), "shared/media/a.gif": _PIXEL, "shared/media/A.gif": _PIXEL}),
        honest(changes={**edited(), "shared/media/a.gif": _PIXEL}),
    ),
    Attack("a device of Windows", "name", _agreed("shared/media/con.gif")),
    Attack("a name beyond ASCII", "kind", _with_entry(_folder_of(b"shared-\xc3\xa9", b"a.gif"))),
    Attack("a name with a line end", "kind", _with_entry(_blob(_FILE, b"zz\nsoh.yml"))),
    Attack("a way out of the folder", "kind", _with_entry(_folder_of(b"..", b"a.gif"))),
    Attack("git's own folder", "kind", _with_entry(_folder_of(b".git", b"config"))),
    Attack("a name with a backslash", "kind", _with_entry(_blob(_FILE, b"zz\\soh.yml"))),
    Attack("a folder that stands twice", "unreadable", _with_entry(_same_folder_twice), words="twice"),
    Attack("a bomb of folders", "unreadable", _with_entry(_bomb), words="more than"),
    Attack("folders without end", "unreadable", _with_entry(_deep), words="deep"),
    Attack(
        "a page too large", "large", _agreed("shared/pages/advice/big.en.md", b"x" * (2 * 1024 * 1024 + 1))
    ),
    Attack("a picture too large", "large", _beside("shared/media/big.gif", b"x" * (20 * 1024 * 1024 + 1))),
    Attack(
        "a page among the pictures",
        "kind",
        _agreed("shared/media/x.html"),
        _agreed("shared/media/x.gif", _PIXEL),
    ),
    Attack("a script in a drawing", "content", _drawn(b"<script>x()</script>"), _drawn(b"<path d='M0 0'/>")),
    Attack("a drawing that runs when it is opened", "content", _drawn(b"<path onload='x()'/>"), _drawn()),
    Attack(
        "a drawing with a part of elsewhere",
        "content",
        _drawn(b"<image href='//x.example/a.png'/>"),
        _drawn(),
    ),
    Attack("a drawing in other letters", "content", _drawn("<script>".encode("utf-16")), _drawn()),
    Attack("a file that was not sent", "kind", _with_entry(_missing)),
    Attack("a swapped picture", "listed-sources", _swapped, _new_picture, _PICTURE),
    Attack("a swapped picture that is listed", "approved", _swapped_and_listed, _new_picture, _PICTURE),
    Attack(
        "a page nobody spoke of", "listed-sources", _beside("shared/pages/advice/x.en.md", edited()[FEES])
    ),
    Attack("a removal nobody spoke of", "listed-outputs", honest(beside={_WELSH: None})),
    Attack(
        "a removal nobody approved",
        "approved",
        honest(changes={_WELSH: None}, said=(SUBMITTED,)),
    ),
    Attack("another file of the policy", "policy-file", _beside("policy/more.json"), words="more.json"),
)
