"""Tables for spreadsheets."""

import pytest

from soh_author.workflow.spreadsheets import as_csv


@pytest.mark.parametrize("sign", ["=", "+", "-", "@", "\t", "\r", "\n", "\uff1d"])
def test_no_cell_is_taken_for_a_formula(sign: str) -> None:
    cell = f"{sign}HYPERLINK"
    assert f"'{cell}" in as_csv([("kent", cell)])


def test_cells_that_only_hold_such_signs_stay_as_they_are() -> None:
    assert as_csv([("a-b", "2+2", 'said "so", he')]) == 'a-b,2+2,"said ""so"", he"\r\n'
