"""The page of one promise: the words, how it stands and why, and everything that happened."""

from __future__ import annotations

from typing import Any

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.web.board_asked import Asked
from bot.web.board_lines import line, link
from bot.web.refusals import Refusal
from domain.promises import Axis, Source
from domain.refusal import Refused
from publish import board_story, marker_words, money_words, need_words, promise_words
from publish import board_words as said
from publish.day_words import day
from storage import (
    board,
    board_papers,
    elections,
    meeting_summary,
    places,
    promise_markers,
    promise_money,
    promise_photos,
    promise_reading,
    promises,
)
from storage.promises import Dossier

Data = dict[str, Any]


async def promise(db: AsyncConnection, asked: Asked) -> Data:
    one = (await of(db, asked)).shown(asked.today)
    around = await promise_reading.around(db, promise=one.new)
    place = around.place.named(asked.spoken)
    kind = around.need.kind if around.need else one.new.kind
    shown = line(one, asked.today) | {
        "speaker": await _speaker(db, one, asked),
        "spoken_for": one.new.office,
        "made": day(one.new.made_on),
        "by_when": promise_words.by_when(one.new.promise),
        "place": said.community(place) if around.whole_community else place,
        "kind": need_words.kind(kind) if kind else "",
        "need": around.need.words if around.need and around.need.words else "",
        "candidate": one.new.source is Source.CANDIDATE,
        "money": [money_words.said(each) for each in promise_money.stages(one)],
        "helps": marker_words.lines(promise_markers.marker(one)),
        "heard": one.last(Axis.OFFICIAL) is not None,
        "seen": one.last(Axis.GROUP) is not None,
        "story": await _story(db, one),
        "paper": await _paper(db, one),
        "meeting": await _meeting(db, one.id),
    }
    shown |= await _family(db, one, asked)
    follow = asked.doors(said.follow_promise(one.id))
    title, way = promise_words.quoted(one.new.words), await _way(db, one, asked)
    return {"title": title, "promise": shown, "way": way, "follow": follow}


async def of(db: AsyncConnection, asked: Asked) -> Dossier:
    try:
        return await promises.dossier(db, promise_id=asked.number)
    except Refused:
        raise Refusal(404, "unknown") from None


async def _story(db: AsyncConnection, one: Dossier) -> list[Data]:
    """With the photos that were looked at and released."""
    photos = await promise_photos.released(db, promise_id=one.id)
    addresses = {number: f"/board/photo/{event_id}.jpg" for number, event_id in photos.items()}
    return [
        {"day": day(step.day), "on": step.day.isoformat(), "words": step.words, "side": step.side}
        | {"photo": addresses.get(step.number)}
        for step in board_story.story(one)
    ]


async def _speaker(db: AsyncConnection, one: Dossier, asked: Asked) -> str | None:
    """In election weeks the office stands there alone: nobody is praised or blamed by name."""
    quiet = await elections.quiet(db, municipality_id=one.municipality_id, today=asked.today)
    return None if quiet else one.new.speaker


async def _paper(db: AsyncConnection, one: Dossier) -> Data | None:
    """Where it can be read up; minutes can be looked at and verified by their code."""
    code = await board_papers.of_promise(db, promise_id=one.id)
    number = one.new.document.number if one.new.document else None
    if code is None and number is None:
        return None
    return {"number": number, "verify": f"/verify/{code}" if code else None}


async def _meeting(db: AsyncConnection, promise_id: int) -> Data | None:
    """Where it was promised, with what else was answered there."""
    held = await meeting_summary.of_promise(db, promise_id=promise_id)
    return None if held is None else {"day": day(held.day), "address": f"/meeting/{held.meeting_id}"}


async def _family(db: AsyncConnection, one: Dossier, asked: Asked) -> Data:
    over = [one.new.parent_id] if one.new.parent_id else []
    found = {each.id: line(each, asked.today) for each in await board.in_order(db, [*one.parts, *over])}
    parts = [found[each] for each in one.parts if each in found]
    return {"parts": parts, "part_of": found.get(one.new.parent_id or 0)}


async def _way(db: AsyncConnection, one: Dossier, asked: Asked) -> list[Data]:
    where = await places.municipality(db, municipality_id=one.municipality_id)
    [community] = await places.communities_named(db, community_ids=[one.new.community_id])
    village = await places.village(db, village_id=one.new.village_id) if one.new.village_id else None
    way = [link("municipality", where, asked.spoken)] if where else []
    way.append(link("community", community, asked.spoken))
    return [*way, link("village", village.place, asked.spoken)] if village else way
