"""Signing in: password, second factor where one is on, session.

Whoever fails learns one thing: that it failed. An account that does not exist, that is closed or that
has no password costs the same work and counts towards the same limits as a wrong password. A browser on
which its owner has signed in before is counted apart (``devices``).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from osler.accounts import second_factor, sessions
from osler.accounts.devices import device_key, is_known, place_of
from osler.accounts.limits import (
    CODES_OF_ACCOUNT,
    FAILURES_OF_ACCOUNT,
    FAILURES_OF_ADDRESS,
    take_turn,
)
from osler.accounts.passwords import hash_password, is_outdated, is_password
from osler.accounts.registry import Registry
from osler.accounts.sessions import Opened
from osler.errors import NotAllowedError
from osler.model.account import Account, Session, Stage, fold_name

LONGEST_NAME = 200


def sign_in(
    registry: Registry,
    named: str,
    password: str,
    *,
    address: str,
    before: Session | None = None,
    marks: Mapping[str, str] | None = None,
) -> Opened:
    """Return a new session, signed in or waiting for the second factor.

    Args:
        registry: The accounts.
        named: Name or e-mail address, as typed.
        password: As typed.
        address: Network address it came from.
        before: A session that the browser held until now; it ends.
        marks: What the browser holds of earlier sign-ins, by ``devices.place_of``. One that was given to
            this account is counted for itself: what fails elsewhere does not lock it out.

    Raises:
        NotAllowedError: ``not_allowed.sign_in``: that is no name with its password.
        TooManyError: Too many attempts from this address or for this name.
    """
    account = registry.people.find(named[:LONGEST_NAME])
    mark = "" if account is None else (marks or {}).get(place_of(account.person.id), "")
    if is_known(account, mark):
        take_turn(registry, [(device_key(mark), FAILURES_OF_ACCOUNT)])
    else:
        mark = ""
        limits = [(name_key(named), FAILURES_OF_ACCOUNT), (f"address {address}", FAILURES_OF_ADDRESS)]
        take_turn(registry, limits)
    is_right = is_password(password, None if account is None else account.password)
    if account is None or not is_right or account.person.disabled:
        known = "" if account is None else account.person.id
        registry.note("sign_in_failed", person=known, address=address)
        raise NotAllowedError(
            "this name and this password do not belong together",
            hint="check both, or ask for a new password",
            code="not_allowed.sign_in",
        )
    person = account.person.id
    if account.password is not None and is_outdated(account.password):
        renewed = hash_password(password, registry.randomness)
        _keep_renewed(registry, account, renewed)
    stage = Stage.SIGNED_IN if account.totp is None else Stage.PASSWORD
    with registry.transactions.together():
        if mark:
            registry.sign_in.forget_latest_attempt(device_key(mark))
        else:
            registry.sign_in.forget_latest_attempt(f"address {address}")  # a ward shares one address
        if before is not None:
            registry.sign_in.end_session(before.digest)
        if stage is Stage.SIGNED_IN:
            if not mark:  # else strangers would get ten more tries with each sign-in of the owner
                forget_failures(registry, account)
            registry.note("signed_in", person=person, actor=person, address=address)
        return sessions.open_session(registry, person, stage)


def give_code(registry: Registry, half_way: Session, code: str, *, address: str) -> Opened:
    """Return the session of somebody who gave a right code after the password.

    Raises:
        NotAllowedError: ``not_allowed.code``: the code does not count.
        TooManyError: Too many codes were tried for this account.
    """
    person = half_way.person
    take_turn(registry, [(f"code {person}", CODES_OF_ACCOUNT)])
    try:
        used = second_factor.use_code(registry, person, code)
    except NotAllowedError:
        registry.note("code_failed", person=person, address=address)
        raise
    with registry.transactions.together():
        registry.sign_in.end_session(half_way.digest)
        registry.sign_in.forget_attempts(f"code {person}")
        account = registry.people.account(person)
        if account is not None:
            forget_failures(registry, account)
        registry.note("signed_in", person=person, actor=person, detail=f"with {used}", address=address)
        return sessions.open_session(registry, person, Stage.SIGNED_IN)


def name_key(named: str) -> str:
    """Return what attempts are counted under: the name as typed, be there an account of it or not.

    Not the account: that a name and an address are locked by each other's failures would tell that they
    are one person's.
    """
    return f"name {fold_name(named)[:LONGEST_NAME]}"


def name_keys(account: Account) -> tuple[str, ...]:
    """Return the keys of every name under which ``account`` can be signed in to."""
    person = account.person
    return tuple(name_key(name) for name in (person.id, person.name, account.email) if name)


def forget_failures(registry: Registry, account: Account) -> None:
    """Let ``account`` be signed in to again at once, by any of its names."""
    for key in name_keys(account):
        registry.sign_in.forget_attempts(key)


def _keep_renewed(registry: Registry, account: Account, renewed: str) -> None:
    """Keep the hash with today's parameters, unless the password was changed in the meantime."""
    with registry.transactions.together():
        now = registry.people.account(account.person.id)
        if now is not None and now.password == account.password:
            registry.people.put(replace(now, password=renewed))
