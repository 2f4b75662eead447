"""Articles as they are kept: found by id or slug, and added to. The one place that writes history."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from osler.errors import LibraryError, NotAllowedError, NotFoundError
from osler.model.article import Article, Version
from osler.model.review import Action, Actor, Event
from osler.review import history
from osler.review.cards import Card, card_of, read_card, write_card
from osler.review.content import Changes, changes_between, printed
from osler.review.record import read_article, version_data
from osler.review.rules import Decision
from osler.service.reading import may_read_sources
from osler.service.wiring import Desk
from osler.store.articles import Addition, CardRow, EventRow

POLICY_HINT: Final = "osler article policy says who may do what"


@dataclass(frozen=True, slots=True)
class Kept:
    """An article with its history and the document of its newest version."""

    article: Article
    events: tuple[Event, ...]
    document: Mapping[str, Any]

    @property
    def answer(self) -> Mapping[str, Any]:
        """The answer of the newest version."""
        answer: Mapping[str, Any] = self.document["answer"]
        return answer


@dataclass(frozen=True, slots=True)
class Act:
    """Something that is done: what, by whom, with which particulars."""

    action: Action
    by: Actor
    data: Mapping[str, Any]


def find(desk: Desk, named: str) -> Kept:
    """Return the article with this id or slug.

    Its history is proved on the way, so that nothing is shown or built upon that was altered.

    Raises:
        NotFoundError: ``not_found.article``: there is none, or it rests on parts that may not be read.
        LibraryError: ``library.history``: it was altered.
    """
    with desk.store.articles.one_view():
        return _find(desk, named)


def _find(desk: Desk, named: str) -> Kept:
    row = desk.store.articles.card(named)
    card = None if row is None else read_card(row.card)
    if row is None or card is None or not may_see(desk, card):
        raise NotFoundError(
            "no article has this id", item=named, hint="osler article list shows them all",
            code="not_found.article",
        )  # fmt: skip
    events = read_history(desk, row.id)
    if (len(events), events[-1].hash if events else "") != (row.events, row.head):
        raise altered(history.Fault(row.id, len(events) + 1, "is missing"))
    article = read_article(events)
    if article.scopes != read_card(row.card).scopes:
        raise altered(history.Fault(row.id, 0, "its card tells of other parts of the library"))
    return Kept(article, events, read_version(desk, article, article.version.number))


def may_read(desk: Desk, card: Card) -> bool:
    """Tell whether all that an article rests on may be read at ``desk``."""
    return card.scopes <= desk.scopes


def may_see(desk: Desk, card: Card) -> bool:
    """Tell whether an article may be read at ``desk``, by the parts that its sources belong to today."""
    return may_read(desk, card) and may_read_sources(desk, [one.source for one in card.cited])


def read_version(desk: Desk, article: Article, number: int) -> Mapping[str, Any]:
    """Return the whole document of a version.

    Raises:
        NotFoundError: ``not_found.version``: there is none of this number.
    """
    text = desk.store.articles.version(article.id, number)
    if text is None:
        raise NotFoundError(
            f"has no version {number}", item=article.id, hint="osler article show lists its versions",
            code="not_found.version",
        )  # fmt: skip
    known = article.versions[number - 1].digest if number <= len(article.versions) else ""
    if history.document_digest(text) != known:
        raise altered(history.Fault(article.id, 0, f"version {number} is not what was reviewed"))
    document: Mapping[str, Any] = json.loads(text)
    return document


def read_history(desk: Desk, article: str) -> tuple[Event, ...]:
    """Return the events of ``article``, proved to be those that were written.

    Raises:
        LibraryError: ``library.history``: one of them is not.
    """
    rows = desk.store.articles.events(article)
    fault = history.verify_events(
        [history.Row(row.article, row.n, row.body, row.previous, row.hash) for row in rows],
        article=article,
    )
    if fault is not None:
        raise altered(fault)
    return tuple(history.read_event(row.body, previous=row.previous, hashed=row.hash) for row in rows)


def altered(fault: history.Fault) -> LibraryError:
    """Return the error that says where a history was altered."""
    place = f"event {fault.event}: " if fault.event else ""
    return LibraryError(
        f"its history was altered: {place}{fault.what}",
        item=fault.article or "journal",
        hint="bring back a backup, and ask who changed the database: osler library restore FILE",
        code="library.history",
    )


def keep(
    desk: Desk,
    before: Kept | None,
    acts: Sequence[Act],
    *,
    article: str = "",
    document: Mapping[str, Any] | None = None,
    reports: Sequence[tuple[int, str]] = (),
) -> Kept:
    """Return the article after ``acts``, which are kept all together.

    Args:
        desk: Where.
        before: The article as it was read; None for a new one.
        acts: What is done, in order.
        article: Id of a new one.
        document: The document of the new version, where one of the acts makes one.
        reports: Readers' own words, by number.

    Raises:
        LibraryError: ``library.moved``: somebody did something to it since it was read.
    """
    events = list(before.events if before else ())
    named, at = before.article.id if before else article, desk.now().isoformat(timespec="seconds")
    for act in acts:
        events.append(
            history.append(events, article=named, at=at, action=act.action, by=act.by, data=act.data)
        )
    after = read_article(events)
    current = document if document is not None else (before.document if before else {})
    card = card_of(after, current["answer"])
    kept = len(before.events) if before else 0
    desk.store.articles.add(
        Addition(
            card=CardRow(
                card.id, card.slug, card.state.value, card.subject.kind, write_card(card),
                after.events, after.head,
            ),
            events=[
                EventRow(event.article, event.n, history.body_of(event), event.previous, event.hash)
                for event in events[kept:]
            ],
            versions=[(after.version.number, history.canonical(document))] if document else [],
            reports=reports,
        ),
        after=kept,
        start=history.NOTHING,
        journal_hash=_journal_hash,
    )  # fmt: skip
    return Kept(after, tuple(events), current)


def _journal_hash(previous: str, n: int, article: str, event: int, head: str) -> str:
    return history.journal_hash(previous, n=n, article=article, event=event, head=head)


def version_act(
    before: Kept | None,
    document: Mapping[str, Any],
    *,
    by: Actor,
    reason: str,
    worded: Mapping[str, str] | None = None,
    edited: tuple[str, str] | None = None,
) -> Act:
    """Return the act that makes ``document`` the next version.

    Args:
        before: The article so far.
        document: The whole document.
        by: Who makes it.
        reason: Why.
        worded: By content, the person who worded a statement, in addition to what is known. Who worded
            it first stays its writer: typing somebody's words again frees nobody to sign their own.
        edited: The statement that was worded, by its id before and after.
    """
    versions = before.article.versions if before else ()
    writers = {one.content: one.writer for v in versions for one in v.statements if one.writer}
    statements = printed(document["answer"], {**(worded or {}), **writers})
    changes = (
        changes_between(versions[-1].statements, statements)
        if versions
        else Changes(added=tuple(one.id for one in statements))
    )
    version = Version(
        number=len(versions) + 1,
        made="",
        by=by,
        reason=reason,
        answer=document["answer"]["id"],
        digest=history.document_digest(history.canonical(document)),
        statements=statements,
        added=changes.added,
        removed=changes.removed,
        changed=changes.changed,
        kept=changes.kept,
        event=0,
        edited=edited,
    )
    return Act(Action.REVISED, by, version_data(version))


def require(decision: Decision, item: str) -> None:
    """Return only where ``decision`` allows it.

    Raises:
        NotAllowedError: It does not; the hint names the rule.
    """
    if not decision.allowed:
        raise NotAllowedError(decision.reason, item=item, hint=f"rule {decision.rule}; {POLICY_HINT}")
