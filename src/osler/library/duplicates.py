"""One study, several records: which sources tell of the same study."""

from __future__ import annotations

from osler.model.source import Source
from osler.store import Store


def duplicates(store: Store) -> list[tuple[Source, ...]]:
    """Return the groups of sources that share an identifier, directly or through others."""
    groups = store.shared_studies()
    sources = store.sources(source for group in groups for source in group)
    return [tuple(sources[source] for source in group if source in sources) for group in groups]
