"""What one village told and chose in spring: the needs behind three of its promises, and women's and men's lists."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from bot.demo.cast import COORDINATOR, leader_of
from bot.demo.data import rows
from bot.demo.story import Story
from domain.needs import Life
from domain.people import CONSENT_VERSION, Sex
from domain.polls import Origin
from storage import answers, ballots, choosings, chosen, needs, polls, unread_needs
from storage.answers import COMPLETE, Answer, Told

VILLAGE = "ასურეთი"
TOLD, CLOSES, CHOSE, COUNTED = -154, -153, -152, -147  # days
A_DAY = 12  # doors at which a neighbour's choice was written down
# How many of whom picked which.
PICKS = (
    (9, Sex.WOMAN, ("kindergarten", "lighting")),
    (5, Sex.WOMAN, ("kindergarten", "transport")),
    (3, Sex.WOMAN, ("lighting", "transport")),
    (7, Sex.MAN, ("transport", "lighting")),
    (5, Sex.MAN, ("transport",)),
    (5, Sex.MAN, ("kindergarten", "transport")),
)


async def choose(story: Story) -> Mapping[tuple[str, str], int]:
    """The needs by village and kind."""
    village_id, leader = story.village_id(VILLAGE) or 0, await leader_of(story, VILLAGE)
    opened: dict[str, Any] = {
        "opens": story.day(TOLD),
        "closes": story.day(CLOSES),
        "opened_by": story.people[COORDINATOR],
    }
    poll_id = await polls.open_(story.db, villages=[village_id], **opened, now=story.at(TOLD, 10), zone=story.zone)
    answer = Answer(poll_id, village_id, Origin.DOOR_TO_DOOR, None, leader, Sex.WOMAN, None, CONSENT_VERSION)
    for number, row in enumerate(rows("spring")):
        told = Told(kind=row["kind"], words=row["words"], suffers="everyone")
        await answers.keep(story.db, answer=answer, told=[told], state=COMPLETE, now=story.at(TOLD, 12 + number))
    found = await _released(story, village_id, leader)
    await polls.settled(story.db, poll_id=poll_id, now=story.at(CLOSES, 23))
    await _chosen(story, poll_id, village_id, leader, found)
    return {(VILLAGE, kind): need for kind, need in found.items()}


async def _released(story: Story, village_id: int, leader: int) -> dict[str, int]:
    found = {}
    for need_id in await unread_needs.waiting(story.db, villages=[village_id], reader_id=leader):
        found[(await needs.told(story.db, need_id=need_id)).kind] = need_id
        now = story.at(TOLD, 20)
        await needs.decide_words(story.db, need_id=need_id, life=Life.RELEASED, reworded=None, by=leader, now=now)
    return found


async def _chosen(story: Story, poll_id: int, village_id: int, leader: int, found: Mapping[str, int]) -> None:
    opened, where = story.at(CHOSE, 10), {"poll_id": poll_id, "village_id": village_id}
    choosing_id = await choosings.open_(story.db, **where, days=5, opened_by=leader, now=opened, today=story.day(CHOSE))
    for at, (sex, picks) in zip(_doors(story), _ballots(), strict=False):
        cast: dict[str, Any] = {"picks": [found[kind] for kind in picks], "sex": sex, "age_band": None}
        today = at.astimezone(story.zone).date()
        await ballots.enter(story.db, choosing_id=choosing_id, member_id=leader, **cast, today=today, now=at)
    await chosen.settle(story.db, choosing_id=choosing_id, now=story.at(COUNTED, 10))


def _ballots() -> Sequence[tuple[Sex, Sequence[str]]]:
    return [(sex, picks) for count, sex, picks in PICKS for _one in range(count)]


def _doors(story: Story) -> Sequence[datetime]:
    """Half an hour for each."""
    days = range(CHOSE, CHOSE + 4)
    return [story.at(day, 11) + timedelta(minutes=30 * number) for day in days for number in range(A_DAY)]
