"""Counter-evidence: sentences that deny a benefit of the drug asked about, or tell of its failure.

``No difference in adverse events`` denies a harm and is none.
"""

from __future__ import annotations

import re
from typing import Final

from osler.answer.sentences import Candidate
from osler.model.question import Concept, Facet
from osler.retrieval.matching import names
from osler.text.drug_names import is_drug
from osler.text.names import keyed
from osler.text.normalise import fold, hyphenated_words

_BENEFIT: Final = (
    r"(?:effect(?:s|iveness)?|benefits?|improvements?|advantages?|efficacy|reductions?|differences?|response"
    r"|impact|influence|superiority|change)"
)
_ACT: Final = (
    r"(?:reduce|improve|prevent|affect|alter|change|lower|decrease|prolong|differ|respond|lengthen|enhance"
    r"|help|benefit|shorten|influence|achieve|meet|reach|confer|provide|relieve|alleviate|resolve"
    r"|increase (?:the )?(?:\w+ )?(?:survival|remission|response|rate of (?:remission|response|cure)))"
)
_DENIES: Final = re.compile(
    rf"\bno (?:[\w-]+ ){{0,3}}?{_BENEFIT}\b"
    rf"|\b(?:did|does|do|was|were|has|have|had|could|is|are)(?: not|n't) (?:[\w-]+ly )?(?:be )?(?:{_ACT}"
    r"|(?:[\w-]+ly )?(?:different|effective|superior|better|improved|reduced"
    r"|significant(?:ly)?\b(?! (?:increas|rais|elevat|ris))"
    r"|affected|associated with (?:an? )?(?:\w+ )?(?:reduc|improv|lower|better)))"
    rf"|\b(?:failed|fails|failure|unable) to {_ACT}"
    r"|\b(?:not|nor) (?:a )?(?:statistically )?significant(?:ly)?(?: \w+)? "
    r"(?:difference|different|improv\w+|reduc\w+|lower|better|lengthen\w*)"
    r"|\bineffective\b|\b(?:lack|loss) of (?:\w+ )?(?:efficacy|effect|effectiveness|benefit|response)\b"
    r"|\bno (?:more|better)\b|\bnot (?:more )?effective\b|\bfutility\b|\bnot superior\b"
    r"|\bno evidence (?:that|of|for)(?: \w+){0,3} (?:effect\w*|benefit\w*|improv\w+|effective)\b"
    r"|\bvery low[- ](?:certainty|quality)\b|\btoo (?:thin|weak|limited)\b"
)
_OF_HARM: Final = re.compile(
    r"\b(?:adverse|side[- ]effects?|safety|toxicit\w+|tolerab\w+|complications?|bleeding events|baseline"
    r"|pharmacokinetic\w*|bioavailab\w+|interactions?|need for dose|placebo effect"
    r"|gastrointestinal symptoms|extrapyramidal|blood loss)\b"
)
_ELSEWHERE: Final = frozenset(
    {Facet.SAFETY, Facet.KINETICS, Facet.DIAGNOSIS, Facet.LICENCE, Facet.DOSE, Facet.DEFINITION}
)
EFFECTS: Final = frozenset({Facet.EFFICACY, Facet.SURVIVAL, Facet.RELAPSE, Facet.RECOMMENDATION})


_IN_PASSING: Final = re.compile(
    r"\b(?:if|when|where|whether|unless|until)\b[^,;]{0,60}\b(?:ineffective|not effective|fail\w*)\b"
    r"|\(no effect\)|\blaborator\w+|\bvital signs\b|\bheart rate\b|\bbody weight\b|\bdemographic\w*"
    r"|\bmetabolic parameters\b|\bheterogeneity\b|\bpublication bias\b"
    r"|\bplasma (?:level|concentration)s?\b|\bserum \w+ levels?\b"
    r"|\bno longer\b|\bloss of\b.*\b(?:similar|comparable)\b"
    r"|\bnot only\b|\bnot all\b|\bremained (?:\w+ )?significant\b"
)
_FOR_PATIENTS: Final = re.compile(
    r"\b(?:surviv\w+|mortality|deaths?|died|relaps\w+|recurr\w+|remission|respon\w+\b(?! of any)"
    r"|symptom\w*|pains?|efficac\w+|effective\w*|ineffective|improv\w+|benefi\w+|cure[ds]?|heal(?:ed|ing)|eradicat\w+"
    r"|progress\w+|scores?|disease activity|treatment (?:failure|effect)|outcomes?"
    r"|therapeutic"
    r"|endpoints?|reduc\w+|prevent\w*|infarction|exacerbations?|attacks?|seizures?|events?|hospitali\w+"
    r"|quality of life|function\w*|fever|goal|control|advantage|superior\w*|certainty|conclusions?)\b"
)
"""What a patient would gain; that a pulse rate stays as it was speaks against nothing."""
_UNLIKE: Final = re.compile(
    r"\b(?:unlike|in contrast (?:to|with)|as opposed to|other than|except(?: for)?)\b"
)
_BETWEEN: Final = re.compile(r"\A[^.;]{0,80}?\b(?:between|from|to|than|versus|vs|compared)\b")
_WHO_FAILED: Final = ("fail", "refractory", "resistan", "unresponsive", "neither")


def may_tell_against(text: str) -> bool:
    """Tell at a glance whether a passage can hold counter-evidence."""
    folded = fold(text)
    return _DENIES.search(folded) is not None or any(word in folded for word in _WHO_FAILED)


def tells_against(candidate: Candidate, drug: Concept) -> bool:
    """Tell whether a sentence denies a benefit of ``drug`` or reports that it failed."""
    folded = fold(candidate.text)
    if failed_itself(folded, drug):
        return True
    denial = _DENIES.search(folded)
    if denial is None or _OF_HARM.search(folded) or _IN_PASSING.search(folded):
        return False
    if not _FOR_PATIENTS.search(folded):
        return False
    if not EFFECTS & set(candidate.facets) or candidate.facets[0] in _ELSEWHERE:
        return False
    return _is_denied_of(candidate.text, denial.start(), denial.end(), drug)


def denies_of_another(candidate: Candidate, drug: Concept) -> bool:
    """Tell whether what a sentence denies is denied of another drug than ``drug``."""
    denial = _DENIES.search(fold(candidate.text))
    return denial is not None and not _is_denied_of(candidate.text, denial.start(), denial.end(), drug)


def _is_denied_of(text: str, start: int, end: int, drug: Concept) -> bool:
    """Tell whether what is denied at ``start:end`` is denied of ``drug``, and not of another one.

    The drug named last before the denial is the one it is said of, unless both are compared.
    """
    before = text[:start]
    last = next((name for name in reversed(drugs_named(before)) if name), "")
    own = names(keyed(last), drug)
    if not last or own:
        return not (own and _UNLIKE.search(fold(before)))
    return names(keyed(before), drug) and _BETWEEN.match(fold(text[end:])) is not None


def drugs_named(text: str) -> list[str]:
    """Return the names of drugs in ``text``, in order."""
    return [word.text for word in hyphenated_words(text) if is_drug(fold(word.text))]


def failed_itself(folded: str, drug: Concept) -> bool:
    """Tell whether a folded sentence says that ``drug`` failed: ``refractory to``, ``… failed``."""
    if not any(word in folded for word in _WHO_FAILED):
        return False
    name = "|".join(re.escape(variant) for variant in drug.variants)
    return (
        re.search(
            rf"\b(?:refractory|resistant|resistance|unresponsive) to (?:[\w-]+ ){{0,2}}(?:{name})\b"
            rf"|\b(?:failed|failure of|failing|failure to respond to|failure with) (?:\w+ )?(?:{name})\b"
            rf"|\b(?:{name}) (?:(?:had|has|have|therapy|treatment) )*(?:failed|failure)\b"
            rf"|\bneither (?:[\w+-]+ ){{0,6}}nor (?:{name})\b|\bneither (?:{name})\b",
            folded,
        )
        is not None
        and _FOR_PATIENTS.search(folded) is not None
    )
