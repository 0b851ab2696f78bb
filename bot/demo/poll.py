"""The open poll: a week of answers, the desk that reads them, and the numbers published from them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.demo.cast import COORDINATOR, leader_of
from bot.demo.data import rows
from bot.demo.story import Story
from bot.demo.voices import AGES, SEXES, Voices
from domain.needs import Life
from domain.people import CONSENT_VERSION
from domain.polls import Origin
from storage import answers, counts, needs, people, polls, unread_needs
from storage.answers import COMPLETE, Answer, Told
from storage.people import Welcomed

OPENS, CLOSES = -7, 13
PUBLISHED = (-5, -3, -1)
ORIGINS = (*(Origin.TELEGRAM,) * 11, *(Origin.WEB,) * 5, *(Origin.DOOR_TO_DOOR,) * 3, Origin.OPEN_WEB)


@dataclass(frozen=True, slots=True)
class Visit:
    """Somebody's answer, before it is told."""

    at: datetime
    day: int
    village: str
    number: int
    origin: Origin
    told: Sequence[Told] | None = None  # what must be said; else chance decides


async def hold(story: Story) -> None:
    villages = [village.place.id for village in story.villages.values()]
    poll_id = await polls.open_(
        story.db,
        villages=villages,
        opens=story.day(OPENS),
        closes=story.day(CLOSES),
        opened_by=story.people[COORDINATOR],
        now=story.at(OPENS, 10),
        zone=story.zone,
    )
    visits = _visits(story)
    own = [_name(visit) for visit in visits if visit.origin is not Origin.DOOR_TO_DOOR]
    came = await story.arrive(own, story.at(OPENS, 10))
    voices = Voices(story)
    for day in range(OPENS, 1):
        for visit in (visit for visit in visits if visit.day == day):
            await _answer(story, voices, poll_id, visit, came.get(_name(visit)))
        if day < -1:
            await _read(story, voices, day)
        if day in PUBLISHED:
            await counts.publish(story.db, poll_id=poll_id, today=story.day(day))


def _name(visit: Visit) -> str:
    return f"resident-{visit.village}-{visit.number}"


def _visits(story: Story) -> list[Visit]:
    """More in the evenings and on the first days; none in the night."""
    visits = []
    for row in rows("worries"):
        for number in range(int(row["answers"])):
            day = min(story.chance.choices(range(OPENS, 1), (9, 8, 6, 5, 5, 6, 4, 1))[0], 0)
            hour = story.chance.choice((9, 10) if day == 0 else (10, 12, 14, 17, 18, 19, 19, 20))
            at = story.at(day, hour, story.chance.randrange(30 if day == 0 else 60))
            visits.append(Visit(at, day, row["village"], number, story.chance.choice(ORIGINS)))
    return sorted([*visits, *_delicate(story)], key=lambda visit: (visit.at, visit.village, visit.number))


def _delicate(story: Story) -> list[Visit]:
    """Words that name somebody: the desk says them in another way, or keeps them."""
    return [
        Visit(
            story.at(-4, 18, number),
            -4,
            row["village"],
            1000 + number,
            Origin.TELEGRAM,
            [Told(kind=row["kind"], words=row["words"], suffers=row["suffers"])],
        )
        for number, row in enumerate(rows("delicate"))
    ]


async def _answer(story: Story, voices: Voices, poll_id: int, visit: Visit, person_id: int | None) -> None:
    """At the door there is no account: the group's leader wrote it down, with the neighbour's consent."""
    sex, age = story.chance.choice(SEXES), story.chance.choice(AGES)
    village_id = story.village_id(visit.village) or 0
    if person_id is not None:
        told = Welcomed(story.language, village_id, None, sex, age)
        await people.welcome(story.db, person_id=person_id, told=told, agreed_at=visit.at, now=visit.at)
    answer = Answer(
        poll_id,
        village_id,
        visit.origin,
        person_id,
        await leader_of(story, visit.village) if person_id is None else None,
        sex,
        age,
        CONSENT_VERSION if person_id is None else None,
    )
    said = visit.told or voices.needs(visit.village)
    await answers.keep(story.db, answer=answer, told=said, state=COMPLETE, now=visit.at)


async def _read(story: Story, voices: Voices, day: int) -> None:
    """In the evening the desk reads, and releases what may stand; the last days' words still wait for it."""
    better = {row["words"]: row["public"] for row in rows("delicate")}
    for village, found in story.villages.items():
        reader = await leader_of(story, village)
        for need_id in await unread_needs.waiting(story.db, villages=[found.place.id], reader_id=reader):
            told = await needs.told(story.db, need_id=need_id)
            public = better.get(told.words)
            life = Life.RELEASED if public is None else Life.REWORDED if public else Life.HIDDEN
            await needs.decide_words(
                story.db, need_id=need_id, life=life, reworded=public or None, by=reader, now=story.at(day, 20, 30)
            )
            if life is not Life.HIDDEN:
                voices.open.setdefault((village, told.kind), []).append(need_id)
