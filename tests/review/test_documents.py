"""The table, the rules and the pages about them agree: all that is enforced, and nothing else."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from osler.model.editorial import State
from osler.model.person import Role
from osler.review.policy import CONDITION_WORDS, MOVE_WORDS, ROLE_WORDS, RULE_WORDS, STATE_WORDS, policy
from osler.review.rules import DECLARATION_DAYS, Rule
from osler.review.states import BY_MOVE, INITIAL, TRANSITIONS, Condition, Move, Transition

PAGE = (Path(__file__).parents[2] / "docs" / "review.md").read_text(encoding="utf-8")
DRAWN = set(re.findall(r"^    (\S+) --> (\w+)(?:: (\w+))?$", PAGE, re.M))


def rows(table: str) -> dict[str, list[str]]:
    """Return the rows of the table whose header begins with ``table``, by their first cell."""
    _, _, rest = PAGE.partition(f"| {table} |")
    found = re.findall(r"^\| `(\w+)` \|(.*)\|$", rest.partition("\n\n")[0], re.M)
    return {name: [cell.strip() for cell in cells.split("|")] for name, cells in found}


def test_the_drawing_shows_every_move_of_the_table_and_no_other() -> None:
    enforced = {
        (source.value, row.target.value, row.move.value) for row in TRANSITIONS for source in row.sources
    }
    assert enforced | {("[*]", INITIAL.value, "")} == DRAWN


@pytest.mark.parametrize("row", TRANSITIONS, ids=lambda row: row.move.value)
def test_each_move_stands_in_the_documented_table_as_it_is_enforced(row: Transition) -> None:
    sources, target, who, conditions = rows("move")[row.move.value]
    assert set(sources.split(", ")) == {source.value for source in row.sources}
    assert target == row.target.value
    people = {role.value for role in row.roles} | ({"the library"} if row.by_library else set())
    assert set(who.split(", ")) == people
    assert set(re.findall(r"`(\w+)`", conditions)) == {c.value for c in row.conditions}


def test_no_move_is_documented_that_cannot_be_made() -> None:
    assert set(rows("move")) == {move.value for move in Move}


def test_every_condition_and_rule_is_explained() -> None:
    assert set(rows("condition")) == {condition.value for condition in Condition}
    assert set(rows("rule")) == {rule.value for rule in Rule}
    assert f"within {DECLARATION_DAYS} days" in rows("condition")["declared"][0]


def test_every_move_has_exactly_one_row() -> None:
    assert set(BY_MOVE) == set(Move)
    assert len(TRANSITIONS) == len(Move)


def test_every_state_can_be_reached_and_only_supersession_is_final() -> None:
    reached = {INITIAL}
    while more := {row.target for row in TRANSITIONS if row.sources & reached} - reached:
        reached |= more
    assert reached == set(State)
    assert set(State) - {source for row in TRANSITIONS for source in row.sources} == {State.SUPERSEDED}


def test_approval_is_reached_by_one_move_with_all_its_conditions() -> None:
    (row,) = [row for row in TRANSITIONS if row.target is State.APPROVED]
    assert not row.by_library
    assert row.roles == {Role.BOARD_MEMBER, Role.EDITOR}
    assert {Condition.SIGNATURES, Condition.DECLARED, Condition.NOT_OWN_WORK} <= set(row.conditions)


def test_the_policy_has_words_for_everything_that_is_enforced() -> None:
    assert set(STATE_WORDS) == set(State)
    assert set(ROLE_WORDS) == set(Role)
    assert set(CONDITION_WORDS) == set(Condition)
    assert set(RULE_WORDS) == set(Rule)
    assert set(MOVE_WORDS) == set(Move)


def test_the_policy_names_each_move_with_who_may_make_it() -> None:
    (block,) = [block for block in policy() if block.title == "Who may move it, and when"]
    told = dict(block.items)
    assert len(told) == len(TRANSITIONS)
    line = told["approve: under review → approved"]
    assert line.startswith("board member or editor (")
    assert "signatures" in line
