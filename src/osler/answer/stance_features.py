"""What a printed statement says beside the claim of a yes/no question: named numbers from 0 to 1.

Each number is something a reader can see in the two sentences: a negation, a direction that is the
claim's or its opposite, a verdict such as "effective" or "not recommended". Nothing is decided here, and
nothing is looked up.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Final

from osler.text.cue import CueKind
from osler.text.polarity import hedges
from osler.verify.signs import directions, opposes, plain_negations, sign_fault
from osler.verify.wording import clauses, holds, keys, relevant_clause, share, tokens

Numbers = dict[str, float]
_REACH: Final = 5
"""Content words behind a negation that it is taken to speak of."""


def _words(pattern: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{pattern})\b", re.IGNORECASE)


_GOOD: Final = _words(
    r"effective(?:ly)?|efficacious|beneficial|benefits?|useful|helpful|valuable|reliabl[ey]"
    r"|accurate(?:ly)?"
    r"|safe(?:ly)?|feasible|appropriate|adequate|superior|promising|valid|recommended|advisable"
    r"|justified"
    r"|indicated|warranted|worthwhile|necessary|needed|essential|crucial|well[- ]tolerated|approved"
    r"|success\w*"
    r"|advantages?|acceptable|important|independent(?:ly)?|potential"
)
_BAD: Final = _words(
    r"ineffective|unnecessary|unsafe|unreliable|inaccurate|inadequate|insufficient|inappropriate"
    r"|unlikely"
    r"|contraindicated|useless|futile|questionable|limited|little|poor(?:ly)?|weak(?:ly)?"
    r"|rare(?:ly)?|seldom"
    r"|hardly|minimal|only|fail(?:s|ed|ure)?|lack(?:s|ed|ing)?|absen(?:t|ce)|discouraged|avoid(?:ed)?"
    r"|withdrawn|terminated|halted|inferior|unrelated|low yield|disappointing|difficult|difficulty"
    r"|discomfort|complications?|independent of|regardless of|irrespective of|myth"
)
_LINKED: Final = _words(
    r"associat\w+|correlat\w+|predict\w*|caus(?:e|es|ed|ing|al)|link(?:s|ed)?|related|relationship"
    r"|due to"
    r"|involve[ds]?|plays?|role|contribut\w+|mediat\w+|regulat\w+|interact\w*|bind\w*|target\w*"
    r"|induc\w+"
    r"|lead(?:s|ing)? to|results? in|risk factors?|responsible|required?|trigger\w*|affect(?:s|ed)?"
    r"|influenc\w+"
    r"|impact\w*|express\w*|present|occurs?|identified|detect\w+|mutations?"
)
_SIGNIFICANT: Final = _words(r"significant(?:ly)?|statistically|p ?[<=] ?0?\.0\d+")
_SAME: Final = _words(
    r"similar(?:ly)?|comparable|equal(?:ly)?|equivalent|same|no differences?|not differ\w*|unchanged"
    r"|identical"
    r"|as (?:\w+ )as"
)
_DIFFERS: Final = _words(r"differ(?:s|ed|ent|ences?)?|versus|vs|than|compared?")
_OPEN: Final = _words(
    r"unclear|unknown|uncertain\w*|controvers\w+|conflicting|inconsistent|inconclusive"
    r"|insufficient evidence"
    r"|not (?:yet )?(?:known|clear|established|proven|confirmed)|remains? to be"
    r"|further (?:\w+ )?(?:studies|research"
    r"|investigations?|trials?|evaluation|work)|more (?:\w+ )?(?:studies|research|trials|data"
    r"|evidence)|needs? to be"
    r"|debate\w*|questions? remain\w*|no consensus|limited (?:evidence|data)|preliminary"
    r"|larger (?:\w+ )?(?:studies"
    r"|trials)|cannot be (?:excluded|determined|concluded)"
)
_UNSETTLED: Final = _words(
    r"(?:is|are|remains?|was|were|still) (?:\w+ )?(?:unclear|unknown|uncertain|controversial"
    r"|inconclusive|debated)"
    r"|insufficient (?:\w+ )?(?:evidence|data)|not enough evidence|conflicting (?:\w+ )?(?:results"
    r"|evidence|data|findings)"
    r"|evidence (?:\w+ )?is (?:\w+ )?(?:insufficient|lacking|inconclusive|conflicting)"
    r"|cannot be (?:determined|concluded)|no (?:firm|definite|definitive) conclusions?"
)
_TURNS: Final = _words(r"however|although|though|but|despite|while|whereas|nevertheless|nonetheless|yet")
_CONCLUDES: Final = _words(
    r"in conclusion|we conclude\w*|conclusions?|we (?:found|recommend|suggest|believe|demonstrate\w*"
    r"|showed?)"
    r"|(?:our|these|this|the) (?:\w+ )?(?:results?|findings?|data|study|analysis"
    r"|evidence) (?:\w+ )?(?:suggest|show"
    r"|indicat|demonstrat|support|confirm|provid)\w*|therefore|thus|hence"
)
_SHOULD_NOT: Final = _words(
    r"(?:should|need|must|do|does|did|is|are|was|were|can|could|may)(?: not|n't)|cannot"
    r"|not (?:be )?(?:recommended"
    r"|indicated|necessary|needed|justified|required|useful|effective|support\w*|associated"
    r"|significant\w*"
    r"|affect\w*|improve\w*|reduce\w*|increase\w*|predict\w*|differ\w*)"
)
_NO_EVIDENCE: Final = _words(
    r"no (?:\w+ ){0,3}(?:evidence|association|correlation|effect|benefit|relationship|role|advantage"
    r"|impact|influence"
    r"|support|link|indication|approved|cure|increase\w*|decrease\w*|improvement|reduction"
    r"|differences?)|neither|none"
)
_ASKS_SAME: Final = _words(
    r"same|equal\w*|similar\w*|equivalent|comparable|as \w+ as|interchangeabl\w+|replace\w*"
)
_ASKS_DIFFERENCE: Final = _words(
    r"differ\w*|better|superior|more|less|worse|higher|lower|greater|than|improv\w+|affect\w*"
    r"|influenc\w+|impact\w*"
)
_CLAIM_TURNS: Final = _words(
    r"omit\w*|avoid\w*|without|unnecessary|fail\w*|lack\w*|abandon\w*|discontinu\w+|withh\w+|stop\w*"
    r"|less|under\w+"
    r"|overestimat\w+|over-?us\w+|ineffective|unrelated|independent"
)
_SOME: Final = _words(
    r"some|several|certain|subset|selected|most|majority|in part|partial(?:ly)?|mild|moderate(?:ly)?"
)
_OF_CLAIM: Final[dict[str, re.Pattern[str]]] = {
    "claim: all or only": _words(
        r"all|always|only|every|any|still|really|enough|sufficient|completely|alone|first|best|the most"
    ),
    "claim: approved": _words(r"approved|licen[sc]ed|available|cure[ds]?|vaccine"),
    "claim: needed": _words(
        r"necessary|needed?|required?|essential|important|recommended|should|mandatory|justified"
        r"|routine\w*"
    ),
    "claim: same": _ASKS_SAME,
    "claim: difference": _ASKS_DIFFERENCE,
    "claim: linked": _words(r"associat\w+|correlat\w+|relat\w+|link\w*|caus\w+|role|predict\w*|risk"),
}


@lru_cache(maxsize=256)
def of_claim(claim: str) -> Numbers:
    """Return what can be seen of the claim by itself."""
    return {name: float(pattern.search(claim) is not None) for name, pattern in _OF_CLAIM.items()}


def of_statement(claim: str, text: str) -> Numbers:
    """Return what ``text`` says beside ``claim``, with ``share``: how much of the claim it speaks of.

    Args:
        claim: Of a yes/no question, as ``yes_no_claim`` gives it.
        text: One printed statement.
    """
    clause = relevant_clause(claim, text)
    numbers = {"share": share(claim, text)}
    numbers |= dict(_seen(claim, text, clause))
    return numbers


def is_open(text: str) -> bool:
    """Tell whether a statement says itself that the matter is not settled."""
    return _UNSETTLED.search(text) is not None


def _seen(claim: str, text: str, clause: str) -> Iterator[tuple[str, float]]:
    negated = bool(plain_negations(clause))
    no_difference = CueKind.NO_DIFFERENCE in {cue.kind for cue in directions(clause)}
    denied = negated or no_difference
    yield "denied", float(denied)
    yield "denied, claim turns", float(denied and _CLAIM_TURNS.search(claim) is not None)
    yield "denies the claim's words", float(_denies_words(claim, clause))
    yield "denied elsewhere", float(bool(plain_negations(text)) and not negated)
    yield "no difference", float(no_difference)
    yield "no evidence", float(_NO_EVIDENCE.search(clause) is not None)
    yield "is not", float(_SHOULD_NOT.search(clause) is not None)
    yield from _directed(claim, clause)
    good, bad = _GOOD.search(clause) is not None, _BAD.search(clause) is not None
    yield "good, not denied", float(good and not denied)
    yield "good, denied", float(good and denied)
    yield "bad", float(bad)
    linked = _LINKED.search(clause) is not None
    yield "linked, not denied", float(linked and not denied)
    yield "linked, denied", float(linked and denied)
    significant = _SIGNIFICANT.search(clause) is not None
    yield "significant, not denied", float(significant and not denied)
    yield "significant, denied", float(significant and denied)
    yield from _compared(claim, clause, denied=denied)
    yield "hedged", min(1.0, len(hedges(clause)) / 2)
    yield "open", float(_OPEN.search(text) is not None)
    yield "turns", float(_TURNS.search(text) is not None and len(clauses(text)) > 1)
    yield "concludes", float(_CONCLUDES.search(text) is not None)
    yield "concludes, denied", float(_CONCLUDES.search(text) is not None and denied)
    yield "some", float(_SOME.search(clause) is not None)


def _compared(claim: str, clause: str, *, denied: bool) -> Iterator[tuple[str, float]]:
    same = _SAME.search(clause) is not None
    differs = _DIFFERS.search(clause) is not None and not denied
    asks_same, asks_difference = _ASKS_SAME.search(claim), _ASKS_DIFFERENCE.search(claim)
    yield "same", float(same)
    yield "differs, not denied", float(differs)
    yield "same, as asked", float(same and asks_same is not None)
    yield "differs, same asked", float(differs and asks_same is not None)
    yield "same, difference asked", float(same and asks_difference is not None and asks_same is None)


def _directed(claim: str, clause: str) -> Iterator[tuple[str, float]]:
    up, down = CueKind.UP, CueKind.DOWN
    ours = {cue.kind for cue in directions(claim)}
    theirs = {cue.kind for cue in directions(clause)}
    crossed = any(a in ours and b in theirs and a not in theirs for a, b in ((up, down), (down, up)))
    yield "same direction", float(bool(ours & theirs & {up, down}))
    yield "opposite direction", float(crossed)
    yield "directed alone", float(bool(theirs & {up, down}) and not ours)
    yield "turned", float(bool(sign_fault(claim, clause)))
    yield "opposes", float(opposes(claim, clause))


def _denies_words(claim: str, clause: str) -> bool:
    """Tell whether a negation stands before a word that the claim holds too."""
    known = keys(claim)
    for cue in plain_negations(clause):
        after = [token.key for token in tokens(clause) if token.start >= cue.end][:_REACH]
        if any(holds(known, key) for key in after):
            return True
    return False
