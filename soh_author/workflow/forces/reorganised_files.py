"""The files of forces that change, moved, joined and changed byte by byte; nothing is written here."""

from collections.abc import Mapping, Sequence
from datetime import date

from soh_author.domain.errors import ContentError
from soh_author.domain.forces_change import FileKey, ForcesPlan, JoinedText
from soh_author.domain.ids import ForceId, GroupId
from soh_author.domain.layers import Layer
from soh_author.domain.override import Op, Override
from soh_author.markup.front_matter import read, with_front_matter
from soh_author.markup.write import add_op, section_block, set_change
from soh_author.markup.yaml_editing import append_item, remove_value, set_value
from soh_author.markup.yaml_reading import Yaml, read_yaml
from soh_author.reading.paths import facts_path, media_path, page_path
from soh_author.workflow.snapshot import Snapshot


class FileMoves:
    """Changes of files, collected; later ones build on earlier ones."""

    def __init__(self, snapshot: Snapshot) -> None:
        self._snapshot = snapshot
        self.changes: dict[str, bytes | None] = {}

    def move(self, moves: Mapping[str, str]) -> None:
        """Give files other paths, byte for byte."""
        for old, new in moves.items():
            self.changes[new] = self._data(old)
            self.changes[old] = None

    def set_profile(self, force: ForceId, fields: Mapping[str, str]) -> None:
        """Set fields of a force's profile."""
        path = f"{Layer.of_force(force).folder}/force.yml"
        text = self._text(path)
        for name, value in fields.items():
            text = set_value(text, (name,), value)
        self.changes[path] = text.encode()

    def new_profile(self, example: ForceId, force: ForceId, first_day: date, *, name: str, host: str) -> None:
        """Start a force with the profile of another, under its own names."""
        text = self._text(f"{Layer.of_force(example).folder}/force.yml")
        known = read_yaml(text).value
        for gone in ("names", "public_name", "slug", "unverified", "note", "until"):
            if gone in known:
                text = remove_value(text, (gone,))
        title = name or str(force).replace("-", " ").title()
        fields: dict[str, Yaml] = {
            "id": str(force),
            "name": title,
            "short_name": title.removesuffix(" Police"),
            "host": host or f"www.{force}.police.uk",
            "status": "live",
            "from": first_day.isoformat(),
            "unverified": ["name", "host"],
        }
        for key, value in fields.items():
            text = set_value(text, (key,), value)
        self.changes[f"{Layer.of_force(force).folder}/force.yml"] = text.encode()

    def rename_member(self, group: GroupId, old: ForceId, new: ForceId) -> None:
        """Name a member of a group anew."""
        path, text = self._group(group)
        for number, member in self._members(text):
            if member.get("force") == old:
                text = set_value(text, ("members", number, "force"), str(new))
        self.changes[path] = text.encode()

    def end_member(self, group: GroupId, force: ForceId, last_day: date) -> None:
        """Let a membership end on a day, where it doesn't end before."""
        path, text = self._group(group)
        for number, member in self._members(text):
            until = str(member.get("until", ""))
            if member.get("force") == force and (not until or until > last_day.isoformat()):
                text = set_value(text, ("members", number, "until"), last_day.isoformat())
        self.changes[path] = text.encode()

    def add_member(self, group: GroupId, force: ForceId, first_day: date) -> None:
        """Let a force join a group on a day."""
        path, text = self._group(group)
        member: Yaml = {"force": str(force), "from": first_day.isoformat()}
        self.changes[path] = append_item(text, "members", member).encode()

    def join(self, plan: ForcesPlan, target: ForceId, forces: Sequence[ForceId]) -> None:
        """Give the target what the forces have: texts, facts and pictures. Clashes stay as the first has
        them.
        """
        layer = Layer.of_force(target)
        done = {text.file for text in plan.texts}
        for joined in plan.texts:
            self._join_text(joined, layer, joined.forces)
        for clash in plan.clashes:
            if clash.file is not None and clash.file not in done:
                self._copy(clash.file, clash.forces[0], layer)
        self._join_facts(plan, layer, forces)
        self._join_media(layer, forces)

    def _join_text(self, joined: JoinedText, layer: Layer, forces: Sequence[ForceId]) -> None:
        """The first force's file with what only the others have added to it."""
        page, language = joined.file
        self._copy(joined.file, forces[0], layer)
        path = page_path(layer, page, language)
        first = self._value(joined.file, forces[0])
        if not isinstance(first, Override):
            return
        text = self._text(path)
        own = {(op.section, op.kind) for op in first.ops}
        for op in joined.ops:
            if (op.section, op.kind) not in own:
                text = add_op(text, self._fields(op), _block(op))
        names = {change.name for change in first.sets}
        for change in joined.sets:
            if change.name not in names:
                text = set_change(text, change.name, change.value, change.base)
        self.changes[path] = text.encode()

    def _fields(self, op: Op) -> dict[str, str]:
        """An op's fields as its own file has them."""
        raw = with_front_matter(self._text(op.place.path)).raw_yaml
        ops = read(raw).value.get("ops")
        found = ops[op.number] if isinstance(ops, list) and op.number < len(ops) else None
        if not isinstance(found, dict):
            raise ContentError(f"“{op.place.path}” can't be joined.", safe="Nothing was changed.")
        return {str(name): str(value) for name, value in found.items()}

    def _copy(self, file: FileKey, force: ForceId, layer: Layer) -> None:
        page, language = file
        target = page_path(layer, page, language)
        source = page_path(Layer.of_force(force), page, language)
        if source != target:
            self.changes[target] = self._data(source)

    def _join_facts(self, plan: ForcesPlan, layer: Layer, forces: Sequence[ForceId]) -> None:
        path = facts_path(layer)
        text = self._text(path)
        known = {str(name) for name in self._snapshot.facts_of(layer)}
        for force in forces:
            source = self._text(facts_path(Layer.of_force(force)))
            entries = read_yaml(source).value if source else {}
            for name, entry in entries.items():
                if str(name) not in known:
                    known.add(str(name))
                    text = set_value(text, (str(name),), entry)
        if known and plan.target is not None:
            self.changes[path] = text.encode()

    def _join_media(self, layer: Layer, forces: Sequence[ForceId]) -> None:
        pictures = self._snapshot.sources.catalogue.media
        known = set(pictures.get(layer, {}))
        for force in forces:
            for name, path in pictures.get(Layer.of_force(force), {}).items():
                if name not in known:
                    known.add(name)
                    self.changes[media_path(layer, name)] = self._data(path)

    def _value(self, file: FileKey, force: ForceId) -> object:
        page, language = file
        return self._snapshot.sources.read(page_path(Layer.of_force(force), page, language)).value

    def _group(self, group: GroupId) -> tuple[str, str]:
        path = f"{Layer.of_group(group).folder}/group.yml"
        return path, self._text(path)

    def _members(self, text: str) -> list[tuple[int, Mapping[str, Yaml]]]:
        members = read_yaml(text).value.get("members")
        listed = members if isinstance(members, list) else []
        return [(number, member) for number, member in enumerate(listed) if isinstance(member, dict)]

    def _text(self, path: str) -> str:
        return (self._data(path) or b"").decode("utf-8")

    def _data(self, path: str) -> bytes | None:
        return self.changes[path] if path in self.changes else self._snapshot.sources.data(path)


def _block(op: Op) -> str | None:
    if op.text is None:
        return None
    return section_block(op.text.heading or "Lead", op.section, op.text.body)
