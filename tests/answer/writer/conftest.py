"""A library with a language model beside it that a test can tell what to write."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.answer.writer.library import Asking, fill
from tests.net.loopback import Loopback, serve


@pytest.fixture(scope="session")
def written_library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return fill(tmp_path_factory.mktemp("writer"))


@pytest.fixture
def ask(written_library: Path) -> Iterator[Asking]:
    """Ask with a model whose behaviour is the first argument."""
    with serve(Loopback(time.monotonic)) as server:
        yield Asking(written_library, server)
