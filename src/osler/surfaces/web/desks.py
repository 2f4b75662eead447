"""Desks for requests: each is lent to one request at a time, so that threads never share a part of one.

A desk costs some 30 ms to open (SQLite connection, index, words) and nothing to lend. One that has
served many requests, or stands at an older state of the library than the database, is closed and opened
anew: what it remembers stays bounded, and what another process added is found. The index is open once
and read by all of them at the same time: it does not change while it is open. A question keeps a desk
for much longer than a page that is only read, so questions never take all of them: who reads an article
or a passage does not wait behind those who ask. No clock, no rendering.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from osler.errors import LibraryError
from osler.service.wiring import Desk, open_desk
from osler.surfaces.web.sessions import readable_scopes

if TYPE_CHECKING:
    from osler.index.reader import EmbeddedIndex

MOST_DESKS: Final = 4
MOST_ASKING: Final = 2
"""Questions answered at once: more keep each other from the one interpreter and end no sooner."""
USES: Final = 500
"""Requests after which a desk is opened anew; the words that it remembers grow with each question."""
WAIT_S: Final = 10.0


@dataclass(slots=True)
class _Lent:
    """One open desk, with what is needed to tell whether it may be lent again.

    ``state`` is the library's identity and the number of its newest change.
    """

    desk: Desk
    opened: AbstractContextManager[Desk]
    state: tuple[str, int]
    uses: int = 0

    def is_fit(self) -> bool:
        is_current = self.desk.store.last_sequence() == self.state[1]
        return is_current and self.uses < USES and not self.desk.is_behind

    def close(self) -> None:
        self.opened.__exit__(None, None, None)


class Desks:
    """Lends desks of one library to the threads that serve requests.

    Args:
        environment: Where the settings come from; None is the process's own environment.
        most: How many desks may be open at once.
        asking: How many of them may answer questions.
        wait_s: Seconds that a request waits for a desk.
    """

    def __init__(
        self,
        environment: Mapping[str, str] | None = None,
        *,
        most: int = MOST_DESKS,
        asking: int = MOST_ASKING,
        wait_s: float = WAIT_S,
    ) -> None:
        self._environment = environment
        self._wait_s = wait_s
        self._free = threading.BoundedSemaphore(most)
        self._may_ask = threading.BoundedSemaphore(min(asking, most))
        self._lock = threading.Lock()
        self._idle: list[_Lent] = []
        self._index: tuple[tuple[str, int], EmbeddedIndex] | None = None

    @contextmanager
    def borrow_to_ask(self) -> Iterator[Desk]:
        """Lend a desk as ``borrow`` does, to answer a question at.

        Raises:
            LibraryError: ``library.busy``: too many are being answered, and none ended in time.
            NotFoundError: There is no library.
        """
        with self._place(self._may_ask), self.borrow() as desk:
            yield desk

    @contextmanager
    def borrow(self) -> Iterator[Desk]:
        """Lend a desk for the length of the block; what it had to say before is forgotten.

        It reads what whoever sent the request may read.

        Raises:
            LibraryError: ``library.busy``: all are in use and none came free in time.
            NotFoundError: There is no library.
        """
        with self._place(self._free):
            lent = self._take()
            try:
                yield lent.desk.reading(readable_scopes())
            except BaseException:
                lent.close()  # it may be what failed
                raise
            lent.uses += 1
            with self._lock:
                self._idle.append(lent)
                if lent.desk.has_index and not lent.desk.is_behind:
                    self._index = lent.state, lent.desk.index

    def close(self) -> None:
        """Close every desk that is not lent."""
        with self._lock:
            idle, self._idle = self._idle, []
            self._index = None
        for lent in idle:
            lent.close()

    @contextmanager
    def _place(self, places: threading.Semaphore) -> Iterator[None]:
        """Hold one of ``places`` for the length of the block."""
        if not places.acquire(timeout=self._wait_s):
            raise LibraryError(
                "too many questions at once",
                hint="try again in a few seconds",
                code="library.busy",
            )
        try:
            yield
        finally:
            places.release()

    def _take(self) -> _Lent:
        while True:
            with self._lock:
                lent = self._idle.pop() if self._idle else None
            if lent is None:
                return self._open()
            try:
                fit = lent.is_fit()
            except LibraryError:
                fit = False  # the file was replaced, as by a restore
            if fit:
                lent.desk.notices.clear()
                return lent
            lent.close()

    def _open(self) -> _Lent:
        opened = open_desk(self._environment, holder="osler serve")
        desk = opened.__enter__()
        try:
            state = desk.store.identity(), desk.store.last_sequence()
            with self._lock:
                known = self._index
            if known is not None and known[0] == state:
                desk.index = known[1]
            return _Lent(desk, opened, state)
        except BaseException:
            opened.__exit__(None, None, None)
            raise
