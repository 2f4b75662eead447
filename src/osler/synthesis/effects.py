"""What a sentence says that a treatment does to an outcome: one treatment, one outcome, one direction.

Reads the few shapes in which abstracts tell a result, each with the outcome directly beside the word of
direction. A sentence that weighs two treatments is read only where the first is the one it speaks of;
aims, questions and what might be are no results.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from osler.synthesis.effect_shapes import (
    GENERAL,
    OF_IT,
    PREDICATIVE,
    SAME_BETWEEN,
    SHAPES,
    VERBAL,
    Effect,
)
from osler.synthesis.subjects import Mention, acts_on, mentions
from osler.text.lists import word_set
from osler.text.names import key_word
from osler.text.outcomes import outcomes_in


@dataclass(frozen=True, slots=True)
class Finding:
    """One effect of one treatment.

    Attributes:
        subject: The treatment, by the name it is known by.
        outcome: Stems of the outcome; empty where it is said that the treatment works, or does not.
        shown: The outcome in the words of the sentence.
        effect: Which way it goes.
        versus: What it is compared with, one phrase; empty where nothing is named.
    """

    subject: str
    outcome: frozenset[str]
    shown: str
    effect: Effect
    versus: frozenset[str]


_CLAUSES: Final = re.compile(
    r";\s|,?\s\b(?:but|whereas|while|although|though|however|despite)\b\s?|,\s(?=and\s(?:was|were|did|had|no)\b)"
)
_NO_RESULT: Final = re.compile(
    r"\b(?:not\ssupport\w*|no\sevidence|insufficient|refut\w+|whether|aim(?:s|ed)?|objective|purpose|hypothes\w+|to\s(?:assess|determine|evaluate|examine|investigate"
    r"|compare|test|study)|designed|if|may|might|could|would|should|can|potential\w*|possibl[ey]|expected"
    r"|promising|withdraw\w*|discontinu\w+|cessation|unclear|unknown|controvers\w+|debated?|conflicting|inconsistent|mixed\sresults)\b",
    re.IGNORECASE,
)
_COMPARES: Final = re.compile(
    r"\b(?:(?:as\s)?compared\s(?:with|to)|in\scomparison\s(?:with|to)|than|versus|vs|relative\sto|over\s(?=placebo|control))\b"
    r"|(?<=\b)(?:similar|inferior|superior|comparable|equivalent)\s(?:\w+\s){1,2}to\b",
    re.IGNORECASE,
)
_LIGHT: Final = re.compile(
    r"^(?:(?:the|a|an|all|any|both|overall|total|cumulative|annual|mean|median|rates?|risks?|incidence|incidences|frequency"
    r"|number|odds|likelihood|probability|occurrence|severity|levels?|length|duration|time|proportion|percentage"
    r"|of|in|for|all-cause|their|its|patients|patient|with)\s)+",
    re.IGNORECASE,
)
_TAIL: Final = re.compile(
    r"(?:\s(?:risks?|levels?|scores?|incidence)|(?<!heart)(?<!pulse)(?<!respiratory)(?<!filtration)(?<!metabolic)\srates?)$",
    re.IGNORECASE,
)
_WITH_ANOTHER: Final = re.compile(
    r"\b(?:plus|combin\w+|added|adding|together|alone|and|or|followed)\b|[+/]", re.I
)
_BETWEEN: Final = re.compile(
    r"\bbetween\s(?:the\s|patients\s|those\s|receiving\s|given\s|treated\s|with\s){0,4}$", re.I
)
_OPENING: Final = re.compile(
    r"(?:.*[,:]\s|.*\b(?:showed|found|revealed|demonstrated)\s(?:that\s)?)?"
    r"(?:(?:there\s(?:was|were|is|are)|(?:\w+\s)?(?:patients|children|adults|subjects|women|men))\s)?(?:a\s|an\s|the\s)?",
    re.IGNORECASE | re.DOTALL,
)
_AND_OTHER: Final = re.compile(r"(?:\s[\w-]+){0,3}?\sand\s(?:the\s|with\s)?")
_GIVEN: Final = re.compile(
    r"\s(?:(?:in|among|for)\s(?:the\s)?(?:patients|children|adults|those|subjects|women|men|group)\s)?"
    r"(?:(?:was|were)\s(?:found|seen|observed|noted)\s)?"
    r"(?:with|by|after|during|between|in|on|who\sreceived|receiving|given|treated\swith|taking)\s"
    r"(?:the\s|patients\s|those\s|receiving\s|given\s|treated\s|treatment\s|with\s|oral\s|intravenous\s){0,4}",
    re.IGNORECASE,
)
_CLASS_WORDS: Final = re.compile(
    r"(?:overall|complete|clinical|event-free|disease-free|progression-free|relapse-free|in-hospital|hospital|all-cause"
    r"|day|days|year|\d+|\d+-day|\d+-year|surviv\w+|mortality|deaths?|relaps\w+|recurrences?|remissions?|progression|disease|response|recovery|infections?|of|\s|-)+",
    re.IGNORECASE,
)
_GOOD_WHEN_HIGH: Final = frozenset({"survival", "remission", "response", "recovery"})
_GOOD_WHEN_LOW: Final = frozenset({"mortality", "relapse", "infection", "progression"})
_NO_OUTCOME: Final = re.compile(
    r"(?:^|\s)(?:\w+ly|both|only|treated|patients|subjects|more|less|time|reductions?|increases?|decreases?|changes?|improvements?"
    r"|group|groups|doses?|dosage|treatment|therapy|use|need|all|some|it|this|these|them|one|two|each|other|parameters?|variables?|values?"
    r"|systolic|diastolic|fasting|severe|clinical|overall|total|serum|plasma|mean|primary|secondary"
    r"|effects?|differences?|results?|benefits?|amount|size|degree|extent)$|^(?:\w+\sof\s)?\W*\d",
    re.IGNORECASE,
)
_LONGEST: Final = 5
"""Words of an outcome; what is longer was not read to its end."""


def effects_of(text: str, known: Mapping[str, str]) -> tuple[Finding, ...]:
    """Return the effects that ``text`` tells, in order; none where its subject is not plain.

    Args:
        text: One sentence of a source.
        known: Spellings in lower case of what the question asks about, each with its name.
    """
    found: list[Finding] = []
    carried = ""
    for clause in _clauses(text):
        said = f"{carried} {clause.lstrip()}" if carried and _ELIDED.match(clause) else clause
        subject = _subject_of(said, known)
        carried = subject.name if subject else ""
        if subject is not None and not _NO_RESULT.search(said):
            found += _findings(said, subject)
    return tuple(dict.fromkeys(found))


_ELIDED: Final = re.compile(
    r"\s*(?:also\s)?(?:failed|did|does|was|were|is|had|has|reduced|improved|increased|decreased|showed|led|resulted)\b",
    re.I,
)
"""How a clause opens that says more of the subject before it: ``… but did not reduce relapse``."""


def _clauses(text: str) -> Iterator[str]:
    at = 0
    for cut in _CLAUSES.finditer(text):
        yield text[at : cut.start()]
        at = cut.end()
    yield text[at:]


def _subject_of(clause: str, known: Mapping[str, str]) -> Mention | None:
    """Return the one treatment that a clause speaks of; None where it is given with another."""
    cut = _COMPARES.search(clause)
    end = cut.start() if cut else len(clause)
    inside = [one for one in mentions(clause, known) if one.start < end]
    if not inside:
        return None
    subject = inside[0]
    if _BETWEEN.search(clause[: subject.start]):
        return subject
    if len({one.name for one in inside}) != 1:
        return None
    before, behind = clause[max(0, subject.start - 15) : subject.start], clause[subject.end :][:5]
    return None if _WITH_ANOTHER.search(f"{before} | {behind}") else subject


def _findings(clause: str, subject: Mention) -> Iterator[Finding]:
    versus = _versus(clause, subject)
    for effect, works in GENERAL:
        told = works.search(clause)
        if told and (
            acts_on(clause, subject, told.start())
            or (subject.start >= told.end() and OF_IT.fullmatch(clause, told.end(), subject.start))
        ):
            yield Finding(subject.name, frozenset(), "", effect, versus)
            return
    for shape in SHAPES:
        for found in shape.finditer(clause):
            acts = acts_on(clause, subject, found.start())
            if acts or (
                shape is not VERBAL and _opens(clause, found) and _given_behind(clause, subject, found)
            ):
                yield from _finding(found, subject, versus)
                return
    for shape in (PREDICATIVE, SAME_BETWEEN):
        for found in shape.finditer(clause):
            if _given_behind(clause, subject, found):
                yield from _finding(found, subject, versus)


def _opens(clause: str, found: re.Match[str]) -> bool:
    """Tell whether nothing acts in a finding before it: ``there was no change in …``."""
    return _OPENING.fullmatch(clause, 0, found.start()) is not None


def _given_behind(clause: str, subject: Mention, found: re.Match[str]) -> bool:
    """Tell whether the subject is named directly behind a finding as what was given."""
    return (
        subject.start >= found.end() and _GIVEN.fullmatch(clause, found.end(), subject.start) is not None
    )


def _finding(found: re.Match[str], subject: Mention, versus: frozenset[str]) -> Iterator[Finding]:
    shown = _outcome(found["what"])
    if not shown or subject.name in shown.lower():
        return
    parts = found.groupdict()
    negated = bool(parts.get("not")) or bool(parts.get("no"))
    kind = next(name for name, value in parts.items() if value and name[1:2] == "_").partition("_")[2]
    effect = _direction(kind, negated=negated)
    if effect is None:
        return
    head = shown.partition(" of ")[0]
    if _CLASS_WORDS.fullmatch(head):
        shown = head
    classes = outcomes_in(shown) or frozenset({"progression"} & set(shown.lower().split()))
    if len(classes) == 1 and _CLASS_WORDS.fullmatch(shown):
        effect = _valued(effect, min(classes))
    outcome = frozenset(key_word(word) for word in re.findall(r"[\w-]+", shown))
    yield Finding(subject.name, outcome, shown.lower(), effect, versus)


def _direction(kind: str, *, negated: bool) -> Effect | None:
    """Return the effect that a word of direction tells; ``no effect`` is none, ``an effect`` untold."""
    if kind == "changed":
        return Effect.NONE if negated else None
    if kind == "none":
        return None if negated else Effect.NONE
    return Effect.NONE if negated else Effect(kind)


def _valued(effect: Effect, outcome: str) -> Effect:
    """Return a rise or fall as good or bad, where the outcome tells which."""
    if outcome in _GOOD_WHEN_HIGH:
        return {Effect.UP: Effect.BETTER, Effect.DOWN: Effect.WORSE}.get(effect, effect)
    if outcome in _GOOD_WHEN_LOW:
        return {Effect.UP: Effect.WORSE, Effect.DOWN: Effect.BETTER}.get(effect, effect)
    return effect


def _outcome(words: str) -> str:
    """Return the outcome without what only counts it; empty where it is no short phrase."""
    shown = _LIGHT.sub("", " ".join(words.split()))
    shown = _TAIL.sub("", shown)
    is_phrase = 0 < len(shown.split()) <= _LONGEST and any(letter.isalpha() for letter in shown)
    return shown if is_phrase and not _NO_OUTCOME.search(shown) else ""


def _versus(clause: str, subject: Mention) -> frozenset[str]:
    """Return what the subject is compared with, at most three words of the next five."""
    cut = _COMPARES.search(clause, subject.end) or _AND_OTHER.match(clause, subject.end)
    if cut is not None and cut.re is _AND_OTHER and not _BETWEEN.search(clause[: subject.start]):
        cut = None
    listed = re.findall(r"[a-z][\w-]+", _STOPS.split(clause[cut.end() :].lower())[0])[:5] if cut else []
    kept = [word for word in listed if word not in _EMPTY][:2]
    return frozenset({" ".join(kept)} - {""})


_STOPS: Final = re.compile(r"[,;.(]")
_EMPTY: Final = word_set(
    """
    a an and at did for given group groups in mg no of on other patients received receiving the therapy
    those to treated treatment was were who with
    """
)
