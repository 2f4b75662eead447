"""Adds files to the library; passes over those read before, notes those that cannot be read."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable
from contextlib import AbstractContextManager, ExitStack
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from osler.errors import InputError
from osler.formats import is_divisible, open_items
from osler.ids import content_id
from osler.library.apart import Job, Readers, reading_apart
from osler.library.ingest import Intake, Progress
from osler.library.prepare import prepare_all
from osler.library.report import Report
from osler.library.walk import walk
from osler.model.source import Kind
from osler.store import Store
from osler.store.entry import ReadFile

if TYPE_CHECKING:
    from osler.index.feed import Feed


@dataclass(frozen=True, slots=True)
class Reading:
    """How files are read.

    Attributes:
        kind: Tier, where the person knows better than the file.
        licence: Terms, where the file does not say.
        scope: Part of the library.
        again: Read also what was read before; see ``ingest.add_items``.
        processes: How many may read a large file; with 1 it is read by the process that stores it. What
            the library holds in the end is the same.
        large: Bytes from which a file is worth the start of further processes, a third of a second.
    """

    kind: Kind | None = None
    licence: str | None = None
    scope: str = "public"
    again: bool = False
    processes: int = 1
    large: int = 4 << 20


def add_files(
    store: Store,
    paths: Iterable[str | Path],
    *,
    now: datetime,
    reading: Reading | None = None,
    progress: Progress | None = None,
    index: Path | None = None,
) -> Report:
    """Add the files that ``paths`` name and return what came of them.

    A file is passed over when the same bytes were read before in the same way, to the end and without a
    failure. A file that cannot be read is a failure in the report and in the ledger; the others go on.

    Args:
        store: The library.
        paths: Files, folders and patterns.
        now: For the ledger.
        reading: How to read them.
        progress: Told after each batch.
        index: Folder of the search index. Where there is much to read it grows with the library, which
            is quicker; it may still be behind afterwards (``reindex.catch_up``).

    Raises:
        LibraryError: ``library.busy``, ``library.full``, ``library.damaged``. Whole batches before stay.
    """
    how = reading or Reading()
    found = [_weigh(path, how) for what in paths for path in walk(what)]
    wanted = {one.digest: one for one in found if isinstance(one, _Found)}
    known = {} if how.again else store.read_files(wanted)
    done = {digest for digest, file in known.items() if not file.failed}
    todo: list[_Found | InputError] = [one for one in found if isinstance(one, InputError)]
    todo.extend(one for digest, one in wanted.items() if digest not in done)
    skipped = sum(1 for one in found if isinstance(one, _Found)) - (len(wanted) - len(done))
    if not todo:
        return Report(skipped=skipped)
    large = [one for one in todo if isinstance(one, _Found) and one.size >= how.large]
    with ExitStack() as stack:
        writer = stack.enter_context(store.writing())
        feed = stack.enter_context(_feeding(store, index)) if index is not None and large else None
        job = _share(large, how, indexed=feed is not None)
        readers = stack.enter_context(reading_apart(job, processes=how.processes)) if job.files else None
        together = {path for path, _ in job.files}
        intake = Intake(writer, now=now, progress=progress, again=how.again, feed=feed)
        for one in todo:
            if isinstance(one, InputError):
                intake.fail(one, origin=one.item)
                intake.flush(one.item)
            else:
                _add_one(intake, one, how, readers if one.path in together else None)
        intake.report.skipped = skipped
        return intake.report


def printable(path: Path) -> str:
    """Return the name of ``path`` as text that can be stored, whatever bytes the disk holds."""
    return os.fsencode(path).decode("utf-8", "backslashreplace")


@dataclass(frozen=True, slots=True)
class _Found:
    path: Path
    digest: str
    size: int


def _weigh(path: Path | InputError, how: Reading) -> _Found | InputError:
    if isinstance(path, InputError):
        return path
    try:
        with path.open("rb") as stream:
            digest = hashlib.file_digest(stream, "sha256").hexdigest()
            size = stream.tell()
    except OSError as error:
        return InputError(
            f"it cannot be read: {error.strerror or error}",
            item=printable(path),
            code="input.unreadable",
            hint="check who may read it",
        )
    return _Found(path, content_id("file", digest, how.kind or "", how.licence or "", how.scope), size)


def _feeding(store: Store, index: Path) -> AbstractContextManager[Feed | None]:
    from osler.index.feed import feeding  # the engine is loaded when it is needed

    return feeding(index, sequence=store.last_sequence(), library=store.identity())


def _share(large: list[_Found], how: Reading, *, indexed: bool) -> Job:
    """Return the files that several processes read together."""
    divisible = [one.path for one in large if how.processes > 1 and is_divisible(one.path)]
    return Job(
        files=tuple((path, printable(path)) for path in divisible),
        kind=how.kind or "",
        licence=how.licence,
        scope=how.scope,
        indexed=indexed,
    )


def _add_one(intake: Intake, file: _Found, how: Reading, readers: Readers | None) -> None:
    origin = printable(file.path)
    before, failed = intake.report.items, intake.report.failed
    if readers is not None and not readers.is_broken:
        ready = readers.next_file(origin)
    else:
        items = open_items(file.path, kind=how.kind, licence=how.licence, scope=how.scope)
        ready = prepare_all(items, indexed=intake.feed is not None)
    intake.take_all(ready, origin=origin)
    report = intake.report
    report.files += 1
    read = ReadFile(
        digest=file.digest,
        name=origin,
        size=file.size,
        items=report.items - before,
        failed=report.failed - failed,
        read=intake.now.isoformat(timespec="seconds"),
    )
    intake.writer.finish_file(read, still=intake.failed_items)
