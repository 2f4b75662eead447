"""The graph of anakinra in HLH: every arrow bears its words, or says that there are none."""

from __future__ import annotations

from dataclasses import replace
from importlib.resources import files

import pytest

from osler.errors import InputError, NoAnswerError, NotFoundError
from osler.library.ingest import add_items
from osler.library.starter import read_pack
from osler.mechanism.curated import Draft, Head, all_heads, load_draft, read_draft
from osler.mechanism.naming import name_key
from osler.model.citation import Citation
from osler.model.mechanism import Arrow, Mechanism, NodeKind, Side, Standing
from osler.model.source import Status
from osler.service.mechanism import LibraryShelf, show_mechanism, weigh_draft
from osler.service.remove import remove
from osler.service.wiring import Desk, open_desk


@pytest.fixture(scope="module")
def graph(starter: Desk) -> Mechanism:
    shown = show_mechanism(starter.settings, starter, "anakinra", "HLH")
    assert shown.mechanism is not None
    return shown.mechanism


def arrow(graph: Mechanism, source: str, target: str) -> Arrow:
    return next(one for one in graph.arrows if (one.source, one.target) == (source, target))


@pytest.mark.parametrize("head", all_heads(), ids=lambda head: head.name)
def test_every_quotation_stands_in_the_starter_library_and_passes_the_judge(
    starter: Desk, head: object
) -> None:
    name = head.name  # type: ignore[attr-defined]
    draft = load_draft(name)
    found, _passages = weigh_draft(starter, draft)
    assert [(one.number, one.dropped) for one in found.arrows if one.dropped] == []
    quoted = sum(len(one.quoted) for one in draft.arrows)
    assert sum(len(one.evidence) for one in found.arrows) == quoted > 0


def test_each_citation_is_the_exact_words_of_its_passage(starter: Desk, graph: Mechanism) -> None:
    for one in graph.arrows:
        for entry in one.evidence:
            citation = entry.citation
            assert isinstance(citation, Citation)
            (passage,) = starter.store.passages([citation.passage])
            assert passage.text[citation.start : citation.end] == citation.quote
            assert entry.verdict is not None
            assert entry.verdict.passed


def test_what_is_asked_of_the_graph_is_in_it(graph: Mechanism) -> None:
    names = {node.name for node in graph.nodes}
    assert names >= {
        "anakinra", "IL-1α", "IL-1β", "IL-1 type I receptor", "TIR domain", "NF-κB", "IL-6", "fever",
        "high ferritin", "interferon-γ", "IL-18", "HLH and MAS",
    }  # fmt: skip
    assert arrow(graph, "anakinra", "il1r1").standing is Standing.SUPPORTED
    assert arrow(graph, "ifng", "hlh").standing is Standing.SUPPORTED
    assert arrow(graph, "il18", "hlh").standing is Standing.SUPPORTED


def test_the_arms_beside_it_are_not_said_to_be_blocked(graph: Mechanism) -> None:
    for key in ("ifng", "il18"):
        found = arrow(graph, "anakinra", key)
        assert found.standing is Standing.NOT_FOUND
        assert found.evidence == ()
        assert "no passage at hand" in found.reason


def test_the_animal_evidence_stands_against(graph: Mechanism) -> None:
    found = arrow(graph, "il1", "hlh")
    assert found.standing is Standing.CONTESTED
    (against,) = found.on(Side.AGAINST)
    assert against.citation.quote.startswith("In mice, blocking the interleukin-1 (IL-1) receptor")


def test_words_on_another_condition_leave_an_arrow_not_found(graph: Mechanism) -> None:
    found = arrow(graph, "mediators", "il6")
    assert found.standing is Standing.NOT_FOUND
    assert [entry.side for entry in found.evidence] == [Side.ELSEWHERE]
    assert "COVID-19" in found.evidence[0].citation.quote


def test_identifiers_are_those_of_drugmechdb_or_none(graph: Mechanism) -> None:
    seen = {
        "MESH:D053590", "UniProt:P01583", "UniProt:P01584", "UniProt:P14778", "InterPro:IPR035897",
        "GO:0071159", "InterPro:IPR003574", "HP:0001945",
    }  # fmt: skip
    assert {node.identifier for node in graph.nodes} == seen | {None}


def test_identifiers_stand_in_the_real_records(real_records: list[object], graph: Mechanism) -> None:
    known = {node.id for record in real_records for node in record.nodes}  # type: ignore[attr-defined]
    assert {node.identifier for node in graph.nodes if node.identifier} <= known


def test_no_arrow_rests_on_an_imported_record(graph: Mechanism) -> None:
    assert graph.records == ()
    assert all(isinstance(entry.citation, Citation) for one in graph.arrows for entry in one.evidence)


def changed(draft: Draft, quote: str) -> Draft:
    first = draft.arrows[0]
    words = replace(first.quoted[0], quote=quote)
    return replace(draft, arrows=(replace(first, quoted=(words,)), *draft.arrows[1:]))


@pytest.mark.parametrize(
    ("quote", "reason"),
    [
        ("Anakinra cures everything.", "do not stand in the source"),
        ("Anakinra competes with interleukin-1 alpha (IL-1α)", "ends"),
    ],
)
def test_an_arrow_whose_words_do_not_verify_falls_to_not_found(
    starter: Desk, quote: str, reason: str
) -> None:
    draft = changed(load_draft("anakinra-hlh"), quote)
    found = weigh_draft(starter, draft)[0].arrows[0]
    assert found.standing is Standing.NOT_FOUND
    assert found.evidence == ()
    assert reason in found.dropped[0].reason
    assert found.reason


def test_words_that_do_not_name_both_ends_are_dropped(starter: Desk) -> None:
    draft = load_draft("anakinra-hlh")
    ferritin = next(one for one in draft.arrows if one.target == "ferritin" and one.source == "anakinra")
    wrong = replace(draft.arrows[0], quoted=ferritin.quoted[:1])
    found = weigh_draft(starter, replace(draft, arrows=(wrong, *draft.arrows[1:])))[0].arrows[0]
    assert found.standing is Standing.NOT_FOUND
    assert "does not name IL-1 type I receptor" in found.dropped[0].reason


def test_a_source_that_is_withdrawn_takes_its_arrows_with_it(home: object) -> None:
    with open_desk({"OSLER_HOME": str(home)}, create=True, holder="test") as desk:
        add_items(desk.store, read_pack("hlh"), origin="starter:hlh", now=desk.now())
        source = desk.store.source_by_key("starter:pmid:15069016")
        assert source is not None
        remove(desk, [source.id], reason="a test")
        assert desk.store.sources([source.id])[source.id].status is Status.WITHDRAWN
        found = show_mechanism(desk.settings, desk, "anakinra", "HLH").mechanism
        assert found is not None
        surplus = arrow(found, "cd8", "ifng")
        assert surplus.standing is Standing.NOT_FOUND
        assert surplus.dropped
        still = arrow(found, "ifng", "hlh")
        assert still.standing is Standing.SUPPORTED
        assert len(still.evidence) == 1


def test_a_library_without_its_sources_answers_nothing(home: object) -> None:
    with open_desk({"OSLER_HOME": str(home)}, create=True, holder="test") as desk:
        with pytest.raises(NoAnswerError) as fault:
            show_mechanism(desk.settings, desk, "anakinra", "HLH")
        assert fault.value.code == "no_answer.mechanism"
        with pytest.raises(NotFoundError) as missing:
            show_mechanism(desk.settings, None, "anakinra", "HLH")
        assert missing.value.code == "not_found.library"


@pytest.mark.parametrize(
    "condition",
    [
        "hlh", "MAS", "haemophagocytic lymphohistiocytosis", "Hemophagocytic Lymphohistiocytosis",
        "macrophage-activation syndrome", "secondary HLH", "HLH/MAS",
    ],
)  # fmt: skip
@pytest.mark.parametrize("drug", ["anakinra", "Kineret", "ANAKINRA", "DB00026"])
def test_brands_synonyms_and_spellings_reach_the_same_graph(
    starter: Desk, graph: Mechanism, drug: str, condition: str
) -> None:
    assert show_mechanism(starter.settings, starter, drug, condition).mechanism == graph


GOOD = """
title = "t"
[sources]
one = "pmid:1"
[[node]]
key = "a"
name = "a"
kind = "drug"
[[node]]
key = "b"
name = "b"
kind = "disease"
[[arrow]]
from = "a"
to = "b"
kind = "treats"
sign = "negative"
words = "w"
reason = "none at hand"
"""


HEAD = Head("made", "zelokin", (), "testosis", (), "pmid:1")


def test_a_small_file_is_a_graph() -> None:
    draft = read_draft(HEAD, GOOD)
    assert draft.head.drug == "zelokin"
    assert [node.kind for node in draft.nodes] == [NodeKind.DRUG, NodeKind.DISEASE]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('to = "b"', 'to = "c"'),
        ('reason = "none at hand"', ""),
        ('reason = "none at hand"', 'reason = "x"\n[[arrow.for]]\nsource = "one"\nquote = "q"'),
        ('reason = "none at hand"', '[[arrow.for]]\nsource = "two"\nquote = "q"'),
        ('kind = "treats"', 'kind = "heals"'),
        ('key = "b"', 'key = "a"'),
        ("[sources]", "[sources"),
    ],
)
def test_a_file_that_contradicts_itself_is_refused(old: str, new: str) -> None:
    with pytest.raises(InputError) as fault:
        read_draft(HEAD, GOOD.replace(old, new, 1))
    assert fault.value.code == "input.mechanism"


def test_every_file_has_its_names_and_leans_on_a_source_that_it_quotes() -> None:
    folder = files("osler.mechanism").joinpath("data")
    named = {f"{head.name}.toml" for head in all_heads()}
    assert {file.name for file in folder.iterdir()} == named | {"names.json"}
    for head in all_heads():
        quoted = {each.source for arrow in load_draft(head.name).arrows for each in arrow.quoted}
        assert head.leans_on in quoted


def test_names_are_compared_without_case_spelling_or_marks() -> None:
    assert name_key("Haemophagocytic lymphohistiocytosis") == name_key(
        "hemophagocytic  Lymphohistiocytosis"
    )
    assert name_key("IL-1α") == name_key("il 1alpha")
    assert name_key("…") == ""


def test_the_shelf_gives_nothing_that_may_not_be_read(starter: Desk) -> None:
    private = replace(starter, scopes=frozenset({"elsewhere"}))
    assert LibraryShelf(private).find("starter:pmid:15069016") is None
