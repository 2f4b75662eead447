"""What signing in leaves behind: sessions, one-time links, attempts. Times are whole seconds.

Holds digests of tokens only: whoever reads the database can use none of them.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from osler.model.account import Link, Purpose, Session, Stage
from osler.store.transactions import Transactions


class SignInStore:
    """Sessions, links and attempts of one library."""

    def __init__(self, transactions: Transactions) -> None:
        self._transactions = transactions

    # --- sessions ---------------------------------------------------------------------------------

    def put_session(self, session: Session) -> None:
        """Keep a new session."""
        with self._transactions.together() as connection:
            connection.execute(
                "INSERT INTO sessions (digest, person, stage, created, seen) VALUES (?, ?, ?, ?, ?)",
                (
                    session.digest,
                    session.person,
                    session.stage.value,
                    _seconds(session.created),
                    _seconds(session.seen),
                ),
            )

    def session(self, digest: str) -> Session | None:
        """Return the session with this digest, however old; or None."""
        with self._transactions.reading() as connection:
            row = connection.execute(
                "SELECT digest, person, stage, created, seen FROM sessions WHERE digest = ?", (digest,)
            ).fetchone()
        return None if row is None else _read_session(row)

    def touch_session(self, digest: str, seen: datetime) -> None:
        """Note that the session was used at ``seen``."""
        with self._transactions.together() as connection:
            connection.execute("UPDATE sessions SET seen = ? WHERE digest = ?", (_seconds(seen), digest))

    def end_session(self, digest: str) -> bool:
        """Strike the session, and tell whether there was one."""
        with self._transactions.together() as connection:
            done = connection.execute("DELETE FROM sessions WHERE digest = ?", (digest,))
            return done.rowcount == 1

    def end_sessions_of(self, person: str) -> int:
        """Strike every session of ``person``, and return how many there were."""
        with self._transactions.together() as connection:
            return connection.execute("DELETE FROM sessions WHERE person = ?", (person,)).rowcount

    def clear_sessions(self, *, created_before: datetime, seen_before: datetime) -> int:
        """Strike the sessions that have run out, and return how many there were."""
        with self._transactions.together() as connection:
            return connection.execute(
                "DELETE FROM sessions WHERE created < ? OR seen < ?",
                (_seconds(created_before), _seconds(seen_before)),
            ).rowcount

    # --- one-time links ---------------------------------------------------------------------------

    def put_link(self, link: Link) -> None:
        """Keep ``link`` in the place of every earlier one of the same person."""
        with self._transactions.together() as connection:
            connection.execute("DELETE FROM links WHERE person = ?", (link.person,))
            connection.execute(
                "INSERT INTO links (digest, person, purpose, expires) VALUES (?, ?, ?, ?)",
                (link.digest, link.person, link.purpose.value, _seconds(link.expires)),
            )

    def link(self, digest: str) -> Link | None:
        """Return the link with this digest, or None where it was used or never given."""
        with self._transactions.reading() as connection:
            row = connection.execute(
                "SELECT digest, person, purpose, expires FROM links WHERE digest = ?", (digest,)
            ).fetchone()
        if row is None:
            return None
        return Link(row[0], row[1], Purpose(row[2]), _moment(row[3]))

    def use_link(self, digest: str) -> bool:
        """Strike the link, and tell whether it was there to be struck: of two users one is told yes."""
        with self._transactions.together() as connection:
            return connection.execute("DELETE FROM links WHERE digest = ?", (digest,)).rowcount == 1

    def drop_links_of(self, person: str) -> None:
        """Strike every link of ``person``."""
        with self._transactions.together() as connection:
            connection.execute("DELETE FROM links WHERE person = ?", (person,))

    # --- attempts ---------------------------------------------------------------------------------

    def attempts(self, key: str, *, since: datetime) -> list[datetime]:
        """Return when ``key`` was tried since ``since``, oldest first."""
        with self._transactions.reading() as connection:
            rows = connection.execute(
                "SELECT at FROM attempts WHERE key = ? AND at > ? ORDER BY at", (key, _seconds(since))
            )
            return [_moment(row[0]) for row in rows]

    def note_attempt(self, key: str, at: datetime) -> None:
        """Note that ``key`` was tried at ``at``."""
        with self._transactions.together() as connection:
            connection.execute("INSERT INTO attempts (key, at) VALUES (?, ?)", (key, _seconds(at)))

    def forget_latest_attempt(self, key: str) -> None:
        """Forget the newest attempt of ``key``."""
        with self._transactions.together() as connection:
            connection.execute(
                "DELETE FROM attempts WHERE n = (SELECT max(n) FROM attempts WHERE key = ?)", (key,)
            )

    def forget_attempts(self, key: str) -> None:
        """Forget every attempt of ``key``."""
        with self._transactions.together() as connection:
            connection.execute("DELETE FROM attempts WHERE key = ?", (key,))

    def clear_attempts(self, *, before: datetime) -> None:
        """Forget the attempts before ``before``, of whatever key."""
        with self._transactions.together() as connection:
            connection.execute("DELETE FROM attempts WHERE at < ?", (_seconds(before),))


def _seconds(moment: datetime) -> int:
    return int(moment.timestamp())


def _moment(seconds: int) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)


def _read_session(row: tuple[Any, ...]) -> Session:
    return Session(row[0], row[1], Stage(row[2]), _moment(row[3]), _moment(row[4]))
