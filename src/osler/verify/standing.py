"""Whether a source may be cited today: not retracted, not withdrawn, and to be found by a reader."""

from __future__ import annotations

from typing import Final

from osler.model.source import Source, Status
from osler.model.verdict import Check
from osler.verify.checks import CheckName, failed, passed

_REFUSED: Final = {
    Status.RETRACTED: "the source has been retracted",
    Status.WITHDRAWN: "the source has been withdrawn from the library",
}
_NOTED: Final = {
    Status.CONCERN: "an expression of concern has been published about the source",
    Status.CORRECTED: "the source has been corrected since",
    Status.SUPERSEDED: "a newer version of the source exists",
}
_MARKS: Final = (
    "retracted:",
    "retracted article",
    "withdrawn:",
    "[retracted",
    "retraction:",
    "retraction of",
)
_TYPES: Final = frozenset({"retracted publication", "retraction of publication", "retraction notice"})


def check_standing(source: Source) -> Check:
    """Return whether ``source`` may carry a statement; a concern or a correction is a note."""
    refusal = _REFUSED.get(source.status)
    if refusal is None and is_marked_retracted(source):
        refusal = "the source's own record marks it as retracted"
    if refusal is None and not source.is_citable:
        refusal = "the source has no identifier, address or title by which a reader could find it"
    if refusal is not None:
        return failed(CheckName.STANDING, refusal)
    return passed(CheckName.STANDING, _NOTED.get(source.status, ""))


def is_marked_retracted(source: Source) -> bool:
    """Tell whether title or publication types mark a retracted source or a retraction notice."""
    title = (source.title or "").strip().lower()
    return title.startswith(_MARKS) or any(kind.lower() in _TYPES for kind in source.publication_types)
