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
from osler.verify.exchange import edited, substituted
from osler.verify.figures import check_figures
from osler.verify.strength import check_strength
from osler.verify.wording import Evidence, missing, opened, share, subject_tokens

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
    cited = opened(evidence.text, around, vocabulary)
    said = opened(claim, around, vocabulary)
    return (
        check_characters(claim),
        check_figures(claim, evidence.text),
        check_polarity(claim, evidence.text),
        check_direction(claim, evidence.text),
        check_strength(claim, evidence.text),
        check_entities(claim, evidence, vocabulary),
        check_population(claim, evidence, opened=said),
        check_share(claim, said, cited, evidence, strict=strict),
    )


def check_share(claim: str, said: str, cited: str, evidence: Evidence, *, strict: bool) -> Check:
    """Return whether enough of the words of ``claim`` stand in the cited words and the title."""
    if is_addressed_to_software(claim):
        return failed(CheckName.COVERAGE, "gives orders to whoever reads it; that is no statement")
    if len({token.key for token in subject_tokens(claim)}) <= _FEW:
        absent = tuple(word for word in missing(claim, cited) if word in missing(said, cited))
        if absent:
            return failed(CheckName.COVERAGE, f"the cited words do not speak of {', '.join(absent)}")
    own = max(share(claim, cited), share(said, cited))
    whole = max(own, share(claim, f"{cited} . {evidence.title}"))
    if own < LEAST_SHARE / 2 or (own < LEAST_SHARE and whole < LEAST_WITH_TITLE):
        absent = missing(claim, f"{cited} . {evidence.title}") or missing(claim, cited)
        return failed(CheckName.COVERAGE, f"the cited words do not speak of {', '.join(absent[:4])}")
    exchanged = substituted(claim, f"{cited} . {evidence.title}", strict=strict, opened=said)
    if exchanged is not None:
        return failed(
            CheckName.COVERAGE,
            f"the source says {exchanged[1]!r} where the statement says {exchanged[0]!r}",
        )
    change = edited(claim, evidence.text)
    return failed(CheckName.COVERAGE, change) if change else passed(CheckName.COVERAGE)


def is_one_statement(text: str) -> bool:
    """Tell whether ``text`` is one sentence that states something."""
    spans = split_sentences(text)
    return len(spans) == 1 and not text.rstrip().endswith("?")
