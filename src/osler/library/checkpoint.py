"""What a long fetch still has to bring: the records that the library does not know yet."""

from __future__ import annotations

from collections.abc import Sequence

from osler.ids import content_id
from osler.store import Store


class KnownRecords:
    """The library as a fetch by PMID sees it; keeps the protocol ``sources.pubmed.Checkpoint``.

    A batch that was never committed is not known, so a fetch that was broken off brings it again.
    """

    def __init__(self, store: Store) -> None:
        self._store = store

    def pending(self, pmids: Sequence[str]) -> Sequence[str]:
        """Return those of ``pmids`` that were never stored, in their order."""
        ids = {content_id("src", f"pmid:{pmid}"): pmid for pmid in pmids}
        known = self._store.current_versions(ids)
        return [pmid for source, pmid in ids.items() if source not in known]
