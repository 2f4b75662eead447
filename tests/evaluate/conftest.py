"""Small invented sets whose figures can be worked out by hand, and the command line to measure with."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from osler.surfaces.cli.main import run

CORPUS = [
    {"_id": "10", "title": "Zubromycin", "text": "Zubromycin cured velitosis in mice."},
    {"_id": "20", "title": "Zubromycin", "text": "Zubromycin cured velitosis in adults of Ostland."},
    {"_id": "30", "title": "Kelopax", "text": "Kelopax was given in tablets."},
    {"_id": "40", "title": "Orbitan", "text": "Orbitan lowers the pressure of the eye."},
]
QUERIES = [
    {"_id": "a", "text": "kelopax tablets"},
    {"_id": "b", "text": "orbitan eye pressure"},
    {"_id": "c", "text": "wuppelfizz"},
    {"_id": "d", "text": "never judged"},
]
JUDGEMENTS = [("a", "30", 1), ("a", "40", 1), ("b", "40", 1), ("b", "10", 0), ("c", "20", 1)]

WriteBeir = Callable[..., Path]


def write_lines(file: Path, rows: Iterable[Any]) -> Path:
    file.parent.mkdir(parents=True, exist_ok=True)
    lines = (row if isinstance(row, str) else json.dumps(row, ensure_ascii=False) for row in rows)
    file.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    return file


@pytest.fixture
def write_beir(tmp_path: Path) -> WriteBeir:
    """Write a BEIR folder; parts that are not given are the small ones above."""

    def write(
        corpus: list[Any] = CORPUS,
        queries: list[Any] = QUERIES,
        judgements: list[tuple[Any, ...]] = JUDGEMENTS,
    ) -> Path:
        folder = tmp_path / "small"
        write_lines(folder / "corpus.jsonl", corpus)
        write_lines(folder / "queries.jsonl", queries)
        rows = ["query-id\tcorpus-id\tscore"]
        rows += ["\t".join(str(cell) for cell in row) for row in judgements]
        write_lines(folder / "qrels" / "test.tsv", rows)
        return folder

    return write


class Called:
    """What one call of the command line left behind."""

    def __init__(self, status: int, out: str, err: str) -> None:
        self.status, self.out, self.err = status, out, err

    @property
    def document(self) -> Any:
        return json.loads(self.out)

    @property
    def error(self) -> Any:
        return json.loads(self.err)["error"]


@pytest.fixture
def call(capsys: pytest.CaptureFixture[str], home: Path) -> Callable[..., Called]:
    """Call ``osler`` within this process, on an empty home."""

    def invoke(*words: object) -> Called:
        capsys.readouterr()
        status = run([str(word) for word in words])
        seen = capsys.readouterr()
        return Called(status, seen.out, seen.err)

    return invoke


PAPERS = [
    {
        "pmid": "99999981",
        "title": "Zubromycin in velitosis: a randomized trial",
        "abstract": "BACKGROUND: Velitosis is an invented disease. METHODS: We randomized 60 adults "
        "with velitosis to zubromycin or placebo. RESULTS: Zubromycin cured velitosis in 24 of 30 "
        "adults (80%) and placebo in 6 of 30 (20%). CONCLUSIONS: Zubromycin cures velitosis in adults.",
        "year": 2018,
    },
    {
        "pmid": "99999982",
        "title": "Harms of zubromycin in velitosis",
        "abstract": "Nausea occurred in 3 of 40 adults with velitosis treated with zubromycin.",
        "year": 2020,
    },
]


@pytest.fixture
def stocked(call: Callable[..., Called], tmp_path: Path) -> Path:
    """A home that holds the invented papers."""
    file = write_lines(tmp_path / "papers.jsonl", PAPERS)
    assert call("add", file).status == 0
    return tmp_path / "home"


def validate(document: Any) -> None:
    """Hold ``document`` to the published schema."""
    schema = Path(__file__).parents[2] / "docs" / "schema" / "eval.json"
    Draft202012Validator(json.loads(schema.read_text(encoding="utf-8"))).validate(document)
