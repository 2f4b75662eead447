"""A chat endpoint on loopback that writes what a test tells it to, or misbehaves."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from tests.net.loopback import Behaviour, Handler, Loopback, Seen, reply

Sentence = tuple[str, Sequence[object]]


def completion(content: object, *, finish: str = "stop", **message: object) -> bytes:
    """Return a chat completion, as such endpoints send it."""
    choice = {
        "index": 0,
        "finish_reason": finish,
        "message": {"role": "assistant", "content": content, **message},
    }
    return json.dumps({"object": "chat.completion", "choices": [choice]}).encode()


def statements(*sentences: Sentence) -> str:
    """Return the JSON that the model was asked for."""
    listed = [{"text": text, "citations": list(citations)} for text, citations in sentences]
    return json.dumps({"statements": listed})


def writing(*sentences: Sentence) -> Behaviour:
    """Write these statements."""
    return saying(statements(*sentences))


def repeating(handler: Handler) -> None:
    """Write each piece of evidence as it came, word for word."""
    sent = json.loads(json.loads(last(handler.server).body)["messages"][-1]["content"])
    sentences = [(excerpt["text"], [excerpt["id"]]) for excerpt in sent["evidence"]]
    handler.send(completion(statements(*sentences)))


def saying(content: object, **changes: Any) -> Behaviour:
    """Answer with ``content``, whatever it is."""
    return reply(completion(content, **changes), Content_Type="application/json")


def letter_by_letter(handler: Handler) -> None:
    """Send the headers so slowly that no single wait is ever too long."""
    for letter in b"HTTP/1.1 200 OK\r\nX-Slow: " + b"z" * 10_000:
        handler.wfile.write(bytes([letter]))
        handler.wfile.flush()
        if handler.server.stop_hanging.wait(0.05):
            break
    handler.close_connection = True


def redirecting(location: str) -> Behaviour:
    return reply(b"", 307, Location=location)


def asked(server: Loopback) -> Any:
    """Return the last request to the endpoint, its JSON read."""
    return json.loads(last(server).body)


def told(server: Loopback) -> Any:
    """Return what the last request told the model: the question and the evidence."""
    return json.loads(asked(server)["messages"][-1]["content"])


def last(server: Loopback) -> Seen:
    return server.seen[-1]


def dripping_slowly(handler: Handler) -> None:
    """Begin a good answer and send white space for ever."""
    handler.send_response(200)
    handler.send_header("Connection", "close")
    handler.end_headers()
    while not handler.server.stop_hanging.wait(0.05):
        handler.wfile.write(b"  ")
        handler.wfile.flush()
