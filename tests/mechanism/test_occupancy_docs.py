"""The page on the simulation is made from the files that it runs on."""

from __future__ import annotations

import pytest
from tests.mechanism.occupancy_tables import PAGE, fill, tables

from osler.mechanism.occupancy_parameters import load_model
from osler.mechanism.occupancy_words import NOTICE

pytest.importorskip("roadrunner")


def test_the_tables_of_the_page_are_those_of_the_files() -> None:
    page = PAGE.read_text(encoding="utf-8")
    assert fill(page, tables(load_model("anakinra"))) == page


def test_the_page_says_what_the_model_is_not() -> None:
    assert NOTICE in PAGE.read_text(encoding="utf-8")
