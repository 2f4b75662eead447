"""What the heaviest pages weigh on a first visit: the page and all that it loads, as it travels."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import urlencode

import httpx
import pytest
from tests.surfaces.web.conftest import PATIENCE_S, Site

MOST_BYTES = 150_000
HEAVIEST = 10
QUESTIONS = (
    "What is the mechanism of action of anakinra in hemophagocytic lymphohistiocytosis (HLH)?",
    "What dose of anakinra is used in HLH in children?",
    "What dose of anakinra is used in HLH?",
    "How effective is anakinra in HLH?",
    "What are the adverse effects of anakinra?",
    "What is the half-life of anakinra?",
    "What is the mortality with anakinra in HLH?",
    "What is the response rate of anakinra in MAS?",
    "Who should not be given anakinra?",
    "How effective is etoposide in HLH?",
    "How is HLH diagnosed?",
    "How is HLH treated?",
    "anakinra vs etoposide in HLH",
)
READERS = ("clinician", "student", "patient")
_LOADED = re.compile(r'(?:href|src)="(/static/[^"]+)"')
_FONT = re.compile(r"url\((/static/[^)]+)\)")


@pytest.fixture(scope="module")
def browser(site: Site) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=site.url, timeout=PATIENCE_S) as client:
        yield client


def taken(browser: httpx.Client, address: str) -> tuple[str, int]:
    """Return a text and the bytes in which it travelled."""
    answer = browser.get(address)
    assert answer.status_code == 200
    return answer.text, answer.num_bytes_downloaded


def weight_of_loaded(browser: httpx.Client, page: str) -> int:
    """Return the bytes of every file that a page names, and of those that its style names."""
    weight = 0
    for address in sorted(set(_LOADED.findall(page))):
        text, size = taken(browser, address)
        weight += size
        if address.endswith(".css"):
            missing = set(_FONT.findall(text)) - set(_LOADED.findall(page))
            weight += sum(taken(browser, font)[1] for font in missing)
    return weight


def test_the_ten_heaviest_answers_weigh_less_than_they_may(browser: httpx.Client) -> None:
    asked = [urlencode({"q": question, "as": reader}) for question in QUESTIONS for reader in READERS]
    pages = {query: taken(browser, f"/ask?{query}") for query in asked}
    heaviest = sorted(pages, key=lambda query: -pages[query][1])[:HEAVIEST]
    weights = {}
    for query in heaviest:
        page, size = pages[query]
        weights[query] = size + weight_of_loaded(browser, page)
        frame, begun = taken(browser, f"/ask?{query}&stream=1")
        _parts, sent = taken(browser, f"/ask/stream?{query}")
        weights[f"{query}, part by part"] = begun + sent + weight_of_loaded(browser, frame)
    assert max(weights.values()) < MOST_BYTES, weights
