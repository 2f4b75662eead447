"""Latency, measured: how long a search and an answer take, in a process that runs and in a new one.

Warm is what a page or a program sees that keeps the library open. Cold is what a person at the terminal
waits for: a process of its own for each question, from its start to its end, interpreter included; the
operating system's file cache is as it is.
"""

from __future__ import annotations

import os
import subprocess
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Final

from osler.errors import Exit, InputError, OslerError
from osler.evaluate.datasets import load_questions
from osler.evaluate.measures import time_summary
from osler.evaluate.run import Item, LibraryFacts, Run, RunKind, this_machine, versions_of
from osler.service.ask import ask
from osler.service.search import search
from osler.service.wiring import Desk

TOP: Final = 10
ROUNDS: Final = 3
COLD_QUESTIONS: Final = 20
LONGEST_S: Final = 120
COMMANDS: Final = ("search", "ask")
ENDED_WELL: Final = frozenset({Exit.DONE, Exit.NO_ANSWER})

Progress = Callable[[int, int | None, str], None]


@dataclass(frozen=True, slots=True)
class Cold:
    """How to ask in a new process.

    Attributes:
        program: Words that start the command line, to which ``search QUESTION`` is added.
        questions: How many questions, spread over the file, are asked that way; 0 asks none.
    """

    program: tuple[str, ...]
    questions: int = COLD_QUESTIONS


def evaluate_latency(
    desk: Desk, file: Path, *, cold: Cold, rounds: int = ROUNDS, progress: Progress | None = None
) -> Run:
    """Return the times of ``search`` and ``ask`` for the questions in ``file``.

    Warm, every question is asked once untimed, then ``rounds`` times, each command in turn, and its
    median counts: one slow moment of the machine is not the question's fault.

    Raises:
        InputError: The file holds no question, or none that can be asked.
    """
    origin, questions = load_questions(file)
    begun, started = time.perf_counter(), desk.now().isoformat(timespec="seconds")
    chosen = set(spread(questions, cold.questions))
    items = []
    for number, question in enumerate(questions, start=1):
        items.append(_measure(desk, question, number, cold if question in chosen else None, rounds))
        if progress is not None:
            progress(number, len(questions), "questions")
    asked = [item for item in items if not item.fault]
    if not asked:
        raise InputError("none of its questions can be asked", item=origin.name, code="input.value")
    summary: dict[str, float] = {"questions": len(asked), "cold_questions": len(chosen)}
    for name in [f"{command}_{how}_ms" for how in ("warm", "cold") for command in COMMANDS]:
        times = [item.values[name] for item in asked if name in item.values]
        if times:
            summary |= time_summary(name.removesuffix("_ms"), times)
    return Run(
        kind=RunKind.LATENCY,
        system="osler",
        dataset=origin,
        settings={"rounds": rounds, "top": TOP, "cold_questions": cold.questions},
        versions=versions_of("tantivy"),
        machine=this_machine(),
        library=LibraryFacts(desk.store.snapshot(), desk.store.count_sources(), desk.index.size),
        started=started,
        seconds=round(time.perf_counter() - begun, 3),
        summary=summary,
        items=tuple(items),
        notes=tuple(
            f"question {item.id} could not be asked: {item.fault}" for item in items if item.fault
        ),
    )


def spread(questions: Sequence[str], count: int) -> tuple[str, ...]:
    """Return ``count`` of ``questions`` at even distances, or all where there are fewer."""
    if count <= 0:
        return ()
    if count >= len(questions):
        return tuple(questions)
    return tuple(questions[place * len(questions) // count] for place in range(count))


def _measure(desk: Desk, question: str, number: int, cold: Cold | None, rounds: int) -> Item:
    ways: dict[str, Callable[[], object]] = {
        "search": lambda: search(desk, question, top=TOP),
        "ask": lambda: ask(desk, question),
    }
    values: dict[str, float] = {}
    try:
        for name, way in ways.items():
            way()
            times = sorted(_time(way) for _ in range(rounds))
            values[f"{name}_warm_ms"] = round(times[len(times) // 2], 3)
        if cold is not None:
            for name in ways:
                start = partial(_start, desk, [*cold.program, name, question])
                values[f"{name}_cold_ms"] = round(_time(start), 3)
    except OslerError as fault:
        return Item(str(number), question, {}, {}, f"{fault.code}: {fault.message}")
    return Item(str(number), question, values, {})


def _time(way: Callable[[], object]) -> float:
    begun = time.perf_counter()
    way()
    return (time.perf_counter() - begun) * 1000


def _start(desk: Desk, words: Sequence[str]) -> None:
    """Run one command to its end.

    Raises:
        OslerError: ``fault.unexpected``: it did not end as it should.
    """
    environment = {**os.environ, "OSLER_HOME": str(desk.settings.home), "OSLER_OFFLINE": "1"}
    done = subprocess.run(  # noqa: S603 - our own program, no shell, the words are data
        words, env=environment, capture_output=True, check=False, timeout=LONGEST_S
    )
    if done.returncode not in ENDED_WELL:
        said = done.stderr.decode(errors="replace").strip().splitlines()
        raise OslerError(said[-1] if said else f"exit {done.returncode}", code="fault.unexpected")
