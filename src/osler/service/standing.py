"""How the sources of a stored answer stand today: an old answer says so where one has fallen since."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from osler.review.watch import cited_standings, names_of, standing_changes
from osler.service.wiring import Desk


def fallen_since(desk: Desk, answer: Mapping[str, Any]) -> list[str]:
    """Return a line for each source of ``answer`` that was retracted, doubted or withdrawn since."""
    cited = cited_standings(answer)
    today = {source: record.status for source, record in desk.store.sources(cited).items()}
    changes = standing_changes(cited, today, names_of(answer))
    return [f"since this was answered: {change.about}" for change in changes if change.takes_back]
