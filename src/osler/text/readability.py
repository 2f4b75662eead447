"""How many years of schooling a text asks of its reader.

J. P. Kincaid, R. P. Fishburne, R. L. Rogers, B. S. Chissom: Derivation of new readability formulas for
Navy enlisted personnel. Research Branch Report 8-75, Naval Technical Training Command, 1975:
grade = 0.39 × words per sentence + 11.8 × syllables per word - 15.59. The syllable rule is Osler's
own: vowel groups, less silent endings, plus the hiatus that medical words are full of (``di-a``).
"""

from __future__ import annotations

import re
from functools import lru_cache

from osler.text.kept import FEW_WORDS
from osler.text.normalise import fold
from osler.text.sentences import split_sentences

_WORD = re.compile(r"[a-z]+(?:'[a-z]+)?|\d+(?:[.,]\d+)*")
_GROUP = re.compile(r"[aeiouy]+")
# Two vowels that are spoken apart, by the letters around them; each alternative says for which words.
_HIATUS = re.compile(
    r"(?<![tcsg])ia|(?<=[tcs])ia(?=t[eio])"  # di-abetes, associ-ated
    r"|io(?=[lpdgcstv])|(?<![tscgxln])io(?!u)|(?<![tcgx])iou"  # bi-ology, peri-od, vari-ous; not: region
    r"|i(?=um|us|ud)|ie(?=ty|t$)|(?<=cl)ie|(?<=sc)ie"  # medi-um, radi-us, vari-ety, cli-ent, sci-ence
    r"|(?<=[a-z][a-z])ea$|(?<=cr)ea(?=t)|^rea(?=ct|li|pp)|(?<=n)eal$|^ideal"  # are-a, cre-atinine
    r"|eu(?=[ms]$)|(?<!g)eo(?!u|pl)|oe(?=nz)"  # muse-um, nucle-us, vide-o
    r"|(?<![qg])u(?:a[ltr]|ou)|(?<=l)ue(?=n)|(?<=[flr])ui(?=[dn])"  # usu-al, flu-id
    r"|[aeouy]ing$|oi(?=dal)|ao|yo(?=[cp])"  # be-ing, study-ing
)
_SILENT = re.compile(
    r"[^aeiouyl]e$|[aeiouyrw]le$|(?<!be)[^aeiouylsxzcgh]es$|[aeiouyr]les$|[^aeiouytd]ed$"
    r"|(?<=[^aeiouy])e(?=ly$|ment|less|ful)"
)


def flesch_kincaid_grade(text: str, *, asides: str = "") -> float:
    """Return the grade of ``text``, 0 for a text without words; numbers count as words.

    Words in ``asides`` stand in brackets beside those of ``text``. They are read, so their syllables
    count; they can be passed over and bind nothing together, so they make no sentence longer, nor are
    they sentences, which would make any text with many of them look easy.
    """
    sentences = max(1, len(split_sentences(text)))
    found = _WORD.findall(fold(text))
    if not found:
        return 0.0
    read = found + _WORD.findall(fold(asides))
    spoken = sum(syllables(word) for word in read)
    return 0.39 * len(found) / sentences + 11.8 * spoken / len(read) - 15.59


@lru_cache(maxsize=FEW_WORDS)
def syllables(word: str) -> int:
    """Return the number of syllables in a folded ``word``, at least one; a number counts as one."""
    groups = len(_GROUP.findall(word))
    count = groups + len(_HIATUS.findall(word)) - len(_SILENT.findall(word))
    return max(1, count)
