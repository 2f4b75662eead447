"""What keeps a sentence from being understood alone: words that point to an earlier sentence.

Only finds and names them; what they point to is resolved, or the sentence dropped, by the rooms above.
"""

from __future__ import annotations

import re

from osler.text.cue import Cue, CueKind

_CONNECTIVE = re.compile(
    r"""\s*(
    (?:however|moreover|furthermore|additionally|therefore|thus|hence|consequently|conversely
      |nevertheless
      |nonetheless|similarly|likewise|also|besides|finally|lastly|accordingly|specifically|indeed
        |importantly
      |interestingly|notably|surprisingly|unexpectedly|remarkably|strikingly|subsequently|meanwhile
        |instead
      |rather|alternatively|otherwise|collectively|altogether|overall|secondly|thirdly|firstly
        |second|third
      |first|next|then|still|yet|so|correspondingly|paradoxically|regardless|equally|ultimately|again
      |in\ (?:addition|contrast|conclusion|summary|particular|fact|turn|short|brief|comparison
        |other\ words
        |this\ (?:context|regard|respect|way|setting)|agreement|parallel|general|line\ with\ this)
      |by\ (?:contrast|comparison)|on\ the\ (?:other\ hand|contrary|one\ hand)|as\ a\ (?:result
        |consequence)
      |as\ such|as\ expected|for\ (?:example|instance|this\ reason|these\ reasons)|of\ (?:note
        |interest|importance)
      |taken\ together|to\ (?:conclude|summari[sz]e|this\ end|date)|at\ the\ same\ time|that\ is
        |after\ all
      |even\ so|even\ then|all\ in\ all|if\ so|together)
      \s*,
    |(?:however|moreover|furthermore|therefore|thus|hence|consequently|nevertheless|nonetheless|but
      |and|or|nor|yet)
      (?=\s)
    )""",
    re.IGNORECASE | re.VERBOSE,
)

_OWN = (
    r"(?:present\ |current\ |our\ )?(?:systematic\ |narrative\ |literature\ |retrospective\ "
    r"|prospective\ |pilot\ "
    r"|randomi[sz]ed\ |controlled\ |clinical\ |cohort\ |case[- ]control\ |cross-sectional\ "
    r"|multicent(?:er|re)\ "
    r"|observational\ |large\ |small\ |open-label\ |phase\ \w+\ |double-blind\ |updated?\ "
    r"|scoping\ |Cochrane\ )*"
    r"(?:stud(?:y|ies)|trials?|reviews?|meta-?anal\w+|anal\w+|cases?|case\ (?:series|reports?)"
    r"|series|papers?|articles?"
    r"|reports?|cohorts?|surveys?|guidelines?|chapters?|experiments?|work|investigations?"
    r"|findings?|results?|data"
    r"|observations?|manuscript|protocol|overview|research|evidence|outcomes)"
)
_SELF = re.compile(
    rf"\b(?:(?:this|these|the\ present|the\ current|present|our)\ {_OWN}|we|our|ours|us)\b",
    re.IGNORECASE,
)
_SELF_WORDS = re.compile(r"\b(?:[Tt]h(?:is|ese|e (?:present|current))|[Pp]resent|[Ww]e|[Oo]urs?|us)\b")

_PLEONASTIC = re.compile(
    r"""it\s+(?:
      (?:is|was|has\ been|had\ been|may\ be|might\ be|can\ be|could\ be|should\ be|must\ be
        |would\ be|seems?
        |appears?|remains?|becomes?|became)\s+
      (?:\w+ly\s+|not\s+|also\s+|often\s+|now\s+|therefore\s+|very\s+|more\s+|well\s+|thus\s+|still\s+)*
      (?:\w+(?:ed|own|ought|aid|een|und|eld|ear)\s+(?:\w+\s+)?(?:that|to|whether|how|if|why
        |by\s+\w+\s+that)\b
        |\w+\s+(?:that|to|whether|if|how|when|for\s+\w+(?:\s+\w+){0,3}\s+to)\b
        |(?:un)?(?:clear|known|likely|certain|important|possible|necessary|recommended|essential)\b)
     |(?:seems?|appears?|follows?|turns?\ out|transpired|emerged)\s+(?:\w+\s+)?that\b
     |takes?\b|is\s+in\s+\w+\s+that\b)""",
    re.IGNORECASE | re.VERBOSE,
)
_OPENING = re.compile(
    r"""(?:
      (?P<pronoun>it|its|they|their|them|he|she|his|her|hers|him|itself|themselves
        |(?:the\ )?(?:latter|former)\b|the\ (?:same|others?|rest|remaining)\b|others|neither|either
        |both|one\ of\ them
        |each\ of\ (?:them|these)|all\ of\ (?:them|these|this)|some\ of\ (?:them|these)
        |most\ of\ (?:them|these)
        |none\ of\ (?:them|these)|doing\ so|so\ did)
     |(?P<demonstrative>this|these|those|that|such|here)
    )\b""",
    re.IGNORECASE | re.VERBOSE,
)
_BOTH_OF_ITS_OWN = re.compile(
    r"(?:both|either|neither)\s+(?!(?:groups|arms|drugs|treatments|agents|regimens|doses|trials|studies"
    r"|compounds|methods|conditions|cases|patients|formulations|medications|therapies|interventions"
    r"|diseases|strategies|models|were|are|was|is|had|have|of|the|these)\b"
    r"|\w+\s+(?:was|were|is|had|has|could|did)\b)"
    r"[^.;]{1,120}?\b(?:and|or|nor)\b",
    re.IGNORECASE,
)
_DEMONSTRATIVE_SELF_CONTAINED = re.compile(
    r"(?:those|that)\s+(?:\w+\s+)?(?:who|whose|with|without|in|of|at|aged|having|receiving|treated"
    r"|taking)\b"
    r"|that\s+\w+\s+\w+.{0,80}\b(?:is|was|remains)\s+(?:well\s+)?(?:known|clear|established|unclear)"
    r"|such\s+(?:as|an?\s+\w+\s+that)\b",
    re.IGNORECASE,
)
_INSIDE = re.compile(
    r"""\b(?:
      (?P<definite>the\ study\ (?:drugs?|medications?|treatments?|products?|agents?)
        |as\ (?:described\ |noted\ |mentioned\ |stated\ )?above
        |above[- ]mentioned|aforementioned|the\ above\b(?:\ \w+)?|mentioned\ (?:above|earlier)
        |the\ (?:latter|former)
        |as\ (?:previously|already)\ (?:described|mentioned|noted)|see\ (?:above|below)
        |see\ (?:Table|Fig(?:ure)?)\b)
     |(?P<weak>(?:the\ )?(?:two|three|four|both|other|all(?:\ the)?)\ (?:study\s|treatment\s|patient\s)?
         (?:groups|arms|cohorts|treatments|drugs|regimens)
        |(?:either|neither)\ (?:study\s|treatment\s)?(?:group|arm|cohort|treatment|drug|regimen)
        |the\ (?:other|active|treated|treatment|study|intervention|experimental|test|control
        |comparator)\ (?:group|arm|cohort)s?
        |(?:in|for|of|among|with|to|by|on|from)\ (?:this|these|such|those)\ (?!that\b|who\b|with\b
        |in\b)\w+)
    )\b""",
    re.IGNORECASE | re.VERBOSE,
)
_INSIDE_WORDS = re.compile(
    r"\b(?:study|above|aforementioned|latter|former|mentioned|previously|already|see|groups?|arms?"
    r"|cohorts?|treatments?"
    r"|drugs?|regimens?|this|these|such|those)\b",
    re.IGNORECASE,
)


def opening_connective(sentence: str) -> tuple[int, int] | None:
    """Return the span of a connective that opens ``sentence`` (``However,``), its comma included."""
    found = _CONNECTIVE.match(sentence)
    return found.span(1) if found else None


def dangling(sentence: str) -> list[Cue]:
    """Return the words of ``sentence`` that need an earlier sentence, in order.

    Kinds: ``pronoun`` and ``demonstrative`` open the sentence, or follow its opening connective;
    ``definite`` names something introduced before (``the study drug``, ``as above``); ``weak`` is
    usually understood from the source's title (``the two groups``); ``self_reference`` (``we``,
    ``this trial``) is resolved by saying which study it is. ``It is recommended that`` dangles on
    nothing.
    """
    cues = _self_references(sentence)
    taken = {(cue.start, cue.end) for cue in cues}
    connective = opening_connective(sentence)
    at = connective[1] if connective else 0
    at += len(sentence[at:]) - len(sentence[at:].lstrip(" ,\"'“(["))
    opening = _opening(sentence, at)
    if opening and not any(start <= opening.start < end for start, end in taken):
        cues.append(opening)
    if _INSIDE_WORDS.search(sentence):
        covered = [(cue.start, cue.end) for cue in cues]
        for found in _INSIDE.finditer(sentence):
            if not any(start < found.end() and found.start() < end for start, end in covered):
                cues.append(_cue(CueKind(found.lastgroup or "weak"), found, sentence))
    return sorted(cues, key=lambda cue: (cue.start, cue.end))


def _self_references(sentence: str) -> list[Cue]:
    if not _SELF_WORDS.search(sentence):
        return []
    found = _SELF.finditer(sentence)
    return [
        _cue(CueKind.SELF_REFERENCE, match, sentence)
        for match in found
        # "US" and "OUR" in capitals are names.
        if match.group() not in {"US", "OUR", "WE", "OURS", "Us"}
    ]


def _opening(sentence: str, at: int) -> Cue | None:
    found = _OPENING.match(sentence, at)
    if not found:
        return None
    word = found.group().lower()
    if word == "it" and _PLEONASTIC.match(sentence, at):
        return None
    if word in {"both", "either", "neither"} and _BOTH_OF_ITS_OWN.match(sentence, at):
        return None
    if word in {"those", "that", "such"} and _DEMONSTRATIVE_SELF_CONTAINED.match(sentence, at):
        return None
    if word in {"it", "he", "her", "him", "his", "she"} and found.group().isupper() and len(word) > 1:
        return None
    if word == "here":
        return None
    return _cue(CueKind(found.lastgroup or "pronoun"), found, sentence)


def _cue(kind: CueKind, found: re.Match[str], sentence: str) -> Cue:
    return Cue(kind, sentence[found.start() : found.end()], found.start(), found.end())
