"""Removal of English inflection, with the Latin and Greek plurals of medicine.

Only inflection goes: plural, third person, past, participle, possessive. Derivation stays, so
``inhibit``, ``inhibits``, ``inhibited`` and ``inhibiting`` share a stem, ``inhibitor`` and
``inhibition`` each keep their own: an inhibitor is a thing, its inhibition an event, and mixing them
costs precision. The rules for ``-ed`` and ``-ing`` follow step 1b of Porter's second stemmer (M. F.
Porter, Snowball, 2001). A stem is a key for comparison, not a word.
"""

from __future__ import annotations

import re

from osler.text.lists import word_set

_IRREGULAR: dict[str, str] = {
    form: base
    for line in """
    bacterium bacteria|criterion criteria|phenomenon phenomena|mitochondrion mitochondria|ovum ova
    nucleus nuclei|fungus fungi|bacillus bacilli|stimulus stimuli|thrombus thrombi|embolus emboli
    focus foci foc|locus loci|alveolus alveoli|bronchus bronchi|villus villi|calculus calculi
    vertebra vertebrae|larva larvae|sequela sequelae|fistula fistulae|bursa bursae
    conjunctiva conjunctivae|child children|woman women|man men|foot feet|tooth teeth|mouse mice
    index indices|appendix appendices
    cortex cortices|matrix matrices|vertex vertices|carcinoma carcinomata|stigma stigmata
    lumen lumina|foramen foramina|genus genera|ganglion ganglia|septum septa|serum sera|medium media
    nevus nevi|coccus cocci|enterococcus enterococci|staphylococcus staphylococci|radius radii
    streptococcus streptococci|helix helices|diverticulum diverticula|ilium ilia
    give gave given|take took taken|find found|show shown|know knew known|see saw seen
    undergo underwent undergone|arise arose arisen|lead led|fall fell fallen|rise rose risen
    grow grew grown|begin began begun|choose chose chosen
    feel felt|hold held|keep kept|lose lost|make made|meet met
    bind bound|feed fed|bleed bled|die dying|lie lying|become became|get got gotten|sleep slept
    break broke broken|write wrote written|think thought|bring brought|seek sought|wear wore worn
    swell swollen|withdraw withdrew withdrawn|overcome overcame|run ran|stand stood|understand understood
    analys analysis analyses analyse analyze analysed analyzed analysing analyzing
    dialys dialysis dialyses dialyse dialyze dialysed dialyzed dialysing dialyzing
    paralys paralysis paralyses paralyse paralyze paralysed paralyzed paralysing paralyzing
    """.replace("\n", "|").split("|")
    if line.strip()
    for base, *forms in [line.split()]
    for form in forms
}
_UNCHANGED: frozenset[str] = word_set(
    """
    series species rabies scabies caries diabetes herpes pancreas biceps triceps forceps bias gas lens
    measles mumps ascites has was does its this thus always perhaps nowadays news shingles rickets
    less basis axis pelvis testis penis iris texas gases need needed seed speed feed bleed breed
    exceed proceed succeed during morning evening nothing something anything everything sibling
    indeed united red bed hundred sacred kindred
    trans aids status mellitus plus yes across pus virus lupus fetus corpus
    """
)
_VOWEL = re.compile("[aeiouy]")
_SHORT = re.compile(r"^[^aeiou]*[aeiouy][^aeiouwxy]$|^[aeiouy][^aeiou]$")
_DOUBLE = ("bb", "dd", "ff", "gg", "mm", "nn", "pp", "rr", "tt")


def stem(word: str) -> str:
    """Return the key that all inflected forms of a folded ``word`` share."""
    if word.endswith("'s"):
        word = word[:-2]
    elif word.endswith("s'"):
        word = word[:-1]
    if word in _IRREGULAR:
        word = _IRREGULAR[word]
    if len(word) < 4 or word in _UNCHANGED or not word.isalpha():
        return word
    word = _without_plural(word)
    word = _without_participle(word)
    if len(word) > 4 and word[-1] == "e" and word[-2] != "e":
        word = word[:-1]
    return word[:-1] + "s" if word.endswith("yz") else word


def _without_plural(word: str) -> str:
    if word[-1] != "s" or word in _UNCHANGED:
        return word
    if word.endswith("ies"):
        return word[:-3] + "y" if len(word) > 4 else word[:-1]
    if word.endswith("itides"):
        return word[:-4] + "is"
    if word.endswith("sis"):
        return word[:-2] if len(word) > 5 else word
    if word.endswith(("ss", "us", "is")):
        return word
    if word.endswith("xes"):
        return word[:-2]
    return word[:-1]


def _without_participle(word: str) -> str:
    if word.endswith("ied"):
        return word[:-3] + "y" if len(word) > 4 else word[:-1]
    if word.endswith("ed") and not word.endswith("eed"):
        base = word[:-2]
    elif word.endswith("ing"):
        base = word[:-3]
    else:
        return word
    if len(base) < 2 or not _VOWEL.search(base):
        return word
    if base.endswith(("at", "bl", "iz")):
        return base + "e"
    if base.endswith(_DOUBLE):
        return base[:-1]
    return base + "e" if _SHORT.match(base) else base
