"""The graph of a mechanism in an exported answer: drawn where a format can, in words in each."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from tests.surfaces.exports.test_exports import read, skip_without_pango, streams

from osler.model.reader import Reader
from osler.service.add import add
from osler.service.ask import ask
from osler.service.export import offered_graph
from osler.service.mechanism import Shown
from osler.service.wiring import Desk, open_desk
from osler.surfaces.exports.export import export
from osler.surfaces.exports.formats import Format
from osler.surfaces.layout.answer import lay_out

READABLE = [Format.MARKDOWN, Format.HTML, Format.WORD, Format.TEXT]
QUESTION = "What is the mechanism of action of anakinra in HLH?"


@dataclass
class Told:
    """An answer on a mechanism, and the graph that it offers."""

    desk: Desk
    document: dict[str, Any]
    graph: Shown


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Told]:
    home: Path = tmp_path_factory.mktemp("graph")
    with open_desk({"OSLER_HOME": str(home)}, create=True) as desk:
        add(desk, ["starter:hlh"])
    with open_desk({"OSLER_HOME": str(home)}) as desk:
        document = ask(desk, QUESTION, keep=False).document
        graph = offered_graph(desk, document)
        assert graph is not None
        yield Told(desk, document, graph)


@pytest.mark.parametrize("to", READABLE)
def test_a_file_holds_every_arrow_with_its_standing_and_its_words(told: Told, to: Format) -> None:
    text = read(to, export(told.document, to, graph=told.graph).body)
    for arrow in told.graph.document["mechanism"]["arrows"]:
        assert f"{arrow['number']}. {arrow['text']}" in text
        assert arrow["standing_text"] in text
        for entry in arrow["evidence"]:
            assert " ".join(entry["citation"]["quote"].split()) in text


def test_a_source_of_the_answer_keeps_its_number(told: Told) -> None:
    numbers = {each.source: each.number for each in lay_out(told.document).references}
    text = export(told.document, Format.TEXT, graph=told.graph).body.decode()
    shared = [each for each in told.graph.document["mechanism"]["references"] if each["id"] in numbers]
    assert shared
    for each in shared:
        assert f"[{numbers[each['id']]}]" in text


def test_html_draws_it_and_each_arrow_leads_to_its_words(told: Told) -> None:
    page = export(told.document, Format.HTML, graph=told.graph).body.decode()
    drawn = set(re.findall(r'href="#(mechanism-arrow-\d+)"', page))
    assert len(drawn) == len(told.graph.document["mechanism"]["arrows"])
    assert drawn == set(re.findall(r'<li id="(mechanism-arrow-\d+)"', page))
    assert "<script" not in page
    assert not re.search(r"(?:src|url\()", page.split("</style>", 1)[1])


def test_pdf_draws_it_tagged_and_the_same_bytes_each_time(told: Told) -> None:
    skip_without_pango()
    body = export(told.document, Format.PDF, graph=told.graph).body
    whole = body + b"".join(streams(body))
    assert b"pdfuaid" in whole
    without = export(told.document, Format.PDF).body
    assert len(body) > len(without)
    assert export(told.document, Format.PDF, graph=told.graph).body == body


def test_json_and_references_stay_what_the_contract_says(told: Told) -> None:
    for to in (Format.JSON, Format.RIS, Format.BIBTEX, Format.CSL):
        assert export(told.document, to, graph=told.graph) == export(told.document, to)


def test_a_patient_s_file_and_an_answer_on_something_else_hold_no_graph(told: Told) -> None:
    patient = ask(told.desk, QUESTION, reader=Reader.PATIENT, keep=False).document
    dose = ask(told.desk, "What dose of anakinra is used in HLH?", keep=False).document
    assert offered_graph(told.desk, patient) is None
    assert offered_graph(told.desk, dose) is None
