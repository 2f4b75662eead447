"""What is printed of what was chosen: the quotes, or what a language model made of them.

Holds the value alone, so that without a writer nothing of the writing is even imported.
"""

from __future__ import annotations

from dataclasses import dataclass

from osler.answer.select import Pick
from osler.ids import sha256_text
from osler.model.answer import Withheld
from osler.model.statement import Made


@dataclass(frozen=True, slots=True)
class Written:
    """What came of asking a model, or of asking none.

    Attributes:
        picks: The statements to print, in order.
        withheld: Sentences of the model that are not printed, each with the reason.
        notices: Why no sentence of the model is printed; empty where one is, or where none was asked.
        model: Name of the model where a sentence of its is printed, else empty.
    """

    picks: tuple[Pick, ...]
    withheld: tuple[Withheld, ...] = ()
    notices: tuple[str, ...] = ()
    model: str = ""

    @property
    def identity(self) -> tuple[str, ...]:
        """What sets the answer apart from others on the same spans: the model and its very words.

        Empty without any: an answer made of quotes keeps its id whether or not a model was asked.
        """
        if not self.model:
            return ()
        texts = (p.statement.text for p in self.picks if p.statement.made is Made.WRITTEN)
        return (self.model, *(sha256_text(text) for text in texts))
