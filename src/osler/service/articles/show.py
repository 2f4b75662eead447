"""Articles as documents: the page, the desk's view claim by claim, lists, two versions side by side."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date
from typing import Any, Final

from osler.model.article import Article, Version
from osler.model.editorial import State
from osler.model.person import Person
from osler.model.reader import Reader
from osler.model.review import Actor, Meaning
from osler.review.cards import Card, read_card
from osler.review.content import side_by_side, statements_of
from osler.review.matching import kin
from osler.review.rules import shown_state
from osler.review.signing import needs_of, signatures
from osler.service.articles.kept import Kept, find, may_read, read_version
from osler.service.articles.known import is_approved
from osler.service.articles.moving import allowed_moves
from osler.service.records import source_document
from osler.service.wiring import Desk

STEPS: Final = (State.SUBMITTED, State.UNDER_REVIEW, State.APPROVED)
STEPS_BESIDE: Final[Mapping[State, int]] = {
    State.CHANGES_REQUESTED: STEPS.index(State.UNDER_REVIEW),
    State.EXPIRED: len(STEPS),
    State.SUPERSEDED: len(STEPS),
}
"""How far an article beside the steps has come: what ran out or was replaced had been approved."""
CAUTIONS: Final[Mapping[State, str]] = {
    State.DRAFT: "Made by software from the sources below. Nobody has reviewed it.",
    State.SUBMITTED: "Made by software from the sources below. Nobody has reviewed it yet.",
    State.UNDER_REVIEW: "Under review: parts of it may not have been checked by anybody.",
    State.CHANGES_REQUESTED: "Reviewers have asked for changes, which have not been made yet.",
    State.DECLINED: "Reviewed and not approved. Do not rely on it.",
    State.WITHDRAWN: "Withdrawn. It is kept so that old links still find it. Do not rely on it.",
    State.SUPERSEDED: "Another article has taken its place.",
    State.EXPIRED: "Its approval has run out. It may no longer be true.",
}
MOST_RELATED: Final = 8


def show_article(
    desk: Desk, named: str, *, version: int | None = None, reader: Reader = Reader.CLINICIAN
) -> dict[str, Any]:
    """Return an article as its readers see it: the newest version, or ``version``.

    Args:
        desk: Where.
        named: The article.
        version: An earlier version.
        reader: Who reads: statements, figures and citations are the same for all.

    Raises:
        NotFoundError: There is no such article or version.
    """
    kept = find(desk, named)
    document = kept.document if version is None else read_version(desk, kept.article, version)
    facts = {**_facts(desk, kept), "shown_version": version or kept.article.version.number}
    page = _page(desk, kept, document, version)
    return {"type": "article", "article": facts, **page, "answer": _worded(desk, page["answer"], reader)}


def _worded(desk: Desk, answer: Mapping[str, Any], reader: Reader) -> Mapping[str, Any]:
    """Return ``answer`` as ``reader`` gets it, by the abbreviations of the passages that it cites."""
    if reader.value == answer["reader"]:
        return answer
    from osler.answer.reworded import word_document  # its word lists are for other readers only

    cited = {c["passage"]: c["source"] for one in statements_of(answer) for c in one["citations"]}
    passages, sources = desk.store.passages(cited), desk.store.sources(set(cited.values()))
    return word_document(answer, reader, passages=passages, sources=sources)


def status_of(desk: Desk, kept: Kept) -> dict[str, Any]:
    """Return where an article stands, without its answer."""
    return {"article": _facts(desk, kept)}


def _page(desk: Desk, kept: Kept, document: Mapping[str, Any], version: int | None) -> dict[str, Any]:
    state = shown_state(kept.article, desk.now().date())
    is_newest = version in (None, kept.article.version.number)
    notices = list(document["envelope"]["notices"])
    if not is_newest:
        notices.append(f"this is version {version} of {kept.article.version.number}")
    review = {
        "state": state.value,
        "signatures": _signatures(kept.article) if is_newest else [],
        "history_head": kept.article.head,
    }
    envelope = {"generated": document["envelope"]["generated"], "review": review, "notices": notices}
    return {"envelope": envelope, "answer": document["answer"]}


def _signatures(article: Article) -> list[dict[str, str]]:
    return [
        {
            "statement": one.statement,
            "by": one.by.name,
            "role": one.by.role,
            "meaning": Meaning.REVIEW.value,
            "on": one.on,
        }
        for one in signatures(article)
    ]


def _facts(desk: Desk, kept: Kept) -> dict[str, Any]:
    article, standing = kept.article, kept.article.standing
    state = shown_state(article, desk.now().date())
    return {
        "id": article.id,
        "slug": article.slug,
        "question": {
            "asked": article.asked,
            "normalised": article.normalised,
            "also_asked": [{"asked": one.asked, "why": one.why} for one in article.aliases],
        },
        "state": state.value,
        "since": standing.since,
        "reason": standing.reason,
        "moved_by": _name(standing.by),
        "steps": steps_of(state),
        "is_approved": state is State.APPROVED,
        "index": state is State.APPROVED,
        "caution": CAUTIONS.get(state),
        "version": article.version.number,
        "versions": [_version(one) for one in reversed(article.versions)],
        "author": _name(article.author),
        "updated": article.updated,
        "review_by": standing.review_by,
        "expires": standing.expires,
        "successor": standing.successor,
        "signed_by": _signed_by(article),
        "approved_by": _approval(article),
        "assigned": [
            {**_name(one.reviewer), "due": one.due, "on": one.on} for one in article.assignments
        ],
        "open": _open(article),
        "corrections": [
            {
                "number": one.number,
                "on": one.on,
                "concern": one.concern.value,
                "statement": one.statement,
                "outcome": one.outcome.value if one.outcome else None,
                "reply": one.reply,
                "replied": one.replied,
                "by": _name(one.by) if one.by else None,
            }
            for one in article.corrections
        ],
        "related": _related(desk, article),
        "head": article.head,
        "events": article.events,
    }


def steps_of(state: State) -> list[dict[str, Any]]:
    """Return the three steps of the page, each with whether the article is past it, at it or before."""
    reached = STEPS.index(state) if state in STEPS else STEPS_BESIDE.get(state, -1)
    return [
        {"step": step.value, "is": "done" if n < reached else "now" if n == reached else "to come"}
        for n, step in enumerate(STEPS)
    ]


def _version(version: Version) -> dict[str, Any]:
    return {
        "number": version.number,
        "made": version.made,
        "by": _name(version.by),
        "reason": version.reason,
        "answer": version.answer,
        "added": list(version.added),
        "removed": list(version.removed),
        "changed": list(version.changed),
        "kept": list(version.kept),
    }


def _signed_by(article: Article) -> list[dict[str, Any]]:
    """Return who signed statements of the newest version, how many, and when last."""
    found: dict[str, dict[str, Any]] = {}
    for one in signatures(article):
        entry = found.setdefault(
            one.by.id, {**_name(one.by), "meaning": Meaning.REVIEW.value, "statements": 0, "on": ""}
        )
        entry["statements"] += 1
        entry["on"] = max(entry["on"], one.on)
    return list(found.values())


def _approval(article: Article) -> dict[str, Any] | None:
    if article.state is not State.APPROVED:
        return None
    standing = article.standing
    return {**_name(standing.by), "meaning": Meaning.APPROVAL.value, "on": standing.since}


def _open(article: Article) -> dict[str, Any]:
    """Return what approval still waits for, as far as the history tells."""
    needs = needs_of(article)
    return {
        "statements": len(needs),
        "unsigned": [need.statement for need in needs if need.lacks],
        "signatures_missing": sum(need.lacks for need in needs),
        "rejected": [need.statement for need in needs if need.rejected],
        "reports": sum(one.outcome is None for one in article.corrections),
    }


def _related(desk: Desk, article: Article) -> list[dict[str, str]]:
    """Return approved articles that share a drug or condition."""
    found = []
    for row in desk.store.articles.cards(states=[State.APPROVED.value]):
        card = read_card(row.card)
        if card.id == article.id or not may_read(desk, card) or not is_approved(desk, card):
            continue
        shared = kin(article.subject, card.subject)
        if shared is not None:
            found.append({"id": card.id, "slug": card.slug, "asked": card.asked, "why": shared.why})
    return found[:MOST_RELATED]


# --- the desk -------------------------------------------------------------------------------------


def show_claims(desk: Desk, named: str, *, who: Person | None = None) -> dict[str, Any]:
    """Return the newest version claim by claim: each statement beside the words that it rests on.

    Args:
        desk: Where.
        named: The article.
        who: For whom to say what may be done to the article as a whole.
    """
    kept = find(desk, named)
    article = kept.article
    said = statements_of(kept.answer)
    passages = {
        p.id: p for p in desk.store.passages({c["passage"] for one in said for c in one["citations"]})
    }
    sources = desk.store.sources({c["source"] for one in said for c in one["citations"]})
    needs = {need.statement: need for need in needs_of(article)}
    claims = []
    for statement, noted in zip(said, article.version.statements, strict=True):
        need = needs[noted.id]
        claims.append(
            {
                "statement": statement,
                "content": noted.content,
                "is_dosing": noted.is_dosing,
                "worded_by": noted.writer or None,
                "wanted": need.wanted,
                "lacks": need.lacks,
                "signed": [_decided(one) for one in need.signed],
                "rejected_by": [_name(one) for one in need.rejected],
                "decided": [_decided(one) for one in article.decided if one.statement == noted.id],
                "comments": [_comment(one) for one in article.comments if one.statement == noted.id],
                "beside": [_beside(citation, passages, sources) for citation in statement["citations"]],
            }
        )
    document = {
        "type": "claims",
        "article": _facts(desk, kept),
        "claims": claims,
        "comments": [_comment(one) for one in article.comments if one.statement is None],
        "declarations": [
            {**_name(one.by), "on": one.on, "interest": one.interest} for one in article.declarations
        ],
        "explanations": [
            {"finding": one.finding, **_name(one.by), "on": one.on, "text": one.text}
            for one in article.explanations
        ],
        "moves": None,
    }
    if who is not None:
        document["moves"] = [
            {"move": which.value, "allowed": one.allowed, "reason": one.reason, "rule": one.rule}
            for which, one in allowed_moves(desk, kept, who).items()
        ]
    return document


def _decided(one: Any) -> dict[str, Any]:
    return {
        "judgement": one.judgement.value,
        "content": one.content,
        **_name(one.by),
        "role": one.by.role,
        "meaning": Meaning.REVIEW.value,
        "on": one.on,
        "reason": one.reason,
    }


def _comment(one: Any) -> dict[str, Any]:
    return {**_name(one.by), "on": one.on, "text": one.text}


def _beside(
    citation: Mapping[str, Any], passages: Mapping[str, Any], sources: Mapping[str, Any]
) -> dict[str, Any]:
    """Return a citation with the whole passage around its words, and the record of its source."""
    passage, source = passages.get(citation["passage"]), sources.get(citation["source"])
    return {
        **citation,
        "heading": passage.heading if passage else None,
        "passage_text": passage.text if passage else None,
        "text_kind": passage.text_kind.value if passage else None,
        "reference": source_document(source) if source else None,
    }


def show_difference(desk: Desk, named: str, before: int, after: int) -> dict[str, Any]:
    """Return two versions side by side, statement by statement.

    Raises:
        NotFoundError: The article has no such version.
    """
    kept = find(desk, named)
    old = read_version(desk, kept.article, before)["answer"]
    new = read_version(desk, kept.article, after)["answer"]
    return {
        "type": "difference",
        "article": kept.article.id,
        "before": _version(kept.article.versions[before - 1]),
        "after": _version(kept.article.versions[after - 1]),
        "rows": [
            {"statement": row.statement, "fate": row.fate, "before": row.before, "after": row.after}
            for row in side_by_side(old, new)
        ],
    }


# --- lists ----------------------------------------------------------------------------------------


def list_articles(
    desk: Desk,
    *,
    states: Collection[State] = (),
    assignee: str | None = None,
    due_by: date | None = None,
    about: str | None = None,
) -> list[dict[str, Any]]:
    """Return the articles that all of the filters let through; those due first come first.

    Args:
        desk: Where.
        states: Any of these; all where empty.
        assignee: Id of a person who is asked to review.
        due_by: A reviewer's date, or the date of the next review, is this one or earlier.
        about: A drug or condition that the question names, in any of its spellings.
    """
    today = desk.now().date()
    found = []
    for row in desk.store.articles.cards():
        card = read_card(row.card)
        state = _state_of(card, today)
        if not may_read(desk, card) or (states and state not in states):
            continue
        if assignee is not None and all(who.id != assignee for who, _ in card.assigned):
            continue
        if about is not None and not card.names(about):
            continue
        if due_by is not None and not any(
            d and d <= due_by.isoformat() for d in (card.due, card.review_by)
        ):
            continue
        found.append(_listed(card, state))
    return sorted(found, key=lambda one: (one["due"] or one["review_by"] or "9999", one["slug"]))


def _state_of(card: Card, today: date) -> State:
    is_past = card.expires is not None and today.isoformat() > card.expires
    return State.EXPIRED if card.state is State.APPROVED and is_past else card.state


def _listed(card: Card, state: State) -> dict[str, Any]:
    return {
        "id": card.id,
        "slug": card.slug,
        "asked": card.asked,
        "state": state.value,
        "since": card.since,
        "updated": card.updated,
        "version": card.version,
        "statements": card.statements,
        "unsigned": card.unsigned,
        "author": _name(card.author),
        "assigned": [{**_name(who), "due": due} for who, due in card.assigned],
        "due": card.due,
        "review_by": card.review_by,
        "expires": card.expires,
        "reports": card.reports,
    }


def _name(who: Actor) -> dict[str, str]:
    return {"id": who.id, "name": who.name}
