"""The words in which every surface tells of an answer: terminal, web page and exports say the same.

Takes the plain values of the public contract; holds no markup and no styling.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any, Final

Document = Mapping[str, Any]

TIERS: Final[Mapping[str, str]] = {
    "guideline": "From the guidelines",
    "label": "From the drug label",
    "research": "From the research",
}
STATUSES: Final[Mapping[str, str]] = {
    "answered": "",
    "partial": "Answered in part",
    "abstained": "Not answered: nothing in the library answers this",
    "needs_clarification": "Please say a little more",
    "false_premise": "The question rests on something the evidence does not support",
    "emergency": "This may be an emergency: call your local emergency number now",
    "not_clinical": "Not a clinical question",
}
QUOTES: Final = "extractive"
"""Writer of an answer that no model had a part in."""
WITHOUT_TIERS: Final = frozenset({"abstained", "needs_clarification", "not_clinical", "emergency"})
NOT_SEARCHED: Final = frozenset({"needs_clarification", "not_clinical", "emergency"})
FLAGS: Final[Mapping[str, str]] = {
    "off_label": "Off-label use",
    "retracted": "Rests on a retracted source",
    "corrected": "Rests on a source that was corrected since",
    "animal": "Animal or laboratory evidence only",
    "unlicensed_route": "A route that the drug label does not give",
}
SUPPORTS: Final[Mapping[str, str]] = {"supported": "supported", "weak": "weak", "not_found": "not found"}
TOPICS: Final[Mapping[str, str]] = {
    "harms": "harms",
    "contraindications": "contraindications",
    "licence": "licence status",
    "counter_evidence": "evidence against, failures",
    "benchmarks": "what happens without it",
}
TIER_PART: Final = "statement on this question"
"""How a part that stands at its tier's own heading ends."""
_BRACKETS: Final = re.compile(r" ?\[[^\[\]]*\]")


def name_of_topic(topic: str) -> str:
    """Return a topic that stands beneath an answer, in words."""
    return TOPICS.get(topic, topic.replace("_", " "))


def name_of_flag(flag: str) -> str:
    """Return what an answer is marked with (``off_label:US``) in words."""
    name, _, place = flag.partition(":")
    words = FLAGS.get(name, name.replace("_", " ").capitalize())
    return f"{words} ({place})" if place else words


def counted(number: int, thing: str) -> str:
    """Return ``1 source``, ``2 sources``."""
    return f"{number} {thing}{'' if number == 1 else 's'}"


def found_beneath(entry: Document) -> str:
    """Return how much was found on a topic that stands beneath an answer, or that nothing was."""
    if not entry["statements"]:
        return "not found"
    statements = counted(len(entry["statements"]), "statement")
    return f"{statements} from {counted(int(entry['sources']), 'source')}"


def certainty_in_words(certainty: Document | None, *, why: bool = False) -> str:
    """Return the certainty in a few words; what it rests on only where that was asked for."""
    if not certainty:
        return ""
    label = f"{certainty['level'].replace('_', ' ')} certainty"
    basis = str(certainty["basis"])
    if why:
        return f"{label} ({basis})"
    return f"{label} ({'provisional' if basis.startswith('provisional:') else basis.partition(',')[0]})"


def is_in_its_words(statement: Document) -> bool:
    """Tell whether what is printed is the statement's text, with no more than brackets added."""
    plain = statement.get("plain") or statement["text"]
    return _BRACKETS.sub("", plain) == _BRACKETS.sub("", statement["text"])


def statements_of(answer: Document) -> Iterable[Document]:
    """Yield the bottom line and the statements of every section, in order."""
    if answer["bottom_line"]:
        yield answer["bottom_line"]
    for section in answer["sections"]:
        yield from section["statements"]


def written_by(answer: Document) -> str:
    """Return whose the sentences are that are marked as written, in words; empty where none is."""
    beneath = (one for topic in answer.get("beneath") or () for one in topic["statements"])
    if all(one["made"] != "written" for one in (*statements_of(answer), *beneath)):
        return ""
    writer = answer["engine"]["writer"]
    return "the editorial desk's" if writer == QUOTES else f"a language model's ({writer})"


def searched_tiers(answer: Document) -> list[str]:
    """Return the kinds of evidence that were looked for, in the order in which they are printed."""
    filters = answer["library"]["searched"]["filters"]
    wanted = set(filters["tier"].split(", ")) if filters.get("tier") else set(TIERS)
    present = {section["tier"] for section in answer["sections"]}
    return [tier for tier in TIERS if tier in wanted | present]


def open_parts(answer: Document) -> list[Document]:
    """Return the parts of a question whose support is worth telling: none where one is all supported.

    That a tier gave nothing stands at the tier's own heading.
    """
    parts = [part for part in answer["parts"] if not part["part"].endswith(TIER_PART)]
    worth = len(parts) > 1 or (parts and parts[0]["support"] != "supported")
    return parts if worth else []


def searched_line(answer: Document) -> str:
    """Return what was looked for, how much was found, and what limited it."""
    searched = answer["library"]["searched"]
    limits = {key: value for key, value in searched["filters"].items() if value != "public"}
    filters = ", ".join(f"{key} {value}" for key, value in limits.items())
    limited = f"; limited to {filters}" if filters else ""
    return f"{searched['query']} ({counted(searched['hits'], 'passage')}{limited})"
