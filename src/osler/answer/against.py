"""Counter-evidence: sentences that deny a benefit of the drug asked about, or tell of its failure.

``No difference in adverse events`` denies a harm and is none.
"""

from __future__ import annotations

import re
from typing import Final

from osler.answer.sentences import Candidate
from osler.model.question import Concept, Facet
from osler.text.normalise import fold

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
    r"|(?:[\w-]+ly )?(?:different|effective|superior|better|improved|reduced|significant\w*"
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
    r"|pharmacokinetic\w*|bioavailab\w+|interactions?|need for dose|placebo effect)\b"
)
_ELSEWHERE: Final = frozenset(
    {Facet.SAFETY, Facet.KINETICS, Facet.DIAGNOSIS, Facet.LICENCE, Facet.DOSE, Facet.DEFINITION}
)
_EFFECTS: Final = frozenset({Facet.EFFICACY, Facet.SURVIVAL, Facet.RELAPSE, Facet.RECOMMENDATION})


def tells_against(candidate: Candidate, drug: Concept) -> bool:
    """Tell whether a sentence denies a benefit of ``drug`` or reports that it failed."""
    folded = fold(candidate.text)
    if failed_itself(folded, drug):
        return True
    if not _EFFECTS & set(candidate.facets) or candidate.facets[0] in _ELSEWHERE:
        return False
    return _DENIES.search(folded) is not None and _OF_HARM.search(folded) is None


def failed_itself(folded: str, drug: Concept) -> bool:
    """Tell whether a folded sentence says that ``drug`` failed: ``refractory to``, ``… failed``."""
    if not any(word in folded for word in ("fail", "refractory", "resistan", "unresponsive", "neither")):
        return False
    name = "|".join(re.escape(variant) for variant in drug.variants)
    return (
        re.search(
            rf"\b(?:refractory|resistant|resistance|unresponsive) to (?:[\w-]+ ){{0,2}}(?:{name})\b"
            rf"|\b(?:failed|failure of|failing|failure to respond to|failure with) (?:\w+ )?(?:{name})\b"
            rf"|\b(?:{name})(?: \w+)?,? (?:had )?(?:failed|failure)\b"
            rf"|\bneither (?:[\w+-]+ ){{0,6}}nor (?:{name})\b|\bneither (?:{name})\b",
            folded,
        )
        is not None
    )
