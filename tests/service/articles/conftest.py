"""A library of invented papers for each test of the desk."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.review.made import TimedDesk, desk_at, stock


@pytest.fixture(scope="session")
def shelf(tmp_path_factory: pytest.TempPathFactory, database_kind: str) -> Path:
    """A stocked home, to be copied."""
    home = tmp_path_factory.mktemp("shelf")
    stock(home, tmp_path_factory.mktemp("papers"))
    return home


@pytest.fixture
def place(shelf: Path, tmp_path: Path) -> Path:
    """A stocked home of this test's own."""
    import shutil

    return Path(shutil.copytree(shelf, tmp_path / "home"))


@pytest.fixture
def desk(place: Path) -> Iterator[TimedDesk]:
    with desk_at(place) as opened:
        yield opened
