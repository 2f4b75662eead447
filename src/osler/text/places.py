"""Places whose law or guidance a text speaks of: a licence holds in one of them."""

from __future__ import annotations

import re
from typing import Final

_PLACE: Final = re.compile(
    r"\b(?:US|USA|UK|EU|United States|United Kingdom|European Union|Europe|England|Canada|Japan"
    r"|Australia)\b"
)
_SAME_PLACE: Final = {
    "usa": "us",
    "united states": "us",
    "united kingdom": "uk",
    "england": "uk",
    "european union": "eu",
    "europe": "eu",
}


def places_in(text: str) -> frozenset[str]:
    """Return the jurisdictions that ``text`` names, in lower case, each under one name."""
    found = (place.lower() for place in _PLACE.findall(text))
    return frozenset(_SAME_PLACE.get(place, place) for place in found)
