"""The package as a user gets it: quick to start, few dependencies, one version, a small door."""

from __future__ import annotations

import importlib.metadata
import os
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

import osler

ROOT = Path(__file__).parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
HEAVY = ("alembic", "httpx", "lxml", "pydantic_core", "rich", "sqlalchemy", "tantivy", "typer")


def cost_of(command: list[str], times: int) -> float:
    """Return the least processor time of ``command`` in seconds.

    On an idle machine that is what a person waits; on a busy one waiting says more about the neighbours.
    """
    costs = []
    for _ in range(times):
        before = os.times()
        subprocess.run(command, check=True, capture_output=True)
        after = os.times()
        spent = after.children_user + after.children_system
        costs.append(spent - before.children_user - before.children_system)
    return min(costs)


def modules_after(statement: str) -> set[str]:
    """Return what a fresh interpreter has imported after ``statement``."""
    listing = f"{statement}\nimport sys; print('\\n'.join(sys.modules))"
    done = subprocess.run([sys.executable, "-c", listing], check=True, capture_output=True, text=True)
    return set(done.stdout.split())


def test_import_takes_less_than_150_ms() -> None:
    assert cost_of([sys.executable, "-c", "import osler"], 5) < 0.150


def test_help_takes_less_than_300_ms() -> None:
    command = [sys.executable, "-c", "from osler.surfaces.cli.main import run; run(['--help'])"]
    assert cost_of(command, 8) < 0.300


def test_import_loads_no_dependency() -> None:
    assert not modules_after("import osler") & set(HEAVY)


def test_the_command_line_loads_typer_and_nothing_else_heavy_until_a_command_runs() -> None:
    loaded = modules_after("import osler.surfaces.cli.main") & set(HEAVY)
    assert loaded == {"typer"}


def test_the_base_install_has_at_most_ten_direct_dependencies() -> None:
    assert len(PROJECT["dependencies"]) <= 10


def test_the_version_is_the_same_everywhere() -> None:
    assert osler.__version__ == PROJECT["version"] == importlib.metadata.version("osler")


def test_the_public_door_is_small_and_sorted() -> None:
    assert osler.__all__ == ["__version__"]


@pytest.mark.parametrize(
    "extra",
    [
        "base",
        "dev",
        "dense",
        "draw",
        "export",
        "postgres",
        "postgresql",
        "simulate",
        "web",
    ],
)
def test_every_dependency_is_pinned(extra: str) -> None:
    lines = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    pinned = {line.partition("==")[0].lower() for line in lines if "==" in line}
    wanted = PROJECT["dependencies"] if extra == "base" else PROJECT["optional-dependencies"][extra]
    names = {name.partition(">")[0].partition("[")[0].lower() for name in wanted}
    assert names <= pinned


def test_the_constraints_name_versions_and_nothing_else() -> None:
    lines = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    entries = [line for line in lines if line and not line.startswith("#")]
    assert all("==" in line and "/" not in line and "@" not in line for line in entries)
