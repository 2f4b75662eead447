"""What a person should hear about a source that is not a fault of any one record."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Notice:
    """One remark about a source or a request to it.

    Attributes:
        code: Stable code such as ``pubmed.phrase_not_found``.
        text: What was noticed, in one line.
        hint: What can be done about it.
    """

    code: str
    text: str
    hint: str = ""


Notify = Callable[[Notice], None]
"""Is handed each notice as it arises; keeping or showing it is the listener's business."""
