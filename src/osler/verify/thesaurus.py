"""Words that say the same, and words that say nothing of their own: the lists beside this module.

``synonyms.txt`` holds groups of general and clinical words, ``plain_words.txt`` words that name nothing
a statement could be about. Both are looked up in comparable form (``osler.verify.wording``). They serve
to take an objection back, so that a word stands in them only if exchanging it leaves a statement true.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from functools import cache, lru_cache
from importlib.resources import files
from typing import Final

from osler.text.kept import FEW_WORDS
from osler.text.names import key_word
from osler.verify.wording import holds, subject_tokens

_SHORTEST: Final = 5
"""Letters of a word that is the beginning of its longer form (``emerge``, ``emergence``)."""
STANDARD_ABBREVIATIONS: Final = {
    "ACE": "angiotensin-converting enzyme", "ADHD": "attention deficit hyperactivity disorder",
    "AF": "atrial fibrillation", "AIDS": "acquired immunodeficiency syndrome",
    "ALS": "amyotrophic lateral sclerosis", "ARDS": "acute respiratory distress syndrome",
    "BMI": "body mass index", "BP": "blood pressure", "CHD": "coronary heart disease",
    "CHF": "congestive heart failure", "CI": "confidence interval", "CKD": "chronic kidney disease",
    "CNS": "central nervous system", "COPD": "chronic obstructive pulmonary disease",
    "CRP": "C-reactive protein", "CSF": "cerebrospinal fluid", "CT": "computed tomography",
    "CV": "cardiovascular", "CVD": "cardiovascular disease", "DBP": "diastolic blood pressure",
    "DVT": "deep vein thrombosis", "ECG": "electrocardiogram", "EEG": "electroencephalogram",
    "ESR": "erythrocyte sedimentation rate", "EU": "European Union",
    "FDA": "Food and Drug Administration", "GERD": "gastro-oesophageal reflux disease",
    "GP": "general practitioner", "HBV": "hepatitis B virus", "HCV": "hepatitis C virus",
    "HCTZ": "hydrochlorothiazide", "HIV": "human immunodeficiency virus", "HR": "hazard ratio",
    "HRT": "hormone replacement therapy", "Hb": "haemoglobin", "IBD": "inflammatory bowel disease",
    "ICU": "intensive care unit", "LV": "left ventricular", "MI": "myocardial infarction",
    "MRI": "magnetic resonance imaging", "MS": "multiple sclerosis",
    "NSAID": "non-steroidal anti-inflammatory drug", "OR": "odds ratio",
    "PTSD": "post-traumatic stress disorder", "QoL": "quality of life",
    "RA": "rheumatoid arthritis", "RCT": "randomised controlled trial", "RR": "relative risk",
    "SBP": "systolic blood pressure", "SD": "standard deviation", "SE": "standard error",
    "SLE": "systemic lupus erythematosus", "T2D": "type 2 diabetes", "TB": "tuberculosis",
    "TNF": "tumour necrosis factor", "UK": "United Kingdom", "US": "United States",
    "VAS": "visual analogue scale", "WBC": "white blood cell", "mRNA": "messenger RNA",
}  # fmt: skip
"""Abbreviations that clinical writing uses without spelling them out."""


def is_plain(key: str) -> bool:
    """Tell whether the word of comparable form ``key`` names nothing."""
    return key in _plain()


@lru_cache(maxsize=FEW_WORDS)
def synonyms(key: str) -> frozenset[str]:
    """Return the comparable forms of the words that may stand for ``key``, itself among them."""
    return _groups().get(key, frozenset()) | {key}


def says(known: frozenset[str], key: str) -> bool:
    """Tell whether ``known`` holds ``key``, a word of its root or one that may stand for it."""
    if holds(known, key) or any(holds(known, other) for other in synonyms(key)):
        return True
    return len(key) >= _SHORTEST and any(
        len(other) >= _SHORTEST and (other.startswith(key) or key.startswith(other)) for other in known
    )


def unsaid(claim: str, known: frozenset[str]) -> tuple[str, ...]:
    """Return the subject words of ``claim``, as written, that ``known`` lacks; plain words aside."""
    return tuple(
        claim[t.start : t.end]
        for t in subject_tokens(claim)
        if not is_plain(t.key) and not says(known, t.key)
    )


@cache
def _plain() -> frozenset[str]:
    return frozenset(word for line in _lines("plain_words.txt") for word in line)


@cache
def _groups() -> dict[str, frozenset[str]]:
    found: defaultdict[str, set[str]] = defaultdict(set)
    for line in _lines("synonyms.txt"):
        for word in line:
            found[word].update(line)
    return {word: frozenset(others) for word, others in found.items()}


def _lines(name: str) -> Iterator[list[str]]:
    text = files("osler.verify").joinpath(name).read_text(encoding="utf-8")
    for line in text.splitlines():
        if line and not line.startswith("#"):
            yield [key_word(word) for word in line.split()]
