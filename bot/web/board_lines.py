"""What every page of the board shows alike: a promise in a line, and numbers as a bar."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any
from urllib.parse import quote

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.web.board_asked import Asked
from domain.tally import Lot, Tally, lot
from publish import board_words as said
from publish import need_words, promise_words
from storage import board_places
from storage.places import Place
from storage.promises import Dossier


def link(kind: str, place: Place, spoken: str) -> dict[str, Any]:
    """A community has no code that is printed anywhere: its number stands for it."""
    return {"name": place.named(spoken), "address": f"/board/{kind}/{quote(place.code or str(place.id))}"}


def line(one: Dossier, today: date) -> dict[str, Any]:
    verdict = one.verdict(today)
    status, why = promise_words.parts(verdict)
    return {
        "address": f"/board/promise/{one.id}",
        "words": one.new.words,
        "office": one.answerer.office,
        "kind": need_words.kind(one.new.kind) if one.new.kind else "",
        "status": status,
        "why": why,
        "provisional": promise_words.provisional(verdict),
        "lot": lot(verdict, today).value,
        "due": verdict.due.isoformat() if verdict.due else None,
        "made_on": one.new.made_on.isoformat(),
    }


async def named(db: AsyncConnection, found: Sequence[Dossier], asked: Asked) -> list[dict[str, Any]]:
    """A line for each, with the place that it was promised to."""
    names = await board_places.names(db, promises=[one.new for one in found])
    to = [names[one.new.village_id, one.new.community_id] for one in found]
    shown = [place.named(asked.spoken) for place in to]
    said_of = [name if one.new.village_id else said.community(name) for one, name in zip(found, shown, strict=True)]
    return [line(one, asked.today) | {"place": place} for one, place in zip(found, said_of, strict=True)]


def bar(tally: Tally) -> list[dict[str, Any]]:
    """Each lot that is not empty, with where it begins on the bar and how wide it is, of 100."""
    start, made, names, everything = 0.0, [], said.lots(), tally.all
    for one, many in tally.lots.items():
        if many:
            width = 100 * many / everything
            at = {"x": round(start, 2), "w": round(width, 2)}
            made.append({"lot": one.value, "name": names[one], "many": many, **at})
            start += width
    return made


def counted(place: dict[str, Any], tally: Tally | None) -> dict[str, Any]:
    """A place with its numbers, for a row of a table."""
    shown = tally or Tally(dict.fromkeys(Lot, 0))
    return place | {"many": shown.all, "kept": shown.kept, "due": shown.due, "bar": bar(shown)}


def whole(tallies: Sequence[Tally]) -> Tally:
    return Tally({one: sum(tally.lots[one] for tally in tallies) for one in Lot})
