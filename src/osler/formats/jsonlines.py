"""JSON Lines: one document a line, under the field names that public data sets use.

``id``/``_id``/``doc_id``, ``title``, ``text`` or ``abstract`` (a string or a list of strings), or
``contexts`` with ``labels``; bibliographic fields are read where they are present. A line that cannot be
read is a rejection, whatever its length; the next line goes on.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any, BinaryIO, Final, TypeVar

from osler.errors import InputError
from osler.formats.design import classify, kind_of
from osler.formats.identifiers import find_year, normal_doi, normal_pmcid, normal_pmid
from osler.formats.labels import role_of, split_labels
from osler.formats.markup import clean, tidy
from osler.formats.participants import count_participants
from osler.formats.streams import MAX_LINE, iter_chunks, iter_lines, iter_utf8
from osler.formats.wording import Wording
from osler.model.record import Block, Item, Record, Rejection
from osler.model.source import Design, Kind, Source

_IDS: Final = ("id", "_id", "doc_id", "docid", "pmid", "PMID", "pmcid", "doi")
_TEXTS: Final = ("text", "abstract", "contents", "body")
_UNCOUNTED: Final = frozenset({Design.LABORATORY, Design.NARRATIVE_REVIEW, Design.GUIDELINE})
_Fields = dict[str, Any]
_Choice = TypeVar("_Choice", Kind, Design)


def read_jsonlines(
    stream: BinaryIO,
    *,
    name: str,
    kind: Kind | None = None,
    licence: str | None = None,
    scope: str = "public",
    max_line: int = MAX_LINE,
) -> Iterator[Item]:
    """Yield the document of each line of ``stream``; blank lines are passed over.

    Args:
        stream: Plain, gzip or xz bytes.
        name: Stands in errors and rejections.
        kind: Overrides the tier of every record.
        licence: Terms of use where a line does not give its own.
        scope: Part of the library the sources belong to.
        max_line: Longest line, in bytes, that is read into memory.

    Raises:
        InputError: The file as a whole cannot be read (``input.unreadable``, ``input.encoding``).
    """
    lines = iter_lines(iter_utf8(iter_chunks(stream, name=name), name=name), limit=max_line)
    number = 0
    while True:
        try:
            entry = next(lines, None)
        except InputError as error:
            if error.code not in {"input.truncated", "input.damaged"}:
                raise
            yield Rejection(f"{name}: after line {number}", error.code, error.message, error.hint)
            return
        if entry is None:
            return
        number, line = entry
        if line is None:
            reason = f"a line of more than {max_line >> 20} MiB"
            yield Rejection(
                f"{name}: line {number}", "input.line_too_long", reason, "split the document"
            )
        elif line and not line.isspace():
            yield _read_line(line, f"{name}: line {number}", kind=kind, licence=licence, scope=scope)


def _read_line(line: bytes, where: str, *, kind: Kind | None, licence: str | None, scope: str) -> Item:
    try:
        fields = json.loads(line)
    except UnicodeDecodeError as error:
        return Rejection(where, "input.encoding", f"is not UTF-8: {error}", "save the file as UTF-8")
    except (ValueError, RecursionError) as error:
        return Rejection(where, "input.json", f"is not JSON: {error}", "one JSON object on each line")
    if not isinstance(fields, dict):
        return Rejection(where, "input.json", "is not a JSON object", "one JSON object on each line")
    if (b"\\ud" in line or b"\\uD" in line) and holds_lone_surrogate(fields):
        return Rejection(where, "input.encoding", "holds half of a character", "save the file as UTF-8")
    try:
        return record_from(fields, kind=kind, licence=licence, scope=scope)
    except InputError as error:
        return Rejection(where, error.code, error.message, error.hint)


def holds_lone_surrogate(value: object) -> bool:
    """Tell whether a JSON value holds half of a UTF-16 pair, which no file and no database can store."""
    try:
        json.dumps(value, ensure_ascii=False).encode("utf-8")
    except UnicodeEncodeError:
        return True
    return False


def record_from(fields: _Fields, *, kind: Kind | None, licence: str | None, scope: str) -> Record:
    """Return the record that the fields of one line describe.

    Raises:
        InputError: ``input.no_identifier`` without any id, ``input.empty`` without title and text,
            ``input.value`` for a ``kind`` or ``design`` that does not exist.
    """
    given = next((str(fields[field]) for field in _IDS if _is_given(fields.get(field))), "").strip()
    if not given:
        raise InputError("has no id", code="input.no_identifier", hint="give each line an id or a pmid")
    pmid = _read_pmid(fields, given)
    title = tidy(clean(_string(fields.get("title")))) or None
    blocks = read_blocks(fields)
    if not blocks and title is None:
        raise InputError(
            "has neither title nor text", code="input.empty", hint="name the text 'text' or 'abstract'"
        )
    headings = _strings(fields.get("mesh"), ";")
    container = _string(fields.get("journal")) or None
    types = _strings(fields.get("publication_types"), ";")
    wording = Wording(blocks)
    ruling = classify(
        title,
        wording,
        types=types,
        headings=headings,
        container=container,
    )
    chosen_kind = kind or _choice(Kind, fields, "kind")
    design = _choice(Design, fields, "design") or ruling.design
    if chosen_kind in {Kind.GUIDELINE, Kind.LABEL} and not fields.get("design"):
        design = Design(chosen_kind.value)
    year = fields.get("year")
    date = _string(fields.get("date")) or None
    found_year = find_year(_string(year)) if year is not None else find_year(date or "")
    source = Source(
        key=f"pmid:{pmid}" if pmid else f"json:{given}",
        kind=chosen_kind or kind_of(design),
        design=design,
        title=title,
        authors=_strings(fields.get("authors"), ";"),
        container=container,
        year=found_year,
        date=date or (str(found_year) if found_year else None),
        pmid=pmid,
        pmcid=normal_pmcid(_string(fields.get("pmcid"))),
        doi=normal_doi(_string(fields.get("doi"))),
        url=_string(fields.get("url")) or None,
        licence=_string(fields.get("licence") or fields.get("license")) or licence,
        participants=_read_count(fields, design, wording),
        publication_types=types,
        headings=headings,
        language=_string(fields.get("language")) or None,
        revision=_string(fields.get("revision")),
        scope=scope,
    )
    return Record(source, blocks)


def read_blocks(fields: _Fields) -> tuple[Block, ...]:
    """Return the text of a line in order, cut at its section labels."""
    contexts = fields.get("contexts")
    if isinstance(contexts, dict):
        fields = {**contexts, **fields, "contexts": contexts.get("contexts")}
        contexts = fields["contexts"]
    if isinstance(contexts, list) and contexts:
        labels = fields.get("labels")
        if not isinstance(labels, list) or len(labels) != len(contexts):
            labels = [""] * len(contexts)
        pairs = [
            (tidy(clean(_string(text))), _string(label))
            for text, label in zip(contexts, labels, strict=True)
        ]
        return tuple(Block(text, role_of(label), label) for text, label in pairs if text)
    for field in _TEXTS:
        value = fields.get(field)
        if isinstance(value, list):
            value = " ".join(part for part in map(_string, value) if part)
        if isinstance(value, str) and value.strip():
            return split_labels(_paragraphs(clean(value)))
    return ()


def _paragraphs(text: str) -> str:
    """Return ``text`` with its paragraphs kept and the space around them taken off."""
    if "\n" not in text and "\r" not in text:
        return text.strip()
    lines = [line.strip() for line in text.splitlines()]
    return "\n".join(line for line in lines if line)


def _read_pmid(fields: _Fields, given: str) -> str | None:
    value = fields.get("pmid", fields.get("PMID"))
    if _is_given(value):
        return normal_pmid(_string(value))
    return normal_pmid(given) if given.lower().startswith("pmid:") else None


def _read_count(fields: _Fields, design: Design, wording: Wording) -> int | None:
    value = fields.get("n")
    if isinstance(value, str) and value.strip().isdigit():
        value = int(value)
    if isinstance(value, int) and not isinstance(value, bool) and value > 0:
        return value
    return None if design in _UNCOUNTED else count_participants(wording)


def _choice(family: type[_Choice], fields: _Fields, field: str) -> _Choice | None:
    value = _string(fields.get(field))
    if not value:
        return None
    try:
        return family(value)
    except ValueError:
        allowed = ", ".join(family)
        raise InputError(
            f"{field} {value!r} does not exist", code="input.value", hint=f"one of: {allowed}"
        ) from None


def _is_given(value: object) -> bool:
    return value is not None and not isinstance(value, (dict, list, bool)) and str(value).strip() != ""


def _string(value: object) -> str:
    if value is None or isinstance(value, (dict, list, bool)):
        return ""
    return str(value).strip()


def _strings(value: object, separator: str) -> tuple[str, ...]:
    """Return a list of strings, whether given as a list or as one string with separators."""
    parts = value if isinstance(value, list) else _string(value).split(separator)
    return tuple(dict.fromkeys(text for text in (_string(part) for part in parts) if text))
