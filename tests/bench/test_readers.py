"""What `bench/readers.py` rests on: its questions, readers and verdicts, its drawing of a course."""

from __future__ import annotations

import asyncio
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import ClassVar
from xml.etree import ElementTree

import pytest

from material import questions
from material.course import draw_course
from material.questions import new_questions
from material.readers import ARTICLE, QUESTION, Reader, Seen
from material.served import Use, shares
from readers import Run, judge, quarters, slope

GOOD_PAGE = b'<html><article id="answer"></article></html>'


class Site(BaseHTTPRequestHandler):
    """Answers every request the same way."""

    status: ClassVar[int] = 200
    body: ClassVar[bytes] = GOOD_PAGE

    def do_GET(self) -> None:
        self.send_response(self.status)
        self.send_header("content-length", str(len(self.body)))
        self.end_headers()
        self.wfile.write(self.body)

    def log_message(self, *_what: object) -> None:
        pass


@contextmanager
def site(status: int = 200, body: bytes = GOOD_PAGE) -> Iterator[str]:
    kind = type("Kind", (Site,), {"status": status, "body": body})
    with ThreadingHTTPServer(("127.0.0.1", 0), kind) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


def seen_at(url: str) -> Seen:
    """Return what one reader saw who read an article."""
    seen = Seen()

    async def read() -> None:
        reader = Reader(number=1, url=url, slugs=["a"], questions=iter(()), seen=seen)
        reader.draw.choices = lambda *_what, **_named: [ARTICLE]  # type: ignore[method-assign]
        await reader.act()
        await reader.browser.aclose()

    asyncio.run(read())
    return seen


def test_a_page_that_came_whole_is_a_time_and_no_error() -> None:
    with site() as url:
        seen = seen_at(url)
    assert (len(seen.times[ARTICLE]), seen.requests, not seen.errors) == (1, 1, True)


@pytest.mark.parametrize(("status", "body"), [(500, GOOD_PAGE), (503, GOOD_PAGE), (200, GOOD_PAGE[:-7])])
def test_a_wrong_status_and_half_a_page_are_errors_and_no_times(status: int, body: bytes) -> None:
    with site(status, body) as url:
        seen = seen_at(url)
    assert (seen.errors[ARTICLE], seen.times[ARTICLE]) == (1, [])
    assert seen.told


def test_a_server_that_is_not_there_is_an_error() -> None:
    with site() as url:
        pass
    assert seen_at(url).errors[ARTICLE] == 1


def test_no_wording_is_asked_twice_nor_one_of_an_article(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "dev").mkdir()
    for name, field in questions.FIELDS.items():
        rows = [{field: "What is testosis?"}, {field: "what  is TESTOSIS?"}, {field: f"Why {name}?"}]
        text = "".join(json.dumps(row) + "\n" for row in rows)
        (tmp_path / "dev" / name).write_text(text, encoding="utf-8")
    typed = tmp_path / "typed.jsonl"
    typed.write_text('{"question": "why typed"}\n', encoding="utf-8")
    monkeypatch.setattr(questions, "AS_TYPED", typed)
    found = new_questions(tmp_path, apart_from=["why SCIFACT_claims.jsonl?"])
    assert len(found) == len(set(found)) == len({each.casefold() for each in found})
    assert "Why scifact_claims.jsonl?" not in found
    assert {"why typed", "Why kqa.jsonl?"} <= set(found)
    assert found == new_questions(tmp_path, apart_from=["why SCIFACT_claims.jsonl?"])


def run(article_ms: float = 10, question_ms: float = 200, own: tuple[float, ...] = (100, 100)) -> Run:
    seen = Seen()
    seen.times[ARTICLE] = [article_ms] * 100
    seen.times[QUESTION] = [question_ms] * 100
    uses = [Use(float(n), 0.0, 0.0, 0.0, mb, mb) for n, mb in enumerate(own)]
    samples = [(500 * n, use) for n, use in enumerate(uses)]
    return Run(seen, 60.0, shares(Use(0, 0, 0, 0, 0, 0), Use(1, 1, 0, 2, 0, 0)), (0.0, 0.0), samples)


def missed(name: str, of: Run) -> int:
    return sum(verdict.missed for verdict in judge(name, of))


def test_a_run_within_every_bar_misses_none() -> None:
    assert missed("readers", run()) == missed("memory", run()) == 0


def test_a_slow_page_a_slow_answer_an_error_and_growing_memory_are_each_missed() -> None:
    assert missed("readers", run(article_ms=101)) == 1
    assert missed("readers", run(question_ms=1001)) == 1
    assert missed("memory", run(own=(100, 100, 100, 106))) == 2  # all that is held, and its own part
    wrong = run()
    wrong.seen.note_error(ARTICLE, "status 500")
    assert missed("readers", wrong) == 1


def test_quarters_are_medians_and_the_slope_is_that_of_a_line() -> None:
    assert quarters([1, 2, 9, 4, 5, 6, 7, 8, 30, 10, 11, 12]) == (2, 11)
    assert slope([(0, 5.0), (1, 7.0), (2, 9.0)]) == pytest.approx(2.0)


def test_what_kept_processors_busy_is_told_apart() -> None:
    found = shares(Use(0, 0, 0, 0, 0, 0), Use(10, 5, 1, 16, 0, 0))
    assert (found.server, found.client, found.others) == (0.5, 0.1, 1.0)


def test_a_course_is_a_picture_with_a_line_for_each_series_and_never_varies() -> None:
    series = {"held": [(0.0, 100.0), (20_000.0, 110.0)], "its own": [(0.0, 50.0), (20_000.0, 52.0)]}
    plot = draw_course("Memory & requests", series, unit="MB", axis="requests")
    lines = ElementTree.fromstring(plot).findall("{http://www.w3.org/2000/svg}polyline")
    assert len(lines) == 2
    assert plot == draw_course("Memory & requests", series, unit="MB", axis="requests")
