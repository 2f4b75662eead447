"""``osler mechanism`` as it is typed: pages, JSON by its schema, drawings, refusals with a next step."""

from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree

import pytest
from tests.mechanism.conftest import LOOSE_END, OTHER_DISEASE, SECOND, ZELOKIN, write_archive
from tests.surfaces.cli.conftest import Call, call_process, validate


@pytest.fixture(scope="module")
def informed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with the starter library and the made records."""
    home = tmp_path_factory.mktemp("informed")
    assert call_process("add", "starter:hlh", home=home).status == 0
    entries = {"a.yaml": ZELOKIN, "b.yaml": SECOND, "c.yaml": OTHER_DISEASE, "loose.yaml": LOOSE_END}
    file = write_archive(tmp_path_factory.mktemp("records") / "paths.tar.xz", dict(entries))
    said = call_process("mechanism", "--import", str(file), home=home)
    assert said.status == 0, said.err
    assert "3 records taken in" in said.out
    assert "loose.yaml: a link runs to GO:0000000" in " ".join(said.out.split())
    return home


def test_the_curated_graph_is_printed_with_its_words_and_sources(call: Call, informed: Path) -> None:
    said = call("mechanism", "anakinra", "hlh", home=informed)
    assert said.status == 0, said.err
    page = " ".join(said.out.split())
    for part in (
        "1. ⊣ anakinra competes for IL-1 type I receptor",
        "summary of [1]: Anakinra competes with interleukin-1 alpha",
        "anakinra blocks interferon-γ – not found: no passage at hand",
        "contested: 2 for, 1 against",
        "against: summary of",
        "elsewhere: summary of",
        "Sources",
        "recommends nothing",
    ):
        assert part in page


def test_the_json_of_a_curated_graph_obeys_its_schema(call: Call, informed: Path) -> None:
    said = call("mechanism", "Kineret", "macrophage activation syndrome", "--json", home=informed)
    validate(said.document, "mechanism")
    found = said.document["mechanism"]
    assert found["origin"] == "curated"
    numbers = [reference["number"] for reference in found["references"]]
    assert numbers == list(range(1, len(numbers) + 1))
    cited = [e["reference"] for arrow in found["arrows"] for e in arrow["evidence"]]
    assert list(dict.fromkeys(cited)) == numbers
    assert {r["text_kind"] for r in found["references"]} == {"summary"}


def test_an_imported_graph_says_whose_it_is_and_obeys_the_schema(call: Call, informed: Path) -> None:
    said = call("mechanism", "zelokin", "testosis", home=informed)
    page = " ".join(said.out.split())
    assert "From DrugMechDB, not judged against passages in this library: DB99901_MESH_D999901_1" in page
    assert "References of DB99901_MESH_D999901_2, as the record gives them" in page
    document = call("mechanism", "zelokin", "testosis", "--json", home=informed).document
    validate(document, "mechanism")
    assert {arrow["standing"] for arrow in document["mechanism"]["arrows"]} == {"recorded"}
    texts = {record["id"]: record["text"] for record in document["mechanism"]["records"]}
    for arrow in document["mechanism"]["arrows"]:
        for entry in arrow["evidence"]:
            record = entry["record"]
            assert texts[record["record"]][record["start"] : record["end"]] == record["quote"]


def test_several_conditions_are_asked_back_with_exit_0(call: Call, informed: Path) -> None:
    said = call("mechanism", "zelokin", home=informed)
    assert said.status == 0
    assert "which one?" in said.out
    document = call("mechanism", "zelokin", "--json", home=informed).document
    validate(document, "mechanism")
    assert document["mechanism"] is None


def test_the_report_of_an_import_obeys_its_schema(call: Call, tmp_path: Path) -> None:
    file = tmp_path / "one.yaml"
    file.write_text(ZELOKIN, encoding="utf-8")
    said = call("mechanism", "--import", str(file), "--json", home=tmp_path)
    validate(said.document, "mechanism")
    assert said.document["imported"]["records"] == 1


def test_records_need_no_library(call: Call, tmp_path: Path) -> None:
    file = tmp_path / "one.yaml"
    file.write_text(ZELOKIN, encoding="utf-8")
    assert call("mechanism", "--import", str(file), home=tmp_path / "home").status == 0
    assert call("mechanism", "zelokin", "testosis", home=tmp_path / "home").status == 0


@pytest.mark.parametrize(
    ("words", "status", "code"),
    [
        (("zelokin", "HLH"), 5, "no_answer.mechanism"),
        (("anakinra", "gout"), 5, "no_answer.mechanism"),
        (("nosuchdrug",), 4, "not_found.drug"),
        ((), 2, "usage"),
        (("--import", "missing.tar"), 4, "not_found.file"),
        (("zelokin", "--import", "missing.tar"), 2, "usage"),
        (("zelokin", "--svg", "x.svg"), 2, "usage"),
    ],
)
def test_refusals_name_the_next_step(
    call: Call, informed: Path, words: tuple[str, ...], status: int, code: str
) -> None:
    said = call("mechanism", *words, "--json", home=informed)
    assert (said.status, said.error["code"]) == (status, code)
    assert said.error["hint"]


def test_the_drawing_is_written_beside_the_words(call: Call, informed: Path, tmp_path: Path) -> None:
    pytest.importorskip("graphlay", reason="drawing is the extra draw")
    file = tmp_path / "graph.svg"
    assert call("mechanism", "anakinra", "hlh", "--svg", str(file), home=informed).status == 0
    assert ElementTree.parse(file).getroot().get("role") == "img"
    said = call(
        "mechanism", "anakinra", "--svg", str(tmp_path / "no" / "x.svg"), "--json", home=informed
    )
    assert (said.status, said.error["code"]) == (3, "input.unwritable")


def test_an_answer_about_a_mechanism_names_the_command(call: Call, informed: Path) -> None:
    question = "What is the mechanism of action of anakinra in HLH?"
    said = call("ask", question, home=informed)
    assert "osler mechanism anakinra HLH" in said.out
    document = call("ask", question, "--json", home=informed).document
    validate(document, "answer")
    assert document["answer"]["mechanism"]["origin"] == "curated"


@pytest.mark.parametrize(
    "question",
    [
        "How effective is anakinra in HLH?",
        "What is the mechanism of action of anakinra in gout?",
        "What is the mechanism of action of emapalumab in HLH?",
    ],
)
def test_other_answers_offer_no_graph(call: Call, informed: Path, question: str) -> None:
    document = call("ask", question, "--json", home=informed).document
    validate(document, "answer")
    assert document["answer"]["mechanism"] is None
