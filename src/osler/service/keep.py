"""Answers of the web that are kept because somebody shared or followed them, under an unguessable id.

The id is made of the answer's and of the exact words that were asked, so that the same question in other
words, which may name somebody, is another id. They expire; answers of the terminal are none of these.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from osler.errors import NotFoundError
from osler.ids import content_id
from osler.service.reading import may_read
from osler.service.standing import fallen_since
from osler.service.wiring import Desk


@dataclass(frozen=True, slots=True)
class Kept:
    """An answer that is kept for a while.

    Attributes:
        id: Under which it is found; ``follow`` takes it.
        document: The public document.
        expires: ISO time in UTC after which it is gone.
    """

    id: str
    document: dict[str, Any]
    expires: str


def keep(desk: Desk, document: Mapping[str, Any]) -> Kept:
    """Keep an answer for as long as the settings say, counted from now; others may open it by its id.

    Raises:
        LibraryError: ``library.busy``, ``library.full``: it could not be kept.
    """
    answer = document["answer"]
    kept = content_id("ans", "kept", answer["id"], answer["question"]["asked"])
    now = desk.now()
    expires = (now + timedelta(days=desk.settings.web.keep_days)).isoformat(timespec="seconds")
    desk.store.put_answer(
        kept,
        json.dumps(document, ensure_ascii=False),
        now=now.isoformat(timespec="seconds"),
        expires=expires,
    )
    return Kept(kept, dict(document), expires)


def kept_answer(desk: Desk, item: str) -> Kept:
    """Return the answer kept as ``item``, with a notice of each source that has fallen since.

    Raises:
        NotFoundError: There is none, it has expired, or it was made from a part that may not be read.
    """
    expires = desk.store.expiry(item)
    stored = desk.store.answer(item, now=desk.now().isoformat(timespec="seconds"))
    document = None if stored is None else json.loads(stored)
    if document is None or expires is None or not may_read(desk, document):
        raise NotFoundError(
            "no answer is kept here, or it has expired", item=item, hint="ask the question again"
        )
    if fallen := fallen_since(desk, document["answer"]):
        document["envelope"]["notices"] += fallen
    return Kept(item, document, expires)
