"""What must be true of any history, read from its raw events by other code than the rules'."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from osler.model.person import Person, Role
from osler.model.review import Action, Event
from osler.review.states import TRANSITIONS

DECISIVE = {"request_changes", "approve", "decline", "begin_review"}
"""Moves that nobody makes with an article of their own."""


@dataclass
class Told:
    """What a history comes to, as far as it was read."""

    author: str = ""
    state: str = "draft"
    statements: list[Mapping[str, Any]] = field(default_factory=list)
    writers: dict[str, str] = field(default_factory=dict)
    interests: dict[str, tuple[str, date]] = field(default_factory=dict)
    judged: dict[tuple[str, str], tuple[int, str]] = field(default_factory=dict)
    assigned: set[str] = field(default_factory=set)
    replied: set[int] = field(default_factory=set)
    expires: str | None = None
    anew: int = 0
    taken_back: int = 0
    version_at: int = 0

    def is_impartial(self, who: str, on: date) -> bool:
        """Tell whether somebody is no author and declared, not too long ago, that there is nothing."""
        if who == self.author or who not in self.interests:
            return False
        interest, day = self.interests[who]
        return interest == "" and on - day <= timedelta(days=365)


def hold(events: tuple[Event, ...]) -> Told:
    """Hold a whole history to everything that must be true of it."""
    told = Told(author=events[0].by.id)
    for event in events:
        _HELD.get(event.action, _anything)(told, event)
    return told


def hold_new(events: tuple[Event, ...], seen: int, people: Mapping[str, Person]) -> None:
    """Hold the events after ``seen`` to the people as they are now: open account, name, role, asked."""
    for event in events[seen:]:
        if event.by.id in {"library", "reader"}:
            assert event.by.role == event.by.id
            continue
        person = people[event.by.id]
        assert not person.disabled
        assert event.by.name == person.name
        assert Role(event.by.role) in person.roles
        if event.by.role == "author" and event.action is not Action.COMMENTED:
            assert event.by.id == events[0].by.id or event.action is Action.MATCHED
        trusted = person.roles & {Role.BOARD_MEMBER, Role.EDITOR}
        if event.action is Action.JUDGED and not trusted:
            assert event.by.id in hold(events[: event.n - 1]).assigned


def _revised(told: Told, event: Event) -> None:
    assert told.state in {"draft", "changes_requested", "under_review"}
    told.statements, told.version_at = event.data["statements"], event.n
    for one in told.statements:
        before = told.writers.get(one["content"], "")
        assert not before or one["writer"] == before
        told.writers[one["content"]] = one["writer"]


def _declared(told: Told, event: Event) -> None:
    told.interests[event.by.id] = (event.data["interest"], _day(event))


def _judged(told: Told, event: Event) -> None:
    data, who = event.data, event.by.id
    assert told.state == "under_review"
    assert told.is_impartial(who, _day(event))
    if data["judgement"] == "accept":
        assert told.writers[data["content"]] != who
    else:
        assert data["reason"]
    assert data["content"] in {one["content"] for one in told.statements}
    told.judged[who, data["content"]] = (event.n, data["judgement"])


def _moved(told: Told, event: Event) -> None:
    data, who = event.data, event.by.id
    _hold_to_the_table(event)
    assert data["from"] == told.state
    told.state = data["to"]
    if data["move"] in DECISIVE:
        assert who != told.author
    if data["move"] in {"request_changes", "approve"}:
        assert told.is_impartial(who, _day(event))
    if data["move"] == "expire":
        assert told.expires is not None
        assert _day(event).isoformat() > told.expires
    if data["move"] in {"renew", "resume"}:
        told.anew = event.n
    if data["move"] in {"renew", "reopen"}:
        told.taken_back = event.n
    if data["move"] == "approve":
        assert who not in {one["writer"] for one in told.statements}
        assert told.version_at > told.taken_back
        _hold_signed(told)
        told.expires = data["expires"]


def _assigned(told: Told, event: Event) -> None:
    assert told.state in {"submitted", "under_review", "changes_requested"}
    assert event.data["reviewer"]["id"] != told.author
    told.assigned.add(event.data["reviewer"]["id"])


def _released(told: Told, event: Event) -> None:
    told.assigned.discard(event.data["reviewer"]["id"])


def _explained(told: Told, event: Event) -> None:
    assert told.is_impartial(event.by.id, _day(event))


def _replied(told: Told, event: Event) -> None:
    assert event.by.role == "editor"
    assert event.data["number"] not in told.replied
    told.replied.add(event.data["number"])


def _anything(_told: Told, _event: Event) -> None:
    """Nothing is asked of the rest: openings, remarks, wordings, reports."""


_HELD = {
    Action.REVISED: _revised,
    Action.DECLARED: _declared,
    Action.JUDGED: _judged,
    Action.MOVED: _moved,
    Action.ASSIGNED: _assigned,
    Action.RELEASED: _released,
    Action.EXPLAINED: _explained,
    Action.REPLIED: _replied,
}


def _hold_to_the_table(event: Event) -> None:
    """Hold a move to its row, and to its reason where the row asks for one."""
    (row,) = [row for row in TRANSITIONS if row.move.value == event.data["move"]]
    assert event.data["from"] in {source.value for source in row.sources}
    assert event.data["to"] == row.target.value
    assert event.data["reason"] or "reason" not in {condition.value for condition in row.conditions}
    if event.by.role == "library":
        assert row.by_library
    else:
        assert event.by.role in {role.value for role in row.roles}


def _hold_signed(told: Told) -> None:
    """Hold an approval to its signatures: two for a dose, one otherwise, of people without a stake."""
    assert told.statements
    for one in told.statements:
        verdicts = dict(_verdicts(told, one["content"]))
        assert "reject" not in verdicts.values()
        signers = {who for who in verdicts if told.interests[who][0] == ""}
        signers -= {told.author, told.writers[one["content"]]}
        assert len(signers) >= (2 if one["dosing"] else 1)


def _verdicts(told: Told, content: str) -> Iterator[tuple[str, str]]:
    for (who, judged), (n, verdict) in told.judged.items():
        if judged == content and n > told.anew:
            yield who, verdict


def _day(event: Event) -> date:
    return date.fromisoformat(event.at[:10])
