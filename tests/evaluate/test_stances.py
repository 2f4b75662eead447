"""Yes, no and maybe against gold, in figures that can be worked out by hand."""

from __future__ import annotations

import pytest

from osler.evaluate.stances import label_of, stance_scores


def test_mixed_and_unclear_stand_for_maybe_and_silence_for_nothing() -> None:
    assert [label_of(s) for s in ("yes", "no", "mixed", "unclear", None)] == [
        "yes", "no", "maybe", "maybe", "silent",
    ]  # fmt: skip


def test_figures_are_those_of_the_table_of_confusion() -> None:
    pairs = [
        ("yes", "yes"),
        ("yes", "yes"),
        ("yes", "maybe"),
        ("no", "yes"),
        ("no", "no"),
        ("yes", "silent"),
    ]
    found = stance_scores(pairs)
    assert found["stance_accuracy"] == 0.5
    assert found["yes_precision"] == pytest.approx(2 / 3)
    assert (found["no_precision"], found["no_said"], found["stance_silent"]) == (1.0, 1, 1)
    assert found["stance_macro_f1"] == pytest.approx((4 / 7 + 2 / 3) / 2)


def test_the_majority_is_always_to_say_the_commonest_label() -> None:
    found = stance_scores([("yes", "no"), ("yes", "yes"), ("no", "no")])
    assert found["stance_majority"] == pytest.approx(2 / 3)
    assert found["stance_majority_f1"] == pytest.approx(0.8 / 2)


def test_a_set_without_gold_has_no_figures() -> None:
    assert stance_scores([]) == {}
