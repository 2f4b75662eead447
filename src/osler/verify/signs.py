"""The sign of a sentence: how many of its words turn the meaning round.

``Loss of A raises B`` and ``A lowers B`` have the same sign. Counts cue words; knows no grammar, and is
used only to object, never to approve.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Final

from osler.text.cue import Cue, CueKind
from osler.text.polarity import direction, negations
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
    r"|negligibl\w*|poor(?:ly)?|rare|incapable|inaccura\w+"
    r"|inactive\b"
    r"|negative(?:ly)?|invers(?:e|ely)|oppos(?:es|ed|ing)|interfer(?:es?|ed|ing)"
    r"|contrary|false(?:ly)?|smallest|fewest|weak(?:ly|ens?|ened)?|disappear\w*|prohibit\w*"
    r"|forbid\w*|fails?)\b",
    re.IGNORECASE,
)
_PREFIX: Final = re.compile(r"(?:un|in|im|ir|de|dis|non|anti|mis)(?=[a-z]{5})")
_ALSO_UP: Final = re.compile(
    r"\b(?:activat(?:e|es|ed|ing|ion)|potentiat\w+|boost\w*|facilitat\w+|amplif\w+|exacerbat\w+"
    r"|encourag\w+"
    r"|expan(?:d|ds|ded|ding|sion)|heighten\w*|intensif\w+|advanc(?:es|ed|ing)|widen\w*)\b",
    re.IGNORECASE,
)
_ALSO_DOWN: Final = re.compile(
    r"\b(?:delay(?:s|ed|ing)?|repress\w*|hinder\w*|inactivat\w+|deactivat\w+|counteract\w*"
    r"|curtail\w*|restrain\w*"
    r"|dampen\w*|narrow(?:s|ed|ing))\b",
    re.IGNORECASE,
)
_ALSO_NONE: Final = re.compile(
    r"\b(?:little|minimal|negligible|scant)\s+(?:\w+\s+)?(?:effect|benefit|impact|influence"
    r"|difference|change|evidence)s?\b"
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
_NOR: Final = re.compile(r"\bneither\b[^.;]*\bnor$", re.IGNORECASE)
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
    return tuple(sorted(found, key=lambda cue: cue.start))


def plain_negations(text: str) -> list[Cue]:
    """Return negations outside phrases of no difference; ``neither … nor`` is one."""
    same = [cue for cue in directions(text) if cue.kind is CueKind.NO_DIFFERENCE]
    found = [cue for cue in negations(text) if not _NOR.search(text[: cue.end])]
    return [cue for cue in found if not any(s.start < cue.end and cue.start < s.end for s in same)]


def sign_fault(claim: str, clause: str) -> str:
    """Say which turning words stand on one side only so that the meanings differ, or return nothing."""
    ours, theirs = list(_turning(claim, clause)), list(_turning(clause, claim))
    if len(ours) % 2 == len(theirs) % 2:
        return ""
    said = {word.lower() for word in ours}
    extra = [word for word in theirs if word.lower() not in said] or theirs
    if len(theirs) > len(ours) and extra:
        return f"the source says {extra[0]!r}; the statement leaves it out"
    added = [word for word in ours if word.lower() not in {w.lower() for w in theirs}] or ours
    return f"the statement says {added[0]!r}; the source does not"


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
    spans += [
        (m.start(), m.end(), m.group())
        for m in _TURNS.finditer(text)
        if not _NAMED.match(text, m.end()) and _touches(m.start(), m.end(), found, known)
    ]
    position = -1
    for start, end, word in sorted(spans):
        if start >= position:
            yield word
            position = end


def _touches(start: int, end: int, found: tuple[Token, ...], known: frozenset[str]) -> bool:
    """Tell whether a turning word stands beside a word that the other text shares."""
    before = [token.key for token in found if token.end <= start][-_REACH:]
    after = [token.key for token in found if token.start >= end][:_REACH]
    return any(holds(known, key) for key in before + after)
