"""Whether a statement in other words still says all that matters of the words in whose place it stands.

The other checks ask whether the source says what the statement says; this one asks the reverse. A reader
who is shown the statement no longer sees the source's sentence, so what it leaves out is lost.
"""

from __future__ import annotations

import re
from typing import Final

from osler.model.verdict import Check
from osler.text.cue import Cue, CueKind
from osler.text.drug_names import drugs_in
from osler.text.figures import same_value
from osler.text.names import names
from osler.text.people import groups_in
from osler.text.polarity import hedges
from osler.verify.checks import CheckName, failed, passed
from osler.verify.figures import figures_of
from osler.verify.signs import directions, plain_negations
from osler.verify.wording import Evidence, clauses, share, subject_tokens

LEAST_OF_A_CLAUSE: Final = 0.5
"""Share of the subject words of each clause that must be said again."""
_CONDITION: Final = re.compile(
    r"\b(?:if|unless|except|provided that|only (?:in|when|if|for|after)|until)\b", re.IGNORECASE
)
_PLACE: Final = re.compile(
    r"\b(?:US|USA|UK|EU|EMA|FDA|MHRA|NICE|United States|United Kingdom|Europe\w*)\b"
)


def check_carried(claim: str, lead: str, evidence: Evidence) -> Check:
    """Return whether ``claim``, printed after ``lead``, leaves out nothing that ``evidence`` says.

    Looked for are figures, drugs, people, places, conditions, negations, hedges and whole clauses.
    """
    seen = f"{lead} {claim}"
    cited = evidence.text
    fault = (
        _figure_lost(seen, cited)
        or _name_lost(seen, cited)
        or _turn_lost(claim, cited)
        or _clause_lost(seen, cited)
    )
    return failed(CheckName.CARRIED, fault) if fault else passed(CheckName.CARRIED)


def _figure_lost(seen: str, cited: str) -> str:
    said = figures_of(seen)
    for figure in figures_of(cited):
        if not any(same_value(figure, other) for other in said):
            return f"leaves out {cited[figure.start : figure.end]!r}"
    return ""


def _name_lost(seen: str, cited: str) -> str:
    drugs = sorted(drug for drug in drugs_in(cited) if not names(seen, drug))
    groups = sorted(groups_in(cited) - groups_in(seen))
    places = sorted(set(_PLACE.findall(cited)) - set(_PLACE.findall(seen)))
    lost = [*drugs, *(group.value for group in groups), *places]
    return f"leaves out {lost[0]}" if lost else ""


def _turn_lost(claim: str, cited: str) -> str:
    """Say which negation, finding of no difference, hedge or condition the statement has not kept."""
    for mark, kept in (
        (plain_negations(cited), plain_negations(claim) or _no_difference(claim)),
        (_no_difference(cited), plain_negations(claim) or _no_difference(claim)),
        (hedges(cited), hedges(claim)),
    ):
        if mark and not kept:
            return f"leaves out {mark[0].text!r}"
    condition = _CONDITION.search(cited)
    if condition and not _CONDITION.search(claim):
        return f"leaves out a condition ({condition.group()!r})"
    return ""


def _no_difference(text: str) -> list[Cue]:
    return [cue for cue in directions(text) if cue.kind is CueKind.NO_DIFFERENCE]


def _clause_lost(seen: str, cited: str) -> str:
    for clause in clauses(cited):
        if subject_tokens(clause) and share(clause, seen) < LEAST_OF_A_CLAUSE:
            return f"leaves out {clause.strip(' ,;:.')!r}"
    return ""
