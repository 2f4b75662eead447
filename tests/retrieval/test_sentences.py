"""The ranking of a passage's sentences: what answers stands first, and why can be read."""

from __future__ import annotations

import math

from hypothesis import given
from hypothesis import strategies as st

from osler.model.passage import Passage, Role, Section
from osler.retrieval.sentence_features import (
    MOVES,
    AskedTerms,
    asked_terms,
    features_of,
    read_sentences,
)
from osler.retrieval.sentences import RankedSentence, rank_sentences, sentence_weights
from osler.retrieval.understand import understand
from osler.text.names import key_word, keyed

TITLE = "Zubromycin in velitosis: a randomized trial"
AIM = "We aimed to find out whether zubromycin cures velitosis."
METHOD = "Forty adults with velitosis were randomized to zubromycin or placebo."
RESULT = "Zubromycin cured velitosis in 24 of 30 adults (80%) and placebo in 6 of 30 (20%)."
ASIDE = "The pharmacy of Ostland supplied the tablets in brown bottles."


class Words:
    """A library of a hundred passages in which every word is as rare as any other, but one."""

    size = 100

    def long_forms(self, short: str) -> list[tuple[str, int]]:
        return []

    def short_forms(self, long: str) -> list[tuple[str, int]]:
        return []

    def passages_with(self, phrase: str, *, field: str = "text") -> int:
        return 90 if phrase == "adults" else 2


def passage(*sentences: str, sections: tuple[Section, ...] = ()) -> Passage:
    return Passage("src_a", "ver_a", 0, " ".join(sentences), sections=sections)


def asked(question: str) -> AskedTerms:
    return asked_terms(understand(question, Words()), Words())


def texts(ranked: list[RankedSentence]) -> list[str]:
    return [found.passage.text[found.start : found.end] for found in ranked]


def test_the_finding_stands_before_the_aim_the_method_and_what_is_beside_the_question() -> None:
    ranked = rank_sentences(
        asked("Does zubromycin cure velitosis?"), [(passage(AIM, METHOD, ASIDE, RESULT), TITLE)]
    )
    assert texts(ranked)[0] == RESULT
    assert texts(ranked)[-1] == ASIDE


def test_the_reasons_add_up_to_the_score_largest_first() -> None:
    (first, *_) = rank_sentences(
        asked("Does zubromycin cure velitosis?"), [(passage(RESULT, AIM), TITLE)]
    )
    assert math.isclose(math.fsum(part for _, part in first.why), first.score)
    sizes = [abs(part) for _, part in first.why]
    assert sizes == sorted(sizes, reverse=True)


def test_rare_words_weigh_more_than_common_ones() -> None:
    weights = asked("velitosis in adults").weights
    assert weights[key_word("velitosis")] > 2 * weights[key_word("adults")]
    assert math.isclose(sum(weights.values()), 1.0)


def test_an_abbreviation_defined_in_the_title_is_read_as_its_long_form() -> None:
    title = "Zubromycin for persistent sock folding disease (SFD)"
    first, other = read_sentences(passage("SFD was cured.", "Orbitan was cured."), title)
    assert keyed("sock folding disease").strip() in first.keyed
    assert keyed("sock folding disease").strip() not in other.keyed


def test_a_title_inside_a_passage_is_no_sentence() -> None:
    text = f"{TITLE}. {RESULT}"
    cut = len(TITLE) + 2
    sections = (Section("", Role.TITLE, 0, cut), Section("", Role.RESULTS, cut, len(text)))
    ranked = rank_sentences(asked("zubromycin"), [(passage(text, sections=sections), TITLE)])
    assert texts(ranked) == [RESULT]


def test_equal_sentences_keep_the_order_of_passages_and_places() -> None:
    first = Passage("src_a", "ver_a", 0, RESULT)
    second = Passage("src_b", "ver_b", 0, RESULT)
    terms = asked("zubromycin")
    assert [r.passage for r in rank_sentences(terms, [(first, ""), (second, "")])] == [first, second]
    assert [r.passage for r in rank_sentences(terms, [(second, ""), (first, "")])] == [second, first]


def test_every_weight_that_is_shipped_belongs_to_a_feature() -> None:
    (found,) = features_of(asked("zubromycin"), read_sentences(passage(RESULT), TITLE), TITLE)
    assert set(sentence_weights()) <= set(found) | set(MOVES.values())


@given(question=st.text(max_size=60), text=st.text(min_size=1, max_size=200), title=st.text(max_size=40))
def test_any_text_is_ranked_and_every_sentence_lies_where_it_says(
    question: str, text: str, title: str
) -> None:
    whole = Passage("src_a", "ver_a", 0, text)
    terms = asked(question)
    sentences = read_sentences(whole, title)
    for features in features_of(terms, sentences, title):
        assert all(0.0 <= value <= 1.0 + 1e-9 for value in features.values())
    ranked = rank_sentences(terms, [(whole, title)])
    assert sorted((r.start, r.end) for r in ranked) == [(s.start, s.end) for s in sentences]
    assert all(text[r.start : r.end].strip() for r in ranked)
