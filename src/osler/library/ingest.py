"""Adds items to the library in batches, each stored whole or not at all; can be repeated and resumed.

An item that fails is a row of the ledger, and the rest goes on. What is read twice changes nothing.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final

from osler.errors import InputError, LibraryError
from osler.formats.uncollected import uncollected
from osler.library.prepare import UNREADABLE, Ready, prepare_all, unreadable
from osler.library.report import Report
from osler.model.record import Item, Rejection
from osler.store import Entry, Failure, Removal, Store
from osler.store.entry import Batch

if TYPE_CHECKING:
    from osler.index.feed import Feed
    from osler.store.writer import Writer

Progress = Callable[[int, int | None, str], None]
"""Called with the number of items done, how many there are if that is known, and what is being read."""

BATCH_ITEMS: Final = 1000
BATCH_CHARACTERS: Final = 4_000_000
RETRY_AFTER: Final = timedelta(hours=1)
_KEY: Final = re.compile(r"\b(?:pmid|pmc|doi|json|ris|file|starter|nct|spl):[^\s,;)]+")


def add_items(
    store: Store,
    items: Iterable[Item],
    *,
    origin: str,
    now: datetime,
    progress: Progress | None = None,
    again: bool = False,
) -> Report:
    """Add ``items`` and return what came of them.

    Args:
        store: The library.
        items: Records, deletions and rejections, in the order of their source.
        origin: File or query they come from.
        now: For the ledger; the state of the library does not depend on it.
        progress: Told after each batch.
        again: Let items replace content of the same revision, and bring back what a person removed.

    Raises:
        LibraryError: ``library.busy``, ``library.full``, ``library.damaged``. Whole batches before stay.
        OslerError: What ``items`` raises, other than ``InputError``; all before it is stored.
    """
    with store.writing() as writer:
        intake = Intake(writer, now=now, progress=progress, again=again)
        intake.take_all(prepare_all(items, indexed=False), origin=origin)
        return intake.report


@dataclass(slots=True)
class Intake:
    """Takes what is ready, stores it batch by batch, and counts.

    Attributes:
        writer: The library's open writer.
        now: For the ledger.
        progress: Told after each batch.
        again: See ``add_items``.
        feed: The index that grows with the library; None where it is brought up afterwards.
        report: What came of it so far.
        failed_items: The items of the present origin that failed.
    """

    writer: Writer
    now: datetime
    progress: Progress | None = None
    again: bool = False
    feed: Feed | None = None
    report: Report = field(default_factory=Report)
    failed_items: set[str] = field(default_factory=set)
    _open: list[Entry | Removal | Failure] = field(default_factory=list)
    _characters: int = 0

    def take_all(self, ready: Iterable[Ready], *, origin: str) -> None:
        """Store everything of ``ready``; a fault of the whole file becomes a failure of ``origin``."""
        self.failed_items.clear()
        try:
            # Rows hold no rings: a tenth of the writer's time would go into looking for some.
            with uncollected():
                for item in ready:
                    self._take(item, origin)
        except InputError as error:
            self.fail(error, origin=origin)
        except LibraryError:
            raise
        except UNREADABLE as error:
            self.fail(unreadable(error, origin), origin=origin)
        except BaseException:
            # Ctrl-C or a lost network: what was read whole is kept, as the contract promises.
            self.flush(origin)
            raise
        self.flush(origin)

    def fail(self, error: InputError, *, origin: str) -> None:
        """Note that ``origin``, or the item that ``error`` names, could not be read."""
        self._fail(Rejection(error.item or origin, error.code, error.message, error.hint), origin)

    def flush(self, origin: str) -> None:
        """Store what is open, and give it to the index."""
        if not self._open:
            return
        batch = Batch(tuple(self._open), origin, _iso(self.now), again=self.again)
        written = self.writer.write(batch)
        # Only now: a batch that Ctrl-C breaks off is rolled back, and written again on the way out.
        self._open.clear()
        self._characters = 0
        self.report.plus(written.tally)
        if self.feed is not None:
            changed = written.changed
            if changed.has_losses:
                self.feed.spoil()
            born = ((first, entry.documents) for entry, first in changed.born)
            self.feed.take(born, before=changed.before, sequence=changed.sequence)
        if self.progress is not None:
            self.progress(self.report.items, None, origin)

    def _take(self, item: Ready, origin: str) -> None:
        if isinstance(item, Rejection):
            self._fail(item, origin)
        else:
            self._open.append(item)
            if isinstance(item, Entry):
                self._characters += item.weight
        if len(self._open) >= BATCH_ITEMS or self._characters >= BATCH_CHARACTERS:
            self.flush(origin)

    def _fail(self, rejected: Rejection, origin: str) -> None:
        key = _KEY.search(rejected.item)
        # A broken file stays broken until somebody replaces it; a service may answer in an hour.
        retry = "" if rejected.code.startswith("input.") else _iso(self.now + RETRY_AFTER)
        failure = Failure(
            item=rejected.item,
            code=rejected.code,
            reason=rejected.reason,
            hint=rejected.hint,
            key=key.group() if key else "",
            origin=origin,
            failed=_iso(self.now),
            next_try=retry,
        )
        self._open.append(failure)
        self.failed_items.add(failure.item)
        self.report.note(failure)


def _iso(moment: datetime) -> str:
    return moment.isoformat(timespec="seconds")
