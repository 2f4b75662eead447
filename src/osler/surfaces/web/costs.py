"""Which requests cost about as much as a question does, and are counted as one."""

from __future__ import annotations

import re
from enum import StrEnum
from typing import Final

from fastapi import Request

ASKS: Final = frozenset({"/ask", "/ask/stream", "/ask/export", "/share", "/follow"})
_EXPORTS: Final = re.compile(r"/(?:a|articles)/[^/]+/export/[^/]+")
"""A kept answer or an article as a file: laying out a PDF takes longer than most questions."""
_SOLVES: Final = "/mechanism/simulation"


class Costs(StrEnum):
    """What is counted, each for itself."""

    QUESTION = "question"
    FRAME = "frame"
    FILE = "file"


def costs_of(request: Request) -> Costs | None:
    """Return what ``request`` is counted as, or None where it costs little.

    The frame of a page that is streamed is understood and not answered; its stream is a question of its
    own. A frame is what our own pages ask for and nothing near it: ``stream=0`` is answered.
    """
    path = request.url.path
    if path == "/ask" and request.query_params.getlist("stream") == ["1"]:
        return Costs.FRAME
    if path in ASKS or (path == _SOLVES and request.method == "POST"):
        return Costs.QUESTION
    return Costs.FILE if _EXPORTS.fullmatch(path) else None
