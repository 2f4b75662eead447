"""Steps that several plans share: weighing a link, what speaks against, the licence."""

from __future__ import annotations

import re
from typing import Final

from osler.answer.look import Look
from osler.answer.select import Purpose, Selection, in_order
from osler.answer.sentences import Candidate
from osler.answer.weigh import Anchor, Weighed, directness_of, other_drug, refuse_by_form
from osler.model.question import Facet
from osler.model.source import Kind
from osler.retrieval.appraise import DESIGN_RANK, Directness
from osler.retrieval.matching import names
from osler.text.normalise import fold
from osler.text.polarity import negations

ALONE: Final = re.compile(r"\b(?:alone|only|rather than|instead of|despite|left .{0,40} in place)\b")
ANIMALS: Final = re.compile(r"\b(?:mouse|mice|murine|rats?|animals?|in vitro|transgenic)\b")
OFF_LICENCE: Final = re.compile(
    r"\boff-?[ -]?(?:label|licen[cs]e)|\bunlicen[cs]ed\b|\bnot (?:licen[cs]ed|listed|among|included"
    r"|approved)\b|\boutside (?:the|its|their)\b"
)
# "… which is expert opinion, not trial evidence" weakens the evidence and denies nothing.
_OF_THE_EVIDENCE: Final = re.compile(
    r"\b(?:not|no|without|rather than)\b(?: \w+){0,3} (?:evidence|proof)\b"
)


def names_condition(candidate: Candidate, anchor: Anchor) -> bool:
    """Tell whether a sentence names the condition asked about, or a related one."""
    return any(names(candidate.keyed, c) for c in (*anchor.conditions, *anchor.related))


def speaks_against(candidate: Candidate) -> bool:
    """Tell whether a sentence denies an effect, or gives the leading part to something else."""
    folded = _OF_THE_EVIDENCE.sub("", fold(candidate.text))
    denies = any(cue.text != "without" for cue in negations(folded)) or "failed to" in folded
    return denies or bool(ALONE.search(folded))


def weigh_link(candidate: Candidate, anchor: Anchor) -> Weighed:
    """Weigh a sentence of a mechanism: printable, though not every link names the drug."""
    directness = directness_of(candidate, anchor)
    refused = refuse_by_form(candidate)
    if not refused and anchor.drugs and not any(names(candidate.keyed, d) for d in anchor.drugs):
        other = other_drug(candidate.text, anchor.drugs)
        refused = f"about {other}, not {anchor.drugs[0].text}" if other else ""
    lead = bool(candidate.facets) and candidate.facets[0] is Facet.MECHANISM
    score = (
        (2.0 if lead else 0.0)
        + 1.0 * any(names(candidate.keyed, c) for c in anchor.conditions)
        + 0.6 * any(names(candidate.keyed, c) for c in anchor.related)
        + 0.5 * any(names(candidate.keyed, d) for d in anchor.drugs)
        + 0.15 * DESIGN_RANK[candidate.source.design]
        + (0.6 if candidate.source.kind is Kind.LABEL else 0.0)
    )
    return Weighed(candidate, score, max(directness, Directness.RELATED), refused)


def take_licence(selection: Selection, look: Look, anchor: Anchor) -> bool:
    """Take one statement on whether the use is licensed; return whether it says that it is not."""
    if not anchor.drugs or not anchor.conditions:
        return False
    found = look.find(
        (*anchor.drugs[:1], *anchor.conditions), selection.question, Facet.LICENCE, "licence"
    )
    weighed = []
    for candidate in selection.reading.candidates(found):
        if Facet.LICENCE not in candidate.facets or not names(candidate.keyed, anchor.drugs[0]):
            continue
        if not names_condition(candidate, anchor):
            continue
        entry = weigh_link(candidate, anchor)
        off = bool(OFF_LICENCE.search(fold(candidate.text)))
        weighed.append(
            Weighed(candidate, entry.score + (2.0 if off else 0.0), entry.directness, entry.refused)
        )
    before = len(selection.picks)
    selection.take(in_order(weighed), most=1, purpose=Purpose.LICENCE, needed=anchor.drugs[:1])
    added = selection.picks[before:]
    return any(OFF_LICENCE.search(fold(pick.candidate.text)) for pick in added)
