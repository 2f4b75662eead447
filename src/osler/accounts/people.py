"""People added, changed, closed and opened again. Nobody is ever deleted: history keeps naming them.

Whoever loses or gains a right is signed out everywhere, so no session outlives the rights it was given
for. The last administrator cannot be taken away.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from dataclasses import replace
from typing import Final

from osler.accounts.links import facts_of, keep_password
from osler.accounts.password_rules import check_password
from osler.accounts.passwords import hash_password, is_password
from osler.accounts.registry import Registry
from osler.errors import InputError, NotAllowedError, NotFoundError
from osler.model.account import PUBLIC_SCOPE, Account, fold_name
from osler.model.person import Person, Role

LONGEST_NAME: Final = 100
LONGEST_EMAIL: Final = 254
LONGEST_SCOPE: Final = 60
ID_BYTES: Final = 10


def add_person(
    registry: Registry,
    name: str,
    *,
    email: str | None = None,
    roles: Iterable[Role] = (),
    scopes: Iterable[str] = (),
    subject: str | None = None,
    actor: str,
) -> Account:
    """Return the new account, which has no password yet.

    Raises:
        InputError: ``input.name``, ``input.email``, ``input.scope``; ``input.taken`` where another
            account has the name or the address.
    """
    account = Account(
        person=Person(
            id=f"per_{registry.randomness(ID_BYTES).hex()}",
            name=checked_name(name),
            roles=frozenset(roles),
        ),
        email=None if email is None else checked_email(email),
        scopes=checked_scopes(scopes),
        created=registry.now().isoformat(timespec="seconds"),
        subject=subject,
    )
    with registry.transactions.together():
        registry.people.put(account)
        registry.note("added", person=account.person.id, actor=actor, detail=_rights(account))
    return account


def find_account(registry: Registry, named: str) -> Account:
    """Return the account with this id, name or e-mail address.

    Raises:
        NotFoundError: ``not_found.person``: there is none.
    """
    account = registry.people.find(named)
    if account is None:
        raise NotFoundError(
            "nobody has this name, address or id",
            item=named,
            hint="osler user list shows everybody",
            code="not_found.person",
        )
    return account


def set_roles(registry: Registry, person: str, roles: Iterable[Role], *, actor: str) -> Account:
    """Return the account with exactly ``roles``.

    Raises:
        NotAllowedError: ``not_allowed.last_administrator``: nobody would be left to look after accounts.
    """
    with registry.transactions.together():
        account = find_account(registry, person)
        changed = replace(account, person=replace(account.person, roles=frozenset(roles)))
        return _change(registry, account, changed, "roles_changed", actor=actor)


def set_scopes(registry: Registry, person: str, scopes: Iterable[str], *, actor: str) -> Account:
    """Return the account with exactly these private parts of the library to read."""
    with registry.transactions.together():
        account = find_account(registry, person)
        changed = replace(account, scopes=checked_scopes(scopes))
        return _change(registry, account, changed, "scopes_changed", actor=actor)


def set_disabled(registry: Registry, person: str, *, disabled: bool, actor: str) -> Account:
    """Return the account, closed or open again; a closed one keeps its history and may do nothing.

    Raises:
        NotAllowedError: ``not_allowed.last_administrator``.
    """
    with registry.transactions.together():
        account = find_account(registry, person)
        changed = replace(account, person=replace(account.person, disabled=disabled))
        event = "disabled" if disabled else "enabled"
        registry.sign_in.drop_links_of(account.person.id)
        return _change(registry, account, changed, event, actor=actor)


def set_email(registry: Registry, person: str, email: str | None, *, actor: str) -> Account:
    """Return the account with ``email``; links sent to the old address are void."""
    with registry.transactions.together():
        account = find_account(registry, person)
        changed = replace(account, email=None if email is None else checked_email(email))
        registry.sign_in.drop_links_of(account.person.id)
        return _change(registry, account, changed, "email_changed", actor=actor)


def set_password(registry: Registry, account: Account, password: str, *, actor: str) -> Account:
    """Return the account with ``password``; every session of it is ended.

    Raises:
        InputError: ``input.password``: it is not taken.
    """
    check_password(password, about=facts_of(account))
    hashed = hash_password(password, registry.randomness)
    with registry.transactions.together():
        changed = keep_password(registry, find_account(registry, account.person.id), hashed)
        registry.note("password_set", person=account.person.id, actor=actor)
    return changed


def check_own_password(account: Account, password: str) -> None:
    """Return where ``password`` is the account's own, as is asked before it may be changed.

    Raises:
        NotAllowedError: ``not_allowed.sign_in``: it is not.
    """
    if not is_password(password, account.password):
        raise NotAllowedError(
            "this is not your password", hint="type it again", code="not_allowed.sign_in"
        )


def checked_name(name: str) -> str:
    """Return ``name`` with single spaces.

    Raises:
        InputError: ``input.name``: empty, too long, or with characters that no name has.
    """
    clean = " ".join(unicodedata.normalize("NFC", name).split())
    if not clean or len(clean) > LONGEST_NAME or "@" in clean or not clean.isprintable():
        raise InputError(
            "this is no name",
            item=clean[:LONGEST_NAME].encode("unicode_escape").decode() if clean else "name",
            hint=f"1 to {LONGEST_NAME} characters that can be printed, without @",
            code="input.name",
        )
    return clean


def checked_email(email: str) -> str:
    """Return ``email`` where a letter can be sent to it.

    Whether it exists is shown by the letter that arrives. What could end a header line is refused here,
    and once more where letters are sent.

    Raises:
        InputError: ``input.email``.
    """
    clean = email.strip()
    local, _, domain = clean.rpartition("@")
    is_bare = clean.isascii() and all("!" <= letter <= "~" for letter in clean)
    has_signs = any(sign in clean for sign in '<>(),;:\\"[]')
    if not (local and domain) or "@" in local or not is_bare or has_signs or len(clean) > LONGEST_EMAIL:
        raise InputError(
            "this is no e-mail address",
            item="e-mail",
            hint="such as name@hospital.example, in plain letters",
            code="input.email",
        )
    return clean


def checked_scopes(scopes: Iterable[str]) -> frozenset[str]:
    """Return the private parts of the library named by ``scopes``; the public one is everybody's.

    Raises:
        InputError: ``input.scope``: one of them cannot be the name of a part.
    """
    found = {scope.strip() for scope in scopes} - {PUBLIC_SCOPE, ""}
    for scope in found:
        if len(scope) > LONGEST_SCOPE or "," in scope or not scope.isprintable():
            raise InputError(
                "this is no name of a part of the library",
                item="scope",
                hint="as given to osler add --scope; without commas",
                code="input.scope",
            )
    return frozenset(found)


def _change(registry: Registry, before: Account, after: Account, event: str, *, actor: str) -> Account:
    """Keep ``after``, note it, and end the sessions where rights have changed."""
    was_administrator = before.person.has(Role.ADMINISTRATOR)
    if was_administrator and not after.person.has(Role.ADMINISTRATOR) and _is_last(registry, before):
        raise NotAllowedError(
            "nobody would be left to look after the accounts",
            item=before.person.name,
            hint="make somebody else an administrator first",
            code="not_allowed.last_administrator",
        )
    if after == before:
        return before
    registry.people.put(after)
    registry.sign_in.end_sessions_of(after.person.id)
    registry.note(event, person=after.person.id, actor=actor, detail=_rights(after))
    return after


def _is_last(registry: Registry, account: Account) -> bool:
    return not any(
        other.person.has(Role.ADMINISTRATOR)
        for other in registry.people.all()
        if other.person.id != account.person.id
    )


def _rights(account: Account) -> str:
    roles = ", ".join(sorted(account.person.roles)) or "no role"
    scopes = ", ".join(sorted(account.scopes))
    return f"{roles}; reads {scopes}" if scopes else roles


def suggested_name(registry: Registry, name: str) -> str:
    """Return ``name``, or the first of ``name 2``, ``name 3`` … that nobody has."""
    clean, number = checked_name(name), 1
    while registry.people.find(fold_name(clean if number == 1 else f"{clean} {number}")) is not None:
        number += 1
    return clean if number == 1 else f"{clean} {number}"
