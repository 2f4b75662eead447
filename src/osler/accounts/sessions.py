"""Who is signed in on which browser, and for how long.

The browser holds a random token, the database its digest. A token is made anew at every step of signing
in and at every change of one's own rights, so one put into a browser beforehand is worth nothing.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Final

from osler.accounts.registry import Registry
from osler.accounts.tokens import digest_of, new_token
from osler.errors import LibraryError
from osler.model.account import Account, Session, Stage

IDLE: Final = timedelta(hours=2)
ABSOLUTE: Final = timedelta(hours=12)
HALF_WAY: Final = timedelta(minutes=10)
"""How long a password that was given waits for its second factor."""
TOUCH: Final = timedelta(minutes=1)
"""How exactly the time of last use is kept: a page is not made to wait for a write more often."""


@dataclass(frozen=True, slots=True)
class Opened:
    """A session that was just opened.

    Attributes:
        token: What the browser is given; it is shown nowhere else.
        session: The session.
    """

    token: str = field(repr=False)
    session: Session


@dataclass(frozen=True, slots=True)
class Current:
    """Who is there now: a session that still counts, with its account as it is at this moment."""

    session: Session
    account: Account

    @property
    def is_signed_in(self) -> bool:
        """Whether signing in has come to its end."""
        return self.session.stage is Stage.SIGNED_IN


def open_session(registry: Registry, person: str, stage: Stage) -> Opened:
    """Return a new session of ``person``."""
    token, now = new_token(registry.randomness), registry.now()
    session = Session(digest_of(token), person, stage, created=now, seen=now)
    with registry.transactions.together():
        registry.sign_in.clear_sessions(created_before=now - ABSOLUTE, seen_before=now - IDLE)
        registry.sign_in.put_session(session)
    return Opened(token, session)


def resume(registry: Registry, token: str) -> Current | None:
    """Return who holds ``token``, or None where it has run out, was ended, or the account is closed."""
    session = registry.sign_in.session(digest_of(token)) if token else None
    if session is None:
        return None
    now = registry.now()
    longest = ABSOLUTE if session.stage is Stage.SIGNED_IN else HALF_WAY
    account = registry.people.account(session.person)
    is_over = now - session.created >= longest or now - session.seen >= IDLE
    if is_over or account is None or account.person.disabled:
        registry.sign_in.end_session(session.digest)
        return None
    if now - session.seen >= TOUCH:
        # A busy or full database must not keep a signed-in person from reading.
        with suppress(LibraryError):
            registry.sign_in.touch_session(session.digest, now)
    return Current(session, account)


def rotate(registry: Registry, current: Session) -> Opened:
    """Return ``current`` under a new token, with every other session of the person ended."""
    with registry.transactions.together():
        registry.sign_in.end_sessions_of(current.person)
        return open_session(registry, current.person, current.stage)


def end(registry: Registry, session: Session, *, address: str = "") -> None:
    """End ``session``."""
    with registry.transactions.together():
        if registry.sign_in.end_session(session.digest):
            registry.note("signed_out", person=session.person, actor=session.person, address=address)
