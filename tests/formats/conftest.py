"""Files are written, opened and read as a user's would be."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from osler.formats import open_items
from osler.model.record import Item


@pytest.fixture
def items_of(tmp_path: Path) -> Callable[[str, bytes], list[Item]]:
    """Write a file and return its items as ``open_items`` gives them."""

    def write_and_open(name: str, data: bytes) -> list[Item]:
        path = tmp_path / name
        path.write_bytes(data)
        return list(open_items(path))

    return write_and_open
