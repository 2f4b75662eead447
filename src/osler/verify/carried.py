"""Whether a statement in other words still says all that matters of the words in whose place it stands.

The other checks ask whether the source says what the statement says; this one asks the reverse. A reader
who is shown the statement no longer sees the source's sentence, so what it leaves out is lost.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
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
from osler.verify.wording import Evidence, clauses, opened, share, subject_tokens

LEAST_OF_A_CLAUSE: Final = 0.5
"""Share of the subject words of each clause that must be said again."""
_CONDITION: Final = re.compile(
    r"\b(?:if|unless|except|provided that|only (?:in|when|if|for|after)|until)\b", re.IGNORECASE
)
_PLACE: Final = re.compile(
    r"\b(?:US|USA|UK|EU|EMA|FDA|MHRA|NICE|United States|United Kingdom|Europe\w*)\b"
)


_OFF_LICENCE: Final = re.compile(
    r"\boff-?[ -]?(?:label|licen[cs]e)|\bunlicen[cs]ed\b|\bnot (?:\w+ ){0,4}licen[cs]ed\b", re.IGNORECASE
)


def check_carried(claim: str, evidence: Evidence, vocabulary: Mapping[str, str]) -> Check:
    """Return whether ``claim`` leaves out nothing that ``evidence`` says.

    Looked for are figures, drugs, people, places, conditions, negations, hedges and whole clauses. What
    is printed in front of a statement does not count: the statement may be read without it.
    """
    cited = evidence.text
    said = opened(claim, f"{evidence.title} . {evidence.around}", vocabulary)
    fault = (
        _figure_lost(claim, cited)
        or _name_lost(said, cited)
        or _turn_lost(claim, cited)
        or _clause_lost(said, cited)
    )
    return failed(CheckName.CARRIED, fault) if fault else passed(CheckName.CARRIED)


def _figure_lost(claim: str, cited: str) -> str:
    said = figures_of(claim)
    for figure in figures_of(cited):
        if not any(same_value(figure, other) for other in said):
            return f"leaves out {cited[figure.start : figure.end]!r}"
    return ""


def _name_lost(claim: str, cited: str) -> str:
    drugs = sorted(drug for drug in drugs_in(cited) if not names(claim, drug))
    groups = sorted(groups_in(cited) - groups_in(claim))
    places = sorted(set(_PLACE.findall(cited)) - set(_PLACE.findall(claim)))
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
    for pattern in (_CONDITION, _OFF_LICENCE):
        found = pattern.search(cited)
        if found and not pattern.search(claim):
            return f"leaves out {found.group()!r}"
    return ""


def _no_difference(text: str) -> list[Cue]:
    return [cue for cue in directions(text) if cue.kind is CueKind.NO_DIFFERENCE]


def _clause_lost(claim: str, cited: str) -> str:
    """Say which clause the statement does not speak of, or whose rise or fall it does not tell."""
    told = {clause: share(clause, claim) for clause in clauses(cited) if subject_tokens(clause)}
    least = min(told, key=lambda clause: told[clause], default="")
    pointing = sum(bool(directions(clause)) for clause in told)
    if least and (told[least] < LEAST_OF_A_CLAUSE or pointing > len(directions(claim))):
        return f"leaves out {least.strip(' ,;:.')!r}"
    return ""
