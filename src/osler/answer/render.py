"""The answer as the public document. The only place where display numbers are given to citations.

Terminal, REST, storage and exports all read this document; none of them numbers anything itself.
"""

from __future__ import annotations

from dataclasses import asdict
from typing import Any, Final

from osler.model.answer import Answer, AnswerSection, Beneath, Reference
from osler.model.comparison import FigureGroup
from osler.model.conflict import Conflict
from osler.model.question import ConceptRole, Question
from osler.model.statement import Statement

SCHEMA: Final = 1
PICO: Final[dict[ConceptRole, str]] = {
    ConceptRole.POPULATION: "population",
    ConceptRole.CONDITION: "condition",
    ConceptRole.INTERVENTION: "intervention",
    ConceptRole.COMPARATOR: "comparator",
    ConceptRole.OUTCOME: "outcome",
    ConceptRole.EXCLUDED: "excluded",
    ConceptRole.TOPIC: "topic",
}


def render_document(answer: Answer, *, asked: str, generated: str) -> dict[str, Any]:
    """Return the public JSON document; all that changes with time stands in ``envelope``.

    Args:
        answer: The answer.
        asked: The question exactly as asked; the whole question that a follow-up was understood as is
            in ``understood``.
        generated: ISO time.
    """
    body = render_answer(answer)
    body["question"]["asked"] = asked
    return {
        "schema": SCHEMA,
        "envelope": {
            "generated": generated,
            "review": {"state": "not_submitted", "signatures": [], "history_head": None},
            "notices": [],
        },
        "answer": body,
    }


def render_answer(answer: Answer) -> dict[str, Any]:
    """Return the part of the document that is the same bytes for the same library and question."""
    numbers = {reference.source: reference.number for reference in answer.references}
    library = answer.library
    return {
        "id": answer.id,
        "question": render_question(answer.question),
        "status": answer.status.value,
        "stance": answer.stance.stance.value if answer.stance else None,
        "stance_basis": [
            {"statement": lean.statement, "leans": lean.leans.value}
            for lean in (answer.stance.leans if answer.stance else ())
        ],
        "library": {
            "snapshot": library.snapshot,
            "sources": library.sources,
            "as_of": library.as_of,
            "searched": {
                "query": library.searched.query,
                "filters": dict(library.searched.filters),
                "hits": library.searched.hits,
            },
        },
        "bottom_line": render_statement(answer.bottom_line, numbers) if answer.bottom_line else None,
        "sections": [_section(section, numbers) for section in answer.sections],
        "figures": [_figures(group, answer) for group in answer.figures],
        "conflicts": [_conflict(conflict) for conflict in answer.conflicts],
        "beneath": [_beneath(one, numbers) for one in answer.beneath],
        "parts": [{"part": p.part, "support": p.support.value} for p in answer.parts],
        "uncertain": [{"statement": u.statement, "reason": u.reason} for u in answer.uncertain],
        "flags": list(answer.flags),
        "withheld": [{"text": w.text, "reason": w.reason} for w in answer.withheld],
        "clarify": [{"ask": c.ask, "why": c.why} for c in answer.clarify],
        "suggestions": list(answer.suggestions),
        "references": [render_reference(reference) for reference in answer.references],
        "calculators": [],
        "mechanism": None,
        "simulation": None,
        "reader": answer.reader.value,
        "reading_grade": answer.reading_grade,
        "engine": {"writer": answer.writer, "version": answer.engine_version},
        "disclaimer": answer.disclaimer,
        "caution": answer.caution,
        "glossary": [{"term": entry.term, "plain": entry.plain} for entry in answer.glossary],
    }


def render_question(question: Question) -> dict[str, Any]:
    """Return the question as asked and as understood."""
    pico: dict[str, list[str]] = {}
    for concept in question.concepts:
        if concept.role in PICO:
            pico.setdefault(PICO[concept.role], []).append(concept.text)
    return {
        "asked": question.asked,
        "understood": question.asked,
        "normalised": question.normalised,
        "kinds": [kind.value for kind in question.kinds],
        "pico": pico,
        "modifiers": list(question.modifiers),
        "follows": question.follows,
        "searched_as": render_rewordings(question),
    }


def render_rewordings(question: Question) -> list[dict[str, Any]]:
    """Return what words of the question were also searched as, in order of appearance."""
    return [
        {"found": entry.found, "put": list(entry.put), "aid": entry.aid, "why": entry.why}
        for entry in question.searched_as
    ]


def render_statement(statement: Statement, numbers: dict[str, int]) -> dict[str, Any]:
    """Return one statement with its citations and verdict; ``also`` holds display numbers."""
    certainty = statement.certainty
    return {
        "id": statement.id,
        "lead": statement.lead,
        "text": statement.text,
        "plain": statement.plain,
        "made": statement.made.value,
        "certainty": ({"level": certainty.level.value, "basis": certainty.basis} if certainty else None),
        "also": sorted(numbers[source] for source in statement.also),
        "citations": [asdict(citation) for citation in statement.citations],
        "verdict": {
            "outcome": statement.verdict.outcome.value,
            "checks": [
                {"check": c.check, "outcome": c.outcome.value, "reason": c.reason}
                for c in statement.verdict.checks
            ],
        },
    }


def _section(section: AnswerSection, numbers: dict[str, int]) -> dict[str, Any]:
    return {
        "tier": section.tier.value,
        "facet": section.facet.value,
        "title": section.title,
        "statements": [render_statement(statement, numbers) for statement in section.statements],
    }


def _beneath(one: Beneath, numbers: dict[str, int]) -> dict[str, Any]:
    return {
        "topic": one.topic.value,
        "facet": one.facet.value,
        "support": "found" if one.statements else "not_found",
        "statements": [render_statement(statement, numbers) for statement in one.statements],
        "sources": one.sources,
    }


def _conflict(conflict: Conflict) -> dict[str, Any]:
    """Return one thing on which sources differ; each side names its statement."""
    return {
        "about": conflict.about,
        "why": conflict.why,
        "sides": [
            {
                "statement": side.statement,
                "citation": asdict(side.citation),
                "population": side.population,
            }
            for side in conflict.sides
        ],
    }


def _figures(group: FigureGroup, answer: Answer) -> dict[str, Any]:
    """Return one group, each row with the citation that its statement gives its source."""
    cited = {(s.id, citation.source): citation for s in answer.statements for citation in s.citations}
    rows = []
    for row in group.rows:
        fields = asdict(row) | {"origin": row.origin.value}
        fields["citation"] = asdict(cited[row.statement, fields.pop("source")])
        rows.append(fields)
    return {
        "metric": group.metric,
        "unit": group.unit,
        "time_point": group.time_point,
        "population": group.population,
        "comparator": group.comparator,
        "rows": rows,
    }


def render_reference(reference: Reference) -> dict[str, Any]:
    """Return one entry of the reference list."""
    return {
        "number": reference.number,
        "source": reference.source,
        "version": reference.version,
        "kind": reference.kind.value,
        "design": reference.design.value,
        "n": reference.participants,
        "title": reference.title,
        "authors": list(reference.authors),
        "container": reference.container,
        "year": reference.year,
        "pmid": reference.pmid,
        "pmcid": reference.pmcid,
        "doi": reference.doi,
        "url": reference.url,
        "status": reference.status.value,
        "licence": reference.licence,
        "text_kind": reference.text_kind.value,
    }
