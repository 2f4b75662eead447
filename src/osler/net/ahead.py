"""Requests on their way at once, answers in order.

Hides the time a server takes to begin its answer: while one answer is being read, the next ones are
already asked for. The rate budget of the client still spaces them.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future
from threading import Thread
from typing import TypeVar

J = TypeVar("J")
R = TypeVar("R")


def in_order(work: Callable[[J], R], jobs: Iterable[J], *, ahead: int) -> Iterator[R]:
    """Yield ``work(job)`` for each job, in the order of ``jobs``, up to ``ahead`` under way at once.

    The first failing job raises when its turn comes, after all results before it; so does ``jobs``
    itself. Jobs are taken only as places become free, in the caller's thread.
    """
    if ahead <= 1:
        for job in jobs:
            yield work(job)
        return
    waiting: deque[Future[R]] = deque()
    source, failure = iter(jobs), None
    while True:
        try:
            job = next(source)
        except StopIteration:
            break
        except Exception as fault:  # noqa: BLE001  raised below, once the results before it are out
            failure = fault
            break
        if len(waiting) >= ahead:
            yield waiting.popleft().result()
        waiting.append(_start(work, job))
    while waiting:
        yield waiting.popleft().result()
    if failure is not None:
        raise failure


def within(work: Callable[[], R], seconds: float) -> R:
    """Return ``work()``, or give it up: whatever it waits for, the caller waits ``seconds`` at most.

    Neither a name server nor a server that sends its headers letter by letter can be held to a time
    from inside; so the work is done in a thread that is left behind.

    Raises:
        TimeoutError: The time is over.
    """
    return _start(lambda _nothing: work(), None).result(timeout=seconds)


def _start(work: Callable[[J], R], job: J) -> Future[R]:
    future: Future[R] = Future()

    def run() -> None:
        try:
            future.set_result(work(job))
        except BaseException as fault:  # noqa: BLE001  the thread that waits for the result raises it
            future.set_exception(fault)

    # A daemon, so that Ctrl-C does not wait for a slow server before the program ends.
    Thread(target=run, daemon=True).start()
    return future
