"""A language model restates what was chosen: what it is told, and what is printed of it."""

from __future__ import annotations

import functools
import json
import os
import signal
import subprocess
import sys
import time
from typing import Any

import pytest
from tests.answer.conftest import QUESTION as MECHANISM
from tests.answer.conftest import statements_of
from tests.answer.writer.library import CHILDREN, MORTALITY, QUESTION, TRIAL, Asking
from tests.answer.writer.server import (
    asked,
    completion,
    last,
    repeating,
    saying,
    statements,
    told,
    writing,
)
from tests.net.loopback import reply, silent
from tests.surfaces.cli.conftest import command

from osler.errors import UsageError
from osler.service.doctor import doctor
from osler.service.wiring import Desk, read_settings
from osler.surfaces.cli.main import INTERRUPTED

TRIAL_SAID = (
    "Given zelokinra 100 mg daily, 15 of 20 adults with HLH (75%) had their fever resolved at 14 days, "
    "as had 5 of 20 (25%) given placebo."
)
CHILDREN_SAID = "In children with HLH, fever may be shortened by zelokinra 2 mg/kg/day."
MORTALITY_SAID = "In adults with HLH, mortality was not reduced by zelokinra."
GOOD = ((TRIAL_SAID, [1]), (MORTALITY_SAID, [2]), (CHILDREN_SAID, [3]))


def made(answer: dict[str, Any]) -> list[str]:
    return [statement["made"] for statement in statements_of(answer)]


def test_statements_that_pass_are_printed_in_the_place_of_the_quotes(ask: Asking) -> None:
    plain = ask.without_a_writer()
    answer = ask(writing(*GOOD))["answer"]
    assert [s["text"] for s in statements_of(answer)] == [TRIAL_SAID, MORTALITY_SAID, CHILDREN_SAID]
    assert made(answer) == ["written"] * 3
    assert answer["engine"]["writer"] == "testmodel"
    assert [s["id"] for s in statements_of(answer)] == [s["id"] for s in statements_of(plain["answer"])]
    assert answer["references"] == plain["answer"]["references"]
    assert answer["withheld"] == plain["answer"]["withheld"]
    assert ask.notices == []


def test_each_written_statement_bears_its_spans_and_its_verdict(ask: Asking) -> None:
    answer = ask(writing(*GOOD))["answer"]
    with ask.opened() as desk:
        for statement in statements_of(answer):
            verdict = statement["verdict"]
            assert verdict["outcome"] == "passed"
            assert {"spans", "figures", "carried"} <= {check["check"] for check in verdict["checks"]}
            for citation in statement["citations"]:
                passage = desk.store.passages([citation["passage"]])[0]
                assert passage.text[citation["start"] : citation["end"]] == citation["quote"]


def test_the_order_is_that_of_the_evidence_and_not_of_the_model(ask: Asking) -> None:
    answer = ask(writing(*reversed(GOOD)))["answer"]
    assert answer["bottom_line"]["text"] == TRIAL_SAID


def test_quotes_that_no_statement_carries_stay_as_they_are(ask: Asking) -> None:
    answer = ask(writing((CHILDREN_SAID, [3])))["answer"]
    assert [s["text"] for s in statements_of(answer)] == [TRIAL, MORTALITY, CHILDREN_SAID]
    assert made(answer) == ["quoted", "quoted", "written"]


def test_a_statement_on_two_spans_of_one_passage_stands_for_both_quotes(ask: Asking) -> None:
    both = (
        "In adults with HLH, zelokinra 100 mg daily did not reduce mortality, but fever resolved in "
        "15 of 20 (75%) and in 5 of 20 (25%) given placebo at 14 days."
    )
    answer = ask(writing((both, [2, 1])))["answer"]
    assert [s["text"] for s in statements_of(answer)] == [both, CHILDREN]
    assert [c["quote"] for c in answer["bottom_line"]["citations"]] == [TRIAL, MORTALITY]
    assert [r["number"] for r in answer["references"]] == [1, 2]


def test_only_the_question_and_the_evidence_are_sent(ask: Asking) -> None:
    ask(writing(*GOOD))
    request = asked(ask.server)
    assert set(told(ask.server)) == {"question", "evidence"}
    assert told(ask.server)["question"] == QUESTION
    assert [e["text"] for e in told(ask.server)["evidence"]] == [TRIAL, MORTALITY, CHILDREN]
    assert [e["id"] for e in told(ask.server)["evidence"]] == [1, 2, 3]
    assert all(set(e) <= {"id", "text", "from"} for e in told(ask.server)["evidence"])
    assert [m["role"] for m in request["messages"]] == ["system", "user"]
    assert (request["model"], request["temperature"], request["seed"]) == ("testmodel", 0, 0)
    assert request["stream"] is False
    assert last(ask.server).path == "/v1/chat/completions"


def test_the_key_travels_in_one_header_and_nowhere_else(ask: Asking) -> None:
    document = ask(writing(*GOOD), OSLER_WRITER_KEY="s3cr3t-0123")
    seen = last(ask.server)
    assert seen.headers["authorization"] == "Bearer s3cr3t-0123"
    assert "s3cr3t" not in seen.body
    assert "s3cr3t" not in json.dumps(document)
    assert "s3cr3t" not in repr(read_settings(ask.environment(OSLER_WRITER_KEY="s3cr3t-0123")))


def test_a_key_that_the_endpoint_echoes_reaches_neither_page_nor_store(ask: Asking) -> None:
    document = ask(writing(("The key is s3cr3t-0123.", [1])), OSLER_WRITER_KEY="s3cr3t-0123")
    assert document["answer"]["withheld"]
    assert "s3cr3t" not in json.dumps(document)
    assert "s3cr3t" not in ask.stored(document["answer"]["id"])


def test_the_stored_answer_keeps_what_was_printed(ask: Asking) -> None:
    first = ask(writing(*GOOD))
    second = ask(writing((CHILDREN_SAID, [3])))
    assert first["answer"]["id"] != second["answer"]["id"]
    for document in (first, second):
        assert json.loads(ask.stored(document["answer"]["id"]))["answer"] == document["answer"]


def test_the_same_words_give_the_same_answer(ask: Asking) -> None:
    assert ask(writing(*GOOD))["answer"] == ask(writing(*GOOD))["answer"]


@pytest.mark.parametrize(
    "content",
    [
        "```json\n" + statements(*GOOD) + "\n```",
        "```\n" + statements(*GOOD) + "```",
        "<think>They ask { about fever }.</think>\n" + statements(*GOOD),
        statements(*((text, [str(n) for n in cited]) for text, cited in GOOD)),
        statements(*((f"{text.removesuffix('.')} [{cited[0]}].", cited) for text, cited in GOOD)),
    ],
    ids=["fenced", "fenced plainly", "after thoughts", "numbers as text", "numbers in the sentence"],
)
def test_dress_around_the_statements_does_no_harm(ask: Asking, content: str) -> None:
    answer = ask(saying(content))["answer"]
    assert [s["text"] for s in statements_of(answer)] == [TRIAL_SAID, MORTALITY_SAID, CHILDREN_SAID]


def test_an_endpoint_that_refuses_a_setting_is_asked_more_plainly(ask: Asking) -> None:
    ask.server.script.extend([reply(b'{"error": "seed?"}', 400), reply(completion(statements(*GOOD)))])
    answer = ask()["answer"]
    assert answer["engine"]["writer"] == "testmodel"
    assert "response_format" not in asked(ask.server)
    assert asked(ask.server)["temperature"] == 0


def test_without_a_choice_the_model_is_not_asked(ask: Asking) -> None:
    document = ask(writing(*GOOD), question="What is the price of tea in gyroscope disease?")
    assert document["answer"]["status"] == "abstained"
    assert ask.server.seen == []
    assert ask.notices == []


def test_a_model_on_this_machine_is_asked_when_the_network_is_switched_off(ask: Asking) -> None:
    assert ask(writing(*GOOD), OSLER_OFFLINE="1")["answer"]["engine"]["writer"] == "testmodel"


def test_a_model_elsewhere_is_not_asked_when_the_network_is_switched_off(ask: Asking) -> None:
    plain = ask.without_a_writer()["answer"]
    url = "https://writer.invalid/v1"
    document = ask(writing(*GOOD), OSLER_OFFLINE="1", OSLER_WRITER_URL=url)
    assert document["answer"] == plain
    assert "offline.switched_off" in ask.notices[0]


def test_what_speaks_against_and_the_licence_are_not_the_models_to_restate(
    ask: Asking, starter: Desk
) -> None:
    on_starter = Asking(starter.settings.home, ask.server, question=MECHANISM)
    plain = on_starter.without_a_writer()["answer"]
    answer = on_starter(repeating)["answer"]
    sent = {excerpt["text"] for excerpt in told(ask.server)["evidence"]}
    kept = [s for s in statements_of(plain) if s["citations"][0]["quote"] not in sent]
    assert len(kept) >= 2
    assert all(statement in statements_of(answer) for statement in kept)
    assert "written" in made(answer)
    assert (answer["flags"], answer["parts"]) == (plain["flags"], plain["parts"])


def test_ctrl_c_while_the_model_is_silent_ends_the_command(ask: Asking) -> None:
    ask.server.script.append(silent)
    environment = os.environ | ask.environment(OSLER_WRITER_TIMEOUT_S="60")
    # A test run in the background passes on that interrupts are ignored.
    hears = functools.partial(signal.signal, signal.SIGINT, signal.SIG_DFL)
    with subprocess.Popen(
        command("ask", QUESTION),
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        preexec_fn=hears,
    ) as process:
        while not ask.server.seen and process.poll() is None:
            ask.server.stop_hanging.wait(0.02)
        begun = time.monotonic()
        process.send_signal(signal.SIGINT)
        out, _err = process.communicate(timeout=30)
    assert process.returncode == INTERRUPTED
    assert time.monotonic() - begun < 5
    assert out == b""


def test_without_a_writer_nothing_of_it_is_imported(ask: Asking) -> None:
    program = (
        "import sys\n"
        "from osler.service.ask import ask\n"
        "from osler.service.wiring import open_desk\n"
        f"with open_desk({{'OSLER_HOME': {str(ask.home)!r}}}) as desk:\n"
        f"    document = ask(desk, {QUESTION!r}).document\n"
        "assert document['answer']['status'] == 'answered'\n"
        "writing = ('answer.write', 'providers.openai_compatible', 'net.client', 'verify.written')\n"
        "print([name for name in writing if f'osler.{name}' in sys.modules], 'httpx' in sys.modules)\n"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, timeout=60)
    assert done.stdout.split() == ["[]", "False"], done.stderr


def test_the_doctor_says_whether_the_writer_is_there(ask: Asking) -> None:
    ask.server.script.append(reply(b'{"data": []}'))
    there = {f.check: f for f in doctor(ask.environment())}["writer"]
    gone = {f.check: f for f in doctor(ask.environment(OSLER_WRITER_URL="http://127.0.0.1:9/v1"))}
    none = {f.check: f for f in doctor({"OSLER_HOME": str(ask.home)})}["writer"]
    assert (there.ok, gone["writer"].ok, none.ok) == (True, False, True)
    assert gone["writer"].repair
    assert [seen.path for seen in ask.server.seen] == ["/v1/models"]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("OSLER_WRITER_URL", "ftp://127.0.0.1/v1"),
        ("OSLER_WRITER_URL", "http://user:s3cr3t@127.0.0.1/v1"),
        ("OSLER_WRITER_URL", "http://127.0.0.1/v1?key=s3cr3t"),
        ("OSLER_WRITER_URL", "http:///v1"),
        ("OSLER_WRITER_MODEL", " "),
        ("OSLER_WRITER_KEY", "s3cr3t\u2028x"),
        ("OSLER_WRITER_TIMEOUT_S", "soon"),
        ("OSLER_WRITER_TIMEOUT_S", "-1"),
        ("OSLER_WRITER_TIMEOUT_S", "nan"),
        ("OSLER_WRITER_TIMEOUT_S", "inf"),
    ],
)
def test_a_setting_that_cannot_be_meant_is_refused_by_name(ask: Asking, name: str, value: str) -> None:
    with pytest.raises(UsageError) as caught:
        read_settings(ask.environment(**{name: value}))
    assert caught.value.item == name
    assert "s3cr3t" not in caught.value.as_line()
