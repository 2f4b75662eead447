"""A file is known by its content; its name decides only where the content cannot."""

from __future__ import annotations

import gzip
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.formats.made import article_set, citation, pubmed_article

from osler.errors import InputError
from osler.formats import open_items
from osler.model.record import Item, Record
from osler.model.source import Kind

Reader = Callable[[str, bytes], list[Item]]

MEDLINE = article_set(pubmed_article(citation("7")))
JATS = (
    b'<article><front><article-meta><article-id pub-id-type="pmc">9</article-id></article-meta></front>'
    b"<body><p>Text.</p></body></article>"
)


@pytest.mark.parametrize(
    ("name", "data", "key"),
    [
        ("any.bin", MEDLINE, "pmid:7"),
        ("any.jsonl", gzip.compress(MEDLINE), "pmid:7"),
        ("any.xml", b"\xef\xbb\xbf" + MEDLINE, "pmid:7"),
        ("any.xml", MEDLINE.decode().replace("UTF-8", "utf-16").encode("utf-16"), "pmid:7"),
        ("any", JATS, "pmc:PMC9"),
        ("any.txt", b'{"id": "a", "text": "A."}', "json:a"),
        ("any.json", b'{"id": "a", "text": "A."}\n{"id": "b", "text": "B."}', "json:a"),
        ("any.txt", b'[{"title": "T", "DOI": "10.9999/t"}]', "doi:10.9999/t"),
        (
            "any.json",
            b'{"type": "book", "title": "T", "DOI": "10.9999/t", "issued": {}}',
            "doi:10.9999/t",
        ),
        ("any.txt", b"\n1.\nTY  - JOUR\nTI  - T\nDO  - 10.9999/t\nER  - \n", "doi:10.9999/t"),
        ("any.md", b"Only words.", "file:any.md"),
        ("any.md.gz", gzip.compress(b"Only words."), "file:any.md.gz"),
        ("any.htm", b"<p>Only words.</p>", "file:any.htm"),
        ("any.txt", b"<!doctype HTML><p>Only words.</p>", "file:any.txt"),
    ],
)
def test_content_decides_and_the_name_helps(items_of: Reader, name: str, data: bytes, key: str) -> None:
    first = items_of(name, data)[0]
    assert isinstance(first, Record)
    assert first.source.key == key


@pytest.mark.parametrize(
    ("name", "data", "code"),
    [
        ("a.xml", b"", "input.empty"),
        ("a.xml", b"  \n", "input.empty"),
        ("a.xml", b"<other/>", "input.unknown_format"),
        ("a.xml", b"<<<", "input.unknown_format"),
        ("a.bin", b"\x89PNG\0\0", "input.unknown_format"),
        ("a.txt", b"just words", "input.unknown_format"),
        ("a.csv", b"id,text\n1,x", "input.unknown_format"),
        ("a.xml", b'<!DOCTYPE x [<!ENTITY a "b">]><PubmedArticleSet/>', "input.entities"),
        ("a.gz", b"\x1f\x8b\x08", "input.truncated"),
        ("a.xml", b"<?xml version='1.0' encoding='x-no'?><PubmedArticleSet/>", "input.encoding"),
    ],
)
def test_a_file_nobody_can_read_is_refused_by_name(
    items_of: Reader, name: str, data: bytes, code: str
) -> None:
    with pytest.raises(InputError) as caught:
        items_of(name, data)
    assert caught.value.code == code
    assert caught.value.item.endswith(name)


def test_a_missing_file_and_a_folder_are_refused(tmp_path: Path) -> None:
    for path in (tmp_path / "none.xml", tmp_path):
        with pytest.raises(InputError) as caught:
            list(open_items(path))
        assert caught.value.code == "input.unreadable"


def test_what_the_caller_says_reaches_every_reader(tmp_path: Path) -> None:
    files = {
        "a.xml": MEDLINE,
        "b.xml": JATS,
        "c.jsonl": b'{"id": "a", "text": "A."}',
        "d.json": b'[{"title": "T"}]',
        "e.ris": b"TY  - JOUR\nTI  - T\nER  - ",
        "f.md": b"Words.",
        "g.html": b"<html><p>Words.</p></html>",
    }
    for name, data in files.items():
        path = tmp_path / name
        path.write_bytes(data)
        (record,) = open_items(path, kind=Kind.GUIDELINE, licence="CC0 1.0", scope="ward")
        assert isinstance(record, Record)
        source = record.source
        assert (source.kind, source.design, source.licence, source.scope) == (
            "guideline",
            "guideline",
            "CC0 1.0",
            "ward",
        )


def test_the_room_is_light_until_a_file_is_read() -> None:
    heavy = {"lxml", "xml.etree.ElementTree", "osler.formats.medline", "osler.formats.design"}
    code = f"import sys, osler.formats; print(sorted({heavy!r} & set(sys.modules)))"
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, env=dict(os.environ)
    )
    assert done.stdout.strip() == "[]"
