"""Who has an account, with which roles and scopes, and the log of what was changed.

Compares names and e-mail addresses folded. Decides nothing: who may do what is for ``accounts``.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any, Final

from osler.errors import InputError
from osler.model.account import Account, LogEntry, fold_name
from osler.model.person import Person, Role
from osler.store.transactions import Transactions

_COLUMNS: Final = (
    "id, name, email, roles, scopes, disabled, created, password, totp, totp_step, pending, subject"
)
_SELECT: Final = f"SELECT {_COLUMNS} FROM people"  # noqa: S608 - a constant list of columns, no values


class PeopleStore:
    """The accounts of one library."""

    def __init__(self, transactions: Transactions) -> None:
        self._transactions = transactions

    # --- people -----------------------------------------------------------------------------------

    def person(self, name_or_id: str) -> Person | None:
        """Return the one person with this id, or else with this exact name; None when there is none."""
        with self._transactions.reading() as connection:
            row = (
                connection.execute(f"{_SELECT} WHERE id = ?", (name_or_id,)).fetchone()
                or connection.execute(f"{_SELECT} WHERE name = ?", (name_or_id,)).fetchone()
            )
        return None if row is None else _read(row).person

    def account(self, person: str) -> Account | None:
        """Return the account with the id ``person``, or None."""
        return self._one("id", person)

    def find(self, named: str) -> Account | None:
        """Return the account whose id, name or e-mail address is ``named``, folded; or None."""
        folded = fold_name(named)
        return (
            self._one("id", named.strip())
            or self._one("folded_name", folded)
            or self._one("folded_email", folded)
        )

    def of_subject(self, subject: str) -> Account | None:
        """Return the account tied to ``subject`` of a sign-on, or None."""
        return self._one("subject", subject)

    def all(self) -> list[Account]:
        """Return every account, closed ones too, by name."""
        with self._transactions.reading() as connection:
            return [_read(row) for row in connection.execute(f"{_SELECT} ORDER BY folded_name, id")]

    def put(self, account: Account) -> None:
        """Keep ``account`` as it is now, new or changed.

        Raises:
            InputError: ``input.taken``: another account has the name, the address or the sign-on.
        """
        values = _values(account)
        names = ", ".join(values)
        marks = ", ".join("?" * len(values))
        changes = ", ".join(f"{name} = excluded.{name}" for name in values if name != "id")
        # Only names of columns are put together here; every value is a parameter.
        statement = (
            f"INSERT INTO people ({names}) VALUES ({marks})"  # noqa: S608 - as said above
            f" ON CONFLICT (id) DO UPDATE SET {changes}"
        )
        with self._transactions.together() as connection:
            try:
                connection.execute(statement, tuple(values.values()))
            except self._transactions.conflict as error:
                # The second line of PostgreSQL's repeats the value.
                raise _taken(account, str(error).partition("\n")[0]) from error

    def _one(self, column: str, value: str) -> Account | None:
        with self._transactions.reading() as connection:
            row = connection.execute(f"{_SELECT} WHERE {column} = ?", (value,)).fetchone()
        return None if row is None else _read(row)

    # --- recovery codes ---------------------------------------------------------------------------

    def set_recovery_codes(self, person: str, digests: Iterable[str]) -> None:
        """Let exactly the codes with these digests count for ``person``."""
        with self._transactions.together() as connection:
            connection.execute("DELETE FROM recovery_codes WHERE person = ?", (person,))
            connection.executemany(
                "INSERT INTO recovery_codes (person, digest) VALUES (?, ?)",
                [(person, digest) for digest in digests],
            )

    def use_recovery_code(self, person: str, digest: str) -> bool:
        """Strike the code with this digest, and tell whether it was there to be struck."""
        with self._transactions.together() as connection:
            done = connection.execute(
                "DELETE FROM recovery_codes WHERE person = ? AND digest = ?", (person, digest)
            )
            return done.rowcount == 1

    def count_recovery_codes(self, person: str) -> int:
        """Return how many codes are left."""
        with self._transactions.reading() as connection:
            row = connection.execute(
                "SELECT count(*) FROM recovery_codes WHERE person = ?", (person,)
            ).fetchone()
            return int(row[0])

    # --- log --------------------------------------------------------------------------------------

    def append(self, entry: LogEntry) -> None:
        """Add ``entry`` to the log, which neither Osler nor the database lets anybody change."""
        with self._transactions.together() as connection:
            connection.execute(
                "INSERT INTO people_log (at, actor, person, event, detail, address)"
                " VALUES (?, ?, ?, ?, ?, ?)",
                (entry.at, entry.actor, entry.person, entry.event, entry.detail, entry.address),
            )

    def log(self, *, person: str | None = None, most: int = 200) -> list[LogEntry]:
        """Return the newest ``most`` entries, newest first; of ``person`` alone where one is given."""
        query = "SELECT at, actor, person, event, detail, address FROM people_log"
        where, values = (" WHERE person = ?", [person]) if person else ("", [])
        with self._transactions.reading() as connection:
            rows = connection.execute(f"{query}{where} ORDER BY n DESC LIMIT ?", [*values, most])
            return [LogEntry(*row) for row in rows]


def _values(account: Account) -> dict[str, Any]:
    person = account.person
    return {
        "id": person.id,
        "name": person.name,
        "folded_name": fold_name(person.name),
        "email": account.email,
        "folded_email": None if account.email is None else fold_name(account.email),
        "roles": json.dumps(sorted(person.roles)),
        "scopes": json.dumps(sorted(account.scopes)),
        "disabled": int(person.disabled),
        "created": account.created,
        "password": account.password,
        "totp": account.totp,
        "totp_step": account.totp_step,
        "pending": account.pending,
        "subject": account.subject,
    }


def _read(row: tuple[Any, ...]) -> Account:
    roles = frozenset(Role(role) for role in json.loads(row[3]))
    return Account(
        person=Person(id=row[0], name=row[1], roles=roles, disabled=bool(row[5])),
        email=row[2],
        scopes=frozenset(json.loads(row[4])),
        created=row[6],
        password=row[7],
        totp=row[8],
        totp_step=row[9],
        pending=row[10],
        subject=row[11],
    )


def _taken(account: Account, said: str) -> InputError:
    if "email" in said:
        what, item = "another account has this e-mail address", account.email or ""
    elif "subject" in said:
        what, item = "another account is tied to this sign-on", account.person.name
    else:
        what, item = "another account has this name", account.person.name
    return InputError(what, item=item, hint="osler user list shows them all", code="input.taken")
