"""Routes that a text names, and routes by which it gives one drug."""

from __future__ import annotations

import pytest

from osler.text.routes import routes_in, routes_of


@pytest.mark.parametrize(
    ("text", "routes"),
    [
        ("Intravenous anakinra was given.", {"intravenous"}),
        ("Anakinra was given subcutaneously.", {"subcutaneous"}),
        (
            "It gives anakinra 2-4 mg/kg per dose (maximum 100 mg) intravenously or subcutaneously.",
            {"intravenous", "subcutaneous"},
        ),
        ("Anakinra and intravenous immunoglobulin were given.", set()),
        ("Anakinra 100 mg and methotrexate 15 mg orally were given.", set()),
        ("Intravenous fluids were given.", set()),
    ],
)
def test_a_route_counts_for_the_drug_beside_which_it_stands(text: str, routes: set[str]) -> None:
    assert routes_of(text, ("anakinra",)) == routes


def test_a_longer_word_is_no_route() -> None:
    assert routes_in("The moral of five oral doses") == {"oral"}
