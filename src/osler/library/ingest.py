"""Adds items to the library in batches, each stored whole or not at all; can be repeated and resumed.

An item that fails is a row of the ledger, and the rest goes on. What is read twice changes nothing.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final

from osler.errors import InputError, LibraryError
from osler.library.passages import cut
from osler.library.report import Report
from osler.model.passage import Passage
from osler.model.record import Deletion, Item, Record, Rejection
from osler.model.source import Status
from osler.store import Entry, Failure, Removal, Store
from osler.store.entry import Batch
from osler.text.normalise import fold
from osler.text.terms import find_abbreviations

if TYPE_CHECKING:
    from osler.store.writer import Writer

Progress = Callable[[int, int | None, str], None]
"""Called with the number of items done, how many there are if that is known, and what is being read."""

BATCH_ITEMS: Final = 1000
BATCH_CHARACTERS: Final = 4_000_000
RETRY_AFTER: Final = timedelta(hours=1)
MAX_LONG_FORM: Final = 120
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
        intake = Intake(store, writer, now=now, progress=progress, again=again)
        intake.take_all(items, origin=origin)
        return intake.report


@dataclass(frozen=True, slots=True)
class _Prepared:
    record: Record
    version: str
    passages: tuple[Passage, ...]


@dataclass(slots=True)
class Intake:
    """Takes items, stores them batch by batch, and counts.

    Attributes:
        store: The library, for what is known already.
        writer: Its open writer.
        now: For the ledger.
        progress: Told after each batch.
        again: See ``add_items``.
        report: What came of it so far.
        failed_items: The items of the present origin that failed.
    """

    store: Store
    writer: Writer
    now: datetime
    progress: Progress | None = None
    again: bool = False
    report: Report = field(default_factory=Report)
    failed_items: set[str] = field(default_factory=set)
    _open: list[_Prepared | Removal | Failure] = field(default_factory=list)
    _characters: int = 0

    def take_all(self, items: Iterable[Item], *, origin: str) -> None:
        """Store every item of ``items``; a fault of the whole file becomes a failure of ``origin``."""
        self.failed_items.clear()
        try:
            for item in items:
                self._take(item, origin)
        except InputError as error:
            self.fail(error, origin=origin)
        except LibraryError:
            raise
        except (ValueError, RecursionError, LookupError) as error:
            # A reader that a hostile file brought down loses that file, never the rest of the batch.
            reason = InputError(
                f"it cannot be read: {type(error).__name__}",
                item=origin,
                code="input.unreadable",
                hint="check the file at its source",
            )
            self.fail(reason, origin=origin)
        except BaseException:
            # Ctrl-C or a lost network: what was read whole is kept, as the contract promises.
            self.flush(origin)
            raise
        self.flush(origin)

    def fail(self, error: InputError, *, origin: str) -> None:
        """Note that ``origin``, or the item that ``error`` names, could not be read."""
        self._append(self._failure(error.item or origin, error.code, error.message, error.hint, origin))

    def flush(self, origin: str) -> None:
        """Store what is open."""
        if not self._open:
            return
        items = tuple(self._complete(self._open))
        batch = Batch(items, origin, _iso(self.now), again=self.again)
        tally = self.writer.write(batch)
        # Only now: a batch that Ctrl-C breaks off is rolled back, and written again on the way out.
        self._open.clear()
        self._characters = 0
        self.report.plus(tally)
        if self.progress is not None:
            self.progress(self.report.items, None, origin)

    def _take(self, item: Item, origin: str) -> None:
        if isinstance(item, Record):
            self._append(self._prepare(item, origin))
        elif isinstance(item, Deletion):
            self._append(Removal(item.key, item.reason))
        else:
            self._append(self._reject(item, origin))
        if len(self._open) >= BATCH_ITEMS or self._characters >= BATCH_CHARACTERS:
            self.flush(origin)

    def _complete(
        self, items: list[_Prepared | Removal | Failure]
    ) -> Iterator[Entry | Removal | Failure]:
        """Yield ``items`` for the store, with abbreviations only where the content is new to it.

        Finding them is half of the work on a record, and most of what is read again has not changed.
        """
        ids = [item.passages[0].source for item in items if isinstance(item, _Prepared)]
        stored = self.store.current_versions(ids)
        for item in items:
            if not isinstance(item, _Prepared):
                yield item
                continue
            record, version, passages = item.record, item.version, item.passages
            is_new = stored.get(passages[0].source) != version
            pairs = find_pairs(record) if is_new else None
            yield Entry(record.source, version, passages, record.text_kind, pairs)

    def _append(self, item: _Prepared | Removal | Failure) -> None:
        self._open.append(item)
        if isinstance(item, Failure):
            self.failed_items.add(item.item)
            self.report.note(item)

    def _prepare(self, record: Record, origin: str) -> _Prepared | Removal | Failure:
        source = record.source
        if source.status is Status.WITHDRAWN:
            return Removal(source.key, "withdrawn by its publisher")
        if not source.is_citable:
            reason = "it has no title, identifier or address, so nobody could find it"
            return self._failure(source.key, "input.no_identity", reason, "", origin)
        version, passages = cut(record)
        if not passages[0].text:
            reason = "it has neither text nor title"
            return self._failure(source.key, "input.no_text", reason, "", origin)
        try:
            for passage in passages:
                passage.text.encode()
                self._characters += len(passage.text)
            f"{source.key}{source.title}{source.authors}{source.container}".encode()
        except UnicodeEncodeError as error:
            reason = f"it holds half a character ({error.reason})"
            return self._failure(source.key, "input.encoding", reason, "save it as UTF-8", origin)
        return _Prepared(record, version, passages)

    def _reject(self, item: Rejection, origin: str) -> Failure:
        return self._failure(item.item, item.code, item.reason, item.hint, origin)

    def _failure(self, item: str, code: str, reason: str, hint: str, origin: str) -> Failure:
        key = _KEY.search(item)
        # A broken file stays broken until somebody replaces it; a service may answer in an hour.
        retry = "" if code.startswith("input.") else _iso(self.now + RETRY_AFTER)
        return Failure(
            item=item,
            code=code,
            reason=reason,
            hint=hint,
            key=key.group() if key else "",
            origin=origin,
            failed=_iso(self.now),
            next_try=retry,
        )


def find_pairs(record: Record) -> tuple[tuple[str, str], ...]:
    """Return each abbreviation that ``record`` defines with its folded long form, once."""
    found: dict[tuple[str, str], None] = {}
    for text in (record.source.title or "", *(block.text for block in record.blocks)):
        for abbreviation in find_abbreviations(text):
            if len(abbreviation.long) <= MAX_LONG_FORM:
                found[abbreviation.short, fold(abbreviation.long)] = None
    return tuple(found)


def _iso(moment: datetime) -> str:
    return moment.isoformat(timespec="seconds")
