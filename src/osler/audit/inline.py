"""Marks inside a line of Markdown, resolved with every character's place kept.

The same marks that ``formats.guideline.markdown`` resolves when a document is added. Citations keep
their numbers: raised digits after a word read ``[3]``, those of a unit or a power as they do everywhere.
"""

from __future__ import annotations

import html
import re
from typing import Final

from osler.audit.blocks import Tracked
from osler.formats.markup import subscript, superscript

_MARK: Final = re.compile(
    r"""
      (?P<comment><!--.*?-->)
    | (?P<raised><(?P<tag>su[bp])>(?P<inner>[^<]*)</(?P=tag)>)
    | (?P<note>\[\^(?P<label>[^\]\s]+)\])
    | !?\[(?P<link>[^\[\]]*)\]\([^)\s]*(?:\s+"[^"]*")?\)
    | (?P<tags></?[A-Za-z][^<>]*>)
    | (?P<entity>&(?:\#\d+|\#x[0-9A-Fa-f]+|[A-Za-z]+);)
    | \\(?P<escaped>[\\`*_{}\[\]()\#+.!|>~-])
    | (?P<strong>\*\*|__(?=\S)|(?<=\S)__)
    | (?P<emphasis>(?<![\w*])[*_](?=\S)|(?<=\S)[*_](?![\w*]))
    | (?P<code>`+)
    """,
    re.VERBOSE | re.DOTALL | re.IGNORECASE,
)
_REFERENCES: Final = re.compile(r"\s*\[?\d{1,3}(?:\s*[,;–-]\s*\d{1,3})*\]?\s*")
_UNIT_BEFORE: Final = re.compile(r"\d$|(?:^|[\s/(.\d])(?:[cmkdnµ]?m|s|kg|L|h)$")


def read_inline(text: str, start: int, into: Tracked) -> None:
    """Add ``text``, which stands in the text as given from ``start``, to ``into`` without its marks."""
    position = 0
    for found in _MARK.finditer(text):
        into.copy(text[position : found.start()], start + position)
        _resolve(found, start, into)
        position = found.end()
    into.copy(text[position:], start + position)


def raise_text(inner: str, span: tuple[int, int], into: Tracked, *, lowered: bool = False) -> None:
    """Add raised or lowered ``inner``, which the code points ``span`` stand for."""
    before = into.text
    if not lowered and is_reference(inner, before):
        into.put(f"[{inner.strip(' []')}]", *span)
    else:
        into.put((subscript if lowered else superscript)(before, inner), *span)


def is_reference(inner: str, before: str) -> bool:
    """Tell whether raised ``inner`` cites something; after a figure or a unit it is a power."""
    return (
        _REFERENCES.fullmatch(inner) is not None
        and before != ""
        and _UNIT_BEFORE.search(before[-8:]) is None
    )


def _resolve(found: re.Match[str], start: int, into: Tracked) -> None:
    span = (start + found.start(), start + found.end())
    if found["raised"]:
        raise_text(found["inner"], span, into, lowered=found["tag"].lower() == "sub")
    elif found["note"]:
        into.put(f"[{found['label']}]", *span)
    elif found["link"] is not None:
        label = found["link"]
        if re.fullmatch(r"\d{1,3}", label):
            into.put(f"[{label}]", *span)
        else:
            into.copy(label, start + found.start("link"))
    elif found["entity"]:
        into.put(html.unescape(found["entity"]), *span)
    elif found["escaped"]:
        into.put(found["escaped"], *span)
    elif found["tags"] and found["tags"].lower().startswith("<br"):
        into.put(" ", *span)
