"""Every command from the outside: what it prints, in which shape, with which exit code."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from tests.surfaces.cli.conftest import PAPERS, QUESTION, Call, validate, write_papers


def passage_of(call: Call, home: Path) -> dict[str, str]:
    hit: dict[str, str] = call("search", QUESTION, "--json", home=home).document["hits"][0]["passage"]
    return hit


def test_adding_papers_reports_what_came(call: Call, tmp_path: Path) -> None:
    file = write_papers(tmp_path)
    first = call("add", str(file), "--json", home=tmp_path / "home")
    validate(first.document, "add")
    assert (first.status, first.document["report"]["added"]) == (0, 2)
    again = call("add", str(file), home=tmp_path / "home")
    assert (again.status, "2 added" in again.out) == (0, False)


def test_a_broken_line_is_listed_and_the_rest_goes_on(call: Call, tmp_path: Path) -> None:
    file = write_papers(tmp_path)
    file.write_text(file.read_text(encoding="utf-8") + "{broken\n", encoding="utf-8")
    said = call("add", str(file), "--json", home=tmp_path / "home")
    assert (said.status, said.document["report"]["added"], said.document["report"]["failed"]) == (
        0,
        2,
        1,
    )
    listed = call("library", "failures", "--json", home=tmp_path / "home").document
    validate(listed, "library")
    assert [failure["code"] for failure in listed["failures"]] == ["input.json"]


def test_an_addition_of_which_nothing_came_is_refused(call: Call, tmp_path: Path) -> None:
    said = call("add", str(tmp_path / "nowhere.xml"), "--json", home=tmp_path / "home")
    assert said.status == 3


def test_an_answer_obeys_its_schema(call: Call, stocked: Path) -> None:
    said = call("ask", QUESTION, "--json", home=stocked)
    validate(said.document, "answer")
    assert said.status == 0
    assert said.document["answer"]["bottom_line"]["text"].startswith(
        "Inventumab inhibits the testin receptor"
    )


def test_the_same_question_gives_the_same_bytes(call: Call, stocked: Path) -> None:
    answers = [call("ask", QUESTION, "--json", home=stocked).document["answer"] for _ in range(2)]
    assert json.dumps(answers[0]) == json.dumps(answers[1])


def test_an_answer_on_the_page_names_its_sources(call: Call, stocked: Path) -> None:
    said = call("ask", QUESTION, home=stocked)
    assert said.err == ""
    assert "“Inventumab inhibits the testin receptor" in said.out
    assert "PMID: 99999991" in said.out
    assert "\x1b" not in said.out


@pytest.mark.parametrize(
    ("question", "status", "exit_code"),
    [
        ("", "needs_clarification", 0),
        ("What is the capital of Atlantis?", None, 5),
        ("Does unobtainol cure imaginosis?", "abstained", 5),
    ],
)
def test_no_answer_is_an_exit_code_and_still_a_document(
    call: Call, stocked: Path, question: str, status: str | None, exit_code: int
) -> None:
    said = call("ask", question, "--json", home=stocked)
    validate(said.document, "answer")
    assert said.status == exit_code
    if status:
        assert said.document["answer"]["status"] == status


def test_a_follow_up_keeps_what_was_asked_about(call: Call, stocked: Path) -> None:
    first = call("ask", QUESTION, "--json", home=stocked).document["answer"]["id"]
    said = call("ask", "And the liver enzymes?", "--follow", first, "--json", home=stocked)
    assert said.document["answer"]["question"]["follows"] == first
    assert "inventumab" in json.dumps(said.document["answer"]["question"]["pico"])


def test_following_an_unknown_answer_is_not_found(call: Call, stocked: Path) -> None:
    said = call(
        "ask", "And in children?", "--follow", "ans_00000000000000000000", "--json", home=stocked
    )
    assert (said.status, said.out, said.error["code"]) == (4, "", "not_found")


def test_a_limit_on_tier_or_year_is_obeyed(call: Call, stocked: Path) -> None:
    hits = call("search", "inventumab testosis", "--since", "2020", "--json", home=stocked).document[
        "hits"
    ]
    assert {hit["source"]["pmid"] for hit in hits} == {"99999992"}
    assert call("search", "inventumab testosis", "--tier", "label", home=stocked).status == 5


def test_a_search_lists_passages_best_first(call: Call, stocked: Path) -> None:
    said = call("search", "inventumab liver enzymes", "--json", "--top", "1", home=stocked)
    validate(said.document, "search")
    assert [hit["source"]["pmid"] for hit in said.document["hits"]] == ["99999992"]
    (hit,) = said.document["hits"]
    text, best = hit["passage"]["text"], hit["best"]
    assert text[best["start"] : best["end"]].startswith("Liver enzymes rose in 3 of 30 adults")
    page = call("search", "inventumab liver enzymes", home=stocked)
    assert page.out.index("99999992") < page.out.index("99999991")


def test_why_adds_the_decisions_on_the_way(call: Call, stocked: Path) -> None:
    said = call("search", QUESTION, "--json", "--why", home=stocked)
    validate(said.document, "search")
    assert said.document["trace"]
    assert "Why:" in call("search", QUESTION, "--why", home=stocked).out
    asked = call("ask", QUESTION, "--why", home=stocked).out
    assert "searched for:" in asked
    assert "Why:" in asked


def test_a_source_a_passage_and_an_answer_can_be_shown(call: Call, stocked: Path) -> None:
    passage = passage_of(call, stocked)
    answer = call("ask", QUESTION, "--json", home=stocked).document["answer"]["id"]
    for item in (passage["source"], passage["id"], answer, "pmid:99999991"):
        said = call("show", item, "--json", home=stocked)
        validate(said.document, "show")
        assert said.status == 0
        assert call("show", item, home=stocked).out
    assert call("show", "pmid:99999991", "--json", home=stocked).document["type"] == "source"


def test_a_span_is_exactly_the_words_asked_for(call: Call, stocked: Path) -> None:
    passage = passage_of(call, stocked)
    said = call("show", passage["id"], "--span", "3:20", "--json", home=stocked)
    validate(said.document, "show")
    assert said.document["span"]["quote"] == passage["text"][3:20]
    marked = call("show", passage["id"], "--span", "3:12", home=stocked).out
    assert f"⟦{passage['text'][3:12]}⟧" in " ".join(marked.split())


@pytest.mark.parametrize("span", ["x", "5", "9:3", "4:4", "-1:3"])
def test_a_span_that_is_none_is_wrong_usage(call: Call, stocked: Path, span: str) -> None:
    said = call("show", passage_of(call, stocked)["id"], f"--span={span}", "--json", home=stocked)
    assert (said.status, said.error["code"], said.error["item"]) == (2, "usage", "--span")


def test_a_span_outside_the_passage_is_refused(call: Call, stocked: Path) -> None:
    said = call("show", passage_of(call, stocked)["id"], "--span", "1:99999", "--json", home=stocked)
    assert (said.status, said.error["code"]) == (3, "input.span")


def test_what_is_not_there_is_not_found(call: Call, stocked: Path) -> None:
    for item in ("src_00000000000000000000", "psg_00000000000000000000", "pmid:1", "nonsense"):
        said = call("show", item, "--json", home=stocked)
        assert (said.status, said.out, said.error["item"]) == (4, "", item)


def test_a_claim_is_judged_against_a_source(call: Call, stocked: Path) -> None:
    claim = "Liver enzymes rose in 3 of 30 adults with testosis treated with inventumab."
    said = call("check", "--claim", claim, "--source", "pmid:99999992", "--json", home=stocked)
    validate(said.document, "check")
    assert said.document["outcome"] == "supported"
    wrong = call("check", "--claim", claim.replace("3", "13"), "--source", "pmid:99999992", home=stocked)
    assert wrong.status == 0
    assert not wrong.out.startswith("Supported:")


def test_a_removed_source_answers_nothing_any_more(call: Call, tmp_path: Path) -> None:
    home = tmp_path / "home"
    call("add", str(write_papers(tmp_path)), home=home)
    said = call("remove", "pmid:99999991", "--reason", "a test", "--json", home=home)
    validate(said.document, "add")
    assert (said.status, said.document["report"]["withdrawn"]) == (0, 1)
    hits = call("search", "inventumab testosis", "--json", home=home).document["hits"]
    assert {hit["source"]["pmid"] for hit in hits} == {"99999992"}
    assert call("remove", "pmid:1", home=home).status == 4


@pytest.mark.parametrize("name", ["status", "sources", "failures", "snapshot"])
def test_the_library_says_what_it_holds(call: Call, stocked: Path, name: str) -> None:
    said = call("library", name, "--json", home=stocked)
    validate(said.document, "library")
    assert said.status == 0
    assert call("library", name, home=stocked).out.strip()


def test_the_snapshot_is_printed_alone(call: Call, stocked: Path) -> None:
    named = call("library", "snapshot", "--json", home=stocked).document["snapshot"]
    assert call("library", "snapshot", home=stocked).out == f"{named}\n"


def test_a_backup_brings_the_library_back(call: Call, stocked: Path, tmp_path: Path) -> None:
    file, home = tmp_path / "copy.osler", tmp_path / "home"
    made = call("library", "backup", str(file), "--json", home=stocked)
    validate(made.document, "library")
    back = call("library", "restore", str(file), "--json", home=home)
    validate(back.document, "library")
    assert back.document["restore"]["snapshot"] == made.document["backup"]["snapshot"]
    assert call("ask", QUESTION, home=home).status == 0


def test_restoring_something_else_is_refused(call: Call, tmp_path: Path) -> None:
    file = tmp_path / "other.txt"
    file.write_text("no library", encoding="utf-8")
    said = call("library", "restore", str(file), "--json", home=tmp_path / "home")
    assert (said.status, said.error["code"]) == (3, "input.not_a_library")


def test_the_index_is_verified_and_rebuilt(call: Call, tmp_path: Path) -> None:
    home = tmp_path / "home"
    call("add", str(write_papers(tmp_path)), home=home)
    fine = call("index", "verify", "--json", home=home)
    validate(fine.document, "library")
    assert (fine.status, fine.document["verify"]["matches"]) == (0, True)
    for file in (home / "index").rglob("*"):
        if file.is_file():
            file.unlink()
    assert call("index", "verify", home=home).status == 8
    rebuilt = call("index", "rebuild", "--json", home=home)
    validate(rebuilt.document, "library")
    assert rebuilt.document["rebuild"]["passages"] == len(PAPERS)
    assert call("index", "verify", home=home).status == 0


def test_the_doctor_finds_a_sound_library_sound(call: Call, stocked: Path) -> None:
    said = call("doctor", "--json", home=stocked)
    validate(said.document, "library")
    assert (said.status, all(f["ok"] for f in said.document["findings"])) == (0, True)


def test_the_doctor_names_the_repair_of_what_is_missing(call: Call, tmp_path: Path) -> None:
    said = call("doctor", home=tmp_path / "none")
    assert said.status == 1
    assert "osler add starter:hlh" in said.out


@pytest.mark.parametrize(
    "words",
    [
        ("ask", QUESTION),
        ("search", "x"),
        ("show", "pmid:1"),
        ("remove", "pmid:1"),
        ("library", "status"),
    ],
)
def test_without_a_library_every_reader_says_how_to_get_one(
    call: Call, tmp_path: Path, words: tuple[str, ...]
) -> None:
    said = call(*words, "--json", home=tmp_path / "none")
    assert (said.status, said.out, said.error["code"]) == (4, "", "not_found.library")
    assert said.error["hint"] == "osler add starter:hlh"
    assert not (tmp_path / "none").exists()
