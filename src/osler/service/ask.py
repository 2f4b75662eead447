"""Ask a question: understand it, answer it, keep the answer so that it can be followed."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from osler.answer.compose import answer_question
from osler.answer.render import render_document
from osler.errors import InputError, LibraryError, NotFoundError
from osler.index.protocol import Filters
from osler.model.answer import Answer
from osler.model.reader import Reader
from osler.model.source import Kind
from osler.retrieval.aids import NOTHING, Aid
from osler.retrieval.trace import Trace
from osler.retrieval.understand import understand
from osler.service.wiring import Desk

LONGEST_QUESTION = 2000


@dataclass(frozen=True, slots=True)
class Asked:
    """An answer, its public document, and why each passage is in it or not."""

    answer: Answer
    document: dict[str, Any]
    trace: Trace


def ask(
    desk: Desk,
    question: str,
    *,
    reader: Reader = Reader.CLINICIAN,
    follow: str | None = None,
    tier: Kind | None = None,
    since: int | None = None,
    without: frozenset[Aid] = NOTHING,
) -> Asked:
    """Return the answer to ``question`` from the library at ``desk``; aids in ``without`` take no part.

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
    asked = question
    if follow is not None:
        asked = _joined(desk, question, follow)
    trace = Trace()
    notices: list[str] = []
    understood = understand(asked, desk.vocabulary, follows=follow, without=without)
    answer = answer_question(
        understood,
        desk.evidence_base(meaning=Aid.VECTORS not in without),
        filters=filters_for(desk, tier=tier, since=since),
        reader=reader,
        trace=trace,
        without=without,
        notices=notices,
    )
    document = render_document(
        answer, asked=question, generated=desk.now().isoformat(timespec="seconds")
    )
    document["envelope"]["notices"] = [*desk.notices, *notices]
    keep_answer(desk, answer.id, document)
    return Asked(answer, document, trace)


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


def _joined(desk: Desk, question: str, follow: str) -> str:
    """Return ``question`` with the drug and condition of the answer it follows, where it names none."""
    stored = desk.store.answer(follow)
    if stored is None:
        raise NotFoundError(
            "no stored answer has this id", item=follow, hint="use the id printed by osler ask"
        )
    pico = json.loads(stored)["answer"]["question"]["pico"]
    understood = understand(question, desk.vocabulary)
    present = {concept.role.value for concept in understood.concepts}
    kept = [
        name
        for role in ("intervention", "condition")
        if role not in present
        for name in pico.get(role, [])[:1]
    ]
    return f"{question.rstrip(' ?')} ({' in '.join(kept)})?" if kept else question
