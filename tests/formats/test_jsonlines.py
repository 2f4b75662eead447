"""JSON Lines under the field names of public data sets; a bad line costs only itself."""

from __future__ import annotations

import gzip
import io
import json
import lzma
from collections.abc import Callable, Iterator

import pytest

from osler.formats.jsonlines import read_jsonlines
from osler.model.passage import Role
from osler.model.record import Block, Item, Record, Rejection
from osler.model.source import Design, Kind


def read(*lines: object, **given: object) -> list[Item]:
    text = "\n".join(line if isinstance(line, str) else json.dumps(line) for line in lines)
    return list(read_jsonlines(io.BytesIO(text.encode()), name="set.jsonl", **given))  # type: ignore[arg-type]


def read_one(fields: dict[str, object], **given: object) -> Record:
    (item,) = read(fields, **given)
    assert isinstance(item, Record), item
    return item


@pytest.mark.parametrize(
    ("fields", "key"),
    [
        ({"pmid": 12, "id": "x"}, "pmid:12"),
        ({"pmid": "0012"}, "pmid:12"),
        ({"id": "pmid:12"}, "pmid:12"),
        ({"id": "12"}, "json:12"),
        ({"_id": "a#1"}, "json:a#1"),
        ({"doc_id": 4983}, "json:4983"),
        ({"id": "x", "pmid": None}, "json:x"),
    ],
)
def test_the_key_is_the_pmid_or_the_lines_own_id(fields: dict[str, object], key: str) -> None:
    assert read_one({**fields, "text": "A sentence."}).source.key == key


@pytest.mark.parametrize(
    ("fields", "text"),
    [
        ({"text": "One. Two."}, "One. Two."),
        ({"abstract": "One."}, "One."),
        ({"abstract": ["One.", "Two."]}, "One. Two."),
        ({"text": "  One.\n\n  Two.  "}, "One.\nTwo."),
        ({"text": "5\u000010 mg"}, "5 10 mg"),
    ],
)
def test_text_is_a_string_or_a_list_of_strings(fields: dict[str, object], text: str) -> None:
    assert read_one({"id": "1", **fields}).blocks == (Block(text),)


def test_contexts_and_labels_are_blocks_with_roles() -> None:
    fields = {"id": "1", "contexts": ["Aim.", "Way.", "End."], "labels": ["AIM", "METHODS", "FINDINGS"]}
    assert read_one(fields).blocks == (
        Block("Aim.", Role.OBJECTIVE, "AIM"),
        Block("Way.", Role.METHODS, "METHODS"),
        Block("End.", Role.RESULTS, "FINDINGS"),
    )


def test_labels_inside_the_text_are_split_off() -> None:
    text = "Introductory words. METHODS: We did: a, b. Results: It was 3: 1. Conclusion: Good."
    blocks = read_one({"id": "1", "text": text}).blocks
    assert [(one.label, one.role, one.text) for one in blocks] == [
        ("", Role.UNLABELLED, "Introductory words."),
        ("METHODS", Role.METHODS, "We did: a, b."),
        ("Results", Role.RESULTS, "It was 3: 1."),
        ("Conclusion", Role.CONCLUSIONS, "Good."),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "We compared two drugs: A and B. NCT01234567: registered.",
        "The ratio was 3: 1. Note: this is no label.",
        "One label only. RESULTS: but it does not begin the text",
    ],
)
def test_a_colon_alone_makes_no_section(text: str) -> None:
    assert read_one({"id": "1", "text": text}).blocks == (Block(text),)


def test_all_bibliographic_fields_are_read() -> None:
    fields = {
        "id": "1", "title": "T", "text": "X.", "pmcid": "PMC7", "doi": "https://doi.org/10.9999/AB.",
        "year": "2007", "journal": "J", "authors": ["Alpha A", "Beta B"], "mesh": "Humans; Adult",
        "kind": "guideline", "design": "cohort", "url": "https://example.org", "licence": "CC BY 4.0",
        "language": "eng", "n": 21,
    }  # fmt: skip
    source = read_one(fields).source
    assert (source.pmcid, source.doi, source.year, source.container) == ("PMC7", "10.9999/ab", 2007, "J")
    assert source.authors == ("Alpha A", "Beta B")
    assert source.headings == ("Humans", "Adult")
    assert (source.kind, source.design, source.participants) == (Kind.GUIDELINE, Design.COHORT, 21)
    assert (source.url, source.licence, source.language) == ("https://example.org", "CC BY 4.0", "eng")


def test_what_the_caller_says_of_the_kind_outweighs_the_line() -> None:
    source = read_one({"id": "1", "text": "X.", "kind": "research"}, kind=Kind.GUIDELINE).source
    assert (source.kind, source.design) == (Kind.GUIDELINE, Design.GUIDELINE)


def test_a_title_without_text_is_a_record_without_blocks() -> None:
    assert read_one({"id": "1", "title": "Only a title"}).blocks == ()


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("{not json", "input.json"),
        ("[1, 2]", "input.json"),
        ('"text"', "input.json"),
        ('{"text": "no id"}', "input.no_identifier"),
        ('{"id": "1"}', "input.empty"),
        ('{"id": "1", "text": "X.", "kind": "rumour"}', "input.value"),
        ("[" * 100_000, "input.json"),
        ('{"id": "1", "text": "\\ud800"}', "input.encoding"),
    ],
)
def test_a_bad_line_is_refused_by_number_and_the_rest_goes_on(line: str, code: str) -> None:
    items = read({"id": "a", "text": "A."}, line, "", {"id": "b", "text": "B."})
    assert [item.source.key for item in items if isinstance(item, Record)] == ["json:a", "json:b"]
    (rejection,) = [item for item in items if isinstance(item, Rejection)]
    assert rejection.code == code
    assert rejection.item == "set.jsonl: line 2"


def test_a_line_in_another_encoding_is_refused_alone() -> None:
    data = b'{"id": "a", "text": "A."}\n{"id": "b", "text": "Caf\xe9"}\n{"id": "c", "text": "C."}'
    items = list(read_jsonlines(io.BytesIO(data), name="x"))
    assert [getattr(item, "code", "record") for item in items] == ["record", "input.encoding", "record"]


@pytest.mark.parametrize("pack", [bytes, gzip.compress, lzma.compress])
def test_packed_and_marked_files_are_read(pack: Callable[[bytes], bytes]) -> None:
    data = pack(b'\xef\xbb\xbf{"id": "a", "text": "A."}\r\n{"id": "b", "text": "B."}\r\n')
    items = list(read_jsonlines(io.BytesIO(data), name="x"))
    assert [item.blocks for item in items if isinstance(item, Record)] == [
        (Block("A."),),
        (Block("B."),),
    ]


def test_a_packed_file_cut_short_gives_all_it_holds_and_then_says_so() -> None:
    lines = b"".join(b'{"id": "%d", "text": "A sentence %d."}\n' % (n, n * n) for n in range(30_000))
    packed = gzip.compress(lines)
    items = list(read_jsonlines(io.BytesIO(packed[: len(packed) // 2]), name="x"))
    assert isinstance(items[-1], Rejection)
    assert items[-1].code == "input.truncated"
    assert [item.source.key for item in items[:-1] if isinstance(item, Record)] == [
        f"json:{number}" for number in range(len(items) - 1)
    ]


class Lines(io.RawIOBase):
    """A file whose second line is 200 MB long; it is made as it is read."""

    def __init__(self) -> None:
        self._parts = self._make()

    @staticmethod
    def _make() -> Iterator[bytes]:
        yield b'{"id": "a", "text": "A."}\n{"id": "long", "text": "'
        for _ in range(200):
            yield b"x" * 1_000_000
        yield b'"}\n{"id": "b", "text": "B."}\n'

    def read(self, _size: int = -1) -> bytes:
        return next(self._parts, b"")


def test_an_endless_line_is_passed_over_without_being_held() -> None:
    items = list(read_jsonlines(Lines(), name="x", max_line=1_000_000))  # type: ignore[arg-type]
    assert [getattr(item, "code", "record") for item in items] == [
        "record",
        "input.line_too_long",
        "record",
    ]
    assert isinstance(items[1], Rejection)
    assert items[1].item == "x: line 2"
