"""Markdown and HTML documents: sections by headings, recommendations marked, the rest left out."""

from __future__ import annotations

import io

import pytest

from osler.errors import InputError
from osler.formats.guideline import read_markdown, read_page
from osler.model.passage import Role
from osler.model.record import Block, Item, Record
from osler.model.source import Design, Kind, Source


def markdown(text: str, *, name: str = "care.md") -> list[Item]:
    return list(read_markdown(io.BytesIO(text.encode()), name=name))


def page(text: str, *, name: str = "care.html") -> list[Item]:
    return list(read_page(io.BytesIO(text.encode()), name=name))


def one(items: list[Item]) -> Record:
    (item,) = items
    assert isinstance(item, Record), item
    return item


FRONT = """---
title: "Care in invented disease: a guideline"
publisher: Invented Society
year: 2024
date: 2024-05-06
url: https://example.org/care
licence: CC BY 4.0
doi: https://doi.org/10.9999/Care
keywords: [care, tests]
authors:
  - Alpha A
  - Beta B
---
"""

TEXT = """# Care in invented disease: a guideline

First paragraph over
two lines, with **10<sup>9</sup>/L** and [a link](https://example.org).

## 2. Recommendations

### Treatment

- We recommend testamine 5 mg/kg daily
  for five days.
- Use x_i and *emphasis*.
1. Numbered.

> Quoted words.

| Drug | Dose |
|------|-----:|
| Testamine | 5 mg |

Evidence
--------

Testamine is recommended for adults.

Some background.

```
code with # no heading
```

<!-- hidden
words -->

## References

1. Someone. 1999.
"""


def test_sections_items_tables_and_recommendations_of_markdown() -> None:
    treatment = "2. Recommendations › Treatment"
    assert one(markdown(FRONT + TEXT)).blocks == (
        Block("First paragraph over two lines, with 10⁹/L and a link."),
        Block(
            "We recommend testamine 5 mg/kg daily for five days.", Role.RECOMMENDATION, heading=treatment
        ),
        Block("Use x_i and emphasis.", Role.RECOMMENDATION, heading=treatment),
        Block("Numbered.", Role.RECOMMENDATION, heading=treatment),
        Block("Quoted words.", Role.RECOMMENDATION, heading=treatment),
        Block("Drug | Dose\nTestamine | 5 mg", Role.TABLE, heading=treatment),
        Block("Testamine is recommended for adults.", Role.RECOMMENDATION, heading="Evidence"),
        Block("Some background.", heading="Evidence"),
        Block("code with # no heading", heading="Evidence"),
    )


def test_the_front_matter_gives_the_bibliographic_fields() -> None:
    source = one(markdown(FRONT + TEXT)).source
    assert source == Source(
        key=source.key,
        kind=Kind.GUIDELINE,
        design=Design.GUIDELINE,
        title="Care in invented disease: a guideline",
        authors=("Alpha A", "Beta B"),
        container="Invented Society",
        year=2024,
        date="2024-05-06",
        doi="10.9999/care",
        url="https://example.org/care",
        licence="CC BY 4.0",
        headings=("care", "tests"),
    )


def test_the_key_is_the_same_wherever_the_file_lies() -> None:
    keys = {one(markdown(FRONT + TEXT, name=name)).source.key for name in ("a.md", "/deep/b.md")}
    assert len(keys) == 1
    titled = {one(markdown("# Care\n\nText.", name=name)).source.key for name in ("a.md", "b.md")}
    assert len(titled) == 1
    named = {one(markdown("Text.", name=name)).source.key for name in ("/x/a.md", "/y/a.md")}
    assert named == {"file:a.md"}


def test_a_document_without_recommendations_is_judged_by_its_words() -> None:
    assert one(markdown("# Notes\n\nWe studied a cohort.")).source.kind is Kind.RESEARCH


def test_windows_line_ends_and_a_byte_order_mark_change_nothing() -> None:
    plain = one(markdown(FRONT + TEXT))
    windows = (FRONT + TEXT).replace("\n", "\r\n").encode("utf-8-sig")
    assert one(list(read_markdown(io.BytesIO(windows), name="care.md"))) == plain


PAGE = """<!DOCTYPE html><html lang="en"><head><title>Site | Care</title>
<meta name="citation_doi" content="10.9999/Page">
<meta property="og:site_name" content="Invented Society">
<meta name="citation_publication_date" content="2023/01/02"><style>p { color: red }</style></head>
<body><nav><ul><li>Home</li></ul></nav><main><h1>Care of tests</h1>
<p>Counts of 10<sup>9</sup>/L
  and <b>H<sub>2</sub>O</b> &amp; &lt;5.<br>Next.</p>
<h2>Recommendations</h2><ul><li>Offer testamine.</li><li>Then:<ol><li>one</li><li>two</li></ol></li></ul>
<table><tr><th>Drug</th><th>Dose</th></tr><tr><td>Testamine</td><td><p>5 mg</p></td></tr></table>
<h2>Evidence</h2><div>Loose words <span>in a div</span></div><script>var x = "<p>no</p>";</script>
<h3>References</h3><p>Someone.</p></main><footer>Imprint</footer></body></html>"""


def test_a_page_gives_what_a_reader_would_read() -> None:
    record = one(page(PAGE))
    assert record.blocks == (
        Block("Counts of 10⁹/L and H₂O & <5. Next."),
        Block("Offer testamine.", Role.RECOMMENDATION, heading="Recommendations"),
        Block("Then:", Role.RECOMMENDATION, heading="Recommendations"),
        Block("one", Role.RECOMMENDATION, heading="Recommendations"),
        Block("two", Role.RECOMMENDATION, heading="Recommendations"),
        Block("Drug | Dose\nTestamine | 5 mg", Role.TABLE, heading="Recommendations"),
        Block("Loose words in a div", heading="Evidence"),
    )
    source = record.source
    assert (source.title, source.doi, source.container) == (
        "Care of tests",
        "10.9999/page",
        "Invented Society",
    )
    assert (source.year, source.kind, source.language) == (2023, Kind.GUIDELINE, "en")


@pytest.mark.parametrize(
    "text", ["<p>open <b>bold", "<table><tr><td>x", "<h2>Only", "</p></div>text", "<"]
)
def test_broken_html_is_read_as_far_as_it_goes(text: str) -> None:
    assert len(page(f"<html><body><p>First.</p>{text}")) == 1


def test_a_file_without_text_is_refused() -> None:
    (item,) = markdown("# Title only\n\n## And headings\n")
    assert getattr(item, "code", None) == "input.empty"
    with pytest.raises(InputError) as caught:
        markdown("   ")
    assert caught.value.code == "input.empty"
    with pytest.raises(InputError) as caught:
        list(read_markdown(io.BytesIO(b"# Caf\xe9\n\ntext"), name="x.md"))
    assert caught.value.code == "input.encoding"
