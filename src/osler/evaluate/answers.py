"""Answers, measured: what they state of what they should, whether each sentence is proved, abstentions.

Asks the library that is open; what it holds decides what can be answered, so its snapshot is in the run.
A nugget counts as stated when one statement holds most of its content words. That is counted by words,
so that anyone gets the same figure without a model; it sees neither negation nor a changed number, and
compares two runs better than it grades one.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any, Final

from osler.errors import OslerError
from osler.evaluate.datasets import NuggetQuestion, load_nuggets
from osler.evaluate.measures import mean, time_summary
from osler.evaluate.rouge import best_of, rouge_l, rouge_n, rouge_su
from osler.evaluate.run import Item, LibraryFacts, Run, RunKind, this_machine, versions_of
from osler.evaluate.stances import label_of, stance_scores
from osler.ids import sha256_text
from osler.model.answer import AnswerStatus
from osler.service.ask import ask
from osler.service.wiring import Desk
from osler.text.normalise import content_words

THRESHOLD: Final = 0.6
ANSWERED: Final = frozenset({AnswerStatus.ANSWERED, AnswerStatus.PARTIAL, AnswerStatus.FALSE_PREMISE})
PASSED: Final = "passed"
ROUGE: Final = ("rouge2_recall", "rouge2_f1", "rouge_su4_recall", "rouge_su4_f1", "rouge_l_f1")

Progress = Callable[[int, int | None, str], None]
Document = dict[str, Any]


def evaluate_answers(
    desk: Desk, file: Path, *, threshold: float = THRESHOLD, progress: Progress | None = None
) -> Run:
    """Return the run of ``service.ask`` on the questions with nuggets in ``file``.

    Args:
        desk: The library that is asked.
        file: JSON lines ``{"question", "nuggets": [{"text", "must"}], "sources": [ids]}``, and where
            they are known ``"ideal": [texts]`` and ``"stance"``.
        threshold: Share of a nugget's content words that one statement must hold, above 0 to 1.
        progress: Told how many questions are done.

    Raises:
        InputError: The file holds no set that can be used.
        ValueError: The threshold is out of its range.
    """
    if not 0 < threshold <= 1:
        raise ValueError("the threshold is a share above 0, at most 1")
    origin, questions = load_nuggets(file)
    begun, started = time.perf_counter(), desk.now().isoformat(timespec="seconds")
    items = []
    for number, entry in enumerate(questions, start=1):
        items.append(_measure(desk, entry, number, threshold))
        if progress is not None:
            progress(number, len(questions), "questions")
    return Run(
        kind=RunKind.ANSWERS,
        system="osler",
        dataset=origin,
        settings={"threshold": threshold, "reader": "clinician"},
        versions=versions_of("tantivy"),
        machine=this_machine(),
        library=LibraryFacts(desk.store.snapshot(), desk.store.count_sources(), desk.index.size),
        started=started,
        seconds=round(time.perf_counter() - begun, 3),
        summary=summarise(items),
        items=tuple(items),
        notes=tuple(
            f"question {item.id} could not be asked: {item.fault}" for item in items if item.fault
        ),
    )


def summarise(items: list[Item]) -> dict[str, float]:
    """Return the figures over all questions.

    Recall is the mean over questions, an abstention counting 0; ``…_when_answered`` leaves abstentions
    out. The unsupported share is one of all statements printed, not a mean over questions.
    """
    asked = [item for item in items if not item.fault]
    answered = [item for item in asked if item.detail["status"] in ANSWERED]
    printed = sum(int(item.detail["statements"]) for item in asked)
    unsupported = sum(len(item.detail["unsupported"]) for item in asked)
    figures = {
        "questions": len(asked),
        "abstentions": len(asked) - len(answered),
        "statements": printed,
        "unsupported_statements": unsupported,
        "unsupported_share": unsupported / printed if printed else 0.0,
    }
    for name in ("nugget_recall", "must_recall", "source_recall", *ROUGE):
        known = [item.values[name] for item in asked if name in item.values]
        if known:
            figures[name] = mean(known)
            figures[f"{name}_when_answered"] = mean(
                [i.values[name] for i in answered if name in i.values]
            )
    figures |= stance_scores(
        [(i.detail["stance_gold"], i.detail["stance_said"]) for i in asked if "stance_gold" in i.detail]
    )
    if asked:
        figures |= time_summary("ask", [item.values["ask_ms"] for item in asked])
    return {name: round(value, 6) for name, value in figures.items()}


def _measure(desk: Desk, entry: NuggetQuestion, number: int, threshold: float) -> Item:
    begun = time.perf_counter()
    try:
        answer = ask(desk, entry.question).document["answer"]
    except OslerError as fault:
        return Item(str(number), entry.question, {}, {}, f"{fault.code}: {fault.message}")
    milliseconds = (time.perf_counter() - begun) * 1000
    statements = list(statements_of(answer))
    texts = [f"{statement['lead']} {statement['text']}" for statement in statements]
    stated = [states(nugget.text, texts, threshold=threshold) for nugget in entry.nuggets]
    must = [hit for hit, nugget in zip(stated, entry.nuggets, strict=True) if nugget.must]
    unsupported = [s["id"] for s in statements if not is_supported(desk, s)]
    values = {"unsupported": float(len(unsupported)), "ask_ms": round(milliseconds, 3)}
    if stated:
        values["nugget_recall"] = mean([float(hit) for hit in stated])
    if must:
        values["must_recall"] = mean([float(hit) for hit in must])
    if entry.sources:
        cited = [is_cited(source, answer["references"]) for source in entry.sources]
        values["source_recall"] = mean([float(hit) for hit in cited])
    if entry.ideal:
        values |= rouge_values(" ".join(s["text"] for s in statements), entry.ideal)
    missed = [nugget.text for hit, nugget in zip(stated, entry.nuggets, strict=True) if not hit]
    detail = {
        "answer": answer["id"],
        "status": answer["status"],
        "statements": len(statements),
        "unsupported": unsupported,
        "missed": missed,
    }
    if entry.stance is not None:
        said = label_of(answer["stance"])
        detail |= {"stance_gold": entry.stance, "stance_said": said}
        values["stance_right"] = float(said == entry.stance)
    return Item(str(number), entry.question, values, detail)


def rouge_values(text: str, ideals: Sequence[str]) -> dict[str, float]:
    """Return the overlap of a printed answer with the nearest of the experts' ideal answers.

    Recall tells how much of the ideal answer is there, F1 also whether much else is. An abstention
    counts 0.
    """
    two = best_of(lambda ours, ideal: rouge_n(ours, ideal, n=2), text, ideals)
    pairs = best_of(rouge_su, text, ideals)
    longest = best_of(rouge_l, text, ideals)
    found = (two.recall, two.f1, pairs.recall, pairs.f1, longest.f1)
    return {name: round(value, 6) for name, value in zip(ROUGE, found, strict=True)}


def statements_of(answer: Document) -> Iterator[Document]:
    """Yield every printed statement of an answer document, the bottom line first."""
    if answer["bottom_line"]:
        yield answer["bottom_line"]
    for section in answer["sections"]:
        yield from section["statements"]


def states(nugget: str, texts: list[str], *, threshold: float) -> bool:
    """Tell whether one of ``texts`` holds at least ``threshold`` of the content words of ``nugget``.

    Words are compared folded, in one spelling, without inflection; each counts once.
    """
    wanted = set(content_words(nugget))
    if not wanted:
        return False
    return any(len(wanted & set(content_words(text))) >= threshold * len(wanted) for text in texts)


def is_supported(desk: Desk, statement: Document) -> bool:
    """Tell whether a statement has a passing verdict, and every quote stands where it says.

    The passages are read from the library again: the answer's own word for it is not enough.
    """
    if statement["verdict"]["outcome"] != PASSED or not statement["citations"]:
        return False
    return all(_stands(desk, citation) for citation in statement["citations"])


def _stands(desk: Desk, citation: Document) -> bool:
    found = desk.store.passages([citation["passage"]])
    if not found or found[0].source != citation["source"]:
        return False
    quote = found[0].text[citation["start"] : citation["end"]]
    return bool(quote) and quote == citation["quote"] and sha256_text(quote) == citation["sha256"]


def is_cited(source: str, references: list[Document]) -> bool:
    """Tell whether ``source`` (``src_…``, ``pmid:…``, ``pmc:…``, ``doi:…``) is among ``references``."""
    scheme, _, value = source.partition(":")
    fields = {"pmid": "pmid", "pmc": "pmcid", "pmcid": "pmcid", "doi": "doi"}
    if not value or scheme not in fields:
        return any(reference["source"] == source for reference in references)
    known = (str(reference[fields[scheme]] or "") for reference in references)
    return value.lower() in {entry.lower() for entry in known}
