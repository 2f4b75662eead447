"""The history of articles as a list, and the proof that it is what was written."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from osler.ids import sha256_text
from osler.model.article import Article
from osler.model.review import Event
from osler.review import history
from osler.review.cards import card_of, read_card
from osler.review.history import Fault, JournalEntry
from osler.review.record import read_article
from osler.service.articles.kept import altered, find, read_history, read_version
from osler.service.wiring import Desk
from osler.store.articles import CardRow


@dataclass(frozen=True, slots=True)
class Proof:
    """What was proved.

    Attributes:
        articles: How many articles were gone through.
        events: How many events.
        journal: How many lines of the journal.
        head: Hash of the last event of the article, or of the journal's last line for all.
        since: Events since the head that was to be found, or None where none was given.
    """

    articles: int
    events: int
    journal: int
    head: str
    since: int | None = None


def events_of(desk: Desk, named: str) -> tuple[Event, ...]:
    """Return the history of an article, oldest first.

    Raises:
        NotFoundError: There is no such article.
        LibraryError: ``library.history``: it was altered.
    """
    return find(desk, named).events


def verify(desk: Desk, named: str | None = None, *, head: str | None = None) -> Proof:
    """Return what was proved of one article's history, or of all of them and the journal.

    Every hash is worked out anew: of each event, of each kept answer, of readers' words that were not
    erased, of the journal; and the three must agree with each other and with the cards.

    Args:
        desk: Where.
        named: One article; all where None.
        head: A head that somebody noted before: it must still be in the history.

    Raises:
        NotFoundError: There is no such article.
        LibraryError: ``library.history``, naming the first event that is not what was written.
    """
    with desk.store.articles.one_view():
        return _verify(desk, named, head)


def _verify(desk: Desk, named: str | None, head: str | None) -> Proof:
    journal = [
        JournalEntry(row.n, row.article, row.event, row.head, row.previous, row.hash)
        for row in desk.store.articles.journal()
    ]
    _raise(history.verify_journal(journal))
    if named is not None:
        wanted = [_id_of(desk, named)]
        journal_of = [line for line in journal if line.article == wanted[0]]
    else:
        wanted, journal_of = desk.store.articles.articles_with_history(), journal
    proved = [_prove(desk, article) for article in wanted]
    hashes = {one.read.id: one.hashes for one in proved}
    _raise(history.verify_against_journal(hashes, journal_of))
    for one in proved:
        _raise(_fault_of_card(desk, one.read, one.card))
    flat = [each for known in hashes.values() for each in known]
    heads = flat if named else [line.hash for line in journal] + flat
    last = flat[-1] if named and flat else (journal[-1].hash if journal else history.NOTHING)
    return Proof(
        len(wanted), len(flat), len(journal), last, None if head is None else _since(heads, head, named)
    )


@dataclass(frozen=True, slots=True)
class _Proved:
    """An article whose events hold together, with its card, which is compared last."""

    read: Article
    card: CardRow
    hashes: tuple[str, ...]


def _prove(desk: Desk, article: str) -> _Proved:
    """Return an article after proving its events and all that hangs on them."""
    events = read_history(desk, article)
    card = desk.store.articles.card(article)
    if not events or card is None:
        raise altered(Fault(article, 1, "is missing"))
    try:
        read = read_article(events)
    except (KeyError, ValueError) as error:
        raise altered(Fault(article, len(events), f"cannot be read: {error}")) from error
    if (card.events, card.head) != (read.events, read.head):
        raise altered(Fault(article, len(events) + 1, "is missing: the article's card knows more"))
    if (card.slug, card.state) != (read.slug, read.state.value):
        raise altered(Fault(article, 0, "its card tells another state than its history"))
    _raise(_fault_of_documents(desk, read))
    return _Proved(read, card, tuple(event.hash for event in events))


def _fault_of_documents(desk: Desk, article: Article) -> Fault | None:
    """Return which kept answer or report is not what its event names, or None."""
    documents = desk.store.articles.versions(article.id)
    for version in article.versions:
        document = documents.pop(version.number, None)
        if document is None:
            return Fault(article.id, version.event, f"the answer of version {version.number} is missing")
        if history.document_digest(document) != version.digest:
            return Fault(
                article.id, version.event, f"the answer of version {version.number} is not what it was"
            )
    if documents:
        return Fault(article.id, 0, f"version {min(documents)} has no event")
    words = desk.store.articles.report_words(article.id)
    for report in article.corrections:
        said = words.get(report.number)
        if said is not None and sha256_text(said) != report.digest:
            return Fault(article.id, 0, f"the words of report {report.number} are not what was reported")
    return None


def _fault_of_card(desk: Desk, article: Article, row: CardRow) -> Fault | None:
    """Return that lists, recalls and rights would be told otherwise than history has it, or None.

    How many statements lack a signature is left aside: it follows from the rules of the day.
    """
    expected = card_of(article, read_version(desk, article, article.version.number)["answer"])
    try:
        told = replace(read_card(row.card), unsigned=expected.unsigned)
    except (KeyError, TypeError, ValueError):
        return Fault(article.id, 0, "its card cannot be read")
    if told != expected or row.kind != expected.subject.kind:
        return Fault(article.id, 0, "its card is not what its history comes to")
    return None


def _id_of(desk: Desk, named: str) -> str:
    """Return the id of an article, also of one whose card was taken away."""
    if named in desk.store.articles.articles_with_history():
        return named
    card = desk.store.articles.card(named)
    return card.id if card is not None else find(desk, named).article.id


def _since(known: Sequence[str], head: str, named: str | None) -> int:
    """Return how many events came after ``head``.

    Raises:
        LibraryError: ``library.history``: it is not there any more.
    """
    bare = head.removeprefix("sha256:")
    if bare not in known:
        raise altered(Fault(named or "", 0, f"the head {bare} that was noted is not in it any more"))
    return len(known) - 1 - list(known).index(bare)


def _raise(fault: Fault | None) -> None:
    if fault is not None:
        raise altered(fault)
