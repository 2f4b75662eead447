"""The number of people studied: one that is beyond doubt, or none."""

from __future__ import annotations

import pytest

from osler.formats.participants import count_participants
from osler.formats.wording import Wording
from osler.model.passage import Role
from osler.model.record import Block


def count(text: str, role: Role = Role.METHODS) -> int | None:
    return count_participants(Wording((Block(text, role),)))


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("A total of 21 patients were enrolled.", 21),
        ("We included 1,084 consecutive adult patients.", 1084),
        ("Twenty-one patients with disease were studied.", 21),
        ("One hundred and twenty women took part.", 120),
        ("One thousand ninety-nine women were recruited.", 1099),
        ("Injury patients (n = 84) were assessed.", 84),
        ("Adults (N=40) had surgery.", 40),
        ("Of 300 screened, 87 patients were randomized; 29 patients received testamine.", 87),
        ("Forty-five children underwent surgery. In 3 children there was harm.", 45),
        ("We studied 60 healthy volunteers aged 18 to 40 years.", 60),
    ],
)
def test_a_number_beyond_doubt_is_given(text: str, number: int) -> None:
    assert count(text) == number


@pytest.mark.parametrize(
    "text",
    [
        "Twenty-nine patients were enrolled; 87 patients were analysed.",
        "40 patients and 40 controls; 60 women.",
        "Participants (n=10 per group) were tested.",
        "Twenty patients in each group were studied.",
        "Type 2 diabetic patients were treated.",
        "In 2015 patients were asked.",
        "Stage 3 patients were included.",
        "COVID-19 patients were included.",
        "Some 20-30 patients were included.",
        "At day 28 patients were seen.",
        "The dose was 5 mg for patients.",
        "19.5 patients per bed.",
        "Two patients died.",
        "Another 20 patients served as controls.",
        "Values were compared to 24 healthy subjects.",
        "No number at all.",
        "",
    ],
)
def test_any_doubt_gives_no_number(text: str) -> None:
    assert count(text) is None


def test_background_and_conclusions_are_not_counted() -> None:
    blocks = (
        Block("It strikes 5000 patients a year.", Role.BACKGROUND),
        Block("We enrolled 33 patients.", Role.METHODS),
        Block("Trials of 900 patients are needed.", Role.CONCLUSIONS),
    )
    assert count_participants(Wording(blocks)) == 33
