"""Audit somebody's text against the library: a file or what comes on standard input."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO, Final

from osler.audit.reading import MOST_BYTES, decode
from osler.audit.seek import Seeker
from osler.audit.text import audit_text
from osler.errors import InputError, NotFoundError
from osler.service.ask import filters_for
from osler.service.records import source_document
from osler.service.wiring import Desk

STANDARD_INPUT: Final = "-"
Advance = Callable[[int, int, str], None]


@dataclass(frozen=True, slots=True)
class Audited:
    """The public document of an audit, and the records of the sources it quotes, by id.

    Attributes:
        document: As ``docs/schema/audit.json`` has it.
        sources: The bibliographic record of each source that is quoted.
        name: Of the text.
    """

    document: dict[str, Any]
    sources: dict[str, dict[str, Any]]
    name: str


def read_text(name: str, stream: BinaryIO) -> str:
    """Return the text of the file ``name``, or of ``stream`` for ``-``.

    Raises:
        NotFoundError: ``not_found.file``: there is no such file.
        InputError: It cannot be read, is too large, or is no text.
    """
    try:
        if name == STANDARD_INPUT:
            return decode(stream.read(MOST_BYTES + 1), name="standard input")
        with Path(name).open("rb") as file:
            return decode(file.read(MOST_BYTES + 1), name=name)
    except (FileNotFoundError, NotADirectoryError) as error:
        raise NotFoundError(
            "there is no such file", item=name, hint="check the name, or - for standard input",
            code="not_found.file",
        ) from error  # fmt: skip
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise InputError(
            f"cannot be read: {reason}", item=name, hint="name a file that you may read",
            code="input.unreadable",
        ) from error  # fmt: skip


def audit(desk: Desk, text: str, *, name: str, advance: Advance | None = None) -> Audited:
    """Return the audit of ``text`` against the library at ``desk``.

    Raises:
        InputError: Nothing in the text is there to be read.
    """
    seeker = Seeker(
        index=desk.index,
        shelf=desk.store,
        vocabulary=desk.vocabulary,
        filters=filters_for(desk, tier=None, since=None),
        meaning=desk.meaning,
    )
    found = audit_text(text, name=name, seeker=seeker, snapshot=desk.store.snapshot(), advance=advance)
    quoted = dict.fromkeys(citation.source for claim in found.claims for citation in claim.evidence)
    records = desk.store.sources(quoted)
    return Audited(
        found.as_json(), {key: source_document(records[key]) for key in quoted if key in records}, name
    )
