"""Two hundred readers before one `osler serve` with a library of 200,000 passages, and its memory.

Needs the developer data (OSLER_DEV_DATA, default ../shared/data); skips with a message where it is
absent. Builds the library once, as `bench/growth.py` does, and keeps it with `--work FOLDER`; approves
articles in it by the desk's own functions. Then two runs, each against a fresh server on loopback with
the settings of `make serve`:

- readers: `--readers` at once for `--minutes`, each with a thinking time drawn from an exponential
  distribution with a mean of ten seconds; one request in ten is a question that nobody has asked in the
  run. The first minute warms and counts for errors only.
- memory: `--requests` of the same mix, as fast as a few clients get their answers, after 2,500 to warm.

Readers, server and everything else share the machine: the processors that each kept busy, and the load
average, are printed beside the figures. Prints tables for the documents, draws `--plot FOLDER`, writes
`--json FILE`, and exits 1 when a bar is missed.

    python bench/readers.py [--data FOLDER] [--work FOLDER] [--readers N] [--minutes N] [--requests N]
                            [--passages N] [--articles N] [--only readers|memory] [--plot FOLDER]
                            [--json FILE]
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import random
import statistics
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path

from engines.osler_library import environment
from material.bars import Verdict, at_most
from material.process import markdown, percentile, run_child
from material.published import publish
from material.questions import bioasq_bodies, new_questions
from material.readers import ARTICLE, FIRST, MIX, QUESTION, Reader, Seen
from material.records import default_data, is_here
from material.served import Served, Shares, Use, serve, shares
from osler.service.articles.show import list_articles
from osler.service.wiring import open_desk

THINKING_S = 10.0
WARMING_S = 60.0
SAMPLE_S = 5.0
CLIENTS = 4
EVERY = 500
WARMING_REQUESTS = 2500
"""What comes before the requests that are measured: a server that has just begun holds no words yet."""

STEPS = 200
ARTICLE_MS = 100
QUESTION_MS = 1000
FLAT = 1.05
"""Memory of the last quarter of the requests, in that of the first: medians."""

GROWTH = Path(__file__).with_name("growth.py")


@dataclass(frozen=True, slots=True)
class Run:
    """One run.

    Attributes:
        seen: What readers saw.
        took_s: How long it took, warming left out.
        busy: Processors kept busy meanwhile.
        load: Load average of one minute at the beginning and at the end.
        samples: Requests sent so far, and what was used by then.
        warm_at: Requests after which memory is measured.
    """

    seen: Seen
    took_s: float
    busy: Shares
    load: tuple[float, float]
    samples: list[tuple[int, Use]] = field(default_factory=list)
    warm_at: int = 0


def main() -> int:
    """Build, publish, run, print; return 1 when a bar is missed."""
    arguments = read_arguments()
    if not is_here(arguments.data):
        return 0
    with tempfile.TemporaryDirectory() as scratch:
        home = library(arguments, arguments.work or Path(scratch))
        slugs, asked = articles(arguments, home)
        questions = iter(new_questions(arguments.data, apart_from=asked))
        log = Path(scratch) / "serve.log"
        runs: dict[str, Run] = {}
        if arguments.only != "memory":
            with serve(environment(home), log) as served:
                runs["readers"] = asyncio.run(read_along(arguments, served, slugs, questions))
        if arguments.only != "readers":
            with serve(environment(home), log) as served:
                runs["memory"] = asyncio.run(hurry(arguments, served, slugs, questions))
    if arguments.json:
        arguments.json.write_text(json.dumps({name: _plain(run) for name, run in runs.items()}), "utf-8")
    show(runs)
    if arguments.plot:
        draw(arguments.plot, runs)
    verdicts = [verdict for name, run in runs.items() for verdict in judge(name, run)]
    print("\n" + "\n".join(verdict.line for verdict in verdicts))
    return 1 if any(verdict.missed for verdict in verdicts) else 0


def read_arguments() -> argparse.Namespace:
    """Return the options of this run."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--data", type=Path, default=default_data())
    parser.add_argument("--work", type=Path, help="keep the library here")
    parser.add_argument("--passages", type=int, default=200_000)
    parser.add_argument("--articles", type=int, default=20)
    parser.add_argument("--readers", type=int, default=200)
    parser.add_argument("--minutes", type=float, default=5.0, help="of reading, after one to warm")
    parser.add_argument("--requests", type=int, default=20_000, help="of the run for memory")
    parser.add_argument("--only", choices=("readers", "memory"))
    parser.add_argument("--plot", type=Path, help="folder for two drawings")
    parser.add_argument("--json", type=Path, help="file for every figure")
    return parser.parse_args()


def library(arguments: argparse.Namespace, work: Path) -> Path:
    """Return the folder of a library with the passages asked for, made as the growth benchmark does."""
    place: Path = work / f"{arguments.passages:07d}"
    home = place / "home"
    if not (home / "osler.db").exists():
        place.mkdir(parents=True, exist_ok=True)
        print(f"adding {arguments.passages:,} passages", file=sys.stderr, flush=True)
        options = ("--data", arguments.data, "--place", place, "--size", arguments.passages)
        run_child(str(GROWTH), "--step", "grow", *options)
    return home


def articles(arguments: argparse.Namespace, home: Path) -> tuple[list[str], list[str]]:
    """Return the slugs of approved articles, and the questions that they answer or were tried for them.

    A library that was kept may hold articles that earlier runs made from other questions.
    """
    candidates = bioasq_bodies(arguments.data)[::5]
    with open_desk(environment(home), holder="bench") as desk:
        slugs = publish(desk, candidates, wanted=arguments.articles)
        answered = [str(one["asked"]) for one in list_articles(desk)]
    return slugs, candidates + answered


async def read_along(
    arguments: argparse.Namespace, served: Served, slugs: Sequence[str], questions: Iterator[str]
) -> Run:
    """Let everybody read and think, and watch the server meanwhile."""
    seen = Seen()
    readers = [Reader(n, served.url, slugs, questions, seen) for n in range(arguments.readers)]
    tasks = [asyncio.create_task(read_and_think(reader)) for reader in readers]
    await asyncio.sleep(WARMING_S)
    seen.times.clear()
    warmed = seen.requests
    load, begun = os.getloadavg()[0], served.use()
    samples = [(0, begun)]
    while samples[-1][1].at_s - begun.at_s < arguments.minutes * 60:
        await asyncio.sleep(SAMPLE_S)
        samples.append((seen.requests - warmed, served.use()))
    for task in tasks:
        task.cancel()
    ended = await asyncio.gather(*tasks, return_exceptions=True)
    for fault in ended:
        if not isinstance(fault, asyncio.CancelledError):
            seen.note_error("reader", repr(fault))
    await asyncio.gather(*(reader.browser.aclose() for reader in readers))
    last = samples[-1][1]
    busy = shares(begun, last)
    return Run(seen, last.at_s - begun.at_s, busy, (load, os.getloadavg()[0]), samples)


async def read_and_think(reader: Reader) -> None:
    """Read until cancelled; all begin by thinking, so that they do not come at the same moment."""
    while True:
        await asyncio.sleep(reader.draw.expovariate(1 / THINKING_S))
        await reader.act()


async def hurry(
    arguments: argparse.Namespace, served: Served, slugs: Sequence[str], questions: Iterator[str]
) -> Run:
    """Send requests one after another from a few clients, who lend each reader's browser in turn."""
    seen = Seen()
    readers = [Reader(n, served.url, slugs, questions, seen) for n in range(arguments.readers)]
    turns = random.Random(arguments.requests)
    samples: list[tuple[int, Use]] = []
    free = list(readers)

    async def one_after_another(until: int) -> None:
        while seen.requests < until:
            reader = free.pop(turns.randrange(len(free)))
            await reader.act()
            free.append(reader)
            if seen.requests >= EVERY * (len(samples) + 1):
                samples.append((seen.requests, served.use()))

    async def until(number: int) -> None:
        await asyncio.gather(*(one_after_another(number) for _ in range(CLIENTS)))

    await until(WARMING_REQUESTS)
    seen.times.clear()
    load, begun = os.getloadavg()[0], served.use()
    await until(WARMING_REQUESTS + arguments.requests)
    last = served.use()
    await asyncio.gather(*(reader.browser.aclose() for reader in readers))
    busy = shares(begun, last)
    load_now = os.getloadavg()[0]
    return Run(seen, last.at_s - begun.at_s, busy, (load, load_now), samples, WARMING_REQUESTS)


def judge(name: str, run: Run) -> list[Verdict]:
    """Return the verdict on every bar that ``run`` can be held against."""
    errors = sum(run.seen.errors.values())
    verdicts = [at_most(f"{name}: errors", errors, 0, "")]
    if name == "readers":
        for kind, limit in ((ARTICLE, ARTICLE_MS), (QUESTION, QUESTION_MS)):
            p95 = percentile(sorted(run.seen.times[kind]), 95)
            verdicts.append(at_most(f"{name}: {kind}, p95", p95, limit, " ms"))
        return verdicts
    for what, values in _memory(run).items():
        first, last = quarters(values)
        verdicts.append(at_most(f"{name}: {what}, last quarter in the first", last / first, FLAT, ""))
    return verdicts


def _memory(run: Run) -> dict[str, list[float]]:
    """Return the course of memory once the server is warm."""
    measured = [use for sent, use in run.samples if sent >= run.warm_at]
    return {
        "memory held": [use.held_mb for use in measured],
        "memory of its own": [use.own_mb for use in measured],
    }


def quarters(values: Sequence[float]) -> tuple[float, float]:
    """Return the medians of the first and of the last quarter of ``values``."""
    size = max(1, len(values) // 4)
    return statistics.median(values[:size]), statistics.median(values[-size:])


def slope(points: Sequence[tuple[float, float]]) -> float:
    """Return by how much the second of each pair rises with the first: least squares."""
    found = statistics.linear_regression([x for x, _ in points], [y for _, y in points])
    return found.slope


def show(runs: dict[str, Run]) -> None:
    """Print the tables, and what else ran."""
    for name, run in runs.items():
        seen = run.seen
        sent = f"{run.took_s:.0f} s, {seen.requests:,} requests sent in all"
        print(f"\n== {name}: {sent}, {sum(seen.errors.values())} errors")
        done = sum(len(times) for kind, times in seen.times.items() if kind in MIX)
        print(f"{done / run.took_s:.1f} things done a second; {seen.unchanged} pages known already")
        print(
            f"processors kept busy: server {run.busy.server:.2f}, readers {run.busy.client:.2f},"
            f" others {run.busy.others:.2f}; load average {run.load[0]:.2f}, then {run.load[1]:.2f}"
        )
        head = ["what", "number", "p50 ms", "p95 ms", "p99 ms", "most"]
        rows = []
        for kind in (*MIX, FIRST):
            times = sorted(seen.times.get(kind, []))
            if times:
                shown = [f"{percentile(times, share):.1f}" for share in (50, 95, 99)]
                rows.append([kind, f"{len(times):,}", *shown, f"{times[-1]:.0f}"])
        print("\n" + markdown(head, rows) + "\n")
        measured = [sent for sent, _ in run.samples if sent >= run.warm_at]
        for what, values in _memory(run).items():
            first, last = quarters(values)
            rise = slope(list(zip(measured, values, strict=True))) * 1000
            print(
                f"{what}: {first:.1f} MB in the first quarter, {last:.1f} in the last (medians),"
                f" most {max(values):.1f}, {rise:+.2f} MB for a thousand requests"
            )
        print("\n".join(seen.told))


def draw(folder: Path, runs: dict[str, Run]) -> None:
    """Draw what was measured: times in order of size, memory along the requests."""
    from material.course import draw_course
    from osler.evaluate.plots import draw_sorted

    if "readers" in runs:
        times = runs["readers"].seen.times
        title = "What readers waited for, 200 at once, ten seconds' thinking time"
        series = {kind: _thinned(times[kind]) for kind in (ARTICLE, QUESTION)}
        picture = draw_sorted(title, series, unit="ms", axis="requests of the kind")
        (folder / "readers-latency.svg").write_text(picture, "utf-8")
    if "memory" in runs:
        run = runs["memory"]
        lines = {
            "all that it holds": [(float(sent), use.held_mb) for sent, use in run.samples],
            "its own part": [(float(sent), use.own_mb) for sent, use in run.samples],
        }
        title = f"Memory of the server, measured from request {run.warm_at:,} on"
        picture = draw_course(title, lines, unit="MB", axis="requests")
        (folder / "readers-memory.svg").write_text(picture, "utf-8")


def _thinned(times: Sequence[float]) -> list[float]:
    """Return what each half percent of ``times`` took at most: a line of so few steps looks the same."""
    ordered = sorted(times)
    return [ordered[(len(ordered) - 1) * step // STEPS] for step in range(1, STEPS + 1)]


def _plain(run: Run) -> dict[str, object]:
    return {
        **{name: getattr(run, name) for name in ("took_s", "load")},
        "busy": asdict(run.busy),
        "samples": [[sent, asdict(use)] for sent, use in run.samples],
        "times": dict(run.seen.times),
        "errors": dict(run.seen.errors),
        "requests": run.seen.requests,
    }


if __name__ == "__main__":
    sys.exit(main())
