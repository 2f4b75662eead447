"""Question sets on disk: BEIR folders, files of questions, questions with nuggets, gold sentences.

Reads and checks; measures nothing. A faulty line refuses the whole set, since a figure over part of a
set would pass for a figure over all of it.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from osler.errors import InputError, OslerError

Fields = dict[str, Any]
QUESTION_FIELDS: Final = ("question", "body", "text", "query")
STANCES: Final = ("yes", "no", "maybe")


@dataclass(frozen=True, slots=True)
class Origin:
    """Which data a run was measured on.

    Attributes:
        name: Name of the file or folder, without its place on this machine.
        sha256: Hash of the bytes that were read, 64 hexadecimal digits.
        items: Questions that were measured.
    """

    name: str
    sha256: str
    items: int


@dataclass(frozen=True, slots=True)
class Beir:
    """A retrieval set in the layout of the BEIR collection (Thakur et al. 2021, arXiv:2104.08663).

    Attributes:
        origin: What was read.
        corpus: The file of documents.
        documents: Ids of all documents, in order of the file.
        queries: Text of every query that has a relevant document, by id.
        relevance: Query id → document id → grade; only grades above 0.
        unjudged: Queries left out because nothing is relevant to them.
    """

    origin: Origin
    corpus: Path
    documents: tuple[str, ...]
    queries: dict[str, str]
    relevance: dict[str, dict[str, int]]
    unjudged: int


@dataclass(frozen=True, slots=True)
class Nugget:
    """One fact that an answer should state; ``must`` marks those it may not lack."""

    text: str
    must: bool


@dataclass(frozen=True, slots=True)
class NuggetQuestion:
    """A question with what its answer should state and the sources it could rest on (may be empty).

    Attributes:
        question: As asked.
        nuggets: Facts; may be empty where ``ideal`` or ``stance`` is given.
        sources: Ids of sources.
        ideal: Answers that experts wrote, any of which will do.
        stance: ``yes``, ``no`` or ``maybe``, or None where the set does not say.
    """

    question: str
    nuggets: tuple[Nugget, ...]
    sources: tuple[str, ...]
    ideal: tuple[str, ...] = ()
    stance: str | None = None


@dataclass(frozen=True, slots=True)
class GoldDocument:
    """A question, one document, and the stretches of its text that answer the question."""

    question: str
    document: str
    title: str
    text: str
    spans: tuple[tuple[int, int], ...]


def load_beir(folder: Path, *, split: str = "test") -> Beir:
    """Return the retrieval set in ``folder``: ``corpus.jsonl``, ``queries.jsonl``, ``qrels/SPLIT.tsv``.

    Raises:
        InputError: A file is missing, or a line of it cannot be used (``input.missing``,
            ``input.json``, ``input.value``, ``input.empty``).
    """
    corpus, asked = folder / "corpus.jsonl", folder / "queries.jsonl"
    judged = folder / "qrels" / f"{split}.tsv"
    for file in (corpus, asked, judged):
        _require(file, "a BEIR folder holds corpus.jsonl, queries.jsonl and qrels/test.tsv")
    documents: dict[str, None] = {}
    for where, fields in iter_objects(corpus):
        _put_new(documents, _id_of(fields, where), None, where)
    texts: dict[str, str] = {}
    for where, fields in iter_objects(asked):
        _put_new(texts, _id_of(fields, where), _text_of(fields, "text", where), where)
    relevance: dict[str, dict[str, int]] = {}
    for where, (query, document, grade) in _iter_judgements(judged):
        if query not in texts:
            raise _refused(where, f"query {query} is not in queries.jsonl")
        if document not in documents:
            raise _refused(where, f"document {document} is not in corpus.jsonl")
        if grade > 0:
            relevance.setdefault(query, {})[document] = grade
    if not relevance:
        raise InputError("no document is relevant to any query", item=judged.name, code="input.empty")
    queries = {query: text for query, text in texts.items() if query in relevance}
    origin = Origin(folder.resolve().name, hash_files(corpus, asked, judged), len(queries))
    return Beir(origin, corpus, tuple(documents), queries, relevance, len(texts) - len(queries))


def load_questions(file: Path) -> tuple[Origin, tuple[str, ...]]:
    """Return the questions of ``file``: one a line, or JSON lines with a ``question``.

    Raises:
        InputError: The file is missing or empty, or a JSON line holds no question.
    """
    _require(file, "a text file with one question a line, or JSON lines")
    found = []
    for number, line in enumerate(_read_lines(file), start=1):
        if line.lstrip().startswith("{"):
            where = f"{file.name}: line {number}"
            fields = _object_in(line, where)
            name = next((name for name in QUESTION_FIELDS if name in fields), QUESTION_FIELDS[0])
            found.append(_text_of(fields, name, where))
        elif line.strip():
            found.append(line.strip())
    questions = tuple(dict.fromkeys(found))
    if not questions:
        raise InputError("holds no question", item=file.name, code="input.empty")
    return Origin(file.name, hash_files(file), len(questions)), questions


def load_nuggets(file: Path) -> tuple[Origin, tuple[NuggetQuestion, ...]]:
    """Return the questions of ``file`` with their nuggets.

    Each line is ``{"question", "nuggets": [{"text", "must": true}], "sources": [ids]}``, and may hold
    ``"ideal": [texts]`` and ``"stance": "yes" | "no" | "maybe"``.

    Raises:
        InputError: The file is missing or empty, or a line of it cannot be used.
    """
    _require(file, 'JSON lines {"question", "nuggets": [{"text", "must"}], "sources"}')
    found = []
    for where, fields in iter_objects(file):
        question = _text_of(fields, "question", where)
        nuggets = tuple(_nugget_in(entry, where) for entry in _list_in(fields, "nuggets", where))
        ideal = tuple(str(entry) for entry in _list_in(fields, "ideal", where) if str(entry).strip())
        stance = fields.get("stance")
        if stance is not None and stance not in STANCES:
            raise _refused(where, f"stance {stance!r} is none of {', '.join(STANCES)}")
        if not nuggets and not ideal and stance is None:
            raise _refused(where, "without nuggets, ideal answer and stance nothing can be measured")
        sources = tuple(str(entry) for entry in _list_in(fields, "sources", where))
        found.append(NuggetQuestion(question, nuggets, sources, ideal, stance))
    if not found:
        raise InputError("holds no question", item=file.name, code="input.empty")
    return Origin(file.name, hash_files(file), len(found)), tuple(found)


def load_gold_documents(file: Path) -> tuple[Origin, tuple[GoldDocument, ...]]:
    """Return the questions of ``file``, each with a document and the spans that answer it.

    Each line is ``{"question", "document", "title", "text", "spans": [[start, end]]}``; offsets are code
    points of ``text``.

    Raises:
        InputError: The file is missing or empty, or a line of it cannot be used.
    """
    _require(file, 'JSON lines {"question", "document", "title", "text", "spans"}')
    found = []
    for where, fields in iter_objects(file):
        text = _text_of(fields, "text", where)
        spans = tuple(_span_in(entry, text, where) for entry in _list_in(fields, "spans", where))
        if not spans:
            raise _refused(where, "a document without a gold span cannot be measured")
        title = fields.get("title")
        found.append(
            GoldDocument(
                question=_text_of(fields, "question", where),
                document=_text_of(fields, "document", where),
                title=title if isinstance(title, str) else "",
                text=text,
                spans=spans,
            )
        )
    if not found:
        raise InputError("holds no document", item=file.name, code="input.empty")
    return Origin(file.name, hash_files(file), len(found)), tuple(found)


def iter_objects(file: Path) -> Iterator[tuple[str, Fields]]:
    """Yield the object of each line of ``file`` that is not blank, with its place for messages.

    Raises:
        InputError: The file cannot be read, or a line is not a JSON object.
    """
    for number, line in enumerate(_read_lines(file), start=1):
        if line.strip():
            where = f"{file.name}: line {number}"
            yield where, _object_in(line, where)


def hash_files(*files: Path) -> str:
    """Return the SHA-256 of the bytes of ``files``, one after the other."""
    digest = hashlib.sha256()
    for file in files:
        with file.open("rb") as stream:
            while block := stream.read(1 << 20):
                digest.update(block)
    return digest.hexdigest()


def _iter_judgements(file: Path) -> Iterator[tuple[str, tuple[str, str, int]]]:
    for number, line in enumerate(_read_lines(file), start=1):
        where = f"{file.parent.name}/{file.name}: line {number}"
        cells = line.rstrip("\r\n").split("\t")
        if not line.strip() or (number == 1 and cells[-1] == "score"):
            continue
        try:
            query, document, grade = cells
            yield where, (query, document, int(grade))
        except ValueError:
            raise _refused(
                where, "is not query, document and a whole grade, set apart by tabs"
            ) from None


def _read_lines(file: Path) -> Iterator[str]:
    try:
        with file.open(encoding="utf-8") as stream:
            yield from stream
    except UnicodeDecodeError as fault:
        raise InputError(
            f"is not UTF-8: {fault}", item=file.name, code="input.encoding", hint="save it as UTF-8"
        ) from fault
    except OSError as fault:
        raise InputError(
            f"cannot be read: {fault.strerror}", item=file.name, code="input.unreadable"
        ) from fault


def _require(file: Path, hint: str) -> None:
    if not file.is_file():
        raise InputError("there is no such file", item=str(file), hint=hint, code="input.missing")


def _object_in(line: str, where: str) -> Fields:
    try:
        fields = json.loads(line)
    except (ValueError, RecursionError) as fault:
        raise InputError(f"is not JSON: {fault}", item=where, code="input.json") from None
    if not isinstance(fields, dict):
        raise InputError("is not a JSON object", item=where, code="input.json")
    return fields


def _id_of(fields: Fields, where: str) -> str:
    found = fields.get("_id")
    if not isinstance(found, str | int) or isinstance(found, bool) or not str(found).strip():
        raise _refused(where, "has no _id")
    return str(found)


def _text_of(fields: Fields, name: str, where: str) -> str:
    found = fields.get(name)
    if not isinstance(found, str) or not found.strip():
        raise _refused(where, f"has no {name}")
    return found


def _list_in(fields: Fields, name: str, where: str) -> list[Any]:
    found = fields.get(name, [])
    if not isinstance(found, list):
        raise _refused(where, f"{name} is not a list")
    return found


def _nugget_in(entry: object, where: str) -> Nugget:
    if not isinstance(entry, dict):
        raise _refused(where, "a nugget is not an object")
    return Nugget(_text_of(entry, "text", where), bool(entry.get("must", True)))


def _span_in(entry: object, text: str, where: str) -> tuple[int, int]:
    match entry:
        case [int(start), int(end)] if 0 <= start < end <= len(text):
            return start, end
    raise _refused(where, f"{entry} is no span of its text")


def _put_new(table: dict[str, Any], key: str, value: object, where: str) -> None:
    if key in table:
        raise _refused(where, f"{key} is there twice")
    table[key] = value


def _refused(where: str, reason: str) -> OslerError:
    return InputError(reason, item=where, code="input.value")
