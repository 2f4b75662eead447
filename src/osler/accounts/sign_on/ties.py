"""Whose account somebody is let into whom the provider vouches for.

The rule, in full. An account is tied to one id at one provider, and an id to one account. It is tied by
whoever is signed in to it and types its password, or by whoever holds an invitation that still counts.
Nothing else ties: not a name, not an e-mail address, however verified, since providers let people
choose them and give them to others later. An id that is tied to nothing is let in nowhere, and no
account is ever made for it. The sign-on stands in the place of the password: a second factor that is on
here is asked for as well.
"""

from __future__ import annotations

from dataclasses import replace

from osler.accounts import sessions
from osler.accounts.links import account_of_link
from osler.accounts.registry import Registry
from osler.accounts.sessions import Current, Opened
from osler.accounts.sign_on.faults import SignOnError, not_begun, unknown
from osler.accounts.tokens import digest_of, is_same
from osler.errors import InputError, NotAllowedError
from osler.model.account import Account, Purpose, Session, Stage


def let_in(registry: Registry, subject: str, *, address: str, before: Session | None = None) -> Opened:
    """Return a new session of the account tied to ``subject``; a second factor may still be due.

    Args:
        registry: The accounts.
        subject: ``ISSUER SUBJECT``, as proven just now.
        address: Network address it came from.
        before: A session that the browser held until now; it ends.

    Raises:
        SignOnError: ``not_allowed.sign_on_unknown``: no account is tied to it;
            ``not_allowed.sign_on_closed``: the account is closed.
    """
    account = registry.people.of_subject(subject)
    if account is None:
        raise unknown()
    if account.person.disabled:
        raise SignOnError(
            "your account here is closed",
            hint="ask an administrator",
            code="not_allowed.sign_on_closed",
        )
    return _open(registry, account, address=address, before=before)


def tie(registry: Registry, current: Current, subject: str, *, proof: str, address: str) -> Opened:
    """Return the session, under a new token, of somebody whose account is now tied to ``subject``.

    Args:
        registry: The accounts.
        current: Who is signed in.
        subject: ``ISSUER SUBJECT``, as proven just now.
        proof: Digest of the session whose holder asked for it.
        address: Network address it came from.

    Raises:
        SignOnError: ``not_allowed.sign_on``: another session asked for it.
        InputError: ``input.taken``: the account is tied already, or ``subject`` is to another one.
    """
    if not is_same(current.session.digest, proof):
        raise not_begun()
    with registry.transactions.together():
        _tie(registry, current.account.person.id, subject, address=address)
        return sessions.rotate(registry, current.session)


def accept_invitation(
    registry: Registry, token: str, subject: str, *, address: str, before: Session | None = None
) -> Opened:
    """Return a session of the invited account, now tied to ``subject``; the invitation is used up.

    Raises:
        NotAllowedError: ``not_allowed.link``: the link does not count, or is no invitation.
        InputError: ``input.taken``: the account is tied already, or ``subject`` is to another one.
    """
    with registry.transactions.together():
        account = account_of_invitation(registry, token)
        changed = _tie(registry, account.person.id, subject, address=address)
        registry.sign_in.drop_links_of(account.person.id)
        return _open(registry, changed, address=address, before=before)


def account_of_invitation(registry: Registry, token: str) -> Account:
    """Return the account that ``token`` invites to.

    Raises:
        NotAllowedError: ``not_allowed.link``: it does not count, or lets its holder do less: a reset is
            for a password alone.
    """
    account = account_of_link(registry, token)
    link = registry.sign_in.link(digest_of(token))
    if link is None or link.purpose is not Purpose.INVITATION:
        raise NotAllowedError(
            "this link is for a new password",
            hint="choose one, sign in, and tie your account under My account",
            code="not_allowed.link",
        )
    return account


def untie(registry: Registry, person: str, *, actor: str) -> Account:
    """Return the account with no tie, and nobody signed in to it.

    Raises:
        NotAllowedError: ``not_allowed.sign_on_only``: somebody would lock themselves out.
    """
    with registry.transactions.together():
        account = registry.people.account(person)
        if account is None or account.subject is None:
            raise InputError("this account is tied to no sign-on", item=person, code="input.sign_on")
        if actor == person and account.password is None:
            raise NotAllowedError(
                "you could not sign in any more",
                hint="ask an administrator for a link to choose a password by first",
                code="not_allowed.sign_on_only",
            )
        changed = replace(account, subject=None)
        registry.people.put(changed)
        registry.sign_in.end_sessions_of(person)
        registry.note("sign_on_untied", person=person, actor=actor)
    return changed


def _tie(registry: Registry, person: str, subject: str, *, address: str) -> Account:
    account = registry.people.account(person)
    if account is None or account.subject is not None:
        raise InputError(
            "this account is tied to a sign-on already",
            hint="untie that one first",
            code="input.taken",
        )
    changed = replace(account, subject=subject)
    registry.people.put(changed)
    registry.note("sign_on_tied", person=person, actor=person, address=address)
    return changed


def _open(registry: Registry, account: Account, *, address: str, before: Session | None) -> Opened:
    person = account.person.id
    stage = Stage.SIGNED_IN if account.totp is None else Stage.PASSWORD
    with registry.transactions.together():
        if before is not None:
            registry.sign_in.end_session(before.digest)
        if stage is Stage.SIGNED_IN:
            registry.note("signed_in", person=person, actor=person, detail="by sign-on", address=address)
        return sessions.open_session(registry, person, stage)
