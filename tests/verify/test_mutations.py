"""Properties: a true statement passes, and any one change of meaning to it is refused."""

from __future__ import annotations

from hypothesis import assume, given, settings
from hypothesis import strategies as st
from tests.verify.made import QUESTION, judge, make_passage, make_source, refused_by

from osler.model.citation import cite
from osler.verify.gate import judge_quoted
from osler.verify.spans import sentences_of

DRUGS = ("zelokinra", "etolumab", "vorasertib", "mirovastatin", "talopril")
OUTCOMES = ("mortality", "relapse", "fever", "ferritin", "spleen size")
UP_DOWN = ("increased", "reduced")
UNITS = ("mg", "g", "mg/kg", "mg/kg/day", "ng/mL", "mmol/L")
PARTS = ("days", "dose", "drug", "outcome", "share", "unit", "way", "who")
PEOPLE = ("adults", "children", "pregnant women", "mice")


@st.composite
def facts(draw: st.DrawFn) -> dict[str, str]:
    value = draw(st.integers(1, 99))
    return {
        "drug": draw(st.sampled_from(DRUGS)),
        "outcome": draw(st.sampled_from(OUTCOMES)),
        "way": draw(st.sampled_from(UP_DOWN)),
        "dose": str(draw(st.integers(1, 900))),
        "unit": draw(st.sampled_from(UNITS)),
        "share": f"{value}.{draw(st.integers(0, 9))}",
        "who": draw(st.sampled_from(PEOPLE)),
        "days": str(draw(st.integers(2, 90))),
    }


def state(fact: dict[str, str]) -> str:
    return (
        f"{fact['drug'].capitalize()} {fact['dose']} {fact['unit']} {fact['way']} {fact['outcome']} "
        f"by {fact['share']}% compared with placebo in {fact['who']} after {fact['days']} days."
    )


def restate(fact: dict[str, str]) -> str:
    return (
        f"After {fact['days']} days, {fact['outcome']} was {fact['way']} by {fact['share']}% in "
        f"{fact['who']} given {fact['drug']} {fact['dose']} {fact['unit']} compared with placebo."
    )


@given(facts())
def test_a_fact_in_its_own_and_in_other_words_passes(fact: dict[str, str]) -> None:
    for statement in (state(fact), restate(fact)):
        verdict = judge(statement, state(fact))
        assert verdict.passed, verdict.failures


@given(facts(), facts(), st.sampled_from(PARTS))
@settings(max_examples=300)
def test_any_one_changed_part_is_refused(fact: dict[str, str], other: dict[str, str], part: str) -> None:
    assume(fact[part] != other[part])
    changed = fact | {part: other[part]}
    for statement in (state(changed), restate(changed)):
        assert not judge(statement, state(fact)).passed


@given(facts())
def test_an_added_negation_is_refused(fact: dict[str, str]) -> None:
    statement = restate(fact).replace(" was ", " was not ")
    assert {"polarity", "direction"} & refused_by(judge(statement, state(fact)))


@given(facts())
def test_a_dropped_negation_is_refused(fact: dict[str, str]) -> None:
    evidence = restate(fact).replace(" was ", " was not ")
    assert {"polarity", "direction"} & refused_by(judge(restate(fact), evidence))


@given(facts())
def test_a_dropped_hedge_is_refused(fact: dict[str, str]) -> None:
    evidence = restate(fact).replace(" was ", " may have been ")
    assert "strength" in refused_by(judge(restate(fact), evidence))


@given(facts())
def test_a_dropped_comparator_is_refused(fact: dict[str, str]) -> None:
    statement = restate(fact).replace(" compared with placebo", "")
    assert "direction" in refused_by(judge(statement, state(fact)))


@given(st.lists(facts(), min_size=1, max_size=4), st.data())
def test_only_whole_sentences_may_be_quoted(known: list[dict[str, str]], data: st.DataObject) -> None:
    source = make_source()
    passage = make_passage(source, " ".join(state(fact) for fact in known))
    spans = sentences_of(passage)
    start = data.draw(st.integers(0, len(passage.text) - 1))
    end = data.draw(st.integers(start + 1, len(passage.text)))
    verdict = judge_quoted(
        cite(passage, start, end),
        (),
        passage=passage,
        source=source,
        question=QUESTION,
        needed=(),
        vocabulary={},
    )
    starts = {begin for begin, _stop in spans}
    stops = {stop - dot for _begin, stop in spans for dot in (0, 1)}
    if start not in starts or end not in stops:
        assert not verdict.passed
