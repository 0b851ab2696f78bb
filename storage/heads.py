"""How the needs of a village stand once the desk has sorted them: heads, and who stands behind each.

Wherever a need is named by a number, the number of any of its parts leads to its head (`head_of`).
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Row, Select, exists, select
from sqlalchemy.ext.asyncio import AsyncConnection

from domain import sorting as rules
from domain.needs import Life, photo_for_others, words_for_others
from domain.people import Sex
from domain.sorting import Act, Level, Sorted, Standing, Supports, Verb
from storage import standing
from storage.tables.polls import answers, needs, supports
from storage.tables.sorting import sortings


@dataclass(frozen=True, slots=True)
class Head:
    """One need of the village, as the desk sorted it.

    name, kind, photo  as others may know it; `name` is None where no words were released, or it is private
    needs              the told needs it is made of, the oldest first; its own number is one of them
    supporters         the answers that stand behind it and are counted (storage/standing.py), each once
    answers            all that stand behind it, those that are not counted too: who hears of it
    women, men, undisclosed  of the counted; real numbers, for the desk only
    version            of the last decision about it: what one who sorts must have seen
    sorted             somebody of the desk has looked at it
    """

    id: int
    poll_id: int
    village_id: int
    name: str | None
    kind: str
    photo: str | None
    level: Level | None
    standing: Standing
    reason: str | None
    needs: tuple[int, ...]
    supporters: frozenset[int]
    answers: frozenset[int]
    women: int
    men: int
    undisclosed: int
    version: int
    sorted: bool

    @property
    def open(self) -> bool:
        return self.standing is Standing.OPEN


@dataclass(frozen=True, slots=True)
class Village:
    """What `heads` is computed from; for the desk."""

    needs: Mapping[int, Row[Any]]
    supports: Supports
    answers: Mapping[int, Row[Any]]
    acts: Sequence[Act]
    sorted: Sorted


async def heads(db: AsyncConnection, *, poll_id: int, village_id: int) -> list[Head]:
    """Every head behind which somebody stands, in the order in which they were told. For the desk: private and out of
    scope ones too."""
    return of(await read(db, poll_id=poll_id, village_id=village_id))


def of(village: Village) -> list[Head]:
    found = [_head(village, number) for number in sorted(village.sorted.heads)]
    return [one for one in found if one.answers]


async def listed(db: AsyncConnection, *, poll_id: int, village_id: int) -> list[Head]:
    """Those that the village may choose among: neither private nor out of scope."""
    return [head for head in await heads(db, poll_id=poll_id, village_id=village_id) if head.open]


async def head(db: AsyncConnection, *, need_id: int) -> Head | None:
    """The head that this need, or this half of one, belongs to now; None for what was never told."""
    village = await _village_of(db, need_id)
    found = None if village is None else village.sorted.head_of(need_id)
    return None if village is None or found is None else _head(village, found)


async def _village_of(db: AsyncConnection, need_id: int) -> Village | None:
    row = (await db.execute(select(needs.c.poll_id, needs.c.village_id).where(needs.c.id == need_id))).first()
    return None if row is None else await read(db, poll_id=row.poll_id, village_id=row.village_id)


async def head_of(db: AsyncConnection, *, need_id: int) -> int | None:
    found = await head(db, need_id=need_id)
    return None if found is None else found.id


async def each(db: AsyncConnection, *, need_ids: Collection[int]) -> dict[int, Head]:
    """The head of each of these needs, wherever they were told."""
    where = select(needs.c.poll_id, needs.c.village_id).where(needs.c.id.in_(need_ids)).distinct()
    found: dict[int, Head] = {}
    for poll_id, village_id in (await db.execute(where)).all():
        village = await read(db, poll_id=poll_id, village_id=village_id)
        for need_id in need_ids:
            number = village.sorted.head_of(need_id)
            if number is not None:
                found[need_id] = _head(village, number)
    return found


async def supporters(db: AsyncConnection, *, need_ids: Collection[int]) -> set[int]:
    """The ids of all answers that stand behind the heads of any of these needs: who hears of them."""
    found = await each(db, need_ids=need_ids)
    return {answer for one in found.values() for answer in one.answers}


async def family(db: AsyncConnection, *, need_id: int) -> set[int]:
    """All needs that belong together with this one, or with any half that it was split into."""
    village = await _village_of(db, need_id)
    if village is None:
        return {need_id}
    found = village.sorted
    halves = {half for half in found.whole if need_id in _wholes(found, half)}
    own = {found.head_of(each) for each in (need_id, *halves)} - {None}
    return {need_id, *halves, *(part for head, parts in found.heads.items() if head in own for part in parts)}


def _wholes(found: Sorted, half: int) -> list[int]:
    above = []
    while half in found.whole:
        half = found.whole[half]
        above.append(half)
    return above


async def private(db: AsyncConnection, *, need_ids: Collection[int]) -> set[int]:
    """Which of these belong to a head that names a person."""
    here = (sortings.c.poll_id == needs.c.poll_id, sortings.c.village_id == needs.c.village_id)
    decided = exists().where(*here, sortings.c.verb == Verb.STAND)
    query = select(needs.c.id).where(needs.c.id.in_(need_ids), decided)
    found = await each(db, need_ids=(await db.execute(query)).scalars().all())
    return {need_id for need_id, one in found.items() if one.standing is Standing.PRIVATE}


async def any_sorted(db: AsyncConnection, *, poll_id: int, village_id: int) -> bool:
    query = select(sortings.c.id).where(sortings.c.poll_id == poll_id, sortings.c.village_id == village_id)
    return (await db.execute(query.limit(1))).first() is not None


async def read(db: AsyncConnection, *, poll_id: int, village_id: int) -> Village:
    here = (needs.c.poll_id == poll_id, needs.c.village_id == village_id)
    told: dict[int, Any] = {row.id: row for row in await db.execute(select(needs).where(*here).order_by(needs.c.id))}
    held: dict[int, dict[int, int]] = defaultdict(dict)
    given: dict[int, Any] = {}
    for row in await db.execute(_supports().where(answers.c.poll_id == poll_id, answers.c.village_id == village_id)):
        held[row.need_id][row.id] = row.answer_id
        given[row.answer_id] = row
    decided = await acts(db, poll_id=poll_id, village_id=village_id)
    return Village(told, held, given, decided, rules.stand(told, decided))


def _supports() -> Select[Any]:
    query = select(supports.c.id, supports.c.need_id, answers.c.id.label("answer_id"))
    query = query.add_columns(standing.counted().label("counted"), answers.c.sex)
    return query.select_from(supports.join(answers, answers.c.id == supports.c.answer_id))


async def acts(db: AsyncConnection, *, poll_id: int, village_id: int) -> list[Act]:
    query = select(sortings.c.id, sortings.c.verb, sortings.c.change, sortings.c.undoes)
    here = query.where(sortings.c.poll_id == poll_id, sortings.c.village_id == village_id)
    rows = await db.execute(here.order_by(sortings.c.id))
    return [Act(row.id, Verb(row.verb), row.change, row.undoes) for row in rows]


def _head(village: Village, number: int) -> Head:
    traits = village.sorted.of(number)
    parts_ = sorted(village.sorted.heads[number], key=lambda part: (part != number, part))
    behind = frozenset(rules.behind(village.sorted, village.supports, number).values())
    counted = frozenset(answer for answer in behind if village.answers[answer].counted)
    by_sex = Counter(village.answers[answer].sex or Sex.UNDISCLOSED for answer in counted)
    anchor = village.needs[number]
    rows = [village.needs[part] for part in parts_]
    private = traits.standing is Standing.PRIVATE
    return Head(
        number,
        anchor.poll_id,
        anchor.village_id,
        None if private else traits.name or next(filter(None, map(_words, rows)), None),
        traits.kind or anchor.kind,
        None if private else next(filter(None, map(_photo, rows)), None),
        traits.level,
        traits.standing,
        traits.reason,
        tuple(sorted(parts_)),
        counted,
        behind,
        by_sex[Sex.WOMAN],
        by_sex[Sex.MAN],
        len(counted) - by_sex[Sex.WOMAN] - by_sex[Sex.MAN],
        village.sorted.version.get(number, 0),
        traits.seen,
    )


def _words(row: Row[Any]) -> str | None:
    return words_for_others(Life(row.state), row.words or "", row.public_words) or None


def _photo(row: Row[Any]) -> str | None:
    return row.media_id if photo_for_others(Life(row.photo_state)) else None
