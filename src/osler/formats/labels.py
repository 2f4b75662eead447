"""Section labels: what a printed label says the section does, and labels that stand inside the text.

Follows NLM's five categories of structured abstracts and their published label list in spirit; words
that the list does not know fall back to the words they contain.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from osler.model.passage import Role
from osler.model.record import Block

NLM_CATEGORIES: Final = {
    "BACKGROUND": Role.BACKGROUND,
    "OBJECTIVE": Role.OBJECTIVE,
    "METHODS": Role.METHODS,
    "RESULTS": Role.RESULTS,
    "CONCLUSIONS": Role.CONCLUSIONS,
}

# Order counts: the first family whose word stands in the label names the role, so that
# "RESULTS AND CONCLUSIONS" is results and "METHODS AND RESULTS" is methods only when read alone.
_FAMILIES: Final = (
    (
        Role.RECOMMENDATION,
        ("recommendation", "key action", "good practice", "guidance statement", "practice point"),
    ),
    (
        Role.CONCLUSIONS,
        (
            "conclusion", "concluding", "interpretation", "implication", "clinical relevance",
            "significance", "take-home", "take home", "key message", "summary", "what this study adds",
            "application to", "bottom line", "authors' conclusion", "clinical importance", "lessons",
        ),
    ),
    (
        Role.RESULTS,
        (
            "result", "finding", "observation", "outcome of", "case report", "case presentation",
            "case description", "case summary", "patient concern", "diagnoses", "presentation of case",
            "main findings", "data synthesis", "evidence synthesis", "clinical case", "outcomes:",
        ),
    ),
    (Role.DISCUSSION, ("discussion", "comment", "limitation", "strengths", "debate", "perspective")),
    (
        Role.OBJECTIVE,
        (
            "objective", "aim", "purpose", "goal", "question", "hypothes", "rationale and objective",
            "object", "scope", "intent",
        ),
    ),
    (
        Role.METHODS,
        (
            "method", "design", "setting", "participant", "patient", "subject", "intervention",
            "measure", "materials", "procedure", "data source", "data extraction", "data collection",
            "study selection", "search", "selection criteria", "eligibility", "sample", "population",
            "statistic", "analysis", "analyses", "protocol", "main outcome", "outcome", "exposure",
            "endpoint",
            "trial registration", "registration", "approach", "data synthesis", "evidence acquisition",
            "experimental", "animals", "technique", "treatment", "sources", "study type",
        ),
    ),
    (
        Role.BACKGROUND,
        ("background", "introduction", "context", "rationale", "importance", "what is known",
         "state of the art", "problem", "motivation", "overview", "previous"),
    ),
)  # fmt: skip

_ALONE: Final = {
    "patients": Role.METHODS,
    "outcomes": Role.RESULTS,
    "outcome": Role.RESULTS,
    "conclusions and relevance": Role.CONCLUSIONS,
    "importance": Role.BACKGROUND,
    "significance": Role.CONCLUSIONS,
    "purpose of review": Role.OBJECTIVE,
    "recent findings": Role.RESULTS,
    "methods and results": Role.RESULTS,
    "methods and findings": Role.RESULTS,
    "methodology/principal findings": Role.RESULTS,
    "methods/results": Role.RESULTS,
    "background and objective": Role.OBJECTIVE,
    "significance of the study": Role.CONCLUSIONS,
    "study design": Role.METHODS,
    "research design and methods": Role.METHODS,
    "rationale": Role.BACKGROUND,
    "problem addressed": Role.BACKGROUND,
    "clinical question": Role.OBJECTIVE,
    "diagnosis": Role.RESULTS,
    "interventions": Role.METHODS,
    "intervention": Role.METHODS,
    "abstract": Role.UNLABELLED,
    "summary of background data": Role.BACKGROUND,
    "background data": Role.BACKGROUND,
    "plain language summary": Role.CONCLUSIONS,
}


@lru_cache(maxsize=4096)
def role_of(label: str, category: str = "") -> Role:
    """Return the role that ``label`` names, or the database's own ``category`` where it gives one."""
    known = NLM_CATEGORIES.get(category.strip().upper())
    if known is not None:
        return known
    folded = " ".join(label.lower().replace("&", "and").split()).strip(" .:")
    if not folded:
        return Role.UNLABELLED
    alone = _ALONE.get(folded)
    if alone is not None:
        return alone
    for role, cues in _FAMILIES:
        if any(cue in folded for cue in cues):
            return role
    return Role.UNLABELLED


_CAPITALS: Final = r"[A-Z][A-Z'’&/(),\- ]{2,69}?[A-Z)]"
_COMMON: Final = (
    r"(?:Background|Introduction|Context|Rationale|Importance|Aims?|Objectives?|Purpose|Goals?|"
    r"Hypothesis|Questions?|Methods?|Materials? and [Mm]ethods|Patients and [Mm]ethods|"
    r"Subjects and [Mm]ethods|Study [Dd]esign|Design|Setting|Participants|Patients|Interventions?|"
    r"Measurements?|Main [Oo]utcome [Mm]easures?|Data [Ss]ources?|Study [Ss]election|"
    r"Data [Ee]xtraction|Data [Ss]ynthesis|Results?|Findings|Main [Rr]esults|Discussion|"
    r"Conclusions?|Interpretation|Significance|Background and [Aa]ims?|"
    r"Background and [Oo]bjectives?|Aims? and [Oo]bjectives?|Methods and [Rr]esults|"
    r"Methods and [Ff]indings|Trial [Rr]egistration|Limitations|Search [Mm]ethods|"
    r"Selection [Cc]riteria|Authors['’] [Cc]onclusions?|Data [Cc]ollection and [Aa]nalysis|"
    r"Clinical [Rr]elevance)"
)
# Ends at a colon; begins where a sentence can begin, also where the blank between two was lost.
_BEFORE_COLON: Final = re.compile(
    rf"(?:\A|(?<=[.?!)\]”\"’'] )|(?<=\n)|(?<=[a-z0-9)%][.?!]))({_CAPITALS}|{_COMMON})\Z"
)
_LONGEST: Final = 72
# Every word that can end a label of mixed case; a colon after another word needs no closer look.
_LAST_WORDS: Final = frozenset(
    {
        "background", "introduction", "context", "rationale", "importance", "aim", "aims", "objective",
        "objectives", "purpose", "goal", "goals", "hypothesis", "question", "questions", "method",
        "methods", "design", "setting", "participants", "patients", "intervention", "interventions",
        "measurement", "measurements", "measure", "measures", "source", "sources", "selection",
        "extraction", "synthesis", "result", "results", "findings", "discussion", "conclusion",
        "conclusions", "interpretation", "significance", "registration", "limitations", "criteria",
        "analysis", "relevance",
    }
)  # fmt: skip
# Capital words before a colon that are no section: trial registers and the like stay in the text.
_NOT_LABELS: Final = frozenset(
    {"NCT", "ISRCTN", "DOI", "PMID", "URL", "HTTP", "HTTPS", "CI", "HR", "OR", "RR"}
)


def split_labels(text: str) -> tuple[Block, ...]:
    """Return ``text`` cut at the section labels printed inside it, the labels outside the blocks.

    A label counts only at the start of the text or of a sentence, and only when the text begins with
    one or holds at least two; otherwise the whole text is one block.
    """
    if ":" not in text:
        return (Block(text),) if text else ()
    found = _find_labels(text)
    if not found or (len(found) < 2 and found[0][0] != 0):
        return (Block(text),) if text else ()
    blocks: list[Block] = []
    if found[0][0]:
        blocks.append(Block(text[: found[0][0]].rstrip()))
    ends = [start for start, _ in found[1:]] + [len(text)]
    for (start, label), end in zip(found, ends, strict=True):
        part = text[start + len(label) + 1 : end].strip()
        if part:
            blocks.append(Block(part, role_of(label), label))
    return tuple(blocks)


def _find_labels(text: str) -> list[tuple[int, str]]:
    """Return the labels and where they begin; looks only at what stands before each colon."""
    found: list[tuple[int, str]] = []
    colon = text.find(":")
    while colon >= 0:
        after = text[colon + 1 : colon + 2]
        word = text[text.rfind(" ", 0, colon) + 1 : colon].rpartition("\n")[2]
        if after.isupper():  # "Conclusions:The": the blank was lost, perhaps the one before as well
            word = word.rpartition(".")[2]
        elif after != " ":
            word = ""
        if word.isupper() or word.lower() in _LAST_WORDS:
            match = _BEFORE_COLON.search(text, max(0, colon - _LONGEST), colon)
            if match and _is_label(match[1]):
                found.append((match.start(1), match[1]))
        colon = text.find(":", colon + 1)
    return found


def _is_label(label: str) -> bool:
    if label in _NOT_LABELS:
        return False
    return role_of(label) is not Role.UNLABELLED
