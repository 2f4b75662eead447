"""New versions: from today's answer, or with other words for one statement, judged before they stand."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from osler.answer.references import number_references
from osler.answer.render import render_reference, render_statement
from osler.errors import InputError, NoAnswerError, NotFoundError
from osler.model.certainty import Level
from osler.model.citation import Citation, cite
from osler.model.passage import Passage
from osler.model.person import Person
from osler.model.source import Source
from osler.model.statement import Made, Statement
from osler.review import rules
from osler.review.content import Document, as_edited, content_of, statements_of, with_text, without
from osler.review.watch import carried_over, rejected_contents
from osler.service.articles.kept import Kept, find, keep, require, version_act
from osler.service.articles.opening import fresh_answer
from osler.service.wiring import Desk
from osler.verify.gate import judge_written

_SHORT_FORM: Final = re.compile(r"(?<![\w-])[A-Z][A-Za-z0-9]*[A-Z0-9][A-Za-z0-9]*(?![\w-])")
Span = tuple[str, int, int]
"""A passage and two offsets in it."""


def revise(desk: Desk, named: str, *, by: Person, reason: str = "") -> Kept:
    """Return the article with a version made from today's answer.

    What the desk rejected stays out, and what it worded stays in, as long as the answer still has the
    statement that it was put in the place of. Signatures of what is printed unchanged go on counting.
    The parts of the library that the article was opened with are asked, and no other that ``by`` may
    read: what is private does not come into an article that others read.

    Raises:
        NotAllowedError: The rule is named.
        NoAnswerError: The library no longer answers the question, or all of it is rejected.
    """
    kept = find(desk, named)
    decision = rules.may_revise(by, kept.article)
    require(decision, kept.article.id)
    document = fresh_answer(desk.reading(kept.article.scopes), kept.article.asked).document
    answer = carried_over(document["answer"], kept.answer, kept.article)
    if not statements_of(answer):
        raise NoAnswerError(
            "nothing would be left to print: everything in today's answer is rejected",
            item=kept.article.id, hint="decline or withdraw it",
        )  # fmt: skip
    document = _document(document, answer, kept.article.id, changed=answer != document["answer"])
    why = reason.strip() or "made from today's answer"
    act = version_act(kept, document, by=rules.actor_of(by, decision), reason=why)
    return keep(desk, kept, [act], document=document)


def edit(
    desk: Desk,
    named: str,
    statement: str,
    text: str,
    *,
    by: Person,
    reason: str,
    spans: Sequence[Span] = (),
) -> Kept:
    """Return the article with a version in which ``text`` stands in the place of ``statement``.

    The judge reads it like any sentence in other words than its source's. Statements that were rejected
    leave with the same version.

    Args:
        desk: Where.
        named: The article.
        statement: ``st_…`` of the newest version.
        text: One sentence.
        by: Who words it; they cannot sign it.
        reason: Why.
        spans: What it cites instead of what the statement cited.

    Raises:
        NotAllowedError: The rule is named.
        InputError: ``input.statement``: the judge refuses it; the check is named. ``input.unchanged``:
            it says what the statement says.
        NotFoundError: A passage that is cited does not exist.
    """
    kept = find(desk, named)
    decision = rules.may_edit(by, kept.article, statement, reason=reason, today=desk.now().date())
    require(decision, statement)
    old = next(one for one in statements_of(kept.answer) if one["id"] == statement)
    worded = _worded(desk.reading(kept.article.scopes), old, " ".join(text.split()), spans)
    if content_of(worded.statement) == content_of(old):
        raise InputError(
            "these are the words that it has", item=statement,
            hint="accept it, or say it in other words", code="input.unchanged",
        )  # fmt: skip
    answer = with_text(
        kept.answer,
        worded.statement,
        of=statement,
        references=[worded.reference] if worded.reference else [],
    )
    gone = {
        one["id"] for one in statements_of(answer) if content_of(one) in rejected_contents(kept.article)
    }
    document = _document(kept.document, without(answer, gone), kept.article.id, changed=True)
    act = version_act(
        kept,
        document,
        by=rules.actor_of(by, decision),
        reason=reason.strip(),
        worded={content_of(worded.statement): by.id},
        edited=(statement, worded.statement["id"]),
    )
    return keep(desk, kept, [act], document=document)


def _document(
    document: Mapping[str, Any], answer: Document, article: str, *, changed: bool
) -> dict[str, Any]:
    """Return the whole document around ``answer``; one that the desk changed has an id of its own."""
    return {**document, "answer": as_edited(answer, article=article) if changed else answer}


@dataclass(frozen=True, slots=True)
class _Worded:
    """A statement as somebody worded it, and the reference that it brings, if any."""

    statement: dict[str, Any]
    reference: dict[str, Any] | None


def _worded(desk: Desk, old: Document, text: str, spans: Sequence[Span]) -> _Worded:
    """Return ``text`` as a statement, judged.

    Raises:
        InputError: ``input.statement``: a check failed.
    """
    citations = _citations(desk, spans) if spans else tuple(Citation(**c) for c in old["citations"])
    passages = {p.id: p for p in desk.store.passages({c.passage for c in citations})}
    sources = desk.store.sources({c.source for c in citations})
    is_same = [c["source"] for c in old["citations"]] == [c.source for c in citations]
    certainty = old["certainty"] if is_same else None
    verdict = judge_written(
        text,
        citations,
        passages=passages,
        sources=sources,
        vocabulary=_vocabulary(desk, [text, *(c.quote for c in citations)]),
        level=Level(certainty["level"]) if certainty else None,
    )
    if not verdict.passed:
        failure = verdict.failures[0] if verdict.failures else verdict.checks[0]
        raise InputError(
            f"the judge refuses it: {failure.check}: {failure.reason}", item=old["id"],
            hint="say no more and no less than the quoted words, or cite others",
            code="input.statement",
        )  # fmt: skip
    statement = Statement(
        text=text,
        made=Made.WRITTEN,
        citations=citations,
        verdict=verdict,
        lead=old["lead"] if is_same else "",
    )
    kept = {"certainty": certainty, "also": old["also"] if is_same else []}
    rendered = render_statement(statement, {}) | kept
    return _Worded(rendered, _reference(statement, passages, sources))


def _citations(desk: Desk, spans: Sequence[Span]) -> tuple[Citation, ...]:
    """Return the citations of ``spans``.

    Raises:
        NotFoundError: A passage does not exist, or may not be read.
        InputError: ``input.span``: a span is not inside its passage.
    """
    passages = {p.id: p for p in desk.store.passages({passage for passage, _, _ in spans})}
    sources = desk.store.sources({p.source for p in passages.values()})
    found = []
    for named, start, end in spans:
        passage = passages.get(named)
        source = sources.get(passage.source) if passage else None
        if passage is None or source is None or source.scope not in desk.scopes:
            raise NotFoundError(
                "nothing in the library has this id", item=named,
                hint="passage ids are printed by osler search",
            )  # fmt: skip
        if not 0 <= start < end <= len(passage.text):
            raise InputError(
                f"{start}:{end} is not inside its {len(passage.text)} characters", item=named,
                hint="offsets are code points of the passage's text", code="input.span",
            )  # fmt: skip
        found.append(cite(passage, start, end))
    return tuple(found)


def _reference(
    statement: Statement, passages: Mapping[str, Passage], sources: Mapping[str, Source]
) -> dict[str, Any] | None:
    """Return the reference of the statement's source."""
    numbered = number_references([statement], sources=sources, passages=passages, versions={})
    return render_reference(numbered[0]) if numbered else None


def _vocabulary(desk: Desk, texts: Sequence[str]) -> dict[str, str]:
    """Return what the abbreviations of ``texts`` most often stand for in this library."""
    found: dict[str, str] = {}
    for text in texts:
        for short in _SHORT_FORM.findall(text):
            longs = desk.vocabulary.long_forms(short)
            if longs:
                found[short] = longs[0][0]
    return found
