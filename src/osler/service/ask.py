"""Ask a question: understand it, answer it, keep the answer so that it can be followed."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from osler.answer.compose import answer_question
from osler.answer.follow_up import earlier_from
from osler.answer.follow_up import follow as follow_up
from osler.answer.render import render_document
from osler.errors import InputError, LibraryError, NotFoundError
from osler.index.protocol import Filters
from osler.model.answer import Answer, AnswerStatus
from osler.model.editorial import State
from osler.model.question import Question, QuestionKind
from osler.model.reader import Reader
from osler.model.source import Kind
from osler.retrieval.aids import NOTHING, Aid
from osler.retrieval.trace import Trace
from osler.retrieval.understand import understand
from osler.service.reading import may_read
from osler.service.wiring import Desk
from osler.text.identifying import WORDS, Identifier, find_identifiers, without_identifiers

LONGEST_QUESTION = 2000
OFFERS_COMPUTATION = frozenset({AnswerStatus.ANSWERED, AnswerStatus.PARTIAL, AnswerStatus.ABSTAINED})
WANTS_A_DOSE = frozenset({QuestionKind.DOSE, QuestionKind.KINETICS})
LONGEST_THREAD = 20
"""Questions of a thread that are read back, so that none of them is suggested again."""


@dataclass(frozen=True, slots=True)
class Asked:
    """An answer, its public document, and why each passage is in it or not."""

    answer: Answer
    document: dict[str, Any]
    trace: Trace


@dataclass(frozen=True, slots=True)
class Understood:
    """A question as understood, before anything is looked for.

    Attributes:
        asked: Exactly as asked.
        question: What it was understood as; of a follow-up, the whole.
        earlier: Normalised wordings of the questions that it follows.
    """

    asked: str
    question: Question
    earlier: tuple[str, ...] = ()


def ask(
    desk: Desk,
    question: str,
    *,
    reader: Reader = Reader.CLINICIAN,
    follow: str | None = None,
    tier: Kind | None = None,
    since: int | None = None,
    without: frozenset[Aid] = NOTHING,
    keep: bool = True,
) -> Asked:
    """Return the answer to ``question`` from the library at ``desk``; aids in ``without`` take no part.

    With ``keep`` off nothing of question or answer is stored.

    Raises:
        InputError: The question is too long to be one.
        NotFoundError: ``follow`` names no stored answer.
    """
    understood = understand_question(desk, question, follow=follow, without=without)
    asked = answer_understood(desk, understood, reader=reader, tier=tier, since=since, without=without)
    if keep:
        keep_answer(desk, asked.answer.id, asked.document)
    return asked


def understand_question(
    desk: Desk, question: str, *, follow: str | None = None, without: frozenset[Aid] = NOTHING
) -> Understood:
    """Return ``question`` as understood, completed from the answer that it follows.

    Raises:
        InputError: The question is too long to be one.
        NotFoundError: ``follow`` names no stored answer.
    """
    if len(question) > LONGEST_QUESTION:
        raise InputError(
            f"{len(question):,} characters are too many for a question",
            item="QUESTION",
            hint=f"at most {LONGEST_QUESTION:,}; audit a text with `osler audit`",
            code="input.too_long",
        )
    if any("\ud800" <= character <= "\udfff" for character in question):
        raise InputError(
            "holds bytes that are no text",
            item="QUESTION",
            hint="type it in UTF-8",
            code="input.encoding",
        )
    thread = [] if follow is None else _thread(desk, follow)
    # What may identify somebody is nothing that evidence speaks of, and would be taken for a topic.
    searched = without_identifiers(question)
    if thread:
        understood = follow_up(
            searched, earlier_from(thread[0]), desk.vocabulary, follows=follow, without=without
        )
    else:
        understood = understand(searched, desk.vocabulary, without=without)
    return Understood(question, understood, tuple(each["normalised"] for each in thread))


def answer_understood(
    desk: Desk,
    understood: Understood,
    *,
    reader: Reader = Reader.CLINICIAN,
    tier: Kind | None = None,
    since: int | None = None,
    without: frozenset[Aid] = NOTHING,
    early: Callable[[dict[str, Any]], None] | None = None,
) -> Asked:
    """Return the answer to a question that was understood at this desk; nothing is stored.

    ``early`` is called as soon as the statements are verified, with a document that lacks what is looked
    for after them: what stands beneath, figures, conflicts, suggestions, calculators; its id may be
    another.
    """
    trace = Trace()
    notices: list[str] = []
    base = desk.evidence_base(meaning=Aid.VECTORS not in without)
    if base.writer is not None and (identifiers := find_identifiers(understood.asked)):
        # What was left out of the search is left out by rules; whatever they miss must not be sent.
        base = replace(base, writer=None)
        notices.append(held_back(identifiers))

    def told(answer: Answer) -> dict[str, Any]:
        document = render_document(
            answer, asked=understood.asked, generated=desk.now().isoformat(timespec="seconds")
        )
        document["envelope"]["notices"] = [
            *desk.notices,
            *notices,
            *_articles_on(desk, understood.question),
        ]
        return document

    answer = answer_question(
        understood.question,
        base,
        filters=filters_for(desk, tier=tier, since=since),
        reader=reader,
        trace=trace,
        without=without,
        earlier=understood.earlier,
        notices=notices,
        early=(lambda first: early(told(_worded(desk, first)))) if early else None,
    )
    answer = _worded(desk, answer)
    document = told(answer)
    if answer.status in OFFERS_COMPUTATION:
        from osler.service.calculate import offered  # its definitions are for few questions

        document["answer"]["calculators"] = offered(understood.question)
    if answer.status in OFFERS_COMPUTATION and WANTS_A_DOSE & set(understood.question.kinds):
        from osler.service.simulation_offer import offer_simulation  # its model is for few questions

        document["answer"]["simulation"] = offer_simulation(
            understood.question, document["answer"], reader=reader
        )
    if QuestionKind.MECHANISM in understood.question.kinds and answer.statements:
        from osler.service.mechanism_offer import offer_mechanism  # no other question waits for it

        document["answer"]["mechanism"] = offer_mechanism(desk, understood.question)
    return Asked(answer, document, trace)


def held_back(identifiers: Sequence[Identifier]) -> str:
    """Return what a person is told whose question may say who it is about, without those words."""
    named = ", ".join(dict.fromkeys(WORDS[identifier.kind] for identifier in identifiers))
    return (
        f"the question was not sent to the language model, since it may tell who it is about: {named}"
        " (writer.identifiers)"
    )


def _articles_on(desk: Desk, question: Question) -> list[str]:
    """Return a line on the approved article that answers the question, if there is one."""
    if not desk.store.articles.cards(states=[State.APPROVED.value], kind=question.kinds[0].value):
        return []
    from osler.service.articles.known import notices_on  # where nothing is approved nobody waits for it

    return notices_on(desk, question)


def _worded(desk: Desk, answer: Answer) -> Answer:
    """Return ``answer`` worded for its reader, with the abbreviations of the passages that it cites."""
    if answer.reader is Reader.CLINICIAN:
        return answer
    from osler.answer.levels import word_for_reader  # its word lists are for other readers only

    cited = {c.passage: c.source for statement in answer.statements for c in statement.citations}
    passages, sources = desk.store.passages(cited), desk.store.sources(set(cited.values()))
    return word_for_reader(answer, passages=passages, sources=sources)


def keep_answer(desk: Desk, answer: str, document: dict[str, Any]) -> None:
    """Keep an answer for ``--follow`` and ``show``; when it cannot be kept, say so and go on."""
    try:
        desk.store.put_answer(
            answer, json.dumps(document, ensure_ascii=False), now=document["envelope"]["generated"]
        )
    except LibraryError as fault:
        document["envelope"]["notices"].append(f"this answer could not be kept: {fault.message}")


def filters_for(desk: Desk, *, tier: Kind | None, since: int | None) -> Filters:
    """Return the limits of a search: what may be read, and what was asked for."""
    kinds = frozenset({tier.value}) if tier else frozenset()
    return Filters(scopes=desk.scopes, kinds=kinds, since=since)


def _thread(desk: Desk, follow: str) -> list[dict[str, Any]]:
    """Return the stored questions of a thread, from the one that is followed back to the first.

    Raises:
        NotFoundError: ``follow`` names no stored answer.
    """
    thread: list[dict[str, Any]] = []
    seen: set[str] = set()
    answer: str | None = follow
    now = desk.now().isoformat(timespec="seconds")
    while answer is not None and answer not in seen and len(thread) < LONGEST_THREAD:
        stored = desk.store.answer(answer, now=now)
        document = None if stored is None else json.loads(stored)
        if document is None or not may_read(desk, document):
            break
        seen.add(answer)
        thread.append(document["answer"]["question"])
        answer = thread[-1]["follows"]
    if not thread:
        raise NotFoundError(
            "no stored answer has this id", item=follow, hint="use the id printed by osler ask"
        )
    return thread
