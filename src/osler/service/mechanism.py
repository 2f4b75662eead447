"""How a drug acts in a condition: a curated graph judged against the library, or DrugMechDB's records.

A graph holds for the condition it was made for and for no other: where none is held for the pair asked
about, that is the answer, and the conditions that are held are named.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from osler.config import Settings
from osler.errors import InputError, NoAnswerError, NotFoundError
from osler.mechanism.curated import Draft, Head, load_draft
from osler.mechanism.held import keep
from osler.mechanism.imported import graph_of
from osler.mechanism.naming import name_key
from osler.mechanism.record import Record
from osler.mechanism.weigh import is_borne_out, weigh
from osler.model.citation import Citation
from osler.model.mechanism import Mechanism, Node, NodeKind
from osler.model.passage import Passage
from osler.model.question import Concept, ConceptRole, Question, QuestionKind
from osler.model.source import Source
from osler.model.verdict import Verdict
from osler.service.mechanism_document import choices_document, mechanism_document
from osler.service.mechanism_held import find_candidates, in_condition, not_held
from osler.service.wiring import Desk


@dataclass(frozen=True, slots=True)
class Shown:
    """What was found.

    Attributes:
        mechanism: The graph, or None where several are held and none was named.
        document: As ``docs/schema/mechanism.json`` has it.
    """

    mechanism: Mechanism | None
    document: dict[str, Any]


def show_mechanism(
    settings: Settings, desk: Desk | None, drug: str, condition: str | None = None
) -> Shown:
    """Return the graph of ``drug`` in ``condition``.

    Args:
        settings: Where imported records lie.
        desk: The library, or None where there is none yet: then only imported records are looked at.
        drug: A name, a brand or an identifier.
        condition: A name or an identifier; without one a curated graph is shown, or the only one held.

    Raises:
        NotFoundError: Nothing is held on the drug (``not_found.drug``), or its curated graph needs a
            library and there is none (``not_found.library``).
        NoAnswerError: No graph is held for this condition, or its sources are not in the library
            (``no_answer.mechanism``).
    """
    found = find_candidates(settings, drug)
    if condition is None:
        others = found.choices()
        if found.heads:
            chosen: Head | tuple[Record, ...] = found.heads[0]
        elif len(found.groups) == 1:
            chosen = found.groups[0]
        else:
            return Shown(None, choices_document(drug, condition, others))
    else:
        fitting = in_condition(found, condition, desk)
        if not (fitting.heads or fitting.groups):
            raise not_held(drug, condition, found)
        if not fitting.heads and len(fitting.groups) > 1:
            return Shown(None, choices_document(drug, condition, fitting.choices()))
        chosen = fitting.heads[0] if fitting.heads else fitting.groups[0]
        others = found.choices()
    if isinstance(chosen, Head):
        mechanism, sources = weigh_draft(desk, load_draft(chosen.name))
    else:
        mechanism, sources = graph_of(chosen), {}
    rest = [choice for choice in others if choice.condition != mechanism.condition]
    return Shown(mechanism, mechanism_document(drug, condition, mechanism, sources, rest))


def import_records(settings: Settings, file: Path, *, now: str) -> dict[str, Any]:
    """Take in the records of DrugMechDB in ``file``, in the place of those held, and return the report.

    Args:
        settings: Where the library lies.
        file: An archive, a folder or one record.
        now: ISO time, kept with the records.

    Raises:
        NotFoundError: There is no such file.
        InputError: It cannot be read or written, or holds no record (``input.unknown_format``).
    """
    from osler.mechanism.intake import (
        Refused,
        read_entries,
    )  # opens archives, which only an import needs

    records: list[Record] = []
    refused: list[Refused] = []
    for entry in read_entries(file):
        if isinstance(entry, Record):
            records.append(entry)
        else:
            refused.append(entry)
    if not records:
        reason = f": {refused[0].item} {refused[0].reason}" if refused else ""
        raise InputError(
            f"holds no record of DrugMechDB{reason}",
            item=str(file),
            hint="the archive of its paths, a folder of them, or one .yaml",
            code="input.unknown_format",
        )
    number = keep(settings.home, records, origin=file.name, now=now)
    pairs = {(name_key(record.drug), name_key(record.disease)) for record in records}
    return {
        "imported": {
            "file": str(file),
            "records": number,
            "drugs": len({drug for drug, _ in pairs}),
            "pairs": len(pairs),
            "refused": [asdict(entry) for entry in refused],
        }
    }


class LibraryShelf:
    """The sources of a library by their keys, each looked up once.

    Args:
        desk: The library; only what may be read there is found.
    """

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self.found: dict[str, tuple[Source, Sequence[Passage]] | None] = {}

    def find(self, key: str) -> tuple[Source, Sequence[Passage]] | None:
        """Return the source called ``key`` with its current passages, or None."""
        if key not in self.found:
            source = self._desk.store.source_by_key(key)
            if source is None or source.scope not in self._desk.scopes:
                self.found[key] = None
            else:
                self.found[key] = (source, self._desk.store.passages_of(source.id))
        return self.found[key]


def weigh_draft(desk: Desk | None, draft: Draft) -> tuple[Mechanism, dict[str, tuple[Source, Passage]]]:
    """Return the graph as far as the library bears it out, and what it may cite by passage id.

    Raises:
        NotFoundError: There is no library (``not_found.library``).
        NoAnswerError: None of its sources is there (``no_answer.mechanism``).
    """
    from osler.verify.gate import judge_quoted

    if desk is None:
        raise NotFoundError(
            "there is no library here yet to judge its evidence by",
            item=draft.title,
            hint="osler add starter:hlh",
            code="not_found.library",
        )
    question = Question(
        asked=f"What is the mechanism of action of {draft.head.drug} in {draft.head.condition}?",
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

    shelf = LibraryShelf(desk)
    mechanism = weigh(draft, shelf, judge)
    if not is_borne_out(mechanism):
        raise NoAnswerError(
            "no source that its arrows rest on is in this library",
            item=draft.title,
            hint="osler add starter:hlh",
            code="no_answer.mechanism",
        )
    held = [entry for entry in shelf.found.values() if entry is not None]
    return mechanism, {p.id: (source, p) for source, passages in held for p in passages}


def _concept(node: Node) -> Concept:
    role = ConceptRole.CONDITION if node.kind is NodeKind.DISEASE else ConceptRole.TARGET
    return Concept(node.name, role, (node.name, *node.names))
