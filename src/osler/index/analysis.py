"""How a text becomes the terms that the index stores: folding in Python, stems by Tantivy's stemmer.

The same folding runs over passages and over questions, so that spellings meet: case, accents, Greek
letters, superscripts, British and American. A compound name is stored in parts and joined (``IL-1RA``
as ``il 1 il1 ra il1ra``): found as asked, in its other spellings, and in parts. Nothing made here is
ever shown to a reader. A change that alters any term needs a new ``TOKENISER``.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from functools import cache, lru_cache
from typing import Final, NamedTuple

import tantivy

from osler.text.spelling import fold_spelling

TOKENISER: Final = "osler-words-1"
"""Name and version of these rules; an index built by other rules is not opened."""

ANALYZER: Final = "osler_words"
"""Name under which an index knows what takes its text apart; it is given terms that are stemmed."""

LONGEST_TERM: Final = 60
"""Longer stretches (sequences, addresses) are not indexed; in code points."""

_LONGEST_JOIN: Final = 4
_MEMO_WORDS: Final = 200_000
_SEPARATORS: Final = '()[]{}<>/\\|:;=%+*#&^~_`@$!?"'
"""Characters that end a word wherever they stand; a full stop or a comma may stand inside a number."""

_SPACED: Final = str.maketrans(dict.fromkeys(_SEPARATORS, " "))
_OUTER: Final = ".,-'"

_GREEK: Final = {
    "α": "alpha",
    "β": "beta",
    "γ": "gamma",
    "δ": "delta",
    "ε": "epsilon",
    "ζ": "zeta",
    "η": "eta",
    "θ": "theta",
    "ι": "iota",
    "κ": "kappa",
    "λ": "lambda",
    "μ": "mu",
    "ν": "nu",
    "ξ": "xi",
    "ο": "omicron",
    "π": "pi",
    "ρ": "rho",
    "ς": "sigma",
    "σ": "sigma",
    "τ": "tau",
    "υ": "upsilon",
    "φ": "phi",
    "χ": "chi",
    "ψ": "psi",
    "ω": "omega",
}
_GREEK_LETTER: Final = re.compile("[α-ω]")
_GREEK_NAME: Final = re.compile(
    "(?<=[A-Z0-9])(alpha|beta|gamma|delta|epsilon|kappa)|(?<=[A-Za-z]{2})(alpha|beta|gamma|kappa)$"
)
_MICRO: Final = re.compile("μ(?=(?:g|l|m|mol|s|u|iu|kat)(?![a-z]))", re.IGNORECASE)
_SUPERSCRIPT: Final = re.compile("(?<=[0-9])(?=[²³¹⁰⁴-⁹⁺⁻])")
_LOOKALIKES: Final = str.maketrans(dict.fromkeys("‐‑‒–−⁻₋", "-") | {"\u00ad": None, "’": "'"})
_POSSESSIVE: Final = re.compile(r"'s?(?![^\W_])", re.IGNORECASE)

SMALL_WORDS: Final = frozenset(
    word
    for line in (
        "a an and any are as at be been between by can could did do does for from has have how i in",
        "into is it its list may me my name of on or our please shall should than that the their there",
        "these they this to used was we were what when where which who whom whose why will with would",
        "you your",
    )
    for word in line.split()
)
"""Words left out of a query when better ones are there; ``ALL`` and ``WHO`` are not small."""

_TOKEN: Final = re.compile(
    r"[0-9]{1,3}(?:,[0-9]{3})+(?![0-9])"
    r"|[0-9]+[.·][0-9]+"
    r"|(?P<chain>[^\W_]+(?:-[^\W_]+)*)"
)
_PART: Final = re.compile("[0-9]+|[^\\W0-9_]+")


class Term(NamedTuple):
    """One term of a text.

    Attributes:
        text: As folded, not yet stemmed.
        covered: Whether a joined term that follows says the same and more; a query does without it.
    """

    text: str
    covered: bool = False


def split_terms(word: str) -> tuple[Term, ...]:
    """Return the terms of ``word``, a stretch without white space, in the order of the index."""
    terms = _split_plain(word) or _split_odd(word)
    if len(word) > LONGEST_TERM:
        return tuple(term for term in terms if len(term.text) <= LONGEST_TERM)
    return tuple(terms)


def _split_plain(word: str) -> list[Term] | None:
    """Return what ``_split_odd`` returns, for the words that most words are; None for others.

    Letters, whole numbers and decimals, and what a hyphen joins of letters or of numbers.
    """
    if not word.isascii() or _GREEK_NAME.search(word):
        return None
    bare = word.strip(".,-")
    if bare.isalpha():
        return [Term(_fold_part(bare))]
    if bare.isdecimal():
        return [Term(bare)]
    parts = bare.split("-")
    if all(map(str.isdecimal, parts)):
        return [Term(part) for part in parts]
    if all(map(str.isalpha, parts)):
        return None if bare.isupper() else [Term(_fold_part(part)) for part in parts]
    whole, _, decimals = bare.partition(".")
    return [Term(bare)] if whole.isdecimal() and decimals.isdecimal() else None


def _split_odd(word: str) -> list[Term]:
    plain = word if word.isascii() else _fold_letters(word)
    if "'" in plain:
        plain = _POSSESSIVE.sub(" ", plain)
    plain = _GREEK_NAME.sub(r" \1\2 ", plain)
    terms: list[Term] = []
    for found in _TOKEN.finditer(plain):
        chain = found["chain"]
        if chain is None:
            terms.append(Term(found[0].replace(",", "").replace("·", ".")))
        else:
            terms += _split_chain(chain)
    return terms


def _fold_letters(word: str) -> str:
    """Return ``word`` without accents, Greek letters as names, superscripts apart from their base."""
    spaced = _SUPERSCRIPT.sub(" ", word)
    plain = unicodedata.normalize("NFKD", spaced).translate(_LOOKALIKES)
    plain = "".join(letter for letter in plain if not unicodedata.combining(letter))
    plain = _MICRO.sub("u", plain)
    return _GREEK_LETTER.sub(_name_greek, _lower_greek(plain))


def _lower_greek(text: str) -> str:
    return re.sub("[Α-Ω]", lambda found: found[0].lower(), text)


def _name_greek(found: re.Match[str]) -> str:
    return f" {_GREEK[found[0]]} "


def _split_chain(chain: str) -> list[Term]:
    """Return the parts of ``chain``, each followed by what it joins to if the chain is a name."""
    parts = _PART.findall(chain)
    folded = [_fold_part(part) for part in parts]
    if len(parts) == 1 or not _is_name(chain, parts):
        return [Term(part) for part in folded]
    joins = min(len(parts), _LONGEST_JOIN)
    terms = [Term(folded[0], covered=True)]
    joined = folded[0]
    for number in range(1, joins):
        joined += folded[number]
        terms.append(Term(folded[number], covered=True))
        terms.append(Term(joined, covered=number + 1 < joins))
    return terms + [Term(part) for part in folded[joins:]]


def _fold_part(part: str) -> str:
    folded = part.lower()
    return "ug" if folded == "mcg" else fold_spelling(folded)


def _is_name(chain: str, parts: list[str]) -> bool:
    """Tell a name (``IL-1``, ``p53``, ``GM-CSF``, ``5-HT``) from ``double-blind`` and ``10-mg``."""
    has_digits = any(part.isdecimal() for part in parts)
    if not has_digits:
        return all(part.isupper() for part in parts)
    if parts[0].isdecimal():
        return "-" in chain and parts[1].isupper()
    return True


class Word(NamedTuple):
    """One word of a query: its terms as stored, and where the last of them stands.

    Attributes:
        terms: One term, or for a compound name its parts and joins, the whole name last.
        position: Position of the last term in the text.
        small: Whether it is a word that questions are made of and that tells nothing ("what", "the").
    """

    terms: tuple[str, ...]
    position: int
    small: bool

    @property
    def parts(self) -> tuple[str, ...]:
        """The parts of a compound name, without what was joined from them."""
        return self.terms[:1] + self.terms[1::2]


def read_words(text: str) -> list[Word]:
    """Return ``text`` as words of folded terms, not yet stemmed."""
    words: list[Word] = []
    position = 0
    for token in _split_words(text):
        small = token.strip(_OUTER).lower() in SMALL_WORDS and not (len(token) > 1 and token.isupper())
        group: list[str] = []
        for term in split_terms(token):
            group.append(term.text)
            if not term.covered:
                words.append(Word(tuple(group), position, small))
                group = []
            position += 1
    return words


class _Memo(dict[str, str]):
    """Terms by word: a corpus repeats its words, so almost every one is taken apart once only."""

    def __init__(self, make: Callable[[str], str]) -> None:
        super().__init__()
        self._make = make

    def __missing__(self, word: str) -> str:
        terms = self._make(word)
        if len(self) >= _MEMO_WORDS:
            self.clear()
        self[word] = terms
        return terms


def _fold_word(word: str) -> str:
    return " ".join([term.text for term in split_terms(word)])


def _stem_word(word: str) -> str:
    return " ".join(_analyzer().analyze(_fold_word(word)))


_folded: Final = _Memo(_fold_word)
_stemmed: Final = _Memo(_stem_word)


def fold_for_index(text: str) -> str:
    """Return ``text`` as its terms, not yet stemmed, separated by spaces."""
    return " ".join(map(_folded.__getitem__, _split_words(text)))


def stem_for_index(text: str) -> str:
    """Return ``text`` as the terms that the index stores, separated by spaces.

    Words are stemmed by the engine's own stemmer, once each: stemming every word of every passage
    again takes the engine longer than all the rest of indexing.
    """
    # A word without terms leaves an empty string, and two spaces say no more than one.
    return " ".join(map(_stemmed.__getitem__, _split_words(text)))


@lru_cache(maxsize=65536)
def name_for_index(name: str) -> tuple[str, str]:
    """Return a heading or a substance folded and stemmed; the same few come again and again."""
    return fold_for_index(name), stem_for_index(name)


def _split_words(text: str) -> list[str]:
    """Return ``text`` cut at white space and at separators, without most punctuation after words."""
    if text.isascii():
        text = text.translate(_SPACED)
    else:
        # Translating is several times slower than replacing once a text is not plain ASCII.
        for separator in _SEPARATORS:
            if separator in text:
                text = text.replace(separator, " ")
    return text.replace(". ", " ").replace(", ", " ").split()


@cache
def _analyzer() -> tantivy.TextAnalyzer:
    return make_analyzer()


def make_splitter() -> tantivy.TextAnalyzer:
    """Return the analyzer that takes terms as they are, for text already stemmed."""
    return tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.whitespace()).build()


def make_analyzer() -> tantivy.TextAnalyzer:
    """Return the analyzer that stems text already folded."""
    builder = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.whitespace())
    return builder.filter(tantivy.Filter.stemmer("english")).build()
