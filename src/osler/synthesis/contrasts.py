"""Contrasts: two arms with the figure of each, and ratios of one arm to another.

A figure is read only where the sentence has one of a few plain forms ("OUTCOME was V in the A group and V
in the B group"), so that outcome, arm and comparator are bound by the form and not by nearness. A
sentence of any other form gives nothing.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final

from osler.model.figure import Metric
from osler.synthesis.arms import arm_of, is_control, names_people
from osler.synthesis.cells import CELL, RATIO, VALUE, Cell, Template, template_of

_NO_CELL: Final = f"[^,;:()\\[\\]{CELL[1:-1]}]"
_ARM_1: Final = rf"(?P<a1>{_NO_CELL}{{1,80}}?)"
_ARM_2: Final = rf"(?P<a2>{_NO_CELL}{{1,80}}?)"
_PEOPLE: Final = r"patients|subjects|participants|children|women|men|cases|eyes|infants|adults|people|individuals|those"
_IN: Final = r"(?:in|with|for|among|on|of|after|by)"
_AT_ARM: Final = (
    rf"(?:\s(?:(?:of\s(?:the\s|all\s)?)?(?:{_PEOPLE})\s)?{_IN}\s"
    rf"|\s(?:(?:of\s(?:the\s|all\s)?)?(?:{_PEOPLE})\s)?(?=(?:receiving|taking|given|treated|who)\b)"
    r"|\s(?=[\w/-]+-treated\b))"
)
_BRACKET: Final = rf"(?:\s?[(\[][^()\[\]{VALUE[1:-1]}]*[)\]])?"
_THAN: Final = r"(?:than|versus|vs\.?|v\.?|(?:as\s)?(?:compared|opposed)\s(?:with|to)|relative\sto|against|as)"
_AND: Final = rf"(?:and|but|whereas|while|{_THAN})"
_CLOSE: Final = (
    r"(?=\s?(?:[,;.)\](]|$)|\s(?:at|after|by|within|over|during|across|using)\s"
    rf"|\s(?:in|among)\s(?:the\s)?(?:{_PEOPLE})\s|\s{CELL})"
)
_V1: Final = rf"(?:(?P<average>mean|median)\s(?:of\s)?)?(?P<v1>{VALUE})"
_V2: Final = rf"(?:(?:mean|median)\s(?:of\s)?)?(?P<v2>{VALUE})"
_PAIR: Final = rf"{_V1}\s?,?\s(?:and|{_THAN})\s{_V2}"
_BE: Final = r"(?:was|were|is|are|averaged|reached|=)"
_ADVERB: Final = r"(?:\w+ly\s|also\s|not\s)*"
_FOUND: Final = (
    rf"(?:occurred|developed|(?:was|were)\s{_ADVERB}(?:seen|observed|reported|found|noted|achieved|recorded"
    r"|present|detected|obtained|demonstrated|documented|experienced|attained|reached|met|identified|required|needed|made))"
    r"(?:\s(?:in|by|for|among|with|at))?"
)
_INTRO: Final = (
    r"(?:(?:and|but|while|whereas)\s)?(?:(?:Moreover|Furthermore|However|Overall|Similarly|Conversely|In\scontrast|In\saddition"
    r"|Additionally|Finally|Also|Likewise),\s)?"
    r"(?:(?P<intro>(?:At|By|In|Among|For|After|During|On|Within)\s[^;:()]{3,90}?),\s)?(?:the\s)?"
)
_BARE_BRACKET: Final = rf"[(\[][^()\[\]{CELL[1:-1]}]{{1,60}}[)\]]"
_SUBJECT: Final = rf"(?!(?:there|it|this|these|they|we)\b)(?P<outcome>{_NO_CELL}{{3,110}}?)(?:\s{_BARE_BRACKET})?"
_RISK: Final = r"(?:(?:risk|odds|rate|hazard|likelihood|incidence|probability)s?\s(?:of|for)\s)"
_MORE: Final = (
    r"(?:lower|higher|reduced|increased|decreased|greater|lesser|elevated|improved|better|worse|longer"
    r"|shorter|lowered|fewer|less|more)"
)
_CHANGED: Final = (
    r"(?:reduced|decreased|lowered|increased|raised|improved|prolonged|reduces|decreases|lowers|increases"
    r"|raises|improves|prolongs)"
)
_HAD: Final = rf"(?:was|were|is|are|had|have|has)\s{_ADVERB}(?:associated\swith\s)?(?:(?:a|an|the)\s)?{_ADVERB}{_MORE}"
_KIND: Final = (
    r"(?:(?P<kind>(?:un)?adjusted|multivariable(?:-adjusted)?|multivariate|pooled|crude|summary)\s)?"
)
_RATIO_BEHIND: Final = rf"\s?[(\[,;]\s?(?:{CELL}\s?[,;]\s?)?{_KIND}(?P<r>{RATIO})(?=\s?[,;)\].]|\s{CELL}|$)"
_COMPARED_WITH_2: Final = rf"(?:As\s|When\s)?(?:Compared\s(?:with|to)|Versus|Relative\sto)\s{_ARM_2},\s"

_STOP: Final = rf"(?=\s?[,;)\].]|\s{CELL}|$)"
_SHOWED: Final = r"(?:had|showed|experienced|achieved|exhibited|demonstrated|reported|provided|produced|displayed|has|have|shows|show)"
_MORE_PEOPLE: Final = (
    rf"(?:signif\w+\s)?(?:(?:more|fewer|less)|an?\s(?:signif\w+\s)?(?:greater|higher|lower|smaller|larger)\s"
    rf"(?:proportion|percentage|number)\sof)\s(?:{_PEOPLE})"
)
_GIVEN: Final = (
    r"(?:in|on|with|receiving|taking|given|(?:who\s(?:were\s)?)?treated\s(?:with|by)|who\sreceived"
    r"|(?:randomi[sz]ed|assigned)\sto)"
)
_PREDICATE: Final = (
    rf"(?P<predicate>(?:were|was|had|achieved|experienced|reported|developed|discontinued|withdrew|showed|required|reached"
    rf"|completed|responded|died|survived|relapsed|abandoned|met|attained|maintained|needed|received|underwent|became"
    rf"|remained|suffered|recovered|improved)\b{_NO_CELL}{{0,80}}?)"
)

_PAIRS: Final = tuple(
    re.compile(_INTRO + form, re.IGNORECASE)
    for form in (
        # The rate of relapse was V in the A group and V in the B group
        rf"{_SUBJECT}\s(?:{_FOUND}|{_BE})\s(?:about\s|approximately\s|only\s)?{_V1}{_AT_ARM}{_ARM_1}{_BRACKET}"
        rf"\s?,?\s{_AND}(?:\sin|\sby|\sonly)?\s{_V2}{_AT_ARM}{_ARM_2}{_CLOSE}",
        # Relapse was less frequent in the A group than in the B group (V vs V)
        rf"{_SUBJECT}\s(?:occurred|did\snot\sdiffer|differed|{_BE})\b(?P<how>[^;:()]{{0,90}}?)\s(?:in|with|for|among|on)\s"
        rf"{_ARM_1}\s?,?\s{_THAN}\s(?:(?:in|with|for|among|on)\s)?{_ARM_2}\s?[(\[,:]\s?{_PAIR}"
        rf"(?=\s?[,;)\].]|\s{CELL}|$)",
        # Relapse was similar between the A group and the B group (V vs V)
        rf"{_SUBJECT}\s(?:did\snot\sdiffer|differed|{_BE})\b(?P<how>[^;:()]{{0,90}}?)\sbetween\s{_ARM_1}\sand\s{_ARM_2}"
        rf"\s?[(\[,:]\s?{_PAIR}(?=\s?[,;)\].]|\s{CELL}|$)",
        # There was no difference in relapse between the A group and the B group (V vs V)
        rf"There\s(?:was|were)\s[\w\s-]{{0,40}}?\bdifferences?\sin\s(?:the\s)?{_SUBJECT}\s(?:between|among)\s{_ARM_1}\sand"
        rf"\s{_ARM_2}\s?[(\[,:]\s?{_PAIR}(?=\s?[,;)\].]|\s{CELL}|$)",
        # Relapse was less frequent in the A group (V) than in the B group (V)
        rf"{_SUBJECT}\s(?:occurred|did\snot\sdiffer|differed|{_BE})\b(?P<how>[^;:()]{{0,90}}?)\s(?:in|with|for|among|on)\s"
        rf"{_ARM_1}\s?[(\[]{_V1}(?:\s?[;,][^()\[\]]*)?[)\]]\s?,?\s{_THAN}\s(?:(?:in|with|for|among|on)\s)?{_ARM_2}"
        rf"\s?[(\[]{_V2}(?=\s?[)\];,])",
        # Relapse in the A group (V) was less frequent than in the B group (V)
        rf"{_SUBJECT}\s(?:in|with|for|among|on)\s{_ARM_1}\s?[(\[]{_V1}(?:\s?[;,][^()\[\]]*)?[)\]]\s{_BE}\b(?P<how>[^;:()]{{0,60}}?)"
        rf"\s{_THAN}\s(?:that\s)?(?:(?:in|with|for|among|on)\s)?{_ARM_2}\s?[(\[]{_V2}(?=\s?[)\];,])",
        # Relapse occurred in V and V of the A and B groups, respectively
        rf"{_SUBJECT}\s(?:{_FOUND}|{_BE})\s{_PAIR}{_AT_ARM}{_ARM_1}\s(?:and|versus|vs\.?)\s{_ARM_2},?\srespectively",
        # Relapse in the A and B groups was V and V, respectively
        rf"{_SUBJECT}\s(?:in|with|for|among)\s{_ARM_1}\s(?:and|versus|vs\.?)\s{_ARM_2}\s{_BE}\s{_PAIR},?\srespectively",
        # The A group had a lower rate of relapse than the B group (V vs V)
        rf"{_ARM_1}\s{_SHOWED}\s(?:an?\s|the\s)?{_ADVERB}(?P<how>{_MORE})\s{_SUBJECT}\s?,?\s{_THAN}\s(?:(?:in|with|for|on)\s)?"
        rf"{_ARM_2}\s?[(\[,:]\s?{_PAIR}{_STOP}",
        # Fewer patients in the A group relapsed than in the B group (V vs V)
        rf"{_MORE_PEOPLE}\s{_GIVEN}\s{_ARM_1}\s{_PREDICATE}\s{_THAN}\s(?:(?:{_PEOPLE})\s)?(?:{_GIVEN}\s)?{_ARM_2}\s?[(\[,:]\s?"
        rf"{_PAIR}{_STOP}",
        # Fewer patients in the A group than in the B group relapsed (V vs V)
        rf"{_MORE_PEOPLE}\s{_GIVEN}\s{_ARM_1}\s?,?\s{_THAN}\s(?:(?:{_PEOPLE})\s)?(?:{_GIVEN}\s)?{_ARM_2}\s{_PREDICATE}\s?[(\[,:]"
        rf"\s?{_PAIR}{_STOP}",
        # Fewer patients relapsed with A than with B (V vs V)
        rf"{_MORE_PEOPLE}\s{_PREDICATE}\s(?:in|with|on|receiving|taking)\s{_ARM_1}\s?,?\s{_THAN}\s(?:{_GIVEN}\s)?{_ARM_2}\s?[(\[,:]\s?"
        rf"{_PAIR}{_STOP}",
        # V of the A group and V of the B group relapsed
        rf"(?:A\stotal\sof\s|Only\s|In\s)?{_V1}{_AT_ARM}{_ARM_1}{_BRACKET}\s?,?\s(?:and|versus|vs\.?|(?:as\s)?compared\s(?:with|to))"
        rf"(?:\sin|\sonly)?\s{_V2}{_AT_ARM}{_ARM_2}{_BRACKET}\s{_PREDICATE}(?=\s?(?:[.;(]|$))",
        # Relapse was seen in V (A group) and V (B group)
        rf"{_SUBJECT}\s(?:{_FOUND}|{_BE})\s(?:about\s|approximately\s|only\s)?{_V1}\s\({_ARM_1}\)\s?,?\s(?:and|versus|vs\.?)"
        rf"(?:\sin)?\s{_V2}\s\({_ARM_2}\)",
        # In the A and B groups, relapse occurred in V and V, respectively
        rf"in\s{_ARM_1}\s(?:and|versus|vs\.?)\s{_ARM_2},\s(?:the\s)?{_SUBJECT}\s(?:{_FOUND}|{_BE})\s{_PAIR},?"
        r"\srespectively",
    )
)
_RATIOS: Final = tuple(
    re.compile(form, re.IGNORECASE)
    for form in (
        # A reduced the risk of death compared with B (HR ...)
        rf"{_INTRO}{_ARM_1}\s{_ADVERB}{_CHANGED}\s(?:the\s)?{_RISK}?{_SUBJECT}\s?,?\s{_THAN}\s{_ARM_2}{_RATIO_BEHIND}",
        # Compared with B, A reduced the risk of death (HR ...)
        rf"{_COMPARED_WITH_2}{_ARM_1}\s{_ADVERB}{_CHANGED}\s(?:the\s)?{_RISK}?{_SUBJECT}{_RATIO_BEHIND}",
        # A had a lower rate of relapse than B (HR ...)
        rf"{_INTRO}{_ARM_1}\s{_SHOWED}\s(?:an?\s|the\s)?{_ADVERB}{_MORE}\s{_SUBJECT}\s?,?\s{_THAN}\s(?:(?:in|with|for|on)\s)?"
        rf"{_ARM_2}{_RATIO_BEHIND}",
        # A was associated with a lower risk of death than B (HR ...)
        rf"{_INTRO}{_ARM_1}\s{_HAD}\s{_RISK}{_SUBJECT}\s?,?\s(?:when\s)?{_THAN}\s{_ARM_2}{_RATIO_BEHIND}",
        # Compared with B, A was associated with a lower risk of death (HR ...)
        rf"{_COMPARED_WITH_2}{_ARM_1}\s{_HAD}\s{_RISK}{_SUBJECT}{_RATIO_BEHIND}",
        # Death was less frequent with A than with B (HR ...)
        rf"{_INTRO}{_SUBJECT}\s(?:was|were|is|are|occurred)\s{_ADVERB}{_MORE}(?:\s\w+)?\s(?:in|with|for|among|on)\s{_ARM_1}"
        rf"\s?,?\s{_THAN}\s(?:(?:in|with|for|among|on)\s)?{_ARM_2}{_RATIO_BEHIND}",
    )
)
_NAMED_RATIO: Final = re.compile(
    r"\s(?:for|of)\s(?P<outcome>[^,;:()\[\]]+?)"
    r"(?:\s(?:with|for|in|comparing)\s(?P<a1>[^,;:()\[\]]+?)\s(?:versus|vs\.?|(?:as\s)?compared\s(?:with|to))\s"
    r"(?P<a2>[^,;:()\[\]]+?))?(?:,|\swas|\sis|\s?=|:|\sof)?\s*(?:[<>~]\s*)?[\d.]+$",
    re.IGNORECASE,
)
_ARMS_BEHIND: Final = re.compile(
    rf"(?P<r>{RATIO})\s?,?\s(?:(?:for|with|in)\s)?{_ARM_1}\s(?:versus|vs\.?|compared\s(?:with|to))\s{_ARM_2}{_CLOSE}",
    re.IGNORECASE,
)
_ARMS_BEFORE: Final = re.compile(
    rf"\b(?:in|with|for|among)\s{_ARM_1}\s?,?\s{_THAN}\s(?:(?:in|with|for|among|on)\s)?{_ARM_2}{_RATIO_BEHIND}",
    re.IGNORECASE,
)
_RATIO_BESIDE: Final = re.compile(
    rf"(?:,?\srespectively)?\s?[;,(\[)]?\s?(?:{CELL}\s?[;,]\s?)?[;,(\[]?\s?{_KIND}(?P<r>{RATIO})(?=\s?[,;)\].]|\s{CELL}|$)"
)
_THIRD: Final = re.compile(
    rf"{_BRACKET}\s?,?\s(?:and|versus|vs\.?|or)\s(?:in\s)?{VALUE}|\s?,\s{VALUE}\s(?:in|with|for|of)\s"
    rf"|\)?,\s(?:and\s|or\s)?(?:(?:in|with|for)\s)?[^(),;]{{1,60}}\({VALUE}|[^()]{{0,60}}[;,]\s(?:and\s)?{VALUE}\s?,?\s(?:vs\.?|versus|and)\s{VALUE}"
)
_CLAUSE: Final = re.compile(
    r"[;.]\s|\)\s?,?\s(?:and|but|while|whereas)\s|,\s(?:and|but|while|whereas|with)\s"
)
_LABEL: Final = re.compile(
    r"[A-Z][A-Za-z ]{3,40}:\s?(?=[A-Z])|(?:R(?:ESULTS?|esults?)|F(?:INDINGS|indings)|C(?:ONCLUSIONS?|onclusions?))\s?(?=[A-Z])"
)
_INTRODUCED: Final = re.compile(_INTRO, re.IGNORECASE)
_NOT_SEEN: Final = re.compile(
    r"\b(?:expected|predicted|assum\w+|if|would|hypothe\w+|simulat\w+|could|estimated\sto|powered)\b", re.IGNORECASE
)
_COMPARING: Final = re.compile(
    rf"\b(?:{_MORE}|similar|comparable|differ\w*|frequent|common\w*|equal|same|improved|smaller|larger|superior|inferior|faster"
    r"|slower|earlier|later|as)\b",
    re.IGNORECASE,
)
_OF_TREATMENTS: Final = re.compile(
    r"\b(?:effective|efficacious|potent|superior|inferior|tolerated|useful|safe|safer|active)\b", re.IGNORECASE
)
"""Said of what is compared and not of what is measured: "A was more effective on pain than B"."""
_DOWN: Final = re.compile(
    r"\b(?:lower\w*|reduc\w+|decreas\w+|less|fewer|lesser|protect\w+|shorter)\b", re.IGNORECASE
)
_UP: Final = re.compile(
    r"\b(?:higher|increas\w+|greater|more|elevated|raised?s?|longer|improv\w+|better|prolong\w+)\b", re.IGNORECASE
)
_SHARED_NOUNS: Final = {
    "agents": "agents", "drugs": "drugs", "women": "women", "men": "men",
    "groups": "group", "arms": "arm", "group": "group", "arm": "arm", "patients": "patients", "recipients": "recipients", "users": "users",
}  # fmt: skip
RATIO_NAMES: Final = {
    "hr": "hazard ratio",
    "or": "odds ratio",
    "rr": "risk ratio",
    "ahr": "adjusted hazard ratio",
    "aor": "adjusted odds ratio",
    "irr": "incidence rate ratio",
    "airr": "adjusted incidence rate ratio",
    "shr": "subdistribution hazard ratio",
}
"""The ratios that are read, by the unit that their figures carry, as they are called."""


@dataclass(frozen=True, slots=True)
class Contrast:
    """What a sentence compares in one form.

    Attributes:
        outcome: What was measured, in the words of the sentence.
        arm: The group that the first cell belongs to; of a ratio the numerator.
        comparator: The other group.
        cells: The cell of the arm and that of the comparator; of a ratio the one cell.
        kind: How a ratio was worked out (``adjusted``), or empty.
        intro: What stands before the clause and may name time or people, or empty.
        start: Where the form begins in the template.
        end: Where it ends.
    """

    outcome: str
    arm: str
    comparator: str
    cells: tuple[Cell, ...]
    kind: str
    intro: str
    start: int
    end: int


def contrasts_in(text: str, is_drug: Callable[[str], bool]) -> tuple[Template, list[Contrast]] | None:
    """Return the template of ``text`` and the contrasts read from it, or None where there are none.

    Args:
        text: Cited words of one source.
        is_drug: Tells whether a word names a drug.
    """
    template = template_of(text)
    if template is None or _NOT_SEEN.search(text):
        return None
    reader = _Reader(template, text, is_drug)
    found = [*reader.pairs(), *reader.ratios()]
    return (template, found) if found else None


class _Reader:
    """Holds what the reading of one sentence needs."""

    def __init__(self, template: Template, text: str, is_drug: Callable[[str], bool]) -> None:
        self.template = template
        self.printed = text
        self.is_drug = is_drug
        label = _LABEL.match(template.text)
        first = label.end() if label else 0
        ends = (found.end() for found in _CLAUSE.finditer(template.text))
        self.starts = [first, *(end for end in ends if end > first)]

    def pairs(self) -> Iterator[Contrast]:
        """Yield the contrasts of two values, each with the ratio that is printed beside it."""
        covered = 0
        for start in self.starts:
            if start < covered:
                continue
            for form in _PAIRS:
                found = form.match(self.template.text, start)
                pair = found and self._pair(found)
                if not found or not pair:
                    continue
                yield pair
                covered = found.end()
                beside = _RATIO_BESIDE.match(self.template.text, found.end())
                if beside:
                    yield from self._beside(pair, self.template.cells[beside["r"]], beside["kind"] or "")
                break

    def _pair(self, found: re.Match[str]) -> Contrast | None:
        arms = self._arms(found)
        if arms is None or _THIRD.match(self.template.text, found.end()):
            return None
        how = found.groupdict().get("how")
        if how is not None and (
            not _COMPARING.search(found[0][: found.end("how") - found.start()]) or _OF_TREATMENTS.search(how)
        ):
            return None
        one, other = (self.template.cells[found[name]] for name in ("v1", "v2"))
        groups = found.groupdict()
        outcome = groups.get("outcome") or f"patients who {groups['predicate']}"
        if found["average"] and found["average"].lower() not in outcome.lower():
            outcome = f"{found['average'].lower()} {outcome}"
        arm, comparator = arms
        if is_control(arm) and not is_control(comparator):
            arm, comparator, one, other = comparator, arm, other, one
        intro = self._restored(found["intro"] or "")
        return Contrast(outcome, arm, comparator, (one, other), "", intro, found.start(), found.end())

    def _beside(self, pair: Contrast, ratio: Cell, kind: str) -> Iterator[Contrast]:
        """Yield the ratio printed with two values, where it goes the way that they go."""
        one, other = (cell.figure for cell in pair.cells)
        lasting = one.metric is Metric.DURATION or "surviv" in pair.outcome.lower()
        inverse = lasting and ratio.figure.unit in {"hr", "ahr"}
        falls = one.value < other.value
        if one.value == other.value or (ratio.figure.value < 1) != (falls != inverse):
            return
        named = _NAMED_RATIO.search(self._words(ratio))
        outcome = named["outcome"] if named else pair.outcome
        yield Contrast(
            outcome, pair.arm, pair.comparator, (ratio,), kind, pair.intro, pair.start, pair.end
        )

    def ratios(self) -> Iterator[Contrast]:
        """Yield the ratios whose arms and outcome the clause or the ratio itself names."""
        for start in self.starts:
            for form in (*_RATIOS, None):
                found = (
                    form.match(self.template.text, start)
                    if form
                    else _ARMS_BEFORE.search(self.template.text, start)
                )
                one = found and self._ratio(found)
                if one:
                    yield one
                    break
        for letter, cell in self.template.cells.items():
            if cell.figure.metric is not Metric.RATIO:
                continue
            named = _NAMED_RATIO.search(self._words(cell))
            behind = _ARMS_BEHIND.match(self.template.text, self.template.text.index(letter))
            if named and (behind or named["a1"]):
                arms = self._arms(behind or named)
                at = self.template.text.index(letter)
                if arms and not is_control(arms[0]):
                    yield Contrast(named["outcome"], *arms, (cell,), "", self._intro(at), at, at + 1)

    def _ratio(self, found: re.Match[str]) -> Contrast | None:
        cell = self.template.cells[found["r"]]
        named = _NAMED_RATIO.search(self._words(cell))
        groups = found.groupdict()
        outcome = named["outcome"] if named else groups.get("outcome")
        arms = self._arms(found)
        if arms is None or is_control(arms[0]) or not outcome:
            return None
        words = found.group()
        lasting = "surviv" in words.lower() and cell.figure.unit in {"hr", "ahr"}
        down, up = (_UP, _DOWN) if lasting else (_DOWN, _UP)
        if (down.search(words) and cell.figure.value > 1) or (up.search(words) and cell.figure.value < 1):
            return None
        intro = self._restored(groups["intro"] or "") if "intro" in groups else self._intro(found.start())
        return Contrast(outcome, *arms, (cell,), groups["kind"] or "", intro, found.start(), found.end())

    def _arms(self, found: re.Match[str]) -> tuple[str, str] | None:
        groups = found.groupdict()
        printed = groups["a1"] or "", groups["a2"] or ""
        one, other = self._shared(*printed)
        if not one or not other:
            one, other = (arm_of(words, self.is_drug) for words in printed)
        return (one, other) if one and other and one.lower() != other.lower() else None

    def _shared(self, one: str, other: str) -> tuple[str, str]:
        """Return two arms that share their last word: ``the early and late surgery groups``."""
        lead = re.fullmatch(r"(?:the\s)?(group|arm)s?\s([A-Z0-9]\w{0,3})", one, re.IGNORECASE)
        if lead and re.fullmatch(r"[A-Z0-9]\w{0,3}", other):
            return f"{lead[1].lower()} {lead[2]}", f"{lead[1].lower()} {other}"
        last = other.split()[-1] if other.split() else ""
        noun = _SHARED_NOUNS.get(last.lower())
        if noun is None or names_people(one):
            return "", ""
        named = [arm_of(f"{words} {noun}", self.is_drug) for words in (one, " ".join(other.split()[:-1]))]
        return named[0], named[1]

    def _intro(self, at: int) -> str:
        """Return what introduces the clause that ``at`` stands in."""
        start = max(start for start in self.starts if start <= max(at, self.starts[0]))
        found = _INTRODUCED.match(self.template.text, start)
        return self._restored(found["intro"] or "") if found and found.end() <= at else ""

    def _restored(self, words: str) -> str:
        """Return words of the template as they are printed."""
        cells = self.template.cells
        return re.sub(CELL, lambda found: self.printed[cells[found.group()].start : cells[found.group()].end], words)

    def _words(self, cell: Cell) -> str:
        return self.printed[cell.figure.start : cell.figure.end]
