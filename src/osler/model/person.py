"""A person who may do something here: known by an id, shown by a name, permitted by roles."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol


class Role(StrEnum):
    """What a person may do; one person can have several.

    A board member is a reviewer whom the editorial board trusts with every kind of page. An editor moves
    pages; an administrator looks after accounts and the library, and has no say over content.
    """

    AUTHOR = "author"
    REVIEWER = "reviewer"
    BOARD_MEMBER = "board_member"
    EDITOR = "editor"
    ADMINISTRATOR = "administrator"


@dataclass(frozen=True, slots=True)
class Person:
    """One person, as rules and history need to know them; nothing of how they sign in.

    Attributes:
        id: Stable for ever, never given to another person; what history keeps.
        name: The name shown beside a signature.
        roles: What the person may do now.
        disabled: Whether the account is closed; a closed account may do nothing, its history stands.
    """

    id: str
    name: str
    roles: frozenset[Role] = frozenset()
    disabled: bool = False

    def has(self, *roles: Role) -> bool:
        """Tell whether the person may act in one of ``roles`` now."""
        return not self.disabled and bool(self.roles & set(roles))


class People(Protocol):
    """Where people are looked up; the accounts of this installation stand behind it."""

    def person(self, name_or_id: str) -> Person | None:
        """Return the one person with this id, or else with this exact name; None when there is none."""
        ...
