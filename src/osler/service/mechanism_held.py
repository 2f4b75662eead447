"""What graphs are held on a drug and a condition, by any of their names.

Curated files come first, then the records of DrugMechDB, each drug and disease apart. Names are compared
folded, in American spelling; brands and other names are those of the tables that a search uses.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from osler.config import Settings
from osler.errors import NoAnswerError, NotFoundError
from osler.mechanism.curated import Head, all_heads
from osler.mechanism.held import is_there, records_of
from osler.mechanism.imported import disease_names, drug_names
from osler.mechanism.naming import name_key
from osler.mechanism.record import Record
from osler.model.mechanism import Origin
from osler.service.mechanism_names import forms_of_condition, forms_of_drug
from osler.service.wiring import Desk


@dataclass(frozen=True, slots=True)
class Choice:
    """A graph that is held: for which drug, in which condition, and where it comes from."""

    drug: str
    condition: str
    origin: Origin
    records: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Candidates:
    """What is held on the drug asked about.

    Attributes:
        heads: Curated graphs.
        groups: Records, those of one drug and one disease together.
    """

    heads: tuple[Head, ...]
    groups: tuple[tuple[Record, ...], ...]

    def choices(self) -> list[Choice]:
        """Return every graph that is held, the curated ones first."""
        curated = [Choice(head.drug, head.condition, Origin.CURATED) for head in self.heads]
        return curated + [
            Choice(group[0].drug, group[0].disease, Origin.DRUGMECHDB, tuple(r.id for r in group))
            for group in self.groups
        ]


def find_candidates(settings: Settings, drug: str) -> Candidates:
    """Return what is held on ``drug`` by any of its names.

    Raises:
        NotFoundError: Nothing is.
    """
    asked = forms_of_drug(drug)
    heads = tuple(head for head in all_heads() if head.is_about(asked))
    records: dict[str, Record] = {}
    for form in asked:
        records.update((record.id, record) for record in records_of(settings.home, form))
    if not (heads or records):
        hint = (
            "check its name"
            if is_there(settings.home)
            else "osler mechanism --import FILE takes in DrugMechDB"
        )
        raise NotFoundError("no graph of this drug is held", item=drug, hint=hint, code="not_found.drug")
    return Candidates(heads, tuple(_grouped(records.values())))


def in_condition(found: Candidates, condition: str, desk: Desk | None) -> Candidates:
    """Return those of ``found`` that were made for ``condition``, by any of its names.

    Args:
        found: What is held on the drug.
        condition: As asked.
        desk: A library, which may know what an abbreviation stands for, or None.
    """
    asked = forms_of_condition(condition, desk)
    keys = {name_key(form) for form in asked} - {""}
    return Candidates(
        tuple(head for head in found.heads if head.holds_for(asked)),
        tuple(group for group in found.groups if any(keys & disease_names(r) for r in group)),
    )


def _grouped(records: Iterable[Record]) -> Iterator[tuple[Record, ...]]:
    """Yield the records of each pair of drug and disease together, in order."""
    groups: list[tuple[set[str], set[str], list[Record]]] = []
    for record in records:
        drugs, diseases = drug_names(record), disease_names(record)
        for known_drugs, known_diseases, group in groups:
            if known_drugs & drugs and known_diseases & diseases:
                known_drugs |= drugs
                known_diseases |= diseases
                group.append(record)
                break
        else:
            groups.append((set(drugs), set(diseases), [record]))
    return (tuple(group) for _drugs, _diseases, group in groups)


def not_held(drug: str, condition: str, found: Candidates) -> NoAnswerError:
    """Return the fault that says so, with the conditions that are held."""
    conditions = list(dict.fromkeys(choice.condition for choice in found.choices()))
    named = "; ".join(conditions[:6]) + (
        f" and {len(conditions) - 6} more" if len(conditions) > 6 else ""
    )
    return NoAnswerError(
        f"no graph of {drug} in this condition is held, and one for another proves nothing here",
        item=condition,
        hint=f"held for: {named}",
        code="no_answer.mechanism",
    )
