"""Which questions ask yes or no, and the claim they put."""

from __future__ import annotations

import pytest

from osler.text.yes_no import yes_no_claim


@pytest.mark.parametrize(
    ("question", "claim"),
    [
        ("Does anakinra lower ferritin?", "anakinra lower ferritin"),
        ("is velitosis contagious", "velitosis contagious"),
        (
            "Oh one quick question, can I take kelopax while breastfeeding?",
            "I take kelopax while breastfeeding",
        ),
        ("So the kelopax is an anti inflammatory?", "the kelopax is an anti inflammatory"),
        ("Kelopax is a steroid, yes or no?", "Kelopax is a steroid"),
        ("Is there any link between velitosis and gout?", "there any link between velitosis and gout"),
        ("Predilatation in velitosis: is it needed?", "Predilatation in velitosis: it needed"),
        ("Is it true that kelopax cures velitosis?", "kelopax cures velitosis"),
        ("Does kelopax cause nausea or vomiting?", "kelopax cause nausea or vomiting"),
    ],
)
def test_a_question_of_yes_or_no_puts_a_claim(question: str, claim: str) -> None:
    assert yes_no_claim(question) == claim


@pytest.mark.parametrize(
    "question",
    [
        "What is velitosis?",
        "Which drugs lower ferritin, and does kelopax?",
        "Isn't kelopax a steroid?",
        "Is kelopax not a steroid?",
        "Is velitosis dominant or recessive?",
        "Is kelopax given daily or is it given weekly?",
        "Can you summarise velitosis?",
        "Is there anything you can prescribe for velitosis?",
        "Is there any specific brand you recommend?",
        "Does kelopax help? Does it harm?",
        "Velitosis in children: a new entity?",
        "",
        "?",
    ],
)
def test_what_a_yes_could_not_answer_puts_none(question: str) -> None:
    assert yes_no_claim(question) is None
