"""How a process is measured: time of each call, memory held, and figures handed from child to parent."""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

Given = TypeVar("Given")
Figures = dict[str, float]


@dataclass(frozen=True, slots=True)
class Times:
    """What calls took, in milliseconds, in order of size.

    Attributes:
        cpu: Processor time of the whole process, all its threads: on a busy machine what one thread
            would be waited for on an idle one.
        wall: Time by the clock.
    """

    cpu: tuple[float, ...]
    wall: tuple[float, ...]

    def figures(self, prefix: str = "") -> Figures:
        """Return the usual percentiles, under names that begin with ``prefix``."""
        return {
            f"{prefix}p50_ms": percentile(self.cpu, 50),
            f"{prefix}p95_ms": percentile(self.cpu, 95),
            f"{prefix}p99_ms": percentile(self.cpu, 99),
            f"{prefix}wall_ms": percentile(self.wall, 50),
        }


def time_each(call: Callable[[Given], object], given: Iterable[Given]) -> Times:
    """Return what ``call`` took for each of ``given``, once each."""
    cpu, wall = [], []
    for one in given:
        cpu_begun, begun = time.process_time(), time.perf_counter()
        call(one)
        wall.append((time.perf_counter() - begun) * 1000)
        cpu.append((time.process_time() - cpu_begun) * 1000)
    return Times(tuple(sorted(cpu)), tuple(sorted(wall)))


def percentile(values: Sequence[float], share: int) -> float:
    """Return the value of ``values``, which rise, that ``share`` of a hundred do not exceed."""
    return values[min(len(values) - 1, len(values) * share // 100)]


def held_mb() -> float:
    """Return the memory that this process holds now, mapped files that were read included."""
    try:
        return _status("VmRSS")
    except OSError:  # no Linux: the most it has held is all that can be had
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def own_mb() -> float:
    """Return the part of ``held_mb`` that no file stands behind: what the system cannot take back."""
    try:
        return _status("RssAnon")
    except OSError:
        return float("nan")


def _status(name: str) -> float:
    for line in Path("/proc/self/status").read_text("ascii").splitlines():
        if line.startswith(name):
            return int(line.split()[1]) / 1024
    raise OSError(f"no {name} in /proc/self/status")


def disk_mb(folder: Path) -> float:
    """Return the size of all files below ``folder``."""
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()) / 1e6


def run_child(script: str, *options: object) -> Figures:
    """Run ``script`` in a process of its own; return the figures in the last line that it prints.

    Raises:
        SystemExit: It failed; what it said stands above.
    """
    command = [sys.executable, script, *map(str, options)]
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=False)
    if done.returncode:
        print(done.stdout)
        raise SystemExit(f"{' '.join(command)} ended with {done.returncode}")
    figures: Figures = json.loads(done.stdout.splitlines()[-1])
    return figures


def markdown(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return a Markdown table, ready for the documents."""
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)
