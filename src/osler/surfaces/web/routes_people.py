"""People and their rights, for administrators; whoever is none finds nothing here."""

from __future__ import annotations

from typing import Annotated, Any, Final

from fastapi import APIRouter, Form, Request
from fastapi.responses import Response

from osler.accounts import people as rules
from osler.accounts.sign_on import ties
from osler.errors import NotFoundError, OslerError, UsageError
from osler.model.account import Account
from osler.model.person import Role
from osler.service import people
from osler.surfaces.web.pages import page
from osler.surfaces.web.routes_account import again, go, registry_of, signed_in
from osler.surfaces.web.seams import parts_of
from osler.surfaces.web.sessions import who_asks

router = APIRouter(prefix="/account/people")

Typed = Annotated[str, Form()]
Ticked = Annotated[list[str], Form(alias="role", default_factory=list)]
SHOWN: Final = 30
"""Entries of the log beside a person."""


def administrator(request: Request) -> Account:
    """Return the administrator who asks.

    Raises:
        NotFoundError: Nobody who is one: these pages do not exist for others.
    """
    current = who_asks(request).signed_in
    if current is None or not current.account.person.has(Role.ADMINISTRATOR):
        raise NotFoundError("there is nothing at this address")
    return signed_in(request).account


@router.get("")
def show_people(request: Request) -> Response:
    """List everybody, with the form to invite somebody."""
    administrator(request)
    return page(request, "account/people.html", {**_list(request), "said": ""})


@router.post("")
def do_invite(
    request: Request, ticked: Ticked, name: Typed = "", email: Typed = "", scopes: Typed = ""
) -> Response:
    """Make an account and send, or show, the link by which its password is chosen."""
    me = administrator(request)
    settings = parts_of(request).settings
    try:
        admitted = people.add(
            registry_of(request),
            settings,
            name,
            email=email or None,
            roles=_roles(ticked),
            scopes=scopes.split(","),
            mail=settings.mail is not None,
            actor=me.person.id,
        )
    except OslerError as fault:
        return again(request, "account/people.html", fault, **_list(request))
    return _show(request, admitted.account.person.id, link=admitted.link, mailed=admitted.mailed)


@router.get("/{person}")
def show_person(request: Request, person: str) -> Response:
    """Show one person's account and what happened to it."""
    administrator(request)
    return _show(request, person)


@router.post("/{person}/rights")
def do_change_rights(request: Request, person: str, ticked: Ticked, scopes: Typed = "") -> Response:
    """Give a person exactly the roles that are ticked and the parts that are named."""
    me, registry = administrator(request), registry_of(request)
    account = _find(request, person)
    try:
        with registry.transactions.together():
            rules.set_roles(registry, account.person.id, _roles(ticked), actor=me.person.id)
            rules.set_scopes(registry, account.person.id, scopes.split(","), actor=me.person.id)
    except OslerError as fault:
        return _show(request, person, fault)
    return go(request, f"/account/people/{account.person.id}")


@router.post("/{person}/link")
def do_make_link(request: Request, person: str) -> Response:
    """Make a one-time link for somebody who cannot sign in; send it, or show it once."""
    me, settings = administrator(request), parts_of(request).settings
    account = _find(request, person)
    mail = settings.mail is not None and account.email is not None
    try:
        admitted = people.let_in(
            registry_of(request), settings, account.person.id, mail=mail, actor=me.person.id
        )
    except OslerError as fault:
        return _show(request, person, fault)
    return _show(request, person, link=admitted.link, mailed=admitted.mailed)


@router.post("/{person}/untie")
def do_untie(request: Request, person: str) -> Response:
    """Untie somebody's account from the sign-on, and sign them out."""
    me, account = administrator(request), _find(request, person)
    try:
        ties.untie(registry_of(request), account.person.id, actor=me.person.id)
    except OslerError as fault:
        return _show(request, person, fault)
    return go(request, f"/account/people/{account.person.id}")


@router.post("/{person}/close")
def do_close(request: Request, person: str) -> Response:
    """Close an account."""
    return _set_disabled(request, person, disabled=True)


@router.post("/{person}/open")
def do_open(request: Request, person: str) -> Response:
    """Open a closed account again."""
    return _set_disabled(request, person, disabled=False)


def _set_disabled(request: Request, person: str, *, disabled: bool) -> Response:
    me, account = administrator(request), _find(request, person)
    try:
        rules.set_disabled(
            registry_of(request), account.person.id, disabled=disabled, actor=me.person.id
        )
    except OslerError as fault:
        return _show(request, person, fault)
    return go(request, f"/account/people/{account.person.id}")


def _roles(ticked: list[str]) -> list[Role]:
    known = {role.value for role in Role}
    if not set(ticked) <= known:
        raise UsageError("there is no such role", item="role", hint=", ".join(sorted(known)))
    return [Role(role) for role in ticked]


def _find(request: Request, person: str) -> Account:
    account = registry_of(request).people.account(person)
    if account is None:
        raise NotFoundError("nobody has this id", item=person, code="not_found.person")
    return account


def _list(request: Request) -> dict[str, Any]:
    return {
        "people": people.list_people(registry_of(request)),
        "roles": [role.value for role in Role],
        "mails": parts_of(request).settings.mail is not None,
    }


def _show(
    request: Request,
    person: str,
    fault: OslerError | None = None,
    *,
    link: str = "",
    mailed: bool = False,
) -> Response:
    registry, account = registry_of(request), _find(request, person)
    names: dict[str, Any] = {
        "person": people.describe(registry, account),
        "roles": [role.value for role in Role],
        "mails": parts_of(request).settings.mail is not None,
        "log": registry.people.log(person=account.person.id, most=SHOWN),
        "link": link,
        "mailed": mailed,
    }
    if fault is not None:
        return again(request, "account/person.html", fault, **names)
    return page(request, "account/person.html", {**names, "said": ""})
