"""What is done at the editorial desk, as values: events, and what they come to for one article.

A person is kept here by id and by the name shown on that day, so that a signature stays readable after
the account is gone.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

from osler.model.editorial import Concern, Judgement, Outcome


class Action(StrEnum):
    """What an event records."""

    OPENED = "opened"
    REVISED = "revised"
    MOVED = "moved"
    ASSIGNED = "assigned"
    RELEASED = "released"
    DECLARED = "declared"
    JUDGED = "judged"
    COMMENTED = "commented"
    EXPLAINED = "explained"
    MATCHED = "matched"
    REPORTED = "reported"
    REPLIED = "replied"


class Meaning(StrEnum):
    """What a signature stands for."""

    AUTHORSHIP = "authorship"
    REVIEW = "review"
    APPROVAL = "approval"


@dataclass(frozen=True, slots=True)
class Actor:
    """Who did something, in which role.

    Attributes:
        id: The person's id; ``library`` and ``reader`` are nobody's.
        name: As shown on that day.
        role: A role, or ``library``, or ``reader``.
    """

    id: str
    name: str
    role: str


LIBRARY: Final = Actor("library", "the library", "library")
"""Acts by itself on what it knows of sources and dates; never adds or signs content."""

READER: Final = Actor("reader", "a reader", "reader")
"""Somebody who reads; nothing of who they are is kept."""


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that was done to an article; never changed afterwards.

    Attributes:
        article: ``art_…``.
        n: Place in the article's history, from 1.
        at: ISO time in UTC.
        action: What was done.
        by: Who did it.
        data: The particulars, as JSON values.
        previous: Hash of the event before, or of nothing for the first.
        hash: 64 hexadecimal digits over all of the above.
    """

    article: str
    n: int
    at: str
    action: Action
    by: Actor
    data: Mapping[str, Any]
    previous: str
    hash: str


@dataclass(frozen=True, slots=True)
class Decided:
    """One reviewer's decision on one statement, tied to what it said.

    Attributes:
        statement: ``st_…``.
        content: Hash of the statement as it was decided on.
        judgement: Accepted, which is a signature, or rejected.
        by: The reviewer.
        on: ISO time.
        event: Number of the event.
        reason: In the reviewer's words; empty for most acceptances.
    """

    statement: str
    content: str
    judgement: Judgement
    by: Actor
    on: str
    event: int
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Declaration:
    """What a person declared of their interests in this article; ``interest`` is empty for none."""

    by: Actor
    on: str
    interest: str = ""


@dataclass(frozen=True, slots=True)
class Assignment:
    """A reviewer who was asked, with the ISO date by which, or None."""

    reviewer: Actor
    on: str
    due: str | None = None


@dataclass(frozen=True, slots=True)
class Comment:
    """A remark on a statement, or on the whole article where ``statement`` is None."""

    by: Actor
    on: str
    text: str
    statement: str | None = None


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why a contradiction with another article may stand; ``finding`` is its key."""

    finding: str
    by: Actor
    on: str
    text: str


@dataclass(frozen=True, slots=True)
class Correction:
    """What a reader reported, and what the desk made of it: one entry of the public log.

    Attributes:
        number: From 1 within the article.
        on: ISO time of the report.
        concern: What it is about.
        statement: ``st_…``, or None for the whole article.
        digest: Hash of the reader's words, which are kept apart and may be erased.
        outcome: None while it is open.
        reply: What the desk says of it in public.
        replied: ISO time, or None.
        by: Who replied, or None.
    """

    number: int
    on: str
    concern: Concern
    statement: str | None
    digest: str
    outcome: Outcome | None = None
    reply: str = ""
    replied: str | None = None
    by: Actor | None = None
