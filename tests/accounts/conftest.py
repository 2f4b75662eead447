"""Accounts in a real database, of each kind, with a clock moved by hand. All people are made up."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path

import pytest

from osler.accounts import people
from osler.accounts.registry import Registry
from osler.model.account import Account
from osler.model.person import Role
from osler.store.library import open_store
from osler.store.transactions import Transactions

PASSWORD = "violet tram under nine bridges"
OTHER = "seven quiet herons on a crane"
ADDRESS = "192.0.2.7"


class Clock:
    """The time, moved by hand."""

    def __init__(self) -> None:
        self.at = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.at

    def wait(self, seconds: float) -> None:
        self.at += timedelta(seconds=seconds)


def counted() -> Callable[[int], bytes]:
    """Return bytes that never repeat and are the same in every run."""
    numbers = count()

    def randomness(size: int) -> bytes:
        return hashlib.shake_256(str(next(numbers)).encode()).digest(size)

    return randomness


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def database(tmp_path: Path, database_kind: str) -> Path:
    path = tmp_path / "home" / "osler.db"
    open_store(path, create=True, wait_s=1.0, holder="test").close()
    return path


@pytest.fixture
def registry(database: Path, clock: Clock) -> Iterator[Registry]:
    transactions = Transactions(database, wait_s=1.0)
    yield Registry(transactions, now=clock, randomness=counted())
    transactions.close()


@pytest.fixture
def person(registry: Registry) -> Account:
    """Somebody with a password and an address."""
    account = people.add_person(
        registry,
        "Test Reviewer One",
        email="one@hospital.example",
        roles=[Role.REVIEWER],
        actor="terminal",
    )
    return people.set_password(registry, account, PASSWORD, actor="terminal")


@pytest.fixture
def administrator(registry: Registry) -> Account:
    account = people.add_person(
        registry, "Test Administrator", roles=[Role.ADMINISTRATOR], actor="terminal"
    )
    return people.set_password(registry, account, OTHER, actor="terminal")
