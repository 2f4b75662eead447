"""Bad input through the command line: a clear error each, nothing lost, the rest of the batch done."""

from __future__ import annotations

import gzip
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from tests.on_postgresql.opened import opened
from tests.surfaces.cli.conftest import QUESTION, Said, call_process, command, write_papers

from osler.errors import Exit

GOOD = 2  # papers that write_papers() puts beside each bad file
HEAD = b'<?xml version="1.0"?>\n<PubmedArticleSet>\n'
RECORD = (
    b'<PubmedArticle><MedlineCitation><PMID Version="1">%d</PMID><Article><ArticleTitle>Invented %d.'
    b"</ArticleTitle><Abstract><AbstractText>Sentence %d.</AbstractText></Abstract></Article>"
    b"</MedlineCitation></PubmedArticle>\n"
)
MEMORY_KB = 600_000
WEIGHED = """
import resource, subprocess, sys
status = subprocess.run(sys.argv[1:]).returncode
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss, file=sys.stderr)
sys.exit(status)
"""


def add(folder: Path, home: Path) -> Said:
    write_papers(folder)
    return call_process("add", str(folder), "--json", home=home)


def failure_codes(home: Path) -> list[str]:
    listed = call_process("library", "failures", "--json", home=home)
    return [failure["code"] for failure in listed.document["failures"]]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "in"
    made.mkdir()
    return made


def test_a_truncated_gzip_keeps_what_came_before_the_cut(folder: Path, tmp_path: Path) -> None:
    records = b"".join(RECORD % (n, n, n) for n in range(1, 2001))
    whole = gzip.compress(HEAD + records + b"</PubmedArticleSet>", mtime=0)
    (folder / "cut.xml.gz").write_bytes(whole[: len(whole) // 2])
    said = add(folder, tmp_path / "home")
    report = said.document["report"]
    assert (said.status, report["failed"]) == (Exit.DONE, 1)
    assert report["added"] > GOOD + 100
    assert failure_codes(tmp_path / "home") == ["input.truncated"]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("other.xml", b'<?xml version="1.0"?><recipe><title>Bread</title></recipe>'),
        ("binary.bin", bytes(range(256)) * 40),
        ("empty.jsonl", b""),
        (
            "bomb.xml",
            b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "c">]>'
            b"<PubmedArticleSet>&b;</PubmedArticleSet>",
        ),
    ],
)
def test_a_file_of_no_use_is_named_and_the_rest_is_added(
    folder: Path, tmp_path: Path, name: str, content: bytes
) -> None:
    (folder / name).write_bytes(content)
    said = add(folder, tmp_path / "home")
    report = said.document["report"]
    assert (said.status, report["added"], report["failed"]) == (Exit.DONE, GOOD, 1)
    assert name in report["failures"][0]["item"]
    assert report["failures"][0]["reason"]


def test_a_line_of_two_gigabytes_is_refused_without_reading_it_into_memory(
    folder: Path, tmp_path: Path
) -> None:
    with (folder / "huge.jsonl").open("wb") as file:
        file.write(b'{"id": "json:1", "title": "Endless", "text": "' + b"x" * 500_000)
        file.truncate(2 * 1024**3)
        file.seek(0, 2)
        file.write(b'"}\n{"id": "json:2", "title": "After it", "text": "Read all the same."}\n')
    write_papers(folder)
    # A process of its own in between: the memory of its only child is what is asked for.
    done = subprocess.run(
        [sys.executable, "-c", WEIGHED, *command("add", str(folder), "--json")],
        env={**os.environ, "OSLER_HOME": str(tmp_path / "home"), "OSLER_OFFLINE": "1"},
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    report = json.loads(done.stdout)["report"]
    assert (done.returncode, report["added"], report["failed"]) == (Exit.DONE, GOOD + 1, 1)
    assert report["failures"][0]["code"] == "input.line_too_long"
    assert int(done.stderr.split()[-1]) < MEMORY_KB


def test_a_database_of_a_newer_version_is_refused_and_left_alone(folder: Path, tmp_path: Path) -> None:
    home = tmp_path / "home"
    add(folder, home)
    with opened(home / "osler.db") as database:
        database.execute("UPDATE alembic_version SET version_num = '9999'")
    said = call_process("ask", QUESTION, "--json", home=home)
    assert (said.status, said.error["code"]) == (Exit.FAULT, "library.newer")
    assert said.error["hint"]


def test_without_a_library_the_next_step_is_named(tmp_path: Path) -> None:
    said = call_process("ask", QUESTION, "--json", home=tmp_path / "nowhere")
    assert said.status == Exit.NOT_FOUND
    assert "osler add" in said.error["hint"]


def test_an_index_built_by_other_rules_is_refused_with_its_repair(folder: Path, tmp_path: Path) -> None:
    home = tmp_path / "home"
    add(folder, home)
    manifest = home / "index" / "manifest.json"
    text = manifest.read_text("utf-8")
    assert '"tokeniser": "' in text
    manifest.write_text(text.replace('"tokeniser": "', '"tokeniser": "other-'), "utf-8")
    said = call_process("ask", QUESTION, "--json", home=home)
    assert (said.status, said.error["hint"]) == (Exit.INDEX_MISMATCH, "osler index rebuild")
    assert call_process("index", "rebuild", home=home).status == Exit.DONE
    assert call_process("ask", QUESTION, "--json", home=home).status == Exit.DONE


def test_a_killed_indexing_is_made_good_by_the_next_question(folder: Path, tmp_path: Path) -> None:
    home = tmp_path / "home"
    add(folder, home)
    for file in (home / "index").iterdir():
        if file.name == "manifest.json":
            file.unlink()
    said = call_process("ask", QUESTION, "--json", home=home)
    assert said.status == Exit.DONE, said.err
    assert said.document["answer"]["bottom_line"]
