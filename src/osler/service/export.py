"""Export: the stored answer that a file is written from."""

from __future__ import annotations

from typing import Any

from osler.errors import UsageError
from osler.service.show import show
from osler.service.wiring import Desk


def answer_for_export(desk: Desk, item: str) -> dict[str, Any]:
    """Return the public document of the stored answer ``item``.

    Raises:
        UsageError: ``item`` names something else.
        NotFoundError: No stored answer has this id, or it has expired.
    """
    if not item.startswith("ans_"):
        raise UsageError("only an answer can be exported", item=item, hint="give an ans_… id")
    document = show(desk, item)
    return {name: value for name, value in document.items() if name != "type"}
