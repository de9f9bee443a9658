"""Lists of findings: of one kind only some are told one by one, and none is left uncounted."""

import re
from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from soh_author.domain.diagnostics import MOST_OF_A_KIND, Diagnostic, Severity, diagnose, few_of_a_kind
from soh_author.domain.layers import Place

_MORE = re.compile(r"And ([\d,]+) more like this")
_KINDS = [("a.md", "raw-html", Severity.ERROR), ("b.md", "raw-html", Severity.ERROR)] + [
    ("a.md", "missing-welsh", severity) for severity in (Severity.ERROR, Severity.INFO)
]


def _kind(finding: Diagnostic) -> tuple[str, str, Severity]:
    return finding.place.path, finding.code, finding.severity


@given(
    st.lists(st.integers(0, 3 * MOST_OF_A_KIND), min_size=4, max_size=4), st.randoms(use_true_random=False)
)
def test_every_finding_is_told_or_counted_in_any_order(numbers: list[int], chance: object) -> None:
    found = [
        diagnose(code, f"Number {line}.", Place(path, line), severity=severity)
        for (path, code, severity), number in zip(_KINDS, numbers, strict=True)
        for line in range(1, number + 1)
    ]
    chance.shuffle(found)  # type: ignore[attr-defined] # hypothesis gives random.Random
    told = few_of_a_kind(found)
    assert told == sorted(told, key=Diagnostic.sort_key)
    each = Counter(_kind(finding) for finding in told if not _MORE.match(finding.message))
    more = {
        _kind(finding): (int(match[1].replace(",", "")), finding.place.line)
        for finding in told
        if (match := _MORE.match(finding.message))
    }
    for kind, number in zip(_KINDS, numbers, strict=True):
        assert each[kind] == min(number, MOST_OF_A_KIND)
        rest = number - MOST_OF_A_KIND
        assert more.get(kind) == ((rest, MOST_OF_A_KIND + 1) if rest > 0 else None)
