"""When two names are one: folded, in American spelling, without inflection, however punctuated."""

from __future__ import annotations

from osler.text.names import keyed


def name_key(name: str) -> str:
    """Return the form of ``name`` that is compared; empty for one without letters or digits.

    ``Haemophagocytic lymphohistiocytosis`` and ``hemophagocytic Lymphohistiocytosis`` give the same.
    """
    return keyed(name).strip()
