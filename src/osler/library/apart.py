"""Reads large files in several processes of their own, in the order of one.

Every process unpacks and cuts the whole file and makes every n-th block of it ready, so nothing but
finished blocks travels between them; taken in turn they are the file. Each is read by a thread into a
short queue: the processes work on while the library writes, and never more than a few blocks lie in
memory. They hold nothing that could be lost: a kill at any moment costs what was not yet stored.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from queue import Empty, Queue
from threading import Thread
from typing import IO, Any, BinaryIO, Final, cast

from osler.errors import InputError
from osler.library.parcels import News, is_last, open_parcel, read_parcel
from osler.library.prepare import Ready

_AHEAD: Final = 4
"""Blocks of one process that may wait to be taken."""

_PIPE_BYTES: Final = 1 << 20
_PAUSE_S: Final = 0.05
_COMMAND: Final = ("-P", "-m", "osler.library.reading_process")


@dataclass(frozen=True, slots=True)
class Job:
    """Files to be read in the same way.

    Attributes:
        files: Their paths and their printable names, in the order in which they will be asked for.
        kind: Tier to set, or empty.
        licence: Terms to note, or None.
        scope: Part of the library.
        indexed: Whether an index waits for the documents.
    """

    files: Sequence[tuple[Path, str]]
    kind: str
    licence: str | None
    scope: str
    indexed: bool


@contextmanager
def reading_apart(job: Job, *, processes: int) -> Iterator[Readers | None]:
    """Start ``processes`` readers of ``job``; None where this system starts none.

    However the block is left, they end with it.
    """
    readers: list[_Reader] = []
    try:
        try:
            # One after the other: those that did start are ended when the next one cannot be.
            for part in range(processes):
                readers += [_Reader(job, part=part, of=processes)]
            are_ready = all(reader.take() is not None for reader in readers)
        except OSError:
            are_ready = False
        yield Readers(readers) if are_ready else None
    finally:
        for reader in readers:
            reader.end()


class Readers:
    """The processes, seen as one reader that gives file after file."""

    def __init__(self, readers: Sequence[_Reader]) -> None:
        self._readers = readers
        self._files = 0

    @property
    def is_broken(self) -> bool:
        """Whether one of the processes has gone before its time, so that no file comes whole."""
        return any(reader.has_gone for reader in self._readers)

    @property
    def numbers(self) -> tuple[int, ...]:
        """The process numbers."""
        return tuple(reader.number for reader in self._readers)

    def next_file(self, name: str) -> Iterator[Ready]:
        """Yield what the next file of the job holds, in the order of the file.

        Raises:
            InputError: The file as a whole is unusable, or a process that read it has gone.
        """
        for reader in self._readers:
            reader.leave(self._files)
        self._files += 1
        for turn in count():
            parcel = self._readers[turn % len(self._readers)].take()
            if parcel is None:
                raise InputError(
                    "a process that read it has gone",
                    item=name,
                    hint="add it again",
                    code="input.unreadable",
                )
            news, ready = open_parcel(parcel)
            if news is not News.BLOCK:
                return
            yield from ready


class _Reader:
    """One process, and the thread that takes its parcels from it."""

    def __init__(self, job: Job, *, part: int, of: int) -> None:
        # A group of its own: Ctrl-C is for the process that writes, which then ends this one.
        self._process = subprocess.Popen(  # noqa: S603 - our own interpreter and our own module
            [sys.executable, *_COMMAND],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            process_group=0,
            pipesize=_PIPE_BYTES,
        )
        self.number = self._process.pid
        self.has_gone = False
        self._ended = 0
        self._parcels: Queue[bytes | None] = Queue(_AHEAD)
        self._thread = Thread(target=self._collect, daemon=True)
        self._thread.start()
        with suppress(BrokenPipeError), cast("IO[bytes]", self._process.stdin) as stream:
            stream.write(json.dumps(_write_job(job, part=part, of=of)).encode())

    def take(self) -> bytes | None:
        """Return the next parcel, None when there are no more because the process has gone."""
        parcel = None if self.has_gone else self._parcels.get()
        if parcel is None:
            self.has_gone = True
        elif is_last(parcel):
            self._ended += 1
        return parcel

    def leave(self, files: int) -> None:
        """Pass over what is left of the first ``files`` files, be it only the news of their end."""
        while self._ended < files and self.take() is not None:
            pass

    def end(self) -> None:
        """End the process, whatever it is doing, and the thread with it."""
        self._process.kill()
        while self._thread.is_alive():
            with suppress(Empty):
                self._parcels.get(timeout=_PAUSE_S)
        self._process.wait()
        cast("IO[bytes]", self._process.stdout).close()

    def _collect(self) -> None:
        stream = cast(BinaryIO, self._process.stdout)
        parcel: bytes | None = b""
        while parcel is not None:
            parcel = read_parcel(stream)
            self._parcels.put(parcel)


def _write_job(job: Job, *, part: int, of: int) -> dict[str, Any]:
    return {
        "files": [str(path) for path, _ in job.files],
        "names": [name for _, name in job.files],
        "kind": job.kind,
        "licence": job.licence,
        "scope": job.scope,
        "indexed": job.indexed,
        "part": part,
        "of": of,
    }
