"""After every change of the library: approved articles whose sources no longer stand are taken back.

The one function that additions, removals and updates call. Where nothing is approved it costs one query.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from osler.model.editorial import State
from osler.service.wiring import Desk

if TYPE_CHECKING:
    from osler.service.articles.living import Watched


def recall_articles(desk: Desk) -> list[Watched]:
    """Take back what rests on a source that fell, say so in the notices of ``desk``, and return it."""
    if not desk.store.articles.cards(states=[State.APPROVED.value]):
        return []
    from osler.service.articles.living import notices_of, recall  # seldom needed, and slow to load

    recalled = recall(desk)
    desk.notices += notices_of(recalled)
    return recalled
