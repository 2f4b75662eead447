"""The error tree: every fault Osler tells a person about, with a stable code and a next step.

    OslerError                     exit 1   unexpected fault that we could still name
    ├── UsageError                 exit 2   the call itself is wrong
    ├── InputError                 exit 3   a file, line or value was refused
    ├── NotFoundError              exit 4   no source, passage or answer has this id
    ├── NoAnswerError              exit 5   nothing in the library answers, or it is not clinical
    ├── OfflineError               exit 6   the network is needed and switched off or out of reach
    ├── NotAllowedError            exit 7   the person may not do this
    ├── IndexMismatchError         exit 8   the index does not belong to this library
    └── LibraryError               exit 1   the database is busy, full, damaged or too new

Only adapters see foreign exceptions (``sqlite3``, ``httpx``); they translate them here, at the
border. ``code`` is stable across releases, ``retryable`` says whether the same call may work later.
"""

from __future__ import annotations

from enum import IntEnum


class Exit(IntEnum):
    """Process exit statuses, as the public contract lists them."""

    DONE = 0
    FAULT = 1
    USAGE = 2
    REFUSED = 3
    NOT_FOUND = 4
    NO_ANSWER = 5
    OFFLINE = 6
    NOT_ALLOWED = 7
    INDEX_MISMATCH = 8


class OslerError(Exception):
    """A fault with a stable ``code``, the ``item`` it concerns and a ``hint`` for the next step.

    Args:
        message: What went wrong, in one line without the item's name.
        item: The file, line, id or setting concerned; empty when there is none.
        hint: What the person can do next.
        code: Overrides the class's code with a more precise one, such as ``input.truncated``.
    """

    code: str = "fault"
    exit: Exit = Exit.FAULT
    retryable: bool = False

    def __init__(self, message: str, *, item: str = "", hint: str = "", code: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.item = item
        self.hint = hint
        if code is not None:
            self.code = code

    def as_line(self) -> str:
        """Return the one line printed on standard error."""
        item = f" {self.item}:" if self.item else ""
        hint = f" ({self.hint})" if self.hint else ""
        return f"osler: {self.code}:{item} {self.message}{hint}"

    def as_json(self) -> dict[str, dict[str, str]]:
        """Return the object printed with ``--json``."""
        return {
            "error": {
                "code": self.code,
                "message": self.message,
                "item": self.item,
                "hint": self.hint,
            }
        }


class UsageError(OslerError):
    """The call itself is wrong: an unknown option value, two options that exclude each other."""

    code = "usage"
    exit = Exit.USAGE


class InputError(OslerError):
    """A file, a line or a value was refused; the rest of the batch goes on."""

    code = "input"
    exit = Exit.REFUSED


class NotFoundError(OslerError):
    """No stored thing has this id."""

    code = "not_found"
    exit = Exit.NOT_FOUND


class NoAnswerError(OslerError):
    """The library holds nothing that answers the question, or the question is not clinical."""

    code = "no_answer"
    exit = Exit.NO_ANSWER


class OfflineError(OslerError):
    """The network is needed and is switched off or out of reach."""

    code = "offline"
    exit = Exit.OFFLINE
    retryable = True


class NotAllowedError(OslerError):
    """The person or the scope does not permit this."""

    code = "not_allowed"
    exit = Exit.NOT_ALLOWED


class IndexMismatchError(OslerError):
    """The index was built by other rules, or for another state of the library."""

    code = "index_mismatch"
    exit = Exit.INDEX_MISMATCH


class LibraryError(OslerError):
    """The database is busy, full, damaged, or was written by a newer version of Osler."""

    code = "library"
    retryable = True
