"""Models and vectors from the outside: what is printed, in which shape, with which exit code."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from tests.providers.tiny import write_model
from tests.surfaces.cli.conftest import Call, command, validate

NO_RUNTIME = (
    "import sys; sys.modules.update(dict.fromkeys(('numpy', 'onnxruntime', 'tokenizers')));"
    "from osler.surfaces.cli.main import program; program()"
)


@pytest.fixture
def home(stocked: Path, tmp_path: Path) -> Path:
    """A copy of the stocked library, which a test may change."""
    return Path(shutil.copytree(stocked, tmp_path / "copy"))


def test_a_library_is_embedded_once(call: Call, home: Path, tmp_path: Path) -> None:
    fetched = call("models", "fetch", str(write_model(tmp_path / "tiny")), "--json", home=home)
    validate(fetched.document, "library")
    assert (fetched.status, fetched.document["model"]["name"]) == (0, "tiny")
    first = call("index", "embed", "--json", home=home)
    validate(first.document, "library")
    report = first.document["embed"]
    assert (first.status, report["complete"], report["model"]) == (0, True, "tiny")
    assert report["embedded"] == report["passages"] > 0
    again = call("index", "embed", "--json", home=home).document["embed"]
    assert (again["embedded"], again["passages"]) == (0, report["passages"])


def test_what_is_added_or_removed_is_followed(call: Call, home: Path, tmp_path: Path) -> None:
    call("models", "fetch", str(write_model(tmp_path / "tiny")), home=home)
    before = call("index", "embed", "--json", home=home).document["embed"]["passages"]
    call("remove", "pmid:99999992", home=home)
    after = call("index", "embed", "--json", home=home).document["embed"]
    assert (after["embedded"], after["passages"]) == (0, before - 1)


def test_embedding_without_a_model_says_how_to_get_one(call: Call, home: Path) -> None:
    said = call("index", "embed", "--json", home=home)
    assert (said.status, said.error["code"]) == (4, "not_found.model")
    assert said.error["hint"] == "osler models fetch all-MiniLM-L6-v2"


def test_the_list_says_what_can_be_had(call: Call, tmp_path: Path) -> None:
    said = call("models", "list", "--json", home=tmp_path / "none")
    validate(said.document, "library")
    assert [(model["name"], model["here"]) for model in said.document["models"]] == [
        ("all-MiniLM-L6-v2", False)
    ]


def test_a_model_without_a_verified_address_is_had_from_a_file(call: Call, tmp_path: Path) -> None:
    said = call("models", "fetch", "all-MiniLM-L6-v2", "--json", home=tmp_path / "none")
    assert (said.status, said.error["code"]) == (4, "not_found.model")
    assert "osler models fetch FILE" in said.error["hint"]


def test_without_the_extra_it_is_named(home: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", NO_RUNTIME, "index", "embed"],
        capture_output=True,
        text=True,
        env={**os.environ, "OSLER_HOME": str(home)},
    )
    assert done.returncode == 2
    assert done.stderr.startswith("osler: usage.extra: osler[dense]")
    assert "pip install 'osler[dense]'" in done.stderr


def test_ctrl_c_keeps_what_was_embedded(call: Call, home: Path, tmp_path: Path) -> None:
    call("models", "fetch", str(write_model(tmp_path / "tiny")), home=home)
    process = subprocess.Popen(
        command("index", "embed"),
        env={**os.environ, "OSLER_HOME": str(home)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    process.send_signal(signal.SIGINT)
    process.communicate(timeout=60)
    assert process.returncode in {0, 130, -signal.SIGINT}
    assert call("index", "embed", "--json", home=home).document["embed"]["complete"]


def test_a_rebuild_of_the_index_keeps_the_vectors(call: Call, home: Path, tmp_path: Path) -> None:
    call("models", "fetch", str(write_model(tmp_path / "tiny")), home=home)
    call("index", "embed", home=home)
    assert call("index", "rebuild", home=home).status == 0
    assert call("index", "embed", "--json", home=home).document["embed"]["embedded"] == 0
    assert call("index", "verify", home=home).status == 0


def test_an_empty_home_has_nothing_to_embed(call: Call, tmp_path: Path) -> None:
    assert call("index", "embed", home=tmp_path / "none").status == 4
