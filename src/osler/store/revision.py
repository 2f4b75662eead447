"""How far the tables of a library have come, and whether this version of Osler reads them."""

from __future__ import annotations

from typing import Final

from osler.errors import LibraryError, NotFoundError

REVISIONS: Final = ("0001_first_library", "0002_articles", "0003_people", "0004_answers_expire")
"""Every migration, oldest first; the last one is what this version of Osler reads and writes."""

HEAD: Final = REVISIONS[-1]


def check_revision(revision: str | None, name: str) -> bool:
    """Tell whether ``revision`` is what this version of Osler reads; False when it is behind.

    Raises:
        LibraryError: ``library.newer`` when a newer version of Osler wrote the library ``name``.
    """
    if revision == HEAD:
        return True
    if revision is None or revision in REVISIONS:
        return False
    raise LibraryError(
        f"a newer version of Osler wrote it (it stands at {revision}, this version knows {HEAD})",
        item=name,
        hint="update Osler: pip install --upgrade osler",
        code="library.newer",
    )


def missing(name: str) -> NotFoundError:
    """Return the error for a library that does not exist yet."""
    return NotFoundError(
        "there is no library here yet",
        item=name,
        hint="make one: osler add starter:hlh",
        code="library.missing",
    )
