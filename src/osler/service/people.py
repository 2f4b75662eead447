"""People: accounts made, changed, invited and let back in, and the links and letters that go with it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from osler.accounts import letters, links, people
from osler.accounts.limits import FAILURES_OF_ACCOUNT
from osler.accounts.registry import TERMINAL, Registry
from osler.accounts.signing_in import forget_failures, name_keys
from osler.config import Settings
from osler.errors import InputError
from osler.model.account import Account, LogEntry, Purpose
from osler.model.person import Role
from osler.service.wiring import open_postbox

if TYPE_CHECKING:
    from osler.net.mail import Postbox


@dataclass(frozen=True, slots=True)
class Admitted:
    """An account with the link by which its password is set.

    Attributes:
        account: The account.
        link: Address to open once; empty where a letter carries it or a password was set.
        mailed: Whether a letter carries it.
    """

    account: Account
    link: str = ""
    mailed: bool = False


def add(
    registry: Registry,
    settings: Settings,
    name: str,
    *,
    email: str | None,
    roles: Sequence[Role],
    scopes: Sequence[str],
    password: str | None = None,
    mail: bool = False,
    actor: str = TERMINAL,
) -> Admitted:
    """Return a new account: with ``password``, or with a link to set one by, mailed with ``mail``.

    Raises:
        InputError: A field is refused; nothing is kept.
        OslerError: With ``mail``, what kept the letter from leaving; the account is there, and
            ``let_in`` tries again.
    """
    postbox = open_postbox(settings) if mail else None
    if mail and email is None:
        raise InputError(
            "a letter needs an e-mail address", item="e-mail", hint="give one", code="input.email"
        )
    if password is None:
        account = people.add_person(registry, name, email=email, roles=roles, scopes=scopes, actor=actor)
        return _send(registry, settings, account, Purpose.INVITATION, postbox, actor=actor)
    with registry.transactions.together():
        account = people.add_person(registry, name, email=email, roles=roles, scopes=scopes, actor=actor)
        return Admitted(people.set_password(registry, account, password, actor=actor))


def let_in(
    registry: Registry,
    settings: Settings,
    named: str,
    *,
    mail: bool = False,
    second_factor_off: bool = False,
    sign_on_off: bool = False,
    actor: str = TERMINAL,
) -> Admitted:
    """Return a new link for somebody who cannot sign in; a lock-out ends.

    The old password counts until the link is used.

    Raises:
        NotFoundError: ``not_found.person``.
    """
    postbox = open_postbox(settings) if mail else None
    account = people.find_account(registry, named)
    if mail and account.email is None:
        raise InputError(
            "no e-mail address is known",
            item=account.person.name,
            hint="leave --mail out",
            code="input.email",
        )
    forget_failures(registry, account)
    registry.sign_in.forget_attempts(f"code {account.person.id}")
    if second_factor_off:
        from osler.accounts import second_factor

        second_factor.turn_off(registry, account.person.id, actor=actor)
    if sign_on_off and account.subject is not None:
        from osler.accounts.sign_on import ties

        account = ties.untie(registry, account.person.id, actor=actor)
    purpose = Purpose.INVITATION if account.password is None else Purpose.RESET
    return _send(registry, settings, account, purpose, postbox, actor=actor)


def mail_reset(registry: Registry, settings: Settings, named: str, *, address: str) -> None:
    """Send somebody who asks for it a link to set a new password by; say nothing where there is nobody.

    Raises:
        TooManyError: Asked for too often.
        OslerError: The letter could not leave: for the log, never for whoever asked.
    """
    asked = links.ask_for_reset(registry, named, address=address)
    if asked is not None:
        account, token = asked
        _post(open_postbox(settings), registry, account, link_address(settings, token), Purpose.RESET)


def link_address(settings: Settings, token: str) -> str:
    """Return the address at which ``token`` sets a password."""
    return f"{settings.site_url}/account/password/{token}"


def describe(registry: Registry, account: Account) -> dict[str, Any]:
    """Return what a list says of an account; nothing that could be used to sign in."""
    now, window = registry.now(), timedelta(seconds=FAILURES_OF_ACCOUNT.window_s)
    person = account.person
    made = [len(registry.sign_in.attempts(key, since=now - window)) for key in name_keys(account)]
    return {
        "id": person.id,
        "name": person.name,
        "email": account.email,
        "roles": sorted(person.roles),
        "scopes": sorted(account.scopes),
        "disabled": person.disabled,
        "has_password": account.password is not None,
        "has_second_factor": account.totp is not None,
        "has_sign_on": account.subject is not None,
        "is_locked": max(made) >= FAILURES_OF_ACCOUNT.most,
        "created": account.created,
    }


def list_people(registry: Registry) -> list[dict[str, Any]]:
    """Return everybody, by name."""
    return [describe(registry, account) for account in registry.people.all()]


def read_log(registry: Registry, named: str | None, *, most: int) -> list[LogEntry]:
    """Return the newest entries of the log, of one person where ``named`` is given.

    Raises:
        NotFoundError: ``not_found.person``.
    """
    person = None if named is None else people.find_account(registry, named).person.id
    return registry.people.log(person=person, most=most)


def _send(
    registry: Registry,
    settings: Settings,
    account: Account,
    purpose: Purpose,
    postbox: Postbox | None,
    *,
    actor: str,
) -> Admitted:
    link = link_address(settings, links.make_link(registry, account, purpose, actor=actor))
    if postbox is None:
        return Admitted(account, link)
    _post(postbox, registry, account, link, purpose)
    return Admitted(account, mailed=True)


def _post(postbox: Postbox, registry: Registry, account: Account, link: str, purpose: Purpose) -> None:
    letter = letters.letter_with_link(account.email or "", account.person.name, link, purpose)
    postbox.send(letter.to, letter.subject, letter.text, at=registry.now())
