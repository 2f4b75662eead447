"""Whether a source's own record shows that no people were studied."""

from __future__ import annotations

from osler.model.source import Design, Source
from osler.text.people import studies_animals


def is_animal_source(source: Source) -> bool:
    """Tell whether the record itself shows a study of animals or laboratory material, without people."""
    headings = {heading.lower() for heading in source.headings}
    if headings & {"humans", "human"}:
        return False
    if source.design is Design.LABORATORY or headings & {
        "animals",
        "mice",
        "rats",
        "disease models, animal",
    }:
        return True
    return studies_animals(source.title or "")
