"""After every change of the library: approved articles whose sources no longer stand are taken back.

The one function that additions, removals and updates call. Where nothing is approved it costs one query.
"""

from __future__ import annotations

from osler.model.editorial import State
from osler.service.wiring import Desk


def recall_articles(desk: Desk) -> None:
    """Take back what rests on a source that fell, and say so in the notices of ``desk``."""
    if not desk.store.articles.cards(states=[State.APPROVED.value]):
        return
    from osler.service.articles.living import notices_of, recall  # seldom needed, and slow to load

    desk.notices += notices_of(recall(desk))
