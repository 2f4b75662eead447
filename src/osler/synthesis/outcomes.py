"""What a figure measures, as the words of its sentence say: ``survival``, ``complete response``, ``dose``.

A label comes from a head (a word that names an outcome or a measurement) or from the place a noun phrase
has beside the figure (``serious infection occurred in 2.1%``). Where neither tells, there is none.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Final, NamedTuple

from osler.text.drug_names import is_drug

_HEADS: Final = {
    "death": r"died|dies|deaths?|mortality|fatalit(?:y|ies)",
    "survival": r"surviv(?:al|ed)|alive",
    "response": r"respon(?:ded|ders?|ses?|se)(?!\s+rates?\s+ratio)",
    "remission": r"remissions?",
    "relapse": r"relaps(?:es|ed|e)|recurrences?|recurred",
    "adverse events": r"adverse\s(?:events?|effects?|reactions?)|side\seffects?",
    "half-life": r"half-li(?:fe|ves)",
    "clearance": r"clearance",
    "bioavailability": r"bioavailability",
    "volume of distribution": r"volume\sof\sdistribution",
    "protein binding": r"protein\sbinding",
    "sensitivity": r"sensitivity",
    "specificity": r"specificity",
    "positive predictive value": r"positive\spredictive\svalue|PPV",
    "negative predictive value": r"negative\spredictive\svalue|NPV",
    "accuracy": r"accuracy",
    "prevalence": r"prevalence",
    "incidence": r"incidence",
    "infection": r"infections?",
    "withdrawal": r"withdrawals?|discontinu(?:ation|ed)",
    "hospitalisation": r"hospitali[sz](?:ation|ed)|readmissions?",
    "cure": r"cured?",
    "recovery": r"recovered|recovery",
    "bleeding": r"bleeding|haemorrhage|hemorrhage",
}
_QUALIFIERS: Final = (
    r"complete\sor\s(?:a\s)?partial|overall|complete|partial|objective|clinical|sustained|event-free|disease-free|progression-free|relapse-free"
    r"|failure-free|graft|serious|severe|major|minor|any|all-cause|cardiovascular|in-hospital|hospital|ICU|perioperative"
    r"|cumulative|terminal|elimination|plasma|serum|apparent|absolute|oral|systemic|renal|creatinine|total|median|mean"
    r"|early|late|infection-related|treatment-related|respiratory|urinary|opportunistic|fungal|bacterial|viral"
    r"|local|molecular|cytogenetic|haematological|hematological|virological|sustained\svirologic|biochemical"
    r"|pathological|intracranial|gastrointestinal|annual|lifetime|point|case"
)
_NOT: Final = re.compile(
    r"(?:dose|immune|antibody|inflammatory|stress|acute[- ]phase|host|cytokine|T[- ]cell|vaccine)[\s-]*$"
    r"|(?:non|un|risk\sof|active|known|suspected|prior|previous|with|without|triggers?\s\w+|because\sof|due\sto|owing\sto)[\s-]*$",
    re.IGNORECASE,
)
_TRAILING: Final = re.compile(r"\s(?:rates?|probability|proportions?|ratio|time)\b", re.IGNORECASE)
_BLOCK: Final = re.compile(
    r";|\.\s|\b(?:had|have|has|having|received|receiving|underwent|required|requiring|needed|who|whom|which|whose"
    r"|assessed|measured|evaluated|included|enrolled|treated|diagnosed|among|but|while|whereas|because|although|if"
    r"|criteria|defined|than|score|predict\w*|associated|versus\sthe)\b",
    re.IGNORECASE,
)
_LINK: Final = re.compile(
    r"(?:^|\b(?:was|were|is|are|of|in|at|by|to|from|between|reached|averaged|ran|against|vs\.?|versus|and|than|or)|[:=(,±])"
    r"\s*(?:(?:about|approximately|only|estimated|still|just|around|a|an|the|estimated\sat|significantly)\s*)*$",
    re.IGNORECASE,
)
_CUT: Final = re.compile(
    r"[,;]|\.\s|\b(?:and|but|vs\.?|versus|whereas|while|compared|against)\b", re.IGNORECASE
)
_MOST_BETWEEN: Final = 14
_MOST_AFTER: Final = 8
_LONGEST_LABEL: Final = 5
_PHRASE: Final = r"(?P<label>[A-Za-z][\w/-]*(?:\s[A-Za-z][\w/-]*){0,3})"
_ARTICLES: Final = re.compile(
    r"^(?:(?:the|an?|its|their|this|that|these|any|all|most|both|and|or|of|in|with|on|for|to|by|from|at|as|no|not|also"
    r"|only|new|which|who|patients?|children|adults|subjects|people|participants|cases|women|men|group|arm)\s)+",
    re.IGNORECASE,
)
_VAGUE: Final = re.compile(
    r"^(?:it|this|that|these|those|they|one|two|three|patients?|cases?|subjects?|people|children|adults|women|men|group"
    r"|rates?|results?|value|values|probability|proportion|number|a|the|change|difference|been|no|be|not|to|by|which|effect|effects)$",
    re.IGNORECASE,
)
_EXPERIENCED: Final = (
    r"(?:developed|experienced|achieved|attained|reached|showed|reported|required|needed)"
)


class Head(NamedTuple):
    """A word that names what is measured: ``text[start:end]`` with its qualifiers."""

    label: str
    start: int
    end: int


@cache
def _heads() -> re.Pattern[str]:
    named = "|".join(f"(?P<h{n}>{words})" for n, words in enumerate(_HEADS.values()))
    return re.compile(
        rf"(?<![\w-])(?P<quality>(?:(?:{_QUALIFIERS})\s){{0,3}})(?:{named})(?![\w-])", re.IGNORECASE
    )


def heads_in(text: str) -> list[Head]:
    """Return the heads of ``text``, in order."""
    labels = list(_HEADS)
    found: list[Head] = []
    for match in _heads().finditer(text):
        if _NOT.search(text, max(0, match.start() - 30), match.start()):
            continue
        kind = next(label for n, label in enumerate(labels) if match[f"h{n}"])
        quality = " ".join(match["quality"].lower().split())
        trailing = _TRAILING.match(text, match.end())
        timed = trailing is not None and "time" in trailing.group()
        end = trailing.end() if trailing else match.end()
        label = f"{quality} {kind}{' time' if timed else ''}".strip()
        found.append(Head(label, match.start(), end))
    return found


def head_after(text: str, end: int, heads: list[Head]) -> Head | None:
    """Return the head that follows a figure in its own part of the sentence (``19 of 21 responded``)."""
    closed = re.compile(r"\s*\([^()]*\)").match(text, end)
    start = closed.end() if closed else end
    cut = _CUT.search(text, start)
    limit = cut.start() if cut else len(text)
    for head in heads:
        if start <= head.start < limit:
            between = text[start : head.start]
            digits = re.sub(
                r"\b(?:all|the)\s\d+|\b\d+(?=\s(?:patients|children|adults|previously))", "", between
            )
            near = re.search(r"\b(?:were|was|had|are)\s(?:in\s|an?\s|alive\s)*$", between) is not None
            if re.search(r"\d", digits) or len(between.split()) > (
                _MOST_BETWEEN if near else _MOST_AFTER
            ):
                return None
            fits = not between.strip() or re.match(
                r"\s*(?:of|had|were|was|with|have|who|a|an)\b", between
            )
            verbal = re.search(r"(?:ed|alive|relapse|responders)$", text[head.start : head.end])
            return head if fits or verbal else None
    return None


def head_before(text: str, start: int, heads: list[Head]) -> Head | None:
    """Return the head that a figure follows, where nothing else comes between (``survival was 83%``).

    A word that divides what the head counts is part of the label: ``the response was complete in 70%``.
    """
    earlier = [head for head in heads if head.end <= start]
    if not earlier:
        return None
    head = earlier[-1]
    gap = text[head.end : start]
    if _BLOCK.search(gap) or len(gap.split()) > _MOST_BETWEEN or not _LINK.search(gap):
        return None
    divided = _DIVIDED.search(gap)
    if divided and divided[1].lower() not in _SEEN:
        return head._replace(label=f"{divided[1].lower()} {head.label}")
    return head


_DIVIDED: Final = re.compile(r"(?:\b(?:was|were|and|or)|,)\s(?:an?\s)?([A-Za-z-]+)\s(?:in|for)\s$")
_SEEN: Final = frozenset(
    "seen observed reported noted found achieved reached recorded obtained documented present confirmed and".split()
)
_SUBJECT: Final = re.compile(
    r"(?:\s*\([^()]*\))?\s(?:of\s(?:the\s|these\s|all\s|our\s)?(?:[\w-]+\s){1,2})?"
    r"(?:had|have|has|were|was|are|did|could|[a-z]{3,}ed)\b"
)


def is_subject(text: str, end: int) -> bool:
    """Tell whether a figure that ends at ``end`` is who the following verb speaks of (``20% had …``)."""
    return _SUBJECT.match(text, end) is not None


def phrase_of(text: str, start: int, end: int, *, bound: bool = False) -> str | None:
    """Return the noun phrase that a figure belongs to by its place alone, or None.

    Args:
        text: The sentence.
        start: First code point of the figure.
        end: One past its last, what is printed beside it included.
        bound: Whether it is a limit (``ferritin over 500``), which may follow its noun directly.
    """
    before = re.search(
        rf"{_PHRASE}\s(?:occurred|(?:was|were)\s(?:seen|observed|reported|noted|found)|developed)\sin\s"
        r"(?:about\s|only\s|approximately\s)?$",
        text[:start],
    )
    if before:
        return _trimmed(before["label"], from_left=True)
    after = re.match(
        rf"(?:\s*\([^()]*\))?\s(?:of\s(?:the\s)?\w+\s)?{_EXPERIENCED}\s(?:an?\s)?{_PHRASE}", text[end:]
    )
    if after:
        return _trimmed(after["label"], from_left=False)
    level = re.search(r"\s(?:was|were|is|averaged)\s(?:about\s|approximately\s)?$", text[:start])
    if level:
        clause = re.split(r"[,;:]\s|\.\s", text[: level.start()])[-1]
        return _trimmed(re.split(rf"\s(?:{_PREPOSITIONS})\s", clause)[0], from_left=True)
    direct = re.search(r"\b([A-Za-z][\w-]{2,})\s$", text[:start]) if bound else None
    return _trimmed(direct[1], from_left=True) if direct and not _VERBAL.search(direct[1]) else None


_PREPOSITIONS: Final = (
    "of|in|on|with|at|for|by|from|after|before|among|during|between|over|under|to|when|that|which|who"
)
_VERBAL: Final = re.compile(
    r"(?:ed|ing|s)$|^(?:with|and|the|was|were|than|for|when|age|aged|weight|dose|from|level|about)$",
    re.IGNORECASE,
)


def _trimmed(label: str, *, from_left: bool) -> str | None:
    label = re.sub(r"^(?:of|in|on|with|at|for|by|from|after)\s.*", "", label.strip())
    words = (
        label
        if from_left
        else re.split(r"\s(?:in|on|with|after|at|by|and|during|within|of|or|to|for)\b", label)[0]
    )
    if from_left:
        words = re.split(
            r"\b(?:of|in|with|on|for|by|from|at|and|or|the|an?|that|whose|but|to|than|after)\s", words
        )[-1]
    words = _ARTICLES.sub("", words.strip())
    if (
        not words
        or _VAGUE.match(words)
        or re.search(r"\d", words)
        or len(words.split()) > _LONGEST_LABEL
    ):
        return None
    if is_drug(words.split()[-1]):
        return None
    return words if re.search(r"[A-Z]{2}|[a-z][A-Z]", words) else words.lower()


_CHANGE_AFTER: Final = re.compile(
    r"\s*(?:\([^()]*\)\s*)?(?:lower|higher|less|more|fewer|greater|shorter|longer|reductions?|decreases?|increases?|falls?"
    r"|drops?|rises?|improvements?|declines?|(?:below|above)(?!\s(?:\d|the\sage|age)))\b",
    re.IGNORECASE,
)
_CHANGE_BEFORE: Final = re.compile(
    r"\b(?:fell|dropped|declined|decreased|increased|rose|reduced|lowered|improved|raised|risen|cut|lower|higher|reduces?"
    r"|increases?|decreases?|lowers?)\b(?:\s\S+){0,6}\sby\s(?:about\s|approximately\s|an?\s\w+\s)?$"
    r"|\b(?:fall|drop|reduction|increase|decrease|rise|decline|gain|loss|difference|improvement|change)s?\s"
    r"(?:in\s(?:\S+\s){1,4})?(?:of|was|by)\s(?:about\s)?$",
    re.IGNORECASE,
)


def is_change(text: str, start: int, end: int) -> bool:
    """Tell whether a figure states a change or a difference and not a level (``63.8% lower``)."""
    return bool(
        _CHANGE_AFTER.match(text, end) or _CHANGE_BEFORE.search(text[max(0, start - 90) : start])
    )
