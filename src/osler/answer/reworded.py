"""An answer that is kept as a document, worded for another reader than it was made for.

For answers that must not be made anew: an article prints the statements that people have signed. Its
statements, figures, conflicts, references and ids stay what they are; what may differ is what may differ
between readers of one answer (``levels``).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from osler.answer.levels import (
    Wording,
    caution_for,
    disclaimer_for_reader,
    place_of,
    title_for,
)
from osler.model.passage import Passage
from osler.model.question import Facet
from osler.model.reader import COMPUTE, Reader
from osler.model.source import Kind, Source

Document = Mapping[str, Any]


def word_document(
    answer: Document,
    reader: Reader,
    *,
    passages: Iterable[Passage],
    sources: Mapping[str, Source],
) -> dict[str, Any]:
    """Return the public document of an answer made for clinicians as ``reader`` gets it.

    Args:
        answer: The ``answer`` of a document.
        reader: Who reads it now.
        passages: The passages that it cites; one that is gone only explains nothing.
        sources: Their sources by id.
    """
    if reader.value == answer["reader"]:
        return dict(answer)
    wording = Wording(reader, passages=passages, sources=sources)

    def worded(statement: Document) -> dict[str, Any]:
        if statement["plain"] is not None:
            return dict(statement)
        plain = wording.render(statement["text"], statement["citations"][0]["passage"])
        return {**statement, "plain": plain}

    first = worded(answer["bottom_line"]) if answer["bottom_line"] else None
    sections = []
    for section in sorted(
        answer["sections"], key=lambda one: place_of(Kind(one["tier"]), Facet(one["facet"]), reader)
    ):
        title = title_for(Facet(section["facet"]), section["title"], reader)
        sections.append(
            {**section, "title": title, "statements": [worded(one) for one in section["statements"]]}
        )
    said = [*([first] if first else []), *(s for section in sections for s in section["statements"])]
    for statement in said:
        wording.explain(statement["lead"])
    texts = [statement["text"] for statement in said]
    return {
        **answer,
        "bottom_line": first,
        "sections": sections,
        "reader": reader.value,
        "reading_grade": wording.grade(texts),
        "caution": caution_for(texts, reader),
        "disclaimer": disclaimer_for_reader(answer["disclaimer"], reader),
        "simulation": answer.get("simulation") if reader in COMPUTE else None,
        "glossary": [{"term": one.term, "plain": one.plain} for one in wording.glossary],
    }
