"""Bodies of articles as markup, kept while they are read: laying one out costs more than proving it.

A body is made of what its article's history says and of nothing else, so it is kept under the head of
that history: the hash of every act so far. Whoever reads an article has it read and proved first, as
ever; only then is the body looked up. Approval, a retraction that takes the article back, a correction
and a new version each make another head, and expiry another state: no body outlives what it was made
from. Holds no time, no request and nothing of who reads.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from osler.model.reader import Reader

MOST_CHARACTERS: Final = 8_000_000
"""Of all bodies together, some hundreds of articles: with more, those unread for longest are let go."""


@dataclass(frozen=True, slots=True)
class Made:
    """What a body is made from.

    Attributes:
        head: Hash of the article's whole history.
        state: As shown today; expiry comes without an act.
        version: Which version is shown.
        reader: For whom it is worded.
        part: Which part of the answer.
    """

    head: str
    state: str
    version: int
    reader: Reader
    part: str


class Bodies:
    """Keeps bodies for all threads of one application.

    Args:
        most: Characters of all of them together.
    """

    def __init__(self, most: int = MOST_CHARACTERS) -> None:
        self._most = most
        self._lock = threading.Lock()
        self._kept: OrderedDict[Made, str] = OrderedDict()
        self._size = 0

    def body(self, made: Made, make: Callable[[], str]) -> str:
        """Return the body that is made from ``made``; ``make`` is called where it is not kept."""
        with self._lock:
            known = self._kept.get(made)
            if known is not None:
                self._kept.move_to_end(made)
                return known
        body = make()  # without the lock: two readers may make the same one, and either is right
        with self._lock:
            if made not in self._kept:
                self._kept[made] = body
                self._size += len(body)
            while self._size > self._most:
                _, let_go = self._kept.popitem(last=False)
                self._size -= len(let_go)
        return body
