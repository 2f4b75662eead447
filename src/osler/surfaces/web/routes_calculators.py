"""A calculator as a form: what it asks for, and what comes of what was given.

Values are sent in the body of the request, so that none stands in an address, a history or a log; what a
question stated comes in the address, where the question stands as well. Nothing is kept.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import Response

from osler.errors import InputError, UsageError
from osler.service.calculate import calculate, list_calculators
from osler.surfaces.web.pages import page

router = APIRouter()
LONGEST = 100
"""Characters of one value."""


@router.get("/calculators")
def calculators(request: Request) -> Response:
    """List every calculator with what it is for."""
    return page(request, "calculators.html", {"calculators": list_calculators()["calculators"]})


@router.get("/calculators/{name}")
def calculator(request: Request, name: str) -> Response:
    """Show the form of one calculator, with what a question stated filled in."""
    return _form(request, name, dict(request.query_params))


@router.post("/calculators/{name}")
async def result(request: Request, name: str) -> Response:
    """Show what comes of the values that were sent, or which of them was refused and why."""
    sent = await request.form()
    given = {key: value for key, value in sent.items() if isinstance(value, str)}
    found = list_calculators(name)["calculators"][0]
    values = _values(found, given)
    try:
        calculation = calculate(found["name"], values)["calculation"]
    except (InputError, UsageError) as fault:
        return _form(request, name, given, fault=fault)
    numbers = {source["key"]: n for n, source in enumerate(calculation["sources"], start=1)}
    names = {"calculation": calculation, "numbers": numbers, "again": f"/calculators/{found['name']}"}
    return page(request, "calculation.html", names)


def _form(
    request: Request,
    name: str,
    given: Mapping[str, str],
    *,
    fault: InputError | UsageError | None = None,
) -> Response:
    found = list_calculators(name)["calculators"][0]
    names: dict[str, Any] = {
        "calculator": found,
        "values": _values(found, given),
        "numbers": {source["key"]: n for n, source in enumerate(found["sources"], start=1)},
        "fault": fault,
        "refused": "" if fault is None else (fault.item or "").removeprefix("--"),
    }
    return page(request, "calculator.html", names, status=422 if fault else 200)


def _values(found: Mapping[str, Any], given: Mapping[str, str]) -> dict[str, str]:
    """Return what was given for the items of a calculator; what else was sent is not looked at."""
    return {
        item["name"]: given[item["name"]].strip()[:LONGEST]
        for item in found["items"]
        if given.get(item["name"], "").strip()
    }
