"""Export: the stored answer that a file is written from, and the graph that it offers."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from osler.errors import InputError, NoAnswerError, NotFoundError, UsageError
from osler.model.reader import Reader
from osler.service.mechanism import Shown, show_mechanism
from osler.service.show import show
from osler.service.wiring import Desk


def answer_for_export(desk: Desk, item: str) -> dict[str, Any]:
    """Return the public document of the stored answer ``item``.

    Raises:
        UsageError: ``item`` names something else.
        NotFoundError: No stored answer has this id, or it has expired.
    """
    if not item.startswith("ans_"):
        raise UsageError("only an answer can be exported", item=item, hint="give an ans_… id")
    document = show(desk, item)
    return {name: value for name, value in document.items() if name != "type"}


def offered_graph(desk: Desk, document: Mapping[str, Any]) -> Shown | None:
    """Return the graph that the answer in ``document`` offers, judged against the library as it is now.

    None where it offers none, where several are held and none was named, where its sources have gone,
    and for a patient, who is offered none on the page either.
    """
    answer = document["answer"]
    offered = answer.get("mechanism")
    if not offered or not offered["condition"] or answer["reader"] == Reader.PATIENT.value:
        return None
    try:
        shown = show_mechanism(desk.settings, desk, offered["drug"], offered["condition"])
    except (InputError, NoAnswerError, NotFoundError):  # what the command would say is no fault here
        return None
    return None if shown.mechanism is None else shown
