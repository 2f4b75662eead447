"""The judge of words that are not the source's: each check of a statement against its cited words.

Whoever wrote the statement is not known here; what its evidence does not say, it may not say.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from osler.model.verdict import Check
from osler.text.sentences import split_sentences
from osler.verify.characters import check_characters, is_addressed_to_software
from osler.verify.checks import CheckName, failed, passed
from osler.verify.direction import check_direction, check_polarity
from osler.verify.entities import check_entities, check_population
from osler.verify.exchange import edited, moved, renamed, substituted
from osler.verify.figures import check_figures
from osler.verify.strength import check_strength
from osler.verify.thesaurus import STANDARD_ABBREVIATIONS, is_plain, says, unsaid
from osler.verify.wording import Evidence, keys, opened, subject_tokens

LEAST_SHARE: Final = 0.67
"""Share of the statement's subject words that its cited words must hold; with the title, 0.8."""
LEAST_WITH_TITLE: Final = 0.8
_FEW: Final = 3


def compare(
    claim: str, evidence: Evidence, vocabulary: Mapping[str, str], *, strict: bool
) -> tuple[Check, ...]:
    """Return the checks of ``claim`` against ``evidence``.

    ``strict`` is for statements that are to be printed: no word may stand in the place of another one.
    """
    around = f"{evidence.title} . {evidence.around}"
    known = {**STANDARD_ABBREVIATIONS, **vocabulary}
    cited = opened(evidence.text, around, known)
    said = opened(claim, around, known)
    return (
        check_characters(claim),
        check_figures(claim, evidence.text),
        check_polarity(claim, evidence.text),
        check_direction(claim, evidence.text),
        check_strength(claim, evidence.text),
        check_entities(claim, evidence, known),
        check_population(claim, evidence, opened=said),
        check_share(claim, said, cited, evidence, strict=strict),
    )


def check_share(claim: str, said: str, cited: str, evidence: Evidence, *, strict: bool) -> Check:
    """Return whether enough of the words of ``claim`` stand in the cited words and the title."""
    if is_addressed_to_software(claim):
        return failed(CheckName.COVERAGE, "gives orders to whoever reads it; that is no statement")
    named = {t.key for t in subject_tokens(claim) if not is_plain(t.key)}
    here, titled = keys(cited), keys(f"{cited} . {evidence.title}")
    absent = tuple(w for w in unsaid(claim, here) if w in unsaid(said, here))
    if absent and len(named) <= _FEW:
        return failed(CheckName.COVERAGE, f"the cited words do not speak of {', '.join(absent)}")
    own, whole = (max(_said_share(claim, known), _said_share(said, known)) for known in (here, titled))
    if own < LEAST_SHARE / 2 or (own < LEAST_SHARE and whole < LEAST_WITH_TITLE):
        return failed(CheckName.COVERAGE, f"the cited words do not speak of {', '.join(absent[:4])}")
    exchanged = substituted(claim, cited, strict=strict, opened=said, titled=evidence.title)
    if exchanged is None:
        exchanged = moved(claim, cited, opened=said, titled=evidence.title) or renamed(
            claim, cited, opened=said, titled=evidence.title
        )
    if exchanged is not None:
        return failed(
            CheckName.COVERAGE,
            f"the source says {exchanged[1]!r} where the statement says {exchanged[0]!r}",
        )
    change = edited(claim, evidence.text)
    return failed(CheckName.COVERAGE, change) if change else passed(CheckName.COVERAGE)


def _said_share(claim: str, known: frozenset[str]) -> float:
    """Return which share of the words of ``claim`` that name something ``known`` says, from 0 to 1."""
    subjects = {token.key for token in subject_tokens(claim)}
    named = {key for key in subjects if not is_plain(key)} or subjects
    return sum(says(known, key) for key in named) / len(named) if named else 0.0


def is_one_statement(text: str) -> bool:
    """Tell whether ``text`` is one sentence that states something."""
    spans = split_sentences(text)
    return len(spans) == 1 and not text.rstrip().endswith("?")
