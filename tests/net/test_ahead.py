"""Several requests under way, answers in order."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest

from osler.net.ahead import in_order


@pytest.mark.parametrize("ahead", [1, 2, 5, 50])
def test_results_come_in_the_order_of_the_jobs(ahead: int) -> None:
    assert list(in_order(lambda job: job * job, range(20), ahead=ahead)) == [n * n for n in range(20)]


def test_as_many_as_allowed_are_under_way_at_once_and_never_more() -> None:
    lock, together, most = threading.Lock(), 0, 0
    meeting = threading.Barrier(3, timeout=5)

    def work(job: int) -> int:
        nonlocal together, most
        with lock:
            together += 1
            most = max(most, together)
        meeting.wait()
        with lock:
            together -= 1
        return job

    assert list(in_order(work, range(9), ahead=3)) == list(range(9))
    assert most == 3


def test_a_failing_job_raises_after_the_results_before_it() -> None:
    def work(job: int) -> int:
        if job == 3:
            raise LookupError("third")
        return job

    results = in_order(work, range(9), ahead=4)
    assert [next(results) for _ in range(3)] == [0, 1, 2]
    with pytest.raises(LookupError, match="third"):
        next(results)


def test_a_failing_list_of_jobs_raises_after_the_results_before_it() -> None:
    def jobs() -> Iterator[int]:
        yield from range(2)
        raise LookupError("list")

    results = in_order(lambda job: job, jobs(), ahead=4)
    assert [next(results) for _ in range(2)] == [0, 1]
    with pytest.raises(LookupError, match="list"):
        next(results)


def test_jobs_are_taken_only_as_places_become_free() -> None:
    taken: list[int] = []

    def jobs() -> Iterator[int]:
        for job in range(100):
            taken.append(job)
            yield job

    results = in_order(lambda job: job, jobs(), ahead=3)
    assert next(results) == 0
    assert len(taken) <= 4
    results.close()
