"""What a sentence refers back to without saying it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from osler.text.referring import refers_back


@pytest.mark.parametrize(
    ("sentence", "words"),
    [
        ("Pain fell by 8.7 in these patients, by 2 elsewhere.", "these patients"),
        ("Surgery may not be justified in this subgroup.", "this subgroup"),
        ("These studies should have been larger.", "These studies"),
        ("These cases responded to drug X.", "These cases"),
        ("No such association was found for drug X.", "such association"),
        ("Drug X may overcome some of these.", "some of these"),
        ("There was no difference between the two groups.", "the two groups"),
        ("Pain did not differ between groups.", "between groups"),
        ("All had access to the internet.", "All had"),
        ("Of these, 12 (40%) died.", "Of these, 12 (40%) died"),
        ("The difference was significant.", "The difference was"),
        ("The prevalence was 15%.", "The prevalence was"),
        ("The patient died on day 5.", "The patient"),
        ("Pain was worse in group B.", "group B"),
        ("Doses are listed (Table 2).", "Table 2"),
        ("The arms differed: 9.9 months in arm A and 10.2 in arm B.", "arm A"),
        ("Adults who carry the change are reported to have this disorder.", "this disorder"),
        ("The second type has several forms.", "The second type has"),
        ("Finally, 3 months later, imaging confirmed gout.", "Finally, 3 months later"),
        ("Drug X was assessed as described here.", "described here"),
        ("Doctors asked for a change to the procedure.", "the procedure"),
        ("Pain fell in adults by this method.", "this method"),
        ("and the role of drug X is unclear", "and"),
    ],
)
def test_what_is_left_unsaid_is_named(sentence: str, words: str) -> None:
    assert refers_back(sentence) == words


@pytest.mark.parametrize(
    "sentence",
    [
        "This study shows that drug X relieves pain.",
        "These findings suggest that drug X relieves pain.",
        "Adults with gout improved, and these adults slept better.",
        "Those with gout had more pain than those without.",
        "Pain fell more in the drug X group than in the placebo group.",
        "Pain did not differ between groups given drug X and versus placebo.",
        "Pain was less after keyhole (group A) than after open surgery (group B).",
        "The prevalence of gout was 15%.",
        "The patient should be told of the risks.",
        "All adults had access to the internet.",
        "Type 2 diabetes was common.",
        "Drugs such as colchicine relieve pain.",
        "mepolizumab reduces attacks of asthma.",
    ],
)
def test_a_sentence_that_says_it_all_is_left_alone(sentence: str) -> None:
    assert refers_back(sentence) == ""


@given(st.text(max_size=300))
def test_any_text_is_read_and_what_is_named_stands_in_it(text: str) -> None:
    assert all(word in text for word in refers_back(text).split())
