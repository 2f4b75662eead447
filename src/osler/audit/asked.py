"""A title that asks something, and whether the text beneath it answers that in full."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from osler.audit.claims import Sentence
from osler.audit.findings import Finding, objection
from osler.model.verdict import Check
from osler.text.drug_names import drugs_in

_ASKED: Final = (
    ("mechanism", r"mechanisms?|how (?:does|do) .* work|mode of action",
     r"mechanism|block\w*|inhibit\w*|bind\w*|antagoni\w+|receptor|pathway|cytokine|signal\w*"
     r"|interleukin|competes?"
     r"|activat\w+|suppress\w*|mediat\w+|neutrali[sz]\w+"),
    ("dose", r"dos(?:e|es|ing|age)|how much|regimen", r"dos(?:e|es|ing|age)|mg|µg|regimen|units?/"
     r"|daily"),
    ("harms", r"side effects?|adverse|safety|harms?|safe", r"adverse|side effects?|infections?"
     r"|reactions?|toxicity|safe\w*"
     r"|tolerat\w+|neutropenia|harms?"),
    ("kinetics", r"half-life|pharmacokinetics?|bioavailability|clearance", r"half-life"
     r"|bioavailab\w+|clearance|absor\w+|peak"),
    ("diagnosis", r"diagnos\w+|criteria|work-?up", r"diagnos\w+|criteri\w+|ferritin|score|test\w*"
     r"|sensitivity"),
    ("survival", r"survival|prognosis|mortality", r"surviv\w+|mortality|death|died|prognos\w+|alive"),
)  # fmt: skip
_MUST: Final = (
    (
        "its licence or off-label use",
        r"off[- ]label|licen[sc]ed?|unlicen[sc]ed|approv\w+|indicat(?:ed|ion)s?",
    ),
    (
        "harms",
        r"adverse|side effects?|infections?|reactions?|toxicity|neutropenia|harms?"
        r"|contraindicat\w+|avoid",
    ),
    (
        "negative or missing evidence",
        r"no (?:\w+ )?(?:difference|benefit|effect|trials?|randomi[sz]ed|evidence)"
        r"|not (?:significant|better|effective|improve)"
        r"|uncontrolled|without a compar\w+|low[- ]certainty|limited evidence|scarce|did not"
        r"|failed|unknown|uncertain\w*",
    ),
)
_TITLE_QUESTION: Final = re.compile(
    r"\?\s*$|^(?:what|which|how|when|does|is|are|can|should|why)\b", re.IGNORECASE
)
_LEAST_ON_QUESTION: Final = 0.5
_FEWEST_CLAIMS: Final = 4


def check_asked(sentences: Sequence[Sentence]) -> dict[int, list[Check]]:
    """Return what the text owes to the question in its title, by the number of that heading.

    Only for a title that asks of a drug, and a text long enough to answer it.
    """
    title = next((s for s in sentences if s.why_not in {"a heading", "a question"}), None)
    claims = [sentence for sentence in sentences if sentence.is_claim]
    if title is None or len(claims) < _FEWEST_CLAIMS:
        return {}
    if not _TITLE_QUESTION.search(title.judged) or not drugs_in(title.judged):
        return {}
    checks = []
    for name, asked, told in _ASKED:
        if not re.search(rf"\b(?:{asked})\b", title.judged, re.IGNORECASE):
            continue
        on = sum(bool(re.search(rf"\b(?:{told})\b", c.judged, re.IGNORECASE)) for c in claims)
        if on < _LEAST_ON_QUESTION * len(claims):
            reason = f"the title asks for {name}; {on} of {len(claims)} claims speak of it"
            checks.append(objection(Finding.ON_QUESTION, reason))
        break
    whole = " ".join(claim.judged for claim in claims)
    absent = [name for name, told in _MUST if not re.search(rf"\b(?:{told})\b", whole, re.IGNORECASE)]
    if absent:
        checks.append(objection(Finding.COMPLETENESS, f"nothing is said of {', '.join(absent)}"))
    return {title.n: checks} if checks else {}
