"""Adding files: what was read is passed over, what cannot be read is told, the rest goes on."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from tests.library.made import NOW, open_library

from osler.library.files import Reading, add_files
from osler.library.report import Report
from osler.model.source import Kind
from osler.store import Store

NOBODY = 65534


def write_lines(path: Path, numbers: range, *, bad: int | None = None) -> Path:
    """A JSON Lines file of made records; line ``bad`` is broken."""
    lines = [
        json.dumps({"id": f"made-{n}", "title": f"Made {n}", "text": f"Testamab helped {n} people."})
        for n in numbers
    ]
    if bad is not None:
        lines[bad] = lines[bad][:-9]
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def add(store: Store, *paths: Path | str, **how: object) -> Report:
    return add_files(store, paths, now=NOW, reading=Reading(**how))  # type: ignore[arg-type]  # test shorthand


def test_a_file_read_before_is_passed_over_under_any_name(store: Store, tmp_path: Path) -> None:
    first = write_lines(tmp_path / "a.jsonl", range(5))
    assert (add(store, first).added, store.count_sources()) == (5, 5)
    second = tmp_path / "b.jsonl"
    second.write_bytes(first.read_bytes())
    report = add(store, first, second)
    assert (report.files, report.skipped, report.items) == (0, 2, 0)
    assert add(store, first, again=True).unchanged == 5
    assert add(store, first, kind=Kind.GUIDELINE).revised == 5


def test_folders_are_walked_and_patterns_matched(store: Store, tmp_path: Path) -> None:
    write_lines(tmp_path / "in" / "deep" / "a.jsonl", range(3))
    write_lines(tmp_path / "in" / "b.jsonl", range(3, 5))
    write_lines(tmp_path / "in" / ".hidden.jsonl", range(5, 9))
    (tmp_path / "in" / "b.jsonl.md5").write_text("0")
    report = add(store, tmp_path / "in")
    assert (report.added, report.files, report.failed) == (5, 2, 0)
    write_lines(tmp_path / "other" / "c1.jsonl", range(10, 12))
    assert add(store, str(tmp_path / "other" / "c*.jsonl")).added == 2


def test_each_file_that_cannot_be_had_is_a_failure_and_the_rest_goes_on(
    store: Store, tmp_path: Path
) -> None:
    good = write_lines(tmp_path / "good.jsonl", range(2))
    fifo = tmp_path / "fifo"
    os.mkfifo(fifo)
    strange = tmp_path / "strange.bin"
    strange.write_bytes(b"\0\1\2" * 50)
    report = add(store, tmp_path / "none.jsonl", fifo, strange, tmp_path / "no*match", good)
    assert (report.added, report.failed) == (2, 4)
    assert {failure.item: failure.code for failure in store.failures()} == {
        str(tmp_path / "none.jsonl"): "input.missing",
        str(fifo): "input.unreadable",
        str(strange): "input.unknown_format",
        str(tmp_path / "no*match"): "input.missing",
    }


def test_a_file_with_a_broken_line_is_read_again_until_it_is_whole(store: Store, tmp_path: Path) -> None:
    path = write_lines(tmp_path / "a.jsonl", range(4), bad=2)
    assert [(r.added, r.failed, r.skipped) for r in (add(store, path),)] == [(3, 1, 0)]
    again = add(store, path)
    assert (again.unchanged, again.failed, again.skipped) == (3, 1, 0)
    assert store.failures()[0].tries == 2
    write_lines(path, range(4))
    assert add(store, path).added == 1
    assert store.failures() == []
    assert add(store, path).skipped == 1


PROGRAM = """
import os, sys, json
from datetime import datetime, UTC
from pathlib import Path
from osler.library.files import add_files
from osler.store import open_store

def add(home, what):
    with open_store(Path(home) / "osler.db", create=True, wait_s=1, holder="osler add") as store:
        return add_files(store, [what], now=datetime(2026, 1, 1, tzinfo=UTC))

user, home, documents, warm = sys.argv[1:]
add(warm, documents + "/good.jsonl")  # loads all modules while they can be read
# The migrations are files too, and the checkout may lie where only its owner can read.
with open_store(Path(home) / "osler.db", create=True, wait_s=1, holder="osler add"):
    pass
for made in Path(home).iterdir():
    os.chown(made, int(user), int(user))
os.setgid(int(user)); os.setuid(int(user))
report = add(home, documents)
print(json.dumps([report.added, [(f.item, f.code) for f in report.failures]]))
"""


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can become somebody who may not read")
def test_an_unreadable_folder_is_a_failure_and_the_rest_goes_on(tmp_path: Path) -> None:
    for folder in (tmp_path, *tmp_path.parents):
        if folder.stat().st_uid == os.geteuid() and folder != Path("/") and folder != Path("/tmp"):
            folder.chmod(0o755)
    home, documents = tmp_path / "home", tmp_path / "in"
    home.mkdir()
    os.chown(home, NOBODY, NOBODY)
    write_lines(documents / "good.jsonl", range(2)).chmod(0o644)
    write_lines(documents / "secret.jsonl", range(2, 4)).chmod(0o600)
    write_lines(documents / "locked" / "deep.jsonl", range(4, 6))
    (documents / "locked").chmod(0o700)
    documents.chmod(0o755)
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, str(NOBODY), str(home), str(documents), str(tmp_path / "warm")],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout) == [
        2,
        [
            [str(documents / "secret.jsonl"), "input.unreadable"],
            [str(documents / "locked"), "input.unreadable"],
        ],
    ]
    with open_library(home, create=False) as store:
        assert len(store.failures()) == 2
