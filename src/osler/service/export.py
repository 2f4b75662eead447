"""Export: the stored answer, or the article, that a file is written from."""

from __future__ import annotations

from typing import Any

from osler.errors import UsageError
from osler.service.show import show
from osler.service.wiring import Desk


def document_for_export(desk: Desk, item: str) -> dict[str, Any]:
    """Return the public document of the stored answer or the article ``item``.

    Raises:
        UsageError: ``item`` names something else.
        NotFoundError: Nothing has this id, or it has expired.
    """
    if not item.startswith(("ans_", "art_")):
        raise UsageError(
            "only answers and articles can be exported", item=item, hint="give an ans_… or art_… id"
        )
    document = show(desk, item)
    return {name: value for name, value in document.items() if name != "type"}
