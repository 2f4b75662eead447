"""The ledger: what became of every item. Nothing is skipped without a row here."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from osler.store import Store


class ItemState(StrEnum):
    """What became of an item."""

    DONE = "done"
    FAILED = "failed"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class LedgerRow:
    """One item.

    Attributes:
        item: Key of the source, or the place in a file that could not be read.
        state: What became of it.
        status: Standing of the source; empty for a failure.
        origin: File or query it came from.
        when: ISO time of the last change.
        code: Why it failed, as a stable code.
        reason: Why it failed or was withdrawn.
        hint: What to do about it.
        tries: How often it failed.
        next_try: ISO time from which trying again makes sense; empty when that waits for a better file.
    """

    item: str
    state: ItemState
    status: str = ""
    origin: str = ""
    when: str = ""
    code: str = ""
    reason: str = ""
    hint: str = ""
    tries: int = 0
    next_try: str = ""


def iter_ledger(store: Store, *, state: ItemState | None = None) -> Iterator[LedgerRow]:
    """Yield the rows of the ledger, or those in ``state``: failures first, then by key."""
    if state in {None, ItemState.FAILED}:
        for failure in store.failures():
            yield LedgerRow(
                item=failure.item,
                state=ItemState.FAILED,
                origin=failure.origin,
                when=failure.failed,
                code=failure.code,
                reason=failure.reason,
                hint=failure.hint,
                tries=failure.tries,
                next_try=failure.next_try,
            )
    for wanted in (ItemState.WITHDRAWN, ItemState.DONE):
        if state not in {None, wanted}:
            continue
        for row in store.iter_standings(withdrawn=wanted is ItemState.WITHDRAWN):
            yield LedgerRow(
                item=row.key,
                state=wanted,
                status=row.status.value,
                origin=row.origin,
                when=row.changed,
                reason=row.reason,
            )
