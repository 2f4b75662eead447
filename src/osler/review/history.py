"""The history of an article: events that are only ever added, each chained to the one before.

An event's hash is taken over the canonical JSON of the event and the hash before it, under a name of its
own, so that nothing else that Osler hashes can pass for an event. The journal chains the heads of all
articles in the order in which they came: a history cut at its end no longer meets its journal, and a
journal cut with it lacks what other articles did since. Whoever may write the whole file can still make
all of it anew; only a head that was noted elsewhere shows that (``verify`` takes one).
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from osler.model.review import Action, Actor, Event

EVENT_DOMAIN: Final = "osler.article.event.v1"
JOURNAL_DOMAIN: Final = "osler.article.journal.v1"
DOCUMENT_DOMAIN: Final = "osler.article.document.v1"
CONTENT_DOMAIN: Final = "osler.article.statement.v1"
NOTHING: Final = "0" * 64
"""What the first event is chained to."""


@dataclass(frozen=True, slots=True)
class JournalEntry:
    """One line of the journal: that an article's history had this head after so many events."""

    n: int
    article: str
    event: int
    head: str
    previous: str
    hash: str


@dataclass(frozen=True, slots=True)
class Fault:
    """Where a history is not what was written, and how that shows.

    Attributes:
        article: ``art_…``, or empty for the journal as a whole.
        event: Number of the first bad event or version, or of the journal's line.
        what: How it shows.
    """

    article: str
    event: int
    what: str


def canonical(value: object) -> str:
    """Return ``value`` as JSON that is the same for equal values: keys sorted, no white space.

    Raises:
        ValueError: It holds a number that JSON has no form for.
    """
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)


def digest(domain: str, *parts: str) -> str:
    """Return the SHA-256 of ``parts`` under ``domain``, as 64 hexadecimal digits.

    Each part is preceded by its length, so that no two lists of parts give the same bytes.
    """
    whole = hashlib.sha256(f"{domain}\n".encode())
    for part in parts:
        encoded = part.encode("utf-8", "surrogatepass")
        whole.update(f"{len(encoded)}:".encode())
        whole.update(encoded)
    return whole.hexdigest()


def body_of(event: Event) -> str:
    """Return what is kept and hashed of ``event``."""
    return canonical(
        {
            "article": event.article,
            "n": event.n,
            "at": event.at,
            "action": event.action.value,
            "by": {"id": event.by.id, "name": event.by.name, "role": event.by.role},
            "data": event.data,
        }
    )


def append(
    history: Sequence[Event],
    *,
    article: str,
    at: str,
    action: Action,
    by: Actor,
    data: Mapping[str, Any],
) -> Event:
    """Return the event that comes after ``history``."""
    previous = history[-1].hash if history else NOTHING
    bare = Event(article, len(history) + 1, at, action, by, data, previous, "")
    return Event(
        article, bare.n, at, action, by, data, previous, digest(EVENT_DOMAIN, previous, body_of(bare))
    )


def read_event(body: str, *, previous: str, hashed: str) -> Event:
    """Return the event of a stored row; nothing is checked.

    Raises:
        ValueError: The body is none.
    """
    try:
        found = json.loads(body)
        by = found["by"]
        return Event(
            article=found["article"],
            n=int(found["n"]),
            at=found["at"],
            action=Action(found["action"]),
            by=Actor(by["id"], by["name"], by["role"]),
            data=found["data"],
            previous=previous,
            hash=hashed,
        )
    except (KeyError, TypeError) as error:
        raise ValueError(f"no event: {error}") from error


def journal_hash(previous: str, *, n: int, article: str, event: int, head: str) -> str:
    """Return the hash of a line of the journal."""
    return digest(JOURNAL_DOMAIN, previous, str(n), article, str(event), head)


@dataclass(frozen=True, slots=True)
class Row:
    """An event as it lies in the database: its place, its body, its two hashes."""

    article: str
    n: int
    body: str
    previous: str
    hash: str


def verify_events(rows: Sequence[Row], *, article: str) -> Fault | None:
    """Return the first event of ``article`` that is not what was written, or None."""
    previous = NOTHING
    for place, row in enumerate(rows, start=1):
        if row.n != place:
            return Fault(article, place, f"event {place} is missing: event {row.n} stands in its place")
        if row.previous != previous:
            return Fault(article, place, "does not follow the event before it")
        if digest(EVENT_DOMAIN, previous, row.body) != row.hash:
            return Fault(article, place, "its words are not those that were hashed")
        try:
            event = read_event(row.body, previous=row.previous, hashed=row.hash)
        except ValueError:
            return Fault(article, place, "cannot be read")
        if (event.article, event.n) != (article, place):
            return Fault(article, place, "belongs to another place")
        previous = row.hash
    return None


def verify_journal(entries: Iterable[JournalEntry]) -> Fault | None:
    """Return the first line of the journal that is not what was written, or None."""
    previous = NOTHING
    for place, entry in enumerate(entries, start=1):
        expected = journal_hash(
            previous, n=place, article=entry.article, event=entry.event, head=entry.head
        )
        if entry.n != place or entry.previous != previous or entry.hash != expected:
            return Fault("", place, f"line {place} of the journal is not what was written")
        previous = entry.hash
    return None


def verify_against_journal(
    heads: Mapping[str, Sequence[str]], entries: Iterable[JournalEntry]
) -> Fault | None:
    """Return where the histories and the journal do not meet, or None.

    Args:
        heads: By article the hash of each of its events, in order.
        entries: The journal.
    """
    told: dict[str, int] = {}
    for entry in entries:
        known = heads.get(entry.article, ())
        if entry.event > len(known):
            return Fault(
                entry.article, entry.event, f"is missing: the journal knows {entry.event} events"
            )
        if known[entry.event - 1] != entry.head:
            return Fault(entry.article, entry.event, "is not the event that the journal knows")
        told[entry.article] = max(told.get(entry.article, 0), entry.event)
    for article, known in heads.items():
        if told.get(article, 0) != len(known):
            return Fault(article, told.get(article, 0) + 1, "is not in the journal")
    return None


def document_digest(document: str) -> str:
    """Return the hash by which an event names a kept answer."""
    return digest(DOCUMENT_DOMAIN, document)
