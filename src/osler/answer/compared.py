"""What an answer compares: its statements as the figure ledger reads them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from osler.answer.select import Pick
from osler.model.answer import Uncertain
from osler.model.comparison import Conflict, FigureGroup
from osler.model.question import Question
from osler.synthesis.arithmetic import faults_in
from osler.synthesis.conflicts import conflicts_of
from osler.synthesis.ledger import ledger_of
from osler.synthesis.stated import Stated, known_drugs, known_forms


@dataclass(frozen=True, slots=True)
class Compared:
    """Figures like with like, where sources differ, and what does not add up in its source."""

    figures: tuple[FigureGroup, ...]
    conflicts: tuple[Conflict, ...]
    faults: tuple[Uncertain, ...]


def compare(picks: Sequence[Pick], question: Question) -> Compared:
    """Return what the printed statements compare to."""
    drugs, forms = known_drugs(question), known_forms(question)
    statements = [
        Stated(
            p.statement.id, p.candidate.text, p.candidate.passage.text, p.candidate.source, drugs, forms
        )
        for p in picks
    ]
    bound, groups = ledger_of(statements)
    faults = [Uncertain(s.statement, "; ".join(faults_in(s.text))) for s in statements]
    return Compared(groups, conflicts_of(bound), tuple(f for f in faults if f.reason))


def with_faults(uncertain: Sequence[Uncertain], faults: Sequence[Uncertain]) -> tuple[Uncertain, ...]:
    """Return the reasons for care with the faults joined to them, one entry for each statement."""
    reasons: dict[str, list[str]] = {}
    for entry in (*uncertain, *faults):
        reasons.setdefault(entry.statement, []).append(entry.reason)
    return tuple(Uncertain(statement, "; ".join(said)) for statement, said in reasons.items())
