"""Makes an item ready to be stored and indexed: everything that needs neither the library nor its order.

The costly part of adding, and pure, so that it can run in another process. What comes out are tuples of
text and numbers. No database, no clock.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from osler.errors import InputError
from osler.library.passages import cut
from osler.model.record import Deletion, Item, Record, Rejection
from osler.model.source import Source, Status
from osler.store.coding import make_entry
from osler.store.entry import Entry, Removal
from osler.text.normalise import fold
from osler.text.terms import find_abbreviations

MAX_LONG_FORM: Final = 120
"""Characters of the longest long form that is kept."""


UNREADABLE: Final = (ValueError, RecursionError, LookupError)
"""What a hostile file can bring a reader to raise."""

Ready = Entry | Removal | Rejection
"""What the store can take, or why it cannot."""


def prepare_all(items: Iterable[Item], *, indexed: bool) -> Iterator[Ready]:
    """Yield each of ``items`` ready to be stored, with documents for an index where one waits."""
    for item in items:
        yield prepare(item, indexed=indexed)


def prepare(item: Item, *, indexed: bool) -> Ready:
    """Return ``item`` ready to be stored, or why it cannot be.

    Args:
        item: As a reader gave it.
        indexed: Whether an index waits for the documents.
    """
    if isinstance(item, Record):
        return _prepare_record(item, indexed=indexed)
    if isinstance(item, Deletion):
        return Removal(item.key, item.reason)
    return item


def unreadable(error: Exception, origin: str) -> InputError:
    """Return the failure of a file whose reader ``error`` brought down: that file, never the rest."""
    return InputError(
        f"it cannot be read: {type(error).__name__}",
        item=origin,
        code="input.unreadable",
        hint="check the file at its source",
    )


def find_pairs(record: Record) -> tuple[tuple[str, str], ...]:
    """Return each abbreviation that ``record`` defines with its folded long form, once."""
    found: dict[tuple[str, str], None] = {}
    for text in (record.source.title or "", *[block.text for block in record.blocks]):
        for abbreviation in find_abbreviations(text):
            if len(abbreviation.long) <= MAX_LONG_FORM:
                found[abbreviation.short, fold(abbreviation.long)] = None
    return tuple(found)


def _prepare_record(record: Record, *, indexed: bool) -> Ready:
    source = record.source
    if source.status is Status.WITHDRAWN:
        return Removal(source.key, "withdrawn by its publisher")
    if not source.is_citable:
        reason = "it has no title, identifier or address, so nobody could find it"
        return Rejection(source.key, "input.no_identity", reason)
    version, passages = cut(record)
    if not passages[0].text:
        return Rejection(source.key, "input.no_text", "it has neither text nor title")
    entry = make_entry(source, version, passages, text_kind=record.text_kind, pairs=find_pairs(record))
    try:
        _require_whole_characters(source, entry)
    except UnicodeEncodeError as error:
        reason = f"it holds half a character ({error.reason})"
        return Rejection(source.key, "input.encoding", reason, "save it as UTF-8")
    return entry._replace(documents=_write_documents(source, entry)) if indexed else entry


def _require_whole_characters(source: Source, entry: Entry) -> None:
    """Raise ``UnicodeEncodeError`` where a text cannot be stored as UTF-8."""
    for _id, _ordinal, _heading, text, _sections in entry.passages:
        text.encode()
    f"{source.key}{source.title}{entry.content[5]}".encode()


def _write_documents(source: Source, entry: Entry) -> tuple[str, ...]:
    from osler.index.fields import write_document  # the engine is loaded when it is needed
    from osler.index.protocol import IndexRow

    return tuple(
        [
            write_document(
                IndexRow(
                    passage=passage,
                    source=entry.source,
                    title=source.title or "",
                    text=text,
                    headings=source.headings,
                    substances=source.substances,
                    kind=source.kind.value,
                    design=source.design.value,
                    year=source.year or 0,
                    scope=source.scope,
                    sequence=0,
                )
            )
            for passage, _ordinal, _heading, text, _sections in entry.passages
        ]
    )
