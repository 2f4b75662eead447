"""What a sentence does in its article: report, advise, define, set the scene, or plan.

Only findings, recommendations, definitions and, more weakly, background may be printed as evidence. An
aim, a method, a hypothesis or a question says nothing that could be relied on, however well its words
match. The rules read the words of the sentence, then the role of its section, then its place; where
they are in doubt they prefer a move that is not printed. The idea of moves is from J. M. Swales, Genre
Analysis, 1990; the rules are Osler's own.
"""

from __future__ import annotations

from enum import StrEnum

from osler.model.passage import Role
from osler.text import method_cues as methods
from osler.text import move_cues as cues
from osler.text.cue_search import Sentence
from osler.text.section_labels import label_at_start
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


def classify_move(sentence: str, role: Role | None = None, *, position: float | None = None) -> Move:
    """Return what ``sentence`` does.

    Args:
        sentence: One sentence, exactly as in its passage.
        role: Role of its section; None or ``UNLABELLED`` where the source gives none.
        position: Where it stands in an unlabelled text, from 0 (first sentence) to 1 (last). Tells a
            conclusion in the present tense from background; not needed where ``role`` is known.
    """
    label, text = _without_label(sentence)
    role = label or role or Role.UNLABELLED
    if not text.strip():
        return Move.FRAGMENT
    body = cues.TABLE.prepare(text)
    move = _by_form(text, body, role)
    if move is None:
        move = _by_plan(body, role)
    if move is None:
        move = _by_role(body, role, position)
    return move


def _without_label(sentence: str) -> tuple[Role | None, str]:
    """Return the role of a label printed inside the sentence (``RESULTS: …``), and the rest."""
    found = label_at_start(sentence)
    if not found:
        return None, sentence
    role, rest = found
    if sentence.lstrip("<*").lower().startswith("hypothes"):
        return role, sentence
    return role, sentence[rest:]


def _by_form(text: str, body: Sentence, role: Role) -> Move | None:
    """Moves that the form alone gives away: questions, headings, registrations, pointers."""
    if text.rstrip(" \"'”’)").endswith("?"):
        return Move.QUESTION
    if role is Role.TABLE or cues.ADMINISTRATIVE.found_in(body):
        return Move.FRAGMENT
    if role is Role.TITLE:
        claims = cues.TITLE_CLAIM.found_in(body) and not cues.PLAN.found_in(body)
        return Move.FINDING if claims else Move.FRAGMENT
    if role is not Role.RECOMMENDATION and cues.AIM_AS_ORDER.found_in(body):
        return Move.AIM
    if cues.IMPERATIVE.match(text):
        return Move.RECOMMENDATION
    if cues.POINTER.found_in(body):
        return Move.POINTER
    if not has_verb(text) and not cues.TO_INFINITIVE.found_in(body):
        reported = role in _REPORTING and len(text) > 60 and cues.STATISTIC.found_in(body)
        return Move.FINDING if reported else Move.FRAGMENT
    return None


_REPORTING = frozenset({Role.RESULTS, Role.CONCLUSIONS})


def _by_plan(body: Sentence, role: Role) -> Move | None:
    """Aims and hypotheses, wherever they stand."""
    if role is Role.RECOMMENDATION:
        return None
    if cues.PLANNED.found_in(body):
        return Move.METHOD
    if cues.HYPOTHESIS.found_in(body) and not cues.TESTED.found_in(body):
        return Move.HYPOTHESIS
    if cues.AIM.found_in(body):
        return Move.FINDING if role in _REPORTING and cues.REPORTED.found_in(body) else Move.AIM
    if cues.TO_INFINITIVE.found_in(body):
        if cues.REPORTED.found_in(body):
            return Move.FINDING
        return Move.METHOD if cues.MAIN_CLAUSE_AFTER_COMMA.found_in(body) else Move.AIM
    return None


def _by_role(body: Sentence, role: Role, position: float | None) -> Move:
    if role is Role.METHODS:
        return Move.METHOD
    if role is Role.OBJECTIVE:
        return _scene(body, aim=True)
    if role is Role.BACKGROUND:
        return _scene(body, aim=False)
    if role is Role.RECOMMENDATION:
        return Move.RECOMMENDATION
    if role is Role.CONCLUSIONS:
        if cues.RECOMMENDATION.found_in(body):
            return Move.RECOMMENDATION
        return Move.METHOD if _is_design(body) and not cues.RESULT.found_in(body) else Move.FINDING
    if role is Role.RESULTS:
        return Move.METHOD if _is_method(body) else Move.FINDING
    return _unlabelled(body, position)


def _scene(body: Sentence, *, aim: bool) -> Move:
    """A sentence of an introduction: what is known, what is not, what was done about it."""
    if cues.GAP.found_in(body):
        return Move.QUESTION
    if cues.CONDUCT.found_in(body) or _is_method(body):
        return Move.AIM if aim else Move.METHOD
    if cues.RECOMMENDATION.found_in(body):
        return Move.RECOMMENDATION
    if cues.DEFINITION.found_in(body):
        return Move.DEFINITION
    return Move.FINDING if cues.OWN_FINDING.found_in(body) else Move.BACKGROUND


def _unlabelled(body: Sentence, position: float | None) -> Move:
    if cues.OWN_FINDING.found_in(body) and not _is_design(body):
        return Move.FINDING
    if cues.RECOMMENDATION.found_in(body) and not _is_design(body):
        return Move.RECOMMENDATION
    if _is_method(body):
        return Move.METHOD
    late = position is not None and position > _LATE
    if cues.GAP.found_in(body):
        return Move.FINDING if late and methods.STRONG_RESULT.found_in(body) else Move.QUESTION
    result = cues.RESULT.found_in(body) or cues.STATISTIC.found_in(body)
    if cues.CONDUCT.found_in(body) and not result:
        return Move.METHOD
    if not late and not result and methods.PAST_PASSIVE.found_in(body):
        return Move.METHOD
    if cues.DEFINITION.found_in(body):
        return Move.DEFINITION
    early = position is not None and position < _EARLY
    if early:
        return Move.FINDING if methods.STRONG_RESULT.found_in(body) else Move.BACKGROUND
    if result or late:
        return Move.FINDING
    return Move.FINDING if cues.PAST.found_in(body) else Move.BACKGROUND


# Shares of an unlabelled abstract in which its introduction and its outcome usually stand.
_EARLY, _LATE = 0.25, 0.6


def _is_design(body: Sentence) -> bool:
    """Whether the sentence describes the study itself, and states no result of it."""
    return methods.DESIGN.found_in(body) and not methods.STRONG_RESULT.found_in(body)


def _is_method(body: Sentence) -> bool:
    """Whether the sentence tells what was done, and not what came of it."""
    return _is_design(body) or (methods.METHOD.found_in(body) and not methods.OUTCOME.found_in(body))
