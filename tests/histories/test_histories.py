"""How every override stands agrees with what its authors remember, over random histories in real git.

``python -m tests.histories`` lives through longer ones: thousands of edits.
"""

from pathlib import Path

import pytest

from soh_author.markup.canonical import canonical
from tests.histories.generated import generated_site
from tests.histories.living import live_through

STATES = {
    *("replace current", "replace outdated", "replace redundant", "replace unpinned", "replace orphaned"),
    *("hide current", "hide hidden-outdated", "append additive", "prepend additive", "insert-after additive"),
    *("set current", "set outdated", "page taken-over", "page taken-over-outdated", "move-after current"),
    *("welsh missing", "welsh outdated"),
}
"""What has to come up in a history: one without them would prove little."""


@pytest.mark.slow
@pytest.mark.parametrize("seed", [1, 8])
def test_drift_agrees_with_the_authors_memory_in_every_version_and_in_a_shallow_clone(
    tmp_path: Path, seed: int
) -> None:
    history = live_through(tmp_path, pages=4, versions=45, seed=seed)
    assert history.steps > 150
    assert history.looked > 2_000
    assert set(history.states) >= STATES


def test_both_normal_forms_agree_on_every_text_of_the_generated_site() -> None:
    site, _ = generated_site(6, 1)
    texts = [text for page in site.pages for text in page.sections.values()]
    assert [text.body for text in texts] == [canonical("\n\n".join(text.blocks)) for text in texts]
