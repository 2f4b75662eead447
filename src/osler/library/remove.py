"""Withdraws sources at a person's wish. Their words stay readable where an old answer cites them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from osler.errors import NotFoundError
from osler.model.source import Source, Status
from osler.store import Removal, Store
from osler.store.entry import Batch


def remove(store: Store, ids: Iterable[str], *, reason: str, now: datetime) -> list[Source]:
    """Withdraw the sources that ``ids`` name and return them as they stood before.

    Args:
        store: The library.
        ids: ``src_…`` ids, keys, or identifiers such as ``pmid:123``, which name all that have it.
        reason: Why; kept with each source.
        now: For the ledger.

    Raises:
        NotFoundError: One of ``ids`` names nothing that is in the library; nothing is withdrawn then.
    """
    found: dict[str, Source] = {}
    for name in ids:
        sources = find_sources(store, name)
        if not sources:
            raise NotFoundError(
                "nothing in the library has this id",
                item=name,
                hint="osler library sources lists what there is",
            )
        found.update((source.id, source) for source in sources)
    if found:
        removals = tuple(Removal(source.key, reason, by_person=True) for source in found.values())
        with store.writing() as writer:
            writer.write(Batch(removals, "osler remove", now.isoformat(timespec="seconds")))
    return list(found.values())


def find_sources(store: Store, name: str) -> list[Source]:
    """Return the sources that ``name``, an id, a key or an identifier, names; not the withdrawn."""
    if name.startswith("src_"):
        found = list(store.sources([name]).values())
    else:
        by_key = store.source_by_key(name)
        others = store.sources(store.sources_with(name)).values()
        found = list({s.id: s for s in ([by_key] if by_key else []) + list(others)}.values())
    return [source for source in found if source.status is not Status.WITHDRAWN]
