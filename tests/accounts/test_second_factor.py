"""Codes that change, codes for a lost phone: each counts once."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from pyotp import TOTP
from tests.accounts.conftest import ADDRESS, PASSWORD, Clock

from osler.accounts import second_factor, sessions
from osler.accounts.limits import CODES_OF_ACCOUNT, TooManyError
from osler.accounts.registry import Registry
from osler.accounts.signing_in import give_code, sign_in
from osler.errors import NotAllowedError
from osler.model.account import Account, Stage


def code_at(secret: str, clock: Clock, steps: int = 0) -> str:
    return TOTP(secret).at(clock.at + timedelta(seconds=30 * steps))


@pytest.fixture
def secret(registry: Registry, person: Account, clock: Clock) -> str:
    """The secret of a second factor that is on, confirmed a minute ago."""
    made = second_factor.begin(registry, person.person.id)
    second_factor.confirm(registry, person.person.id, code_at(made, clock))
    clock.wait(60)
    return made


def half_way(registry: Registry) -> sessions.Opened:
    opened = sign_in(registry, "Test Reviewer One", PASSWORD, address=ADDRESS)
    assert opened.session.stage is Stage.PASSWORD
    return opened


def refused_code(registry: Registry, opened: sessions.Opened, code: str) -> str:
    with pytest.raises(NotAllowedError) as refused:
        give_code(registry, opened.session, code, address=ADDRESS)
    return refused.value.code


def test_codes_are_those_of_rfc_6238(registry: Registry, person: Account, clock: Clock) -> None:
    from base64 import b32encode
    from datetime import UTC, datetime

    # Appendix B of the RFC: this secret, 59 seconds after 1970, eight digits 94287082; the last six.
    secret = b32encode(b"12345678901234567890").decode()
    clock.at = datetime(1970, 1, 1, 0, 0, 59, tzinfo=UTC)
    assert second_factor._step_of(registry, secret, "287082", after=0) == 1


def test_the_password_alone_does_not_sign_in_where_a_second_factor_is_on(
    registry: Registry, secret: str
) -> None:
    current = sessions.resume(registry, half_way(registry).token)
    assert current is not None
    assert not current.is_signed_in


def test_a_code_finishes_signing_in_under_a_new_token(
    registry: Registry, secret: str, clock: Clock
) -> None:
    begun = half_way(registry)
    done = give_code(registry, begun.session, code_at(secret, clock), address=ADDRESS)
    assert sessions.resume(registry, begun.token) is None
    current = sessions.resume(registry, done.token)
    assert current is not None
    assert current.is_signed_in


def test_a_code_counts_once_and_so_does_every_one_before_it(
    registry: Registry, secret: str, clock: Clock
) -> None:
    code, before = code_at(secret, clock), code_at(secret, clock, -1)
    give_code(registry, half_way(registry).session, code, address=ADDRESS)
    begun = half_way(registry)
    assert refused_code(registry, begun, code) == "not_allowed.code"
    assert refused_code(registry, begun, before) == "not_allowed.code"
    give_code(registry, begun.session, code_at(secret, clock, 1), address=ADDRESS)


def test_the_code_that_turned_it_on_does_not_count_again(
    registry: Registry, person: Account, clock: Clock
) -> None:
    made = second_factor.begin(registry, person.person.id)
    code = code_at(made, clock)
    second_factor.confirm(registry, person.person.id, code)
    assert refused_code(registry, half_way(registry), code) == "not_allowed.code"


@pytest.mark.parametrize("steps", [-3, 3])
def test_a_code_of_another_time_does_not_count(
    registry: Registry, secret: str, clock: Clock, steps: int
) -> None:
    assert (
        refused_code(registry, half_way(registry), code_at(secret, clock, steps)) == "not_allowed.code"
    )


def test_codes_cannot_be_tried_out(registry: Registry, secret: str, clock: Clock) -> None:
    begun = half_way(registry)
    for number in range(CODES_OF_ACCOUNT.most):
        refused_code(registry, begun, f"x{number}")
    with pytest.raises(TooManyError):
        give_code(registry, begun.session, code_at(secret, clock), address=ADDRESS)


def test_a_password_that_was_given_does_not_wait_for_ever(
    registry: Registry, secret: str, clock: Clock
) -> None:
    begun = half_way(registry)
    clock.wait(sessions.HALF_WAY.total_seconds())
    assert sessions.resume(registry, begun.token) is None


def test_a_recovery_code_counts_once_however_it_is_typed(
    registry: Registry, person: Account, clock: Clock, database: Path
) -> None:
    made = second_factor.begin(registry, person.person.id)
    codes = second_factor.confirm(registry, person.person.id, code_at(made, clock))
    assert len(set(codes)) == second_factor.RECOVERY_CODES
    typed = codes[0].upper().replace("-", " ")
    give_code(registry, half_way(registry).session, typed, address=ADDRESS)
    assert refused_code(registry, half_way(registry), codes[0]) == "not_allowed.code"
    assert registry.people.count_recovery_codes(person.person.id) == second_factor.RECOVERY_CODES - 1
    assert codes[1].replace("-", "").encode() not in database.read_bytes()


def test_turning_it_off_voids_the_codes(registry: Registry, person: Account, secret: str) -> None:
    second_factor.turn_off(registry, person.person.id, actor=person.person.id)
    assert registry.people.count_recovery_codes(person.person.id) == 0
    opened = sign_in(registry, "Test Reviewer One", PASSWORD, address=ADDRESS)
    assert opened.session.stage is Stage.SIGNED_IN


def test_a_secret_that_was_only_shown_changes_nothing(registry: Registry, person: Account) -> None:
    second_factor.begin(registry, person.person.id)
    with pytest.raises(NotAllowedError):
        second_factor.confirm(registry, person.person.id, "000000")
    opened = sign_in(registry, "Test Reviewer One", PASSWORD, address=ADDRESS)
    assert opened.session.stage is Stage.SIGNED_IN
    account = registry.people.account(person.person.id)
    assert account is not None
    assert second_factor.address_for_app(account).startswith("otpauth://totp/Osler:one%40hospital")
