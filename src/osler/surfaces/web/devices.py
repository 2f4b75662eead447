"""The marks by which a browser is known as one on which somebody has signed in before."""

from __future__ import annotations

from typing import Final

from fastapi import Request
from fastapi.responses import Response

from osler.accounts.devices import make_mark, place_of
from osler.model.account import Account
from osler.surfaces.web.seams import parts_of
from osler.surfaces.web.sessions import cookie_header, cookie_name, who_asks

DEVICE: Final = "osler_device_"
LASTS_S: Final = 180 * 24 * 3600
"""Half a year: who stays away for longer is a stranger to this browser, and no worse off than others."""


def know_again(request: Request, response: Response, account: Account) -> Response:
    """Return ``response`` with a mark by which this browser is known as one of ``account``."""
    mark = make_mark(parts_of(request).accounts.registry(), account)
    if mark:
        name, is_secure = DEVICE + place_of(account.person.id), who_asks(request).is_secure
        cookie = cookie_header(name, mark, is_secure=is_secure, lasts_s=LASTS_S)
        response.headers.append("set-cookie", cookie)
    return response


def marks_of(request: Request) -> dict[str, str]:
    """Return the marks of earlier sign-ins that a browser holds, by whose they are."""
    start = cookie_name(DEVICE, is_secure=who_asks(request).is_secure)
    return {
        name.removeprefix(start): mark
        for name, mark in request.cookies.items()
        if name.startswith(start)
    }
