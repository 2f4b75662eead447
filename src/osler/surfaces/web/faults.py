"""Pages for what went wrong: one sentence on what happened, one on what to do next."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from typing import Any, Final

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import Response
from starlette.exceptions import HTTPException

from osler.accounts.limits import TooManyError
from osler.errors import Exit, OslerError
from osler.surfaces.web.pages import page, render

_log = logging.getLogger("osler.web")

STATUSES: Final[Mapping[Exit, int]] = {
    Exit.FAULT: 500,
    Exit.USAGE: 400,
    Exit.REFUSED: 422,
    Exit.NOT_FOUND: 404,
    Exit.NO_ANSWER: 404,
    Exit.OFFLINE: 503,
    Exit.NOT_ALLOWED: 403,
    Exit.INDEX_MISMATCH: 503,
}
BUSY: Final = frozenset({"library.busy", "library.unreachable", "not_found.library"})
"""Not the fault of the address: the library is not to be had just now."""
FOR_THE_LOG: Final = frozenset({"library.unreachable"})
"""What whoever runs the site has to mend, and readers can only wait for."""
WORDS: Final[Mapping[int, tuple[str, str]]] = {
    400: ("That request could not be read", "Go back to the question and ask it again."),
    403: ("That is not allowed from here", "Open the page anew and try again."),
    404: ("There is nothing at this address", "The address may be mistyped, or an answer has expired."),
    405: ("This address cannot be used that way", "Start from the question."),
    408: ("That took too long to arrive", "Send it again."),
    409: ("Somebody else was quicker", "Go back, load the page anew and look at what changed."),
    413: ("That is too much to read at once", "A question has at most 2,000 characters."),
    421: ("This service does not go by that name", "Use the address that you were given."),
    422: ("That could not be accepted", "Put it in other words, and ask again."),
    429: ("That was asked too often", "Wait a moment."),
    500: ("Something went wrong on our side", "Nothing of yours was kept. Try again in a moment."),
    503: ("The library cannot be reached just now", "Try again in a moment."),
}
RETRY_S: Final = "5"


def install(app: FastAPI) -> None:
    """Make ``app`` answer every fault with a page."""
    app.add_exception_handler(OslerError, _tell_ours)
    app.add_exception_handler(HTTPException, _tell_http)
    app.add_exception_handler(RequestValidationError, _tell_invalid)


def fault_page(request: Request, status: int, *, said: str = "", hint: str = "") -> Response:
    """Return the page for ``status``; ``said`` and ``hint`` are what the fault itself has to say."""
    title, step = WORDS.get(status, WORDS[500])
    names: dict[str, Any] = {"status": status, "title": title, "said": said, "step": hint or step}
    response = page(request, "fault_page.html", names, status=status)
    if status == 503:
        response.headers["retry-after"] = RETRY_S
    return response


def fault_part(request: Request, fault: OslerError) -> str:
    """Return what went wrong as a part of a page that has begun."""
    title, step = WORDS[status_of(fault)]
    _note(fault)
    names = {"title": title, "said": _said(fault), "step": _hint(fault) or step}
    return render(request, "fault_part.html", names)


def status_of(fault: OslerError) -> int:
    """Return the status of HTTP that says the same as ``fault``."""
    if fault.code in BUSY:
        return 503
    if isinstance(fault, TooManyError):
        return 429
    if fault.code == "library.moved":
        return 409
    return 413 if fault.code == "input.too_long" else STATUSES[fault.exit]


def page_of(request: Request, fault: OslerError) -> Response:
    """Return the page that tells of ``fault``, and when to come back where it says."""
    _note(fault)
    response = fault_page(request, status_of(fault), said=_said(fault), hint=_hint(fault))
    if isinstance(fault, TooManyError):
        response.headers["retry-after"] = str(int(fault.wait_s) + 1)
    return response


def _tell_ours(request: Request, fault: Exception) -> Response:
    if not isinstance(fault, OslerError):
        raise fault
    return page_of(request, fault)


def _said(fault: OslerError) -> str:
    """Return the fault's own words as a sentence; those of a fault of ours are for the log."""
    return "" if _is_ours(fault) else fault.message[:1].upper() + fault.message[1:]


def _hint(fault: OslerError) -> str:
    """Return what the fault says to do next, where that is for whoever sent the request."""
    return "" if _is_ours(fault) else fault.hint


def _is_ours(fault: OslerError) -> bool:
    return status_of(fault) == 500 or fault.code in FOR_THE_LOG


def _note(fault: OslerError) -> None:
    if _is_ours(fault):
        _log.error("%s", fault.as_line())


def _tell_http(request: Request, fault: Exception) -> Response:
    status = fault.status_code if isinstance(fault, HTTPException) else 500
    response = fault_page(request, status)
    if isinstance(fault, HTTPException) and fault.headers:
        response.headers.update(fault.headers)
    return response


def _tell_invalid(request: Request, fault: Exception) -> Response:
    del fault  # its text repeats what was given
    return fault_page(request, 422)
