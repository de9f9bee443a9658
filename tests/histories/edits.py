"""What authors do to a site, one small thing at a time, chosen at random."""

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

from tests.histories.second_opinion import Reading, read_page
from tests.histories.site import Op, SharedPage, Site, TakenOver, Text, WelshText
from tests.histories.spelling import pin, respelled

_SENTENCES = (
    "Call us on 101.",
    "Bring your letter and **one** form of identity.",
    "You must pay within 7 days.",
    "Write to the station that is named on the notice, or come to its front desk between nine and five.",
    "It costs {{ fact.fee_3 }} a day.",
)


@dataclass(slots=True)
class Authors:
    """The authors of a site. ``touched`` are the pages changed since somebody last looked."""

    site: Site
    chance: random.Random
    revision: str = ""
    made: int = 0
    touched: list[SharedPage] = field(default_factory=list)
    all_touched: bool = False
    done: dict[str, int] = field(default_factory=dict)

    def act(self) -> str:
        """Do one thing that can be done; its name."""
        edits = list(_EDITS)
        while True:
            page = self.chance.choice(self.site.pages)
            edit = self.chance.choices(edits, weights=list(_EDITS.values()))[0]
            if edit(self, page):
                self.touched.append(page)
                name = edit.__name__.strip("_")
                self.done[name] = self.done.get(name, 0) + 1
                return name

    def new_id(self, kind: str) -> str:
        """An id nothing has ever had."""
        self.made += 1
        return f"{kind}-{self.made}"

    def layer(self) -> str:
        """Any layer below the shared one; forces of the groups more often than others."""
        forces = self.site.forces
        chosen = self.chance.choice(forces[:13] if self.chance.random() < 0.7 else forces)
        groups = [f"groups/{name}" for name in self.site.groups]
        return self.chance.choice(groups) if self.chance.random() < 0.3 else chosen.layer

    def busy_layer(self, page: SharedPage) -> str:
        """A layer that has something of a page; any layer where none has."""
        return self.chance.choice(sorted(page.own)) if page.own else self.layer()

    def above(self, page: SharedPage, layer: str) -> Reading:
        """The page as an author of a layer has it before them, for one of their forces."""
        chains = [chain for _, chain in self.site.readers() if layer in chain]
        chain = self.chance.choice(chains) if chains else [layer]
        return read_page(page, chain[: chain.index(layer)])

    def reworded(self, text: Text) -> Text:
        """A text with one block changed, added or taken out."""
        blocks = list(text.blocks)
        number = self.chance.randrange(len(blocks) + 1)
        if number == len(blocks) or not blocks[number][0].isalpha():
            blocks.insert(number, self.chance.choice(_SENTENCES))
        elif len(blocks) > 1 and self.chance.random() < 0.3:
            del blocks[number]
        else:
            blocks[number] = self.chance.choice(_SENTENCES)
        return replace(text, blocks=tuple(blocks))

    def respelled(self, text: Text) -> Text:
        """The same text in another spelling."""
        blocks = tuple(respelled(block, self.chance) for block in text.blocks)
        return Text(
            "  ".join(text.heading.split(" ")) if self.chance.random() < 0.1 else text.heading, blocks
        )

    def text(self, page: SharedPage) -> Text:
        """Words for a section: of former days, or new ones."""
        if page.earlier and self.chance.random() < 0.5:
            return self.chance.choice(page.earlier)
        return Text(
            self.chance.choice(("Fees", "Help", "Who to call")), tuple(self.chance.sample(_SENTENCES, 2))
        )

    def section(self, page: SharedPage, *, lead: bool = True) -> str:
        """The id of any shared section, the first few more often."""
        names = [name for name in page.sections if lead or name != "lead"]
        return self.chance.choice(names[:4] if self.chance.random() < 0.7 else names) if names else ""


Edit = Callable[[Authors, SharedPage], bool]
_EDITS: dict[Edit, int] = {}


def _often(weight: int) -> Callable[[Edit], Edit]:
    def register(edit: Edit) -> Edit:
        _EDITS[edit] = weight
        return edit

    return register


# National.


@_often(14)
def reword(authors: Authors, page: SharedPage) -> bool:
    """A national section says something else, or what it said on a former day."""
    name = authors.section(page)
    old = page.sections[name]
    page.earlier.append(replace(old, heading=old.heading or "Help"))
    is_return = authors.chance.random() < 0.3
    page.sections[name] = authors.chance.choice(page.earlier) if is_return else authors.reworded(old)
    return True


@_often(8)
def respell(authors: Authors, page: SharedPage) -> bool:
    """A national section is only written otherwise."""
    name = authors.section(page)
    page.sections[name] = authors.respelled(page.sections[name])
    return True


@_often(2)
def retitle_section(authors: Authors, page: SharedPage) -> bool:
    """A national heading changes."""
    name = authors.section(page, lead=False)
    if name:
        heading = authors.chance.choice(("Fees", "Help", "Who to call"))
        page.sections[name] = replace(page.sections[name], heading=heading)
    return bool(name)


@_often(6)
def retitle(authors: Authors, page: SharedPage) -> bool:
    """The national title or summary changes."""
    if authors.chance.random() < 0.5:
        page.title = authors.chance.choice(("Seized vehicles", "Lost dogs", "Firearms"))
    else:
        page.summary = authors.chance.choice(("What to do", "What it costs", "Who helps"))
    return True


@_often(4)
def rename(authors: Authors, page: SharedPage) -> bool:
    """A national section has another id from now on; the page remembers the old one."""
    old = authors.section(page, lead=False)
    if not old:
        return False
    new = authors.new_id("part-named")
    page.sections = {new if name == old else name: text for name, text in page.sections.items()}
    page.aliases[old] = new
    if old in page.welsh and authors.chance.random() < 0.5:
        page.welsh[new] = page.welsh.pop(old)
    return True


@_often(4)
def reorder(authors: Authors, page: SharedPage) -> bool:
    """A national section stands elsewhere."""
    names = [name for name in page.sections if name != "lead"]
    authors.chance.shuffle(names)
    page.sections = {name: page.sections[name] for name in ("lead", *names)}
    return True


@_often(2)
def insert(authors: Authors, page: SharedPage) -> bool:
    """A national section is new."""
    items = list(page.sections.items())
    at = authors.chance.randint(1, len(items))
    page.sections = dict([*items[:at], (authors.new_id("part-new"), authors.text(page)), *items[at:]])
    return True


@_often(2)
def delete(authors: Authors, page: SharedPage) -> bool:
    """A national section is taken out."""
    name = authors.section(page, lead=False)
    if not name or len(page.sections) < 3:
        return False
    page.earlier.append(page.sections.pop(name))
    page.welsh.pop(name, None)
    return True


@_often(3)
def adopt(authors: Authors, page: SharedPage) -> bool:
    """The national text takes over what one of the layers says."""
    own = page.own.get(authors.busy_layer(page))
    for op in own.override.ops if own else []:
        if op.kind == "replace" and op.section in page.sections and op.text is not None:
            page.sections[op.section] = authors.respelled(op.text)
            return True
    return False


@_often(3)
def move(authors: Authors, page: SharedPage) -> bool:
    """A page has another id; texts of the layers may stay behind under the old one."""
    page.moved_from.append(page.id)
    old, page.id = page.id, f"{page.id.split('/', 1)[0]}/{authors.new_id('moved')}"
    for layer in page.own:
        if authors.chance.random() < 0.3 and page.own[layer].id == old:
            page.own[layer].id = page.id
    return True


# Groups and forces.


@_often(16)
def override(authors: Authors, page: SharedPage) -> bool:
    """A layer replaces, hides or adds to a section."""
    layer = authors.layer()
    own, above = page.own_of(layer), authors.above(page, layer)
    names = [name for name in above.order if above.shown(name)][:5]
    if own.taken_over is not None or not names:
        return False
    name = authors.chance.choice(names)
    kind = authors.chance.choice(("replace", "replace", "hide", "append", "prepend"))
    if kind == "hide" and name == "lead":
        return False
    _drop(page, own.override.ops, name, ("replace", "hide") if kind in {"replace", "hide"} else (kind,))
    drawn = authors.chance.random()
    seen = pin(above.sections[name].words) if drawn < 0.7 else None if drawn < 0.8 else pin("of another day")
    text = None if kind == "hide" else _wording(authors, page, above, name)
    is_pinned = kind in {"replace", "hide"}
    own.override.ops.append(Op(kind, name, text=text, seen=seen if is_pinned else None, at=authors.revision))
    return True


def _wording(authors: Authors, page: SharedPage, above: Reading, name: str) -> Text:
    text = page.sections.get(name) if authors.chance.random() < 0.2 else None
    chosen = text or authors.text(page)
    heading = above.sections[name].heading if authors.chance.random() < 0.8 else "Here"
    return authors.respelled(replace(chosen, heading=heading or "Lead"))


@_often(4)
def place(authors: Authors, page: SharedPage) -> bool:
    """A layer inserts a section, or moves one; no two of one file stand beside the same section."""
    layer = authors.layer()
    own, above = page.own_of(layer), authors.above(page, layer)
    placed = [op for op in own.override.ops if op.anchor]
    taken = {_last(page, each) for op in placed for each in (op.anchor, op.section)}
    names = [name for name in above.order if above.shown(name) and _last(page, name) not in taken]
    if own.taken_over is not None or len(names) < 2:
        return False
    kind = authors.chance.choice(("insert-after", "insert-before", "move-after"))
    anchor, moved = authors.chance.sample(names, 2)
    if kind == "move-after" and authors.chance.random() < 0.3:
        anchor = above.order[above.order.index(moved) - 1]
    if "lead" in {anchor, moved} or _last(page, anchor) in taken:
        return False
    if kind == "move-after":
        own.override.ops.append(Op(kind, moved, anchor))
    else:
        own.override.ops.append(Op(kind, authors.new_id("own"), anchor, authors.text(page)))
    return True


def _last(page: SharedPage, name: str) -> str:
    while name in page.aliases:
        name = page.aliases[name]
    return name


def _drop(page: SharedPage, ops: list[Op], name: str, kinds: Sequence[str]) -> None:
    ops[:] = [op for op in ops if op.kind not in kinds or _last(page, op.section) != _last(page, name)]


@_often(4)
def withdraw(authors: Authors, page: SharedPage) -> bool:
    """A layer gives something back."""
    own = page.own_of(authors.busy_layer(page))
    if not own.override.ops:
        return False
    own.override.ops.pop(authors.chance.randrange(len(own.override.ops)))
    return True


@_often(8)
def still_right(authors: Authors, page: SharedPage) -> bool:
    """A layer confirms an op against today's text above it."""
    layer = authors.busy_layer(page)
    above = authors.above(page, layer)
    ops = [
        op
        for op in page.own_of(layer).override.ops
        if op.kind in {"replace", "hide"} and above.shown(op.section)
    ]
    for op in ops[:2]:
        op.seen, op.at = pin(above.sections[above.find(op.section)].words), authors.revision
    return bool(ops)


@_often(6)
def merely_touch(authors: Authors, page: SharedPage) -> bool:
    """A layer changes its own words, or only its reason; the pin stays: nothing is mended by that."""
    own = page.own_of(authors.busy_layer(page))
    for op in own.override.ops[:1]:
        op.why = authors.chance.choice(("Local practice", "Local rule"))
        if op.text is not None:
            op.text = authors.chance.choice((authors.reworded, authors.respelled))(op.text)
    return bool(own.override.ops)


@_often(8)
def set_field(authors: Authors, page: SharedPage) -> bool:
    """A layer sets the title or summary, or gives it back."""
    layer = authors.layer()
    own, above = page.own_of(layer), authors.above(page, layer)
    if own.taken_over is not None:
        return False
    name = authors.chance.choice(("title", "summary"))
    if name in own.override.sets and authors.chance.random() < 0.4:
        del own.override.sets[name]
        return True
    value = authors.chance.choice(("Seized vehicles", "What to do", "Ours", above.fields[name][0]))
    own.override.sets[name] = (value, pin(above.fields[name][0]) if authors.chance.random() < 0.8 else None)
    return True


@_often(4)
def take_over(authors: Authors, page: SharedPage) -> bool:
    """A layer takes the whole page over, confirms that it still wants it, or gives it back."""
    layer = authors.busy_layer(page) if authors.chance.random() < 0.6 else authors.layer()
    own, above = page.own_of(layer), authors.above(page, layer)
    if own.taken_over is None:
        sections = {name: authors.reworded(text) for name, text in page.sections.items()}
        seen = pin(above.words) if authors.chance.random() < 0.8 else None
        own.taken_over = TakenOver("Ours", above.fields["summary"][0], sections, seen)
        own.override.ops, own.override.sets = [], {}
    elif authors.chance.random() < 0.5:
        own.taken_over.seen = pin(above.words)
    else:
        own.taken_over = None
    return True


@_often(2)
def follow(_authors: Authors, page: SharedPage) -> bool:
    """A layer's texts go where the page has gone."""
    behind = [own for own in page.own.values() if own.id != page.id]
    for own in behind:
        own.id = page.id
    return bool(behind)


# Welsh.


@_often(5)
def translate(authors: Authors, page: SharedPage) -> bool:
    """The national Welsh of a section is written, or confirmed."""
    name = authors.section(page)
    reading = read_page(page, [])
    seen = pin(reading.sections[name].words) if authors.chance.random() < 0.9 else None
    for known in [each for each in page.welsh if _last(page, each) == _last(page, name)]:
        del page.welsh[known]
    page.welsh[name] = WelshText(Text("Cymraeg", ("Ffoniwch ni.",)), seen)
    page.welsh_fields = {"title": "Teitl", "summary": "Crynodeb", **page.welsh_fields}
    return True


@_often(5)
def translate_own(authors: Authors, page: SharedPage) -> bool:
    """A layer of a force that publishes in Welsh puts what it has into Welsh."""
    forces = [force for force in authors.site.forces if force.has_welsh]
    force = authors.chance.choice(forces)
    layer = authors.chance.choice(authors.site.chain(force))
    own = page.own_of(layer)
    chain = authors.site.chain(force)
    reading = read_page(page, chain[: chain.index(layer) + 1])
    shown = [name for name in reading.order if not reading.sections[name].is_hidden]
    changed = [name for name in shown if any(run.layer == layer for run in reading.sections[name].runs)]
    name = authors.chance.choice(changed or shown[:3])
    runs = [run for run in reading.sections[name].runs if run.layer == layer and run.kind != "main"]
    kind = authors.chance.choice(runs).kind if runs and authors.chance.random() < 0.6 else "replace"
    known = [key for key in own.override.welsh if key[0] == kind and _last(page, key[1]) == _last(page, name)]
    for key in known:
        del own.override.welsh[key]
    own.override.welsh[kind, name] = WelshText(
        Text("Yma", ("Dewch yma.",)),
        pin(reading.sections[name].words) if authors.chance.random() < 0.9 else None,
    )
    if authors.chance.random() < 0.3:
        own.override.welsh_sets[authors.chance.choice(("title", "summary"))] = "Ein teitl"
    return True


@_often(1)
def drop_welsh(authors: Authors, page: SharedPage) -> bool:
    """Welsh is taken out."""
    own = page.own_of(authors.busy_layer(page))
    if own.override.welsh:
        own.override.welsh.popitem()
    elif page.welsh:
        page.welsh.pop(authors.chance.choice(list(page.welsh)))
    return True


@_often(1)
def join_or_leave(authors: Authors, _page: SharedPage) -> bool:
    """A force joins a group, or leaves it."""
    members = authors.site.groups[authors.chance.choice(sorted(authors.site.groups))]
    force = authors.chance.choice(authors.site.forces[:13]).name
    if force in members:
        members.remove(force)
    else:
        members.append(force)
    authors.all_touched = True
    return True
