"""A second factor: codes that change every 30 seconds (TOTP, RFC 6238), and recovery codes.

A code counts once: its time step is kept, and no step up to it is taken again (RFC 6238, section 5.2).
"""

from __future__ import annotations

import base64
from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from osler.accounts.passwords import missing_extra
from osler.accounts.registry import Registry
from osler.accounts.tokens import digest_of, is_same
from osler.errors import NotAllowedError, UsageError
from osler.model.account import Account

if TYPE_CHECKING:
    from pyotp import TOTP

STEP_S: Final = 30
DRIFT_STEPS: Final = 1
"""Steps before and after now that are taken too, for a clock that is a little off."""
SECRET_BYTES: Final = 20
RECOVERY_CODES: Final = 10
RECOVERY_BYTES: Final = 10
ISSUER: Final = "Osler"


def begin(registry: Registry, person: str) -> str:
    """Return a new secret for the person's app; it counts once ``confirm`` was given a code of it."""
    secret = base64.b32encode(registry.randomness(SECRET_BYTES)).decode("ascii")
    with registry.transactions.together():
        account = _account(registry, person)
        registry.people.put(replace(account, pending=secret))
    return secret


def address_for_app(account: Account) -> str:
    """Return the ``otpauth:`` address of the secret that waits, for an app; empty without one."""
    if account.pending is None:
        return ""
    return _totp(account.pending).provisioning_uri(
        name=account.email or account.person.name, issuer_name=ISSUER
    )


def confirm(registry: Registry, person: str, code: str) -> list[str]:
    """Turn the second factor on, and return its recovery codes, which are shown this once.

    Raises:
        NotAllowedError: ``not_allowed.code``: the code is not one of the secret that was shown.
    """
    with registry.transactions.together():
        account = _account(registry, person)
        step = None if account.pending is None else _step_of(registry, account.pending, code, after=0)
        if step is None:
            raise wrong_code()
        on = replace(account, totp=account.pending, pending=None, totp_step=step)
        registry.people.put(on)
        codes = [_recovery_code(registry.randomness) for _ in range(RECOVERY_CODES)]
        registry.people.set_recovery_codes(person, {digest_of(_bare(code)) for code in codes})
        registry.note("second_factor_on", person=person, actor=person)
    return codes


def turn_off(registry: Registry, person: str, *, actor: str) -> None:
    """Turn the second factor off and void its recovery codes."""
    with registry.transactions.together():
        account = _account(registry, person)
        registry.people.put(replace(account, totp=None, pending=None))
        registry.people.set_recovery_codes(person, ())
        registry.note("second_factor_off", person=person, actor=actor)


def use_code(registry: Registry, person: str, code: str) -> str:
    """Use ``code``, from the app or a recovery code, and return which of the two it was.

    Raises:
        NotAllowedError: ``not_allowed.code``: it is wrong, or was used before.
    """
    with registry.transactions.together():
        account = _account(registry, person)
        if account.totp is not None:
            step = _step_of(registry, account.totp, code, after=account.totp_step)
            if step is not None:
                registry.people.put(replace(account, totp_step=step))
                return "code"
            if registry.people.use_recovery_code(person, digest_of(_bare(code))):
                left = registry.people.count_recovery_codes(person)
                registry.note("recovery_code_used", person=person, actor=person, detail=f"{left} left")
                return "recovery code"
    raise wrong_code()


def wrong_code() -> NotAllowedError:
    """Return the error for a code that does not count."""
    return NotAllowedError(
        "this code does not count",
        hint="wait for the next one; each code counts once",
        code="not_allowed.code",
    )


def _step_of(registry: Registry, secret: str, code: str, *, after: int) -> int | None:
    """Return the time step that ``code`` belongs to, where it is near now and later than ``after``."""
    digits = code.replace(" ", "")
    totp = _totp(secret)
    current = int(registry.now().timestamp()) // STEP_S
    found = None
    for step in range(current - DRIFT_STEPS, current + DRIFT_STEPS + 1):
        if is_same(digits, totp.generate_otp(step)) and step > after:
            found = step
    return found


def _recovery_code(randomness: Callable[[int], bytes]) -> str:
    letters = base64.b32encode(randomness(RECOVERY_BYTES)).decode("ascii").lower()
    return "-".join(letters[start : start + 4] for start in range(0, len(letters), 4))


def _bare(code: str) -> str:
    return "".join(character for character in code.lower() if character.isalnum())


def _totp(secret: str) -> TOTP:
    try:
        from pyotp import TOTP
    except ImportError as error:
        raise missing_extra("pyotp") from error
    return TOTP(secret, interval=STEP_S)


def _account(registry: Registry, person: str) -> Account:
    account = registry.people.account(person)
    if account is None:
        raise UsageError("no account has this id", item=person)
    return account
