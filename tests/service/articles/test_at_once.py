"""Several processes at one article: no act is lost, and what is written meanwhile is no forgery."""

from __future__ import annotations

import multiprocessing
from pathlib import Path

from tests.review.acts import under_review
from tests.review.made import AUTHOR, REVIEWER, desk_at

from osler.errors import LibraryError
from osler.model.person import Person
from osler.model.review import Action
from osler.service.articles import desk as acts
from osler.service.articles.kept import find
from osler.service.articles.proof import verify

REMARKS = 25
CONTEXT = multiprocessing.get_context("forkserver")
CONTEXT.set_forkserver_preload(["tests.review.acts"])


def remark(home: Path, article: str, who: Person) -> None:
    """Make remarks one after the other, each again where somebody else was quicker."""
    with desk_at(home) as desk:
        for number in range(REMARKS):
            while True:
                try:
                    acts.comment(desk, article, f"remark {number}", by=who)
                except LibraryError as fault:
                    if fault.code != "library.moved":
                        raise
                else:
                    break


def test_two_processes_act_on_one_article_while_a_third_proves_its_history(place: Path) -> None:
    with desk_at(place) as desk:
        article = under_review(desk).article.id
        writers = [
            CONTEXT.Process(target=remark, args=(place, article, who)) for who in (AUTHOR, REVIEWER)
        ]
        for writer in writers:
            writer.start()
        seen = []
        while any(writer.is_alive() for writer in writers):
            seen.append(find(desk, article).article.events)
            assert verify(desk, article).events >= seen[-1]
            verify(desk)
        for writer in writers:
            writer.join()
            assert writer.exitcode == 0
        assert seen == sorted(seen)
        assert len(set(seen)) > 1
        remarks = [
            (event.by.id, event.data["text"])
            for event in find(desk, article).events
            if event.action is Action.COMMENTED
        ]
        for who in (AUTHOR, REVIEWER):
            assert [text for by, text in remarks if by == who.id] == [
                f"remark {number}" for number in range(REMARKS)
            ]
        assert verify(desk).journal == len(find(desk, article).events)
