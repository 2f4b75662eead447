"""Progress of long work on standard error, only where a person watches."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

Progress = Callable[[int, int | None, str], None]


@contextmanager
def open_progress(label: str) -> Iterator[Progress | None]:
    """Give a callable that takes (done, total or None, what); None where nobody watches."""
    if not sys.stderr.isatty():
        yield None
        return
    # Rich takes some 50 ms to import, which only a person who waits anyway may be charged.
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn
    from rich.progress import Progress as Bar

    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
    )
    with Bar(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(label, total=None)

        def advance(done: int, total: int | None, what: str) -> None:
            bar.update(task, completed=done, total=total, description=f"{label} {what}".strip()[:60])

        yield advance
