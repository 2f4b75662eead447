"""What ``service`` returns, as the plain documents of the public contract (``docs/schema``).

One place for all surfaces, so that the terminal and the web say the same. Never adds what is not in the
value, never renders.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from enum import Enum
from pathlib import PurePath
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from osler.model.passage import Passage
    from osler.retrieval.sentences import RankedSentence
    from osler.retrieval.trace import Trace
    from osler.service.search import Found

SCHEMA: Final = 1
Plain = dict[str, Any] | list[Any] | str | int | float | bool | None


def plain(value: object) -> Plain:
    """Return ``value`` in the types of JSON: dataclasses as objects, sets sorted, paths as text.

    Raises:
        TypeError: The value has no plain form.
    """
    if isinstance(value, Enum):
        return plain(value.value)
    if value is None or isinstance(value, str | int | float):
        return value
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name: plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, Mapping):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [plain(item) for item in value]
    if isinstance(value, set | frozenset):
        return [plain(item) for item in sorted(value)]
    if isinstance(value, PurePath):
        return str(value)
    raise TypeError(f"no plain form for {type(value).__name__}")


def versioned(document: Mapping[str, Any]) -> dict[str, Any]:
    """Return ``document`` in plain types, with the version of the contract first."""
    return {"schema": SCHEMA, **{key: plain(value) for key, value in document.items()}}


def named_document(name: str, value: object) -> dict[str, Any]:
    """Return ``value`` in plain types under ``name``, with the version of the contract."""
    return versioned({name: value})


def passage_document(passage: Passage) -> dict[str, Any]:
    """Return a passage with its text, whose words they are, and its hash."""
    return {
        "id": passage.id,
        "source": passage.source,
        "version": passage.version,
        "ordinal": passage.ordinal,
        "heading": passage.heading,
        "text": passage.text,
        "text_kind": passage.text_kind.value,
        "sha256": passage.sha256,
        "sections": plain(passage.sections),
    }


def search_document(found: Found, *, why: bool) -> dict[str, Any]:
    """Return the hits of a search, best first; with ``why`` also every decision on the way."""
    from osler.answer.render import render_rewordings
    from osler.service.records import source_document

    best = found.best_sentences()
    document: dict[str, Any] = {
        "schema": SCHEMA,
        "question": {
            "asked": found.question.asked,
            "normalised": found.question.normalised,
            "kinds": [kind.value for kind in found.question.kinds],
            "searched_as": render_rewordings(found.question),
        },
        "hits": [
            {
                "rank": hit.rank,
                "score": round(hit.score, 6),
                "passage": passage_document(hit.passage),
                "best": span_document(best.get(hit.passage.id)),
                "source": plain(source_document(hit.source)),
                "reasons": list(hit.reasons),
            }
            for hit in found.hits
        ],
    }
    if why:
        document["trace"] = trace_document(found.trace)
    return document


def span_document(sentence: RankedSentence | None) -> dict[str, int] | None:
    """Return where a sentence stands in its passage, or None."""
    return None if sentence is None else {"start": sentence.start, "end": sentence.end}


def trace_document(trace: Trace) -> list[dict[str, str]]:
    """Return the decisions of a search or an answer, in order."""
    return [
        {"stage": step.stage, "item": step.item, "decision": step.decision, "reason": step.reason}
        for step in trace.steps
    ]
