"""Section labels as journals print them, and the role each one gives its section."""

from __future__ import annotations

import re

from osler.model.passage import Role
from osler.text.lists import phrases

_PRINTED: dict[Role, str] = {
    Role.BACKGROUND: """
        background; background and context; clinical relevance; context; data; importance
        introduction; purpose of review; rationale; significance; what is known
    """,
    Role.OBJECTIVE: """
        aim; aim of the study; aims; aims and objectives; background & aims; background and aim
        background and aims; background and objective; background and objectives
        background and purpose; background/aim; background/aims; background/objectives; goal; goals
        hypothesis; introduction and objectives; objective; objective(s); objectives; purpose
        purpose of the study; question; research question; study design; study objective
        study objectives
    """,
    Role.METHODS: """
        animals; data collection and analysis; data extraction; data source; data sources
        data synthesis methods; design; design and methods; design and setting
        design, setting and participants; design, setting, and participants; design/methods
        eligibility criteria; experimental approach; experimental design; exposure; exposures
        intervention; interventions; main outcome; main outcome measure; main outcome measures
        main outcomes and measures; material and methods; materials; materials & methods
        materials and methods; measurements; measures; method; methodology; methods
        methods and analysis; methods/design; outcome measures; participants; patients
        patients and methods; patients/methods; primary and secondary outcome measures
        primary outcome; procedure; procedures; research design and methods; sample; search methods
        search strategy; selection criteria; setting; setting and participants; statistical analysis
        study design and setting; study population; study selection; subjects; subjects and methods
        subjects/methods; trial design
    """,
    Role.RESULTS: """
        case; case presentation; case report; case reports; data synthesis; evidence synthesis
        findings; key findings; key results; main results; measurements and main results
        methodology/principal findings; methods and findings; methods and results; observations
        outcomes; principal findings; recent findings; result; results; results and discussion
        results and limitations
    """,
    Role.CONCLUSIONS: """
        authors' conclusions; clinical implications; comment; conclusion
        conclusion and clinical relevance; conclusion and relevance; conclusion/interpretation
        conclusions; conclusions and clinical relevance; conclusions and implications
        conclusions and relevance; conclusions/interpretation; conclusions/significance; discussion
        discussion and conclusion; discussion and conclusions; discussion/conclusion; implications
        interpretation; limitations; main conclusions; novelty and significance; patient summary
        reviewers' conclusions; significance and impact; summary; take home message
    """,
    Role.RECOMMENDATION: """
        practice points; recommendation; recommendation statement; recommendations
    """,
    Role.TABLE: """
        classification of evidence; clinical trial registration; clinical trial registration number
        clinicaltrials; competing interests; conflict of interest; financial disclosure
        financial disclosure(s); funding; key words; keywords; level of evidence; mesh; pmid
        registration; source of funding; trial registration; trial registration number
        trial registry; ukcrn id
    """,
}
_ROLES: dict[str, Role] = {
    label: role for role, printed in _PRINTED.items() for label in phrases(printed)
}


def role_of_label(label: str) -> Role | None:
    """Return the role of a section printed under ``label``, or None for a label not known."""
    return _ROLES.get(" ".join(label.lower().replace("<", " ").replace(">", " ").split()).strip(" :."))


# "RESULTS: …", "Results:Two …", "OBJECTIVE To measure …", "ConclusionsThis …", "Conclusion IC plus …".
_AT_START = re.compile(
    r"\s*(?:(?:ABSTRACT|Abstract)\s+)?(?:<\w+>|\*\*)?(?:"
    r"(?P<colon>[A-Z][A-Za-z &/,'-]{2,45}?)\s*:(?:</\w+>|\*\*)?"
    r"|(?P<capitals>[A-Z]{3,}(?: [A-Z]{2,}){0,3})(?=\s[A-Z][a-z])"
    r"|(?P<joined>Background|Introduction|Objectives?|Aims?|Purpose|Methods?|Design|Setting|Participants"
    r"|Interventions?|Results|Findings|Conclusions?|Discussion|Interpretation|Funding"
    r"|Trial registration(?: number)?)(?=[A-Z0-9]|\s[A-Z][A-Za-z]*\s)"
    r")\s*"
)


def label_at_start(sentence: str) -> tuple[Role, int] | None:
    """Return the role of a label printed at the start of ``sentence``, and where the rest begins.

    A label is metadata of the text, not a word of its first sentence. None where there is none.
    """
    found = _AT_START.match(sentence)
    role = role_of_label(found.group(found.lastgroup or 0)) if found else None
    return (role, found.end()) if found and role else None
