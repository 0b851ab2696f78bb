"""What the desk sees while it sorts: every head with the words that were told, and what each may be the same as."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import exists, select
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.needs import Life
from domain.people import Action
from domain.words.index import Index
from storage import heads, reach
from storage.heads import Head
from storage.tables.polls import answers, needs, polls, supports

LIKELY, TWINS = 0.35, 4  # from which likeness on somebody is asked, and beside how many


@dataclass(frozen=True, slots=True)
class Card:
    """`told` are the words of its parts, as they were told; `waits` says that others may not read any of them yet."""

    head: Head
    told: tuple[str, ...]
    waits: bool

    @property
    def words(self) -> str:
        """By which the desk calls it: its name, else the first words that were told; empty where there are none."""
        return self.head.name or (self.told[0] if self.told else "")

    @property
    def many(self) -> bool:
        return len(self.head.needs) > 1


@dataclass(frozen=True, slots=True)
class Heap:
    """The needs that one village told in one poll, to be sorted."""

    poll_id: int
    village_id: int


async def cards(db: AsyncConnection, *, poll_id: int, village_id: int) -> list[Card]:
    """Every head behind which somebody stands, in the order in which they were told."""
    village = await heads.read(db, poll_id=poll_id, village_id=village_id)
    found = []
    for head in heads.of(village):
        rows = [village.needs[part] for part in sorted(head.needs, key=lambda part: (part != head.id, part))]
        told = tuple(dict.fromkeys(filter(None, map(_words, rows))))
        found.append(Card(head, told, head.name is None and bool(told)))
    return found


def _words(row: Any) -> str | None:
    """What was reworded hides what was told for good, from the desk too."""
    words = row.public_words if row.state == Life.REWORDED else row.words
    return str(words) if words else None


class Twins:
    """What each card is most like. Built once for a page: the words of all are looked at once."""

    def __init__(self, cards: Sequence[Card]) -> None:
        self._cards = {card.head.id: card for card in cards}
        self._index = Index(((card.head.id, at), words) for card in cards for at, words in enumerate(_said(card)))

    def of(self, card: Card) -> list[Card]:
        """The likeliest first; where nothing was said but the kind, others of that kind without words."""
        if not card.words:
            others = [each for each in self._cards.values() if each.head.id != card.head.id and not each.words]
            return [each for each in others if each.head.kind == card.head.kind][:TWINS]
        best: dict[int, float] = {}
        for words in _said(card):
            for found in self._index.like(words, at_most=len(self._cards), least=LIKELY):
                best[found.key[0]] = max(found.likeness, best.get(found.key[0], 0.0))
        ordered = sorted(best.keys() - {card.head.id}, key=lambda number: (-best[number], number))
        return [self._cards[number] for number in ordered[:TWINS]]


def _said(card: Card) -> tuple[str, ...]:
    return tuple(dict.fromkeys([*([card.head.name] if card.head.name else []), *card.told]))


async def heaps(db: AsyncConnection, *, person_id: int) -> list[Heap]:
    """Where there is something to sort that this person may sort, the newest poll first."""
    villages = await reach.reach(db, person_id=person_id, action=Action.SORT_NEEDS)
    return await _told_in(db, villages)


async def _told_in(db: AsyncConnection, villages: Collection[int]) -> list[Heap]:
    behind = exists().where(supports.c.need_id == needs.c.id, answers.c.id == supports.c.answer_id)
    query = select(needs.c.poll_id, needs.c.village_id).join(polls, polls.c.id == needs.c.poll_id)
    query = query.where(needs.c.village_id.in_(villages), behind).distinct()
    rows = await db.execute(query.order_by(needs.c.poll_id.desc(), needs.c.village_id))
    return [Heap(row.poll_id, row.village_id) for row in rows]


async def names(db: AsyncConnection, *, poll_id: int, village_id: int) -> dict[int, tuple[str, str]]:
    """(kind, words) of every need and half of one, as the desk calls them: for the trail."""
    here = (needs.c.poll_id == poll_id, needs.c.village_id == village_id)
    rows = await db.execute(select(needs).where(*here))
    return {row.id: (row.kind, _words(row) or "") for row in rows}
