"""Word lists as the rooms of ``text`` write them down: blanks between words, any line breaks."""

from __future__ import annotations


def word_set(listed: str) -> frozenset[str]:
    """Return the words of ``listed`` as a set."""
    return frozenset(listed.split())


def word_pairs(listed: str) -> dict[str, str]:
    """Return ``left>right`` pairs as a mapping, in order."""
    return dict(_pair(entry) for entry in listed.split())


def _pair(entry: str) -> tuple[str, str]:
    left, _, right = entry.partition(">")
    return left, right


def phrases(listed: str) -> tuple[str, ...]:
    """Return the phrases of ``listed``, which stand one a line or between semicolons, longest first."""
    found = {" ".join(part.split()) for line in listed.splitlines() for part in line.split(";")}
    return tuple(sorted(found - {""}, key=lambda phrase: (-len(phrase), phrase)))
