"""What readers report, and the public log of what was made of it.

A reader's own words are not public, stand beside history and not in it, and can be erased: nobody knows
what somebody will write into a box. History keeps their hash; the log shows what the desk says.
"""

from __future__ import annotations

from typing import Final

from osler.errors import InputError, NotFoundError
from osler.ids import sha256_text
from osler.model.editorial import Concern, Outcome
from osler.model.person import Person
from osler.model.review import READER, Action
from osler.review import rules
from osler.service.articles.desk import checked_text
from osler.service.articles.kept import Act, Kept, find, keep, require
from osler.service.wiring import Desk

MOST_OPEN: Final = 50
"""Reports that may wait at one article; a flood must not grow its history without end."""


def report(
    desk: Desk, named: str, text: str, *, concern: Concern = Concern.OTHER, statement: str | None = None
) -> Kept:
    """Return the article with a reader's report in its log.

    Raises:
        NotFoundError: There is no such article, or it does not print the statement.
        InputError: The report is empty or too long, or too many wait already.
    """
    kept = find(desk, named)
    article = kept.article
    if statement is not None and article.version.printed(statement) is None:
        raise NotFoundError(
            "the article does not print it", item=statement, hint="osler article show prints them",
            code="not_found.statement",
        )  # fmt: skip
    if sum(one.outcome is None for one in article.corrections) >= MOST_OPEN:
        raise InputError(
            f"{MOST_OPEN} reports are waiting already", item=article.id,
            hint="wait until they are answered", code="input.too_many",
        )  # fmt: skip
    words = checked_text(text, "TEXT", needed=True)
    number = len(article.corrections) + 1
    data = {
        "number": number,
        "concern": concern.value,
        "statement": statement,
        "digest": sha256_text(words),
    }
    return keep(desk, kept, [Act(Action.REPORTED, READER, data)], reports=[(number, words)])


def reply(desk: Desk, named: str, number: int, text: str, *, outcome: Outcome, by: Person) -> Kept:
    """Return the article with the desk's public answer to a report.

    Raises:
        NotAllowedError: The rule is named.
    """
    kept = find(desk, named)
    decision = rules.may_reply(by, kept.article, number)
    require(decision, kept.article.id)
    data = {"number": number, "outcome": outcome.value, "text": checked_text(text, "TEXT", needed=True)}
    return keep(desk, kept, [Act(Action.REPLIED, rules.actor_of(by, decision), data)])


def words_of(desk: Desk, named: str, *, by: Person) -> dict[int, str | None]:
    """Return what readers wrote, by number, for people of the desk; None where it was erased.

    Raises:
        NotAllowedError: ``by`` is not of the desk.
    """
    kept = find(desk, named)
    require(rules.may_declare(by), kept.article.id)
    return desk.store.articles.report_words(kept.article.id)


def erase(desk: Desk, named: str, number: int, *, by: Person) -> bool:
    """Erase a reader's own words, and tell whether there were any.

    Raises:
        NotAllowedError: ``by`` is no editor.
    """
    kept = find(desk, named)
    require(rules.may_erase(by), kept.article.id)
    return desk.store.articles.erase_report(kept.article.id, number)
