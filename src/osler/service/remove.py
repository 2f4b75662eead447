"""Remove: withdraw sources, with a reason that is kept."""

from __future__ import annotations

from collections.abc import Sequence

from osler.library.remove import remove as withdraw
from osler.library.report import Report
from osler.service.add import catch_up_index
from osler.service.articles.recalling import recall_articles
from osler.service.wiring import Desk


def remove(desk: Desk, ids: Sequence[str], *, reason: str) -> Report:
    """Withdraw the sources that ``ids`` name, bring the index up to date, take back what rests on them.

    Raises:
        NotFoundError: One of them is not in the library; nothing was withdrawn.
    """
    withdrawn = withdraw(desk.store, ids, reason=reason, now=desk.now())
    catch_up_index(desk)
    recall_articles(desk)
    return Report(withdrawn=len(withdrawn))
