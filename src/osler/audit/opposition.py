"""Whether evidence plainly denies a claim, or turns it round; a ``not`` in passing does neither.

``contradicted`` is the gravest thing an audit says, so the negation must be of the verb or of the thing
that the claim speaks of: none in an aside (``which is not``), nor of another thing (``not with X``).
"""

from __future__ import annotations

import re
from typing import Final

from osler.text.cue import CueKind
from osler.verify.signs import directions, plain_negations
from osler.verify.wording import holds, keys, tokens

_PLAIN: Final = re.compile(
    r"(?:did|does|do|was|were|is|are|has|have|had|could|can|may|might|should|would|must|will)\s+not"
    r"|(?:did|does|do|was|were|is|are|has|have|had|could|ca|should|would|wo)n['’]t|cannot|can\s*not"
    r"|no|none|neither|never|fail(?:s|ed)?\s+to|contraindicated",
    re.IGNORECASE,
)
_ASIDE: Final = re.compile(r"\b(?:which|who|that|whose)\s+(?:\w+\s+)?$", re.IGNORECASE)
_OPPOSITE: Final = {CueKind.UP: CueKind.DOWN, CueKind.DOWN: CueKind.UP}
_REACH: Final = 2


def is_denied(claim: str, said: str) -> bool:
    """Tell whether exactly one of the two texts denies what both speak of."""
    return bool(_denials(claim, said)) != bool(_denials(said, claim))


def _denials(text: str, other: str) -> list[str]:
    """Return the negations of ``text`` that fall on a word of ``other``."""
    known, found = keys(other), tokens(text)
    denials = []
    for cue in plain_negations(text):
        reached = [token.key for token in found if token.start >= cue.end][:_REACH]
        is_aside = _ASIDE.search(text[: cue.start]) is not None
        if _PLAIN.fullmatch(cue.text) and not is_aside and any(holds(known, key) for key in reached):
            denials.append(cue.text)
    return denials


def turns_round(claim: str, said: str) -> bool:
    """Tell whether one says that something rises, the other that it falls or stays as it is."""
    ours, theirs = ({cue.kind for cue in directions(text)} for text in (claim, said))
    if CueKind.NO_DIFFERENCE in ours ^ theirs:
        return len(ours) <= 1 and len(theirs) <= 1
    return len(ours) == len(theirs) == 1 and _OPPOSITE.get(next(iter(ours))) in theirs
