"""What is kept of a password, and which passwords are taken."""

from __future__ import annotations

import pytest
from argon2 import PasswordHasher
from tests.accounts.conftest import ADDRESS, PASSWORD, counted

from osler.accounts import passwords
from osler.accounts.password_rules import check_password
from osler.accounts.registry import Registry
from osler.accounts.signing_in import sign_in
from osler.errors import InputError
from osler.model.account import Account


def test_a_password_is_kept_as_argon2id_with_the_parameters_that_are_named() -> None:
    stored = passwords.hash_password(PASSWORD, counted())
    assert stored.startswith("$argon2id$v=19$m=47104,t=1,p=1$")
    assert PASSWORD not in stored
    assert passwords.is_password(PASSWORD, stored)
    assert not passwords.is_password(PASSWORD + " ", stored)


def test_two_people_with_one_password_have_two_hashes() -> None:
    randomness = counted()
    assert passwords.hash_password(PASSWORD, randomness) != passwords.hash_password(PASSWORD, randomness)


def test_the_same_letters_typed_on_another_keyboard_are_the_same_password() -> None:
    stored = passwords.hash_password("zu\N{COMBINING DIAERESIS}rich tram nine bridges", counted())
    assert passwords.is_password("zürich tram nine bridges", stored)


@pytest.mark.parametrize("stored", [None, "", "no hash", "$argon2id$v=19$m=8,t=1,p=1$c2FsdA$x"])
def test_nothing_is_the_password_of_an_account_that_has_none(stored: str | None) -> None:
    assert not passwords.is_password("", stored)
    assert not passwords.is_password(PASSWORD, stored)


def test_the_dummy_hash_costs_the_same_work_as_a_real_one() -> None:
    real = passwords.hash_password(PASSWORD, counted())
    assert real.rpartition("$")[0].rpartition("$")[0] == "$argon2id$v=19$m=47104,t=1,p=1"
    assert passwords._NOBODY.startswith("$argon2id$v=19$m=47104,t=1,p=1$")
    assert len(passwords._NOBODY) == len(real)
    assert not passwords.is_outdated(passwords._NOBODY)


def test_a_hash_with_older_parameters_is_made_anew_at_the_next_sign_in(
    registry: Registry, person: Account
) -> None:
    from dataclasses import replace

    old = PasswordHasher(time_cost=1, memory_cost=1024, parallelism=1).hash(PASSWORD)
    registry.people.put(replace(person, password=old))
    sign_in(registry, "Test Reviewer One", PASSWORD, address=ADDRESS)
    renewed = registry.people.account(person.person.id)
    assert renewed is not None
    assert renewed.password is not None
    assert renewed.password != old
    assert not passwords.is_outdated(renewed.password)


@pytest.mark.parametrize(
    "password",
    [
        "eightabc",
        "elevenchars",
        "Password1234",
        "passwordpassword",
        "Passw0rd!!!!",
        "qwertyuiop12",
        "123456789012",
        "abcdefghijklm",
        "aaaaaaaaaaaa",
        "abababababab",
        "hospital2026!",
        "x" * 257,
        "Test Reviewer One",
        "testreviewerone1",
        "one@hospital.example",
        "correct horse battery staple",
        "letmeinletmein",
        "twelve\x00signs here",
    ],
)
def test_a_password_that_would_be_tried_first_is_refused(password: str) -> None:
    with pytest.raises(InputError) as refused:
        check_password(password, about=("Test Reviewer One", "one@hospital.example"))
    assert refused.value.code == "input.password"
    assert password not in refused.value.as_line()


@pytest.mark.parametrize(
    "password",
    [
        PASSWORD,
        "lila straßenbahn",
        "krebs tor acht mond",
        "aZ3kk9-Lmq02x",
        "天気予報と九つの橋の物語です",
        "x y z w v 11",
    ],
)
def test_a_long_password_of_any_letters_is_taken(password: str) -> None:
    check_password(password, about=("Test Reviewer One", "one@hospital.example"))
