"""What changed, as an Atom feed, for each page of the board: the promises of a place, or the steps of one promise."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import Any

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.web import board_places, board_promise
from bot.web.board_asked import Asked
from bot.web.board_lines import line
from bot.web.board_words import board_words
from bot.web.refusals import Refusal
from publish import board_story, promise_words
from publish import board_words as said
from storage import board
from storage import board_places as found_places
from storage.board import Here
from storage.promises import Dossier

MOST = 30  # entries
Data = dict[str, Any]
Reader = Callable[[AsyncConnection, Asked], Awaitable[Data]]


async def front(db: AsyncConnection, asked: Asked) -> Data:
    return await _of(db, asked, board_words()["board"], None)


async def municipality(db: AsyncConnection, asked: Asked) -> Data:
    where = await board_places.municipality_of(db, asked)
    return await _of(db, asked, where.named(asked.spoken), Here(where.id))


async def community(db: AsyncConnection, asked: Asked) -> Data:
    found = await found_places.community(db, community_id=asked.number)
    if found is None:
        raise Refusal(404, "unknown")
    return await _of(db, asked, said.community(found[0].named(asked.spoken)), Here(found[1].id, found[0].id))


async def village(db: AsyncConnection, asked: Asked) -> Data:
    found = await board_places.village_of(db, asked)
    here = Here(found.municipality.id, found.community.id, found.place.id)
    return await _of(db, asked, said.village(found.place.named(asked.spoken)), here)


async def promise(db: AsyncConnection, asked: Asked) -> Data:
    one = (await board_promise.of(db, asked)).shown(asked.today)
    at = {told.number: told.at for told in one.told}
    steps = [_entry(asked, f"/board/promise/{one.id}", step, at[step.number]) for step in board_story.story(one)]
    return _feed(promise_words.quoted(one.new.words), steps[::-1])


async def _of(db: AsyncConnection, asked: Asked, title: str, here: Here | None) -> Data:
    found = await board.changed(db, here=here, most=MOST)
    since = await board.changed_at(db, [one.id for one in found])
    return _feed(title, [_newest(one.shown(asked.today), asked, since[one.id]) for one in found])


def _newest(one: Dossier, asked: Asked, since: datetime) -> Data:
    """How it stands, under its own words. What has changed by its day alone is an entry of its own, since readers of
    feeds pass over one that they have had."""
    shown = line(one, asked.today)
    step = board_story.story(one)[-1]
    at = next(told.at for told in one.told if told.number == step.number)
    entry = _entry(asked, shown["address"], step, max(at, since))
    if since.astimezone(asked.zone).date() > at.astimezone(asked.zone).date():
        entry["id"] += f"-{since.astimezone(asked.zone):%Y-%m-%d}"
    return entry | {"title": one.new.words, "summary": f"{step.words} – {shown['status']}: {shown['why']}"}


def _entry(asked: Asked, address: str, step: board_story.Step, at: datetime) -> Data:
    """Known by its promise and the number of the step, whatever the language and the page."""
    whole = f"{asked.absolute}{address}"
    link = f"{asked.absolute}{asked.at(address)}"
    return {"id": f"{whole}#{step.number}", "link": link, "updated": at, "title": step.words, "summary": ""}


def _feed(title: str, entries: list[Data]) -> Data:
    newest = max((each["updated"] for each in entries), default=None)
    return {"title": title, "entries": entries, "updated": newest}


FEEDS: dict[str, Reader] = {
    "": front,
    "/municipality/{code:str}": municipality,
    "/community/{id:int}": community,
    "/village/{code:str}": village,
    "/promise/{id:int}": promise,
}
