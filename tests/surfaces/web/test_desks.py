"""Desks: one request at a time on each, renewed when the library has changed, no more than allowed."""

from __future__ import annotations

import json
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from tests.library.made import add, make_record, open_library
from tests.surfaces.web.conftest import DOSE, MECHANISM, call

from osler.errors import LibraryError, NotFoundError
from osler.service.ask import ask
from osler.surfaces.web import desks as module
from osler.surfaces.web.desks import Desks

BEHIND = "the library is being added to: this rests on what can be found so far"
PAPER = {
    "pmid": "99999971",
    "title": "Inventumab in testosis",
    "abstract": "Inventumab inhibits the testin receptor in adults with testosis.",
    "year": 2020,
    "journal": "J Invent Med",
    "authors": ["Nobody A"],
}


def test_many_threads_get_the_answers_that_one_gets(starter_home: Path) -> None:
    desks = Desks({"OSLER_HOME": str(starter_home)}, most=2)
    held, most = [0], [0]
    lock = threading.Lock()

    def answer(question: str) -> str:
        with desks.borrow() as desk:
            with lock:
                held[0] += 1
                most[0] = max(most[0], held[0])
            found = ask(desk, question, keep=False).document["answer"]
            with lock:
                held[0] -= 1
        return json.dumps(found)

    alone = {question: answer(question) for question in (DOSE, MECHANISM)}
    asked = [DOSE, MECHANISM] * 4
    with ThreadPoolExecutor(4) as threads:
        assert list(threads.map(answer, asked)) == [alone[question] for question in asked]
    assert most[0] == 2
    desks.close()


def test_a_desk_is_lent_again_and_opened_anew_after_many_uses(
    starter_home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "USES", 2)
    desks = Desks({"OSLER_HOME": str(starter_home)})
    lent = []
    for _time in range(3):
        with desks.borrow() as desk:
            lent.append(desk)
    assert lent[0] is lent[1]
    assert lent[2] is not lent[0]
    desks.close()


def test_what_another_process_adds_is_found_by_the_next_request(tmp_path: Path) -> None:
    home = tmp_path / "home"
    assert call(home, "add", "starter:hlh").returncode == 0
    desks = Desks({"OSLER_HOME": str(home)})
    question = "What is the mechanism of action of inventumab in testosis?"
    with desks.borrow() as desk:
        assert ask(desk, question, keep=False).document["answer"]["status"] == "abstained"
    file = tmp_path / "paper.jsonl"
    file.write_text(json.dumps(PAPER) + "\n", encoding="utf-8")
    assert call(home, "add", str(file)).returncode == 0
    with desks.borrow() as desk:
        assert ask(desk, question, keep=False).document["answer"]["bottom_line"]
    desks.close()


def test_desks_in_use_at_the_same_time_read_one_index_until_the_library_changes(tmp_path: Path) -> None:
    home = tmp_path / "home"
    assert call(home, "add", "starter:hlh").returncode == 0
    desks = Desks({"OSLER_HOME": str(home)})
    with desks.borrow() as desk:
        first = desk.index
    with desks.borrow() as one, desks.borrow() as other:
        assert one is not other
        assert one.index is first
        assert other.index is first
    file = tmp_path / "paper.jsonl"
    file.write_text(json.dumps(PAPER) + "\n", encoding="utf-8")
    assert call(home, "add", str(file)).returncode == 0
    with desks.borrow() as one:
        newer = one.index
        assert newer is not first
        assert newer.size == first.size + 1
    with desks.borrow() as one, desks.borrow() as other:
        assert one.index is other.index is newer
    desks.close()


def test_a_desk_that_lacks_what_is_being_added_is_not_lent_again(tmp_path: Path) -> None:
    home = tmp_path / "home"
    assert call(home, "add", "starter:hlh").returncode == 0
    desks = Desks({"OSLER_HOME": str(home)})
    with desks.borrow() as desk:
        whole = desk.index.size
    with open_library(home, create=False) as store:
        add(store, [make_record(1)])  # the index is not brought up yet
        with store.writing():
            for _time in range(2):
                with desks.borrow() as desk:
                    assert desk.index.size == whole
                    assert desk.notices == [BEHIND]
        with desks.borrow() as desk:
            assert desk.index.size > whole
            assert desk.notices == []
        with desks.borrow() as again:
            assert again is desk
    desks.close()


def test_who_waits_too_long_for_a_desk_is_told_to_come_again(starter_home: Path) -> None:
    desks = Desks({"OSLER_HOME": str(starter_home)}, most=1, wait_s=0.05)
    with desks.borrow(), pytest.raises(LibraryError) as fault, desks.borrow():
        pass
    assert fault.value.code == "library.busy"
    with desks.borrow() as desk:
        assert desk.store.count_sources() == 88
    desks.close()


def test_a_desk_at_which_something_failed_is_not_lent_again(starter_home: Path) -> None:
    desks = Desks({"OSLER_HOME": str(starter_home)}, most=1, wait_s=0.05)
    with pytest.raises(ZeroDivisionError), desks.borrow() as failed:
        raise ZeroDivisionError
    with desks.borrow() as desk:
        assert desk is not failed
    desks.close()


def test_no_library_is_no_desk(tmp_path: Path) -> None:
    with pytest.raises(NotFoundError), Desks({"OSLER_HOME": str(tmp_path)}).borrow():
        pass


def test_who_only_reads_does_not_wait_behind_those_who_ask(starter_home: Path) -> None:
    desks = Desks({"OSLER_HOME": str(starter_home)}, most=2, asking=1, wait_s=0.05)
    with desks.borrow_to_ask():
        with pytest.raises(LibraryError) as fault, desks.borrow_to_ask():
            pass
        with desks.borrow() as desk:
            assert desk.store.count_sources() == 88
    assert fault.value.code == "library.busy"
    with desks.borrow_to_ask() as desk:
        assert desk.store.count_sources() == 88
    desks.close()
