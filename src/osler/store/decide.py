"""What becomes of one record, given what is stored under its key. Rules only, no SQL.

The rules make the library independent of the order in which files come:

1. An older revision never replaces a newer one.
2. Identical content changes nothing, though a newer revision is noted.
3. Two contents of one revision: the longer text stays, then the greater version id; records without a
   revision (a file that its owner edits) are replaced by the later one. ``again`` replaces always.
4. A withdrawn source comes back with a later revision only, or ``again`` when a person had removed it.
   When its database withdrew it before it was ever seen, the first revision seen stays withdrawn.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from osler.model.source import Status
from osler.store.entry import Entry

UNSEEN: Final = -1


class Fate(StrEnum):
    """What becomes of a record."""

    ADD = "add"
    REVISE = "revise"
    NOTE = "note"
    SAME = "same"
    OLDER = "older"
    REFUSE = "refuse"


@dataclass(slots=True)
class Known:
    """What is known under a key: first as it is stored, then as the batch leaves it.

    Attributes:
        n: Row number.
        id: ``src_…``.
        key: Key of the source.
        scope: Part of the library.
        own_status: Standing by its own record.
        version: ``ver_…`` of the current version; None when there never was one.
        revision: Of the newest record seen.
        links: As stored.
        weight: Characters of text, for rule 3; ``UNSEEN`` when no record of it was ever seen.
        reason: Why it was withdrawn.
        by_person: Whether a person withdrew it.
        live: Row of the version that was current before the batch; None when there was none.
        live_scope: Its scope.
        is_new: Whether the row is not yet in the table.
    """

    n: int
    id: str
    key: str
    scope: str
    own_status: Status
    version: str | None
    revision: str
    links: str
    weight: int
    reason: str
    by_person: bool
    live: int | None = None
    live_scope: str = ""
    is_new: bool = False

    @property
    def withdrawn(self) -> bool:
        """Whether the source is withdrawn, as opposed to superseded or retracted."""
        return self.own_status is Status.WITHDRAWN


def decide(known: Known | None, entry: Entry, *, again: bool) -> Fate:
    """Return what becomes of the record ``entry``.

    Args:
        known: What is stored under its key, or None.
        entry: The record.
        again: Whether a person asked to read it again.
    """
    if known is None:
        return Fate.ADD
    if known.withdrawn:
        lifted = again and known.by_person and entry.revision >= known.revision
        seen = known.weight != UNSEEN
        return Fate.ADD if lifted or (seen and entry.revision > known.revision) else Fate.REFUSE
    if entry.revision < known.revision:
        return Fate.OLDER
    if entry.version == known.version and entry.scope == known.scope:
        marks = (known.revision, known.own_status, known.links)
        return Fate.SAME if (entry.revision, entry.own_status, entry.links) == marks else Fate.NOTE
    if entry.revision > known.revision or not entry.revision or again:
        return Fate.REVISE
    heavier = (entry.weight, entry.version) >= (known.weight, known.version or "")
    return Fate.REVISE if heavier else Fate.OLDER
