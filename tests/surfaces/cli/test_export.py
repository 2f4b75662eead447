"""``osler export`` as a user calls it; what the files hold is told in ``tests/surfaces/exports``."""

from __future__ import annotations

import json
from pathlib import Path

from tests.surfaces.cli.conftest import QUESTION, Call


def asked(call: Call, home: Path) -> str:
    answer: str = call("ask", QUESTION, "--json", home=home).document["answer"]["id"]
    return answer


def test_an_answer_is_written_to_standard_output_or_to_a_file(
    call: Call, stocked: Path, tmp_path: Path
) -> None:
    answer = asked(call, stocked)
    printed = call("export", answer, home=stocked)
    assert printed.status == 0
    assert printed.out.startswith(f"# {QUESTION}")
    file = tmp_path / "answer.json"
    assert call("export", answer, "--to", "json", "-o", str(file), home=stocked).status == 0
    assert json.loads(file.read_text(encoding="utf-8"))["answer"]["id"] == answer


def test_what_cannot_be_exported_says_so_with_its_code(
    call: Call, stocked: Path, tmp_path: Path
) -> None:
    answer = asked(call, stocked)
    nowhere = str(tmp_path / "no" / "folder")
    for words, status, code in (
        (["src_1"], 2, "usage"),
        (["ans_00000000000000000000"], 4, "not_found"),
        ([answer, "--to", "fhir"], 2, "usage.format"),
        ([answer, "--to", "exe"], 2, "usage"),
        ([answer, "-o", nowhere], 3, "input.unwritable"),
    ):
        said = call("export", *words, home=stocked)
        assert said.status == status, said.err
        assert said.err.startswith(f"osler: {code}:")
