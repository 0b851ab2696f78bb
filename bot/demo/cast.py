"""Who plays: a coordinator, the groups, the offices; each came by an invitation, as in life."""

from __future__ import annotations

from datetime import datetime

from bot.demo.data import rows
from bot.demo.story import Story
from domain.people import OFFICES, Role
from storage import groups, invitations, offices, people, roles
from storage.invitations import IN_A_GROUP
from storage.people import Welcomed

COORDINATOR = "coordinator"
WAITING = Role.DEPUTY  # this office nobody has confirmed yet: the coordinator finds the question


def external(row: dict[str, str]) -> str:
    """A phone of the demo has a name that its page knows; the others are called by their own."""
    return row["phone"] or row["name"]


async def begin(story: Story) -> None:
    """Half a year ago: everybody is welcomed, and the coordinator takes up the work."""
    at = story.at(-160)
    came = await story.arrive([external(row) for row in rows("cast")], at)
    for row in rows("cast"):
        story.people[row["name"]] = story.people[external(row)] = came[external(row)]
        told = Welcomed(story.language, story.village_id(row["village"]), None, row["sex"], row["age"])
        await people.welcome(story.db, person_id=came[external(row)], told=told, agreed_at=at, now=at)
    made = await invitations.make(story.db, by=None, role=Role.COORDINATOR, now=at)
    await _accept(story, made.token, next(row for row in rows("cast") if row["phone"] == COORDINATOR), at)


async def gather(story: Story) -> None:
    """The coordinator makes the groups, and invites."""
    coordinator, at = story.people[COORDINATOR], story.at(-155)
    for row in rows("groups"):
        story.groups[row["name"]] = await groups.make(
            story.db, by=coordinator, community_id=story.community_id(row["community"]), name=row["name"], now=at
        )
    for row in rows("cast"):
        if row["role"] not in ("", Role.COORDINATOR, WAITING):
            await join(story, row, at)


async def join(story: Story, row: dict[str, str], at: datetime) -> None:
    coordinator, role = story.people[COORDINATOR], Role(row["role"])
    where = {"group_id": story.groups[row["group"]]} if role in IN_A_GROUP else {}
    where |= {"municipality_id": story.municipality_id} if role in OFFICES else {}
    made = await invitations.make(story.db, by=coordinator, role=role, now=at, office=row["office"] or None, **where)
    role_id = await _accept(story, made.token, row, at)
    if role in OFFICES and role is not WAITING:
        await offices.decide(story.db, by=coordinator, role_id=role_id, confirmed=True, now=at)


async def knock(story: Story) -> None:
    """This morning somebody said that they hold an office."""
    row = next(row for row in rows("cast") if row["role"] == WAITING)
    await join(story, row, story.at(0, 9, 30))


async def _accept(story: Story, token: str, row: dict[str, str], at: datetime) -> int:
    person_id, office = story.people[row["name"]], row["office"] or None
    return await invitations.accept(story.db, token=token, person_id=person_id, name=row["name"], office=office, now=at)


async def leader_of(story: Story, village: str) -> int:
    """Who reads what this village wrote: the leader of its group, or the coordinator where there is none."""
    community = story.villages[village].community.ka
    group = next((row["name"] for row in rows("groups") if row["community"] == community), None)
    leaders = await roles.leaders(story.db, group_id=story.groups[group]) if group else []
    return leaders[0] if leaders else story.people[COORDINATOR]
