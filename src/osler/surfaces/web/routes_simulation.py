"""Doses simulated: a form, and what comes of it. An educational model, and never shown to a patient.

Values are sent in the body of the request, as a calculator's are; what a question stated comes in the
address. The equations are solved in a thread of their own, one run at a time, within bounds that keep a
form from costing more than a few questions.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from fastapi import APIRouter, Request
from fastapi.responses import Response
from markupsafe import Markup
from starlette.concurrency import run_in_threadpool

from osler.errors import InputError, OslerError
from osler.mechanism.occupancy import DAYS as USUAL_DAYS
from osler.mechanism.occupancy_drawing import LETTERS
from osler.mechanism.occupancy_parameters import find_model
from osler.mechanism.occupancy_words import LIMITS, NOTICE
from osler.model.reader import Reader
from osler.service.simulate import USUAL_CLEARANCE, USUAL_WEIGHT_KG, Case, refuse_patients
from osler.service.simulate import simulate_for_page as simulate
from osler.service.simulation_check import (
    CLEARANCE,
    DAYS,
    WEIGHT,
    find_refusals,
    missing_engine,
    regimen_field,
)
from osler.surfaces.web.pages import page
from osler.surfaces.web.simulation_page import outcome_rows, parameter_rows, source_rows
from osler.surfaces.web.visitor import visitor_of

router = APIRouter()
MODELLED: Final = "anakinra"
MOST_FIELDS: Final = 3
MOST_DAYS: Final = 14
SAMPLES: Final = 40
LONGEST: Final = 100
"""Characters of one value."""
_NUMBER: Final = re.compile(r"(\d{1,6}(?:[.,]\d{1,6})?)\s*(?:kg|ml\s*/\s*min|days?)?", re.I)


@dataclass(frozen=True, slots=True)
class Sent:
    """A form as it was sent: texts, none of them judged yet."""

    drug: str
    regimens: tuple[str, ...]
    weight: str = ""
    clearance: str = ""
    days: str = ""


@router.get("/mechanism/simulation")
def simulation(request: Request) -> Response:
    """Show the form, with what a question stated filled in."""
    given = request.query_params
    sent = _sent(given, given.getlist("regimen"))
    refuse_patients(sent.drug, visitor_of(request).reader)
    return _page(request, sent)


@router.post("/mechanism/simulation")
async def simulated(request: Request) -> Response:
    """Show what comes of the regimens that were sent, or what was refused, beside its field."""
    form = await request.form()
    texts = {name: value for name, value in form.items() if isinstance(value, str)}
    sent = _sent(texts, [texts.get(regimen_field(index), "") for index in range(MOST_FIELDS)])
    return await run_in_threadpool(_answer, request, sent, visitor_of(request).reader)


def _answer(request: Request, sent: Sent, reader: Reader) -> Response:
    refuse_patients(sent.drug, reader)
    case, faults = _judge(sent)
    if faults:
        return _page(request, sent, faults=faults, status=422)
    if missing_engine(sent.drug):
        return _page(request, sent, status=503)
    document, drawing = simulate(sent.drug, case, reader=reader)
    found = document["occupancy"]
    shown = {
        "found": found,
        "drawing": Markup(drawing),  # noqa: S704 - ``draw_occupancy`` escapes every word of it
        "outcomes": outcome_rows(found),
        "parameters": parameter_rows(found),
        "sources": source_rows(found),
        "numbers": {each["key"]: n for n, each in enumerate(found["sources"], start=1)},
    }
    return _page(request, sent, shown=shown)


def _page(
    request: Request,
    sent: Sent,
    *,
    faults: Mapping[str, OslerError] | None = None,
    shown: Mapping[str, Any] | None = None,
    status: int = 200,
) -> Response:
    fields = [(regimen_field(index), text) for index, text in enumerate(sent.regimens)]
    names: dict[str, Any] = {
        "sent": sent,
        "fields": fields,
        "faults": {name: _in_words(fault) for name, fault in (faults or {}).items()},
        "found": None,
        "title": find_model(sent.drug).title,
        "notice": NOTICE,
        "limits": LIMITS,
        "letters": LETTERS,
        "usual": {"weight": USUAL_WEIGHT_KG, "clearance": USUAL_CLEARANCE, "days": USUAL_DAYS},
        "ranges": {
            name: find_model(sent.drug).limits[name] for name in ("weight", "creatinine_clearance")
        },
        "most_days": MOST_DAYS,
        "install": missing_engine(sent.drug),
        **(shown or {}),
    }
    return page(request, "simulation.html", names, status=status)


def _sent(given: Mapping[str, str], regimens: Sequence[str]) -> Sent:
    """Return the form, cut to its bounds; what else was sent is not looked at."""
    cut = [" ".join(text.split())[:LONGEST] for text in regimens[:MOST_FIELDS]]
    return Sent(
        drug=given.get("drug", "").strip()[:LONGEST] or MODELLED,
        regimens=(*cut, *[""] * (MOST_FIELDS - len(cut))),
        weight=given.get(WEIGHT, "").strip()[:LONGEST],
        clearance=given.get(CLEARANCE, "").strip()[:LONGEST],
        days=given.get(DAYS, "").strip()[:LONGEST],
    )


def _judge(sent: Sent) -> tuple[Case, dict[str, OslerError]]:
    """Return the case of a form, and what of it is refused by the name of its field."""
    unread: dict[str, OslerError] = {}
    weight = _number(sent.weight, WEIGHT, unread)
    clearance = _number(sent.clearance, CLEARANCE, unread)
    days = _number(sent.days, DAYS, unread)
    if days is not None and days != int(days):
        unread[DAYS] = InputError("only whole days are simulated", code="input.simulation")
    case = Case(
        regimens=sent.regimens,
        weight_kg=weight,
        creatinine_clearance=clearance,
        days=USUAL_DAYS if days is None else int(days),
        samples=SAMPLES,
    )
    faults = {**find_refusals(sent.drug, case, most_days=MOST_DAYS), **unread}
    given = tuple(text for text in sent.regimens if text)
    return Case(given, weight, clearance, case.days, samples=SAMPLES), faults


def _number(text: str, name: str, unread: dict[str, OslerError]) -> float | None:
    match = _NUMBER.fullmatch(text)
    if match is not None:
        return float(match[1].replace(",", "."))
    if text:
        unread[name] = InputError("that is no number", code="input.simulation")
    return None


def _in_words(fault: OslerError) -> str:
    """Return a refusal as sentences, its hint in the words of the form."""
    said = fault.message[:1].upper() + fault.message[1:]
    hint = fault.hint.replace("add --weight, in kg", "give the weight below").strip()
    return f"{said}. {hint[:1].upper()}{hint[1:]}." if hint else f"{said}."
