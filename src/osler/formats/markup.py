"""Inline markup becomes plain text without changing what it means: 10<sup>9</sup> reads 10⁹, never 109.

Works on elements of ``xml.etree``. Knows nothing of documents, only of the text inside one element.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final
from xml.etree.ElementTree import Element

_RAISED: Final = str.maketrans(
    "0123456789+-−–=()niabcdefghjklmoprstuvwxyz",
    "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁻⁼⁽⁾ⁿⁱᵃᵇᶜᵈᵉᶠᵍʰʲᵏˡᵐᵒᵖʳˢᵗᵘᵛʷˣʸᶻ",
)
_LOWERED: Final = str.maketrans("0123456789+-−–=()", "₀₁₂₃₄₅₆₇₈₉₊₋₋₋₌₍₎")
_SIMPLE: Final = re.compile(r"[\w.+−–-]+")
_LINE_BREAK: Final = re.compile(r"[ \t]*[\n\r\t][ \t\n\r]*")
_CONTROLS: Final = {
    **{code: " " for code in range(0x20) if code not in (0x09, 0x0A, 0x0D)},
    **dict.fromkeys(range(0x7F, 0xA0), " "),
}
_CONTROL: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
_CONTROL_IN_XML: Final = re.compile(r"[\x7f-\x9f]")
_BLANKS: Final = " \t\n\r"

_RAISING: Final = frozenset({"sup", "superscript"})
_LOWERING: Final = frozenset({"sub", "inf", "subscript"})
_MATHS: Final = "{http://www.w3.org/1998/Math/MathML}"


def tidy(text: str) -> str:
    """Return ``text`` without surrounding white space, each line break inside it a single space.

    Pretty-printed files break lines inside sentences; runs of spaces that the author typed stay.
    """
    text = text.strip()
    if "\n" in text or "\t" in text or "\r" in text:
        text = _LINE_BREAK.sub(" ", text)
    return text


def clean(text: str) -> str:
    """Return ``text`` with each control character turned into a space, line breaks kept.

    A space and not nothing, so that two numbers never grow together.
    """
    if text.isprintable():
        return text
    return text.translate(_CONTROLS) if _CONTROL.search(text) else text


def clean_xml(text: str) -> str:
    """Return ``text`` as ``clean`` does; quicker, because XML itself forbids most control characters."""
    if text.isascii() and "\x7f" not in text:
        return text
    return text.translate(_CONTROLS) if _CONTROL_IN_XML.search(text) else text


def superscript(before: str, inner: str) -> str:
    """Return ``inner`` as it reads when raised after ``before``."""
    core = inner.strip(_BLANKS).rstrip(".,;:")
    if not core:
        return inner
    raised = core.translate(_RAISED)
    ordinal = core in {"st", "nd", "rd", "th"} and before[-1:].isdigit()
    if ordinal or (raised == core and not any(char.isalnum() for char in core)):
        written = core
    elif not any(old == new for old, new in zip(core, raised, strict=True)):
        written = raised
    elif _SIMPLE.fullmatch(core):
        written = f"^{core}"
    else:
        written = f"^({core})"
    return inner.replace(core, written, 1)


def subscript(before: str, inner: str) -> str:
    """Return ``inner`` as it reads when lowered after ``before``: CO₂, HbA₁c, Cmax, x_i."""
    core = inner.strip(_BLANKS).rstrip(".,;:")
    if not core:
        return inner
    lowered = core.translate(_LOWERED)
    after_letter = before[-1:].isalpha() or before.endswith((")", "]"))
    whole = not any(old == new for old, new in zip(core, lowered, strict=True))
    if whole or (after_letter and core.isalnum()):
        written = lowered
    elif _SIMPLE.fullmatch(core):
        written = f"_{core}"
    else:
        written = f"_({core})"
    return inner.replace(core, written, 1)


def flatten(element: Element) -> str:
    """Return the text of ``element`` with its inline markup resolved and white space tidied."""
    if not len(element):
        return tidy(element.text or "")
    return tidy(inner_text(element))


def inner_text(element: Element, *, special: Callable[[Element, str], str | None] | None = None) -> str:
    """Return the text inside ``element``, markup resolved, white space as it stands.

    Args:
        element: Where to read; its own tail is left out.
        special: Asked first about each child, with the text before it; a string stands for the child,
            None means that the ordinary rules apply.
    """
    text = element.text or ""
    for child in element:
        given = special(child, text) if special is not None else None
        text = apart(text, _child_text(child, text, special) if given is None else given)
        text = apart(text, child.tail or "")
    return text


def apart(before: str, after: str) -> str:
    """Return both joined; two digits that markup kept apart never become one number.

    ``10<br/>9 mg`` must not read 109 mg, whatever the tag between them is.
    """
    if before[-1:].isdecimal() and after[:1].isdecimal():
        return f"{before} {after}"
    return before + after


def _child_text(
    child: Element, before: str, special: Callable[[Element, str], str | None] | None
) -> str:
    tag = child.tag
    if not isinstance(tag, str):
        return ""
    if tag.startswith((_MATHS, "mml:")):
        return _maths(child, before)
    if tag in _RAISING:
        return superscript(before, inner_text(child, special=special))
    if tag in _LOWERING:
        return subscript(before, inner_text(child, special=special))
    return inner_text(child, special=special)


def _maths(element: Element, before: str = "") -> str:
    name = str(element.tag).rpartition("}")[2].rpartition(":")[2]
    if name in {"annotation", "annotation-xml"}:
        return ""
    parts = [child for child in element if isinstance(child.tag, str)]
    if name == "msup" and len(parts) == 2:
        base = _maths(parts[0], before)
        return base + superscript(base, _maths(parts[1]))
    if name == "msub" and len(parts) == 2:
        base = _maths(parts[0], before)
        return base + subscript(base, _maths(parts[1]))
    if name == "msubsup" and len(parts) == 3:
        base = _maths(parts[0], before)
        lowered = base + subscript(base, _maths(parts[1]))
        return lowered + superscript(lowered, _maths(parts[2]))
    if name == "mfrac" and len(parts) == 2:
        return f"{_grouped(_maths(parts[0]))}/{_grouped(_maths(parts[1]))}"
    if name == "msqrt":
        return f"√({''.join(_maths(part) for part in parts)})"
    if name == "mfenced":
        inside = ",".join(_maths(part) for part in parts)
        return f"{element.get('open', '(')}{inside}{element.get('close', ')')}"
    if name == "mspace":
        return " "
    if parts:
        text = ""
        for part in parts:
            text += _maths(part, text)
        return text
    # White space between the elements of a formula is layout; inside mtext it is text.
    own = element.text or ""
    return own if name == "mtext" else own.strip(_BLANKS)


def _grouped(text: str) -> str:
    return text if _SIMPLE.fullmatch(text) else f"({text})"
