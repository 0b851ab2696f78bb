"""A sample municipality with a year behind it: the villages are real, the people and what they say are invented."""

from __future__ import annotations

from datetime import UTC, datetime, time
from zoneinfo import ZoneInfo

from sqlalchemy.ext.asyncio import AsyncEngine

from bot.demo import cast, poll, round_tables
from bot.demo.data import raw, rows
from bot.demo.story import Story
from domain.links import VILLAGE
from domain.trainings import Answer, Audience, Kind, Repeat, Topic
from storage import inbox, places_import, stream, training_reading, trainings
from storage.inbox import Received
from storage.jsontext import dumps
from storage.training_receivers import receivers
from storage.trainings import Plan

START = datetime(2026, 11, 9, 7, 0, tzinfo=UTC)  # a Monday, 11:00 in Tbilisi
HOME = "ასურეთი"  # where the resident of the demo lives
TRAINING, PLACE = 9, "ასურეთის კულტურის სახლი"
ANSWERED = 40  # people who have said whether they come


async def seed(
    engine: AsyncEngine, *, start: datetime, zone: ZoneInfo, channel: str, language: str = "ka", opened: bool = True
) -> None:
    """Fills an empty database. With `opened` phones what they show first waits in the inbox, to be played."""
    async with engine.begin() as db:
        story = Story(db, start, zone, channel, language)
        await places_import.import_csv(db, by=None, data=raw("places"))
        await story.learn_places()
        await cast.begin(story)
        await cast.gather(story)
        await round_tables.hold(story)
        await poll.hold(story)
        await story.heard()
        if opened:
            await _open_phones(story)
        await _training(story)
        await round_tables.ask(story)
        await cast.knock(story)
        if not opened:
            await story.heard()


async def _open_phones(story: Story) -> None:
    """The resident opens the village's link; the others look at what there is."""
    first = {row["phone"]: {"text": "/menu"} for row in rows("cast") if row["role"] and row["phone"]}
    first["resident"] = {"start": VILLAGE + story.villages[HOME].place.code}
    opened = [
        Received(f"{name}:opened", name, dumps({"from": name, "language": story.language, "after": 0, **said}))
        for name, said in first.items()
    ]
    await inbox.keep(story.db, channel=story.channel, received=opened, now=story.start)


async def _training(story: Story) -> None:
    plan = Plan(
        kind=Kind.TRAINING,
        topic=Topic.TAKING_PART,
        words=None,
        municipality_id=story.municipality_id,
        community_ids=None,
        audience=[*Audience],
        day=story.day(TRAINING),
        hour=time(14),
        place=PLACE,
        repeat=Repeat.ONCE,
        times=1,
    )
    by, at = story.people[cast.COORDINATOR], story.at(-3, 15)
    await trainings.plan(story.db, by=by, planned=plan, now=at, zone=story.zone)
    await _phones_answer(story)


async def _phones_answer(story: Story) -> None:
    """Those who hold the phones have read the invitation days ago, and come."""
    training_id, invited = await _invited(story)
    phones = {story.people[row["phone"]] for row in rows("cast") if row["phone"]} & {*invited}
    await story.heard(phones)
    for person_id in sorted(phones):
        await training_reading.shown(story.db, person_id=person_id, training_id=training_id)
        await _answer(story, training_id, person_id, Answer.COMING)


async def replies(engine: AsyncEngine, *, start: datetime, zone: ZoneInfo, channel: str) -> None:
    """When the invitations have been read, some answer."""
    async with engine.begin() as db:
        story = Story(db, start, zone, channel, "")
        await story.learn_places()
        known = await stream.reader(db, channel=channel, external=cast.COORDINATOR)
        story.people[cast.COORDINATOR] = known.person_id if known else 0
        training_id, invited = await _invited(story)
        for person_id in story.chance.sample(invited, ANSWERED):
            said = story.chance.choice((Answer.COMING, Answer.COMING, Answer.NOT_COMING))
            await _answer(story, training_id, person_id, said)


async def _invited(story: Story) -> tuple[int, list[int]]:
    by = story.people[cast.COORDINATOR]
    [training] = await training_reading.watched(story.db, by=by, now=story.start)
    found = await receivers(story.db, municipality_id=story.municipality_id, community_ids=None, audience=[*Audience])
    return training.id, sorted(found)


async def _answer(story: Story, training_id: int, person_id: int, said: Answer) -> None:
    at = story.at(-2, 18)
    await trainings.answer(story.db, person_id=person_id, training_id=training_id, said=said, now=at)
