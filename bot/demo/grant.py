"""A fund's call for small deeds: a group applied with what its village had named, and was given the money."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.demo.cast import COORDINATOR, leader_of
from bot.demo.data import rows
from bot.demo.story import Story
from domain.grants import Party, Stage, Step
from domain.people import new_token
from storage import grant_applications, grant_links, grants
from storage.grants import New

OPENED, DEADLINE, PLANNED, SENT, DECIDED, PAID = -60, -30, -45, -38, -16, -6  # days


async def give(story: Story, needs: Mapping[tuple[str, str], int]) -> None:
    """`needs` by village and kind."""
    for row in rows("grant"):
        call_id = await _call(story, row)
        application_id = await _apply(story, row, call_id, needs[row["village"], row["kind"]])
        await _decide(story, row, call_id, application_id)
        await _say(story, row, application_id, Step(Stage.RECEIVED, Party.GROUP, story.day(PAID), int(row["granted"])))


async def _call(story: Story, row: dict[str, str]) -> int:
    community_id = story.villages[row["village"]].community.id
    terms = row["funder"], row["call"], int(row["most"]), row["criteria"], story.day(DEADLINE)
    new = New(*terms, communities=[community_id], points=10)
    by, now = story.people[COORDINATOR], story.at(OPENED)
    return await grants.open_(story.db, new=new, by=by, now=now, today=story.day(OPENED))


async def _apply(story: Story, row: dict[str, str], call_id: int, need_id: int) -> int:
    application_id = await grant_applications.make(
        story.db,
        call_id=call_id,
        group_id=story.groups[row["group"]],
        need_ids=[need_id],
        by=await leader_of(story, row["village"]),
        now=story.at(PLANNED),
        today=story.day(PLANNED),
    )
    await _say(story, row, application_id, Step(Stage.SENT, Party.GROUP, story.day(SENT)))
    return application_id


async def _say(story: Story, row: dict[str, str], application_id: int, step: Step) -> None:
    by, now = await leader_of(story, row["village"]), story.at((step.on - story.day(0)).days, 17)
    await grant_applications.tell(story.db, application_id=application_id, step=step, by=by, now=now, today=step.on)


async def _decide(story: Story, row: dict[str, str], call_id: int, application_id: int) -> None:
    """By the page of a member of the committee, whose link is nobody's any more."""
    token, now = new_token(), story.at(DECIDED)
    who: dict[str, Any] = {"call_id": call_id, "name": row["reader"], "token": token, "by": story.people[COORDINATOR]}
    await grant_links.invite(story.db, **who, now=story.at(OPENED))
    link = await grant_links.opened(story.db, token=token, now=now)
    if link is None:
        raise LookupError(row["reader"])
    step = Step(Stage.GRANTED, Party.COMMITTEE, story.day(DECIDED), int(row["granted"]), row["reason"])
    await grant_applications.decide(
        story.db, application_id=application_id, step=step, link=link, now=now, today=story.day(DECIDED)
    )
