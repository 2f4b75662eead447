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

_SPACED: Final = bytes.maketrans(_SEPARATORS.encode(), b" " * len(_SEPARATORS))
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
_GREEK_NAMES: Final = ("alpha", "beta", "gamma", "delta", "epsilon", "kappa")
_MICRO: Final = re.compile("μ(?=(?:g|l|m|mol|s|u|iu|kat)(?![a-z]))", re.IGNORECASE)
_ANY_GREEK: Final = re.compile("[Α-Ωα-ω]")
_RAISED: Final = frozenset("²³¹⁰⁴⁵⁶⁷⁸⁹⁺⁻")
_SUPERSCRIPT: Final = re.compile(f"(?<=[0-9])(?=[{''.join(sorted(_RAISED))}])")
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


_Pair = tuple[str, bool]
"""The values of a ``Term``, which would take longer to make than to find."""


def split_terms(word: str) -> tuple[Term, ...]:
    """Return the terms of ``word``, a stretch without white space, in the order of the index."""
    plain = _split_plain(word)
    pairs = _split_odd(word) if plain is None else [(text, False) for text in plain]
    if len(word) > LONGEST_TERM:
        pairs = [pair for pair in pairs if len(pair[0]) <= LONGEST_TERM]
    return tuple([Term(*pair) for pair in pairs])


def _split_plain(word: str) -> list[str] | None:
    """Return the texts of what ``_split_odd`` returns, for what most words are; None for others.

    Letters, whole numbers and decimals, and what a hyphen joins of letters or of numbers.
    """
    if not word.isascii() or _names_greek(word):
        return None
    bare = word.strip(".,-")
    if bare.isalpha():
        return [_fold_part(bare)]
    if bare.isdecimal():
        return [bare]
    parts = bare.split("-")
    if all(map(str.isdecimal, parts)):
        return parts
    if all(map(str.isalpha, parts)):
        return None if bare.isupper() else list(map(_fold_part, parts))
    whole, _, decimals = bare.partition(".")
    return [bare] if whole.isdecimal() and decimals.isdecimal() else None


def _names_greek(word: str) -> bool:
    """Tell whether ``_GREEK_NAME`` is found in ``word``; few words need that search."""
    if "a" not in word and "epsilon" not in word:
        return False
    return any(map(word.__contains__, _GREEK_NAMES)) and bool(_GREEK_NAME.search(word))


def _split_odd(word: str) -> list[_Pair]:
    plain = word if word.isascii() else _fold_letters(word)
    if "'" in plain:
        plain = _POSSESSIVE.sub(" ", plain)
    if _names_greek(plain):
        plain = _GREEK_NAME.sub(r" \1\2 ", plain)
    pairs: list[_Pair] = []
    for found in _TOKEN.finditer(plain):
        chain = found[1]
        if chain is None:
            pairs.append((found[0].replace(",", "").replace("·", "."), False))
        elif chain.isalpha():
            pairs.append((_fold_part(chain), False))
        else:
            pairs += _split_chain(chain)
    return pairs


def _fold_letters(word: str) -> str:
    """Return ``word`` without accents, Greek letters as names, superscripts apart from their base."""
    spaced = _SUPERSCRIPT.sub(" ", word) if not _RAISED.isdisjoint(word) else word
    plain = spaced.translate(_letters)
    if not _ANY_GREEK.search(plain):
        return plain
    return _GREEK_LETTER.sub(_name_greek, _lower_greek(_MICRO.sub("u", plain)))


class _Letters(dict[int, str]):
    """What each character is without accents and in its plain form, by code point."""

    def __missing__(self, point: int) -> str:
        plain = unicodedata.normalize("NFKD", chr(point)).translate(_LOOKALIKES)
        folded = "".join(letter for letter in plain if not unicodedata.combining(letter))
        self[point] = folded
        return folded


_letters: Final = _Letters()


def _lower_greek(text: str) -> str:
    return re.sub("[Α-Ω]", lambda found: found[0].lower(), text)


def _name_greek(found: re.Match[str]) -> str:
    return f" {_GREEK[found[0]]} "


def _split_chain(chain: str) -> list[_Pair]:
    """Return the parts of ``chain``, each followed by what it joins to if the chain is a name."""
    parts = _PART.findall(chain)
    folded = [_fold_part(part) for part in parts]
    if len(parts) == 1 or not _is_name(chain, parts):
        return [(part, False) for part in folded]
    joins = min(len(parts), _LONGEST_JOIN)
    pairs = [(folded[0], True)]
    joined = folded[0]
    for number in range(1, joins):
        joined += folded[number]
        pairs += [(folded[number], True), (joined, number + 1 < joins)]
    return pairs + [(part, False) for part in folded[joins:]]


def _fold_part(part: str) -> str:
    folded = part.lower()
    return "ug" if folded == "mcg" else fold_spelling(folded)


def _is_name(chain: str, parts: list[str]) -> bool:
    """Tell a name (``IL-1``, ``p53``, ``GM-CSF``, ``5-HT``) from ``double-blind`` and ``10-mg``."""
    if not any(map(str.isdecimal, parts)):
        return all(map(str.isupper, parts))
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
    texts = _split_plain(word)
    if texts is None:
        texts = [text for text, _ in _split_odd(word)]
    if len(word) > LONGEST_TERM:
        texts = [text for text in texts if len(text) <= LONGEST_TERM]
    return " ".join(texts)


def _stem_word(word: str) -> str:
    folded = _fold_word(word)
    # The stemmer leaves numbers as they are.
    return folded if folded.isdecimal() else " ".join(_analyzer().analyze(folded))


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


def terms_for_search(text: str) -> list[str]:
    """Return the terms that the index stores for ``text``, for one question after another.

    Unlike indexing, which soon ends, a server goes on: what is kept of words is bounded low.
    """
    return [term for word in _split_words(text) for term in _stem_asked(word).split()]


@lru_cache(maxsize=4096)
def _stem_asked(word: str) -> str:
    return _stem_word(word)


@lru_cache(maxsize=65536)
def name_for_index(name: str) -> tuple[str, str]:
    """Return a heading or a substance folded and stemmed; the same few come again and again."""
    return fold_for_index(name), stem_for_index(name)


def _split_words(text: str) -> list[str]:
    """Return ``text`` cut at white space and at separators, without most punctuation after words."""
    # As bytes, one table serves: no byte of a letter outside ASCII is a separator.
    plain = text.encode("utf-8", "surrogatepass").translate(_SPACED)
    return plain.decode("utf-8", "surrogatepass").replace(". ", " ").replace(", ", " ").split()


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
