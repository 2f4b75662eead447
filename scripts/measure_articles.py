"""How long an article takes to read and prove, by the length of its history (median of 50).

    python scripts/measure_articles.py HOME

HOME is a library that holds at least one article; the measurement works on a copy. Counted is processor
time.
"""

from __future__ import annotations

import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from osler.model.person import Person, Role
from osler.service.articles import desk as acts
from osler.service.articles.kept import find
from osler.service.articles.proof import verify
from osler.service.articles.show import list_articles, show_article
from osler.service.wiring import open_desk

WHO = Person("p-measure", "Test Measurer", frozenset(Role))
LENGTHS = (100, 1000)


def cost_ms(act: Callable[[], object]) -> float:
    """Return the median processor time of ``act`` in milliseconds."""
    taken = []
    for _ in range(50):
        before = time.process_time()
        act()
        taken.append(time.process_time() - before)
    return 1000 * statistics.median(taken)


def main(home: Path) -> None:
    """Print one line for each length."""
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(shutil.copytree(home, Path(folder) / "home"))
        with open_desk({"OSLER_HOME": str(copy), "OSLER_OFFLINE": "1"}) as desk:
            named = list_articles(desk)[0]["id"]
            for length in LENGTHS:
                while find(desk, named).article.events < length:
                    acts.comment(desk, named, "A remark of about the usual length, to be read.", by=WHO)
                print(
                    f"{length} events: find {cost_ms(lambda: find(desk, named)):.1f} ms,"
                    f" show {cost_ms(lambda: show_article(desk, named)):.1f} ms,"
                    f" verify {cost_ms(lambda: verify(desk, named)):.1f} ms"
                )


if __name__ == "__main__":
    main(Path(sys.argv[1]))
