"""Which answers are in the count: the rule of domain/flags.py, for queries. Whoever counts answers goes by it."""

from __future__ import annotations

from sqlalchemy import ColumnElement, and_, exists, func

from domain.flags import Decision
from domain.polls import Origin
from storage.answer_states import COMPLETE
from storage.tables.honesty import flagged_answers, flags
from storage.tables.polls import answers


def counted() -> ColumnElement[bool]:
    """Whole, not of the open web, and not set aside."""
    return and_(answers.c.state == COMPLETE, answers.c.origin != Origin.OPEN_WEB, ~set_aside())


def beside() -> ColumnElement[bool]:
    """Whole, of the open web, and nothing odd about it: read, and counted beside."""
    return and_(answers.c.state == COMPLETE, answers.c.origin == Origin.OPEN_WEB, ~set_aside())


def set_aside() -> ColumnElement[bool]:
    """Has a flag that nobody has decided in its favour. Nothing is written into the answer, so it returns as it was."""
    against = func.coalesce(flags.c.decision, Decision.ASIDE) != Decision.COUNTS
    here = flagged_answers.c.answer_id == answers.c.id
    return exists().where(here, flags.c.id == flagged_answers.c.flag_id, against)
