"""Sentence spans of biomedical prose.

The rule looks at each full stop, question mark, exclamation mark and line break once, and at the token
before it; nothing is learnt and nothing is looked up outside this module. A line break always ends a
sentence. Spans are exact, in order, without surrounding white space, and cover everything else.
"""

from __future__ import annotations

import re

from osler.text.lists import word_set

_LINE = "\r\n\v\f\x1c-\x1e\x85\u2028\u2029"
# Where to look; decimals, "e.g.," and addresses are passed over without stopping.
_MARK = re.compile(rf"[.?!…{_LINE}](?!(?<=\d\.)\d|(?<=[.?!…])[,:a-z])")
_LINES = re.compile(rf"[{_LINE}]\s*")
_STOP = re.compile(
    r"""
    [.?!…]+
    (?P<close>["'”’»)\]}]*
        (?:
            (?:(?<=[^\s\d][.)])|(?<=%[.)])) (?:\[\d[\d,;\s–-]*\] | \d{1,3}(?:[,–-]\s?\d{1,3})*)
            | [¹²³⁰⁴-⁹][¹²³⁰⁴-⁹,⁻–-]*
        )?
        ["'”’»)\]}]*(?:;(?=\s))?
    )
    (?:
        \s+ (?=["'“‘«(\[{•]*(?:[^\W_a-z]|[a-z]{1,5}[A-Z0-9α-ω]|[a-z]-[A-Z]|[<>≤≥±~=+†‡*§\#-]|[α-ω]))
        |
        (?<=[a-z)\]%0-9][.])(?=[A-Z]{4,}:|[A-Z][a-z]{2,}[A-Za-z0-9-]*[\s,:]|(?:A|An|In|We|Of|To|It|By|At|On|No)\s)
    )
    """,
    re.VERBOSE,
)

# After these a full stop never ends a sentence: something always follows.
_NEVER = word_set(
    """
    vs fig figs dr mr mrs ms prof e.g i.e eg ie cf viz approx eq eqs ref refs resp ca c.f v.s subsp ssp
    var cv st mt ft sts drs messrs pts gen sen rep hon jr.  nos tab suppl. i.e., e.g., edn
    """
)
# After these a full stop ends a sentence only before a word that usually opens one.
_SELDOM = word_set(
    """
    al etc spp sp inc co corp ltd llc bros dept univ assoc intl natl govt a.m p.m ph.d m.d u.s u.k e.u
    d.c jr sr jan feb mar apr jun jul aug sept sep oct nov dec ed eds vol no nr p pp chap sect max min
    avg equiv temp conc wt ser no.s art par cit loc op ibid esp incl excl bid tid qid qd po i.v i.m s.c
    """
)
# A number after these belongs to them.
_NUMBERED = word_set(
    "no nos nr p pp vol chap sect fig figs eq art ch jan feb mar apr jun jul aug sept oct nov dec"
)
# Words that open sentences and seldom follow an abbreviation inside one.
_OPENERS = word_set(
    """
    The A An In This These That Those It We Our They Their There Of For From With Without To At On
    By As If When While Although Though However Moreover Furthermore Additionally Thus Therefore
    Hence Both Each All Most Many Some Several Few No Not Patients Subjects Participants Results
    Conclusion Conclusions After Before During Among Between Compared Overall Based Here Further
    Only Other Another Two Three Four Five Six Eight Nine Ten One Mean Median Treatment Because
    Since Such Its Also Finally Using Data Methods Background Objective Objectives Until Under Our
    His Her He She Half Nearly Despite Approximately Following Given Women Men Children Then First
    Second Third Secondly Firstly Within Whether Clinical
    """
)
# A single letter after these is a name, not an initial: "vitamin C.", "hepatitis B.", "group A."
_LETTERED = word_set(
    """
    vitamin vitamins hepatitis group groups type types class classes phase phases stage stages grade
    grades arm arms factor protein proteins influenza study table figure panel cohort subtype category
    level grade child-pugh criterion experiment part schedule regimen toxin immunoglobulin and or score
    apolipoprotein cyclosporin complex strain
    """
)

_DOTTED = re.compile(r"^[(\[\"'“‘]*(?:[^\W\d_]{1,2}\.)+[^\W\d_]{1,2}$")
_HEAD = re.compile(
    r"^(?:[(\[]?(?:\d{1,2}|[ivxIVX]{1,4}|[A-Za-z])[)\]]?|(?:Fig|Figure|Table|Box|Case)\s\S{1,3})$"
)
_OPEN_LIMIT = 400


def split_sentences(text: str, start: int = 0, end: int | None = None) -> list[tuple[int, int]]:
    """Return the spans of the sentences of ``text[start:end]``, as offsets into ``text``.

    Every span is free of white space at both ends, spans do not overlap and stand in order, and what
    lies between them is white space only.
    """
    stop = len(text) if end is None else min(end, len(text))
    spans: list[tuple[int, int]] = []
    first = start
    for found in _MARK.finditer(text, start, stop):
        here = found.start()
        if here < first:
            continue
        mark = text[here]
        if mark == "." and here + 2 < stop and text[here + 1] == " " and text[here + 2].isupper():
            closed, following = here + 1, here + 2
        elif mark in ".?!…":
            ending = _STOP.match(text, here, stop)
            if not ending:
                continue
            closed, following = ending.end("close"), ending.end()
        else:
            line = _LINES.match(text, here, stop)
            closed, following = here, line.end() if line else here + 1
            mark = "\n"
        if mark == "." and not _ends(text, first, here, following, stop):
            continue
        _append(spans, text, first, closed)
        first = following
    _append(spans, text, first, stop)
    return spans


def _append(spans: list[tuple[int, int]], text: str, start: int, end: int) -> None:
    while end > start and text[end - 1].isspace():
        end -= 1
    while start < end and text[start].isspace():
        start += 1
    if start < end:
        spans.append((start, end))


def _ends(text: str, first: int, dot: int, following: int, stop: int) -> bool:
    """Whether the full stop at ``dot`` ends the sentence that began at ``first``."""
    before = max(text.rfind(" ", first, dot), first - 1) + 1
    token = text[before:dot]
    opened = text.rfind("(", first, dot)
    if opened > text.rfind(")", first, dot) and _closes_later(text, opened, dot, following, stop):
        return False
    size = dot - before
    if size > 6:
        return "." not in token or not _DOTTED.match(token)
    if dot - first < 9 and _HEAD.match(text[first:dot]):
        return False
    return size == 0 or _ends_after(token, text, before, first, following)


def _ends_after(token: str, text: str, before: int, first: int, following: int) -> bool:
    bare = token.lstrip("([{\"'“‘")
    folded = bare.lower()
    if folded in _NUMBERED and text[following : following + 1].isdigit():
        return False
    if len(bare) > 1 and bare.isupper() and bare.isalpha():
        return True  # "MS." is a disease, "Ms." a title
    if folded in _NEVER:
        return False
    if len(bare) == 1 and bare.isalpha() and bare.isupper():
        previous = text[first : max(before - 1, first)].rsplit(None, 1)
        if previous and previous[-1].lower().lstrip("(") in _LETTERED:
            return True
        return _opens(text, following)
    if folded in _SELDOM or ("." in bare and _DOTTED.match(bare)):
        return _opens(text, following)
    return not (
        bare == "0" or (bare.isdigit() and len(bare) < 3 and text[before - 2 : before - 1] in {":", ";"})
    )


def _opens(text: str, at: int) -> bool:
    """Whether the word at ``at`` usually opens a sentence."""
    while at < len(text) and text[at] in "\"'“‘([":
        at += 1
    end = at
    while end < len(text) and (text[end].isalnum() or text[end] == "-"):
        end += 1
    return text[at:end] in _OPENERS


def _closes_later(text: str, opened: int, dot: int, following: int, stop: int) -> bool:
    """Whether the parenthesis opened at ``opened`` closes soon after, so that the stop is inside it."""
    if ")" in text[dot:following]:
        return False
    limit = min(stop, opened + _OPEN_LIMIT)
    closed = text.find(")", following, limit)
    if closed < 0:
        return False
    again = text.find("(", following, closed)
    line = text.find("\n", following, closed)
    return again < 0 and line < 0
