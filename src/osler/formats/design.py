"""How a source knows what it says: publication types first, then headings, then the text's words.

Each rule has a name, so that a reader can be told why a paper counts as what it does. The first rule
that holds decides; the order is from what an indexer stated to what the words suggest.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

from osler.model.source import Design, Kind


@dataclass(slots=True)
class _Clues:
    """What the rules may look at; ``title`` and ``text`` in lower case."""

    types: frozenset[str]
    headings: Sequence[str]
    title: str
    text: str
    container: str


class Ruling(NamedTuple):
    """The design, and the name of the rule that decided."""

    design: Design
    rule: str


_GUIDELINE: Final = frozenset(
    {
        "Practice Guideline",
        "Guideline",
        "Consensus Development Conference",
        "Consensus Development Conference, NIH",
        "Consensus Statement",
    }
)
_SYSTEMATIC: Final = frozenset({"Systematic Review", "Meta-Analysis", "Network Meta-Analysis"})
_RANDOMISED: Final = frozenset(
    {"Randomized Controlled Trial", "Equivalence Trial", "Pragmatic Clinical Trial"}
)
_TRIAL: Final = frozenset(
    {
        "Clinical Trial",
        "Clinical Trial, Phase I",
        "Clinical Trial, Phase II",
        "Clinical Trial, Phase III",
        "Clinical Trial, Phase IV",
        "Clinical Study",
        "Controlled Clinical Trial",
        "Adaptive Clinical Trial",
    }
)
_VETERINARY: Final = frozenset(
    {
        "Randomized Controlled Trial, Veterinary",
        "Clinical Trial, Veterinary",
        "Observational Study, Veterinary",
    }
)
_NOTICE: Final = frozenset(
    {
        "Retraction of Publication",
        "Retraction Notice",
        "Published Erratum",
        "Expression of Concern",
        "Clinical Trial Protocol",
        "Corrected and Republished Article Notice",
    }
)
_OBSERVATIONAL: Final = frozenset({"Observational Study", "Twin Study", "Cohort Study"})
_OPINION: Final = frozenset(
    {
        "Editorial",
        "Comment",
        "Letter",
        "News",
        "Newspaper Article",
        "Biography",
        "Historical Article",
        "Interview",
        "Patient Education Handout",
        "Personal Narrative",
        "Address",
        "Lecture",
    }
)
_OBSERVATIONAL_HEADINGS: Final = frozenset(
    {
        "Cohort Studies",
        "Retrospective Studies",
        "Prospective Studies",
        "Follow-Up Studies",
        "Longitudinal Studies",
        "Case-Control Studies",
        "Cross-Sectional Studies",
    }
)
_PREPRINT_PLACES: Final = ("medrxiv", "biorxiv", "arxiv", "research square", "ssrn", "preprints")

_GUIDELINE_TITLE: Final = re.compile(
    r"\bpractice guidelines?\b|\bguidelines? (?:for|on) the (?:diagnosis|management|treatment|"
    r"prevention|"
    r"use|care|evaluation)|\bconsensus (?:statement|guidelines?|recommendations?)\b|"
    r"\bposition (?:statement|"
    r"paper)\b|\bevidence-based guidelines?\b|\bpractice parameters?\b|\bscientific statement\b|"
    r"^recommendations (?:for|on) the|\bguidelines? (?:update|\d{4})|\b\d{4} guidelines?\b"
)
_ABOUT_GUIDELINES: Final = re.compile(
    r"adheren|complian|implement|impact|survey|aware|knowledge|apprais|quality of|compar|concord|"
    r"attitude|"
    r"evaluat|assess|effect|review of|uptake|before and after|according to|following|response to|"
    r"comment|"
    r"outcomes|using|based on|\?"
)
_PROTOCOL: Final = re.compile(
    r"\bprotocol (?:for|of) (?:a|an|the)\b|:.*\b(?:study|trial|review) protocol\b|\b(?:study|"
    r"trial) protocol$|"
    r"\brationale and (?:study )?design\b|\bdesign and rationale\b"
)
_RANDOM: Final = re.compile(
    r"(?<!non)(?<!non-)(?<!not )randomi[sz]ed(?:,| )[^.;]{0,60}?\b(?:trial|study|controlled|placebo)|"
    r"\brandomly (?:assigned|allocated|divided|selected to receive)|\b(?:was|"
    r"were) (?:then )?randomi[sz]ed\b|"
    r"\brandomi[sz]ed to\b|\brandomi[sz]ed,? (?:double|single|open|placebo|cross|parallel|controlled)|"
    r"\bdouble-blind[^.;]{0,40}\bplacebo"
)
_SEARCHED: Final = re.compile(
    r"\b(?:we searched|were searched|was searched|searched (?:the )?(?:pubmed|medline|embase|cochrane)|"
    r"(?:search|searches) (?:of|in|was|were)|electronic databases|systematic(?:ally)? (?:search|review))"
)
_CASES: Final = re.compile(
    r"\bwe (?:report|describe|present) (?:here )?(?:a|an|the|one|two|three|four|five|\d+) "
    r"(?:[\w-]+ ){0,6}?(?:case|patient|cases|patients)\b|\b(?:a|an) \d{1,2}-(?:year|month|week|"
    r"day)-old\b|"
    r"\bcase (?:report|series)\b|\bthis case\b"
)
_CASE_TITLE: Final = re.compile(
    r"\bcase (?:report|series|presentation)s?\b|\ba case of\b|\breport of (?:\w+ )?(?:case|patient)s?\b|"
    r"\b(?:two|three|four|five|\d+) cases\b|\ba (?:rare )?case\b"
)
_REVIEWING: Final = re.compile(
    r"\b(?:this|the present|our) (?:\w+ )?(?:review|article reviews)\b|\bwe (?:\w+ )?review\b|"
    r"\b(?:is|are) reviewed\b|\bthis (?:article|paper|chapter) (?:reviews|discusses|summari[sz]es)\b|"
    r"\bin this review\b|\brecent advances\b"
)
_REVIEW_TITLE: Final = re.compile(
    r"\b(?:a|an|narrative|literature|clinical|brief|mini|scoping|critical|comprehensive|"
    r"updated) reviews?\b|"
    r"\bliterature review\b|\breview of\b|\boverview\b|\breview\.?$|\bstate of the art\b"
)
_ANIMALS: Final = re.compile(
    r"\b(?:rats?|mice|mouse|murine|rabbits?|pigs?|piglets?|sheep|dogs?|canine|bovine|zebrafish|"
    r"drosophila|"
    r"hamsters?|guinea pigs?|macaques?|monkeys?|knockout|transgenic|in vitro|cell lines?|cultured|"
    r"fibroblasts|arabidopsis|yeast|escherichia coli)\b"
)
_HUMANS: Final = re.compile(
    r"\b(?:patients?|participants?|volunteers?|women|men|children|adults|infants|neonates|adolescents|"
    r"(?:healthy|human) (?:subjects|controls)|population|cohort|people)\b"
)
_OBSERVING: Final = re.compile(
    r"\b(?:cohorts?|retrospective(?:ly)?|prospective(?:ly)?|case-control|cross-sectional|observational|"
    r"registry|registries|longitudinal|follow-up|consecutive patients|single-arm|open-label|"
    r"phase (?:i|ii|1|2)b? |"
    r"nationwide|population-based|questionnaire|survey|medical records|chart review)\b"
)
_WORDED_REVIEW: Final = (
    "systematic review",
    "meta-analys",
    "metaanalys",
    "meta analys",
    "systematic literature",
)


def _is_preprint(clues: _Clues) -> bool:
    place = clues.container.lower()
    return "Preprint" in clues.types or any(word in place for word in _PREPRINT_PLACES)


def _is_systematic_by_title(clues: _Clues) -> bool:
    return any(word in clues.title for word in _WORDED_REVIEW)


def _is_randomised_by_trial_type(clues: _Clues) -> bool:
    return bool(clues.types & _TRIAL) and ("random" in clues.text or "random" in clues.title)


def _is_guideline_by_title(clues: _Clues) -> bool:
    title = clues.title
    if not ("guideline" in title or "statement" in title or "consensus" in title or "position" in title
            or "recommendation" in title or "parameter" in title):  # fmt: skip
        return False
    return bool(_GUIDELINE_TITLE.search(title)) and not _ABOUT_GUIDELINES.search(title)


def _is_animal_by_headings(clues: _Clues) -> bool:
    headings = clues.headings
    return "Animals" in headings and "Humans" not in headings


def _is_laboratory_by_words(clues: _Clues) -> bool:
    if "Humans" in clues.headings and "In Vitro Techniques" not in clues.headings:
        return False
    if not (_ANIMALS.search(clues.title) or _ANIMALS.search(clues.text)):
        return False
    return not (_HUMANS.search(clues.title) or _HUMANS.search(clues.text))


def _is_randomised_by_words(clues: _Clues) -> bool:
    if "mendelian" in clues.title:
        return False
    if "randomi" in clues.title and _RANDOM.search(clues.title):
        return True
    text = clues.text
    return ("random" in text or "double-blind" in text) and bool(_RANDOM.search(text))


def _is_systematic_by_words(clues: _Clues) -> bool:
    text = clues.text
    return any(word in text for word in _WORDED_REVIEW) and bool(_SEARCHED.search(text))


def _is_case_by_words(clues: _Clues) -> bool:
    if "case" in clues.title and _CASE_TITLE.search(clues.title):
        return True
    text = clues.text
    return ("case" in text or "-old" in text or "patient" in text) and bool(_CASES.search(text))


def _is_review_by_words(clues: _Clues) -> bool:
    if ("review" in clues.title or "overview" in clues.title) and _REVIEW_TITLE.search(clues.title):
        return True
    return ("review" in clues.text or "recent advances" in clues.text) and bool(
        _REVIEWING.search(clues.text)
    )


def _is_observational_by_words(clues: _Clues) -> bool:
    return bool(_OBSERVING.search(clues.title) or _OBSERVING.search(clues.text))


RULES: Final[tuple[tuple[str, Design, Callable[[_Clues], bool]], ...]] = (
    ("preprint by type or server", Design.PREPRINT, _is_preprint),
    ("notice or protocol by type", Design.OTHER, lambda c: bool(c.types & _NOTICE)),
    ("guideline by type", Design.GUIDELINE, lambda c: bool(c.types & _GUIDELINE)),
    (
        "protocol by title",
        Design.OTHER,
        lambda c: "protocol" in c.title and bool(_PROTOCOL.search(c.title)),
    ),
    ("systematic review by type", Design.SYSTEMATIC_REVIEW, lambda c: bool(c.types & _SYSTEMATIC)),
    ("systematic review by title", Design.SYSTEMATIC_REVIEW, _is_systematic_by_title),
    ("veterinary trial by type", Design.LABORATORY, lambda c: bool(c.types & _VETERINARY)),
    ("randomised trial by type", Design.RANDOMISED_TRIAL, lambda c: bool(c.types & _RANDOMISED)),
    (
        "clinical trial by type, randomised by words",
        Design.RANDOMISED_TRIAL,
        _is_randomised_by_trial_type,
    ),
    ("clinical trial by type", Design.COHORT, lambda c: bool(c.types & _TRIAL)),
    ("case reports by type", Design.CASE_SERIES, lambda c: "Case Reports" in c.types),
    ("observational study by type", Design.COHORT, lambda c: bool(c.types & _OBSERVATIONAL)),
    ("review by type", Design.NARRATIVE_REVIEW, lambda c: "Review" in c.types),
    ("opinion by type", Design.OTHER, lambda c: bool(c.types & _OPINION)),
    ("guideline by title", Design.GUIDELINE, _is_guideline_by_title),
    ("animals by headings", Design.LABORATORY, _is_animal_by_headings),
    (
        "case report by title",
        Design.CASE_SERIES,
        lambda c: "case" in c.title and bool(_CASE_TITLE.search(c.title)),
    ),
    ("animals or cells by words", Design.LABORATORY, _is_laboratory_by_words),
    ("systematic review by words", Design.SYSTEMATIC_REVIEW, _is_systematic_by_words),
    ("randomised trial by words", Design.RANDOMISED_TRIAL, _is_randomised_by_words),
    (
        "observational study by headings",
        Design.COHORT,
        lambda c: not _OBSERVATIONAL_HEADINGS.isdisjoint(c.headings),
    ),
    ("case report by words", Design.CASE_SERIES, _is_case_by_words),
    ("review by words", Design.NARRATIVE_REVIEW, _is_review_by_words),
    ("observational study by words", Design.COHORT, _is_observational_by_words),
)
"""In order; the first that holds decides. No rule holding means ``other``."""


def classify(
    title: str | None,
    text: str,
    *,
    types: Sequence[str] = (),
    headings: Sequence[str] = (),
    container: str | None = None,
) -> Ruling:
    """Return the design that publication types, headings and words name, and the rule that said so."""
    clues = _Clues(frozenset(types), headings, (title or "").lower(), text.lower(), container or "")
    for name, design, holds in RULES:
        if holds(clues):
            return Ruling(design, name)
    return Ruling(Design.OTHER, "no rule")


def kind_of(design: Design) -> Kind:
    """Return the tier that a design is printed under."""
    if design is Design.GUIDELINE:
        return Kind.GUIDELINE
    return Kind.LABEL if design is Design.LABEL else Kind.RESEARCH
