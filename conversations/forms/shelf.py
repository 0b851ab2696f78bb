"""Forms as they were compiled: once a process for each text, since that takes longer than a hundred answers."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass

from sqlalchemy.ext.asyncio import AsyncConnection

from domain.forms.asked import Kind, Question
from domain.forms.form import Form, read_form
from domain.forms.pictured import paths
from storage import forms

MOST = 32  # forms kept in memory; each takes some megabytes


@dataclass(frozen=True, slots=True)
class Compiled:
    """`by_path` finds a question by its place in the form; `sections` counts its numbered parts in order."""

    form: Form
    by_path: dict[str, Question]
    sections: tuple[str, ...]
    silent: frozenset[str]  # what is only read
    pictured: frozenset[str]  # what has a picture or a sound beside it

    @property
    def askable(self) -> int:
        return max(1, len(self.by_path))


_shelf: OrderedDict[str, Compiled] = OrderedDict()


async def compiled(db: AsyncConnection, *, version_id: int, hash_: str) -> Compiled:
    """By the hash of the text, so that it is the same form whatever database it came from."""
    found = _shelf.get(hash_)
    if found is None:
        xform, files = await forms.text(db, version_id=version_id)
        found = _shelf[hash_] = prepared(read_form(xform, files))
        while len(_shelf) > MOST:
            _shelf.popitem(last=False)
    _shelf.move_to_end(hash_)
    return found


def prepared(form: Form) -> Compiled:
    sections = tuple(section.path for section in form.sections if section.questions)
    silent = frozenset(one.path for one in form.questions if one.kind in (Kind.NOTE, Kind.HIDDEN))
    by_path = {question.path: question for question in form.questions}
    return Compiled(form, by_path, sections, silent, frozenset(paths(form)))
