"""Failing on purpose closes a name for strangers, and never for a browser that its owner uses."""

from __future__ import annotations

import pytest
from tests.accounts.conftest import ADDRESS, OTHER, PASSWORD, Clock

from osler.accounts import people
from osler.accounts.devices import is_known, make_mark, place_of
from osler.accounts.limits import FAILURES_OF_ACCOUNT, FAILURES_OF_ADDRESS, TooManyError
from osler.accounts.registry import Registry
from osler.accounts.signing_in import sign_in
from osler.errors import NotAllowedError
from osler.model.account import Account

NAME = "Test Reviewer One"


def fail(
    registry: Registry, *, marks: dict[str, str] | None = None, address: str = "203.0.113.9"
) -> str:
    with pytest.raises(NotAllowedError) as refused:
        sign_in(registry, NAME, "not the password at all", address=address, marks=marks)
    return refused.value.code


@pytest.fixture
def marks(registry: Registry, person: Account) -> dict[str, str]:
    """What a browser holds on which the person has signed in."""
    return {place_of(person.person.id): make_mark(registry, person)}


def test_whoever_fails_on_purpose_for_hours_never_locks_a_known_browser_out(
    registry: Registry, clock: Clock, marks: dict[str, str]
) -> None:
    for _quarter in range(8):
        while fail(registry) != "not_allowed.too_many":
            clock.wait(1)
        with pytest.raises(TooManyError):
            sign_in(registry, NAME, PASSWORD, address=ADDRESS)
        sign_in(registry, NAME, PASSWORD, address=ADDRESS, marks=marks)
        clock.wait(FAILURES_OF_ACCOUNT.window_s)


def test_a_known_browser_is_not_locked_out_by_others_behind_its_address(
    registry: Registry, marks: dict[str, str]
) -> None:
    for number in range(FAILURES_OF_ADDRESS.most):
        with pytest.raises(NotAllowedError):
            sign_in(registry, f"Nobody {number}", "not the password at all", address=ADDRESS)
    sign_in(registry, NAME, PASSWORD, address=ADDRESS, marks=marks)


def test_a_known_browser_may_not_try_without_end(
    registry: Registry, clock: Clock, marks: dict[str, str]
) -> None:
    said = [fail(registry, marks=marks) for _ in range(FAILURES_OF_ACCOUNT.most + 1)]
    assert said[-2:] == ["not_allowed.sign_in", "not_allowed.too_many"]
    with pytest.raises(TooManyError):
        sign_in(registry, NAME, PASSWORD, address=ADDRESS, marks=marks)
    sign_in(registry, NAME, PASSWORD, address=ADDRESS)  # who tries there locks nobody else out


def test_a_mark_opens_nothing(registry: Registry, marks: dict[str, str]) -> None:
    assert fail(registry, marks=marks) == "not_allowed.sign_in"


def test_success_on_a_known_browser_gives_strangers_no_more_tries(
    registry: Registry, marks: dict[str, str]
) -> None:
    while fail(registry) != "not_allowed.too_many":
        pass
    sign_in(registry, NAME, PASSWORD, address=ADDRESS, marks=marks)
    assert fail(registry) == "not_allowed.too_many"


def test_a_mark_counts_for_one_account_and_one_password(
    registry: Registry, person: Account, administrator: Account
) -> None:
    mark = make_mark(registry, person)
    assert is_known(person, mark)
    assert not is_known(administrator, mark)
    assert not is_known(None, mark)
    changed = people.set_password(registry, person, OTHER, actor=person.person.id)
    assert not is_known(changed, mark)


@pytest.mark.parametrize(
    "mark", ["", ".", "value.", ".proof", "value." + "0" * 64, "x" * 5000, "\x00.\x00"]
)
def test_a_mark_that_was_not_given_here_is_none(person: Account, mark: str) -> None:
    assert not is_known(person, mark)


def test_who_has_no_password_gets_no_mark(registry: Registry) -> None:
    invited = people.add_person(registry, "Test Invited One", actor="terminal")
    assert make_mark(registry, invited) == ""
    assert not is_known(invited, "value." + "0" * 64)
