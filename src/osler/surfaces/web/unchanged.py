"""Pages that a browser has already: named by their bytes, and not sent twice.

The name is a hash of the whole page as this browser would get it, made anew for each request. What
changes on it, be it a word, a state or a form's token, makes another name, so that nothing old can be
taken for new; a browser must ask each time. Only for pages that hold nothing of what a person asked.
"""

from __future__ import annotations

import hashlib
from typing import Final

from fastapi import Request
from fastapi.responses import Response

ASK_EACH_TIME: Final = "private, no-cache"
_DIGITS: Final = 32
_KEPT_HEADERS: Final = ("cache-control", "etag", "vary", "x-robots-tag")


def named(request: Request, response: Response) -> Response:
    """Return ``response`` with its name, or 304 alone where the browser says that it has it."""
    tag = f'"{hashlib.sha256(bytes(response.body)).hexdigest()[:_DIGITS]}"'
    response.headers["etag"] = tag
    response.headers["cache-control"] = ASK_EACH_TIME
    if not _has(request.headers.get("if-none-match", ""), tag):
        return response
    headers = {name: response.headers[name] for name in _KEPT_HEADERS if name in response.headers}
    return Response(status_code=304, headers=headers)


def _has(known: str, tag: str) -> bool:
    """Tell whether ``tag`` is among those that a browser names; a proxy may have made them weak."""
    names = {name.strip().removeprefix("W/") for name in known.split(",")}
    return tag in names or known.strip() == "*"
