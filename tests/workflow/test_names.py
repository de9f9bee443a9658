"""What people call pages, publishers and what moves; an id only where nothing has a name."""

import pytest

from soh_author.domain.ids import ForceId, Language, PageId
from soh_author.domain.judging.approval import OutputMove, SourceMove
from soh_author.workflow.names import Names
from soh_author.workflow.workspace import Workspace

FEES, VEHICLES = PageId("advice/fees"), PageId("advice/seized-vehicles")
FEES_FILE = "shared/pages/advice/fees.en.md"


@pytest.fixture
def names(workspace: Workspace) -> Names:
    """The names of the small content."""
    return Names(workspace.snapshot())


def test_forces_are_named_once_and_in_order(names: Names) -> None:
    forces = [ForceId(name) for name in ("kent", "essex", "kent", "nowhere")]
    assert names.forces(forces) == ("Essex", "Kent", "nowhere")


def test_an_output_says_who_reads_which_page(names: Names) -> None:
    move = OutputMove(FEES, ForceId("kent"), Language.CY, "", "")
    assert names.move(move) == "“Fees” as Kent reads it, in Welsh"


def test_what_many_read_is_said_once_for_all_who_read_it_in_the_same_languages(names: Names) -> None:
    moves = [
        OutputMove(FEES, ForceId(force), language, "", "")
        for force, language in (
            ("kent", Language.EN),
            ("gwent", Language.CY),
            ("essex", Language.EN),
            ("gwent", Language.EN),
        )
    ]
    assert names.moves([*moves, SourceMove(FEES_FILE, "", "")]) == (
        "the shared text of “Fees”",
        "“Fees” as Essex and Kent read it, in English",
        "“Fees” as Gwent reads it, in English and Welsh",
    )


def test_of_many_forces_the_first_are_named_and_the_others_counted(names: Names) -> None:
    moves = [OutputMove(FEES, ForceId(f"force-{each}"), Language.EN, "", "") for each in "abcdefghij"]
    (said,) = names.moves(moves)
    assert said.endswith("force-g, force-h and 2 more read it, in English")


@pytest.mark.parametrize(
    ("path", "name"),
    [
        (FEES_FILE, "the shared text of “Fees”"),
        ("shared/pages/advice/seized-vehicles.cy.md", "the shared Welsh text of “Seized vehicles”"),
        ("forces/kent/pages/advice/seized-vehicles.en.md", "Kent’s text of “Seized vehicles”"),
        ("forces/kent/facts.yml", "Kent’s facts"),
        ("forces/kent/force.yml", "Kent’s entry in the list of publishers"),
        ("shared/media/notice.png", "the shared picture “notice.png”"),
        ("policy/policy.json", "policy/policy.json"),
        ("no/such/kind", "no/such/kind"),
    ],
)
def test_a_file_is_named_by_what_it_holds(names: Names, path: str, name: str) -> None:
    assert names.path(path) == name


def test_a_page_that_goes_is_called_by_the_title_it_had(workspace: Workspace) -> None:
    live = workspace.snapshot()
    after = live.with_unsaved({FEES_FILE: None})
    assert Names(after, live).page(FEES) == "Fees"
    assert Names(after).page(FEES) == "advice/fees"


def test_many_pages_are_looked_up_in_one_go(names: Names) -> None:
    names.read([FEES, VEHICLES, PageId("no/such-page")])
    assert [names.page(page) for page in (FEES, VEHICLES)] == ["Fees", "Seized vehicles"]
    assert names.page(PageId("no/such-page")) == "no/such-page"
