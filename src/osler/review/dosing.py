"""Whether a statement tells how much of something is given, how often, or how that is changed.

Such a statement needs two signatures. ``halve the dose in renal failure`` holds no dose that could be
read as a figure and does as much harm, so schedules, measures of what is given and changes of a dose
count too. In doubt it counts: one signature too many costs a minute.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Final

from osler.model.figure import Metric
from osler.text.figures import find_figures

_TIMES: Final = r"(?:once|twice|thrice|(?:one|two|three|four|five|six|\d)\s+times)"
_DAY: Final = r"(?:hour|day|night|week|fortnight|month)"
_SCHEDULES: Final = (
    rf"{_TIMES}[\s-]+(?:daily|nightly|weekly|monthly|(?:a|per|each|every)\s+{_DAY})",
    rf"(?:every|each)\s+(?:other|second|third)\s+{_DAY}",
    r"alternate\s+days?",
    r"every\s+(?:\d+|two|three|four|six|eight|twelve)(?:\s*(?:-|–|to|or)\s*\d+)?[\s-]*(?:hours?|hourly|h|days?)",
    r"q\.?\s?\d+\s?h",
    r"(?:b\.i\.d|t\.i\.d|q\.i\.d|q\.d)\.?|bid|tid|qid|qds|tds",
)
_AMOUNT: Final = r"(?:\d+(?:[.,]\d+)?|a|an|one|two|three|half(?:\s+an?)?)"
_MEASURES: Final = (
    rf"{_AMOUNT}[\s-]+(?:tablets?|capsules?|ampoules?|vials?|puffs?|drops?|sachets?|patch(?:es)?|teaspoons?"
    r"|injections?|suppositor(?:y|ies)|lozenges?)",
    r"(?:give[ns]?|administer\w*|inject\w*|infus\w+|bolus\w*|receive[ds]?)\b(?:[^.;]|\.(?=\d)){0,40}?\d\s?m[lL]\b",
    r"\d\s?m[lL]\b(?:[^.;]|\.(?=\d)){0,30}?(?:intramuscular|intravenous|subcutaneous|oral|bolus|infusion|every|daily)",
    r"oxygen[^.;]{0,30}?\d\s?l(?:itres?)?\s?(?:/|per\s)min",
)
_CHANGE: Final = (
    r"(?:halv\w+|doubl\w+|tripl\w+|reduc\w+|lower\w*|decreas\w+|increas\w+|rais\w+|adjust\w*|escalat\w+"
    r"|taper\w*|titrat\w+|extend\w*|lengthen\w*|shorten\w*|divid\w+|split|skip\w*|omit\w*|withh(?:old|eld)\w*|modif\w+)"
)
_OF_DOSE: Final = r"(?:dos(?:e|es|age|ages|ing)|dosing\s+interval)"
_CHANGES: Final = (
    rf"{_OF_DOSE}\b(?!-|\s+(?:dependent|related))[^.;]{{0,40}}?\b{_CHANGE}",
    rf"\b{_CHANGE}[^.;]{{0,25}}?\b{_OF_DOSE}\b(?!-|\s+(?:dependent|related))",
    r"(?:maximum|maximal|minimum|usual|recommended|starting|initial|loading|maintenance)\s+(?:daily\s+)?dos(?:e|age)",
)
_TOLD: Final = re.compile(
    rf"(?<![\w-])(?:{'|'.join((*_SCHEDULES, *_MEASURES, *_CHANGES))})(?![\w-])", re.IGNORECASE
)


def states_a_dose(statement: Mapping[str, Any]) -> bool:
    """Tell whether a dose stands in what is printed or in what it is printed from."""
    words = (statement["lead"], statement["text"], *(c["quote"] for c in statement["citations"]))
    return any(
        _TOLD.search(text) or any(figure.metric is Metric.DOSE for figure in find_figures(text))
        for text in words
    )
