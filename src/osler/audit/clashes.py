"""Claims of one text that cannot both hold: other figures for the same thing, or the opposite of it.

Precision first: two claims clash only where they speak of the same drug, of the same people, at the
same time, by the same kind of figure. What merely differs is left alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations
from typing import Final

from osler.audit.claims import Sentence
from osler.audit.verdicts import Clash
from osler.model.figure import Figure, Metric
from osler.text.drug_names import drugs_in
from osler.text.figures import canonical_unit, same_value
from osler.text.outcomes import outcomes_in, time_points_in
from osler.text.people import Group, groups_in
from osler.verify.figures import figures_of
from osler.verify.signs import opposes
from osler.verify.wording import share, subject_tokens

_SINGLE: Final = frozenset(
    {"half-life", "bioavailability", "survival", "mortality", "relapse", "remission", "response",
     "cumulative incidence", "sensitivity", "specificity", "clearance", "incidence"}
)  # fmt: skip
_STAGE: Final = re.compile(
    r"\b(?:start\w*|initial\w*|maint\w+|maximum|maximal|at most|up to|load\w*|bolus|refractory"
    r"|severe\w*|critical\w*"
    r"|moderate\w*|mild|subcutaneous\w*|intravenous\w*|oral\w*|renal|dialysis|first|last|low|high"
    r"|increased|licensed"
    r"|escalat\w+|tapered?|infusion|continuous)\b",
    re.IGNORECASE,
)
_NAME: Final = re.compile(r"\b(?=[A-Z0-9-]*[A-Z]{2})[A-Z][A-Z0-9]+(?:-[A-Z0-9]+)*\b")
_DISEASE: Final = re.compile(
    r"\b(?:rheumatoid arthritis|still['’]s disease|covid-19|sepsis|macrophage activation syndrome"
    r"|h(?:a)?emophagocytic lymphohistiocytosis|cytokine release syndrome|[a-z]+(?:itis|emia"
    r"|aemia|oma|osis))\b",
    re.IGNORECASE,
)
_SPELT: Final = {
    "macrophage activation syndrome": "mas", "hemophagocytic lymphohistiocytosis": "hlh",
    "haemophagocytic lymphohistiocytosis": "hlh", "cytokine release syndrome": "crs",
    "rheumatoid arthritis": "ra",
}  # fmt: skip
_NO_DISEASE: Final = frozenset(
    {
        "diagnosis",
        "prognosis",
        "ratio",
        "basis",
        "analysis",
        "dosis",
        "sc",
        "iv",
        "us",
        "uk",
        "eu",
        "fda",
    }
)
_LICENSED: Final = re.compile(
    r"\b(?:(?:is|are|was|were|been) (?:\w+ )?(?:approved|licensed|indicated)|(?:FDA|EMA)[- ]approved)\b",
    re.IGNORECASE,
)
_OFF_LABEL: Final = re.compile(
    r"\boff[- ]label\b|\bunlicensed\b|\b(?:not|never|neither) (?:\w+ )?(?:approved|licensed|indicated)\b"
    r"|\bnot among the (?:\w+ )?(?:approved|licensed) indications\b",
    re.IGNORECASE,
)
_LEAST_SHARED: Final = 0.8


@dataclass(frozen=True, slots=True)
class _About:
    """What a claim speaks of, as far as two claims must agree in it to clash."""

    drugs: frozenset[str]
    diseases: frozenset[str]
    groups: frozenset[Group]
    stages: frozenset[str]
    times: frozenset[tuple[int, str]]


def find_clashes(sentences: Sequence[Sentence]) -> list[Clash]:
    """Return the pairs of claims that contradict each other, in the order of the text."""
    claims = [sentence for sentence in sentences if sentence.is_claim]
    topics = _topics(claims)
    found = []
    for one, other in combinations(claims, 2):
        clash = next(_clashes(one, topics[one.n], other, topics[other.n]), None)
        if clash is not None:
            found.append(Clash(clash[0], (one.n, other.n), clash[1]))
    return found


def _topics(claims: Sequence[Sentence]) -> dict[int, _About]:
    """Return what each claim is about; the heading or the claim before tells a drug it does not name."""
    topics: dict[int, _About] = {}
    before: frozenset[str] = frozenset()
    for claim in claims:
        text = claim.judged
        drugs = (
            drugs_in(text) or drugs_in(claim.heading) or (before if len(before) == 1 else frozenset())
        )
        before = drugs
        topics[claim.n] = _About(
            drugs,
            _diseases(text),
            groups_in(text),
            frozenset(found.lower()[:7] for found in _STAGE.findall(text)),
            frozenset(time[:2] for time in time_points_in(text)),
        )
    return topics


@lru_cache(maxsize=4096)
def _diseases(text: str) -> frozenset[str]:
    found = {name.lower() for name in (*_NAME.findall(text), *_DISEASE.findall(text))}
    return frozenset(_SPELT.get(name, name) for name in found - _NO_DISEASE)


def _clashes(one: Sentence, ours: _About, other: Sentence, theirs: _About) -> Iterator[tuple[str, str]]:
    if ours.drugs != theirs.drugs or (
        ours.diseases and theirs.diseases and not ours.diseases & theirs.diseases
    ):
        return
    licence = _licence(one.judged, ours, other.judged, theirs)
    if licence:
        yield licence
    if ours.groups != theirs.groups:
        return
    opposite = _opposite(one.judged, other.judged)
    if opposite:
        yield opposite
    if ours.stages == theirs.stages:
        yield from _doses(one.judged, ours, other.judged)
        if ours.times == theirs.times and ours.diseases == theirs.diseases:
            yield from _outcomes(one.judged, ours, other.judged)


def _named(about: _About) -> str:
    return " and ".join(sorted(about.drugs)) or "the same subject"


def _licence(one: str, ours: _About, other: str, theirs: _About) -> tuple[str, str] | None:
    shared = ours.diseases & theirs.diseases
    if not ours.drugs or not shared:
        return None
    for licensed, off in ((one, other), (other, one)):
        is_clear = _LICENSED.search(licensed) and not _OFF_LABEL.search(licensed)
        if is_clear and _OFF_LABEL.search(off):
            disease = sorted(shared)[0].upper()
            return f"licence of {_named(ours)} in {disease}", "one says licensed, the other off-label"
    return None


def _opposite(one: str, other: str) -> tuple[str, str] | None:
    if figures_of(one) or figures_of(other):
        return None
    if min(share(one, other), share(other, one)) < _LEAST_SHARED or not opposes(one, other):
        return None
    words = [one[t.start : t.end] for t in subject_tokens(one)]
    return " ".join(words[:4]), "they say the opposite of the same thing"


def _doses(one: str, about: _About, other: str) -> Iterator[tuple[str, str]]:
    if not about.drugs:
        return
    for mine in _doses_in(one):
        rivals = [
            dose for dose in _doses_in(other) if canonical_unit(dose.unit) == canonical_unit(mine.unit)
        ]
        if not rivals or any(_agree(mine, rival) for rival in rivals):
            continue
        if any(_agree(own, rival) for own in _doses_in(one) for rival in rivals):
            continue
        unit = canonical_unit(mine.unit)
        shown = f"{one[mine.start : mine.end]!r} against {other[rivals[0].start : rivals[0].end]!r}"
        yield (
            f"dose of {_named(about)} in {unit}",
            f"{shown}, for the same people as far as the text says",
        )


def _doses_in(text: str) -> list[Figure]:
    doses = [
        f for f in figures_of(text) if f.metric is Metric.DOSE or f.unit.startswith(("mg/kg", "µg/kg"))
    ]
    return [
        dose for dose in doses if not re.search(r"max\w*\W+(?:\w+\W+){0,2}$", text[: dose.start], re.I)
    ]


def _agree(one: Figure, other: Figure) -> bool:
    """Tell whether two doses are the same, or one lies within the other."""
    if same_value(one, other):
        return True
    ours, theirs = (one.value, one.high or one.value), (other.value, other.high or other.value)
    within = ours[0] >= theirs[0] and ours[1] <= theirs[1]
    return within or (theirs[0] >= ours[0] and theirs[1] <= ours[1])


def _outcomes(one: str, about: _About, other: str) -> Iterator[tuple[str, str]]:
    shared = outcomes_in(one) & outcomes_in(other) & _SINGLE
    if len(outcomes_in(one)) != 1 or len(outcomes_in(other)) != 1 or not shared:
        return
    mine, theirs = _single(one), _single(other)
    if mine is None or theirs is None or same_value(mine, theirs) or _agree(mine, theirs):
        return
    if canonical_unit(mine.unit) != canonical_unit(theirs.unit):
        return
    if not about.drugs and share(one, other) < _LEAST_SHARED:
        return
    outcome = sorted(shared)[0]
    shown = f"{one[mine.start : mine.end]!r} against {other[theirs.start : theirs.end]!r}"
    yield (
        f"{outcome} ({_named(about)})",
        f"{shown}, with the same people and time as far as the text says",
    )


def _single(text: str) -> Figure | None:
    """Return the only finding of ``text``, a percentage or a measured time; None if there are more."""
    found = [f for f in figures_of(text) if f.metric in {Metric.PERCENT, Metric.QUANTITY}]
    if not found and "half-life" in outcomes_in(text):
        found = [f for f in figures_of(text) if f.metric is Metric.DURATION]
    return found[0] if len(found) == 1 else None
