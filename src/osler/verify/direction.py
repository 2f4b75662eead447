"""Whether a statement points the way its evidence points: negation, up or down, and who beats whom.

Fails closed: a negation or a turning word on one side only is a disagreement, unless it stands in a part
of the evidence that the statement does not touch.
"""

from __future__ import annotations

import re
from typing import Final

from osler.model.verdict import Check
from osler.text.cue import Cue, CueKind
from osler.text.polarity import comparators
from osler.verify.binding import Mark, bind
from osler.verify.checks import CheckName, failed, passed, skipped
from osler.verify.sequence import sequence_fault
from osler.verify.signs import directions, plain_negations, prefix_fault, sign_fault, turned_by_prefix
from osler.verify.thesaurus import says
from osler.verify.wording import holds, keys, relevant_clause, subject_tokens, tokens

_OPPOSITE: Final = {CueKind.UP: CueKind.DOWN, CueKind.DOWN: CueKind.UP}
_WORSE: Final = re.compile(
    r"\b(?:worse\w*|deteriorat\w*|harm\w*|detriment\w*|aggravat\w*|exacerbat\w*|vulnerab\w*|susceptib\w*)\b",
    re.IGNORECASE,
)
_BETTER: Final = re.compile(
    r"\b(?:better|improv\w*|benefi\w*|ameliorat\w*|alleviat\w*|favou?rabl\w*|protect\w*|rescu\w*)\b",
    re.IGNORECASE,
)
_BRINGS: Final = re.compile(r"(?:induc|promot|stimulat|favou?r|activat|facilitat)\w*", re.IGNORECASE)
_CAUSES: Final = re.compile(
    r"\b(?:caus(?:e|es|ed|ing)|leads?|led|leading|results? in|resulted in|resulting in|mediat\w+"
    r"|driv\w+|trigger\w*|elicit\w*|requir\w+|essential|crucial|necessary|contribut\w+)\b",
    re.IGNORECASE,
)
_CHANGED: Final = (
    r"(?:reduc|decreas|declin|fall|fell|drop|los|increas|ris|rose|gain|improv|grow|grew|chang)\w*"
)
_MUCH: Final = r"(?:greater|larger|bigger|higher|stronger|more|further)"
_LITTLE: Final = r"(?:smaller|less|lower|weaker)"
_FURTHER: Final = re.compile(
    rf"\b{_MUCH}\s+(?:\w+ly\s+)?{_CHANGED}\b|\b{_CHANGED}\s+(?:\w+ly\s+)?{_MUCH}\b", re.IGNORECASE
)
_LESS_FAR: Final = re.compile(
    rf"\b{_LITTLE}\s+(?:\w+ly\s+)?{_CHANGED}\b|\b{_CHANGED}\s+(?:\w+ly\s+)?{_LITTLE}\b", re.IGNORECASE
)
_RARELY: Final = re.compile(r"rarely|seldom|hardly", re.IGNORECASE)
_RARE: Final = re.compile(r"\b(?:rare|uncommon|infrequent|unusual|seldom|rarely)\b", re.IGNORECASE)
_REACH: Final = 6
_NO_SIDES: Final = frozenset({"compared", "from baseline"})
_NUMBER: Final = re.compile(r"\s+(?:about |around |or equal to )?(?:\d|half\b|one\b|two\b|three\b)")
"""What makes ``more than`` a bound of a figure and no comparison."""
_HEAD: Final = re.compile(r"[;,()]")
_COMPARATIVE: Final = re.compile(
    r"\b(?:higher|lower|greater|fewer|less|more|longer|shorter|better|worse|superior|inferior"
    r"|stronger|weaker"
    r"|faster|slower|larger|smaller)\b",
    re.IGNORECASE,
)


def check_polarity(claim: str, evidence: str) -> Check:
    """Return whether ``claim`` negates what ``evidence`` negates, and nothing else."""
    clause = relevant_clause(claim, evidence)
    ours, theirs = plain_negations(claim), plain_negations(clause)
    if not ours and not theirs:
        return passed(CheckName.POLARITY)
    if not ours:
        if any(cue.kind is CueKind.NO_DIFFERENCE for cue in directions(claim)):
            return passed(CheckName.POLARITY)
        return failed(
            CheckName.POLARITY, f"the source negates it ({theirs[0].text!r}); the statement does not"
        )
    if not theirs:
        if turned_by_prefix(clause, claim) or _says_rare(ours, clause):
            return passed(CheckName.POLARITY)
        if any(cue.kind is CueKind.NO_DIFFERENCE for cue in directions(clause)):
            return passed(CheckName.POLARITY)
        return failed(
            CheckName.POLARITY, f"the statement negates ({ours[0].text!r}); the source does not"
        )
    if not _negate_the_same(claim, ours, clause, theirs):
        return failed(CheckName.POLARITY, "the statement negates something else than the source does")
    return passed(CheckName.POLARITY)


def _says_rare(ours: list[Cue], clause: str) -> bool:
    """Tell whether the statement says ``rarely`` of what the clause calls ``rare``."""
    return all(_RARELY.fullmatch(cue.text) for cue in ours) and _RARE.search(clause) is not None


def _negate_the_same(claim: str, ours: list[Cue], clause: str, theirs: list[Cue]) -> bool:
    same = {cue.text.lower() for cue in ours} & {cue.text.lower() for cue in theirs}
    if same and not any(_following(claim, cue.end) for cue in ours):
        return True
    reached = frozenset(k for cue in theirs for k in _following(clause, cue.end))
    if any(says(reached, k) for cue in ours for k in _following(claim, cue.end)):
        return True
    near = reached | {k for cue in theirs for k in _preceding(clause, cue.start)}
    return any(says(near, k) for cue in ours for k in _preceding(claim, cue.start))


def _preceding(text: str, position: int) -> list[str]:
    return [token.key for token in tokens(text) if token.end <= position][-_REACH // 2 :]


def _following(text: str, position: int) -> list[str]:
    return [token.key for token in tokens(text) if token.start >= position][:_REACH]


def check_direction(claim: str, evidence: str) -> Check:
    """Return whether what rises, falls or stays the same in ``claim`` does so in ``evidence``."""
    both_ways = {cue.kind for cue in directions(claim)} >= set(_OPPOSITE)
    clause = evidence if both_ways else relevant_clause(claim, evidence)
    fault = (
        _kinds_fault(claim, clause)
        or sign_fault(claim, clause)
        or prefix_fault(claim, clause)
        or _degree_fault(claim, clause)
        or _bound_fault(claim, clause)
        or _sides_fault(claim, clause)
        or _comparator_fault(claim, clause)
        or sequence_fault(claim, evidence)
    )
    if fault:
        return failed(CheckName.DIRECTION, fault)
    return passed(CheckName.DIRECTION) if directions(claim) else skipped(CheckName.DIRECTION)


def _kinds_fault(claim: str, clause: str) -> str:
    ours = {cue.kind: cue.text for cue in directions(claim)}
    theirs = {cue.kind: cue.text for cue in directions(clause)}
    if CueKind.NO_DIFFERENCE in theirs and CueKind.NO_DIFFERENCE not in ours:
        if plain_negations(claim):
            return ""
        return f"the source finds no difference ({theirs[CueKind.NO_DIFFERENCE]!r}); the statement does"
    for kind, word in ours.items():
        if kind in theirs:
            continue
        opposite = _OPPOSITE.get(kind)
        if opposite in theirs:
            return f"the statement says {word!r}, the source says {theirs[opposite]!r}"
        if kind is CueKind.NO_DIFFERENCE and theirs:
            return f"the statement says {word!r}, the source says {next(iter(theirs.values()))!r}"
        if kind is CueKind.NO_DIFFERENCE and plain_negations(clause):
            continue
        if kind is CueKind.UP and _BRINGS.fullmatch(word) and _CAUSES.search(clause):
            continue
        if word.lower() in {"more", "most"} and not theirs:
            continue
        return f"the source does not say {word!r}"
    for mine, other, shown in ((_WORSE, _BETTER, "worse"), (_BETTER, _WORSE, "better")):
        if mine.search(claim) and other.search(clause) and not mine.search(clause):
            return f"the statement says {shown!r}; the source says the opposite"
    return ""


def _degree_fault(claim: str, clause: str) -> str:
    """Say when a change goes further on one side and less far on the other."""
    for mine, other in ((_LESS_FAR, _FURTHER), (_FURTHER, _LESS_FAR)):
        said = mine.search(claim)
        if said and other.search(clause) and not mine.search(clause):
            return f"the statement says {said.group()!r}; the source says the opposite"
    return ""


def _bound_fault(claim: str, clause: str) -> str:
    """Say which shared word rises on one side and falls on the other."""
    cues = directions(claim)
    ours = bind(claim, [Mark(str(place), c.start, c.end) for place, c in enumerate(cues)])
    theirs = bind(clause, [Mark(c.kind.value, c.start, c.end) for c in directions(clause)])
    for place, cue in enumerate(cues):
        mine = ours.get(str(place), frozenset())
        right = theirs.get(cue.kind.value, frozenset())
        for other, wrong in theirs.items():
            strays = (mine & wrong) - right
            if other != cue.kind.value and strays and not (mine & right) - wrong:
                return f"in the source {sorted(strays)[0]!r} goes with {other!r}, not with {cue.text!r}"
    return ""


def _sides_fault(claim: str, clause: str) -> str:
    """Say when the two sides of a comparison have changed places."""
    ours, theirs = _sides(claim), _sides(clause)
    if ours is None or theirs is None:
        return ""
    crossed_over = (ours[0] & theirs[1]) - theirs[0] - ours[1]
    crossed_back = (ours[1] & theirs[0]) - theirs[1] - ours[0]
    if crossed_back and crossed_over:
        return f"{sorted(crossed_back)[0]!r} and {sorted(crossed_over)[0]!r} have changed sides"
    return ""


def _sides(text: str) -> tuple[frozenset[str], frozenset[str]] | None:
    found = [cue for cue in comparators(text) if cue.text.lower() not in _NO_SIDES]
    found = [cue for cue in found if not _NUMBER.match(text, cue.end)]
    if not found:
        return None
    cue = found[0]
    named = [t for t in subject_tokens(text) if len(t.key) > 1]
    before = frozenset(t.key for t in named if t.end <= cue.start)
    after = [t for t in named if t.start >= cue.end]
    if before:
        return before, frozenset(t.key for t in after)
    comma = text.find(",", cue.end)
    return (
        frozenset(t.key for t in after if t.start > comma),
        frozenset(t.key for t in after if t.start <= comma),
    )


def _against(text: str) -> list[str]:
    """Return the first words of what the first comparison of ``text`` is made with."""
    cue = next(
        c
        for c in comparators(text)
        if c.text.lower() not in _NO_SIDES and not _NUMBER.match(text, c.end)
    )
    stop = _HEAD.search(text, cue.end)
    end = stop.start() if stop else len(text)
    return [t.key for t in subject_tokens(text) if cue.end <= t.start < end][:3]


def _comparator_fault(claim: str, clause: str) -> str:
    """Say when a comparison has lost what it is made with, or has got another."""
    theirs = _sides(clause)
    ours = _sides(claim)
    if theirs is not None and ours is None:
        head = _against(clause)
        if all(says(keys(claim), key) for key in head):
            return ""
        if _COMPARATIVE.search(claim) or any(c.kind in _OPPOSITE for c in directions(claim)):
            after = " ".join(sorted(theirs[1])[:3])
            return f"the source compares with something ({after}); the statement does not say with what"
        return ""
    if ours is not None and ours[1] and not any(holds(keys(clause), key) for key in ours[1]):
        return "the source makes no comparison with that"
    if ours is not None and theirs is None and _COMPARATIVE.search(claim) is not None:
        return "the source makes no comparison"
    return ""
