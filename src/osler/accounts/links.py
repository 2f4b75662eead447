"""One-time links by which a password is set: invitations, and a way back in.

A link counts once and for a limited time; a new one voids those before it. Whoever uses it has the
address that it was sent to, which is all that it proves: a second factor stays on.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from types import MappingProxyType
from typing import Final

from osler.accounts.limits import RESETS_OF_ACCOUNT, RESETS_OF_ADDRESS, take_turn
from osler.accounts.password_rules import check_password
from osler.accounts.passwords import hash_password
from osler.accounts.registry import Registry
from osler.accounts.signing_in import forget_failures, name_key
from osler.accounts.tokens import digest_of, new_token
from osler.errors import NotAllowedError
from osler.model.account import Account, Link, Purpose

LASTS: Final[Mapping[Purpose, timedelta]] = MappingProxyType(
    {Purpose.INVITATION: timedelta(days=7), Purpose.RESET: timedelta(hours=1)}
)


def make_link(registry: Registry, account: Account, purpose: Purpose, *, actor: str) -> str:
    """Return the token of a new link for ``account``; earlier ones are void."""
    token = new_token(registry.randomness)
    expires = registry.now() + LASTS[purpose]
    with registry.transactions.together():
        registry.sign_in.put_link(Link(digest_of(token), account.person.id, purpose, expires))
        registry.note("link_made", person=account.person.id, actor=actor, detail=purpose.value)
    return token


def ask_for_reset(registry: Registry, named: str, *, address: str) -> tuple[Account, str] | None:
    """Return the account and the token of a link to be mailed, or None where there is nobody to mail to.

    The caller says the same in both cases, and sends the letter where nobody waits for it.

    Raises:
        TooManyError: Asked for too often, be there such an account or not.
    """
    account = registry.people.find(named[:200])
    # By account: whichever of somebody's names is used, they get no flood of letters.
    key = f"reset {name_key(named) if account is None else account.person.id}"
    take_turn(registry, [(key, RESETS_OF_ACCOUNT), (f"resets {address}", RESETS_OF_ADDRESS)])
    if account is None or account.person.disabled or account.email is None:
        return None
    if account.password is None and account.subject is not None:
        # Who left the provider must not come back in by a letter.
        return None
    return account, make_link(registry, account, Purpose.RESET, actor="")


def account_of_link(registry: Registry, token: str) -> Account:
    """Return the account whose password the link may set.

    Raises:
        NotAllowedError: ``not_allowed.link``: it was used, has expired, or was never given.
    """
    link = registry.sign_in.link(digest_of(token))
    account = None if link is None else registry.people.account(link.person)
    if link is None or account is None or account.person.disabled or registry.now() >= link.expires:
        raise NotAllowedError(
            "this link does not count any more",
            hint="each works once and for a limited time; ask for a new one",
            code="not_allowed.link",
        )
    return account


def set_password_by_link(registry: Registry, token: str, password: str, *, address: str) -> Account:
    """Return the account once its password is ``password``; the link is used up, its sessions are ended.

    Raises:
        NotAllowedError: ``not_allowed.link``: the link does not count; nothing is changed.
        InputError: ``input.password``: the password is not taken; the link still counts.
    """
    account = account_of_link(registry, token)
    check_password(password, about=facts_of(account))
    hashed = hash_password(password, registry.randomness)
    with registry.transactions.together():
        account = account_of_link(registry, token)
        registry.sign_in.use_link(digest_of(token))
        changed = keep_password(registry, account, hashed)
        registry.note("password_set", person=account.person.id, detail="by link", address=address)
    return changed


def keep_password(registry: Registry, account: Account, hashed: str) -> Account:
    """Return ``account`` with the password's hash kept; sessions, links and the lock-out are ended."""
    changed = replace(account, password=hashed)
    with registry.transactions.together():
        registry.people.put(changed)
        registry.sign_in.end_sessions_of(account.person.id)
        registry.sign_in.drop_links_of(account.person.id)
        forget_failures(registry, account)
    return changed


def facts_of(account: Account) -> tuple[str, ...]:
    """Return what is known of the person and therefore no password."""
    return tuple(filter(None, (account.person.name, account.email)))
