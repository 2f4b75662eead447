"""What a sentence does in its article: report, advise, define, set the scene, or plan.

Only findings, recommendations, definitions and, more weakly, background may be printed as evidence. An
aim, a method, a hypothesis or a question says nothing that could be relied on, however well its words
match. The rules read the words of the sentence, then the role of its section, then its place; where
they are in doubt they prefer a move that is not printed. The idea of moves is from J. M. Swales, Genre
Analysis, 1990; the rules are Osler's own.
"""

from __future__ import annotations

import re
from enum import StrEnum

from osler.model.passage import Role
from osler.text import move_cues as cues
from osler.text.section_labels import role_of_label
from osler.text.verbs import has_verb


class Move(StrEnum):
    """What a sentence does."""

    FINDING = "finding"
    RECOMMENDATION = "recommendation"
    DEFINITION = "definition"
    BACKGROUND = "background"
    AIM = "aim"
    METHOD = "method"
    HYPOTHESIS = "hypothesis"
    QUESTION = "question"
    POINTER = "pointer"
    FRAGMENT = "fragment"

    @property
    def is_evidence(self) -> bool:
        """Whether a sentence of this move may be printed as evidence."""
        return self in _EVIDENCE


_EVIDENCE = frozenset({Move.FINDING, Move.RECOMMENDATION, Move.DEFINITION, Move.BACKGROUND})

_LABEL = re.compile(
    r"\s*(?:<\w+>)?([A-Z][A-Za-z &/,'-]{2,45}?)(?::|\s*:\s|(?<=[A-Z]{3})\s(?=[A-Z][a-z]))(?:</\w+>)?\s*"
)


def classify_move(sentence: str, role: Role | None = None, *, position: float | None = None) -> Move:
    """Return what ``sentence`` does.

    Args:
        sentence: One sentence, exactly as in its passage.
        role: Role of its section; None or ``UNLABELLED`` where the source gives none.
        position: Where it stands in an unlabelled text, from 0 (first sentence) to 1 (last). Tells a
            conclusion in the present tense from background; not needed where ``role`` is known.
    """
    label, body = _without_label(sentence)
    if label is not None:
        role = label
    if not body.strip():
        return Move.FRAGMENT
    move = _by_form(body, role)
    if move is None:
        move = _by_plan(body, role)
    if move is None:
        move = _by_role(body, role or Role.UNLABELLED, position)
    return move


def _without_label(sentence: str) -> tuple[Role | None, str]:
    """Return the role of a label printed inside the sentence (``RESULTS: …``), and the rest."""
    found = _LABEL.match(sentence)
    if not found:
        return None, sentence
    role = role_of_label(found[1])
    return (role, sentence[found.end() :]) if role else (None, sentence)


def _by_form(body: str, role: Role | None) -> Move | None:
    """Moves that the form alone gives away: questions, headings, registrations, pointers."""
    if body.rstrip(" \"'”’)").endswith("?"):
        return Move.QUESTION
    if role is Role.TABLE or cues.ADMINISTRATIVE.search(body):
        return Move.FRAGMENT
    if cues.IMPERATIVE.match(body) and not cues.TO_INFINITIVE.match(body):
        return Move.RECOMMENDATION
    if role is Role.TITLE:
        return (
            Move.FINDING
            if cues.TITLE_CLAIM.search(body) and not cues.PLAN.search(body)
            else Move.FRAGMENT
        )
    if not has_verb(body):
        if cues.STATISTIC.search(body) and len(body) > 60 and role in _REPORTING:
            return Move.FINDING
        return Move.FRAGMENT
    if cues.POINTER.search(body):
        return Move.POINTER
    return None


_REPORTING = frozenset({Role.RESULTS, Role.CONCLUSIONS})


def _by_plan(body: str, role: Role | None) -> Move | None:
    """Aims, hypotheses and open questions, wherever they stand."""
    if role is Role.RECOMMENDATION:
        return None
    reported = cues.REPORTED.search(body)
    if cues.HYPOTHESIS.search(body) and not cues.TESTED.search(body):
        return Move.HYPOTHESIS
    if cues.AIM.search(body):
        if reported and role in _REPORTING:
            return Move.FINDING
        return Move.AIM
    if cues.TO_INFINITIVE.match(body):
        return (
            Move.METHOD
            if cues.MAIN_CLAUSE_AFTER_COMMA.search(body) and not reported
            else (Move.FINDING if reported else Move.AIM)
        )
    return None


def _by_role(body: str, role: Role, position: float | None) -> Move:
    if role is Role.METHODS:
        return Move.METHOD
    if role is Role.OBJECTIVE:
        return _scene(body, aim=True)
    if role is Role.BACKGROUND:
        return _scene(body, aim=False)
    if role is Role.RECOMMENDATION:
        return Move.RECOMMENDATION
    if role is Role.CONCLUSIONS:
        if cues.RECOMMENDATION.search(body):
            return Move.RECOMMENDATION
        return Move.METHOD if _is_method(body) and not cues.RESULT.search(body) else Move.FINDING
    if role is Role.RESULTS:
        return Move.METHOD if _is_method(body) else Move.FINDING
    return _unlabelled(body, position)


def _scene(body: str, *, aim: bool) -> Move:
    """A sentence of an introduction: what is known, what is not, what was done about it."""
    if cues.GAP.search(body):
        return Move.QUESTION
    if cues.CONDUCT.search(body) or _is_method(body):
        return Move.AIM if aim else Move.METHOD
    if cues.RECOMMENDATION.search(body):
        return Move.RECOMMENDATION
    if cues.DEFINITION.search(body):
        return Move.DEFINITION
    if cues.OWN_FINDING.search(body):
        return Move.FINDING
    return Move.BACKGROUND


def _unlabelled(body: str, position: float | None) -> Move:
    late = position is not None and position > 0.6
    if cues.OWN_FINDING.search(body):
        return Move.FINDING
    if _is_method(body):
        return Move.METHOD
    if cues.RECOMMENDATION.search(body):
        return Move.RECOMMENDATION
    if cues.GAP.search(body):
        return Move.FINDING if late else Move.QUESTION
    if cues.CONDUCT.search(body) and not cues.RESULT.search(body):
        return Move.METHOD
    if cues.DEFINITION.search(body):
        return Move.DEFINITION
    if cues.RESULT.search(body) or cues.STATISTIC.search(body):
        return Move.FINDING
    if late:
        return Move.FINDING
    return (
        Move.FINDING
        if cues.PAST.search(body) and (position is None or position > 0.3)
        else Move.BACKGROUND
    )


def _is_method(body: str) -> bool:
    """Whether the sentence tells what was done, and not what came of it."""
    return bool(cues.METHOD.search(body)) and not cues.OUTCOME.search(body)
