"""Everything a person can do, in one table: menus, palette and shortcuts page come from it.

An action says where it stands, its shortcut and when it can be done; what it *does* is said by the window
and the rooms (:meth:`soh_author.desktop.room.Room.handlers`). A test looks for clashes.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TypeAlias

from soh_author.desktop.location import Location, RoomId


@dataclass(frozen=True, slots=True)
class Circumstances:
    """What the rules look at."""

    location: Location
    has_workspace: bool = False


Rule: TypeAlias = Callable[[Circumstances], str]
"""Why something can't be done now, in a sentence; empty when it can."""


def always(_now: Circumstances) -> str:
    """No condition."""
    return ""


def in_workspace(now: Circumstances) -> str:
    """A workspace must be open."""
    return "" if now.has_workspace else "Open a workspace first."


def on_page(now: Circumstances) -> str:
    """A page must be open."""
    return in_workspace(now) or ("" if now.location.page else "Open a page first.")


def in_draft(now: Circumstances) -> str:
    """A draft must be chosen: what is published is never changed directly."""
    if now.location.reading and not now.location.draft:
        return in_workspace(now) or "This is somebody else's draft: take it over to change it."
    return in_workspace(now) or ("" if now.location.draft else "Start or choose a draft first.")


def on_draft_page(now: Circumstances) -> str:
    """A page of a draft must be open."""
    return on_page(now) or in_draft(now)


@dataclass(frozen=True, slots=True)
class Action:
    """One row. ``menu`` is the path, levels split by `` > ``; a line stands where ``group`` changes.

    ``shortcuts``: the first is the one shown. ``tip``: a sentence for tips and palette. ``room``: where
    it can be done (None: everywhere). ``choice`` names a set of which one is ticked.
    """

    id: str
    text: str
    menu: str
    shortcuts: tuple[str, ...]
    tip: str
    icon: str = ""
    room: RoomId | None = None
    rule: Rule = always
    group: str = ""
    choice: str = ""

    def reason_against(self, now: Circumstances) -> str:
        """Why it can't be done now; empty when it can."""
        if self.room is not None and now.location.room is not self.room:
            return in_workspace(now) or _GO_THERE[self.room]
        return self.rule(now)


_GO_THERE = {room: f"Go to the {room.label} first." for room in RoomId}
E = RoomId.EDITOR


def _rows(
    menu: str,
    *,
    rows: str,
    group: str = "",
    room: RoomId | None = None,
    rule: Rule = always,
    choice: str = "",
) -> tuple[Action, ...]:
    """Read rows of ``id | text | shortcuts | icon | tip``; - means none."""
    actions = []
    for row in rows.strip().splitlines():
        name, text, keys, icon, tip = (cell.strip() for cell in row.split(" | "))
        shortcuts = () if keys == "-" else tuple(keys.split())
        picture = "" if icon == "-" else icon
        actions.append(Action(name, text, menu, shortcuts, tip, picture, room, rule, group, choice))
    return tuple(actions)


FILE = (
    *_rows("File", rows="""
    workspace.open | Open a workspace… | Ctrl+O | folder | Work with a content folder on this computer.
    workspace.get | Get a workspace from an address… | - | download | Copy content to this computer.
    workspace.create | Make a workspace from a folder… | - | folder-plus | Start with a folder of files.
    workspace.sample | Try the sample | - | flask | Practise on invented pages; nothing can go wrong.
    """),
    *_rows("File", rule=in_workspace, rows="""
    workspace.repair | Repair the workspace… | - | - | Find what is damaged, and get it again.
    """),
    *_rows("File", group="page", room=E, rule=in_draft, rows="""
    page.new | New page… | Ctrl+N | file-plus | Write a new page.
    """),
    *_rows("File", group="page", rule=in_workspace, rows="""
    quick.open | Go to a page… | Ctrl+P | search | Find a page by title, name or address.
    find.everywhere | Find in all pages… | Ctrl+Shift+F | search | Look for words in all pages and facts.
    """),
    *_rows("File", group="save", room=E, rule=on_page, rows="""
    text.save | Save | Ctrl+S | save | Keep the text on this computer; nobody else sees it yet.
    """),
    *_rows("File", group="save", rule=in_draft, rows="""
    version.save | Save a version… | Ctrl+Shift+S | bookmark | Keep what is saved here as one version.
    """),
    *_rows("File", group="close", room=E, rule=on_page, rows="""
    tab.close | Close the page | Ctrl+W | - | Close the open page; unsaved text is asked about.
    """),
    *_rows("File", group="close", room=E, rule=in_workspace, rows="""
    tab.reopen | Open the closed page again | Ctrl+Shift+T | - | Bring back the page closed last.
    """),
    *_rows("File", group="close", room=E, rule=on_page, rows="""
    tab.next | Next open page | Ctrl+Tab Ctrl+PgDown | - | Go to the next tab.
    tab.previous | Previous open page | Ctrl+Shift+Tab Ctrl+PgUp | - | Go to the tab before.
    """),
    *_rows("File", group="quit", rows="""
    app.quit | Quit | Ctrl+Q | - | Close the program; unsaved text is asked about.
    """),
)  # fmt: skip

EDIT = (
    *_rows("Edit", group="undo", room=E, rule=on_page, rows="""
    edit.undo | Undo | Ctrl+Z | undo | Take back the last change to the text.
    edit.redo | Redo | Ctrl+Y Ctrl+Shift+Z | redo | Do again what was taken back.
    """),
    *_rows("Edit", group="clip", room=E, rule=on_page, rows="""
    edit.cut | Cut | Ctrl+X | - | Take the selected text out, to paste it elsewhere.
    edit.copy | Copy | Ctrl+C | - | Copy the selected text.
    edit.paste | Paste | Ctrl+V | - | Put in what was copied, with its headings, lists and links.
    edit.paste_text | Paste as text | Ctrl+Shift+V | - | Put in what was copied, without its looks.
    edit.select_all | Select all | Ctrl+A | - | Select the whole text.
    """),
    *_rows("Edit", group="find", room=E, rule=on_page, rows="""
    edit.find | Find… | Ctrl+F | search | Look for words in this text.
    edit.replace | Find and replace… | Ctrl+H | - | Replace words in this text.
    edit.find_next | Find next | F3 | - | Go to the next place found.
    edit.find_previous | Find previous | Shift+F3 | - | Go to the place found before.
    """),
    *_rows("Edit", group="find", room=E, rule=in_draft, rows="""
    replace.everywhere | Replace in all pages… | Ctrl+Alt+H | - | Replace words in every text you tick.
    replace.undo | Take the last replacing back | - | undo | Bring all texts back as they were before it.
    """),
    *_rows("Edit", group="heading", room=E, rule=on_page, rows="""
    edit.outline | Go to a heading… | Ctrl+J | list | Find a heading of this text by its words.
    """),
    *_rows("Edit", group="tab", room=E, rule=on_page, rows="""
    edit.tab_key | Tab key indents | Ctrl+M | - | Choose whether Tab indents or leaves the text.
    """),
    *_rows("Edit", group="preferences", rows="""
    app.preferences | Preferences… | Ctrl+, | - | Colours, size, who you are, and your own shortcuts.
    """),
)  # fmt: skip

FORMAT = (
    *_rows("Format", group="words", room=E, rule=on_page, rows="""
    format.bold | Bold | Ctrl+B | bold | Make the selected words bold.
    format.italic | Italic | Ctrl+I | italic | Make the selected words italic.
    format.link | Link… | Ctrl+K | link | Link to a page or an address.
    """),
    *_rows("Format", group="heading", room=E, rule=on_page, rows="""
    format.section | Section heading | Ctrl+Alt+1 | heading | Begin a section here.
    format.subheading | Sub-heading | Ctrl+Alt+2 | - | Begin a part of a section here.
    format.small_heading | Small heading | Ctrl+Alt+3 | - | Begin a small part here.
    """),
    *_rows("Format", group="list", room=E, rule=on_page, rows="""
    format.bullets | Bulleted list | Ctrl+Shift+8 | list | Turn the lines into bullets.
    format.numbers | Numbered list | Ctrl+Shift+7 | list-ordered | Turn the lines into numbers.
    format.quote | Quotation | Ctrl+Shift+9 | - | Turn the lines into a quotation.
    """),
    *_rows("Format > Insert", group="insert", room=E, rule=on_page, rows="""
    insert.table | Table | - | table | Put a small table here.
    insert.fact | Fact… | Ctrl+Shift+G | fact | Put in a number, name or date that is kept in one place.
    """),
    *_rows("Format > Insert", group="component", room=E, rule=on_page, rows="""
    insert.emergency | Emergency block | - | - | The agreed words about calling 999.
    insert.warning | Warning | - | - | A warning that stands out.
    insert.note | Note | - | - | A note beside the text.
    insert.contact | Contact | - | - | How to reach someone.
    insert.start_button | Start button | - | - | The green button that starts a service.
    insert.steps | Steps | - | - | Steps to take, in order.
    insert.details | Details | - | - | Text that opens when asked for.
    insert.form | Form | - | - | The place of an online form.
    """),
)  # fmt: skip

PAGE = (
    *_rows("Page", group="open", room=E, rule=on_page, rows="""
    page.shared | Open the shared text | Ctrl+Alt+S | layer-shared | The national text of this page.
    page.own | Open this force's text | Ctrl+Alt+F | layer-force | What this force says differently here.
    """),
    *_rows("Page", group="override", room=E, rule=on_draft_page, rows="""
    section.override | Override this section… | Ctrl+Shift+L | override | Say this in the force's own words.
    section.give_back | Give this section back | - | give-back | Read the shared text again here.
    section.mark | A change here must arrive… | - | warning | Whoever hides it is told, for safety or law.
    section.minor | This change is minor… | - | - | Nobody with own words here is asked to look again.
    section.minor_undo | Take the last minor mark back | - | undo | Whoever has own words is asked after all.
    section.add_ids | Name the sections without a name | - | - | Give each section heading its own name.
    """),
    *_rows("Page", group="problem", room=E, rule=on_page, rows="""
    problem.next | Next problem | F8 | problem | Go to the next thing to mend.
    problem.previous | Previous problem | Shift+F8 | - | Go to the thing to mend before.
    """),
    *_rows("Page", group="compare", room=RoomId.HISTORY, rule=on_page, rows="""
    difference.next | Next difference | F8 | - | Go to the next place that differs.
    difference.previous | Previous difference | Shift+F8 | - | Go to the place before that differs.
    """),
    *_rows("Page", group="compare", room=RoomId.HISTORY, rule=on_draft_page, rows="""
    version.restore | Bring this text back | - | restore | Put the earlier text into your draft.
    """),
    *_rows("Page", group="history", rule=on_page, rows="""
    page.history | Versions of this page | Ctrl+Shift+H | history | Who changed this page, when, and why.
    """),
)  # fmt: skip

IN_STEP = (
    *_rows("Compare", group="matrix", room=RoomId.MATRIX, rule=in_workspace, rows="""
    matrix.compare | Compare this cell | Ctrl+Return | compare | The shared text beside what this force says.
    matrix.open | Open this cell in the editor | Ctrl+E | edit | Go to the text that this force reads.
    matrix.update | Update this cell from shared | Ctrl+U | update | Bring outdated texts up to date.
    matrix.find | Find pages in the matrix | Ctrl+F | search | Show only pages with these words.
    matrix.everything | Show the whole matrix | - | - | Take away everything that narrows it.
    matrix.filters | Filters of the matrix | - | - | Show or hide what narrows the matrix.
    matrix.overdue | Past their review date | - | - | Changes to look at again by now.
    matrix.trend | How much was shared, over the year | - | - | A line, month by month.
    matrix.copies | Copies of shared sections… | - | copy | Local pages that nearly repeat a shared section.
    matrix.export | Export the matrix… | - | download | The selected cells as a table for spreadsheets.
    """),
    *_rows("Compare", group="matrix", room=RoomId.MATRIX, rule=in_draft, rows="""
    matrix.still_right | The chosen cells are still right… | Ctrl+R | - | Keep all their words, and say why.
    matrix.give_back | Give the chosen cells back… | Ctrl+G | give-back | Read the text above in all of them.
    matrix.undo | Undo the last answer for many cells | Ctrl+Z | undo | Put the texts back as they were.
    """),
    *_rows("Compare", group="compare", room=RoomId.COMPARE, rule=on_page, rows="""
    compare.next | Next difference | F8 | - | Go to the next place that differs.
    compare.previous | Previous difference | Shift+F8 | - | Go to the place before that differs.
    compare.swap | Swap the sides | - | - | Put the left text at the right.
    compare.same | Also show what is the same | - | - | Show sections that don't differ, too.
    compare.text | Compare as text | - | - | The words of both sides, level with one another.
    compare.pages | Compare as pages | - | - | Both sides as the public reads them.
    compare.three | Said then, says now, ours | - | - | Three columns for what fell behind.
    compare.across | Compare one section across all forces | - | - | Who words it alike, and who otherwise.
    compare.listen | Compare in one column | - | - | To read aloud: what was removed and added, in words.
    """),
    *_rows("Compare", group="wording", room=RoomId.COMPARE, rule=on_draft_page, rows="""
    wording.share | Make a wording the shared text… | - | layer-shared | Whoever has other words keeps them.
    wording.group | Give a wording to a group… | - | layer-group | Whoever has other words keeps them.
    wording.leave | Leave a section to the forces… | - | layer-force | Each force keeps it as its own text.
    wording.fact | Make a differing value a fact… | - | fact | One text for all, a value for each force.
    wording.undo | Undo the last move of a wording | Ctrl+Z | undo | Put the texts back as they were.
    """),
    *_rows("Compare", group="facts", room=RoomId.FACTS, rule=in_workspace, rows="""
    facts.find | Find facts | Ctrl+F | search | Show only facts with these words.
    """),
    *_rows("Compare", group="facts", room=RoomId.FACTS, rule=in_draft, rows="""
    facts.new | New fact… | Ctrl+N | add | Keep a value in one place, with its source.
    facts.undo | Undo the last change of a fact | Ctrl+Z | undo | Put the facts back as they were.
    """),
    *_rows("Compare", group="reach", room=RoomId.REACH, rule=in_draft, rows="""
    reach.compare | Compare what they read | Ctrl+Return | compare | What one of these forces reads.
    reach.minor | This change is minor… | - | - | Nobody with own words is asked to look again.
    reach.undo | Take the last minor mark back | Ctrl+Z | undo | Whoever has own words is asked after all.
    """),
    *_rows("Compare", group="update", room=RoomId.UPDATE, rule=on_page, rows="""
    update.next | Next to decide | F8 | - | Go to the next text that asks for a decision.
    update.previous | Decide the one before | Shift+F8 | - | Go to the text before it.
    """),
    *_rows("Compare", group="update", room=RoomId.UPDATE, rule=on_draft_page, rows="""
    update.accept | Accept the proposal | Ctrl+Return | check | Write the proposed text into your draft.
    update.still_right | Still right… | Ctrl+R | - | Keep our words, and say why.
    update.give_back | Give back | Ctrl+G | give-back | Read the text above again here.
    update.write | Write it myself… | Ctrl+E | edit | Own words, with the three texts in sight.
    update.undo | Undo the last answer | Ctrl+Z | undo | Put the texts back as they were before it.
    """),
)  # fmt: skip

DRAFT = (
    *_rows("Draft", group="draft", rule=in_workspace, rows="""
    draft.new | New draft… | Ctrl+Shift+N | draft-plus | Begin a set of changes.
    draft.switch | Work on another draft… | Ctrl+Shift+D | draft | Choose a draft or what is published.
    """),
    *_rows("Draft", group="travel", rule=in_draft, rows="""
    draft.send | Send for review… | Ctrl+Shift+Return | external | Let others see and review this draft.
    """),
    *_rows("Draft", group="travel", rule=in_workspace, rows="""
    latest.get | Get the latest | F5 | download | Get what others published and sent.
    latest.send | Send what waits… | - | - | See which drafts could not be sent before, and send them.
    draft.take_over | Take a draft over… | - | - | Go on with somebody else's draft in a copy of your own.
    """),
    *_rows("Draft", group="review", room=E, rule=on_page, rows="""
    comment.add | Comment… | Ctrl+Alt+M | quote | Say something of a section or of words, or suggest others.
    """),
    *_rows("Draft", group="review", room=RoomId.REVIEW, rule=in_workspace, rows="""
    review.approve | Approve | Ctrl+Return | check | Say yes to exactly what is shown.
    review.pack | Fact-check pack… | - | download | One file to send, for somebody to check the facts.
    review.answers | Bring answers in… | - | - | What a fact checker sent back becomes comments.
    review.pages | Read as the public will | Ctrl+Shift+R | eye | The live page beside the one to be.
    review.facts | The facts are right | - | - | Say that the facts were checked, and no more.
    review.together | Send what is chosen for review… | - | - | Once more, or several drafts for one yes.
    review.open | Open what is chosen in the editor | - | edit | Read its text, or go on writing.
    review.ask | Ask for changes | - | - | Say what should be different.
    review.comment | Comment on a section… | Ctrl+Alt+M | quote | Say something of words, or suggest others.
    review.withdraw | Take back my last word | - | undo | What you said of this draft last no longer counts.
    """),
    *_rows("Draft", group="forces", rule=in_draft, rows="""
    forces.change | Change forces… | - | - | Two become one, one closes, or gets another name.
    """),
    *_rows("Draft", group="discard", rule=in_draft, rows="""
    draft.discard | Discard this draft… | - | trash | Put this draft away; a copy is kept for 30 days.
    draft.discard_sent | Discard it for everybody… | - | - | Take it off everybody's list; a copy is kept.
    """),
    *_rows("Draft", group="discard", rule=in_workspace, rows="""
    draft.restore | Recently discarded… | - | restore | Bring back a draft of the last 30 days.
    """),
)  # fmt: skip

PUBLISH = (
    *_rows("Publish", group="panels", rule=in_workspace, rows="""
    panel.release | Publish a release | - | publish | What is approved goes out; what went out can come back.
    panel.schedule | What is scheduled | - | - | What goes out by itself, and what the public reads then.
    panel.urgent | Emergencies | - | - | Publish at once on one person’s word; review it afterwards.
    panel.take_down | Take a page down | - | - | A warning on it, gone, or leading elsewhere.
    panel.freezes | Freezes | - | - | Times in which a force’s pages may hardly change.
    panel.audit | Who did what | - | - | Who wrote, approved and published every page.
    panel.people | People and policy | - | person | Who may do what, and the next policy.
    """),
    *_rows("Publish", group="release", room=RoomId.PUBLISH, rule=in_workspace, rows="""
    publish.pages | Read the plan as the public will | Ctrl+Shift+R | eye | Live pages beside those to be.
    publish.dry_run | Ask what the server would say | - | - | The server’s own rules judge; nothing moves.
    publish.now | Publish… | Ctrl+Return | - | All of the ticked drafts go out, or nothing.
    publish.roll_back | Roll back… | - | restore | Start a draft that brings back what was live before.
    publish.receipt | Open the receipt in my browser | - | external | Who wrote, approved and published what.
    publish.save_receipt | Save the receipt… | - | - | As a page to read, and for programs.
    """),
    *_rows("Publish > Scheduled", room=RoomId.PUBLISH, rule=in_workspace, rows="""
    schedule.set | Schedule a draft… | - | - | It goes out by itself at a moment, if it is approved.
    schedule.off | Don’t publish it by itself | - | - | Take a draft off the timetable.
    schedule.due | Publish what is due… | - | - | Carry out what a timer would.
    """),
    *_rows("Publish > Emergency", room=RoomId.PUBLISH, rule=in_workspace, rows="""
    urgent.now | Publish in an emergency… | - | - | At once, signed for by one person, with a reason.
    urgent.review | Review the emergency | - | - | Say afterwards that it was right.
    """),
    *_rows("Publish > Take down", room=RoomId.PUBLISH, rule=in_workspace, rows="""
    down.look | What does it affect? | - | - | Whose pages change, and what links there.
    down.prepare | Only prepare a draft | - | - | It is reviewed in the usual way.
    down.now | Take it down now… | - | - | At once, reviewed afterwards.
    """),
    *_rows("Publish > Policy", room=RoomId.PUBLISH, rule=in_workspace, rows="""
    freeze.add | Propose a freeze… | - | - | The roots sign it.
    freeze.remove | Propose to end a freeze… | - | - | The roots sign it.
    policy.save | Save the policy to change it… | - | - | As a file to write in.
    policy.propose | Propose a policy from a file… | - | - | Its roots sign it, then it is published.
    policy.sign | Sign the proposed policy | - | - | As one of its roots.
    """),
    *_rows("Publish > Who did what", room=RoomId.PUBLISH, rule=in_workspace, rows="""
    audit.table | Save as a table… | - | download | For spreadsheets.
    audit.data | Save as data… | - | - | For programs.
    """),
)  # fmt: skip

VIEW = (
    *_rows("View", group="rooms", choice="room", rows="""
    room.welcome | Welcome | Ctrl+Shift+1 | home | Open or make a workspace.
    """),
    *_rows("View", group="rooms", rule=in_workspace, choice="room", rows="""
    room.editor | Editor | Ctrl+Shift+2 | edit | Write pages.
    room.history | Versions | Ctrl+Shift+3 | history | Who changed what, and when.
    room.matrix | Matrix | Ctrl+Shift+4 | matrix | How every force stands to every page.
    room.compare | Compare | Ctrl+Shift+5 | compare | Two texts of a page side by side.
    room.update | Update from shared | Ctrl+Shift+6 | update | Bring outdated texts up to date.
    room.facts | Facts | - | fact | Values kept in one place: fees, numbers, names.
    room.review | Review | - | review | What waits for a second pair of eyes.
    room.publish | Publish | - | publish | What is approved goes out; what went out can be taken back.
    room.reach | Whom does it reach? | Ctrl+Shift+0 | reach | What the open draft changes, and for whom.
    """),
    *_rows("View", group="preview", room=E, rule=on_page, rows="""
    preview.toggle | Preview | Ctrl+Shift+E | eye | Show or hide the page as the public reads it.
    preview.force_next | Next force | F9 | - | Read as the next force.
    preview.force_previous | Previous force | Shift+F9 | - | Read as the force before.
    preview.force | Choose a force… | Ctrl+Shift+A | - | Read as a force of your choice.
    preview.day | As on another day… | - | - | Members of groups and facts as on that day.
    preview.language | Other language | F4 | language | Read in English or Welsh.
    """),
    *_rows("View > Preview width", group="width", room=E, rule=on_page, choice="width", rows="""
    preview.phone | Phone width | - | phone | Preview as wide as a phone.
    preview.tablet | Tablet width | - | tablet | Preview as wide as a tablet.
    preview.desktop | Full width | - | desktop | Preview as wide as the room allows.
    """),
    *_rows("View", group="preview", room=E, rule=on_page, rows="""
    preview.browser | Open the preview in my browser | Ctrl+Shift+B | external | For screen readers.
    """),
    *_rows("View", group="panes", rule=in_workspace, rows="""
    pane.pages | Pages | Ctrl+Shift+O | pages | Go to the list of pages.
    pane.filter | Filter the pages | Ctrl+L | - | Type to find pages in the list.
    pane.drafts | Drafts | - | draft | Go to the list of drafts.
    """),
    *_rows("View", group="panes", room=E, rule=on_page, rows="""
    pane.problems | Problems | Ctrl+Shift+X | problem | Show or hide the list of things to mend.
    pane.comments | Comments | Ctrl+Shift+M | quote | Show or hide what people said of this page.
    """),
    *_rows("View", group="panes", rows="""
    pane.next | Next pane | F6 | - | Move to the next part of the window.
    pane.previous | Previous pane | Shift+F6 | - | Move to the part of the window before.
    """),
    *_rows("View > Colours", choice="theme", rows="""
    theme.system | As the computer | - | - | Light or dark, as the computer is set.
    theme.light | Light | - | - | Dark letters on a light ground.
    theme.dark | Dark | - | - | Light letters on a dark ground.
    theme.contrast | High contrast | - | - | The strongest colours.
    """),
    *_rows("View", group="zoom", rows="""
    zoom.in | Larger | Ctrl++ Ctrl+= | - | Make everything larger.
    zoom.out | Smaller | Ctrl+- | - | Make everything smaller.
    zoom.reset | Normal size | Ctrl+0 | - | Back to the normal size.
    """),
)  # fmt: skip

HELP = (
    *_rows("Help", rows="""
    app.palette | Find an action… | Ctrl+Shift+P | search | Find anything the program can do.
    app.shortcuts | Shortcuts | F1 | keyboard | All shortcuts on one page.
    """),
    *_rows("Help", group="pages", rows="""
    help.start | Getting started | - | help | The first half hour.
    help.contents | All help pages | Shift+F1 | - | Everything written down.
    help.news | What is new | - | - | What changed in this version.
    """),
    *_rows("Help", group="about", rows="""
    app.identity | Who I am… | - | person | The name and e-mail address on your versions.
    app.key | My key… | - | - | The key you sign with: make it, or copy its line.
    app.about | About SOH Author | - | - | Version and licence.
    """),
)  # fmt: skip

ACTIONS: tuple[Action, ...] = (*FILE, *EDIT, *FORMAT, *PAGE, *IN_STEP, *DRAFT, *PUBLISH, *VIEW, *HELP)
BY_ID: dict[str, Action] = {action.id: action for action in ACTIONS}


def in_order_of_menus(actions: Iterable[Action] = ACTIONS) -> dict[str, list[Action]]:
    """Actions by menu path, in the order of the table."""
    menus: dict[str, list[Action]] = {}
    for action in actions:
        menus.setdefault(action.menu, []).append(action)
    return menus
