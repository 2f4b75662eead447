"""The release as a user gets it: a wheel, unpacked elsewhere, that answers one question offline."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
SHIPPED = ("pyproject.toml", "README.md", "LICENSE", "src")
PROGRAM = "from osler.surfaces.cli.main import program; program()"


@pytest.fixture(scope="module")
def unpacked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The content of the wheel, built from a copy so that the checkout stays as it is."""
    copy = tmp_path_factory.mktemp("copy")
    for name in SHIPPED:
        source = ROOT / name
        if source.is_dir():
            leftovers = shutil.ignore_patterns("*.egg-info", "__pycache__")
            shutil.copytree(source, copy / name, ignore=leftovers)
        else:
            shutil.copy(source, copy / name)
    made = tmp_path_factory.mktemp("wheel")
    options = ["--no-deps", "--no-index", "--no-build-isolation", "--quiet"]
    command = [sys.executable, "-m", "pip", "wheel", *options, "--wheel-dir", str(made), str(copy)]
    done = subprocess.run(command, capture_output=True, text=True, cwd=made)
    assert done.returncode == 0, done.stderr
    folder = tmp_path_factory.mktemp("unpacked")
    with zipfile.ZipFile(next(made.glob("*.whl"))) as wheel:
        wheel.extractall(folder)
    return folder


def test_every_module_and_every_pack_is_in_the_wheel(unpacked: Path) -> None:
    wanted = {".py", ".jsonl", ".toml", ".typed", ".tsv", ".xml"}
    package = ROOT / "src" / "osler"
    missing = [
        str(path.relative_to(package))
        for path in package.rglob("*")
        if path.suffix in wanted and not (unpacked / "osler" / path.relative_to(package)).exists()
    ]
    assert missing == []


def test_nothing_but_the_package_is_in_the_wheel(unpacked: Path) -> None:
    assert sorted(path.name.partition("-")[0] for path in unpacked.iterdir()) == ["osler", "osler"]


def test_the_wheel_answers_a_question_offline(unpacked: Path, tmp_path: Path) -> None:
    environment = {
        **os.environ,
        "PYTHONPATH": str(unpacked),
        "OSLER_HOME": str(tmp_path / "home"),
        "OSLER_OFFLINE": "1",
    }

    def call(*words: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-c", PROGRAM, *words],
            env=environment,
            cwd=tmp_path,
            capture_output=True,
            text=True,
            check=True,
        )

    origin = [sys.executable, "-c", "import osler; print(osler.__file__)"]
    where = subprocess.run(
        origin, env=environment, cwd=tmp_path, capture_output=True, text=True, check=True
    )
    assert where.stdout.startswith(str(unpacked))
    call("add", "starter:hlh")
    answer = call("ask", "What is the mechanism of action of anakinra in HLH?").stdout
    assert "interleukin-1" in answer
    assert "References" in answer
