"""What changed since an article was approved: how its sources stand, and what the library answers now.

Given a fresh answer by ``service``; asks nothing itself. A change either takes the article back from its
readers (``recall``, ``reopen``), or is told to the desk and leaves it as it is (``note``).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

from osler.model.article import Article
from osler.model.editorial import Judgement
from osler.model.source import Kind, Status
from osler.review.content import Document, content_of, statements_of, with_text, without

FALLEN: Final = frozenset({Status.RETRACTED, Status.WITHDRAWN})
"""Nothing may rest on these."""
DOUBTED: Final = frozenset({Status.CONCERN, Status.CORRECTED, Status.SUPERSEDED})
"""What rests on these is looked at again, and says so."""


class Weight(StrEnum):
    """What a change does to an approved article."""

    RECALL = "recall"
    REOPEN = "reopen"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that is not as it was.

    Attributes:
        kind: ``source``, ``guideline``, ``figure``, ``conflict``, ``answer`` or ``statements``.
        about: What changed, in words.
        weight: What it does.
    """

    kind: str
    about: str
    weight: Weight

    @property
    def takes_back(self) -> bool:
        """Whether it takes the article back from its readers."""
        return self.weight is not Weight.NOTE


def standing_changes(
    cited: Mapping[str, Status], today: Mapping[str, Status], names: Mapping[str, str]
) -> tuple[Change, ...]:
    """Return which sources no longer stand as the page prints them.

    Args:
        cited: The standing that is printed, by source.
        today: The standing in the library; a source that it lacks was withdrawn from it.
        names: How each source is called, by source.
    """
    found = []
    for source, before in cited.items():
        now = today.get(source, Status.WITHDRAWN)
        if now is before:
            continue
        weight = Weight.NOTE
        if now in FALLEN:
            weight = Weight.RECALL
        elif now in DOUBTED:
            weight = Weight.REOPEN
        name = names.get(source, source)
        found.append(
            Change("source", f"{name} is {_status(now)}; the page prints {_status(before)}", weight)
        )
    return tuple(found)


def not_to_rest_on(
    cited: Mapping[str, Status], today: Mapping[str, Status], names: Mapping[str, str]
) -> tuple[str, ...]:
    """Return why a version may not be approved by how its sources stand today, one line each."""
    fallen = [
        f"{names.get(source, source)} is {_status(now)}"
        for source in cited
        if (now := today.get(source, Status.WITHDRAWN)) in FALLEN
    ]
    moved = [one.about for one in standing_changes(cited, today, names) if one.weight is Weight.REOPEN]
    return (*fallen, *moved)


def answer_changes(before: Document, now: Document) -> tuple[Change, ...]:
    """Return what the library answers otherwise than the page prints, gravest first.

    Both are held to the same decisions of the desk; see ``carried_over``.
    """
    found = [
        *_of_status(before, now),
        *_of_guidelines(before, now),
        *_of_figures(before, now),
        *_of_conflicts(before, now),
        *_of_statements(before, now),
    ]
    order = list(Weight)
    return tuple(sorted(found, key=lambda change: order.index(change.weight)))


def _of_status(before: Document, now: Document) -> Iterable[Change]:
    for name in ("status", "stance"):
        if before[name] != now[name]:
            about = f"{name} was {before[name]} and is {now[name]}"
            yield Change("answer", about, Weight.REOPEN)


def _of_guidelines(before: Document, now: Document) -> Iterable[Change]:
    known = {entry["source"]: entry["version"] for entry in before["references"]}
    for entry in now["references"]:
        if entry["kind"] != Kind.GUIDELINE.value or known.get(entry["source"]) == entry["version"]:
            continue
        what = "a new version of a guideline" if entry["source"] in known else "a new guideline"
        yield Change("guideline", f"{what}: {reference_name(entry)}", Weight.REOPEN)


def _of_figures(before: Document, now: Document) -> Iterable[Change]:
    old, new = _figures(before), _figures(now)
    for key, rows in old.items():
        if key not in new:
            yield Change("figure", f"{_metric(key)} is no longer told", Weight.REOPEN)
        elif new[key] != rows:
            yield Change("figure", f"{_metric(key)} is told otherwise or by others", Weight.REOPEN)
    for key in new:
        if key not in old:
            yield Change("figure", f"{_metric(key)} is new", Weight.NOTE)


def _of_conflicts(before: Document, now: Document) -> Iterable[Change]:
    old, new = _conflicts(before), _conflicts(now)
    for about in dict.fromkeys((*old, *new)):
        if old.get(about) == new.get(about):
            continue
        if about not in new:
            what = "sources no longer differ on it"
        else:
            what = "sources differ in another way" if about in old else "sources differ on it now"
        yield Change("conflict", f"{about}: {what}", Weight.REOPEN)


def _of_statements(before: Document, now: Document) -> Iterable[Change]:
    old = [one["id"] for one in statements_of(before)]
    new = [one["id"] for one in statements_of(now)]
    if old[:1] != new[:1]:
        yield Change("statements", "another statement would come first", Weight.NOTE)
    added, gone = len(set(new) - set(old)), len(set(old) - set(new))
    if added or gone:
        yield Change("statements", f"{added} would be added, {gone} would go", Weight.NOTE)


_Key = tuple[Any, ...]


def _figures(answer: Document) -> dict[_Key, frozenset[_Key]]:
    """Return the rows of each figure: what they say and of which source, not who was first."""
    found: dict[_Key, set[_Key]] = {}
    for group in answer["figures"]:
        key = tuple(group[name] for name in ("metric", "unit", "time_point", "population", "comparator"))
        for row in group["rows"]:
            dose = row["dose"] or {}
            said = tuple(row[name] for name in ("value", "low", "high", "n", "of", "arm"))
            found.setdefault(key, set()).add(
                (row["citation"]["source"], *said, *(dose[name] for name in sorted(dose)))
            )
    return {key: frozenset(rows) for key, rows in found.items()}


def _metric(key: _Key) -> str:
    metric, _unit, time_point, population, _comparator = key
    return ", ".join(filter(None, (metric, time_point, population)))


def _conflicts(answer: Document) -> dict[str, frozenset[str]]:
    return {
        conflict["about"]: frozenset(side["statement"] for side in conflict["sides"])
        for conflict in answer["conflicts"]
    }


def carried_over(fresh: Document, current: Document, article: Article) -> dict[str, Any]:
    """Return ``fresh`` with what the desk decided put on it again: what it rejected, what it worded.

    Args:
        fresh: The answer that the library gives today.
        current: The answer of the newest version.
        article: Its review.
    """
    rejected = rejected_contents(article)
    gone = {one["id"] for one in statements_of(fresh) if content_of(one) in rejected}
    carried = without(fresh, gone)
    worded = {one.content for one in article.version.statements if one.writer}
    ours = {one["id"]: one for one in statements_of(current) if content_of(one) in worded}
    for old, new in _edits(article):
        if new in ours and any(one["id"] == old for one in statements_of(carried)):
            carried = with_text(carried, ours[new], of=old, references=current["references"])
    return carried


def _edits(article: Article) -> tuple[tuple[str, str], ...]:
    """Return from which statement each edit led to which, through all later edits of it."""
    ends: dict[str, str] = {}
    for version in article.versions:
        if version.edited is None:
            continue
        old, new = version.edited
        for first, last in ends.items():
            if last == old:
                ends[first] = new
        ends.setdefault(old, new)
    return tuple(ends.items())


def rejected_contents(article: Article) -> frozenset[str]:
    """Return the contents that somebody rejected and did not accept afterwards."""
    latest = {(one.by.id, one.content): one.judgement for one in article.decided}
    return frozenset(content for (_, content), last in latest.items() if last is Judgement.REJECT)


def reference_name(entry: Mapping[str, Any]) -> str:
    """Return how a reference is called in a line: its title and year."""
    title = entry["title"] or entry["container"] or entry["source"]
    return f"{title} ({entry['year']})" if entry["year"] else str(title)


def _status(status: Status) -> str:
    return {
        Status.CONCERN: "under an expression of concern",
        Status.WITHDRAWN: "withdrawn from the library",
    }.get(status, status.value)


def cited_standings(answer: Document) -> dict[str, Status]:
    """Return the standing that ``answer`` prints of each of its references."""
    return {entry["source"]: Status(entry["status"]) for entry in answer["references"]}


def names_of(answer: Document) -> dict[str, str]:
    """Return how each reference of ``answer`` is called."""
    return {entry["source"]: reference_name(entry) for entry in answer["references"]}
