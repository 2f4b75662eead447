"""Whether a sentence tells of research itself: that it was done, goes on, should be done or will matter.

Such a sentence shares every word with a question and answers none. Says nothing of what was found.
"""

from __future__ import annotations

import re
from typing import Final

_STUDIES: Final = r"(?:stud(?:y|ies)|trials?|research|work|data|investigations?|efforts|strategies)"
_ASSESSED: Final = r"(?:examined|investigated|explored|evaluated|assessed|studied|addressed)"
_ASSESSING: Final = r"(?:examining|investigating|exploring|evaluating|assessing|studying|testing)"
_PANEL: Final = r"(?:panel|committee|group|board)"

_TELLS: Final = re.compile(
    "|".join(
        (
            # It was studied, is being studied, or drew attention.
            r"\b(?:number of|several|many|few|various|numerous|recent) (?:\w+ )?"
            rf"(?:studies|trials|authors|groups) (?:have|has) (?:\w+ )?{_ASSESSED}\b",
            rf"\b(?:studies|trials) are (?:\w+ )?(?:{_ASSESSING}|ongoing|under ?way|in progress)\b",
            r"\b(?:results|data|trials|studies) (?:are|is) (?:eagerly )?awaited\b",
            r"\b(?:led to|attracted|growing|increasing|considerable|great) (?:much |\w+ )?interest\b",
            r"\battract(?:s|ed|ing)? (?:\w+ ){0,2}attention\b",
            r"\b(?:area|field|topic|subject|focus) of"
            r" (?:intense|active|ongoing|great|much|current|extensive)\b",
            r"\b(?:intense|active) area of (?:research|investigation)\b",
            r"\bconsiderations? (?:\w+ ){0,5}(?:has|have) arisen\b",
            # It should be studied or will matter; behind "and" this follows what was found.
            r"(?<!and )\b(?:support|warrant|encourage|justify|merit)s? (?:the )?(?:need for )?"
            r"(?:further|future|additional)\b",
            r"(?<!and )\bsupports? (?:its|their|the|this) (?:continued|further|future|ongoing) (?:\w+ )?"
            r"(?:development|study|use|evaluation|investigation|research)\b",
            r"^\W*(?:an? |the )?(?:more complete|better|further|future|additional|improved|increased)"
            r" (?:\w+ ){0,2}(?:stud(?:y|ies)|research|understanding|characteri[sz]ation|work"
            r"|investigations?|knowledge|trials?|insights?)\b",
            rf"\b{_STUDIES} (?:[\w-]+ ){{0,12}}(?:is|are) (?:\w+ )?"
            r"(?:required|needed|warranted|necessary) to\b",
            r"\bis (?:projected|poised|likely|set) to have an?"
            r" (?:significant|major|profound|important|great) impact\b",
            # What this paper does, and where more of it lies.
            r"\bthis (?:paper|article|report|review|chapter|study|work) (?:also )?"
            r"(?:reports on|adds|highlights|aims)\b",
            r"\bthis (?:study|work|review|article|paper|research) (?:can|may|might|could|will|should)"
            r" (?:also )?(?:help|assist|aid|inform|guide|contribute|serve)\b",
            r"\b(?:recommendation|consensus|guideline|statement) (?:[\w-]+ ){0,12}was (?:also )?"
            r"(?:proposed|approved|adopted)(?: and (?:approved|adopted))? by (?:the|an?)"
            rf" (?:[\w-]+ )?{_PANEL}\b",
            r"\b(?:freely|publicly|publically) available (?:at|from|through|via|under)\b"
            r"|\bavailable at:? http|\blay summary\b",
        )
    )
)


def tells_of_research(folded: str) -> bool:
    """Tell whether a folded sentence says of research that there is some, and not what came of it."""
    return _TELLS.search(folded) is not None
