"""Check one claim against one source."""

from __future__ import annotations

from typing import Any

from osler.service.records import source_document
from osler.service.show import find_source
from osler.service.wiring import Desk
from osler.verify.claim import check_claim as judge_claim


def check_claim(desk: Desk, claim: str, *, source: str) -> dict[str, Any]:
    """Return the verdict on ``claim`` against the source with the id, key or passage ``source``.

    Raises:
        NotFoundError: There is no such source.
    """
    item = source
    if source.startswith("psg_"):
        passages = desk.store.passages([source])
        item = passages[0].source if passages else source
    found = find_source(desk, item)
    verdict = judge_claim(claim, source=found, passages=desk.store.passages_of(found.id))
    return {**verdict.as_json(), "source": source_document(found)}
