"""What an answer compares: the quotes of its statements as the figure table reads them."""

from __future__ import annotations

from collections.abc import Sequence

from osler.answer.assure import is_about_animals
from osler.answer.select import Pick
from osler.model.answer import Uncertain
from osler.model.comparison import FigureGroup
from osler.model.question import ConceptRole, Question
from osler.synthesis.arithmetic import faults_in
from osler.synthesis.figure_table import Cited, figure_table
from osler.text.normalise import fold


def figures_of(picks: Sequence[Pick], question: Question) -> tuple[FigureGroup, ...]:
    """Return the figures of the printed statements on people, in groups of like with like."""
    cited = [
        Cited(pick.statement.id, citation.source, citation.quote)
        for pick in picks
        if not any(is_about_animals(candidate) for candidate in pick.candidates)
        for citation in pick.statement.citations
    ]
    return figure_table(cited, _known_drugs(question))


def with_faults(uncertain: Sequence[Uncertain], picks: Sequence[Pick]) -> tuple[Uncertain, ...]:
    """Return the reasons for care with those of arithmetic joined to them, one entry for a statement."""
    reasons: dict[str, list[str]] = {}
    for entry in uncertain:
        reasons.setdefault(entry.statement, []).append(entry.reason)
    for pick in picks:
        for citation in pick.statement.citations:
            for fault in faults_in(citation.quote):
                reasons.setdefault(pick.statement.id, []).append(fault)
    return tuple(
        Uncertain(statement, "; ".join(dict.fromkeys(said))) for statement, said in reasons.items()
    )


def _known_drugs(question: Question) -> dict[str, str]:
    """Return each one-word spelling of the question's drugs with the name they are known by here."""
    return {
        fold(variant): fold(concept.text)
        for concept in question.with_role(ConceptRole.INTERVENTION, ConceptRole.COMPARATOR)
        for variant in (concept.text, *concept.variants)
        if " " not in variant
    }
