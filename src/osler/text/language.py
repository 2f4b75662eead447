"""Whether a sentence is written in another language than English. Counts small words; knows no grammar.

Osler asks and answers in English; a record may bear an abstract in a second language beside it, and a
reader cannot check what is printed of that.
"""

from __future__ import annotations

from typing import Final

from osler.text.lists import word_set
from osler.text.normalise import STOP_WORDS, fold, words

FOREIGN: Final = word_set(
    "com não foi uma dos das pelo pela são em ao aos nas que e é os"
    " und der das mit nicht eine einer wurde wurden bei auf für sich dem den"
    " les des une dans pour avec sont été chez sur par est aux"
    " los las una con para por fue fueron se"
    " nel della che sono con stato gli alla"
    " het een zijn werd niet voor bij"
)
"""Small words of Portuguese, German, French, Spanish, Italian and Dutch that stand in no name."""
SEEN: Final = 3
"""So many of them, and more than there are small words of English."""


def is_foreign(text: str) -> bool:
    """Tell whether ``text`` is written in another language; names and a borrowed phrase do not count."""
    folded = [fold(word.text) for word in words(text)]
    foreign = sum(word in FOREIGN and word not in STOP_WORDS for word in folded)
    return foreign >= SEEN and foreign > sum(word in STOP_WORDS for word in folded)
