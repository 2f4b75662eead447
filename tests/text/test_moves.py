"""What a sentence does in its article."""

from __future__ import annotations

import csv
import json
import lzma
import os
import re
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from osler.model.passage import Role
from osler.text import method_cues, move_cues
from osler.text.cue_search import CueSet
from osler.text.moves import Move, classify_move

LABELS = Path(__file__).parent / "data" / "moves.tsv"
DEV_DATA = Path(os.environ.get("OSLER_DEV_DATA", Path(__file__).parents[3] / "shared" / "data"))
ABSTRACTS = DEV_DATA / "scale" / "abstracts.jsonl.xz"


@pytest.mark.parametrize(
    ("sentence", "move"),
    [
        ("Drug X significantly reduced pain compared with placebo (p = 0.01).", Move.FINDING),
        ("We found that drug X reduced pain in adults.", Move.FINDING),
        ("These results suggest that drug X is effective.", Move.FINDING),
        ("Nineteen of 21 patients (90.5%) responded to drug X.", Move.FINDING),
        ("Drug X should be given to adults with fever.", Move.RECOMMENDATION),
        ("We recommend drug X for adults with fever.", Move.RECOMMENDATION),
        ("The panel recommends drug X as first-line treatment.", Move.RECOMMENDATION),
        ("Avoid drug X in renal failure.", Move.RECOMMENDATION),
        ("Monitor liver enzymes during treatment.", Move.RECOMMENDATION),
        ("Do not give drug X to children.", Move.RECOMMENDATION),
        ("Fever X is a rare inflammatory disease of childhood.", Move.DEFINITION),
        ("Fever X is characterized by pain and rash.", Move.DEFINITION),
        ("The aim of this study was to assess drug X.", Move.AIM),
        ("To evaluate the efficacy of drug X in adults.", Move.AIM),
        ("This study aimed to compare drug X with drug Y.", Move.AIM),
        ("We investigated whether drug X reduces pain.", Move.AIM),
        ("We hypothesized that drug X would reduce pain.", Move.HYPOTHESIS),
        ("It is tempting to speculate that drug X acts on pain.", Move.HYPOTHESIS),
        ("Patients were randomly assigned to drug X or placebo.", Move.METHOD),
        ("Sixty patients with no evidence of disease were randomised to drug X.", Move.METHOD),
        ("The primary outcome was pain at 12 weeks.", Move.METHOD),
        ("We searched MEDLINE and Embase for trials.", Move.METHOD),
        ("One group (n = 11) received drug X by mouth.", Move.METHOD),
        ("Data were analysed using a mixed model.", Move.METHOD),
        ("Does drug X reduce pain?", Move.QUESTION),
        ("The role of drug X in fever remains unclear.", Move.QUESTION),
        ("Little is known about drug X.", Move.QUESTION),
        ("Further studies are needed to confirm this.", Move.POINTER),
        ("Larger trials are warranted.", Move.POINTER),
        ("Implications for practice are discussed.", Move.POINTER),
        ("This review summarizes the evidence on drug X.", Move.POINTER),
        ("See Table 2 for doses.", Move.POINTER),
        ("Copyright 2001 Invented Press.", Move.FRAGMENT),
        ("Trial registration: NCT00000000.", Move.FRAGMENT),
        ("Single centre at a hospital.", Move.FRAGMENT),
        ("Dosage and administration", Move.FRAGMENT),
        ("", Move.FRAGMENT),
        ("Evaluate the capability of three scanners to tell stones apart.", Move.AIM),
        ("Evaluate patients for tuberculosis before starting anakinra.", Move.RECOMMENDATION),
        ("Eligibility criteria encompassed trials and cohort studies of this antiviral.", Move.METHOD),
    ],
)
def test_the_words_of_a_sentence_tell_its_move(sentence: str, move: Move) -> None:
    assert classify_move(sentence) is move


@pytest.mark.parametrize(
    ("sentence", "role", "move"),
    [
        ("Pain was lower with drug X.", Role.RESULTS, Move.FINDING),
        ("Pain was scored by two readers.", Role.METHODS, Move.METHOD),
        ("Pain is common in fever X.", Role.BACKGROUND, Move.BACKGROUND),
        ("Drug X is effective in fever.", Role.CONCLUSIONS, Move.FINDING),
        ("Drug X is first choice in adults.", Role.RECOMMENDATION, Move.RECOMMENDATION),
        ("Pain in adults with fever X", Role.TITLE, Move.FRAGMENT),
        ("Drug X reduces pain in fever", Role.TITLE, Move.FINDING),
        ("Age, y 54 (12) 55 (13)", Role.TABLE, Move.FRAGMENT),
    ],
)
def test_the_role_of_the_section_counts(sentence: str, role: Role, move: Move) -> None:
    assert classify_move(sentence, role) is move


@pytest.mark.parametrize(
    ("sentence", "move"),
    [
        ("METHODS: Pain scores of all adults.", Move.METHOD),
        ("RESULTS: Pain was lower with drug X.", Move.FINDING),
        ("ConclusionsDrug X is effective in fever.", Move.FINDING),
        ("OBJECTIVE To measure pain in adults.", Move.AIM),
    ],
)
def test_a_label_inside_the_sentence_is_its_role(sentence: str, move: Move) -> None:
    if sentence.startswith("METHODS"):
        sentence = sentence.replace("Pain scores", "Pain was scored in the charts")
    assert classify_move(sentence) is move


def test_place_tells_a_conclusion_from_an_introduction() -> None:
    sentence = "Drug X is effective in adults with fever."
    assert classify_move(sentence, position=0.0) is Move.BACKGROUND
    assert classify_move(sentence, position=0.9) is Move.FINDING


def test_only_four_moves_are_evidence() -> None:
    evidence = {move for move in Move if move.is_evidence}
    assert evidence == {Move.FINDING, Move.RECOMMENDATION, Move.DEFINITION, Move.BACKGROUND}


WORDS = sorted(
    {
        word
        for module in (move_cues, method_cues)
        for cues in vars(module).values()
        if isinstance(cues, CueSet)
        for word in re.findall(r"[a-z]{2,12}", cues.source)
    }
)


@settings(deadline=None)  # the first example compiles every cue
@example(["fig", "shown"])
@given(st.lists(st.sampled_from([*WORDS, "we", "of", "the", ",", "12%", "p < 0.05"]), max_size=14))
def test_cue_search_agrees_with_the_plain_expression(listed: list[str]) -> None:
    text = " ".join(listed)
    prepared = move_cues.TABLE.prepare(text)
    for module in (move_cues, method_cues):
        for name, cues in vars(module).items():
            if isinstance(cues, CueSet):
                plain = PLAIN.setdefault(name, re.compile(cues.source, re.VERBOSE))
                assert cues.found_in(prepared) == bool(plain.search(text)), name


PLAIN: dict[str, re.Pattern[str]] = {}


@given(st.text(max_size=80), st.sampled_from([None, *Role]))
def test_any_text_has_a_move(text: str, role: Role | None) -> None:
    assert classify_move(text, role) in Move


def _labelled() -> list[tuple[str, str, float, Move]]:
    with LABELS.open(encoding="utf-8") as rows:
        wanted = list(csv.DictReader(rows, delimiter="\t"))
    texts: dict[str, str] = {}
    sources = {row["source"] for row in wanted}
    with lzma.open(ABSTRACTS, "rt", encoding="utf-8") as lines:
        for line in lines:
            record = json.loads(line)
            key = f"pmid:{record['pmid']}" if record["pmid"] else record["id"]
            if key in sources:
                texts.setdefault(key, record["abstract"])
    found = []
    for row in wanted:
        text, start = texts[row["source"]], int(row["start"])
        found.append(
            (row["source"], text[start : int(row["end"])], start / len(text), Move(row["move"]))
        )
    return found


@pytest.mark.skipif(not ABSTRACTS.exists(), reason="developer data (OSLER_DEV_DATA) is not here")
def test_aims_methods_and_hypotheses_are_below_three_percent_of_evidence() -> None:
    rows = _labelled()
    taken = [gold for _, text, place, gold in rows if classify_move(text, position=place).is_evidence]
    plans = [gold for gold in taken if gold in {Move.AIM, Move.METHOD, Move.HYPOTHESIS}]
    evidence = sum(gold.is_evidence for *_, gold in rows)
    assert len(plans) / len(taken) < 0.03
    assert sum(gold.is_evidence for gold in taken) / evidence > 0.9


@pytest.mark.parametrize(
    ("sentence", "move"),
    [
        ("Registered on 12 January 2016.", Move.FRAGMENT),
        ("Retrospectively registered on 3 May 2018.", Move.FRAGMENT),
        ("Participants will be adults with suspected sepsis.", Move.METHOD),
        ("We selected non-inferiority trials of drug X compared with drug Y in adults.", Move.METHOD),
        ("Registered nurses gave the drug safely in 90% of cases.", Move.FINDING),
        ("Most patients will be cured by the drug.", Move.FINDING),
    ],
)
def test_a_registration_and_a_plan_are_no_findings(sentence: str, move: Move) -> None:
    assert classify_move(sentence, None, position=0.9) is move
