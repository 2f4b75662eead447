"""Negation, hedging, direction and comparison: the words that decide which way a claim points.

Finds cues and their spans; whether a statement keeps them is judged elsewhere.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache

from osler.text.cue import Cue, CueKind


@cache
def _negation() -> re.Pattern[str]:
    return re.compile(
        r"""\b(?:
      (?:did|does|do|was|were|is|are|has|have|had|could|can|may|might|should|would|must|will|need)\s+not
        |(?:did|does|do|was|were|is|are|has|have|had|could|ca|should|would|must|wo|need)n['’]t
      |cannot|can\s*not|not|no|nor|none|neither|never|without|nobody|nothing|nowhere
      |fail(?:s|ed|ing)?\s+to|failure\s+to|unable\s+to|inability\s+to|lack(?:s|ed|ing)?(?:\s+of)?
      |absen(?:ce\s+of|t)|devoid\s+of|free\s+of|denie[sd]|exclud(?:es|ed|ing)|rule[sd]?\s+out
        |ruled\s+out
      |refut(?:es?|ed)|contradict(?:s|ed)?|ineffective|unlikely|insufficient|inconclusive|unaffected
      |unchanged|unrelated|nonsignificant|non-significant|rather\s+than|instead\s+of|hardly|rarely
        |seldom
      |contraindicated|discouraged|against\s+(?:the\s+)?(?:use|routine))\b""",
        re.IGNORECASE | re.VERBOSE,
    )


@cache
def _not_a_negation() -> re.Pattern[str]:
    return re.compile(
        r"(?:not\s+only\b|no\.\s*\d|nos\.|not\s+surprising|no\s+doubt|no\s+longer\s+than|not\s+least"
        r"|without\s+doubt"
        r"|not\s+unexpected|if\s+not\b)",
        re.IGNORECASE,
    )


@cache
def _hedge() -> re.Pattern[str]:
    return re.compile(
        r"""\b(?:
      may|might|could|can\s+potentially|would\s+seem|possibl[ey]|possibility|probabl[ey]|perhaps
        |potentially|potential
      |likely|unlikely|likelihood|presumabl[ey]|putative(?:ly)?|apparent(?:ly)?|appear(?:s|ed
        |ing)?(?:\s+to)?
      |seem(?:s|ed|ing)?(?:\s+to)?|suggest(?:s|ed|ing|ive(?:\s+of)?)?|indicat(?:e|es|ed|ing)\s+that
        |impl(?:y|ies|ied)
      |hypothesi[sz]ed?|speculat(?:e|ed|ive)|postulated?|propose[sd]?|assum(?:e|ed|ing)|suspect(?:ed|s)?
      |believed?|thought\s+to|considered\s+to|tend(?:s|ed)?\s+to|trend(?:s|ed)?|uncertain(?:ty)?
        |unclear|unknown
      |inconclusive|preliminary|limited\s+(?:evidence|data)|low[- ](?:certainty|quality)
        |very\s+low[- ]certainty
      |some\s+evidence|weak\s+evidence|in\s+some\s+(?:cases|patients)|generally|usually|often
        |sometimes|occasionally
      |approximately|about|around|roughly|estimated|relatively|conditional(?:ly)?|maybe|promising
      |consider(?:ed)?\s+as|consistent\s+with|expected\s+to)\b""",
        re.IGNORECASE | re.VERBOSE,
    )


@cache
def _not_a_hedge() -> re.Pattern[str]:
    return re.compile(r"(?:May\s+(?:\d|of|to|and)|about\s+the\b|around\s+the\b)")


@cache
def _direction() -> re.Pattern[str]:
    return re.compile(
        r"""\b(?:
      (?P<no_difference>
        no\s+(?:\w+\s+){0,3}(?:differences?|change|changes|effects?|increase|increases|decrease
        |decreases|reduction
            |reductions|improvement|improvements|benefits?|association|correlation|relationship
            |advantage|evidence
            |impact|influence)\b
        |(?:did|does|do|was|were|is|are|has|have|could|would
        |may)\s+not\s+(?:\w+ly\s+)?(?:be\s+)?(?:differ|different|change|changed
            |affect|affected|alter|altered|improve|improved|increase|increased|reduce|reduced
            |decrease|decreased
            |associated|correlate|correlated|influence|influenced|significant|superior|inferior
            |significantly)\w*
        |not\s+(?:statistically\s+|significantly\s+)?(?:different|significant|associated|superior
        |inferior)
        |non-?inferior(?:ity)?|non-?significant(?:ly)?|similar(?:ly|ity)?|comparable|equivalent
        |equivalence|equal(?:ly)?
        |unchanged|unaffected|unaltered|identical|without\s+(?:\w+\s+)?(?:differences?|change|effect)
        |as\s+(?:effective|safe|well\s+tolerated|good)\s+as|the\s+same\b|neither\s+(?:\w+\s+){1,4}nor)
     |(?P<up>increas\w*|higher|greater|larger|longer|elevat\w*|rais(?:e|ed|es|ing)|ris(?:e|es|ing)
       |rose|risen|more|improv\w*
        |enhanc\w*|better|superior|stronger|gain(?:s|ed)?|grew|grow(?:s|ing|th)?|prolong\w*|augment\w*
        |upregulat\w*|up-regulat\w*|doubl(?:e|ed|ing)|tripled|exceed(?:s|ed)?|accelerat\w*
        |worsen(?:s|ed|ing)?|aggravat\w*
        |promot(?:e|es|ed|ing)|induc(?:e|es|ed|ing)|stimulat(?:e|es|ed|ing)|favou?r(?:s|ed|ing)?
        |faster|highest|most)
     |(?P<down>decreas\w*|lower(?:s|ed|ing)?|reduc\w*|fewer|less|smaller|shorter|declin\w*|fell
       |fall(?:s|ing|en)?|drop(?:s|ped)?
        |diminish\w*|attenuat\w*|suppress\w*|inhibit\w*|impair\w*|worse|poorer|weaker|inferior
        |lessen\w*|lost|loss(?:es)?
        |downregulat\w*|down-regulat\w*|abolish\w*|block(?:s|ed|ing)?|prevent(?:s|ed|ing)?
        |shorten\w*|slow(?:s|ed|er|ing)
        |halv(?:e|ed|ing)|minimi[sz]\w*|protect(?:s|ed|ive|ing)?|alleviat\w*|ameliorat\w*|mitigat\w*
        |slower|lowest|least
        |deplet\w*|blunt(?:s|ed)|curb(?:s|ed)|limit(?:s|ed)?)
    )\b""",
        re.IGNORECASE | re.VERBOSE,
    )


@cache
def _not_a_direction() -> re.Pattern[str]:
    return re.compile(
        r"(?:most\s+(?:patients|of|cases|studies|likely|commonly|frequently|often|common|frequent"
        r"|important)"
        r"|more\s+than\s+(?:\d|half|one|two|three)|less\s+than\s+(?:\d|half|one|two|three)"
        r"|at\s+least\b|larger\s+(?:studies|trials)"
        r"|growth\s+(?:factor|hormone)|inhibitors?\b|inhibitory\b|suppressors?\b|blockers?\b|limited\b"
        r"|once\s+more"
        r"|lower\s+(?:limb|back|extremit|respiratory|urinary|abd|lobe|leg)|loss\s+to\s+follow"
        r"|lost\s+to\s+follow"
        r"|suppressive\b|immunosuppress|growing\s+(?:body|number|evidence)|inducers?\b"
        r"|more\s+(?:studies|research|data)"
        r"|higher\s+(?:education|order)|equal\s+(?:to|or)|longer-acting|long(?:er)?\s+term|fall(?:s"
        r"|en)?\s+(?:into|within))",
        re.IGNORECASE,
    )


@cache
def _comparator() -> re.Pattern[str]:
    return re.compile(
        r"""(?:\b(?:
      (?:as\s+)?compared\s+(?:with|to)|in\s+comparison\s+(?:with|to)|in\s+comparison
        |comparison\s+(?:with|to)|than
      |versus|vs|relative\s+to|against\s+(?:placebo|control|standard|usual)|over\s+(?:placebo
        |control)|v(?=\s+\d)
      |as\s+opposed\s+to|in\s+contrast\s+to|unlike|from\s+baseline|between\s+(?:the\s+)?(?:two\s+
        |three\s+)?(?:groups|arms)
      |placebo-controlled|superior\s+to|inferior\s+to|compared|(?:similar|equivalent|comparable
        |equal|identical)\s+to
      |differ(?:s|ed|ent|ence)?\s+(?:\w+\s+)?(?:from|between))\b)""",
        re.IGNORECASE | re.VERBOSE,
    )


def negations(text: str) -> list[Cue]:
    """Return the words that negate, in order; ``not only`` and ``no. 3`` do not."""
    return list(_negations(text))


@lru_cache(maxsize=1024)
def _negations(text: str) -> tuple[Cue, ...]:
    """Return what ``negations`` does; the checks of one sentence ask for it several times."""
    return tuple(_find(_negation(), text, CueKind.NEGATION, _not_a_negation()))


def hedges(text: str) -> list[Cue]:
    """Return the words that hold a claim back (``may``, ``suggests``, ``likely``), in order."""
    return _find(_hedge(), text, CueKind.HEDGE, _not_a_hedge())


def direction(text: str) -> list[Cue]:
    """Return words of direction, in order, with kind ``up``, ``down`` or ``no_difference``.

    Up and down are of the word, not of the benefit: ``reduced mortality`` is down.
    """
    return [
        Cue(CueKind(found.lastgroup or "up"), found.group(), found.start(), found.end())
        for found in _direction().finditer(text)
        if not _not_a_direction().match(text, found.start())
    ]


def comparators(text: str) -> list[Cue]:
    """Return the words that introduce what something is compared with, in order."""
    return _find(_comparator(), text, CueKind.COMPARATOR, None)


def _find(
    pattern: re.Pattern[str], text: str, kind: CueKind, unless: re.Pattern[str] | None
) -> list[Cue]:
    return [
        Cue(kind, found.group(), found.start(), found.end())
        for found in pattern.finditer(text)
        if unless is None or not unless.match(text, found.start())
    ]
