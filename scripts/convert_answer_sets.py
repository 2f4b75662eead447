"""Make the sets that ``osler eval answers`` reads of BioASQ, and the library they are asked of.

Called by ``convert_dev_data.py``. A question carries what the data has of it: the experts' ideal
answers (``ideal``), yes or no (``stance``), the exact answers of factoid and list questions
(``nuggets``) and the articles they named (``sources``). The library holds, of each of those articles,
the abstract where it is at hand and the snippets that the experts cut from it otherwise.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

Row = dict[str, Any]
TITLE = "title"


def bioasq_answers(questions: Iterable[Row]) -> list[Row]:
    """Return the questions of BioASQ in the form of ``osler eval answers``."""
    return [_answer_row(row) for row in questions]


def bioasq_library(questions: Iterable[Row], abstracts: Mapping[str, Row]) -> list[Row]:
    """Return one record for each article that has a snippet; ``abstracts`` are by PMID.

    Snippets stand in the order of the article. One that lies inside another is left out.
    """
    titles: dict[str, str] = {}
    pieces: dict[str, dict[int, str]] = {}
    for question in questions:
        for snippet in question["snippets"]:
            pmid, text = _pmid(snippet["document"]), " ".join(snippet["text"].split())
            if snippet["beginSection"] == TITLE:
                titles[pmid] = max(titles.get(pmid, ""), text, key=len)
                pieces.setdefault(pmid, {})
                continue
            start = int(snippet["offsetInBeginSection"])
            known = pieces.setdefault(pmid, {})
            known[start] = max(known.get(start, ""), text, key=len)
    records = []
    for pmid, found in pieces.items():
        if pmid in abstracts:
            whole = abstracts[pmid]
            records.append({"pmid": pmid, "title": whole["title"], "text": whole["abstract"]})
            continue
        texts = [found[start] for start in sorted(found)]
        kept = [
            text
            for place, text in enumerate(texts)
            if not any(text in other for other in texts[:place] + texts[place + 1 :] if other != text)
        ]
        record = {"pmid": pmid, "title": titles.get(pmid, "")}
        if kept:
            record["contexts"] = kept
        records.append(record)
    return records


def _answer_row(row: Row) -> Row:
    answer: Row = {
        "question": " ".join(row["body"].split()),
        "nuggets": [{"text": name, "must": True} for name in _exact_names(row)],
        "sources": [f"pmid:{pmid}" for pmid in dict.fromkeys(map(_pmid, row["documents"]))],
        "ideal": [" ".join(text.split()) for text in _texts(row["ideal_answer"])],
    }
    if row["type"] == "yesno":
        answer["stance"] = str(row["exact_answer"]).strip().lower()
    return answer


def _exact_names(row: Row) -> list[str]:
    """Return the first name of each thing that answers a factoid or a list question."""
    if row["type"] not in {"factoid", "list"}:
        return []
    names = []
    for entry in _entries(row["exact_answer"]):
        first = next(iter(_texts(entry)), "").strip()
        if first:
            names.append(first)
    return list(dict.fromkeys(names))


def _entries(value: object) -> list[object]:
    return list(value) if isinstance(value, list) else [value]


def _texts(value: object) -> list[str]:
    return [text for text in _entries(value) if isinstance(text, str) and text.strip()]


def _pmid(address: str) -> str:
    return address.rstrip("/").rpartition("/")[2]
