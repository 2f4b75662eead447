"""Who gets in, who does not, and what either learns."""

from __future__ import annotations

import threading
from datetime import timedelta
from pathlib import Path

import pytest
from tests.accounts.conftest import ADDRESS, OTHER, PASSWORD, Clock
from tests.on_postgresql.opened import everything_in

from osler.accounts import people, sessions
from osler.accounts.limits import FAILURES_OF_ACCOUNT, FAILURES_OF_ADDRESS, TooManyError
from osler.accounts.registry import Registry
from osler.accounts.signing_in import sign_in
from osler.errors import NotAllowedError
from osler.model.account import Account, Stage
from osler.model.person import Role


def fail(registry: Registry, named: str, address: str = ADDRESS) -> str:
    """Return the code with which a wrong password is refused."""
    with pytest.raises(NotAllowedError) as refused:
        sign_in(registry, named, "not the password at all", address=address)
    return refused.value.code


@pytest.mark.parametrize("named", ["Test Reviewer One", " test  REVIEWER one", "One@Hospital.example"])
def test_a_person_signs_in_by_name_or_address_in_any_case(
    registry: Registry, person: Account, named: str
) -> None:
    opened = sign_in(registry, named, PASSWORD, address=ADDRESS)
    current = sessions.resume(registry, opened.token)
    assert current is not None
    assert (current.is_signed_in, current.account.person) == (True, person.person)


def test_wrong_password_unknown_closed_and_passwordless_accounts_are_refused_in_the_same_words(
    registry: Registry, person: Account, administrator: Account
) -> None:
    people.add_person(registry, "Test Author Two", actor="terminal")
    people.set_disabled(registry, person.person.id, disabled=True, actor="terminal")
    said = set()
    for named, password in (
        ("Test Administrator", PASSWORD),
        ("Nobody At All", PASSWORD),
        ("Test Reviewer One", PASSWORD),
        ("Test Author Two", ""),
    ):
        with pytest.raises(NotAllowedError) as refused:
            sign_in(registry, named, password, address=ADDRESS)
        said.add(refused.value.as_line())
    assert len(said) == 1


def test_a_name_is_locked_after_ten_failures_and_opens_by_itself(
    registry: Registry, person: Account, clock: Clock
) -> None:
    for _ in range(FAILURES_OF_ACCOUNT.most):
        assert fail(registry, "Test Reviewer One") == "not_allowed.sign_in"
        clock.wait(1)
    with pytest.raises(TooManyError) as locked:
        sign_in(registry, "  TEST reviewer one", PASSWORD, address="198.51.100.1")
    assert 0 < locked.value.wait_s <= FAILURES_OF_ACCOUNT.window_s
    clock.wait(locked.value.wait_s + 1)
    sign_in(registry, "Test Reviewer One", PASSWORD, address=ADDRESS)


def test_a_locked_name_does_not_tell_which_address_is_the_same_persons(
    registry: Registry, person: Account
) -> None:
    for name in ("Test Reviewer One", "Nobody At All"):
        for _ in range(FAILURES_OF_ACCOUNT.most + 1):
            fail(registry, name)
    said = [fail(registry, name) for name in ("one@hospital.example", "nobody@hospital.example")]
    assert said == ["not_allowed.sign_in", "not_allowed.sign_in"]


def test_an_account_that_does_not_exist_is_locked_as_one_that_does(registry: Registry) -> None:
    said = [fail(registry, "Nobody At All") for _ in range(FAILURES_OF_ACCOUNT.most + 1)]
    assert said[-2:] == ["not_allowed.sign_in", "not_allowed.too_many"]


def test_one_address_cannot_try_many_names(registry: Registry, person: Account) -> None:
    said = [fail(registry, f"Nobody {number}") for number in range(FAILURES_OF_ADDRESS.most + 1)]
    assert said[-2:] == ["not_allowed.sign_in", "not_allowed.too_many"]
    sign_in(registry, "Test Reviewer One", PASSWORD, address="198.51.100.1")


def test_a_ward_behind_one_address_may_sign_in_all_day(
    registry: Registry, person: Account, clock: Clock
) -> None:
    for _ in range(FAILURES_OF_ADDRESS.most + 5):
        sign_in(registry, "Test Reviewer One", PASSWORD, address=ADDRESS)
        clock.wait(1)


def test_many_attempts_at_the_same_moment_are_no_way_round_the_lock(
    registry: Registry, person: Account
) -> None:
    said: list[str] = []

    def attempt() -> None:
        try:
            sign_in(registry, "Test Reviewer One", "not the password at all", address=ADDRESS)
        except NotAllowedError as refused:
            said.append(refused.code)

    threads = [threading.Thread(target=attempt) for _ in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert said.count("not_allowed.sign_in") == FAILURES_OF_ACCOUNT.most
    assert said.count("not_allowed.too_many") == 10


def test_success_and_a_new_password_end_the_count(registry: Registry, person: Account) -> None:
    for _ in range(FAILURES_OF_ACCOUNT.most - 1):
        fail(registry, "Test Reviewer One")
    sign_in(registry, "Test Reviewer One", PASSWORD, address=ADDRESS)
    for _ in range(FAILURES_OF_ACCOUNT.most):
        fail(registry, "Test Reviewer One")
    people.set_password(registry, person, OTHER, actor="terminal")
    sign_in(registry, "Test Reviewer One", OTHER, address=ADDRESS)


def test_each_sign_in_gives_a_new_token_and_ends_the_session_that_was_there(
    registry: Registry, person: Account
) -> None:
    first = sign_in(registry, "Test Reviewer One", PASSWORD, address=ADDRESS)
    second = sign_in(registry, "Test Reviewer One", PASSWORD, address=ADDRESS, before=first.session)
    assert first.token != second.token
    assert sessions.resume(registry, first.token) is None
    assert sessions.resume(registry, second.token) is not None


def test_only_the_digest_of_a_token_is_kept(registry: Registry, person: Account, database: Path) -> None:
    opened = sign_in(registry, "Test Reviewer One", PASSWORD, address=ADDRESS)
    dump = everything_in(database)
    assert opened.token not in dump
    assert opened.session.digest in dump
    assert PASSWORD not in dump
    assert opened.token not in repr(opened)
    assert sessions.resume(registry, opened.session.digest) is None


@pytest.mark.parametrize("token", ["", "x", "'; DROP TABLE sessions; --", "\ud800", "a" * 100_000])
def test_no_other_token_is_a_session(registry: Registry, person: Account, token: str) -> None:
    sign_in(registry, "Test Reviewer One", PASSWORD, address=ADDRESS)
    assert sessions.resume(registry, token) is None


def test_a_session_ends_when_it_is_idle(registry: Registry, person: Account, clock: Clock) -> None:
    opened = sign_in(registry, "Test Reviewer One", PASSWORD, address=ADDRESS)
    clock.wait(sessions.IDLE.total_seconds() - 1)
    assert sessions.resume(registry, opened.token) is not None
    clock.wait(sessions.IDLE.total_seconds() - 1)
    assert sessions.resume(registry, opened.token) is not None
    clock.wait(sessions.IDLE.total_seconds())
    assert sessions.resume(registry, opened.token) is None


def test_a_session_ends_after_its_day_however_busy(
    registry: Registry, person: Account, clock: Clock
) -> None:
    opened = sign_in(registry, "Test Reviewer One", PASSWORD, address=ADDRESS)
    steps = sessions.ABSOLUTE // timedelta(hours=1)
    for _ in range(steps - 1):
        clock.wait(3600)
        assert sessions.resume(registry, opened.token) is not None
    clock.wait(3600)
    assert sessions.resume(registry, opened.token) is None
    with registry.transactions.reading() as connection:
        assert connection.execute("SELECT count(*) FROM sessions").fetchone() == (0,)


@pytest.mark.parametrize("change", ["roles", "scopes", "disabled", "password", "email"])
def test_whoever_gains_or_loses_a_right_is_signed_out_everywhere(
    registry: Registry, person: Account, change: str
) -> None:
    opened = sign_in(registry, "Test Reviewer One", PASSWORD, address=ADDRESS)
    who = person.person.id
    if change == "roles":
        people.set_roles(registry, who, [Role.REVIEWER, Role.EDITOR], actor="terminal")
    elif change == "scopes":
        people.set_scopes(registry, who, ["ward"], actor="terminal")
    elif change == "disabled":
        people.set_disabled(registry, who, disabled=True, actor="terminal")
    elif change == "password":
        people.set_password(registry, person, OTHER, actor="terminal")
    else:
        people.set_email(registry, who, "new@hospital.example", actor="terminal")
    assert sessions.resume(registry, opened.token) is None


def test_rotation_keeps_one_session_under_a_new_token(registry: Registry, person: Account) -> None:
    mine = sign_in(registry, "Test Reviewer One", PASSWORD, address=ADDRESS)
    elsewhere = sign_in(registry, "Test Reviewer One", PASSWORD, address=ADDRESS)
    rotated = sessions.rotate(registry, mine.session)
    assert sessions.resume(registry, mine.token) is None
    assert sessions.resume(registry, elsewhere.token) is None
    current = sessions.resume(registry, rotated.token)
    assert current is not None
    assert current.session.stage is Stage.SIGNED_IN


def test_sign_ins_failures_and_sign_outs_are_in_the_log(registry: Registry, person: Account) -> None:
    fail(registry, "Test Reviewer One")
    fail(registry, "Nobody At All")
    opened = sign_in(registry, "Test Reviewer One", PASSWORD, address=ADDRESS)
    sessions.end(registry, opened.session, address=ADDRESS)
    who = person.person.id
    logged = [(entry.event, entry.person, entry.address) for entry in registry.people.log(most=4)]
    assert logged == [
        ("signed_out", who, ADDRESS),
        ("signed_in", who, ADDRESS),
        ("sign_in_failed", "", ADDRESS),
        ("sign_in_failed", who, ADDRESS),
    ]
