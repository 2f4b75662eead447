"""A question of the web is kept only when shared or followed, by an id nobody can guess, and expires."""

from __future__ import annotations

import json
import re
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest
from tests.surfaces.web.conftest import DOSE, MECHANISM, Site, start, stop

from osler.errors import NotFoundError
from osler.ids import content_id
from osler.service.keep import keep, kept_answer
from osler.service.wiring import open_desk

ANSWER = re.compile(r"ans_[0-9a-f]{20}")
SECRET = "What dose of anakinra is used in HLH in children, Test Patient Zwiebelkuchen?"


def count(site: Site) -> int:
    return int(
        json.loads(site.call("library", "status", "--json").stdout)["status"]["counts"]["answers"]
    )


def test_asking_streaming_and_exporting_keep_nothing(site: Site) -> None:
    before = count(site)
    site.ask(MECHANISM)
    site.get("/ask/stream", q=MECHANISM)
    site.get("/ask/export", q=MECHANISM, to="md")
    assert count(site) == before


def test_a_shared_answer_is_found_again_with_the_same_statements(site: Site) -> None:
    shared = site.post("/share", q=DOSE, **{"as": "nurse"})
    assert shared.status_code == 303
    kept = httpx.get(site.url + shared.headers["location"], timeout=60).text
    assert statements(kept) == statements(site.ask(DOSE, **{"as": "nurse"}).text)
    assert "kept until" in kept
    again = site.post("/share", q=DOSE, **{"as": "nurse"})
    assert again.headers["location"] == shared.headers["location"]


def statements(text: str) -> list[str]:
    return re.findall(r'data-st="(st_[0-9a-f]+)"', text)


def test_a_script_gets_the_link_as_a_part_of_the_page(site: Site) -> None:
    part = site.post("/share", {"hx-request": "true"}, q=DOSE)
    assert part.status_code == 200
    assert "<html" not in part.text
    assert f'value="{site.url}/a/ans_' in part.text


def test_a_follow_up_keeps_what_it_follows_and_says_what_it_was_understood_as(site: Site) -> None:
    before = count(site)
    question = "Which dose of anakinra is given in MAS in children?"
    followed = site.post("/follow", q=question, then="what about adults?")
    assert followed.status_code == 303
    where = urlsplit(followed.headers["location"])
    assert parse_qs(where.query)["q"] == ["what about adults?"]
    assert count(site) == before + 1
    text = httpx.get(site.url + followed.headers["location"], timeout=60).text
    assert re.search(r"Understood as</span> [^<]*\badults\b", text)


def test_an_answer_of_the_terminal_is_not_shown_on_the_web(site: Site) -> None:
    asked = site.call("ask", MECHANISM, "--json")
    answer = json.loads(asked.stdout)["answer"]["id"]
    assert site.get(f"/a/{answer}").status_code == 404
    assert site.call("show", answer).returncode == 0


def test_the_same_question_in_other_words_is_kept_apart(site: Site) -> None:
    one, other = site.post("/share", q=DOSE), site.post("/share", q=DOSE.replace("?", " ?"))
    assert one.headers["location"] != other.headers["location"]


def test_a_kept_answer_is_exported_from_web_and_terminal_alike(site: Site) -> None:
    path = site.post("/share", q=DOSE).headers["location"]
    web = site.get(f"{path}/export/md")
    terminal = site.call("export", path.removeprefix("/a/"), "--to", "md")
    assert web.content == terminal.stdout
    assert web.headers["content-disposition"].startswith("attachment; filename=")


def test_a_kept_answer_is_gone_once_its_days_are_over(starter_home: Path) -> None:
    library = {"searched": {"filters": {"scope": "public"}}}
    answer = {"id": "ans_1", "question": {"asked": "What?"}, "library": library, "references": []}
    document = {"envelope": {}, "answer": answer}
    with open_desk({"OSLER_HOME": str(starter_home)}) as desk:
        kept = keep(desk, document)
        assert kept_answer(desk, kept.id).document == document
        assert kept.id == content_id("ans", "kept", "ans_1", "What?")
        assert desk.store.answer(kept.id, now=kept.expires) is None
        desk.store.drop_expired(now=kept.expires)
        with pytest.raises(NotFoundError):
            kept_answer(desk, kept.id)


def test_the_log_has_a_line_for_each_request_and_no_question(starter_home: Path, tmp_path: Path) -> None:
    site = start(starter_home, tmp_path / "quiet.log")
    site.ask(SECRET)
    site.get("/ask/stream", q=SECRET)
    site.post("/share", q=SECRET)
    site.ask(SECRET + "x" * 2000)
    assert stop(site) == 0
    log = site.log.read_text()
    assert "GET '/ask' 200" in log
    assert "GET '/ask' 413" in log
    assert "Zwiebelkuchen" not in log


def test_the_log_has_the_question_where_that_is_switched_on(starter_home: Path, tmp_path: Path) -> None:
    site = start(starter_home, tmp_path / "loud.log", OSLER_WEB_LOG_QUESTIONS="1")
    site.ask(SECRET)
    assert stop(site) == 0
    assert "Zwiebelkuchen" in site.log.read_text()
