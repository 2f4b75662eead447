"""The bibliographic record of a source as the public documents hold it."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from osler.model.source import Source


def source_document(source: Source) -> dict[str, Any]:
    """Return the bibliographic record as JSON values."""
    fields = asdict(source)
    fields["n"] = fields.pop("participants")
    return {"id": source.id, **fields}
