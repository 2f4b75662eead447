"""Browsers on which somebody has signed in before: counted apart, so that no stranger locks them out.

Whoever fails on purpose closes a name for strangers, and could do so for ever. A browser on which its
owner has signed in holds a mark that proves it; failures elsewhere do not count against it, and its own
do. It opens nothing: name, password and second factor are asked for as ever.

The proof is made with the hash of the account's password, which nobody outside the database knows: a
new password ends every mark of the old one, and nothing more need be kept.
"""

from __future__ import annotations

import hashlib
import hmac
from typing import Final

from osler.accounts.registry import Registry
from osler.accounts.tokens import digest_of, is_same, new_token
from osler.model.account import Account

LONGEST: Final = 200
NAME_DIGITS: Final = 12


def make_mark(registry: Registry, account: Account) -> str:
    """Return a new mark for a browser of ``account``; empty where it has no password to be locked."""
    return "" if account.password is None else _signed(account, new_token(registry.randomness))


def is_known(account: Account | None, mark: str) -> bool:
    """Tell whether ``mark`` was given to a browser of ``account`` under the password it has now."""
    value, _, proof = mark.rpartition(".")
    if account is None or account.password is None or not (value and proof) or len(mark) > LONGEST:
        return False
    return is_same(mark, _signed(account, value))


def device_key(mark: str) -> str:
    """Return what attempts from the browser that holds ``mark`` are counted under."""
    return f"device {digest_of(mark)}"


def place_of(person: str) -> str:
    """Return what marks of ``person`` are called in a browser, which several people may share."""
    return hashlib.sha256(f"device {person}".encode()).hexdigest()[:NAME_DIGITS]


def _signed(account: Account, value: str) -> str:
    key = (account.password or "").encode()
    said = f"osler device {account.person.id} {value}".encode()
    return f"{value}.{hmac.new(key, said, hashlib.sha256).hexdigest()}"
