"""Exports of reference managers, in the dialects that are really written."""

from __future__ import annotations

import io
import json

import pytest

from osler.errors import InputError
from osler.formats.bibliography import read_csl, read_ris
from osler.model.passage import Role
from osler.model.record import Item, Record, Rejection

RIS = """1.
TY  - JOUR
TI  - An invented title
AU  - Müller, A. B.
AU  - O'Test, Carl
AU  - Invented Group
T2  - Journal of Invented Tests
AB  - BACKGROUND: Old.
RESULTS: New
 over two lines.
PY  - 2019/03/04/
DO  - https://doi.org/10.9999/Ris.1
UR  - https://example.org/1
KW  - tests
ER  -

TY  - JOUR
T1  - Second
A1  - Solo, S
Y1  - 2020///
N2  - No abstract available
DB  - PubMed
AN  - 000123
ER  -
TY  - CASE
TI  - Third, whose end is missing
"""


def ris(data: bytes) -> list[Item]:
    return list(read_ris(io.BytesIO(data), name="x.ris"))


def test_references_are_read_in_any_dialect() -> None:
    first, second, third = ris(RIS.encode())
    assert isinstance(first, Record)
    assert first.source.key == "doi:10.9999/ris.1"
    assert first.source.authors == ("Müller AB", "O'Test C", "Invented Group")
    assert (first.source.year, first.source.container) == (2019, "Journal of Invented Tests")
    assert (first.source.url, first.source.headings) == ("https://example.org/1", ("tests",))
    assert [(block.role, block.text) for block in first.blocks] == [
        (Role.BACKGROUND, "Old."),
        (Role.RESULTS, "New\nover two lines."),
    ]
    assert isinstance(second, Record)
    assert (second.source.key, second.source.year, second.blocks) == ("pmid:123", 2020, ())
    assert isinstance(third, Record)
    assert third.source.key.startswith("ris:")


def test_marks_windows_ends_and_old_code_pages_are_read() -> None:
    plain = ris(RIS.encode())
    assert ris(RIS.encode("utf-8-sig")) == plain
    assert ris(RIS.replace("\n", "\r\n").encode()) == plain
    assert ris(RIS.encode("cp1252")) == plain


def test_a_reference_without_title_is_refused_and_the_rest_goes_on() -> None:
    items = ris(b"TY  - JOUR\nPY  - 2000\nER  - \nTY  - JOUR\nTI  - T\nER  - \n")
    assert isinstance(items[0], Rejection)
    assert (items[0].code, items[0].item) == ("input.no_identifier", "x.ris: reference 1")
    assert isinstance(items[1], Record)


def test_the_same_reference_has_the_same_key_in_every_export() -> None:
    one = b"TY  - JOUR\nTI  - A Title\nAU  - Alpha, A\nPY  - 2001\nER  - \n"
    other = b"TY  - JOUR\nA1  - Alpha, A\nT1  - A title\nY1  - 2001/02/03\nID  - 7\nER  - \n"
    (first,), (second,) = ris(one), ris(other)
    assert isinstance(first, Record)
    assert isinstance(second, Record)
    assert first.source.key == second.source.key


def csl(value: object) -> list[Item]:
    return list(read_csl(io.BytesIO(json.dumps(value).encode()), name="x.json"))


def test_csl_items_are_read() -> None:
    items = csl(
        [
            {
                "type": "article-journal",
                "title": "An <i>invented</i> title",
                "author": [{"family": "Berg", "given": "Ann Bea", "non-dropping-particle": "van den"},
                           {"literal": "Invented Group"}],
                "issued": {"date-parts": [[2018, 4]]},
                "container-title": ["Journal of Invented Tests"],
                "DOI": "10.9999/CSL",
                "PMID": "77",
                "abstract": "<jats:p>We enrolled 21 patients.</jats:p>",
            },
            {"type": "book", "title": "Other", "issued": {"raw": "1999-01"}, "PMID": 78},
            "nonsense",
            {"title": ""},
            {"title": "half \ud800"},
        ]
    )  # fmt: skip
    first, second = items[0], items[1]
    assert isinstance(first, Record)
    assert isinstance(second, Record)
    assert first.source.title == "An invented title"
    assert first.source.authors == ("van den Berg AB", "Invented Group")
    assert (first.source.key, first.source.pmid, first.source.year) == ("doi:10.9999/csl", "77", 2018)
    assert (first.source.participants, first.blocks[0].text) == (21, "We enrolled 21 patients.")
    assert (second.source.key, second.source.year) == ("pmid:78", 1999)
    assert [getattr(item, "code", "") for item in items[2:]] == [
        "input.json",
        "input.no_identifier",
        "input.encoding",
    ]


def test_a_file_that_is_not_json_is_refused() -> None:
    with pytest.raises(InputError) as caught:
        list(read_csl(io.BytesIO(b"[{]"), name="x.json"))
    assert caught.value.code == "input.json"
