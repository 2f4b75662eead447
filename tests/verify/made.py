"""Invented sources and passages: drugs, genes and figures here exist nowhere."""

from __future__ import annotations

from osler.model.citation import Citation, cite
from osler.model.passage import Passage, Role, Section
from osler.model.question import Concept, ConceptRole, Question, QuestionKind
from osler.model.source import Design, Kind, Source
from osler.model.verdict import Verdict
from osler.verify.gate import judge_written

DRUG = Concept("zelokinra", ConceptRole.INTERVENTION, ("zelokinra",))
CONDITION = Concept(
    "HLH", ConceptRole.CONDITION, ("hlh", "hemophagocytic lymphohistiocytosis", "hlh syndrome")
)
QUESTION = Question(
    "Does zelokinra work in HLH?",
    "zelokinra hlh effect",
    (QuestionKind.EFFECT,),
    concepts=(DRUG, CONDITION),
)


def make_source(key: str = "made:1", *, title: str = "An invented study", **fields: object) -> Source:
    values: dict[str, object] = {"kind": Kind.RESEARCH, "design": Design.COHORT, "title": title}
    return Source(key=key, **(values | fields))  # type: ignore[arg-type]


def make_passage(
    source: Source, text: str, *, role: Role | None = None, version: str = "ver_1"
) -> Passage:
    sections = (Section("", role, 0, len(text)),) if role else ()
    return Passage(source=source.id, version=version, ordinal=0, text=text, sections=sections)


def quote(passage: Passage, words: str) -> Citation:
    start = passage.text.index(words)
    return cite(passage, start, start + len(words))


def judge(statement: str, evidence: str, *, title: str = "An invented study") -> Verdict:
    """Return the verdict on ``statement`` written from ``evidence``, which is cited whole."""
    source = make_source(title=title)
    passage = make_passage(source, evidence, role=Role.RESULTS)
    return judge_written(
        statement,
        (cite(passage, 0, len(evidence)),),
        passages={passage.id: passage},
        sources={source.id: source},
    )


def refused_by(verdict: Verdict) -> set[str]:
    return {check.check for check in verdict.failures}
