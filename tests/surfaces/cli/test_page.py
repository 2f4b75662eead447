"""The page: wrapping, hanging indents, styles, and characters that must not pass."""

from __future__ import annotations

import io

from hypothesis import given
from hypothesis import strategies as st

from osler.surfaces.cli.page import Page, Span, Style, clean, columns, page_for


class Terminal(io.StringIO):
    """A stream that says it is a terminal."""

    def isatty(self) -> bool:
        return True


def lines(*spans: Span, width: int = 20, first: str = "", indent: int = 0) -> list[str]:
    page = Page(width=width)
    page.write(*spans, first=first, indent=indent)
    return page.text.splitlines()


def test_a_paragraph_hangs_below_its_first_word() -> None:
    assert lines(Span("one two three four five six"), first="• ", indent=2) == [
        "  • one two three",
        "    four five six",
    ]


def test_a_non_breaking_space_keeps_its_words_together() -> None:
    assert lines(Span("aaaaaaaaa bbbbbbb (summary\N{NO-BREAK SPACE}of)"))[1] == "(summary of)"


def test_spans_meet_inside_a_word() -> None:
    assert lines(Span("reduced"), Span(", probably", Style.DIM)) == ["reduced, probably"]


def test_a_word_longer_than_the_line_stands_alone() -> None:
    assert lines(Span("see https://example.invalid/very/long/address now")) == [
        "see",
        "https://example.invalid/very/long/address",
        "now",
    ]


@given(st.text(), st.integers(20, 100))
def test_nothing_but_white_space_and_unsafe_characters_is_lost(text: str, width: int) -> None:
    page = Page(width=width)
    page.write(Span(text))
    assert "".join(page.text.split()) == "".join(clean(text).split())


@given(st.lists(st.text(alphabet="abcdefgh", min_size=1, max_size=15)), st.integers(20, 60))
def test_no_line_of_ordinary_words_is_too_wide(words: list[str], width: int) -> None:
    page = Page(width=width)
    page.write(Span(" ".join(words)))
    assert all(len(line) <= width for line in page.text.splitlines())


@given(st.text())
def test_clean_text_holds_nothing_that_moves_a_cursor(text: str) -> None:
    assert not any(letter < " " and letter not in "\t\n" for letter in clean(text))
    assert "\x7f" not in clean(text)


def test_wide_and_combining_letters_are_counted_as_a_terminal_shows_them() -> None:
    assert columns("abc") == 3
    assert columns("漢字") == 4
    assert columns("e\u0301") == 1


def test_a_pipe_gets_plain_lines_of_eighty_columns() -> None:
    page = page_for(io.StringIO(), {})
    assert (page.width, page.styled) == (80, False)


def test_a_terminal_gets_styles_unless_the_person_said_no() -> None:
    assert page_for(Terminal(), {"TERM": "xterm"}).styled
    assert not page_for(Terminal(), {"TERM": "xterm", "NO_COLOR": ""}).styled
    assert not page_for(Terminal(), {"TERM": "dumb"}).styled


def test_a_run_of_one_style_is_painted_at_once() -> None:
    page = Page(styled=True)
    page.write(Span("two words", Style.STRONG), Span(" plain"), Span(" dim", Style.DIM))
    assert page.text == "\x1b[1mtwo words\x1b[0m plain \x1b[2mdim\x1b[0m\n"
