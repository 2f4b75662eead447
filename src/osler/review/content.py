"""The answer of a version as a document: what it prints, what changed, and changes made to it.

Pure functions on the public document of an answer; none of them changes what it is given. A statement's
content is what a signature is tied to: its id, every word that is printed of it, and what it cites.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from osler.ids import content_id
from osler.model.article import Printed
from osler.review.dosing import states_a_dose
from osler.review.history import CONTENT_DOMAIN, canonical, digest
from osler.text.readability import flesch_kincaid_grade

Document = Mapping[str, Any]
Statement = Mapping[str, Any]
_CITED: Final = ("source", "version", "passage", "start", "end", "sha256")


@dataclass(frozen=True, slots=True)
class Changes:
    """What a version changes of the one before, by statement id, in the order of printing."""

    added: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    kept: tuple[str, ...] = ()

    @property
    def any(self) -> bool:
        """Whether anything printed is new, gone or said otherwise."""
        return bool(self.added or self.removed or self.changed)


def statements_of(answer: Document) -> tuple[Statement, ...]:
    """Return every statement that the page prints: bottom line, sections, what stands beneath."""
    return tuple(_each(answer))


def _each(answer: Document) -> Iterator[Statement]:
    if answer["bottom_line"]:
        yield answer["bottom_line"]
    for part in (*answer["sections"], *answer["beneath"]):
        yield from part["statements"]


def content_of(statement: Statement) -> str:
    """Return the hash that a signature of ``statement`` is tied to."""
    cited = [{name: citation[name] for name in _CITED} for citation in statement["citations"]]
    printed = (statement["id"], statement["lead"], statement["text"])
    return digest(CONTENT_DOMAIN, *printed, canonical(cited))


def printed(answer: Document, writers: Mapping[str, str]) -> tuple[Printed, ...]:
    """Return the statements as signing needs to know them.

    Args:
        answer: The answer of a version.
        writers: By content, the id of the person of the desk who worded it.
    """
    return tuple(
        Printed(one["id"], content, states_a_dose(one), writers.get(content, ""))
        for one in statements_of(answer)
        for content in (content_of(one),)
    )


def changes_between(before: Sequence[Printed], after: Sequence[Printed]) -> Changes:
    """Return what ``after`` prints otherwise than ``before``."""
    old = {one.id: one.content for one in before}
    new = {one.id: one.content for one in after}
    return Changes(
        added=tuple(one for one in new if one not in old),
        removed=tuple(one for one in old if one not in new),
        changed=tuple(one for one in new if one in old and old[one] != new[one]),
        kept=tuple(one for one in new if one in old and old[one] == new[one]),
    )


def without(answer: Document, gone: Collection[str]) -> dict[str, Any]:
    """Return ``answer`` without the statements ``gone``, and without what was told of them alone.

    Where the bottom line goes, the first statement left takes its place.
    """
    if not gone:
        return dict(answer)
    left = dict(answer)
    sections = _parts_left(answer["sections"], gone)
    line = answer["bottom_line"]
    if line and line["id"] in gone:
        line = sections[0]["statements"][0] if sections else None
        if line:
            sections = _parts_left(sections, {line["id"]})
    left["bottom_line"], left["sections"] = line, sections
    left["beneath"] = [_thinned(part, gone) for part in answer["beneath"]]
    return _renumbered({**left, **_not_of(answer, gone)})


def _parts_left(parts: Iterable[Document], gone: Collection[str]) -> list[dict[str, Any]]:
    thinned = [
        {**part, "statements": [one for one in part["statements"] if one["id"] not in gone]}
        for part in parts
    ]
    return [part for part in thinned if part["statements"]]


def _thinned(part: Document, gone: Collection[str]) -> dict[str, Any]:
    left = [one for one in part["statements"] if one["id"] not in gone]
    if len(left) == len(part["statements"]):
        return dict(part)
    sources = {citation["source"] for one in left for citation in one["citations"]}
    support = "found" if left else "not_found"
    return {**part, "statements": left, "sources": len(sources), "support": support}


def _not_of(answer: Document, gone: Collection[str]) -> dict[str, Any]:
    """Return the figures, conflicts and remarks of ``answer`` without those on ``gone``."""
    figures = [
        {**group, "rows": rows}
        for group in answer["figures"]
        if (rows := [row for row in group["rows"] if row["statement"] not in gone])
    ]
    conflicts = [
        {**conflict, "sides": sides}
        for conflict in answer["conflicts"]
        if _still_differ(sides := [s for s in conflict["sides"] if s["statement"] not in gone])
    ]
    remarks = {
        name: [one for one in answer[name] if one["statement"] not in gone]
        for name in ("uncertain", "stance_basis")
    }
    return {"figures": figures, "conflicts": conflicts, **remarks}


def _still_differ(sides: Sequence[Document]) -> bool:
    return len({side["citation"]["source"] for side in sides}) > 1


def with_text(
    answer: Document, worded: Statement, *, of: str, references: Sequence[Document] = ()
) -> dict[str, Any]:
    """Return ``answer`` with ``worded`` in the place of the statement ``of``.

    What was told of the old statement's figures stays only where the new one cites the same words.

    Args:
        answer: The answer.
        worded: The new statement.
        of: Id of the old one.
        references: Entries of sources that only the new statement cites; their numbers are given here.
    """

    def put(one: Statement) -> Statement:
        return worded if one["id"] == of else one

    changed = dict(answer)
    if answer["bottom_line"]:
        changed["bottom_line"] = put(answer["bottom_line"])
    for name in ("sections", "beneath"):
        changed[name] = [
            {**part, "statements": [put(one) for one in part["statements"]]} for part in answer[name]
        ]
    if worded["id"] != of:
        changed |= _not_of(answer, {of})
    listed = {entry["source"] for entry in answer["references"]}
    fresh = [entry for entry in references if entry["source"] not in listed]
    last = max((entry["number"] for entry in answer["references"]), default=0)
    changed["references"] = [
        *answer["references"],
        *({**entry, "number": last + place} for place, entry in enumerate(fresh, start=1)),
    ]
    return _renumbered(changed)


def _renumbered(answer: Document) -> dict[str, Any]:
    """Return ``answer`` with references numbered by first use, those no longer cited left out."""
    by_number = {entry["number"]: entry["source"] for entry in answer["references"]}
    order: dict[str, int] = {}
    for one in _each(answer):
        cited = [c["source"] for c in one["citations"]]
        for source in (*cited, *(by_number[n] for n in one["also"] if n in by_number)):
            order.setdefault(source, len(order) + 1)
    known = {entry["source"]: entry for entry in answer["references"]}
    numbered = [{**known[source], "number": n} for source, n in order.items() if source in known]

    def again(one: Statement) -> dict[str, Any]:
        return {**one, "also": sorted(order[by_number[n]] for n in one["also"] if n in by_number)}

    changed = {**answer, "references": numbered}
    if answer["bottom_line"]:
        changed["bottom_line"] = again(answer["bottom_line"])
    for name in ("sections", "beneath"):
        changed[name] = [
            {**part, "statements": [again(one) for one in part["statements"]]} for part in answer[name]
        ]
    return changed


def as_edited(answer: Document, *, article: str) -> dict[str, Any]:
    """Return ``answer`` under an id of its own, with the reading grade of what it says now.

    An answer that the desk changed is no longer the one that anybody gets by asking.
    """
    said = statements_of(answer)
    main = [one["text"] for one in said]
    grade = round(flesch_kincaid_grade(" ".join(main)), 1) if main else 0.0
    named = content_id("ans", article, *(content_of(one) for one in said))
    return {**answer, "id": named, "reading_grade": grade}


@dataclass(frozen=True, slots=True)
class Beside:
    """One row of two versions side by side; a side is None where that version does not print it."""

    statement: str
    fate: str
    before: Statement | None
    after: Statement | None


def side_by_side(before: Document, after: Document) -> tuple[Beside, ...]:
    """Return both answers statement by statement: in the order of the new one, then what is gone."""
    old = {one["id"]: one for one in statements_of(before)}
    new = {one["id"]: one for one in statements_of(after)}
    rows = []
    for named, one in new.items():
        earlier = old.get(named)
        if earlier is None:
            fate = "added"
        else:
            fate = "kept" if content_of(earlier) == content_of(one) else "changed"
        rows.append(Beside(named, fate, earlier, one))
    rows += [Beside(named, "removed", one, None) for named, one in old.items() if named not in new]
    return tuple(rows)
