"""What is refused, and how: the item is named, and the next step."""

from __future__ import annotations

import pytest
from tests.calculators.given import all_no, compute, value

from osler.errors import Exit, InputError, OslerError, UsageError

EGFR = {"age": "55", "sex": "male", "creatinine": "1.2 mg/dL"}


def refused(name: str, **given: str) -> OslerError:
    with pytest.raises(OslerError) as caught:
        compute(name, **given)
    return caught.value


@pytest.mark.parametrize(
    ("name", "given", "code", "item"),
    [
        # unit confusion
        ("convert-ferritin", {"value": "8 µg/mL"}, "input.unit", "value"),
        ("hscore", {"ferritin": "8000 ug/mL"}, "input.unit", "ferritin"),
        ("hlh-2004", {"ferritin": "8000 mcg/mL"}, "input.unit", "ferritin"),
        ("ckd-epi-2021", EGFR | {"creatinine": "106"}, "input.unit", "creatinine"),
        ("ckd-epi-2021", EGFR | {"creatinine": "1.2"}, "input.unit", "creatinine"),
        ("ckd-epi-2021", EGFR | {"creatinine": "106 mg/dL"}, "input.range", "creatinine"),
        ("ckd-epi-2021", EGFR | {"creatinine": "1.2 µmol/L"}, "input.range", "creatinine"),
        ("curb-65", {"urea": "42 mg/dL"}, "input.unit", "urea"),
        ("body-surface-area", {"height": "1.75"}, "input.unit", "height"),
        ("weight-based-dose", {"weight": "20", "dose": "100 mg"}, "input.unit", "dose"),
        ("qtc", {"qt": "0.4", "heart_rate": "60"}, "input.unit", "qt"),
        # out of range
        ("ckd-epi-2021", EGFR | {"age": "17"}, "input.range", "age"),
        ("ckd-epi-2021", EGFR | {"age": "-3"}, "input.range", "age"),
        ("news2", {"spo2": "101"}, "input.range", "spo2"),
        ("glasgow-coma-scale", {"eyes": "5"}, "input.value", "eyes"),
        ("hscore", {"temperature": "102"}, "input.range", "temperature"),
        # no number, no such value
        ("ckd-epi-2021", EGFR | {"age": "old"}, "input.number", "age"),
        ("ckd-epi-2021", EGFR | {"age": ""}, "input.number", "age"),
        ("hscore", {"ferritin": "8,000"}, "input.number", "ferritin"),
        ("ckd-epi-2021", EGFR | {"age": "nan"}, "input.number", "age"),
        ("ckd-epi-2021", EGFR | {"age": "inf"}, "input.number", "age"),
        ("ckd-epi-2021", EGFR | {"sex": "other"}, "input.value", "sex"),
        ("hscore", {"immunosuppression": "unknown"}, "input.value", "immunosuppression"),
    ],
)
def test_a_value_that_cannot_be_meant_is_refused_with_its_item_and_a_next_step(
    name: str, given: dict[str, str], code: str, item: str
) -> None:
    error = refused(name, **given)
    assert isinstance(error, InputError)
    assert (error.code, error.item, error.exit) == (code, item, Exit.REFUSED)
    assert error.hint


def test_a_value_that_would_fit_another_unit_is_asked_about() -> None:
    assert "µmol/L" in refused("ckd-epi-2021", **EGFR | {"creatinine": "106 mg/dL"}).hint
    assert "°F" in refused("hscore", temperature="102").hint
    asked = refused("ckd-epi-2021", **EGFR | {"creatinine": "80"}).hint
    assert "80 mg/dL" in asked
    assert "80 µmol/L" in asked


def test_a_unit_of_the_same_kind_is_told_what_it_would_be() -> None:
    assert "120 g/L" in refused("hlh-2004", haemoglobin="120000 mg/L").hint


def test_a_missing_item_is_wrong_usage_and_named() -> None:
    error = refused("ckd-epi-2021", age="55", sex="male")
    assert isinstance(error, UsageError)
    assert (error.code, error.item, error.exit) == ("usage.item", "creatinine", Exit.USAGE)


def test_an_item_that_does_not_exist_is_wrong_usage_and_told_which_do() -> None:
    error = refused("ckd-epi-2021", **EGFR, race="none")
    assert (error.code, error.item) == ("usage.item", "race")
    assert "creatinine" in error.hint


def test_a_wrong_value_is_told_before_a_missing_one() -> None:
    assert refused("hscore", ferritin="8 µg/mL").item == "ferritin"


def test_what_may_be_left_out_may() -> None:
    assert value(compute("anion-gap", sodium="140", chloride="100", bicarbonate="24"), "gap") == 16


def test_items_may_be_typed_with_capitals_underscores_and_spaces() -> None:
    given = {name.upper(): answer.upper() for name, answer in all_no("perc").items()}
    found = compute("perc", **given, AGE="40 years", PULSE=" 80 bpm ", OXYGEN_SATURATION="98 %")
    assert value(found) == 0
