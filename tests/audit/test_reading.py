"""Text, Markdown and HTML as blocks: what is read, and where it stands in the text as given."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from osler.audit.blocks import BlockKind
from osler.audit.claims import find_sentences
from osler.audit.reading import MOST_BYTES, TextFormat, decode, format_of, read_blocks
from osler.errors import InputError


def read(text: str, name: str) -> list[tuple[str, str]]:
    return [(block.kind.value, block.text) for block in read_blocks(text, name=name)]


def test_markdown_is_read_without_its_marks() -> None:
    text = (
        "# Zelokinra\n\nIt **blocks** [IL-1](http://x.example/a) &amp; IL-2<sup>3</sup> [3].\n"
        "It goes on.\n\n- first\n- second\n\n| a | b |\n|---|---|\n| 1 | 2 |\n"
    )
    assert read(text, "a.md") == [
        ("heading", "Zelokinra"),
        ("paragraph", "It blocks IL-1 & IL-2³ [3]. It goes on."),
        ("item", "first"),
        ("item", "second"),
        ("table", "| a | b |"),
        ("table", "| 1 | 2 |"),
    ]


def test_html_is_read_as_a_reader_reads_it() -> None:
    text = (
        "<html><head><title>no</title></head><body><nav>menu</nav><h1>Zelokinra</h1>"
        "<p>It works<sup>1,2</sup> at 10<sup>9</sup>/L &lt; 5.</p><ul><li>one<li>two</ul>"
        "<script>no()</script></body></html>"
    )
    assert read(text, "a.html") == [
        ("heading", "Zelokinra"),
        ("paragraph", "It works[1,2] at 10⁹/L < 5."),
        ("item", "one"),
        ("item", "two"),
    ]


def test_plain_lines_of_one_paragraph_are_one_sentence() -> None:
    assert read("Zelokinra\n\nIt blocks the\nreceptor.\n", "a.txt") == [
        ("heading", "Zelokinra"),
        ("paragraph", "It blocks the receptor."),
    ]


@pytest.mark.parametrize(
    ("text", "name", "expected"),
    [
        ("<p>One.</p>", "-", TextFormat.HTML),
        ("# One\n\nTwo.", "-", TextFormat.MARKDOWN),
        ("One is 5 < 6.", "-", TextFormat.PLAIN),
        ("# One", "a.txt", TextFormat.PLAIN),
    ],
)
def test_the_format_is_told_by_the_name_or_the_beginning(
    text: str, name: str, expected: TextFormat
) -> None:
    assert format_of(text, name) is expected


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Zelokinra works. It **really** does&nbsp;so [1].\n\nAnd `more` of it.", "a.md"),
        ("<p>Zelokinra &amp; co. works<sup>2</sup>.</p>\n<p>And\nmore.</p>", "a.html"),
        ("Zelokinra works.\nIt does.\n\nAnd more.", "a.txt"),
    ],
)
def test_offsets_point_into_the_text_as_given(text: str, name: str) -> None:
    for sentence in find_sentences(read_blocks(text, name=name)):
        given_words = text[sentence.start : sentence.end]
        assert given_words.split()[0].lstrip("*`") == sentence.text.split()[0]
        assert given_words[-1] == sentence.text[-1]


@given(
    st.text(alphabet="ab Z.\n-#*<>&;[]1p/²", max_size=200), st.sampled_from(["a.txt", "a.md", "a.html"])
)
def test_every_character_has_a_place_inside_the_text(text: str, name: str) -> None:
    try:
        blocks = read_blocks(text, name=name)
    except InputError:
        return
    for block in blocks:
        assert len(block.text) == len(block.starts) == len(block.ends)
        assert list(block.starts) == sorted(block.starts)
        assert all(0 <= s <= e <= len(text) for s, e in zip(block.starts, block.ends, strict=True))
        assert block.text == block.text.strip()


@given(st.text(alphabet="abZ .", min_size=1, max_size=120))
def test_plain_text_is_found_unchanged_at_its_place(text: str) -> None:
    try:
        blocks = read_blocks(text, name="a.txt")
    except InputError:
        return
    for sentence in find_sentences(blocks):
        assert " ".join(text[sentence.start : sentence.end].split()) == sentence.text


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "input.empty"),
        (b" \n\t ", "input.empty"),
        (b"%PDF-1.7 ...", "input.unknown_format"),
        (b"PK\x03\x04word", "input.unknown_format"),
        (b"abc\0def", "input.unknown_format"),
        ("Größe".encode("latin-1"), "input.encoding"),
        (b"a" * (MOST_BYTES + 1), "input.too_large"),
    ],
)
def test_what_is_no_text_is_refused_with_its_code(data: bytes, code: str) -> None:
    with pytest.raises(InputError) as refused:
        decode(data, name="x")
    assert refused.value.code == code


def test_a_byte_order_mark_takes_no_place() -> None:
    assert decode(b"\xef\xbb\xbfabc", name="x") == "abc"


def test_headings_and_code_are_kinds_of_their_own() -> None:
    kinds = [block.kind for block in read_blocks("One\n===\n\n```\nx = 1\n```\n", name="a.md")]
    assert kinds == [BlockKind.HEADING, BlockKind.CODE]
