"""Words of direction that compare, and whether the sentence says with what.

``Relapse was less frequent`` compares with something that stands elsewhere, or nowhere.
"""

from __future__ import annotations

import re
from typing import Final

from osler.text.polarity import comparators

_COMPARATIVE: Final = re.compile(
    r"\b(?:higher|greater|fewer|longer|shorter|better|worse|superior|inferior|stronger|weaker|faster|slower"
    r"|(?:more|less) (?:likely|often|frequent(?:ly)?|common(?:ly)?|effective|severe|safe|toxic)"
    r"|lower(?= (?:\w+ ){0,2}(?:risk|rate|mortality|incidence|level|dose|score|odds|frequency)))\b"
    r"(?! (?:education|order|limb|back|extremit\w+|animals|primates|plants))",
    re.IGNORECASE,
)
_CHANGED: Final = re.compile(
    r"(?<!with )(?<!of )(?<!by )(?<!for )(?<!and )(?<!or )(?<!had )(?<!showed )"
    r"\b(?:(?:signif\w+|mark\w+|substan\w+|dramat\w+) )?(?:reduced|increased|decreased|improved|lowered"
    r"|prolonged|shortened)\b"
    r"|\b(?:increased|reduced|decreased) (?:risk|rate|mortality|survival|incidence|odds)\b",
    re.IGNORECASE,
)
# What the change is measured against, said in other ways than by a word of comparison.
_AGAINST: Final = re.compile(
    r"\b(?:placebos?|controls?|baseline|before|after|between|versus|against|groups?|arms?|either|both|alone"
    r"|hazard ratio|odds ratio|risk ratio|relative risk|HR|OR|RR|aOR|aHR|untreated|non-?users?"
    r"|correlat\w+|dose-dependent\w*|respectively|per \w+ increase|during|since|over (?:time|the)"
    r"|standard (?:care|treatment|therapy)|usual care|others?|rest|remaining|normal"
    r"|by (?:(?:about|up to|a (?:mean|median) of) )?\d|from \S+ (?:\S+ )?to \d)(?![\w-])"
    r"|\d ?% vs|\d of (?:the )?\d",
    re.IGNORECASE,
)


def lacks_comparator(text: str) -> bool:
    """Tell whether ``text`` says that something is more or less, and not than what."""
    if not (_COMPARATIVE.search(text) or _CHANGED.search(text)):
        return False
    return not comparators(text) and _AGAINST.search(text) is None
