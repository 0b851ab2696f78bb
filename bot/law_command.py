"""`mrgvali law WORDS`: the law cards that a question is about, best first."""

from __future__ import annotations

from collections.abc import Sequence

from bot.errors import OperatorError
from domain.law.card import BadCard
from publish import law_cards


def found(words: Sequence[str]) -> list[str]:
    """Ids of cards; none where the question has to do with none."""
    try:
        return law_cards.search().best_first(" ".join(words))
    except BadCard as fault:
        raise OperatorError(str(fault)) from None
