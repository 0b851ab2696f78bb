"""The course of a dialogue: the draft is opened, each does their part, and what is over is closed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from sqlalchemy import insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from domain import dialogue as rules
from domain import polls as polling
from domain import roads
from domain.dialogue import Change, Party, Talk, Verb
from domain.people import Action
from domain.refusal import Refused
from domain.roads import Road
from storage import (
    agreed,
    dialogue_news,
    dialogue_seats,
    dialogue_votes,
    dialogues,
    groups,
    heads,
    polls,
    reach,
    representatives,
    telling,
)
from storage import needs as needs_of
from storage.dialogues import Dialogue
from storage.tables.dialogues import dialogue_events
from storage.tables.dialogues import dialogues as table


class Draft(NamedTuple):
    """A list that may be opened."""

    group_id: int
    poll_id: int
    village_id: int


async def open_(
    db: AsyncConnection,
    *,
    by: int,
    group_id: int,
    poll_id: int,
    village_id: int,
    items: Sequence[int],
    seats: Mapping[Party, int | None],
    days: int,
    now: datetime,
    zone: ZoneInfo,
) -> int:
    """Shows the group's draft to both offices. `seats` are their roles; None where the post is vacant."""
    rules.check_opening(items, days)
    await reach.require(db, person_id=by, action=Action.OPEN_DIALOGUE, village_id=village_id)
    await dialogue_seats.require_group(db, person_id=by, group_id=group_id)
    await _require_here(db, group_id, poll_id, village_id, items)
    await _require_closed(db, poll_id, _day(now, zone))
    row: dict[str, Any] = {"poll_id": poll_id, "village_id": village_id, "group_id": group_id}
    row |= {"opened_by": by, "opened_at": now}
    dialogue_id = int((await db.execute(insert(table).values(**row).returning(table.c.id))).scalar_one())
    for party in rules.SEATS:
        role_id = seats.get(party)
        await dialogue_seats.sit(db, dialogue_id=dialogue_id, party=party, role_id=role_id, group_id=group_id, now=now)
    until = _day(now, zone) + timedelta(days=days)
    body = {"items": list(items), "until": until.isoformat()}
    event_id = await dialogues.note(
        db, dialogue_id=dialogue_id, verb=Verb.OPENED, party=Party.GROUP, body=body, by=by, now=now
    )
    await dialogue_news.tell(
        db, kept=await dialogues.read(db, dialogue_id=dialogue_id), event_id=event_id, by=by, now=now
    )
    return dialogue_id


async def _require_here(
    db: AsyncConnection, group_id: int, poll_id: int, village_id: int, items: Sequence[int]
) -> None:
    """One for each list, the village is the group's, and each item stands on the desk."""
    if village_id not in await groups.villages_of(db, group_id=group_id):
        raise Refused("not_allowed")
    if await dialogues.of_village(db, poll_id=poll_id, village_id=village_id) is not None:
        raise Refused("already_decided")
    if not set(items) <= {head.id for head in await heads.listed(db, poll_id=poll_id, village_id=village_id)}:
        raise Refused("gone")


async def _require_closed(db: AsyncConnection, poll_id: int, today: date) -> None:
    """While people still answer, nobody decides what is most urgent."""
    kept = await polls.poll(db, poll_id=poll_id, within=())
    if polling.state(kept.rules, today) is not polling.State.CLOSED:
        raise Refused("poll_still_open", closes=kept.rules.closes)


async def to_open(db: AsyncConnection, *, by: int, today: date) -> list[Draft]:
    """Where a leader may open a list: the newest closed poll of each village of their groups, once."""
    found = []
    for group in await groups.groups_of(db, person_id=by, action=Action.OPEN_DIALOGUE):
        if by not in await representatives.speakers(db, group_id=group.id):
            continue
        for village_id in await groups.villages_of(db, group_id=group.id):
            for kept in await polls.reached(db, villages=[village_id]):
                if polling.state(kept.rules, today) is not polling.State.CLOSED:
                    continue
                here = {"poll_id": kept.id, "village_id": village_id}
                if await dialogues.of_village(db, **here) is None and await heads.listed(db, **here):
                    found.append(Draft(group.id, kept.id, village_id))
                break
    return found


async def leads(db: AsyncConnection, *, person_id: int) -> bool:
    """Whether this person may open lists at all, whatever the day: for what a menu offers."""
    for group in await groups.groups_of(db, person_id=person_id, action=Action.OPEN_DIALOGUE):
        villages = await groups.villages_of(db, group_id=group.id)
        speaks = person_id in await representatives.speakers(db, group_id=group.id)
        if speaks and await polls.reached(db, villages=villages):
            return True
    return False


async def act(
    db: AsyncConnection,
    *,
    dialogue_id: int,
    by: int,
    verb: Verb,
    body: Mapping[str, Any],
    now: datetime,
    zone: ZoneInfo,
) -> Dialogue:
    """What one party does. Raises Refused unless this person speaks for one, and that party may do it now."""
    kept = await dialogues.lock(db, dialogue_id=dialogue_id)
    actor = await dialogue_seats.actor(db, person_id=by, dialogue_id=dialogue_id, group_id=kept.group_id)
    full = {**body, "until": _until(kept.talk, verb, now, zone), "through": actor.through}
    rules.check(kept.talk, actor.party, verb, full)
    await _check_here(db, kept, verb, full)
    where: dict[str, Any] = {"dialogue_id": dialogue_id, "verb": verb, "party": actor.party, "name": actor.name}
    event_id = await dialogues.note(db, **where, body=full, by=by, now=now)
    then = await dialogues.read(db, dialogue_id=dialogue_id)
    await dialogue_news.tell(db, kept=then, event_id=event_id, by=by, now=now)
    return await go_on(db, dialogue_id=dialogue_id, now=now, zone=zone)


def _until(talk: Talk, verb: Verb, now: datetime, zone: ZoneInfo) -> str:
    today = _day(now, zone)
    day = today + timedelta(days=rules.VOTE_LASTS) if verb is Verb.VOTING else rules.until_after_change(today)
    return day.isoformat()


async def _check_here(db: AsyncConnection, kept: Dialogue, verb: Verb, body: Mapping[str, Any]) -> None:
    """What an item is, the list itself cannot tell."""
    if verb is Verb.ROADS:
        roads.check(kept.talk.items, choice(body))
    if verb in (Verb.PROPOSED, Verb.CHANGED):
        item = Change.read(body["change"]).item
        listed = await heads.listed(db, poll_id=kept.poll_id, village_id=kept.village_id)
        if item not in {head.id for head in listed} | set(kept.talk.items):
            raise Refused("gone")


async def fill(db: AsyncConnection, *, dialogue_id: int, party: Party, role_id: int, by: int, now: datetime) -> None:
    """A vacant post has a holder, who sees the list now."""
    kept = await dialogues.lock(db, dialogue_id=dialogue_id)
    if kept.talk.closed:
        raise Refused("list_closed")
    where = {"dialogue_id": dialogue_id, "group_id": kept.group_id, "role_id": role_id, "by": by}
    await dialogue_seats.reseat(db, **where, party=party, now=now)
    people = await dialogue_news.of_party(db, kept=kept, party=party)
    args = {"dialogue": dialogue_id, "event": kept.events[0].id}
    thing = f"dialogue:{dialogue_id}:seat:{role_id}"
    await telling.tell_all(db, people_ids=people, thing=thing, conversation="dialogue_news", args=args, now=now)


async def go_on(db: AsyncConnection, *, dialogue_id: int, now: datetime, zone: ZoneInfo) -> Dialogue:
    """Does what it is time for; twice, or late, changes nothing."""
    kept = await dialogues.lock(db, dialogue_id=dialogue_id)
    if kept.talk.vote_until is not None and _day(now, zone) > kept.talk.vote_until:
        await dialogue_votes.settle(db, kept=kept, now=now)
        kept = await dialogues.read(db, dialogue_id=dialogue_id)
    stands = rules.may_close(kept.talk, _day(now, zone), kept.vacant)
    if stands is not None:
        await _close(db, kept, stands, now)
        kept = await dialogues.read(db, dialogue_id=dialogue_id)
    if kept.talk.closed and kept.talk.placed is None and _roads_over(kept, now):
        await _place(db, kept, now)
    return kept


async def _close(db: AsyncConnection, kept: Dialogue, stands: Mapping[Party, rules.Stand], now: datetime) -> None:
    """The list goes to the village, with how each of the three stands to it."""
    body = {"stands": {party.value: stand.value for party, stand in stands.items()}}
    await dialogues.note(db, dialogue_id=kept.id, verb=Verb.CLOSED, body=body, now=now)
    where = {"poll_id": kept.poll_id, "village_id": kept.village_id}
    await agreed.keep(db, **where, need_ids=kept.talk.items, by=kept.opened_by, now=now)
    hear = set(await needs_of.supporters(db, need_ids=kept.talk.items))
    hear |= set(await polls.residents(db, villages=[kept.village_id]))
    await _tell(db, kept, hear, "village_list", now)
    choosing = {each for party in Party for each in await dialogue_news.of_party(db, kept=kept, party=party)}
    await _tell(db, kept, choosing, "list_roads", now)


def _roads_over(kept: Dialogue, now: datetime) -> bool:
    """All who can have chosen; or the first has, and a week has gone."""
    if not kept.talk.roads:
        return False
    first = min(event.at for event in kept.events if event.verb is Verb.ROADS)
    return roads.complete(kept.talk.roads.keys(), kept.vacant) or now >= first + roads.LASTS


async def _place(db: AsyncConnection, kept: Dialogue, now: datetime) -> None:
    """Whoever stands behind a need hears which road it takes."""
    choices = {party: choice(event.body) for party, event in kept.talk.roads.items()}
    found = roads.placed(kept.talk.items, choices)
    body = {"roads": {str(item): road and road.value for item, road in found.items()}}
    await dialogues.note(db, dialogue_id=kept.id, verb=Verb.PLACED, body=body, now=now)
    await dialogues.over(db, dialogue_id=kept.id, now=now)
    hear = set(await needs_of.supporters(db, need_ids=kept.talk.items))
    for party in Party:
        hear |= set(await dialogue_news.of_party(db, kept=kept, party=party))
    await _tell(db, kept, hear, "list_placed", now)


def choice(body: Mapping[str, Any]) -> dict[int, Road]:
    return {int(item): Road(road) for item, road in body["roads"].items()}


async def newest_roads(db: AsyncConnection, *, village_id: int) -> dict[int, Road | None]:
    """Of each need of the village's last list; empty where the three have not chosen yet."""
    d, e = table.c, dialogue_events.c
    query = select(e.body).join(table, d.id == e.dialogue_id).where(d.village_id == village_id)
    body = (await db.execute(query.where(e.verb == Verb.PLACED).order_by(e.id.desc()).limit(1))).scalar()
    return {int(item): road and Road(road) for item, road in body["roads"].items()} if body else {}


async def _tell(db: AsyncConnection, kept: Dialogue, people: set[int], conversation: str, now: datetime) -> None:
    thing, args = f"dialogue:{kept.id}:{conversation}", {"dialogue": kept.id}
    await telling.tell_all(db, people_ids=sorted(people), thing=thing, conversation=conversation, args=args, now=now)


def _day(now: datetime, zone: ZoneInfo) -> date:
    return now.astimezone(zone).date()
