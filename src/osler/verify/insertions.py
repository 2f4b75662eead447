"""Whether words added for the reader come from the source or the vocabulary, and change nothing.

An insertion may spell out an abbreviation or put a name in the place of a pronoun. It may not bring a
figure, a negation, a hedge or a direction that the passage does not hold, nor hide words of the quote.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Final

from osler.model.passage import Passage
from osler.model.source import Source
from osler.model.statement import Insertion, insert
from osler.model.verdict import Check
from osler.text.drug_names import drugs_in
from osler.text.lists import word_set
from osler.text.names import names
from osler.text.normalise import fold
from osler.text.polarity import direction, hedges, negations
from osler.text.terms import find_abbreviations
from osler.verify.characters import character_fault, is_addressed_to_software
from osler.verify.checks import CheckName, failed, passed, skipped
from osler.verify.spans import sentences_of

LONGEST: Final = 120
_BRACKETS: Final = re.compile(r"[\[\]<>{}|\r\n\t\x00-\x1f]")
_ARTICLE: Final = re.compile(r"^(?:the|an?)\s+", re.IGNORECASE)
_LAST_WORD: Final = re.compile(r"([^\s()\[\],;:]+)[\s(]*$")
_POINTERS: Final = word_set(
    "it its they their them this that these those he she his her him we our us both such here there "
    "one ones the a an former latter drug drugs treatment treatments therapy therapies agent agents "
    "patient patients study trial review case series group groups compound "
    "inhibitor antibody disease condition disorder syndrome medication medicine "
    "combination regimen intervention same"
)


def check_insertions(
    quote: str,
    insertions: tuple[Insertion, ...],
    *,
    start: int,
    passage: Passage,
    source: Source,
    vocabulary: Mapping[str, str],
) -> Check:
    """Return whether every insertion is allowed in ``quote``, begun at ``start`` of ``passage``."""
    if not insertions:
        return skipped(CheckName.INSERTIONS)
    try:
        insert(quote, insertions)
    except ValueError:
        return failed(CheckName.INSERTIONS, "the insertions are out of order or outside the quote")
    for added in insertions:
        reason = (
            _form_fault(quote, added)
            or _origin_fault(quote, added, passage, source, vocabulary)
            or _meaning_fault(added.text, passage.text, vocabulary)
            or _replacement_fault(quote, added, start, passage, source)
        )
        if reason:
            return failed(CheckName.INSERTIONS, reason)
    return passed(CheckName.INSERTIONS)


def _form_fault(quote: str, added: Insertion) -> str:
    text = added.text
    if not text.strip() or text != text.strip() or len(text) > LONGEST:
        return "an insertion is empty, padded or too long"
    if _BRACKETS.search(text) or character_fault(text) or is_addressed_to_software(text):
        return f"the insertion {text!r} holds brackets, markup or signs that do not belong there"
    if added.replaces < 0:
        return "an insertion replaces fewer than no characters"
    end = added.offset + added.replaces
    if _is_inside_word(quote, added.offset) or _is_inside_word(quote, end):
        return f"the insertion {text!r} tears a word or a number apart"
    return ""


def _is_inside_word(quote: str, offset: int) -> bool:
    if not 0 < offset < len(quote):
        return False
    before, after = quote[offset - 1], quote[offset]
    if before.isalnum() and after.isalnum():
        return True
    joined = ".,/-–"
    return (before.isdigit() and after in joined and quote[offset + 1 : offset + 2].isdigit()) or (
        after.isdigit() and before in joined and quote[offset - 2 : offset - 1].isdigit()
    )


def _origin_fault(
    quote: str, added: Insertion, passage: Passage, source: Source, vocabulary: Mapping[str, str]
) -> str:
    bare = _ARTICLE.sub("", added.text)
    short = _word_before(quote, added.offset)
    if added.replaces == 0 and short:
        own = {found.short: found.long for found in find_abbreviations(passage.text)}
        meant = own.get(short)
        if meant is not None and not _is_same(bare, meant) and _could_expand(bare, short):
            return f"the source itself spells {short} out as {meant!r}, not as {bare!r}"
        known = vocabulary.get(short)
        if known is not None and _is_same(bare, known):
            return ""
    if any(names(text, bare) for text in _records(passage, source)):
        return ""
    longs = _meanings(quote[added.offset : added.offset + added.replaces], vocabulary)
    if any(_is_same(bare, long) for long in longs):
        return ""
    return (
        f"{added.text!r} stands neither in the passage, nor in the source record, nor in the vocabulary"
    )


def _records(passage: Passage, source: Source) -> Iterable[str]:
    yield passage.text
    yield passage.heading
    yield source.title or ""
    yield from source.substances
    yield from source.headings


def _meanings(replaced: str, vocabulary: Mapping[str, str]) -> tuple[str, ...]:
    long = vocabulary.get(replaced.strip())
    return () if long is None else (long,)


def _word_before(quote: str, offset: int) -> str:
    match = _LAST_WORD.search(quote[:offset])
    return match.group(1) if match else ""


def _could_expand(long: str, short: str) -> bool:
    return bool(short) and long[:1].lower() == short[:1].lower()


def _is_same(one: str, other: str) -> bool:
    return names(one, other) and names(other, one)


def _meaning_fault(text: str, passage_text: str, vocabulary: Mapping[str, str]) -> str:
    """Say what ``text`` changes; a name that the vocabulary or the passage defines is only a name."""
    if text in vocabulary.values() or any(text == a.long for a in find_abbreviations(passage_text)):
        return ""
    if negations(text):
        return f"the insertion {text!r} brings a negation into the quote"
    if hedges(text) or direction(text):
        return f"the insertion {text!r} changes how much or which way the quote says"
    return ""


def _replacement_fault(
    quote: str, added: Insertion, start: int, passage: Passage, source: Source
) -> str:
    if added.replaces == 0:
        return ""
    hidden = quote[added.offset : added.offset + added.replaces]
    words = re.findall(r"[^\W_]+", fold(hidden))
    if any(char.isdigit() for char in hidden) or not all(word in _POINTERS for word in words):
        return f"the insertion hides the words {hidden.strip()!r} of the quote"
    return _antecedent_fault(added.text, start + added.offset, passage, source)


def _antecedent_fault(name: str, position: int, passage: Passage, source: Source) -> str:
    """Say why ``name`` cannot be what the pronoun at ``position`` stands for.

    The drug named last before the pronoun is taken for its meaning; of several named there, none is.
    """
    wanted = drugs_in(name)
    if not wanted:
        return ""
    before = [span for span in sentences_of(passage) if span[1] <= position or span[0] < position]
    for begin, end in reversed(before[-3:]):
        named = drugs_in(passage.text[begin : min(end, position)])
        if named:
            if named == wanted:
                return ""
            return f"the words before speak of {_listed(named)}; {name!r} is not certain to be meant"
    titled = drugs_in(source.title or "")
    if titled and not wanted <= titled:
        return f"the source is about {_listed(titled)}, not about {name}"
    return ""


def _listed(names_found: frozenset[str]) -> str:
    return " and ".join(sorted(names_found))
