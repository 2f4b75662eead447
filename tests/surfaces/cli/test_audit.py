"""``osler audit`` from the outside: files and standard input, documents, pages, exit codes."""

from __future__ import annotations

import io
import sys
from pathlib import Path

import pytest
from tests.surfaces.cli.conftest import Call, call_process, validate

TEXT = """# Inventumab

Inventumab inhibits the testin receptor in adults with testosis. Inventumab cures everyone. Does it help?
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "article.md"
    path.write_text(TEXT, encoding="utf-8")
    return path


def test_an_audit_obeys_its_schema(call: Call, stocked: Path, file: Path) -> None:
    said = call("audit", str(file), "--json", home=stocked)
    assert (said.status, said.err) == (0, "")
    validate(said.document, "audit")
    assert [claim["verdict"] for claim in said.document["claims"]] == [
        "not_checkable",
        "supported",
        "unsupported",
        "not_checkable",
    ]
    assert said.document["tally"] == {
        "supported": 1,
        "partly": 0,
        "overstated": 0,
        "contradicted": 0,
        "unsupported": 1,
        "not_checkable": 2,
    }


def test_the_snapshot_is_that_of_the_library(call: Call, stocked: Path, file: Path) -> None:
    audited = call("audit", str(file), "--json", home=stocked).document
    snapshot = call("library", "snapshot", "--json", home=stocked).document
    assert audited["library"]["snapshot"] in str(snapshot)


def test_the_page_shows_the_words_and_where_they_are_from(call: Call, stocked: Path, file: Path) -> None:
    said = call("audit", str(file), home=stocked)
    assert said.status == 0
    assert said.out.index("Supported") < said.out.index("Inventumab inhibits the testin receptor")
    assert "PMID: 99999991" in said.out
    assert "\x1b" not in said.out


def test_standard_input_is_read_for_a_dash(
    call: Call, stocked: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(TEXT.encode())))
    assert len(call("audit", "-", "--json", home=stocked).document["claims"]) == 4


@pytest.mark.parametrize(
    ("content", "status", "code"),
    [
        (b"", 3, "input.empty"),
        (b"\xff\xfe\x00\x01", 3, "input.encoding"),
        (b"%PDF-1.4", 3, "input.unknown_format"),
        (b"a " * 500_001, 3, "input.too_large"),
        (b"<html><body><script>x</script></body></html>", 3, "input.empty"),
    ],
)
def test_what_cannot_be_audited_is_refused(
    call: Call, stocked: Path, tmp_path: Path, content: bytes, status: int, code: str
) -> None:
    path = tmp_path / "input"
    path.write_bytes(content)
    said = call("audit", str(path), "--json", home=stocked)
    assert (said.status, said.error["code"], said.out) == (status, code, "")


def test_a_file_that_is_not_there_is_not_found(call: Call, stocked: Path, tmp_path: Path) -> None:
    said = call("audit", str(tmp_path / "nothing.md"), "--json", home=stocked)
    assert (said.status, said.error["code"]) == (4, "not_found.file")


def test_a_folder_is_refused(call: Call, stocked: Path, tmp_path: Path) -> None:
    said = call("audit", str(tmp_path), "--json", home=stocked)
    assert (said.status, said.error["code"]) == (3, "input.unreadable")


def test_without_a_library_there_is_nothing_to_audit_against(tmp_path: Path, file: Path) -> None:
    said = call_process("audit", str(file), "--json", home=tmp_path / "nowhere")
    assert (said.status, said.error["code"]) == (4, "not_found.library")
