"""Work that hands over what it has so far, and goes on while that travels."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextvars import copy_context
from queue import SimpleQueue
from typing import TypeVar

T = TypeVar("T")


def in_turn(work: Callable[[Callable[[T], None]], T]) -> Iterator[tuple[T, bool]]:
    """Yield what ``work`` hands over on its way, then what it returns; each with whether it is last.

    The work runs in a thread of its own, in the context of whoever asks for the first value, and comes
    to its end whether or not anybody waits for it: what it has borrowed is given back.

    Raises:
        Exception: What ``work`` raises.
    """
    queue: SimpleQueue[tuple[T, bool] | BaseException] = SimpleQueue()

    def run() -> None:
        try:
            queue.put((work(lambda found: queue.put((found, False))), True))
        except BaseException as fault:  # noqa: BLE001 - handed to whoever waits, who would wait for ever
            queue.put(fault)

    threading.Thread(target=copy_context().run, args=(run,), daemon=True).start()
    while True:
        found = queue.get()
        if isinstance(found, BaseException):
            raise found
        yield found
        if found[1]:
            return
