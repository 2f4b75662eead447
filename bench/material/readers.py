"""Virtual readers: each has an address, a browser's cookies and connection, does one thing at a time.

What a reader does is drawn from ``MIX``; a new question is one that nobody has asked in the run. Most
are asked as a browser with scripts does it, the frame first and then the stream, the rest as one page.
Every response is looked at: a status that is not the one expected, a page that breaks off, a fault sent
within a stream and a connection that fails are errors.
"""

from __future__ import annotations

import random
import re
import time
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

import httpx

ARTICLE: Final = "published article"
UNCHANGED: Final = "the same, known already (If-None-Match)"
HEAD: Final = "the same, HEAD"
PASSAGE: Final = "cited passage"
FILE: Final = "style, script or font"
QUESTION: Final = "new question"
FIRST: Final = "new question, until it is shown as understood"
MIX: Final = {QUESTION: 10, ARTICLE: 70, UNCHANGED: 8, HEAD: 3, PASSAGE: 5, FILE: 4}
"""Of a hundred things that readers do."""

WITHOUT_SCRIPTS: Final = 0.2
"""Share of new questions that are asked for as one whole page."""

TIMEOUT_S: Final = 30.0
KEPT_OPEN_S: Final = 60.0
"""A browser keeps a connection that it does not use about as long, and opens another one after that."""
MOST_TOLD: Final = 20
_PASSAGES: Final = re.compile(r'href="(/passage/[^"#]+)')
_FILES: Final = re.compile(r'(?:href|src)="(/static/[^"]+)')


@dataclass(slots=True)
class Seen:
    """What came of all requests.

    Attributes:
        times: Kind → milliseconds of each.
        errors: Kind → number.
        told: The first errors, in words.
        requests: All that were sent.
        unchanged: Conditional requests that were answered without the page.
    """

    times: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    errors: Counter[str] = field(default_factory=Counter)
    told: list[str] = field(default_factory=list)
    requests: int = 0
    unchanged: int = 0

    def note_error(self, kind: str, what: str) -> None:
        """Count an error; the first ones are kept in words."""
        self.errors[kind] += 1
        if len(self.told) < MOST_TOLD:
            self.told.append(f"{kind}: {what}")


class WrongError(Exception):
    """A response is not what a reader expects."""


@dataclass(slots=True)
class Reader:
    """One person before a browser.

    Args:
        number: Gives the address, one of this machine's own, and what is drawn.
        url: The server.
        slugs: Published articles.
        questions: Gives a new question each time, to all readers together.
        seen: Where everything is noted.
    """

    number: int
    url: str
    slugs: Sequence[str]
    questions: Iterator[str]
    seen: Seen
    draw: random.Random = field(init=False)
    browser: httpx.AsyncClient = field(init=False)
    tags: dict[str, str] = field(default_factory=dict)
    passages: list[str] = field(default_factory=list)
    files: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Give the reader dice and a browser."""
        self.draw = random.Random(self.number)
        address = f"127.0.{1 + self.number // 250}.{1 + self.number % 250}"
        transport = httpx.AsyncHTTPTransport(
            local_address=address, limits=httpx.Limits(max_connections=2, keepalive_expiry=KEPT_OPEN_S)
        )
        self.browser = httpx.AsyncClient(base_url=self.url, transport=transport, timeout=TIMEOUT_S)

    async def act(self) -> None:
        """Do one thing and note what came of it."""
        kind = self.draw.choices(list(MIX), weights=list(MIX.values()))[0]
        kind = self._possible(kind)
        begun = time.perf_counter()
        try:
            await self._do(kind)
        except (httpx.HTTPError, WrongError) as fault:
            self.seen.note_error(kind, f"{type(fault).__name__} {fault}".strip())
        else:
            self.seen.times[kind].append((time.perf_counter() - begun) * 1000)

    def _possible(self, kind: str) -> str:
        """Return ``kind``, or an article where a reader who has read none cannot do it yet."""
        known = {UNCHANGED: self.tags, PASSAGE: self.passages, FILE: self.files}
        return kind if known.get(kind, True) else ARTICLE

    async def _do(self, kind: str) -> None:
        if kind == QUESTION:
            await self._ask(next(self.questions))
        elif kind == ARTICLE:
            await self._read(self.draw.choice(self.slugs))
        elif kind == UNCHANGED:
            await self._read_again(self.draw.choice(list(self.tags)))
        elif kind == HEAD:
            await self._get(f"/articles/{self.draw.choice(self.slugs)}", method="HEAD")
        elif kind == PASSAGE:
            page = await self._get(self.draw.choice(self.passages), headers={"hx-request": "true"})
            if "<mark" not in page.text:
                raise WrongError("no words are marked in the passage")
        else:
            await self._get(self.draw.choice(self.files))

    async def _read(self, slug: str) -> None:
        page = await self._get(f"/articles/{slug}")
        if 'id="answer"' not in page.text or not page.text.rstrip().endswith("</html>"):
            raise WrongError(f"{slug} is not a whole page")
        if "etag" in page.headers:
            self.tags[slug] = page.headers["etag"]
        self.passages = _PASSAGES.findall(page.text)
        self.files = _FILES.findall(page.text)

    async def _read_again(self, slug: str) -> None:
        headers = {"if-none-match": self.tags[slug]}
        page = await self._get(f"/articles/{slug}", headers=headers, expected=(200, 304))
        self.seen.unchanged += page.status_code == 304

    async def _ask(self, question: str) -> None:
        if self.draw.random() < WITHOUT_SCRIPTS:
            page = await self._get("/ask", params={"q": question})
            if 'id="answer"' not in page.text or not page.text.rstrip().endswith("</html>"):
                raise WrongError("the answer is not a whole page")
            return
        begun = time.perf_counter()
        await self._get("/ask", params={"q": question, "stream": "1"})
        events = []
        self.seen.requests += 1
        async with self.browser.stream("GET", "/ask/stream", params={"q": question}) as reply:
            _expect(reply, (200,))
            async for line in reply.aiter_lines():
                if line.startswith("event: "):
                    events.append(line.removeprefix("event: "))
                    if len(events) == 1:
                        self.seen.times[FIRST].append((time.perf_counter() - begun) * 1000)
        if "fault" in events or events[-1:] != ["done"]:
            raise WrongError(f"the stream ended with {events[-1:]}")

    async def _get(
        self,
        path: str,
        *,
        method: str = "GET",
        params: dict[str, str] | None = None,
        headers: dict[str, str] | None = None,
        expected: tuple[int, ...] = (200,),
    ) -> httpx.Response:
        self.seen.requests += 1
        reply = await self.browser.request(method, path, params=params, headers=headers)
        _expect(reply, expected)
        return reply


def _expect(reply: httpx.Response, statuses: tuple[int, ...]) -> None:
    if reply.status_code not in statuses:
        raise WrongError(f"status {reply.status_code} at {reply.url.path}")
