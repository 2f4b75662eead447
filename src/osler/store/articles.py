"""Articles as rows: versions and events that are only added, a journal of heads, a card for lists.

Knows nothing of rules. The hashes come from above and are kept as given; the database itself refuses to
change or to lose history (``m0002_articles``). A card is what lists show; it is made from the history
and may be made anew.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass

from osler.errors import LibraryError
from osler.store.connection import Connection
from osler.store.transactions import Transactions


@dataclass(frozen=True, slots=True)
class EventRow:
    """An event as it is kept: its place, its canonical JSON, its two hashes."""

    article: str
    n: int
    body: str
    previous: str
    hash: str


@dataclass(frozen=True, slots=True)
class JournalRow:
    """A line of the journal, which chains the heads of all articles."""

    n: int
    article: str
    event: int
    head: str
    previous: str
    hash: str


@dataclass(frozen=True, slots=True)
class CardRow:
    """What lists and searches need of an article; ``card`` is JSON."""

    id: str
    slug: str
    state: str
    kind: str
    card: str
    events: int
    head: str


@dataclass(frozen=True, slots=True)
class Addition:
    """What one act adds to an article, whole or not at all.

    Attributes:
        card: The article as lists show it afterwards.
        events: Its new events, in order.
        versions: New versions: number and document.
        reports: Readers' own words: number and text.
    """

    card: CardRow
    events: Sequence[EventRow]
    versions: Sequence[tuple[int, str]] = ()
    reports: Sequence[tuple[int, str]] = ()


JournalHash = Callable[[str, int, str, int, str], str]
"""Hash of a line from: the hash before it, its number, article, event and head."""

_CARD = "id, slug, state, kind, card, events, head"


class ArticleStore:
    """The articles of one library."""

    def __init__(self, transactions: Transactions) -> None:
        self._transactions = transactions

    def add(self, addition: Addition, *, after: int, start: str, journal_hash: JournalHash) -> None:
        """Keep ``addition``, if the article still has ``after`` events.

        Args:
            addition: What to keep.
            after: Number of events that the new ones were made for; 0 makes the article.
            start: What the first line of the journal is chained to.
            journal_hash: Makes the hash of the journal's line.

        Raises:
            LibraryError: ``library.moved``: somebody else was quicker; nothing is kept.
        """
        card = addition.card
        with self._transactions.together() as connection:
            row = connection.execute("SELECT events FROM articles WHERE id = ?", (card.id,)).fetchone()
            if (0 if row is None else int(row[0])) != after:
                raise _moved(card.id)
            _put_card(connection, card)
            connection.executemany(
                "INSERT INTO article_events (article, n, body, previous, hash) VALUES (?, ?, ?, ?, ?)",
                [(e.article, e.n, e.body, e.previous, e.hash) for e in addition.events],
            )
            connection.executemany(
                "INSERT INTO article_versions (article, number, document) VALUES (?, ?, ?)",
                [(card.id, number, document) for number, document in addition.versions],
            )
            connection.executemany(
                "INSERT INTO article_reports (article, number, words) VALUES (?, ?, ?)",
                [(card.id, number, words) for number, words in addition.reports],
            )
            _journal(connection, addition.events, start=start, journal_hash=journal_hash)

    # --- reading ----------------------------------------------------------------------------------

    def one_view(self) -> AbstractContextManager[None]:
        """Have all that the block reads be of one moment; else an act may fall between two readings."""
        return self._transactions.one_view()

    def card(self, named: str) -> CardRow | None:
        """Return the card of the article with this id or slug, or None."""
        with self._transactions.reading() as connection:
            row = connection.execute(
                f"SELECT {_CARD} FROM articles WHERE id = ? OR slug = ?",  # noqa: S608 - a constant list
                (named, named),
            ).fetchone()
        return None if row is None else CardRow(*row)

    def cards(self, *, states: Iterable[str] = (), kind: str | None = None) -> list[CardRow]:
        """Return the cards of all articles, or of those in ``states`` and of ``kind``, by slug."""
        wanted = list(states)
        conditions, values = [], list(wanted)
        if wanted:
            conditions.append(f"state IN ({', '.join('?' * len(wanted))})")
        if kind is not None:
            conditions.append("kind = ?")
            values.append(kind)
        where = f" WHERE {' AND '.join(conditions)}" if conditions else ""
        with self._transactions.reading() as connection:
            rows = connection.execute(
                f"SELECT {_CARD} FROM articles{where} ORDER BY slug",  # noqa: S608 - parameters only
                values,
            ).fetchall()
        return [CardRow(*row) for row in rows]

    def events(self, article: str) -> list[EventRow]:
        """Return the history of ``article``, in order."""
        with self._transactions.reading() as connection:
            rows = connection.execute(
                "SELECT article, n, body, previous, hash FROM article_events"
                " WHERE article = ? ORDER BY n",
                (article,),
            ).fetchall()
        return [EventRow(*row) for row in rows]

    def articles_with_history(self) -> list[str]:
        """Return the id of every article that any table of articles knows, in order."""
        with self._transactions.reading() as connection:
            rows = connection.execute(
                "SELECT article FROM article_events UNION SELECT article FROM article_journal"
                " UNION SELECT id FROM articles ORDER BY 1"
            ).fetchall()
        return [str(row[0]) for row in rows]

    def journal(self) -> list[JournalRow]:
        """Return the journal, in order."""
        with self._transactions.reading() as connection:
            rows = connection.execute(
                "SELECT n, article, event, head, previous, hash FROM article_journal ORDER BY n"
            ).fetchall()
        return [JournalRow(*row) for row in rows]

    def version(self, article: str, number: int) -> str | None:
        """Return the kept document of a version, or None."""
        with self._transactions.reading() as connection:
            row = connection.execute(
                "SELECT document FROM article_versions WHERE article = ? AND number = ?",
                (article, number),
            ).fetchone()
        return None if row is None else str(row[0])

    def versions(self, article: str) -> dict[int, str]:
        """Return every kept document of ``article``, by number."""
        with self._transactions.reading() as connection:
            rows = connection.execute(
                "SELECT number, document FROM article_versions WHERE article = ? ORDER BY number",
                (article,),
            ).fetchall()
        return {int(number): str(document) for number, document in rows}

    def report_words(self, article: str) -> dict[int, str | None]:
        """Return the readers' own words by number; None where they were erased."""
        with self._transactions.reading() as connection:
            rows = connection.execute(
                "SELECT number, words FROM article_reports WHERE article = ? ORDER BY number",
                (article,),
            ).fetchall()
        return {int(number): words for number, words in rows}

    def erase_report(self, article: str, number: int) -> bool:
        """Erase a reader's own words, and tell whether there were any.

        In a file they are overwritten, and the journal beside it is emptied; where somebody reads the
        state before just then, the journal holds them until it is emptied next. A server keeps them
        until it vacuums, in its journal for as long as it keeps that. Backups are not changed.
        """
        with self._transactions.together() as connection:
            done = connection.execute(
                "UPDATE article_reports SET words = NULL"
                " WHERE article = ? AND number = ? AND words IS NOT NULL",
                (article, number),
            )
        if done.rowcount == 1:
            self._transactions.leave_no_copy()
        return done.rowcount == 1


def _put_card(connection: Connection, card: CardRow) -> None:
    connection.execute(
        "INSERT INTO articles (id, slug, state, kind, card, events, head) VALUES (?, ?, ?, ?, ?, ?, ?)"
        " ON CONFLICT (id) DO UPDATE SET state = excluded.state, kind = excluded.kind,"
        " card = excluded.card, events = excluded.events, head = excluded.head",
        (card.id, card.slug, card.state, card.kind, card.card, card.events, card.head),
    )


def _journal(
    connection: Connection,
    events: Sequence[EventRow],
    *,
    start: str,
    journal_hash: JournalHash,
) -> None:
    row = connection.execute("SELECT n, hash FROM article_journal ORDER BY n DESC LIMIT 1").fetchone()
    n, previous = (0, start) if row is None else (int(row[0]), str(row[1]))
    for event in events:
        n += 1
        line = journal_hash(previous, n, event.article, event.n, event.hash)
        connection.execute(
            "INSERT INTO article_journal (n, article, event, head, previous, hash)"
            " VALUES (?, ?, ?, ?, ?, ?)",
            (n, event.article, event.n, event.hash, previous, line),
        )
        previous = line


def _moved(article: str) -> LibraryError:
    return LibraryError(
        "somebody else has just done something to it",
        item=article,
        hint="look at it again: osler article show",
        code="library.moved",
    )
