"""What every rule on accounts needs of the world: where they are kept, the time, and chance."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from osler.model.account import LogEntry
from osler.store.people import PeopleStore
from osler.store.sign_in import SignInStore
from osler.store.transactions import Transactions

TERMINAL = "terminal"
"""Who acts where somebody with the database file in hand does: they could do anything to it anyway."""


@dataclass(frozen=True, slots=True)
class Registry:
    """The accounts of one installation.

    Attributes:
        transactions: Makes several changes one.
        now: Returns the time in UTC.
        randomness: Returns as many unpredictable bytes as asked for.
    """

    transactions: Transactions
    now: Callable[[], datetime]
    randomness: Callable[[int], bytes]

    @property
    def people(self) -> PeopleStore:
        """Who has an account."""
        return PeopleStore(self.transactions)

    @property
    def sign_in(self) -> SignInStore:
        """Sessions, links, attempts."""
        return SignInStore(self.transactions)

    def note(
        self, event: str, *, person: str = "", actor: str = "", detail: str = "", address: str = ""
    ) -> None:
        """Add a line to the log of accounts."""
        at = self.now().isoformat(timespec="seconds")
        self.people.append(LogEntry(at, actor, person, event, detail, address))
