"""A broken citation is set aside alone; a file that is unusable as a whole says so."""

from __future__ import annotations

import contextlib
import gc
import gzip
import io
import lzma
import tracemalloc
from collections.abc import Iterator
from xml.etree.ElementTree import fromstring

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.formats.made import DOCTYPE, PROLOGUE, article_set, citation, pubmed_article, read, read_one

from osler.errors import InputError
from osler.formats import read_medline
from osler.formats.medline.citation import Marking, read_citation
from osler.formats.medline.lists import Lists, take_lists
from osler.model.record import Deletion, Item, Record, Rejection
from osler.model.source import Kind


def many(count: int, *, start: int = 1) -> list[str]:
    return [pubmed_article(citation(str(number))) for number in range(start, start + count)]


def keys(items: list[Item]) -> list[str]:
    return [item.source.key for item in items if isinstance(item, Record)]


def rejections(items: list[Item]) -> list[Rejection]:
    return [item for item in items if isinstance(item, Rejection)]


def test_baseline_style_sets_are_read_like_efetch_answers() -> None:
    body = citation("5") + "\n" + citation("6")
    old = f"{PROLOGUE}<MedlineCitationSet>\n{body}\n</MedlineCitationSet>".encode()
    assert keys(read(old)) == ["pmid:5", "pmid:6"]
    assert read(old) == read(article_set(pubmed_article(citation("5")), pubmed_article(citation("6"))))


def test_an_empty_answer_holds_nothing_and_is_no_error() -> None:
    assert read(article_set()) == []
    assert read(b"<PubmedArticleSet/>") == []


def test_deletions_are_given_in_their_place() -> None:
    deleted = '<DeleteCitation><PMID Version="1">8</PMID>\n<PMID Version="1">09</PMID></DeleteCitation>'
    items = read(article_set(*many(40), rest=deleted))
    assert [item.key for item in items if isinstance(item, Deletion)] == ["pmid:8", "pmid:9"]
    assert len(items) == 42
    assert isinstance(items[-1], Deletion)


def test_books_are_set_aside_with_their_pmid_and_the_rest_is_read() -> None:
    book = (
        '<PubmedBookArticle><BookDocument><PMID Version="1">77</PMID></BookDocument></PubmedBookArticle>'
    )
    items = read(article_set(*many(1), book, *many(1, start=2)))
    assert keys(items) == ["pmid:1", "pmid:2"]
    (rejection,) = rejections(items)
    assert rejection.code == "input.book"
    assert "pmid:77" in rejection.item


def test_the_same_pmid_twice_is_given_twice_for_the_library_to_judge() -> None:
    items = read(article_set(pubmed_article(citation("3")), pubmed_article(citation("3", version="2"))))
    assert keys(items) == ["pmid:3", "pmid:3"]
    assert [item.source.revision[:4] for item in items if isinstance(item, Record)] == ["0001", "0002"]


@pytest.mark.parametrize("at", [0, 1, 20, 63, 99])
@pytest.mark.parametrize(
    ("broken", "code"),
    [
        (citation("666", abstract="<AbstractText>open <b>bold</AbstractText>"), "input.xml"),
        (citation("666", abstract="<AbstractText>5 < 6 & so</AbstractText>"), "input.xml"),
        (citation("666", abstract="<AbstractText>&nosuchname;</AbstractText>"), "input.entities"),
        (citation("666", abstract="<AbstractText>bell \x07</AbstractText>"), "input.xml"),
        (citation("666", authors="<AuthorList><Author><LastName>A</Author></AuthorList>"), "input.xml"),
        (citation("666").replace("<Title>", ""), "input.xml"),
        (citation("666").replace('<PMID Version="1">666</PMID>', ""), "input.no_identifier"),
        (citation("6x6"), "input.no_identifier"),
        (
            citation("666", abstract=f"<AbstractText>{'<b>' * 5000}{'</b>' * 5000}</AbstractText>"),
            "input.xml",
        ),
    ],
)
def test_one_broken_citation_costs_only_itself(at: int, broken: str, code: str) -> None:
    whole = many(100)
    items = read(article_set(*whole[:at], pubmed_article(broken), *whole[at:]))
    assert keys(items) == [f"pmid:{number}" for number in range(1, 101)]
    (rejection,) = rejections(items)
    assert rejection.code == code
    assert f"citation {at + 1}" in rejection.item
    assert items.index(rejection) == at
    if code != "input.no_identifier":
        assert "pmid:666" in rejection.item


def test_a_citation_without_closing_tag_does_not_swallow_its_neighbour() -> None:
    lost = pubmed_article(citation("666")).removesuffix("</PubmedArticle>")
    items = read(article_set(*many(2), lost, *many(2, start=3)))
    assert keys(items) == ["pmid:1", "pmid:2", "pmid:3", "pmid:4"]
    assert [(one.code, "pmid:666" in one.item) for one in rejections(items)] == [("input.xml", True)]


def test_latin_1_bytes_in_a_file_that_says_utf_8_are_set_aside() -> None:
    latin = pubmed_article(citation("666", title="Caf\xe9.")).encode("latin-1")
    head, foot = article_set("HERE").split(b"HERE")
    items = read(head + many(1)[0].encode() + latin + many(1, start=2)[0].encode() + foot)
    assert keys(items) == ["pmid:1", "pmid:2"]
    assert [(one.code, "pmid:666" in one.item) for one in rejections(items)] == [
        ("input.encoding", True)
    ]


@pytest.mark.parametrize(
    ("encoding", "mark"),
    [
        ("utf-8", b"\xef\xbb\xbf"),
        ("utf-16-le", b"\xff\xfe"),
        ("utf-16-be", b"\xfe\xff"),
        ("latin-1", b""),
        ("utf-16-le", b""),
    ],
)
def test_every_declared_or_marked_encoding_is_read(encoding: str, mark: bytes) -> None:
    declared = "utf-16" if encoding.startswith("utf-16") else encoding
    text = article_set(pubmed_article(citation(title="Größe é."))).decode()
    data = mark + text.replace('encoding="UTF-8"', f'encoding="{declared}"').encode(encoding)
    (record,) = read(data)
    assert isinstance(record, Record)
    assert record.source.title == "Größe é."


def test_an_unknown_encoding_is_refused() -> None:
    data = article_set(*many(1)).replace(b"UTF-8", b"x-klingon")
    with pytest.raises(InputError) as caught:
        read(data)
    assert caught.value.code == "input.encoding"


def test_names_of_characters_that_html_knows_are_resolved() -> None:
    record = read_one(citation(abstract="<AbstractText>5&nbsp;&mu;g &#x2265; &lt;1</AbstractText>"))
    assert record.blocks[0].text == "5\u00a0μg ≥ <1"


BILLION = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10 if n else "lol"}">' for n in range(9))


@pytest.mark.parametrize(
    "subset",
    [
        BILLION,
        '<!ENTITY xxe SYSTEM "file:///etc/passwd">',
        '<!ENTITY % p SYSTEM "http://127.0.0.1:9/">%p;',
    ],
)
def test_a_file_that_declares_entities_is_refused_before_it_is_parsed(subset: str) -> None:
    doctype = f"<!DOCTYPE PubmedArticleSet [{subset}]>"
    data = article_set(pubmed_article(citation(title="&l8;&xxe;"))).replace(
        DOCTYPE.encode(), doctype.encode()
    )
    with pytest.raises(InputError) as caught:
        read(data)
    assert caught.value.code == "input.entities"


def test_an_entity_declaration_smuggled_between_citations_expands_nothing() -> None:
    smuggled = f"<!DOCTYPE x [{BILLION}]>"
    items = read(article_set(many(1)[0], smuggled, pubmed_article(citation("2", title="&l8;"))))
    assert keys(items) == ["pmid:1"]
    assert [one.code for one in rejections(items)] == ["input.entities"]


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "input.empty"),
        (b" \n\t ", "input.empty"),
        (b"<html><body>Service unavailable</body></html>", "input.not_medline"),
        (b"<eFetchResult><ERROR>Cannot retrieve</ERROR></eFetchResult>", "input.not_medline"),
        (b'{"error":"API rate limit exceeded"}', "input.not_medline"),
        (b"PMID- 1\nTI  - A title", "input.not_medline"),
        (b"\x00\x01\x02\x03", "input.not_medline"),
        (b"<!DOCTYPE PubmedArticleSet [", "input.not_medline"),
    ],
)
def test_what_is_not_medline_is_refused_by_name(data: bytes, code: str) -> None:
    with pytest.raises(InputError) as caught:
        read(data)
    assert caught.value.code == code
    assert caught.value.item == "test.xml"


@pytest.mark.parametrize("pack", [gzip.compress, lzma.compress])
def test_a_packed_file_cut_short_gives_all_it_holds_and_then_says_so(pack: object) -> None:
    assert callable(pack)
    whole = article_set(*many(4000))
    packed = pack(whole)
    assert len(read(packed)) == 4000
    items = read(packed[: len(packed) * 2 // 3])
    assert len(items) > 100
    assert keys(items) == [f"pmid:{number}" for number in range(1, len(items))]
    assert isinstance(items[-1], Rejection)
    assert items[-1].code == "input.truncated"


def test_a_damaged_gzip_gives_what_came_before_the_damage() -> None:
    packed = bytearray(gzip.compress(article_set(*many(4000))))
    middle = len(packed) // 2
    packed[middle : middle + 400] = bytes(400)
    items = read(bytes(packed))
    assert isinstance(items[-1], Rejection)
    assert items[-1].code in {"input.damaged", "input.xml"}
    assert len(keys(items)) > 100


def test_a_gzip_of_several_members_is_read_to_the_end() -> None:
    head, foot = article_set("HERE").split(b"HERE")
    parts = [gzip.compress(part) for part in (head, "".join(many(3)).encode(), foot)]
    assert len(read(b"".join(parts) + b"\0" * 512)) == 3


@pytest.mark.parametrize(("cut", "whole"), [(10, 50), (30, 49), (200, 49), (600, 49)])
def test_a_plain_file_cut_short_says_so(cut: int, whole: int) -> None:
    items = read(article_set(*many(50))[:-cut])
    assert keys(items) == [f"pmid:{number}" for number in range(1, whole + 1)]
    (last,) = items[whole:]
    assert isinstance(last, Rejection)
    assert last.code == "input.truncated"
    assert ("pmid:50" in last.item) == (whole == 49)


def test_a_stream_that_cannot_be_read_is_refused() -> None:
    class Broken(io.RawIOBase):
        def readable(self) -> bool:
            return True

        def readinto(self, _buffer: object) -> int:
            raise OSError(5, "Input/output error")

    with pytest.raises(InputError) as caught:
        list(read_medline(io.BufferedReader(Broken()), name="disk"))
    assert caught.value.code == "input.unreadable"


def test_what_the_caller_says_is_noted_on_each_source() -> None:
    data = io.BytesIO(article_set(*many(1)))
    (record,) = read_medline(data, name="x", kind=Kind.LABEL, licence="CC0 1.0", scope="ward")
    assert isinstance(record, Record)
    source = record.source
    assert (source.kind, source.design, source.licence, source.scope) == (
        "label",
        "label",
        "CC0 1.0",
        "ward",
    )


class Endless(io.RawIOBase):
    """A file of a hundred megabytes that never lies in memory as a whole."""

    def __init__(self, count: int) -> None:
        self._parts = self._make(count)
        self._left = b""

    @staticmethod
    def _make(count: int) -> Iterator[bytes]:
        head, foot = article_set("HERE").split(b"HERE")
        yield head
        body = f"<AbstractText>{'Some invented words follow here. ' * 150}</AbstractText>"
        one = pubmed_article(citation("90000001", abstract=body)).encode()
        for _ in range(count):
            yield one
        yield foot

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        while not self._left:
            self._left = next(self._parts, b"")
            if not self._left:
                return 0
        part = self._left[: len(buffer)]
        buffer[: len(part)] = part
        self._left = self._left[len(part) :]
        return len(part)


def test_memory_stays_flat_however_long_the_file() -> None:
    def peak(count: int) -> int:
        tracemalloc.start()
        stream = io.BufferedReader(Endless(count))
        assert sum(1 for _ in read_medline(stream, name="big")) == count
        used = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return used

    assert peak(3000) < 1.3 * peak(1000) + 1_000_000


@pytest.mark.parametrize("enabled", [True, False])
def test_the_garbage_collector_is_left_as_it_was_found(enabled: bool) -> None:
    before = gc.isenabled()
    (gc.enable if enabled else gc.disable)()
    try:
        for item in read_medline(io.BytesIO(article_set(*many(70))), name="x"):
            assert gc.isenabled() is enabled, item
        assert gc.isenabled() is enabled
    finally:
        (gc.enable if before else gc.disable)()


def test_the_quick_way_and_the_parser_agree_on_unusual_lists() -> None:
    authors = [
        "<AuthorList><Author><LastName>A</LastName><ForeName>B</ForeName></Author></AuthorList>",
        "<AuthorList><Author><CollectiveName>Group</CollectiveName></Author></AuthorList>",
        '<AuthorList CompleteYN="Y"><Author ValidYN="Y"><LastName>A\n B</LastName><Initials>C</Initials>'
        "<AffiliationInfo><Affiliation>x &amp; <i>y</i></Affiliation></AffiliationInfo></Author>"
        "</AuthorList>",
        "<AuthorList><Author><LastName>&#xe9;t&eacute;</LastName></Author></AuthorList>",
        "<AuthorList></AuthorList>",
        "",
    ]
    after = [
        "<KeywordList Owner='NOTNLM'><Keyword>a &lt; b</Keyword> <Keyword>c</Keyword></KeywordList>",
        "<KeywordList><Keyword>a<sup>2</sup></Keyword></KeywordList>"
        "<KeywordList><Keyword>b</Keyword></KeywordList>",
        "<MeshHeadingList><MeshHeading><DescriptorName>Humans</DescriptorName></MeshHeading></MeshHeadingList>",
    ]
    for one in authors:
        for other in after:
            text = citation(authors=one, after=other).replace("&eacute;", "é")
            fragment = text.encode()
            lists = take_lists(fragment, archived=False)
            quick = read_citation(fromstring(lists.rest), lists, Marking())
            assert quick == read_citation(fromstring(fragment), Lists(fragment), Marking())


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_no_damage_to_the_bytes_ever_escapes_as_a_foreign_error(data: st.DataObject) -> None:
    whole = bytearray(article_set(*many(3)))
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(whole) - 1))
        kind = data.draw(st.sampled_from(["flip", "drop", "insert"]))
        if kind == "flip":
            whole[at] = data.draw(st.integers(0, 255))
        elif kind == "drop":
            del whole[at : at + data.draw(st.integers(1, 200))]
        else:
            whole[at:at] = data.draw(st.binary(max_size=20))
    with contextlib.suppress(InputError):
        for item in read(bytes(whole)):
            assert isinstance(item, (Record, Deletion, Rejection))
