"""What a sentence is about: mechanism, dose, safety, survival and so on.

A section's own label decides where it says so ("Mechanism of action", "Adverse reactions"); otherwise
the words of the sentence do, each facet by its cues, strongest first.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from osler.model.question import Facet
from osler.text.normalise import fold

LABELS: Final[tuple[tuple[re.Pattern[str], Facet], ...]] = tuple(
    (re.compile(pattern), facet)
    for pattern, facet in (
        (r"mechanism|pharmacodynamic|mode of action|pathogenesis|pathophysiology", Facet.MECHANISM),
        (r"pharmacokinetic|clinical pharmacology", Facet.KINETICS),
        (r"dosing|dosage|posology", Facet.DOSE),
        (r"^administration|method of administration", Facet.ADMINISTRATION),
        (
            r"adverse|safety|warning|precaution|contraindication|harms|undesirable|interaction",
            Facet.SAFETY,
        ),
        (r"^indications?\b|therapeutic indication|licen[cs]", Facet.LICENCE),
        (r"^efficacy", Facet.EFFICACY),
        (r"^survival|^mortality", Facet.SURVIVAL),
        (r"^relapse", Facet.RELAPSE),
        (r"^diagnos", Facet.DIAGNOSIS),
        (r"^recommendation", Facet.RECOMMENDATION),
    )
)

CUES: Final[tuple[tuple[Facet, re.Pattern[str]], ...]] = tuple(
    (facet, re.compile(pattern))
    for facet, pattern in (
        (
            Facet.LICENCE,
            r"\boff-?[ -]?(?:label|licen[cs]e)\b|\bun?licen[cs]ed\b|\blicen[cs]ed (?:for"
            r"|indications?|use)\b"
            r"|\bindicated for\b|\b(?:us|uk|eu|licensed|labell?ed) indications?\b"
            r"|\bmarketing authori[sz]ation\b"
            r"|\bapproved (?:for|by|in)\b|\bnot among (?:the|its|them)\b.{0,40}\bindications?\b",
        ),
        (
            Facet.DEFINITION,
            r"^(?:\w[\w(), /-]{2,80}?) (?:is|are) (?:an?|the) (?:\w+[ ,-]){0,4}(?:syndrome|disease"
            r"|disorder|condition"
            r"|state|drug|agent|antibody|protein|antagonist|inhibitor|form|type|class|group|score"
            r"|test)\b"
            r"|^(?:\w[\w(), /-]{2,80}?) (?:is|are) (?:an?|the (?:medical )?name"
            r"|one of the) (?:\w+[ ,-]){0,4}"
            r"(?:inflammation|infection|illness|cancer|tumou?r|symptom|virus|bacterium|bacteria|germ"
            r"|name"
            r"|medicine|medication|vaccine|vitamin|hormone|problem|injury|rash|allergy)\b"
            r"|^(?:\w[\w(), /-]{2,80}?) (?:is|are) (?:\w+ )?(?:inflammation|infections?|swelling"
            r"|irritation|loss"
            r"|bleeding|pain|cancer) (?:of|in|that|caused)\b"
            r"|\b(?:is|are) (?:defined as|characteri[sz]ed by|a term|marked by|termed)\b"
            r"|\brefers? to\b",
        ),
        (
            Facet.MONITORING,
            r"\bmonitor(?:ed|ing|s)?\b|\b(?:counts?|counted|checked|measured|tested|screened"
            r"|screening|followed)\b"
            r".{0,60}\b(?:before|monthly|weekly|daily|quarter\w*|every (?:\w+ )?(?:days?|weeks?"
            r"|months?)|at baseline"
            r"|regularly|during (?:treatment|therapy))\b",
        ),
        (
            Facet.MECHANISM,
            r"\bmechanisms?\b|\bantagoni[sz]\w+\b|\bagonist\w*\b|\bblock(?:s|ing|ade)\b"
            r"|\binhibits\b|\bbinds?\b"
            r"|\bbinding (?:to|of)\b|\bcompet(?:es|ing|itive\w*)\b|\bsignal\w*\b|\bpathways?\b"
            r"|\breceptors?\b"
            r"|\bpathogen(?:esis|ic)\b|\bmediat(?:es|ed|or|ors)\b|\bdriven by\b|\bactivat(?:es"
            r"|ion of)\b"
            r"|\bneutrali[sz]\w+\b|\bsuppress(?:es|ion of)\b|\bcytokines?\b.{0,40}\b(?:caus|driv"
            r"|lead)\w*\b",
        ),
        (
            Facet.KINETICS,
            r"\bhalf-?[ -]?li(?:fe|ves)\b|\bbioavailab\w+\b|\bclearance\b(?! of (?:virus|infection))"
            r"|\bpharmacokinetic\w*\b|\bauc\b|\bcmax\b|\btmax\b|\belimination\b"
            r"|\bvolume of distribution\b"
            r"|\bplasma (?:level|concentration)s?\b|\bdialy[sz]is removed\b",
        ),
        (
            Facet.DOSE,
            r"\b\d[\d.,]*(?:\s?[-–to]+\s?\d[\d.,]*)?\s?(?:mg|mcg|g|iu|units?|ml)(?:/(?:kg|m2|m\^2"
            r"|day|d|h|hour))+"
            r"|\b\d[\d.,]* ?(?:mg|mcg|g|units?)\b.{0,25}\b(?:daily|once|twice|every|per day|a day"
            r"|q\d+h|bid|tid)\b"
            r"|\bdos(?:e|es|age|ing)\b",
        ),
        (
            Facet.ADMINISTRATION,
            r"\bintraven\w+\b|\bsubcutan\w+\b|\binfusion\w*\b|\broute\b|\boral(?:ly)?\b"
            r"|\bwas begun\b|\bfirst-line\b",
        ),
        (
            Facet.SAFETY,
            r"\badverse\b|\bside[- ]effects?\b|\bsafe(?:ty|ly)?\b|\btoxicit\w+\b|\btolerat\w+\b"
            r"|\btolerabil\w+\b"
            r"|\bcontraindicat\w+\b|\bneutropenia\b|\binjection[- ]site\b|\bserious infections?\b"
            r"|\bhypersensitiv\w+\b"
            r"|\banaphyla\w+\b|\bdiscontinu\w+\b.{0,30}\b(?:because|due)\b|\bhepatotoxic\w*\b",
        ),
        (
            Facet.RECOMMENDATION,
            r"\brecommend\w*\b|\bguidelines?\b|\bshould be\b|\bis advised\b|\bpreferred\b"
            r"|\bsuggests? (?:using|that)\b"
            r"|\bfirst-line\b|\btask force\b|\bconsensus\b",
        ),
        (
            Facet.SURVIVAL,
            r"\bsurviv\w+\b|\bmortality\b|\bdeaths?\b|\bdied\b|\bfatal\w*\b|\balive\b|\bprognos\w+\b",
        ),
        (
            Facet.RELAPSE,
            r"\brelaps\w+\b|\brecurr\w+\b|\bflares?\b|\breactivation\b|\bc[ao]m(?:es?|ing) back\b",
        ),
        (
            Facet.DIAGNOSIS,
            r"\bdiagnos\w+\b|\bcriteria\b|\bsensitivity\b|\bspecificity\b|\bcut-?offs?\b"
            r"|\bferritin\b|\bh-?score\b"
            r"|\bclassif\w+\b|\bscd25\b|\bbiomarkers?\b",
        ),
        (
            Facet.EFFICACY,
            r"\beffective\w*\b|\befficac\w+\b|\brespon(?:se|ses|ded|ders?)\b|\bremission\b"
            r"|\bimprov\w+\b"
            r"|\bsignificant(?:ly)?\b|\breduc\w+\b|\bsuccessful\w*\b|\bfailed\b|\bresol\w+\b"
            r"|\bbenefit\w*\b"
            r"|\bno (?:difference|effect|benefit)\b|\bcontrolled\b"
            r"|\b(?:low|moderate|high)[- ]certainty\b",
        ),
    )
)


SAID_IN_PASSING: Final = frozenset({Facet.LICENCE, Facet.DEFINITION, Facet.MONITORING})
"""Facets that a sentence may be on under any label, and then leads with."""


@lru_cache(maxsize=4096)
def facet_of_label(label: str) -> Facet | None:
    """Return the facet that a section label or heading names, or None."""
    folded = fold(label)
    return next((facet for pattern, facet in LABELS if pattern.search(folded)), None)


def facets_of(sentence: str, *, label: str = "") -> tuple[Facet, ...]:
    """Return the facets of ``sentence``, the leading one first; empty when none is cued.

    A label decides, but a licence, a definition or a check to be made is one under any label, since
    these are stated in passing.
    """
    folded = fold(sentence)
    found = [facet for facet, cue in CUES if cue.search(folded)]
    labelled = facet_of_label(label) if label else None
    if labelled is None:
        return tuple(found)
    aside = [facet for facet in found if facet in SAID_IN_PASSING and facet is not labelled]
    given = (Facet.DOSE,) if labelled is not Facet.DOSE and _RATE_OF_DOSE.search(folded) else ()
    return (*aside, labelled, *given)


_RATE_OF_DOSE: Final = re.compile(r"\d ?(?:mg|mcg|g|units?)/(?:kg|day|d\b|h\b|hour|m2)")
_FIGURE_OF_DOSE: Final = re.compile(r"\d ?(?:mg|mcg|µg|g|iu|units?|ml)\b")


def speaks_on(sentence: str, facets: tuple[Facet, ...]) -> bool:
    """Tell whether the words of ``sentence`` itself speak on one of ``facets``, whatever its label.

    On doses only a sentence with an amount does.
    """
    folded = fold(sentence)
    if Facet.DOSE in facets:
        return bool(_FIGURE_OF_DOSE.search(folded))
    return any(cue.search(folded) for facet, cue in CUES if facet in facets)
