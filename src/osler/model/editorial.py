"""The closed sets of words that people at the desk choose from.

Apart from the values that hold them, so that a command line can name its choices without loading those.
"""

from __future__ import annotations

from enum import StrEnum


class State(StrEnum):
    """How far an article has come."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    UNDER_REVIEW = "under_review"
    APPROVED = "approved"
    CHANGES_REQUESTED = "changes_requested"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"
    SUPERSEDED = "superseded"
    EXPIRED = "expired"


class Judgement(StrEnum):
    """What a reviewer decides of one statement."""

    ACCEPT = "accept"
    REJECT = "reject"


class Outcome(StrEnum):
    """What became of a correction that a reader asked for."""

    CORRECTED = "corrected"
    UNCHANGED = "unchanged"


class Concern(StrEnum):
    """What a reader finds wrong."""

    FIGURE = "figure"
    SOURCE = "source"
    WORDING = "wording"
    MISSING = "missing"
    OTHER = "other"
