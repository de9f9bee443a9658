"""The sample's draft under review: Nia has sent it, Sam and Alex have said something of its words."""

import shutil
from collections.abc import Mapping
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path

from soh_author.domain.ids import PageId, PersonId, SectionId
from soh_author.trust.signers import open_signer
from soh_author.workflow.comments.saying import add_comment, reply, suggest
from soh_author.workflow.comments.spots import Spot
from soh_author.workflow.drafting import new_draft, save_private, save_version
from soh_author.workflow.opening import open_address
from soh_author.workflow.practising import PEOPLE
from soh_author.workflow.release.reviewing import submit
from soh_author.workflow.together.sending_trust import trust_origin
from soh_author.workflow.workspace import Clock, Workspace

DRAFT = "documents-at-the-counter"
_PAGE = PageId("advice/vehicle-recovery/seized-vehicles")
_PATH = f"shared/pages/{_PAGE}.en.md"
_OLD = "Bank statement or utility bill from the last 3 months"
_NEW = "Bank statement, council tax bill or utility bill from the last 3 months"
_ASKED = "Do the counters accept bills on a phone? Three forces have asked."
_SUGGESTED = ("You need one document from each row.", "Bring one document for each row.")


def write_draft(origin: Path, keys: Mapping[PersonId, Path], making: Path, clock: Clock) -> None:
    """Bring a draft under review, with comments and a suggestion, to an origin that asks no questions yet.

    Args:
        origin: the bare repository.
        keys: each person's key, by their id.
        making: a folder that is made for it and taken away again.
    """
    try:
        people = _People(origin, keys, making, clock)
        people.write_and_talk()
    finally:
        shutil.rmtree(making, ignore_errors=True)


class _People:
    """Three people at one desk, one after the other."""

    def __init__(self, origin: Path, keys: Mapping[PersonId, Path], making: Path, clock: Clock) -> None:
        self._keys = keys
        self._making = making
        self._clock = clock
        person = PEOPLE[PersonId("nia")]
        trust_origin(open_address(str(origin.absolute()), making, person, clock).run().value)

    def write_and_talk(self) -> None:
        documents = SectionId("documents")
        with closing(self._at_desk("nia", 50)) as nia:
            new_draft(nia, DRAFT).run()
            text = (nia.snapshot(DRAFT).text(_PATH) or "").replace(_OLD, _NEW)
            save_private(nia, DRAFT, _PATH, text).run()
            save_version(nia, DRAFT, "Council tax bills prove an address too").run()
        with closing(self._at_desk("sam", 40)) as sam:
            spot = Spot(_PAGE, documents, "council tax bill or utility bill")
            asked = (
                add_comment(sam, DRAFT, spot, _ASKED, open_signer(self._keys[PersonId("sam")])).run().value
            )
        with closing(self._at_desk("alex", 30)) as alex:
            old, new = _SUGGESTED
            signer = open_signer(self._keys[PersonId("alex")])
            suggest(alex, DRAFT, Spot(_PAGE, documents, old), new, signer, text="Plainer").run()
        with closing(self._at_desk("nia", 20)) as nia:
            signer = open_signer(self._keys[PersonId("nia")])
            reply(nia, DRAFT, asked.signed[0].id, signer, "I have asked the custody leads.").run()
            submit(nia, DRAFT, signer, reviewer="Sam Okafor", note="Mind the second row").run()

    def _at_desk(self, name: str, minutes_ago: int) -> Workspace:
        def earlier() -> datetime:
            return self._clock() - timedelta(minutes=minutes_ago)

        return Workspace.open(self._making, person=PEOPLE[PersonId(name)], clock=earlier)
