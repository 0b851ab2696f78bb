"""By what promises are found, in any spelling: learned once, since the words of a promise never change."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import ColumnElement, insert, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.words import searching
from storage.tables.board import searched_words

END = "\uffff"  # after every letter


async def learn(db: AsyncConnection, said: Mapping[int, str]) -> None:
    """`said`: what each promise is to be found by. Those that are known already are passed over."""
    w = searched_words.c
    known = set((await db.execute(select(w.promise_id).where(w.promise_id.in_(list(said))).distinct())).scalars())
    rows = [
        {"word": mark, "promise_id": promise_id}
        for promise_id, words in said.items()
        if promise_id not in known
        for mark in sorted(searching.marks(words))
    ]
    if rows:
        await db.execute(insert(searched_words), rows)


def named_in(asked: str, promise_id: ColumnElement[int]) -> list[ColumnElement[bool]]:
    """One condition for each thing that is asked for; none where nothing can be asked so."""
    w = searched_words.c
    found: list[ColumnElement[bool]] = []
    for one in searching.asked(asked):
        same = [w.word.in_(one.marks)] if one.marks else []
        begins = [w.word.between(one.beginning, one.beginning + END)] if one.beginning else []
        found.append(promise_id.in_(select(w.promise_id).where(or_(*same, *begins))))
    return found
