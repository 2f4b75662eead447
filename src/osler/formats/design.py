"""How a source knows what it says: publication types first, then headings, then the text's words.

Each rule has a name, so that a reader can be told why a paper counts as what it does. The first rule
that holds decides; the order is from what an indexer stated to what the words suggest.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Final, NamedTuple

from osler.formats.participants import COUNTED
from osler.formats.wording import Wording
from osler.model.source import Design, Kind


class _Clues:
    """What the rules may look at; ``title`` in lower case, ``cues`` the telling words of the whole."""

    __slots__ = ("container", "cues", "headings", "title", "types", "wording")

    def __init__(
        self,
        title: str,
        wording: Wording,
        types: frozenset[str],
        headings: Sequence[str],
        container: str,
    ) -> None:
        self.title = title.lower()
        self.wording = wording
        self.types = types
        self.headings = headings
        self.container = container
        self.cues: set[str] = set()

    def text(self) -> str:
        """Return the text in lower case."""
        return self.wording.lower()


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
    r"prevention|use|care|evaluation)|\bconsensus (?:statement|guidelines?|recommendations?)\b|"
    r"\bposition (?:statement|paper)\b|\bevidence-based guidelines?\b|\bpractice parameters?\b|"
    r"\bscientific statement\b|^recommendations (?:for|on) the|\bguidelines? (?:update|\d{4})|"
    r"\b\d{4} guidelines?\b"
)
_ABOUT_GUIDELINES: Final = re.compile(
    r"adheren|complian|implement|impact|survey|aware|knowledge|apprais|quality of|compar|concord|"
    r"attitude|evaluat|assess|effect|review of|uptake|before and after|according to|following|"
    r"response to|comment|outcomes|using|based on|\?"
)
_GUIDING: Final = (
    "guideline", "consensus", "statement", "recommendations", "position paper", "practice parameter",
)  # fmt: skip
_PROTOCOL: Final = re.compile(
    r"\bprotocol (?:for|of) (?:a|an|the)\b|:.*\b(?:study|trial|review) protocol\b|"
    r"\b(?:study|trial) protocol\.?$|\brationale and (?:study )?design\b|\bdesign and rationale\b"
)
# Matched where "random" stands.
_RANDOM: Final = re.compile(
    r"(?<!non)(?<!non-)(?<!not )(?:"
    r"randomi[sz]ed(?:,| )[^.;]{0,60}?\b(?:trial|study|placebo)\b|randomi[sz]ed to\b|"
    r"randomi[sz]ed,? (?:double|single|open|placebo|cross|parallel|controlled (?:trial|study)\b)|"
    r"(?<=was )randomi[sz]ed\b|(?<=were )randomi[sz]ed\b|"
    r"randomly (?:assigned|allocated|divided|selected to receive))"
)
# A trial that is asked for or cited is not the one that is told of; what was done to people is.
_OF_OTHERS_BEFORE: Final = re.compile(
    r"\b(?:needs?|need for|needed|requires?|requiring|warrants?|future|further|additional|more|recent|"
    r"recently published|previous|earlier|latter|ongoing|lack of|no|confirmation (?:in|by)|"
    r"confirmed (?:in|by)|verification (?:in|by|using)|consent to|analysis of|data from|"
    r"such as)\s(?:(?!(?:was|were)\b)[\w,-]+ ){0,3}$"
)
_OF_OTHERS_AFTER: Final = re.compile(
    r"[^.;]{0,80}\b(?:(?:is|are|were|be|sorely|urgently) (?:\w+ )?(?:needed|required|warranted|"
    r"necessary|awaited|planned|ongoing|underway)|should be (?:done|conducted|performed|undertaken))\b"
)
_LONGEST_LEAD: Final = 70
_BLIND: Final = re.compile(r"double-blind[^.;]{0,40}\bplacebo")
_SEARCHED: Final = re.compile(
    r"\b(?:we searched|were searched|was searched|searched (?:the )?(?:pubmed|medline|embase|cochrane)|"
    r"(?:search|searches) (?:of|in|was|were)|electronic databases|systematic(?:ally)? (?:search|review))"
)
# Matched where "we" or "case" stands, or from the article before an age.
_CASES: Final = re.compile(
    r"we (?:report|describe|present) (?:here )?(?:a|an|the|one|two|three|four|five|\d+) "
    r"(?:[\w-]+ ){0,6}?(?:case|patient|cases|patients)\b(?!-)|case (?:report|series)\b"
)
_AGED: Final = re.compile(r"\ba[n]? \d{1,2}[- ](?:year|month|week|day)[- ]old\b")
_CASE_TITLE: Final = re.compile(
    r"\bcase (?:report|series|presentation)s?\b|\ba (?:rare |unique |unusual )?case of\b|"
    r"\breport of (?:\w+ )?(?:case|patient)s?\b|\b(?:two|three|four|five|\d+) cases\b|"
    r"\ba (?:rare |unique |unusual )?case[.:]?$"
)
# Searched in the few words around "review".
_REVIEWING: Final = re.compile(
    r"\b(?:this|the present|our) (?:\w+ )?(?:review|article reviews|paper reviews)\b|"
    r"\bwe (?:\w+ )?review\b|\b(?:is|are) reviewed\b"
)
_REVIEW_TITLE: Final = re.compile(
    r"\b(?:a|an|narrative|literature|clinical|brief|mini|scoping|critical|comprehensive|updated) "
    r"reviews?\b|\breview of\b|\boverview\b|\breview\.?$|\bstate of the art\b"
)
_BENCH: Final = frozenset(
    {
        "rat", "rats", "mice", "mouse", "murine", "rabbit", "rabbits", "pig", "pigs", "piglets",
        "sheep", "dog", "dogs", "canine", "bovine", "zebrafish", "drosophila", "hamster", "hamsters",
        "macaque", "macaques", "monkey", "monkeys", "knockout", "transgenic", "vitro", "cultured",
        "fibroblasts", "arabidopsis", "yeast", "coli", "nanoparticles", "kinase", "transcription",
        "cells", "mutants",
    }
)  # fmt: skip
_PEOPLE: Final = frozenset(
    {
        "patient", "patients", "participant", "participants", "volunteer", "volunteers", "women", "men",
        "children", "adults", "infants", "neonates", "adolescents", "population", "populations",
        "cohort", "people", "individuals", "persons", "case", "cases",
    }
)  # fmt: skip
_OBSERVING: Final = frozenset(
    {
        "cohort", "cohorts", "retrospective", "retrospectively", "prospective", "prospectively",
        "case-control", "cross-sectional", "observational", "registry", "registries", "longitudinal",
        "follow-up", "single-arm", "open-label", "nationwide", "population-based", "questionnaire",
        "questionnaires", "survey", "surveyed", "consecutive",
    }
)  # fmt: skip
_RANDOMLY: Final = frozenset({"randomized", "randomised", "randomly", "double-blind", "double-blinded"})
_POOLED: Final = frozenset(
    {
        "systematic", "systematically", "meta-analysis", "meta-analyses", "meta-analytic",
        "metaanalysis", "metaanalyses",
    }
)  # fmt: skip
_REPORTING: Final = frozenset({"report", "describe", "case", "presented"})
_REVIEWED: Final = frozenset({"review", "reviews", "reviewed"})


def _printed_forms(words: frozenset[str]) -> dict[str, str]:
    """Return each word by the forms in which it commonly stands between spaces.

    Capitalised, or touching punctuation; rarer forms are left out on purpose: what makes the table quick
    is that it fits the processor's cache.
    """
    forms = {word + end: word for word in words for end in (*".,;:)", "")}
    forms |= {word.capitalize(): word for word in words}
    return forms | {f"({word}": word for word in words}


_FORMS: Final = _printed_forms(
    _BENCH | _PEOPLE | _OBSERVING | _RANDOMLY | _POOLED | _REPORTING | _REVIEWED | COUNTED
)
_CUES: Final = frozenset(_FORMS)


def _matches_at(word: str, pattern: re.Pattern[str], text: str, *, back: int = 0) -> bool:
    """Tell whether ``pattern`` matches at some place of ``word``; much quicker than a search.

    With ``back`` the pattern is searched in that many characters before the word and just after it.
    """
    at = text.find(word)
    while at >= 0:
        if back:
            if pattern.search(text, max(0, at - back), at + len(word) + 4):
                return True
        elif pattern.match(text, at):
            return True
        at = text.find(word, at + 1)
    return False


def _is_preprint(clues: _Clues) -> bool:
    if "Preprint" in clues.types:
        return True
    place = clues.container.lower()
    return any(server in place for server in _PREPRINT_PLACES)


def _is_protocol(clues: _Clues) -> bool:
    title = clues.title
    return ("protocol" in title or "rationale" in title) and bool(_PROTOCOL.search(title))


def _is_systematic_by_title(clues: _Clues) -> bool:
    title = clues.title
    return "systematic review" in title or "meta-analys" in title or "metaanalys" in title


def _is_randomised_by_trial_type(clues: _Clues) -> bool:
    return not clues.types.isdisjoint(_TRIAL) and (
        "andom" in clues.wording.text or "random" in clues.title
    )


def _is_guideline_by_title(clues: _Clues) -> bool:
    title = clues.title
    if not any(word in title for word in _GUIDING):
        return False
    return bool(_GUIDELINE_TITLE.search(title)) and not _ABOUT_GUIDELINES.search(title)


def _is_animal_by_headings(clues: _Clues) -> bool:
    return "Animals" in clues.headings and "Humans" not in clues.headings


def _is_case_by_title(clues: _Clues) -> bool:
    return "case" in clues.title and bool(_CASE_TITLE.search(clues.title))


def _is_laboratory_by_words(clues: _Clues) -> bool:
    if "Humans" in clues.headings or not clues.cues.isdisjoint(_PEOPLE):
        return False
    return not clues.cues.isdisjoint(_BENCH)


def _is_systematic_by_words(clues: _Clues) -> bool:
    return not clues.cues.isdisjoint(_POOLED) and bool(_SEARCHED.search(clues.text()))


def _is_randomised_by_words(clues: _Clues) -> bool:
    if "mendelian" in clues.title or clues.cues.isdisjoint(_RANDOMLY):
        return False
    return (
        _matches_at("random", _RANDOM, clues.title)
        or _is_randomised_itself(clues.text())
        or _matches_at("double-blind", _BLIND, clues.text())
    )


def _is_randomised_itself(text: str) -> bool:
    """Tell whether ``text``, in lower case, says of its own study that it was randomised."""
    at = text.find("random")
    while at >= 0:
        found = _RANDOM.match(text, at)
        if found and not (
            _OF_OTHERS_BEFORE.search(text[max(0, at - _LONGEST_LEAD) : at])
            or _OF_OTHERS_AFTER.match(text, found.end())
        ):
            return True
        at = text.find("random", at + 1)
    return False


def _is_case_by_words(clues: _Clues) -> bool:
    if not clues.cues.isdisjoint(_OBSERVING):
        return False
    if clues.cues.isdisjoint(_REPORTING):
        return False
    text = clues.text()
    return (
        _matches_at("we ", _CASES, text)
        or _matches_at("case ", _CASES, text)
        or _matches_at("-old", _AGED, text, back=16)
    )


def _is_review_by_words(clues: _Clues) -> bool:
    title = clues.title
    if ("review" in title or "overview" in title) and _REVIEW_TITLE.search(title):
        return True
    if clues.cues.isdisjoint(_REVIEWED):
        return False
    return _matches_at("review", _REVIEWING, clues.text(), back=28)


def _is_observational_by_words(clues: _Clues) -> bool:
    return not clues.cues.isdisjoint(_OBSERVING)


_BY_TYPE: Final[tuple[tuple[str, Design, frozenset[str]], ...]] = (
    ("notice or protocol by type", Design.OTHER, _NOTICE),
    ("guideline by type", Design.GUIDELINE, _GUIDELINE),
    ("systematic review by type", Design.SYSTEMATIC_REVIEW, _SYSTEMATIC),
    ("veterinary study by type", Design.LABORATORY, _VETERINARY),
)
_BY_STUDY_TYPE: Final[tuple[tuple[str, Design, frozenset[str]], ...]] = (
    ("randomised trial by type", Design.RANDOMISED_TRIAL, _RANDOMISED),
    ("clinical trial by type", Design.COHORT, _TRIAL),
    ("case reports by type", Design.CASE_SERIES, frozenset({"Case Reports"})),
    ("observational study by type", Design.COHORT, _OBSERVATIONAL),
    ("review by type", Design.NARRATIVE_REVIEW, frozenset({"Review"})),
    ("opinion by type", Design.OTHER, _OPINION),
)
_DECIDING: Final = frozenset().union(*(names for _, _, names in _BY_TYPE + _BY_STUDY_TYPE))

_Rule = tuple[str, Design, Callable[[_Clues], bool]]
_BY_TITLE: Final[tuple[_Rule, ...]] = (
    ("protocol by title", Design.OTHER, _is_protocol),
    ("systematic review by title", Design.SYSTEMATIC_REVIEW, _is_systematic_by_title),
)
_BY_WORDS: Final[tuple[_Rule, ...]] = (
    ("guideline by title", Design.GUIDELINE, _is_guideline_by_title),
    ("animals by headings", Design.LABORATORY, _is_animal_by_headings),
    ("case report by title", Design.CASE_SERIES, _is_case_by_title),
    ("animals or cells by words", Design.LABORATORY, _is_laboratory_by_words),
    ("systematic review by words", Design.SYSTEMATIC_REVIEW, _is_systematic_by_words),
    ("randomised trial by words", Design.RANDOMISED_TRIAL, _is_randomised_by_words),
    (
        "observational study by headings",
        Design.COHORT,
        lambda clues: not _OBSERVATIONAL_HEADINGS.isdisjoint(clues.headings),
    ),
    ("case report by words", Design.CASE_SERIES, _is_case_by_words),
    ("review by words", Design.NARRATIVE_REVIEW, _is_review_by_words),
    ("observational study by words", Design.COHORT, _is_observational_by_words),
)


def classify(
    title: str | None,
    wording: Wording,
    *,
    types: Sequence[str] = (),
    headings: Sequence[str] = (),
    container: str | None = None,
) -> Ruling:
    """Return the design that publication types, headings and words name, and the rule that said so.

    Args:
        title: As printed.
        wording: The text.
        types: Publication types as PubMed names them.
        headings: MeSH headings.
        container: Journal or server.
    """
    given = frozenset(types)
    clues = _Clues(title or "", wording, given, headings, container or "")
    if _is_preprint(clues):
        return Ruling(Design.PREPRINT, "preprint by type or server")
    deciding = given & _DECIDING
    if deciding:
        for name, design, names in _BY_TYPE:
            if not deciding.isdisjoint(names):
                return Ruling(design, name)
    for name, design, holds in _BY_TITLE:
        if holds(clues):
            return Ruling(design, name)
    if deciding:
        if _is_randomised_by_trial_type(clues):
            return Ruling(Design.RANDOMISED_TRIAL, "clinical trial by type, randomised by words")
        for name, design, names in _BY_STUDY_TYPE:
            if not deciding.isdisjoint(names):
                return Ruling(design, name)
    # One walk through the text for the words that all rules ask for, instead of one for each rule.
    wording.cues = _CUES.intersection(wording.words())
    found = wording.cues.union(_CUES.intersection(clues.title.split()))
    clues.cues = {_FORMS[form] for form in found}
    for name, design, holds in _BY_WORDS:
        if holds(clues):
            return Ruling(design, name)
    return Ruling(Design.OTHER, "no rule")


def kind_of(design: Design) -> Kind:
    """Return the tier that a design is printed under."""
    if design is Design.GUIDELINE:
        return Kind.GUIDELINE
    return Kind.LABEL if design is Design.LABEL else Kind.RESEARCH
