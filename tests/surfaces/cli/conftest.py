"""A small library of invented papers, and the command line as a user calls it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from referencing import Registry, Resource

from osler.surfaces.cli.main import run

SCHEMAS = Path(__file__).parents[3] / "docs" / "schema"
PAPERS = [
    {
        "pmid": "99999991",
        "title": "Inventumab in testosis: a randomized trial",
        "abstract": "BACKGROUND: Testosis is an invented disease. METHODS: We randomized 40 adults with "
        "testosis to inventumab or placebo. RESULTS: Inventumab inhibits the testin receptor in adults "
        "with testosis. Fever resolved in 15 of 20 adults (75%) given inventumab and in 5 of 20 (25%) "
        "given placebo at 14 days. CONCLUSIONS: Inventumab may shorten fever in adults with testosis.",
        "year": 2019,
        "journal": "J Invent Med",
        "authors": ["Nobody A", "Noone B"],
    },
    {
        "pmid": "99999992",
        "title": "Inventumab and liver enzymes in testosis",
        "abstract": "Liver enzymes rose in 3 of 30 adults with testosis treated with inventumab.",
        "year": 2021,
        "journal": "Invent Reports",
        "authors": ["Somebody C"],
    },
]
QUESTION = "What is the mechanism of action of inventumab in testosis?"


@dataclass(frozen=True)
class Said:
    """What one call left behind."""

    status: int
    out: str
    err: str

    @property
    def document(self) -> Any:
        return json.loads(self.out)

    @property
    def error(self) -> Any:
        return json.loads(self.err)["error"]


Call = Callable[..., Said]


def write_papers(
    folder: Path, papers: list[dict[str, Any]] = PAPERS, name: str = "papers.jsonl"
) -> Path:
    file = folder / name
    file.write_text("".join(json.dumps(paper) + "\n" for paper in PAPERS), encoding="utf-8")
    return file


def call_process(*words: str, home: Path, **environment: str) -> Said:
    """Call ``osler`` as a process of its own."""
    done = subprocess.run(
        command(*words),
        capture_output=True,
        env={**os.environ, "OSLER_HOME": str(home), "OSLER_OFFLINE": "1", **environment},
        timeout=60,
    )
    return Said(done.returncode, done.stdout.decode(), done.stderr.decode())


def command(*words: str) -> list[str]:
    program = "from osler.surfaces.cli.main import program; program()"
    return [sys.executable, "-c", program, *words]


@pytest.fixture
def call(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Call:
    """Call ``osler`` within this process; the network is switched off."""
    monkeypatch.setenv("OSLER_OFFLINE", "1")

    def invoke(*words: str, home: Path) -> Said:
        monkeypatch.setenv("OSLER_HOME", str(home))
        capsys.readouterr()
        status = run(words)
        seen = capsys.readouterr()
        return Said(status, seen.out, seen.err)

    return invoke


@pytest.fixture(scope="session")
def stocked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with the invented papers; for tests that change nothing."""
    home = tmp_path_factory.mktemp("stocked")
    said = call_process("add", str(write_papers(tmp_path_factory.mktemp("papers"))), home=home)
    assert said.status == 0, said.err
    return home


def validate(document: Any, name: str) -> None:
    """Hold ``document`` to the published schema ``name``."""
    found = {path.stem: json.loads(path.read_text(encoding="utf-8")) for path in SCHEMAS.glob("*.json")}
    registry: Registry[Any] = Registry().with_resources(
        (schema["$id"], Resource.from_contents(schema)) for schema in found.values()
    )
    Draft202012Validator(found[name], registry=registry).validate(document)
