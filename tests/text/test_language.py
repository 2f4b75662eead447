"""What is written in another language than English is known as such."""

from __future__ import annotations

import pytest

from osler.text.language import is_foreign


@pytest.mark.parametrize(
    "sentence",
    [
        "Após avaliação inicial e com base no risco, foi indicada TAVI transfemoral.",
        "Die Patienten wurden mit Anakinra behandelt und nicht mit der Standardtherapie.",
        "Les patients ont été traités avec une dose de 100 mg dans les deux groupes.",
        "Los pacientes con fiebre fueron tratados por las mañanas.",
    ],
)
def test_a_sentence_in_another_language_is_foreign(sentence: str) -> None:
    assert is_foreign(sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "Anakinra reduced fever in patients with HLH from Los Angeles.",
        "Vincenzo de la Cruz et al. reported en bloc resection.",
        "Médecins Sans Frontières gave care in Sud-Kivu.",
        "Neutropenia 8%; infection 10%; headache 14%.",
        "",
    ],
)
def test_names_borrowed_phrases_and_bare_figures_are_not(sentence: str) -> None:
    assert not is_foreign(sentence)
