"""A process that adds made records to a library: ``python adder.py HOME|ADDRESS COUNT [PAUSE]``.

Writes a line when it has the library, one after each batch, and at last the snapshot. With a pause it
stays in the middle of its work until its standard input is closed.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from tests.library.made import NOW, make_small

from osler.config import DatabaseServer
from osler.errors import OslerError
from osler.library.ingest import add_items
from osler.model.record import Record
from osler.store import open_store
from osler.store.database import Place


def start_adding(home: Path | str, count: int, *, pause: bool = False) -> subprocess.Popen[str]:
    """Start this module as a process of its own."""
    command = [sys.executable, __file__, str(home), str(count), *(["pause"] if pause else [])]
    return subprocess.Popen(
        command,
        env=os.environ
        | {"PYTHONPATH": os.pathsep.join([str(Path(__file__).parents[2]), os.environ["PYTHONPATH"]])},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def records(count: int, *, pause: bool = False) -> Iterator[Record]:
    """Yield ``count`` records, and revisions of some of them."""
    for number in range(count):
        if pause and number == count // 2:
            sys.stdin.read()
        yield make_small(number, f"Small text {number} on testamab.", "1")
        if number % 50 == 49:
            yield make_small(number - 25, f"Revised text {number} on testamab.", "2")


def add_records(home: Path, count: int) -> None:
    """Add the records to the library in ``home``, which is made when there is none."""
    with open_store(home / "osler.db", create=True, wait_s=5.0, holder="osler add") as store:
        add_items(store, records(count), origin="made", now=NOW)


def main() -> int:
    """Add the records, tell of it, and return the exit status."""
    count = int(sys.argv[2])
    try:
        with open_store(_place(sys.argv[1]), create=True, wait_s=0.3, holder="osler add") as store:
            _say("open")
            add_items(
                store,
                records(count, pause=len(sys.argv) > 3),
                origin="made",
                now=NOW,
                progress=lambda done, _total, _label: _say(done),
            )
            _say(store.snapshot())
    except OslerError as error:
        sys.stderr.write(error.as_line())
        return int(error.exit)
    return 0


def _place(named: str) -> Place:
    return DatabaseServer(named, "", "") if "://" in named else Path(named) / "osler.db"


def _say(what: object) -> None:
    sys.stdout.write(f"{what}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
