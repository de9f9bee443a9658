"""The examples of the contract: valid ones have no fault, invalid ones exactly the faults they tell."""

import json
from pathlib import Path

import pytest

from soh_author.domain.ids import Language, PageId
from soh_author.domain.layers import SHARED, Layer
from soh_author.domain.override import Override
from soh_author.domain.page import Page
from soh_author.domain.pins import section_pin
from soh_author.domain.resolving.drift import DriftState, drift_of, drift_of_set, drift_of_takeover
from soh_author.domain.resolving.resolve import LayerText, resolve
from soh_author.markup.canonical import canonical
from soh_author.reading.files import read_file
from soh_author.reading.paths import page_path

EXAMPLES = Path(__file__).resolve().parents[2] / "content_schema" / "examples"
VALID = sorted(path.relative_to(EXAMPLES / "valid").as_posix() for path in (EXAMPLES / "valid").rglob("*.*"))
INVALID = sorted((EXAMPLES / "invalid").glob("*.expected"))


def _text(expected: Path) -> Path:
    return next(path for path in expected.parent.glob(f"{expected.stem}.*") if path.suffix != ".expected")


@pytest.mark.parametrize("path", VALID)
def test_valid_examples_have_no_fault(path: str) -> None:
    read = read_file(path, (EXAMPLES / "valid" / path).read_bytes())
    assert read.diagnostics == ()
    assert read.value is not None or path.startswith("releases/")


@pytest.mark.parametrize("expected", INVALID, ids=[path.stem for path in INVALID])
def test_invalid_examples_have_the_faults_they_tell(expected: Path) -> None:
    path, *faults = expected.read_text(encoding="utf-8").splitlines()
    found = read_file(path, _text(expected).read_bytes()).diagnostics
    assert [f"{fault.place.line} {fault.code}" for fault in found] == faults
    assert all(fault.place.path == path for fault in found)
    for fault in found:
        assert len(fault.message) > 15
        assert fault.message[-1] in ".!?", fault.message
        assert not {"pydantic", "validator", "string", "dict", "null", "node"} & set(fault.message.split())


def test_there_are_examples_of_every_kind_of_bad_input() -> None:
    assert len(INVALID) >= 30
    assert len(INVALID) == len({_text(path) for path in INVALID})


def _page(layer: Layer, page: str) -> Page | Override:
    path = page_path(layer, PageId(page), Language.EN)
    value = read_file(path, (EXAMPLES / "valid" / path).read_bytes()).value
    assert isinstance(value, Page | Override)
    return value


def _layer_text(layer: Layer, page: str) -> LayerText:
    value = _page(layer, page)
    return LayerText(layer, value) if isinstance(value, Override) else LayerText(layer, None, value)


def test_the_pins_of_the_valid_examples_are_right() -> None:
    base = _page(SHARED, "advice/seized-vehicles")
    assert isinstance(base, Page)
    layers = (Layer.of_group("wales"), Layer.of_force("gwent"))
    found = resolve(base, [_layer_text(layer, "advice/seized-vehicles") for layer in layers])
    assert {drift_of(trace) for trace in found.ops} == {DriftState.CURRENT, DriftState.ADDITIVE}
    assert [drift_of_set(trace) for trace in found.sets] == [DriftState.CURRENT]
    assert found.diagnostics == ()


def test_the_pin_of_the_page_taken_over_is_right() -> None:
    base = _page(SHARED, "report/lost-property")
    assert isinstance(base, Page)
    found = resolve(base, [_layer_text(Layer.of_force("police-uk"), "report/lost-property")])
    assert [drift_of_takeover(takeover) for takeover in found.takeovers] == [DriftState.TAKEN_OVER]


def test_the_pins_to_check_other_programs_against_are_right() -> None:
    for example in json.loads((EXAMPLES / "pins.json").read_text(encoding="utf-8")):
        assert canonical(example["body"]) == example["canonical"]
        assert section_pin(example["heading"], [example["canonical"]]) == example["pin"]
