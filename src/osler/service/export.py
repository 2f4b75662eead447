"""Export: the stored answer or article that a file is written from, and the graph that it offers."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from osler.errors import InputError, NoAnswerError, NotFoundError, UsageError
from osler.model.reader import Reader
from osler.service.mechanism import Shown, show_mechanism
from osler.service.show import show
from osler.service.wiring import Desk


def document_for_export(desk: Desk, item: str) -> dict[str, Any]:
    """Return the public document of the stored answer or the article ``item``.

    Raises:
        UsageError: ``item`` names something else.
        NotFoundError: Nothing has this id, or it has expired.
    """
    if not item.startswith(("ans_", "art_")):
        raise UsageError(
            "only answers and articles can be exported", item=item, hint="give an ans_… or art_… id"
        )
    document = show(desk, item)
    return {name: value for name, value in document.items() if name != "type"}


def offered_graph(desk: Desk, document: Mapping[str, Any]) -> Shown | None:
    """Return the graph that the answer in ``document`` offers, judged against the library as it is now.

    None for an article, where the answer offers none, where several are held and none was named, where
    its sources have gone, and for a patient, who is offered none on the page either.
    """
    if "article" in document:  # nobody reviewed the graph
        return None
    answer = document["answer"]
    offered = answer.get("mechanism")
    if not offered or not offered["condition"] or answer["reader"] == Reader.PATIENT.value:
        return None
    try:
        shown = show_mechanism(desk.settings, desk, offered["drug"], offered["condition"])
    except (InputError, NoAnswerError, NotFoundError):  # what the command would say is no fault here
        return None
    return None if shown.mechanism is None else shown
