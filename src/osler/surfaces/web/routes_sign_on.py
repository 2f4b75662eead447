"""Signing in by the identity provider: the way there, the way back, tied and untied."""

from __future__ import annotations

import logging
from typing import Annotated, Any, Final

from fastapi import APIRouter, Form, Request
from fastapi.responses import Response

from osler.accounts import sessions
from osler.accounts.sign_on import ties
from osler.accounts.sign_on.code_flow import BACK, CodeFlow, Proven
from osler.accounts.sign_on.errand import LASTS, Aim
from osler.accounts.sign_on.faults import SignOnError
from osler.errors import NotFoundError, OslerError
from osler.model.account import Stage
from osler.surfaces.web.faults import status_of
from osler.surfaces.web.pages import page
from osler.surfaces.web.routes_account import (
    SIGN_IN,
    confirm_password,
    go,
    local,
    quoted,
    registry_of,
    show_me_again,
    signed_in,
)
from osler.surfaces.web.seams import parts_of
from osler.surfaces.web.sessions import cookie_header, cookie_name, who_asks

router = APIRouter()
_log = logging.getLogger("osler.web")

Typed = Annotated[str, Form()]
ERRAND: Final = "osler_sign_on"
START: Final = "/account/sign-on"


def flow_of(request: Request) -> CodeFlow:
    """Return the way by the provider.

    Raises:
        NotFoundError: None is set.
    """
    flow = parts_of(request).sign_on
    if flow is None:
        raise NotFoundError("there is nothing at this address")
    return flow


@router.post(START)
def do_begin(
    request: Request,
    invitation: Typed = "",
    next: Typed = "/",  # noqa: A002 - the field's name
) -> Response:
    """Send somebody to the provider, to sign in or to take up an invitation."""
    aim = Aim.SIGN_IN
    if invitation:
        ties.account_of_invitation(registry_of(request), invitation)
        aim = Aim.INVITATION
    return _send_off(request, aim, proof=invitation, next=local(next))


@router.post(f"{START}/tie")
def do_begin_to_tie(request: Request, current: Typed = "") -> Response:
    """Send somebody to the provider to tie their account, once its password was typed."""
    me = signed_in(request)
    try:
        confirm_password(request, me, current)
    except OslerError as fault:
        return show_me_again(request, me, fault)
    return _send_off(request, Aim.TIE, proof=me.session.digest, next="/account")


@router.post(f"{START}/untie")
def do_untie(request: Request, current: Typed = "") -> Response:
    """Untie one's own account, once its password was typed; this browser goes on under a new token."""
    me, registry = signed_in(request), registry_of(request)
    try:
        confirm_password(request, me, current)
        ties.untie(registry, me.account.person.id, actor=me.account.person.id)
    except OslerError as fault:
        return show_me_again(request, me, fault)
    opened = sessions.open_session(registry, me.account.person.id, Stage.SIGNED_IN)
    return go(request, "/account", opened.token)


@router.get(BACK)
def show_back(request: Request) -> Response:
    """Take in whoever the provider sends back, or say what to do next; the errand is over either way."""
    who, flow, registry = who_asks(request), flow_of(request), registry_of(request)
    cookie = request.cookies.get(cookie_name(ERRAND, is_secure=who.is_secure), "")
    try:
        proven = flow.finish(registry, cookie, _fields(request), address=who.address)
        response = _take_in(request, proven)
    except OslerError as fault:
        if isinstance(fault, SignOnError):
            registry.note("sign_on_failed", detail=fault.code, address=who.address)
        _log.info("sign-on: %s", fault.code)
        response = _tell(request, flow, fault)
    over = cookie_header(ERRAND, "", is_secure=who.is_secure, lasts_s=0)
    response.headers.append("set-cookie", over)
    return response


def _send_off(request: Request, aim: Aim, *, proof: str, next: str) -> Response:  # noqa: A002 - as above
    """Return a page that leads to the provider.

    Not a redirection: browsers hold those that follow a form to ``form-action``, which names this site
    alone. ``Refresh`` is a step of its own; where it is switched off, the page has the link.
    """
    who, flow = who_asks(request), flow_of(request)
    try:
        begun = flow.begin(registry_of(request), aim, address=who.address, proof=proof, next=next)
    except OslerError as fault:
        return _tell(request, flow, fault)
    response = page(request, "account/leaving.html", {"provider": flow.name, "address": begun.address})
    response.headers["refresh"] = f"0;url={begun.address}"
    lasts_s = int(LASTS.total_seconds())
    cookie = cookie_header(ERRAND, begun.cookie, is_secure=who.is_secure, lasts_s=lasts_s)
    response.headers.append("set-cookie", cookie)
    return response


def _take_in(request: Request, proven: Proven) -> Response:
    who, registry, errand = who_asks(request), registry_of(request), proven.errand
    before = None if who.current is None else who.current.session
    if errand.aim is Aim.TIE:
        opened = ties.tie(
            registry, signed_in(request), proven.subject, proof=errand.proof, address=who.address
        )
    elif errand.aim is Aim.INVITATION:
        opened = ties.accept_invitation(
            registry, errand.proof, proven.subject, address=who.address, before=before
        )
    else:
        opened = ties.let_in(registry, proven.subject, address=who.address, before=before)
    place = local(errand.next)
    if opened.session.stage is Stage.PASSWORD:
        place = f"{SIGN_IN}?next={quoted(place)}"
    return go(request, place, opened.token)


def _fields(request: Request) -> dict[str, str]:
    """Return what the provider sent along; a field that comes twice counts as none (RFC 6749, 3.1)."""
    given = request.query_params
    return {name: value for name, value in given.items() if len(given.getlist(name)) == 1}


def _tell(request: Request, flow: CodeFlow, fault: OslerError) -> Response:
    names: dict[str, Any] = {"provider": flow.name, "said": fault.message, "hint": fault.hint}
    response = page(request, "account/sign_on_failed.html", names, status=status_of(fault))
    wait_s = getattr(fault, "wait_s", None)
    if wait_s is not None:
        response.headers["retry-after"] = str(int(wait_s) + 1)
    return response
