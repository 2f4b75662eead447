"""What an installation keeps of a person beside who they are: how they sign in, and what they may read.

Values only. No field that could be used to sign in is ever shown by ``repr``.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Final

from osler.model.person import Person

PUBLIC_SCOPE: Final = "public"
"""The part of the library that everybody may read."""


def fold_name(name: str) -> str:
    """Return ``name`` as names are compared: case, width and spaces do not count."""
    return " ".join(unicodedata.normalize("NFKC", name).casefold().split())


@dataclass(frozen=True, slots=True)
class Account:
    """One person's account.

    Attributes:
        person: Who it is, and what they may do.
        email: Where letters go, or None.
        scopes: Private parts of the library that the person may read, beside the public one.
        created: When it was made, ISO 8601 in UTC.
        password: The password's hash with its parameters, or None while none is set.
        totp: Secret of the second factor, or None while it is off.
        totp_step: Time step of the last code that was used; none up to it counts again.
        pending: Secret of a second factor that is shown and not yet confirmed, or None.
        subject: ``ISSUER SUBJECT`` of the sign-on that the account is tied to, or None.
    """

    person: Person
    email: str | None = None
    scopes: frozenset[str] = frozenset()
    created: str = ""
    password: str | None = field(default=None, repr=False)
    totp: str | None = field(default=None, repr=False)
    totp_step: int = 0
    pending: str | None = field(default=None, repr=False)
    subject: str | None = None

    @property
    def readable(self) -> frozenset[str]:
        """All parts of the library that the person may read; none while the account is closed."""
        return frozenset() if self.person.disabled else self.scopes | {PUBLIC_SCOPE}


class Stage(StrEnum):
    """How far somebody has come in signing in."""

    PASSWORD = "password"  # noqa: S105 - the name of a step, not a secret
    SIGNED_IN = "signed_in"


@dataclass(frozen=True, slots=True)
class Session:
    """One browser that is signed in, or half-way there.

    Attributes:
        digest: SHA-256 of the token that the browser holds; the token itself is kept nowhere.
        person: Id of the person.
        stage: How far signing in has come.
        created: When it began.
        seen: When it was last used, to the minute.
    """

    digest: str = field(repr=False)
    person: str
    stage: Stage
    created: datetime
    seen: datetime


class Purpose(StrEnum):
    """What a one-time link is for."""

    INVITATION = "invitation"
    RESET = "reset"


@dataclass(frozen=True, slots=True)
class Link:
    """A one-time link to set a password by.

    Attributes:
        digest: SHA-256 of the token in the link; the token itself is kept nowhere.
        person: Id of the person whose password it sets.
        purpose: Why it was sent.
        expires: From when on it is void.
    """

    digest: str = field(repr=False)
    person: str
    purpose: Purpose
    expires: datetime


@dataclass(frozen=True, slots=True)
class LogEntry:
    """One line of the log of accounts, which only grows.

    Attributes:
        at: When, ISO 8601 in UTC.
        actor: Id of the person who acted, ``terminal``, or empty for somebody not signed in.
        person: Id of the person concerned, or empty where none is known.
        event: What happened, such as ``signed_in`` or ``roles_changed``.
        detail: What changed, in a few words; never a password, a code or a token.
        address: Network address it came from, or empty.
    """

    at: str
    actor: str
    person: str
    event: str
    detail: str = ""
    address: str = ""
