"""What the store takes and tells: records, removals and failures in, a tally out. No SQL here."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from osler.model.source import Status

StoredPassage = tuple[str, int, str, str, str]
"""One passage as its table takes it: id, ordinal, heading, text, JSON array of its sections."""


class Entry(NamedTuple):
    """One record ready to be stored, as the tables take it; ``store.coding.make_entry`` makes it.

    Text, whole numbers and tuples of them only, so that another process can make it and a writer has
    nothing left to work out.

    Attributes:
        source: ``src_…``.
        key: Key of the source.
        scope: Part of the library.
        own_status: Standing by its own record, a value of ``Status``.
        links: JSON array of its links.
        revision: Sortable text that grows with each revision.
        weight: Characters of its text.
        identifiers: The identities that other records of the same study share with it.
        standings: What it says of the standing of identifiers: pairs of an identifier and a ``Status``.
        version: ``ver_…`` of its content.
        content: The columns of its version: tier, design, title, year, date, details, abbreviations and
            whose words they are.
        pairs: Abbreviations as printed with their folded long forms, each pair once.
        passages: Its passages, in order; never empty.
        documents: What an index takes of each passage; handed back with what was born, never stored.
    """

    source: str
    key: str
    scope: str
    own_status: str
    links: str
    revision: str
    weight: int
    identifiers: tuple[str, ...]
    standings: tuple[tuple[str, str], ...]
    version: str
    content: tuple[str, str, str | None, int | None, str | None, str, str, str]
    pairs: tuple[tuple[str, str], ...]
    passages: tuple[StoredPassage, ...]
    documents: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Removal:
    """A source to be withdrawn.

    Attributes:
        key: Key of the source, known here or not.
        reason: Why, in one line.
        by_person: Whether a person asked for it; only then may the same revision be added again.
    """

    key: str
    reason: str
    by_person: bool = False


@dataclass(frozen=True, slots=True)
class Failure:
    """One item that could not be read or stored; a row that somebody can see until it succeeds.

    Attributes:
        item: What failed: file, line or record, and its id if it could be seen.
        code: Stable code such as ``input.xml``.
        reason: Why, in one line.
        hint: What to do about it.
        key: Key of the source if it could be seen, else empty.
        origin: File or query it came from.
        tries: How often it has failed.
        failed: ISO time of the last try.
        next_try: ISO time from which trying again makes sense.
    """

    item: str
    code: str
    reason: str
    hint: str = ""
    key: str = ""
    origin: str = ""
    tries: int = 1
    failed: str = ""
    next_try: str = ""


@dataclass(slots=True)
class Tally:
    """What came of a batch, in numbers of items.

    Attributes:
        added: Sources that were not known before, or that came back.
        revised: Sources whose content was replaced by a newer revision.
        unchanged: Items that brought nothing new.
        older: Items older than what is stored; left alone.
        withdrawn: Sources withdrawn by this batch.
        refused: Records of withdrawn sources, not brought back.
        failed: Items that could not be read or stored.
        restated: Sources whose standing changed, such as by a retraction.
    """

    added: int = 0
    revised: int = 0
    unchanged: int = 0
    older: int = 0
    withdrawn: int = 0
    refused: int = 0
    failed: int = 0
    restated: int = 0

    def plus(self, other: Tally) -> None:
        """Add the numbers of ``other`` to these."""
        self.added += other.added
        self.revised += other.revised
        self.unchanged += other.unchanged
        self.older += other.older
        self.withdrawn += other.withdrawn
        self.refused += other.refused
        self.failed += other.failed
        self.restated += other.restated

    @property
    def changed(self) -> bool:
        """Whether the library is another one than before."""
        return bool(self.added or self.revised or self.withdrawn or self.restated)


@dataclass(frozen=True, slots=True)
class Changed:
    """What a batch changed in the library.

    Attributes:
        restated: How many sources stand otherwise because of what others say.
        before: Number of the newest change before.
        born: The entries that are current since, each with the sequence of its first passage.
        has_losses: Whether passages that were current before are so no longer.
        sequence: Number of the newest change.
    """

    restated: int
    before: int
    born: tuple[tuple[Entry, int], ...]
    has_losses: bool
    sequence: int


@dataclass(frozen=True, slots=True)
class Written:
    """What a batch came to: numbers of items, and what is otherwise than before."""

    tally: Tally
    changed: Changed


@dataclass(frozen=True, slots=True)
class Batch:
    """Items that are stored together or not at all.

    Attributes:
        items: In the order they were read.
        origin: File or query they came from.
        now: ISO time, for the ledger only; it never enters a digest.
        again: Let an item replace content of the same revision, and bring back what a person removed.
    """

    items: tuple[Entry | Removal | Failure, ...]
    origin: str
    now: str
    again: bool = False


@dataclass(frozen=True, slots=True)
class ReadFile:
    """One file that was read to its end.

    Attributes:
        digest: SHA-256 of its bytes and of the options it was read with.
        name: Where it lay.
        size: Bytes.
        items: Items it held.
        failed: Items that failed; such a file is read again the next time.
        read: ISO time.
    """

    digest: str
    name: str
    size: int
    items: int
    failed: int
    read: str


class IndexedRow(NamedTuple):
    """One current passage as an index wants it, with the fields of ``index.protocol.IndexRow``."""

    passage: str
    source: str
    title: str
    text: str
    headings: tuple[str, ...]
    substances: tuple[str, ...]
    kind: str
    design: str
    year: int
    scope: str
    sequence: int


@dataclass(frozen=True, slots=True)
class Standing:
    """One source in the ledger.

    Attributes:
        source: ``src_…``.
        key: Its key.
        status: Standing today.
        reason: Why it was withdrawn, else empty.
        origin: File or query its current version came from.
        changed: ISO time of the last change.
    """

    source: str
    key: str
    status: Status
    reason: str = ""
    origin: str = ""
    changed: str = ""


@dataclass(frozen=True, slots=True)
class State:
    """The state of the library at one sequence: what every answer names.

    Attributes:
        sequence: Number of the newest change.
        snapshot: ``sha256:…`` over all sources that are not withdrawn.
        sources: How many these are.
        as_of: Newest date of publication among them, as exact as known, or None.
        parts: For each part of the library how many of them it holds, and its newest date: whoever may
            read some parts is told of those alone.
    """

    sequence: int
    snapshot: str
    sources: int
    as_of: str | None = field(default=None)
    parts: Mapping[str, Sequence[Any]] = field(default_factory=dict)

    def within(self, scopes: frozenset[str]) -> tuple[int, str | None]:
        """Return how many sources there are in ``scopes``, and the newest date among them."""
        readable = [self.parts[scope] for scope in scopes if scope in self.parts]
        dates = [date for _sources, date in readable if date is not None]
        return sum(sources for sources, _date in readable), max(dates, default=None)
