"""What the villages said they need, in a poll that is over; and the poll that is open now."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.bench.scale.fill import Row, count_on, fill
from bot.bench.scale.size import ANSWERS, NOW, TODAY, Size
from domain.needs import Hurt, Kind, Life
from storage.tables.polls import answers, needs, poll_villages, polls, supports

PAST, OPEN = 1, 2  # the numbers of the polls
KINDS, HURTS = tuple(Kind), tuple(Hurt)
TOLD = NOW - timedelta(days=430)
DAY = timedelta(days=1)


def kind(village: int, place: int) -> str:
    return KINDS[(village + place) % len(KINDS)].value


async def ask(db: AsyncConnection, size: Size) -> None:
    coordinator = size.officials(0)[-1]
    days = ((TODAY - 440 * DAY, TODAY - 410 * DAY, TOLD), (TODAY - DAY, TODAY + 20 * DAY, None))
    held = [(at, opens, closes, coordinator, NOW, ended) for at, (opens, closes, ended) in enumerate(days, 1)]
    await fill(db, polls, "id opens closes opened_by created_at settled_at", held)
    where = ((poll, village + 1) for poll in (PAST, OPEN) for village in range(size.villages))
    await fill(db, poll_villages, "poll_id village_id", where)
    if size.needs:
        await _told(db, size)
        await count_on(db, (answers, needs, supports))
    await count_on(db, (polls,))


async def _told(db: AsyncConnection, size: Size) -> None:
    columns = "id poll_id village_id person_id origin state sex age_band answered_at looked_at"
    await fill(db, answers, columns, _answers(size))
    columns = "id poll_id village_id author_id answer_id kind words suffers state photo_state released_at told_at"
    await fill(db, needs, columns, _needs(size))
    numbered = ((number, *row) for number, row in enumerate(_supports(size), 1))
    await fill(db, supports, "id need_id answer_id suffers", numbered)


def _answers(size: Size) -> Iterator[Row]:
    for village in range(size.villages):
        for place in range(ANSWERS):
            person = size.person(village, place)
            sex = "woman" if person % 2 else "man"
            yield (
                village * ANSWERS + place + 1,
                PAST,
                village + 1,
                person,
                "telegram",
                "complete",
                sex,
                "25-39",
                TOLD,
                TOLD,
            )


def _needs(size: Size) -> Iterator[Row]:
    for village in range(size.villages):
        for place in range(size.needs):
            number, said = village * size.needs + place + 1, village * ANSWERS + place + 1
            who, what = size.person(village, place), kind(village, place)
            words = f"საჭიროება {place + 1}: {what} {village}, გაზაფხულიდან ცუდ დღეშია"
            hurt = HURTS[place % len(HURTS)].value
            yield number, PAST, village + 1, who, said, what, words, hurt, Life.RELEASED, Life.TOLD, TOLD, TOLD


def _supports(size: Size) -> Iterator[Row]:
    """Each stands behind two: the first twenty told theirs."""
    for village in range(size.villages):
        for place in range(ANSWERS):
            first = place % size.needs
            for need in (first, (first + 7) % size.needs):
                yield village * size.needs + need + 1, village * ANSWERS + place + 1, HURTS[place % len(HURTS)].value
