"""An empty library for each test, on each database."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.library.made import open_library

from osler.store import Store


@pytest.fixture
def store(tmp_path: Path, database_kind: str) -> Iterator[Store]:
    """An empty library."""
    with open_library(tmp_path / "home") as opened:
        yield opened
