"""The answers of one screen, given at once: each is held to its rules beside the others, in any order."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from domain.forms.faults import Violation

if TYPE_CHECKING:
    from domain.forms.session import Session

ROUNDS = 3  # an answer may wait for one that stands below it, and that one for another


def answer(session: Session, given: Mapping[str, str]) -> dict[str, Violation]:
    """Stores what may stand and answers the rest, each with what is wrong. What is no longer asked is left alone."""
    wrong = dict.fromkeys(given)
    refused: dict[str, Violation] = {}
    for _round in range(ROUNDS):
        before, refused = wrong, _stored(session, {ref: given[ref] for ref in wrong})
        wrong = dict.fromkeys(refused)
        if not wrong or len(wrong) == len(before):
            break
    refused = {ref: one for ref, one in refused.items() if one.rule not in ("hidden", "readonly")}
    return refused | {each.ref: each for each in _broken(session, given) if each.ref not in refused}


def _stored(session: Session, given: Mapping[str, str]) -> dict[str, Violation]:
    refused = {}
    for ref, value in given.items():
        try:
            session.answer(ref, value)
        except Violation as violation:
            refused[ref] = violation
    return refused


def _broken(session: Session, given: Mapping[str, str]) -> Iterator[Violation]:
    """What fitted when it was stored, and does not beside an answer that came after it."""
    for one in session.validate():
        if one.ref in given and one.rule == "constraint":
            yield Violation(one.ref, one.rule, one.message)
