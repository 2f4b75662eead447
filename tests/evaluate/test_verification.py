"""The judge measured on invented claims: labels, folds, figures by hand, and the command line."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from osler.errors import InputError
from osler.evaluate.claims import (
    LabelledClaim,
    confusion_of,
    draw_folds,
    gate_scores,
    load_claims,
    scores_of,
)
from osler.evaluate.overlap import judge_by_overlap
from osler.verify.opinion import Stand

from .conftest import Called, validate, write_lines

Call = Callable[..., Called]
S, R, N = Stand.SUPPORTS, Stand.REFUTES, Stand.NEUTRAL
CLAIMS = [
    {
        "claim": "Zubromycin reduced relapse of velitosis compared with placebo.",
        "passage": "We asked who. Zubromycin reduced relapse of velitosis compared with placebo.",
        "label": "supports",
    },
    {
        "claim": "Zubromycin increased relapse of velitosis compared with placebo.",
        "passage": "We asked who. Zubromycin reduced relapse of velitosis compared with placebo.",
        "label": "refutes",
    },
    {
        "claim": "Orbitan lowers the pressure of the eye.",
        "passage": "Kelopax was given in tablets to forty sailors.",
        "label": "neutral",
    },
]


def test_a_run_gives_the_figures_of_the_contract_and_writes_a_page(call: Call, tmp_path: Path) -> None:
    file, folder = write_lines(tmp_path / "claims.jsonl", CLAIMS), tmp_path / "run"
    said = call("eval", "verification", file, "--json", "--baseline", "-o", folder)
    assert said.status == 0, said.err
    validate(said.document)
    summary = said.document["summary"]
    assert {"accuracy", "macro_f1", "passed_at_gate", "supports_recall_at_gate"} <= set(summary)
    table = {name: count for name, count in summary.items() if " → " in name}
    assert len(table) == 9
    assert sum(table.values()) == summary["claims"] == 3
    assert {path.name for path in folder.iterdir()} >= {"run.json", "report.md", "means.svg"}
    assert call("eval", "compare", folder, folder, "--json").document["questions"] == 3


def test_the_checks_support_what_stands_there_and_object_to_its_opposite(
    call: Call, tmp_path: Path
) -> None:
    items = call("eval", "verification", write_lines(tmp_path / "c.jsonl", CLAIMS), "--json").document[
        "items"
    ]
    said = [item["detail"]["checks"] for item in items]
    assert said[0] == "supports"
    assert "supports" not in said[1:]


@pytest.mark.parametrize(
    ("row", "code"),
    [
        ({"claim": "A.", "passage": "B."}, "input.value"),
        ({"claim": "A.", "passage": "B.", "label": "maybe"}, "input.value"),
        ({"claim": " ", "passage": "B.", "label": "neutral"}, "input.value"),
        ({"claim": 3, "passage": "B.", "label": "neutral"}, "input.value"),
        ({"claim": "A.", "passage": "B.", "label": ["neutral"]}, "input.value"),
        ("[]", "input.json"),
        ("", "input.empty"),
    ],
)
def test_a_line_that_cannot_be_used_refuses_the_set(row: object, code: str, tmp_path: Path) -> None:
    with pytest.raises(InputError) as caught:
        load_claims(write_lines(tmp_path / "c.jsonl", [row]))
    assert caught.value.code == code


def test_a_set_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(InputError) as caught:
        load_claims(tmp_path / "none.jsonl")
    assert caught.value.code == "input.missing"


def test_scores_are_those_worked_out_by_hand() -> None:
    pairs = [(S, S), (S, N), (R, S), (N, N)]
    scores = scores_of(pairs)
    assert scores["accuracy"] == 0.5
    assert scores["f1, supports"] == pytest.approx(0.5)
    assert scores["f1, refutes"] == 0.0
    assert scores["f1, neutral"] == pytest.approx(2 / 3)
    assert scores["macro_f1"] == pytest.approx((0.5 + 0 + 2 / 3) / 3)
    assert confusion_of(pairs)["supports → neutral"] == 1


def test_a_label_that_does_not_occur_has_no_part_in_the_mean() -> None:
    assert scores_of([(S, S), (R, R)])["macro_f1"] == 1.0


def test_the_gate_is_measured_by_what_it_lets_through() -> None:
    figures = gate_scores([(S, True), (S, False), (N, True), (R, False)])
    assert figures == {
        "passed_at_gate": 2,
        "supports_precision_at_gate": 0.5,
        "supports_recall_at_gate": 0.5,
    }
    assert gate_scores([(N, False)]) == {"passed_at_gate": 0}


@given(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)), max_size=40))
def test_no_claim_and_no_document_is_in_two_folds(pairs: list[tuple[int, int]]) -> None:
    rows = [LabelledClaim(f"claim {c}", "text", N, f"document {d}") for c, d in pairs]
    folds = draw_folds(rows)
    by_claim, by_document = {}, {}
    for row, fold in zip(rows, folds, strict=True):
        assert by_claim.setdefault(row.claim, fold) == fold
        assert by_document.setdefault(row.document, fold) == fold
    turned = draw_folds(rows[::-1])
    assert turned[::-1] == folds


def test_word_overlap_learns_its_thresholds_on_the_other_folds() -> None:
    texts = [("Kelopax helps ears.", S), ("Kelopax never helps ears.", R), ("Snow fell.", N)]
    rows = [
        LabelledClaim("Kelopax helps ears.", text, label, f"{label} {number}")
        for number in range(4)
        for text, label in texts
    ]
    folds = [number for number in range(4) for _ in texts]
    assert judge_by_overlap(rows, folds) == [row.label for row in rows]
