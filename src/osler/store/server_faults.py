"""What can go wrong with a server of PostgreSQL, in plain words: the border for its driver's errors.

No message holds the address as it was set, nor the driver's own words where it was being reached: either
may hold a password.
"""

from __future__ import annotations

from typing import Any, Final

from osler.errors import InputError, LibraryError, NotFoundError, OslerError, UsageError

CHECK: Final = "check OSLER_DATABASE_URL"
_REFUSED: Final = ("password authentication failed", "pg_hba.conf", "role ", "no password supplied")
_STARTING: Final = ("is starting up", "is shutting down", "in recovery mode", "not yet accepting")
_FULL: Final = frozenset({"53100"})
_WAITED: Final = frozenset({"55P03", "40P01", "40001"})
_RIGHTS: Final = frozenset({"42501", "3F000", "25006"})
_DAMAGED: Final = frozenset({"XX001", "XX002"})


def busy(name: str, holder: str) -> LibraryError:
    """Return the error that says who holds the writer's lock of the library ``name``."""
    return LibraryError(
        f"another process is writing: {holder}",
        item=name,
        hint="wait for it, or raise OSLER_WAIT_S",
        code="library.busy",
    )


def refuse_unsuitable(driver: Any, name: str, *, oldest: int) -> None:
    """Raise where the server cannot hold a library.

    Raises:
        LibraryError: ``library.unsuitable``: it is too old, or its database is not in UTF-8.
    """
    version = driver.info.server_version // 10000
    encoding = driver.info.parameter_status("server_encoding")
    if version < oldest:
        reason, hint = f"the server runs PostgreSQL {version}", f"it must be {oldest} or newer"
    elif encoding != "UTF8":
        reason = f"the database keeps its text in {encoding}"
        hint = "make one in UTF-8: createdb --encoding=UTF8 --template=template0 osler"
    else:
        return
    raise LibraryError(reason, item=name, hint=hint, code="library.unsuitable")


def translate(error: BaseException, name: str) -> OslerError:
    """Return the error to raise for ``error`` of the driver on the library ``name``."""
    state = getattr(error, "sqlstate", None) or ""
    if state in _FULL:
        return LibraryError(
            "the server's disk is full; everything up to the last finished batch is kept",
            item=name,
            hint="make room there and run the same command again: it goes on where it stopped",
            code="library.full",
        )
    if state in _WAITED:
        return busy(name, "a process that has not signed")
    if state in _RIGHTS:
        return LibraryError(
            f"the server does not let Osler do this: {_first_line(error)}",
            item=name,
            hint="let its role make tables: GRANT USAGE, CREATE ON SCHEMA public TO the role",
            code="library.unreadable",
        )
    if state in _DAMAGED:
        return LibraryError(
            f"the database is damaged: {_first_line(error)}",
            item=name,
            hint="bring back a backup: osler library restore FILE",
            code="library.damaged",
        )
    if state == "22021" or "NUL (0x00)" in str(error):
        return InputError("holds a character that cannot be kept", item=name, code="input.encoding")
    if state and not state.startswith(("08", "28", "3D", "53", "57P")):
        return LibraryError(
            f"the database refused: {_first_line(error)}", item=name, code="library.database"
        )
    return _not_reached(error, name, state)


def _not_reached(error: BaseException, name: str, state: str) -> OslerError:
    said = str(error).lower()
    if type(error).__name__ == "ProgrammingError":  # the driver could not read the address
        return UsageError(
            "not an address that the driver of PostgreSQL can read",
            item="OSLER_DATABASE_URL",
            hint="such as postgresql://NAME:PASSWORD@HOST:5432/DATABASE",
            code="usage.database",
        )
    if state.startswith("3D") or ("database" in said and "does not exist" in said):
        return NotFoundError(
            "the server has no database of this name",
            item=name,
            hint=f"make it: createdb --encoding=UTF8 {name.rpartition('/')[2]}",
            code="library.no_database",
        )
    if state.startswith("28") or any(words in said for words in _REFUSED):
        return LibraryError(
            "the server does not let Osler in under this name and password",
            item=name,
            hint=CHECK,
            code="library.refused",
        )
    if state.startswith("53") or "too many" in said or "connection slots" in said:
        reason, hint = "the server takes no more connections", "wait, or raise its max_connections"
    elif any(words in said for words in _STARTING):
        reason, hint = "the server is just starting or stopping", "try again in a moment"
    elif "translate host name" in said or "not known" in said:
        reason, hint = "there is no machine of this name", CHECK
    elif "refused" in said or "no such file" in said:
        reason, hint = "no server of PostgreSQL answers there", f"start it, or {CHECK}"
    elif "timeout" in said or "timed out" in said:
        reason, hint = "the server did not answer in time", f"{CHECK}, or raise OSLER_WAIT_S"
    elif "ssl" in said or "certificate" in said:
        reason, hint = "no encrypted connection could be made", "check sslmode and certificates"
    else:
        reason, hint = "the connection to the server was lost", "try again; then look at its log"
    return LibraryError(reason, item=name, hint=hint, code="library.unreachable")


def _first_line(error: BaseException) -> str:
    return str(error).partition("\n")[0]
