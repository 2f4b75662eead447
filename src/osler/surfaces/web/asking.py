"""One question as an address: what is asked, for whom, after which answer."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Final
from urllib.parse import urlencode

from fastapi import Request

from osler.errors import UsageError
from osler.model.reader import Reader
from osler.surfaces.web.visitor import visitor_of

_TURNS: Final = re.compile("[\u202a-\u202e\u2066-\u2069]")
"""Marks that turn the direction of what follows: a link with them could make a page read otherwise."""


@dataclass(frozen=True, slots=True)
class Asking:
    """A question as it comes in.

    Attributes:
        question: As typed.
        reader: Who reads the answer.
        follow: Id of the kept answer that it follows, or empty.
        chosen: Whether the reader was named with this question, and so is worth remembering.
        anew: Whether the library is asked even where an approved article answers the question.
    """

    question: str
    reader: Reader
    follow: str = ""
    chosen: bool = False
    anew: bool = False

    def address(self, path: str = "/ask", **more: str) -> str:
        """Return ``path`` with the question, and ``more``, in its query."""
        return f"{path}?{urlencode({**self.fields, **more})}"

    def read_as(self, reader: str) -> Asking:
        """Return the same question for another reader."""
        return replace(self, reader=Reader(reader))

    @property
    def fields(self) -> dict[str, str]:
        """The question as fields of a form or of a query."""
        follow = {"follow": self.follow} if self.follow else {}
        anew = {"anew": "1"} if self.anew else {}
        return {"q": self.question, "as": self.reader.value, **follow, **anew}


def asking_of(
    request: Request, question: str, reader: str, follow: str, *, anew: bool = False
) -> Asking:
    """Return what was asked; where no reader is named, the one that the browser remembers.

    Raises:
        UsageError: There is no such reader.
    """
    readers = {each.value for each in Reader}
    if reader and reader not in readers:
        hint = f"choose one of {', '.join(sorted(readers))}"
        raise UsageError("nobody reads as that", item="as", hint=hint)
    remembered = visitor_of(request).reader
    wanted = Reader(reader) if reader else remembered
    return Asking(_TURNS.sub("", question).strip(), wanted, follow, bool(reader), anew)
