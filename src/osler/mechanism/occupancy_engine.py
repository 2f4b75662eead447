"""The engine that solves the SBML file: libroadrunner, imported on use and nowhere else.

Knows no drug and no unit: it sets what it is told by id, runs, and returns plain lists. Its faults are
turned into ours here.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from threading import Lock
from typing import Any, Final

from osler.errors import OslerError, UsageError

EXACT: Final = 1e-10
QUICK: Final = 1e-6
"""Relative tolerances: of what is printed, and of the samples behind a band."""


@dataclass(frozen=True, slots=True)
class Start:
    """What a run sets: ``values`` (parameters) first, then ``state``, both by SBML id."""

    values: Mapping[str, float]
    state: Mapping[str, float]


class Engine:
    """One compiled model; every run begins from the same state, whatever ran before.

    One run at a time: the compiled model holds the state of its run, and a site has many threads.
    """

    def __init__(self, sbml: str) -> None:
        self._lock = Lock()
        runner = _package()
        try:
            self._runner: Any = runner.RoadRunner(sbml)
        except RuntimeError as fault:
            raise _broken(fault) from fault

    def run(
        self, start: Start, times_h: Sequence[float], wanted: Sequence[str], *, tolerance: float = EXACT
    ) -> list[list[float]]:
        """Return one row for each time, with the value of each id in ``wanted``.

        Raises:
            OslerError: ``fault.engine``: the equations could not be solved.
        """
        runner = self._runner
        try:
            with self._lock:
                runner.resetAll()
                for name, value in (*start.values.items(), *start.state.items()):
                    runner.setValue(name, value)
                runner.integrator.relative_tolerance = tolerance
                runner.integrator.absolute_tolerance = tolerance * 1e-4
                rows = runner.simulate(times=list(times_h), selections=["time", *wanted]).tolist()
        except RuntimeError as fault:
            raise _broken(fault) from fault
        return [row[1:] for row in rows]


@cache
def open_engine(sbml: str) -> Engine:
    """Return the engine of an SBML document; it is compiled once in a process.

    Raises:
        UsageError: ``usage.extra``: the extra ``simulate`` is not installed.
        OslerError: ``fault.engine``: the file cannot be compiled.
    """
    return Engine(sbml)


def _package() -> Any:
    try:
        import roadrunner
    except ImportError as fault:
        raise UsageError(
            "this needs the package libroadrunner, which is not installed",
            item="osler[simulate]",
            hint="pip install 'osler[simulate]'",
            code="usage.extra",
        ) from fault
    roadrunner.Logger.setLevel(roadrunner.Logger.LOG_ERROR)
    return roadrunner


def _broken(fault: RuntimeError) -> OslerError:
    return OslerError(
        f"the equations could not be solved: {fault}".replace("\n", " "),
        hint="OSLER_DEBUG=1 prints the traceback; please report it",
        code="fault.engine",
    )
