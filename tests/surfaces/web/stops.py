"""Every page that the site can show, and how a person comes to it.

``test_accessibility`` compares the list with the routes, the templates, the parts of an answer and the
faults of the application: a page that is added and not visited fails there.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

import httpx
from pyotp import TOTP
from tests.surfaces.web.browsing import PASSWORD
from tests.surfaces.web.furnished import (
    AUTHOR,
    CHIEF,
    EDITOR,
    MEMBER,
    ONE,
    QUESTIONS,
    SECOND_FACTOR,
    TWO,
    Furnished,
)

MECHANISM = "What is the mechanism of action of anakinra in hemophagocytic lymphohistiocytosis (HLH)?"
WHOLE = "#answer:not([aria-busy]) [data-part=end]"
FIRST_CITATION = "[data-part=bottom] a.c"
SIMULATION = "/mechanism/simulation"
SIGN_ON = "/account/sign-on"
REFUSED_NAME = "hospital.example"


@dataclass(frozen=True)
class Place:
    """Where the pages are.

    Attributes:
        url: Of the furnished site.
        bare: Of a site that has no library and lets one question be asked in a minute.
        holds: What the furnished site holds.
    """

    url: str
    bare: str
    holds: Furnished


Way = Callable[[Any, Place], object]


@dataclass(frozen=True)
class Stop:
    """One page.

    Attributes:
        name: What it is.
        way: Opens it in a browser's page.
        template: What it is made by.
        who: Who is signed in, or empty.
        status: Of the response.
        parts: Of an answer, that it must show.
    """

    name: str
    way: Way
    template: str
    who: str = ""
    status: int = 200
    parts: tuple[str, ...] = ()


def at(path: str, **query: Any) -> Way:
    """Open an address; ``{…}`` in it names what the site holds."""

    def way(page: Any, place: Place) -> None:
        named = {name: _filled(value, place) for name, value in query.items()}
        page.goto(
            place.url + _filled(path, place) + (f"?{urlencode(named, doseq=True)}" if named else "")
        )

    return way


def _filled(text: Any, place: Place) -> Any:
    return text.format(**place.holds.names) if isinstance(text, str) else text


def asked(question: str, **more: str) -> Way:
    return at("/ask", q=question, anew="1", **more)


def pressed(first: Way, *steps: tuple[str, str]) -> Way:
    """Open a page, fill fields in, and press what comes last: a selector with an empty text."""

    def way(page: Any, place: Place) -> None:
        first(page, place)
        for chosen, text in steps:
            if text:
                page.fill(chosen, text)
            else:
                page.locator(chosen).first.click()
        page.wait_for_load_state()

    return way


def streamed(page: Any, place: Place) -> None:
    """Ask as a person does: the answer comes part by part."""
    page.goto(place.url)
    page.fill("#q", MECHANISM)
    page.press("#q", "Enter")
    page.wait_for_selector(WHOLE)


def opened_passage(page: Any, place: Place) -> None:
    asked(MECHANISM)(page, place)
    page.locator(FIRST_CITATION).first.click()
    page.wait_for_selector("#panel mark")


def passage(page: Any, place: Place) -> None:
    asked(MECHANISM)(page, place)
    page.goto(place.url + page.locator(FIRST_CITATION).first.get_attribute("href"))


def shared(page: Any, place: Place) -> None:
    asked(QUESTIONS["approved"])(page, place)
    page.click("[data-share] button")
    page.wait_for_selector("#link")


def simulated_for_a_patient(page: Any, place: Place) -> None:
    asked(QUESTIONS["approved"], **{"as": "patient"})(page, place)
    at(SIMULATION)(page, place)


def stale(page: Any, place: Place) -> None:
    """Send a form of a version that has been replaced."""
    at("/desk/{edited}")(page, place)
    page.evaluate("document.querySelectorAll('[name=version]').forEach(each => each.value = '1')")
    page.locator("button[value=accept]").first.click()
    page.wait_for_load_state()


def under_another_name(page: Any, place: Place) -> None:
    """Show what is answered where the service is asked for by a name that it does not go by."""
    answer = httpx.get(place.url, headers={"host": REFUSED_NAME}, timeout=60)
    _show(page, place.url + "/", answer)


def asked_too_often(page: Any, place: Place) -> None:
    for _ in range(3):
        page.goto(f"{place.bare}/ask?q=anything")


def leaving(page: Any, place: Place) -> None:
    """Show the page that leads to the identity provider, without its own step further."""

    def stay(route: Any) -> None:
        answer = route.fetch()
        kept = {name: value for name, value in answer.headers.items() if name != "refresh"}
        route.fulfill(response=answer, headers=kept)

    page.route(place.url + SIGN_ON, stay)
    at("/account/sign-in")(page, place)
    page.get_by_role("button", name="Sign in with").click()
    page.get_by_role("heading", name="On to").wait_for()
    page.unroute(place.url + SIGN_ON)


def asked_for_the_code(page: Any, place: Place) -> None:
    """Sign in as somebody who has a second factor, up to the code."""
    at("/account/sign-in")(page, place)
    page.fill("#name", SECOND_FACTOR)
    page.fill("#password", PASSWORD)
    page.click("button.main")
    page.wait_for_selector("#code")


def shown_a_secret(page: Any, place: Place) -> None:
    at("/account")(page, place)
    page.fill("#on-password", PASSWORD)
    page.click("button:text-is('Turn it on')")
    page.wait_for_selector("#code")


def shown_recovery_codes(page: Any, place: Place) -> None:
    """Turn the second factor on."""
    shown_a_secret(page, place)
    secret = page.inner_text("code.secret").replace(" ", "")
    page.fill("#code", TOTP(secret).now())
    page.click("button.main")
    page.wait_for_selector(".codes")


def exported(page: Any, place: Place) -> None:
    """Open the answer as it is exported to HTML."""
    answer = httpx.get(f"{place.url}/a/{place.holds.kept}/export/html", timeout=60)
    _show(page, f"{place.url}/exported", answer)


def _show(page: Any, address: str, answer: httpx.Response) -> None:
    reply = {"status": answer.status_code, "body": answer.text, "content_type": "text/html"}
    page.route(address, lambda route: route.fulfill(**reply))
    page.goto(address)
    page.unroute(address)


def iter_stops() -> Iterator[Stop]:
    """Yield every page."""
    yield Stop("home", at("/"), "home.html")
    yield from _answers()
    yield from _articles()
    yield from _tools()
    yield from _accounts()
    yield from _desk()
    yield from _faults()


def _answers() -> Iterator[Stop]:
    def answer(name: str, way: Way, *parts: str) -> Stop:
        return Stop(name, way, "ask.html", parts=parts)

    dose, compared = QUESTIONS["approved"], "anakinra vs etoposide in HLH"
    yield answer("answer, streamed", streamed, "bottom", "readers", "tiers", "mechanism", "references")
    yield answer("dose", asked(dose), "state", "figures", "conflicts", "beneath", "tools", "next", "end")
    yield answer("dose for a patient", asked(dose, **{"as": "patient"}), "words")
    yield answer("what is partly found", asked(compared), "limits")
    yield answer("dose in adults", asked("What dose of anakinra is used in HLH?"), "simulation")
    yield answer("diagnosis", asked("How is HLH diagnosed?"), "calculators")
    yield answer("asked back", asked("anakinra"), "question", "clarify")
    yield answer("emergency", asked("I have crushing chest pain right now and my arm is numb"))
    yield answer("nothing found", asked("What is the dose of metformin in diabetes?"))
    yield answer("following another", at("/ask", q="what about adults?", follow="{kept}"))
    yield answer("kept", at("/a/{kept}"))
    yield Stop("passage beside its answer", opened_passage, "passage_panel.html")
    yield Stop("passage", passage, "passage.html")
    yield Stop("shared", shared, "shared.html")
    yield Stop("exported", exported, "")


def _articles() -> Iterator[Stop]:
    yield Stop("articles", at("/articles"), "article/list.html")
    for state in QUESTIONS:
        who = AUTHOR if state in ("declined", "draft") else ""
        yield Stop(f"article, {state}", at(f"/articles/{{{state}}}"), "article/article.html", who)
    page = "/articles/{approved}"
    yield Stop("article for a patient", at(page, **{"as": "patient"}), "article/article.html")
    yield Stop("article, earlier", at("/articles/{under_review}", version="1"), "article/article.html")
    other = "What is the dose of anakinra in children with HLH?"
    yield Stop("article, by other words", at("/ask", q=other), "article/article.html")
    report = pressed(at(page), (".report summary", ""), ("#text", "Not so."), (".report button", ""))
    yield Stop("article, reported", report, "article/article.html")
    blank = pressed(at(page), (".report summary", ""), ("#text", " "), (".report button", ""))
    yield Stop("article, report refused", blank, "article/article.html", status=422)
    yield Stop("policy", at("/editorial-policy"), "article/policy.html")


def _tools() -> Iterator[Stop]:
    yield Stop("calculators", at("/calculators"), "calculators.html")
    yield Stop("calculator", at("/calculators/hscore"), "calculator.html")
    qsofa, work_it_out = at("/calculators/qsofa"), ("button.main", "")
    given = ("#i-respiratory-rate", "26"), ("#i-systolic", "85")
    yield Stop(
        "calculator, refused", pressed(qsofa, given[0], work_it_out), "calculator.html", status=422
    )
    altered = at("/calculators/qsofa", **{"altered-mentation": "no"})
    yield Stop("calculation", pressed(altered, *given, work_it_out), "calculation.html")
    yield Stop("mechanism", at("/mechanism", drug="anakinra", condition="HLH"), "mechanism.html")
    yield Stop("mechanism, to be named", at("/mechanism"), "mechanism.html")
    form = at(SIMULATION, regimen=["100 mg sc daily", "2 mg/kg iv q6h"], weight="70")
    yield Stop("simulation, its form", form, "simulation.html")
    light = pressed(form, ("#weight", "20"), work_it_out)
    yield Stop("simulation, refused", light, "simulation.html", status=422)
    yield Stop("simulation", pressed(form, work_it_out), "simulation.html")


def _accounts() -> Iterator[Stop]:
    sign_in = at("/account/sign-in")
    yield Stop("sign-in", sign_in, "account/sign_in.html")
    wrong = pressed(sign_in, ("#name", ONE), ("#password", "not the right one"), ("button.main", ""))
    yield Stop("sign-in, refused", wrong, "account/sign_in.html", status=403)
    yield Stop("second factor", asked_for_the_code, "account/code.html")
    yield Stop("reset", at("/account/reset"), "account/reset.html")
    sent = pressed(at("/account/reset"), ("#name", ONE), ("button.main", ""))
    yield Stop("reset, sent", sent, "account/reset.html")
    yield Stop("invitation", at("/account/password/{invitation}"), "account/choose_password.html")
    yield Stop("to the provider", leaving, "account/leaving.html")
    back = at("/account/sign-on/back", error="access_denied")
    yield Stop("not signed in", back, "account/sign_on_failed.html", status=403)
    yield Stop("own account", at("/account"), "account/me.html", TWO)
    yield Stop("key of the second factor", shown_a_secret, "account/second_factor.html", MEMBER)
    yield Stop("recovery codes", shown_recovery_codes, "account/second_factor.html", MEMBER)
    yield Stop("people", at("/account/people"), "account/people.html", CHIEF)
    person = at("/account/people/{reviewer}")
    yield Stop("person", person, "account/person.html", CHIEF)
    link = pressed(person, ("button:text-is('Make a link to choose a password')", ""))
    yield Stop("person, with a link", link, "account/person.html", CHIEF)


def _desk() -> Iterator[Stop]:
    yield Stop("queue", at("/desk"), "desk/queue.html", EDITOR)
    yield Stop("queue, empty", at("/desk", about="nothing of the kind"), "desk/queue.html", EDITOR)
    for who in (TWO, AUTHOR, EDITOR):
        yield Stop(f"review by {who}", at("/desk/{edited}"), "desk/article.html", who)
    yield Stop("review, approved", at("/desk/{approved}"), "desk/article.html", EDITOR)
    yield Stop("review, out of date", stale, "desk/article.html", TWO, 409)
    yield Stop("two versions", at("/desk/{edited}/diff"), "desk/diff.html", EDITOR)
    yield Stop("history", at("/desk/{edited}/history"), "desk/history.html", EDITOR)


def _faults() -> Iterator[Stop]:
    def fault(status: int, way: Way, who: str = "") -> Stop:
        return Stop(f"fault {status}", way, "fault_page.html", who, status)

    yield fault(400, at("/ask", q="anakinra", **{"as": "nobody"}))
    yield fault(403, simulated_for_a_patient)
    yield fault(404, at("/nothing"))
    yield fault(405, at("/share"))
    yield fault(413, at("/ask", q="x" * 2001))
    yield fault(421, under_another_name)
    yield fault(422, at("/articles/{approved}", version="first"))
    yield fault(429, asked_too_often)
    yield fault(500, at("/broken"))
    yield fault(503, lambda page, place: page.goto(f"{place.bare}/articles"))
    empty = Stop("no library", lambda page, place: page.goto(place.bare), "home.html")
    yield empty
