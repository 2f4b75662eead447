"""Classes of people, animals and laboratory material are told by their words."""

from __future__ import annotations

import pytest

from osler.text.people import (
    Group,
    exclude_each_other,
    groups_in,
    is_people_word,
    names_people,
    says_non_human,
    species_in,
    studies_animals,
)


@pytest.mark.parametrize(
    ("text", "groups"),
    [
        ("In paediatric patients", {Group.CHILDREN}),
        ("Kids and older adults", {Group.CHILDREN, Group.OLD}),
        ("pregnant women", {Group.PREGNANT, Group.WOMEN}),
        ("healthy volunteers", {Group.HEALTHY}),
        ("cultured cells of mice", {Group.LABORATORY, Group.ANIMALS}),
        ("management of mania", set()),
    ],
)
def test_the_groups_of_a_text_are_told(text: str, groups: set[Group]) -> None:
    assert groups_in(text) == groups


@pytest.mark.parametrize(
    ("text", "species"),
    [("in rats and mice", "mice"), ("cell lines", "cells"), ("porcine skin", "pigs"), ("adults", "")],
)
def test_the_species_is_told(text: str, species: str) -> None:
    assert species_in(text) == species


@pytest.mark.parametrize("word", ["children", "women", "elderly", "patients", "mice", "neonates"])
def test_a_word_that_only_says_whom(word: str) -> None:
    assert is_people_word(word)


@pytest.mark.parametrize("word", ["childbirth", "womanhood", "anakinra", ""])
def test_a_word_that_says_more_than_whom(word: str) -> None:
    assert not is_people_word(word)


def test_a_title_on_animals_that_names_people_is_no_animal_study() -> None:
    assert studies_animals("Interleukin-1 in a murine model")
    assert not studies_animals("From mice to patients")
    assert says_non_human("shown in cells")
    assert names_people("in nine infants")
    assert exclude_each_other(Group.CHILDREN, Group.ADULTS)
    assert not exclude_each_other(Group.CHILDREN, Group.WOMEN)
