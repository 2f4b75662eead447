"""Which words name a disease, and whom a text speaks of by naming one: told by endings and last words.

A shape, not a vocabulary of diseases; whether the disease is the one asked about is not decided here.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import Final

from osler.text.kept import FEW_WORDS
from osler.text.lists import word_set
from osler.text.normalise import fold, fold_spelling

NEEDS_A_WORD_BEFORE: Final = word_set(
    """
    syndrome disease disorder cancer carcinoma infection failure fever injury deficiency shock infarction
    arrest attack cold palsy insufficiency bleeding fracture ulcer tumor tumour storm impairment
    rejection pain
    """
)
"""Disease words that mean little without the word in front of them."""

_NAMES: Final = NEEDS_A_WORD_BEFORE | word_set(
    """
    aids allergy anaphylaxis anemia angina arrest arrhythmia arthritis asthma attack autism
    bronchitis cardiomyopathy cirrhosis cold colitis copd covid covid-19 crohn delirium dementia
    depression diabetes dka ebola eclampsia eczema embolism epilepsy fibrillation gout headache
    hemorrhage hepatitis hiv hypertension hypotension icans influenza insomnia leukemia lupus
    lymphoma malaria melanoma migraine myeloma obesity osteoporosis overdose palsy pneumonia
    poisoning preeclampsia psoriasis sars-cov-2 schizophrenia sepsis stroke
    suppurativa thrombosis tuberculosis
    """
)
_ENDINGS: Final = tuple(
    word_set(
        """
        algia asia cytosis dystrophy ectasis emia iasis itis lepsy mania megaly oma osis paresis pathy
        penia philia phobia plasia plegia pnea rrhea sclerosis stenosis trophy uria
        """
    )
)
_SHORTEST: Final = 7
_NO_DISEASES: Final = word_set(
    """
    academia anastomosis antigenemia antiglaucoma antituberculosis aponeurosis apoptosis australasia
    autotrophy biostoma caenorhabditis capitis cardioplegia diagnosis diploma efferocytosis endocytosis
    endomitosis empathy euglycemia euthanasia exocytosis fantasia ferroptosis glycemia homeopathy
    hybridoma hypnosis insulinemia leishmania macropinocytosis meiosis metamorphosis misdiagnosis mitosis
    mydriasis naturopathy necroptosis netosis nonmelanoma normoalbuminuria normoglycemia oklahoma
    orthosis osmosis osteopathy overdiagnosis pandemia phagocytosis pinocytosis planitis polyoma
    prognosis pyroptosis romania schistosoma sintoma symbiosis sympathy tasmania telepathy transcytosis
    transferrinuria trypanosoma underdiagnosis
    """
)
"""Words that end like a disease and are none."""


@lru_cache(maxsize=FEW_WORDS)
def is_disease(term: str) -> bool:
    """Tell whether ``term`` names a disease, by its last word or the ending of it."""
    last = fold_spelling(fold(term).rsplit(" ", 1)[-1])
    single = _singular(last)
    if last in _NAMES or single in _NAMES:
        return True
    return len(single) >= _SHORTEST and single.endswith(_ENDINGS) and single not in _NO_DISEASES


def _singular(word: str) -> str:
    for plural, ending in (("pathies", "pathy"), ("itides", "itis"), ("oses", "osis")):
        if word.endswith(plural) and not word.endswith("poses"):
            return word.removesuffix(plural) + ending
    return word[:-1] if word.endswith("s") and not word.endswith(("sis", "tis", "us")) else word


def find_studied(text: str, *, after_a_word: bool = False) -> str:
    """Return the first disease that ``text`` names, with the words before it, or empty.

    Symptoms and mishaps are left out, since they do not say whom a study was about.

    Args:
        text: Words as a reader sees them.
        after_a_word: Only a disease brought in by ``with``, ``for``, ``in``, ``of`` or ``against``.
    """
    found = (_brought_in() if after_a_word else _studied()).search(text)
    return _SMALL.sub("", " ".join(found.group().split())) if found else ""


_STUDIED: Final = (
    r"\b(?:[\w'’-]+\s+){0,2}(?:[\w-]*(?:itis|osis|emia|oma|pathy|penia|plegia|trophy)"
    r"|cancers?|tumou?rs?|syndromes?|diseases?|disorders?|failure|deficiency|diabetes|sepsis"
    r"|asthma|gout|stroke|psoriasis|lupus|obesity|COVID-19|HIV)\b"
)
_SMALL: Final = re.compile(
    r"^(?:(?:with|for|in|of|against|the|an?|and|or|to|who|had|have|has|was|were)\s+)+", re.IGNORECASE
)


@cache
def _studied() -> re.Pattern[str]:
    return re.compile(_STUDIED, re.IGNORECASE)


@cache
def _brought_in() -> re.Pattern[str]:
    return re.compile(r"\b(?:with|for|in|of|against)\s+" + _STUDIED, re.IGNORECASE)
