"""The sign of a sentence: how many of its words turn the meaning round.

``Loss of A raises B`` and ``A lowers B`` have the same sign. Counts cue words; knows no grammar, and is
used only to object, never to approve.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache
from typing import Final

from osler.text.cue import Cue, CueKind
from osler.text.normalise import fold, stem
from osler.text.polarity import direction, negations
from osler.verify.thesaurus import says
from osler.verify.wording import Token, holds, keys, tokens

_TURNS: Final = re.compile(
    r"\b(?:deficien\w*|knock-?(?:out|down)s?|delet(?:ion|ed|ing)\w*|ablat\w+|silenc\w+|deplet\w+"
    r"|null"
    r"|inhibit(?:ion|ors?)|antagonis(?:m|ts?)|block(?:ade|ers?)|abrogat\w+|disrupt\w+"
    r"|neutrali[sz]\w+"
    r"|withdr(?:awal|awn|ew)|discontinu\w+|cessation|resist(?:ance|ant)|insensitiv\w+|suppressors?"
    r"|dysfunction\w*"
    r"|haploinsufficien\w*|knocked out|avoid\w*|lacking)\b|-/-",
    re.IGNORECASE,
)
_DIMMERS: Final = re.compile(
    r"\b(?:revok\w*|reject\w*|suspend\w*|halt\w*|different from|little|few|scarce\w*|minimal\w*"
    r"|negligibl\w*|poor(?:ly)?|rare|uncommon|infrequent(?:ly)?|unusual|limited(?!\s+to)|incapable|inaccura\w+"
    r"|inactive\b"
    r"|negative(?:ly)?|invers(?:e|ely)|oppos(?:es|ed|ing)|interfer(?:es?|ed|ing)"
    r"|contrary|false(?:ly)?|smallest|fewest|weak(?:ly|ens?|ened)?|disappear\w*|prohibit\w*"
    r"|forbid\w*|fails?)\b",
    re.IGNORECASE,
)
_SCARCE: Final = re.compile(
    r"little|few|scarce\w*|minimal\w*|negligibl\w*|limited|weak\w*|rare|uncommon|infrequent(?:ly)?|unusual"
    r"|smallest|fewest|rarely|seldom",
    re.IGNORECASE,
)
"""Words that say little of something, as ``less`` does."""
_PREFIX: Final = re.compile(r"(?:un|in|im|ir|de|dis|non|anti|mis)(?=[a-z]{5})")
_ALSO_UP: Final = re.compile(
    r"\b(?:activat(?:e|es|ed|ing|ion)|potentiat\w+|boost\w*|facilitat\w+|amplif\w+|exacerbat\w+"
    r"|encourag\w+"
    r"|expan(?:d|ds|ded|ding|sion)|heighten\w*|intensif\w+|advanc(?:es|ed|ing)|widen\w*"
    r"|wider|broader|bigger|heavier|thicker|likelier|further\s+up|climb(?:s|ed|ing)?)\b",
    re.IGNORECASE,
)
_ALSO_DOWN: Final = re.compile(
    r"\b(?:delay(?:s|ed|ing)?|repress\w*|hinder\w*|inactivat\w+|deactivat\w+|counteract\w*"
    r"|curtail\w*|restrain\w*"
    r"|dampen\w*|narrow(?:s|ed|ing)|deteriorat\w+|cut(?:s|ting)?|stop(?:s|ped|ping)?|shr[aiu]nk(?:s|en|ing)?|below(?!\s+\d)"
    r"|narrower|lighter|thinner|rarer|relie(?:f|v(?:e|es|ed|ing))|los(?:e|es|ing)|milder)\b",
    re.IGNORECASE,
)
_ALSO_NONE: Final = re.compile(
    r"\b(?:little|minimal|negligible|scant)\s+(?:\w+\s+)?(?:effect|benefit|impact|influence"
    r"|difference|change|evidence)s?\b"
    r"|\b(?:alike|reminiscent|resembl\w+)\b|\(NS\)"
    r"|\b(?:without|not)\s+(?:a\s+|an\s+)?(?:statistically\s+)?significant\s+differences?\b",
    re.IGNORECASE,
)
_ALSO: Final = (
    (CueKind.UP, _ALSO_UP),
    (CueKind.DOWN, _ALSO_DOWN),
    (CueKind.NO_DIFFERENCE, _ALSO_NONE),
)
_NAME_OF_A_SHAPE: Final = re.compile(r"double[- ](?:strand|blind|stranded)", re.IGNORECASE)
_NAMED: Final = re.compile(r"\s\(?(?:[A-Z]{2,}|[A-Z]+-\d)[\w-]*")
"""What makes a word that turns part of a name: ``receptor antagonist (IL-1ra)``."""
_NOR: Final = re.compile(r"\b(?:neither|not|never|no)\b[^.;]*\bnor$", re.IGNORECASE)
_WORSENS: Final = re.compile(r"worsen|aggravat", re.IGNORECASE)
_THAN: Final = re.compile(r"\s+than\s+(?:\d|half\b|one\b|two\b|three\b)")
_AT: Final = re.compile(r"\bat\s+$", re.IGNORECASE)
_HOW_FAR: Final = re.compile(
    r"(?:greater|larger|bigger|higher|stronger|more|most|smaller|less|lower|weaker)", re.IGNORECASE
)
"""Words of direction that, beside another one, say how far it goes: ``a greater reduction``."""
_GOES_FURTHER: Final = re.compile(r"(?:greater|larger|bigger|higher|stronger|more|most)", re.IGNORECASE)
_BESIDE: Final = re.compile(r"[\s-]*(?:(?:in|and|significant(?:ly)?|marked(?:ly)?|even|much)[\s-]+)*$")
_REACH: Final = 2


@lru_cache(maxsize=2048)
def directions(text: str) -> tuple[Cue, ...]:
    """Return the cues of direction of ``text`` that say that something rises, falls or stays."""
    found = [cue for cue in direction(text) if not _NAME_OF_A_SHAPE.match(text, cue.start)]
    taken = [(cue.start, cue.end) for cue in found]
    for kind, pattern in _ALSO:
        found += [
            Cue(kind, match.group(), match.start(), match.end())
            for match in pattern.finditer(text)
            if not any(start < match.end() and match.start() < end for start, end in taken)
        ]
    found = [_kinded(cue) for cue in found if not _is_bound(cue, text)]
    ordered = sorted(found, key=lambda cue: cue.start)
    return tuple(cue for cue in ordered if not _says_how_far(cue, ordered, text))


def _kinded(cue: Cue) -> Cue:
    """Return ``cue`` with what gets worse as down, which ``worse`` is."""
    return replace(cue, kind=CueKind.DOWN) if _WORSENS.match(cue.text) else cue


def _is_bound(cue: Cue, text: str) -> bool:
    before = _AT.search(text[: cue.start])
    return _THAN.match(text, cue.end) is not None or (
        cue.text.lower() in {"least", "most"} and before is not None
    )


def _says_how_far(cue: Cue, ordered: list[Cue], text: str) -> bool:
    """Tell whether ``cue`` only says that the direction beside it goes further."""
    if not _GOES_FURTHER.fullmatch(cue.text):
        return False
    return any(
        other.kind in {CueKind.UP, CueKind.DOWN}
        and not _HOW_FAR.fullmatch(other.text)
        and (
            _BESIDE.fullmatch(text[cue.end : other.start])
            if cue.end <= other.start
            else other.end <= cue.start and _BESIDE.fullmatch(text[other.end : cue.start])
        )
        for other in ordered
    )


def falls(text: str) -> bool:
    """Tell whether something goes down in ``text``."""
    return any(cue.kind is CueKind.DOWN for cue in directions(text))


def plain_negations(text: str) -> list[Cue]:
    """Return negations outside phrases of no difference; ``neither … nor`` is one."""
    same = [cue for cue in directions(text) if cue.kind is CueKind.NO_DIFFERENCE]
    found = [cue for cue in negations(text) if not _NOR.search(text[: cue.end])]
    return [cue for cue in found if not any(s.start < cue.end and cue.start < s.end for s in same)]


def sign_fault(claim: str, clause: str) -> str:
    """Say which turning words stand on one side only so that the meanings differ, or return nothing."""
    ours, theirs = _counted(_turning(claim, clause)), _counted(_turning(clause, claim))
    if _is_same_sign(ours, theirs, claim, clause):
        return ""
    said = {word.lower() for word in ours}
    extra = [word for word in theirs if word.lower() not in said] or theirs
    if len(theirs) > len(ours) and extra:
        return f"the source says {extra[0]!r}; the statement leaves it out"
    added = [word for word in ours if word.lower() not in {w.lower() for w in theirs}] or ours
    return f"the statement says {added[0]!r}; the source does not"


def _counted(found: Iterator[str]) -> list[str]:
    """Return the turning words, one that is repeated once: writers repeat it as they please."""
    return list({_root(word): word for word in found}.values())


def _root(word: str) -> str:
    if _SCARCE.fullmatch(word) or any(cue.kind is CueKind.DOWN for cue in directions(word)):
        return "down"
    return " ".join(stem(fold(part)) for part in word.split())


def _is_same_sign(ours: list[str], theirs: list[str], claim: str, clause: str) -> bool:
    """Tell whether as many words turn both; ``no difference`` there may be a negation here."""
    if len(ours) % 2 == len(theirs) % 2:
        return True
    mine, other = (
        any(cue.kind is CueKind.NO_DIFFERENCE for cue in directions(text)) for text in (claim, clause)
    )
    return (mine and not other and bool(plain_negations(clause))) or (
        other and not mine and bool(plain_negations(claim))
    )


def opposes(claim: str, clause: str) -> bool:
    """Tell whether ``clause`` says the opposite of ``claim``: one plain turn, no other doubt."""
    ours = {cue.kind for cue in directions(claim)}
    theirs = {cue.kind for cue in directions(clause)}
    if len(list(_turning(claim, clause))) % 2 == len(list(_turning(clause, claim))) % 2:
        return CueKind.NO_DIFFERENCE in theirs and len(theirs) == 1 and bool(ours - theirs)
    if ours and theirs and len(ours) == len(theirs) == 1 and ours != theirs:
        return True
    negated, denied = len(plain_negations(claim)), len(plain_negations(clause))
    return negated != denied and ours == theirs and len(ours) < 2


def prefix_fault(claim: str, clause: str) -> str:
    """Say which word is turned round by a prefix on one side only (``activates``, ``deactivates``)."""
    if bool(plain_negations(claim)) != bool(plain_negations(clause)):
        return ""
    ours, theirs = keys(claim), keys(clause)
    for these, those in ((ours, theirs), (theirs, ours)):
        for key in sorted(these - those):
            found = _PREFIX.match(key)
            root = key[found.end() :] if found else ""
            if root and root not in these and holds(those, root) and not holds(those, key):
                return f"{key!r} on one side stands against {root!r} on the other"
    return ""


def _turning(text: str, other: str) -> Iterator[str]:
    """Yield the words of ``text`` that turn its meaning round, each place once."""
    spans = [(c.start, c.end, c.text) for c in directions(text) if c.kind is CueKind.DOWN]
    spans += [(c.start, c.end, c.text) for c in plain_negations(text)]
    spans += [(m.start(), m.end(), m.group()) for m in _DIMMERS.finditer(text)]
    known = keys(other)
    found = tokens(text)
    spans += [(t.start, t.end, text[t.start : t.end]) for t in turned_by_prefix(text, other)]
    spans += [
        (m.start(), m.end(), m.group())
        for m in _TURNS.finditer(text)
        if not _NAMED.match(text, m.end())
        and not holds(known, stem(fold(m.group())))
        and _touches(m.start(), m.end(), found, known)
    ]
    position = -1
    for start, end, word in sorted(spans):
        if start >= position:
            yield word
            position = end


def turned_by_prefix(text: str, other: str) -> list[Token]:
    """Return the words of ``text`` that say with a prefix what ``other`` says with a negation."""
    if not plain_negations(other) or plain_negations(text):
        return []
    known = keys(other)
    listed = []
    for token in tokens(text):
        found = _PREFIX.match(token.key)
        if found and not holds(known, token.key) and says(known, token.key[found.end() :]):
            listed.append(token)
    return listed


def _touches(start: int, end: int, found: tuple[Token, ...], known: frozenset[str]) -> bool:
    """Tell whether a turning word stands beside a word that the other text shares."""
    before = [token.key for token in found if token.end <= start][-_REACH:]
    after = [token.key for token in found if token.start >= end][:_REACH]
    return any(holds(known, key) for key in before + after)
