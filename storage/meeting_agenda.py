"""What may come to the table: the issues of the agreed lists of the communities that sit there, each in its turn."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy.ext.asyncio import AsyncConnection

from domain.brief import Section
from domain.meetings.agenda import MINUTES, in_turns
from domain.roads import Road
from storage import agreed, briefs, dialogue_course, heads, places


async def issues(db: AsyncConnection, *, community_ids: Sequence[int]) -> list[dict[str, Any]]:
    """As they are entered in the agenda. Words stand in it only where they were released."""
    lists = {}
    for community_id in community_ids:
        villages = await places.villages(db, community_id=community_id)
        of_villages = {each.id: await _of_village(db, community_id, each.id) for each in villages}
        lists[community_id] = in_turns(of_villages)
    return in_turns(lists)


async def _of_village(db: AsyncConnection, community_id: int, village_id: int) -> list[dict[str, Any]]:
    need_ids = await _at_table(db, village_id)
    found = await heads.each(db, need_ids=[each for _place, each in need_ids])
    return [
        {
            "id": f"need-{need_id:06}",
            "need_id": need_id,
            "village_id": village_id,
            "community_id": community_id,
            "kind": found[need_id].kind,
            "words": (found[need_id].name or "") if found[need_id].open else "",
            "place": place,
            "minutes": MINUTES,
            "asked": (await briefs.brief(db, need_id=need_id)).words(Section.ASK),
        }
        for place, need_id in need_ids
        if need_id in found
    ]


async def _at_table(db: AsyncConnection, village_id: int) -> list[tuple[int, int]]:
    """(place, need id): once the three have said which way each need goes, those whose way is the round table."""
    need_ids = list(enumerate(await agreed.latest(db, village_id=village_id), start=1))
    roads = await dialogue_course.newest_roads(db, village_id=village_id)
    return [(place, each) for place, each in need_ids if roads.get(each, Road.ROUND_TABLE) in (Road.ROUND_TABLE, None)]
