"""How a drug acts in a condition: a curated graph judged against the library, or DrugMechDB's record."""

from __future__ import annotations

from collections.abc import Sequence

from osler.mechanism.curated import Draft
from osler.mechanism.weigh import weigh
from osler.model.citation import Citation
from osler.model.mechanism import Mechanism, Node, NodeKind
from osler.model.passage import Passage
from osler.model.question import Concept, ConceptRole, Question, QuestionKind
from osler.model.source import Source
from osler.model.verdict import Verdict
from osler.service.wiring import Desk
from osler.verify.gate import judge_quoted


class LibraryShelf:
    """The sources of a library by their keys, each looked up once.

    Args:
        desk: The library; only what may be read there is found.
    """

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._found: dict[str, tuple[Source, Sequence[Passage]] | None] = {}

    def find(self, key: str) -> tuple[Source, Sequence[Passage]] | None:
        """Return the source called ``key`` with its current passages, or None."""
        if key not in self._found:
            source = self._desk.store.source_by_key(key)
            if source is None or source.scope not in self._desk.scopes:
                self._found[key] = None
            else:
                self._found[key] = (source, self._desk.store.passages_of(source.id))
        return self._found[key]


def weigh_draft(desk: Desk, draft: Draft) -> Mechanism:
    """Return the curated graph ``draft`` as far as the library at ``desk`` bears it out."""
    question = Question(
        asked=f"What is the mechanism of action of {draft.drug} in {draft.condition}?",
        normalised="",
        kinds=(QuestionKind.MECHANISM,),
        concepts=tuple(_concept(node) for node in draft.nodes),
    )

    def judge(citation: Citation, passage: Passage, source: Source, ends: Sequence[Node]) -> Verdict:
        return judge_quoted(
            citation,
            (),
            passage=passage,
            source=source,
            question=question,
            needed=tuple(_concept(node) for node in ends),
            vocabulary={},
        )

    return weigh(draft, LibraryShelf(desk), judge)


def _concept(node: Node) -> Concept:
    role = ConceptRole.CONDITION if node.kind is NodeKind.DISEASE else ConceptRole.TARGET
    return Concept(node.name, role, (node.name, *node.names))
