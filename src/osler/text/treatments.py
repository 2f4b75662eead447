"""Which sentences tell of something that is done for patients, and which say that it is the thing to do.

A sentence on the cause, the count or the test of a disease is no answer to how it is treated, however
often it names the disease.
"""

from __future__ import annotations

import re
from typing import Final

from osler.text.drug_names import is_given
from osler.text.normalise import fold, hyphenated_words

_NOUNS: Final = (
    r"therap(?:y|ies|eutics?)|(?:\w+)?therap(?:y|ies)|treatments?|regimens?|medications?|medicines?"
    r"|drugs?"
    r"|antibiotics?|antimicrobials?|antivirals?|antifungals?|analgesics?|vaccin\w+|surger(?:y|ies)"
    r"|surgical(?:ly)?|\w+(?:ectomy|ectomies|plasty|ostomy|otomy)|transplant\w*|transfus\w+|implant\w*"
    r"|ablation|stent\w*|repair|decompression|drainage|debridement|dialysis|ventilation|oxygen"
    r"|rehabilitation|exercises?|training|counsel\w+|diet(?:s|ary)?|supplement\w*|infusions?|injections?"
    r"|blockers?|inhibitors?|antagonists?|agonists?|anticonvulsants?|antidepressants?|antipsychotics?"
    r"|anticoagul\w+|diuretics?|steroids?|bandag\w+|splint\w*|compression|stimulation|acupuncture"
    r"|administ\w+|prophyla\w+|management"
)
_DONE: Final = re.compile(rf"\b(?:{_NOUNS}|treat(?:s|ed|ing)?|managed|prescrib\w+)\b")
_RIGHT: Final = re.compile(
    r"\b(?:treatments?|drugs?|agents?|therap(?:y|ies)|options?|methods?) of choice\b|\bmainstays?\b"
    r"|\b(?:first|second|third)[- ]line\b|\bcornerstone\b|\bgold standard (?:treatment|therapy)\b"
    r"|\b(?:effective|safe|useful|preferred|recommended|standard|successful|superior|promising|better)\b"
    r"[^.;]{0,40}\b(?:treatments?|therap(?:y|ies)|options?|alternatives?|managing|management)\b"
    r"|\b(?:treatments?|therap(?:y|ies)|management)\b[^.;]{0,60}"
    r"\b(?:includes?|consists?|compris\w+|effective|is recommended|are recommended|should be)\b"
    r"|\b(?:effective|efficacious|useful|beneficial|superior)\b[^.;]{0,30}\b(?:in|for|against|to)\b"
    r"|\b(?:recommended|indicated)\b[^.;]{0,30}\b(?:for|in|as)\b|\bshould (?:be )?(?:receiv|treat"
    r"|given)\w*"
    r"|\btreated (?:successfully )?with\b|\brespon(?:d|ds|ded|se|ses) (?:well )?to\b"
)


def names_treatment(sentence: str) -> bool:
    """Tell whether ``sentence`` names something that is done for or given to patients."""
    folded = fold(sentence)
    return _DONE.search(folded) is not None or any(
        is_given(word.text) for word in hyphenated_words(folded)
    )


def says_what_to_do(sentence: str) -> bool:
    """Tell whether ``sentence`` says that a treatment is used, works or is the one to choose."""
    return _RIGHT.search(fold(sentence)) is not None
