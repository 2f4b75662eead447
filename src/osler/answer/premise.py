"""What a question takes for granted, held against the evidence before it is answered.

"How much X cures Y" takes it that X cures Y; "why is X contraindicated in Y" that it is. Only what the
library can contradict in a source's own words is called false: a premise that the evidence bears out is
let pass, one on which it says nothing is asked about. A question whether something is so takes nothing for
granted.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Final

from osler.answer.look import Look, merge_found
from osler.answer.relations import find_related
from osler.answer.select import Pick, Purpose, Selection, in_order
from osler.answer.weigh import Weighed, anchor_of, weigh_anchored
from osler.answer.wordings import word_question
from osler.model.question import Clarification, ConceptRole, Question, QuestionKind
from osler.model.source import Design, Kind
from osler.retrieval import lexicon
from osler.retrieval.appraise import DESIGN_RANK, Directness
from osler.retrieval.matching import names
from osler.retrieval.understand import split_into_parts
from osler.text.normalise import fold
from osler.text.polarity import negations

_WHETHER: Final = re.compile(
    r"^\W*(?:is|are|was|were|do|does|did|can|could|will|would|should|may|has|have|whether|if)\b"
)
_ASKS_ON: Final = re.compile(
    r"\b(?:why|how|what|which|when|who|where|since|given that|because|seeing that)\b"
)
_ASKS_WHY: Final = re.compile(r"\b(?:why|how come|since|given that|because|seeing that)\b")
_OFF_LICENCE: Final = re.compile(
    r"\boff-?[ -]?(?:label|licen[cs]e)|\bunlicen[cs]ed\b|\bnot (?:licen[cs]ed|listed|among|included"
    r"|approved)\b|\boutside (?:the|its|their)\b"
)
_DENIES: Final = re.compile(r"\b(?:not|no|never|failed|fails?|without|none|neither|nor|lack\w*)\b")
_BAD_END: Final = re.compile(
    r"(?<!no )(?<!without )\b(?:relaps(?:ed|es|e)|recurr(?:ed|ence)|came back)\b|\d ?%? (?:\w+ )?died\b"
    r"|\b(?:mortality|survival|death rate)\b(?: \w+){0,12} (?:was|of|in) (?:\d[\d.]* ?%|\w+ of \d)"
    r"|\bdid not respond\b|\bno response\b|\bneither\b.*\bnor\b|\bfailed\b|\brefractory to\b"
    r"|\bresponse\b.{0,80}\babsent in\b"
)
"""How evidence says that something did not end well for everyone."""


@dataclass(frozen=True, slots=True)
class Premise:
    """One kind of thing that a question can take for granted.

    Attributes:
        cue: The words that take it for granted, in a folded question.
        kind: What is asked instead, and on which facets the evidence is looked for.
        borne_out: Tells of a folded sentence whether it says the same.
        corrected: Tells of a folded sentence whether it says the contrary.
        also: A second kind, on whose facets evidence is looked for as well.
        asks: How a question begins that takes it for granted.
        anywhere: Whether it can be held against the evidence on the drug alone, without a condition.
        weighs: Whether what bears it out must be as strong as what corrects it: one patient in whom a drug
            failed does not make it ineffective.
    """

    cue: re.Pattern[str]
    kind: QuestionKind
    borne_out: Callable[[str], bool]
    corrected: Callable[[str], bool]
    also: QuestionKind | None = None
    asks: re.Pattern[str] = _ASKS_ON
    anywhere: bool = False
    weighs: bool = False


def _says(pattern: str, *, denied: bool | None = None) -> Callable[[str], bool]:
    """Return a test: whether a folded sentence holds ``pattern``, and (if given) is denied or not."""
    cue = re.compile(pattern)

    def test(folded: str) -> bool:
        if cue.search(folded) is None:
            return False
        is_denied = bool(_DENIES.search(folded)) or any(negations(folded))
        return denied is None or denied is is_denied

    return test


PREMISES: Final = (
    Premise(
        re.compile(r"\bcur(?:e[sd]?|ing|ative)\b"),
        QuestionKind.EFFECT,
        _says(r"\bcur(?:e[sd]?|ative)\b", denied=False),
        lambda folded: bool(_BAD_END.search(folded)),
        QuestionKind.PROGNOSIS,
    ),
    Premise(
        re.compile(r"\bcontra-?indicated\b|\b(?:be )?avoided\b|\bforbidden\b|\bnot allowed\b"),
        QuestionKind.TREATMENT,
        _says(r"\bcontra-?indicat\w+|\bavoid\w*\b|\bshould not be (?:used|given)\b|\bnot recommended\b"),
        _says(
            r"\brecommend\w*\b|\bfirst-line\b|\bgives\b|\bgiven\b|\bused?\b|\bsuggest\w*\b|\bpreferred\b"
            r"|\beffective\b|\bresponded\b|\badvised\b",
            denied=False,
        ),
        QuestionKind.CONTRAINDICATION,
        asks=_ASKS_WHY,
    ),
    Premise(
        re.compile(
            r"\bnot (?:work|help|effective)\b|\bineffective\b|\buseless\b|\bfail(?:s|ed)? (?:in|to)\b"
        ),
        QuestionKind.EFFECT,
        _says(
            r"\bno (?:\w+ )?(?:effect|benefit|response|improvement|difference)\b|\bineffective\b|\bfailed\b"
            r"|\b(?:did|does|was|were|is) not (?:\w+ )?(?:effective|work|help|improve|reduce|superior|better)\b"
            r"|\bneither\b.*\bnor\b"
        ),
        _says(
            r"\beffective\b|\brespon(?:ded|se)\b|\bimprov\w+|\bresolv\w+|\bremission\b|\brecovered\b",
            denied=False,
        ),
        asks=_ASKS_WHY,
        weighs=True,
    ),
    Premise(
        re.compile(r"\blicen[cs]ed\b"),
        QuestionKind.LICENCE,
        lambda folded: (
            not _OFF_LICENCE.search(folded)
            and bool(re.search(r"\b(?:licen[cs]ed|indicated) (?:for|in|to)\b", folded))
        ),
        lambda folded: bool(_OFF_LICENCE.search(folded)),
    ),
    Premise(
        re.compile(r"\bapproved\b"),
        QuestionKind.LICENCE,
        _says(r"\bapprov(?:ed|es|al)\b|\bindicated for\b", denied=False),
        lambda folded: bool(_OFF_LICENCE.search(folded)),
        QuestionKind.TREATMENT,
    ),
    Premise(
        re.compile(
            r"\bno (?:side effects?|adverse effects?|harms?|risks?)\b|\b(?:completely|totally|entirely"
            r"|perfectly|absolutely) safe\b|\bharmless\b"
        ),
        QuestionKind.HARMS,
        _says(r"\bno (?:\w+ )?(?:adverse|side)\b|\bharmless\b"),
        _says(
            r"\badverse\b|\bside effects?\b|\binfections?\b|\breactions?\b|\bneutropenia\b|\btoxic\w*\b"
            r"|\bdiscontinued\b|\bstopped\b",
            denied=False,
        ),
        anywhere=True,
    ),
    Premise(
        re.compile(
            r"\b(?:everyone|everybody|all (?:patients|children|adults|people)|nobody|no one|no patients?|100 ?%)"
            r"(?: with [\w -]+?)? (?:surviv\w+|respon\w+|recover\w*|relaps\w+|die[sd]?)\b|\bnever relapses?\b"
        ),
        QuestionKind.PROGNOSIS,
        _says(
            r"\ball (?:\w+ ){0,2}(?:patients |children |adults |of them )?(?:\w+ ){0,2}(?:surviv|respon|recover)"
            r"\w*|\bno deaths?\b|\bnone died\b"
        ),
        lambda folded: bool(_BAD_END.search(folded)),
        QuestionKind.EFFECT,
        weighs=True,
    ),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Held:
    """A premise as held against the evidence.

    Attributes:
        said: The words of the question that take it for granted.
        kind: What is asked instead.
        correction: What the evidence says instead, or None where it bears the premise out.
        clarify: What is asked where the evidence neither bears it out nor corrects it.
    """

    said: str
    kind: QuestionKind
    correction: Pick | None = None
    clarify: tuple[Clarification, ...] = ()


def hold_premise(question: Question, selection: Selection, look: Look) -> Held | None:
    """Return what the evidence makes of a premise; None when there is none.

    Needs a named drug; where a condition is named, only evidence on both counts. Evidence that is not
    there at all is left to the answer, which says so.
    """
    folded = fold(question.asked)
    drugs = question.with_role(ConceptRole.INTERVENTION)
    if not drugs or _WHETHER.search(folded):
        return None
    placed = bool(question.with_role(ConceptRole.CONDITION))
    for premise in PREMISES:
        found = premise.cue.search(folded)
        if found and (placed or premise.anywhere) and premise.asks.search(folded):
            return _hold(question, premise, found.group(), selection, look)
    return None


def _hold(
    question: Question, premise: Premise, said: str, selection: Selection, look: Look
) -> Held | None:
    usable: list[Weighed] = []
    for kind in (premise.kind, premise.also):
        if kind is not None:
            usable += _evidence(question, kind, selection, look)
    for_it = [entry for entry in usable if premise.borne_out(fold(entry.candidate.text))]
    contrary = [entry for entry in usable if premise.corrected(fold(entry.candidate.text))]
    if for_it and (not premise.weighs or _strongest(for_it) >= _strongest(contrary)):
        return Held(said, premise.kind)
    drugs = question.with_role(ConceptRole.INTERVENTION)
    if selection.take(in_order(contrary), most=1, purpose=Purpose.COUNTER, needed=drugs[:1]):
        return Held(said, premise.kind, correction=selection.picks[0])
    if for_it or not usable:
        return Held(said, premise.kind)
    conditions = question.with_role(ConceptRole.CONDITION)
    instead = word_question(
        premise.kind, drug=drugs[0].text, condition=conditions[0].text if conditions else ""
    )
    return Held(
        said,
        premise.kind,
        clarify=(
            Clarification(
                f"Nothing in this library bears out “{said}”. Is this meant instead: {instead}",
                "the question takes it for granted, and an answer would seem to confirm it",
            ),
        ),
    )


def _strongest(weighed: list[Weighed]) -> int:
    """Return the rank of the best design among ``weighed``; a label or a guideline is above all."""
    ranks = [
        max(DESIGN_RANK.values()) + 1
        if entry.candidate.source.kind in (Kind.LABEL, Kind.GUIDELINE)
        else DESIGN_RANK[entry.candidate.source.design]
        for entry in weighed
    ]
    return max(ranks, default=-1)


def without_premise(question: Question, held: Held) -> Question:
    """Return ``question`` without what it wrongly takes for granted, where it asks nothing else."""
    if question.kinds[0] not in (QuestionKind.GENERAL, QuestionKind.MECHANISM):
        return question
    roles = (ConceptRole.INTERVENTION, ConceptRole.CONDITION, ConceptRole.POPULATION)
    named = question.with_role(*roles)
    parts = split_into_parts(held.kind, named)
    return replace(question, kinds=(held.kind,), concepts=named, parts=parts)


def _evidence(question: Question, kind: QuestionKind, selection: Selection, look: Look) -> list[Weighed]:
    """Return the printable sentences on the drug, in the condition where one is named, best first."""
    named = question.with_role(ConceptRole.INTERVENTION, ConceptRole.CONDITION)
    plain = replace(question, kinds=(kind,), concepts=named)
    found = merge_found(
        *(look.find(named, plain, facet, f"premise: {facet.value}") for facet in lexicon.WANTED_FACETS[kind][:2])
    )  # fmt: skip
    conditions = question.with_role(ConceptRole.CONDITION)
    related = find_related(conditions, found, selection.vocabulary)
    anchor = anchor_of(plain, related, kind=kind)
    weighed = in_order(weigh_anchored(c, anchor) for c in selection.reading.candidates(found))
    return [
        entry
        for entry in weighed
        if not entry.refused
        and entry.candidate.source.design is not Design.LABORATORY
        and (not conditions or entry.directness is Directness.DIRECT)
        and any(names(entry.candidate.keyed, drug) for drug in anchor.drugs)
    ]
