"""Signing in and out, the second factor, passwords, one's own account."""

from __future__ import annotations

import logging
from typing import Annotated, Any, Final
from urllib.parse import quote, urlsplit

from fastapi import APIRouter, BackgroundTasks, Form, Request
from fastapi.responses import RedirectResponse, Response

from osler.accounts import links, people, second_factor, sessions
from osler.accounts.limits import FAILURES_OF_ACCOUNT, take_turn
from osler.accounts.password_rules import SHORTEST
from osler.accounts.registry import Registry
from osler.accounts.sessions import Current, Opened
from osler.accounts.signing_in import give_code, sign_in
from osler.accounts.tokens import digest_of
from osler.errors import InputError, LibraryError, NotAllowedError, OslerError
from osler.model.account import Account, Purpose, Stage
from osler.service.people import mail_reset
from osler.surfaces.web.devices import know_again, marks_of
from osler.surfaces.web.faults import status_of
from osler.surfaces.web.pages import page
from osler.surfaces.web.routes_display import is_local
from osler.surfaces.web.seams import parts_of
from osler.surfaces.web.sessions import session_header, who_asks

router = APIRouter(prefix="/account")
_log = logging.getLogger("osler.web")

Typed = Annotated[str, Form()]
SIGN_IN: Final = "/account/sign-in"


def registry_of(request: Request) -> Registry:
    """Return the accounts behind this site.

    Raises:
        NotFoundError: There is no library yet.
    """
    return parts_of(request).accounts.registry()


def signed_in(request: Request) -> Current:
    """Return who is signed in.

    Raises:
        NotAllowedError: ``not_allowed.sign_in``: nobody is.
    """
    current = who_asks(request).signed_in
    if current is None:
        raise NotAllowedError(
            "this is for people who are signed in", hint="sign in first", code="not_allowed.sign_in"
        )
    return current


def local(path: str) -> str:
    """Return ``path`` where it stays on this host, else the home page."""
    return path if path and is_local(path) else "/"


def sign_on_of(request: Request) -> str:
    """Return what people call the identity provider, or an empty string where none is set."""
    flow = parts_of(request).sign_on
    return "" if flow is None else flow.name


def go(request: Request, path: str, token: str | None = None) -> Response:
    """Return a redirection to ``path``; with ``token`` the browser is given that session."""
    response = RedirectResponse(path, status_code=303, headers={"cache-control": "no-store"})
    if token is not None:
        response.headers.append("set-cookie", session_header(who_asks(request), token))
    return response


def enter(request: Request, path: str, opened: Opened) -> Response:
    """Return the way on for somebody who is signed in now: session, and a mark for next time."""
    response = go(request, path, opened.token)
    account = registry_of(request).people.account(opened.session.person)
    return response if account is None else know_again(request, response, account)


def again(request: Request, template: str, fault: OslerError, **names: Any) -> Response:
    """Return the same form with what was wrong above it; nothing secret is filled in again."""
    if isinstance(fault, LibraryError) and status_of(fault) >= 500:
        raise fault  # nothing on the form would mend it
    told = {"said": fault.message, "hint": fault.hint}
    response = page(request, template, {**names, **told}, status=status_of(fault))
    wait_s = getattr(fault, "wait_s", None)
    if wait_s is not None:
        response.headers["retry-after"] = str(int(wait_s) + 1)
    return response


# --- in and out ---------------------------------------------------------------------------------------


@router.get("/sign-in")
def show_sign_in(request: Request, next: str = "/") -> Response:  # noqa: A002 - the field's name
    """Show the form to sign in by, or go on where somebody is signed in."""
    who = who_asks(request)
    if who.signed_in is not None:
        return go(request, local(next))
    if who.current is not None:
        return page(request, "account/code.html", {"next": local(next), "said": ""})
    names = {"next": local(next), "name": "", "said": "", "sign_on": sign_on_of(request)}
    return page(request, "account/sign_in.html", names)


@router.post("/sign-in")
def do_sign_in(
    request: Request,
    name: Typed = "",
    password: Typed = "",
    next: Typed = "/",  # noqa: A002 - the field's name
) -> Response:
    """Sign in, or say that it failed and not why."""
    who = who_asks(request)
    before = None if who.current is None else who.current.session
    try:
        opened = sign_in(
            registry_of(request),
            name,
            password,
            address=who.address,
            before=before,
            marks=marks_of(request),
        )
    except OslerError as fault:
        names = {"next": local(next), "name": name[:200], "sign_on": sign_on_of(request)}
        return again(request, "account/sign_in.html", fault, **names)
    if opened.session.stage is Stage.PASSWORD:
        return go(request, f"/account/sign-in?next={quoted(local(next))}", opened.token)
    return enter(request, local(next), opened)


@router.post("/code")
def do_code(
    request: Request,
    code: Typed = "",
    next: Typed = "/",  # noqa: A002 - the field's name
) -> Response:
    """Give the second factor after the password."""
    who = who_asks(request)
    if who.current is None or who.signed_in is not None:
        return go(request, SIGN_IN)
    try:
        opened = give_code(registry_of(request), who.current.session, code, address=who.address)
    except OslerError as fault:
        return again(request, "account/code.html", fault, next=local(next))
    return enter(request, local(next), opened)


@router.post("/sign-out")
def do_sign_out(request: Request) -> Response:
    """End the session here and in the browser."""
    who = who_asks(request)
    if who.current is not None:
        sessions.end(registry_of(request), who.current.session, address=who.address)
    return go(request, "/", "")


# --- passwords ----------------------------------------------------------------------------------------


@router.get("/reset")
def show_reset(request: Request) -> Response:
    """Show the form by which a new password is asked for."""
    return page(request, "account/reset.html", {"sent": False, "said": ""})


@router.post("/reset")
def do_reset(request: Request, background: BackgroundTasks, name: Typed = "") -> Response:
    """Say that a letter is on its way, whether or not there is anybody to send it to.

    It is sent after the page, so that the time the page takes tells nothing either.
    """
    background.add_task(_mail_reset, request, name, who_asks(request).address)
    response = page(request, "account/reset.html", {"sent": True, "said": ""})
    response.background = background
    return response


def _mail_reset(request: Request, name: str, address: str) -> None:
    try:
        mail_reset(registry_of(request), parts_of(request).settings, name, address=address)
    except OslerError as fault:
        _log.warning("no letter was sent: %s", fault.code)


@router.get("/password/{token}")
def show_choose_password(request: Request, token: str) -> Response:
    """Show the form that a one-time link opens; showing it does not use the link up."""
    account = links.account_of_link(registry_of(request), token)
    return page(request, "account/choose_password.html", {**_choosing(request, account), "said": ""})


@router.post("/password/{token}")
def do_choose_password(
    request: Request,
    token: str,
    password: Typed = "",
    again_typed: Annotated[str, Form(alias="again")] = "",
) -> Response:
    """Set the password that a one-time link allows, and go on to sign in with it."""
    registry = registry_of(request)
    account = links.account_of_link(registry, token)
    try:
        _check_same(password, again_typed)
        account = links.set_password_by_link(
            registry, token, password, address=who_asks(request).address
        )
    except InputError as fault:
        return again(request, "account/choose_password.html", fault, **_choosing(request, account))
    # Whoever is locked out by others gets back in on this browser, whatever they go on trying.
    return know_again(request, go(request, SIGN_IN), account)


@router.post("/password")
def do_change_password(
    request: Request,
    current: Typed = "",
    password: Typed = "",
    again_typed: Annotated[str, Form(alias="again")] = "",
) -> Response:
    """Change one's own password; other browsers are signed out, this one goes on under a new token."""
    me, registry = signed_in(request), registry_of(request)
    try:
        confirm_password(request, me, current)
        _check_same(password, again_typed)
        person = me.account.person.id
        people.set_password(registry, me.account, password, actor=person)
        opened = sessions.open_session(registry, person, Stage.SIGNED_IN)
    except OslerError as fault:
        return show_me_again(request, me, fault)
    return enter(request, "/account", opened)


# --- one's own account --------------------------------------------------------------------------------


@router.get("")
def show_me(request: Request) -> Response:
    """Show one's own account."""
    if who_asks(request).signed_in is None:
        return go(request, f"{SIGN_IN}?next=/account")
    return show_me_again(request, signed_in(request))


@router.post("/second-factor")
def do_begin_second_factor(request: Request, current: Typed = "") -> Response:
    """Show a new secret for the app, once the password was typed."""
    me, registry = signed_in(request), registry_of(request)
    try:
        confirm_password(request, me, current)
    except OslerError as fault:
        return show_me_again(request, me, fault)
    second_factor.begin(registry, me.account.person.id)
    return _show_secret(request, me)


@router.post("/second-factor/confirm")
def do_confirm_second_factor(request: Request, code: Typed = "") -> Response:
    """Turn the second factor on, and show the recovery codes this once."""
    me, registry = signed_in(request), registry_of(request)
    try:
        codes = second_factor.confirm(registry, me.account.person.id, code)
    except NotAllowedError as fault:
        return _show_secret(request, me, fault)
    opened = sessions.rotate(registry, me.session)
    names = {"codes": codes, "secret": "", "address": "", "said": ""}
    response = page(request, "account/second_factor.html", names)
    response.headers.append("set-cookie", session_header(who_asks(request), opened.token))
    return response


@router.post("/second-factor/off")
def do_turn_off_second_factor(request: Request, current: Typed = "") -> Response:
    """Turn the second factor off, once the password was typed."""
    me, registry = signed_in(request), registry_of(request)
    try:
        confirm_password(request, me, current)
    except OslerError as fault:
        return show_me_again(request, me, fault)
    person = me.account.person.id
    second_factor.turn_off(registry, person, actor=person)
    return go(request, "/account", sessions.rotate(registry, me.session).token)


def confirm_password(request: Request, me: Current, password: str) -> None:
    """Return where the person's own password was typed; it is counted like an attempt to sign in."""
    registry, person = registry_of(request), me.account.person.id
    take_turn(registry, [(f"account {person}", FAILURES_OF_ACCOUNT)])
    people.check_own_password(me.account, password)
    registry.sign_in.forget_attempts(f"account {person}")


def show_me_again(request: Request, me: Current, fault: OslerError | None = None) -> Response:
    """Return the page of one's own account, with what was wrong above it."""
    left = registry_of(request).people.count_recovery_codes(me.account.person.id)
    sign_on = sign_on_of(request)
    # The provider that the account is tied to, which may be another than the one that is set now.
    tied = sign_on or urlsplit((me.account.subject or "").partition(" ")[0]).hostname or ""
    names: dict[str, Any] = {
        "shortest": SHORTEST,
        "codes_left": left,
        "sign_on": sign_on,
        "provider": tied,
    }
    if fault is not None:
        return again(request, "account/me.html", fault, **names)
    return page(request, "account/me.html", {**names, "said": ""})


def _show_secret(request: Request, me: Current, fault: OslerError | None = None) -> Response:
    account = registry_of(request).people.account(me.account.person.id) or me.account
    if account.pending is None:
        return go(request, "/account")
    names: dict[str, Any] = {
        "secret": " ".join(account.pending[start : start + 4] for start in range(0, 32, 4)),
        "address": second_factor.address_for_app(account),
        "codes": (),
    }
    if fault is not None:
        return again(request, "account/second_factor.html", fault, **names)
    return page(request, "account/second_factor.html", {**names, "said": ""})


def _choosing(request: Request, account: Account) -> dict[str, Any]:
    token = request.path_params["token"]
    link = registry_of(request).sign_in.link(digest_of(token))
    is_invitation = link is not None and link.purpose is Purpose.INVITATION and account.subject is None
    return {
        "for_name": account.person.name,
        "shortest": SHORTEST,
        "action": request.url.path,
        "sign_on": sign_on_of(request) if is_invitation else "",
        "invitation": token,
    }


def _check_same(password: str, again_typed: str) -> None:
    if password != again_typed:
        raise InputError(
            "the two are not the same", item="password", hint="type both again", code="input.password"
        )


def quoted(path: str) -> str:
    """Return ``path`` as the value of a field of an address."""
    return quote(path, safe="/")
